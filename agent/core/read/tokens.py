"""A sentence -> the tokens that can belong to a date or a time, in one pass. Nothing is understood here."""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.core.read.letters import small
from agent.core.read.lexicon import CARDINALS, DOUBTFUL, MONTHS, ORDINALS, PARTS, WEEKDAYS
from agent.core.read.zones import BY_FIRST_WORD, ZONE_STARTS, zone_at

WD, MON, ORD, NUM, TIME, ISO, NUMERIC, WORD, PUNCT, ZONE_NAME, YEAR = range(11)
MOST_TOKENS = 400


class Token(NamedTuple):
    kind: int
    text: str
    value: object
    start: int
    end: int
    capital: bool  # asked of months alone


WORDS = r"[a-z×ß-ÿ][a-z×ß-ÿ'’]*(?:-[a-z×ß-ÿ]+)*"
# Of a text in small letters. Words with nothing but a blank between them are found at once, and parted later.
TOKEN = re.compile(
    rf"(?P<words>{WORDS}(?:[ ]{WORDS})*)"
    r"""
    | (?=\d)(?:
        (?P<iso>\b(?:19|20)\d\d(?P<sign>[-./])[01]?\d(?P=sign)[0-3]?\d\b)
      | (?P<time>(?<![£€$])\b(?:[01]?\d|2[0-3])(?:[:h.](?:[0-5]\d)|\sh\s?[0-5]\d\b|\s?hs?(?=\s|$|[,.;?)\-–])|(?<=\d\d)u(?=\s|$|[,.;?)\-–]))(?:\s?(?:[ap]\.?\s?m\b\.?|[ap]\b|hrs?\b|hs?\b|uhr\b|o'?clock))?(?!\d)(?![./]\d|\s?%)
                |\b(?:1[0-2]|0?\d)\s?(?:[ap]\.?m\b\.?|[ap]\b(?![.'’]\w)|o'?\s?clock|o’clock|[ap]\.\s?m\.)
                |(?<![\d+/.£$€-])\b(?:1[0-2]|[1-9])[0-5]\d(?:\s?[ap]\.?m\b|(?=\sin\sthe\s(?:morning|afternoon|evening)))
                |\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs?|hours|h|uhr)\b
                |\b(?:[01]?\d|2[0-3])\suhr\b
                |(?<=\bat\s)(?:0?[7-9]|1\d|2[0-3])\s(?:hours|hrs)\b
                |(?<![\d+/.-])\b0[6-9][0-5]\d\b(?![\s./-]?\d{2})
                |(?:(?<=day,\s)|(?<=(?:st|nd|rd|th),\s)|(?<=(?:ary|rch|ril|may|une|uly|ust|ber),\s)|(?<=\bat\s)|(?<=\bby\s))(?!19|20)(?:0[6-9]|1\d)[0-5][05]\b(?=[,.;!?)]|$|\s(?:on|in|at|for|if|by|via|with|and|or|to|suits?|works?|would|will|please|sharp|start|local|your|my|our|do|then|is|ok|same|\())(?!\.\d|\sor\s(?:so|more|less)|,\d)
                |(?<![\d+/.-])\b(?!19|20)(?:[01]\d|2[0-3])[0-5]\d\b(?=\s?(?:-|–|to|till|until)\s?(?:[01]\d|2[0-3])[0-5]\d\b(?!\d))
                |(?:(?<=[01]\d[0-5]\d\sto\s)|(?<=[01]\d[0-5]\d-)|(?<=[01]\d[0-5]\d–)|(?<=[01]\d[0-5]\d\s-\s)|(?<=[01]\d[0-5]\d\s–\s)|(?<=[01]\d[0-5]\d\still\s)|(?<=[01]\d[0-5]\d\suntil\s))(?!19|20)(?:[01]\d|2[0-3])[0-5]\d\b)
      | (?P<numeric>\b[0-3]?\d[/][01]?\d(?:[/](?:20)?\d\d)?\b(?!/)|\b[01]?\d[/][0-3]?\d(?:[/](?:20)?\d\d)?\b(?!/)|\b[0-3]?\d(?P<dash>[.-])[01]?\d(?P=dash)(?:20)?\d\d\b|\b[0-3]?\d\.(?:1[0-2]|0?[1-9])\.(?=\s|$|[,;)–-]))
      | (?P<bare>\b(?:2[4-9]|3[01])\.(?:1[0-2]|0?[1-9])\b(?![.:\d])|\b(?:0?[1-9]|1\d|2[0-3])\.[1-9]\b(?![.:\d%]))
      | (?P<ord>\b[0-3]?\d\s?(?:st|nd|rd|th)\b)
      | (?P<year>\b20[0-9]{2}\b)
      | (?P<num>\b\d{1,3}\b(?![.:]\d)))
    | (?P<punct>[,;:()/&–—~\-+.!?⋅·@|])
    """,
    re.X,
)
KIND_OF = {
    "iso": ISO,
    "time": TIME,
    "numeric": NUMERIC,
    "dash": NUMERIC,
    "bare": NUMERIC,
    "ord": ORD,
    "year": YEAR,
    "num": NUM,
    "punct": PUNCT,
}
NOON = frozenset(("noon", "midday", "midnight"))
AHEAD_OF_MAY = re.compile(r"\b(?:in|of|mid|early|late|by|until|till|this|next|end|during|before|after)[\s-]+$", re.I)


