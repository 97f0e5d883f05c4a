"""The table that runs cues over a sentence: which of them can fit at all is seen from its words alone, before any search. `Sought`
is the same for a single expression.

A cue is searched for only where one of its anchors stands in the sentence, one word of its company, and all that its pattern
cannot do without. The last is not written by hand: `needs.txt` is read off the patterns (`python -m tests.bench.needs`), and a
pattern that is changed later has no needs there until that is done again. Pure; the needs are read once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from agent.core.read.cues import Cue
from agent.core.read.reading import Act
from agent.core.read.words import in_order

MOST_NEEDS = 3  # of one way of a pattern

Need = frozenset[str]  # a text holds one of these words
Way = tuple[Need, ...]  # all of these needs are met


def mark(pattern: str) -> str:
    """By which a pattern is known again."""
    return blake2b(pattern.encode(), digest_size=8).hexdigest()


def line_of(pattern: str, ways: Iterable[Way]) -> str:
    """ "mark | word word / word … | …": the ways of a pattern parted by "|", the needs of one by "/"."""
    spelled = (" / ".join(" ".join(sorted(need)) for need in way) for way in ways)
    return " | ".join((mark(pattern), *spelled))


@cache
def needs() -> dict[str, list[Way]]:
    """Mark of a pattern -> its ways, one of which every text goes that it fits."""
    found: dict[str, list[Way]] = {}
    for line in files("agent.core.read").joinpath("needs.txt").read_text(encoding="utf-8").splitlines():
        of, *ways = line.split(" | ")
        found[of] = [tuple(frozenset(need.split()) for need in way.split(" / ")) for way in ways]
    return found


class Table:
    """Cues, and for each word a number that says where it helps.

    A way has one bit in each of `FIELDS` fields: that of its anchors, of its company and of its needs. The numbers of a sentence's
    words together hold a bit where one of the words asked for is there; the ways whose bit is set in all fields may fit.
    """

    FIELDS = 2 + MOST_NEEDS

    def __init__(self, rows: Iterable[Cue]) -> None:
        self.rows = tuple(rows)
        ways = [(n, way) for n, row in enumerate(self.rows) for way in needs().get(mark(row.pattern.pattern), [()])]
        self.row_of = [n for n, _ in ways]
        self.width = len(ways)
        self.free = 0  # what nothing is asked of
        self.helps: dict[str, int] = {}
        for at, (n, way) in enumerate(ways):
            asked = (self.rows[n].anchors, self.rows[n].company, *way)
            for field in range(self.FIELDS):
                bit = 1 << (field * self.width + at)
                words = asked[field] if field < len(asked) else ()
                self.free |= 0 if words else bit
                for word in words:
                    self.helps[word] = self.helps.get(word, 0) | bit

    def may_fit(self, text: str) -> list[int]:
        """The cues that this text has the words for, in the order of the table."""
        met = self.free
        helps = self.helps
        for word in in_order(text):
            if word in helps:
                met |= helps[word]
        ways = met
        for _ in range(1, self.FIELDS):
            met >>= self.width
            ways &= met
        found: list[int] = []
        while ways:
            lowest = ways & -ways
            ways ^= lowest
            found.append(self.row_of[lowest.bit_length() - 1])
        return found

    def run(self, text: str) -> dict[Act, float]:
        """Act -> score of the best cue for it that fits this normal form."""
        best: dict[Act, float] = {}
        done = -1
        for n in self.may_fit(text):
            row = self.rows[n]
            if n != done and best.get(row.act, 0.0) < row.score and row.pattern.search(text):
                best[row.act] = row.score
            done = n
        return best


class Sought:
    """An expression that is looked for only where a text has the words that it cannot do without, as far as `needs.txt` tells."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.ways = needs().get(mark(pattern), [()])
        # one of these stands in every text that it fits; none are known where this is empty
        self.first: Need = frozenset().union(*(way[0] for way in self.ways if way))

    def search(self, text: str, words: Collection[str]) -> re.Match[str] | None:
        """`words`: those of the text, or of a longer one that it was cut from between two words."""
        if self.first and self.first.isdisjoint(words):
            return None
        for way in self.ways:
            for need in way:
                if need.isdisjoint(words):
                    break
            else:
                return self.pattern.search(text)
        return None
