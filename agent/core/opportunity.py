"""The state of a candidacy: frozen values that `lifecycle` makes and `policy` reads.

Rule 1: nothing here knows the time; what depends on it (held, waiting, no response) is asked of `stage` with a moment.
Rule 2: a stage is derived, never stored (POLICY, "Stages").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from agent.core.read.reading import Evidence, Kind, Slot
from agent.core.values import Address, Direction


class Stage(StrEnum):
    """POLICY, "Stages"."""

    APPLIED = "applied"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    ACTION_NEEDED = "action_needed"
    OFFER = "offer"
    REJECTED = "rejected"
    CLOSED = "closed"
    NO_RESPONSE = "no_response"


class Need(StrEnum):
    """Why it is the owner's turn. Only BOUNCE lets steps to other addresses go on (P22)."""

    INVITATION = "invitation"
    INFORMATION = "information"
    ASSESSMENT = "assessment"
    UNCLEAR = "unclear"
    CANCELLED = "cancelled"
    BOUNCE = "bounce"
    TOLD = "told"


class Ending(StrEnum):
    REJECTED = "rejected"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TOLD = "told"


CLOSING = frozenset((Ending.ACCEPTED, Ending.DECLINED, Ending.WITHDRAWN, Ending.TOLD))


@dataclass(frozen=True, slots=True)
class Contact:
    """A human on the employer's side with an address (POLICY, "contact"). `wrote`: when they last wrote themselves."""

    address: Address
    signed: str = ""
    formal: bool = False
    called: str = ""
    wrote: datetime | None = None
    last_message: str = ""
    last_subject: str = ""
    last_references: tuple[str, ...] = ()
    dead: bool = False
    away_until: date | None = None
    organiser: bool = False

    @property
    def email(self) -> str:
        return self.address.email


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Somebody who takes part; `email` is empty where they have no address that may be used (P6, P10)."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """POLICY, "interview". `start` and `end` aware, in the zone in which it was agreed."""

    start: datetime
    end: datetime
    agreed: datetime
    source: str
    uid: str = ""
    sequence: int = 0
    cancelled: bool = False
    whole_day: bool = False
    from_calendar: bool = False
    named: tuple[str, ...] = ()
    attending: tuple[str, ...] = ()
    organiser: str = ""
    writers: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    told_since: tuple[str, ...] = ()  # whom the owner told by command after it: no form need list them
    moved_from: tuple[datetime, ...] = ()
    location: str = ""
    calendar_message: str = ""
    calendar_subject: str = ""

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None or self.end < self.start:
            raise ValueError("an interview needs aware times in order")

    @property
    def key(self) -> str:
        """What tells this occasion from another: its hour (P5: a new hour is a new occasion)."""
        return self.start.astimezone(tz=UTC).strftime("%Y%m%dT%H%MZ")

    def held(self, now: datetime) -> bool:
        return not self.cancelled and self.end <= now


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of the opportunity as it was understood in its place."""

    message_id: str
    at: datetime
    direction: Direction
    kind: Kind
    unclear: bool = False
    reply_by: date | None = None
    sender: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    why: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """The owner's turn: why, since when, because of which message."""

    need: Need
    since: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Something the owner sent that counts for a step: to whom, and whether it came back. `to_main`: the main contact of
    that day was among them; `share`: who was asked to pass it on."""

    at: datetime
    message_id: str
    to: tuple[str, ...]
    share: bool = False
    bounced: tuple[str, ...] = ()
    other_offer: bool = False
    to_main: bool = False

    @property
    def arrived(self) -> bool:
        return any(t not in self.bounced for t in self.to)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The latest outcome. `first_message` and `first_at` name the occasion, however often it was told (P5); `letter` is the
    message that a reply to it answers, `writer` who wrote that one; both are empty where only the owner told of it."""

    ending: Ending
    at: datetime
    message_id: str
    writer: str = ""
    letter: str = ""
    letter_at: datetime | None = None
    deadline: date | None = None
    first_message: str = ""
    first_at: datetime | None = None
    had_interview: bool = False
    by_human: bool = False
    answers: tuple[Sent, ...] = ()

    @property
    def answered(self) -> bool:
        return any(s.arrived for s in self.answers)


