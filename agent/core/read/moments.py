"""Words -> days, times of day and durations of a sentence, as people write them in English. No day is resolved here.

One pass cuts a sentence into tokens that can belong to a date; then each form that can begin at a token is tried, the
longest first. What comes out is a description; `days` says which day it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.core.read.beginnings import BY_WORD, day_at
from agent.core.read.clocks import CLOCK_WORDS, LENGTH_WORDS, Clock, Length, clock_at, length_at, more_hours
from agent.core.read.dayforms import Day
from agent.core.read.letters import START, small
from agent.core.read.tokens import MON, NUM, ORD, PUNCT, TIME, WORD, Stream, kind, tokens, word
from agent.core.read.words import words_of

DIGIT = re.compile(r"\d")
DIGITS = b"0123456789"
# Of a text in small letters and without digits.
HAS_MOMENT = re.compile(
    START
    + r"(?:mon|tue|wed|thu|fri|sat|sun|to-?day|tonight|tomorrow|yesterday|week|weeks|month|months|day|days|fortnight|noon|midday|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|year|holiday|christmas|easter|thanksgiving|weekend|o'?clock|hour|hours|minutes|past|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
)


# How its words begin; the cheaper question.
MOMENT_STARTS = frozenset(
    """mon tue wed thu fri sat sun to- tod ton tom yes wee day for noo mid jan feb mar apr may jun jul aug sep oct nov dec yea hol chr eas o'c o’c ocl hou
    tha min pas hal qua one two thr fou fiv six sev eig nin ten ele twe""".split()
)
# Words with which a day, a time or a duration may begin.
OPENING = frozenset((*BY_WORD, *LENGTH_WORDS, *CLOCK_WORDS))
MOST_DAYS = 60  # of one sentence; no person goes on so long


class Found(NamedTuple):
    days: list[Day]
    clocks: list[Clock]
    lengths: list[Length]


NOTHING = Found([], [], [])  # in most sentences


def anchored(days: list[Day], before: Day | None) -> Day | None:
    """ "By the end of that week", "the Friday of that week": the week of the day named last gets that day; one of no day is none.
    -> the day named last now."""
    named: list[Day] = []
    for day in days:
        if day.mode == "that" and day.form in ("week", "weekday", "relative"):
            named += [day._replace(of=before)] if before is not None else []
            continue
        if day.form in ("date", "weekday", "relative", "iso_week"):
            before = day
        elif day.form == "week" and day.of is not None:
            before = day.of  # "in the week beginning 18 May"
        named.append(day)
    days[:] = named
    return before


def holds_digit(text: str) -> bool:
    """The same as DIGIT, faster for a text of ASCII letters."""
    if text.isascii():
        return len(text.encode().translate(None, DIGITS)) < len(text)
    return DIGIT.search(text) is not None


def may_name(text: str) -> bool:
    """Can a sentence without digits name a moment?"""
    words = words_of(text)
    if MOMENT_STARTS.isdisjoint([word[:3] for word in words]):
        return False
    if "for" in words and JOINTS.isdisjoint(text) and [word for word in words if word[:3] in MOMENT_STARTS] == ["for"]:
        return False
    return HAS_MOMENT.search(small(text)) is not None


JOINTS = frozenset("-'’")  # in a word, where one of them stands, another may begin


def find(text: str) -> Found:
    """All days, times and durations of a sentence, in order, none overlapping another of its sort."""
    if not holds_digit(text) and not may_name(text):
        return NOTHING
    found = Found([], [], [])
    stream = tokens(text)
    end = 0  # of what was found last
    for at, token in enumerate(stream):
        if at < end:
            continue
        sort, word = token.kind, token.text
        if sort == PUNCT or sort == WORD and word not in OPENING and "-" not in word:
            continue
        made = day_at(stream, at)
        if made:
            found.days.append(made[0])
            end = made[1]
            if len(found.days) >= MOST_DAYS:
                break
            continue
        if sort == NUM or word in LENGTH_WORDS or "-" in word:
            long = length_at(stream, at)
            if long:
                found.lengths.append(long[0])
                end = long[1]
                continue
        if sort == NUM and days_of_month(stream, at):
            continue  # "from 12 to 16 October"
        if sort in (TIME, NUM) or sort == WORD and word in CLOCK_WORDS:
            time = clock_at(stream, at)
            if time:
                found.clocks.append(time[0])
                end = more_hours(stream, time[1], found.clocks)
    if found.clocks and not EVENING.isdisjoint(words_of(text)):
        found.clocks[:] = [in_the_evening(clock, text) for clock in found.clocks]
    return found


def days_of_month(stream: Stream, at: int) -> bool:
    """Do two days of one month begin here, and no two hours: "12 to 16 October"?"""
    joined = word(stream, at + 1, "to", "-", "–", "until", "till", "through", "and", "or")
    ends = joined and kind(stream, at + 2) in (NUM, ORD) and kind(stream, at + 3) == MON
    return ends and kind(stream, at + 4) not in (NUM, ORD)


EVENING = frozenset(("evening", "tonight"))
BY_DAY = re.compile(r"\d ?a\.?m\b|\bmorning\b|\bafternoon\b|\d ?p\.?m\b", re.I)
SEVEN, NINE = 7 * 60, 9 * 60


def in_the_evening(clock: Clock, text: str) -> Clock:
    """ "That's the whole evening: 7:00 to 8:30": seven and eight are evening hours where no other part of the day is named."""
    if not SEVEN <= clock.minute < NINE or BY_DAY.search(text):
        return clock
    until = clock.until + 720 if clock.until is not None and clock.until < 720 else clock.until
    return clock._replace(minute=clock.minute + 720, until=until)
