"""A token -> the forms of a day that can begin with it, so that no other is tried there; and the holidays and feasts among them."""

from __future__ import annotations

from agent.core.read.dayforms import (
    Day,
    Form,
    calendar_week,
    counted,
    full_date,
    iso_date,
    month_span,
    numeric_date,
    relative_day,
    try_forms,
    week_span,
    weekday_alone,
    whole_month,
)
from agent.core.read.lexicon import CARDINALS, FEW, NEXT_WORDS, PARTS
from agent.core.read.tokens import ISO, MON, NUM, NUMERIC, ORD, PUNCT, WD, WORD, Stream, kind, skip, spanning, word


def from_number(stream: Stream, at: int) -> tuple[Day, int] | None:
    """12 May | 12 of May | 12 days | 1-2 weeks: what stands behind the number says which form it may be."""
    if at + 1 >= len(stream):
        return None
    after = stream[at + 1]
    if after.kind == MON or after.text in ("of", ".", "day", "-", "/"):
        made = full_date(stream, at)
        if made:
            return made
    if after.kind == PUNCT and after.text not in ("-", "–", "—", "/"):
        return None
    return counted(stream, at)


def from_weekday(stream: Stream, at: int) -> tuple[Day, int] | None:
    """Monday 12/2 | Monday 12 May | Monday"""
    if kind(stream, skip(stream, at + 1, ",", "the", "(")) == NUMERIC:
        made = numeric_date(stream, at)
        if made:
            return made
    return full_date(stream, at) or weekday_alone(stream, at)


def from_month(stream: Stream, at: int) -> tuple[Day, int] | None:
    """May 12 | May"""
    if at + 1 < len(stream) and (stream[at + 1].kind in (ORD, NUM) or stream[at + 1].text in ("the", ".")):
        made = full_date(stream, at)
        if made:
            return made
    return whole_month(stream, at, at)


# Holidays that have a day's name, and those that are called by one word. Which day one is, the country's calendar says.
NAMED_DAYS = frozenset(
    """memorial labor labour independence presidents president's veterans victoria canada australia anzac waitangi columbus republic
    national mlk martin ascension st saint boxing king's freedom heritage family civic""".split()
)
FEASTS = frozenset("easter thanksgiving juneteenth pentecost whitsun diwali eid midsummer holi deepavali".split())
AFTER = ("after", "following", "past")


def special(stream: Stream, at: int) -> tuple[Day, int] | None:
    """the new year | after the bank holiday | before/over/after the weekend | Christmas"""
    i = skip(stream, at, "the", "this", "coming", "next", "long")
    if word(stream, i, "new") and word(stream, i + 1, "year") and not word(stream, i + 2, "s", "'s"):
        return Day("new_year", *spanning(stream, at, i + 2)), i + 2
    if word(stream, at, "the") or word(stream, i, "bank", "public"):
        for far in range(i, min(i + 5, len(stream))):
            if word(stream, far, "holiday", "holidays") and word(stream, at - 1, *AFTER) and at > 0:
                name = " ".join(t.text for t in stream[i:far])
                return Day("holiday", *spanning(stream, at, far + 1), text=name), far + 1
            if kind(stream, far) != WORD:
                break
    if word(stream, i, "weekend"):
        return Day("weekend", *spanning(stream, at, i + 1), offset=1 if word(stream, i - 1, "next") else 0), i + 1
    if word(stream, i, "christmas", "xmas") and not word(stream, i + 1, "party", "card", "lunch", "dinner", "market"):
        return Day("feast", *spanning(stream, at, i + 1), day=25, month=12), i + 1
    return None


def named_holiday(stream: Stream, at: int) -> tuple[Day, int] | None:
    """Behind "after": Memorial Day | Easter | Easter Monday | the Easter break"""
    if not at or not (word(stream, at - 1, *AFTER) or word(stream, at - 1, "the") and word(stream, at - 2, *AFTER)):
        return None
    name, i = stream[at].text.removesuffix("'s"), at + 1
    if name in FEASTS:
        i = at + 2 if kind(stream, i) == WD or word(stream, i, "break", "weekend", "holiday", "holidays", "day") else i
    else:
        i = skip(stream, i, "day", "luther", "king", "patrick's", "andrew's", "david's", "george's", "stephen's")
        if not word(stream, i - 1, "day"):
            return None
    return Day("holiday", *spanning(stream, at, i), text=name, part="named"), i


# Which forms may begin at a token, by its kind and, for words, by the word. A form that is not named here is never tried.
BY_KIND: dict[int, tuple[Form, ...]] = {
    ISO: (iso_date,),
    NUMERIC: (numeric_date,),
    WD: (from_weekday,),
    ORD: (full_date, week_span, month_span),
    NUM: (from_number,),
    MON: (from_month,),
}
COUNTING = "the about around roughly approximately another just only some maybe next coming following fortnight".split()
MONTHLY = "last this next following coming month month-end monthend".split()
BEGINNINGS: tuple[tuple[Form, frozenset[str]], ...] = (
    (full_date, frozenset(("the", "day"))),
    (calendar_week, frozenset(("calendar", "kw", "cw"))),
    (week_span, frozenset(("the", "very", *PARTS, "next", "this", "following", "coming", "last", "week", "wk"))),
    (counted, frozenset((*COUNTING, *CARDINALS, *FEW))),
    (month_span, frozenset(("the", "very", *PARTS, *MONTHLY))),
    (weekday_alone, frozenset(("a", "the", *NEXT_WORDS))),
    (relative_day, frozenset("the day today to-day tonight tomorrow tmrw tmw tomorow yesterday this".split())),
    (named_holiday, NAMED_DAYS | FEASTS),
    (special, frozenset("the this coming next long new bank public weekend christmas xmas".split())),
)
BY_WORD: dict[str, tuple[Form, ...]] = {}
for _form, _words in BEGINNINGS:
    for _word in _words:
        BY_WORD[_word] = (*BY_WORD.get(_word, ()), _form)


# "The" begins most forms and most often none: the words that may stand behind it in one, but for the name of a holiday.
BEHIND_THE = frozenset((*BY_WORD, "that", "same"))


def only_the(stream: Stream, at: int) -> bool:
    """Does this "the" surely begin no day?"""
    if at + 1 >= len(stream):
        return True
    after = stream[at + 1]
    return (after.kind == WORD and after.text not in BEHIND_THE or after.kind == PUNCT) and not word(
        stream, at - 1, "after", "following", "past"
    )


def day_at(stream: Stream, at: int) -> tuple[Day, int] | None:
    """The day described from this token on, and the place behind it."""
    token = stream[at]
    if token.text == "the" and only_the(stream, at):
        return None
    forms = BY_WORD.get(token.text) if token.kind == WORD else BY_KIND.get(token.kind)
    return try_forms(stream, at, forms) if forms else None
