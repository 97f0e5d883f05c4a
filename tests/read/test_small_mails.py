"""Issue 3: small mails that carry one fact each, said in as many ways as people say it (`tests.bench.small`).

What is understood must not become less. The floors are what was measured when they were last raised.
"""

from __future__ import annotations

import pytest

from tests.bench.small import MEASURES, ended_wrongly, mails

FLOORS = {
    "houses": 767,
    "jobs": 629,
    "who takes part": 987,
    "whether the writer does": 888,
    "promised dates": 709,
    "times": 314,
    "kinds": 1053,
    "kinds of the owner's mail": 137,
}
WRONG_ENDS = 24  # of 1,240; these mails lead astray on purpose


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_no_fewer_facts_are_understood_than_before(name: str) -> None:
    file, measure = MEASURES[name]
    missed = list(measure())
    assert len(mails(file)) - len(missed) >= FLOORS[name], missed


def test_no_more_mails_are_taken_for_a_refusal_or_an_offer_than_before() -> None:
    """P14, P15: these call for a reply that would embarrass."""
    wrong = list(ended_wrongly())
    assert len(wrong) <= WRONG_ENDS, wrong
