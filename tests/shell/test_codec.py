"""Readings as JSON: whatever `read` makes of real-looking mail comes back the same."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.core import codec
from agent.core.decode.message import decode
from agent.core.read.reader import read
from agent.core.read.reading import Act, Evidence, Named, Promise, Reading, Said, SenderKind, Slot
from agent.core.values import Address, Direction
from tests.shell.mail_of import ANN, COURSES, readings_of, single_letters

LEAST = Reading(
    "<1@x.example>",
    Direction.RECEIVED,
    datetime(2026, 3, 2, tzinfo=UTC),
    Address("", "a@x.example"),
    SenderKind.HUMAN,
    "",
)


def test_every_kind_of_single_message_comes_back() -> None:
    """Every eighth of the corpus: all kinds, both directions, many voices."""
    count = 0
    for place, raw in single_letters(8):
        reading = read(decode(raw, ANN.addresses), ANN)
        assert codec.loads(Reading, codec.dumps(reading)) == reading, place
        count += 1
    assert count > 200


@pytest.mark.parametrize("name", COURSES[::5])
def test_readings_of_whole_courses_come_back(name: str) -> None:
    """Invitations, bounces, quoted threads, other scripts."""
    for reading in readings_of(name):
        text = codec.dumps(reading)
        assert codec.loads(Reading, text) == reading
        assert codec.dumps(codec.loads(Reading, text)) == text, "and the same text again"


def test_what_is_at_its_default_is_not_written() -> None:
    assert set(json.loads(codec.dumps(LEAST))) == {
        "message_id",
        "direction",
        "date",
        "sender",
        "sender_kind",
        "subject",
    }


def test_no_and_unknown_are_told_apart() -> None:
    """`writer_meets` is true, false or not said."""
    for value in (True, False, None):
        made = codec.loads(
            Reading,
            codec.dumps(Reading(**{f.name: getattr(LEAST, f.name) for f in fields(LEAST)} | {"writer_meets": value})),
        )
        assert made.writer_meets is value


texts = st.text(max_size=20)
evidence = st.builds(Evidence, texts, texts, texts)
moments = st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.timezones())  # noqa: DTZ001 - bounds are naive
readings = st.builds(
    Reading,
    message_id=st.just("<1@x.example>"), direction=st.sampled_from(Direction), date=moments, sender=st.just(Address("A", "a@x.example")),
    sender_kind=st.sampled_from(SenderKind), subject=texts, mine=st.frozensets(texts, max_size=3),
    said=st.lists(st.builds(Said, st.sampled_from(Act), st.floats(0, 10), evidence, st.floats(0, 99)), max_size=2).map(tuple),
    slots=st.lists(st.builds(Slot, moments, moments, evidence, st.booleans()), max_size=2).map(tuple),
    promise=st.none() | st.builds(Promise, st.none() | st.dates(), st.integers(-9, 99), st.booleans(), evidence),
    deadline=st.none() | st.dates(date(1980, 1, 1)), roles=st.lists(st.builds(Named, texts, st.floats(0, 10), evidence), max_size=2).map(tuple),
    british=st.none() | st.booleans(), job=st.floats(0, 1),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(reading=readings)
def test_any_reading_comes_back(reading: Reading) -> None:
    """Moments keep their instant and their offset, whatever the zone."""
    made = codec.loads(Reading, codec.dumps(reading))
    assert codec.plain(made) == codec.plain(reading)
    assert made.date.utcoffset() == reading.date.utcoffset()
    assert [type(getattr(made, f.name)) for f in fields(made)] == [
        type(getattr(reading, f.name)) for f in fields(reading)
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "{}", '{"unknown": 1}', '{"message_id": "x"}', '{"date": "yesterday"}', '{"said": [{"act": "sing"}]}', '{"to": 7}']
)  # fmt: skip
def test_a_text_of_another_version_raises_what_it_says(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        codec.loads(Reading, text)
