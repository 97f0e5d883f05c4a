"""Logistic regression for the small models of the benches: the weights of features that tell one thing from everything else."""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from math import exp
from pathlib import Path
from typing import NamedTuple, TypeVar

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


EPOCHS, STEP = 8, 0.25
SMALL = 1.5e-3  # the wish for small weights
SEEN_IN = 3  # samples that a feature must be in
LEAST = 0.05  # a smaller weight is none


class Sample(NamedTuple):
    """What is found in one place, whether it is so there, and how much that counts."""

    found: list[str]
    true: bool
    counts: float = 1.0


def weights_of(samples: Iterable[Sample]) -> dict[str, float]:
    """The weights of features that `agent.core.read.linear` reads, as written there."""
    every = list(samples)
    often = Counter(feature for sample in every for feature in sample.found)
    rows = [
        ({feature: 1.0 for feature in sample.found if often[feature] >= SEEN_IN}, sample.true, sample.counts)
        for sample in every
    ]
    found = learnt(rows, epochs=EPOCHS, step=STEP, small=SMALL)
    return {feature: round(weight, 2) for feature, weight in sorted(found.items()) if abs(weight) >= LEAST}


def total(found: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum([weights.get(feature, 0.0) for feature in found])


SMALL_MAIL = "small "
Letter = TypeVar("Letter")
Tally = dict[str, Counter[str]]


def crossed(
    every: Sequence[Letter],
    parts: int,
    group: Callable[[Letter], str],
    learns: Callable[[Sequence[Letter]], dict[str, float]],
) -> Iterator[tuple[Letter, dict[str, float]]]:
    """Each letter with the weights that the other parts teach; letters of one group stand in the same part."""
    groups = sorted({group(one) for one in every})
    random.Random(3).shuffle(groups)
    part_of = {name: n % parts for n, name in enumerate(groups)}
    for part in range(parts):
        weights = learns([one for one in every if part_of[group(one)] != part])
        yield from ((one, weights) for one in every if part_of[group(one)] == part)


def compared(counts: Counter[str], by_words: bool, by_both: bool) -> None:
    """One letter more: what the expressions say of it is right or not, and so is what they say with the weights."""
    counts["letters"] += 1
    counts["right by the expressions"] += by_words
    counts["mended by the weights"] += by_both and not by_words
    counts["spoilt by the weights"] += by_words and not by_both


def of_small_mail(group: str) -> bool:
    """Small mails stand each in a group of its own, beside the courses."""
    return group.startswith(SMALL_MAIL)


def told(tally: Tally) -> None:
    for name, counts in sorted(tally.items()):
        print(f"{name}: " + ", ".join(f"{what} {count}" for what, count in counts.items()))


def run(
    description: str | None,
    file: Path,
    letters: Iterable[Letter],
    learns: Callable[[Sequence[Letter]], dict[str, float]],
    judged: Callable[[Sequence[Letter], int], Tally],
) -> None:
    """The command line of a bench: writes the weights that the letters teach to `file`; with `--cross N` judges them instead."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument(
        "--cross", type=int, metavar="N", default=0, help="judge each of N parts by what the others teach"
    )
    parts: int = options.parse_args().cross
    every = list(letters)
    if parts:
        told(judged(every, parts))
        return
    weights = learns(every)
    file.write_text("".join(f"{weight * 100:.0f} {feature}\n" for feature, weight in weights.items()), "utf-8")
    print(f"{len(weights)} features")
