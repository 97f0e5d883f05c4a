"""Does a message that belongs to nothing begin an opportunity? (POLICY, "What makes an opportunity")

A job that the owner is a candidate for, and nothing else: no newsletter, no flat, no cold call, no offer out of nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent.core.belief import believed, called_for_a_job, disbelieved, doubted
from agent.core.decision import HARD, Decision
from agent.core.hours import timed_slots
from agent.core.kinds import trusted
from agent.core.read.reading import Act, Kind, Reading, SenderKind
from agent.core.read.titles import NOT_IN_TITLE, SMALL, is_head
from agent.core.read.topics import TOPICS

OPENING = frozenset(
    {
        Kind.APPLICATION_RECEIPT,
        Kind.INTERVIEW_INVITATION,
        Kind.INTERVIEW_CONFIRMATION,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INFORMATION_REQUEST,
        Kind.ASSESSMENT_REQUEST,
        Kind.STATUS_UPDATE,
        Kind.OFFER,
        Kind.REJECTION,
    }
)


UNHEADED = 0.6  # what a job's name counts that holds no noun for a trade
SURELY = 0.8
DOUBTFUL = 2.5  # less of a candidacy is not enough where all the words surely speak of something else
A_JOB = 0.9  # less than this of a candidacy is in most mail, and no weight of words makes up for it
SURE = 8.0  # no cue for a receipt scores as much: the whole sentence sounds like one


def opens(reading: Reading, decision: Decision) -> bool:
    if reading.sent:
        return applies(reading)
    if (
        decision.kind not in OPENING
        or not trusted(reading)
        or reading.scam
        or reading.foreign in ("hiring", "circular")
        or reading.report
        or reading.answers_itself
        and decision.kind is not Kind.APPLICATION_RECEIPT
    ):
        return False
    named = role_named(reading)
    if reading.bulk and not (
        decision.kind is Kind.APPLICATION_RECEIPT and reading.score(Act.RECEIPT) >= 7 and named >= 2.5
    ):
        return False
    if reading.score(Act.ALERT) >= 5:
        return False
    evidence = candidacy(reading)
    if disbelieved(reading):
        return False
    if evidence < DOUBTFUL and doubted(reading, SURELY) and not called_for_a_job(reading):
        return False
    trusting = evidence >= A_JOB and believed(reading) and believable(reading, decision)
    if reading.foreign:
        return named >= 3.5 and evidence >= 4.5 or trusting and named >= 2.0
    if trusting:
        return True
    of_a_job = named >= 1.0 or called_a_job(reading)
    if not of_a_job and not without_a_title(reading, decision):
        return False
    if not of_a_job and doubted(reading):
        return False
    if decision.kind is Kind.APPLICATION_RECEIPT:
        return evidence >= (1.4 if reading.score(Act.RECEIPT) >= SURE else 2.5)
    if decision.kind in (Kind.OFFER, Kind.REJECTION):
        return spoken_before(reading) and evidence >= 2.0 and reading.sender_kind is not SenderKind.BULK
    if reading.cold and not timed_slots(reading):
        return False
    if decision.kind is Kind.STATUS_UPDATE:
        return evidence >= 3.5 and spoken_before(reading)
    if decision.kind in (Kind.INFORMATION_REQUEST, Kind.ASSESSMENT_REQUEST):
        return evidence >= (2.2 if spoken_before(reading) and named >= 2.5 else 3.0) and (reading.human or named >= 3)
    if decision.kind is Kind.INTERVIEW_INVITATION and not timed_slots(reading):
        return evidence >= (2.6 if reading.human and named >= 3.0 else 3.0) and not reading.cold
    if any(not e.cancelled for e in reading.events) and named >= 2.5:
        return True  # an hour in the calendar for a named job
    invited = reading.score(Act.INVITE) >= HARD
    unsaid = not invited and not reading.job and not reading.signed and not spoken_before(reading)
    if reading.score(Act.MOVE) >= 6 and unsaid:
        return False  # an hour that is moved, of which nobody had heard, for anything that has a trade: the hygienist's visit
    if reading.human and timed_slots(reading) and of_a_job:
        return evidence >= 0.6
    return evidence >= 2.2


def believable(reading: Reading, decision: Decision) -> bool:
    """What the whole of a message says it is, must not be out of nowhere (settled cases), nor a stranger's cold call."""
    if decision.kind in (Kind.OFFER, Kind.REJECTION, Kind.STATUS_UPDATE):
        return spoken_before(reading)
    return not reading.cold or bool(timed_slots(reading))


