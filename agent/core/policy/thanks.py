"""The thank-yous after an interview (P10): to each interviewer their own, the rest by way of the main contact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from agent.core.debrief import points
from agent.core.opportunity import Contact, Ending, Interview, Opportunity
from agent.core.policy import people
from agent.core.policy.rules import Rules, hours_after
from agent.core.policy.view import View, chance, content_for, draft_of, ruled, too_old
from agent.core.policy.wishes import Content, State, Step, Thread, Verdict

ENDED = {Ending.REJECTED: "the rejection came", Ending.OFFER: "the offer came"}
MOST_RETURNED = 2  # P22: a step may be offered once more


def thank_you(view: View) -> Iterator[Verdict]:
    """P10, P27, P29: after each interview of the round; nobody is thanked twice for one day."""
    day_s_people: set[tuple[date, str]] = set()
    for interview in view.opportunity.just_held(view.now):
        if too_old(view, interview.end):
            continue
        day = view.rules.day_of(interview.start)
        for verdict in thanks_for(view, interview):
            if (day, verdict.to[0].email) not in day_s_people:
                day_s_people.add((day, verdict.to[0].email))
                yield verdict


def thanks_for(view: View, interview: Interview) -> Iterator[Verdict]:
    """One message to each interviewer, within 48 hours of the end."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    closes = rules.thank_you_closes(interview.end)
    done = people.thanked(opportunity, interview, rules)
    thanks = people.to_thank(opportunity, interview, rules)
    main = thanks.by_way_of
    recipients = {c.email: c for c in thanks.direct}
    if main is not None:
        recipients.setdefault(main.email, main)
    for number, contact in enumerate(recipients.values()):
        in_place_of_all = main is not None and contact.email == main.email
        passed_on = tuple(p.name for p in thanks.passed_on) if in_place_of_all else ()
        met = thanks.direct if contact in thanks.direct or passed_on else (*thanks.direct, contact)
        draft = thanks_to(view, interview, contact, passed_on, number, met)
        draft = replace(draft, closes=closes, sole=in_place_of_all)
        besides = frozenset(c.email for c in thanks.direct) - {contact.email}
        if opportunity.outcome is not None:
            ended = ENDED.get(opportunity.outcome.ending, "the opportunity is closed")
            yield ruled(view, draft, State.OFF, "P26", ended)
        elif contact.email in done or "*" in done:
            yield ruled(view, draft, State.OFF, "P27", "you have thanked them yourself")
        elif in_place_of_all and returned(opportunity, interview) >= MOST_RETURNED:
            yield ruled(view, draft, State.OFF, "P22", "it came back twice")
        elif now <= closes:
            yield ruled(view, draft, State.OFFER, "P10", why_thanks(interview, passed_on, rules), besides)
        else:
            closed = f"its window closed on {closes.astimezone(rules.zone):%-d %B %H:%M}"
            yield ruled(view, draft, State.MISSED, "P29", closed, besides)


def thanks_to(
    view: View,
    interview: Interview,
    contact: Contact,
    passed_on: tuple[str, ...],
    number: int,
    met: tuple[Contact, ...],
) -> Verdict:
    """The message to one of them. A new one to an interviewer who has not written, an answer to one who has."""
    opportunity = view.opportunity
    content = replace(
        debriefed(content_for(view, contact, interview), opportunity, interview, contact, met),
        pass_on=passed_on,
        met_them=contact in met,
        variant=chance(interview.key, number),
        interviewers_known=bool(passed_on or interview.named or interview.attending),
    )
    thread = people.reply_thread(contact, opportunity) if contact.wrote is not None else Thread()
    draft = draft_of(view, Step.THANK_YOU, interview.key, contact, content, thread, interview.end)
    return replace(draft, due=hours_after(interview.end, view.rules.thank_you_due_hours))


def returned(opportunity: Opportunity, interview: Interview) -> int:
    """How many thank-yous of this interview came back (P22)."""
    return sum(s.at >= interview.start and not s.arrived for s in opportunity.thanked)


def why_thanks(interview: Interview, passed_on: tuple[str, ...], rules: Rules) -> str:
    text = f"the interview ended on {interview.end.astimezone(rules.zone):%-d %B at %H:%M}"
    if not passed_on:
        return text
    return f"{text}; no address is known of {', '.join(passed_on)}, so the thanks are to be passed on"


def debriefed(
    content: Content, opportunity: Opportunity, interview: Interview, contact: Contact, met: tuple[Contact, ...]
) -> Content:
    """What the debrief gives for this person's message (P17). `met`: all who get one of their own."""
    found = next((d for d in opportunity.debriefs if d.interview == interview.key), None)
    if found is None:
        return content
    point, clarify = points.remembered(found, contact, met), points.clarified(found, contact)
    return replace(content, remembered=point, clarify=clarify, samples=found.samples_asked)
