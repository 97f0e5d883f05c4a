"""Reading x what is known of its opportunity -> its kind (POLICY, "Message kinds"), with the reason.

Rule 1: structure first (reports, calendar methods, automatic replies), then the dangerous: rejection before offer before all else.
Rule 2: what is said about an hour, `kinds_time` decides.
Rule 3: a human message of which nothing decisive can be said is `other` and unclear (P2); mere courtesy is clear (P32).
Rule 4: what the owner sent is understood by what it answers (`kinds_sent`).
Rule 5: where all the words of a message surely say otherwise, they decide (`second`), but do not take back a no or an offer.
"""

from __future__ import annotations

import re

from agent.core import second
from agent.core.belief import heard
from agent.core.decision import HARD, Decision, because
from agent.core.hours import timed_slots
from agent.core.kinds_sent import sent
from agent.core.kinds_time import about_time, invitation_by_calendar, wants_a_call
from agent.core.opportunity import Opportunity
from agent.core.read.acts import PAPERS
from agent.core.read.reading import BY_WEIGHT, Act, Evidence, Kind, Reading, SenderKind
from agent.core.values import Method, Verdict

DOUBT = 3.0  # a no so likely that an undated "still deciding" is unclear (P2)


def decide(reading: Reading, known: Opportunity | None) -> Decision:
    """`known`: the opportunity it belongs to as it stood before, or None where it belongs to none."""
    if reading.sent:
        return second.weighed(sent(reading, known), reading, known)
    structural = by_structure(reading, known)
    if structural:
        return structural
    if asks_opinion(reading):
        return Decision(Kind.OTHER, why=(Evidence("a survey", reading.subject, "subject"),))
    if known is not None and known.closed:
        return Decision(Kind.OTHER, why=(Evidence("after the end", reading.subject, "subject"),))
    told = second.asked_again(received(reading, known), reading, known, lambda again: received(again, known))
    return second.weighed(told, reading, known)


def received(reading: Reading, known: Opportunity | None) -> Decision:
    """By the cues of its sentences."""
    outcome = outcome_of(reading)
    if outcome:
        return outcome
    if reading.events:
        by_calendar = invitation_by_calendar(reading, known)
        if by_calendar:
            return by_calendar
    timed = about_time(reading, known)
    if timed:
        return timed
    return about_process(reading, known)


# "How was your interview with Fernwood Logistics? Your answers are anonymous": asked by machines, and no word on how it stands.
SURVEY = re.compile(
    r"\bhow (?:was|did you find|would you rate) your (?:\w+ )?(?:interview|application|experience)\b|\b(?:candidate|our|quick|short|\d-(?:minute|question)) survey\b"
    r"|\b(?:answers?|responses?) (?:are|stay|remain|will be) (?:\w+ )?anonymous\b|\brate your (?:interview|experience|application)\b",
    re.I,
)


def asks_opinion(reading: Reading) -> bool:
    """A candidate survey (POLICY: other); a letter that surely ends or calls off something is none, whatever it asks below."""
    if reading.human or reading.events or hardest(reading) >= second.PLAINLY or timed_slots(reading):
        return False
    return any(SURVEY.search(text) for text in (reading.subject, *(said.evidence.words for said in reading.said)))


def by_structure(reading: Reading, known: Opportunity | None) -> Decision | None:
    if reading.report:
        failed = (
            any(d.failed for d in reading.deliveries)
            or not reading.deliveries
            and "delay" not in reading.subject.lower()
            and "warning" not in reading.subject.lower()
        )
        return Decision(
            Kind.BOUNCE if failed else Kind.AUTO_REPLY,
            why=(Evidence("delivery report", ", ".join(d.email for d in reading.deliveries), "header"),),
        )
    replies = [e for e in reading.events if e.method in (Method.REPLY, Method.COUNTER)]
    if replies:
        comment = replies[0].comment.strip()
        if not comment and reading.words < 12:
            return Decision(Kind.AUTO_REPLY, why=(Evidence("calendar response", replies[0].summary, "calendar"),))
    if reading.answers_itself and not reading.events:
        if reading.score(Act.RECEIPT) >= 6 and not reading.score(Act.AWAY) and (known is None or not known.interviews):
            return Decision(Kind.APPLICATION_RECEIPT, why=because(reading, Act.RECEIPT))
        return Decision(
            Kind.AUTO_REPLY, why=(*because(reading, Act.AWAY), Evidence("automatic reply", reading.subject, "header"))
        )
    if (
        reading.score(Act.AWAY) >= 6
        and (reading.automatic or known is not None)
        and reading.returns
        and not reading.slots
        and reading.words < 90
        and hardest(reading) < HARD
        and not reading.promise
    ):
        return Decision(Kind.AUTO_REPLY, why=because(reading, Act.AWAY))
    return None


