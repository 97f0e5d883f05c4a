"""Tokens -> days as people describe them ("Tuesday of next week", "the 12th"). Which day it is, `days` says.

Each form is a function that is tried at a place in the tokens; `beginnings` says which forms can begin with which token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from agent.core.read.lexicon import BUSINESS, FEW, NEXT_WORDS, PARTS, UNITS
from agent.core.read.tokens import (
    ISO,
    MON,
    NUM,
    NUMERIC,
    ORD,
    PUNCT,
    WD,
    YEAR,
    Stream,
    Token,
    kind,
    number,
    skip,
    spanning,
    word,
)


class Day(NamedTuple):
    """A day or span as described.

    `form`: date | weekday | relative | week | iso_week | month | count | new_year | holiday | weekend | feast.
    Other fields as the form needs: `day`/`month`/`year`, `weekday` with `mode` (plain this next coming last week fortnight),
    `part` (early mid late), `offset` (of weeks, months or days; of a date of which `unit` says so, too), `number`/`unit` (days, business, weeks, months), `of` (another Day).
    """

    form: str
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    mode: str = "plain"
    part: str = ""
    offset: int = 0
    number: int = 0
    unit: str = ""
    text: str = ""
    of: Day | None = None
    numeric: bool = False
    from_interview: bool = False


Form = Callable[[Stream, int], "tuple[Day, int] | None"]


def try_forms(stream: Stream, at: int, forms: tuple[Form, ...]) -> tuple[Day, int] | None:
    for form in forms:
        made = form(stream, at)
        if made:
            return made
    return None


NOT_DIGITS = re.compile(r"\D")


def iso_date(stream: Stream, at: int) -> tuple[Day, int] | None:
    if kind(stream, at) != ISO:
        return None
    year, month, day = map(int, NOT_DIGITS.split(stream[at].text))
    return Day("date", *spanning(stream, at, at + 1), day=day, month=month, year=year), at + 1


# What else has ordinals: "the 2nd floor", "the 1st of our talks".
NUMBERED = "floor round interview year of street st avenue stage place level birthday edition grade class century degree".split()


def hyphened(stream: Stream, at: int) -> tuple[int, int, int | None, int] | None:
    """ "15-Oct", "15-Oct-2026", "15/Oct/26" without a blank -> day, month, year if one is said, and the place behind it."""
    if not joins(stream, at) or kind(stream, at + 2) != MON:
        return None
    year, end = None, at + 3
    if joins(stream, at + 2) and kind(stream, at + 4) in (YEAR, NUM):
        number, end = int(stream[at + 4].text), at + 5
        year = number if number > 99 else 2000 + number
    return int(str(stream[at].value)), int(str(stream[at + 2].value)), year, end


def joins(stream: Stream, at: int) -> bool:
    """Does a hyphen or a slash join this token with the next?"""
    if at + 2 >= len(stream) or stream[at + 1].text not in ("-", "/"):
        return False
    return bool(stream[at].end == stream[at + 1].start and stream[at + 1].end == stream[at + 2].start)


def full_date(stream: Stream, at: int) -> tuple[Day, int] | None:
    """[weekday] [the] 12[th] [of] February [2026] [(Friday)] | [weekday] February 12[th] [, 2026] | [weekday] the 12th | Tuesday 14 |
    the 12th of this month"""
    weekday = None
    i = at
    if word(stream, i, "day"):
        return in_a_month(stream, at, i + 1, None)
    if kind(stream, i) == WD:
        weekday = int(str(stream[i].value))
        i = skip(stream, i + 1, ",", "the", "dia", "morning", "afternoon", "evening", ".", "-", "–", "(", ";")
        if i > at + 4:
            return None
    elif word(stream, i, "the"):
        i += 1
        if kind(stream, i) == WD:
            weekday = int(str(stream[i].value))
            i = skip(stream, i + 1, ",", "the")
    day = month = year = None
    if kind(stream, i) in (ORD, NUM) and in_month(stream[i]):
        made = in_a_month(stream, at, i, weekday)
        if made:
            return made
        joined = hyphened(stream, i)
        j = i + 2 if joined else skip(stream, i + 1, "of", ".", "day")
        if joined:
            day, month, year, i = joined
        elif kind(stream, j) == MON:
            day, month, i = int(str(stream[i].value)), int(str(stream[j].value)), j + 1
        elif (
            kind(stream, i) == ORD
            and stream[i].text[0].isdigit()
            and not word(stream, i + 1, *NUMBERED)
            or kind(stream, i) == ORD
            and weekday is not None
            or weekday is not None
            and kind(stream, i) == NUM
            and not word(
                stream, i + 1, "am", "pm", "to", "min", "minutes", "mins", "people", "hours", "hour", ":", "-", "–"
            )
            and stream[i - 1].text not in ("(",)
            and not at_clock(stream, i)
        ):
            day, i = int(str(stream[i].value)), i + 1
    elif kind(stream, i) == MON:
        month = int(str(stream[i].value))
        j = skip(stream, i + 1, "the", ".")
        if kind(stream, j) in (ORD, NUM) and in_month(stream[j]):
            day, i = int(str(stream[j].value)), j + 1
        else:
            return None
    if day is None:
        return None
    j = skip(stream, i, ",", ".")
    if month is not None and year is None and kind(stream, j) == YEAR:
        year, i = int(str(stream[j].value)), j + 1
    j = skip(stream, i, ",", "(", "a")
    if weekday is None and j > i and kind(stream, j) == WD:
        weekday, i = int(str(stream[j].value)), j + 1
        if word(stream, i, ")"):
            i += 1
    return Day("date", *spanning(stream, at, i), day=day, month=month, year=year, weekday=weekday), i


MONTHS_AHEAD = {"this": 0, "the": 0, "next": 1, "following": 1, "coming": 1}


def in_a_month(stream: Stream, at: int, i: int, weekday: int | None) -> tuple[Day, int] | None:
    """the 27th of this month | day 27 of next month"""
    if kind(stream, i) not in (ORD, NUM) or not in_month(stream[i]) or not word(stream, i + 1, "of"):
        return None
    j = i + 3 if word(stream, i + 2, "the") and word(stream, i + 3, "next", "following", "coming") else i + 2
    if not word(stream, j, *MONTHS_AHEAD) or not word(stream, j + 1, "month"):
        return None
    day, ahead = int(str(stream[i].value)), MONTHS_AHEAD[stream[j].text]
    unit = "" if stream[j].text == "the" else "month"  # "the 27th of the month" is the next 27th
    return Day("date", *spanning(stream, at, j + 2), day=day, weekday=weekday, offset=ahead, unit=unit), j + 2


def at_clock(stream: Stream, i: int) -> bool:
    """Is the number at i an hour ("Tuesday at 10", "Tuesday 2 pm")?"""
    return i > 0 and stream[i - 1].text in ("at", "@", "from", "by", "until")


def in_month(token: Token) -> bool:
    return 1 <= int(str(token.value)) <= 31


def numeric_date(stream: Stream, at: int) -> tuple[Day, int] | None:
    """12/02, 12/02/2026, 12.02.2026, 12.2. – which number is the month is decided by `days`."""
    i = at
    weekday = None
    if kind(stream, i) == WD:
        weekday = int(str(stream[i].value))
        i = skip(stream, i + 1, ",", "the", "(")
    if kind(stream, i) != NUMERIC:
        return None
    numbers = [int(n) for n in re.findall(r"\d+", stream[i].text)]
    if len(numbers) < 2:
        return None
    year = (numbers[2] if numbers[2] > 99 else 2000 + numbers[2]) if len(numbers) > 2 else None
    dotted = "." in stream[i].text
    return Day(
        "date",
        *spanning(stream, at, i + 1),
        day=numbers[0],
        month=numbers[1],
        year=year,
        weekday=weekday,
        numeric=not dotted,
    ), i + 1


def weekday_alone(stream: Stream, at: int) -> tuple[Day, int] | None:
    """[this|next|coming|last] Tuesday [week|fortnight] | a week on Tuesday | Tuesday next week | Tuesday after next"""
    i = at
    mode = "plain"
    if (
        word(stream, i, "a")
        and word(stream, i + 1, "week")
        and word(stream, i + 2, "on", "from", "this")
        and kind(stream, i + 3) == WD
    ):
        return Day("weekday", *spanning(stream, at, i + 4), weekday=int(str(stream[i + 3].value)), mode="week"), i + 4
    if (
        word(stream, i, "the")
        and stream[i + 1 : i + 2]
        and stream[i + 1].text in NEXT_WORDS
        and kind(stream, i + 2) == WD
    ):
        i += 1
    if i < len(stream) and stream[i].text in NEXT_WORDS and kind(stream, i + 1) == WD:
        mode = NEXT_WORDS[stream[i].text]
        if stream[i].text == "past" and not word(stream, i - 1, "this", "the", "on", "of", "over"):
            return None  # "can you swing past Thursday": the day begins behind it
        i += 1
    if (
        kind(stream, i) != WD
        or word(stream, i - 1, "a", "every", "any", "each", "some", "most", "all")
        and i > 0
        or stream[i].text.endswith("days")
    ):
        return None
    weekday = int(str(stream[i].value))
    of = skip(stream, skip(stream, i + 1, "of", "in"), "that", "the", "same")
    if word(stream, of - 1, "that", "same") and word(stream, of, "week") and mode == "plain":
        return Day("weekday", *spanning(stream, at, of + 1), weekday=weekday, mode="that"), of + 1
    i += 1
    j = skip(stream, i, ",", "of", "in", "the", "(")
    if word(stream, i, "week") and mode == "plain":
        return Day("weekday", *spanning(stream, at, i + 1), weekday=weekday, mode="week"), i + 1
    if word(stream, i, "fortnight"):
        return Day("weekday", *spanning(stream, at, i + 1), weekday=weekday, mode="fortnight"), i + 1
    if word(stream, j, "next", "this", "following", "coming", "last") and word(stream, j + 1, "week"):
        mode = {"next": "next", "following": "next", "coming": "next", "this": "this", "last": "last"}[stream[j].text]
        after = j + 2
        return Day("weekday", *spanning(stream, at, after), weekday=weekday, mode=mode, unit="week"), after
    if word(stream, i, "after") and word(stream, i + 1, "next"):
        return Day("weekday", *spanning(stream, at, i + 2), weekday=weekday, mode="after_next"), i + 2
    if word(stream, j, "week") and word(stream, j + 1, "after") and word(stream, j + 2, "next"):
        return Day("weekday", *spanning(stream, at, j + 3), weekday=weekday, mode="after_next"), j + 3
    return Day("weekday", *spanning(stream, at, i), weekday=weekday, mode=mode), i


def relative_day(stream: Stream, at: int) -> tuple[Day, int] | None:
    i = at + word(stream, at, "the")
    if word(stream, i, "day") and word(stream, i + 1, "after") and word(stream, i + 2, "tomorrow"):
        return Day("relative", *spanning(stream, at, i + 3), offset=2), i + 3
    if word(stream, at, "the") and (after := day_after_that(stream, at + 1)):
        return Day("relative", *spanning(stream, at, after), offset=1, mode="that"), after
    offsets = {"today": 0, "to-day": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmw": 1, "tomorow": 1, "yesterday": -1}
    if at < len(stream) and stream[at].text in offsets:
        return Day("relative", *spanning(stream, at, at + 1), offset=offsets[stream[at].text]), at + 1
    if word(stream, at, "this") and word(stream, at + 1, "morning", "afternoon", "evening"):
        return Day("relative", *spanning(stream, at, at + 2), offset=0), at + 2
    return None


def day_after_that(stream: Stream, i: int) -> int:
    """Behind "the": "day after that", "next day", "following day" -> the place behind it, else 0."""
    if word(stream, i, "next", "following") and word(stream, i + 1, "day"):
        return i + 2
    if not (word(stream, i, "day") and word(stream, i + 1, "after")):
        return 0
    said = word(stream, i + 2, "that", "this", "it")
    i += 2 + said
    return i if said or i >= len(stream) or stream[i].kind == PUNCT or word(stream, i, "at") else 0


def week_span(stream: Stream, at: int) -> tuple[Day, int] | None:
    """[early|end of|…] next week | the week after next | the week after <day> | the week of <day> | this week | the week after"""
    i = at
    part = ""
    j = skip(stream, i, "the", "very")
    if j < len(stream) and stream[j].text in PARTS:
        part = PARTS[stream[j].text]
        i = skip(stream, j + 1, "of", "in", "the", "part", "-", "to")
    else:
        i = skip(stream, i, "the")
    if kind(stream, i) == ORD and word(stream, i + 1, "half", "part") and word(stream, i + 2, "of"):
        part = "mid" if stream[i].text == "first" else "late"
        i = skip(stream, i + 3, "the")
    if (
        i < len(stream)
        and stream[i].text in ("next", "this", "following", "coming", "last", "that", "same")
        and word(stream, i + 1, "week", "wk")
    ):
        offset = {"next": 1, "following": 1, "coming": 1, "last": -1}.get(stream[i].text, 0)
        mode = "that" if stream[i].text in ("that", "same") else "plain"
        i += 2
        return Day("week", *spanning(stream, at, i), offset=offset, part=part, mode=mode), i
    if part and word(stream, i, "week") and not word(stream, i + 1, "after", "of", "commencing"):
        return Day("week", *spanning(stream, at, i + 1), offset=0, part=part), i + 1
    if word(stream, i, "week", "wk"):
        if word(stream, i + 1, "after"):
            if word(stream, i + 2, "next"):
                return Day("week", *spanning(stream, at, i + 3), offset=2, part=part), i + 3
            below = try_forms(stream, i + 2, DATED_FORMS)
            if below:
                return Day("week", *spanning(stream, at, below[1]), offset=1, part=part, of=below[0]), below[1]
            if word(stream, i + 2, "that", "this"):
                return Day(
                    "week", *spanning(stream, at, i + 3), offset=2 if stream[i + 2].text == "that" else 1, part=part
                ), i + 3
            if word(stream, i + 2, "the", "your", "our") and word(
                stream, i + 3, "interview", "meeting", "talk", "panel", "conversation", "call", "chat", "visit"
            ):
                return Day("week", *spanning(stream, at, i + 4), offset=1, part=part, from_interview=True), i + 4
            return None
        if word(stream, i + 1, "of", "commencing", "beginning", "starting", "from", "w/c", "ending"):
            below = try_forms(stream, skip(stream, i + 2, "the"), DATED_FORMS) or try_forms(stream, i + 2, DATED_FORMS)
            if below:
                return Day("week", *spanning(stream, at, below[1]), offset=0, part=part, of=below[0]), below[1]
    return None


def calendar_week(stream: Stream, at: int) -> tuple[Day, int] | None:
    """calendar week 39 | KW 39 | wk 39"""
    i = (
        at + 2
        if word(stream, at, "calendar") and word(stream, at + 1, "week")
        else at + 1
        if word(stream, at, "kw", "cw")
        else 0
    )
    if i and kind(stream, i) == NUM and 1 <= int(str(stream[i].value)) <= 53:
        return Day("iso_week", *spanning(stream, at, i + 1), number=int(str(stream[i].value))), i + 1
    return None


def month_span(stream: Stream, at: int) -> tuple[Day, int] | None:
    """mid-December | early in March | the end of the month | end of next month | first week of May | by the month's end | in May"""
    i = skip(stream, at, "the", "very")
    part, week = "", 0
    if i < len(stream) and stream[i].text in PARTS and not word(stream, i + 1, "enough", "stage"):
        part = PARTS[stream[i].text]
        i = skip(stream, i + 1, "of", "in", "the", "part", "-", "to", "a")
    elif kind(stream, i) == ORD and word(stream, i + 1, "week", "half", "days", "part", "working"):
        week = int(str(stream[i].value)) if word(stream, i + 1, "week") else 0
        part = "" if week else ("mid" if stream[i].text in ("first", "1st") else "late")
        if not week and not word(stream, i + 1, "half"):
            part = "early"
        i = skip(stream, i + 2, "of", "in", "the")
    elif word(stream, i, "last") and word(stream, i + 1, "week", "days", "day") and word(stream, i + 2, "of", "in"):
        week = 5 if word(stream, i + 1, "week") else 0
        part = "" if week else "late"
        i = skip(stream, i + 3, "the")
    mode = ""
    if word(stream, i, "this", "next", "following", "coming") and word(stream, i + 1, "month"):
        mode = stream[i].text
        offset = 0 if mode == "this" else 1
        return Day("month", *spanning(stream, at, i + 2), offset=offset, part=part, number=week), i + 2
    if (part or week) and word(stream, i, "month", "month's"):
        return Day("month", *spanning(stream, at, i + 1), offset=0, part=part, number=week), i + 1
    if word(stream, i, "month") and word(stream, i + 1, "is") and word(stream, i + 2, "out", "over", "up") and not part:
        return Day("month", *spanning(stream, at, i + 3), offset=0, part="late"), i + 3  # "before the month is out"
    if word(stream, i, "month") and word(stream, i + 1, "end", "-end") and not part:
        return Day("month", *spanning(stream, at, i + 2), offset=0, part="late"), i + 2
    if word(stream, i, "month-end", "monthend"):
        return Day("month", *spanning(stream, at, i + 1), offset=0, part="late"), i + 1
    dated = kind(stream, i + 1) in (ORD, NUM) and not word(stream, i - 1, "of")  # "you start July 6"
    return whole_month(stream, at, i, part, week) if kind(stream, i) == MON and not (part and dated) else None


