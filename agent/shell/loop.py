"""One turn of the control loop: look, understand, plan, carry out the difference. The daemon, `run --once` and the demo turn it.

A turn starts from what is (I15) and may end anywhere: the next one begins at the same beginning. A turn with nothing new
changes nothing (I10).
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from agent.core.opportunity import Opportunity
from agent.core.policy.plan import Plan, plan
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import NUDGES, State, Step, Verdict
from agent.core.reconcile import Action, Do, Standing, Stands, orphans, reconcile
from agent.core.render import Identity, Wording, render
from agent.core.values import Address
from agent.core.words import Verb, Word
from agent.errors import ClockWrong, CommandRefused, FolderGone, FolderRefused, ServerError
from agent.shell.approval import Approvals
from agent.shell.debriefs import Debriefs
from agent.shell.digest import Digests
from agent.shell.drafts import GRACE, Drafts
from agent.shell.files import WordFile
from agent.shell.folders import Layout, layout
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake
from agent.shell.knowledge import Knowledge
from agent.shell.notes import Notes
from agent.shell.reclaim import Reclaim
from agent.shell.refill import Refill, wanted
from agent.shell.report import overview, save_snapshot
from agent.shell.sending import Sending
from agent.shell.silence import Proof, prove
from agent.shell.store import EventRow, Held, StepRow, Store

log = logging.getLogger("afterword.loop")

MOST_REPLANS = 4
LAST_ARRIVALS = 3  # one message may have been given any date when it was imported
CLOCKS_APART = timedelta(days=1)
MOST_ASKED = 40  # folders asked by STATUS in one turn; where there are more, the next turn asks the others
STANDS = {
    Held.PLANNED: Stands.UNSETTLED,
    Held.PUT: Stands.PUT,
    Held.EDITED: Stands.EDITED,
    Held.REFUSED: Stands.EDITED,
    Held.MISSING: Stands.UNSETTLED,
    Held.VANISHED: Stands.UNSETTLED,
    Held.GONE: Stands.GONE,
    Held.WITHDRAWING: Stands.UNSETTLED,
    Held.WITHDRAWN: Stands.WITHDRAWN,
    Held.APPROVED: Stands.APPROVED,
    Held.ATTEMPTING: Stands.UNSETTLED,
    Held.SENT: Stands.SENT,
    Held.UNSURE: Stands.UNSETTLED,
    Held.MISSED: Stands.MISSED,
}
assert set(STANDS) == set(Held)


@dataclass(frozen=True, slots=True)
class FolderNames:
    """[folders] of the configuration; empty: to be found."""

    inbox: str = "INBOX"
    sent: str = ""
    drafts: str = ""
    approved: str = "Afterword/Approved"


@dataclass(frozen=True, slots=True)
class Turned:
    """How a turn ended: when time alone will change something, and what could not be seen."""

    look_again: datetime | None
    blind: dict[str, ServerError] = field(default_factory=dict)
    acted: int = 0
    put: int = 0
    taken_back: int = 0
    sent: int = 0
    read: int = 0

    def __str__(self) -> str:
        """In one line: what was done."""
        told = [
            f"{self.put} {'draft' if self.put == 1 else 'drafts'} put" if self.put else "",
            f"{self.taken_back} taken back" if self.taken_back else "",
            f"{self.sent} sent" if self.sent else "",
            f"{self.read} {'message' if self.read == 1 else 'messages'} read" if self.read else "",
        ]
        return "looked: " + (", ".join(t for t in told if t) or "nothing to do")


class Loop:
    """Everything one account needs to turn. One thread at a time."""

    def __init__(
        self,
        store: Store,
        words: WordFile,
        intake: Intake,
        rules: Rules,
        identity: Identity,
        wording: Wording,
        names: FolderNames,
    ) -> None:
        self.store, self.words, self.intake, self.names = store, words, intake, names
        self.rules, self.identity, self.wording = rules, identity, wording
        self.notes = Notes(store, identity, rules.zone)
        self.knowledge = Knowledge(store, words, rules.zone, rules.holidays)
        self.drafts = Drafts(store, self.dismissed)
        self.approvals = Approvals(store, self.notes.tell, self.deliver)
        self.reclaim = Reclaim(store, self.knowledge, identity, wording)
        self.refill = Refill(store)
        self.digests = Digests(store, self.notes, wording, "off")
        self.debriefs = Debriefs(store, words, intake.owner, self.notes)
        self.real_time = False  # is `now` this machine's clock? Then it is held against the server's
        self.sending: Sending | None = None
        self.confirm_by: frozenset[str] = frozenset()
        self.found: Layout | None = None
        self.broken_off = False  # the last turn did not come to its end: the book may lack what the store has
        self.asked = 0  # how many folders were asked by STATUS so far
        self.junk_seen: tuple[int, int] | None = None  # Junk's UIDVALIDITY and UIDNEXT when it was searched
        self.done: Counter[Do] = Counter()  # in this turn
        self.searched: dict[str, str] = {}  # what the last proof of silence said, by opportunity
        self.now = datetime.min.replace(tzinfo=UTC)

    # ----------------------------------------------------------------------------------------------------------- turn

    def turn(self, mailbox: Mailbox, now: datetime, everything: bool = True) -> Turned:
        """`everything`: look also into the folders that nobody watches. Raises ServerError where the connection is gone."""
        if self.broken_off:
            self.knowledge.again()
        self.now, self.broken_off, self.done = now, True, Counter()
        read, sent = self.intake.taken, self.store.confirmed_and_sent()
        folders = self.layout(mailbox, anew=True)  # a filter may have made one for the answer that it filed
        if everything and self.real_time:
            self.compare_clocks(mailbox, folders, now)
        self.notice_first_run(now)
        blind = self.look(mailbox, folders, everything, now)
        self.knowledge.listen()
        self.reclaim.once(mailbox, folders, self.rules, now)
        self.drafts.settle(mailbox, folders, now)
        self.refill.settle(mailbox, now)
        if self.sending is not None and "move" in self.confirm_by:
            self.approvals.collect(mailbox, folders, now)
        standing = self.drafts.observe(mailbox, folders, self.sent_by_owner, self.pointless, now)
        if self.sending is not None and "flag" in self.confirm_by:
            self.approvals.starred(standing, mailbox, folders, now)
        self.wake_vanished(now)
        rested = self.debriefs.read_drafts(mailbox, folders, standing, self.knowledge.book, now)
        self.debriefs.file_confirmed(mailbox, folders, self.approvals, self.knowledge.book, now)
        self.knowledge.listen()
        seeing = not {folders.inbox, folders.sent} & set(blind)
        made, acted = self.carry_out(mailbox, folders, seeing, blind, now)
        self.refill_drafts(mailbox, made, now)
        later = self.send(mailbox, folders, made, now) if seeing else None
        self.debriefs.tell(self.knowledge.book, self.rules.running_since)
        try:
            self.notes.deliver(mailbox, folders.inbox, now)
            book, shown = self.knowledge.book, self.planned(now)
            digest = self.digests.deliver(mailbox, folders.inbox, book, shown, self.rules, now) if seeing else None
        except FolderRefused as error:  # full or read-only: told later
            blind[folders.inbox], digest = error, None
        self.save_view(now)
        moments = [m for m in (made.look_again, later, rested, digest, self.grace_ends(now)) if m is not None]
        self.broken_off = False
        put, back = self.done[Do.PUT], self.done[Do.WITHDRAW]
        sent, read = self.store.confirmed_and_sent() - sent, self.intake.taken - read
        return Turned(min(moments, default=None), blind, acted, put, back, sent, read)

    def layout(self, mailbox: Mailbox, anew: bool = False) -> Layout:
        """The folders, found anew with each connection, and whenever something rests on there being no others."""
        if self.found is None or anew:
            names = self.names
            self.found = layout(mailbox.folders(), names.inbox, names.sent, names.drafts, names.approved)
        return self.found

    def forget_layout(self) -> None:
        self.found = None

    def clock_jumped(self, now: datetime) -> None:
        """After sleep or a set clock, no time has passed in which a missing draft could have come back (P4)."""
        for row in self.store.steps(Held.MISSING):
            self.store.turn(row, Held.MISSING, now)

    def compare_clocks(self, mailbox: Mailbox, folders: Layout, now: datetime) -> None:
        """A machine that wakes with last month's date would take today's mail for undated, and remember it so. Raises ClockWrong."""
        try:
            opened = mailbox.open(folders.inbox)
        except FolderGone:
            return
        arrivals = mailbox.arrivals(opened.exists, LAST_ARRIVALS)
        if len(arrivals) == LAST_ARRIVALS and min(arrivals) > now + CLOCKS_APART:
            told = f"this machine's clock says {now:%-d %B %Y}, and mail came on {min(arrivals):%-d %B %Y}"
            raise ClockWrong(told, "set the clock; until then nothing is read or written")

    def deliver(self, mailbox: Mailbox, folders: Layout, now: datetime) -> None:
        """Notes that must not wait; what the inbox does not take now is tried again at the turn's end."""
        with contextlib.suppress(FolderRefused):
            self.notes.deliver(mailbox, folders.inbox, now)

    def notice_first_run(self, now: datetime) -> None:
        """P29, P30 count from the moment at which this state began."""
        if not self.store.remembered("running_since"):
            self.store.remember("running_since", now.isoformat())
        if self.rules.running_since is None:
            self.rules = replace(
                self.rules, running_since=datetime.fromisoformat(self.store.remembered("running_since"))
            )
            if self.sending is not None:
                self.sending.rules = self.rules

    def look(self, mailbox: Mailbox, folders: Layout, everything: bool, now: datetime) -> dict[str, ServerError]:
        """New mail into the book; older mail that it refers to is fetched too."""
        first = not self.store.cursor(folders.inbox)
        wanted: Sequence[str] = (folders.inbox, folders.sent)
        if everything or first:
            wanted = (*wanted, *folders.read_along)
        else:
            wanted = (*wanted, *self.changed(mailbox, folders))
        taken = self.intake.look(mailbox, wanted, now)
        taken.readings += self.intake.again(mailbox, now)
        self.knowledge.take_in(taken.readings)
        for _ in range(3):
            older = self.intake.seek(mailbox, folders, self.knowledge.unknown_ancestors(), now)
            if not self.knowledge.take_in(older):
                break
        self.look_into_junk(mailbox, folders, now)
        if everything:
            self.knowledge.tidy(now)
        return dict(taken.blind)

    def changed(self, mailbox: Mailbox, folders: Layout) -> list[str]:
        """Folders that nobody watches in which mail lies that was not read: a filter may have filed the answer there (P2)."""
        found: list[str] = []
        along = folders.read_along
        start = self.asked % len(along) if len(along) > MOST_ASKED else 0
        for folder in (*along[start:], *along[:start])[:MOST_ASKED]:
            self.asked += 1
            cursor = self.store.cursor(folder)
            try:
                validity, uidnext = mailbox.status(folder)
            except (FolderGone, CommandRefused):  # opening it tells more
                found.append(folder)
                continue
            if cursor is None or cursor.uidvalidity != validity or cursor.next_uid < uidnext:
                found.append(folder)
        return found

    def look_into_junk(self, mailbox: Mailbox, folders: Layout, now: datetime) -> None:
        """An answer may land in Junk while a nudge stands: what would keep it from being put takes it back (I6, P2)."""
        if not folders.junk:
            return
        try:
            seen = mailbox.status(folders.junk)
        except (FolderGone, CommandRefused):
            return
        if seen == self.junk_seen:
            return
        standing = {r.opportunity for r in self.store.steps(Held.PUT, Held.EDITED) if Step(r.step) in NUDGES}
        failed = False
        for opportunity in [o for o in self.knowledge.book.opportunities.values() if o.id in standing]:
            result = prove(mailbox, folders, opportunity, self.intake, now, (folders.junk,))
            failed = failed or bool(result.failed)
            if self.knowledge.take_in(result.found):
                self.store.add_event(EventRow(now, opportunity.id, "", "searched", "I6", str(result)))
        self.junk_seen = None if failed else seen

    def save_view(self, now: datetime) -> None:
        """What `status` shows, for as long as it holds."""
        save_snapshot(self.store, overview(self.store, self.knowledge.book, self.planned(now), self.rules, now))
        self.store.remember("words_heard", " ".join(map(str, self.knowledge.heard)))

    # ------------------------------------------------------------------------------------------------------ plan, act

    def planned(self, now: datetime) -> Plan:
        return plan(self.knowledge.book.opportunities.values(), now, self.rules)

    def actions(self, made: Plan) -> tuple[Action, ...]:
        rows = [r for r in self.store.steps() if r.step != "note"]
        book = self.knowledge.book.opportunities
        put = (
            Standing(r.key, Step(r.step), r.opportunity, tuple(Address("", a) for a in r.recipients))
            for r in rows
            if r.state not in (Held.GONE, Held.WITHDRAWN, Held.SENT, Held.MISSED)
        )
        gone = orphans(put, {v.key for v in made.verdicts}, book)
        return reconcile(made.verdicts, {r.key: STANDS[r.state] for r in rows}, gone)

    def carry_out(
        self, mailbox: Mailbox, folders: Layout, seeing: bool, blind: dict[str, ServerError], now: datetime
    ) -> tuple[Plan, int]:
        """Do what the plan and the ledger differ in; whatever comes to light on the way makes a new plan (I5, I6)."""
        acted = 0
        for _ in range(MOST_REPLANS):
            made = self.planned(now)
            again = False
            for action in self.actions(made):
                if action.do is Do.PUT and not seeing:
                    continue
                if action.do is Do.PUT and action.verdict.step in NUDGES:
                    proof = self.proof(
                        mailbox, folders, self.knowledge.book.opportunities[action.verdict.opportunity], now
                    )
                    if proof is Proof.BROKEN:
                        again = True
                        break
                    if proof is Proof.IMPOSSIBLE:
                        continue
                try:
                    self.act(mailbox, folders, action, now)
                    acted += 1
                    self.done[action.do] += 1
                except FolderRefused as error:  # full or read-only: what else there is to do goes on
                    blind[folders.drafts] = error
            if not again:
                return made, acted
        return self.planned(now), acted

    def refill_drafts(self, mailbox: Mailbox, made: Plan, now: datetime) -> None:
        """What the debrief gives goes into the drafts that nobody touched (P17)."""
        for row, verdict in wanted(made.verdicts, self.store.steps(Held.PUT), self.knowledge.book.opportunities):
            draft = render(verdict, self.identity, self.wording, now, self.rules)
            with contextlib.suppress(FolderRefused):  # full or read-only: at a later turn
                self.refill.refill(mailbox, row, draft, now)

    def act(self, mailbox: Mailbox, folders: Layout, action: Action, now: datetime) -> None:
        verdict = action.verdict
        row = self.store.step(verdict.key)
        if action.do is Do.PUT:
            self.drafts.put(
                mailbox, folders, render(verdict, self.identity, self.wording, now, self.rules), verdict, now
            )
        elif action.do is Do.WITHDRAW and row is not None:
            self.drafts.withdraw(mailbox, row, verdict, now)
        elif action.do is Do.YIELD and row is not None and (verdict.step, verdict.rule) != (Step.DEBRIEF, "P17"):
            self.drafts.leave(row, verdict, now)
        elif action.do is Do.REPORT:
            self.report(verdict, now)

    def report(self, verdict: Verdict, now: datetime) -> None:
        """P29: missed, and said so."""
        to = tuple(a.email for a in verdict.to)
        row = StepRow(
            verdict.key,
            "",
            verdict.opportunity,
            verdict.step.value,
            Held.MISSED,
            recipients=to,
            rule=verdict.rule,
            why=verdict.why,
            at=now,
            changed=now,
        )
        self.store.write_step(row, EventRow(now, verdict.opportunity, verdict.key, "missed", verdict.rule, verdict.why))

    def proof(self, mailbox: Mailbox, folders: Layout, opportunity: Opportunity, now: datetime) -> Proof:
        """I6: search the whole mailbox before a nudge; what is found is read before anything else."""
        folders = self.layout(mailbox, anew=True)
        result = prove(mailbox, folders, opportunity, self.intake, now)
        told = str(result)
        if self.searched.get(opportunity.id) != told:
            self.searched[opportunity.id] = told
            self.store.add_event(EventRow(now, opportunity.id, "", "searched", "I6", told))
        if self.knowledge.take_in(result.found):
            return Proof.BROKEN
        needed = {folders.inbox, folders.sent, folders.all, folders.archive}
        if needed & set(result.failed) or result.unreadable:
            return Proof.IMPOSSIBLE
        return Proof.HOLDS

    def send(self, mailbox: Mailbox, folders: Layout, made: Plan, now: datetime) -> datetime | None:
        """Confirmed drafts, each through its last gate."""
        if self.sending is None:
            return None

        def proven(box: Mailbox, opportunity: Opportunity) -> Proof:
            return self.proof(box, folders, opportunity, now)

        for _ in range(MOST_REPLANS + len(self.store.steps(Held.APPROVED))):
            verdicts, book = {v.key: v for v in made.verdicts}, self.knowledge.book.opportunities
            later = self.sending.attend(mailbox, folders, verdicts, book, proven, self.knowledge.take_in, now)
            if later != now:
                return later
            made = self.planned(now)
        return now + timedelta(minutes=5)

    # --------------------------------------------------------------------------------------------------- what is said

    def dismissed(self, row: StepRow) -> None:
        """P4: a deleted draft is the owner's word, and outlives the database like any other."""
        opportunity = self.knowledge.book.opportunities.get(row.opportunity)
        about = opportunity.anchor if opportunity else ""
        quiet = row.step in ("debrief", "paper_note", "prep")
        facts = (("step", row.key), ("quiet", "yes" if quiet else ""))
        self.words.add(Word(f"gone-{row.message_id.strip('<>')[:36]}", self.now, Verb.DISMISS, about, facts))

    def sent_by_owner(self, row: StepRow) -> bool:
        """Does the book hold a message of the owner's, after the draft was put, that this draft may have become?"""
        book = self.knowledge.book
        opportunity = book.opportunities.get(row.opportunity)
        if opportunity is None:
            return False
        to = set(row.recipients)
        return any(e.direction.value == "sent" and e.at >= row.at and to <= set(e.to) for e in opportunity.entries)

    def pointless(self, row: StepRow) -> bool:
        """Would the plan take this draft back now, if it stood?"""
        states = {v.key: v.state for v in self.planned(self.now).verdicts}
        return states.get(row.key, State.OFF) in (State.OFF, State.LATER)

    def wake_vanished(self, now: datetime) -> None:
        """After `resume`, drafts that vanished with their folder's content may be put again."""
        for row in self.store.steps(Held.VANISHED):
            opportunity = self.knowledge.book.opportunities.get(row.opportunity)
            if opportunity is not None and opportunity.resumed is not None and opportunity.resumed > row.changed:
                self.store.drop_step(row.key)

    def grace_ends(self, now: datetime) -> datetime | None:
        ends = [r.changed + GRACE + timedelta(seconds=1) for r in self.store.steps(Held.MISSING)]
        return min((e for e in ends if e > now), default=None)
