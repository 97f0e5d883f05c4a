"""Interviews agreed, moved and recognised again: readings -> the interviews of an opportunity (P25, "Interviews" in settled cases)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from agent.core.belief import heard
from agent.core.contacts import usable
from agent.core.decision import HARD
from agent.core.hours import (
    SAME_TIME,
    chosen,
    future_slots,
    names_interview,
    new_hour,
    open_interview,
    picked,
    same_event,
)
from agent.core.opportunity import Interview, Need, Opportunity
from agent.core.read.people import parse_name
from agent.core.read.reading import Act, Kind, Reading, Slot
from agent.core.values import Event

SURELY = 0.8


def agreed_by_employer(opportunity: Opportunity, reading: Reading, zone: tzinfo) -> Opportunity:
    """A fixed time from the employer's side: a new interview, or more about one that is known."""
    event = next((e for e in reading.events if not e.cancelled), None)
    if event is not None:
        return agreed_by_calendar(opportunity, reading, event, zone)
    slots = future_slots(reading)
    for interview in reversed(opportunity.live_interviews):
        if interview.end > reading.date - timedelta(days=1) and any(names_interview(s, interview) for s in slots):
            slot = next(s for s in slots if names_interview(s, interview))
            return with_people(
                changed(opportunity, interview, refined(interview, slot, reading, zone)), reading, interview.key
            )
    if all(s.whole_day for s in slots) and opportunity.planned_interview(reading.date) is not None:
        slots = []  # "the calendar invite follows today": while an hour is ahead, a mere day is that of something else
    if not slots:
        planned = open_interview(opportunity, reading.date)
        return with_people(opportunity, reading, planned.key) if planned else opportunity
    slot = next((s for s in slots if not s.whole_day), slots[0])
    offered = picked(slot, (*opportunity.proposals, *opportunity.own_times))
    if slot.whole_day and offered is not None and not offered.whole_day:
        slot = offered
    return agree(opportunity, reading, slot, zone)


def agreed_by_owner(opportunity: Opportunity, reading: Reading, zone: tzinfo) -> Opportunity:
    """The owner picked a time: it is agreed as it was offered (settled cases)."""
    offered = {p.start for p in opportunity.proposals if not p.whole_day}
    # "the 9th at 2 your time, half ten mine": the one that was offered so
    named = sorted((s for s in reading.slots if not s.old), key=lambda s: (s.whole_day, s.start not in offered))
    for slot in named:  # an hour picked says more than a day mentioned
        proposal = picked(slot, opportunity.proposals)
        if proposal is not None:
            if proposal.whole_day and not slot.whole_day:
                return agree(opportunity, reading, slot, zone)
            return agree(opportunity, reading, proposal, zone)
    by_place = chosen(reading, opportunity) if not named else None
    if by_place is not None:
        return agree(opportunity, reading, by_place, zone)
    if len({p.start for p in opportunity.proposals}) == 1 and not named:
        return agree(opportunity, reading, opportunity.proposals[0], zone)
    event = next(iter(reading.events), None)
    if event is not None:
        return opportunity
    slots = future_slots(reading)
    planned = opportunity.planned_interview(reading.date)
    if slots and (planned is None or not any(names_interview(s, planned) for s in slots)):
        return agree(opportunity, reading, next((s for s in slots if not s.whole_day), slots[0]), zone)
    return opportunity


FRESH = timedelta(days=4)


def kept(opportunity: Opportunity, reading: Reading, zone: tzinfo) -> Opportunity:
    """The owner thanks for a talk of which only the proposal was mailed: its yes was said elsewhere, and its hour was kept."""
    told = heard(reading)
    thanks = reading.score(Act.THANK) >= HARD and told is not None and told.of(Kind.THANK_YOU.value) >= SURELY
    hours = {p.start: p for p in opportunity.proposals if not p.whole_day}
    if not (reading.sent and thanks and len(hours) == 1) or opportunity.live_interviews:
        return opportunity
    (slot,) = hours.values()
    if not slot.start < reading.date < slot.start + FRESH:
        return opportunity
    waiting = tuple(p for p in opportunity.pending if p.need is not Need.INVITATION)
    return agree(replace(opportunity, pending=waiting), reading, slot, zone)


def agree(opportunity: Opportunity, reading: Reading, slot: Slot, zone: tzinfo) -> Opportunity:
    """A new interview begins a new round; the old round's promise is void (P25)."""
    for known in opportunity.live_interviews:
        if names_interview(slot, known):
            return with_people(opportunity, reading, known.key)
    end = slot.end
    if not slot.length_given and not slot.whole_day and (reading.length or opportunity.proposal_length):
        end = slot.start + timedelta(minutes=reading.length or opportunity.proposal_length)
    interview = Interview(
        start=slot.start.astimezone(zone),
        end=end.astimezone(zone),
        agreed=reading.date,
        source=reading.message_id,
        whole_day=slot.whole_day,
        named=opportunity.proposal_people,
        writers=opportunity.proposal_writers,
        absent=opportunity.proposal_absent,
    )
    interview = with_people_of_the_last(opportunity, interview, reading)
    return with_people(new_round(opportunity, interview), reading, interview.key)


