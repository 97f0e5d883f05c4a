"""What the owner confirmed: drafts moved to Approved, starred, or named on the command line -> `approved`, bound to their content.

Rule 1: only a draft of the ledger can be confirmed; a message that came by mail never is one, whatever it claims (I12).
Rule 2: a confirmation holds for the content that stood there at that moment, and for nothing else (I4).
Rule 3: what may not be sent goes back to Drafts, and the owner is told why (P7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32

from agent.core.content import Content, content_of
from agent.core.decode import headers
from agent.core.policy.wishes import IN_INBOX, TO_OWNER, Step
from agent.errors import AfterwordError, FolderGone
from agent.shell.folders import Layout
from agent.shell.imap import Mailbox
from agent.shell.notes import key_of
from agent.shell.sight import FIELDS, Lying, lying, same_letter
from agent.shell.store import EventRow, Held, StepRow, Store

OURS = re.compile(r"<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@")
CONFIRMABLE = (Held.PUT, Held.EDITED, Held.MISSING, Held.VANISHED, Held.REFUSED)
CLAIM = "$AfterwordSends-"  # a mark on a message that some copy of the program has begun to send
STILL_THERE = timedelta(minutes=15)
STRANGER = "only drafts that Afterword wrote are sent from there. To have it leave, send it from your mail client"
COPY = "it is a copy, and the draft itself still stands in your Drafts folder. To confirm that one, move it instead"
SETTLED = "it is no draft that waits for your confirmation: it was dealt with before, or it is a second copy of one"
CHANGED = "it was changed after you had confirmed it"
Tell = Callable[[str, str, str], None]  # (what it is about, subject, text): a note to the owner
Deliver = Callable[[Mailbox, Layout, datetime], None]


def at_its_time(mailbox: Mailbox, layout: Layout, now: datetime) -> None:
    """Notes are delivered by somebody else, later."""


class NotApproved(AfterwordError):
    """This draft cannot be confirmed as it stands; the text says why and what to do."""


@dataclass(slots=True)
class Approvals:
    """Turns confirmations into `approved` rows, and back."""

    store: Store
    tell: Tell
    deliver: Deliver = at_its_time

    def collect(self, mailbox: Mailbox, layout: Layout, now: datetime) -> None:
        """Look into Approved; make it where it is missing."""
        try:
            opened = mailbox.open(layout.approved)
        except FolderGone:
            mailbox.create(layout.approved)
            return
        self.recall(mailbox, layout, now)
        opened = mailbox.open(layout.approved)
        if not opened.exists:
            return
        for header in mailbox.headers(mailbox.uids(["ALL"])[-100:], FIELDS):
            message = lying(header)
            if not message.deleted:
                mailbox.open(layout.approved)
                self.consider(mailbox, layout, message, opened.uidvalidity, now)

    def consider(self, mailbox: Mailbox, layout: Layout, message: Lying, uidvalidity: int, now: datetime) -> None:
        """One message in Approved: is it a draft of ours that was moved here?"""
        rows = self.store.steps()
        if any(
            r.folder == layout.approved
            and r.uid == message.uid
            and r.uidvalidity == uidvalidity
            and r.state in (Held.APPROVED, Held.ATTEMPTING, Held.UNSURE, Held.SENT)
            for r in rows
        ):
            return
        row = next((r for r in rows if r.message_id == message.message_id), None)
        if row is None:
            candidates = [r for r in rows if r.state in CONFIRMABLE and same_letter(r, message)]
            row = candidates[0] if len(candidates) == 1 else None
        raw = mailbox.body(message.uid)
        notes = {s.value for s in IN_INBOX}
        moved = row is not None and row.state is Held.APPROVED and row.folder != layout.approved
        open_to_it = row is not None and (row.state in CONFIRMABLE or moved)
        if row is None or raw is None or message.delivered or row.step in notes or not open_to_it:
            stranger = message.delivered or (row is None and not made_by_us(message.message_id))
            self.ignore(message, raw, STRANGER if stranger else SETTLED, now, stranger)
            return
        if row.state is Held.REFUSED and row.folder == layout.approved and row.uid == message.uid:
            # it was confirmed once and not sent: it wants to be confirmed anew
            self.put_back(mailbox, layout, row, now)
            return
        if (
            row.state in (Held.PUT, Held.EDITED, Held.APPROVED)
            and row.folder == layout.drafts
            and self.still_there(mailbox, layout, row)
        ):
            self.ignore(message, raw, COPY, now, at_once=True)  # the draft itself was not moved
            return
        found = content_of(raw)
        place = replace(
            row,
            folder=layout.approved,
            uidvalidity=uidvalidity,
            uid=message.uid,
            message_id=message.message_id or row.message_id,
            note="",
        )
        if row.approved and found.hash != row.approved:
            self.give_back(mailbox, layout, place, CHANGED, "I4", now)
            return
        after = replace(place, state=Held.APPROVED, approved=found.hash, changed=now)
        self.store.write_step(
            after, EventRow(now, row.opportunity, row.key, "approved", "P1", "you moved it to Approved")
        )

    def still_there(self, mailbox: Mailbox, layout: Layout, row: StepRow) -> bool:
        opened = mailbox.open(row.folder)
        there = opened.uidvalidity == row.uidvalidity and mailbox.flags([row.uid]).get(row.uid)
        mailbox.open(layout.approved)
        return isinstance(there, frozenset) and "\\Deleted" not in there

    def ignore(self, message: Lying, raw: bytes | None, what: str, now: datetime, at_once: bool) -> None:
        """What is not ours to send is left alone in Approved, and its owner is told once. Not `at_once`: another copy of the
        program may be about to send it, and it is told only where it still lies there after a while."""
        name = f"foreign {message.message_id or message.uid}"[:200]
        since = self.store.remembered(name)
        due = at_once or (since and now - datetime.fromisoformat(since) >= STILL_THERE)
        if due and raw is not None and self.store.step(key_of(name)) is None:
            subject = headers.value(BytesHeaderParser(policy=compat32).parsebytes(raw), "Subject") or "(no subject)"
            text = f"“{subject}” lies in the folder of confirmed drafts. It was neither sent nor moved: {what}."
            self.tell(name, f"Left alone in Approved: {subject}", text)
        if not since:
            self.store.remember(name, now.isoformat())
            why = "a message in Approved is no draft of Afterword's: it was neither sent nor moved"
            self.store.add_event(EventRow(now, "", "", "ignored", "P1", why))

    def recall(self, mailbox: Mailbox, layout: Layout, now: datetime) -> None:
        """A confirmed draft that its owner took out of Approved again, or changed there, is confirmed no longer (I4).

        The row keeps in `approved` what was confirmed: only that, back in Approved, is still confirmed.
        """
        for row in self.store.steps(Held.APPROVED):
            if row.folder != layout.approved:
                continue
            opened = mailbox.open(layout.approved)
            if row.uidvalidity == opened.uidvalidity and living(mailbox, [row.uid]):
                continue
            anew = living(mailbox, mailbox.with_id(row.message_id))
            raw = mailbox.body(anew[-1]) if anew else None
            if raw is None:
                event = EventRow(now, row.opportunity, row.key, "recalled", "P1", "you took it out of Approved again")
                self.store.turn(row, Held.MISSING, now, event, folder=layout.drafts, uid=0)
                continue
            place = replace(row, uidvalidity=opened.uidvalidity, uid=anew[-1])
            if content_of(raw).hash == row.approved:
                self.store.write_step(place)  # the folder was rebuilt
            else:
                self.give_back(mailbox, layout, place, CHANGED, "I4", now)

    def starred(self, standing: list[tuple[StepRow, Lying]], mailbox: Mailbox, layout: Layout, now: datetime) -> None:
        """Mode confirm_by "flag": a star on a draft confirms it."""
        for row, message in standing:
            if "\\Flagged" in message.flags and row.state in CONFIRMABLE:
                self.by_content(mailbox, layout, row, now, "you starred it")

    def by_content(self, mailbox: Mailbox, layout: Layout, row: StepRow, now: datetime, how: str) -> StepRow:
        """Confirm a draft where it stands. Raises NotApproved when it is not there."""
        opened = mailbox.open(row.folder or layout.drafts, write=row.state is Held.REFUSED)
        raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
        if row.state is Held.REFUSED and raw is not None:
            self.free(mailbox, row.uid)  # whoever began to send it has not: its owner says so, and wants it tried anew
        if raw is None:
            raise NotApproved("this draft is not where it was", "look again in a minute: afterword drafts")
        event = EventRow(now, row.opportunity, row.key, "approved", "P1", how)
        after = self.store.turn(row, Held.APPROVED, now, event, approved=content_of(raw).hash)
        if after is None:
            raise NotApproved("this draft changed just now", "look at it again: afterword drafts")
        return after

    def give_back(
        self, mailbox: Mailbox, layout: Layout, row: StepRow, why: str, rule: str, now: datetime, yours: bool = False
    ) -> None:
        """A confirmed draft that may not be sent: into Drafts again, with a note that says why. `yours`: it is no longer
        wanted, and stays there as its owner's, for it was their word that it be sent (P3)."""
        subject = f"Not sent: {row.subject}"
        where = "It is back in your Drafts folder"
        where += " and is yours: Afterword leaves it there. Delete it if you have no use for it." if yours else "."
        self.tell(
            f"{row.key} {row.approved} {why}",
            subject,
            f"You confirmed the draft “{row.subject}” to {', '.join(row.recipients)}.\n\nIt was not sent: {why}.\n\n{where}",
        )
        self.deliver(mailbox, layout, now)  # told first, for nobody would know why after a crash in between
        event = EventRow(now, row.opportunity, row.key, "returned", rule, why)
        # without what the program had written, nothing takes it for untouched again
        self.put_back(mailbox, layout, replace(row, content="") if yours else row, now, event)

    def put_back(
        self, mailbox: Mailbox, layout: Layout, row: StepRow, now: datetime, event: EventRow | None = None
    ) -> None:
        """Where it lies is where it was before: Drafts, without a star."""
        place = row
        opened = mailbox.open(row.folder, write=True)
        there = opened.uidvalidity == row.uidvalidity
        if there and row.state is Held.REFUSED:
            self.free(mailbox, row.uid)
        if row.folder == layout.approved:
            if there:
                mailbox.move(row.uid, layout.drafts)
            drafts = mailbox.open(layout.drafts)
            uids = mailbox.with_id(row.message_id)
            place = replace(row, folder=layout.drafts, uidvalidity=drafts.uidvalidity, uid=uids[-1] if uids else 0)
        elif there and "\\Flagged" in mailbox.flags([row.uid]).get(row.uid, frozenset()):
            mailbox.unmark(row.uid, ["\\Flagged"])
        raw = mailbox.body(place.uid) if place.uid else None
        ours = raw is not None and content_of(raw).hash == row.content
        state = Held.PUT if ours else Held.EDITED
        self.store.write_step(replace(place, state=state, approved="", note="returned", changed=now), event)

    @staticmethod
    def free(mailbox: Mailbox, uid: int) -> None:
        """Take off the marks of those who began to send it and surely did not."""
        marks = claims(mailbox.flags([uid]).get(uid, frozenset()))
        if marks:
            mailbox.unmark(uid, sorted(marks))


