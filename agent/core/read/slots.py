"""Days and times of a message -> slots: the times for a conversation that it names, aware, in order.

A time in prose without a zone is the owner's, unless the sender names one (settled cases).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from agent.core.read import appointments
from agent.core.read.clocks import Clock, Length
from agent.core.read.dayforms import Day
from agent.core.read.days import Setting, exact
from agent.core.read.letters import small
from agent.core.read.reading import Evidence, Slot
from agent.core.read.zones import ZONE, zone_named, zone_of

MOST_SLOTS = 20
WORKDAY = (time(9), time(17))  # POLICY, "interview": only a date given
# The expressions of this module but STAMP, STATED and OR are of small letters.
OLD = re.compile(
    r"(?:\b(?:was|instead of|rather than|in place of|and not|originally|previously|the old|moved from|change from|changed from|from the|(?:move|moving|shift|push|bring|change|reschedule) (?:\w+ ){0,5}from|replaces|replacing|(?:was|were|had been|originally) (?:\w+ )?(?:scheduled|booked|planned|set|pencilled)(?: in)? for|had (?:you|it) (?:down )?(?:for|on)|supposed to (?:be|meet|talk|speak)(?: on)?|instead(?! on\b))\b(?:\W+(?:on|the|at|our|your|this|next|of|talk|interview|meeting|call|\w+day))*)\W*$"
)
LETTER = re.compile(
    r"\b(?:letter|e-?mail|mail|message|note|lines?|application|call|advert|ad|posting|notice|request|enquiry|visit|born|dated|since|deadline|closing date|closes|expires?)\s+(?:of|from|dated|on|is|was|:)?\s*(?:the )?$|\b(?:closing date|deadline)(?: (?:for|of) (?:\w+ ){1,4})?\s*(?:is|was|:)?\s*(?:the )?$"
)
PAST = re.compile(
    r"\b(?:left|met|spoke|talked|saw|was|were|came|had|did|enjoyed|liked|heard|sent|told|showed|said|went|gave|got|made|wrote|rang|called|phoned|asked|thought|loved|sat|walked|took|discussed|agreed|mentioned|promised|explained|aligned|settled)\b"
)
AHEAD = re.compile(
    r"\b(?:will|shall|going to|can|could|would|see you|next|tomorrow|coming|until|by|please|come|are you|let us|it is|is)\b|['’]ll\b"
)
# An hour of every day: "getting up at 4", "my shift ends at 3", "we close at six".
HABIT = re.compile(
    r"\b(?:(?:get|gets|getting|got|wake|wakes|waking|woke) up|(?:shift|school|work|class|nursery|office|shop|reception|gate|doors?) (?:\w+ )?(?:starts?|ends?|finish(?:es)?|begins?|opens?|clos(?:e|es))|we (?:open|close)"
    r"|(?:has|have|had) (?:called|scheduled|set up|arranged) an? (?:\w+ ){0,2}(?:review|meeting|audit|inspection|call)(?: (?:for|on|tomorrow|today|that day))*"
    r"|(?:(?:by|on the|over the) phone|(?:we|i) (?:spoke|talked|rang|called|phoned))(?: \w+){0,2}"
    r"|(?:train|bus|coach|ferry|flight|plane|tram|boat)(?: (?:that |now )?(?:leaves|goes|departs|arrives|lands|gets in|comes(?: \w+){0,3}|is))?"
    r"|(?:lunch|breakfast|handover|deposition|funeral|wedding|weddings|delivery|rehearsal|surgery|editorial meeting)(?: for \w+(?: \w+)?)?(?: is| are| starts| begins| runs| on \w+)?"
    r"|(?:link|line|portal|page|room|canteen|building|waiting room) (?:\w+ ){0,2}?opens?|(?:at|by) my desk(?: from| until| till)?(?: \w+ and)?|(?:reached|got to|came to) us on (?:\w+ ){1,4}|(?:options?|link|offer|code|session)s? expires? on \w+"
    r"|\blands?"
    r"|(?:finish|off|leave|start) (?:work|school|class)|since)(?: (?:at|by|around|from|of))?\s*$"
)
BOTH_DAYS = re.compile(r"\W*(?:on )?(?:(?:either|both|each|any|all(?: three)?)(?: of)?(?: the| those| these)? days?)\b")
ANY_DAY = re.compile(r"\b(?:on an?|of an?|every|each|most|usually)\s+$")  # "I hate to do this to you on a Friday"
ON_ANY_DAY = re.compile(r"\s+(?:on|of) an? ")
DEFAULT_LENGTH = timedelta(minutes=60)


class Timed(NamedTuple):
    """One sentence with what `moments` found in it."""

    text: str
    where: str
    days: tuple[Day, ...]
    clocks: tuple[Clock, ...]
    lengths: tuple[Length, ...]
    asks: bool

    def before(self, place: int, most: int) -> str:
        """What stands right before this place, in small letters."""
        return small(self.text[max(0, place - most) : place])


def slots_in(
    sentences: Sequence[Timed], setting: Setting, owner: tzinfo, writer: tzinfo, weigh: bool = True
) -> tuple[Slot, ...]:
    """All times named, each once; a time without a day takes the day named last before it, or is marked `day_known=False`. `weigh`: hours
    that are hardly there to meet at are left out; not what the owner writes."""
    if not any(s.days or s.clocks for s in sentences):
        return ()
    length = next((minutes for s in sentences if s.lengths for minutes in lengths_in(s.text, s.lengths)), 0)
    found: list[Slot] = []
    last_day: date | None = None
    last_at = -9
    odds: dict[int, float] = {}
    listed = listed_times(sentences)
    stated = stated_zone(sentences) if any(not c.zone for s in sentences for c in s.clocks) else ""
    for n, sentence in enumerate(sentences):
        if not sentence.days and not sentence.clocks:
            continue
        if n in listed or alternatives(sentence):
            sentence = sentence._replace(asks=True)
        days = [
            (d, named)
            for d in merged(sentence, setting)
            if (named := exact(d, setting)) is not None and not gone_by(sentence, d)
        ]
        days = [(d, named_before(d, on, days, sentence.text)) for d, on in days]
        used: set[int] = set()
        for clock in hours_of(sentence):
            if stated and not clock.zone:
                clock = clock._replace(zone=stated)
            if len(days) > 1 and BOTH_DAYS.match(small(sentence.text), clock.end):
                used.update(range(len(days)))
                found += [
                    timed_slot(clock, on_day, sentence, length, setting, owner, writer, old_day(sentence, day))
                    for day, on_day in days
                ]
                continue
            index = nearest_day(clock, days, sentence.text)
            if index is not None and ends_there(found, sentence, clock, days[index][1]):
                continue
            if index is None:
                if n - last_at <= 3 and ended(found, sentence, clock):
                    continue
                on = last_day if n - last_at <= 3 else None
                over = n > 0 and due(sentence, clock)
            else:
                used.add(index)
                day, on = days[index]
                over = old_day(sentence, day) or a_deadline(sentence, day, clock)
            found.append(timed_slot(clock, on, sentence, length, setting, owner, writer, over))
            if weigh:
                odds[len(found) - 1] = likely(sentence, clock, on is not None)
        for index, (day, on_day) in enumerate(days):
            if index not in used:
                start, end = (datetime.combine(on_day, t, owner) for t in WORKDAY)
                found.append(
                    Slot(
                        start,
                        end,
                        Evidence("day", sentence.text, sentence.where),
                        whole_day=True,
                        old=old_day(sentence, day) or due(sentence, day),
                        asked=sentence.asks,
                    )
                )
        if days:
            last_day, last_at = days[-1][1], n
    return settled(to_meet(found, odds))


def likely(sentence: Timed, clock: Clock, dated: bool) -> float:
    """The odds that this is an hour to meet at; of hours in a row ("1:00, 1:45 and 2:30") those of the likeliest."""
    return max(alone(sentence, other, dated) for other in in_a_row(sentence, clock))


IN_A_ROW = re.compile(r"\s*(?:,|/|&|;|\bor\b|\band\b|, or\b|, and\b)\s*(?:at )?")


def in_a_row(sentence: Timed, clock: Clock) -> list[Clock]:
    row: list[Clock] = []
    for other in sentence.clocks:
        if row and not IN_A_ROW.fullmatch(sentence.text, row[-1].end, other.start):
            if clock in row:
                break
            row = []
        row.append(other)
    return row if clock in row else [clock]


def alone(sentence: Timed, clock: Clock, dated: bool) -> float:
    found = appointments.features(sentence.text, sentence.where, sentence.days, sentence.clocks, clock, dated)
    return appointments.MODEL.odds(found)


def to_meet(found: list[Slot], odds: Mapping[int, float]) -> list[Slot]:
    """These times without the hours of trains, shops and others that stand beside the one to meet at."""
    best = max((odd for n, odd in odds.items() if not found[n].old), default=0.0)
    return [
        slot
        for n, slot in enumerate(found)
        if n not in odds or slot.old or appointments.believed(odds[n], best, slot.asked)
    ]


# "The conversation takes until 16h15", "I promise to let you go by half past"
ENDS_TALK = re.compile(
    r"\b(?:takes?|lasts?|goes|runs?|finish(?:ed|es)?|done|over|let you go|you go|through|end(?:s|ed)?|wrap(?:s|ped)?|you(?:['’]ll| will) be (?:out|free|home|gone|away)|free again)\b[^.,;]{0,24}\b(?:until|till|til|by|at)(?: about| around)?\s*$"
    r"|\b(?:talk|meet|sit|chat|coffee|tea|lunch|stay|together|with (?:me|us)|it(?:['’]d| would|['’]ll| will) be|we have(?: the room)?|i have(?: the room)?)\b[^.,;]{0,24}\b(?:until|till|til)(?: about| around)?\s*$"
)
# "At 11.30 you are free", "at 11 we are back at the parking"
ENDS_BEHIND = re.compile(
    r"(?: at the latest)?,? (?:you(?:['’]re| are|['’]ll be| will be| can be) (?:free|done|finished|through|out|home|back)|we(?:['’]re| are|['’]ll be| will be) (?:done|finished|back|through)|it(?:['’]s| is|['’]ll be| will be) over|you (?:can|may) (?:go|leave))\b"
)
# "Would ten o'clock suit you, till noon?", "an hour and a bit, say till 2:15": an end that is named counts for more than a length.
TILL = re.compile(r"(?:[,(–]|\bsay|\bcall it)\s(?:un)?till?(?: about| around)?\s*$")
LONGEST_TALK = timedelta(hours=4)


def ended(found: list[Slot], sentence: Timed, clock: Clock) -> bool:
    """Is this the hour at which the talk named last is over? It gets that end then."""
    talk = found[-1] if found and not found[-1].whole_day and not found[-1].old else None
    before = sentence.before(clock.start, 50)
    behind = small(sentence.text[clock.end : clock.end + 50])
    told = ENDS_TALK.search(before) or ENDS_BEHIND.match(behind)
    if talk is None or not (TILL.search(before) or not talk.length_given and told):
        return False
    end = datetime.combine(talk.start.date(), time(), talk.start.tzinfo) + timedelta(minutes=clock.minute)
    if end <= talk.start:
        end += timedelta(hours=12)  # "is 6 o'clock any good? It'd be till about half seven"
    if not timedelta() < end - talk.start <= LONGEST_TALK:
        return False
    found[-1] = replace(talk, end=end, length_given=True)
    return True


def ends_there(found: list[Slot], sentence: Timed, clock: Clock, day: date) -> bool:
    """Is this the end of a talk that the same sentence has named, on the same day: "at 10 on Monday, till noon"?"""
    same = bool(found) and found[-1].evidence.words == sentence.text and found[-1].start.date() == day
    return same and ended(found, sentence, clock)


def named_before(day: Day, on: date, days: Sequence[tuple[Day, date]], text: str) -> date:
    """ "Tuesday (10th) or Thursday (12th): 11 on the Tuesday": a weekday alone is the dated one of its name in the same sentence."""
    if day.form != "weekday" or not text[: day.start].endswith("on the "):
        return on
    return next((e for d, e in days if d.form == "date" and d.end <= day.start and e.weekday() == on.weekday()), on)


STAMP = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")  # a machine's, and no hour to meet at


def hours_of(sentence: Timed) -> Iterator[Clock]:
    """The hours at which somebody may meet: neither a machine's stamp nor an hour of every day."""
    if not sentence.clocks:
        return
    plain = small(sentence.text)
    stamps = [m.span() for m in STAMP.finditer(sentence.text)] if "T" in sentence.text else []
    for clock in sentence.clocks:
        if (
            not any(a <= clock.start < b for a, b in stamps)
            and not HABIT.search(plain[max(0, clock.start - 40) : clock.start])
            and not ON_ANY_DAY.match(plain, clock.end)
        ):
            yield clock


