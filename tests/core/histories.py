"""Histories as a person would tell them: mail whose kind is given, the owner's words and deeds, and what the policy makes of it.

The real fold, plan and reconciliation run underneath; only the understanding of text is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.core.decision import Decision
from agent.core.decode.headers import parse_addresses
from agent.core.fold import Book
from agent.core.opportunity import Opportunity, Stage
from agent.core.policy.rules import Rules
from agent.core.policy.stage import stage
from agent.core.policy.wishes import State, Step, Verdict
from agent.core.read.reading import Act, Kind, Named, Person, Promise, Reading, Said, SenderKind, Slot
from agent.core.reconcile import Stands
from agent.core.render import Draft, Identity, Wording, render
from agent.core.values import Address, Attendee, Delivery, Direction, Event, Method
from agent.core.words import Verb, Word
from agent.templates import texts
from tests.core.policy.walk import NOTHING, OWNER, Deed, Done, Mail, Start, World

IDENTITY = Identity(OWNER.name, OWNER.email)
WORDING = Wording(texts())
DANA, LEE, KIM = "Dana Cole <dana@acme.example>", "Lee Park <lee@acme.example>", "Kim Osei <kim@acme.example>"
GIL, ROBOT = "Gil Moss <gil@globex.example>", "Acme Careers <no-reply@acme.example>"


def address(text: str) -> Address:
    return next(iter(parse_addresses([text])))


def interval(text: str, zone: ZoneInfo) -> tuple[datetime, datetime, bool]:
    """ "2026-05-12 14:00/45" | "2026-05-12 14:00" (an hour) | "2026-05-12" (09:00 to 17:00) -> start, end, is it only a date?"""
    begins, _, minutes = text.partition("/")
    start = datetime.fromisoformat(begins).replace(tzinfo=zone)
    if ":" not in begins:
        return start.replace(hour=9), start.replace(hour=17), True
    return start, start + timedelta(minutes=int(minutes or 60)), False


def promised(by: str | Promise) -> Promise:
    return by if isinstance(by, Promise) else Promise(date.fromisoformat(by), 0, False, NOTHING)


def interviewed(zone: str = "Europe/London", **rules: Any) -> History:
    """Where most tales begin: on Monday 4 May Dana fixed an hour on Tuesday 12 May 2026, 14:00 to 15:00."""
    agreed = Kind.INTERVIEW_CONFIRMATION
    return History(zone, **rules).receives("2026-05-04 10:00", agreed, interview="2026-05-12 14:00/60")


class History:
    """A tale told line by line; every telling method gives the history back. Times are the owner's wall clock unless they
    carry an offset. `about` is the tale's own name of an opportunity; its first message makes it."""

    def __init__(self, zone: str = "Europe/London", started: str = "", **rules: Any) -> None:
        """`started`: when the agent was first switched on; without it, it was always running. `rules`: fields of Rules."""
        self.zone = ZoneInfo(zone)
        self.events: list[Mail | Deed | Word | Start] = []
        since = self.moment(started) if started else None
        if since is not None:
            self.events.append(Start(since))
        self.rules = Rules(self.zone, owner_name=OWNER.name, owner_addresses=(OWNER.email,), running_since=since)
        self.rules = replace(self.rules, **rules)
        self.threads: dict[str, tuple[str, ...]] = {}

    def moment(self, text: str) -> datetime:
        made = datetime.fromisoformat(text)
        return made if made.tzinfo else made.replace(tzinfo=self.zone)

    # -------------------------------------------------------------------------------------------------- the telling

    def receives(
        self,
        at: str,
        kind: Kind = Kind.OTHER,
        from_: str = DANA,
        about: str = "acme",
        *,
        unclear: bool = False,
        courtesy: bool = False,
        interview: str | Iterable[str] = (),
        was: str = "",
        reply_by: str | Promise = "",
        people: Iterable[str] = (),
        system: bool = False,
        invitation: str = "",
        organiser: str = "",
        guests: Iterable[str] = (),
        **fields: Any,
    ) -> History:
        """`interview`: the times named, `was`: the one moved from; `invitation`: a calendar event of this UID carries them
        instead, outside the thread; `system`: a machine writes. The rest are fields of Reading."""
        made = self.reading(at, Direction.RECEIVED, address(from_), about, apart=bool(invitation))
        times = [interval(t, self.zone) for t in ([interview] if isinstance(interview, str) else interview)]
        slots = [Slot(s, e, NOTHING, whole_day=w, length_given=not w) for s, e, w in times]
        if was:
            slots.append(Slot(*interval(was, self.zone)[:2], NOTHING, old=True))
        if invitation:
            who, host = tuple(Attendee(address(g)) for g in guests), Attendee(address(organiser)) if organiser else None
            events = (Event(Method.REQUEST, invitation, 0, s, e, organiser=host, attendees=who) for s, e, _ in times)
            made, slots = replace(made, events=tuple(events)), []
        if reply_by:
            made = replace(made, promise=promised(reply_by))
        if system:
            made = replace(made, sender_kind=SenderKind.SYSTEM, automatic=True)
        made = replace(made, to=(OWNER,), slots=tuple(slots), people=tuple(Person(p) for p in people))
        return self.tell(Mail(made.date, about, replace(made, **fields), Decision(kind, unclear, courtesy)))

    def bounces(self, at: str, to: str = DANA, about: str = "acme", **fields: Any) -> History:
        """A delivery report on what was sent to `to` last."""
        made = self.reading(at, Direction.RECEIVED, address("mailer-daemon@rivera.example"), about, apart=True)
        made = replace(made, sender_kind=SenderKind.DAEMON, automatic=True, report=True)
        made = replace(made, deliveries=(Delivery(address(to).email, True),))
        return self.tell(Mail(made.date, about, replace(made, **fields), Decision(Kind.BOUNCE)))

    def away(self, at: str, returns: str = "", from_: str = DANA, about: str = "acme") -> History:
        """An out-of-office notice, with the day of return or without."""
        back = date.fromisoformat(returns) if returns else None
        return self.receives(at, Kind.AUTO_REPLY, from_, about, automatic=True, answers_itself=True, returns=back)

    def sends(
        self,
        at: str,
        kind: Kind,
        to: str = DANA,
        about: str = "acme",
        acts: Iterable[Act] = (),
        interview: str = "",
        **fields: Any,
    ) -> History:
        """The owner writes. `acts`: what the text does besides its kind; `interview`: a time that it names."""
        made = self.reading(at, Direction.SENT, OWNER, about)
        times = [interval(interview, self.zone)] if interview else []
        slots = tuple(Slot(s, e, NOTHING, whole_day=w) for s, e, w in times)
        said = tuple(Said(act, 8, NOTHING) for act in acts)
        made = replace(made, to=tuple(parse_addresses([to])), said=said, slots=slots)
        return self.tell(Mail(made.date, about, replace(made, **fields), Decision(kind)))

    def says(self, at: str, verb: Verb, about: str = "acme", **facts: str) -> History:
        """A word of the owner; the underscore that ends a fact's name is dropped (`with_`)."""
        told = tuple((name.rstrip("_"), value) for name, value in facts.items())
        return self.tell(Word(f"word {len(self.events)}", self.moment(at), verb, about, told))

    def edits(self, at: str, step: Step, to: str = "", about: str = "acme") -> History:
        return self.tell(Deed(self.moment(at), about, Stands.EDITED, step, to))

    def deletes(self, at: str, step: Step, to: str = "", about: str = "acme") -> History:
        return self.tell(Deed(self.moment(at), about, Stands.GONE, step, to))

    def sends_draft(self, at: str, step: Step, to: str = "", about: str = "acme") -> History:
        return self.tell(Deed(self.moment(at), about, Stands.SENT, step, to))

    def tell(self, event: Mail | Deed | Word) -> History:
        self.events.append(event)
        return self

    def reading(self, at: str, way: Direction, sender: Address, about: str, apart: bool = False) -> Reading:
        """A bare message. The first of an opportunity names its organisation and role; `apart`: not in its thread."""
        thread = self.threads.get(about, ())
        before = () if apart else thread
        made = Reading(
            message_id=f"<{about}-{len(self.events)}@mail.example>",
            direction=way,
            date=datetime.fromisoformat(self.moment(at).isoformat()),
            sender=sender,
            sender_kind=SenderKind.HUMAN,
            subject=f"{'Re: ' if before else ''}Backend Engineer at {about.title()}",
            ancestors=before,
            references=before,
            in_reply_to=before[-1] if before else "",
            mine=frozenset({OWNER.email}),
            organisations=() if thread else (Named(about.title(), 5.0, NOTHING),),
            roles=() if thread else (Named("Backend Engineer", 5.0, NOTHING),),
        )
        self.threads[about] = thread if apart and thread else (*thread, made.message_id)
        return made

    # ------------------------------------------------------------------------------------------- what comes of it

    def play(self, until: str) -> World:
        return World(self.rules, Book(self.zone, self.rules.holidays)).live(self.events, self.moment(until))

    def actions(self, until: str, *steps: Step, about: str = "") -> list[Done]:
        """What the agent did until then, of these steps (of all where none is named)."""
        world = self.play(until)
        home = world.opportunity(about) if about else None
        return [
            d
            for d in world.done
            if (not steps or d.verdict.step in steps) and (home is None or d.verdict.opportunity == home.id)
        ]

    def told(self, until: str, *steps: Step, about: str = "") -> list[str]:
        """The actions as lines: "2026-05-26 09:00 put follow_up_1"."""
        return [str(d) for d in self.actions(until, *steps, about=about)]

    def wishes(self, at: str, step: Step | None = None, to: str = "", about: str = "acme") -> list[Verdict]:
        """The plan's verdicts on one opportunity at a moment."""
        world = self.play(at)
        home = world.opportunity(about)
        found = [v for v in world.verdicts(self.moment(at)) if home is not None and v.opportunity == home.id]
        return [v for v in found if step in (None, v.step) and (not to or address(to).email in (a.email for a in v.to))]

    def wish(self, at: str, step: Step, to: str = "", about: str = "acme") -> Verdict:
        (found,) = self.wishes(at, step, to, about)
        return found

    def state(self, at: str, step: Step, to: str = "", about: str = "acme") -> State | None:
        """What the plan says of a step; None where it does not know it."""
        found = {v.state for v in self.wishes(at, step, to, about)}
        assert len(found) < 2, f"{step} is {found}: say to whom"
        return next(iter(found), None)

    def opportunity(self, at: str, about: str = "acme") -> Opportunity:
        found = self.play(at).opportunity(about)
        assert found is not None
        return found

    def stage(self, at: str, about: str = "acme") -> Stage:
        return stage(self.opportunity(at, about), self.moment(at), self.rules)

    def draft(self, at: str, step: Step, to: str = "", about: str = "acme") -> Draft:
        return render(self.wish(at, step, to, about), IDENTITY, WORDING, self.moment(at), self.rules)
