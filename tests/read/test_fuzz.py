"""Reading is total: whatever arrives is decoded and read, or is `Unreadable`; nothing else is raised, and nothing runs away (I9)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.core import kinds
from agent.core.decode import own
from agent.core.decode.message import Unreadable, decode
from agent.core.fold import Book
from agent.core.read import model
from agent.core.read.moments import find
from agent.core.read.people import parse_name
from agent.core.read.reader import read
from agent.core.read.reading import Reading
from agent.core.read.sentences import LONGEST, MOST_SENTENCES, sentences
from tests.corpus.mailroom import courses
from tests.corpus.mutations import enormous, mutations
from tests.corpus.singles import HERE
from tests.read.mail import OWNER, ZONE, raw_mail

# In time of this process, so that a busy machine makes no difference; generous beside the 100 ms of `tests.bench.mutated`.
LONGEST_TIME = 1.0

WORDS = st.sampled_from(
    "we regret to offer you the post of Tester on Tuesday 12 March at 10 or 11.30 am CET instead of interview cancelled move by "
    "next week until the end of month 3/4 31.02.2026 noon ? ! . , ; : – \n > From: wrote: Dear Dr. Li Wei Best regards https://x.example "
    "1 2 99999 half past two in the new year fortnight not unfortunately \u202e İ ß 🙂 ''' ”“ ( ) [ ] = _ * -- \t".split(
        " "
    )
)
PROSE = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=120).map(" ".join))


def taken(raw: bytes) -> Reading | None:
    """Decode, read, decide, open: all that happens to a new message."""
    try:
        found = decode(raw, OWNER.addresses)
    except Unreadable:
        return None
    understood = read(found, OWNER)
    kinds.decide(understood, None)
    Book(ZONE).add(understood)
    return understood


@pytest.fixture(scope="module")
def corpus() -> list[bytes]:
    every = [built.raw for course in courses(HERE / "learn") for built in course.messages]
    return every[::3]


def test_damaged_mail_is_read_or_refused_and_never_raises(corpus: list[bytes]) -> None:
    """I9: one odd message must not stop the scan of the others."""
    read_at_all = 0
    for raw in mutations(corpus, 350, seed=2026):
        began = time.process_time()
        read_at_all += taken(raw) is not None
        assert time.process_time() - began < LONGEST_TIME
    assert read_at_all > 200


def test_a_message_of_a_megabyte_takes_less_than_a_second(corpus: list[bytes]) -> None:
    for raw in enormous(corpus, 8, seed=7):
        began = time.process_time()
        taken(raw)
        assert time.process_time() - began < LONGEST_TIME


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=600))
def test_any_octets_are_a_message_or_unreadable(octets: bytes) -> None:
    taken(octets)


@settings(max_examples=100, deadline=None)
@given(text=PROSE, subject=st.text(max_size=60).map(lambda s: " ".join(s.split()).encode("utf-8", "ignore").decode()))
def test_any_text_is_read(text: str, subject: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    found = taken(raw_mail(clean, subject="".join(c for c in subject if c.isprintable())))
    assert found is not None
    assert all(slot.start <= slot.end for slot in found.slots)
    assert all(said.score > 0 and said.evidence.where in ("text", "subject") for said in found.said)


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_own_text_is_never_longer_than_what_was_written(text: str) -> None:
    body = own.split(text)
    assert len(body.own) <= len(text) + 1


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_sentences_keep_within_their_bounds(text: str) -> None:
    found = sentences(text)
    assert len(found) <= MOST_SENTENCES
    assert all(0 < len(s.text) <= LONGEST for s in found)


@settings(max_examples=150, deadline=None)
@given(PROSE)
def test_moments_lie_within_the_text_they_were_found_in(text: str) -> None:
    found = find(text)
    for one in (*found.days, *found.clocks, *found.lengths):
        assert 0 <= one.start < one.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_display_name_is_parsed(name: str) -> None:
    parts = parse_name(name)
    assert not parts.given or parts.full


@pytest.mark.parametrize("header", ["From", "To", "Cc", "Reply-To"])
def test_comments_nested_a_thousand_deep_are_nobodys_name(header: str) -> None:
    """I9; RFC 5322, 3.2.2 lets comments nest: the standard library follows them until its stack is full."""
    bent = f"{header}: {'(' * 5_000} bo@firm.example\n".encode()
    raw = raw_mail("Dear Ann,\n\ncome on Tuesday.\n\nBo")
    lines = [line for line in raw.splitlines(keepends=True) if not line.startswith(f"{header}:".encode())]
    assert taken(bent + b"".join(lines)) is not None


@settings(max_examples=100, deadline=None)
@given(PROSE, st.booleans())
def test_probabilities_add_up_to_one(text: str, sent: bool) -> None:
    chances = model.probabilities(text, sent)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert all(0 <= chance <= 1 for chance in chances.values())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a " * 60_000, id="single letters"),
        pytest.param("Word " * 30_000, id="capitalised words"),
        pytest.param("1 2 3 4 5 6 7 8 9 " * 8_000, id="numbers"),
        pytest.param("12 March or 13 March at 10 or " * 4_000, id="dates"),
        pytest.param("not " * 40_000, id="negations"),
        pytest.param("we will not be " * 10_000, id="a cue begun again and again"),
        pytest.param("> " * 60_000, id="quote marks"),
        pytest.param("From: \nSent: \n" * 9_000, id="empty header blocks"),
        pytest.param("(" * 100_000, id="brackets"),
        pytest.param("Dr. " * 30_000, id="titles"),
        pytest.param("-" * 100_000, id="one long rule"),
        pytest.param("\u0130\u0301" * 40_000, id="letters that grow when lowered"),
        pytest.param("https://a.example/" + "x" * 100_000, id="one long address"),
        pytest.param("had been told until the " * 6_000, id="promises that look back"),
        pytest.param(" – ab cd-ef gh" * 9_000, id="asides"),
        pytest.param("position of x y, Aa Bb, " * 6_000, id="houses behind jobs"),
        pytest.param("Aa, it recruitment\n" * 7_000, id="lines of trade"),
        pytest.param("the one that we who we " * 6_000, id="jobs that are needed"),
        pytest.param("Aa in Bb, a client, they " * 5_000, id="houses and what they are"),
    ],
)
def test_no_pattern_runs_away(text: str) -> None:
    began = time.process_time()
    taken(raw_mail(text))
    assert time.process_time() - began < LONGEST_TIME
