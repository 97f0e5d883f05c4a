"""The note to those who are still to decide that another offer needs an answer (P16). It never names the other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from agent.core.opportunity import Ending, Opportunity, Outcome
from agent.core.policy import people
from agent.core.policy.stage import MOST_RETURNED, waits
from agent.core.policy.view import View, chance, content_for, draft_of, ruled, too_old
from agent.core.policy.wishes import State, Step, Verdict


def competing_offers(view: View) -> Iterator[Verdict]:
    """One verdict for each offer elsewhere that came while this opportunity waited for a decision; one note at a time."""
    opportunity, now = view.opportunity, view.now
    main, interview = opportunity.main_contact, opportunity.held_interview(now)
    if main is None or interview is None:
        return
    thread = people.reply_thread(main, opportunity)
    one_stands = False
    for outcome, since in offers_elsewhere(view):
        closes = closes_at(view, outcome, since)
        if opportunity.held_interview(since) is None or opportunity.began >= since:
            continue
        content = replace(
            content_for(view, main, interview), deadline=outcome.deadline, variant=chance(outcome.first_message)
        )
        occasion = f"{outcome.first_message}|{interview.key}"
        draft = draft_of(view, Step.COMPETING_OFFER, occasion, main, content, thread, since, closes)
        off = needless(view, since, closes)
        if off:
            yield ruled(view, draft, State.OFF, *off)
        elif one_stands:
            yield ruled(view, draft, State.LATER, "P29", "a note about another offer is waiting for you already")
        else:
            found = ruled(view, draft, State.OFFER, "P16", "another offer needs an answer")
            one_stands = found.wanted
            yield found


def offers_elsewhere(view: View) -> list[tuple[Outcome, datetime]]:
    """The offers of the other opportunities, the first that came first, with that moment."""
    found = []
    for other in view.others:
        outcome = other.outcome
        if outcome is None or outcome.ending is not Ending.OFFER or outcome.first_at is None:
            continue
        if not too_old(view, outcome.at):
            found.append((outcome, outcome.first_at))
    return sorted(found, key=lambda o: (o[1], o[0].first_message))


def closes_at(view: View, outcome: Outcome, since: datetime) -> datetime:
    """P16: the offer's deadline, else 7 days."""
    if outcome.deadline:
        return view.rules.midnight_after(outcome.deadline)
    return since + timedelta(days=view.rules.offer_reply_days)


def needless(view: View, since: datetime, closes: datetime) -> tuple[str, str] | None:
    """Why no note is wanted: (rule, reason) or None."""
    opportunity, now = view.opportunity, view.now
    notes = told(opportunity, since)
    if any(notes):
        return "P27", "you have told them yourself"
    if len(notes) >= MOST_RETURNED:
        return "P22", "it came back twice"
    if opportunity.resting is not None:
        return "P4", "the sequence rests until you resume it or they write"
    if now >= closes:
        return "P16", "its window has closed"
    if not waits(opportunity, now, view.rules):
        return "P16", "this opportunity does not wait for a decision any more"
    return None


def told(opportunity: Opportunity, since: datetime) -> list[bool]:
    """Of each note about another offer sent since: did it arrive? One that bounced has told nobody (P22)."""
    return [s.arrived for s in opportunity.follow_ups if s.at > since and s.other_offer]
