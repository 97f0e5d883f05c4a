"""What a sentence does, weighed by its words: a small linear model, trained on our own corpus (`python -m tests.bench.train`).

It stands beside the cues of `cues`, for the many wordings that no cue foresaw. Features are the stems of a sentence in its normal
form, their pairs and how the longer words begin; the answer is one probability for each label. The weights are data
(`weights.txt`), small whole numbers that are summed up packed in one integer, and no feature is spelled out to be weighed, so that
a sentence costs some microseconds. Pure; nothing is loaded before the first sentence is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
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
FIELD = 16  # bits for one label's sum; no sentence has enough features to overflow it
MOST_ROWS = 0xFFFF // 127  # so many rows never overflow it: a level is a character of ASCII
MOST_WORDS = 48  # of a sentence that are looked at
LONG = 5  # longer words are known by how they begin, too: "appoint" by "appointment"
BEGINNINGS = (4, 5)  # letters
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


def beginnings(word: str) -> tuple[str, ...]:
    return tuple(f"<{word[:size]}" for size in BEGINNINGS) if len(word) > LONG and word.islower() else ()


def features(normal: str) -> list[str]:
    """Distinct features of a sentence in its normal form (`acts.normal`), in order: stems, pairs of neighbours and of those with
    one word between them, the ends marked; and how the longer words begin."""
    words = WORD.findall(normal)[:MOST_WORDS]
    if not words:
        return []
    stems = ["^", *map(stem, words), "$"]
    pairs = [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]
    apart = [f"{a} _ {b}" for a, b in zip(stems, stems[2:], strict=False)]
    begin = [start for word in words for start in beginnings(word)]
    return list(dict.fromkeys((*stems[1:-1], *pairs, *apart, *begin)))


MOST_MET = 20_000
Pair = tuple[str, str]
Rows = dict[str, int]  # one field of 16 bits for each label, the first label lowest


class Word(NamedTuple):
    """What one direction knows of a word. `begins`: how it begins; `row`: the sum of the rows of its stem and beginnings, of which
    there are `known`; `after`, `apart`: the rows of the pairs that its stem begins."""

    stem: str
    begins: tuple[str, ...]
    row: int
    known: int
    after: Rows
    apart: Rows


class Words(dict[str, Word]):
    """Word -> what one direction knows of it, kept for the next time; the memory is bounded.

    `single`: the rows of stems and beginnings; `after`: first stem of a pair -> second; `apart`: the same of those with a word
    between. `spelled`: the pieces of all features, each to itself: where a piece is always the same object, no look-up compares
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
        first, *begins = (self.spelled.get(piece, piece) for piece in (stem(word), *beginnings(word)))
        rows = [self.single[piece] for piece in (first, *begins) if piece in self.single]
        pairs, gapped = self.after.get(first, NOTHING), self.apart.get(first, NOTHING)
        self[word] = met = Word(first, tuple(begins), sum(rows), len(rows), pairs, gapped)
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
        first, *others = (words.spelled.setdefault(piece, piece) for piece in feature.split(" "))
        rows = words.single if not others else (words.apart if len(others) > 1 else words.after).setdefault(first, {})
        rows[others[-1] if others else first] = row

    def words_of(self, normal: str) -> list[Word]:
        known = self.words.__getitem__
        words = in_order(normal) if normal.isascii() else WORD.findall(normal)
        try:
            return list(map(known, words[:MOST_WORDS]))
        except KeyError:
            return list(map(known, WORD.findall(normal)[:MOST_WORDS]))

    def pieces_of(self, words: Sequence[Word]) -> tuple[set[str], set[Pair], set[Pair]]:
        """The `features` of a sentence, none spelled out: single ones, pairs of neighbours, and those with a word between."""
        stems = ["^", *[word.stem for word in words], "$"] if words else []
        single = {*stems[1:-1]}.union(*[word.begins for word in words])
        return single, {*zip(stems, stems[1:], strict=False)}, {*zip(stems, stems[2:], strict=False)}

    def scores(self, normal: str) -> list[float]:
        """A sentence -> one score for each label: the sum over its features."""
        total, known, features = self.summed(self.words_of(normal))
        return self.own.scores(self.levels_of_own(total), known, features)

    def summed(self, words: Sequence[Word]) -> tuple[int, int, int]:
        """-> (the sum of the rows of a sentence's features, how many rows those are, how many features it has)."""
        if not words:
            return 0, 0, 0
        stems, begins, row, known, after, apart = zip(*words, strict=True)
        longer = [own[0] for own in begins if own]
        ends = (*stems, "$")
        rows = [
            *filter(None, map(dict.get, (self.words.after.get("^", NOTHING), *after), ends)),
            *filter(None, map(dict.get, (self.words.apart.get("^", NOTHING), *apart), ends[1:])),
        ]
        if len({*stems}) == len(stems) and len({*longer}) == len(longer):
            return sum(rows, sum(row)), sum(known) + len(rows), 3 * len(ends) - 2 + len(BEGINNINGS) * len(longer)
        # a word comes twice, or two are akin: so may features
        starts = ("^", *stems)
        pairs, gapped = {*zip(starts, ends, strict=True)}, {*zip(starts, ends[1:], strict=False)}
        if len(pairs) < len(ends) or len(gapped) < len(stems):
            return self.summed_once(words)
        single = {*stems}.union(*begins)
        own = [*filter(None, map(self.words.single.get, single))]
        return sum(rows, sum(own)), len(own) + len(rows), len(single) + len(pairs) + len(gapped)

    def summed_once(self, words: Sequence[Word]) -> tuple[int, int, int]:
        """The same, each feature counted once however often it comes."""
        single, pairs, gapped = self.pieces_of(words)
        after, apart = self.after, self.apart
        rows = list(filter(None, map(self.single.get, single)))
        rows += [row for a, b in pairs if a in after and (row := after[a].get(b))]
        rows += [row for a, b in gapped if a in apart and (row := apart[a].get(b))]
        return sum(rows), len(rows), len(single) + len(pairs) + len(gapped)

    def fields(self, packed: int) -> tuple[int, ...]:
        return self.levels_of_own(packed) + self.levels_of_whole(packed)

    def levels_of_own(self, packed: int) -> tuple[int, ...]:
        """The levels of what a sentence does, which come first in a row."""
        own, whole = len(self.own.names), len(self.whole.names)
        return form(own).unpack_from(packed.to_bytes(2 * (own + whole), "little"))

    def levels_of_whole(self, packed: int) -> tuple[int, ...]:
        own, whole = len(self.own.names), len(self.whole.names)
        return form(whole).unpack_from(packed.to_bytes(2 * (own + whole), "little"), 2 * own)

    def probabilities(self, normal: str) -> dict[str, float]:
        return dict(zip(self.labels, chances(self.scores(normal)), strict=True))

    def strongest(self, normal: str, label: str, most: int = 3) -> list[str]:
        """The features that speak most for what a sentence does, the strongest first."""
        shift = FIELD * self.own.names.index(label)
        words = self.words_of(normal)
        stems = [word.stem for word in words]
        starts, ends = ("^", *stems), (*stems, "$")
        after = (self.words.after.get("^", NOTHING), *[word.after for word in words])
        apart = (self.words.apart.get("^", NOTHING), *[word.apart for word in words])
        single = self.words.single
        found: set[tuple[int, str]] = set()
        for piece in {*stems}.union(*[word.begins for word in words]):
            if piece in single and (level := single[piece] >> shift & 0xFFFF) > MIDDLE:
                found.add((MIDDLE - level, piece))
        for first, rows, last in zip(starts, after, ends, strict=True):
            if last in rows and (level := rows[last] >> shift & 0xFFFF) > MIDDLE:
                found.add((MIDDLE - level, f"{first} {last}"))
        for first, rows, last in zip(starts, apart, ends[1:], strict=False):
            if last in rows and (level := rows[last] >> shift & 0xFFFF) > MIDDLE:
                found.add((MIDDLE - level, f"{first} _ {last}"))
        return [feature for _, feature in sorted(found)[:most]]


@cache
def form(width: int) -> Struct:
    """Of so many levels in a row."""
    return Struct(f"<{width}H")


def chances(scores: Sequence[float]) -> list[float]:
    """Scores -> probabilities, summing up to 1."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def spoken(strongest: Iterable[str]) -> str:
    """The features that decided, for a person: words alone, without the names that stand for what was recognised."""
    made = (" ".join(w for w in f.split() if not w.isupper() and w not in "^$?_") for f in strongest if f[0] != "<")
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
    return int.from_bytes(levels.encode("utf-16-le"), "little")


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
