"""What a whole message looks like, heard sentence by sentence: the same sums as its features one by one, and words to show for it."""

from __future__ import annotations

from math import exp, sqrt

import pytest

from agent.core.read import ear, model
from agent.core.read.reading import RECEIVED_KINDS, SENT_KINDS
from tests.read.mail import reading
from tests.read.test_model import row_of

SAID = [
    "thank you for coming in on DAY",
    "the panel went with someone else in the end",
    "so sorry",  # too short to be heard
    "the panel went with someone else in the end",  # said twice counts twice
]


def heard(sent: bool) -> ear.Ear:
    listening = ear.Ear(sent, ["@person", "@answers"])
    for sentence in SAID:
        listening.scores(sentence, sentence.capitalize())
    return listening


@pytest.mark.parametrize("sent", [False, True])
def test_the_opinion_is_that_of_all_features_together(sent: bool) -> None:
    side = model.weights()[sent]
    features = ["@person", "@answers", *(f for s in SAID if len(s.split()) > 2 for f in model.features(s))]
    rows = [row for f in features if (row := row_of(side, f))]
    levels = [sum(column) for column in zip(*map(side.fields, rows), strict=True)][len(side.labels) :]
    scale = side.whole.step * model.LENGTH / sqrt(len(features))
    scores = [b + scale * (n - model.MIDDLE * len(rows)) for b, n in zip(side.whole.bias, levels, strict=True)]
    wanted = {name: exp(score) for name, score in zip(side.whole.names, scores, strict=True)}
    opinion = heard(sent).opinion()
    assert opinion is not None
    for name, chance in opinion.chances:
        assert chance == pytest.approx(wanted[name] / sum(wanted.values()), abs=1e-4)


def test_every_label_is_a_kind_or_a_sort_of_other() -> None:
    sorts = {"foreign", "courtesy", "unclear"}
    for sent, kinds in ((False, RECEIVED_KINDS), (True, SENT_KINDS)):
        assert set(model.weights()[sent].whole.names) <= {kind.value for kind in kinds} | sorts


def test_the_opinion_shows_the_sentence_that_speaks_most_for_it() -> None:
    """I13, P9: its words are the message's own, and no more of them than the one sentence."""
    found = reading(
        "Thank you for coming in.\n\nThe panel has decided to go with another candidate.\n\nMind the ice."
    ).opinion
    assert found is not None
    assert found.chances[0][0] == "rejection"
    assert found.evidence.words == "The panel has decided to go with another candidate."


def test_nobody_has_an_opinion_of_nothing_nor_of_a_subject_alone() -> None:
    assert ear.Ear(False, ["@person"]).opinion() is None
    assert reading("").opinion is None


def test_newsletters_are_not_listened_to() -> None:
    """Nothing but a receipt is ever made of bulk mail, so its hundreds of sentences need no weighing."""
    assert (
        reading(
            "An offer for you, and an interview.",
            headers={
                "List-Id": "<news.shop.example>",
                "List-Unsubscribe": "<mailto:off@shop.example>",
                "Precedence": "bulk",
            },
        ).opinion
        is None
    )
