"""What a message says about the hour of a conversation: agreed, moved, called off, proposed, or only mentioned (POLICY, "Message kinds").

Rule 1: a fixed time beats an invitation; a time that is asked about is an invitation (settled cases).
Rule 2: what is moved or called off is so only against an hour that was agreed before.
"""

from __future__ import annotations

import re
from datetime import timedelta

from agent.core.decision import HARD, Decision, because
from agent.core.hours import (
    CANNOT,
    SAME_TIME,
    answers_own_times,
    choice,
    future_slots,
    names_interview,
    new_hour,
    open_interview,
    same_event,
    timed_slots,
)
from agent.core.opportunity import Interview, Opportunity
from agent.core.read.reading import Act, Evidence, Kind, Reading, Slot
from agent.core.values import Method

A_MOMENT = timedelta(minutes=4)


def invitation_by_calendar(reading: Reading, known: Opportunity | None) -> Decision | None:
    event = reading.events[0]
    evidence = (Evidence(f"calendar {event.method.value.lower()}", event.summary or reading.subject, "calendar"),)
    if event.cancelled and not any(not e.cancelled and e.start != event.start for e in reading.events):
        slots = [s for s in future_slots(reading) if s.start != event.start]
        if reading.score(Act.MOVE) >= 6 and slots:
            return Decision(Kind.INTERVIEW_RESCHEDULED, why=evidence + because(reading, Act.MOVE))
        return Decision(Kind.INTERVIEW_CANCELLED, why=evidence)
    if event.method not in (Method.REQUEST, Method.PUBLISH):
        return None
    before = same_event(event, known)
    if before is not None and not before.cancelled and abs(before.start - event.start) > timedelta(minutes=1):
        return Decision(Kind.INTERVIEW_RESCHEDULED, why=evidence)
    if before is None and known is not None and reading.score(Act.MOVE) >= 6:
        planned = open_interview(known, reading.date)
        if planned and abs(planned.start - event.start) > SAME_TIME:
            return Decision(Kind.INTERVIEW_RESCHEDULED, why=evidence + because(reading, Act.MOVE))
    return Decision(Kind.INTERVIEW_CONFIRMATION, why=evidence)


def about_time(reading: Reading, known: Opportunity | None) -> Decision | None:
    """Cancelled, moved, fixed or proposed: everything that is about an hour."""
    slots = future_slots(reading)
    timed = timed_slots(reading)
    planned = open_interview(known, reading.date)
    cancel, move, fix, propose = (reading.score(a) for a in (Act.CANCEL, Act.MOVE, Act.FIX, Act.PROPOSE))
    if answer_put_off(reading):
        move = 0.0  # "count on our answer by Wednesday instead": what was put off is the answer
    near = A_MOMENT if move >= 6 else SAME_TIME  # "thirty minutes earlier" is another hour where somebody moves it
    other = [s for s in timed if planned is None or abs(s.start - planned.start) > near]
    same = planned is not None and any(names_interview(s, planned) and s not in other for s in slots)
    settled = fix >= 6 and reading.words_for(Act.FIX) != reading.words_for(Act.CANCEL)
    if planned is not None and planned.end <= reading.date and cancel <= reading.score(Act.STATUS):
        cancel = 0.0  # of a talk that was held nobody calls anything off
    if planned is not None and cancel >= HARD and not (settled and same and move < 6):
        if other and (propose < HARD or move >= 6 or fix >= HARD):
            return Decision(Kind.INTERVIEW_RESCHEDULED, why=because(reading, Act.CANCEL, Act.MOVE))
        if other:
            return Decision(
                Kind.INTERVIEW_RESCHEDULED if len(other) == 1 else Kind.INTERVIEW_INVITATION,
                why=because(reading, Act.CANCEL, Act.PROPOSE),
            )
        if not same or cancel >= 6:
            return Decision(Kind.INTERVIEW_CANCELLED, why=because(reading, Act.CANCEL))
    if planned is not None and move >= HARD:
        new_days = [s for s in slots if s.start.date() not in (planned.start.date(), reading.date.date())]
        if other or new_days:
            return Decision(Kind.INTERVIEW_RESCHEDULED, why=because(reading, Act.MOVE))
        if move >= 6 and new_hour(reading, planned):
            return Decision(Kind.INTERVIEW_RESCHEDULED, why=because(reading, Act.MOVE))
        if not same and move >= 6 and not reading.promise:
            return Decision(Kind.INTERVIEW_CANCELLED, why=because(reading, Act.MOVE, Act.CANCEL))
    if planned is not None and other == timed and other and fix >= HARD > propose and given_up(reading, planned):
        return Decision(Kind.INTERVIEW_RESCHEDULED, why=because(reading, Act.FIX))
    if (
        planned is not None
        and planned.end > reading.date
        and other
        and not same
        and (fix >= 4 or known is not None and known.own_times)
        and propose < HARD
        and answers_own_times(other, known)
    ):
        return Decision(Kind.INTERVIEW_RESCHEDULED, why=because(reading, Act.FIX, Act.AGREE))
    if (
        known is None
        and cancel >= 7
        and slots
        and reading.job >= 1.4
        and not reading.foreign
        and fix < cancel
        and propose < HARD
    ):
        return Decision(Kind.INTERVIEW_CANCELLED, why=because(reading, Act.CANCEL))
    if not slots and planned is not None and (noted(reading, planned) or hour_said_again(reading, planned)):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.FIX))
    if (
        not slots
        or known is not None
        and wants_a_call(reading)
        and not [s for s in timed if not rung_today(s, reading)]
    ):
        return None
    asked = choice(timed) or (
        propose >= HARD and asks_for_hour(reading) and (not fix >= 6 or propose > fix or any(s.asked for s in timed))
    )
    if same and not (asked and other) and not (fix < HARD and looks_back(reading) and not timed):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.FIX) or (slots[0].evidence,))
    return fixed_or_proposed(reading, known, slots, timed, asked)


