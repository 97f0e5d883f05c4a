"""Parsed MIME -> the leaves that matter, by mail-parser behind this one adapter.

mail-parser decodes the texts (charsets, transfer encodings, what is broken in them). It is given only the text leaves:
left to itself it takes the text inside attached messages for the sender's own, names nameless files anew at each parse,
and spends most of its time on trace headers. The structure is walked with the standard library.
"""

from __future__ import annotations

import binascii
import logging
from dataclasses import dataclass
from email.message import Message as Mime

from mailparser import MailParser

from agent.core.decode.calendar import MOST_BYTES as MOST_CALENDAR
from agent.core.decode.headers import clean, decoded

MOST_TEXT = 300_000
DEEPEST = 30
MOST_PARTS = 200

# It logs header names and content types of everything it meets (I13).
logging.getLogger("mailparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Parts:
    """Plain and HTML texts in order; calendar data each with the method of its part; texts of attached messages; file names."""

    plain: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    calendars: tuple[tuple[bytes, str], ...] = ()
    forwarded: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    flowed: bool = False
    defects: tuple[str, ...] = ()


def parts_of(mime: Mime) -> Parts:
    """Walk the tree without recursion; depth and number of parts are bounded."""
    texts: list[Mime] = []
    calendars: list[tuple[bytes, str]] = []
    forwarded: list[str] = []
    names: list[str] = []
    defects: list[str] = []
    stack: list[tuple[Mime, int]] = [(mime, 0)]
    seen = 0
    while stack and seen < MOST_PARTS:
        part, depth = stack.pop()
        seen += 1
        kind = part.get_content_type()
        payload = part.get_payload()
        if part.defects:
            defects.extend(type(d).__name__ for d in part.defects[:5])
        if isinstance(payload, list):
            if kind == "message/rfc822":
                forwarded += [
                    text for text in (text_inside(inner) for inner in payload if isinstance(inner, Mime)) if text
                ]
            elif kind != "message/delivery-status" and depth < DEEPEST:
                stack.extend((inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Mime))
            continue
        name = file_name(part)
        if kind in ("text/calendar", "application/ics") or name.lower().endswith(".ics"):
            calendars.append((octets(part)[: MOST_CALENDAR + 1], str(part.get_param("method") or "")))
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            texts.append(part)
        elif name:
            names.append(name)
    plain, html = texts_of(texts)
    flowed = any(
        str(part.get_param("format", "")).lower() == "flowed"
        for part in texts
        if part.get_content_type() == "text/plain"
    )
    return Parts(plain, html, tuple(calendars), tuple(forwarded), tuple(names[:50]), flowed, tuple(defects[:20]))


def file_name(part: Mime) -> str:
    try:
        return clean(decoded(part.get_filename() or ""), 120)
    except (ValueError, TypeError, LookupError):  # broken RFC 2231 parameters
        return ""


def octets(part: Mime) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (binascii.Error, ValueError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def texts_of(leaves: list[Mime]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Decode the text leaves: one mail-parser run over a message that holds nothing else."""
    if not leaves:
        return (), ()
    shell = Mime()
    shell["From"] = "nobody@invalid"
    shell["Content-Type"] = 'multipart/mixed; boundary="-"'
    shell.set_payload([bare(leaf) for leaf in leaves])
    try:
        found = MailParser(shell)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, binascii.Error):
        texts = tuple(octets(leaf).decode("utf-8", "replace")[:MOST_TEXT] for leaf in leaves)
        return texts, ()
    return tuple(t[:MOST_TEXT] for t in found.text_plain), tuple(t[:MOST_TEXT] for t in found.text_html)


def bare(leaf: Mime) -> Mime:
    """The leaf with its content headers alone."""
    part = Mime()
    for name in ("Content-Type", "Content-Transfer-Encoding"):
        if name in leaf:
            part[name] = leaf[name]
    part.set_payload(leaf.get_payload())
    return part


def text_inside(inner: Mime) -> str:
    """An attached message as the text of a forwarded block: its main headers and its first plain text."""
    head = [
        f"{name}: {clean(decoded(inner.get(name, '')), 200)}"
        for name in ("From", "Date", "To", "Subject")
        if inner.get(name)
    ]
    for part in inner.walk():
        if part.get_content_type() == "text/plain" and not part.is_multipart():
            plain, _ = texts_of([part])
            return "\n".join(head) + "\n\n" + "".join(plain)[:20_000]
    return "\n".join(head)
