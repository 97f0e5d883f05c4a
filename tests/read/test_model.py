"""The weights stand beside the cues: they hear what no cue foresaw, and are as surely loaded as the code."""

from __future__ import annotations

from math import sqrt

import pytest

from agent.core.read import model
from agent.core.read.reading import Act, Kind
from tests.bench.train import LABELS
from tests.corpus.singles import HERE, singles
from tests.read.mail import reading


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("we went with a different person in the end", "reject"),
        ("i am happy to tell you that the job is yours", "offer"),
        ("when would you have time for an interview DAY ?", "invite"),
        ("please send us your references and your notice period", "info"),
        ("we are still waiting for the budget to be approved", "status"),
        ("please complete the attached coding exercise before DAY", "assess"),
    ],
)
def test_a_plain_sentence_gets_its_label(sentence: str, label: str) -> None:
    chances = model.probabilities(sentence, sent=False)
    assert max(chances, key=lambda name: chances[name]) == label
    assert chances[label] > 0.5


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("i am delighted to accept the offer", "accept"),
        ("after much thought i have to decline your offer", "decline"),
        ("please withdraw my application", "withdraw"),
        ("is there any news about the position ?", "chase"),
        ("thank you for the interview yesterday", "thank"),
    ],
)
def test_an_own_plain_sentence_gets_its_label(sentence: str, label: str) -> None:
    chances = model.probabilities(sentence, sent=True)
    assert max(chances, key=lambda name: chances[name]) == label


@pytest.mark.parametrize(
    "words", [("moved", "moving"), ("offers", "offer"), ("interviews", "interviewed"), ("candidates", "candidat")]
)
def test_forms_of_a_word_share_their_stem(words: tuple[str, str]) -> None:
    assert model.stem(words[0]) == model.stem(words[1])


def test_a_mask_is_its_own_stem() -> None:
    """DAYS would else become DAY."""
    assert model.stem("DAYS") == "DAYS"


def test_no_sentence_has_more_features_than_the_sums_can_hold() -> None:
    """16 bits for each label: the sum of the largest levels of a sentence must stay below them."""
    most = len(model.features(" ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))))
    assert most <= 3 * model.MOST_WORDS + 1
    assert most * 127 < 1 << model.FIELD


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize(
    "sentence",
    [
        "we regret that the role has gone to another candidate",
        "the best of the best of the best",  # pairs that come twice count once
        "appointed appointing appointment appoints",  # and so do stems and beginnings
        "DAY TIME DAY TIME ?",
        "zzyzx qwop zzyzx qwop candidate",  # what is not known is counted, too
        "- - -",
        "word " * 100,
    ],
)
def test_a_sentence_is_weighed_by_its_features_without_spelling_them_out(sentence: str, sent: bool) -> None:
    side = model.weights()[sent]
    found = model.features(sentence)
    rows = [row for feature in found if (row := row_of(side, feature))]
    levels = [total - model.MIDDLE * len(rows) for total in side.fields(sum(rows))]
    scale = side.own.step * model.LENGTH / sqrt(len(found) or 1)
    own = levels[: len(side.labels)]
    assert side.scores(sentence) == [b + scale * level for b, level in zip(side.own.bias, own, strict=True)]


def row_of(side: model.Weights, feature: str) -> int:
    first, *others = feature.split(" ")
    if not others:
        return side.single.get(first, 0)
    return (side.apart if len(others) > 1 else side.after).get(first, {}).get(others[-1], 0)


def test_a_score_far_below_the_best_counts_for_nothing() -> None:
    assert max(model.chances([0.0, -model.FAR])[1:]) < model.LEAST


def test_every_label_of_the_weights_is_one_that_the_corpus_teaches() -> None:
    taught = set(LABELS.values()) | {"neutral"}
    for side in model.weights().values():
        assert set(side.labels) <= taught
        assert len(side.own.bias) == len(side.labels)
        assert side.single
        assert side.after
        assert side.apart


def test_an_act_that_the_weights_found_names_the_words_it_rests_on() -> None:
    """P9: every conclusion can be explained."""
    found = [
        s
        for single in singles(HERE / "everyday" / "learn")
        for s in reading(single.text).said
        if "by weight of words" in s.evidence.what
    ]
    assert found
    assert all(said.evidence.words for said in found)


def test_what_was_weighed_is_named_by_words_alone() -> None:
    """P9: no name that stands for what was recognised is shown to a person."""
    found = ["reject", "by DAY", "^ we regret", "$", "NAME ORG"]
    assert model.spoken(found) == "by weight of words: reject, by, we regret"
    assert model.spoken(["^", "DAY"]) == "by weight of words"


def test_a_slight_suspicion_of_a_no_takes_the_ease_out_of_courtesy() -> None:
    """P2, P32: anything in doubt is unclear, not courtesy."""
    from dataclasses import replace

    from agent.core import kinds
    from agent.core.read.reading import Evidence, Said
    from tests.corpus.situations import before

    single = next(s for s in singles(HERE / "everyday" / "learn") if s.label == "courtesy" and "Likewise" not in s.text)
    plain = reading(single.text)
    known = before(single, plain)
    assert kinds.decide(plain, known).courtesy
    doubtful = replace(plain, said=(*plain.said, Said(Act.REJECT, 1.0, Evidence("reject", "it is somebody else"))))
    decision = kinds.decide(doubtful, known)
    assert decision.kind is Kind.OTHER
    assert decision.unclear
