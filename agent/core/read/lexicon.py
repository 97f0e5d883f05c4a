"""The words of dates and times: weekdays, months, numbers, parts and spans, in English and what is mixed into it. Data only."""

from __future__ import annotations

from collections.abc import Iterable

# Latin capitals and small letters with every accent, for classes of patterns.
CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper())
SMALLS = "a-z" + "".join(c for c in map(chr, range(0xDF, 0x250)) if c.islower())


def numbered(groups: Iterable[str], first: int = 0) -> dict[str, int]:
    """Each word of the n-th group -> n."""
    return {word: n for n, words in enumerate(groups, first) for word in words.split()}


WEEKDAYS = numbered(
    (
        "monday mon lundi montag lunes lunedì segunda-feira maandag",
        "tuesday tue tues mardi dienstag martes martedì terça-feira dinsdag",
        "wednesday wed weds mercredi mittwoch miércoles mercoledì quarta-feira woensdag",
        "thursday thu thur thurs jeudi donnerstag jueves giovedì quinta-feira donderdag",
        "friday fri vendredi freitag viernes venerdì sexta-feira vrijdag",
        "saturday sat samedi samstag sábado sabato zaterdag",
        "sunday sun dimanche sonntag domingo domenica zondag",
    )
)
MONTHS = numbered(
    (
        "january jan janvier januar enero gennaio janeiro januari",
        "february feb février februar febrero febbraio fevereiro februari",
        "march mar mars märz marzo março maart",
        "april apr avril abril aprile",
        "may mai mayo maggio maio mei",
        "june jun juin juni junio giugno junho",
        "july jul juillet juli julio luglio julho",
        "august aug août agosto augustus",
        "september sep sept septembre septiembre settembre setembro",
        "october oct octobre oktober octubre ottobre outubro",
        "november nov novembre noviembre novembro",
        "december dec décembre dezember diciembre dicembre dezembro",
    ),
    1,
)
CARDINALS = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty".split()
) | {
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "forty-five": 45, "fortyfive": 45, "fifty": 50, "sixty": 60,
    "seventy-five": 75, "ninety": 90, "twenty-five": 25, "thirty-five": 35, "fifty-five": 55,
}  # fmt: skip
ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
    1,
)
PARTS = {
    "early": "early", "beginning": "early", "start": "early", "begin": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "close": "late", "back": "late",
}  # fmt: skip
NEXT_WORDS = {
    "next": "next", "following": "next", "coming": "coming", "this": "this", "last": "last", "past": "last",
    "previous": "last", "upcoming": "coming",
}  # fmt: skip
FEW = {"few": 3, "couple": 2, "several": 3}
UNITS = {
    "day": "days", "days": "days", "week": "weeks", "weeks": "weeks", "wk": "weeks", "wks": "weeks", "month": "months",
    "months": "months", "fortnight": "fortnight", "weekend": "weekend",
}  # fmt: skip
BUSINESS = ("business", "working", "work", "office", "bank", "week")
# Words that are weekdays or months only with a capital or beside a number ("sat down", "may I", "march on").
DOUBTFUL = frozenset("sat sun mon wed fri tue mar may march jan dec mars mai mei juni juli".split())
