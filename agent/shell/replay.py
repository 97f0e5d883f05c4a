"""Mail on disk x a virtual clock -> what the agent would have done. The same core behind another shell; touches no server.

Each message becomes known at its Date. Drafts stay where they are put, untouched, unless the mail itself shows that the
owner sent them.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.core.decode.message import Unreadable, decode
from agent.core.fold import Book
from agent.core.opportunity import Opportunity
from agent.core.policy.plan import plan
from agent.core.policy.rules import Rules
from agent.core.policy.stage import stage
from agent.core.policy.wishes import FILLED, IN_INBOX, STANDING, Verdict
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Reading
from agent.core.reconcile import Action, Do, Stands, orphans, reconcile
from agent.core.reconcile import Standing as Stood
from agent.core.render import Draft, Identity, Wording, message_id_of, normal_text, render
from agent.core.values import Message
from agent.core.view import interview_row


@dataclass(slots=True)
class Standing:
    """One draft of the replay and what became of it."""

    draft: Draft
    verdict: Verdict
    stands: Stands
    text: str


@dataclass(slots=True)
class Replay:
    """The virtual mailbox: the book, the drafts that stand, and the list of actions."""

    rules: Rules
    identity: Identity
    wording: Wording
    book: Book = field(init=False)
    drafts: dict[str, Standing] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)
    actions: list[dict[str, Any]] = field(default_factory=list)
    own_ids: dict[str, str] = field(default_factory=dict)
    moment: datetime | None = None

    def __post_init__(self) -> None:
        self.book = Book(self.rules.zone, self.rules.holidays)

    def run(self, messages: Iterable[tuple[Message, Reading]], until: datetime) -> None:
        """Walk through the messages in the order of their dates and through every moment between at which a window changes."""
        for message, reading in sorted(messages, key=lambda m: (m[0].date.astimezone(UTC), m[0].message_id)):
            if message.date > until:
                break
            self.advance(message.date)
            self.notice_own_draft(message)
            self.book.add(reading)
            self.pass_at(message.date)
        self.advance(until)

    def advance(self, to: datetime) -> None:
        """Every moment before `to` at which the plan changes by time alone."""
        now = self.moment or to
        for _ in range(100_000):
            ahead = plan(self.book.opportunities.values(), now, self.rules).look_again
            if ahead is None or ahead > to:
                return
            self.pass_at(ahead)
            now = ahead

    def pass_at(self, now: datetime) -> None:
        self.moment = now
        made = plan(self.book.opportunities.values(), now, self.rules)
        standing = {k: s.stands for k, s in self.drafts.items()} | {
            k: Stands.MISSED for k in self.missed if k not in self.drafts
        }
        put = (
            Stood(k, s.verdict.step, s.verdict.opportunity, s.verdict.to)
            for k, s in self.drafts.items()
            if s.stands is Stands.PUT
        )
        gone = orphans(put, {v.key for v in made.verdicts}, self.book.opportunities)
        for action in reconcile(made.verdicts, standing, gone):
            self.act(action, now)
        for verdict in made.verdicts:
            self.refill(verdict, now)

    def refill(self, verdict: Verdict, now: datetime) -> None:
        """What a debrief gives goes into the draft that stands (P17); it is the same draft, so there is no action to tell."""
        standing = self.drafts.get(verdict.key)
        known = self.book.opportunities.get(verdict.opportunity)
        if standing is None or standing.stands is not Stands.PUT or known is None or not known.debriefs:
            return
        if verdict.step in FILLED and verdict.state in STANDING:
            draft = render(verdict, self.identity, self.wording, now, self.rules)
            standing.draft, standing.text = draft, normal_text(draft.body)

    def act(self, action: Action, now: datetime) -> None:
        verdict = action.verdict
        if action.do is Do.PUT:
            draft = render(verdict, self.identity, self.wording, now, self.rules)
            self.drafts[verdict.key] = Standing(draft, verdict, Stands.PUT, normal_text(draft.body))
            self.own_ids[draft.message_id] = verdict.key
            self.actions.append(self.row(now, "note" if verdict.step in IN_INBOX else "draft", verdict, draft))
        elif action.do is Do.WITHDRAW:
            standing = self.drafts[verdict.key]
            standing.stands = Stands.WITHDRAWN
            self.actions.append(self.row(now, "withdraw", replace(verdict, to=standing.verdict.to), standing.draft))
        elif action.do is Do.REPORT:
            self.missed.add(verdict.key)
            self.actions.append(self.row(now, "missed", verdict, None))

    def notice_own_draft(self, message: Message) -> None:
        """A sent message is the draft itself if it carries the draft's Message-ID or its text (settled cases)."""
        if not message.sent:
            return
        key = self.own_ids.get(message.message_id, "")
        text = normal_text(f"{message.body.own}\n{message.body.signature}")
        for candidate, standing in self.drafts.items():
            if standing.stands is Stands.PUT and (candidate == key or squeezed(standing.text) == squeezed(text)):
                standing.stands = Stands.SENT

    def row(self, at: datetime, action: str, verdict: Verdict, draft: Draft | None) -> dict[str, Any]:
        return {
            "at": at.astimezone(self.rules.zone).isoformat(),
            "action": action,
            "step": verdict.step.value,
            "opportunity": verdict.opportunity,
            "to": [a.email for a in verdict.to],
            "cc": [],
            "subject": draft.subject if draft else "",
            "in_reply_to": (draft.in_reply_to or None) if draft else None,
            "message_id": draft.message_id if draft else message_id_of(verdict.key, self.identity.address),
            "body": draft.body if draft else "",
            "blanks": list(draft.blanks) if draft else [],
            "rule": verdict.rule,
            "why": verdict.why,
        }

    def result(self, until: datetime) -> dict[str, Any]:
        """The object of CONTRACT, "JSON of replay"."""
        return {
            "opportunities": [self.described(o, until) for o in self.book.opportunities.values() if not o.forgotten],
            "messages": [self.message_row(message_id) for message_id in self.book.rows],
            "actions": self.actions,
        }

    def described(self, opportunity: Opportunity, until: datetime) -> dict[str, Any]:
        main = opportunity.main_contact
        return {
            "id": opportunity.id,
            "organisation": opportunity.organisation,
            "role": opportunity.role or None,
            "stage": stage(opportunity, until, self.rules).value,
            "reply_by": opportunity.reply_by.isoformat() if opportunity.reply_by else None,
            "main_contact": main.email if main else None,
            "interviews": [
                interview_row(opportunity, i, until, self.rules)
                for i in sorted(opportunity.interviews, key=lambda i: i.start)
            ],
            "messages": list(opportunity.message_ids),
        }

    def message_row(self, message_id: str) -> dict[str, Any]:
        row = self.book.rows[message_id]
        opportunity = self.book.opportunities.get(row.opportunity)
        entry = next((e for e in opportunity.entries if e.message_id == message_id), None) if opportunity else None
        return {
            "message_id": message_id,
            "direction": "sent" if row.sent else "received",
            "kind": row.kind.value,
            "unclear": row.unclear,
            "opportunity": row.opportunity or None,
            "reply_by": entry.reply_by.isoformat() if entry and entry.reply_by else None,
            "why": list(row.why),
        }


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------------------------------------------- mail on disk


