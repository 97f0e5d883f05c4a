"""The kinds of what the owner sent: confirmations, thank-yous, follow-ups, answers to an outcome, by what they answer (P26, P27)."""

from __future__ import annotations

import re
from datetime import timedelta

from agent.core.belief import heard
from agent.core.decision import HARD, Decision, because
from agent.core.hours import cannot, chosen, names_interview, names_its_hour, picks, timed_slots
from agent.core.opportunity import Ending, Interview, Need, Opportunity
from agent.core.read.reading import Act, Evidence, Kind, Reading
from agent.core.values import Direction, Method

RECENT_THANKS = timedelta(days=14)
FIRST_DAYS = timedelta(days=3)
# "Thank you for letting me know": that is no thanks for the talk
OF_NEWS = re.compile(
    r"\bthank(?:s| you)(?: so much| very much)? for (?:letting me know|telling me|the (?:\w+ )?(?:update|news|notice|heads[- ]up)|keeping me|getting back)\b(?!.*\b(?:time|talk|meeting|conversation|interview|visit|morning|afternoon|yesterday|today)\b)",
    re.I,
)
RATHER_YES = 0.4  # of all its words: then a question beside a yes ("is there a bus?") takes nothing from it
SAY_NOTHING = frozenset((Kind.AUTO_REPLY, Kind.BOUNCE))


def sent(reading: Reading, known: Opportunity | None) -> Decision:
    """What the owner wrote, by what it answers (P26, P27)."""
    answer = next((e for e in reading.events if e.method is Method.REPLY), None)
    if answer is not None and known is not None:
        accepted = any(a.answer == "ACCEPTED" for a in answer.attendees) or reading.subject.lower().startswith(
            ("accept", "zugesagt", "accepté", "aceptado")
        )
        return Decision(
            Kind.INTERVIEW_CONFIRMATION if accepted else Kind.OTHER,
            why=(Evidence("calendar response", answer.summary, "calendar"),),
        )
    if known is None:
        return Decision(Kind.OTHER, why=because(reading, Act.APPLY))
    outcome = known.outcome
    if outcome and outcome.ending is Ending.OFFER:
        return answer_to_offer(reading)
    if outcome and outcome.ending is Ending.REJECTED:
        return (
            Decision(Kind.REJECTION_REPLY, why=(Evidence("answers the rejection", reading.subject, "subject"),))
            if reading.score(Act.APPLY) < 6 or reading.words > 25
            else Decision(Kind.OTHER)
        )
    if known.closed:
        return Decision(Kind.OTHER)
    return own_word(reading, known)


def rather_agrees(reading: Reading) -> bool:
    """ "I accept the coffee and the chair! Wednesday at three": it is the talk that is taken, not the job."""
    opinion = heard(reading)
    return opinion is not None and opinion.of(Kind.INTERVIEW_CONFIRMATION.value) > opinion.of(
        Kind.OFFER_ACCEPTANCE.value
    )


def answer_to_offer(reading: Reading) -> Decision:
    accept, decline, withdraw = reading.score(Act.ACCEPT), reading.score(Act.DECLINE), reading.score(Act.WITHDRAW)
    refused = decline >= 7 or withdraw >= 7 or withdraw >= 6 and decline >= 3 and accept < 7
    if refused and not (accept >= 8 and decline < 7 and withdraw < 8):
        return Decision(Kind.OFFER_DECLINE, why=because(reading, Act.DECLINE, Act.WITHDRAW))
    opinion = heard(reading)
    likely = opinion is not None and opinion.of(Kind.OFFER_ACCEPTANCE.value) >= RATHER_YES
    sure = accept >= 8 and (
        opinion is None or not reading.asks
    )  # "may I answer on Wednesday? I want to accept with a clear head"
    if accept >= 7 and (sure or not reading.asks or likely):
        return Decision(Kind.OFFER_ACCEPTANCE, why=because(reading, Act.ACCEPT))
    return Decision(Kind.OTHER)


