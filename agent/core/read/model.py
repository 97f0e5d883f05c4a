"""What a sentence does, weighed by its words: a small linear model, trained on our own corpus (`python -m tests.bench.train`).

It stands beside the cues of `cues`, for the many wordings that no cue foresaw. Features are the stems of a sentence in its normal
form, their pairs and the pieces of longer words; the answer is one probability for each label. The weights are data
(`weights.txt`), small whole numbers that are summed up packed in one integer, and no feature is spelled out to be weighed, so that
a sentence costs some microseconds. Pure; nothing is loaded before the first sentence is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt
from operator import itemgetter
from struct import Struct
from typing import NamedTuple

from agent.core.read.reading import BY_WEIGHT, Act
from agent.core.read.words import in_order

WORD = re.compile(r"[A-Za-zà-ÿ]+|\?")
ENDINGS = ("ing", "edly", "ed", "ies", "es", "s", "ly")
LAST_OF_ENDINGS = frozenset(ending[-1] for ending in ENDINGS)  # the cheaper question
LENGTH = 12.0  # every sentence is a vector of this length, however long it is
MIDDLE = 80  # the character that stands for the weight 0
FIELD = 32  # bits for one label's sum: a level is a character of ASCII, so that no message overflows it
MASK = (1 << FIELD) - 1
MOST_WORDS = 48  # of a sentence that are looked at
LONG = 3  # longer words are known by their pieces, too
PIECE = 5  # letters
NOTHING: dict[str, int] = {}
DATA = ("weights.txt", "wholes.txt")  # what a sentence does, what a whole message is
SIGN = {"received": False, "sent": True}


def stem(word: str) -> str:
    """Rough, but the same in training and in use: "moved", "moving", "moves" become one."""
    if word.isupper():
        return word
    if word[-1] not in LAST_OF_ENDINGS:
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    """The runs of five letters in a longer word, its ends marked: "unsuccessfully" is akin to "success", "appoint" to "appointment"."""
    if len(word) <= LONG or word.isupper():
        return ()
    whole = f"<{word}>"
    return tuple([f"~{whole[n : n + PIECE]}" for n in range(len(whole) - PIECE + 1)])


def features(normal: str) -> list[str]:
    """The features of a sentence in its normal form (`acts.normal`), as often as they come: stems, pairs of neighbours and of those
    with one word between them, the ends marked; and the pieces of longer words."""
    words = WORD.findall(normal)[:MOST_WORDS]
    return [*in_words(words), *[piece for word in words for piece in pieces(word)]]


def in_words(words: Sequence[str]) -> list[str]:
    """Those features of a sentence that are words and pairs of them."""
    if not words:
        return []
    stems = ["^", *map(stem, words), "$"]
    pairs = [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]
    apart = [f"{a} _ {b}" for a, b in zip(stems, stems[2:], strict=False)]
    return [*stems[1:-1], *pairs, *apart]


MOST_MET = 20_000
Rows = dict[str, int]  # one field of FIELD bits for each label, the first label lowest


class Word(NamedTuple):
    """What one direction knows of a word. `row`: the sum of the rows of its stem and pieces, of which there are `known`, of so many
    `features`; `after`, `apart`: the rows of the pairs that its stem begins."""

    stem: str
    row: int
    known: int
    features: int
    after: Rows
    apart: Rows


class Words(dict[str, Word]):
    """Word -> what one direction knows of it, kept for the next time; the memory is bounded.

    `single`: the rows of stems and pieces; `after`: first stem of a pair -> second; `apart`: the same of those with a word
    between. `spelled`: the words of all features, each to itself: where a word is always the same object, no look-up compares
    letters.
    """

    def __init__(self, spelled: dict[str, str]) -> None:
        self.spelled = spelled
        self.single: Rows = {}
        self.after: dict[str, Rows] = {}
        self.apart: dict[str, Rows] = {}

    def __missing__(self, word: str) -> Word:
        if word.isascii() and not word.isalpha() and word != "?":
            raise KeyError(word)  # there are digits in it: `WORD` finds no such word
        if len(self) > MOST_MET:
            self.clear()
        first = self.spelled.get(root := stem(word), root)
        own = (first, *pieces(word))
        rows = [self.single[piece] for piece in own if piece in self.single]
        pairs, gapped = self.after.get(first, NOTHING), self.apart.get(first, NOTHING)
        self[word] = met = Word(first, sum(rows), len(rows), len(own), pairs, gapped)
        return met


class Labels(NamedTuple):
    """What is told apart, a score's beginning for each, and what one level counts."""

    names: tuple[str, ...]
    step: float
    bias: tuple[float, ...]

    def scores(self, levels: Sequence[int], known: int, features: int) -> list[float]:
        """`levels`: the sums of `known` rows, of so many features."""
        scale = self.step * LENGTH / sqrt(features or 1)
        none = MIDDLE * known
        return [b + scale * (level - none) for b, level in zip(self.bias, levels, strict=True)]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one direction: what a sentence does (`own`), and what a whole message is (`whole`), in one row for both."""

    own: Labels
    whole: Labels
    words: Words

    @property
    def labels(self) -> tuple[str, ...]:
        return self.own.names

    @property
    def single(self) -> Rows:
        return self.words.single

    @property
    def after(self) -> dict[str, Rows]:
        return self.words.after

    @property
    def apart(self) -> dict[str, Rows]:
        return self.words.apart

    def learn(self, feature: str, row: int) -> None:
        words = self.words
        first, *others = (words.spelled.setdefault(word, word) for word in feature.split(" "))
        rows = words.single if not others else (words.apart if len(others) > 1 else words.after).setdefault(first, {})
        rows[others[-1] if others else first] = row

    def words_of(self, normal: str) -> list[Word]:
        known = self.words.__getitem__
        words = in_order(normal) if normal.isascii() else WORD.findall(normal)
        try:
            return list(map(known, words[:MOST_WORDS]))
        except KeyError:
            return list(map(known, WORD.findall(normal)[:MOST_WORDS]))

    def scores(self, normal: str) -> list[float]:
        """A sentence -> one score for each label: the sum over its features."""
        total, known, features = self.summed(self.words_of(normal))
        return self.own.scores(self.levels_of_own(total), known, features)

    def summed(self, words: Sequence[Word]) -> tuple[int, int, int]:
        """-> (the sum of the rows of a sentence's features, how many rows those are, how many features it has)."""
        if not words:
            return 0, 0, 0
        stems, rows, known, features, after, apart = zip(*words, strict=True)
        ends = (*stems, "$")
        pairs = [
            *filter(None, map(dict.get, (self.words.after.get("^", NOTHING), *after), ends)),
            *filter(None, map(dict.get, (self.words.apart.get("^", NOTHING), *apart), ends[1:])),
        ]
        return sum(pairs, sum(rows)), sum(known) + len(pairs), sum(features) + 2 * len(stems) + 1

    def fields(self, packed: int) -> tuple[int, ...]:
        return self.levels_of_own(packed) + self.levels_of_whole(packed)

    def levels_of_own(self, packed: int) -> tuple[int, ...]:
        """The levels of what a sentence does, which come first in a row."""
        own, whole = len(self.own.names), len(self.whole.names)
        return form(own).unpack_from(packed.to_bytes(FIELD // 8 * (own + whole), "little"))

    def levels_of_whole(self, packed: int) -> tuple[int, ...]:
        own, whole = len(self.own.names), len(self.whole.names)
        return form(whole).unpack_from(packed.to_bytes(FIELD // 8 * (own + whole), "little"), FIELD // 8 * own)

    def probabilities(self, normal: str) -> dict[str, float]:
        return dict(zip(self.labels, chances(self.scores(normal)), strict=True))

    def strongest(self, normal: str, label: str, most: int = 3) -> list[str]:
        """The features that speak most for what a sentence does, the strongest first."""
        shift = FIELD * self.own.names.index(label)
        found = dict.fromkeys(in_words(WORD.findall(normal)[:MOST_WORDS]))
        rated = [((self.row_of(feature) >> shift & MASK) - MIDDLE, feature) for feature in found]
        return [feature for level, feature in sorted((-level, f) for level, f in rated if level > 0)[:most]]

    def row_of(self, feature: str) -> int:
        """The levels of a feature, packed; 0 for one that is not known."""
        first, *others = feature.split(" ")
        if not others:
            return self.single.get(first, 0)
        return (self.apart if len(others) > 1 else self.after).get(first, NOTHING).get(others[-1], 0)


@cache
def form(width: int) -> Struct:
    """Of so many levels in a row."""
    return Struct(f"<{width}I")


def chances(scores: Sequence[float]) -> list[float]:
    """Scores -> probabilities, summing up to 1."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def spoken(strongest: Iterable[str]) -> str:
    """The features that decided, for a person: words alone, without the names that stand for what was recognised."""
    made = (" ".join(w for w in f.split() if not w.isupper() and w not in "^$?_") for f in strongest)
    words = [w for w in dict.fromkeys(made) if w][:3]
    return f"{BY_WEIGHT}: {', '.join(words)}" if words else BY_WEIGHT


@cache
def weights() -> dict[bool, Weights]:
    """Sent (True) and received (False) weights, read at the first call."""
    own, whole = (files("agent.core.read").joinpath(name).read_text(encoding="utf-8").split("\n") for name in DATA)
    return parse(own, whole)


class Half(NamedTuple):
    """The rows of one file for one direction: "characters feature" each, `width` characters."""

    labels: Labels
    rows: list[str]


def halves(lines: Iterable[str]) -> dict[bool, Half]:
    """A file: "= side step", "labels", "biases", then the rows, one a line."""
    found: dict[bool, Half] = {}
    at = iter(lines)
    for line in at:
        if line.startswith("= "):
            _, side, step = line.split(" ")
            names = tuple(next(at).split(" "))
            rows: list[str] = []
            found[SIGN[side]] = Half(Labels(names, float(step), tuple(map(float, next(at).split(" ")))), rows)
        elif line:
            rows.append(line)
    return found


def parse(own: Iterable[str], whole: Iterable[str]) -> dict[bool, Weights]:
    """The two files of data: a row holds the levels of what a sentence does, then those of what a message is."""
    spelled: dict[str, str] = {}
    wholes = halves(whole)
    found: dict[bool, Weights] = {}
    for sent, half in halves(own).items():
        other = wholes[sent]
        found[sent] = side = Weights(half.labels, other.labels, Words(spelled))
        first, second = len(half.labels.names), len(other.labels.names)
        levels = {row[second:]: row[:second] for row in other.rows}
        nothing = chr(MIDDLE) * second
        for row in half.rows:
            feature = row[first:]
            side.learn(feature, packed(row[:first] + levels.pop(feature, nothing)))
        nothing = chr(MIDDLE) * first
        for feature, level in levels.items():
            side.learn(feature, packed(nothing + level))
    return found


def packed(levels: str) -> int:
    return int.from_bytes(levels.encode("utf-32-le"), "little")


def probabilities(normal: str, sent: bool) -> dict[str, float]:
    return weights()[sent].probabilities(normal)


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
FAR = 1.4  # so far below the best score no label has the least chance that counts: e ** -1.4 < LEAST
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


def heard(scores: Sequence[float], labels: tuple[str, ...], cued: Collection[Act]) -> list[tuple[Act, float, str]]:
    """(act, score, label) of a sentence, as far as the model is sure. `cued`: the acts for which it has a cue.

    A score below zero is to be taken from that of the cue: the sentence has its word, but nothing else of it.
    """
    doubted = [label for label, act in DOUBTED.items() if act in cued] if cued else ()
    top = max(scores)
    near = top - FAR
    if not doubted and max(acting(labels)(scores)) < near:
        return []
    out: list[tuple[Act, float, str]] = []
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    for label, score, power in zip(labels, scores, powers, strict=True):
        if score < near and label not in doubted:
            continue
        chance = power / whole
        if chance >= LEAST and label in MEANS:
            strength = next((strength for least, strength in LEVELS.get(label, USUAL) if chance >= least), 0.0)
            if strength:
                out += [(act, strength * share, label) for act, share in MEANS[label]]
        elif chance < NEVER and label in doubted:
            out.append((DOUBTED[label], LESS, label))
    return out


@cache
def acting(labels: tuple[str, ...]) -> Callable[[Sequence[float]], tuple[float, ...]]:
    """Takes from the scores of these labels those of the labels that mean acts."""
    return itemgetter(*[n for n, label in enumerate(labels) if label in MEANS])


def why(normal: str, sent: bool, label: str) -> str:
    """On what features of a sentence its label rests, for a person."""
    return spoken(weights()[sent].strongest(normal, label, 6))
