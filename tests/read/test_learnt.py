"""Issue 3, items 3 and 5: what small learnt models add to the expressions, and what they take back (`read/pledges`, `appointments`,
`attendees`)."""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.read import appointments, attendees, hirers, pledges
from agent.core.read.linear import Linear, bag, is_so, pairs, written
from tests.read.mail import reading

MODELS = [appointments.MODEL, attendees.MODEL, hirers.MODEL, pledges.MODEL]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.file)
def test_a_model_is_shipped_and_features_it_does_not_know_say_nothing(model: Linear) -> None:
    assert sum(map(len, model.weights.values())) > 1000
    known = model.odds([is_so("=")])
    assert known == model.weights["is"].get("=", 0) / 100
    assert model.odds([is_so("=", "no such feature"), ("no such group", ("x", ("x", "y")))]) == known


def test_a_feature_is_written_as_it_is_read() -> None:
    found = [bag("S", ["we", "meet", "we"]), pairs("SS", ["we", "meet", "at"]), is_so("asks")]
    assert list(written(found)) == ["S:we", "S:meet", "SS:we\tmeet", "SS:meet\tat", "is:asks"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They meet next on Thursday 12 March, and I can tell you their decision that same day.", date(2026, 3, 12)),
        ("I fix myself a limit, the 20th of March, to tell you whether we take you.", date(2026, 3, 20)),
        ("Three business days at most and then I can say yes or no.", date(2026, 3, 9)),
        ("Our budget meeting is on Thursday 12 March, so nobody is at the desk.", None),
        ("Please let us have your references by Friday 13 March.", None),
        ("The new press arrives on Friday 13 March and we are all very proud.", None),
    ],
)
def test_a_promise_that_no_expression_foresaw_is_heard(text: str, day: date | None) -> None:
    """POLICY, "reply-by date"."""
    promise = reading(f"Dear Ann,\n\nthank you for coming in. {text}\n\nBo").promise
    assert (promise.day if promise else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "Your interview is on Tuesday 10 March at 10:00. The train from the coast gets in at 9.05, so you have time.",
        "Your interview is on Tuesday 10 March at 10:00. The canteen closes at 2pm if you want lunch afterwards.",
        "Your interview is on Tuesday 10 March at 10:00. The next candidate comes at 11:15, so please be on time.",
    ],
)
def test_of_the_hours_of_a_letter_those_of_trains_and_kitchens_are_no_interview(text: str) -> None:
    slots = reading(f"Dear Ann,\n\n{text}\n\nBo").slots
    assert [f"{slot.start:%H:%M}" for slot in slots if not slot.old] == ["10:00"]


def test_hours_in_a_row_are_chosen_among_and_none_is_left_out() -> None:
    text = "We could do Tuesday 10 March at 9:15, 11:45 or 15:30. Which would you like for your interview?"
    assert [f"{s.start:%H:%M}" for s in reading(f"Dear Ann,\n\n{text}\n\nBo").slots] == ["09:15", "11:45", "15:30"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My sister Doina speaks better English, so she sits with us.", ["Doina"]),
        (
            "On the other side of the desk: Bilal Hart (breakfast show) and Kate Orme (news).",
            ["Bilal Hart", "Kate Orme"],
        ),
        ("At the gate the porter, Mr Kubin, tells you where to go.", []),
        ("Old Mr Tarrant, whose name is over the door, died years ago.", []),
    ],
)
def test_who_takes_part_is_told_by_the_words_around_a_name(text: str, names: list[str]) -> None:
    """P6, P10: whom the thank-you goes to."""
    found = reading(f"Dear Ann,\n\nyour interview for Tester is on Tuesday 10 March at 10:00. {text}\n\nBo")
    assert [person.name for person in found.people] == names
