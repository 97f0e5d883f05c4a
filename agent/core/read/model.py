"""What a sentence does, weighed by its words: a small linear model, trained on our own corpus (`python -m tests.bench.train`).

It stands beside the cues of `cues`, for the many wordings that no cue foresaw. Features are the stems of a sentence in its normal
form, their pairs and how the longer words begin; the answer is one probability for each label. The weights are data
(`weights.txt`), small whole numbers that are summed up packed in one integer, so that a sentence costs some microseconds.
Pure; nothing is loaded before the first sentence is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from struct import unpack

from agent.core.read.reading import Act

WORD = re.compile(r"[A-Za-zà-ÿ]+|\?")
ENDINGS = ("ing", "edly", "ed", "ies", "es", "s", "ly")
LENGTH = 12.0  # every sentence is a vector of this length, however long it is
MIDDLE = 80  # the character that stands for the weight 0
FIELD = 16  # bits for one label's sum; no sentence has enough features to overflow it
MOST_WORDS = 48  # of a sentence that are looked at
LONG = 5  # longer words are known by how they begin, too: "appoint" by "appointment"
BEGINNINGS = (4, 5)  # letters
SIGN = {"received": False, "sent": True}


def stem(word: str) -> str:
    """Rough, but the same in training and in use: "moved", "moving", "moves" become one."""
    if word.isupper():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def features(normal: str) -> list[str]:
    """Distinct features of a sentence in its normal form (`acts.normal`), in order: stems, pairs of neighbours and of those with
    one word between them, the ends marked; and how the longer words begin."""
    words = WORD.findall(normal)[:MOST_WORDS]
    if not words:
        return []
    stems = ["^", *(known if (known := STEMS.get(w)) else learned(w) for w in words), "$"]
    pairs = [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]
    apart = [f"{a} _ {b}" for a, b in zip(stems, stems[2:], strict=False)]
    begin = [f"<{w[:size]}" for w in words if len(w) > LONG and w.islower() for size in BEGINNINGS]
    return list(dict.fromkeys((*stems[1:-1], *pairs, *apart, *begin)))


STEMS: dict[str, str] = {}
MOST_STEMS = 8_000


def learned(word: str) -> str:
    """The stem of a new word, kept for the next time; the memory is bounded."""
    if len(STEMS) > MOST_STEMS:
        STEMS.clear()
    STEMS[word] = found = stem(word)
    return found


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one direction. `table`: feature -> one field of 16 bits for each label, the first label lowest; `step`: one level."""

    labels: tuple[str, ...]
    step: float
    bias: tuple[float, ...]
    table: dict[str, int]

    def probabilities(self, found: Sequence[str]) -> dict[str, float]:
        """Features of a sentence -> label -> probability, summing up to 1."""
        rows = list(filter(None, map(self.table.get, found)))
        none = MIDDLE * len(rows)
        scale = self.step * LENGTH / sqrt(len(found) or 1)
        scores = [b + scale * (total - none) for b, total in zip(self.bias, self.fields(sum(rows)), strict=True)]
        top = max(scores)
        powers = [exp(score - top) for score in scores]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}

    def fields(self, packed: int) -> tuple[int, ...]:
        width = len(self.labels)
        return unpack(f"<{width}H", packed.to_bytes(2 * width, "little"))

    def strongest(self, found: Sequence[str], label: str, most: int = 3) -> list[str]:
        """The features that speak most for a label, the strongest first."""
        shift = FIELD * self.labels.index(label)
        levels = [((self.table[f] >> shift & 0xFFFF) - MIDDLE, f) for f in found if f in self.table]
        return [feature for level, feature in sorted(levels, key=lambda x: (-x[0], x[1]))[:most] if level > 0]


def spoken(strongest: Iterable[str]) -> str:
    """The features that decided, for a person: words alone, without the names that stand for what was recognised."""
    made = (" ".join(w for w in f.split() if not w.isupper() and w not in "^$?_") for f in strongest if f[0] != "<")
    words = [w for w in dict.fromkeys(made) if w][:3]
    return f"by weight of words: {', '.join(words)}" if words else "by weight of words"


@cache
def weights() -> dict[bool, Weights]:
    """Sent (True) and received (False) weights, read at the first call."""
    return parse(files("agent.core.read").joinpath("weights.txt").read_text(encoding="utf-8").split("\n"))