def hardest(reading: Reading) -> float:
    return max(second.says_of_an_end(reading), reading.score(Act.CANCEL))


def outcome_of(reading: Reading) -> Decision | None:
    reject, offer, wishes = reading.score(Act.REJECT), reading.score(Act.OFFER), reading.act(Act.WISH_WELL)
    wish = wishes.total if wishes else 0.0
    undecided = reading.promise is not None or status_elsewhere(reading)
    told_no = (
        reject >= HARD
        or reject >= 3
        and wish >= 2
        or wish >= 5
        and reject > 0
        or wish >= 6
        and not undecided
        and not reading.slots
    )
    if (
        told_no
        and not misheard(reading)
        and (reject >= 6 or not undecided or wish >= 3)
        and not (offer >= 8 and reject < 7)
    ):
        return Decision(Kind.REJECTION, why=because(reading, Act.REJECT, Act.WISH_WELL))
    if offer >= 7 or offer >= HARD and total(reading, Act.OFFER) >= 9:
        timed = any(not s.whole_day and not s.old for s in reading.slots)
        asked = (
            any(s.asked for s in timed_slots(reading)) and reading.deadline is None and total(reading, Act.OFFER) < 12
        )
        asks_time = asked or timed and reading.score(Act.PROPOSE) >= (5 if offer < 8 else 7)
        if not asks_time and not spoken_of_later(reading, offer):
            return Decision(Kind.OFFER, why=because(reading, Act.OFFER))
    if (
        offer >= 6
        and reading.deadline is not None
        or offer >= 4
        and reading.deadline
        and LETTER.search(reading.subject)
    ):
        return Decision(Kind.OFFER, why=because(reading, Act.OFFER))
    return None


RULED_OUT = 0.01  # less likely than that a no is ruled out by all the words together


def misheard(reading: Reading) -> bool:
    """A no that no cue heard, in one sentence and by the weight of its words alone, beside times to choose from, and ruled out by all
    words together. A promise beside it rules nothing out: it may be for others ("yours has been cut")."""
    said, opinion = reading.act(Act.REJECT), heard(reading)
    weighed = said is not None and BY_WEIGHT in said.evidence.what
    invites = reading.score(Act.PROPOSE) >= 6 and bool(timed_slots(reading))
    return weighed and invites and opinion is not None and opinion.of(Kind.REJECTION.value) < RULED_OUT


LETTER = re.compile(r"\b(?:letter of offer|offer letter|offer of employment|job offer|contract of employment)\b", re.I)


def status_elsewhere(reading: Reading) -> bool:
    """Does another sentence than the one with the no say that nothing is decided yet?"""
    return reading.score(Act.STATUS) >= 6 and reading.words_for(Act.REJECT) != reading.words_for(Act.STATUS)


def spoken_of_later(reading: Reading, offer: float) -> bool:
    """An offer that is only in prospect ("if it goes well we will make an offer next week") is a promise."""
    words = reading.words_for(Act.OFFER)
    promised = reading.promise is not None and (
        offer < 7 or bool(IN_PROSPECT.search(words)) or reading.promise.evidence.words[:100] == words[:100]
    )
    return offer < 8 and promised


IN_PROSPECT = re.compile(
    r"\b(?:will|would|hope|hoping|plan(?:ning)?|aim(?:ing)?|expect|intend|going to|once|if|when|before we|until|should|could|may|might|preparing|finali[sz]ing|working on)\b",
    re.I,
)


def total(reading: Reading, act: Act) -> float:
    said = reading.act(act)
    return said.total if said else 0.0


