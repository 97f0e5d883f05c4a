"""What Drafts shows x what the ledger wrote -> what became of one draft. Pure.

Clients edit by appending a new copy and deleting the old one, some with a new Message-ID, some servers drop the threading
headers: a draft is looked for by its place, then by its Message-ID, then by its thread and recipients (I7).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from email.message import Message as Mime
from email.parser import BytesHeaderParser
from email.policy import compat32
from enum import StrEnum

from agent.core.decode import headers
from agent.core.read.subjects import REPLY_PREFIX
from agent.shell.imap import Header
from agent.shell.store import StepRow

FIELDS = (
    "Message-ID",
    "In-Reply-To",
    "References",
    "From",
    "To",
    "Cc",
    "Subject",
    "Return-Path",
    "Received",
    "Delivered-To",
)


class Seen(StrEnum):
    """What a look found of a draft that should stand."""

    THERE = "there"  # at its own UID: untouched, for a message never changes under its UID
    MARKED = "marked"  # there, but its owner marked it deleted
    COPIED = "copied"  # its Message-ID at another UID: the folder was rebuilt, or a client saved it anew
    REWRITTEN = "rewritten"  # another Message-ID, but the same thread and recipients: a client saved it anew
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Lying:
    """One message of a folder by its header."""

    uid: int
    flags: frozenset[str]
    message_id: str
    answers: frozenset[str]
    recipients: frozenset[str]
    subject: str
    delivered: bool

    @property
    def deleted(self) -> bool:
        return "\\Deleted" in self.flags


@dataclass(frozen=True, slots=True)
class Sight:
    """The judgement on one row, and the message that stands for it now."""

    seen: Seen
    lying: Lying | None = None


def lying(header: Header) -> Lying:
    mime: Mime = BytesHeaderParser(policy=compat32).parsebytes(header.raw)
    people = (*headers.addresses(mime, "To"), *headers.addresses(mime, "Cc"))
    ids = headers.message_ids(str(mime.get("Message-ID", "")))
    threads = headers.message_ids(f"{mime.get('In-Reply-To', '')} {mime.get('References', '')}")
    delivered = any(mime.get(name) is not None for name in ("Return-Path", "Received", "Delivered-To"))
    subject = bare_subject(headers.value(mime, "Subject"))
    return Lying(
        header.uid,
        header.flags,
        ids[0] if ids else "",
        frozenset(threads),
        frozenset(a.email for a in people),
        subject,
        delivered,
    )


def bare_subject(subject: str) -> str:
    return re.sub(r"\W+", " ", REPLY_PREFIX.sub("", subject)).strip().casefold()


def judge(row: StepRow, uidvalidity: int, found: Iterable[Lying], others: Collection[str]) -> Sight:
    """What became of `row`. `others`: Message-IDs of other steps, whose drafts are never taken for this one."""
    there = list(found)
    if row.uidvalidity == uidvalidity:
        same = next((m for m in there if m.uid == row.uid), None)
        if same is not None:
            return Sight(Seen.MARKED if same.deleted else Seen.THERE, same)
    living = [m for m in there if not m.deleted]
    copies = [m for m in living if m.message_id == row.message_id]
    if copies:
        return Sight(Seen.COPIED, max(copies, key=lambda m: m.uid))
    rewritten = [
        m
        for m in living
        if m.message_id not in others and same_letter(row, m) and (m.uid > row.uid or row.uidvalidity != uidvalidity)
    ]
    if rewritten:
        return Sight(Seen.REWRITTEN, max(rewritten, key=lambda m: m.uid))
    return Sight(Seen.ABSENT)


def same_letter(row: StepRow, message: Lying) -> bool:
    """The same recipients, and the same thread, or the same subject where there is no thread or a server dropped it."""
    if message.recipients != frozenset(row.recipients):
        return False
    if row.answers and message.answers:
        return row.answers in message.answers
    return message.subject == bare_subject(row.subject)
