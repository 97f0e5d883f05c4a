"""The digest into the owner's inbox, without SMTP: once for each day it is due, journalled before and looked up after (P5, I3, I15)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from agent.core.digest import PERIODS, Digest, Sight, digest, due, next_due, pages
from agent.core.fold import Book
from agent.core.policy.plan import Plan
from agent.core.policy.rules import Rules
from agent.core.render import Wording
from agent.core.values import Address
from agent.shell.debriefs import already_read
from agent.shell.imap import Mailbox
from agent.shell.notes import Notes
from agent.shell.report import overtaken, standing
from agent.shell.store import Store

NOTHING_TO_TELL = "digest"  # remembered: the day whose digest was empty


@dataclass(slots=True)
class Digests:
    """Puts the digest when it is due. `mode`: "daily", "weekly" or "off"."""

    store: Store
    notes: Notes
    wording: Wording
    mode: str

    def deliver(
        self, mailbox: Mailbox, inbox: str, book: Book, made: Plan, rules: Rules, now: datetime
    ) -> datetime | None:
        """-> when the next one is due. Raises ServerError where the inbox cannot be written."""
        moment = due(self.mode, now, rules)
        day = moment.date().isoformat() if moment is not None else ""
        key = f"digest|{day}|owner"
        if moment is not None and self.store.step(key) is None and self.store.remembered(NOTHING_TO_TELL) != day:
            found = made_now(self.store, book, made, rules, now, self.mode)
            if found.empty:
                self.store.remember(NOTHING_TO_TELL, day)
            else:
                identity = self.notes.identity
                text, html = pages(found, self.wording, Address(identity.name, identity.address.lower()))
                self.notes.put(mailbox, inbox, key, found.title, text, now, html)
        return next_due(self.mode, now, rules)


def made_now(store: Store, book: Book, made: Plan, rules: Rules, now: datetime, mode: str) -> Digest:
    """The digest of this moment; what happened is told for the period that it covers."""
    since = now - PERIODS.get(mode, PERIODS["weekly"])
    events = [dataclasses.asdict(e) for e in store.events(since=since)]
    open_ones = [r for r in standing(store.steps()) if not already_read(store, r.key)]
    late = overtaken(open_ones, book, made)
    drafts = [
        dataclasses.asdict(r)
        | ({"state": "overtaken", "why": late[r.key].why} if r.key in late else {"state": r.state.value})
        for r in open_ones
    ]
    return digest(Sight(tuple(book.opportunities.values()), made.verdicts, drafts, events, now, rules), mode)
