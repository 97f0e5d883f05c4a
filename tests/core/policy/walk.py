"""The virtual clock of the histories: from alarm to alarm, as replay walks, with a small ledger of what became of each draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.core import corrections
from agent.core.decision import Decision
from agent.core.fold import Book
from agent.core.opportunity import Opportunity
from agent.core.policy.plan import plan
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import TO_OWNER, Step, Verdict
from agent.core.read.reading import Act, Evidence, Kind, Reading, Said, SenderKind
from agent.core.reconcile import Do, Standing, Stands, orphans, reconcile
from agent.core.render import message_id_of
from agent.core.values import Address, Direction
from agent.core.words import Verb, Word

OWNER = Address("Sam Rivera", "sam@rivera.example")
NOTHING = Evidence("told", "")
# What a draft is understood as once its owner sends it.
SENT_AS = {
    Step.THANK_YOU: Kind.THANK_YOU,
    Step.FOLLOW_UP_1: Kind.FOLLOW_UP,
    Step.FOLLOW_UP_2: Kind.FOLLOW_UP,
    Step.CHECK_IN: Kind.FOLLOW_UP,
    Step.COMPETING_OFFER: Kind.FOLLOW_UP,
    Step.REJECTION_REPLY: Kind.REJECTION_REPLY,
}
BECOMES = {Do.PUT: Stands.PUT, Do.WITHDRAW: Stands.WITHDRAWN, Do.REPORT: Stands.MISSED, Do.YIELD: Stands.EDITED}
IN_DRAFTS = (Stands.PUT, Stands.EDITED)


@dataclass(frozen=True)
class Mail:
    """A message with the kind it is understood as; `about` is the tale's own name of the opportunity."""

    at: datetime
    about: str
    reading: Reading
    decision: Decision


@dataclass(frozen=True)
class Deed:
    """What the owner did to a draft that stands: edited, deleted or sent it."""

    at: datetime
    about: str
    makes: Stands
    step: Step
    to: str
    key: str = ""


@dataclass(frozen=True)
class Start:
    """The agent is switched on."""

    at: datetime


@dataclass(frozen=True)
class Done:
    """One action of the agent at its moment, in the owner's zone."""

    at: datetime
    do: Do
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.do} {self.verdict.step}"


@dataclass
class World:
    """Book, clock and ledger as they stand after part of a history."""

    rules: Rules
    book: Book
    firsts: dict[str, str] = field(default_factory=dict)
    held: dict[str, Stands] = field(default_factory=dict)
    put: dict[str, Verdict] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    now: datetime | None = None

    def opportunity(self, about: str) -> Opportunity | None:
        return self.book.by_message(self.firsts.get(about, ""))

    def verdicts(self, now: datetime) -> tuple[Verdict, ...]:
        return plan(self.book.opportunities.values(), now, self.rules).verdicts

    def live(self, events: Iterable[Mail | Deed | Word | Start], until: datetime) -> World:
        """Everything that happens until a moment, and every alarm between."""
        for event in sorted(events, key=lambda e: e.at):
            if event.at > until:
                break
            self.advance(event.at)
            if isinstance(event, Mail):
                self.take(event)
            elif isinstance(event, Word):
                self.hear(event)
            elif isinstance(event, Deed):
                self.undergo(event)
            self.turn(event.at)
        self.advance(until)
        return self

    def take(self, mail: Mail) -> None:
        known = self.opportunity(mail.about)
        if known is None:
            self.firsts[mail.about] = mail.reading.message_id
            self.book.open(mail.reading, mail.decision)
        else:
            self.book.take(known, mail.reading, mail.decision, ())

    def hear(self, word: Word) -> None:
        about = self.firsts.get(word.about, word.about)
        facts = tuple((k, self.firsts.get(v, v) if k == "with" else v) for k, v in word.facts)
        corrections.obey(self.book, replace(word, about=about, facts=facts))

    def undergo(self, deed: Deed) -> None:
        """What the shell would write down of it. A tale in which no such draft stands is told wrongly."""
        home = self.opportunity(deed.about)
        assert home is not None
        drafts = [v for k, v in self.put.items() if self.held[k] in IN_DRAFTS and v.opportunity == home.id]
        named = [v for v in drafts if v.step is deed.step and (not deed.to or v.to[0].email in deed.to)]
        draft = next(v for v in named if deed.key in ("", v.key))
        self.held[draft.key] = deed.makes
        if deed.makes is Stands.GONE:
            facts = (("step", draft.key), ("quiet", "yes" if deed.step in TO_OWNER else ""))
            corrections.obey(self.book, Word(f"gone {draft.key}", deed.at, Verb.DISMISS, home.anchor, facts))
        elif deed.makes is Stands.SENT:
            self.take(self.sent(deed, draft))

    def sent(self, deed: Deed, draft: Verdict) -> Mail:
        """The draft as the message that the owner sends."""
        said = (Said(Act.OTHER_OFFER, 8, NOTHING),) if deed.step is Step.COMPETING_OFFER else ()
        own_id = message_id_of(draft.key, OWNER.email)
        sent = Reading(own_id, Direction.SENT, deed.at, OWNER, SenderKind.HUMAN, "", to=draft.to, said=said)
        return Mail(deed.at, deed.about, sent, Decision(SENT_AS.get(deed.step, Kind.OTHER)))

    def turn(self, now: datetime) -> tuple[Done, ...]:
        """One turn of the control loop; gives what was done in it."""
        self.now = now
        if self.rules.running_since is not None and now < self.rules.running_since:
            return ()
        verdicts = self.verdicts(now)
        drafts = [v for k, v in self.put.items() if self.held[k] in IN_DRAFTS]
        standing = (Standing(v.key, v.step, v.opportunity, v.to) for v in drafts)
        gone = orphans(standing, {v.key for v in verdicts}, self.book.opportunities)
        local = now.astimezone(self.rules.zone)
        made = tuple(Done(local, a.do, a.verdict) for a in reconcile(verdicts, self.held, gone))
        for action in made:
            if action.do is Do.PUT:
                self.put[action.verdict.key] = action.verdict
            self.held[action.verdict.key] = BECOMES[action.do]
        self.done += made
        return made

    def advance(self, to: datetime) -> None:
        """Every moment until `to` at which time alone changes the plan."""
        while self.now is not None:
            ahead = plan(self.book.opportunities.values(), self.now, self.rules).look_again
            if ahead is None or ahead > to:
                return
            self.turn(ahead)
