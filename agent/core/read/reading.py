"""What a message says: the values between understanding one message (`reader`) and knowing what it means (`lifecycle`).

A Reading holds no message text beyond the words that its conclusions rest on, so that it may be stored (I13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # the field `date` hides the type's own name
from datetime import datetime
from enum import StrEnum

from agent.core.debrief.answers import Answers
from agent.core.values import Address, Delivery, Direction, Event, Verdict


class Kind(StrEnum):
    """POLICY, "Message kinds"; those of received and of sent mail in one."""

    APPLICATION_RECEIPT = "application_receipt"
    INTERVIEW_INVITATION = "interview_invitation"
    INTERVIEW_CONFIRMATION = "interview_confirmation"
    INTERVIEW_RESCHEDULED = "interview_rescheduled"
    INTERVIEW_CANCELLED = "interview_cancelled"
    STATUS_UPDATE = "status_update"
    INFORMATION_REQUEST = "information_request"
    ASSESSMENT_REQUEST = "assessment_request"
    REJECTION = "rejection"
    OFFER = "offer"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    THANK_YOU = "thank_you"
    FOLLOW_UP = "follow_up"
    REJECTION_REPLY = "rejection_reply"
    OFFER_ACCEPTANCE = "offer_acceptance"
    OFFER_DECLINE = "offer_decline"
    WITHDRAWAL = "withdrawal"
    OTHER = "other"


RECEIVED_KINDS = frozenset(
    {
        Kind.APPLICATION_RECEIPT,
        Kind.INTERVIEW_INVITATION,
        Kind.INTERVIEW_CONFIRMATION,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
        Kind.STATUS_UPDATE,
        Kind.INFORMATION_REQUEST,
        Kind.ASSESSMENT_REQUEST,
        Kind.REJECTION,
        Kind.OFFER,
        Kind.AUTO_REPLY,
        Kind.BOUNCE,
        Kind.OTHER,
    }
)
SENT_KINDS = frozenset(
    {
        Kind.INTERVIEW_CONFIRMATION,
        Kind.THANK_YOU,
        Kind.FOLLOW_UP,
        Kind.REJECTION_REPLY,
        Kind.OFFER_ACCEPTANCE,
        Kind.OFFER_DECLINE,
        Kind.WITHDRAWAL,
        Kind.OTHER,
    }
)


class Act(StrEnum):
    """What one sentence does. Several acts make up a message; which of them decides is said in `kinds`."""

    REJECT = "reject"
    WISH_WELL = "wish_well"
    OFFER = "offer"
    CANCEL = "cancel"
    MOVE = "move"
    FIX = "fix"
    PROPOSE = "propose"
    INVITE = "invite"
    ASSESS = "assess"
    ASK_INFO = "ask_info"
    STATUS = "status"
    RECEIPT = "receipt"
    AWAY = "away"
    COURTESY = "courtesy"
    THANK = "thank"
    CHASE = "chase"
    AGREE = "agree"
    OFFER_TIMES = "offer_times"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    APPLY = "apply"
    SHARE = "share"
    OTHER_OFFER = "other_offer"
    MET = "met"
    COLD = "cold"
    ALERT = "alert"


class SenderKind(StrEnum):
    """Who writes: a person, or which sort of machine."""

    HUMAN = "human"
    SYSTEM = "system"  # applicant-tracking system, or any address that takes no replies
    SCHEDULER = "scheduler"
    BULK = "bulk"
    DAEMON = "daemon"


BY_WEIGHT = "by weight of words"  # how a finding begins that no cue made, but all the words of the sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """`words` of the message, `where` they stand: subject, text, signature, calendar, header, display name."""

    what: str
    words: str
    where: str = "text"

    def __str__(self) -> str:
        return f"{self.what}: “{self.words}” ({self.where})" if self.words else f"{self.what} ({self.where})"


@dataclass(frozen=True, slots=True)
class Said:
    """One act and the sentence that says it best; `score` 0 to 10, `total` over all its sentences."""

    act: Act
    score: float
    evidence: Evidence
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A time for a conversation as a message names it; aware. `whole_day`: a date without an hour. `old`: the time moved from."""

    start: datetime
    end: datetime
    evidence: Evidence
    whole_day: bool = False
    length_given: bool = False
    old: bool = False
    asked: bool = False
    day_known: bool = True

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a slot needs aware times")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the employer's side that the text names. `meets`: said to take part in the conversation."""

    name: str
    title: str = ""
    meets: bool = True
    evidence: Evidence = Evidence("named", "")


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate for the organisation or the role, the heavier the surer."""

    name: str
    weight: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised reply-by date: `day`, or a number of days after the interview (`business`: business days)."""

    day: Date | None
    after_interview: int
    business: bool
    evidence: Evidence


