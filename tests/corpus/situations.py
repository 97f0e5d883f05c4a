"""Single messages in the situation that they presuppose: what had happened before, so that their kind can be decided.

A rejection presupposes an interview held, a new time an interview ahead, an acceptance an offer. Nothing else is given away.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from agent.core import kinds
from agent.core.fold import Book
from agent.core.opportunity import Contact, Ending, Interview, Need, Opportunity, Outcome, Pending
from agent.core.read.reader import read
from agent.core.read.reading import Evidence, Kind, Reading, Slot
from tests.corpus.singles import OWNER, THEIRS, Single

ALONE = frozenset(("application_receipt", "foreign", "sent:application"))
HELD = frozenset(
    "rejection offer status_update information_request assessment_request courtesy unclear sent:rejection_reply "
    "sent:offer_acceptance sent:offer_decline".split()
)
LONG_HELD = frozenset(("sent:follow_up", "sent:withdrawal"))
ABOUT_HOURS = frozenset(
    ("interview_invitation", "interview_confirmation", "interview_rescheduled", "sent:interview_confirmation")
)
SOON = timedelta(days=100)
MOVED = frozenset(("interview_rescheduled", "interview_cancelled"))


def wanted(single: Single) -> str:
    """The kind of a label, "unclear" and "courtesy" kept apart from "other"; sent kinds with "sent:" before them."""
    if single.label == "foreign":
        return "other"
    return "sent:other" if single.label in ("sent:offers_times", "sent:small", "sent:application") else single.label


def told(single: Single) -> tuple[str, Reading]:
    """What the program makes of it, in the words of `wanted`."""
    reading = in_its_time(single)
    if single.label in ALONE:
        return kind_alone(reading), reading
    known = before(single, reading)
    decision = kinds.decide(reading, known)
    kind = decision.kind.value
    if reading.sent:
        return f"sent:{kind}", reading
    if decision.kind is Kind.OTHER and known is not None:
        kind = "courtesy" if decision.courtesy else "unclear" if decision.unclear else "other"
    return kind, reading


def in_its_time(single: Single) -> Reading:
    """The message read, written some days before the day that it names where that would be past or far away otherwise."""
    message = single.message()
    reading = read(message, OWNER)
    days = [s.start for s in reading.slots if s.day_known and not s.old]
    if single.label not in ABOUT_HOURS or not days or any(timedelta() <= d - message.date < SOON for d in days):
        return reading
    return read(replace(message, date=min(days) - timedelta(days=6)), OWNER)


def alone(reading: Reading) -> Book:
    """An empty mailbox, and then this message."""
    book = Book(OWNER.zone)
    book.add(reading)
    return book


def kind_alone(reading: Reading) -> str:
    row = alone(reading).rows[reading.message_id]
    return f"sent:{row.kind.value}" if reading.sent else row.kind.value


def makes_opportunity(reading: Reading) -> bool:
    return bool(alone(reading).opportunities)


def before(single: Single, reading: Reading) -> Opportunity | None:
    """The opportunity as it stood, or None where the message stands alone."""
    label, at = single.label, reading.date
    if label in ALONE:
        return None
    contact = Contact(THEIRS, wrote=at - timedelta(days=9), last_message="<first@firm.example>")
    base = Opportunity(
        id="one",
        anchor="<first@firm.example>",
        began=at - timedelta(days=10),
        contacts=(contact,),
        last_word=at - timedelta(days=9),
    )
    if label in HELD:
        held = replace(base, interviews=(interview(at - timedelta(days=3)),))
        ending = Ending.REJECTED if label == "sent:rejection_reply" else Ending.OFFER
        if label.startswith("sent:"):
            return replace(held, outcome=Outcome(ending, at - timedelta(days=1), "<end@firm.example>"))
        return held
    if label in MOVED:
        old = [s for s in reading.slots if s.old and not s.whole_day] or [s for s in reading.slots if s.old]
        return replace(base, interviews=(interview(old[0].start if old else at + timedelta(days=1, hours=3)),))
    if label == "sent:thank_you":
        return replace(base, interviews=(interview(at - timedelta(hours=20)),))
    if label == "sent:small":  # a question about the way, the clothes, the papers
        return replace(base, interviews=(interview(at + timedelta(days=3)),))
    if label in LONG_HELD:
        return replace(base, interviews=(interview(at - timedelta(days=16)),))
    if label in ("sent:interview_confirmation", "sent:offers_times"):
        asked = (Pending(Need.INVITATION, at - timedelta(days=1), "<ask@firm.example>"),)
        return replace(base, proposals=(proposed(single, reading),), pending=asked)
    return base


def interview(start: datetime) -> Interview:
    return Interview(
        start, start + timedelta(hours=1), agreed=start - timedelta(days=8), source="<invitation@firm.example>"
    )


def proposed(single: Single, reading: Reading) -> Slot:
    """The time that the employer had proposed: the one that the owner names when agreeing, else some other one."""
    named = [s for s in reading.slots if not s.old]
    if single.label == "sent:interview_confirmation" and named:
        return named[0]
    start = reading.date + timedelta(days=2)
    return Slot(start, start + timedelta(hours=1), Evidence("proposed", ""))