def tokens(text: str) -> list[Token]:
    """In order, at most MOST_TOKENS. A zone behind a time is one token, whatever it is made of."""
    out: list[Token] = []
    made = tuple.__new__  # what Token(…) comes to, at half its cost
    behind = 0
    for match in TOKEN.finditer(small(text)):
        start, end = match.span()
        group = match.lastgroup
        if group == "words":
            behind = add_words(out, text, start, end, behind)
        elif start < behind:
            continue  # inside a zone's name
        elif group == "punct":
            out.append(made(Token, (PUNCT, text[start:end], None, start, end, False)))
        else:
            raw = text[start:end]
            if group == "time" and UNSURE.fullmatch(raw) and not hour_by_its_place(out, text, match):
                group = "num"  # "a salary of 1200": no hour without a day before it
            elif group == "bare" and not dated_before(out):
                continue  # "28.10": a price, unless a day stands before it
            out.append(digits(out, text, match, raw, group or "num"))
        if len(out) >= MOST_TOKENS:
            return out[:MOST_TOKENS]
    return out


def add_words(out: list[Token], text: str, at: int, end: int, behind: int) -> int:
    """The words between these places, but for those inside of a zone's name, which ends at `behind`. -> where the last one ends."""
    made = tuple.__new__
    for raw in text[at:end].split(" "):
        start, at = at, at + len(raw) + 1
        if start < behind:
            continue
        lower = raw.lower()
        if lower.isalpha() and (
            lower not in NOTABLE or lower in BY_FIRST_WORD and text[at : at + 1] not in BY_FIRST_WORD[lower][0]
        ):
            out.append(made(Token, (WORD, lower, None, start, at - 1, False)))
        else:
            behind = add_notable(out, text, start, raw, lower.replace("’", "'")) or behind
    return behind


def add_notable(out: list[Token], text: str, start: int, raw: str, lower: str) -> int:
    """A word that may name a zone or a moment. -> where the zone that it names ends, else 0."""
    zone = zone_at(text, start, lower) if lower in ZONE_STARTS else None
    if zone:
        out.append(Token(ZONE_NAME, zone.group().lower().replace("’", "'"), None, start, zone.end(), False))
        return zone.end()
    if lower in TIMELY or "-" in lower or "'" in lower:
        add_word(out, text, start, raw, lower)
    else:
        out.append(Token(WORD, lower, None, start, start + len(raw), False))
    return 0


UNSURE = re.compile(r"1\d[0-5][05]")
SPAN = re.compile(r"\s?(?:-|–|to|till|until)\s?\d")


def hour_by_its_place(before: list[Token], text: str, match: re.Match[str]) -> bool:
    """May four bare digits be an hour? Behind a day, or as the beginning or the end of a span of hours."""
    begins = SPAN.match(text, match.end()) is not None
    ends = bool(before) and before[-1].text in ("-", "–", "to", "till", "until")
    ends |= (
        len(before) > 1 and before[-1].text == "by" and before[-2].text in ("out", "free", "done", "finished", "home")
    )
    return begins or ends or any(t.kind in (WD, MON, ORD, NUMERIC, ISO) for t in before[-8:])


