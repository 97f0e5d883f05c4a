"""Each step of POLICY as a function: opportunity x now -> verdicts. A new step is one function and one row of STEPS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.core.opportunity import Contact, Ending, Interview, Opportunity, Stage
from agent.core.policy import people
from agent.core.policy.rules import Rules
from agent.core.policy.stage import Quiet, silence, stage
from agent.core.policy.wishes import Content, State, Step, Thread, Verdict
from agent.core.values import Address


@dataclass(frozen=True, slots=True)
class View:
    """One opportunity at a moment, among the others."""

    opportunity: Opportunity
    others: tuple[Opportunity, ...]
    now: datetime
    rules: Rules


StepFunction = Callable[[View], Iterator[Verdict]]


def key_of(step: Step, occasion: str, recipient: str) -> str:
    """I2: the key of a step. The occasion names the round and outlives a rebuilt database; no running number is in it."""
    return f"{step.value}|{occasion}|{recipient}"


def draft_of(
    view: View,
    step: Step,
    occasion: str,
    contact: Contact,
    content: Content,
    thread: Thread,
    opens: datetime | None,
    closes: datetime | None = None,
    due: datetime | None = None,
) -> Verdict:
    """The draft of a step to one contact; what may happen to it now is still to be `ruled`."""
    key, name = key_of(step, occasion, contact.email), view.opportunity.id
    return Verdict(key, step, name, State.KEEP, "", "", (contact.address,), opens, closes, due, thread, content)


def ruled(view: View, draft: Verdict, state: State, rule: str, why: str) -> Verdict:
    """What may happen to the draft now, by which rule and why in words; what its owner deleted stays away (P4)."""
    if draft.key in view.opportunity.dismissed and state in (State.OFFER, State.LATER):
        state, rule, why = State.OFF, "P4", "you deleted this draft: that is an answer"
    return replace(draft, state=state, rule=rule, why=why)


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


# -------------------------------------------------------------------------------------------------------- thank-yous


def thank_you(view: View) -> Iterator[Verdict]:
    """P10, P27, P29: one message to each interviewer, for the round's interview, within 48 hours of its end."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    interview = opportunity.current
    if interview is None or interview.end > now or too_old(view, interview.end):
        return
    closes = interview.end + timedelta(hours=rules.thank_you_hours)
    due = interview.end + timedelta(hours=rules.thank_you_due_hours)
    done = people.thanked(opportunity, interview)
    thanks = people.to_thank(opportunity, interview, rules)
    off = thanks_pointless(view, interview)
    recipients = {c.email: c for c in thanks.direct}
    if thanks.by_way_of is not None:
        recipients.setdefault(thanks.by_way_of.email, thanks.by_way_of)
    direct = {c.email for c in thanks.direct}
    for number, contact in enumerate(recipients.values()):
        passed_on = (
            tuple(p.name for p in thanks.passed_on)
            if thanks.by_way_of is not None and contact.email == thanks.by_way_of.email
            else ()
        )
        content = replace(
            debriefed(content_for(view, contact, interview), opportunity, interview, contact),
            pass_on=passed_on,
            met_them=contact.email in direct,
            variant=variant(interview, number),
            interviewers_known=bool(thanks.passed_on or interview.named or interview.attending),
        )
        thread = people.reply_thread(contact, opportunity) if contact.wrote is not None else Thread()
        draft = draft_of(
            view, Step.THANK_YOU, interview.key, contact, content, thread, opens=interview.end, closes=closes, due=due
        )
        if off:
            yield ruled(view, draft, State.OFF, off[0], off[1])
        elif contact.email in done or "*" in done:
            yield ruled(view, draft, State.OFF, "P27", "you have thanked them yourself")
        elif now <= closes:
            yield ruled(view, draft, State.OFFER, "P10", why_thanks(interview, passed_on, rules))
        else:
            closed = f"its window closed on {closes.astimezone(rules.zone):%-d %B %H:%M}"
            yield ruled(view, draft, State.MISSED, "P29", closed)


