"""What is answered: a rejection (P14), an offer (P15), and the owner's own news (P19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from agent.core.opportunity import Contact, Ending, Opportunity, Outcome
from agent.core.policy import people
from agent.core.policy.stage import MOST_RETURNED, waits
from agent.core.policy.view import View, chance, content_for, draft_of, moment_of, ruled, too_old
from agent.core.policy.wishes import State, Step, Thread, Verdict


def rejection_reply(view: View) -> Iterator[Verdict]:
    """P14: gracious, brief; to who wrote the no, else the main contact; only after an interview or to a human no."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    outcome = letter_of(view, Ending.REJECTED)
    if outcome is None or not outcome.had_interview and not outcome.by_human:
        return
    contact = answered_to(opportunity, outcome)
    if contact is None:
        return
    closes = outcome.at + timedelta(days=rules.rejection_reply_days)
    interview = opportunity.held_interview(outcome.at)
    bad = any(
        interview is not None and d.interview == interview.key and d.went == "badly" for d in opportunity.debriefs
    )
    content = replace(
        content_for(view, contact, interview),
        feedback=rules.feedback and outcome.had_interview and not bad,
        variant=chance(outcome.first_message),
    )
    thread = outcome_thread(opportunity, outcome)
    draft = draft_of(view, Step.REJECTION_REPLY, outcome.first_message, contact, content, thread, outcome.at, closes)
    settled = already(outcome)
    if settled:
        yield ruled(view, draft, State.OFF, *settled)
    elif now <= closes:
        yield ruled(view, draft, State.OFFER, "P14", f"the rejection came on {rules.day_of(outcome.at):%-d %B}")
    else:
        yield ruled(view, draft, State.KEEP, "P14", "its window has closed")


def offer_reply(view: View) -> Iterator[Verdict]:
    """P15: appreciation, asks for time where others are still waited for; accepts nothing, declines nothing."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    outcome = letter_of(view, Ending.OFFER)
    if outcome is None:
        return
    contact, came = answered_to(opportunity, outcome), outcome.letter_at or outcome.at
    if contact is None:
        return
    week = came + timedelta(days=rules.offer_reply_days)
    closes = min(week, rules.midnight_after(outcome.deadline)) if outcome.deadline else week
    content = replace(
        content_for(view, contact, opportunity.held_interview(now)),
        deadline=outcome.deadline,
        others_waiting=any(waits(o, now, rules) for o in view.others),
        variant=chance(outcome.first_message),
    )
    thread = outcome_thread(opportunity, outcome)
    draft = draft_of(view, Step.OFFER_REPLY, outcome.first_message, contact, content, thread, came, closes)
    settled = already(outcome)
    if settled:
        yield ruled(view, draft, State.OFF, *settled)
    elif now < closes:
        yield ruled(view, draft, State.OFFER, "P15", f"the offer came on {rules.day_of(came):%-d %B}")
    else:
        yield ruled(view, draft, State.OFF, "P15", "its window has closed")


def letter_of(view: View, ending: Ending) -> Outcome | None:
    """The outcome, if it is this one and there is a letter to answer; what the owner only told of has none."""
    outcome = view.opportunity.outcome
    if outcome is None or outcome.ending is not ending or not outcome.letter or too_old(view, outcome.at):
        return None
    return outcome


def answered_to(opportunity: Opportunity, outcome: Outcome) -> Contact | None:
    """Whom the answer to an outcome goes to: its writer, else the main contact."""
    found = opportunity.contact(outcome.writer)
    return found if found is not None and not found.dead else opportunity.main_contact


def already(outcome: Outcome) -> tuple[str, str] | None:
    """Why an outcome needs no answer any more: (rule, reason) or None."""
    if outcome.answered:
        return "P27", "you have answered it yourself"
    if sum(not s.arrived for s in outcome.answers) >= MOST_RETURNED:
        return "P22", "it came back twice"
    return None


def outcome_thread(opportunity: Opportunity, outcome: Outcome) -> Thread:
    """Replies to a rejection or an offer answer that message."""
    entry = next((e for e in opportunity.entries if e.message_id == outcome.letter), None)
    if entry is None:
        return Thread()
    contact = opportunity.contact(entry.sender)
    references = contact.last_references if contact and contact.last_message == outcome.letter else (outcome.letter,)
    return Thread(outcome.letter, references, people.answering(entry.subject))


def news(view: View) -> Iterator[Verdict]:
    """P19: for 14 days after the owner gave the news, to the main contact of a waiting opportunity."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    main = opportunity.main_contact
    if main is None or not opportunity.news:
        return
    at, text = opportunity.news[-1]
    closes = at + timedelta(days=rules.news_days)
    content = replace(content_for(view, main, opportunity.held_interview(now)), news=text)
    thread = people.reply_thread(main, opportunity)
    draft = draft_of(view, Step.NEWS, moment_of(at), main, content, thread, at, closes)
    if not waits(opportunity, now, rules):
        yield ruled(view, draft, State.OFF, "P19", "this opportunity does not wait for an answer")
    elif written_since(opportunity, at):
        yield ruled(view, draft, State.OFF, "P27", "you have written to them since")
    else:
        yield ruled(view, draft, State.OFFER if now <= closes else State.OFF, "P19", "you have news for them")


def written_since(opportunity: Opportunity, at: datetime) -> bool:
    """Did anything of the owner's reach them after this moment?"""
    sent = any(s.at > at and s.arrived for s in (*opportunity.follow_ups, *opportunity.thanked))
    return sent or opportunity.touched is not None and opportunity.touched > at
