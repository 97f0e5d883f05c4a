"""Readings, the owner's words -> the book of opportunities. A pure fold: in whatever order things arrived, the same book (I1).

The book folds in the order of the dates. What comes late makes it fold again from the start; so does a word, which is
rare. Folding a year of mail takes well below a second, because it sees readings and not messages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo

from agent.core import corrections, group, kinds, lifecycle, rounds
from agent.core.belief import believed
from agent.core.calendar import Calendar
from agent.core.contacts import known_people, outsider
from agent.core.debrief import facts as debriefs
from agent.core.debrief.facts import Filed
from agent.core.decision import Decision
from agent.core.group import Index, Placement
from agent.core.hours import hours_meant, weekdays_meant
from agent.core.odds import role_named
from agent.core.openings import begun_otherwise, cold_answered, opens, own_letter_answered
from agent.core.opportunity import Candidate, Ending, Need, Opportunity, Pending
from agent.core.read import domains
from agent.core.read.reading import Evidence, Kind, Named, Reading
from agent.core.titles_chosen import SURELY, chosen_organisations, chosen_roles
from agent.core.worded import plain_subject
from agent.core.words import Verb, Word

MOST_CANDIDATES = 12
SPELLED = 8.0  # a name that fits the domain word by word
WITHOUT_EFFECT = frozenset((Kind.OTHER, Kind.AUTO_REPLY, Kind.BOUNCE, Kind.APPLICATION_RECEIPT))
MOST_LIMBO = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one message: its opportunity ("" = none), kind and reasons."""

    message_id: str
    opportunity: str
    kind: Kind
    unclear: bool
    why: tuple[str, ...]
    sent: bool
    at: datetime


