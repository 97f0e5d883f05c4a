"""A confirmed draft's bytes -> the bytes that leave: what belongs to the mailbox and not to the letter is taken off. Pure.

The body is not touched: what the owner confirmed is what goes out (P1).
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime

# Headers by which clients remember things about their drafts (Thunderbird, Apple Mail, Evolution, KMail, Outlook …), and
# Bcc, whose readers must not see one another. No X- header of a draft is meant for its recipient.
PRIVATE = re.compile(
    rb"^(?:x-[^:]*|bcc|resent-bcc|date|message-id|status|fcc|x?-?mozilla[^:]*|return-path|received|delivered-to|drafts?-[^:]*)\s*:",
    re.I,
)


def for_sending(raw: bytes, message_id: str, now: datetime) -> bytes:
    """Header cleaned, Date set to the moment of sending, Message-ID that of the draft; CRLF throughout."""
    text = re.sub(rb"\r?\n", b"\r\n", raw)
    head, _, body = text.partition(b"\r\n\r\n")
    kept: list[bytes] = []
    skipping = False
    for line in head.split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):
            skipping = bool(PRIVATE.match(line)) or b":" not in line
        if not skipping:
            kept.append(line)
    kept.append(b"Date: " + format_datetime(now).encode())
    kept.append(b"Message-ID: " + message_id.encode())
    return b"\r\n".join(kept) + b"\r\n\r\n" + body