# One zone for all the hours of a message: "all times in CET", "He has these openings, all in Norwegian time".
STATED = re.compile(
    rf"\b(?:all|both|times?|hours?|everything|slots?)\b(?:[^.;!?]{{0,24}}?\b(?:in|are|is|given in|at|:)\s+(?:the )?|\s+)(?P<zone>{ZONE.pattern})",
    re.I,
)


OF_A_PART = re.compile(
    r"\b(?:lasted|took|waited|start|begin|starting|beginning|end|finish|arrive|come|prepare|presentation|includ\w+)\b[^.,;]{0,24}$"
)
ON_THE_WAY = re.compile(
    r"\W*(?:early|earlier|before|beforehand|walk|drive|ride|away|from|late|presentation|test|task|break|exercise)\b"
)


def lengths_in(text: str, lengths: Sequence[Length]) -> Iterator[int]:
    """Minutes that the conversation may last: neither those of a part of it nor those of the way there."""
    for item in lengths:
        if (
            10 <= item.minutes <= 600
            and not OF_A_PART.search(small(text[: item.start]))
            and not ON_THE_WAY.match(small(text), item.end)
        ):
            yield item.minutes


def stated_zone(sentences: Sequence[Timed]) -> str:
    for sentence in sentences:
        found = (
            STATED.search(sentence.text)
            if "ime" in sentence.text or "all" in sentence.text.lower() or "oth" in sentence.text
            else None
        )
        if found and zone_named(found["zone"]):
            return found["zone"].lower()
    return ""


