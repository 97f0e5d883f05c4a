"""After the database was lost: drafts of ours that stand already are known again, whatever became of their occasion meanwhile (P5, I1).

What is wanted now is found by its Message-ID when it would be put (I2). This is for the rest: a nudge that was answered, or an
interview that was moved, while nobody remembered the draft. Rendered once more from what was known at its own Date, it is
ours to take back if it is still what we would have written, and its owner's otherwise (I7, P3).
"""

from __future__ import annotations

import re
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from agent.core.content import content_of
from agent.core.fold import fold
from agent.core.policy.plan import plan
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import Verdict
from agent.core.render import Identity, Wording, message_id_of, render
from agent.errors import FolderGone
from agent.shell.folders import Layout
from agent.shell.imap import Mailbox
from agent.shell.knowledge import Knowledge
from agent.shell.sight import FIELDS, lying
from agent.shell.store import EventRow, Held, StepRow, Store

DONE = "reclaimed"  # remembered: once for each database
MOST = 200
FORM = re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@")


class Reclaim:
    """Looks through Drafts and Approved once, when a database is new and the mail has been read."""

    def __init__(self, store: Store, knowledge: Knowledge, identity: Identity, wording: Wording) -> None:
        self.store, self.knowledge, self.identity, self.wording = store, knowledge, identity, wording

    def once(self, mailbox: Mailbox, layout: Layout, rules: Rules, now: datetime) -> None:
        if self.store.remembered(DONE):
            return
        for folder in (layout.drafts, layout.approved):
            try:
                opened = mailbox.open(folder)
            except FolderGone:
                continue
            known = {r.message_id for r in self.store.steps()}
            uids = mailbox.uids(["ALL"])[-MOST:] if opened.exists else []
            for message in map(lying, mailbox.headers(uids, FIELDS)):
                raw = None
                if FORM.match(message.message_id) and message.message_id not in known and not message.deleted:
                    raw = mailbox.body(message.uid)
                row = self.made_out(raw, rules, now) if raw is not None else None
                if row is not None:
                    place = (folder, opened.uidvalidity, message.uid)
                    self.keep(row, place, now)
        self.store.remember(DONE, now.isoformat())

    def keep(self, row: StepRow, place: tuple[str, int, int], now: datetime) -> None:
        folder, uidvalidity, uid = place
        found = StepRow(
            key=row.key, message_id=row.message_id, opportunity=row.opportunity, step=row.step, state=row.state,
            folder=folder, uidvalidity=uidvalidity, uid=uid, content=row.content, recipients=row.recipients,
            subject=row.subject, answers=row.answers, rule=row.rule, why=row.why, at=row.at, changed=now,
        )  # fmt: skip
        why = f"it was found in {folder}"
        self.store.write_step(found, EventRow(now, row.opportunity, row.key, "found", "P5", why))

    def made_out(self, raw: bytes, rules: Rules, now: datetime) -> StepRow | None:
        """Which step this is, from what was known when it was written; None for what is none of ours."""
        written, found = date_of(raw), content_of(raw)
        for at in (written, now):
            verdict = self.verdict(found.message_id, at, rules) if at is not None and at <= now else None
            if verdict is None or at is None:
                continue
            wrote = render(verdict, self.identity, self.wording, at, rules) if verdict.wanted else None
            ours = wrote is not None and content_of(wrote.raw).hash == found.hash
            return StepRow(
                key=verdict.key, message_id=found.message_id, opportunity=verdict.opportunity, step=verdict.step.value,
                state=Held.PUT if ours else Held.EDITED, content=found.hash if ours else "",
                recipients=tuple(a.email for a in found.to), subject=found.subject, answers=found.in_reply_to,
                rule=verdict.rule, why=verdict.why, at=at,
            )  # fmt: skip
        return None

    def verdict(self, message_id: str, at: datetime, rules: Rules) -> Verdict | None:
        """The step of this Message-ID as the plan had it at a moment."""
        known = self.knowledge
        book = fold(self.store.readings(), known.said, known.zone, at, known.holidays)
        made = plan(book.opportunities.values(), at, rules)
        return next((v for v in made.verdicts if message_id_of(v.key, self.identity.address) == message_id), None)


def date_of(raw: bytes) -> datetime | None:
    """The Date header, where it is one with a zone."""
    text = BytesHeaderParser(policy=compat32).parsebytes(raw).get("Date")
    try:
        found = parsedate_to_datetime(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
