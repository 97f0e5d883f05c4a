"""Tokens -> times of day and durations: "2 to 3 pm", "half past two", "an hour and a half"."""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.core.read.lexicon import CARDINALS
from agent.core.read.tokens import (
    MON,
    NUM,
    NUMERIC,
    ORD,
    TIME,
    WD,
    WORD,
    YEAR,
    ZONE_NAME,
    Stream,
    Token,
    kind,
    number,
    skip,
    spanning,
    word,
)
from agent.core.read.zones import zone_named


class Clock(NamedTuple):
    """A time of day, perhaps with its end: minutes after midnight."""

    start: int
    end: int
    minute: int
    until: int | None = None
    zone: str = ""


class Length(NamedTuple):
    """A duration in minutes."""

    start: int
    end: int
    minutes: int


def clock_at(stream: Stream, at: int) -> tuple[Clock, int] | None:
    """2 pm | 14:00 | 9.30 | 14h30 | half past two | half two | quarter to four | at eleven | from 2 to 3 pm | 10-11am"""
    if stream[at].text in ("a", "an") and not word(stream, at + 1, "quarter"):
        return None
    begin = point(stream, at) or (point(stream, at, lax=True) if word(stream, at - 1, "from") else None)
    if begin is None:
        return None
    minute, meridiem, sure, i = begin
    until: int | None = None
    j = i
    if word(stream, j, "to", "-", "–", "—", "~", "until", "till", "til", "and"):
        ahead = point(stream, j + 1, lax=sure or stream[j].text in ("-", "–", "—", "~", "to", "until", "till"))
        joined_by_and = word(stream, j, "and")
        if ahead and not (joined_by_and and not word(stream, at - 1, "between")):
            until, end_meridiem, _, i = ahead
            if end_meridiem and not meridiem:
                minute = share_meridiem(minute, until, end_meridiem)
                meridiem = end_meridiem
            elif meridiem and not end_meridiem:
                until = settled(until) if settled(until) > minute else until + 720 if until < 720 else until
            elif not meridiem:
                minute, until = settled(minute), settled(until)
            sure = True
    if not meridiem and until is None:
        minute = settled(minute) if not written_24h(stream[at]) else minute
    if not sure:
        return None
    if until is not None and until <= minute:
        until = until + 720 if until + 720 > minute and until + 720 < 1440 else None
    zone, i = zone_after(stream, i)
    return Clock(*spanning(stream, at, i), minute=minute % 1440, until=until, zone=zone), i


def more_hours(stream: Stream, at: int, clocks: list[Clock]) -> int:
    """The bare hours behind a time: "at 10, 2 or 4"."""
    while word(stream, at, ",", "or") and clocks[-1].until is None:
        i = skip(stream, at, ",", "or", "at")
        hour = number(stream, i)
        if (
            hour is None
            or not 1 <= hour <= 24
            or stream[i].text in ("a", "an")
            or kind(stream, i + 1) in (WORD, MON, TIME, ORD, YEAR, NUM)
            and not word(stream, i + 1, "or", "on", "would", "and")
        ):
            break
        clocks.append(Clock(*spanning(stream, i, i + 1), minute=settled(hour * 60) % 1440))
        at = i + 1
    return at


ROUND_THE_CLOCK = re.compile(r"0\d|1[3-9]|2\d")


def written_24h(token: Token) -> bool:
    return bool(ROUND_THE_CLOCK.match(token.text)) or "hrs" in token.text


def settled(minute: int) -> int:
    """A bare hour in working life: 1 to 6 are in the afternoon."""
    return minute + 720 if 60 <= minute < 7 * 60 else minute


def share_meridiem(minute: int, until: int, meridiem: str) -> int:
    """The start of "1:00 to 3:15 p.m.", "11 to 1 pm", "10-11 am"."""
    if meridiem == "pm" and minute < 720 and minute + 720 <= until:
        return minute + 720
    return minute


