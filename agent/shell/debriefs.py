"""The debrief between mailbox and fold (P17): a form that was only saved becomes the owner's word, one that was confirmed is filed and
never sent, and what could not be read is said back once. A form sent to oneself is read with all other mail.

Rule 1: a draft is read once for each version of it, and only when it has rested: phones save while their owner writes.
Rule 2: the draft is its owner's (P3): it is read, and neither changed nor deleted; only one that was confirmed is moved to Sent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.core.content import content_of
from agent.core.debrief.answers import Answers, Unread, facts_of
from agent.core.debrief.facts import Filed
from agent.core.debrief.reading import filled
from agent.core.decode.message import whole_text
from agent.core.fold import Book
from agent.core.policy.wishes import TO_OWNER, Step
from agent.core.read.days import Setting
from agent.core.read.reader import Owner
from agent.core.words import Verb, Word
from agent.shell.approval import Approvals
from agent.shell.drafts import Drafts
from agent.shell.files import WordFile
from agent.shell.folders import Layout
from agent.shell.imap import Mailbox
from agent.shell.notes import Notes, key_of
from agent.shell.outgoing import for_sending
from agent.shell.sight import Lying
from agent.shell.store import EventRow, Held, StepRow, Store

REST = timedelta(minutes=2)
TOLD_FOR = timedelta(days=7)  # a form older than this state by more was told of in an earlier one
INTERNALDATE = re.compile(rb'INTERNALDATE "([^"]{10,40})"')


@dataclass(slots=True)
class Debriefs:
    """Reads the forms that lie in Drafts or were confirmed."""

    store: Store
    words: WordFile
    owner: Owner
    notes: Notes

    # ------------------------------------------------------------------------------------------------------ only saved

    def read_drafts(
        self, mailbox: Mailbox, layout: Layout, standing: Iterable[tuple[StepRow, Lying]], book: Book, now: datetime
    ) -> datetime | None:
        """Every changed form in Drafts that has rested -> when the next one will have."""
        later: list[datetime] = []
        for row, message in standing:
            if row.step != Step.DEBRIEF.value or row.state is not Held.EDITED:
                continue
            name, place = f"debrief {row.key}", f"{row.uidvalidity}.{message.uid}"
            known, _, since = self.store.remembered(name).partition(" ")
            if known != place:
                self.store.remember(name, f"{place} {now.isoformat()}")
                since = now.isoformat()
            if since == "read":
                continue
            mailbox.open(layout.drafts)
            saved = self.saved(mailbox, message.uid, row, datetime.fromisoformat(since), now)
            if now < saved + REST:
                later.append(saved + REST)
                continue
            raw = mailbox.body(message.uid)
            if raw is not None:
                self.take(raw, row, saved, book)
            self.store.remember(name, f"{place} read")
        return min(later, default=None)

    @staticmethod
    def saved(mailbox: Mailbox, uid: int, row: StepRow, seen: datetime, now: datetime) -> datetime:
        """When this version was put there: the server's word where it can be so, else when it was first seen."""
        for told in mailbox.fetched([uid], "(UID INTERNALDATE)"):
            found = INTERNALDATE.search(told.told)
            if found:
                try:
                    moment = datetime.strptime(found[1].decode("ascii", "replace").strip(), "%d-%b-%Y %H:%M:%S %z")
                except ValueError:
                    return seen
                if row.at <= moment <= now:
                    return moment
        return seen

    def take(self, raw: bytes, row: StepRow, saved: datetime, book: Book) -> Answers | None:
        """The owner's word, unless the last one about this form said the same -> what was read, None where that is nothing."""
        answers = self.understood(raw, row, saved)
        opportunity = book.opportunities.get(row.opportunity)
        if opportunity is None or not (answers.said or answers.unread or answers.met):
            return None
        earlier = [
            e
            for e in self.words.entries()
            if e.get("verb") == Verb.DEBRIEF.value and ["form", answers.form] in e["facts"]
        ]
        if not earlier or ["digest", answers.digest] not in earlier[-1]["facts"]:
            name = f"debrief-{answers.form}-{answers.digest}-{len(earlier)}"
            found = content_of(raw)
            facts = facts_of(answers, found.message_id or row.message_id)
            self.words.add(Word(name, saved, Verb.DEBRIEF, opportunity.anchor, facts))
        return answers

    def understood(self, raw: bytes, row: StepRow, saved: datetime) -> Answers:
        reference = row.key.split("|")[2] if row.key.count("|") >= 3 else ""
        setting = Setting(saved.astimezone(self.owner.zone).date(), self.owner.month_first, self.owner.holidays)
        subject = f"Debrief ({reference})"  # the ledger knows which form this is, whatever its owner made of it
        made = filled(whole_text(raw), subject, setting, self.owner.names, self.owner.addresses) or Answers()
        return replace(made, form=reference)

    # -------------------------------------------------------------------------------------------------------- confirmed

    def file_confirmed(self, mailbox: Mailbox, layout: Layout, approvals: Approvals, book: Book, now: datetime) -> None:
        """Mode `confirm`: a note to oneself is read and laid in Sent; nothing of it goes to SMTP."""
        for row in self.store.steps(Held.APPROVED):
            if Step(row.step) not in TO_OWNER:
                continue
            opened = mailbox.open(row.folder)
            raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
            if raw is None:
                event = EventRow(
                    now, row.opportunity, row.key, "recalled", "P1", "it is not where you had confirmed it"
                )
                self.store.turn(row, Held.MISSING, now, event, approved="", folder=layout.drafts, uid=0)
                continue
            saved = self.saved(mailbox, row.uid, row, row.changed, now)
            read = self.take(raw, row, saved, book) if row.step == Step.DEBRIEF.value else None
            if row.step == Step.DEBRIEF.value and read is None:
                approvals.give_back(mailbox, layout, row, "nothing is filled in yet", "P17", now)
                continue
            self.file(mailbox, layout, row, raw, saved)
            self.store.turn(
                row, Held.SENT, now, EventRow(now, row.opportunity, row.key, "filed", row.rule, "confirmed by you: kept in Sent"), filed=True
            )  # fmt: skip

    @staticmethod
    def file(mailbox: Mailbox, layout: Layout, row: StepRow, raw: bytes, saved: datetime) -> None:
        """A copy in Sent, then the confirmed draft is removed: look, append, delete (I3)."""
        opened = mailbox.open(layout.sent)
        if not Drafts.lying_there(mailbox, opened, row.message_id):
            mailbox.append(layout.sent, for_sending(raw, row.message_id, saved), ("\\Seen",))
        opened = mailbox.open(row.folder, write=True)
        if opened.uidvalidity == row.uidvalidity and mailbox.body(row.uid) == raw:
            mailbox.expunge(row.uid)

    # -------------------------------------------------------------------------------------------------------- said back

    def tell(self, book: Book, running_since: datetime | None) -> None:
        """What could not be read or used, each piece once, whichever versions of the form it stood in."""
        for filed in book.filed:
            if running_since is not None and filed.at < running_since - TOLD_FOR:
                continue
            names = {f"told {digest(filed.form or filed.source, u)}": u for u in filed.unread}
            new = {name: u for name, u in names.items() if not self.store.remembered(name)}
            note = "debrief " + " ".join(sorted(new))
            if new and self.store.step(key_of(note)) is not None:
                for name in new:
                    self.store.remember(name, filed.at.isoformat())
            elif new:
                self.say(note, filed, tuple(new.values()), book)

    def say(self, note: str, filed: Filed, unread: tuple[Unread, ...], book: Book) -> None:
        opportunity = book.opportunities.get(filed.opportunity)
        about = f" ({opportunity.organisation})" if opportunity and opportunity.organisation else ""
        subject = f"Your debrief{about}: not everything could be read"
        self.notes.tell(note, subject, words_of(unread, filed.opportunity))


def already_read(store: Store, key: str) -> bool:
    """Is this draft a form whose answers have been taken in?"""
    return store.remembered(f"debrief {key}").endswith(" read")


def digest(form: str, unread: Unread) -> str:
    return hashlib.sha256("\0".join((form, unread.question, unread.words)).encode()).hexdigest()[:16]


def words_of(unread: tuple[Unread, ...], opportunity: str) -> str:
    lines = ["These words of your debrief could not be used:", ""]
    for item in unread:
        said = f"“{item.words}” – {item.why}" if item.words else item.why
        lines.append(f"- {item.question}? {said}" if item.question else f"- {said}")
    lines += [
        "",
        "Everything else in it was taken in. If it matters, write it anew in the form and save or send it again.",
    ]
    if opportunity:
        lines += [
            "Or say it on the command line, for instance:",
            "",
            f"    afterword tell {opportunity} --reply-by 2027-03-12",
        ]
    return "\n".join(lines)
