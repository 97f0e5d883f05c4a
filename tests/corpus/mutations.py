"""Raw message -> damaged raw messages, as mail arrives damaged: bytes lost, doubled, swapped, cut off, joined with another's.

Deterministic: the same seed and number give the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

NASTY = (
    b"\x00",
    b"\xff\xfe",
    b"\r",
    b"\n\n",
    b"=?utf-8?q?=FF?=",
    b"=?x?b?====?=",
    b"Content-Type: multipart/mixed; boundary=\n",
    b"Content-Transfer-Encoding: base64\n",
    b"charset=unknown-8bit",
    b"Date: Thu, 31 Feb 2026 25:61:61 +9999\n",
    b"<<<<<<<<",
    b'"' * 40,
    b"> " * 60,
    b"(" * 80,
    b"BEGIN:VCALENDAR\n",
    b"DTSTART:99999999T999999Z\n",
    b"RRULE:FREQ=SECONDLY\n",
    "\u202e\ufeff\u0130\U0001f600".encode(),
    b"From: \nFrom: @\n",
    b"1 2 3 4 5 6 7 8 9 " * 20,
    b"the 12th or the 13th at 10 or 11 " * 12,
)
Change = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def drop(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 2, 20, 200))]


def flip(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    for _ in range(chance.choice((1, 4, 30))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def double(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.choice((3, 40, 400))] * chance.choice((1, 2, 30))


def insert(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(NASTY)


def cut(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data)) :]


def graft(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    start = chance.randrange(len(other))
    data[chance.randrange(len(data)) :] = other[start : start + chance.choice((300, 3000))]


def lines_mixed(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    at = chance.randrange(len(lines))
    part = lines[at : at + 12]
    chance.shuffle(part)
    data[:] = b"\n".join([*lines[:at], *part, *lines[at + 12 :]])


CHANGES: tuple[Change, ...] = (drop, flip, double, insert, insert, cut, graft, lines_mixed)


def mutations(raws: Sequence[bytes], count: int, seed: int = 11) -> Iterator[bytes]:
    """`count` damaged messages."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        data = bytearray(chance.choice(raws))
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            if data:
                chance.choice(CHANGES)(data, chance, raws)
        yield bytes(data)


def enormous(raws: Sequence[bytes], count: int, seed: int = 5, size: int = 1_000_000) -> Iterator[bytes]:
    """Messages of about `size` bytes: one message's body, or something nasty in it, over and over."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        raw = chance.choice(raws)
        head, _, body = raw.partition(b"\r\n\r\n")
        kind = number % 4
        if kind == 0:
            filling = body or b"x"
        elif kind == 1:
            filling = chance.choice(NASTY)
        elif kind == 2:
            at = chance.randrange(len(body) or 1)
            filling = body[at : at + chance.choice((5, 60, 700))] or b"y"
        else:
            filling = b" ".join(chance.choice(raws)[-2000:] for _ in range(20))
        yield head + b"\r\n\r\n" + body + filling * (size // len(filling) + 1)
