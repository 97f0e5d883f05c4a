"""A mailbox seen past our own code: by the standard library's imaplib, with EXAMINE and BODY.PEEK only."""

from __future__ import annotations

import imaplib
import re

from agent.shell.imap import Account
from tests.servers import Stored

UID = re.compile(rb"UID (\d+)")
FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")


def stored(account: Account, folder: str) -> list[Stored]:
    """All messages of a folder, ascending by UID."""
    client = imaplib.IMAP4(account.host, account.port, timeout=10)
    try:
        client.login(account.username, account.password())
        answer, told = client.select(f'"{folder}"', readonly=True)
        assert answer == "OK", f"{folder}: {told!r}"
        if told == [b"0"]:
            return []
        answer, rows = client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")
        assert answer == "OK", f"{folder}: {rows!r}"
        return sorted(found(rows))
    finally:
        client.logout()


def found(rows: list[bytes | tuple[bytes, bytes]]) -> list[Stored]:
    """imaplib's rows -> messages. What is told of a message may stand before its literal or after it."""
    made = []
    for number, row in enumerate(rows):
        if isinstance(row, tuple):
            after = rows[number + 1] if number + 1 < len(rows) else b""
            told = row[0] + b" " + (after if isinstance(after, bytes) else b"")
            uid, flags = UID.search(told), FLAGS.search(told)
            assert uid is not None, f"no UID in {told!r}"
            made.append(Stored(int(uid[1]), frozenset((flags[1] if flags else b"").decode().split()), row[1]))
    return made
