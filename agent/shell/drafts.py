"""The Drafts folder and the ledger: put, take back, and see what the owner did. Every effect is journalled before and looked up after.

Rule 1: journal `planned`, look, APPEND, look, journal `put` (I3). A lost answer is settled by looking.
Rule 2: only one's own is touched: place and content must be those that were written (I7, P3, P8).
Rule 3: nothing is concluded from a draft that is not found before time has passed and other places were looked at (I8).
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from agent.core.content import content_of
from agent.core.policy.wishes import IN_INBOX, Verdict
from agent.core.render import Draft
from agent.errors import FolderGone, FolderRefused
from agent.shell.blanks import keep_blanks
from agent.shell.folders import Layout
from agent.shell.imap import Mailbox, Opened
from agent.shell.sight import FIELDS, Lying, Seen, Sight, judge, lying
from agent.shell.store import EventRow, Held, StepRow, Store

log = logging.getLogger("afterword.drafts")

GRACE = timedelta(minutes=10)  # clients delete the old copy before the new one, or Sent shows it, by seconds or minutes
MOST_DRAFTS = 400
AT_ONCE = 3  # that many messages gone together from a folder that is empty now is no answer to one of them
NOTE = "note"  # a step of ours that is only told
HIDDEN = "the server took it and does not show it"
EMPTIED, REBUILT = "the folder was emptied at once", "the folder was made anew"
WATCHED = (Held.PUT, Held.EDITED, Held.REFUSED, Held.MISSING, Held.VANISHED)

RECENT = 100  # as many of a folder's newest messages are looked at one by one where a search finds nothing
KEEPS = (Held.PUT, Held.EDITED, Held.REFUSED, Held.MISSING, Held.VANISHED, Held.WITHDRAWING)

OfRow = Callable[[StepRow], bool]
Answered = Callable[[StepRow], None]


class Drafts:
    """What the agent does in Drafts (and, for notes, in the inbox)."""

    def __init__(self, store: Store, dismissed: Answered) -> None:
        """`dismissed`: called once for a draft that its owner deleted, before the ledger says so (P4)."""
        self.store, self.dismissed = store, dismissed

    def event(self, row: StepRow, what: str, rule: str, why: str, now: datetime) -> EventRow:
        return EventRow(now, row.opportunity, row.key, what, rule, why)

    # ---------------------------------------------------------------------------------------------------------- put

    def put(self, mailbox: Mailbox, layout: Layout, draft: Draft, verdict: Verdict, now: datetime) -> StepRow:
        """One draft into its folder, unless a look finds that it is there already, was sent, or was thrown away (I2)."""
        folder = layout.inbox if verdict.step in IN_INBOX else layout.drafts
        row = StepRow(
            key=draft.key, message_id=draft.message_id, opportunity=verdict.opportunity, step=verdict.step.value, state=Held.PLANNED,
            folder=folder, content=content_of(draft.raw).hash, recipients=tuple(a.email for a in draft.to), subject=draft.subject,
            answers=draft.in_reply_to, rule=verdict.rule, why=verdict.why, at=now, changed=now,
        )  # fmt: skip
        self.store.write_step(row)
        keep_blanks(self.store, row.key, draft.blanks)
        known = self.found_again(mailbox, layout, row, now)
        if known is not None:
            return known
        flags = () if verdict.step in IN_INBOX else ("\\Draft", "\\Seen")
        mailbox.append(folder, draft.raw, flags)
        after = self.standing(mailbox, row)
        if after is None:  # taken, and not there: appending again could go on for ever
            told = f"the server took it and {folder} does not show it; it is not put again by itself"
            hidden = replace(row, state=Held.VANISHED, note=HIDDEN)
            self.store.write_step(hidden, self.event(row, "vanished", "P5", told, now))
            return hidden
        what = "note" if verdict.step in IN_INBOX else "put"
        done = replace(after, state=Held.PUT, changed=now)
        self.store.write_step(done, self.event(done, what, verdict.rule, verdict.why, now))
        return done

    def standing(self, mailbox: Mailbox, row: StepRow) -> StepRow | None:
        """Our message as it lies in its folder. Two daemons may have put it at once: both keep the first and drop the other."""
        opened = mailbox.open(row.folder)
        uids = self.lying_there(mailbox, opened, row.message_id)
        if not uids:
            return None
        first, *more = sorted(uids)
        if more:
            self.drop_copies(mailbox, row, first, more)
        return replace(row, uidvalidity=opened.uidvalidity, uid=first)

    @staticmethod
    def lying_there(mailbox: Mailbox, opened: Opened, message_id: str) -> list[int]:
        """By a search; and, because some servers search an index that lags behind, by the newest headers themselves."""
        uids = mailbox.with_id(message_id)
        if uids or not opened.exists:
            return uids
        newest = mailbox.uids_from(opened.uidnext - RECENT)[-RECENT:]
        return [h.uid for h in mailbox.headers(newest, ("Message-ID",)) if lying(h).message_id == message_id]

    def drop_copies(self, mailbox: Mailbox, row: StepRow, first: int, copies: list[int]) -> None:
        """Remove further copies that are the same to the byte, but for their Date: nobody but us made them."""
        original = mailbox.body(first)
        if original is None:
            return
        same = [uid for uid in copies if undated(mailbox.body(uid) or b"") == undated(original)]
        if not same:
            return
        mailbox.open(row.folder, write=True)
        for uid in same:
            mailbox.expunge(uid)

    def found_again(self, mailbox: Mailbox, layout: Layout, row: StepRow, now: datetime) -> StepRow | None:
        """Look for a message that an earlier life, or another daemon, has put: wherever it may have gone since."""
        own = [row.folder, layout.drafts, layout.sent, layout.approved, layout.trash, *layout.read_along]
        for folder in dict.fromkeys(f for f in own if f):
            try:
                opened = mailbox.open(folder)
            except FolderGone:
                if folder in (layout.drafts, layout.sent):
                    raise
                continue
            near = folder in (row.folder, layout.drafts, layout.sent, layout.approved)
            uids = self.lying_there(mailbox, opened, row.message_id) if near else mailbox.with_id(row.message_id)
            if not uids:
                continue
            there = replace(row, folder=folder, uidvalidity=opened.uidvalidity, uid=uids[0], changed=now)
            return self.adopted(mailbox, layout, there, now)
        return None

    def adopted(self, mailbox: Mailbox, layout: Layout, row: StepRow, now: datetime) -> StepRow:
        """The ledger's entry for a message of ours that was found without one."""
        if row.folder == layout.sent:
            state, what, why = Held.SENT, "sent", "it was found in Sent"
        elif row.folder == layout.trash:
            self.dismissed(row)
            state, what, why = Held.GONE, "dismissed", "it was found in the trash: you deleted it"
        elif row.folder == layout.inbox:
            state, what, why = Held.PUT, "found", "it was found in the inbox"
        else:
            raw = mailbox.body(row.uid)
            ours = raw is not None and content_of(raw).hash == row.content
            state, what, why = (Held.PUT if ours else Held.EDITED), "found", f"it was found in {row.folder}"
        done = replace(row, state=state)
        self.store.write_step(done, self.event(done, what, "P5", why, now))
        return done

    def settle(self, mailbox: Mailbox, layout: Layout, now: datetime) -> None:
        """Steps that a crash or a lost connection left half done: look, and write down what is so (I3)."""
        for row in self.store.steps(Held.PLANNED):
            if row.step == NOTE:
                self.settle_note(mailbox, row, now)
            elif self.found_again(mailbox, layout, row, now) is None:
                self.store.drop_step(row.key)  # surely not put: the plan decides anew
        self.rehouse(layout)
        for row in self.store.steps(Held.WITHDRAWING):
            with contextlib.suppress(FolderRefused):  # read-only for now: the rest of the turn need not wait for it
                self.take_back(mailbox, row, now)

    def settle_note(self, mailbox: Mailbox, row: StepRow, now: datetime) -> None:
        """A note to the owner that was on its way into the inbox: there, or to be told anew by whoever has it to tell."""
        opened = mailbox.open(row.folder)
        if self.lying_there(mailbox, opened, row.message_id):
            self.store.turn(row, Held.SENT, now, self.event(row, "told", "P9", row.subject, now), filed=True)
        else:
            self.store.drop_step(row.key)

    def rehouse(self, layout: Layout) -> None:
        """Drafts whose folder is no more under its name (renamed, or found by another rule now) are looked for in Drafts."""
        for row in self.store.steps(*KEEPS):
            if row.folder and row.folder not in layout.names:
                self.store.write_step(replace(row, folder=layout.drafts, uidvalidity=0, uid=0))

    # ----------------------------------------------------------------------------------------------------- withdraw

    def withdraw(self, mailbox: Mailbox, row: StepRow, verdict: Verdict, now: datetime) -> None:
        """Take back a draft that nobody touched."""
        journalled = self.store.turn(row, Held.WITHDRAWING, now, rule=verdict.rule, why=verdict.why)
        if journalled is not None:
            self.take_back(mailbox, journalled, now)

    def take_back(self, mailbox: Mailbox, row: StepRow, now: datetime) -> None:
        """Remove it if place and content are ours; otherwise it is the owner's, or gone, and the next look will tell."""
        opened = mailbox.open(row.folder, write=True)
        raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
        if raw is not None and content_of(raw).hash == row.content:
            mailbox.expunge(row.uid)
            raw = None
        elif raw is not None:
            self.store.turn(row, Held.EDITED, now)
            return
        if mailbox.with_id(row.message_id):
            self.store.turn(row, Held.PUT, now)  # another copy stands: look at it first
            return
        self.store.turn(row, Held.WITHDRAWN, now, self.event(row, "withdrawn", row.rule, row.why, now))

    def leave(self, row: StepRow, verdict: Verdict, now: datetime) -> None:
        """Pointless, but its owner's: it stays, and that is told once (P3)."""
        note = f"{verdict.rule}: {verdict.why}"
        if row.note != note:
            after = replace(row, note=note)
            self.store.write_step(
                after, self.event(row, "left", "P3", f"it is yours, so it stays, though {verdict.why}", now)
            )

    # ------------------------------------------------------------------------------------------------------ observe

    def observe(
        self, mailbox: Mailbox, layout: Layout, sent_by_owner: OfRow, pointless: OfRow, now: datetime
    ) -> list[tuple[StepRow, Lying]]:
        """See what the owner did with what stands in Drafts -> the drafts that stand there, with their headers.

        `pointless`: would this draft be taken back now, if it stood?
        """
        rows = [r for r in self.store.steps(*WATCHED) if r.folder == layout.drafts]
        opened = mailbox.open(layout.drafts)
        emptied = self.emptied(opened, sum(r.state in (Held.PUT, Held.EDITED) for r in rows))
        if not rows:
            return []
        there = self.looked(mailbox, opened, rows)
        others = {r.message_id for r in self.store.steps()}
        standing: list[tuple[StepRow, Lying]] = []
        for row in rows:
            sight = judge(row, opened.uidvalidity, there, others - {row.message_id})
            after = self.noticed(mailbox, row, sight, opened, now)
            if after is not None and sight.lying is not None:
                standing.append((after, sight.lying))
            elif sight.seen in (Seen.ABSENT, Seen.MARKED):
                doubt = REBUILT if row.uidvalidity != opened.uidvalidity else EMPTIED if emptied else ""
                self.missed(mailbox, layout, row, doubt, sent_by_owner, pointless, now)
        return standing

    def emptied(self, opened: Opened, ours: int) -> bool:
        """Did everything vanish from a folder that held several messages at the last look, or several of ours since?"""
        before = max(int(self.store.remembered("drafts_held") or 0), ours)
        self.store.remember("drafts_held", str(opened.exists))
        return opened.exists == 0 and before >= AT_ONCE

    def looked(self, mailbox: Mailbox, opened: Opened, rows: list[StepRow]) -> list[Lying]:
        if not opened.exists:
            return []
        uids = mailbox.uids(["ALL"])
        ours = {r.uid for r in rows}
        wanted = [u for u in uids[:-MOST_DRAFTS] if u in ours] + uids[-MOST_DRAFTS:]
        found = [lying(h) for h in mailbox.headers(wanted, FIELDS)]
        duplicates = [r for r in rows if sum(m.message_id == r.message_id and not m.deleted for m in found) > 1]
        for row in duplicates:
            copies = sorted(m.uid for m in found if m.message_id == row.message_id and not m.deleted)
            self.drop_copies(mailbox, row, copies[0], copies[1:])
            mailbox.open(opened.name)
        return [lying(h) for h in mailbox.headers(wanted, FIELDS)] if duplicates else found

    def noticed(self, mailbox: Mailbox, row: StepRow, sight: Sight, opened: Opened, now: datetime) -> StepRow | None:
        """The row as it is after this look; None where the draft is not there."""
        if sight.seen in (Seen.ABSENT, Seen.MARKED) or sight.lying is None:
            return None
        if sight.seen is Seen.THERE and row.state not in (Held.MISSING, Held.VANISHED):
            return row
        raw = mailbox.body(sight.lying.uid)
        stands = content_of(raw) if raw is not None else None
        if stands is not None:
            keep_blanks(self.store, row.key, stands.blanks)
        ours = stands is not None and stands.hash == row.content
        rebuilt = row.uidvalidity != opened.uidvalidity
        returned = row.state in (Held.MISSING, Held.VANISHED) and bool(row.note or row.approved)
        untouched = ours and (sight.seen is Seen.THERE or rebuilt or returned)
        place = replace(
            row,
            uidvalidity=opened.uidvalidity,
            uid=sight.lying.uid,
            message_id=sight.lying.message_id or row.message_id,
            approved="",
            note="",
        )
        after = replace(place, state=Held.PUT if untouched else Held.EDITED, changed=now)
        if row.state is Held.EDITED and after.state is Held.EDITED:
            self.store.write_step(replace(after, changed=row.changed, note=row.note))
            return after
        event = None if untouched else self.event(row, "edited", "P3", "you changed it: it is yours now", now)
        self.store.write_step(after, event)
        return after

    def missed(
        self, mailbox: Mailbox, layout: Layout, row: StepRow, doubt: str, sent_by_owner: OfRow, pointless: OfRow,
        now: datetime,
    ) -> None:  # fmt: skip
        """A draft that is not found: wait, look elsewhere, and only then take it for deleted (P4)."""
        if row.state is Held.VANISHED:
            return
        if row.state is not Held.MISSING:
            self.store.turn(row, Held.MISSING, now, note=doubt)
            return
        if now - row.changed < GRACE:
            return
        doubt = row.note or doubt
        elsewhere = None if sent_by_owner(row) else self.elsewhere(mailbox, layout, row)
        if elsewhere is not None and elsewhere.folder not in (layout.sent, layout.trash):
            kept = replace(elsewhere, state=Held.EDITED, changed=now, approved="", note="")
            self.store.write_step(kept, self.event(row, "edited", "P3", f"you moved it to {elsewhere.folder}", now))
            return
        if sent_by_owner(row) or elsewhere is not None and elsewhere.folder == layout.sent:
            end, what, rule, why = Held.SENT, "sent", "P27", "you sent it yourself"
        elif pointless(row):
            # another copy of the program took it back, or its owner saw that nobody needs it any more: no answer to us
            end, what, rule, why = Held.WITHDRAWN, "withdrawn", "P2", "it had become pointless, and it is gone"
        elif doubt == REBUILT and elsewhere is None:
            # nobody's answer: the server lost it. The plan may put it again, after a look
            self.store.drop_step(row.key)
            why = "the server made the Drafts folder anew and the draft was lost"
            self.store.add_event(self.event(row, "lost", "P5", why, now))
            return
        elif doubt == EMPTIED and elsewhere is None:
            end, what, rule, why = Held.VANISHED, "vanished", "P4", f"{doubt}; that is taken for no answer"
        else:
            self.dismissed(row)
            end, what, rule, why = Held.GONE, "dismissed", "P4", "you deleted it: that is an answer"
        self.store.turn(row, end, now, self.event(row, what, rule, why, now), approved="")

    def elsewhere(self, mailbox: Mailbox, layout: Layout, row: StepRow) -> StepRow | None:
        """The same message in another folder."""
        for folder in dict.fromkeys(f for f in (layout.sent, layout.approved, layout.trash, *layout.searchable) if f):
            try:
                opened = mailbox.open(folder)
            except FolderGone:
                continue
            uids = mailbox.with_id(row.message_id)
            if uids:
                return replace(row, folder=folder, uidvalidity=opened.uidvalidity, uid=uids[0])
        return None


def undated(raw: bytes) -> bytes:
    """The bytes without their Date: two copies of the program that render one step do so at different seconds."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"date:")) + gap + body
