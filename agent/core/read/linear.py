"""A small linear model that is data: features with their weights, in a file of this package that a bench has written.

One feature a line, behind its weight; the weights of what is found add up to the natural logarithm of the odds. Nothing is loaded
before the first question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files


@dataclass(frozen=True)
class Linear:
    """The model of one question. `file`: its name in this package."""

    file: str

    @cached_property
    def weights(self) -> dict[str, float]:
        lines = files(__package__).joinpath(self.file).read_text("utf-8").splitlines()
        return {feature: float(weight) for weight, _, feature in (line.partition(" ") for line in lines)}

    def odds(self, found: Iterable[str]) -> float:
        """The natural logarithm of the odds that it is so, where these features are found."""
        known = self.weights
        return sum([known[feature] for feature in found if feature in known])