class Basis(StrEnum):
    """What the time of a silence is counted from (P11, P23, P24)."""

    REPLY_BY = "reply_by"
    UPDATE = "update"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Silence:
    """The silence since the employer's last word: where it starts and what tells it from another (P5)."""

    basis: Basis
    day: date
    since: datetime
    message_id: str

    @property
    def key(self) -> str:
        return self.message_id


@dataclass(frozen=True, slots=True)
class Debrief:
    """The owner's answers after an interview (P17), by the interview's key. `source`: the Message-ID of the form, `words`
    what was answered in it, `from_form` what it had in `remember`, `filled` when."""

    interview: str
    went: str = ""
    remember: tuple[tuple[str, str], ...] = ()
    clarify: str = ""
    samples_asked: bool = False
    may_follow_up: str = ""
    from_form: tuple[tuple[str, str], ...] = ()
    source: str = ""
    filled: datetime | None = None
    words: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation or role as collected over messages."""

    name: str
    weight: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Opportunity:
    """POLICY, "opportunity". `id` is made from its first message, `anchor` is that message's id. `resting`: since when the
    sequence rests (P4); `elsewhere`: when another offer was accepted (P26); `touched`: the owner's last other message (P27)."""

    id: str
    anchor: str
    began: datetime
    organisations: tuple[Candidate, ...] = ()
    roles: tuple[Candidate, ...] = ()
    told_organisation: str = ""
    told_role: str = ""
    agency: bool = False
    domains: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    bounced: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    interviews: tuple[Interview, ...] = ()
    proposals: tuple[Slot, ...] = ()
    proposal_people: tuple[str, ...] = ()
    proposal_writers: tuple[str, ...] = ()
    proposal_absent: tuple[str, ...] = ()
    proposal_length: int = 0
    own_times: tuple[Slot, ...] = ()
    reply_by: date | None = None
    reply_by_source: str = ""
    silence: Silence | None = None
    pending: tuple[Pending, ...] = ()
    outcome: Outcome | None = None
    thanked: tuple[Sent, ...] = ()
    follow_ups: tuple[Sent, ...] = ()
    courtesy: datetime | None = None
    touched: datetime | None = None
    last_word: datetime | None = None
    british: int = 0
    subject: str = ""
    debriefs: tuple[Debrief, ...] = ()
    dismissed: tuple[str, ...] = ()
    resting: datetime | None = None
    snoozed_until: date | None = None
    told_stage: Stage | None = None
    news: tuple[tuple[datetime, str], ...] = ()
    resumed: datetime | None = None
    elsewhere: datetime | None = None
    forgotten: bool = False

    @property
    def message_ids(self) -> tuple[str, ...]:
        return tuple(e.message_id for e in self.entries)

    @property
    def organisation(self) -> str:
        return self.told_organisation or best(self.organisations)

    @property
    def role(self) -> str:
        return self.told_role or best(self.roles)

    def contact(self, email: str) -> Contact | None:
        return next((c for c in self.contacts if c.email == email), None)

    @property
    def main_contact(self) -> Contact | None:
        """The last contact who wrote; else the organiser of the invitation; else the first interviewer (POLICY, "main contact")."""
        living = [c for c in self.contacts if not c.dead]
        wrote = [c for c in living if c.wrote is not None]
        if wrote:
            return max(wrote, key=lambda c: (c.wrote, c.email))
        for contact in living:
            if contact.organiser:
                return contact
        for interview in reversed(self.interviews):
            for email in interview.attending:
                found = next((c for c in living if c.email == email), None)
                if found:
                    return found
        return living[0] if living else None

    @property
    def live_interviews(self) -> tuple[Interview, ...]:
        return tuple(i for i in self.interviews if not i.cancelled)

    @property
    def current(self) -> Interview | None:
        """The interview that begins last of those not called off."""
        live = self.live_interviews
        return max(live, key=lambda i: (i.start, i.agreed)) if live else None

    def just_held(self, now: datetime) -> tuple[Interview, ...]:
        """Interviews that are over and that no new round followed, not even one that was called off since (P25)."""
        over = sorted((i for i in self.live_interviews if i.held(now)), key=lambda i: i.start)
        return tuple(i for i in over if not any(other.agreed > i.end for other in self.interviews if other is not i))

    def held_interview(self, now: datetime) -> Interview | None:
        held = [i for i in self.live_interviews if i.held(now)]
        return max(held, key=lambda i: i.end) if held else None

    def planned_interview(self, now: datetime) -> Interview | None:
        ahead = [i for i in self.live_interviews if i.end > now]
        return min(ahead, key=lambda i: i.start) if ahead else None

    @property
    def closed(self) -> bool:
        return self.outcome is not None and self.outcome.ending in CLOSING

    @property
    def hushed(self) -> datetime | None:
        """Since when no follow-up may stand, because another offer was accepted and nothing was resumed since (P26)."""
        since = self.elsewhere
        return since if since is not None and not (self.resumed and self.resumed > since) else None

    @property
    def blocking(self) -> tuple[Pending, ...]:
        """What makes it the owner's turn and plans nothing; a bounce does not (P22)."""
        return tuple(p for p in self.pending if p.need is not Need.BOUNCE)