TIMELY = frozenset((*WEEKDAYS, *MONTHS, *ORDINALS, *NOON))
# All other words of letters alone are just words.
NOTABLE = TIMELY | ZONE_STARTS


def add_word(out: list[Token], text: str, start: int, raw: str, lower: str) -> None:
    """A word that may be a weekday, a month, an ordinal, noon, or a compound of those ("mid-December")."""
    kind, value = WORD, None
    end, capital = start + len(raw), raw[0].isupper()
    bare = lower.removesuffix("'s").rstrip("'")
    if bare in NOON:
        kind = TIME
    elif bare in WEEKDAYS and (capital or bare not in DOUBTFUL or number_near(text, start, end)):
        kind, value = WD, WEEKDAYS[bare]
    elif bare in MONTHS and is_month(text, start, end, bare, capital):
        kind, value = MON, MONTHS[bare]
    elif bare in ORDINALS:
        kind, value = ORD, ORDINALS[bare]
    elif "-" in bare:
        first, last = bare.split("-")[0], bare.split("-")[-1]
        if last in MONTHS and first in PARTS:
            out.append(Token(WORD, first, None, start, start + 3, capital))
            kind, value, lower = MON, MONTHS[last], last
    out.append(Token(kind, lower, value, start, end, capital))


def is_month(text: str, start: int, end: int, bare: str, capital: bool) -> bool:
    if bare == "may":
        return number_near(text, start, end) or bool(AHEAD_OF_MAY.search(text, max(0, start - 12), start))
    return capital or bare not in DOUBTFUL or number_near(text, start, end)


def digits(out: list[Token], text: str, match: re.Match[str], raw: str, group: str) -> Token:
    """What begins with a digit: a time, a date, an ordinal, a number."""
    kind, value = KIND_OF[group], None
    if kind == TIME and out and dotted_date(out, raw, text[match.end() : match.end() + 14]):
        kind = NUMERIC
    elif kind == ORD:
        value = int(raw[:2] if raw[1:2].isdecimal() else raw[:1])
        if not 1 <= value <= 31:
            kind = NUM
    elif kind in (NUM, YEAR):
        value = int(raw)
    return Token(kind, raw.lower().replace("’", "'"), value, match.start(), match.end(), raw[0].isupper())


HOUR_OR_DATE = re.compile(r"(\d{1,2})\.(\d\d)")


def dotted_date(before: list[Token], raw: str, after: str) -> bool:
    """Is "1.11" behind a weekday a date? It is where an hour follows, or where nobody would meet at such a minute."""
    match = HOUR_OR_DATE.fullmatch(raw) if "." in raw else None
    if not match or not 1 <= int(match.group(2)) <= 12 or not 1 <= int(match.group(1)) <= 31:
        return False
    dated = dated_before(before)
    hour_follows = bool(
        re.match(r"\.?[\s,]*(?:(?:at |um |kl\.? |@ ?)\d{1,2}\b|\d{1,2}(?:[:h.]\d\d|\s?[ap]m|h))", after, re.I)
    )
    ordinal = (
        after[:2] == ".," or after[:2] == ". " and after[2:3].islower()
    )  # "until 17.10. you have": the full stop is the date's
    return dated and (ordinal or hour_follows or int(match.group(2)) % 5 != 0)


def dated_before(before: list[Token]) -> bool:
    """Does a weekday or a word that leads to a day stand right before?"""
    i = len(before) - 1
    while i >= 0 and before[i].text in (",", "the", "(", "."):
        i -= 1
    return i >= 0 and (
        before[i].kind == WD or before[i].text in ("by", "until", "till", "on", "am", "bis", "vom", "den", "dnia", "le")
    )


NUMBER_BEFORE = re.compile(r"\d(st|nd|rd|th|\.)?\s*(of\s*)?[,]?\s*$")
NUMBER_BEHIND = re.compile(r"\.?,?\s*(the\s*)?\d")


def number_near(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 7) : start], text[end : end + 7]
    return bool(NUMBER_BEFORE.search(before) or NUMBER_BEHIND.match(after))


# ------------------------------------------------------------------------------------------- walking along the tokens

Stream = list[Token]


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
