"""Mail servers for tests: one small interface over a fake in memory, the demo's embedded server and a real Dovecot.

Rule 1: a test that takes a `MailServer` runs on every kind; one of an extension says which kinds have it.
Rule 2: what a server holds is read past our own code, by imaplib or out of its memory.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from agent.shell.imap import Account

# User names and passwords that do not go into a command as they are.
AWKWARD = {"zoë@rivera.example": 'pä ss"wörd\\ {3} €', "sam rivera": 'say "open\\sesame" '}


class Stored(NamedTuple):
    """A message as it lies in a folder."""

    uid: int
    flags: frozenset[str]
    raw: bytes


class MailServer(Protocol):
    """One mailbox of one user, empty at the start but for its standard folders."""

    @property
    def account(self) -> Account:
        """Where and how to log in."""

    def named(self, folder: str) -> str:
        """The server's own name of a standard folder: "Sent" may be "INBOX.Sent" there."""

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a message there as a mail transfer agent does, past any IMAP connection. `folder` as `named` gives it."""

    def messages(self, folder: str = "INBOX") -> list[Stored]:
        """What lies there, by UID; looking changes nothing."""

    def kick(self) -> None:
        """Cut all connections that there are now."""
