"""Raw mail -> frozen values: what a message is once its bytes have been decoded, before anybody has understood it.

Rule 1: every datetime is aware; a naive one does not get past `__post_init__`.
Rule 2: every string has been cleaned (no control characters, no line ends in one-line fields), see `decode.headers.clean`.
Rule 3: addresses are compared by `Address.email`, which is lower case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date  # the field `date` hides the type's own name
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way a message went. Sent: From is among the owner's addresses."""

    RECEIVED = "received"
    SENT = "sent"


class Verdict(StrEnum):
    """What the receiving server said of the sender (RFC 8601). Only FAIL counts against a message."""

    PASS = "pass"
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322 §3.4: the display name as written (may be empty) and the address in lower case."""

    name: str
    email: str

    def __post_init__(self) -> None:
        if "@" not in self.email or self.email != self.email.lower():
            raise ValueError(f"not a normal address: {self.email!r}")

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]

    @property
    def local(self) -> str:
        return self.email.rpartition("@")[0]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


class Method(StrEnum):
    """iTIP methods that we know (RFC 5546 §1.4); a plain .ics file without one counts as PUBLISH."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Attendee:
    """ATTENDEE or ORGANIZER (RFC 5545 §3.8.4): a person, or a room or resource, which is nobody (settled cases)."""

    address: Address
    answer: str = ""
    person: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. `start` and `end` are aware; `all_day` has them at midnight of the event's own days."""

    method: Method
    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str = ""
    description: str = ""
    location: str = ""
    comment: str = ""
    organiser: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    all_day: bool = False
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an event needs aware times")
        if self.end < self.start:
            raise ValueError("an event ends before it starts")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery report says of one recipient (RFC 3464 §2.3). `failed` is false for a mere delay."""

    email: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a message in its layers. `own` is what its sender newly wrote, without signature and footers; `whole`, all of
    it in its order, is kept only of what the owner sent to themselves (P17)."""

    own: str = ""
    signature: str = ""
    quoted: str = ""
    forwarded: str = ""
    from_html: bool = False
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One decoded message. `date` is aware, in the offset of its Date header; `utc_only`: that offset says nothing of the zone."""

    message_id: str
    direction: Direction
    date: datetime
    sender: Address
    subject: str = ""
    utc_only: bool = False
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_id: str = ""
    body: Body = field(default_factory=Body)
    events: tuple[Event, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    returned_id: str = ""
    attachments: tuple[str, ...] = ()
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    unsubscribable: bool = False
    auto_response: bool = False
    report: bool = False
    authentication: Verdict = Verdict.NONE
    defects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("a message needs an aware date")
        if not (self.message_id.startswith("<") and self.message_id.endswith(">")):
            raise ValueError(f"not a Message-ID: {self.message_id!r}")

    @property
    def sent(self) -> bool:
        return self.direction is Direction.SENT

    @property
    def recipients(self) -> tuple[Address, ...]:
        return self.to + self.cc

    @property
    def day(self) -> Date:
        """The calendar day on which its sender wrote it (POLICY, "reply-by date")."""
        return self.date.date()

    @property
    def ancestors(self) -> tuple[str, ...]:
        """References and In-Reply-To, oldest first, each once."""
        ids = dict.fromkeys(self.references)
        if self.in_reply_to:
            ids[self.in_reply_to] = None
        return tuple(ids)