def with_people_of_the_last(opportunity: Opportunity, interview: Interview, reading: Reading) -> Interview:
    """A talk that was called off and is set again is one with the same people, unless somebody says otherwise."""
    last = opportunity.interviews[-1] if opportunity.interviews else None
    told = interview.named or interview.writers or reading.people or reading.writer_meets is not None
    if last is None or not last.cancelled or told:
        return interview
    return replace(interview, named=last.named, writers=last.writers, absent=last.absent)


def new_round(opportunity: Opportunity, interview: Interview) -> Opportunity:
    """The interview is added; what belonged to the silence before it is void."""
    invitation = next((p.message_id for p in opportunity.pending if p.need is Need.INVITATION), "")
    changed_round = replace(
        opportunity,
        interviews=(*opportunity.interviews, interview),
        proposals=(),
        proposal_people=(),
        proposal_writers=(),
        proposal_absent=(),
        proposal_length=0,
        own_times=(),
        silence=None,
        touched=None,
        resting=None,
    )
    if opportunity.reply_by_source and opportunity.reply_by_source == invitation:
        return changed_round  # promised together with the invitation: it is about this round
    return replace(changed_round, reply_by=None, reply_by_source="")


def agreed_by_calendar(opportunity: Opportunity, reading: Reading, event: Event, zone: tzinfo) -> Opportunity:
    """A calendar part prevails over prose: it sets the hour of the interview that it means."""
    known = same_event(event, opportunity)
    if known is None:
        known = next(
            (i for i in reversed(opportunity.live_interviews) if not i.uid and same_meeting(i, event, reading)), None
        )
    if known is None:
        twin = next((i for i in opportunity.live_interviews if abs(i.start - event.start) <= SAME_TIME), None)
        known = twin
    if known is not None and not known.cancelled:
        return changed(opportunity, known, from_event(known, event, reading, zone))
    interview = Interview(
        start=event.start.astimezone(zone),
        end=event.end.astimezone(zone),
        agreed=reading.date,
        source=reading.message_id,
        named=opportunity.proposal_people,
        writers=opportunity.proposal_writers,
        absent=opportunity.proposal_absent,
    )
    if known is not None and known.cancelled and known.start == event.start:
        interview = replace(interview, uid="")
    opportunity = new_round(opportunity, interview)
    return changed(opportunity, interview, from_event(interview, event, reading, zone))


def same_meeting(interview: Interview, event: Event, reading: Reading) -> bool:
    """An hour agreed in prose and an invitation for the same day, or some hours off, mean one meeting."""
    if interview.end < reading.date - timedelta(hours=12):
        return False
    return (
        abs(interview.start - event.start) <= SAME_TIME
        or interview.start.date() == event.start.astimezone(interview.start.tzinfo).date()
    )


def from_event(interview: Interview, event: Event, reading: Reading, zone: tzinfo) -> Interview:
    start, end = event.start.astimezone(zone), event.end.astimezone(zone)
    moved = interview.start != start and interview.from_calendar
    names = [p.name for p in reading.people] + guests_without_address(event, reading)
    invited = tuple(a.address.email for a in event.attendees if a.person)
    left_out = [
        email for email in interview.attending if invited and email not in invited and interview.uid == event.uid
    ]
    return replace(
        interview,
        start=start,
        end=end,
        uid=event.uid or interview.uid,
        sequence=event.sequence,
        from_calendar=True,
        whole_day=event.all_day,
        organiser=event.organiser.address.email if event.organiser else interview.organiser,
        attending=invited or interview.attending,
        named=tuple(dict.fromkeys((*interview.named, *names))),
        location=event.location or interview.location,
        moved_from=(*interview.moved_from, interview.start) if moved else interview.moved_from,
        writers=tuple(dict.fromkeys((*interview.writers, *([reading.sender.email] if reading.writer_meets else [])))),
        absent=tuple(
            dict.fromkeys(
                (
                    *interview.absent,
                    *left_out,
                    *reading.excluded,
                    *([reading.sender.email] if reading.writer_meets is False else []),
                )
            )
        ),
        calendar_message=reading.message_id,
        calendar_subject=reading.subject,
    )


def guests_without_address(event: Event, reading: Reading) -> list[str]:
    """Guests whose address takes no replies: they count as people without one (P6, "Interviews" in settled cases)."""
    host = event.organiser.address.email if event.organiser else ""
    guests = [a.address for a in event.attendees if a.person and a.address.email not in (*reading.mine, host)]
    return [name for a in guests if not usable(a) and (name := parse_name(a.name).full)]