def why_thanks(interview: Interview, passed_on: tuple[str, ...], rules: Rules) -> str:
    text = f"the interview ended on {interview.end.astimezone(rules.zone):%-d %B at %H:%M}"
    if not passed_on:
        return text
    return f"{text}; no address is known of {', '.join(passed_on)}, so the thanks are to be passed on"


def thanks_pointless(view: View, interview: Interview) -> tuple[str, str] | None:
    outcome = view.opportunity.outcome
    if outcome is not None:
        return (
            "P26",
            {Ending.REJECTED: "the rejection came", Ending.OFFER: "the offer came"}.get(
                outcome.ending, "the opportunity is closed"
            ),
        )
    return None


def chance(source: str) -> int:
    """A number by which one wording of several is chosen: always the same for the same source."""
    return int(hashlib.sha256(source.encode()).hexdigest()[:4], 16)


def variant(interview: Interview, number: int) -> int:
    """Different words for different interviewers, and not the same first words after each interview."""
    return chance(interview.key) + number


def debriefed(content: Content, opportunity: Opportunity, interview: Interview, contact: Contact) -> Content:
    """`content` with what the debrief gives for this person's message (P17)."""
    found = next((d for d in opportunity.debriefs if d.interview == interview.key), None)
    if found is None:
        return content
    given, full = contact.address.name.split(" ")[0].lower(), contact.address.name.lower()
    own = [text for who, text in found.remember if who and (who.lower() in full or given and given in who.lower())]
    shared = [text for who, text in found.remember if not who]
    return replace(content, remembered=(own or shared or [""])[0], clarify=found.clarify, samples=found.samples_asked)


# -------------------------------------------------------------------------------------------------------- follow-ups


def follow_ups(view: View) -> Iterator[Verdict]:
    """P11, P12, with everything that stops, rests or puts them off."""
    quiet = silence(view.opportunity, view.now, view.rules)
    if quiet is None or quiet.exhausted:
        return
    step = Step.FOLLOW_UP_1 if quiet.number == 1 else Step.FOLLOW_UP_2
    yield from nudge(view, quiet, step, quiet.opens, quiet.rule, quiet.why)


def nudge(view: View, quiet: Quiet, step: Step, opens: datetime, rule: str, why: str) -> Iterator[Verdict]:
    """One follow-up or check-in to the main contact, unless something forbids it."""
    opportunity, now = view.opportunity, view.now
    main = opportunity.main_contact
    stopped = nudge_stopped(view, main)
    if main is None:
        return
    thread = people.reply_thread(main, opportunity)
    news = next((text for at, text in reversed(opportunity.news)), "")
    content = replace(
        content_for(view, main, quiet.interview),
        reply_by=opportunity.reply_by,
        news=news if step is not Step.FOLLOW_UP_1 else "",
        variant=variant(quiet.interview, len(quiet.sent)),
    )
    draft = draft_of(view, step, quiet.key, main, content, thread, opens)
    if stopped:
        yield ruled(view, draft, State.OFF, stopped[0], stopped[1])
    elif opens > now:
        put_off = quiet.put_off or why
        put_off_by = put_off.split(":")[0] if quiet.put_off else rule
        when = f"opens {opens.astimezone(view.rules.zone):%-d %B %H:%M}: {put_off}"
        yield ruled(view, draft, State.LATER, put_off_by, when)
    elif too_old(view, last_event(opportunity, quiet)):
        yield ruled(view, draft, State.OFF, "P30", "this round was history when the agent first ran")
    else:
        yield ruled(view, draft, State.OFFER, rule, why)


def last_event(opportunity: Opportunity, quiet: Quiet) -> datetime:
    return max((quiet.interview.end, *(e.at for e in opportunity.entries)))


