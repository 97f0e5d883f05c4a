"""A text -> the set of its words, in lower case: the cheapest thing to ask of a text, and so asked first."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[a-zà-ÿłśžščđøåćńźżąęőűğş][a-zà-ÿłśžščđøåćńźżąęőűğş'’-]*")


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """Each word once; possessive endings dropped, compounds as one word."""
    found = WORD.findall(text.lower())
    if "'" in text or "’" in text:
        found += [w[:-2] for w in found if w.endswith(("'s", "’s"))]
    return frozenset(found)