@dataclass(slots=True)
class Book:
    """All opportunities at a moment. `add` in the order of the dates; use `fold` for anything else."""

    zone: tzinfo
    holidays: Container[date] = field(default_factory=frozenset)
    opportunities: dict[str, Opportunity] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    limbo: dict[str, Reading] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    splits: set[str] = field(default_factory=set)
    impostors: list[tuple[datetime, str, str]] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.zone, self.holidays)

    def add(self, reading: Reading) -> None:
        """Fold one message in."""
        if reading.message_id in self.rows:
            return
        if reading.to_self:
            debriefs.take_own(self, reading)
            return
        if self.is_ignored(reading):
            self.note(reading, "", Decision(Kind.OTHER), ("ignored by you",))
            return
        if reading.sender.email in self.index.agents:
            reading = replace(reading, agency=True)  # whoever placed the owner with one house writes for the next
        if reading.foreign and self.of_a_job(reading):
            reading = replace(reading, foreign="")
        placement = (
            Placement() if reading.message_id in self.splits else group.place(reading, self.opportunities, self.index)
        )
        if placement.opportunity and self.impostor(reading, self.opportunities[placement.opportunity]):
            self.note(reading, "", Decision(Kind.OTHER), ("its sender could not be proved: not acted upon",))
            return
        if placement.opportunity:
            self.join(reading, placement)
            return
        decision = kinds.decide(reading, None)
        if reading.sent:
            answered = cold_answered(reading, self.limbo)
        else:
            answered = own_letter_answered(reading, decision, self.limbo)
        if answered is not None:
            self.open(answered, Decision(Kind.OTHER))
            self.join(reading, Placement(self.rows[answered.message_id].opportunity))
            return
        if opens(reading, decision, self.brought_before(reading)) and not begun_otherwise(reading, self.limbo):
            self.open(reading, decision)
            return
        self.spelled_by(reading)
        structural = decision.kind if decision.kind in (Kind.BOUNCE, Kind.AUTO_REPLY) else Kind.OTHER
        self.note(reading, "", Decision(structural, why=decision.why), ())
        if len(self.limbo) < MOST_LIMBO:
            self.limbo[reading.message_id] = reading

    # -------------------------------------------------------------------------------------------------- steps of it

    def knows(self, email: str) -> bool:
        """Is this a contact of some opportunity?"""
        return bool(self.index.people.get(email))

    def of_a_job(self, reading: Reading) -> bool:
        """Is it about a job, though it has a word of another matter, and do all its words together say so surely?

        Of whoever hires for a house of their own only where the sender is known.
        """
        known = self.knows(reading.sender.email)
        about = known or reading.foreign != "hiring" and (reading.job > 0 or role_named(reading) >= 1)
        return about and believed(reading)

    def brought_before(self, reading: Reading) -> bool:
        """Does somebody write who has brought the owner to one client already? Then it is likely another."""
        return reading.human and any(
            o.agency and o.contact(reading.sender.email) is not None for o in self.opportunities.values()
        )

    def is_ignored(self, reading: Reading) -> bool:
        addresses = (
            {reading.sender.email, *(a.email for a in reading.recipients)} if reading.sent else {reading.sender.email}
        )
        return any(
            a in self.ignored
            or a.rpartition("@")[2] in self.ignored
            or domains.registrable(a.rpartition("@")[2]) in self.ignored
            for a in addresses
        )

    def impostor(self, reading: Reading, known: Opportunity) -> bool:
        """Failing authentication, or a domain that only looks like the organisation's: nothing follows, but it is told."""
        if reading.sent or reading.report:
            return False
        forged = not kinds.trusted(reading)
        alike = corrections.look_alike(reading.sender.domain, known.domains)
        if forged or alike:
            self.impostors.append((reading.date, reading.sender.email, known.id))
            return True
        return False

    def open(self, reading: Reading, decision: Decision) -> None:
        """A new opportunity begins with this message."""
        self.limbo.pop(reading.message_id, None)
        if group.thread_of(reading, self.index):
            reading = group.without_subject(reading)  # which is of the opportunity that the thread belongs to
        opportunity = Opportunity(
            id=new_id(reading, self.opportunities),
            anchor=reading.message_id,
            began=reading.date,
            subject=plain_subject(reading.subject),
        )
        self.take(opportunity, reading, decision, ("begins an opportunity",))
        self.adopt(opportunity.id, reading)

    def adopt(self, opportunity: str, reading: Reading) -> None:
        """Earlier messages of the same thread, which had belonged to nothing, come along."""
        for message_id in reading.ancestors:
            earlier = self.limbo.pop(message_id, None)
            if earlier is not None:
                self.rows.pop(message_id, None)
                self.take(
                    self.opportunities[opportunity], earlier, Decision(Kind.OTHER), ("the same thread",), quiet=True
                )

    def join(self, reading: Reading, placement: Placement) -> None:
        known = self.opportunities[placement.opportunity]
        if group.IN_ANOTHERS in placement.why:
            reading = group.without_subject(reading)
        reading = hours_meant(weekdays_meant(with_day_corrected(reading, known), known), known)
        known = rounds.kept(known, reading, self.zone)
        decision = kinds.decide(reading, known)
        if outsider(known, reading):
            self.overhear(known, reading, decision)
            return
        self.take(known, reading, decision, placement.why)
        if placement.rivals and reading.human and not reading.sent:
            self.doubt(reading, placement.rivals)
        self.adopt(known.id, reading)

    def overhear(self, known: Opportunity, reading: Reading, decision: Decision) -> None:
        """A stranger writes about it: told, and the clock stops where a person does (P2), but nothing else follows."""
        unclear = reading.human and decision.kind not in WITHOUT_EFFECT
        why = (*decision.why, Evidence("a stranger to this opportunity", reading.sender.email, "header"))
        self.note(reading, known.id, Decision(Kind.OTHER, unclear=unclear, why=why), ("named, but from outside",))
        if unclear:
            self.doubt(reading, (known.id,))

    def doubt(self, reading: Reading, rivals: Iterable[str]) -> None:
        """A human message that may as well mean another opportunity stops the clock there too (P2)."""
        for name in rivals:
            other = self.opportunities[name]
            if other.outcome is None:
                pending = Pending(Need.UNCLEAR, reading.date, reading.message_id)
                self.opportunities[name] = replace(
                    other, pending=(*(p for p in other.pending if p.need is not Need.UNCLEAR), pending)
                )

    def take(
        self, opportunity: Opportunity, reading: Reading, decision: Decision, why: tuple[str, ...], quiet: bool = False
    ) -> None:
        """Apply the message to the opportunity and bring the index up to date."""
        if quiet:
            known = known_people(opportunity, reading, Kind.OTHER)
            opportunity = lifecycle.with_entry(known, reading, decision, self.calendar)
        else:
            opportunity = lifecycle.apply(opportunity, reading, decision, self.calendar)
        opportunity = self.spelled(described(opportunity, reading, decision.kind is Kind.REJECTION))
        self.opportunities[opportunity.id] = opportunity
        self.hush()
        self.reindex(opportunity, reading)
        self.note(reading, opportunity.id, decision, why)

    def hush(self) -> None:
        """After an acceptance no follow-up stands anywhere else until it is resumed (P26): each is told of the latest one."""
        accepted = [
            o.outcome.at for o in self.opportunities.values() if o.outcome and o.outcome.ending is Ending.ACCEPTED
        ]
        latest = max(accepted, default=None)
        for known in list(self.opportunities.values()):
            if known.elsewhere != latest:
                self.opportunities[known.id] = replace(known, elsewhere=latest)

    def reindex(self, opportunity: Opportunity, reading: Reading) -> None:
        self.index.threads[reading.message_id] = opportunity.id
        for ancestor in reading.ancestors:
            self.index.threads.setdefault(ancestor, opportunity.id)
        if reading.thread_id:
            self.index.provider_threads.setdefault(reading.thread_id, opportunity.id)
        for event in reading.events:
            if event.uid:
                self.index.events[event.uid] = opportunity.id
        if reading.agency and reading.human:
            self.index.agents.add(reading.sender.email)
        for contact in opportunity.contacts:
            self.index.people.setdefault(contact.email, set()).add(opportunity.id)
        for domain in opportunity.domains:
            self.index.domains.setdefault(domain, set()).add(opportunity.id)

    def note(self, reading: Reading, opportunity: str, decision: Decision, why: tuple[str, ...]) -> None:
        reasons = tuple(map(str, decision.why)) + tuple(why)
        if not opportunity and reading.foreign:
            reasons += (f"about something else: {reading.foreign} ({reading.foreign_why})",)
        self.rows[reading.message_id] = Row(
            reading.message_id, opportunity, decision.kind, decision.unclear, reasons, reading.sent, reading.date
        )

    def spelled_by(self, reading: Reading) -> None:
        """A newsletter is no word about a candidacy, but it spells the house: "Ballinree Community Hospice" of ballinreehospice.example."""
        house = next(
            (n for n in reading.organisations[:1] if n.evidence.what == "domain" and n.weight >= SPELLED), None
        )
        domain = domains.registrable(reading.sender.domain)
        if house is None or not reading.bulk or domain in self.index.houses:
            return
        self.index.houses[domain] = house
        for name in self.index.domains.get(domain, ()):
            self.opportunities[name] = self.spelled(self.opportunities[name])

    def spelled(self, opportunity: Opportunity) -> Opportunity:
        """The opportunity under the name that its house's circulars show, where nobody wrote one yet."""
        known = opportunity.organisations
        house = next((self.index.houses[d] for d in opportunity.domains if d in self.index.houses), None)
        if house is None or opportunity.agency or any(c.evidence.where != "address" for c in known):
            return opportunity
        return replace(opportunity, organisations=(Candidate(house.name, SURELY, house.evidence), *known))

    def by_message(self, message_id: str) -> Opportunity | None:
        return next((o for o in self.opportunities.values() if message_id in o.message_ids), None)