def nudge_stopped(view: View, main: Contact | None) -> tuple[str, str] | None:
    """Why no nudge may stand at all: (rule, reason) or None."""
    opportunity, now = view.opportunity, view.now
    if opportunity.outcome is not None:
        return "P26", "the round has its outcome"
    if opportunity.planned_interview(now) is not None:
        return "P25", "another interview is agreed"
    if opportunity.blocking:
        return (
            "P24" if opportunity.blocking[-1].need.value in ("information", "assessment") else "P2"
        ), "it is your turn"
    if opportunity.resting is not None:
        return "P4", "the sequence rests until you resume it or they write"
    if main is None:
        return "P22", "nobody with a living address is known"
    accepted = [o.outcome.at for o in view.others if o.outcome is not None and o.outcome.ending is Ending.ACCEPTED]
    if accepted and not (opportunity.resumed and opportunity.resumed > max(accepted)):
        return "P26", "you have accepted another offer"
    if any(v.wanted or v.state is State.KEEP for v in competing_offers(view)):
        return "P27", "a note about another offer is waiting for you"
    return None


def check_ins(view: View) -> Iterator[Verdict]:
    """P13: off unless configured; every 30 days after follow_up_2, three times at most."""
    quiet = silence(view.opportunity, view.now, view.rules)
    rules = view.rules
    if not rules.check_in or quiet is None or not quiet.exhausted or not quiet.sent:
        return
    made = len(quiet.sent) - rules.max_follow_ups
    if not 0 <= made < rules.max_check_ins:
        return
    day = rules.day_of(quiet.sent[-1].at) + timedelta(days=rules.check_in_days)
    opens = max(rules.opens(day), quiet.opens) if quiet.put_off else rules.opens(day)
    for found in nudge(view, quiet, Step.CHECK_IN, opens, "P13", f"{rules.check_in_days} days after your last message"):
        yield replace(found, key=f"{found.key}|{made + 1}")


# ---------------------------------------------------------------------------------------------------------- outcomes


def rejection_reply(view: View) -> Iterator[Verdict]:
    """P14: gracious, brief; to who wrote the no, else the main contact; only after an interview or to a human no."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    outcome = opportunity.outcome
    if outcome is None or outcome.ending is not Ending.REJECTED or outcome.message_id.startswith("told-"):
        return
    if not outcome.had_interview and not outcome.by_human or too_old(view, outcome.at):
        return
    contact = answered_to(opportunity, outcome.writer)
    if contact is None:
        return
    closes = outcome.at + timedelta(days=rules.rejection_reply_days)
    interview = opportunity.held_interview(outcome.at)
    bad = interview is not None and any(
        d.interview == interview.key and d.went == "badly" for d in opportunity.debriefs
    )
    content = replace(
        content_for(view, contact, interview),
        feedback=rules.feedback and outcome.had_interview and not bad,
        variant=chance(outcome.message_id),
    )
    thread = outcome_thread(opportunity, outcome.message_id)
    draft = draft_of(
        view, Step.REJECTION_REPLY, outcome.first_message, contact, content, thread, opens=outcome.at, closes=closes
    )
    if outcome.answered is not None:
        yield ruled(view, draft, State.OFF, "P27", "you have answered it yourself")
    elif now <= closes:
        yield ruled(view, draft, State.OFFER, "P14", f"the rejection came on {rules.day_of(outcome.at):%-d %B}")
    else:
        yield ruled(view, draft, State.KEEP, "P14", "its window has closed")


def answered_to(opportunity: Opportunity, writer: str) -> Contact | None:
    """Whom the answer to an outcome goes to: its writer, else the main contact."""
    found = opportunity.contact(writer)
    return found if found is not None and not found.dead else opportunity.main_contact


def outcome_thread(opportunity: Opportunity, message_id: str) -> Thread:
    """Replies to a rejection or an offer answer that message."""
    entry = next((e for e in opportunity.entries if e.message_id == message_id), None)
    if entry is None:
        return Thread()
    contact = opportunity.contact(entry.sender)
    references = contact.last_references if contact and contact.last_message == message_id else (message_id,)
    return Thread(message_id, references, people.answering(entry.subject))


def offer_closes(view: View, opportunity: Opportunity) -> datetime | None:
    outcome = opportunity.outcome
    if outcome is None or outcome.first_at is None:
        return None
    week = outcome.first_at + timedelta(days=view.rules.offer_reply_days)
    return min(week, view.rules.midnight_after(outcome.deadline)) if outcome.deadline else week


def offer_reply(view: View) -> Iterator[Verdict]:
    """P15: appreciation, asks for time where others are still waited for; accepts nothing, declines nothing."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    outcome = opportunity.outcome
    if (
        outcome is None
        or outcome.ending is not Ending.OFFER
        or outcome.first_message.startswith("told-")
        or too_old(view, outcome.at)
    ):
        return
    entry = next((e for e in opportunity.entries if e.message_id == outcome.first_message), None)
    contact = answered_to(opportunity, entry.sender if entry else outcome.writer)
    closes = offer_closes(view, opportunity)
    if contact is None or closes is None:
        return
    waiting = any(stage(o, now, rules) in (Stage.WAITING, Stage.SCHEDULED, Stage.ACTION_NEEDED) for o in view.others)
    content = replace(
        content_for(view, contact, opportunity.held_interview(now)),
        deadline=outcome.deadline,
        others_waiting=waiting,
        variant=chance(outcome.first_message),
    )
    thread = outcome_thread(opportunity, outcome.first_message)
    draft = draft_of(
        view, Step.OFFER_REPLY, outcome.first_message, contact, content, thread, opens=outcome.first_at, closes=closes
    )
    if outcome.answered is not None:
        yield ruled(view, draft, State.OFF, "P27", "you have answered it yourself")
    elif now < closes:
        came = rules.day_of(outcome.first_at or outcome.at)
        yield ruled(view, draft, State.OFFER, "P15", f"the offer came on {came:%-d %B}")
    else:
        yield ruled(view, draft, State.OFF, "P15", "its window has closed")


