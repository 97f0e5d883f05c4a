"""The values of the policy: steps, what a draft is to say, and the verdict on each step at a moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agent.core.values import Address


class Step(StrEnum):
    """POLICY, "The windows"; the row's rule is RULE_OF."""

    THANK_YOU = "thank_you"
    FOLLOW_UP_1 = "follow_up_1"
    FOLLOW_UP_2 = "follow_up_2"
    CHECK_IN = "check_in"
    REJECTION_REPLY = "rejection_reply"
    OFFER_REPLY = "offer_reply"
    COMPETING_OFFER = "competing_offer"
    DEBRIEF = "debrief"
    PREP = "prep"
    NEWS = "news"
    PAPER_NOTE = "paper_note"


RULE_OF = {
    Step.THANK_YOU: "P10",
    Step.FOLLOW_UP_1: "P11",
    Step.FOLLOW_UP_2: "P12",
    Step.CHECK_IN: "P13",
    Step.REJECTION_REPLY: "P14",
    Step.OFFER_REPLY: "P15",
    Step.COMPETING_OFFER: "P16",
    Step.DEBRIEF: "P17",
    Step.PREP: "P18",
    Step.NEWS: "P19",
    Step.PAPER_NOTE: "P33",
}
assert set(RULE_OF) == set(Step)
TO_OWNER = frozenset((Step.DEBRIEF, Step.PREP, Step.PAPER_NOTE))
IN_INBOX = frozenset((Step.PREP,))
OF_AN_INTERVIEW = frozenset((Step.THANK_YOU, Step.DEBRIEF, Step.PREP, Step.PAPER_NOTE))
NUDGES = frozenset((Step.FOLLOW_UP_1, Step.FOLLOW_UP_2, Step.CHECK_IN))
FILLED = frozenset((Step.THANK_YOU, Step.REJECTION_REPLY))  # what the debrief may give words to (P17)


class State(StrEnum):
    """What may happen to a step now."""

    OFFER = "offer"  # put it into Drafts, or leave it there
    KEEP = "keep"  # leave it if it stands, do not put it any more
    LATER = "later"  # not yet; one that stands must go (put off)
    OFF = "off"  # it must not stand
    MISSED = "missed"  # its window closed unused (P29): report once, leave what stands


STANDING = frozenset((State.OFFER, State.KEEP, State.MISSED))  # a draft that stands may stay


@dataclass(frozen=True, slots=True)
class Thread:
    """What a draft answers: Message-ID, References for it, the subject to keep. Empty for a new message."""

    message_id: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the words of a draft depend on; everything a template may use, nothing else (I12)."""

    greeting: str = ""
    given: str = ""
    organisation: str = ""
    role: str = ""
    interview: date | None = None
    interview_time: datetime | None = None
    pass_on: tuple[str, ...] = ()
    met_them: bool = True
    remembered: str = ""
    clarify: str = ""
    samples: bool = False
    feedback: bool = False
    deadline: date | None = None
    others_waiting: bool = False
    reply_by: date | None = None
    news: str = ""
    british: bool = True
    formal: bool = False
    variant: int = 0
    people: tuple[str, ...] = ()
    location: str = ""
    reference: str = ""
    interviewers_known: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step at one moment. `key` is the occasion (P5), its recipient included; `why` is for people, `rule` for the test.
    `sole`: the only draft of its occasion, whoever it is to; thank-yous to interviewers are not."""

    key: str
    step: Step
    opportunity: str
    state: State
    rule: str
    why: str
    to: tuple[Address, ...] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    due: datetime | None = None
    thread: Thread = Thread()
    content: Content = Content()
    sole: bool = True

    def __post_init__(self) -> None:
        for moment in (self.opens, self.closes, self.due):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("a verdict needs aware moments")
        if self.state is State.OFFER and not self.to:
            raise ValueError(f"{self.key}: nobody to write to")

    @property
    def wanted(self) -> bool:
        return self.state is State.OFFER


def key_of(step: Step, occasion: str, recipient: str) -> str:
    """I2: the key of a step. The occasion names the round; no running number and nothing of the database is in it."""
    return f"{step.value}|{occasion}|{recipient}"


def stem_of(key: str) -> str:
    """Step and occasion: what the drafts of one occasion to different people have in common (P5)."""
    return key.rpartition("|")[0]


def round_of(key: str) -> str:
    """The hour that the key of a step of an interview names (`Interview.key`)."""
    return key.split("|")[1].partition("~")[0]


def short_id(key: str) -> str:
    """The id under which a step is named on the command line: eight letters of its key's hash."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]
