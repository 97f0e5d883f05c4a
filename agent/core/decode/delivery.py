"""Delivery reports -> which addresses failed, and the Message-ID of what came back (RFC 3464, and servers older than it)."""

from __future__ import annotations

import re
from email.message import Message as Mime

from agent.core.decode.headers import ADDRESS, decoded, message_ids
from agent.core.values import Delivery

DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mail-delivery|no-?reply-bounce)\b", re.I)
FAILURE = re.compile(
    r"undeliver|delivery (status notification|failure|has failed|incomplete)|returned (mail|to sender)|mail delivery (failed|system)|failure notice|nicht zugestellt|unzustellbar|non remis",
    re.I,
)
DELAY = re.compile(
    r"\bdelay|still (being )?(retried|trying)|will (be retried|continue)|not yet been delivered|warning: (message|could not)",
    re.I,
)


def report(mime: Mime, subject: str, sender: str, text: str) -> tuple[tuple[Delivery, ...], str, bool]:
    """-> (deliveries, Message-ID of the returned message or "", whether this is a delivery report at all)."""
    deliveries: list[Delivery] = []
    returned = ""
    formal = (
        mime.get_content_type() == "multipart/report"
        and "delivery-status" in str(mime.get_param("report-type", "")).lower()
    )
    for part in mime.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            deliveries += recipients(part)
            formal = True
        elif kind in ("text/rfc822-headers", "message/rfc822") and not returned:
            returned = original_id(part)
    failed = str(mime.get("X-Failed-Recipients", ""))
    if failed and not deliveries:
        deliveries = [Delivery(found.lower(), True) for found in ADDRESS.findall(failed)[:20]]
    by_daemon = bool(DAEMON.match(sender))
    if not deliveries and by_daemon and FAILURE.search(subject) and not DELAY.search(subject):
        deliveries = [Delivery(found.lower(), True) for found in dict.fromkeys(ADDRESS.findall(text[:2000]))][:1]
    is_report = formal or bool(deliveries) or by_daemon and bool(FAILURE.search(subject) or DELAY.search(subject))
    return tuple(deliveries), returned, is_report


def recipients(part: Mime) -> list[Delivery]:
    payload = part.get_payload()
    found: list[Delivery] = []
    for block in payload[:50] if isinstance(payload, list) else []:
        if not isinstance(block, Mime):
            continue
        named = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
        emails = ADDRESS.findall(decoded(named))
        action = decoded(block.get("Action", "")).lower().strip()
        if emails and action:
            found.append(Delivery(emails[0].lower(), action == "failed"))
    return found


def original_id(part: Mime) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = payload[0] if payload and isinstance(payload[0], Mime) else None
        raw = str(inner.get("Message-ID", "")) if inner else ""
    else:
        match = re.search(r"^message-id:\s*(\S{1,250})", str(payload)[:20_000], re.I | re.M)
        raw = match.group(1) if match else ""
    ids = message_ids(raw)
    return ids[0] if ids else ""
