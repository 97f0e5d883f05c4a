"""How likely an hour is one to meet at: a small linear model of the words around hours, learnt from our own corpus.

"The train gets in at 9.05", "the shop shuts at six", "the next one comes at eleven" stand beside the hour of the interview in real
mail. `python -m tests.bench.appointments` writes `appointments.txt`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.core.read.clocks import Clock
from agent.core.read.dayforms import Day
from agent.core.read.letters import small
from agent.core.read.linear import Linear

MODEL = Linear("appointments.txt")
WORD = re.compile(r"DAY|TIME|[a-zà-ÿ']+|[^\w\s]|\d+")
CUT = re.compile(r"[;:.!?(]|,| - | – |\b(?:but|so|because|since|although|while|and|then)\b")
BEFORE, BEHIND = 10, 8  # words of a clause before an hour, and behind it


def features(
    text: str, where: str, days: Sequence[Day], clocks: Sequence[Clock], clock: Clock, dated: bool
) -> list[str]:
    """What is looked at, for one of the hours of a sentence. `dated`: is it known on which day?"""
    marks = [(d.start, d.end, " DAY ") for d in days] + [(c.start, c.end, " TIME ") for c in clocks if c is not clock]
    before = small_masked(text, 0, clock.start, sorted(marks))
    behind = small_masked(text, clock.end, len(text), sorted(marks))
    led, follows = words_of(before), words_of(behind)
    first, second, third = ["^", "^", "^", *led][-3:]
    now, then = [*follows, "$", "$"][:2]
    found = [
        *("=", f"p1:{third}", f"p2:{second}", f"p12:{second} {third}", f"p123:{first} {second} {third}"),
        *(f"a1:{now}", f"a12:{now} {then}", f"pa:{third} {now}", f"w:{where}", f"days:{min(len(days), 2)}"),
        f"hour {sum(c.start < clock.start for c in clocks)} of {min(len(clocks), 3)}",
    ]
    start = max((cut.end() for cut in CUT.finditer(before)), default=0)
    cut = CUT.search(behind)
    clause = words_of(before[start:])[-BEFORE:], words_of(behind[: cut.start()] if cut else behind)[:BEHIND]
    for name, words in zip("BA", clause, strict=True):
        found += [f"{name}:{word}" for word in dict.fromkeys(words)]
    found += [f"BB:{one} {other}" for one, other in dict.fromkeys(pairwise(clause[0]))]
    found += [f"S:{word}" for word in dict.fromkeys((*led, *follows))]
    if dated:
        found.append("dated")
    if clock.zone:
        found.append("zone")
    return found


def small_masked(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> str:
    """A piece of a text in small letters, with marks for its days and hours."""
    return "".join(masked(text, start, end, marks))


def masked(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    for begin, stop, mark in marks:
        if begin >= start and stop <= end:
            yield small(text[start:begin]).replace("’", "'") + mark
            start = stop
    yield small(text[start:end]).replace("’", "'")


def words_of(text: str) -> list[str]:
    return ["#" if word[0].isdigit() else word for word in WORD.findall(text)]
