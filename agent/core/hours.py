"""The hours that a message names, held against the interviews, proposals and wishes that are known (P25, settled cases)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from agent.core.decision import HARD
from agent.core.opportunity import Interview, Opportunity
from agent.core.read.reading import Act, Reading, Slot
from agent.core.values import Event

SAME_TIME = timedelta(minutes=45)


def same_event(event: Event, known: Opportunity | None) -> Interview | None:
    return next((i for i in reversed(known.interviews) if event.uid and i.uid == event.uid), None) if known else None


def open_interview(known: Opportunity | None, at: datetime) -> Interview | None:
    """The interview that a mail of this moment may still be about: ahead, or over for less than two days."""
    if known is None:
        return None
    near = [i for i in known.live_interviews if i.end > at - timedelta(days=2)]
    return min(near, key=lambda i: i.start) if near else None


def invited_to(reading: Reading) -> set[datetime]:
    """When the events of a message begin that are on and have an hour."""
    return {e.start for e in reading.events if not e.cancelled and not e.all_day}


def agreed_for(known: Opportunity, starts: set[datetime]) -> bool:
    """Is an interview agreed for one of these hours exactly, or proposed for it?"""
    agreed = any(i.start in starts for i in known.live_interviews if not i.whole_day)
    return agreed or any(s.start in starts for s in known.proposals if not s.whole_day)


def future_slots(reading: Reading) -> list[Slot]:
    """Times named that lie ahead of the mail and are not those moved from."""
    day = reading.date.date()
    return [
        s
        for s in reading.slots
        if not s.old
        and s.day_known
        and s.start.date() >= day
        and (s.whole_day or s.end > reading.date and (reading.human or s.start > reading.date))
        and (s.start.date() - day).days < 150
    ]


def timed_slots(reading: Reading) -> list[Slot]:
    return [s for s in future_slots(reading) if not s.whole_day]


def new_hour(reading: Reading, planned: Interview) -> Slot | None:
    """Another hour of the same day, named without any day: "change it for 13:30"."""
    if planned.whole_day or any(s.day_known and not s.old for s in reading.slots):
        return None
    hours = [s for s in reading.slots if not s.day_known and not s.old and not s.whole_day]
    other = [s for s in hours if s.start.timetz() != planned.start.astimezone(s.start.tzinfo).timetz()]
    return other[0] if len({s.start for s in other}) == 1 else None


def choice(timed: list[Slot]) -> bool:
    """Two or more times between which the owner is to choose."""
    return len({s.start for s in timed if s.asked}) > 1


def names_interview(slot: Slot, interview: Interview | Slot) -> bool:
    """Does this time mean that interview? A mere day means the one on that day."""
    if slot.whole_day or interview.whole_day:
        return slot.start.date() == interview.start.date()
    return abs(slot.start - interview.start) <= SAME_TIME


def names_its_hour(slot: Slot, interview: Interview) -> bool:
    """ "That is fine, I am there at 9.15": the hour of that interview, without its day."""
    if slot.day_known or slot.whole_day or interview.whole_day:
        return False
    return slot.start.time() in (interview.start.time(), interview.start.astimezone(slot.start.tzinfo).time())


def answers_own_times(slots: list[Slot], known: Opportunity | None) -> bool:
    return known is not None and any(
        abs(s.start - t.start) <= SAME_TIME or t.whole_day and t.start.date() == s.start.date()
        for s in slots
        for t in known.own_times
    )


DATED = re.compile(r"\d")
AN_HOUR = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2} ?(?:[ap]\.?m\b|o['’]?clock)")
WEEKS = timedelta(weeks=4)


def weekdays_meant(reading: Reading, known: Opportunity) -> Reading:
    """ "The Friday morning would be best", "Friday it is then": of a talk offered or agreed for a later week that weekday is the one
    meant, where only one of its days is a Friday and the next Friday is not spoken of."""
    if max(reading.score(Act.MOVE), reading.score(Act.CANCEL), reading.score(Act.OFFER_TIMES)) >= HARD:
        return reading
    times: list[Slot | Interview] = [*known.proposals, *known.own_times, *known.live_interviews]
    ahead = {t.start.date() for t in times if t.start > reading.date}
    slots = tuple(shifted(slot, ahead) for slot in reading.slots)
    return replace(reading, slots=slots) if slots != reading.slots else reading


def hours_meant(reading: Reading, known: Opportunity) -> Reading:
    """ "14:00 Manchester", where the hour agreed is 10:30 of the owner's: the hour of the agreed talk, as the writer's clock shows it."""
    if reading.sent:
        return reading
    there = {i.start.astimezone(reading.date.tzinfo).replace(tzinfo=None): i for i in known.live_interviews}
    slots = tuple(as_there(slot, there) for slot in reading.slots)
    return replace(reading, slots=slots) if slots != reading.slots else reading


def as_there(slot: Slot, there: Mapping[datetime, Interview]) -> Slot:
    agreed = None if slot.old or slot.whole_day else there.get(slot.start.replace(tzinfo=None))
    if agreed is None or agreed.start == slot.start or agreed.whole_day:
        return slot
    return replace(slot, start=agreed.start, end=agreed.start + (slot.end - slot.start))


def shifted(slot: Slot, days: Collection[date]) -> Slot:
    own = slot.start.date()
    if slot.old or own in days or DATED.search(AN_HOUR.sub("", slot.evidence.words)):
        return slot
    same = [day for day in days if day.weekday() == own.weekday() and timedelta() < day - own <= WEEKS]
    by = same[0] - own if len(same) == 1 else timedelta()
    return replace(slot, start=slot.start + by, end=slot.end + by)


def chosen(reading: Reading, known: Opportunity) -> Slot | None:
    """The proposal that the owner picks by its place ("option 2"), in the order of the offer."""
    offered = sorted({p.start: p for p in known.proposals}.values(), key=known.proposals.index)
    at = reading.choice
    return offered[at if at < 0 else at - 1] if at and len(offered) >= max(abs(at), 1) else None


CANNOT = re.compile(
    r"\b(?:can(?:['’]?t|not| not)|not|clash\w*|conflict|busy|away|afraid|unfortunately|instead|forget)\b", re.I
)


def cannot(reading: Reading) -> bool:
    """The owner says that a time does not suit, whatever time is named with it."""
    return bool(CANNOT.search(reading.words_for(Act.OFFER_TIMES)))


def picks(slot: Slot, proposal: Slot) -> bool:
    """Is it this proposal that somebody names, exactly or by the letters that it was offered in?"""
    if not slot.day_known:
        return slot.start.time() == proposal.start.astimezone(slot.start.tzinfo).time()
    return names_interview(slot, proposal) or repeats(slot, proposal) or half_a_day_off(slot, proposal)


def picked(slot: Slot, proposals: Iterable[Slot]) -> Slot | None:
    """The proposal that somebody names; of several near that hour the nearest ("1:00, 1:45 and 2:30")."""
    fitting = [p for p in proposals if picks(slot, p)]
    return min(fitting, key=lambda p: (p.whole_day, abs(p.start - slot.start)), default=None)


def half_a_day_off(slot: Slot, proposal: Slot) -> bool:
    """ "Half 7" in answer to half past seven in the evening."""
    return (
        not slot.whole_day
        and not proposal.whole_day
        and abs(slot.start - proposal.start) == timedelta(hours=12)
        and slot.start.date() == proposal.start.date()
    )


def repeats(slot: Slot, proposal: Slot) -> bool:
    """The hour as the other side wrote it, in their zone; or by its weekday alone, which by itself would mean an earlier week."""
    if slot.whole_day or proposal.whole_day or slot.start.time() != proposal.start.time():
        return False
    days = (proposal.start.date() - slot.start.date()).days
    return days >= 0 and days % 7 == 0 and days <= 28
