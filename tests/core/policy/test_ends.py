"""P28, P29, P30: silence at the end, what was missed, and what is history."""

from __future__ import annotations

import pytest

from agent.core.opportunity import Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, History, interviewed

T, F1, F2, R = Step.THANK_YOU, Step.FOLLOW_UP_1, Step.FOLLOW_UP_2, Step.REJECTION_REPLY
AGREED = Kind.INTERVIEW_CONFIRMATION


# ---------------------------------------------------------------------------------------------------- P28: no response


@pytest.mark.parametrize(
    ("history", "last_day", "after"),
    [
        (interviewed(), "2026-06-24 23:59:59", "2026-06-25 00:00:00"),
        (
            interviewed().sends_draft("2026-06-01 10:00", F1),
            "2026-07-14 23:59:59",
            "2026-07-15 00:00:00",
        ),
        (
            interviewed().sends_draft("2026-06-01 10:00", F1).sends_draft("2026-06-20 10:00", F2),
            "2026-07-19 23:59:59",
            "2026-07-20 00:00:00",
        ),
        (
            interviewed(max_follow_ups=1).sends_draft("2026-06-01 10:00", F1),
            "2026-06-30 23:59:59",
            "2026-07-01 00:00:00",
        ),
    ],
    ids=[
        "the first was let lie: 30 days after it opened on 26 May",
        "the second was let lie: 30 days after it opened on 15 June",
        "both were sent: 30 days after the second",
        "one is the most: 30 days after it was sent",
    ],
)
def test_after_30_days_of_silence_the_stage_is_no_response(history: History, last_day: str, after: str) -> None:
    """P28: "counts from the later of the two dates"."""
    assert history.stage(last_day) is Stage.WAITING
    assert history.stage(after) is Stage.NO_RESPONSE


def test_the_days_can_be_configured() -> None:
    assert interviewed(no_response_days=10).stage("2026-06-05 00:00") is Stage.NO_RESPONSE


def test_a_later_reply_revives_the_opportunity() -> None:
    """P28; and the sequence starts over (P23)."""
    history = interviewed().receives("2026-07-20 10:00", Kind.STATUS_UPDATE)
    assert history.stage("2026-07-19 10:00") is Stage.NO_RESPONSE
    assert history.stage("2026-07-20 10:00") is Stage.WAITING
    assert history.told("2026-08-10", *NUDGES)[1:] == [
        "2026-07-20 10:00 withdraw follow_up_1",
        "2026-08-03 09:00 put follow_up_1",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "stage"),
    [
        (Kind.REJECTION, {}, Stage.REJECTED),
        (Kind.OFFER, {}, Stage.OFFER),
        (AGREED, {"interview": "2026-08-20 10:00"}, Stage.SCHEDULED),
        (Kind.OTHER, {"unclear": True}, Stage.ACTION_NEEDED),
    ],
)
def test_whatever_comes_late_counts(kind: Kind, fields: dict[str, object], stage: Stage) -> None:
    """P28."""
    assert interviewed().receives("2026-07-20 10:00", kind, **fields).stage("2026-07-20 10:00") is stage


@pytest.mark.parametrize(
    "why", ["the round rests", "it was snoozed", "another offer was accepted", "nobody to write to"]
)
def test_where_no_follow_up_was_ever_sent_or_opened_it_stays_waiting(why: str) -> None:
    """ "Outcomes": P28 needs a follow-up that was sent, or one that opened and was let lie."""
    history = interviewed()
    if why == "the round rests":
        history.deletes("2026-05-13 10:00", T)
    elif why == "it was snoozed":
        history.says("2026-05-13 10:00", Verb.SNOOZE, until="2027-06-01")
    elif why == "another offer was accepted":
        history.receives("2026-05-04 11:00", AGREED, GIL, "globex", interview="2026-05-05 10:00")
        history.receives("2026-05-13 10:00", Kind.OFFER, GIL, "globex")
        history.sends("2026-05-14 10:00", Kind.OFFER_ACCEPTANCE, GIL, "globex")
    else:
        history.sends("2026-05-13 10:00", Kind.THANK_YOU).bounces("2026-05-13 10:01").says(
            "2026-05-13 11:00", Verb.RESUME
        )
    assert history.told("2026-12-01", *NUDGES) == []
    assert history.stage("2026-12-01 10:00") is Stage.WAITING


def test_the_owners_turn_outlasts_the_silence() -> None:
    """ "Outcomes": "`action_needed` outlasts it"."""
    history = interviewed().receives("2026-05-28 10:00", Kind.INFORMATION_REQUEST)
    assert history.stage("2026-12-01 10:00") is Stage.ACTION_NEEDED


def test_an_opportunity_without_an_interview_never_comes_to_no_response() -> None:
    history = History().receives("2026-05-01 10:00", Kind.APPLICATION_RECEIPT, system=True)
    assert history.stage("2027-05-01 10:00") is Stage.APPLIED