def new_id(reading: Reading, taken: Iterable[str]) -> str:
    """Short, typeable and stable: made from the first message; lengthened where it is taken."""
    digest = hashlib.sha256(reading.message_id.encode()).hexdigest()
    names = [n.name for n in reading.organisations[:1]] or [domains.guessed(reading.sender.domain)]
    slug = domains.squashed(names[0])[:14] or "opportunity"
    for length in range(4, 20):
        made = f"{slug}-{digest[:length]}"
        if made not in set(taken):
            return made
    return f"{slug}-{digest}"


def described(opportunity: Opportunity, reading: Reading, refuses: bool) -> Opportunity:
    """The opportunity with what the message says of organisation, role and reference numbers. A no may point to another role."""
    agency = opportunity.agency or (not reading.sent and reading.agency)
    opportunity = replace(
        opportunity,
        agency=agency,
        organisations=collected(
            opportunity.organisations, chosen_organisations(reading, agency, opportunity.organisations), HOUSES
        ),
        roles=collected(
            opportunity.roles,
            (
                replace(r, weight=r.weight * 0.2) if refuses and opportunity.roles else r
                for r in chosen_roles(reading, opportunity)
            ),
            ROLES,
        ),
        ids=tuple(dict.fromkeys((*opportunity.ids, *reading.ids)))[:12],
        subject=opportunity.subject or plain_subject(reading.subject),
        british=opportunity.british + (0 if reading.british is None or reading.sent else 1 if reading.british else -1),
    )
    return opportunity


