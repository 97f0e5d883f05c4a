"""One opportunity at a moment among the others, and what every step makes of it: the draft, its key, and the ruling on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.core.opportunity import Contact, Interview, Opportunity
from agent.core.policy import people
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import Content, State, Step, Thread, Verdict, key_of, stem_of


@dataclass(frozen=True, slots=True)
class View:
    """One opportunity at a moment, among the others."""

    opportunity: Opportunity
    others: tuple[Opportunity, ...]
    now: datetime
    rules: Rules


StepFunction = Callable[[View], Iterator[Verdict]]


def draft_of(
    view: View,
    step: Step,
    occasion: str,
    contact: Contact,
    content: Content,
    thread: Thread,
    opens: datetime | None,
    closes: datetime | None = None,
) -> Verdict:
    """The draft of a step to one contact; what may happen to it now is still to be `ruled`."""
    key, name = key_of(step, told_apart(view, occasion, contact), contact.email), view.opportunity.id
    return Verdict(key, step, name, State.KEEP, "", "", (contact.address,), opens, closes, None, thread, content)


def told_apart(view: View, occasion: str, contact: Contact) -> str:
    """The occasion as the key names it (I2). It names the round by its hour, which outlives a rebuilt database; where an
    older opportunity with the same person shares the hour (two talks known by their date alone), a mark is added."""
    own = (view.opportunity.began, view.opportunity.anchor)
    parts = set(occasion.split("|"))
    for other in view.others:
        if (other.began, other.anchor) < own and other.contact(contact.email) is not None and parts & marks(other):
            return f"{occasion}~{hashlib.sha256(own[1].encode()).hexdigest()[:6]}"
    return occasion


def marks(opportunity: Opportunity) -> set[str]:
    """Everything in the keys of an opportunity that another one may have too: hours of interviews, moments of news."""
    return {i.key for i in opportunity.interviews} | {moment_of(at) for at, _ in opportunity.news}


def moment_of(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}"


def ruled(view: View, draft: Verdict, state: State, rule: str, why: str, besides: Container[str] = ()) -> Verdict:
    """What may happen to the draft now, by which rule and why in words. What its owner deleted stays away, and nothing takes
    its place (P4): not even the same to somebody else, unless they are `besides`, who get one of their own."""
    if state in (State.OFFER, State.LATER, State.MISSED) and answered_no(view, draft, besides):
        state, rule, why = State.OFF, "P4", "you deleted this draft: that is an answer"
    return replace(draft, state=state, rule=rule, why=why)


def answered_no(view: View, draft: Verdict, besides: Container[str]) -> bool:
    """Did the owner delete this draft, or the one of the same occasion in whose place it would come?"""
    for key in view.opportunity.dismissed:
        stem, _, to = key.rpartition("|")
        if key == draft.key or draft.sole and stem == stem_of(draft.key) and to not in besides:
            return True
    return False


def content_for(view: View, contact: Contact | None, interview: Interview | None) -> Content:
    """What every draft is told; each step adds its own."""
    opportunity = view.opportunity
    address, given, formal = people.greeting(contact) if contact else ("", "", False)
    return Content(
        greeting=address,
        given=given,
        formal=formal,
        organisation=opportunity.organisation,
        role=opportunity.role,
        interview=view.rules.day_of(interview.start) if interview else None,
        interview_time=interview.start.astimezone(view.rules.zone) if interview else None,
        british=opportunity.british >= 0,
    )


def too_old(view: View, last_event: datetime) -> bool:
    """P30: on a first run over an old mailbox, rounds whose last event is over 60 days old are history."""
    since = view.rules.running_since
    return since is not None and last_event < since - timedelta(days=view.rules.history_days)


def chance(seed: str, number: int = 0) -> int:
    """Which of the wordings: by chance, but always the same for the same occasion."""
    return int(hashlib.sha256(seed.encode()).hexdigest()[:4], 16) + number
