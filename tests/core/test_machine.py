"""Random histories against the promises of POLICY: mail of all kinds in any order, late and twice, the owner's acts, clock
jumps and restarts. What must hold is judged by the machine's own small memory, not by the code that it tests.

The number of steps is printed (`pytest -s`); `MACHINE_EXAMPLES=2000 MACHINE_RANDOM=1` runs longer, by chance.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent.core import fold as folding
from agent.core.fold import Book
from agent.core.opportunity import CLOSING, Opportunity, Stage
from agent.core.policy.stage import stage
from agent.core.policy.wishes import IN_INBOX, NUDGES, TO_OWNER, Step, Verdict, stem_of
from agent.core.read.reading import Act, Kind
from agent.core.reconcile import Do, Stands
from agent.core.values import Direction
from agent.core.words import Verb, Word
from tests.core.histories import DANA, GIL, KIM, LEE, ROBOT, History, address
from tests.core.policy.walk import IN_DRAFTS, OWNER, Deed, Mail, World

STEPS_IN_CI = 20_000
EXAMPLES_IN_CI = 500
STEPS_A_HISTORY = 50
FOLLOW_UPS = (Step.FOLLOW_UP_1, Step.FOLLOW_UP_2)
WRITERS = {"acme": (DANA, LEE, KIM), "globex": (GIL, "Uma Reyes <uma@globex.example>"), "initech": (DANA, KIM)}
STRANGER = "Mallory Finch <mallory@elsewhere.example>"
OWNERS_END = (Kind.OFFER_ACCEPTANCE, Kind.OFFER_DECLINE, Kind.WITHDRAWAL)
PAUSES = (Kind.INTERVIEW_CONFIRMATION, Kind.APPLICATION_RECEIPT)  # begin no new silence by themselves
# What a machine says outright counts as from a person (P20); a test that it sets is the owner's turn (P24).
OUTRIGHT = (
    Kind.REJECTION, Kind.OFFER, Kind.INTERVIEW_INVITATION, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED,
    Kind.ASSESSMENT_REQUEST,
)  # fmt: skip
WITH_A_TIME = (Kind.INTERVIEW_CONFIRMATION, Kind.INTERVIEW_INVITATION, Kind.INTERVIEW_RESCHEDULED)
MAY_PROMISE = (Kind.STATUS_UPDATE, Kind.INTERVIEW_CONFIRMATION, Kind.INFORMATION_REQUEST, Kind.ASSESSMENT_REQUEST)
RECEIVED = (
    *WITH_A_TIME, *MAY_PROMISE, Kind.INTERVIEW_CONFIRMATION, Kind.INTERVIEW_CANCELLED, Kind.STATUS_UPDATE, Kind.REJECTION,
    Kind.OFFER, Kind.APPLICATION_RECEIPT, Kind.OTHER, Kind.OTHER,
)  # fmt: skip
SENT = (
    Kind.OTHER, Kind.OTHER, Kind.THANK_YOU, Kind.FOLLOW_UP, Kind.FOLLOW_UP, Kind.INTERVIEW_CONFIRMATION,
    Kind.REJECTION_REPLY, *OWNERS_END,
)  # fmt: skip

WHICH = st.integers(0, 5)
T = TypeVar("T")

steps_done = 0


def one_of(things: Iterable[T], which: int) -> T:
    found = list(things)
    return found[which % len(found)]


def differences(one: Book, other: Book) -> list[str]:
    """The fields in which two books differ, in words."""
    if set(one.opportunities) != set(other.opportunities):
        return [f"{sorted(one.opportunities)} and {sorted(other.opportunities)}"]
    return [
        f"{name} {f.name}: {getattr(mine, f.name)} and {getattr(other.opportunities[name], f.name)}"
        for name, mine in one.opportunities.items()
        for f in fields(mine)
        if getattr(mine, f.name) != getattr(other.opportunities[name], f.name)
    ]


@dataclass
class Known:
    """What the machine itself remembers of one candidacy. Moments are of the messages; `heard` counts turns of the machine."""

    people: set[str] = field(default_factory=set)
    dead: dict[str, datetime] = field(default_factory=dict)
    spoke: datetime | None = None  # a person of the employer, courtesy aside
    smiled: datetime | None = None  # the same, courtesy included
    heard: int = -1  # in which turn a person was heard last
    allowed: datetime | None = None  # the owner's last word that says what is to come
    closed: bool = False


class Life(RuleBasedStateMachine):
    """One owner, three candidacies, two of them with the same recruiter."""

    def __init__(self) -> None:
        super().__init__()
        self.tale = History(check_in=True, paper_note=True)
        self.world = World(self.tale.rules, Book(self.tale.zone))
        self.at = self.tale.moment("2026-03-02 08:00")
        self.tales: list[Mail | Word] = []
        self.known: dict[str, Known] = {}
        self.put_in: dict[str, int] = {}
        self.seen = 0
        self.turns = 0

    # ------------------------------------------------------------------------------------------------- how time goes on

    def pass_time(self, hours: float, asleep: bool = False) -> str:
        """The agent runs all the time until then, unless the machine that it runs on is asleep."""
        self.at += timedelta(hours=hours)
        self.turns += 1
        if not asleep:
            self.world.advance(self.at)
            self.judge()
        return self.at.isoformat()

    def tell(self, event: Mail | Word) -> None:
        """Something happens now, and the agent sees it."""
        self.tales.append(event)
        self.world.live([event], self.at)
        self.judge()

    def again(self) -> None:
        """The book is folded anew from everything that is known, and the plan is made from it."""
        self.world.book = self.folded()
        self.world.turn(self.at)
        self.judge()

    def folded(self) -> Book:
        fresh = World(self.tale.rules, Book(self.tale.zone), firsts=dict(self.world.firsts))
        for event in sorted(self.tales, key=lambda e: e.at):
            if isinstance(event, Mail):
                fresh.take(event)
            else:
                fresh.hear(event)
        return fresh.book

    def about(self, opportunity: str) -> str:
        return next(a for a in self.known if self.home(a).id == opportunity)

    def home(self, about: str) -> Opportunity:
        found = self.world.opportunity(about)
        assert found is not None
        return found

    # ------------------------------------------------------------------------------------------------------------- mail

    @initialize(days=st.integers(3, 20))
    def first_interview(self, days: int) -> None:
        """Most of life is after an interview: one is agreed from the start."""
        self.receive("acme", Kind.INTERVIEW_CONFIRMATION, 0, 1, days, None, "", False, False)

    @rule(
        about=st.sampled_from(sorted(WRITERS)),
        kind=st.sampled_from(RECEIVED),
        writer=st.integers(0, 2),
        hours=st.sampled_from((1, 5, 26, 75, 200, 400)),
        days=st.integers(0, 25),
        promise=st.none() | st.integers(0, 30),
        tone=st.sampled_from(("", "", "courtesy", "unclear")),
        machine=st.booleans(),
        stranger=st.booleans(),
    )
    def receive(
        self,
        about: str,
        kind: Kind,
        writer: int,
        hours: float,
        days: int,
        promise: int | None,
        tone: str,
        machine: bool,
        stranger: bool,
    ) -> None:
        """Mail from an employer: a person's or a machine's, with a stranger in Reply-To at times."""
        at = self.pass_time(hours)
        known = self.known.setdefault(about, Known())
        machine = machine and kind not in (Kind.STATUS_UPDATE, Kind.OTHER) and about != "initech"
        sender = ROBOT if machine else WRITERS[about][writer % len(WRITERS[about])]
        self.tale.receives(
            at,
            Kind.OTHER if known.closed else kind,
            sender,
            about,
            system=machine,
            courtesy=kind is Kind.OTHER and tone == "courtesy" and not known.closed,
            unclear=kind is Kind.OTHER and tone != "courtesy" and not known.closed,
            interview=self.hour(days) if kind in WITH_A_TIME else (),
            reply_by=f"{self.day + timedelta(days=promise):%F}" if promise is not None and kind in MAY_PROMISE else "",
            reply_to=(address(STRANGER),) if stranger else (),
            people=("Mallory Finch",) if stranger else (),
        )
        if not machine:
            email = address(sender).email
            known.people.add(email)
            known.dead.pop(email, None)
            known.heard, known.smiled = self.turns, self.at
            if not (kind is Kind.OTHER and tone == "courtesy") and kind not in PAUSES:
                known.spoke = self.at
        elif kind in OUTRIGHT and not known.closed:
            known.spoke = self.at
        self.tell(self.last())

    @rule(about=st.sampled_from(sorted(WRITERS)), days=st.integers(1, 20), guest=st.integers(0, 2))
    def calendar(self, about: str, days: int, guest: int) -> None:
        """An invitation by a calendar, with guests of the house."""
        at = self.pass_time(3)
        known = self.known.setdefault(about, Known())
        if known.closed:
            return
        host, who = WRITERS[about][0], WRITERS[about][guest % len(WRITERS[about])]
        self.tale.receives(
            at, Kind.INTERVIEW_CONFIRMATION, ROBOT, about, system=True, invitation=f"u{self.turns}@{about}.example",
            organiser=host, guests=(who,), interview=self.hour(days),
        )  # fmt: skip
        known.people |= {address(host).email, address(who).email}
        self.tell(self.last())

    @precondition(lambda self: self.known)
    @rule(which=WHICH, returns=st.none() | st.integers(1, 20))
    def away(self, which: int, returns: int | None) -> None:
        """An out-of-office notice of somebody (P21)."""
        at = self.pass_time(1)
        about = one_of(sorted(self.known), which)
        day = f"{self.day + timedelta(days=returns):%F}" if returns else ""
        sender = one_of(WRITERS[about], which)
        self.known[about].people.add(address(sender).email)
        self.tale.away(at, day, sender, about)
        self.tell(self.last())

    @precondition(lambda self: any(e.direction is Direction.SENT for a in self.known for e in self.home(a).entries))
    @rule(which=WHICH)
    def bounce(self, which: int) -> None:
        """What was sent last comes back (P22)."""
        at = self.pass_time(0.1)
        sent = {a: [e for e in self.home(a).entries if e.direction is Direction.SENT and e.to] for a in self.known}
        about = one_of(sorted(a for a, entries in sent.items() if entries), which)
        entry = sent[about][-1]
        self.tale.bounces(at, entry.to[0], about, returned_id=entry.message_id)
        self.known[about].dead[entry.to[0]] = self.at
        self.tell(self.last())

    @precondition(lambda self: self.known)
    @rule(
        which=WHICH,
        kind=st.sampled_from(SENT),
        hours=st.sampled_from((1, 30, 100)),
        acts=st.sampled_from(((), (Act.SHARE,), (Act.OTHER_OFFER,))),
    )
    def send(self, which: int, kind: Kind, hours: float, acts: tuple[Act, ...]) -> None:
        """The owner writes, from some other client."""
        at = self.pass_time(hours)
        about = one_of(sorted(self.known), which)
        if self.known[about].closed and kind is not Kind.OTHER:
            return
        self.tale.sends(at, kind, one_of(WRITERS[about], which), about, acts)
        self.known[about].closed = self.known[about].closed or kind in OWNERS_END
        self.tell(self.last())

    @precondition(lambda self: self.tales)
    @rule(which=WHICH)
    def twice(self, which: int) -> None:
        """The same message is seen again: in another folder, after a lost connection. The book knows its Message-ID."""
        mails = [e for e in self.tales if isinstance(e, Mail)]
        reading = one_of(mails, which).reading
        before = dict(self.world.book.opportunities)
        self.world.book.add(reading)
        assert self.world.book.opportunities == before
        self.quiet_turn()

    @precondition(lambda self: self.known)
    @rule(which=WHICH, kind=st.sampled_from(RECEIVED), days_ago=st.integers(0, 20))
    def late(self, which: int, kind: Kind, days_ago: int) -> None:
        """A message that had come long ago is found only now, in Junk or Archive (I6): everything is folded anew."""
        self.turns += 1
        about = one_of(sorted(self.known), which)
        known, home = self.known[about], self.home(about)
        then = max(self.at - timedelta(days=days_ago), home.began + timedelta(minutes=1))
        if known.closed or then >= self.at:
            return
        writer = one_of(WRITERS[about], which)
        self.tale.receives(then.isoformat(), kind, writer, about, unclear=kind is Kind.OTHER)
        email = address(writer).email
        known.people.add(email)
        if email in known.dead and known.dead[email] < then:
            known.dead.pop(email)
        pause_over = days_ago >= 7 and kind in PAUSES  # P32
        spoken_of = known.allowed is not None and known.allowed > then  # the owner said since how it goes on
        overtaken = known.smiled is not None and known.smiled > then  # they wrote again since, and that was heard
        if not pause_over and not spoken_of and not overtaken:
            known.heard = self.turns
        known.smiled = max(filter(None, (known.smiled, then)))
        if kind not in PAUSES:
            known.spoke = max(filter(None, (known.spoke, then)))
        self.tales.append(self.last())
        self.again()

    def last(self) -> Mail:
        found = self.tale.events[-1]
        assert isinstance(found, Mail)
        return found

    @property
    def day(self) -> date:
        return self.at.astimezone(self.tale.zone).date()

    def hour(self, days: int) -> str:
        """Three o'clock in the afternoon, so many days from now."""
        return f"{self.day + timedelta(days=days):%F} 15:00"

    # ------------------------------------------------------------------------------------------------------- the owner

    def standing(self) -> list[Verdict]:
        return [v for k, v in self.world.put.items() if self.world.held[k] in IN_DRAFTS]

    @precondition(lambda self: self.standing())
    @rule(which=WHICH, what=st.sampled_from((Stands.EDITED, Stands.GONE, Stands.SENT, Stands.SENT, Stands.SENT)))
    def touch(self, which: int, what: Stands) -> None:
        """The owner edits, deletes or sends a draft that stands."""
        self.pass_time(2)
        drafts = [v for v in self.standing() if not (v.step in TO_OWNER and what is Stands.SENT)]
        if not drafts:
            return
        draft = one_of(sorted(drafts, key=lambda v: v.key), which)
        about = self.about(draft.opportunity)
        deed = Deed(self.at, about, what, draft.step, draft.to[0].email, draft.key)
        self.remember(deed, draft)
        self.world.live([deed], self.at)
        self.judge()

    def remember(self, deed: Deed, draft: Verdict) -> None:
        """The same deed as a message or a word, for the next fold."""
        if deed.makes is Stands.GONE:
            quiet = "yes" if draft.step in TO_OWNER else ""
            about = self.home(deed.about).anchor
            facts = (("step", draft.key), ("quiet", quiet))
            self.tales.append(Word(f"gone {draft.key}", deed.at, Verb.DISMISS, about, facts))
        elif deed.makes is Stands.SENT:
            self.tales.append(self.world.sent(deed, draft))

    @precondition(lambda self: self.known)
    @rule(
        which=WHICH,
        word=st.sampled_from(
            ("resume", "snooze", "news", "news to all", "reply_by", "interview", "met", "went", "stage")
        ),
        days=st.integers(1, 30),
        told=st.sampled_from((Stage.WAITING, Stage.CLOSED, Stage.OFFER, Stage.REJECTED, Stage.NO_RESPONSE)),
    )
    def say(self, which: int, word: str, days: int, told: Stage) -> None:
        """The owner tells."""
        at = self.pass_time(4)
        about = one_of(sorted(self.known), which)
        known, later = self.known[about], f"{self.day + timedelta(days=days):%F}"
        says: dict[str, Callable[[], History]] = {
            "resume": lambda: self.tale.says(at, Verb.RESUME, about),
            "snooze": lambda: self.tale.says(at, Verb.SNOOZE, about, until=later),
            "news": lambda: self.tale.says(at, Verb.NEWS, about, text="My paper is out."),
            "news to all": lambda: self.tale.says(at, Verb.NEWS, "", text="My paper is out."),
            "reply_by": lambda: self.tale.says(at, Verb.TELL, about, reply_by=later),
            "interview": lambda: self.tale.says(at, Verb.TELL, about, interview=f"{later}T10:00+01:00"),
            "met": lambda: self.tale.says(at, Verb.TELL, about, met="Nan Wu <nan@acme.example>"),
            "went": lambda: self.tale.says(at, Verb.TELL, about, went="badly"),
            "stage": lambda: self.tale.says(at, Verb.TELL, about, stage=told.value),
        }
        says[word]()
        if word in ("resume", "reply_by", "interview", "stage"):
            known.allowed = self.at
        if word == "met":
            known.people.add("nan@acme.example")
        if word == "stage":
            known.closed = told is Stage.CLOSED
        event = self.tale.events[-1]
        assert isinstance(event, Word)
        self.tell(event)

    @precondition(lambda self: self.known)
    @rule(which=WHICH, times=st.integers(1, 3))
    def follow_up_by_hand(self, which: int, times: int) -> None:
        """The owner follows up themselves, and waits; perhaps more often than the policy would."""
        about = one_of(sorted(self.known), which)
        for _ in range(times):
            at = self.pass_time(1)
            if not self.known[about].closed:
                self.tale.sends(at, Kind.FOLLOW_UP, WRITERS[about][0], about)
                self.tell(self.last())
            self.pass_time(24 * 16)

    @precondition(lambda self: any(v.step in NUDGES for v in self.standing()))
    @rule(which=WHICH, writer=st.integers(0, 2))
    def edit_a_nudge_and_hear_from_a_colleague(self, which: int, writer: int) -> None:
        """The owner works on a follow-up; then somebody else is friendly, and is the main contact now (P3, P5, P32)."""
        self.pass_time(1)
        nudges = sorted((v for v in self.standing() if v.step in NUDGES), key=lambda v: v.key)
        if not nudges:
            return
        draft = one_of(nudges, which)
        about = self.about(draft.opportunity)
        self.world.live([Deed(self.at, about, Stands.EDITED, draft.step, draft.to[0].email, draft.key)], self.at)
        self.judge()
        self.receive(about, Kind.OTHER, writer, 1, 0, None, "courtesy", False, False)
        self.pass_time(24 * 9)

    # -------------------------------------------------------------------------------------------- clocks and restarts

    @rule(days=st.sampled_from((0.2, 1, 4, 8, 15, 40)))
    def time_goes_by(self, days: float) -> None:
        self.pass_time(24 * days)
        self.world.turn(self.at)
        self.judge()

    @rule(days=st.sampled_from((1, 10, 60)))
    def sleep(self, days: float) -> None:
        """The lid was shut: no alarm rang meanwhile (P29, I15)."""
        self.pass_time(24 * days, asleep=True)
        self.world.turn(self.at)
        self.judge()

    @rule(hours=st.sampled_from((0.5, 3)))
    def clock_set_back(self, hours: float) -> None:
        """For one turn the clock is wrong; then somebody sets it right."""
        if self.world.now is not None:
            self.world.turn(max(self.at - timedelta(hours=hours), self.tales[-1].at))
            self.turns += 1
            self.world.turn(self.at)
            self.judge()

    @rule(lost=st.booleans())
    def restart(self, lost: bool) -> None:
        """Started again, perhaps without a database: what stands, was sent or deleted is found again by its Message-ID (I2)."""
        self.turns += 1
        if lost:
            kept = (Stands.PUT, Stands.EDITED, Stands.SENT, Stands.GONE)
            self.world.held = {k: s for k, s in self.world.held.items() if s in kept}
            self.world.put = {k: v for k, v in self.world.put.items() if k in self.world.held}
        self.again()

    # ----------------------------------------------------------------------------------------------------- the judgement

    def judge(self) -> None:
        """Every draft put since the last look was one that might be put."""
        for done in self.world.done[self.seen :]:
            if done.do is Do.PUT:
                self.put_in[done.verdict.key] = self.turns
                self.allowed(done.verdict, done.at)
        self.seen = len(self.world.done)

    def allowed(self, draft: Verdict, at: datetime) -> None:
        about = self.about(draft.opportunity)
        known, home = self.known[about], self.home(about)
        emails = {a.email for a in draft.to}
        if draft.step in TO_OWNER:
            assert emails == {OWNER.email}
            return
        assert len(emails) == 1 and emails <= known.people - set(known.dead), f"{draft.step} to a stranger: {emails}"
        assert not known.closed, f"{draft.step} for what the owner has closed"
        if draft.step in NUDGES:
            self.nudge_allowed(draft, at, known, home)

    def nudge_allowed(self, draft: Verdict, at: datetime, known: Known, home: Opportunity) -> None:
        """P11, P12, P2, P32: by the calendar alone."""
        day = at.astimezone(self.tale.zone).date()
        held = [i for i in home.live_interviews if i.end <= at]
        assert held, "a nudge before any interview"
        assert not [i for i in home.live_interviews if i.end > at], "a nudge with an interview ahead"
        talk = max(held, key=lambda i: i.end).start
        talk_day = talk.astimezone(self.tale.zone).date()
        smiled = known.smiled if known.smiled and not (known.allowed and known.allowed > known.smiled) else None
        assert smiled is None or (day - smiled.astimezone(self.tale.zone).date()).days >= 7, (
            "sooner than 7 days after them"
        )
        since = max(filter(None, (known.spoke, talk)))
        sent = [s for s in home.follow_ups if s.arrived and s.at > since]
        if draft.step in FOLLOW_UPS:
            assert len(sent) < 2, "a third follow-up of one silence"
        if draft.step is Step.FOLLOW_UP_2:
            before = [s.at.astimezone(self.tale.zone).date() for s in home.follow_ups if s.arrived and s.at > talk]
            assert before and (day - max(before)).days >= 14, f"the second too soon: {before}"
        if draft.step is Step.FOLLOW_UP_1:
            promised = home.reply_by if home.reply_by and home.reply_by > talk_day else None
            first = promised + timedelta(days=7) if promised else talk_day + timedelta(days=14)
            assert day >= first, f"before {first}"
        assert draft.opens is not None and draft.opens <= at
        opens = draft.opens.astimezone(self.tale.zone)
        assert opens.hour == 9 or home.resumed, "follow-ups open at nine"

    @invariant()
    def count(self) -> None:
        global steps_done
        steps_done += 1

    @invariant()
    def no_untouched_nudge_stands_after_a_reply(self) -> None:
        """P2: whatever they wrote, it was taken back; where it stands now it was put anew after them."""
        for key, draft in self.world.put.items():
            if self.world.held[key] is Stands.PUT and draft.step in NUDGES:
                about = self.about(draft.opportunity)
                assert self.put_in[key] >= self.known[about].heard, f"{draft.step} stands though they wrote"

    @invariant()
    def no_nudge_stands_after_an_acceptance_or_an_outcome(self) -> None:
        """P26."""
        for key, draft in self.world.put.items():
            if self.world.held[key] is Stands.PUT and draft.step in NUDGES:
                home = self.home(self.about(draft.opportunity))
                assert home.outcome is None and (home.elsewhere is None or home.hushed is None)

    @invariant()
    def nothing_untouched_stands_for_a_closed_opportunity(self) -> None:
        """P26; a note in the inbox may lie where it is once its talk is over."""
        for key, draft in self.world.put.items():
            if self.world.held[key] is Stands.PUT and draft.step not in IN_INBOX:
                assert not self.known[self.about(draft.opportunity)].closed, f"{draft.step} stands, but it is closed"

    @invariant()
    def no_step_has_two_drafts(self) -> None:
        """P5: of one occasion one draft stands, whoever it is to; of thank-yous one for each person."""
        stems: list[tuple[str, str]] = []
        for key, draft in self.world.put.items():
            if self.world.held[key] in IN_DRAFTS and draft.step is not Step.THANK_YOU:
                stems.append((draft.opportunity, stem_of(key)))
        assert len(stems) == len(set(stems)), stems
        nudges = [
            v.opportunity for k, v in self.world.put.items() if self.world.held[k] is Stands.PUT and v.step in NUDGES
        ]
        assert len(nudges) == len(set(nudges)), "two nudges stand in one opportunity"

    @invariant()
    def a_second_turn_does_nothing(self) -> None:
        """I10."""
        if self.world.now is not None:
            self.quiet_turn()

    def quiet_turn(self) -> None:
        """What is left to its owner may be said again; the shell writes it down once."""
        done = self.world.turn(self.world.now or self.at)
        assert [d for d in done if d.do is not Do.YIELD] == []

    @invariant()
    def what_the_machine_thinks_closed_is_closed(self) -> None:
        """The memory of this test and the book agree."""
        for about, known in self.known.items():
            home = self.home(about)
            outcome = home.outcome
            assert known.closed == (outcome is not None and outcome.ending in CLOSING)
            assert (stage(home, self.at, self.tale.rules) is Stage.CLOSED) == known.closed

    def teardown(self) -> None:
        """I1: the book is the same however often it is folded, and in whatever order things arrived."""
        if not self.tales:
            return
        unlike = differences(self.folded(), self.world.book)
        assert not unlike, unlike
        readings = [e.reading for e in self.tales if isinstance(e, Mail)]
        words = [replace(e, about=self.world.firsts.get(e.about, e.about)) for e in self.tales if isinstance(e, Word)]
        book = folding.fold(readings, words, self.tale.zone)
        for seed in (1, 2):
            random.Random(seed).shuffle(readings)
            random.Random(seed).shuffle(words)
            unlike = differences(folding.fold(readings, words, self.tale.zone), book)
            assert not unlike, unlike


def test_no_history_breaks_a_promise_of_the_policy() -> None:
    """P2, P5, P6, P11, P12, P26, P29, P32, I1, I10, in at least 20,000 steps."""
    global steps_done
    steps_done = 0
    examples = int(os.environ.get("MACHINE_EXAMPLES", EXAMPLES_IN_CI))
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS_A_HISTORY,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            derandomize="MACHINE_RANDOM" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{steps_done} steps of random histories")
    assert steps_done >= STEPS_IN_CI or "MACHINE_EXAMPLES" in os.environ
