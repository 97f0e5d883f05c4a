"""Small letters stand where the large ones stood, and an expression sees in them what it sees without case."""

from __future__ import annotations

import re
import sys

import pytest

from agent.core.read.letters import small

EVERY = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]


def test_each_letter_keeps_its_place() -> None:
    assert all(len(small(letter)) == 1 for letter in EVERY)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzåäöéíãăüßłøśœ’'")
def test_an_expression_without_case_takes_the_same_letters(letter: str) -> None:
    pattern = re.compile(letter, re.I)
    assert [c for c in EVERY if pattern.match(c)] == [c for c in EVERY if small(c) == letter]
