"""Does a message that belongs to nothing begin an opportunity? (POLICY, "What makes an opportunity")

A job that the owner is a candidate for, and nothing else: no newsletter, no flat, no cold call, no offer out of nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.core.belief import doubted, leaning
from agent.core.decision import Decision
from agent.core.kinds import trusted
from agent.core.odds import odds, role_named
from agent.core.read.reading import Act, Kind, Reading

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


SURELY = 0.8
LEAST = 1.1  # of the odds: so few mails open an opportunity wrongly that the owner would rather have the others
LEAST_AGAIN = -1.0  # where an agency writes that is known already
OUT_OF_NOWHERE = frozenset((Kind.OFFER, Kind.REJECTION, Kind.STATUS_UPDATE))


def opens(reading: Reading, decision: Decision, brought_before: bool = False) -> bool:
    """`brought_before`: an agency writes that is known already."""
    if reading.sent:
        return applies(reading)
    if decision.kind not in OPENING or barred(reading, decision):
        return False
    # an offer or a no out of nowhere is nobody's (settled cases): it must speak of an application or a talk
    if decision.kind in OUT_OF_NOWHERE and not reading.applied_before:
        return False
    return odds(reading, decision.kind) >= (LEAST_AGAIN if brought_before else LEAST)


def barred(reading: Reading, decision: Decision) -> bool:
    """What begins nothing, however it sounds."""
    receipt = decision.kind is Kind.APPLICATION_RECEIPT
    return (
        not trusted(reading)
        or reading.scam
        or reading.report
        or reading.foreign in ("hiring", "circular")
        or reading.score(Act.ALERT) >= 5
        and not (reading.applied_before and role_named(reading) >= 2.5)
        or reading.answers_itself
        and not receipt
        or reading.bulk
        and not (receipt and reading.score(Act.RECEIPT) >= 7 and role_named(reading) >= 2.5)
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


OF_AN_APPLICATION = re.compile(r"\b(?:application|applying|bewerbung|candidature|sollicitatie)\b", re.I)


def applies(reading: Reading) -> bool:
    """The owner's own application mail makes an opportunity."""
    if reading.foreign and role_named(reading) < 3.0:
        return False
    return (
        (
            reading.score(Act.APPLY) >= 6
            or role_named(reading) >= 4
            and OF_AN_APPLICATION.search(reading.subject) is not None
        )
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
    about_job = candidacy(earlier) + leaning(reading) >= 2.5  # the answer tells, too, what was answered
    return earlier if role_named(earlier) >= 2.5 and about_job else None


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
        and not doubted(earlier, SURELY)
        and not earlier.scam
        and trusted(earlier)
    )
    refused = reading.score(Act.DECLINE) >= 7 or reading.score(Act.WITHDRAW) >= 6
    return earlier if about_job and not refused else None