def made_by_us(message_id: str) -> bool:
    """Is it a Message-ID as this program makes them, for this or another state (I2)?"""
    return OURS.match(message_id) is not None


def claims(flags: Iterable[str]) -> frozenset[str]:
    """The marks of those who have begun to send a message, in lower case: servers keep the case of keywords or not."""
    return frozenset(f.lower() for f in flags if f.lower().startswith(CLAIM.lower()))


def living(mailbox: Mailbox, uids: Sequence[int]) -> list[int]:
    """Those of the open folder that are there and not marked deleted, ascending."""
    flags = mailbox.flags(uids) if uids else {}
    return sorted(u for u in uids if u in flags and "\\Deleted" not in flags[u])


def objection(found: Content, row: StepRow, own: frozenset[str], contacts: frozenset[str]) -> tuple[str, str] | None:
    """Why a confirmed draft may not be sent as it stands: (rule, reason), or None. Looks at the message alone."""
    if found.hash != row.approved:
        return "I4", CHANGED
    if found.blanks:
        listed = ", ".join(f"[[{b}]]" for b in found.blanks[:5])
        return "P7", f"it still has {'a blank' if len(found.blanks) == 1 else 'blanks'} to fill in: {listed}"
    if found.sender is None or found.sender.email not in own:
        return "P1", "its sender is none of your addresses"
    if not found.recipients:
        return "P6", "it has no recipient"
    allowed = own if Step(row.step) in TO_OWNER else contacts | own
    strangers = [a.email for a in found.recipients if a.email not in allowed]
    if strangers:
        return (
            "P6",
            f"{', '.join(strangers)} is no contact of this opportunity; send it from your mail client if you mean it",
        )
    return None