# How much a name counts when it is said again: a signature under ten letters does not outvote one clear sentence about the house.
HOUSES, ROLES = 0.4, 1.0


def with_day_corrected(reading: Reading, known: Opportunity) -> Reading:
    """ "The 13th is a holiday. Make that the 17th": the day promised before is named, and no day of a talk ahead."""
    if reading.sent or reading.instead is None or known.reply_by is None:
        return reading
    if reading.promise is not None and reading.promise.day != known.reply_by:
        return reading
    named = {s.start.date() for s in reading.slots}
    planned = known.planned_interview(reading.date)
    if known.reply_by in named and (planned is None or planned.start.date() not in named):
        return replace(reading, promise=reading.instead)
    return reading


def collected(known: tuple[Candidate, ...], named: Iterable[Named], again: float) -> tuple[Candidate, ...]:
    weights = {c.name.lower(): c for c in known}
    for candidate in named:
        key = candidate.name.lower()
        before = weights.get(key)
        if before is None:
            weights[key] = Candidate(candidate.name, candidate.weight, candidate.evidence)
            continue
        more, less = max(before.weight, candidate.weight), min(before.weight, candidate.weight)
        guessed = candidate.evidence.where == "address"  # says no more the second time
        weights[key] = replace(before, weight=more if guessed else more + less * again)
    return tuple(sorted(weights.values(), key=lambda c: -c.weight)[:MOST_CANDIDATES])


def fold(
    readings: Iterable[Reading],
    words: Iterable[Word],
    zone: tzinfo,
    until: datetime | None = None,
    holidays: Container[date] = frozenset(),
) -> Book:
    """The book from everything known. The order of the arguments does not matter (I1)."""
    book = Book(zone, holidays)
    said = sorted(words, key=lambda w: (w.at, w.id))
    corrections.prepare(book, said)
    known = [r for r in readings if until is None or r.date <= until]
    said = [w for w in said if until is None or w.at <= until]
    stale = debriefs.superseded(known, said)
    events: list[tuple[datetime, str, Reading | Word]] = [(r.date.astimezone(UTC), r.message_id, r) for r in known]
    events += [(w.at.astimezone(UTC), w.id, w) for w in said if w.verb not in (Verb.IGNORE,)]
    for _, name, event in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, Word):
            if name not in stale:
                corrections.obey(book, event)
        else:
            book.add(replace(event, form=None) if name in stale else event)
    return book
