"""Small letters say what expressions that ignore case say."""

import re
from string import ascii_lowercase

from agent.core.read.letters import small_letters

ALL = [chr(n) for n in range(0x2200)]


def test_each_character_stays_one_and_in_its_place() -> None:
    assert [c for c in ALL if len(small_letters(c)) != 1] == []
    assert small_letters("Zażółć İSTANBUL ’Kelvin’") == "zażółć istanbul ’kelvin’"


def test_a_letter_is_found_as_if_case_were_ignored() -> None:
    for letter in ascii_lowercase:
        ignoring = re.compile(letter, re.IGNORECASE)
        assert [c for c in ALL if ignoring.match(c)] == [c for c in ALL if small_letters(c) == letter]


def test_words_digits_and_spaces_stay_what_they_are() -> None:
    for kind in (r"\w", r"\d", r"\s"):
        assert [c for c in ALL if bool(re.match(kind, c)) != bool(re.match(kind, small_letters(c)))] == []
