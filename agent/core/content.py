"""The bytes of a draft as they lie in a folder -> what they say: recipients, subject, text, attachments, and one hash of it all.

Rule 1: the hash covers whatever a person can see or change; what servers and clients rewrite by themselves is not in it (I4, I7).
Rule 2: blanks are looked for in every text part, the one that the client shows and the other (P7).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import Message as Mime

from agent.core.decode import headers, hypertext
from agent.core.decode.message import parsed
from agent.core.decode.mime import octets, parts_of
from agent.core.render import blanks_in, normal_text
from agent.core.values import Address

# What only a delivery adds (RFC 5321 §4.4, RFC 5322 §3.6.7): nobody wrote that message in this mailbox.
TRACE = ("Return-Path", "Received", "Delivered-To", "X-Original-To")


@dataclass(frozen=True, slots=True)
class Content:
    """One message of a folder as it stands. `text` holds all text parts; `attachments` pairs of name and hash."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str
    text: str
    attachments: tuple[tuple[str, str], ...]
    delivered: bool

    @property
    def recipients(self) -> tuple[Address, ...]:
        return tuple({a.email: a for a in (*self.to, *self.cc, *self.bcc)}.values())

    @property
    def blanks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*blanks_in(self.subject), *blanks_in(self.text))))

    @property
    def hash(self) -> str:
        people = [",".join(sorted(a.email for a in group)) for group in (self.to, self.cc, self.bcc)]
        sender = self.sender.email if self.sender else ""
        files = [f"{name}:{digest}" for name, digest in self.attachments]
        data = "\0".join((sender, *people, headers.clean(self.subject), normal_text(self.text), *files))
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def content_of(raw: bytes) -> Content:
    """Total: bytes that are no message give an empty content, which equals no draft of ours."""
    mime = parsed(raw)
    parts = parts_of(mime)
    texts = (*parts.plain, *(hypertext.to_text(html) for html in parts.html))
    ids = headers.message_ids(str(mime.get("Message-ID", "")))
    senders = headers.addresses(mime, "From")
    return Content(
        message_id=ids[0] if ids else "",
        in_reply_to=next(iter(headers.message_ids(str(mime.get("In-Reply-To", "")))), ""),
        references=headers.message_ids(" ".join(map(str, mime.get_all("References") or []))),
        sender=senders[0] if senders else None,
        to=headers.addresses(mime, "To"),
        cc=headers.addresses(mime, "Cc"),
        bcc=headers.addresses(mime, "Bcc"),
        subject=headers.value(mime, "Subject"),
        text="\n".join(texts),
        attachments=attachments_of(mime),
        delivered=any(mime.get(name) is not None for name in TRACE),
    )


def attachments_of(mime: Mime) -> tuple[tuple[str, str], ...]:
    """Name and hash of every leaf that is no text shown in the message."""
    found = []
    for part in mime.walk():
        if (
            part.is_multipart()
            or part.get_content_type() in ("text/plain", "text/html")
            and part.get_content_disposition() != "attachment"
        ):
            continue
        name = headers.clean(headers.decoded(part.get_filename() or part.get_content_type()), 120)
        found.append((name, hashlib.sha256(octets(part)).hexdigest()[:16]))
        if len(found) >= 50:
            break
    return tuple(found)