def alternatives(sentence: Timed) -> bool:
    """Times between which somebody is to choose: "He is free on Thursday at 11:00 or Friday at 16:00"."""
    places = sentence.clocks if len(sentence.clocks) > 1 else sentence.days
    return len(places) > 1 and any(
        OR.search(sentence.text[end:start])
        for (_, end), (start, _) in pairwise(sorted((m.start, m.end) for m in places))
        if 0 < start - end < 40
    )


OR = re.compile(r"(?:,|^|\s)(?:or|oder|ou|o) (?!(?:e-?)?mail|ring|call|phone|write|tell|text|so\b)")
MARKED = re.compile(r"^\W*(?:(?:option )?[a-e1-5][.):]|[-•*–])\s")


TO_CHOOSE = re.compile(
    r"\b(?:which|suits?|prefer|choose|pick|works?|best|either|fits?|easier|when|could you|can you|would)\b"
)


def nothing_else(sentence: Timed) -> bool:
    """Does this line hold a day and an hour, and but a word or two beside them?"""
    named = sum(d.end - d.start for d in sentence.days) + sum(c.end - c.start for c in sentence.clocks)
    return len(sentence.text) - named <= 8


def listed_times(sentences: Sequence[Timed]) -> frozenset[int]:
    """The numbers of the lines of a list of times on different days: "a) Monday 13 July, 11.30 / b) Tuesday 14 July, 4 pm"."""
    lines = [n for n, s in enumerate(sentences) if s.clocks and s.days]
    if len(lines) < 2:
        return frozenset()
    asked = any(s.asks and TO_CHOOSE.search(small(s.text)) for s in sentences)
    lines = [n for n in lines if MARKED.match(small(sentences[n].text)) or asked and nothing_else(sentences[n])]
    days = {tuple((d.form, d.text or sentences[n].text[d.start : d.end]) for d in sentences[n].days[:1]) for n in lines}
    return frozenset(lines) if len(days) > 1 else frozenset()