def whole_month(stream: Stream, at: int, i: int, part: str = "", week: int = 0) -> tuple[Day, int] | None:
    """The month named at i, perhaps with its year, or a part of it that is named from `at` on."""
    year, after = None, i + 1
    if kind(stream, after) == YEAR:
        year, after = int(str(stream[after].value)), after + 1
    month = int(str(stream[i].value))
    made = Day("month", *spanning(stream, at, after), month=month, year=year, part=part, number=week)
    named = stream[i].capital and not word(stream, after, "fool", "fools", "fool's", "fools'", "showers")
    return (made, after) if part or week or named else None


def counted(stream: Stream, at: int) -> tuple[Day, int] | None:
    """two weeks | one to two weeks | 1-2 weeks | a couple of weeks | a few days | 5 business days | a fortnight | the next ten days"""
    i = skip(
        stream, at, "the", "about", "around", "roughly", "approximately", "another", "just", "only", "some", "maybe"
    )
    if word(stream, i, "next", "coming", "following"):
        i += 1
    low = count = number(stream, i)
    if count is not None:
        i += 1
        if word(stream, i, "(") and word(stream, i + 2, ")") and number(stream, i + 1) == count:
            i += 3  # "within five (5) business days", as offices write it
        if word(stream, i, "to", "-", "–", "—", "or", "and", "/") and number(stream, i + 1) is not None:
            high = number(stream, i + 1)
            if high is not None and high >= (low or 0):
                count, i = high, i + 2
        if count == 1 and i < len(stream) and stream[i].text in FEW:
            count, i = FEW[stream[i].text], skip(stream, i + 1, "of", "more")
            return unit_of(stream, at, i, count, few=any(t.text in ("few", "several") for t in stream[at:i]))
        if count == 1 and word(stream, i, "fortnight"):
            return a_fortnight(stream, at, i + 1)
    elif i < len(stream) and stream[i].text in FEW:
        count, i = FEW[stream[i].text], skip(stream, i + 1, "of", "more")
        return unit_of(stream, at, i, count, few=any(t.text in ("few", "several") for t in stream[at:i]))
    elif word(stream, i, "fortnight"):
        return a_fortnight(stream, at, i + 1)
    elif i > at and word(stream, i, "days", "weeks") and word(stream, i - 1, "coming", "next", "following"):
        return unit_of(stream, at, i, 3, few=True)
    if count is None:
        return None
    i = skip(stream, i, "or", "so", "more", "full")
    if word(stream, i, "week") and word(stream, i + 1, "on", "from") and kind(stream, i + 2) == WD:
        return None
    return unit_of(stream, at, i, count)