SURELY_NAMED = 3.5  # enough for the fuller form, however often every answer's subject repeats the short one


def best(candidates: tuple[Candidate, ...]) -> str:
    """The heaviest candidate; a longer name that holds it and weighs enough is the fuller form of the same."""
    if not candidates:
        return ""
    top = max(candidates, key=lambda c: c.weight)
    whole = [c for c in candidates if c is not top and c.weight >= enough(top, c) and abbreviates(top.name, c.name)]
    if whole:
        return max(whole, key=lambda c: c.weight).name
    fuller = [
        c
        for c in candidates
        if c is not top
        and top.name.lower() in c.name.lower()
        and c.weight >= min(top.weight * 0.5, SURELY_NAMED)
        and len(c.name) < len(top.name) + 30
    ]
    if not fuller:
        return top.name
    whole_name = max(fuller, key=lambda c: c.weight)
    # "Tres Lagunas Europe" and "Tres Lagunas Chocolate": what both share is surely theirs
    rivals = [c for c in fuller if not nested(c.name, whole_name.name)]
    return top.name if rivals else whole_name.name


def nested(one: str, other: str) -> bool:
    """Is one of these names a part of the other?"""
    return one.lower() in other.lower() or other.lower() in one.lower()


def enough(top: Candidate, other: Candidate) -> float:
    """What the fuller form must weigh: a house may be called by its letters ("Caddo Prairie ISD"), a job hardly."""
    return top.weight * 0.47 if top.name.split()[0] == other.name.split()[0] else 1.0


def abbreviates(short: str, long: str) -> bool:
    """ "M&E Officer" for "Monitoring and Evaluation Officer", "CX TEAM LEAD" for "Customer Experience Team Lead"."""
    mine, theirs = (
        short.lower().replace("&", "").split(),
        [w for w in long.lower().replace("&", " ").replace("-", " ").split() if w not in ("and", "of", "the", "for")],
    )
    while len(mine) > 1 and theirs and mine[0] == theirs[0]:  # "Wattle Ridge SHS"
        mine, theirs = mine[1:], theirs[1:]
    if not mine or len(mine) >= len(theirs):
        return False
    rest = len(mine) - 1
    if rest and mine[1:] != theirs[-rest:]:
        return False
    front = theirs[: len(theirs) - rest]
    return len(front) > 1 and mine[0] == "".join(w[0] for w in front)