def point(stream: Stream, at: int, lax: bool = False) -> tuple[int, str, bool, int] | None:
    """One point of time: (minutes after midnight, "am"/"pm"/"", whether it surely is a time, next place)."""
    if at >= len(stream):
        return None
    token = stream[at]
    if token.kind == TIME:
        if at and "." in token.text and stream[at - 1].text in NUMBERED:
            return None  # "room 2.11"
        made = written_time(token.text)
        if (
            made is None
            or "." in token.text
            and word(stream, at + 1, "an", "per", "euro", "euros", "gross", "/", "k", "m", "million", "km", "kg")
            and not made[1]
        ):
            return None
        i = at + 1
        minute, half = named_half(stream, i, made[0], made[1])
        return minute, half, True, skip_half(stream, i)
    spoken = past_or_to(stream, at)
    if spoken is not None:
        return spoken
    hour = number(stream, at)
    if hour is None or token.text in ("a", "an") or not 1 <= hour <= 24:
        return None
    return bare_hour(stream, at, hour, lax)


def past_or_to(stream: Stream, at: int) -> tuple[int, str, bool, int] | None:
    """ "half past nine", "half nine", "a quarter to ten"."""
    token = stream[at]
    if (
        token.text == "half"
        and word(stream, at + 1, "past")
        and (hour := number(stream, at + 2)) is not None
        and 1 <= hour <= 12
    ):
        return half_of(stream, at + 3, hour * 60 + 30)
    if (
        token.text == "half"
        and (hour := number(stream, at + 1)) is not None
        and stream[at + 1].text not in ("a", "an")
        and 1 <= hour <= 12
        and not word(stream, at + 2, "hour", "hours", "day", "days")
    ):
        return half_of(stream, at + 2, hour * 60 + 30)
    if token.text in ("quarter", "ten", "twenty", "five") or (token.text == "a" and word(stream, at + 1, "quarter")):
        i = at + (2 if token.text == "a" else 1)
        shift = {"quarter": 15, "a": 15, "ten": 10, "twenty": 20, "five": 5}[token.text]
        if (
            word(stream, i, "past", "to", "after", "till", "of")
            and (hour := number(stream, i + 1)) is not None
            and 1 <= hour <= 12
            and stream[i + 1].text not in ("a", "an")
        ):
            minute = hour * 60 + (shift if stream[i].text in ("past", "after") else -shift)
            if minute < 60:  # nobody meets at ten to one at night
                minute += 720
            return half_of(stream, i + 2, minute)
    return None


NO_TIME_BEFORE = (
    "minutes min mins hours hour people of years year candidates weeks days months others rounds % more and or other persons colleagues"
    " euro dollars our the"
).split()


# What is counted from one number to another, though the other looks like an hour.
NUMBERED = frozenset(
    "page pages room rooms chapter chapters no nr number numbers floor gate platform grade step steps question questions".split()
)


def bare_hour(stream: Stream, at: int, hour: int, lax: bool) -> tuple[int, str, bool, int] | None:
    """A number alone, where the words around it make it an hour: "at 3", "3 o'clock", "from 3 to 4", "Tuesday 3-4"."""
    clocked = word(stream, at + 1, "o'clock", "oclock", "sharp", "o’clock") or (
        word(stream, at + 1, "o") and word(stream, at + 2, "clock")
    )
    before = stream[at - 1].text if at else ""
    if before == "." and at > 1 and stream[at - 2].text == "kl":
        before = "kl"
    hour_words = before in ("at", "@", "from", "until", "till", "around", "about", "for", "by", "kl") or clocked
    followed = word(stream, at + 1, *NO_TIME_BEFORE) and not named_day_part(stream, at + 1)
    if before in ("at", "@") and hour >= 10 and word(stream, at + 1, "hours", "hrs"):
        return half_of(stream, at + 2, hour * 60)  # "at fifteen hours"
    if clocked:
        return half_of(stream, at + (2 if not word(stream, at + 1, "o") else 3), hour * 60)
    if (
        hour_words
        and (not followed or (before in ("at", "@") and word(stream, at + 1, "or", "and", "the", "our")))
        and (before in ("at", "@", "kl", "around", "about") or lax or range_follows(stream, at))
    ):
        return half_of(stream, at + 1, hour * 60)
    if lax and not followed:
        return half_of(stream, at + 1, hour * 60)
    if range_follows(stream, at) and before not in NUMBERED and not followed:
        return half_of(stream, at + 1, hour * 60)
    if (
        after_day(stream, at)
        and word(stream, at + 1, "-", "–", "to", "till", "until")
        and number(stream, at + 2) is not None
        and not word(stream, at + 3, "minutes", "min", "mins", "people")
    ):
        return half_of(stream, at + 1, hour * 60)
    if named_day_part(stream, at + 1) and not followed:
        return half_of(stream, at + 1, hour * 60)
    return None