def competing_offers(view: View) -> Iterator[Verdict]:
    """P16: an offer elsewhere, while this opportunity waits for a decision. Never names the other."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    main = opportunity.main_contact
    if main is None:
        return
    for other in view.others:
        outcome = other.outcome
        if (
            outcome is None
            or outcome.ending is not Ending.OFFER
            or outcome.first_at is None
            or too_old(view, outcome.at)
        ):
            continue
        closes = (
            rules.midnight_after(outcome.deadline)
            if outcome.deadline
            else outcome.first_at + timedelta(days=rules.offer_reply_days)
        )
        waited = opportunity.held_interview(outcome.first_at) is not None and opportunity.began < outcome.first_at
        told = any(s.at > outcome.first_at and s.other_offer for s in opportunity.follow_ups)
        interview = opportunity.held_interview(now)
        if not waited or interview is None:
            continue
        content = replace(
            content_for(view, main, interview), deadline=outcome.deadline, variant=chance(outcome.first_message)
        )
        occasion = f"{outcome.first_message}|{interview.key}"
        thread = people.reply_thread(main, opportunity)
        draft = draft_of(
            view, Step.COMPETING_OFFER, occasion, main, content, thread, opens=outcome.first_at, closes=closes
        )
        if told or opportunity.resting is not None:
            yield ruled(view, draft, State.OFF, "P27", "you have told them yourself")
        elif now >= closes:
            yield ruled(view, draft, State.OFF, "P16", "its window has closed")
        elif stage(opportunity, now, rules) is not Stage.WAITING:
            yield ruled(view, draft, State.OFF, "P16", "this opportunity does not wait for a decision any more")
        else:
            yield ruled(view, draft, State.OFFER, "P16", "another offer needs an answer")


# ----------------------------------------------------------------------------------------------------- notes to self


def owner_address(rules: Rules) -> Address:
    return Address(rules.owner_name, rules.owner_addresses[0].lower())


def note(
    view: View, step: Step, interview: Interview, state: State, rule: str, why: str, opens: datetime, closes: datetime
) -> Verdict:
    names = tuple(
        f"{p.name} <{p.email}>" if p.email else p.name
        for p in people.interviewers(view.opportunity, interview, view.rules)
    )
    if not names and view.opportunity.main_contact is not None:
        names = (str(view.opportunity.main_contact.address),)
    content = replace(
        content_for(view, None, interview),
        people=names,
        location=interview.location,
        reference=hashlib.sha256(f"{interview.key}|{interview.source}".encode()).hexdigest()[:6],
        reply_by=view.opportunity.reply_by,
    )
    key = key_of(step, f"{interview.key}|{content.reference}", "owner")
    if key in view.opportunity.dismissed and state is State.OFFER:
        state, rule, why = State.OFF, "P4", "you deleted it"
    to = (owner_address(view.rules),)
    return Verdict(key, step, view.opportunity.id, state, rule, why, to, opens, closes, content=content)


def prep(view: View) -> Iterator[Verdict]:
    """P18: a message in the inbox, from 24 h before the interview until it starts."""
    interview = view.opportunity.planned_interview(view.now)
    if not view.rules.prep or interview is None or view.opportunity.closed:
        return
    opens = interview.start - timedelta(hours=view.rules.prep_hours)
    state = State.LATER if view.now < opens else State.OFFER if view.now < interview.start else State.KEEP
    why = f"the interview is on {interview.start.astimezone(view.rules.zone):%-d %B at %H:%M}"
    yield note(view, Step.PREP, interview, state, "P18", why, opens, interview.start)


def debrief(view: View) -> Iterator[Verdict]:
    """P17: a form in Drafts, addressed to the owner."""
    yield from after_interview(view, Step.DEBRIEF, "P17", view.rules.debrief)


def paper_note(view: View) -> Iterator[Verdict]:
    """P33: off unless configured; the words for a handwritten card."""
    yield from after_interview(view, Step.PAPER_NOTE, "P33", view.rules.paper_note)


def after_interview(view: View, step: Step, rule: str, on: bool) -> Iterator[Verdict]:
    interview = view.opportunity.current
    if not on or interview is None or interview.end > view.now or too_old(view, interview.end):
        return
    closes = interview.end + timedelta(days=view.rules.debrief_days)
    why = f"the interview ended on {interview.end.astimezone(view.rules.zone):%-d %B at %H:%M}"
    state = State.OFFER if view.now <= closes else State.KEEP
    if step is Step.DEBRIEF and any(d.interview == interview.key for d in view.opportunity.debriefs):
        state, why = State.OFF, "the debrief is filled in"
    elif view.opportunity.outcome is not None:
        state, rule, why = State.OFF, "P26", "the round has its outcome"
    yield note(view, step, interview, state, rule, why, interview.end, closes)


def news(view: View) -> Iterator[Verdict]:
    """P19: for 14 days after the owner gave the news, to the main contact of a waiting opportunity."""
    opportunity, now, rules = view.opportunity, view.now, view.rules
    main = opportunity.main_contact
    if main is None or not opportunity.news:
        return
    at, text = opportunity.news[-1]
    closes = at + timedelta(days=rules.news_days)
    interview = opportunity.held_interview(now)
    content = replace(content_for(view, main, interview), news=text)
    thread = people.reply_thread(main, opportunity)
    draft = draft_of(view, Step.NEWS, f"{at:%Y%m%dT%H%M%S}", main, content, thread, opens=at, closes=closes)
    if stage(opportunity, now, rules) is not Stage.WAITING:
        yield ruled(view, draft, State.OFF, "P19", "this opportunity does not wait for an answer")
    elif (
        any(s.at > at for s in (*opportunity.follow_ups, *opportunity.thanked))
        or opportunity.touched
        and opportunity.touched > at
    ):
        yield ruled(view, draft, State.OFF, "P27", "you have written to them since")
    else:
        yield ruled(view, draft, State.OFFER if now <= closes else State.OFF, "P19", "you have news for them")


STEPS: tuple[StepFunction, ...] = (
    prep, thank_you, debrief, paper_note, follow_ups, check_ins, rejection_reply, offer_reply, competing_offers, news,
)  # fmt: skip
