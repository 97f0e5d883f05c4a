"""FETCH answers as imaplib hands them over -> what they say of each message, by UID. Pure.

Rule 1: a server may tell of any message at any time (RFC 3501 §7): only what names the UID that was asked for counts.
Rule 2: items come in any order, before or after the text, and the text as literal, quoted string or NIL (§9).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

BEGINS = re.compile(rb"\d+ \(")
UID = re.compile(rb"[( ]UID (\d+)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
MODSEQ = re.compile(rb"MODSEQ \((\d+)\)")
SHORT_TEXT = re.compile(rb'BODY\[[^\]]*\](?:<\d+>)? (?:"((?:[^"\\]|\\.)*)"|NIL)', re.S)


@dataclass(frozen=True, slots=True)
class Header:
    """One message of a folder as its header shows it. `raw` are the fields that were asked for."""

    uid: int
    size: int
    flags: frozenset[str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """What was told of one message: its items without the text, and the text, None where there is none."""

    uid: int
    told: bytes
    text: bytes | None

    @property
    def size(self) -> int:
        found = SIZE.search(self.told)
        return int(found[1]) if found else 0

    @property
    def flags(self) -> frozenset[str]:
        """As they were told last."""
        found = FLAGS.findall(self.told)
        return frozenset(f.decode("latin-1") for f in found[-1].split()) if found else frozenset()

    @property
    def modseq(self) -> int:
        found = MODSEQ.findall(self.told)
        return int(found[-1]) if found else 0


def rows_of(data: Iterable[Any], wanted: Collection[int]) -> list[Row]:
    """One row for each message of `wanted` that was told of, in ascending order of UID."""
    made: dict[int, Row] = {}
    for told, text in answers(data):
        uid = UID.search(told)
        if uid is None or int(uid[1]) not in wanted:
            continue
        number = int(uid[1])
        before = made.get(number, Row(number, b"", None))
        made[number] = Row(number, before.told + b" " + told, text if text is not None else before.text)
    return [made[uid] for uid in sorted(made)]


def answers(data: Iterable[Any]) -> Iterator[tuple[bytes, bytes | None]]:
    """(items, text) of each untagged FETCH. imaplib gives a pair up to each literal, and what follows it by itself."""
    told, text = b"", None
    for piece in data:
        words, literal = (bytes(piece[0]), bytes(piece[1])) if isinstance(piece, tuple) else (piece or b"", None)
        if BEGINS.match(words):
            if told:
                yield told, text
            told, text = b"", None
        told += words
        if literal is not None and text is None:
            text = literal
        elif text is None:
            text = short_text(words)
    if told:
        yield told, text


def short_text(words: bytes) -> bytes | None:
    """A text that came as a quoted string."""
    found = SHORT_TEXT.search(words)
    return re.sub(rb"\\(.)", rb"\1", found[1]) if found and found[1] is not None else None


def chunks(items: Sequence[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def ranges(uids: Sequence[int]) -> str:
    """[1, 2, 3, 7] -> "1:3,7": short enough for every server's command line."""
    parts: list[str] = []
    for uid in sorted(uids):
        first, _, last = parts[-1].partition(":") if parts else ("", "", "")
        if parts and uid == int(last or first) + 1:
            parts[-1] = f"{first}:{uid}"
        else:
            parts.append(str(uid))
    return ",".join(parts)
