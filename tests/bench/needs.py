"""`python -m tests.bench.needs`: reads off the patterns of the cues which words they cannot do without, and writes them down.

A need is a set of whole words: every text that the pattern fits holds one of them, as a run of `\\w` from border to border; a
question mark counts as a word. A pattern that is a choice has several ways, each with needs of its own; a text that it fits meets
all needs of one way. Needs are proved from the parsed pattern, never guessed: of a piece that could be anything nothing is
concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # what `re` itself compiles from
from typing import Any

from agent.core.read import acts, cues, promises, promising, table
from agent.core.read.table import Need, Sought, Way

OUT = Path(table.__file__).with_name("needs.txt")
Item = tuple[Any, Any]  # one piece of a parsed pattern: its kind, and what belongs to it
# The letters since the last border of a word: "" right behind a border, None where what stands before is not known.
Open = str | None

MOST_NEEDS = table.MOST_NEEDS
MOST_WAYS = 6  # of one pattern
MOST_ROUNDS = 3  # of a repetition that are followed before it may be anything
MOST_OPEN = 400  # beginnings of words that are followed at the same time
# These are met in many sentences, so that it helps less to ask for them; guesses that make nothing wrong.
COMMON = frozenset(
    """a about all am an and any are as at be been but by can could do for from has have how i if in is it me my no not now of on or our
    so that the then there they this to us was we were what when which will with would you your DAY TIME ORG NAME ?""".split()
)
UNREAD = re.IGNORECASE | re.ASCII  # patterns with another idea of letters are not read


def ways_of(pattern: str) -> list[Way]:
    """The ways of a pattern with their needs; [] where nothing can be concluded."""
    parsed = parser.parse(pattern)
    if parsed.state.flags & UNREAD:
        return []
    items = list(plain(parsed))
    found = [[best(needs_from(items))]]
    for at, item in enumerate(items):
        if item[0] is parser.BRANCH:
            ways = [best(needs_from([*items[:at], *plain(way), *items[at + 1 :]])) for way in item[1][1]]
            found.append(fewer(ways))
    known = [ways for ways in found if all(ways)]
    return min(known, key=likelihood, default=[])


def best(needs: Iterable[Need]) -> Way:
    """The needs that the fewest texts will meet, the rarest first."""
    chosen: list[Need] = []
    for need in sorted(set(needs), key=lambda need: (commonness(need), sorted(need))):
        if not any(known <= need for known in chosen):
            chosen.append(need)
    return tuple(chosen[:MOST_NEEDS])


def fewer(ways: Sequence[Way]) -> list[Way]:
    """Ways put together, until they are few: those with one need first, which lose least; whichever is gone, a need of it is met."""
    if not all(ways):
        return [()]
    single = [way for way in ways if len(way) == 1]
    others = sorted((way for way in ways if len(way) > 1), key=lambda way: (-way_met(way), list(map(sorted, way))))
    while len(others) > MOST_WAYS - bool(single):
        others = sorted([*others[:-2], joined(others[-2:])], key=lambda way: (-way_met(way), list(map(sorted, way))))
    return [joined(single), *others] if single else others


def joined(ways: Sequence[Way]) -> Way:
    """One way for several: a text goes one of them, and so meets its need, the last of those where it has fewer."""
    most = max(map(len, ways))
    return best(frozenset().union(*(way[min(rank, len(way) - 1)] for way in ways)) for rank in range(most))


def commonness(need: Need) -> int:
    """Of a thousand sentences those that may meet a need."""
    return min(950, sum(120 if word in COMMON else 4 for word in need))


def way_met(way: Way) -> int:
    return prod(map(commonness, way)) * 1000 ** (MOST_NEEDS - len(way))


def likelihood(ways: Sequence[Way]) -> int:
    return sum(map(way_met, ways))


# ------------------------------------------------------------------------------------------------------- of what is parsed


def plain(items: Iterable[Item]) -> Iterator[Item]:
    """The pieces without the groups round them."""
    for kind, what in items:
        if kind is parser.SUBPATTERN and not what[1] & UNREAD:
            yield from plain(what[3])
        else:
            yield kind, what


def needs_from(items: Sequence[Item]) -> Iterator[Need]:
    """For each piece the whole words that may be the first from there on, where there surely is one."""
    for first in range(len(items)):
        words: set[str] = set()
        opened: set[Open] = {None}
        for item in items[first:]:
            opened = after(item, opened, words)
            if not opened:
                yield frozenset(words)
            if not opened or len(opened) > MOST_OPEN:
                break


def after(item: Item, opened: set[Open], words: set[str]) -> set[Open]:
    """What stands open behind one piece of a pattern; a word that it closes is the first, goes to `words` and is followed no further."""
    kind, what = item
    if kind is parser.LITERAL:
        return letter(chr(what), opened, words)
    if kind is parser.AT and what is not parser.AT_NON_BOUNDARY:
        return closed(opened, words)
    if kind in (parser.ASSERT, parser.ASSERT_NOT, parser.AT):
        return opened  # they take nothing: what they ask for makes the fitting texts fewer only
    if kind is parser.IN:
        return one_of(what, opened, words)
    if kind is parser.BRANCH:
        return set().union(*(behind(way, opened, words) for way in what[1]))
    if kind is parser.SUBPATTERN and not what[1] & UNREAD:
        return behind(what[3], opened, words)
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
        least, most, inner = what
        return repeated(int(least), int(most), inner, opened, words)
    return {None}


def behind(items: Iterable[Item], opened: set[Open], words: set[str]) -> set[Open]:
    for item in items:
        opened = after(item, opened, words) if opened else opened
    return opened


def closed(opened: set[Open], words: set[str]) -> set[Open]:
    """At the border of a word: what was open is a whole word, and behind nothing or the unknown one may begin."""
    words.update(known for known in opened if known)
    return {""} if None in opened or "" in opened else set()


def letter(char: str, opened: set[Open], words: set[str]) -> set[Open]:
    if char == "?":
        words.update(char for _ in closed(opened, words))
        return set()
    if not of_word(char):
        return closed(opened, words)
    return {known if known is None else known + char for known in opened}


def of_word(char: str) -> bool:
    """What `\\w` is."""
    return char.isalnum() or char == "_"


def one_of(members: Sequence[Item], opened: set[Open], words: set[str]) -> set[Open]:
    """A set of characters: the few that it names, or a border where none of them is a letter, or anything."""
    if all(kind is parser.LITERAL for kind, _ in members):
        return set().union(*(letter(chr(char), opened, words) for _, char in members))
    return closed(opened, words) if all(map(is_border, members)) else {None}


def is_border(member: Item) -> bool:
    kind, what = member
    if kind is parser.LITERAL:
        return not of_word(chr(what))
    return kind is parser.CATEGORY and what in (parser.CATEGORY_SPACE, parser.CATEGORY_NOT_WORD)


def repeated(least: int, most: int, inner: Sequence[Item], opened: set[Open], words: set[str]) -> set[Open]:
    """Once, twice … until nothing new comes of it; where that takes long it may be anything."""
    out = set() if least else set(opened)
    now = opened
    for turn in range(1, min(most, MOST_ROUNDS) + 1):
        now = behind(inner, now, words)
        if turn >= least:
            if now <= out:
                return out
            out |= now
    return out if most <= MOST_ROUNDS else {None}


def sought() -> Iterator[Sought]:
    """The single expressions that are looked for by their words."""
    for module in (acts, promises, promising):
        for value in vars(module).values():
            rows = value if isinstance(value, tuple) else (value,)
            yield from (
                part for row in rows for part in (row if isinstance(row, tuple) else (row,)) if isinstance(part, Sought)
            )


def main() -> None:
    patterns = dict.fromkeys(row.pattern.pattern for row in (*cues.RECEIVED_TABLE, *cues.SENT_TABLE, *sought()))
    lines = [table.line_of(pattern, ways) for pattern in patterns if (ways := ways_of(pattern))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(lines)} of {len(patterns)} patterns, {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
