"""Logistic regression for the small models of the benches: the weights of features that tell one thing from everything else."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from math import exp
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FARTHEST = 30.0  # no total beyond it says more


def learnt(
    samples: Sequence[tuple[Mapping[Key, float], bool, float]], *, epochs: int, step: float, small: float
) -> dict[Key, float]:
    """Weights by steps that shrink for what was seen often. A sample: how much there is of each feature, what is so, how much it counts;
    `small`: the wish for small weights. The same samples in the same order give the same weights."""
    found: dict[Key, float] = defaultdict(float)
    moved: dict[Key, float] = defaultdict(lambda: 1e-6)
    order, chance = list(samples), random.Random(1)
    for _ in range(epochs):
        chance.shuffle(order)
        for measures, true, counts in order:
            total = sum([found[key] * measure for key, measure in measures.items()])
            slope = (1 / (1 + exp(-max(-FARTHEST, min(FARTHEST, total)))) - true) * counts
            for key, measure in measures.items():
                moves = slope * measure + small * found[key]
                moved[key] += moves * moves
                found[key] -= step * moves / moved[key] ** 0.5
    return found