OF_A_TALK = re.compile(r"\b(?:interview|meeting|call|visit|talk|appointment|panel|conversation)\b|\byou to\b", re.I)


def answer_put_off(reading: Reading) -> bool:
    """ "Count on our answer by Wednesday 17 June instead": the sentence that moves is the one that promises, and of no talk."""
    moved = reading.words_for(Act.MOVE)
    of_promise = reading.promise is not None and reading.promise.evidence.words[:100] == moved[:100]
    return of_promise and not OF_A_TALK.search(moved) and not timed_slots(reading)


def noted(reading: Reading, planned: Interview) -> bool:
    """ "That's you in the book. You'll be talking to me and Alan": the hour agreed before is confirmed without being named."""
    meets = bool(reading.people) or reading.writer_meets is True
    down = IN_THE_BOOK.search(reading.words_for(Act.FIX)) is not None
    return (
        down and planned.start > reading.date and reading.score(Act.FIX) >= 6 and meets and says_nothing_else(reading)
    )


ELSE = (Act.MOVE, Act.CANCEL, Act.PROPOSE, Act.ASSESS, Act.ASK_INFO, Act.OFFER, Act.REJECT)


def says_nothing_else(reading: Reading) -> bool:
    """Does the message want nothing, and change nothing, that would count for more than an hour it confirms?"""
    return max(reading.score(a) for a in ELSE) < HARD


def hour_said_again(reading: Reading, planned: Interview) -> bool:
    """ "Figure 7:30 to 9, Bev will be sitting in": the hour agreed before, its day left out."""
    hours = [s for s in reading.slots if not s.day_known and not s.old and not s.whole_day]
    begins = planned.start.time() if not planned.whole_day else None
    same = [s for s in hours if begins in (s.start.time(), s.start.astimezone(planned.start.tzinfo).time())]
    stands = [s for s in same if not NOT_THEN.search(s.evidence.words)]
    return bool(stands) and planned.start > reading.date and not reading.asks and says_nothing_else(reading)


NOT_THEN = re.compile(
    r"\b(?:no longer|not|cannot|can['’]?t|double|something else|sorry|court|funeral|instead|better|rather|before|until|till)\b",
    re.I,
)


