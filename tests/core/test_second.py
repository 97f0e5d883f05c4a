"""The second opinion: all the words of a message against what its cues said, and never against structure or the state of things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agent.core import belief, second
from agent.core.decision import Decision
from agent.core.read.reading import Act, Evidence, Kind, Opinion, Promise, Reading, Said
from agent.core.values import Direction
from tests.read.mail import conversation, reading
from tests.read.test_kinds import AHEAD

WORDS = Evidence("all its words", "we went another way")


def looking(reading: Reading, **chances: float) -> Reading:
    """The reading, its words looking like these kinds, the likeliest first."""
    likely = sorted(chances.items(), key=lambda item: -item[1])
    return replace(reading, opinion=Opinion(tuple(likely), WORDS))


def saying(reading: Reading, **acts: float) -> Reading:
    """The reading with these acts, each by its score, instead of its own."""
    return replace(reading, said=tuple(Said(Act[name], score, WORDS) for name, score in acts.items()))


PLAIN = replace(reading("Dear Ann,\n\nabout the post of Tester.\n\nBo"), words=60)
KNOWN = conversation(reading(AHEAD)).opportunities


@pytest.mark.parametrize(
    ("told", "chances", "kind", "unclear"),
    [
        (Decision(Kind.STATUS_UPDATE), {"rejection": 0.97, "status_update": 0.02}, Kind.REJECTION, False),
        (Decision(Kind.STATUS_UPDATE), {"rejection": 0.90, "status_update": 0.09}, Kind.OTHER, True),
        (Decision(Kind.OTHER, unclear=True), {"rejection": 0.80, "unclear": 0.07}, Kind.REJECTION, False),
        (Decision(Kind.OTHER, courtesy=True), {"status_update": 0.98, "courtesy": 0.02}, Kind.STATUS_UPDATE, False),
        (Decision(Kind.STATUS_UPDATE), {"unclear": 0.99, "status_update": 0.01}, Kind.OTHER, True),
        (Decision(Kind.STATUS_UPDATE), {"offer": 0.85, "status_update": 0.12}, Kind.OFFER, False),
        (Decision(Kind.INTERVIEW_INVITATION), {"offer": 0.96, "interview_invitation": 0.03}, Kind.OFFER, False),
        (Decision(Kind.STATUS_UPDATE), {"offer": 0.70, "status_update": 0.10}, Kind.OTHER, True),
        (Decision(Kind.STATUS_UPDATE), {"status_update": 0.95, "rejection": 0.05}, Kind.STATUS_UPDATE, False),
        (Decision(Kind.OTHER), {"offer": 0.40, "courtesy": 0.60}, Kind.OTHER, True),
    ],
)
def test_what_the_words_are_far_surer_of_is_told(
    told: Decision, chances: dict[str, float], kind: Kind, unclear: bool
) -> None:
    (known,) = KNOWN.values()
    found = second.weighed(told, looking(PLAIN, **chances), known)
    assert (found.kind, found.unclear) == (kind, unclear)


@pytest.mark.parametrize("told", [Kind.REJECTION, Kind.OFFER, Kind.STATUS_UPDATE, Kind.INTERVIEW_CANCELLED])
def test_what_a_person_said_in_an_opportunity_never_becomes_courtesy_by_sounding_polite(told: Kind) -> None:
    """P2: the clock does not go on because a message has nice words."""
    (known,) = KNOWN.values()
    polite = looking(PLAIN, courtesy=0.999)
    assert second.weighed(Decision(told), saying(polite, STATUS=8.0), known).kind is told
    assert second.weighed(Decision(Kind.OTHER, unclear=True), polite, known).unclear


@pytest.mark.parametrize(
    ("acts", "status", "rejection", "unclear"),
    [
        ({"STATUS": 4.0}, 0.6, 0.1, False),  # a sentence says so
        ({"STATUS": 4.0, "REJECT": 1.0}, 0.6, 0.1, True),  # and another makes one wonder
        ({"STATUS": 4.0}, 0.6, 0.35, True),
        ({"STATUS": 8.0}, 0.3, 0.6, False),  # "nothing is decided"
        ({"STATUS": 8.0, "OFFER": 1.0}, 0.3, 0.6, True),
        ({}, 0.95, 0.05, False),
        ({"REJECT": 3.0}, 0.95, 0.05, True),
        ({}, 0.8, 0.05, True),
    ],
)
def test_a_letter_that_may_be_an_end_is_not_told_to_be_mere_waiting(
    acts: dict[str, float], status: float, rejection: float, unclear: bool
) -> None:
    """P2: a nudge stands only where it is beyond doubt that nothing was decided."""
    (known,) = KNOWN.values()
    letter = saying(looking(PLAIN, status_update=status, rejection=rejection), **acts)
    assert second.weighed(Decision(Kind.STATUS_UPDATE), letter, known).unclear is unclear


def test_a_promised_day_is_waiting_whatever_else_is_suspected() -> None:
    """P20: who promises an answer has not given it."""
    (known,) = KNOWN.values()
    promise = Promise(date(2026, 3, 20), 0, False, WORDS)
    letter = replace(looking(PLAIN, status_update=0.5, rejection=0.2), promise=promise)
    assert second.weighed(Decision(Kind.STATUS_UPDATE), letter, known).kind is Kind.STATUS_UPDATE


def test_few_words_are_enough_for_a_suspicion() -> None:
    """P2, P32: too short to be believed, and never courtesy."""
    (known,) = KNOWN.values()
    short = replace(looking(PLAIN, offer=0.6, courtesy=0.4), words=10)
    assert belief.heard(short) is None
    assert second.weighed(Decision(Kind.OTHER, courtesy=True), short, known).unclear


def test_what_the_calendar_said_is_not_asked_about() -> None:
    by_calendar = Decision(Kind.INTERVIEW_CANCELLED, why=(Evidence("calendar cancel", "Talk", "calendar"),))
    sure = looking(PLAIN, interview_confirmation=0.999)
    assert second.weighed(by_calendar, sure, next(iter(KNOWN.values()))) is by_calendar


@pytest.mark.parametrize(("question", "kind"), [("", "CONFIRMATION"), (" Does that suit you?", "INVITATION")])
def test_one_hour_to_which_somebody_is_invited_is_fixed_unless_it_is_asked_about(question: str, kind: str) -> None:
    """Settled cases: a fixed time beats an invitation; "please confirm" makes it one."""
    timed = replace(reading(f"Dear Ann,\n\nyou are invited Thursday 12 March at 11:00.{question}"), words=60)
    likely = looking(timed, interview_confirmation=0.77, interview_invitation=0.22)
    told = second.weighed(Decision(Kind.INTERVIEW_INVITATION), likely, None)
    assert told.kind is Kind[f"INTERVIEW_{kind}"]


def test_an_hour_held_against_the_agreed_one_is_not_confirmed_by_words_alone() -> None:
    """ "Thursday at 11" moves or confirms by what was agreed before, of which the words know nothing."""
    timed = replace(reading("Dear Ann,\n\nit is Thursday 12 March at 11:00."), words=60)
    sure = looking(timed, interview_confirmation=0.999)
    moved = Decision(Kind.INTERVIEW_RESCHEDULED)
    assert second.weighed(moved, sure, next(iter(KNOWN.values()))) is moved


@pytest.mark.parametrize("kind", [Kind.INTERVIEW_CONFIRMATION, Kind.INTERVIEW_RESCHEDULED])
def test_no_hour_is_confirmed_where_none_is_named(kind: Kind) -> None:
    sure = looking(PLAIN, **{kind.value: 0.999})
    assert second.weighed(Decision(Kind.OTHER), sure, None).kind is Kind.OTHER


def test_cues_that_were_misled_are_asked_once_more_without_the_act_that_misled_them() -> None:
    """ "A yes or a no by mid June" has the word of a rejection and is none."""
    said = (Said(Act.REJECT, 8.0, WORDS), Said(Act.STATUS, 8.0, WORDS))
    doubtful = looking(replace(PLAIN, said=said), status_update=0.6, interview_confirmation=0.3)
    told = second.asked_again(
        Decision(Kind.REJECTION),
        doubtful,
        None,
        lambda again: Decision(Kind.STATUS_UPDATE if not again.score(Act.REJECT) else Kind.REJECTION),
    )
    assert told.kind is Kind.STATUS_UPDATE


def test_a_rejection_that_could_be_one_is_not_asked_again() -> None:
    likely = looking(replace(PLAIN, said=(Said(Act.REJECT, 8.0, WORDS),)), status_update=0.9, rejection=0.05)
    told = Decision(Kind.REJECTION)
    assert second.asked_again(told, likely, None, lambda _: Decision(Kind.STATUS_UPDATE)) is told


def test_an_offer_is_answered_by_an_answer_and_thanks_need_a_talk() -> None:
    """P26: what the state of the opportunity rules out, no words can tell."""
    (known,) = KNOWN.values()
    own = replace(PLAIN, direction=Direction.SENT)
    assert second.weighed(Decision(Kind.OTHER), looking(own, rejection_reply=0.999), known).kind is Kind.OTHER
    assert second.weighed(Decision(Kind.OTHER), looking(own, offer_acceptance=0.999), None).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("chances", "leaning", "believed"),
    [
        ({"interview_invitation": 0.99, "foreign": 0.01}, 2.0, True),
        ({"interview_invitation": 0.9, "foreign": 0.1}, 1.0, False),
        ({"foreign": 0.99, "interview_invitation": 0.01}, -2.0, False),
        ({"courtesy": 0.999}, -2.7, False),
    ],
)
def test_only_what_is_far_likelier_is_believed(chances: dict[str, float], leaning: float, believed: bool) -> None:
    found = looking(PLAIN, **chances)
    assert round(belief.leaning(found), 1) == leaning
    assert belief.believed(found) is believed


def test_a_short_message_leans_less() -> None:
    """Three words weigh as much as thirty, and may be anything."""
    short, long = (looking(replace(PLAIN, words=words), foreign=0.99) for words in (5, 50))
    assert 0 > belief.leaning(short) > belief.leaning(long)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Kind.INTERVIEW_CONFIRMATION, "interview_invitation"),  # "a fixed time beats an invitation"
        (Kind.OFFER, "rejection"),
    ],
)
def test_what_cues_tell_by_the_policys_order_stands(told: Kind, words: str) -> None:
    """POLICY, "Settled cases"."""
    sure = looking(replace(reading("Dear Ann,\n\nit is Thursday 12 March at 11:00."), words=60), **{words: 0.99})
    assert second.weighed(Decision(told), sure, None).kind is told


def test_an_hour_called_off_is_not_turned_into_one_agreed_where_one_was() -> None:
    """P25; where nothing was agreed before, nothing can be called off, and the words decide."""
    (known,) = KNOWN.values()
    sure = looking(
        replace(reading("Dear Ann,\n\nit is Thursday 12 March at 11:00."), words=60), interview_confirmation=0.99
    )
    off = Decision(Kind.INTERVIEW_CANCELLED)
    assert second.weighed(off, sure, known).kind is Kind.INTERVIEW_CANCELLED
    assert second.weighed(off, sure, None).kind is Kind.INTERVIEW_CONFIRMATION


def test_a_short_message_has_no_second_opinion() -> None:
    """Three words weigh as much as thirty, and may be anything."""
    short = replace(looking(PLAIN, rejection=0.999), words=8)
    assert second.weighed(Decision(Kind.OTHER, unclear=True), short, None).unclear


def test_without_an_opinion_the_cues_stand() -> None:
    told = Decision(Kind.STATUS_UPDATE)
    silent = replace(PLAIN, opinion=None)
    assert second.weighed(told, silent, None) is told
    assert second.asked_again(told, silent, None, lambda _: Decision(Kind.OTHER)) is told
    assert not belief.believed(silent)
    assert belief.leaning(silent) == 0


def test_a_time_that_the_owner_plainly_takes_is_taken_whatever_the_rest_sounds_like() -> None:
    """Kinds: `interview_confirmation` by the owner; "Monday at ten is fine. My number is 0700 …" talks of hardly anything else."""
    (known,) = KNOWN.values()
    agrees = (Said(Act.AGREE, 8.0, Evidence("agree", "Monday at ten is fine")),)
    timed = replace(reading("Dear Bo,\n\nMonday 9 March at 10:00 is fine. My number is 0700."), words=60)
    sent = replace(looking(timed, other=0.999), direction=Direction.SENT, said=agrees)
    taken = Decision(Kind.INTERVIEW_CONFIRMATION)
    assert second.weighed(taken, sent, known) is taken
    vague = replace(sent, said=(replace(agrees[0], score=4.0),))
    assert second.weighed(taken, vague, known).kind is Kind.OTHER


def test_an_hour_that_two_sentences_fix_is_no_question() -> None:
    """POLICY, "message kinds": a fixed time beats an invitation."""
    fixed = Decision(Kind.INTERVIEW_CONFIRMATION)
    timed = replace(
        reading("Dear Ann,\n\nI would like to meet you. Thursday 12 March at 11:00. See you then."), words=60
    )
    likely = looking(timed, interview_invitation=0.998, interview_confirmation=0.002)
    once, twice = (
        replace(likely, said=(Said(Act.PROPOSE, 5.0, WORDS), Said(Act.FIX, 6.0, WORDS, total))) for total in (6.0, 11.0)
    )
    assert second.weighed(fixed, replace(twice, asks=False), None).kind is Kind.INTERVIEW_CONFIRMATION
    assert second.weighed(fixed, replace(once, asks=False), None).kind is Kind.INTERVIEW_INVITATION
