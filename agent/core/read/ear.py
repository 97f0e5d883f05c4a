"""One message as the model hears it: sentence by sentence what each does, and in the end what kind the whole of it looks like.

The second is the second opinion of `kinds`: a cue looks at one sentence, this at all the words of a message at once, and the two
seldom miss the same mail. Both come from one walk over the words, whose rows hold the levels of both (`model.Weights`).
"""

from __future__ import annotations

from collections.abc import Collection
from math import sqrt
from typing import NamedTuple

from agent.core.read import model
from agent.core.read.reading import LEAST_CHANCE, Act, Evidence, Opinion
from agent.core.read.sentences import shortened

FEWEST_WORDS = 3  # of a sentence that is heard at all
ELSEWHERE = frozenset(("foreign", "other"))


class Sentence(NamedTuple):
    """One sentence that was heard: in its normal form, as written, where; the sum of its `known` rows, packed."""

    normal: str
    written: str
    where: str
    row: int
    known: int


class Ear:
    """Hears the sentences of one message. `signs`: what it is besides its words (`reader.signs`)."""

    def __init__(self, sent: bool, signs: Collection[str] = ()) -> None:
        self.side = model.weights()[sent]
        self.labels = self.side.own.names
        self.sentences: list[Sentence] = []
        rows = [row for sign in signs if (row := self.side.single.get(sign))]
        self.signs = sum(rows), len(rows)
        self.features = len(signs)

    def scores(self, normal: str, written: str, where: str = "text") -> list[float] | None:
        """What a sentence in its normal form does, a score for each of the model's labels; None where it is too short to tell."""
        features = self.listen(normal, written, where)
        if not features:
            return None
        said = self.sentences[-1]
        return self.side.own.scores(self.side.levels_of_own(said.row), said.known, features)

    def listen(self, normal: str, written: str, where: str) -> int:
        """How many features a sentence has, which weighs in the whole from now on; 0 where it is too short."""
        if normal.count(" ") + 1 < FEWEST_WORDS:
            return 0
        row, known, features = self.side.summed(self.side.words_of(normal))
        self.sentences.append(Sentence(normal, written, where, row, known))
        self.features += features
        return features or 1

    def heard(self, normal: str, written: str, cued: Collection[Act]) -> list[tuple[Act, float, str]]:
        """What the model hears in a sentence, as `model.heard` tells it."""
        scores = self.scores(normal, written)
        return model.heard(scores, self.labels, cued) if scores is not None else []

    def opinion(self) -> Opinion | None:
        """What kind the message looks like by all that was heard; None where that was nothing."""
        if all(said.where != "text" for said in self.sentences):
            return None
        whole, first = self.side.whole, len(self.labels)
        row, known = self.signs
        rows = [row, *[said.row for said in self.sentences]]
        known += sum([said.known for said in self.sentences])
        if known <= model.MOST_ROWS:
            levels = self.side.levels_of_whole(sum(rows))
        else:
            levels = tuple(map(sum, zip(*map(self.side.levels_of_whole, rows), strict=True)))
        chances = model.chances(whole.scores(levels, known, self.features))
        likely = sorted(zip(chances, whole.names, strict=True), reverse=True)
        kept = tuple([(name, round(chance, 4)) for chance, name in likely if chance >= LEAST_CHANCE])
        return Opinion(kept, self.evidence(first + whole.names.index(kept[0][0])))

    def evidence(self, place: int) -> Evidence:
        """The sentence that speaks most for a kind, for its length. Of mail about something else no word is kept (I13)."""
        if self.side.whole.names[place - len(self.side.labels)] in ELSEWHERE:
            return Evidence("all its words together", "")
        shift = model.FIELD * place
        best = max(
            self.sentences,
            key=lambda said: ((said.row >> shift & 0xFFFF) - model.MIDDLE * said.known) / sqrt(said.known or 1),
        )
        return Evidence("all its words together, most of all", shortened(best.written), best.where)
