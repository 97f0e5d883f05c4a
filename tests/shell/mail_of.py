"""The corpus as values for the tests here: whole courses and single messages -> bytes, messages and readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from agent.core.decode.message import decode
from agent.core.read.reader import read
from agent.core.read.reading import Reading
from agent.core.values import Message
from agent.wiring import owner_of
from tests.corpus.mailroom import Course, load

CORPUS = Path(__file__).parent.parent / "corpus"
COURSES = tuple(sorted(p.stem for p in (CORPUS / "learn").glob("*.toml")))
ANN = owner_of("Ann Example", ("ann@post.example",), "Europe/London", "GB")


@lru_cache(maxsize=32)
def course(name: str) -> Course:
    """A course of `learn/`, by the beginning of its name."""
    (path,) = (CORPUS / "learn").glob(f"{name}*.toml")
    return load(path)


@lru_cache(maxsize=32)
def pairs_of(name: str) -> tuple[tuple[Message, Reading], ...]:
    """Every message of a course, decoded and read."""
    made = course(name)
    owner = made.owner
    decoded = [decode(built.raw, owner.addresses) for built in made.messages]
    return tuple((message, read(message, owner)) for message in decoded)


def readings_of(name: str) -> tuple[Reading, ...]:
    return tuple(reading for _, reading in pairs_of(name))


def single_letters(step: int = 1) -> Iterator[tuple[str, bytes]]:
    """(place, bytes) of every `step`-th single message: "%% kind | subject", then its text with cues in ‹ ›."""
    number = 0
    for path in sorted((CORPUS / "singles").rglob("*.txt")):
        for block in re.split(r"(?m)^%% ", path.read_text(encoding="utf-8"))[1:]:
            number += 1
            if number % step == 0:
                head, _, text = block.partition("\n")
                kind, _, subject = head.partition(" | ")
                yield f"{path.name} #{number}", letter(number, subject, text, kind.startswith("sent:"))


def letter(number: int, subject: str, text: str, sent: bool = False) -> bytes:
    """One plain message between the owner Ann and somebody at a firm, an hour later than the one before it."""
    people = ("Ann Example <ann@post.example>", "Bo Boss <bo@firm.example>")
    writer, reader = people if sent else people[::-1]
    at = datetime.fromisoformat("2026-03-02T10:12:41+00:00") + timedelta(hours=number)
    head = (
        f"From: {writer}\r\nTo: {reader}\r\nSubject: {subject}\r\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        f"Message-ID: <{number}@firm.example>\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return (head + text.replace("‹", "").replace("›", "")).encode()
