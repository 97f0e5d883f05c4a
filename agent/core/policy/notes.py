"""Notes to self: prep before the interview (P18), debrief and the words for a card after it (P17, P33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from agent.core.debrief.facts import reference_of
from agent.core.opportunity import Interview
from agent.core.policy import people
from agent.core.policy.rules import hours_after
from agent.core.policy.view import View, content_for, ruled, too_old
from agent.core.policy.wishes import State, Step, Verdict, key_of
from agent.core.values import Address


def prep(view: View) -> Iterator[Verdict]:
    """P18: a message in the inbox, from 24 h before the interview until it starts."""
    interview = view.opportunity.planned_interview(view.now)
    if not view.rules.prep or interview is None or view.opportunity.closed:
        return
    opens = hours_after(interview.start, -view.rules.prep_hours)
    state = State.LATER if view.now < opens else State.OFFER if view.now < interview.start else State.KEEP
    why = f"the interview is on {interview.start.astimezone(view.rules.zone):%-d %B at %H:%M}"
    yield ruled(view, note(view, Step.PREP, interview, opens, interview.start), state, "P18", why)


def debrief(view: View) -> Iterator[Verdict]:
    """P17: a form in Drafts, addressed to the owner."""
    if view.rules.debrief:
        yield from after_interview(view, Step.DEBRIEF, "P17")


def paper_note(view: View) -> Iterator[Verdict]:
    """P33: off unless configured; the words for a handwritten card."""
    if view.rules.paper_note:
        yield from after_interview(view, Step.PAPER_NOTE, "P33")


def after_interview(view: View, step: Step, rule: str) -> Iterator[Verdict]:
    for interview in view.opportunity.just_held(view.now):
        if too_old(view, interview.end):
            continue
        closes = interview.end + timedelta(days=view.rules.debrief_days)
        draft = note(view, step, interview, interview.end, closes)
        ended = f"the interview ended on {interview.end.astimezone(view.rules.zone):%-d %B at %H:%M}"
        if step is Step.DEBRIEF and any(d.interview == interview.key and d.source for d in view.opportunity.debriefs):
            yield ruled(view, draft, State.OFF, rule, "the debrief is filled in")
        elif view.opportunity.outcome is not None:
            yield ruled(view, draft, State.OFF, "P26", "the round has its outcome")
        else:
            yield ruled(view, draft, State.OFFER if view.now <= closes else State.KEEP, rule, ended)


def note(view: View, step: Step, interview: Interview, opens: datetime, closes: datetime) -> Verdict:
    """A message to the owner about one interview."""
    opportunity, rules = view.opportunity, view.rules
    taking_part = people.interviewers(opportunity, interview, rules)
    names = tuple(f"{p.name} <{p.email}>" if p.email else p.name for p in taking_part)
    if not names and step is not Step.DEBRIEF and opportunity.main_contact is not None:
        names = (str(opportunity.main_contact.address),)
    content = replace(
        content_for(view, None, interview),
        people=names,
        location=interview.location,
        reference=reference_of(interview),
        reply_by=opportunity.reply_by,
    )
    key = key_of(step, f"{interview.key}|{content.reference}", "owner")
    to = (Address(rules.owner_name, rules.owner_addresses[0].lower()),)
    return Verdict(key, step, opportunity.id, State.KEEP, "", "", to, opens, closes, content=content)
