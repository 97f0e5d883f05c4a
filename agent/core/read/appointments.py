"""How likely an hour is one to meet at: a small linear model of the words around hours, learnt from our own corpus.

"The train gets in at 9.05", "the shop shuts at six", "the next one comes at eleven" stand beside the hour of the interview in real
mail. `python -m tests.bench.appointments` writes `appointments.txt`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.read.clocks import Clock
from agent.core.read.dayforms import Day
from agent.core.read.letters import small
from agent.core.read.linear import Group, Linear, bag, beside, is_so, pairs, words_of

MODEL = Linear("appointments.txt")
# From which odds on an hour is believed to be one to meet at, and by how much less likely than another one it may be.
LIKELY, BESIDE = -4.0, 2.0
CUT = re.compile(r"[;:.!?(]|,| - | – |\b(?:but|so|because|since|although|while|and|then)\b")
BEFORE, BEHIND = 10, 8  # words of a clause before an hour, and behind it


def features(
    text: str, where: str, days: Sequence[Day], clocks: Sequence[Clock], clock: Clock, dated: bool
) -> list[Group]:
    """What is looked at, for one of the hours of a sentence. `dated`: is it known on which day?"""
    marks = sorted(
        [(d.start, d.end, " DAY ") for d in days] + [(c.start, c.end, " TIME ") for c in clocks if c is not clock]
    )
    before, behind = masked(text, 0, clock.start, marks), masked(text, clock.end, len(text), marks)
    led, follows = words_of(before), words_of(behind)
    start = max((cut.end() for cut in CUT.finditer(before)), default=0)
    cut = CUT.search(behind)
    clause = words_of(before[start:])[-BEFORE:]
    earlier = sum(c.start < clock.start for c in clocks)
    found = [
        is_so("=", f"hour {earlier} of {min(len(clocks), 3)}"),
        *beside(led, follows),
        ("w", (where,)),
        ("days", (str(min(len(days), 2)),)),
        bag("B", clause),
        pairs("BB", clause),
        bag("A", words_of(behind[: cut.start()] if cut else behind)[:BEHIND]),
        bag("S", (*led, *follows)),
    ]
    if dated:
        found.append(is_so("dated"))
    if clock.zone:
        found.append(is_so("zone"))
    return found


def masked(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> str:
    """A piece of a text in small letters, with marks for its days and hours."""
    pieces = []
    for begin, stop, mark in marks:
        if begin >= start and stop <= end:
            pieces += [small(text[start:begin]), mark]
            start = stop
    return "".join([*pieces, small(text[start:end])]).replace("’", "'")


def believed(odds: float, best: float, asked: bool) -> bool:
    """Is an hour one to meet at? `best`: the odds of the likeliest hour of the letter; `asked`: it is one to choose among."""
    return odds > LIKELY and (asked or best - odds < BESIDE)
