"""The book x now -> all verdicts, and the next moment at which one of them may change (I15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.core.opportunity import Opportunity
from agent.core.policy.rules import Rules, hours_after
from agent.core.policy.stage import no_response_moment, silence
from agent.core.policy.steps import STEPS
from agent.core.policy.view import View
from agent.core.policy.wishes import Verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """What is wanted now, and when to compute it again at the latest (None: nothing ahead)."""

    verdicts: tuple[Verdict, ...]
    look_again: datetime | None


def plan(opportunities: Iterable[Opportunity], now: datetime, rules: Rules) -> Plan:
    known = [o for o in opportunities if not o.forgotten]
    verdicts: list[Verdict] = []
    moments: list[datetime] = []
    for opportunity in known:
        others = tuple(o for o in known if o.id != opportunity.id)
        view = View(opportunity, others, now, rules)
        own = [v for step in STEPS for v in step(view)]
        verdicts += own
        moments += ahead(opportunity, own, now, rules)
    return Plan(tuple(verdicts), min(moments, default=None))


def ahead(opportunity: Opportunity, verdicts: Iterable[Verdict], now: datetime, rules: Rules) -> Iterable[datetime]:
    """Every moment after now at which time alone changes something of this opportunity."""
    found = [m for v in verdicts for m in (v.opens, v.closes) if m is not None]
    for interview in opportunity.live_interviews:
        found += [hours_after(interview.start, -rules.prep_hours), interview.start, interview.end]
    quiet = silence(opportunity, now, rules)
    if quiet is not None:
        found += [m for m in (quiet.opens, no_response_moment(opportunity, quiet, rules)) if m is not None]
    # a window that closes at a moment is closed just after it
    return [
        m + timedelta(seconds=1) if any(m == v.closes for v in verdicts) else m
        for m in found
        if m >= now and (m > now or any(m == v.closes for v in verdicts))
    ]