def own_word(reading: Reading, known: Opportunity) -> Decision:
    score = reading.score
    invited = bool(known.proposals) or any(p.need is Need.INVITATION for p in known.pending)
    if invited and score(Act.AGREE) >= max(6.0, score(Act.WITHDRAW)) and agrees(reading, known):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.AGREE))
    if score(Act.WITHDRAW) >= 7 or score(Act.WITHDRAW) >= 6 and score(Act.CHASE) < 6 and score(Act.OTHER_OFFER) < 6:
        return Decision(Kind.WITHDRAWAL, why=because(reading, Act.WITHDRAW))
    if (
        score(Act.ACCEPT) >= 8 > score(Act.THANK) + 2
        and not invited
        and OF_AN_OFFER.search(reading.words_for(Act.ACCEPT))
        and not rather_agrees(reading)
    ):
        return Decision(Kind.OFFER_ACCEPTANCE, why=because(reading, Act.ACCEPT))
    held = known.held_interview(reading.date)
    if invited and agrees(reading, known):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.AGREE))
    chase = max(score(Act.CHASE), 6.0 if score(Act.OTHER_OFFER) >= 6 else 0.0)
    if held is not None and not invited:
        fresh = reading.date - held.end < RECENT_THANKS and not already_thanked(reading, known, held)
        thank = score(Act.THANK)
        of_news = thank <= 6 and OF_NEWS.search(reading.words_for(Act.THANK)) and reading.in_reply_to
        # beside another offer it asks where things stand, thanks or not
        of_offer = score(Act.OTHER_OFFER) >= 6 and chase >= 6 and reading.asks
        if (
            thank >= 4
            and fresh
            and not of_offer
            and not of_news
            and not (
                chase >= 6
                and (thank < 6 or reading.date - held.end > timedelta(days=5))
                and not answers_recent(reading, known)
            )
        ):
            return Decision(Kind.THANK_YOU, why=because(reading, Act.THANK, Act.SHARE))
        if (chase >= 6 and not acknowledges(reading, known)) or chase >= 4 and reading.asks:
            return Decision(Kind.FOLLOW_UP, why=because(reading, Act.CHASE, Act.OTHER_OFFER))
        if thank >= 6 and not of_news and reading.date - held.end < RECENT_THANKS:
            return Decision(Kind.THANK_YOU, why=because(reading, Act.THANK))
    if (
        not invited
        and known.planned_interview(reading.date) is None
        and score(Act.AGREE) >= 6
        and timed_slots(reading)
        and score(Act.OFFER_TIMES) < 5
        and (known.own_times or answers_unread_offer(reading, known))
    ):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.AGREE))
    planned = known.planned_interview(reading.date)
    if (
        planned is not None
        and score(Act.AGREE) >= 4
        and not cannot(reading)
        and any(names_interview(s, planned) or names_its_hour(s, planned) for s in reading.slots)
        and (score(Act.OFFER_TIMES) < HARD or all(names_interview(s, planned) for s in timed_slots(reading)))
    ):
        return Decision(Kind.INTERVIEW_CONFIRMATION, why=because(reading, Act.AGREE))
    if (
        held is None
        and planned is None
        and chase >= 6
        and known.last_word is not None
        and score(Act.AGREE) < 6
        and not invited
    ):
        return Decision(Kind.FOLLOW_UP, why=because(reading, Act.CHASE))
    if held is not None and planned is None and not invited and not known.pending:
        return unprompted(reading, known, held)
    if (
        held is None
        and planned is None
        and not invited
        and score(Act.THANK) >= 6
        and OF_A_TALK.search(reading.words_for(Act.THANK))
    ):
        return Decision(Kind.THANK_YOU, why=because(reading, Act.THANK))
    return Decision(Kind.OTHER)


# Where no offer is known, "yes, I'm on the update service" takes none.
OF_AN_OFFER = re.compile(
    r"\b(?:answer is (?:a )?yes|accept\w*|offer\w*|sign\w*|contract|(?:in|hand in|give|given|giving) my notice|start on|join\w*|aboard|on board|the letter|take (?:it|the (?:job|role|position|post)))\b",
    re.I,
)
# Thanks for a talk of which no mail had told.
OF_A_TALK = re.compile(
    r"\bthank(?:s| you)\b.{0,40}\b(?:this (?:morning|afternoon|evening)|today|yesterday|interview|conversation|talk|chat|meeting|meeting me|tour|your time)\b",
    re.I,
)