def rung_today(slot: Slot, reading: Reading) -> bool:
    """ "Can you ring me today, I'm in the car to 17h": no hour of a talk."""
    return slot.start.date() == reading.date.date() and bool(CALL_ME.search(slot.evidence.words))


IN_THE_BOOK = re.compile(
    r"\b(?:you(?:['’]re| are)?|that['’]s you|it['’]s|it is)\b.{0,20}\b(?:in (?:the|my|our) (?:book|diary|calendar|agenda)|down|booked in|confirmed|all set)\b"
    r"|\b(?:calendar|invite|invitation)\b.{0,20}\b(?:went|gone|going|sent|coming) (?:out|off|over|now)\b",
    re.I,
)


def looks_back(reading: Reading) -> bool:
    """ "Thank you for coming today", and then how it goes on: the day is named, but nothing of it is left to confirm."""
    return reading.score(Act.MET) >= 4 and (reading.promise is not None or reading.score(Act.STATUS) >= 6)


def given_up(reading: Reading, planned: Interview) -> bool:
    """Does a sentence say that the day agreed does not do ("tomorrow they launch a ferry and he cannot call")?"""
    return any(
        s.whole_day and s.start.date() == planned.start.date() and CANNOT.search(s.evidence.words)
        for s in reading.slots
    )


def fixed_or_proposed(
    reading: Reading, known: Opportunity | None, slots: list[Slot], timed: list[Slot], asked: bool
) -> Decision | None:
    fix, propose, invite = (reading.score(a) for a in (Act.FIX, Act.PROPOSE, Act.INVITE))
    waiting_for_owner = known is not None and (known.own_times or known.proposals)
    picks = known is not None and any(
        abs(s.start - t.start) <= SAME_TIME for s in timed for t in (*known.own_times, *known.proposals)
    )
    if reading.score(Act.ASSESS) >= (6 if of_a_test(timed) else 7) and fix < 6 and propose < HARD:
        return None  # the hours are those of a test
    asked = asked or first_word(reading, known) and asks_for_hour(reading) and not waiting_for_owner
    news = not timed and reading.promise is not None and reading.score(Act.STATUS) >= 6
    if asked and not news and (timed or invite >= 4 or propose >= 6 and about_meeting(reading, known)):
        if reading.score(Act.ASSESS) >= HARD and not timed:
            return None
        return Decision(Kind.INTERVIEW_INVITATION, why=because(reading, Act.PROPOSE, Act.INVITE))
    if timed and (fix >= 4 or picks):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.FIX) or (timed[0].evidence,))
    if timed and propose >= HARD:
        return Decision(Kind.INTERVIEW_INVITATION, why=because(reading, Act.PROPOSE, Act.INVITE))
    if timed and (invite >= 4 or waiting_for_owner):
        told = waiting_for_owner or len({s.start for s in timed}) == 1 and propose < 3
        return Decision(
            Kind.INTERVIEW_CONFIRMATION if told and not reading.asks else Kind.INTERVIEW_INVITATION,
            why=because(reading, Act.INVITE) or (timed[0].evidence,),
        )
    whole = [s for s in slots if s.whole_day]
    if (
        whole
        and (fix >= 6 or fix >= 5 and (reading.job >= 0.7 or any(r.weight >= 3 for r in reading.roles[:1])))
        and about_meeting(reading, known)
        and not (reading.automatic and reading.score(Act.RECEIPT) >= 6)
        and not reading.promise
        and propose < HARD
        and reading.score(Act.STATUS) < 6
        and reading.score(Act.ASSESS) < HARD
        and reading.score(Act.ASK_INFO) < 6
    ):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.FIX))
    if (
        timed
        and not reading.automatic
        and about_meeting(reading, known)
        and (known is None or known.held_interview(reading.date) is None)
        and (reading.score(Act.STATUS) < HARD or known is None and reading.promise is not None)
    ):
        return Decision(
            Kind.INTERVIEW_CONFIRMATION if not reading.asks else Kind.INTERVIEW_INVITATION, why=(timed[0].evidence,)
        )
    return None


def of_a_test(timed: list[Slot]) -> bool:
    """Does the sentence that names the hours speak of a test?"""
    return any(OF_A_TEST.search(s.evidence.words) for s in timed)


