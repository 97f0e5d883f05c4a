"""A text -> its words: the cheapest thing to ask of a text, and so asked first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

SPOKEN = re.compile(r"\w+|\?")
# The same for a text of ASCII letters, faster: what becomes of each byte.
PARTED = bytes(code if SPOKEN.match(chr(code)) else 32 for code in range(128)).ljust(256)
WORD = re.compile(r"[a-zà-ÿłśžščđøåćńźżąęőűğş][a-zà-ÿłśžščđøåćńźżąęőűğş'’-]*")
# What becomes of each byte of a text of ASCII letters: such a text is parted faster, though not from what joins two words.
WORDS = bytes(code if WORD.fullmatch(f"x{chr(code)}") else 32 for code in bytes(range(128)).lower()).ljust(256)


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """Each word once, in lower case; possessive endings dropped, compounds as one word."""
    if text.isascii():
        parted = text.encode().translate(WORDS).decode()
        found = parted.split()
        if " -" in parted or " '" in parted or parted[:1] in ("-", "'"):
            found = [word for w in found if (word := w.lstrip("-'"))]
    else:
        found = WORD.findall(text.lower())
    if "'s" in text or "’s" in text or "'S" in text or "’S" in text:
        found += [w[:-2] for w in found if w.endswith(("'s", "’s"))]
    return frozenset(found)


@lru_cache(maxsize=256)
def in_order(normal: str) -> tuple[str, ...]:
    """The words of a sentence in its normal form (`acts.normal`), in order; a question mark is one."""
    if not normal.isascii():
        return tuple(SPOKEN.findall(normal))
    text = normal.encode().translate(PARTED).decode()
    return tuple((text.replace("?", " ? ") if "?" in text else text).split())


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where these words stand in a text, not inside of others. Faster than a pattern made for one message."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if (at == 0 or not text[at - 1].isalnum()) and (end == len(text) or not text[end].isalnum()):
            yield at, end
        at = text.find(words, end)
