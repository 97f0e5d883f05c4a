"""Which of the times offered the owner picks without naming it: "(b) please", "option 2 works", "the later one"."""

from __future__ import annotations

import re

from agent.core.read.letters import small

LAST = -1
ORDINALS = {
    **{word: n for n, word in enumerate("first second third fourth fifth".split(), 1)},
    **{letter: n for n, letter in enumerate("abcde", 1)},
    **{str(n): n for n in range(1, 6)},
    "former": 1, "earlier": 1, "latter": LAST, "later": LAST, "last": LAST,
}  # fmt: skip
CHOICE = re.compile(  # of small letters
    r"\b(?:option|slot|number|no\.|choice|letter|alternative|proposal) ?#?\(?([a-e]|[1-5])\)?(?=[\s,.!;:)]|$)"
    r"|(?:^|[\n.!,] ?)\s*\(([a-e]|[1-5])\)(?=[\s,.!;:]|$)"
    r"|(?:^|\n)\s*([a-e]|[1-5])\)? (?:please|pls|works|is fine|it is|suits|for me|would)\b"
    r"|\bthe (first|second|third|fourth|fifth|last|former|latter|earlier|later)"
    r"(?: (?:one|slot|option|time|date|day|of (?:the|those|these|your) \w+))?[,.]?"
    r"(?: please| pls| works| suits| would| is (?:fine|good|perfect|great|best|better)| for me| sounds| fits|[.!]?\s*$)",
    re.M,
)
# Without one of these an answer picks none but at the beginning of a line; the cheaper question.
SIGNS = (
    *"option slot number no. choice letter alternative proposal (".split(),
    *(f"the {word}" for word in "first second third fourth fifth last former latter earlier later".split()),
)
OPENS = re.compile(r"(?:^|\n)\s*[a-e1-5]\)? ")


def choice_in(text: str) -> int:
    """1 for the first of the times offered, 2 for the second …, -1 for the last, 0 where none is picked so."""
    plain = small(text[:600])
    found = CHOICE.search(plain) if any(map(plain.__contains__, SIGNS)) or OPENS.search(plain) else None
    if found is None:
        return 0
    word = next(g for g in found.groups() if g)
    return ORDINALS[word]