def unprompted(reading: Reading, known: Opportunity, held: Interview) -> Decision:
    """The owner writes though nobody asked: right after a talk these are thanks, into a silence they ask how things stand.

    Whatever the words: a second note of ours on top of the owner's own would embarrass them (P27).
    """
    if reading.attachments or reading.words < 4:
        return Decision(Kind.OTHER)
    news = max(
        (e.at for e in known.entries if e.direction is Direction.RECEIVED and e.kind not in SAY_NOTHING), default=None
    )
    why = (Evidence("nobody had written since the interview", reading.subject, "subject"),)
    if (news is None or news < held.end) and reading.date - held.end < FIRST_DAYS:
        return Decision(Kind.THANK_YOU, why=why) if reading.score(Act.CHASE) < 6 else Decision(Kind.OTHER)
    silent = reading.date - max(held.end, news or held.end)
    if of_something_else(reading):
        return Decision(Kind.OTHER)
    if silent > FIRST_DAYS and (reading.asks or reading.score(Act.CHASE) >= 2):
        return Decision(Kind.FOLLOW_UP, why=why)
    return Decision(Kind.OTHER)


def of_something_else(reading: Reading) -> bool:
    """A lost scarf is asked for: no cue asks how things stand, and all the words speak rather of another matter."""
    opinion = heard(reading)
    return opinion is not None and reading.score(Act.CHASE) < 2 and opinion.of("other") > opinion.of("follow_up")


def acknowledges(reading: Reading, known: Opportunity) -> bool:
    """A line under news that are still fresh, which asks nothing: "no problem, still keen" (P27: no follow-up)."""
    news = max(
        (e.at for e in known.entries if e.direction is Direction.RECEIVED and e.kind is Kind.STATUS_UPDATE),
        default=None,
    )
    return news is not None and reading.date - news < FIRST_DAYS and not reading.asks and reading.words < 60


def answers_unread_offer(reading: Reading, known: Opportunity) -> bool:
    """Agrees to one hour in answer to somebody, before any interview: an offer was made, though it was not understood."""
    return bool(reading.in_reply_to) and not known.live_interviews and len({s.start for s in timed_slots(reading)}) == 1


def answers_recent(reading: Reading, known: Opportunity) -> bool:
    """Within two days of the interview a mail that thanks is a thank-you, whatever it hopes to hear."""
    held = known.held_interview(reading.date)
    return held is not None and reading.date - held.end < timedelta(days=2)


def already_thanked(reading: Reading, known: Opportunity, held: Interview) -> bool:
    to = {a.email for a in reading.recipients}
    return any(s.at >= held.end and to <= set(s.to) for s in known.thanked)


# Windows of time are offers of the owner's, and agree to nothing.
OPEN_CHOICE = re.compile(
    r"\b(?:any (?:time|day|morning|afternoon|evening|of those)|whenever|please (?:pick|choose)|except|either .{1,30} or|between .{1,20} and)\b",
    re.I,
)


def agrees(reading: Reading, known: Opportunity) -> bool:
    """The owner picks one of the times offered, or says yes to the only one."""
    agree, other_times = reading.score(Act.AGREE), reading.score(Act.OFFER_TIMES)
    if (
        other_times >= 6
        and other_times > agree
        and (reading.asks or OPEN_CHOICE.search(reading.words_for(Act.OFFER_TIMES)))
    ):
        return False
    named = [s for s in reading.slots if not s.old]
    picked = [p for p in known.proposals if any(picks(s, p) for s in named)]
    elsewhere = other_times >= HARD and any(not s.whole_day and not any(picks(s, p) for p in picked) for s in named)
    several = other_times >= HARD and len({s.start for s in named if not s.whole_day}) > 1
    if picked and (agree >= 4 or other_times < HARD) and not elsewhere and not several:
        return True
    hours = [s for s in named if not s.whole_day]
    if (
        len({s.start for s in hours}) == 1
        and not reading.asks
        and all(any(picks(s, p) for p in known.proposals) for s in hours)
    ):
        return not cannot(reading)
    if not named and chosen(reading, known) is not None:
        return not cannot(reading)
    if named and not picked:
        return (
            agree >= 6 and other_times < HARD and not reading.asks and not any(not p.whole_day for p in known.proposals)
        )
    single = len({p.start for p in known.proposals}) == 1
    return agree >= HARD and single and other_times < HARD
