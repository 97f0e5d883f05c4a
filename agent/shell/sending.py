"""From `approved` to `sent`: the gates, the claim, the attempt, the copy in Sent. Mode `confirm` only (P1, I4, I5).

approved -> (gates) -> claimed in the ledger and on the server -> attempting -> SMTP -> sent | refused | unsure

Rule 1: one message is sent at a time; after it the plan is made anew, because what was sent may put off the next (P27).
Rule 2: what another copy of the program has begun to send is left to it, and asked of the owner when nothing comes of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.core.contacts import usable
from agent.core.content import Content, content_of
from agent.core.opportunity import Opportunity
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import NUDGES, TO_OWNER, State, Step, Verdict, short_id
from agent.core.read.reading import Reading
from agent.core.reconcile import Standing, reason
from agent.core.values import Address
from agent.errors import Deferred, FolderGone, LoginRefused, Refused, ServerError, Unsure
from agent.shell.approval import CLAIM, Approvals, Tell, claims, objection
from agent.shell.folders import Layout
from agent.shell.imap import Account, Mailbox
from agent.shell.intake import Intake
from agent.shell.outgoing import for_sending
from agent.shell.silence import Proof
from agent.shell.smtp import envelope, submit
from agent.shell.store import EventRow, Held, Place, StepRow, Store
from agent.shell.watch import BackOff

log = logging.getLogger("afterword.sending")

FILES_ITSELF = ("smtp.gmail.com", "smtp.googlemail.com", "smtp.office365.com", "smtp-mail.outlook.com")
LOOKS_IN_SENT = timedelta(hours=1)  # how long an attempt without an outcome may still turn up in Sent

PATIENCE = timedelta(minutes=10)  # how long another copy of the program may be at sending
TRY_AGAIN = timedelta(minutes=5)
LONGEST_BACK_OFF = timedelta(hours=1)
BEGUN = "another copy of Afterword has begun to send it"

Proven = Callable[[Mailbox, Opportunity], Proof]
Learn = Callable[[list[Reading]], object]


@dataclass(slots=True)
class Sending:
    """Sends what was confirmed. `name` tells this installation from another one on the same mailbox."""

    store: Store
    account: Account
    intake: Intake
    approvals: Approvals
    tell: Tell
    rules: Rules
    name: str
    only_in_hours: bool = False
    most_per_day: int = 20
    trouble: ServerError | None = None
    wait_until: datetime | None = None
    back_off: BackOff | None = None

    def attend(
        self,
        mailbox: Mailbox,
        layout: Layout,
        verdicts: Mapping[str, Verdict],
        opportunities: Mapping[str, Opportunity],
        proven: Proven,
        learn: Learn,
        now: datetime,
    ) -> datetime | None:
        """Carry the confirmed steps as far as they go now -> when to try again, if something is held; `now`: with a new plan,
        because something came to light or was sent.

        `proven`: search for an answer (I6). `learn`: take in what was sent.
        """
        self.settle(mailbox, layout, now)
        later: list[datetime] = []
        for row in self.store.steps(Held.APPROVED):
            if Step(row.step) in TO_OWNER:
                continue  # a note to oneself is filed, and never handed to SMTP (P17)
            verdict, opportunity = verdicts.get(row.key), opportunities.get(row.opportunity)
            try:
                found = self.standing(mailbox, row)
            except FolderGone:
                later.append(now + TRY_AGAIN)
                continue
            if found is not None and self.begun_elsewhere(mailbox, row, now):
                later.append(row.changed + PATIENCE)
                continue
            if found is None and self.in_sent(mailbox, layout, row.message_id) is not None:
                self.was_sent(row, now, "another copy of Afterword sent it: it was found in Sent")
                return now
            refusal = self.refusal(row, found, verdict, opportunity)
            if refusal is not None:
                late = found is not None and (verdict is None or verdict.state in (State.OFF, State.LATER))
                self.approvals.give_back(mailbox, layout, row, refusal[1], refusal[0], now, yours=late)
                continue
            held = self.held_until(now)
            if held is not None:
                later.append(held)
                continue
            if Step(row.step) in NUDGES and opportunity is not None:
                proof = proven(mailbox, opportunity)
                if proof is Proof.BROKEN:
                    return now
                if proof is Proof.IMPOSSIBLE:
                    later.append(now + TRY_AGAIN)
                    continue
            if self.send(mailbox, layout, row, learn, now):
                return now
        if self.wait_until is not None:
            later.append(self.wait_until)
        return min((m for m in later if m > now), default=None)

    def standing(self, mailbox: Mailbox, row: StepRow) -> bytes | None:
        """The confirmed message as it lies there now; None where it is gone. Raises FolderGone where its folder is there, but
        cannot be opened for now: then nothing is known of it.
        """
        try:
            opened = mailbox.open(row.folder)
        except FolderGone:
            if any(f.name == row.folder for f in mailbox.folders()):
                raise
            return None
        return mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None

    def refusal(
        self, row: StepRow, raw: bytes | None, verdict: Verdict | None, opportunity: Opportunity | None
    ) -> tuple[str, str] | None:
        """The third gate (I5), and what the message itself forbids."""
        if raw is None:
            return "I4", "it is not where you had confirmed it"
        if opportunity is None:
            return "P25", "what it was written for is no longer so"
        if verdict is None or verdict.state in (State.OFF, State.LATER):
            return overtaken(row, verdict, opportunity)
        found = content_of(raw)
        contacts = frozenset(c.email for c in opportunity.contacts if not c.dead)
        own = frozenset(a.lower() for a in self.rules.owner_addresses)
        refused = objection(found, row, own, contacts)
        if refused is None and not all(usable(a) for a in found.recipients):
            return "P6", "an address among its recipients takes no replies"
        return refused

    def begun_elsewhere(self, mailbox: Mailbox, row: StepRow, now: datetime) -> bool:
        """Does a message of the open folder bear somebody else's mark? It is theirs to send; when nothing comes of it within
        a while, they have broken off, and only the owner can say what became of it (I4)."""
        marks = claims(mailbox.flags([row.uid]).get(row.uid, frozenset()))
        if not marks - {(CLAIM + self.name).lower()}:
            return False
        if row.note != BEGUN:
            self.store.turn(
                row, Held.APPROVED, now, EventRow(now, row.opportunity, row.key, "held", "I4", BEGUN), note=BEGUN
            )
        elif now - row.changed >= PATIENCE:
            self.unsure(row, now)
        return True

    def held_until(self, now: datetime) -> datetime | None:
        """Sending hours, the day's limit and the back-off after a failure."""
        if (
            self.wait_until is not None and now < self.wait_until <= now + LONGEST_BACK_OFF
        ):  # else the clock was set back
            return self.wait_until
        if self.only_in_hours:
            hour = self.rules.sending_time(now)
            if hour > now:
                return hour
        midnight = self.rules.midnight_after(self.rules.day_of(now) - timedelta(days=1))
        if self.store.sent_since(midnight) >= self.most_per_day:
            return self.rules.midnight_after(self.rules.day_of(now))
        return None

    def send(self, mailbox: Mailbox, layout: Layout, row: StepRow, learn: Learn, now: datetime) -> bool:
        """One confirmed message, once -> was it sent?"""
        if self.in_sent(mailbox, layout, row.message_id) is not None:
            self.was_sent(row, now, "it was found in Sent")
            return False
        opened = mailbox.open(row.folder, write=True)
        raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
        if raw is None or content_of(raw).hash != row.approved:
            return False  # the next turn gives it back
        if not mailbox.claim(row.uid, CLAIM + self.name, CLAIM):
            log.warning("another Afterword on this mailbox is sending this draft")
            return False
        found = content_of(raw)
        sender = found.sender.email if found.sender else self.rules.owner_addresses[0]
        letter = envelope(
            sender,
            [a.email for a in found.recipients],
            for_sending(raw, row.message_id, now.astimezone(self.rules.zone)),
        )
        attempt = self.store.turn(row, Held.ATTEMPTING, now)
        if attempt is None:
            return False  # somebody else claimed it (I4)
        try:
            submit(self.account, letter)
        except Unsure as error:
            self.trouble = error
            self.unsure(attempt, now)
            return False
        except Refused as error:
            self.refused(mailbox, layout, attempt, error, now)
            return False
        except (Deferred, LoginRefused, ServerError) as error:
            self.deferred(attempt, error, now)
            return False
        self.trouble, self.wait_until, self.back_off = None, None, None
        event = EventRow(
            now, row.opportunity, row.key, "sent", row.rule, f"confirmed by you; to {', '.join(letter.recipients)}"
        )
        done = self.store.turn(attempt, Held.SENT, now, event, filed=False)
        reading = self.intake.take(letter.raw, Place(layout.sent, 0, 0), now)
        learn([reading] if reading is not None else [])
        if done is not None:
            self.file(mailbox, layout, done, letter.raw, found)
        return True

    # ----------------------------------------------------------------------------------------------------- outcomes

    def refused(self, mailbox: Mailbox, layout: Layout, row: StepRow, error: Refused, now: datetime) -> None:
        event = EventRow(now, row.opportunity, row.key, "refused", "I4", error.text)
        back = self.store.turn(row, Held.REFUSED, now, event)
        if back is not None:
            self.approvals.give_back(mailbox, layout, back, f"{error.text} – {error.hint}", "I4", now)

    def deferred(self, row: StepRow, error: ServerError, now: datetime) -> None:
        """Surely not sent: it stays confirmed and is tried again."""
        self.trouble = error
        self.back_off = self.back_off or BackOff(30.0, 3600.0)
        self.wait_until = now + timedelta(seconds=self.back_off.next())
        event = EventRow(now, row.opportunity, row.key, "deferred", "I4", error.text)
        self.store.turn(row, Held.APPROVED, now, event if row.note != error.text else None, note=error.text)

    def unsure(self, row: StepRow, now: datetime) -> None:
        event = EventRow(
            now, row.opportunity, row.key, "unsure", "I4", "the server gave no answer: it may have been sent or not"
        )
        self.store.turn(row, Held.UNSURE, now, event)
        self.ask(row)

    def ask(self, row: StepRow) -> None:
        """Told once for each step, however often it is said."""
        how = (
            "was begun to be sent by another copy of Afterword, of which nothing more was seen."
            if row.note == BEGUN
            else "was handed to your mail server, which broke off without an answer."
        )
        text = (
            f"“{row.subject}” to {', '.join(row.recipients)} {how}"
            " It may have been sent, or not. It will not be sent again by itself.\n\n"
            "Look in your Sent folder, or ask the recipient's side. Then say which it was:\n\n"
            f"    afterword drafts settle {short_id(row.key)} --sent\n    afterword drafts settle {short_id(row.key)} --not-sent"
        )
        self.tell(f"unsure {row.key}", f"Sent or not? {row.subject}", text)

    def settle(self, mailbox: Mailbox, layout: Layout, now: datetime) -> None:
        """Attempts whose outcome is not known: look in Sent; what is not there is asked of the owner (I4). File what is sent."""
        for row in self.store.steps(Held.ATTEMPTING):
            if self.in_sent(mailbox, layout, row.message_id) is not None:
                self.was_sent(row, now, "it was found in Sent")
            else:
                self.unsure(row, now)
        for row in self.store.steps(Held.UNSURE):
            if now - row.changed < LOOKS_IN_SENT and self.in_sent(mailbox, layout, row.message_id) is not None:
                self.was_sent(row, now, "it turned up in Sent")
            else:
                self.ask(row)  # once more, for a crash may have come before it was told
        for row in self.store.steps(Held.SENT):
            if row.approved and not row.filed:
                try:
                    raw = self.standing(mailbox, row)
                except FolderGone:
                    continue
                ours = raw is not None and content_of(raw).hash == row.approved
                sent = (
                    for_sending(raw, row.message_id, row.changed.astimezone(self.rules.zone))
                    if ours and raw is not None
                    else None
                )
                self.file(mailbox, layout, row, sent, content_of(raw) if raw is not None else None)

    def was_sent(self, row: StepRow, now: datetime, why: str) -> None:
        self.store.turn(
            row, Held.SENT, now, EventRow(now, row.opportunity, row.key, "sent", row.rule, why), filed=False
        )

    # --------------------------------------------------------------------------------------------------------- filing

    def in_sent(self, mailbox: Mailbox, layout: Layout, message_id: str) -> int | None:
        mailbox.open(layout.sent)
        return next(iter(mailbox.with_id(message_id)), None)

    def file(self, mailbox: Mailbox, layout: Layout, row: StepRow, raw: bytes | None, found: Content | None) -> None:
        """One copy in Sent, unless the provider files it itself; then the confirmed draft is removed: append first, delete after."""
        files_itself = self.account.host.lower() in FILES_ITSELF
        if raw is not None and not files_itself and self.in_sent(mailbox, layout, row.message_id) is None:
            mailbox.append(layout.sent, raw, ("\\Seen",))
        if row.uid and found is not None and found.hash == row.approved:
            opened = mailbox.open(row.folder, write=True)
            if opened.uidvalidity == row.uidvalidity and mailbox.body(row.uid) is not None:
                mailbox.expunge(row.uid)
        self.store.write_step(replace(row, filed=True))


def overtaken(row: StepRow, verdict: Verdict | None, opportunity: Opportunity) -> tuple[str, str]:
    """Why a confirmed draft is no longer wanted: (rule, in its owner's words)."""
    step, word = Step(row.step), opportunity.last_word
    if step in NUDGES and word is not None and word > row.at:
        return "P2", "they have written to you since"
    if verdict is not None:
        return verdict.rule, verdict.why
    return reason(Standing(row.key, step, row.opportunity, tuple(Address("", a) for a in row.recipients)), opportunity)
