"""Opportunity x Reading x kind -> Opportunity. Pure; the only place where the state of an opportunity changes.

Rule 1: the table of kinds is total (`assert` at the end); a new kind is one row and one test.
Rule 2: what holds is said by events, never by the clock; "held" and "waiting" are asked with a moment.
Rule 3: automatic mail changes nothing but what it says outright: an outcome, an hour, a cancellation (P20).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from agent.core import rounds
from agent.core.calendar import Calendar
from agent.core.contacts import known_people
from agent.core.decision import Decision
from agent.core.hours import future_slots, same_event
from agent.core.opportunity import Basis, Ending, Entry, Need, Opportunity, Outcome, Pending, Sent, Silence, Stage
from agent.core.read.days import after_business_days
from agent.core.read.reading import RECEIVED_KINDS, SENT_KINDS, Act, Kind, Reading
from agent.core.values import Direction

Change = Callable[[Opportunity, Reading, Decision, Calendar], Opportunity]


def apply(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """The opportunity after this message."""
    opportunity = known_people(opportunity, reading, decision.kind)
    table = ON_SENT if reading.sent else ON_RECEIVED
    before, opportunity = opportunity, table[decision.kind](opportunity, reading, decision, calendar)
    if not reading.sent and counts_as_word(reading, decision):
        opportunity = spoken(replace(opportunity, last_word=reading.date))
        opportunity = without_effect(before, opportunity, reading, decision)
    elif not reading.sent and decision.kind in SPEAKING:
        opportunity = spoken(opportunity)
    return with_entry(opportunity, reading, decision, calendar)


def with_entry(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    entry = Entry(
        message_id=reading.message_id,
        at=reading.date,
        direction=reading.direction,
        kind=decision.kind,
        unclear=decision.unclear,
        reply_by=promised_day(opportunity, reading, calendar) if promises(reading, decision) else None,
        sender=reading.sender.email,
        to=tuple(a.email for a in reading.recipients),
        subject=reading.subject,
        why=decision.why,
    )
    return replace(opportunity, entries=(*opportunity.entries, entry))


def counts_as_word(reading: Reading, decision: Decision) -> bool:
    """A reply: anything from the employer's side that is not automatic (P20)."""
    return reading.human and decision.kind not in (Kind.AUTO_REPLY, Kind.BOUNCE)


# What counts as the employer's word from a machine too (P20).
SPEAKING = frozenset(
    {Kind.REJECTION, Kind.OFFER, Kind.INTERVIEW_INVITATION, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED}
)


def spoken(opportunity: Opportunity) -> Opportunity:
    """The employer wrote: what rested goes on (P4), and what the owner had let go of is alive again (P28)."""
    told = None if opportunity.told_stage is Stage.NO_RESPONSE else opportunity.told_stage
    return replace(opportunity, resting=None, told_stage=told)


def without_effect(before: Opportunity, after: Opportunity, reading: Reading, decision: Decision) -> Opportunity:
    """P2: whatever a person writes while an answer is waited for, no nudge stands on. A receipt or the confirmation of a talk
    that is over puts it off like courtesy (P32); a change of a talk that nobody knows of is unclear."""
    waited_for = after.held_interview(reading.date) is not None and after.planned_interview(reading.date) is None
    told = (before.interviews, before.silence, before.outcome, before.reply_by)
    asked = set(after.pending) - set(before.pending)
    if not waited_for or asked or told != (after.interviews, after.silence, after.outcome, after.reply_by):
        return after
    if decision.kind in (Kind.APPLICATION_RECEIPT, Kind.INTERVIEW_CONFIRMATION):
        return replace(after, courtesy=reading.date)
    if decision.kind in (Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED) and after.outcome is None:
        return need(after, Need.UNCLEAR, reading)
    return after


PROMISING = frozenset(
    {
        Kind.STATUS_UPDATE,
        Kind.INTERVIEW_CONFIRMATION,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_INVITATION,
        Kind.ASSESSMENT_REQUEST,
        Kind.INFORMATION_REQUEST,
        Kind.APPLICATION_RECEIPT,
    }
)