LEAST_CHANCE = 0.002  # less likely kinds are left out of an opinion


@dataclass(frozen=True, slots=True)
class Opinion:
    """What kind a whole message looks like by its words: (kind, or "foreign", "courtesy", "unclear" for the sorts of `other`; how
    likely, 0 to 1), the likeliest first; what hardly could be is left out. `evidence`: the words that speak for the first."""

    chances: tuple[tuple[str, float], ...]
    evidence: Evidence

    def of(self, *labels: str) -> float:
        """How likely it is one of these."""
        return sum(chance for label, chance in self.chances if label in labels)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message understood by itself. All moments aware; days in the writer's calendar."""

    message_id: str
    direction: Direction
    date: datetime
    sender: Address
    sender_kind: SenderKind
    subject: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    mine: frozenset[str] = frozenset()
    ancestors: tuple[str, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_id: str = ""
    said: tuple[Said, ...] = ()
    opinion: Opinion | None = None
    slots: tuple[Slot, ...] = ()
    length: int = 0
    promise: Promise | None = None
    instead: Promise | None = (
        None  # a day put in another's place, and what for is not said: "make that Friday the 17th"
    )
    deadline: Date | None = None
    returns: Date | None = None
    written: Date | None = None
    events: tuple[Event, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    returned_id: str = ""
    report: bool = False
    automatic: bool = False
    answers_itself: bool = False
    bulk: bool = False
    people: tuple[Person, ...] = ()
    excluded: tuple[str, ...] = ()
    writer_meets: bool | None = None
    organisations: tuple[Named, ...] = ()
    roles: tuple[Named, ...] = ()
    agency: bool = False
    mentions: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    job: float = 0.0
    foreign: str = ""
    foreign_why: str = ""
    foreign_words: int = 0
    applied_before: bool = False
    cold: bool = False
    scam: bool = False
    signed: str = ""
    formal: bool = False
    british: bool | None = None
    addressed: str = ""
    asks: bool = False
    hints: bool = False
    choice: int = 0  # which of the times offered the owner picks by its place: 1 the first …, -1 the last
    words: int = 0
    attachments: int = 0
    authentication: Verdict = Verdict.NONE
    form: Answers | None = None

    @property
    def sent(self) -> bool:
        return self.direction is Direction.SENT

    @property
    def to_self(self) -> bool:
        """From the owner to nobody but the owner: no reply, no contact, no follow-up."""
        return self.sent and bool(self.recipients) and all(a.email in self.mine for a in self.recipients)

    @property
    def recipients(self) -> tuple[Address, ...]:
        return self.to + self.cc

    @property
    def human(self) -> bool:
        return self.sender_kind is SenderKind.HUMAN and not self.automatic

    def act(self, act: Act) -> Said | None:
        """The strongest saying of that act."""
        return max((s for s in self.said if s.act is act), key=lambda s: s.score, default=None)

    def words_for(self, act: Act) -> str:
        """The sentence that says that act best; "" where nothing does."""
        found = self.act(act)
        return found.evidence.words if found else ""

    def score(self, act: Act) -> float:
        found = self.act(act)
        return found.score if found else 0.0