def merged(sentence: Timed, setting: Setting) -> list[Day]:
    """Two names for one day ("Wednesday week, 7 October"; "next Thursday, 10 September") become the exact one."""
    out: list[Day] = []
    for day in sentence.days:
        if (
            out
            and out[-1].form in ("weekday", "relative")
            and day.form == "date"
            and re.fullmatch(
                r"[\s,(–-]*(?:the|i\.?e\.?|that is|being|so|which is)?[\s,(–-]*", sentence.text[out[-1].end : day.start]
            )
        ):
            out[-1] = day
        elif (
            out
            and out[-1].form == "date"
            and day.form in ("weekday", "relative")
            and re.fullmatch(r"[\s,(–-]*", sentence.text[out[-1].end : day.start])
            and exact(out[-1], setting) is not None
        ):
            continue
        else:
            out.append(day)
    return out


NOTHING_BETWEEN = re.compile(r"\W*(?:on |this |of )?\W*$")
ON_THE = re.compile(r"\bon (?:the )?$")


def nearest_day(clock: Clock, days: list[tuple[Day, date]], text: str) -> int | None:
    """The day a time belongs to: the one right before it, else right behind it."""
    before = [(clock.start - d.end, n) for n, (d, _) in enumerate(days) if d.end <= clock.start]
    behind = [(d.start - clock.end, n) for n, (d, _) in enumerate(days) if d.start >= clock.end]
    next_day = days[min(behind)[1]][0].start if behind else 0
    gap = text[clock.end : next_day]
    if behind and len(gap) <= 8 and re.fullmatch(r"\s*(?:on )?(?:the )?", gap) and ON_THE.search(text[:next_day]):
        return min(behind)[1]  # "Tuesday (10th) and Thursday (12th): 11 on the Tuesday, or half two on the Thursday"
    if (
        behind
        and min(behind)[0] <= 6
        and NOTHING_BETWEEN.match(gap)
        and (not before or min(before)[0] > (6 if "," in gap else 3))
    ):
        return min(behind)[1]
    if before:
        return min(before)[1]
    return min(behind)[1] if behind else None