def promises(reading: Reading, decision: Decision) -> bool:
    """May a date in this message be a promise? Not in automatic mail (P20), nor in an outcome."""
    return (
        not reading.sent
        and reading.promise is not None
        and decision.kind in PROMISING
        and (not reading.automatic or reading.human)
    )


def promised_day(opportunity: Opportunity, reading: Reading, calendar: Calendar) -> date | None:
    promise = reading.promise
    if promise is None:
        return None
    if promise.day is not None:
        return promise.day
    interview = opportunity.current
    base = calendar.day_of(interview.start) if interview else reading.written or reading.date.date()
    if promise.business:
        return after_business_days(base, promise.after_interview, calendar.holidays)
    return base + timedelta(days=promise.after_interview)


# -------------------------------------------------------------------------------------------------------- received


def invitation(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """Times are offered or asked for: the owner's turn until something is agreed."""
    opportunity = revived(opportunity)
    slots = tuple(s for s in future_slots(reading))
    opportunity = replace(
        opportunity,
        proposals=slots or opportunity.proposals,
        proposal_people=merged(opportunity.proposal_people, (p.name for p in reading.people)),
        proposal_writers=merged(opportunity.proposal_writers, [reading.sender.email] if reading.writer_meets else []),
        proposal_absent=merged(
            opportunity.proposal_absent,
            [*reading.excluded, *([reading.sender.email] if reading.writer_meets is False else [])],
        ),
        proposal_length=reading.length or opportunity.proposal_length,
        own_times=(),
    )
    return need(with_promise(opportunity, reading, decision, calendar), Need.INVITATION, reading)


def merged(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def confirmation(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    outcome = opportunity.outcome
    opportunity = rounds.agreed_by_employer(revived(opportunity), reading, calendar.zone)
    if opportunity.planned_interview(reading.date) is None:
        opportunity = replace(opportunity, outcome=outcome)  # no talk is ahead: a no stays a no (P26)
    else:
        opportunity = settle(opportunity, Need.INVITATION, Need.CANCELLED, Need.UNCLEAR, Need.BOUNCE, Need.TOLD)
    return with_promise(opportunity, reading, decision, calendar)


def rescheduled(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    opportunity = revived(opportunity)
    opportunity = rounds.moved(opportunity, reading, calendar.zone)
    opportunity = settle(opportunity, Need.INVITATION, Need.CANCELLED, Need.UNCLEAR, Need.BOUNCE, Need.TOLD)
    return with_promise(opportunity, reading, decision, calendar)


def cancelled(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P25: nothing planned; the owner's turn; the cancelled interview stays on record."""
    event = next((e for e in reading.events if e.cancelled), None)
    target = same_event(event, opportunity) if event else None
    if target is None:
        target = rounds.nearest(opportunity, reading)
    if target is None:
        return opportunity
    interviews = tuple(replace(i, cancelled=True) if i is target else i for i in opportunity.interviews)
    opportunity = replace(opportunity, interviews=interviews, proposals=(), own_times=())
    if opportunity.outcome is not None:
        return opportunity
    opportunity = replace(opportunity, silence=None if opportunity.current is None else opportunity.silence)
    return need(opportunity, Need.CANCELLED, reading)


def status_update(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P23: a date is the new reply-by date, no date voids it; without one it is as if the interview had been that day.
    Automatic mail: nothing. What they asked for stays open until the owner answers (P24)."""
    if reading.automatic and not reading.human:
        return opportunity
    opportunity = settle(opportunity, Need.UNCLEAR, Need.BOUNCE, Need.CANCELLED, Need.TOLD)
    day = promised_day(opportunity, reading, calendar)
    held = opportunity.held_interview(reading.date)
    if day is not None:
        opportunity = replace(opportunity, reply_by=day, reply_by_source=reading.message_id)
        basis, at = Basis.REPLY_BY, day
    else:
        opportunity = replace(opportunity, reply_by=None, reply_by_source="")
        basis, at = Basis.UPDATE, calendar.day_of(reading.date)
    if held is None:
        return opportunity
    return new_silence(opportunity, Silence(basis, at, reading.date, reading.message_id))


def new_silence(opportunity: Opportunity, silence: Silence) -> Opportunity:
    """The employer spoke: the sequence starts over."""
    return replace(opportunity, silence=silence, courtesy=None, touched=None)


def request(needed: Need) -> Change:
    def change(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
        """P24; a machine that asks for information does not stop the clock (P20), a test that it sets is the owner's turn."""
        if reading.automatic and not reading.human and needed is Need.INFORMATION:
            return opportunity
        return need(with_promise(opportunity, reading, decision, calendar), needed, reading)

    return change


def rejection(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P26; an interview that was still ahead is off with it. Told twice it is one occasion; a person's letter is the one to
    answer where a machine told it first."""
    interviews = tuple(
        replace(i, cancelled=True) if i.end > reading.date and not i.cancelled else i for i in opportunity.interviews
    )
    opportunity = replace(opportunity, interviews=interviews)
    before, made = opportunity.outcome, outcome_of(opportunity, reading, Ending.REJECTED)
    if before is None or before.ending is not Ending.REJECTED:
        return ended(opportunity, made)
    if not before.letter or not (before.had_interview or before.by_human):
        return ended(opportunity, replace(made, answers=before.answers))  # nothing could be answered so far
    if before.by_human or not made.by_human:
        return ended(opportunity, before)
    return ended(opportunity, replace(before, writer=made.writer, letter=made.letter, by_human=True))


def offer(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P26; told twice it is one occasion: its deadline is updated, the first letter stays the one to answer."""
    before, made = opportunity.outcome, outcome_of(opportunity, reading, Ending.OFFER)
    if before is None or before.ending is not Ending.OFFER:
        return ended(opportunity, made)
    return ended(
        opportunity,
        replace(
            made,
            writer=before.writer if before.letter else made.writer,
            letter=before.letter or made.letter,
            letter_at=before.letter_at or made.letter_at,
            deadline=made.deadline or before.deadline,
            first_message=before.first_message,
            first_at=before.first_at,
            answers=before.answers,
        ),
    )


def outcome_of(opportunity: Opportunity, reading: Reading, ending: Ending) -> Outcome:
    """What one letter says, taken by itself."""
    return Outcome(
        ending,
        reading.date,
        reading.message_id,
        writer=reading.sender.email,
        letter=reading.message_id,
        letter_at=reading.date,
        deadline=reading.deadline if ending is Ending.OFFER else None,
        first_message=reading.message_id,
        first_at=reading.date,
        had_interview=opportunity.held_interview(reading.date) is not None,
        by_human=reading.human,
    )


def ended(opportunity: Opportunity, outcome: Outcome) -> Opportunity:
    return replace(
        opportunity,
        outcome=outcome,
        reply_by=None,
        reply_by_source="",
        silence=None,
        pending=(),
        proposals=(),
        own_times=(),
        resting=None,
        courtesy=None,
    )


def auto_reply(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P21: the absence of a contact is noted with the day of return; nothing else changes."""
    contact = opportunity.contact(reading.sender.email)
    if contact is None or reading.report:
        return opportunity
    noted = calendar.day_of(reading.date)
    away = reading.returns if reading.returns else noted + timedelta(days=7)
    changed = replace(contact, away_until=away if reading.returns else away - timedelta(days=1))
    return replace(
        opportunity, contacts=tuple(changed if c.email == contact.email else c for c in opportunity.contacts)
    )


def bounce(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """P22: the address is dead, what was sent there does not count, it is the owner's turn."""
    written_to = {to for e in opportunity.entries if e.direction is Direction.SENT for to in e.to}
    known = {c.email for c in opportunity.contacts} | written_to
    dead = {d.email for d in reading.deliveries if d.failed} & known
    if not dead:
        return opportunity

    def returned(sent: Sent) -> Sent:
        recent = timedelta(0) <= reading.date - sent.at < timedelta(days=5)
        fits = sent.message_id == reading.returned_id or not reading.returned_id and recent
        return replace(sent, bounced=merged(sent.bounced, sorted(dead))) if fits and set(sent.to) & dead else sent

    outcome = opportunity.outcome
    opportunity = replace(
        opportunity,
        contacts=tuple(replace(c, dead=True) if c.email in dead else c for c in opportunity.contacts),
        bounced=merged(opportunity.bounced, sorted(dead)),
        thanked=tuple(map(returned, opportunity.thanked)),
        follow_ups=tuple(map(returned, opportunity.follow_ups)),
        outcome=replace(outcome, answers=tuple(map(returned, outcome.answers))) if outcome else None,
    )
    return need(opportunity, Need.BOUNCE, reading)


def other_received(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """Unclear: the owner's turn (P2). Courtesy: the clock goes on, no follow-up within seven days (P32)."""
    if opportunity.closed or reading.automatic and not reading.human:
        return opportunity
    if decision.courtesy:
        return settle(replace(opportunity, courtesy=reading.date), Need.BOUNCE, Need.TOLD)
    if not decision.unclear or opportunity.outcome is not None:
        return opportunity
    return need(opportunity, Need.UNCLEAR, reading)


def receipt(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    return opportunity


# ------------------------------------------------------------------------------------------------------------ sent


def own_confirmation(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    opportunity = rounds.agreed_by_owner(opportunity, reading, calendar.zone)
    return settle(opportunity, Need.INVITATION, Need.CANCELLED, Need.UNCLEAR, Need.INFORMATION, Need.BOUNCE, Need.TOLD)


def thank_you(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    opportunity = answered(opportunity, reading, calendar)
    return replace(opportunity, thanked=(*opportunity.thanked, sent_of(opportunity, reading)))


def follow_up(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    opportunity = answered(opportunity, reading, calendar)
    return replace(opportunity, follow_ups=(*opportunity.follow_ups, sent_of(opportunity, reading)))


def sent_of(opportunity: Opportunity, reading: Reading) -> Sent:
    to = tuple(a.email for a in reading.recipients)
    main = opportunity.main_contact
    return Sent(
        reading.date,
        reading.message_id,
        to,
        share=reading.score(Act.SHARE) >= 6,
        other_offer=reading.score(Act.OTHER_OFFER) >= 6,
        to_main=main is not None and main.email in to,
    )


def rejection_reply(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    return answered_outcome(opportunity, reading)


def answered_outcome(opportunity: Opportunity, reading: Reading) -> Opportunity:
    outcome = opportunity.outcome
    if outcome is None:
        return opportunity
    answers = (*outcome.answers, sent_of(opportunity, reading))
    return settle(replace(opportunity, outcome=replace(outcome, answers=answers)), Need.BOUNCE)


def closing(ending: Ending) -> Change:
    """P26: the owner ends it; nothing more is planned."""

    def change(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
        interviews = tuple(
            replace(i, cancelled=True) if i.start > reading.date and not i.cancelled else i
            for i in opportunity.interviews
        )
        outcome = Outcome(
            ending,
            reading.date,
            reading.message_id,
            writer=reading.sender.email,
            had_interview=opportunity.held_interview(reading.date) is not None,
        )
        return ended(replace(opportunity, interviews=interviews), outcome)

    return change


def other_sent(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """The owner answers a request (P24), offers times, settles an offer's reply, or merely writes (P27)."""
    if opportunity.outcome is not None:
        return answered_outcome(opportunity, reading)
    times = (
        tuple(future_slots(reading))
        if reading.score(Act.OFFER_TIMES) >= 5
        or any(p.need is Need.INVITATION for p in opportunity.pending)
        or opportunity.planned_interview(reading.date)
        else ()
    )
    if times:
        opportunity = replace(opportunity, own_times=times)
    return answered(opportunity, reading, calendar, touch=True)


ANSWERABLE = frozenset((Need.INFORMATION, Need.ASSESSMENT, Need.UNCLEAR, Need.INVITATION, Need.TOLD))


def answered(opportunity: Opportunity, reading: Reading, calendar: Calendar, touch: bool = False) -> Opportunity:
    """An own message ends the owner's turn; what asked for it is answered, and the silence starts anew (P24)."""
    open_needs = [p for p in opportunity.pending if p.need in ANSWERABLE]
    opportunity = settle(opportunity, *ANSWERABLE, Need.BOUNCE)
    if open_needs and opportunity.held_interview(reading.date) is not None:
        day = calendar.day_of(reading.date)
        return new_silence(opportunity, Silence(Basis.ANSWER, day, reading.date, reading.message_id))
    return replace(opportunity, touched=reading.date) if touch else opportunity


# ---------------------------------------------------------------------------------------------------------- helpers


def need(opportunity: Opportunity, what: Need, reading: Reading) -> Opportunity:
    rest = tuple(p for p in opportunity.pending if p.need is not what)
    return replace(opportunity, pending=(*rest, Pending(what, reading.date, reading.message_id)))


def settle(opportunity: Opportunity, *needs: Need) -> Opportunity:
    return replace(opportunity, pending=tuple(p for p in opportunity.pending if p.need not in needs))


def with_promise(opportunity: Opportunity, reading: Reading, decision: Decision, calendar: Calendar) -> Opportunity:
    """A promised date in a message that is not an update: on record; the sequence starts over if the interview is over."""
    if not promises(reading, decision):
        return opportunity
    day = promised_day(opportunity, reading, calendar)
    if day is None:
        return opportunity
    opportunity = replace(opportunity, reply_by=day, reply_by_source=reading.message_id)
    if (
        opportunity.held_interview(reading.date) is not None
        and opportunity.planned_interview(reading.date) is None
        and decision.kind is not Kind.INTERVIEW_INVITATION
    ):
        return new_silence(opportunity, Silence(Basis.REPLY_BY, day, reading.date, reading.message_id))
    return opportunity


def revived(opportunity: Opportunity) -> Opportunity:
    """An invitation or a time after a rejection: the no is overtaken (P26, "the latest outcome holds")."""
    if opportunity.outcome is not None and opportunity.outcome.ending is Ending.REJECTED:
        return replace(opportunity, outcome=None)
    return opportunity


ON_RECEIVED: dict[Kind, Change] = {
    Kind.APPLICATION_RECEIPT: receipt,
    Kind.INTERVIEW_INVITATION: invitation,
    Kind.INTERVIEW_CONFIRMATION: confirmation,
    Kind.INTERVIEW_RESCHEDULED: rescheduled,
    Kind.INTERVIEW_CANCELLED: cancelled,
    Kind.STATUS_UPDATE: status_update,
    Kind.INFORMATION_REQUEST: request(Need.INFORMATION),
    Kind.ASSESSMENT_REQUEST: request(Need.ASSESSMENT),
    Kind.REJECTION: rejection,
    Kind.OFFER: offer,
    Kind.AUTO_REPLY: auto_reply,
    Kind.BOUNCE: bounce,
    Kind.OTHER: other_received,
}
ON_SENT: dict[Kind, Change] = {
    Kind.INTERVIEW_CONFIRMATION: own_confirmation,
    Kind.THANK_YOU: thank_you,
    Kind.FOLLOW_UP: follow_up,
    Kind.REJECTION_REPLY: rejection_reply,
    Kind.OFFER_ACCEPTANCE: closing(Ending.ACCEPTED),
    Kind.OFFER_DECLINE: closing(Ending.DECLINED),
    Kind.WITHDRAWAL: closing(Ending.WITHDRAWN),
    Kind.OTHER: other_sent,
}
assert set(ON_RECEIVED) == RECEIVED_KINDS and set(ON_SENT) == SENT_KINDS
