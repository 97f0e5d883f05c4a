"""What a cue's pattern cannot do without is proved from the pattern itself: no fitting sentence is ever passed over."""

from __future__ import annotations

import re

import pytest

from agent.core.read import table
from agent.core.read.acts import RECEIVED, SENT
from tests.bench.needs import sought, ways_of
from tests.corpus.singles import HERE, singles
from tests.read.mail import reading

ROWS = (*RECEIVED.rows, *SENT.rows)


def test_the_needs_are_those_of_the_patterns() -> None:
    """A pattern that was changed has none until `python -m tests.bench.needs` was run again."""
    patterns = (row.pattern.pattern for row in (*ROWS, *sought()))
    proved = {table.mark(pattern): ways for pattern in patterns if (ways := ways_of(pattern))}
    assert table.needs() == proved


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        (r"\b(?:asked|invited) \w+ to join\b", [[{"join"}, {"asked", "invited"}, {"to"}]]),
        (r"\boffer(?:ed|ing)?\b", [[{"offer", "offered", "offering"}]]),
        (r"\b(?:sign here|come in)\b", [[{"here"}, {"sign"}], [{"come"}, {"in"}]]),
        (r"\bDAY\b.{0,40}\?", [[{"?"}, {"DAY"}]]),
        (r"(?:very |so )*sorry\b", []),  # "unsorry", where nothing parts them
        (r" (?:very |so )*sorry\b", [[{"sorry", "very", "so"}]]),
        (r"\bsorr\w+ to\b", [[{"to"}]]),
        (r"\bsorr\w+", []),
        (r"(?i)\bsorry\b", []),
        (r"\bre-?read\b", [[{"re", "reread"}]]),
        (r"\bsorry(?! about)\b", [[{"sorry"}]]),
        (r"\bno[tw]\b", [[{"not", "now"}]]),
        (r"\bno[a-z]\b", []),
        (r"\byes\W", [[{"yes"}]]),
        (r"^yes$", [[{"yes"}]]),
        (r"\by[^a]s\b", []),
        (r"\bthe (?:\w+ ){0,3}?end", [[{"the"}]]),
    ],
)
def test_a_need_is_a_whole_word_that_every_fitting_text_holds(pattern: str, ways: list[list[set[str]]]) -> None:
    found = [[set(need) for need in way] for way in ways_of(pattern)]
    assert sorted(map(sorted_needs, found)) == sorted(map(sorted_needs, ways))


def sorted_needs(way: list[set[str]]) -> list[list[str]]:
    return sorted(sorted(need) for need in way)


def test_no_cue_that_fits_is_passed_over() -> None:
    """Every sentence of mail is searched for every cue here, and then with the needs."""
    texts = {
        said.evidence.words.lower()
        for single in singles(HERE / "everyday" / "learn")
        for said in reading(single.text).said
    }
    assert texts
    for rows in (RECEIVED, SENT):
        for text in texts:
            spoken = set(re.findall(r"\w+", text))
            wanted = [
                n
                for n, row in enumerate(rows.rows)
                if not row.anchors.isdisjoint(spoken)
                and (not row.company or not row.company.isdisjoint(spoken))
                and row.pattern.search(text)
            ]
            assert set(wanted) <= set(rows.may_fit(text))