def refined(interview: Interview, slot: Slot, reading: Reading, zone: tzinfo) -> Interview:
    """More about a known interview from prose: its hour where only the day was known, its end where none was given."""
    if interview.from_calendar or slot.whole_day:
        return interview
    if interview.whole_day:
        return replace(interview, start=slot.start.astimezone(zone), end=slot.end.astimezone(zone), whole_day=False)
    if slot.length_given:
        return replace(interview, end=max(slot.end.astimezone(zone), interview.start))
    if reading.length:
        return replace(interview, end=interview.start + timedelta(minutes=reading.length))
    return interview


def with_people(opportunity: Opportunity, reading: Reading, key: str) -> Opportunity:
    """Who takes part, as this message says."""
    if reading.sent:
        return opportunity
    target = next((i for i in opportunity.interviews if i.key == key), None)
    if target is None:
        target = next((i for i in reversed(opportunity.live_interviews)), None)
    if target is None:
        return opportunity
    more = replace(
        target,
        named=tuple(dict.fromkeys((*target.named, *(p.name for p in reading.people)))),
        writers=tuple(dict.fromkeys((*target.writers, *([reading.sender.email] if reading.writer_meets else [])))),
        absent=tuple(
            dict.fromkeys(
                (*target.absent, *reading.excluded, *([reading.sender.email] if reading.writer_meets is False else []))
            )
        ),
    )
    return changed(opportunity, target, more)


def moved(opportunity: Opportunity, reading: Reading, zone: tzinfo) -> Opportunity:
    """P25, "Rescheduled": one record with its new time; an earlier promise is void, a later one stays."""
    event = next((e for e in reading.events if not e.cancelled), None)
    target = (same_event(event, opportunity) if event else None) or nearest(opportunity, reading)
    if target is None:
        return agreed_by_employer(opportunity, reading, zone)
    if event is not None:
        after = from_event(target, event, reading, zone)
    else:
        slots = [
            s
            for s in future_slots(reading)
            if s.start != target.start and (not s.whole_day or not names_interview(s, target))
        ]
        # "the inspector comes tomorrow at seven. Come on Monday at 7:30 instead": where it is moved stands the new hour
        said = {reading.words_for(act)[:80] for act in (Act.MOVE, Act.FIX)} - {""}

        def elsewhere(slot: Slot) -> bool:
            return " ".join(slot.evidence.words.split())[:80] not in said

        slots.sort(key=lambda s: (elsewhere(s), s.start.date() == reading.date.date()))
        timed = sorted(
            (s for s in slots if not s.whole_day),
            key=lambda s: (
                elsewhere(s),
                s.start.astimezone(zone).date() == target.start.astimezone(zone).date(),
            ),
        )
        hour = new_hour(reading, target)
        if hour is not None:
            on = target.start.astimezone(hour.start.tzinfo).date()
            slots = timed = [
                replace(
                    hour, start=datetime.combine(on, hour.start.timetz()), end=datetime.combine(on, hour.end.timetz())
                )
            ]
        if not slots:
            return opportunity
        slot = timed[0] if timed else slots[0]
        if slot.whole_day and not target.whole_day:
            # only the day moved: the hour stays
            start = datetime.combine(slot.start.date(), target.start.timetz())
            end = start + (target.end - target.start)
        else:
            start = slot.start.astimezone(zone)
            end = slot.end.astimezone(zone) if slot.length_given else start + (target.end - target.start)
        after = replace(target, start=start, end=end, from_calendar=False, uid=target.uid)
    after = replace(after, cancelled=False, moved_from=tuple(dict.fromkeys((*after.moved_from, target.start))))
    opportunity = with_people(changed(opportunity, target, after), reading, after.key)
    opportunity = replace(opportunity, proposals=(), own_times=(), silence=None)
    if opportunity.reply_by and opportunity.reply_by <= after.start.date():
        opportunity = replace(opportunity, reply_by=None, reply_by_source="")
    return opportunity


def nearest(opportunity: Opportunity, reading: Reading) -> Interview | None:
    """The interview that a move or a cancellation means: the one whose old time is named, else the next one, else the one just over."""
    live = opportunity.live_interviews
    for interview in live:
        if any(s.old and names_interview(s, interview) for s in reading.slots) or any(
            e.uid and e.uid == interview.uid for e in reading.events
        ):
            return interview
    ahead = [i for i in live if i.end > reading.date]
    if ahead:
        return min(ahead, key=lambda i: i.start)
    over = [i for i in live if i.end > reading.date - timedelta(days=2)]
    return max(over, key=lambda i: i.start) if over else None


def changed(opportunity: Opportunity, before: Interview, after: Interview) -> Opportunity:
    return replace(opportunity, interviews=tuple(after if i is before else i for i in opportunity.interviews))
