"""A small linear model that is data: features with their weights, in a file of this package that a bench has written.

A feature is the name of a group ("p1": the word right before a place) and what is found of it: a word, or some together. In the file one
stands in each line, behind its weight in hundredths; what is found adds up to the natural logarithm of the odds, in whole hundredths, so
that no order of adding matters. Nothing is loaded before the first question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import pairwise, repeat

Value = str | tuple[str, ...]
Group = tuple[str, Iterable[Value]]
TOGETHER = "\t"  # in the file, between words that are one feature
NONE = repeat(0)  # what a feature weighs that is not in the file
WORD = re.compile(r"[A-Za-zà-ÿ']+|[^\w\s]|\d+")


@dataclass(frozen=True)
class Linear:
    """The model of one question. `file`: its name in this package."""

    file: str

    @cached_property
    def weights(self) -> dict[str, dict[Value, int]]:
        """By group, in hundredths."""
        tables: dict[str, dict[Value, int]] = {}
        for line in files(__package__).joinpath(self.file).read_text("utf-8").splitlines():
            weight, _, feature = line.partition(" ")
            group, _, value = feature.partition(":")
            tables.setdefault(group, {})[tuple(value.split(TOGETHER)) if TOGETHER in value else value] = int(weight)
        return tables

    @cached_property
    def lookups(self) -> dict[str, Callable[[Value, int], int]]:
        """By group, what looks a weight up."""
        return {group: table.get for group, table in self.weights.items()}

    def odds(self, found: Iterable[Group]) -> float:
        """The natural logarithm of the odds that it is so, where these features are found."""
        weights, total = self.lookups, 0
        for group, values in found:
            if group in weights:
                total += sum(map(weights[group], values, NONE))
        return total / 100


def written(found: Iterable[Group]) -> Iterator[str]:
    """Each feature as it stands in a file."""
    for group, values in found:
        for value in values:
            yield f"{group}:{value if isinstance(value, str) else TOGETHER.join(value)}"


def is_so(*flags: str) -> Group:
    """What is so or not."""
    return "is", flags


def bag(group: str, words: Iterable[str]) -> Group:
    """Each word once."""
    return group, dict.fromkeys(words)


def pairs(group: str, words: Iterable[str]) -> Group:
    """Each two words that follow each other, once."""
    return group, dict.fromkeys(pairwise(words))


def beside(led: Sequence[str], follows: Sequence[str]) -> list[Group]:
    """The words right before a place and right behind it, alone and together."""
    first, second, third = ["^", "^", "^", *led][-3:]
    now, then = [*follows, "$", "$"][:2]
    return [
        ("p1", (third,)),
        ("p2", (second,)),
        ("p12", ((second, third),)),
        ("p123", ((first, second, third),)),
        ("a1", (now,)),
        ("a12", ((now, then),)),
        ("pa", ((third, now),)),
    ]


def words_of(text: str) -> list[str]:
    """The words and signs of a text, in order; a number is "#"."""
    return ["#" if word[0].isdigit() else word for word in WORD.findall(text)]