def test_the_draft_let_lie_stays_when_the_stage_is_no_response() -> None:
    """P28 suggests to let go; the window of P11 closes only "when the round ends"."""
    assert interviewed().told("2026-12-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


# --------------------------------------------------------------------------------------------- P29: nothing is made up late


def late(started: str, **fields: object) -> History:
    """The agent is first switched on at `started`; Dana had agreed the talk of 12 May before."""
    return History(started=started).receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00/60", **fields)


@pytest.mark.parametrize(
    ("started", "told"),
    [
        ("2026-05-14 14:59", ["2026-05-14 14:59 put thank_you"]),
        ("2026-05-14 15:00", ["2026-05-14 15:00 put thank_you"]),
        ("2026-05-14 15:01", ["2026-05-14 15:01 report thank_you"]),
        ("2026-05-20 12:00", ["2026-05-20 12:00 report thank_you"]),
    ],
    ids=["just in time", "the last moment", "a minute late", "a week late"],
)
def test_a_thank_you_window_that_closed_meanwhile_is_reported_and_not_drafted(started: str, told: list[str]) -> None:
    """P29; reported once."""
    assert late(started).told("2026-06-20", T) == told


@pytest.mark.parametrize(
    ("started", "put"),
    [
        ("2026-05-26 08:00", "2026-05-26 09:00 put follow_up_1"),
        ("2026-05-31 11:30", "2026-05-31 11:30 put follow_up_1"),
        ("2026-06-03 22:15", "2026-06-03 22:15 put follow_up_1"),
        ("2026-07-01 10:00", "2026-07-01 10:00 put follow_up_1"),
    ],
    ids=["in time", "on a Sunday", "late in the evening", "when the second would have been due as well"],
)
def test_a_follow_up_whose_window_opened_meanwhile_is_offered_at_once(started: str, put: str) -> None:
    """P29: even on a Sunday; never two steps at once."""
    assert late(started).told("2026-09-01", *NUDGES) == [put]


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER, Kind.INTERVIEW_CONFIRMATION, Kind.INFORMATION_REQUEST])
def test_but_only_if_the_round_is_still_open(kind: Kind) -> None:
    """P29."""
    interview = "2026-08-20 10:00" if kind is AGREED else ()
    history = late("2026-06-05 10:00").receives("2026-06-01 10:00", kind, interview=interview)
    assert history.told("2026-08-01", *NUDGES) == []


def test_a_thank_you_that_the_owner_sent_meanwhile_is_not_missed() -> None:
    """P27, P29."""
    assert late("2026-05-20 12:00").sends("2026-05-13 10:00", Kind.THANK_YOU).told("2026-06-20", T) == []


def test_notes_to_oneself_that_were_missed_are_not_made_up() -> None:
    """P29: no preparation for a talk that is over, no form after seven days."""
    assert late("2026-05-25 10:00").told("2026-05-25 23:00", Step.PREP, Step.DEBRIEF) == []


@pytest.mark.parametrize(
    ("kind", "started", "put"),
    [
        (Kind.REJECTION, "2026-05-26 10:00", True),
        (Kind.REJECTION, "2026-05-28 10:00", False),
        (Kind.OFFER, "2026-05-26 10:00", True),
        (Kind.OFFER, "2026-05-28 10:00", False),
    ],
)
def test_a_reply_to_an_outcome_is_put_late_only_within_its_window(kind: Kind, started: str, put: bool) -> None:
    """P14, P15, P29."""
    history = late(started).receives("2026-05-20 10:00", kind)
    assert bool(history.told("2026-07-01", R, Step.OFFER_REPLY)) is put


# ------------------------------------------------------------------------------------------------------------ P30: history


@pytest.mark.parametrize(
    ("started", "told"),
    [
        ("2026-07-11 14:59", ["2026-07-11 14:59 put follow_up_1"]),
        ("2026-07-11 15:00", ["2026-07-11 15:00 put follow_up_1"]),
        ("2026-07-11 15:01", []),
        ("2027-05-01 10:00", []),
    ],
    ids=["not quite 60 days", "60 days", "over 60 days", "a year"],
)
def test_steps_for_rounds_whose_last_event_is_over_60_days_old_are_not_offered(started: str, told: list[str]) -> None:
    """P30: the interview ended on 12 May at 15:00."""
    assert late(started).told("2027-12-01", *NUDGES, T)[-1:] == told


def test_any_message_of_the_round_is_an_event() -> None:
    """P30: "whose last event"."""
    history = late("2026-07-20 10:00").receives("2026-05-28 10:00", Kind.STATUS_UPDATE)
    assert history.told("2026-09-01", *NUDGES) == ["2026-07-20 10:00 put follow_up_1"]


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER])
def test_outcomes_of_old_are_not_answered(kind: Kind) -> None:
    """P30."""
    history = late("2026-08-01 10:00", reply_by="2026-05-20").receives("2026-05-21 10:00", kind)
    assert history.told("2026-12-01", R, Step.OFFER_REPLY) == []


def test_history_is_of_the_first_run_only() -> None:
    """P30: "on a first run over an old mailbox"; what grows old under the agent's eyes is offered."""
    history = late("2026-05-01 10:00", reply_by="2026-08-28")
    assert history.told("2026-12-01", *NUDGES) == ["2026-09-04 09:00 put follow_up_1"]


def test_a_reply_after_the_first_run_makes_history_live() -> None:
    """P30, P28: a later reply revives it."""
    history = late("2026-09-01 10:00").receives("2026-09-10 10:00", Kind.STATUS_UPDATE)
    assert history.told("2026-12-01", *NUDGES) == ["2026-09-24 09:00 put follow_up_1"]


def test_the_days_of_history_can_be_configured() -> None:
    history = History(started="2026-07-01 10:00", history_days=20)
    history.receives("2026-05-04 10:00", AGREED, DANA, interview="2026-05-12 14:00/60")
    assert history.told("2026-09-01", *NUDGES) == []
    assert history.state("2026-07-01 10:00", F1) is State.OFF
    assert history.wish("2026-07-01 10:00", F1).rule == "P30"