def gone_by(sentence: Timed, day: Day) -> bool:
    """A mere weekday in a sentence that looks back is the last one, and no time to come; nor is the date of a letter."""
    before = sentence.before(day.start, 40)
    if LETTER.search(before) or ANY_DAY.search(before) and day.form == "weekday":
        return True
    return (
        day.form == "weekday"
        and day.mode == "plain"
        and not sentence.clocks
        and bool(PAST.search(plain := small(sentence.text)))
        and not AHEAD.search(plain)
    )


INVITES = re.compile(r"\b(?:interview|scheduled|invited?|appointment|meeting)\b")
# "The interview scheduled for Monday at 10:00 has been cancelled": the hour that was set, and is no more.
SET_FOR = re.compile(
    r"\b(?:scheduled|planned|agreed|fixed|arranged|booked|set|foreseen|pencilled in|appointment|interview|meeting|call|talk|session)(?: (?:for|on|of|at|the|this|next|coming|your|\w+day))*[ ,]*$"
)
UNDONE = re.compile(
    r"[^.;!?]{0,40}\b(?:(?:is|was|has been|have been|had to be|must be|will be|be|being|been)(?: (?:hereby|unfortunately|regrettably|now|therefore))* (?:cancell?ed|called off|annulled|moved|shifted|postponed|put back|rescheduled|withdrawn|off)|(?:will not|does not|can ?not|can['’]t|won['’]t|doesn['’]t) take place)\b"
)


def undone(sentence: Timed, start: int, end: int) -> bool:
    return bool(SET_FOR.search(sentence.before(start, 50)) and UNDONE.match(small(sentence.text), end))