def after_day(stream: Stream, at: int) -> bool:
    """Does a day end just before ("Fri 3rd, 11-12")?"""
    i = at - 1
    while i >= 0 and stream[i].text in (",", ":", "(", "@"):
        i -= 1
    return i >= 0 and i < at and stream[i].kind in (WD, ORD, MON, NUMERIC, YEAR)


def range_follows(stream: Stream, at: int) -> bool:
    """Does "2 to 3 pm", "10-11am", "10 until half 11" start here?"""
    if not word(stream, at + 1, "to", "-", "–", "until", "till") or at + 2 >= len(stream):
        return False
    ahead = stream[at + 2]
    return (
        ahead.kind == TIME
        or ahead.kind == NUM
        and bool(named_day_part(stream, at + 3))
        or past_or_to(stream, at + 2) is not None
    )


def named_day_part(stream: Stream, i: int) -> str:
    """ "in the morning", "this afternoon", "tonight" just after an hour."""
    j = skip(stream, i, "in", "of", "the", "this", "that", "on")
    if j < len(stream) and j > i and stream[j].text in ("morning", "afternoon", "evening"):
        return stream[j].text
    return ""


def half_of(stream: Stream, i: int, minute: int) -> tuple[int, str, bool, int]:
    made = named_half(stream, i, minute, "")
    return made[0], made[1], True, skip_half(stream, i)


def named_half(stream: Stream, i: int, minute: int, meridiem: str) -> tuple[int, str]:
    if meridiem:
        return minute, meridiem
    part = named_day_part(stream, i)
    if part == "morning":
        return minute, "am"
    if part in ("afternoon", "evening") and minute < 720:
        return minute + 720, "pm"
    return minute, ""


def skip_half(stream: Stream, i: int) -> int:
    part = named_day_part(stream, i)
    return skip(stream, i, "in", "of", "the", "this", "that", "on", part) if part else i


HOUR_MINUTE = re.compile(r"(\d{1,2}?)(?:\s?[:h.]\s?(\d\d))?(\d\d)?(?!\d)")  # "815 am", too
FIRST_LETTER = re.compile(r"[a-z]")


def written_time(text: str) -> tuple[int, str] | None:
    if text in ("noon", "midday"):
        return 720, "pm"
    if text == "midnight":
        return 0, "am"
    match = HOUR_MINUTE.match(text)
    if match is None:
        return None
    hour, minutes = int(match.group(1)), int(match.group(2) or match.group(3) or 0)
    rest = FIRST_LETTER.search(text[match.end() :].replace("o'clock", "").replace("oclock", ""))
    meridiem = {"a": "am", "p": "pm"}.get(rest.group(), "") if rest else ""
    if hour > 24 or minutes > 59 or (meridiem and not 1 <= hour <= 12):
        return (hour * 60 + minutes, "pm") if meridiem and 13 <= hour < 24 and minutes <= 59 else None
    if meridiem:
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    return hour * 60 + minutes, meridiem


