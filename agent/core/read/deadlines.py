"""The day by which an offer wants its answer, and the day on which somebody who is away is back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.core.read.days import Setting, resolve
from agent.core.read.promises import Line, day_marks
from agent.core.read.promising import DEADLINE, DEADLINE_OWNER
from agent.core.read.words import in_order

AT_LATEST = re.compile(r"\bDAY (?:at the latest|latest|is the deadline|the latest)")
BEGINS_THEN = re.compile(r"\b(?:start(?:ing)?|from|begin\w*|interview)\b(?: \w+){0,3}\s*$")


def deadline_in(lines: Sequence[Line], setting: Setting) -> date | None:
    """The day by which an offer wants its answer; the last one named."""
    found: date | None = None
    for line in lines:
        if not line.days or not DEADLINE_OWNER.search(line.normal, in_order(line.normal)):
            continue
        marks = day_marks(line.normal)
        for n, mark in enumerate(marks[: len(line.days)]):
            before = line.normal[max(0, mark - 36) : mark].rpartition("DAY")[2]  # of another day says nothing here
            if not DEADLINE.search(before) and not AT_LATEST.search(line.normal, mark, mark + 30):
                continue
            if BEGINS_THEN.search(before):
                continue
            span = resolve(line.days[n], setting)
            if span and span[1] >= setting.written:
                found = span[1]
    return found


# Somebody is there again, before or behind the day: "back on Monday", "from Monday I am there for you again".
THERE_AGAIN = re.compile(
    r"\b(?:back|return\w*|again|resum\w*|reachable)\b"
    r"|DAY.{0,60}?\b(?:(?:i am|we are|i will be|will be) back|again|find me|meet me|reach me|(?:i am|i will be) (?:in the office|available|there)|at (?:my|the) desk)\b"
)


def return_day(lines: Sequence[Line], setting: Setting) -> date | None:
    """When somebody who is away is back. "Back on the 14th" and "away until the 14th" both mean the 14th (settled cases)."""
    named: list[tuple[int, date]] = []
    for line in lines:
        marks = day_marks(line.normal)
        for n, mark in enumerate(marks[: len(line.days)]):
            span = resolve(line.days[n], setting)
            if span is None or span[1] < setting.written:
                continue
            before = line.normal[max(0, mark - 45) : mark]
            if THERE_AGAIN.search(before) or THERE_AGAIN.match(line.normal, mark):
                named.append((3, span[1]))
            elif re.search(
                r"\b(?:until|till|through|to|up to|and|before|-|–)(?: the| and including| including| end of)?\s*$",
                before,
            ):
                named.append((2, span[1]))
            elif line.days[n].form in ("count", "week", "month") and re.search(
                r"\b(?:away|leave|holiday|out|off|vacation|gone|for|absent|travelling|traveling)\b", line.normal
            ):
                named.append((1, span[1] if line.days[n].form != "week" else span[1] + timedelta(days=3)))
    if not named:
        return None
    best = max(rank for rank, _ in named)
    return max(day for rank, day in named if rank == best)