def old_day(sentence: Timed, day: Day) -> bool:
    if undone(sentence, day.start, day.end):
        return True
    return bool(OLD.search(sentence.before(day.start, 50))) and not MOVED_TO.search(sentence.before(day.start, 40))


MOVED_TO = re.compile(r"\b(?:moved|move|shift|push|rescheduled|changed) (?:\w+ ){0,3}to\W*$")


DUE = re.compile(
    r"\b(?:by(?<!come by)(?<!drop by)(?<!stop by)(?<!pop by)(?<!swing by)(?<!come on by)(?<!come over by)(?<!come out by)|before|until|till|no later than|not later than)"
    r"(?: (?:the|noon|end of|close of|next|this))*\s*$"
)


TILL_THEN = re.compile(
    r"(?:(?:so|and|ok|okay|well|then|right|wonderful|great|perfect|super|fine|good|lovely|excellent|thanks|thank you)[,!.]? ?){0,3}(?:till|until) (?:then,? )?(?:on )?(?:the |next )?$"
)  # "So till tomorrow at eight": good-bye


def due(sentence: Timed, named: Day | Clock) -> bool:
    """ "by tomorrow noon", "by noon on Wednesday": a deadline and no appointment; "Tuesday by 11 am" is one in Lagos and Delhi."""
    before = sentence.before(named.start, 24)
    return bool(DUE.search(before)) and not TILL_THEN.match(before)


ATTEND = re.compile(r"\b(?:arrive|be (?:here|there)|come|interview|meet|report)\b")
ANSWER_WANTED = re.compile(r"\b(?:yes or (?:a )?no|answer|reply|decision|let (?:me|us) know|hear from you)\b")


def a_deadline(sentence: Timed, day: Day, clock: Clock) -> bool:
    """ "By Wednesday 12:00", "by noon on Wednesday": a day and its hour by which something is due."""
    if day.start < clock.start:
        return (
            due(sentence, day)
            or due(sentence, clock)
            and bool(ANSWER_WANTED.search(small(sentence.text)))
            and not ATTEND.search(small(sentence.text))
        )
    return due(sentence, clock) and not INVITES.search(small(sentence.text))


def timed_slot(
    clock: Clock,
    on: date | None,
    sentence: Timed,
    length: int,
    setting: Setting,
    owner: tzinfo,
    writer: tzinfo,
    old: bool,
) -> Slot:
    day = on or setting.written
    midnight = datetime.combine(day, time())
    zone = (
        zone_of(clock.zone, owner, writer, midnight, setting.written)
        if clock.zone and zone_named(clock.zone)
        else owner
    )
    start = (midnight + timedelta(minutes=clock.minute)).replace(tzinfo=zone)
    if clock.until is not None:
        end = (midnight + timedelta(minutes=clock.until)).replace(tzinfo=zone)
    else:
        own = next(lengths_in(sentence.text, sentence.lengths), length)
        end = start + (timedelta(minutes=own) if own else DEFAULT_LENGTH)
    old = old or on is None and bool(OLD.search(sentence.before(clock.start, 30)))
    given = clock.until is not None or bool(length)
    return Slot(
        start,
        end,
        Evidence("time", sentence.text, sentence.where),
        length_given=given,
        old=old,
        asked=sentence.asks,
        day_known=on is not None,
    )


def settled(found: list[Slot]) -> tuple[Slot, ...]:
    """Each moment once ("10:00 your time / 9:00 mine"); a mere date beside a time on that day adds nothing."""
    timed = [s for s in found if not s.whole_day]
    days = {s.start.date() for s in timed if s.day_known}
    out: list[Slot] = []
    for slot in found:
        if slot.whole_day and slot.start.date() in days:
            continue
        twin = next(
            (n for n, other in enumerate(out) if other.start == slot.start and other.whole_day == slot.whole_day), None
        )
        if twin is None:
            out.append(slot)
        elif slot.length_given and not out[twin].length_given or slot.old and not out[twin].old:
            out[twin] = slot
    return tuple(out[:MOST_SLOTS])