def a_fortnight(stream: Stream, at: int, after: int) -> tuple[Day, int]:
    after += 2 * (word(stream, after, "from") and word(stream, after + 1, *FROM_NOW))
    return Day("count", *spanning(stream, at, after), number=2, unit="weeks", text="fortnight"), after


def unit_of(stream: Stream, at: int, i: int, count: int, few: bool = False) -> tuple[Day, int] | None:
    business = word(stream, i, *BUSINESS) and word(stream, i + 1, "days", "day")
    i += business
    if (
        i >= len(stream)
        or stream[i].text.rstrip("'s") + ("s" if stream[i].text.startswith(("day", "week", "month")) else "")
        not in UNITS
        and stream[i].text.rstrip("'") not in UNITS
    ):
        return None
    raw = stream[i].text.rstrip("'").removesuffix("'s").removesuffix("s'")
    unit = UNITS.get(raw) or UNITS.get(raw + "s")
    if unit is None or unit == "weekend":
        return None
    after = i + 1
    if unit == "fortnight":
        count, unit = count * 2, "weeks"
    unit = "business" if business else unit
    after = skip(stream, after, "'", "time") if word(stream, after, "time") else after
    anchored = word(stream, after, "after", "of", "from", "following") and interview_follows(stream, after + 1)
    if anchored:
        after += 3
    elif word(stream, after, "from") and word(stream, after + 1, *FROM_NOW):
        after += 2
    elif word(stream, after, "before") and lasts(stream, at - 1) and word(stream, after + 1, *WHO_WAITS):
        pass  # "it will be a couple of weeks before you hear"
    elif word(stream, after, "ago", "earlier", "before", "old", "notice"):
        count = -count
        after += 1
    elif word(stream, after, "or") and (number(stream, after + 1) or 0) > count:  # "in a week or two"
        count, after = number(stream, after + 1) or count, after + 2
    text = "few" if few else ""
    return Day(
        "count",
        *spanning(stream, at, min(after, len(stream))),
        number=count,
        unit=unit,
        text=text,
        from_interview=anchored,
    ), min(after, len(stream))


def lasts(stream: Stream, at: int) -> bool:
    """Does what stands here say how long something lasts: "it takes now", "it will be"?"""
    at -= at > 0 and word(stream, at, "now", "still", "then")
    return at >= 0 and word(stream, at, *LASTS)


FROM_NOW = ("today", "now", "here")
LASTS = "be is take takes least about another".split()
WHO_WAITS = "you i we they he she it there any anyone anybody anything someone".split()
MEETING = "interview meeting talk conversation visit call panel chat session presentation tryout trial".split()


def interview_follows(stream: Stream, i: int) -> bool:
    return (
        word(stream, i, "your", "their", "each", "the", "our", "that", "this")
        and word(stream, i + 1, *MEETING)
        or word(stream, i, "we", "you")
        and word(stream, i + 1, "meet", "speak", "talk", "visit", "come")
    )


DATED_FORMS: tuple[Form, ...] = (iso_date, numeric_date, full_date, weekday_alone)
