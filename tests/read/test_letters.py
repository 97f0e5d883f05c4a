"""Small letters stand where the large ones stood, and an expression sees in them what it sees without case."""

from __future__ import annotations

import re
import sys

import pytest

from agent.core.read.letters import small

EVERY = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]


def test_each_letter_keeps_its_place() -> None:
    assert all(len(small(letter)) == 1 for letter in EVERY)
    assert small("Zażółć İSTANBUL ’Kelvin’") == "zażółć istanbul ’kelvin’"


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzåäöéíãăüßłøśœ’'")
def test_an_expression_without_case_takes_the_same_letters(letter: str) -> None:
    pattern = re.compile(letter, re.I)
    assert [c for c in EVERY if pattern.match(c)] == [c for c in EVERY if small(c) == letter]


@pytest.mark.parametrize("kind", (r"\w", r"\d", r"\s"))
def test_words_digits_and_spaces_stay_what_they_are(kind: str) -> None:
    assert [c for c in EVERY if bool(re.match(kind, c)) != bool(re.match(kind, small(c)))] == []