def parse(lines: Iterable[str]) -> dict[bool, Weights]:
    """The file: "= side step", "labels", "biases", then "characters feature" in lines."""
    found: dict[bool, Weights] = {}
    table: dict[str, int] = {}
    at = iter(lines)
    for line in at:
        if line.startswith("= "):
            _, side, step = line.split(" ")
            labels = tuple(next(at).split(" "))
            bias = tuple(map(float, next(at).split(" ")))
            table = {}
            width = len(labels)
            found[SIGN[side]] = Weights(labels, float(step), bias, table)
        elif line:
            table[line[width:]] = int.from_bytes(line[:width].encode("utf-16-le"), "little")
    return found


def probabilities(normal: str, sent: bool) -> dict[str, float]:
    return weights()[sent].probabilities(features(normal))


# What a label means as acts, each with the share of the score that it gets.
MEANS: dict[str, tuple[tuple[Act, float], ...]] = {
    "reject": ((Act.REJECT, 1.0),),
    "offer": ((Act.OFFER, 1.0),),
    "cancel": ((Act.CANCEL, 1.0),),
    "move": ((Act.MOVE, 1.0),),
    "fix": ((Act.FIX, 1.0),),
    "invite": ((Act.PROPOSE, 1.0), (Act.INVITE, 0.8)),
    "assess": ((Act.ASSESS, 1.0),),
    "info": ((Act.ASK_INFO, 1.0),),
    "status": ((Act.STATUS, 1.0),),
    "receipt": ((Act.RECEIPT, 1.0),),
    "courtesy": ((Act.COURTESY, 0.6),),
    "accept": ((Act.ACCEPT, 1.1),),
    "decline": ((Act.DECLINE, 1.0),),
    "withdraw": ((Act.WITHDRAW, 1.0),),
    "agree": ((Act.AGREE, 1.0),),
    "times": ((Act.OFFER_TIMES, 1.0),),
    "chase": ((Act.CHASE, 1.0),),
    "thank": ((Act.THANK, 1.0),),
}
Levels = tuple[tuple[float, float], ...]
# From which probability on a label is how strong an act: found by trying, on messages that the weights had not seen.
USUAL: Levels = ((0.9, 7.0), (0.7, 5.0), (0.5, 3.0))
CAREFUL: Levels = ((0.95, 7.0), (0.85, 5.0), (0.6, 3.0), (0.25, 1.0))
READY: Levels = ((0.8, 7.0), (0.6, 5.0), (0.4, 3.0))
EAGER: Levels = ((0.8, 8.0), (0.65, 6.0), (0.5, 5.0), (0.3, 3.0))
BOLD: Levels = ((0.7, 8.0), (0.5, 6.0), (0.35, 5.0), (0.25, 3.0))
LEVELS: dict[str, Levels] = {
    # a slight suspicion of a no is kept, too: it never decides, but it takes the ease out of what else is said (P2)
    "reject": CAREFUL,
    "move": READY,
    "status": EAGER,
    "offer": EAGER,
    "cancel": EAGER,
    "agree": EAGER,
    "chase": EAGER,
    "fix": BOLD,
    "info": BOLD,
    "receipt": BOLD,
    "courtesy": BOLD,
    "accept": BOLD,
    "decline": BOLD,
    "withdraw": BOLD,
}
LEAST = 0.25  # nothing below it counts
# Cues that ask too little of a sentence: where the model is sure that it does not do this, they lose some of their score.
DOUBTED = {
    "reject": Act.REJECT,
    "offer": Act.OFFER,
    "status": Act.STATUS,
    "info": Act.ASK_INFO,
    "courtesy": Act.COURTESY,
    "accept": Act.ACCEPT,
    "withdraw": Act.WITHDRAW,
    "times": Act.OFFER_TIMES,
}
NEVER, LESS = 0.04, -3.0
FEWEST_WORDS = 3


def heard(normal: str, sent: bool) -> list[tuple[Act, float, str]]:
    """(act, score, the features that speak most for it) of a sentence, as far as the model is sure.

    A score below zero is to be taken from that of a cue: the sentence has its word, but nothing else of it.
    """
    if normal.count(" ") + 1 < FEWEST_WORDS:
        return []
    side = weights()[sent]
    found = features(normal)
    out: list[tuple[Act, float, str]] = []
    for label, chance in side.probabilities(found).items():
        if chance >= LEAST and label in MEANS:
            score = next((score for least, score in LEVELS.get(label, USUAL) if chance >= least), 0.0)
            if score:
                why = spoken(side.strongest(found, label, 6))
                out += [(act, score * share, why) for act, share in MEANS[label]]
        elif chance < NEVER and label in DOUBTED:
            out.append((DOUBTED[label], LESS, ""))
    return out
