"""Notes to the owner, appended to the inbox without SMTP: each once, marked as ours, never taken for mail (I11, I14)."""

from __future__ import annotations

import hashlib
from datetime import datetime, tzinfo

from agent.core.render import Head, Identity, compose, message_id_of
from agent.core.values import Address
from agent.shell.imap import Mailbox
from agent.shell.store import EventRow, Held, StepRow, Store

FOOT = "\n\n-- \nAfterword, running beside your mailbox"


class Notes:
    """Collects what is to be told during a turn, and puts it into the inbox at its end."""

    def __init__(self, store: Store, identity: Identity, zone: tzinfo) -> None:
        self.store, self.identity, self.zone = store, identity, zone
        self.waiting: list[tuple[str, str, str]] = []

    def tell(self, about: str, subject: str, text: str) -> None:
        """`about` is what the note is about: told once for each."""
        self.waiting.append((key_of(about), subject, text))

    def deliver(self, mailbox: Mailbox, inbox: str, now: datetime) -> None:
        """Raises ServerError where the inbox cannot be written; what is left is tried at the next turn."""
        while self.waiting:
            key, subject, text = self.waiting[0]
            if self.store.step(key) is None:
                self.put(mailbox, inbox, key, subject, text + FOOT, now)
            self.waiting.pop(0)

    def put(
        self, mailbox: Mailbox, inbox: str, key: str, subject: str, text: str, now: datetime, html: str = ""
    ) -> None:
        """One note: journalled, appended, written down."""
        message_id = message_id_of(key, self.identity.address)
        row = StepRow(key, message_id, "", "note", Held.PLANNED, inbox, subject=subject, at=now, changed=now)
        self.store.write_step(row)
        head = Head(
            (Address(self.identity.name, self.identity.address.lower()),),
            subject,
            message_id,
            now.astimezone(self.zone),
            note=True,
        )
        mailbox.open(inbox)
        if not mailbox.with_id(message_id):
            mailbox.append(inbox, compose(self.identity, head, text, html), ())
        self.store.turn(row, Held.SENT, now, EventRow(now, "", key, "told", "P9", subject), filed=True)


def key_of(about: str) -> str:
    return f"note|{hashlib.sha256(about.encode()).hexdigest()[:20]}|owner"
