"""Which of the names in a message are candidates for the opportunity's organisation and role, and with what weight.

An agency is not the employer: where one writes, the name that it gives its client counts, not its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from agent.core.opportunity import Candidate, Opportunity
from agent.core.read.domains import squashed
from agent.core.read.reading import Named, Reading
from agent.core.read.titles import is_head

SURELY = 3.0
SLIGHT = 1.5  # what the letters of an agency give its own name


def chosen_organisations(reading: Reading, agency: bool, known: Iterable[Candidate] = ()) -> Iterator[Named]:
    """Names with their weights. `known`: what is known of the opportunity already; an agency's own name weighs next to nothing there."""
    if reading.foreign == "hiring" or reading.report:
        return
    own = (
        {squashed(c.name) for c in reading.organisations if c.evidence.what == "domain"}
        if agency and reading.agency
        else set()
    )
    houses = {squashed(c.name) for c in known if c.weight >= SURELY}
    booked = not reading.human and not reading.sent and not houses.isdisjoint(reading.mentions)
    slight = {squashed(c.name) for c in known if c.weight < SLIGHT} if agency else set()
    for candidate in reading.organisations:
        by_domain = candidate.evidence.what == "domain"
        if booked and candidate.evidence.what in ("domain", "display name") and squashed(candidate.name) not in houses:
            yield replace(candidate, weight=0.2)  # a scheduler's own name, beside that of the house for which it writes
            continue
        if (reading.agency or squashed(candidate.name) in slight) and (
            by_domain or candidate.evidence.what == "signature"
        ):
            yield replace(candidate, weight=0.2)
        elif agency and candidate.evidence.what == "named":
            if squashed(candidate.name) not in own:
                # a word beside the job's title may be a town, and every answer repeats it
                town = candidate.weight < 2.0 and candidate.evidence.where == "subject"
                yield replace(candidate, weight=candidate.weight + (0.0 if town else 2.0))
        elif reading.sent:
            yield replace(candidate, weight=candidate.weight * 0.4)
        elif candidate.evidence.what == "named":
            yield replace(
                candidate,
                weight=candidate.weight * (0.5 if reading.organisations[0].evidence.what == "domain" else 0.8),
            )
        else:
            yield candidate


def chosen_roles(reading: Reading, opportunity: Opportunity) -> Iterator[Named]:
    for candidate in reading.roles:
        weight = candidate.weight * (0.6 if reading.sent else 1.0)
        if not any(is_head(w) for w in candidate.name.split()):
            weight *= 0.5
        if candidate.name.islower():
            weight *= 0.7
        organisation = squashed(opportunity.organisation) if opportunity.organisation else ""
        if organisation and squashed(candidate.name) == organisation:
            continue
        yield replace(candidate, weight=weight)
