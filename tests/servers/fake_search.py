"""SEARCH of the fake IMAP server (RFC 3501 §6.4.4): keys -> a condition over one message."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from tests.servers.fake_mime import halves
from tests.servers.fake_store import Mail
from tests.servers.fake_words import Bad, Word, numbers, one

Condition = Callable[[Mail], bool]

FLAGS = {name.upper(): f"\\{name}" for name in ("Answered", "Deleted", "Draft", "Flagged", "Seen")}
FIELDS = ("FROM", "TO", "CC", "BCC", "SUBJECT")


@dataclass
class Reader:
    """Reads keys one after another; each takes as many words as it needs."""

    words: list[Word]
    highest_uid: int

    def all(self) -> Condition:
        """Keys side by side must all hold."""
        conditions = []
        while self.words:
            conditions.append(self.key())
        if not conditions:
            raise Bad("Missing search parameters")
        return lambda mail: all(c(mail) for c in conditions)

    def take(self) -> bytes:
        if not self.words:
            raise Bad("Missing argument")
        return one(self.words.pop(0))

    def key(self) -> Condition:
        if not self.words:
            raise Bad("Missing argument")
        first = self.words.pop(0)
        name = one(first).decode("ascii", "replace").upper()
        if name == "OR":
            left, right = self.key(), self.key()
            return lambda mail: left(mail) or right(mail)
        return self.simple(name)

    def simple(self, name: str) -> Condition:
        """A key over the message alone."""
        if name == "ALL":
            return lambda mail: True
        if name in FLAGS or name.removeprefix("UN") in FLAGS:
            flag, wanted = FLAGS[name.removeprefix("UN")], name in FLAGS
            return lambda mail: (flag in mail.flags) is wanted
        if name == "UID":
            chosen = numbers(self.take(), self.highest_uid)
            return lambda mail: chosen(mail.uid)
        if name == "SINCE":  # by the day of arrival, whatever the hour
            day = day_of(self.take())
            return lambda mail: mail.at.date() >= day
        if name in FIELDS or name == "HEADER":
            field = self.take().decode() if name == "HEADER" else name
            part = self.take().decode("utf-8", "replace").casefold()
            return lambda mail: any(part in value for value in values(mail.raw, field))
        raise Bad(f"Unknown argument {name}")


def condition(words: list[Word], highest_uid: int) -> Condition:
    if words and words[0] == b"CHARSET":
        if len(words) < 2 or one(words[1]).upper() not in (b"UTF-8", b"US-ASCII"):
            raise Bad("[BADCHARSET (UTF-8 US-ASCII)] Unknown charset")
        words = words[2:]
    return Reader(list(words), highest_uid).all()


def day_of(word: bytes) -> date:
    try:
        return datetime.strptime(word.decode(), "%d-%b-%Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        raise Bad("Invalid search date parameter") from None


def values(raw: bytes, name: str) -> list[str]:
    """The values of a header field, decoded, for comparing without regard to case."""
    found = BytesHeaderParser().parsebytes(halves(raw)[0]).get_all(name, [])
    return [decoded(str(value)).casefold() for value in found]


def decoded(value: str) -> str:
    whole = re.sub(r"\r?\n", "", value)
    try:
        return str(make_header(decode_header(whole)))
    except (LookupError, UnicodeError, ValueError):
        return whole