def zone_after(stream: Stream, i: int) -> tuple[str, int]:
    """A zone right behind a time, perhaps in brackets; "(" and ")" are taken with it."""
    j = skip(stream, i, "(", ",", "hrs", "local")
    if kind(stream, j) == ZONE_NAME and zone_named(stream[j].text):
        after = j + 1
        return stream[j].text, after + 1 if word(stream, after, ")") else after
    return "", i


NO_LENGTH = (
    "behind ahead ago away notice before drive walk early earlier later late difference from apart journey ride wage a prior beforehand"
).split()


def of_something_else(stream: Stream, i: int) -> bool:
    """Does what follows a span of time say that it is none of the talk: "half an hour early", "an hour's drive"?"""
    return word(stream, i, *NO_LENGTH) or word(stream, i, "in") and word(stream, i + 1, "advance")


JOINED = re.compile(r"(\w+)-(minute|min|hour)s?")


# What may follow "a" or "an" in a span of time.
HOURLY = frozenset("and to - – or full short good hour hours hr hrs hour's hours' h".split())


def length_at(stream: Stream, at: int) -> tuple[Length, int] | None:
    """an hour | 45 minutes | one and a half hours | half an hour | three quarters of an hour | an hour and a half | 90-minute | 1h30"""
    token = stream[at]
    if token.text in ("a", "an") and not (at + 1 < len(stream) and stream[at + 1].text in HOURLY):
        return None
    if token.text == "half" and word(stream, at + 1, "an", "a") and word(stream, at + 2, "hour"):
        if of_something_else(stream, at + 3):
            return None
        return Length(*spanning(stream, at, at + 3), minutes=30), at + 3
    if token.text == "half-hour" or token.text == "half" and word(stream, at + 1, "hour"):
        after = at + (1 if token.text == "half-hour" else 2)
        return Length(*spanning(stream, at, after), minutes=30), after
    quarters = {"three": 45, "3": 45, "two": 30}
    if token.text in quarters and word(stream, at + 1, "quarters", "quarter") and word(stream, at + 2, "of"):
        after = skip(stream, at + 3, "an", "hour")
        return Length(*spanning(stream, at, after), minutes=quarters[token.text]), after
    count = number(stream, at)
    joined = JOINED.fullmatch(token.text) if "-" in token.text else None
    if joined and (n := CARDINALS.get(joined.group(1))):
        return Length(*spanning(stream, at, at + 1), minutes=n * (60 if joined.group(2) == "hour" else 1)), at + 1
    if count is None:
        return None
    i = at + 1
    half = False
    if word(stream, i, "and") and word(stream, i + 1, "a") and word(stream, i + 2, "half"):
        half, i = True, i + 3
    if (
        word(stream, i, "to", "-", "–", "or")
        and (high := number(stream, i + 1)) is not None
        and word(stream, i + 2, "minutes", "mins", "min", "hours", "hrs")
    ):
        count, i = high, i + 2
    i = skip(stream, i, "full", "-", "short", "good")
    if of_something_else(stream, i + 1):
        return None
    if word(stream, i, "minutes", "minute", "mins", "min", "min.", "minutes'") and count >= 5:
        return Length(*spanning(stream, at, i + 1), minutes=count), i + 1
    if word(stream, i, "hour", "hours", "hr", "hrs", "hour's", "hours'", "h") and count <= 9:
        i += 1
        minutes = count * 60 + (30 if half else 0)
        if word(stream, i, "and") and word(stream, skip(stream, i + 1, "a"), "half"):
            minutes, i = minutes + 30, skip(stream, i + 1, "a", "half")
        elif (
            word(stream, i, "and")
            and (more := number(stream, i + 1)) is not None
            and word(stream, i + 2, "minutes", "mins", "min")
        ):
            minutes, i = minutes + more, i + 3
        return Length(*spanning(stream, at, i), minutes=minutes), i
    return None


LENGTH_WORDS = frozenset(("half", "three", *CARDINALS))
CLOCK_WORDS = frozenset(("half", "quarter", *CARDINALS))
