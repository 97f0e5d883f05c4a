"""Words -> days, times of day, durations and zones as people write them in English. No day is resolved here.

One pass cuts a sentence into tokens that can belong to a date; small functions then try each form at each place, the
longest first. What comes out is a description ("Tuesday of next week", "the 12th", "2 pm to 3"); `days` says which day it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from agent.core.read.zones import ZONE_PATTERN, zone_named

WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
# Whole names in the languages that English mail is most often mixed with ("le vendredi 25 septembre").
WEEKDAYS |= {
    name: n
    for n, names in enumerate(
        (
            "lundi montag lunes lunedì segunda-feira maandag",
            "mardi dienstag martes martedì terça-feira dinsdag",
            "mercredi mittwoch miércoles mercoledì quarta-feira woensdag",
            "jeudi donnerstag jueves giovedì quinta-feira donderdag",
            "vendredi freitag viernes venerdì sexta-feira vrijdag",
            "samedi samstag sábado sabato zaterdag",
            "dimanche sonntag domingo domenica zondag",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTHS |= {
    name: n
    for n, names in enumerate(
        (
            "janvier januar enero gennaio janeiro januari",
            "février februar febrero febbraio fevereiro februari",
            "mars märz marzo março maart",
            "avril abril aprile",
            "mai mayo maggio maio mei",
            "juin juni junio giugno junho",
            "juillet juli julio luglio julho",
            "août agosto augustus",
            "septembre septiembre settembre setembro",
            "octobre oktober octubre ottobre outubro",
            "novembre noviembre novembro",
            "décembre dezember diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
CARDINALS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fortyfive": 45,
    "fifty": 50,
    "sixty": 60,
    "seventy-five": 75,
    "ninety": 90,
    "twenty-five": 25,
    "thirty-five": 35,
    "fifty-five": 55,
}
ORDINALS = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        1,
    )
}

WD, MON, ORD, NUM, TIME, ISO, NUMERIC, WORD, PUNCT, ZONE, YEAR = range(11)


class Token(NamedTuple):
    kind: int
    text: str
    value: object
    start: int
    end: int
    capital: bool


TOKEN = re.compile(
    rf"""
      (?P<iso>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b)
    | (?P<time>\b(?:[01]?\d|2[0-3])(?:[:h.](?:[0-5]\d)|\sh\s?[0-5]\d\b|\s?hs?(?=\s|$|[,.;?)]))(?:\s?(?:[ap]\.?\s?m\b\.?|[ap]\b|hrs?\b|hs?\b|uhr\b|o'?clock))?(?!\d)(?![./]\d)
              |\b(?:1[0-2]|0?\d)\s?(?:[ap]\.?m\b\.?|[ap]\b(?![.'’]\w)|o'?\s?clock|o’clock|[ap]\.\s?m\.)
              |\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs?|hours|h|uhr)\b
              |\b(?:noon|midday|midnight)\b)
    | (?P<numeric>\b[0-3]?\d[/][01]?\d(?:[/](?:20)?\d\d)?\b(?!/)|\b[01]?\d[/][0-3]?\d(?:[/](?:20)?\d\d)?\b(?!/)|\b[0-3]?\d(?P<dash>[.-])[01]?\d(?P=dash)(?:20)?\d\d\b|\b[0-3]?\d\.[01]\d?\.(?=\s|$|,))
    | (?P<zone>{ZONE_PATTERN})
    | (?P<ord>\b[0-3]?\d\s?(?:st|nd|rd|th)\b)
    | (?P<year>\b20[0-9]{{2}}\b)
    | (?P<num>\b\d{{1,3}}\b(?![.:]\d))
    | (?P<word>[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*(?:-[A-Za-zÀ-ÿ]+)*)
    | (?P<punct>[,;:()/&–—\-+.!?⋅·@|])
    """,
    re.X | re.I,
)
KIND_OF = {
    "iso": ISO,
    "time": TIME,
    "numeric": NUMERIC,
    "zone": ZONE,
    "ord": ORD,
    "year": YEAR,
    "num": NUM,
    "word": WORD,
    "punct": PUNCT,
}
# Words that are weekdays or months only with a capital or beside a number ("sat down", "may I", "march on").
DOUBTFUL = frozenset(
    [
        "sat",
        "sun",
        "mon",
        "wed",
        "fri",
        "tue",
        "mar",
        "may",
        "march",
        "jan",
        "dec",
        "mars",
        "mai",
        "mei",
        "juni",
        "juli",
    ]
)
HAS_MOMENT = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun|to-?day|tonight|tomorrow|yesterday|week|weeks|month|months|day|days|fortnight|noon|midday|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|year|holiday|christmas|easter|weekend|o'?clock|hour|hours|minutes|past|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))",
    re.I,
)
AHEAD_OF_MAY = re.compile(r"\b(?:in|of|mid|early|late|by|until|till|this|next|end|during|before|after)[\s-]+$", re.I)
MOST_TOKENS = 400


def tokens(text: str) -> list[Token]:
    out: list[Token] = []
    for match in TOKEN.finditer(text):
        group = "numeric" if match.lastgroup == "dash" else match.lastgroup or "word"
        kind = KIND_OF[group]
        raw = match.group()
        lower = raw.lower().replace("’", "'")
        value: object = None
        if kind == WORD:
            bare = lower.removesuffix("'s").rstrip("'")
            hyphen = bare.split("-")[-1] if "-" in bare else bare
            if bare in WEEKDAYS and (raw[0].isupper() or bare not in DOUBTFUL or number_near(text, match)):
                kind, value = WD, WEEKDAYS[bare]
            elif bare in MONTHS and (
                raw[0].isupper()
                and bare != "may"
                or bare not in DOUBTFUL
                or number_near(text, match)
                or bare == "may"
                and AHEAD_OF_MAY.search(text, max(0, match.start() - 12), match.start())
            ):
                kind, value = MON, MONTHS[bare]
            elif bare in ORDINALS:
                kind, value = ORD, ORDINALS[bare]
            elif hyphen in MONTHS and bare.split("-")[0] in PARTS:  # "mid-December"
                out.append(Token(WORD, bare.split("-")[0], None, match.start(), match.start() + 3, raw[0].isupper()))
                kind, value, lower = MON, MONTHS[hyphen], hyphen
        elif kind == TIME and out and dotted_date(out, raw, text[match.end() : match.end() + 14]):
            kind = NUMERIC
        elif kind == ORD:
            value = int(re.match(r"\d+", raw).group())  # type: ignore[union-attr]
            if not 1 <= value <= 31:
                kind, value = NUM, value
        elif kind in (NUM, YEAR):
            value = int(raw)
        out.append(Token(kind, lower, value, match.start(), match.end(), raw[:1].isupper()))
        if len(out) >= MOST_TOKENS:
            break
    return out


def dotted_date(before: list[Token], raw: str, after: str) -> bool:
    """Is "1.11" behind a weekday a date? It is where an hour follows, or where nobody would meet at such a minute."""
    match = re.fullmatch(r"(\d{1,2})\.(\d\d)", raw)
    if not match or not 1 <= int(match.group(2)) <= 12 or not 1 <= int(match.group(1)) <= 31:
        return False
    i = len(before) - 1
    while i >= 0 and before[i].text in (",", "the", "(", "."):
        i -= 1
    dated = i >= 0 and (
        before[i].kind == WD or before[i].text in ("by", "until", "till", "on", "am", "bis", "vom", "den")
    )
    hour_follows = bool(re.match(r"\.?[\s,]*(?:at |um |kl\.? |@ ?)?\d{1,2}(?:[:h.]\d\d|\s?[ap]m|h)", after, re.I))
    return dated and (hour_follows or int(match.group(2)) % 5 != 0)


def number_near(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 7) : match.start()], text[match.end() : match.end() + 7]
    return bool(re.search(r"\d(st|nd|rd|th)?\s*(of\s*)?[,]?\s*$", before) or re.match(r"\.?,?\s*(the\s*)?\d", after))


# -------------------------------------------------------------------------------------------------- what is described

PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "begin": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
    "back": "late",
}
NEXT_WORDS = {
    "next": "next",
    "following": "next",
    "coming": "coming",
    "this": "this",
    "last": "last",
    "past": "last",
    "previous": "last",
    "upcoming": "coming",
}
FEW = {"few": 3, "couple": 2, "several": 3}


@dataclass(frozen=True, slots=True)
class Day:
    """A day or span as described.

    `form`: date | weekday | relative | week | iso_week | month | count | new_year | holiday | weekend | feast.
    Other fields as the form needs: `day`/`month`/`year`, `weekday` with `mode` (plain this next coming last week fortnight),
    `part` (early mid late), `offset` (of weeks, months or days), `count`/`unit` (days, business, weeks, months), `of` (another Day).
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
    count: int = 0
    unit: str = ""
    text: str = ""
    of: Day | None = None
    numeric: bool = False
    from_interview: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, perhaps with its end: minutes after midnight. `sure`: written with am/pm, o'clock, minutes or "at"."""

    start: int
    end: int
    minute: int
    until: int | None = None
    zone: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """A duration in minutes."""

    start: int
    end: int
    minutes: int


class Found(NamedTuple):
    days: list[Day]
    clocks: list[Clock]
    lengths: list[Length]


def find(text: str) -> Found:
    """All days, times and durations of a sentence, in order, none overlapping another of its sort."""
    if not HAS_MOMENT.search(text):
        return Found([], [], [])
    stream = tokens(text)
    days: list[Day] = []
    clocks: list[Clock] = []
    lengths: list[Length] = []
    at = 0
    while at < len(stream):
        made = try_forms(stream, at, DAY_FORMS)
        if made:
            day, after = made
            days.append(day)
            at = after
            continue
        long = length_at(stream, at)
        if long:
            lengths.append(long[0])
            at = long[1]
            continue
        time = clock_at(stream, at)
        if time:
            clocks.append(time[0])
            at = more_hours(stream, time[1], clocks)
            continue
        at += 1
    return Found(days, clocks, lengths)


Stream = list[Token]
Form = Callable[[Stream, int], "tuple[Day, int] | None"]


def try_forms(stream: Stream, at: int, forms: tuple[Form, ...]) -> tuple[Day, int] | None:
    for form in forms:
        made = form(stream, at)
        if made:
            return made
    return None


def word(stream: Stream, at: int, *words: str) -> bool:
    return at < len(stream) and stream[at].text in words


def kind(stream: Stream, at: int) -> int:
    return stream[at].kind if at < len(stream) else -1


def skip(stream: Stream, at: int, *words: str) -> int:
    while at < len(stream) and stream[at].text in words:
        at += 1
    return at


def number(stream: Stream, at: int) -> int | None:
    """A count in digits or words at this place."""
    if at >= len(stream):
        return None
    token = stream[at]
    if token.kind == NUM:
        return int(str(token.value))
    return CARDINALS.get(token.text) if token.kind == WORD else None


def spanning(stream: Stream, at: int, after: int) -> tuple[int, int]:
    return stream[at].start, stream[after - 1].end


# ------------------------------------------------------------------------------------------------------- day forms


def iso_date(stream: Stream, at: int) -> tuple[Day, int] | None:
    if kind(stream, at) != ISO:
        return None
    year, month, day = map(int, stream[at].text.split("-"))
    return Day("date", *spanning(stream, at, at + 1), day=day, month=month, year=year), at + 1


def full_date(stream: Stream, at: int) -> tuple[Day, int] | None:
    """[weekday] [the] 12[th] [of] February [2026] [(Friday)] | [weekday] February 12[th] [, 2026] | [weekday] the 12th | Tuesday 14"""
    weekday = None
    i = at
    if kind(stream, i) == WD:
        weekday = int(str(stream[i].value))
        i = skip(stream, i + 1, ",", "the", "morning", "afternoon", "evening", ".", "-", "–", "(", ";")
        if i > at + 4:
            return None
    elif word(stream, i, "the"):
        i += 1
        if kind(stream, i) == WD:
            weekday = int(str(stream[i].value))
            i = skip(stream, i + 1, ",", "the")
    day = month = year = None
    if kind(stream, i) in (ORD, NUM) and in_month(stream[i]):
        j = skip(stream, i + 1, "of", ".", "day")
        if kind(stream, j) == MON:
            day, month, i = int(str(stream[i].value)), int(str(stream[j].value)), j + 1
        elif (
            (
                kind(stream, i) == ORD
                and stream[i].text[0].isdigit()
                and not word(
                    stream,
                    i + 1,
                    "floor",
                    "round",
                    "interview",
                    "year",
                    "of",
                    "street",
                    "st",
                    "avenue",
                    "stage",
                    "place",
                    "level",
                    "birthday",
                    "place",
                    "edition",
                    "grade",
                    "class",
                    "century",
                    "degree",
                )
            )
            or kind(stream, i) == ORD
            and weekday is not None
            or (
                weekday is not None
                and kind(stream, i) == NUM
                and not word(
                    stream, i + 1, "am", "pm", "to", "min", "minutes", "mins", "people", "hours", "hour", ":", "-", "–"
                )
                and stream[i - 1].text not in ("(",)
                and not at_clock(stream, i)
            )
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
    if month is not None and kind(stream, j) == YEAR:
        year, i = int(str(stream[j].value)), j + 1
    j = skip(stream, i, ",", "(", "a")
    if weekday is None and j > i and kind(stream, j) == WD:
        weekday, i = int(str(stream[j].value)), j + 1
        if word(stream, i, ")"):
            i += 1
    return Day("date", *spanning(stream, at, i), day=day, month=month, year=year, weekday=weekday), i


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
        i += 1
    if (
        kind(stream, i) != WD
        or word(stream, i - 1, "a", "every", "any", "each", "some", "most", "all")
        and i > 0
        or stream[i].text.endswith("days")
    ):
        return None
    weekday = int(str(stream[i].value))
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
    if (
        word(stream, at, "the")
        and word(stream, at + 1, "day")
        and word(stream, at + 2, "after")
        and word(stream, at + 3, "tomorrow")
    ):
        return Day("relative", *spanning(stream, at, at + 4), offset=2), at + 4
    if word(stream, at, "day") and word(stream, at + 1, "after") and word(stream, at + 2, "tomorrow"):
        return Day("relative", *spanning(stream, at, at + 3), offset=2), at + 3
    offsets = {"today": 0, "to-day": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmw": 1, "tomorow": 1, "yesterday": -1}
    if at < len(stream) and stream[at].text in offsets:
        return Day("relative", *spanning(stream, at, at + 1), offset=offsets[stream[at].text]), at + 1
    if word(stream, at, "this") and word(stream, at + 1, "morning", "afternoon", "evening"):
        return Day("relative", *spanning(stream, at, at + 2), offset=0), at + 2
    return None


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
        and stream[i].text in ("next", "this", "following", "coming", "last")
        and word(stream, i + 1, "week", "wk")
    ):
        offset = {"next": 1, "following": 1, "coming": 1, "this": 0, "last": -1}[stream[i].text]
        i += 2
        return Day("week", *spanning(stream, at, i), offset=offset, part=part), i
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
        return Day("iso_week", *spanning(stream, at, i + 1), count=int(str(stream[i].value))), i + 1
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
        return Day("month", *spanning(stream, at, i + 2), offset=offset, part=part, count=week), i + 2
    if (part or week) and word(stream, i, "month", "month's"):
        return Day("month", *spanning(stream, at, i + 1), offset=0, part=part, count=week), i + 1
    if word(stream, i, "month") and word(stream, i + 1, "end", "-end") and not part:
        return Day("month", *spanning(stream, at, i + 2), offset=0, part="late"), i + 2
    if word(stream, i, "month-end", "monthend"):
        return Day("month", *spanning(stream, at, i + 1), offset=0, part="late"), i + 1
    if kind(stream, i) == MON:
        year, after = None, i + 1
        if kind(stream, after) == YEAR:
            year, after = int(str(stream[after].value)), after + 1
        if part or week or stream[i].capital:
            return Day(
                "month", *spanning(stream, at, after), month=int(str(stream[i].value)), year=year, part=part, count=week
            ), after
    return None


UNITS = {
    "day": "days",
    "days": "days",
    "week": "weeks",
    "weeks": "weeks",
    "wk": "weeks",
    "wks": "weeks",
    "month": "months",
    "months": "months",
    "fortnight": "fortnight",
    "weekend": "weekend",
}
BUSINESS = ("business", "working", "work", "office", "bank", "week")


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
        if word(stream, i, "to", "-", "–", "—", "or", "and", "/") and number(stream, i + 1) is not None:
            high = number(stream, i + 1)
            if high is not None and high >= (low or 0):
                count, i = high, i + 2
        if count == 1 and i < len(stream) and stream[i].text in FEW:
            count, i = FEW[stream[i].text], skip(stream, i + 1, "of", "more")
            return unit_of(
                stream,
                at,
                i,
                count,
                few=stream[i - 1].text in ("few", "several") or any(t.text in ("few", "several") for t in stream[at:i]),
            )
        if count == 1 and word(stream, i, "fortnight"):
            return Day("count", *spanning(stream, at, i + 1), count=2, unit="weeks", text="fortnight"), i + 1
    elif i < len(stream) and stream[i].text in FEW:
        count, i = FEW[stream[i].text], skip(stream, i + 1, "of", "more")
        return unit_of(stream, at, i, count, few=any(t.text in ("few", "several") for t in stream[at:i]))
    elif word(stream, i, "fortnight"):
        return Day("count", *spanning(stream, at, i + 1), count=2, unit="weeks", text="fortnight"), i + 1
    elif i > at and word(stream, i, "days", "weeks") and word(stream, i - 1, "coming", "next", "following"):
        return unit_of(stream, at, i, 3, few=True)
    if count is None:
        return None
    i = skip(stream, i, "or", "so", "more", "full")
    if word(stream, i, "week") and word(stream, i + 1, "on", "from") and kind(stream, i + 2) == WD:
        return None
    return unit_of(stream, at, i, count)


def unit_of(stream: Stream, at: int, i: int, count: int, few: bool = False) -> tuple[Day, int] | None:
    business = word(stream, i, *BUSINESS) and word(stream, i + 1, "days", "day")
    if business:
        i += 1
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
    if business:
        unit = "business"
    after_time = skip(stream, after, "'", "time")
    if word(stream, after, "time"):
        after = after_time
    anchored = word(stream, after, "after", "of", "from", "following") and interview_follows(stream, after + 1)
    if anchored:
        after += 3
    elif word(stream, after, "ago", "earlier", "before", "old", "notice"):
        count = -count
        after += 1
    text = "few" if few else ""
    return Day(
        "count",
        *spanning(stream, at, min(after, len(stream))),
        count=count,
        unit=unit,
        text=text,
        from_interview=anchored,
    ), min(after, len(stream))


def interview_follows(stream: Stream, i: int) -> bool:
    meeting = (
        "interview",
        "meeting",
        "talk",
        "conversation",
        "visit",
        "call",
        "panel",
        "chat",
        "session",
        "presentation",
        "tryout",
        "trial",
    )
    return (
        word(stream, i, "your", "the", "our", "that", "this")
        and word(stream, i + 1, *meeting)
        or word(stream, i, "we", "you")
        and word(stream, i + 1, "meet", "speak", "talk", "visit", "come")
    )


def special(stream: Stream, at: int) -> tuple[Day, int] | None:
    """the new year | after the bank holiday | before/over/after the weekend | Christmas"""
    i = skip(stream, at, "the", "this", "coming", "next", "long")
    if word(stream, i, "new") and word(stream, i + 1, "year") and not word(stream, i + 2, "s", "'s"):
        return Day("new_year", *spanning(stream, at, i + 2)), i + 2
    if word(stream, at, "the") or word(stream, i, "bank", "public"):
        for far in range(i, min(i + 5, len(stream))):
            if (
                word(stream, far, "holiday", "holidays")
                and word(stream, at - 1, "after", "following", "past")
                and at > 0
            ):
                name = " ".join(t.text for t in stream[i:far])
                return Day("holiday", *spanning(stream, at, far + 1), text=name), far + 1
            if kind(stream, far) != WORD:
                break
    if word(stream, i, "weekend"):
        return Day("weekend", *spanning(stream, at, i + 1), offset=1 if word(stream, i - 1, "next") else 0), i + 1
    if word(stream, i, "christmas", "xmas") and not word(stream, i + 1, "party", "card", "lunch", "dinner", "market"):
        return Day("feast", *spanning(stream, at, i + 1), day=25, month=12), i + 1
    return None


DATED_FORMS: tuple[Form, ...] = (iso_date, numeric_date, full_date, weekday_alone)
DAY_FORMS: tuple[Form, ...] = (
    iso_date,
    numeric_date,
    full_date,
    calendar_week,
    week_span,
    counted,
    month_span,
    weekday_alone,
    relative_day,
    special,
)


# ------------------------------------------------------------------------------------------------- times and lengths


def clock_at(stream: Stream, at: int) -> tuple[Clock, int] | None:
    """2 pm | 14:00 | 9.30 | 14h30 | half past two | half two | quarter to four | at eleven | from 2 to 3 pm | 10-11am"""
    begin = point(stream, at)
    if begin is None:
        return None
    minute, meridiem, sure, i = begin
    until: int | None = None
    j = i
    if word(stream, j, "to", "-", "–", "—", "until", "till", "til", "and"):
        ahead = point(stream, j + 1, lax=sure or stream[j].text in ("-", "–", "—", "to", "until", "till"))
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


def written_24h(token: Token) -> bool:
    return bool(re.match(r"(0\d|1[3-9]|2\d)[:.h]?\d*", token.text)) or "hrs" in token.text


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
        made = written_time(token.text)
        if (
            made is None
            or "." in token.text
            and word(stream, at + 1, "an", "per", "euro", "euros", "gross", "/", "k", "m", "million", "km", "kg")
            and not made[1]
        ):
            return None
        i = at + 1
        made = (*named_half(stream, i, made[0], made[1]), True)
        return made[0], made[1], True, skip_half(stream, i)
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
            word(stream, i, "past", "to")
            and (hour := number(stream, i + 1)) is not None
            and 1 <= hour <= 12
            and stream[i + 1].text not in ("a", "an")
        ):
            return half_of(stream, i + 2, hour * 60 + (shift if stream[i].text == "past" else -shift))
    hour = number(stream, at)
    if hour is None or token.text in ("a", "an") or not 1 <= hour <= 24:
        return None
    clocked = word(stream, at + 1, "o'clock", "oclock", "sharp", "o’clock") or (
        word(stream, at + 1, "o") and word(stream, at + 2, "clock")
    )
    before = stream[at - 1].text if at else ""
    if before == "." and at > 1 and stream[at - 2].text == "kl":
        before = "kl"
    hour_words = before in ("at", "@", "from", "until", "till", "around", "about", "for", "by", "kl") or clocked
    followed = word(
        stream,
        at + 1,
        "minutes",
        "min",
        "mins",
        "hours",
        "hour",
        "people",
        "of",
        "years",
        "year",
        "candidates",
        "weeks",
        "days",
        "months",
        "others",
        "rounds",
        "%",
        "more",
        "and",
        "or",
        "other",
        "persons",
        "colleagues",
        "euro",
        "dollars",
        "our",
        "the",
    )
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
    if range_follows(stream, at) and before in ("", ",", "from", "between") and not followed:
        return half_of(stream, at + 1, hour * 60)
    if (
        after_day(stream, at)
        and word(stream, at + 1, "-", "–", "to")
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
    """Does "2 to 3 pm", "10-11am" start here?"""
    if not word(stream, at + 1, "to", "-", "–", "until", "till") or at + 2 >= len(stream):
        return False
    ahead = stream[at + 2]
    return ahead.kind == TIME


def named_day_part(stream: Stream, i: int) -> str:
    """ "in the morning", "this afternoon", "tonight" just after an hour."""
    j = skip(stream, i, "in", "the", "this", "that", "on")
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
    return skip(stream, i, "in", "the", "this", "that", "on", part) if part else i


def written_time(text: str) -> tuple[int, str] | None:
    if text in ("noon", "midday"):
        return 720, "pm"
    if text == "midnight":
        return 0, "am"
    match = re.match(r"(\d{1,2})(?:\s?[:h.]\s?(\d\d))?(\d\d)?", text)
    if match is None:
        return None
    hour, minutes = int(match.group(1)), int(match.group(2) or match.group(3) or 0)
    rest = re.sub(r"[^a-z]", "", text[match.end() :].replace("o'clock", "").replace("oclock", ""))
    meridiem = "am" if rest.startswith("a") else "pm" if rest.startswith("p") else ""
    if hour > 24 or minutes > 59 or (meridiem and not 1 <= hour <= 12):
        return (hour * 60 + minutes, "pm") if meridiem and 13 <= hour < 24 and minutes <= 59 else None
    if meridiem:
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    return hour * 60 + minutes, meridiem


def zone_after(stream: Stream, i: int) -> tuple[str, int]:
    """A zone right behind a time, perhaps in brackets; "(" and ")" are taken with it."""
    j = skip(stream, i, "(", ",", "hrs", "local")
    if kind(stream, j) == ZONE and zone_named(stream[j].text):
        after = j + 1
        return stream[j].text, after + 1 if word(stream, after, ")") else after
    return "", i


def length_at(stream: Stream, at: int) -> tuple[Length, int] | None:
    """an hour | 45 minutes | one and a half hours | half an hour | three quarters of an hour | an hour and a half | 90-minute | 1h30"""
    token = stream[at]
    if token.text == "half" and word(stream, at + 1, "an", "a") and word(stream, at + 2, "hour"):
        return Length(*spanning(stream, at, at + 3), minutes=30), at + 3
    if token.text == "half-hour" or token.text == "half" and word(stream, at + 1, "hour"):
        after = at + (1 if token.text == "half-hour" else 2)
        return Length(*spanning(stream, at, after), minutes=30), after
    quarters = {"three": 45, "3": 45, "two": 30}
    if token.text in quarters and word(stream, at + 1, "quarters", "quarter") and word(stream, at + 2, "of"):
        after = skip(stream, at + 3, "an", "hour")
        return Length(*spanning(stream, at, after), minutes=quarters[token.text]), after
    count = number(stream, at)
    joined = re.fullmatch(r"(\w+)-(minute|min|hour)s?", token.text)
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
    if (
        word(
            stream,
            i + 1,
            "behind",
            "ahead",
            "ago",
            "away",
            "notice",
            "before",
            "drive",
            "walk",
            "early",
            "earlier",
            "later",
            "late",
            "difference",
            "from",
            "apart",
            "journey",
            "ride",
            "wage",
            "a",
            "prior",
            "beforehand",
        )
        or word(stream, i + 1, "in")
        and word(stream, i + 2, "advance")
    ):
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
