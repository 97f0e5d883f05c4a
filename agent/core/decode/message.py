"""Bytes -> Message. Total: whatever the bytes are, the answer is a Message or `Unreadable`, and never takes long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message as Mime
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from typing import TypeVar

from agent.core.decode import calendar, delivery, headers, hypertext, own
from agent.core.decode.mime import Parts, parts_of
from agent.core.values import Body, Direction, Event, Message

MOST_BYTES = 1_000_000  # what we look at; text and invitations stand before the large attachments
STUB = 80  # characters: a plain part below that beside a longer HTML one is a "please view as HTML"

T = TypeVar("T")


class Unreadable(Exception):
    """These bytes are no message at all: no header with a sender. The text says why."""


def decode(raw: bytes, own_addresses: Iterable[str], arrived: datetime | None = None, thread_id: str = "") -> Message:
    """Decode one message.

    `own_addresses`: lower case; they decide the direction. `arrived`: aware, INTERNALDATE or the file's time, used when
    there is no Date. Raises Unreadable, nothing else.
    """
    mime = parsed(raw[:MOST_BYTES])
    sender = (
        first(headers.addresses(mime, "From"))
        or first(headers.addresses(mime, "Sender"))
        or first(headers.addresses(mime, "Return-Path"))
    )
    if sender is None:
        raise Unreadable("no sender")
    date, utc_only = moment(mime, arrived)
    defects: list[str] = []
    parts = parts_of(mime)
    defects.extend(parts.defects)
    subject = headers.value(mime, "Subject")[: headers.SUBJECT_LENGTH]
    body = text_of(parts, sender.name)
    events, odd = calendar_events(parts)
    mine = frozenset(own_addresses)
    is_sent = headers.owns(sender.email, mine)
    to, cc = headers.addresses(mime, "To"), headers.addresses(mime, "Cc")
    to_self = is_sent and (*to, *cc) and all(headers.owns(a.email, mine) for a in (*to, *cc))
    if to_self and mime.get("X-Afterword") is None:  # I11: not the agent's own notes
        body = replace(body, whole=whole(parts))
    deliveries, returned, report = (
        ((), "", False) if is_sent else delivery.report(mime, subject, sender.email, body.own)
    )
    ids = headers.message_ids(str(mime.get("Message-ID", "")))
    return Message(
        message_id=ids[0] if ids else headers.made_up_id(raw),
        direction=Direction.SENT if is_sent else Direction.RECEIVED,
        date=date,
        utc_only=utc_only,
        sender=sender,
        subject=subject,
        to=to,
        cc=cc,
        reply_to=headers.addresses(mime, "Reply-To"),
        in_reply_to=first(headers.message_ids(str(mime.get("In-Reply-To", "")))) or "",
        references=headers.message_ids(" ".join(map(str, mime.get_all("References") or []))),
        thread_id=thread_id,
        body=body,
        events=events,
        deliveries=deliveries,
        returned_id=returned,
        attachments=parts.names,
        auto_submitted=headers.value(mime, "Auto-Submitted").lower()[:40],
        precedence=headers.value(mime, "Precedence").lower()[:40],
        list_id=headers.value(mime, "List-Id")[:200],
        unsubscribable=mime.get("List-Unsubscribe") is not None,
        auto_response=any(mime.get(h) is not None for h in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From"))
        or "autoreply" in headers.value(mime, "X-Precedence").lower(),
        report=report,
        authentication=headers.authentication(mime),
        defects=tuple(dict.fromkeys([*defects, *odd])),
    )


def first(values: Iterable[T]) -> T | None:
    return next(iter(values), None)


def parsed(raw: bytes) -> Mime:
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError, LookupError):
        # nesting bombs: the headers still say who wrote when about what
        return BytesHeaderParser(policy=compat32).parsebytes(raw[:64_000])


def moment(mime: Mime, arrived: datetime | None) -> tuple[datetime, bool]:
    found = headers.written(headers.decoded(mime.get("Date", "")))
    if found:
        return found
    return headers.received_moment(mime) or arrived or datetime(1980, 1, 1, tzinfo=UTC), True


def text_of(parts: Parts, writer: str) -> Body:
    """Plain text where there is one that says something, else the HTML as a person would see it."""
    text, from_html = shown(parts)
    body = own.split(text, flowed=parts.flowed and not from_html, from_html=from_html, writer=writer)
    return with_forwarded(body, "\n\n".join(parts.forwarded))


def shown(parts: Parts) -> tuple[str, bool]:
    """-> (the text that a person sees, whether it was made of HTML)."""
    plain = "\n\n".join(parts.plain)
    if parts.html and len(plain.strip()) < STUB:
        text = "\n\n".join(hypertext.to_text(html) for html in parts.html[:4])
        if len(text) > len(plain.strip()):
            return text, True
    return plain, False


def whole_text(raw: bytes) -> str:
    """All of the text of a message, as a form in it is read (P17)."""
    return whole(parts_of(parsed(raw[:MOST_BYTES])))


def whole(parts: Parts) -> str:
    """All of the text in its order, quotations and signature included, and what is attached as a message."""
    text, from_html = shown(parts)
    if parts.flowed and not from_html:
        text = "\n".join(own.unflowed(text.replace("\r\n", "\n").split("\n")[: own.MOST_LINES]))
    return "\n\n".join((text, *parts.forwarded)).strip("\n")


def with_forwarded(body: Body, attached: str) -> Body:
    if not attached:
        return body
    return Body(body.own, body.signature, body.quoted, f"{body.forwarded}\n\n{attached}".strip(), body.from_html)


def calendar_events(parts: Parts) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of all calendar parts; the same one often comes twice, as a part and as a file."""
    events: dict[tuple[str, datetime, str], Event] = {}
    defects: list[str] = []
    for data, method in parts.calendars[:3]:
        found, odd = calendar.parse(data, method)
        defects += odd
        for event in found:
            events.setdefault((event.uid, event.start, event.method), event)
    return tuple(events.values()), tuple(defects)