def about_process(reading: Reading, known: Opportunity | None) -> Decision:
    """No hour and no outcome: tasks, questions, invitations to find a time, where the process stands, courtesy, the rest."""
    scores = {
        a: reading.score(a)
        for a in (Act.ASSESS, Act.ASK_INFO, Act.PROPOSE, Act.INVITE, Act.STATUS, Act.RECEIPT, Act.COURTESY)
    }
    machine = reading.sender_kind in (SenderKind.SYSTEM, SenderKind.BULK)
    if (
        scores[Act.RECEIPT] >= 6
        and (machine or reading.automatic)
        and scores[Act.ASSESS] < 6
        and not link_to_book(reading)
    ):
        return Decision(Kind.APPLICATION_RECEIPT, why=because(reading, Act.RECEIPT))
    if scores[Act.RECEIPT] >= 7 and known is None and max(scores[Act.ASSESS], scores[Act.PROPOSE]) < 7:
        return Decision(Kind.APPLICATION_RECEIPT, why=because(reading, Act.RECEIPT))
    of_papers = scores[Act.ASSESS] < 6 or PAPERS.search(reading.words_for(Act.ASK_INFO).lower())
    papers = scores[Act.ASK_INFO] >= 8 > scores[Act.ASSESS] and of_papers
    if (
        scores[Act.ASSESS] >= HARD
        and not papers
        and not (reading.promise and scores[Act.STATUS] >= 6 and scores[Act.ASSESS] < 6)
    ):
        return Decision(Kind.ASSESSMENT_REQUEST, why=because(reading, Act.ASSESS))
    if reading.score(Act.OFFER) >= HARD and known is not None and reading.human:
        return Decision(Kind.OTHER, unclear=True, why=because(reading, Act.OFFER))
    finds_time = (
        scores[Act.PROPOSE] >= HARD
        and (scores[Act.INVITE] >= 3 or link_to_book(reading) or scores[Act.PROPOSE] >= 6)
        and not (known is not None and wants_a_call(reading))
    )
    asked = scores[Act.ASK_INFO] >= 7 or asked_of_owner(reading)
    tells = reading.promise is not None and scores[Act.STATUS] >= 6 and not asked
    if (
        scores[Act.ASK_INFO] >= HARD
        and not tells
        and not (finds_time and scores[Act.INVITE] >= 5 and not reading.automatic)
    ):
        return Decision(Kind.INFORMATION_REQUEST, why=because(reading, Act.ASK_INFO))
    if (
        finds_time
        and not (reading.promise and scores[Act.INVITE] < 5)
        and (scores[Act.STATUS] < 6 or scores[Act.INVITE] >= 5)
    ):
        return Decision(Kind.INTERVIEW_INVITATION, why=because(reading, Act.PROPOSE, Act.INVITE))
    if scores[Act.INVITE] >= 5 and reading.asks and not reading.promise and scores[Act.STATUS] < 6:
        return Decision(Kind.INTERVIEW_INVITATION, why=because(reading, Act.INVITE))
    if 7 > scores[Act.STATUS] >= 4 and not reading.promise and known is not None and reading.score(Act.REJECT) >= DOUBT:
        return Decision(Kind.OTHER, unclear=True, why=because(reading, Act.REJECT, Act.STATUS))
    if reading.promise or scores[Act.STATUS] >= 4:
        return Decision(
            Kind.STATUS_UPDATE,
            why=((reading.promise.evidence,) if reading.promise else ()) + because(reading, Act.STATUS),
        )
    if scores[Act.RECEIPT] >= 6 and (known is None or not known.live_interviews):
        return Decision(Kind.APPLICATION_RECEIPT, why=because(reading, Act.RECEIPT))
    if scores[Act.INVITE] >= 5 and known is not None and not known.live_interviews and not reading.automatic:
        return Decision(Kind.INTERVIEW_INVITATION, why=because(reading, Act.INVITE))
    if reading.automatic or known is None:
        return Decision(Kind.OTHER)
    if mere_courtesy(reading):
        return Decision(Kind.OTHER, courtesy=True, why=because(reading, Act.COURTESY))
    return Decision(Kind.OTHER, unclear=True, why=(Evidence("nothing decisive", "", "text"),))


OF_OWNER = re.compile(
    r"\?|\b(?:please (?!be (?:advised|informed|aware)|note|bear|accept|forgive|excuse|find)|kindly|could you|can you|would you|send (?:me|us)|"
    r"(?:we|i) (?:will |shall |would |still |also |now )*(?:need|require)|missing|let (?:me|us) have|you (?:are|were) requested)\b",
    re.I,
)


def asked_of_owner(reading: Reading) -> bool:
    """Does the sentence that asks for something speak to the owner?"""
    return bool(OF_OWNER.search(reading.words_for(Act.ASK_INFO)))


def link_to_book(reading: Reading) -> bool:
    words = reading.words_for(Act.PROPOSE).lower()
    return any(w in words for w in ("calendar", "slot", "book", "pick", "choose", "link", "schedule", "select"))


def mere_courtesy(reading: Reading) -> bool:
    """P32: only thanks, good wishes or gladness; asks nothing, tells nothing of the process; in doubt it is not."""
    if reading.asks or reading.score(Act.COURTESY) < 3 or reading.words < 3:
        return False
    doubts = (
        Act.STATUS,
        Act.ASK_INFO,
        Act.ASSESS,
        Act.PROPOSE,
        Act.INVITE,
        Act.MOVE,
        Act.CANCEL,
        Act.REJECT,
        Act.OFFER,
    )
    if reading.score(Act.REJECT) >= second.SLIGHT:
        return False
    return (
        all(reading.score(a) < 4 for a in doubts) and not reading.promise and reading.words <= 130 and not reading.hints
    )


def trusted(reading: Reading) -> bool:
    """Nothing follows from mail whose sender could not be proved where the server tried (impostors)."""
    return reading.authentication is not Verdict.FAIL
