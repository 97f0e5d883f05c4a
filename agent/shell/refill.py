"""Standing drafts that nobody touched x what the debrief has given since -> the same drafts with it (P17, P3, I7).

Rule 1: journal, look, append the new one, look, remove the old one, write down (I3): a crash anywhere is settled by looking.
Rule 2: what its owner changed by a letter is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from agent.core.content import content_of
from agent.core.opportunity import Opportunity
from agent.core.policy.wishes import FILLED, STANDING, Verdict
from agent.core.render import Draft
from agent.shell.blanks import keep_blanks
from agent.shell.drafts import Drafts
from agent.shell.imap import Mailbox
from agent.shell.store import EventRow, Held, StepRow, Store

REPLACES = "replaces "


def wanted(
    verdicts: Iterable[Verdict], rows: Iterable[StepRow], opportunities: Mapping[str, Opportunity]
) -> list[tuple[StepRow, Verdict]]:
    """The untouched drafts of opportunities with a debrief: what they say may have changed."""
    put = {r.key: r for r in rows if r.state is Held.PUT}
    return [
        (put[v.key], v)
        for v in verdicts
        if v.key in put
        and v.step in FILLED
        and v.state in STANDING
        and (known := opportunities.get(v.opportunity)) is not None
        and known.debriefs
    ]


@dataclass(slots=True)
class Refill:
    """Puts a draft's new words in place of its old ones."""

    store: Store

    def refill(self, mailbox: Mailbox, row: StepRow, draft: Draft, now: datetime) -> bool:
        """-> whether it was done: not where it says the same, or where the draft is not there as it was written."""
        fresh = content_of(draft.raw).hash
        if fresh == row.content or draft.message_id != row.message_id:
            return False
        opened = mailbox.open(row.folder)
        raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
        if raw is None or content_of(raw).hash != row.content:
            return False
        journalled = self.store.turn(row, Held.PUT, now, content=fresh, note=REPLACES + row.content)
        if journalled is None:
            return False
        if not self.copies(mailbox, journalled, fresh):
            mailbox.append(row.folder, draft.raw, ("\\Draft", "\\Seen"))
        self.finish(mailbox, journalled, now)
        keep_blanks(self.store, row.key, draft.blanks)
        return True

    def settle(self, mailbox: Mailbox, now: datetime) -> None:
        """What a crash or a lost connection left between the two."""
        for row in self.store.steps(Held.PUT):
            if row.note.startswith(REPLACES):
                self.finish(mailbox, row, now)

    def finish(self, mailbox: Mailbox, row: StepRow, now: datetime) -> None:
        """With the new one there, the old one goes; without it, everything is as it was."""
        old = row.note.removeprefix(REPLACES)
        uidvalidity = mailbox.open(row.folder, write=True).uidvalidity
        fresh = self.copies(mailbox, row, row.content)
        if not fresh:
            self.store.write_step(replace(row, content=old, note=""))
            return
        if uidvalidity == row.uidvalidity and row.uid != fresh[0]:
            raw = mailbox.body(row.uid)
            if raw is not None and content_of(raw).hash == old:
                mailbox.expunge(row.uid)
        after = replace(row, uidvalidity=uidvalidity, uid=fresh[0], note="", changed=now)
        why = "your debrief gave it its words"
        self.store.write_step(after, EventRow(now, row.opportunity, row.key, "filled", "P17", why))

    @staticmethod
    def copies(mailbox: Mailbox, row: StepRow, content: str) -> list[int]:
        """The UIDs under which a message of ours with this content lies in its folder."""
        opened = mailbox.open(row.folder, write=True)
        found = Drafts.lying_there(mailbox, opened, row.message_id)
        return sorted(u for u in found if (raw := mailbox.body(u)) is not None and content_of(raw).hash == content)