OF_A_TEST = re.compile(r"\b(?:test|task|assessment|assignment|exercise|quiz|exam)\b", re.I)
SETTLED = re.compile(
    r"\b(?:as (?:we )?(?:agreed|discussed|said|settled|arranged|promised)|like we said|so,? like|confirm(?:s|ed|ing)? (?:your|our|the)"
    r"|(?:is|are|been|hereby) (?:now )?confirmed|on the phone|by phone|black on white|we two|you(?:['’]re| are) (?:all )?(?:set|booked)"
    r"|locked in|see you)\b",
    re.I,
)


OF_AN_HOUR = re.compile(
    r"\b(?:suits?|suit you|works?|convenient|confirm\w*|avail\w*|free|possible|manage|make (?:it|that|this)|able to (?:make|attend|come|join)"
    r"|attend\w*|fits?|ok(?:ay)?|(?:that|this|it)(?:['’]s| is) (?:good|fine|alright|all right)|say (?:so|yes)|acceptable|alternative\w*|another (?:time|day|date|slot)|rearrange|reschedule|do (?:that|it|this)|accept|nod|the word|green light"
    r"|pick|choice|choose|whichever|time|times|slot|slots|date|day|propos\w+|suggest\w*|reply|respond|rsvp|let (?:me|us) know (?:if|whether|that) (?:you|this|that|it|the))\b",
    re.I,
)
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:questions?|accommodation\w*|adjustments?|require\w*|dietary|allerg\w+|parking|access(?:ibility)?|needs?|help|directions?|wheelchair)\b",
    re.I,
)


def asks_for_hour(reading: Reading) -> bool:
    """Is it the hour that the owner is asked about, and not what they would like to drink?"""
    fix, propose, words = reading.score(Act.FIX), reading.score(Act.PROPOSE), reading.words_for(Act.PROPOSE)
    if fix < 6:
        return reading.asks or propose >= HARD and not (fix >= 4 and OF_SOMETHING_ELSE.search(words))
    if words == reading.words_for(Act.FIX) and "?" not in words and fix > propose:
        return any(s.asked for s in timed_slots(reading))
    fixing = reading.words_for(Act.FIX)  # "Can you confirm?" asks, too
    asking = [w for w in (words, fixing if fixing.rstrip().endswith("?") else "") if not OF_SOMETHING_ELSE.search(w)]
    about = any(OF_AN_HOUR.search(w) or w.rstrip().endswith("?") for w in asking)
    return propose >= HARD and about or any(s.asked for s in timed_slots(reading))


def first_word(reading: Reading, known: Opportunity | None) -> bool:
    """Is this the first mail about a conversation, and does it not speak of one already settled elsewhere?"""
    settled = SETTLED.search(reading.words_for(Act.FIX))
    return (known is None or not known.interviews) and not settled and not reading.events


def about_meeting(reading: Reading, known: Opportunity | None) -> bool:
    """Is there talk of a conversation at all?"""
    return reading.score(Act.INVITE) >= 3 or reading.job >= 0.7 or known is not None and not known.live_interviews


CALL_ME = re.compile(
    r"\b(?:give (?:me|us) an? (?:\w+ )?(?:call|ring|bell|buzz|shout|tinkle)|(?:call|phone|telephone|ring) (?:me|us)\b|(?:call|ring|phone) the (?:office|shop|studio|surgery)|free to (?:talk|chat|speak)\W*$)",
    re.I,
)
OF_A_MEETING = re.compile(
    r"\b(?:interview|meet\w*|appointment|visit|come (?:in|over|by)|schedul\w+|arrange|book|slot|round|conversation|get to know|(?:find|fix|agree|set|pick) (?:up )?(?:a|the|another) (?:time|day|date|hour)|second one|next one)\b",
    re.I,
)


def wants_a_call(reading: Reading) -> bool:
    """ "Could you ring me when you have a minute?": what about, nobody knows (close calls: unclear)."""
    words = reading.words_for(Act.PROPOSE) or reading.words_for(Act.FIX)
    return bool(CALL_ME.search(words)) and not OF_A_MEETING.search(words) and reading.score(Act.INVITE) < 5