def without_a_title(reading: Reading, decision: Decision) -> bool:
    """Where no job is named, the visa office and the dog's home sound the same: only what speaks of an application counts."""
    if decision.kind is Kind.APPLICATION_RECEIPT:
        sure = reading.score(Act.RECEIPT)
        return sure >= SURE or spoken_before(reading) and (not reading.human or sure >= 7)
    of_an_hour = decision.kind in (
        Kind.INTERVIEW_INVITATION,
        Kind.INTERVIEW_CONFIRMATION,
        Kind.INTERVIEW_RESCHEDULED,
    )
    return of_an_hour and reading.human and spoken_before(reading) and bool(timed_slots(reading) or reading.events)


def called_a_job(reading: Reading) -> bool:
    """ "The Cellar Hand job": no noun that titles usually end in, but an hour for it, and somebody calls it a job."""
    return (
        reading.human
        and bool(timed_slots(reading))
        and (reading.job >= 0.7 or reading.agency)
        and not reading.foreign
        and any(r.weight >= 2.5 and " " in r.name and r.name.istitle() for r in reading.roles)
    )


def role_named(reading: Reading) -> float:
    """How surely a job title is named."""
    other = TOPICS.get(reading.foreign, frozenset())
    headed = [
        r.weight
        for r in reading.roles
        if any(is_head(w) and w.lower() not in other for w in r.name.split())
        or r.name.lower().startswith(("head of", "director of"))
        or r.name.endswith(" Senior")
    ]
    called = [
        r.weight * UNHEADED
        for r in reading.roles
        if (reading.applied_before or reading.events)
        and r.weight >= 2.5
        and written_as_title(r.name)
        and other.isdisjoint(r.name.lower().split())
    ]
    return max((*headed, *called), default=0.0)


def written_as_title(name: str) -> bool:
    """A trade that no list knows is called a job and has capitals: "the position of Naval Draughter"."""
    words = name.split()
    return (
        len(words) <= 5 and all(w[0].isupper() or w in SMALL for w in words) and words[-1].lower() not in NOT_IN_TITLE
    )


def candidacy(reading: Reading) -> float:
    """Evidence that this is about a job for the owner: its words, a job title, an interview."""
    return (
        reading.job
        + min(role_named(reading), 4.0) * 0.6
        + (0.8 if reading.score(Act.INVITE) >= 5 else 0.0)
        + (0.4 if reading.score(Act.MET) >= 4 else 0.0)
        + (0.8 if reading.applied_before else 0.0)
    )


def spoken_before(reading: Reading) -> bool:
    """An offer or a no out of nowhere is nobody's (settled cases): the message must speak of an application or a talk."""
    return reading.applied_before


def applies(reading: Reading) -> bool:
    """The owner's own application mail makes an opportunity."""
    if reading.foreign and role_named(reading) < 3.0:
        return False
    return (
        reading.score(Act.APPLY) >= 6
        and (role_named(reading) >= 1.0 or reading.job >= 2.0)
        and len(reading.recipients) <= 3
        and not reading.ancestors
    )


def answered_by(reading: Reading, limbo: dict[str, Reading]) -> Iterator[Reading]:
    """The messages of its thread that belonged to nothing, the one answered first."""
    for message_id in (reading.in_reply_to, *reversed(reading.ancestors)):
        if message_id in limbo:
            yield limbo[message_id]


def begun_otherwise(reading: Reading, limbo: dict[str, Reading]) -> bool:
    """Did the thread begin about something else? "The committee went with another applicant" then means the beagle, too."""
    return role_named(reading) < 2.0 and any(
        not earlier.sent and doubted(earlier, SURELY) for earlier in answered_by(reading, limbo)
    )


def own_letter_answered(reading: Reading, decision: Decision, limbo: dict[str, Reading]) -> Reading | None:
    """A person answers the owner's letter about a named job as one answers an application: it was one, however it was put."""
    if decision.kind not in OPENING or not reading.human or reading.foreign or reading.scam or not trusted(reading):
        return None
    earlier = next((e for e in answered_by(reading, limbo) if e.sent), None)
    if earlier is None or earlier.foreign or earlier.ancestors or len(earlier.recipients) > 3:
        return None
    return earlier if role_named(earlier) >= 2.5 and candidacy(earlier) >= 2.5 else None


def cold_answered(reading: Reading, limbo: dict[str, Reading]) -> Reading | None:
    """A cold recruiter's mail becomes an opportunity once the owner answers it, unless with a no."""
    earlier = next((e for e in answered_by(reading, limbo) if not e.sent), None)
    if earlier is None:
        return None
    about_job = (
        candidacy(earlier) >= 2.5
        and (earlier.cold or role_named(earlier) >= 2.5)
        and earlier.human
        and not earlier.foreign
        and not earlier.scam
        and trusted(earlier)
    )
    refused = reading.score(Act.DECLINE) >= 7 or reading.score(Act.WITHDRAW) >= 6
    return earlier if about_job and not refused else None
