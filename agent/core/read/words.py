"""A text -> its words: the cheapest thing to ask of a text, and so asked first."""

from __future__ import annotations

import re
from functools import lru_cache

SPOKEN = re.compile(r"\w+|\?")
WORD = re.compile(r"[a-zà-ÿłśžščđøåćńźżąęőűğş][a-zà-ÿłśžščđøåćńźżąęőűğş'’-]*")


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """Each word once, in lower case; possessive endings dropped, compounds as one word."""
    found = WORD.findall(text.lower())
    if "'" in text or "’" in text:
        found += [w[:-2] for w in found if w.endswith(("'s", "’s"))]
    return frozenset(found)


@lru_cache(maxsize=256)
def in_order(normal: str) -> tuple[str, ...]:
    """The words of a sentence in its normal form (`acts.normal`), in order; a question mark is one."""
    return tuple(SPOKEN.findall(normal))