def raw_messages(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every message of an mbox, a Maildir(++) or a folder of .eml, in the order of their names."""
    if path.is_file():
        if path.suffix.lower() == ".eml":
            yield path.name, path.read_bytes()
            return
        box = mailbox.mbox(path, create=False)
        for key in box.keys():  # noqa: SIM118 - mailbox.mbox is no mapping
            yield f"{path.name}#{key}", box.get_bytes(key)
        return
    if (path / "cur").is_dir() or (path / "new").is_dir():
        for folder in sorted(
            [path, *(p for p in path.iterdir() if p.is_dir() and p.name.startswith(".") and (p / "cur").is_dir())]
        ):
            for file in sorted(
                f for sub in ("new", "cur") if (folder / sub).is_dir() for f in (folder / sub).iterdir() if f.is_file()
            ):
                yield str(file.relative_to(path)), file.read_bytes()
        return
    for file in sorted(path.rglob("*.eml")):
        yield str(file.relative_to(path)), file.read_bytes()


def understood(path: Path, owner: Owner) -> Iterator[tuple[Message, Reading]]:
    """Every message that can be read; one that cannot does not stop the others (I9)."""
    seen: set[str] = set()
    for _, raw in raw_messages(path):
        try:
            message = decode(raw, owner.addresses)
        except Unreadable:
            continue
        if message.message_id not in seen:
            seen.add(message.message_id)
            yield message, read(message, owner)


__all__ = ["Replay", "understood"]
