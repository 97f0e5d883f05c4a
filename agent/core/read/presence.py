"""Whether the writer of a letter will sit in the conversation: what the expressions of `writer` say, weighed with all that they say of
themselves.

A small linear model, learnt from our own corpus (`python -m tests.bench.presence` writes `presence.txt`). Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.core.read.attendees import kinds_of
from agent.core.read.linear import Linear
from agent.core.read.sentences import Sentence
from agent.core.read.words import words_of

MODEL = Linear("presence.txt")
THERE, AWAY = (
    2.5,
    -2.5,
)  # from which odds on the writer will be there, and up to which not, where no expression says either
SURELY_AWAY = -4.0  # and up to which not, though one says so
OF_ONESELF = frozenset(
    """i i'm i’m i'll i’ll i'd i’d i've i’ve me my myself mine we we'll we’ll we'd we’d we're we’re us our both undersigned two three four""".split()
)
MOST = 30  # sentences of a letter that are looked at
FOLLOWING = 4  # words behind an "I"


def takes_part(sentences: Sequence[Sentence], said: bool | None, others: int, agency: bool) -> bool | None:
    """`said`: what the expressions say; `others`: how many people are known to take part; `agency`: the writer places people."""
    return decided(said, others, MODEL.odds(features(sentences, said, others, agency)))


def decided(said: bool | None, others: int, odds: float) -> bool | None:
    if said is None and others and odds >= THERE:  # where nobody else is named, the writer is thanked anyway
        return True
    return False if odds <= (AWAY if said is None else SURELY_AWAY) else said


def features(sentences: Sequence[Sentence], said: bool | None, others: int, agency: bool) -> list[str]:
    found = ["=", f"said {said}", f"others {min(others, 2)}", f"said {said} others {min(others, 2)}"]
    if agency:
        found += ["agency", f"agency said {said}"]
    for sentence in sentences[:MOST]:
        spoken = words_of(sentence.text)
        if OF_ONESELF.isdisjoint([word.lower() for word in spoken]):
            continue
        words = ["^", *kinds_of(sentence.text, opening=True), "$"]
        found += [f"S:{word}" for word in words[1:-1]]
        found += [f"SS:{one} {other}" for one, other in pairwise(words)]
        for n, word in enumerate(words):
            if word in OF_ONESELF:
                behind = words[n + 1 : n + 1 + FOLLOWING]
                found += [f"{word} {' '.join(behind[:size])}" for size in (2, 3)]
                found += [f"{word}>{other}" for other in behind]
                found += [f"{' '.join(words[max(0, n - 2) : n])} {word}"]
                found += [f"{other}<{word}" for other in words[max(0, n - FOLLOWING) : n]]
    return list(dict.fromkeys(found))
