"""P14, P15, P26 and "Outcomes": a no, an offer, and the owner's own yes, no or withdrawal."""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.kinds import decide
from agent.core.opportunity import Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, LEE, ROBOT, History, interviewed

T, R, REPLY, F1 = Step.THANK_YOU, Step.REJECTION_REPLY, Step.OFFER_REPLY, Step.FOLLOW_UP_1
AGREED, NO, OFFER = Kind.INTERVIEW_CONFIRMATION, Kind.REJECTION, Kind.OFFER
CLOSING = (Kind.OFFER_ACCEPTANCE, Kind.OFFER_DECLINE, Kind.WITHDRAWAL)


def rejected(**fields: object) -> History:
    """A no from Dana on Wednesday 20 May 2026, 10:00."""
    return interviewed().receives("2026-05-20 10:00", NO, **fields)


def offered(**fields: object) -> History:
    """An offer from Dana on Wednesday 20 May 2026, 10:00."""
    return interviewed().receives("2026-05-20 10:00", OFFER, **fields)


# ------------------------------------------------------------------------------------------------- P14: reply to a no


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-20 09:59:59", None),
        ("2026-05-20 10:00:00", State.OFFER),
        ("2026-05-27 10:00:00", State.OFFER),
        ("2026-05-27 10:00:01", State.KEEP),
    ],
    ids=["before", "when it arrives", "seven days later", "a second after: not put any more"],
)
def test_a_reply_to_the_rejection_may_be_put_for_seven_days(at: str, state: State | None) -> None:
    """P14."""
    assert rejected().state(at, R) is state


def test_a_reply_to_the_rejection_outlives_its_window() -> None:
    """ "Drafts over time"."""
    assert rejected().told("2026-09-01", R) == ["2026-05-20 10:00 put rejection_reply"]


@pytest.mark.parametrize(
    ("held", "machine", "put"),
    [(True, False, True), (True, True, True), (False, False, True), (False, True, False)],
    ids=["interview, person", "interview, machine", "no interview, person", "no interview, machine"],
)
def test_a_no_is_answered_after_an_interview_or_where_a_person_wrote_it(held: bool, machine: bool, put: bool) -> None:
    """P14."""
    history = interviewed() if held else History().receives("2026-05-01 10:00", Kind.STATUS_UPDATE)
    history.receives("2026-05-20 10:00", NO, ROBOT if machine else DANA, system=machine)
    assert bool(history.told("2026-05-21", R)) is put


def test_an_interview_that_was_called_off_counts_for_nothing() -> None:
    """ "a cancelled one does not count for P14"."""
    history = interviewed().receives("2026-05-11 10:00", Kind.INTERVIEW_CANCELLED)
    assert history.receives("2026-05-20 10:00", NO, ROBOT, system=True).told("2026-05-21", R) == []


def test_an_interview_still_ahead_is_off_with_the_no() -> None:
    """P26: the round ends; nobody is thanked for a talk that will not be."""
    history = interviewed().receives("2026-05-11 15:00", NO, ROBOT, system=True)
    assert history.told("2026-06-01") == ["2026-05-11 14:00 put prep", "2026-05-11 15:00 withdraw prep"]


@pytest.mark.parametrize(
    ("from_", "machine", "to"),
    [(LEE, False, "lee@acme.example"), (DANA, False, "dana@acme.example"), (ROBOT, True, "dana@acme.example")],
    ids=["another contact wrote it", "the main contact wrote it", "a machine wrote it"],
)
def test_the_reply_goes_to_who_wrote_the_no_else_to_the_main_contact(from_: str, machine: bool, to: str) -> None:
    """P14; it answers that message whoever wrote it ("Recipients and threads")."""
    draft = interviewed().receives("2026-05-20 10:00", NO, from_, system=machine).draft("2026-05-20 10:00", R)
    assert [a.email for a in draft.to] == [to]
    assert draft.in_reply_to == "<acme-1@mail.example>"
    assert draft.subject == "Re: Backend Engineer at Acme"


def test_without_anybody_to_write_to_there_is_no_draft() -> None:
    """P14: "none: no draft"."""
    history = History().receives("2026-05-04 10:00", AGREED, ROBOT, system=True, interview="2026-05-12 14:00")
    assert history.receives("2026-05-20 10:00", NO, ROBOT, system=True).told("2026-06-01", R) == []


@pytest.mark.parametrize(
    ("went", "feedback", "held", "asks"),
    [
        ("", True, True, True),
        ("well", True, True, True),
        ("badly", True, True, False),
        ("", False, True, False),
        ("", True, False, False),
    ],
    ids=["P14 asks", "it went well", "the debrief calls it bad", "feedback = never", "no interview was held"],
)
def test_one_sentence_more_asks_for_feedback(went: str, feedback: bool, held: bool, asks: bool) -> None:
    """ "What each contains" and "Outcomes"."""
    history = interviewed(feedback=feedback) if held else History().receives("2026-05-04 10:00", Kind.STATUS_UPDATE)
    if went:
        history.says("2026-05-12 18:00", Verb.TELL, went=went)
    body = history.receives("2026-05-20 10:00", NO).draft("2026-05-20 10:00", R).body
    assert ("feedback" in body) is asks
    assert len(body.split()) < 120


def test_the_owners_own_reply_settles_it() -> None:
    """P27."""
    history = rejected().sends("2026-05-21 10:00", Kind.REJECTION_REPLY)
    done = history.actions("2026-06-01", R)
    assert [(str(d), d.verdict.rule) for d in done][1:] == [("2026-05-21 10:00 withdraw rejection_reply", "P27")]


def test_one_rejection_told_twice_is_answered_once() -> None:
    """P5: an occasion is "the one rejection"; here the person wrote first and the tracking system a day later."""
    history = rejected().sends_draft("2026-05-20 12:00", R).receives("2026-05-21 10:00", NO, ROBOT, system=True)
    assert history.told("2026-06-20", R) == ["2026-05-20 10:00 put rejection_reply"]


# -------------------------------------------------------------------------------------------------- P15: reply to an offer


@pytest.mark.parametrize(
    ("deadline", "at", "state"),
    [
        ("", "2026-05-20 10:00:00", State.OFFER),
        ("", "2026-05-27 09:59:59", State.OFFER),
        ("", "2026-05-27 10:00:01", State.OFF),
        ("2026-05-22", "2026-05-22 23:59:59", State.OFFER),
        ("2026-05-22", "2026-05-23 00:00:00", State.OFF),
        ("2026-06-30", "2026-05-27 10:00:01", State.OFF),
    ],
    ids=[
        "when it arrives",
        "for seven days",
        "no longer",
        "until its deadline",
        "past its deadline",
        "a later deadline",
    ],
)
def test_a_reply_to_the_offer_may_stand_for_seven_days_or_until_its_deadline(
    deadline: str, at: str, state: State
) -> None:
    """P15: "or the offer's own deadline if sooner"."""
    history = offered(deadline=date.fromisoformat(deadline) if deadline else None)
    assert history.state(at, REPLY) is state


def test_an_untouched_reply_to_the_offer_is_withdrawn_when_its_window_closes() -> None:
    """ "Drafts over time"."""
    assert offered().told("2026-09-01", REPLY) == [
        "2026-05-20 10:00 put offer_reply",
        "2026-05-27 10:00 withdraw offer_reply",
    ]


def test_the_reply_goes_to_who_wrote_the_offer() -> None:
    """P15; it answers that message."""
    draft = interviewed().receives("2026-05-20 10:00", OFFER, LEE).draft("2026-05-20 10:00", REPLY)
    assert [a.email for a in draft.to] == ["lee@acme.example"]
    assert draft.in_reply_to == "<acme-1@mail.example>"


@pytest.mark.parametrize(
    ("other", "asks"),
    [("waiting", True), ("scheduled", False), ("applied", False), ("rejected", False)],
)
def test_it_asks_for_time_when_another_opportunity_is_waiting(other: str, asks: bool) -> None:
    """P15, "What each contains"."""
    history = offered()
    if other == "applied":
        history.receives("2026-05-01 10:00", Kind.APPLICATION_RECEIPT, GIL, "globex")
    else:
        day = "2026-06-11" if other == "scheduled" else "2026-05-11"
        history.receives("2026-05-01 10:00", AGREED, GIL, "globex", interview=f"{day} 10:00")
    if other == "rejected":
        history.receives("2026-05-19 10:00", NO, GIL, "globex")
    body = history.draft("2026-05-20 10:00", REPLY).body
    assert ("would it be possible for me to have until" in body or "Would it be all right if" in body) is asks


@pytest.mark.parametrize("minute", range(0, 60, 12))
def test_it_accepts_nothing_and_declines_nothing(minute: int) -> None:
    """P15."""
    body = interviewed().receives(f"2026-05-20 10:{minute:02}", OFFER).draft("2026-05-20 11:00", REPLY).body.lower()
    for word in ("accept", "decline", "take up", "say yes", "join", "sign"):
        assert word not in body


@pytest.mark.parametrize(
    "to", [DANA, LEE, "Ida Brook <ida@acme.example>"], ids=["first sender", "second sender", "another"]
)
def test_an_answer_that_is_neither_yes_nor_no_settles_it_whoever_gets_it(to: str) -> None:
    """ "Outcomes": "settles `offer_reply`, whichever of the offer's senders it goes to"."""
    history = offered().receives("2026-05-20 11:00", OFFER, LEE).sends("2026-05-21 10:00", Kind.OTHER, to)
    done = history.actions("2026-09-01", REPLY)
    assert [(str(d), d.verdict.rule) for d in done][1:] == [("2026-05-21 10:00 withdraw offer_reply", "P27")]
    assert history.stage("2026-05-21 10:00") is Stage.OFFER


def test_one_offer_told_twice_is_one_occasion() -> None:
    """ "Drafts over time": deadline and main contact are updated, the standing draft is not re-addressed."""
    history = offered().receives("2026-05-21 10:00", OFFER, LEE, deadline=date(2026, 5, 23))
    assert history.told("2026-09-01", REPLY) == [
        "2026-05-20 10:00 put offer_reply",
        "2026-05-24 00:00 withdraw offer_reply",
    ]
    wish = history.wish("2026-05-21 10:00", REPLY)
    assert [a.email for a in wish.to] == ["dana@acme.example"]
    main = history.opportunity("2026-05-21 10:00").main_contact
    assert main is not None
    assert main.email == "lee@acme.example"


def test_an_offer_told_again_after_it_was_answered_needs_no_second_answer() -> None:
    """P5, P27."""
    history = offered().sends_draft("2026-05-20 12:00", REPLY).receives("2026-05-21 10:00", OFFER, LEE)
    assert history.told("2026-09-01", REPLY) == ["2026-05-20 10:00 put offer_reply"]


def test_an_offer_made_by_phone_and_then_by_letter_is_answered_when_the_letter_comes() -> None:
    """ "told twice (by phone or mail, then by letter) is one occasion": it is answered once, not never."""
    history = interviewed().says("2026-05-19 10:00", Verb.TELL, stage="offer").receives("2026-05-20 10:00", OFFER)
    assert history.told("2026-05-21", REPLY) == ["2026-05-20 10:00 put offer_reply"]


# --------------------------------------------------------------------------------------------------- P26: what an end ends


@pytest.mark.parametrize(("kind", "stage"), [(NO, Stage.REJECTED), (OFFER, Stage.OFFER)])
def test_an_outcome_voids_the_date_and_withdraws_the_rounds_drafts(kind: Kind, stage: Stage) -> None:
    """P26."""
    history = History().receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00/60", reply_by="2026-05-13")
    history.receives("2026-05-20 10:00", kind)
    assert history.opportunity("2026-05-20 10:00").reply_by is None
    assert history.stage("2026-05-20 10:00") is stage
    assert sorted(history.told("2026-12-01", T, Step.DEBRIEF, *NUDGES)[3:]) == [
        "2026-05-20 10:00 withdraw debrief",
        "2026-05-20 10:00 withdraw follow_up_1",
        "2026-05-20 10:00 withdraw thank_you",
    ]


@pytest.mark.parametrize("kind", CLOSING)
@pytest.mark.parametrize("offer", [True, False], ids=["after an offer", "before any offer"])
def test_the_owners_end_closes_it_and_withdraws_what_stands(kind: Kind, offer: bool) -> None:
    """P26: nothing more is planned."""
    history = offered() if offer else interviewed()
    history.sends("2026-05-21 10:00", kind)
    assert history.stage("2026-05-21 10:00") is Stage.CLOSED
    world = history.play("2027-05-01")
    assert not [k for k, stands in world.held.items() if stands == "put" and world.put[k].step is not Step.PREP]
    assert not [d for d in world.done if d.at > history.moment("2026-05-21 10:00")]


@pytest.mark.parametrize("told", ["closed", "rejected"])
def test_an_end_told_by_command_ends_as_well(told: str) -> None:
    """P26: "a sent message, or told by command"; a no that was told has no message to answer."""
    history = interviewed().says("2026-05-28 10:00", Verb.TELL, stage=told)
    assert history.stage("2026-05-28 10:00").value == told
    assert history.told("2027-01-01", R, *NUDGES)[1:] == ["2026-05-28 10:00 withdraw follow_up_1"]


def test_a_no_may_be_followed_by_an_offer() -> None:
    """P26, "A no followed by an offer withdraws the untouched `rejection_reply`"."""
    history = rejected().receives("2026-05-22 10:00", OFFER)
    assert history.stage("2026-05-22 10:00") is Stage.OFFER
    assert sorted(history.told("2026-05-23", R, REPLY)) == [
        "2026-05-20 10:00 put rejection_reply",
        "2026-05-22 10:00 put offer_reply",
        "2026-05-22 10:00 withdraw rejection_reply",
    ]


def test_an_offer_may_be_taken_back() -> None:
    """P26: the latest outcome holds."""
    history = offered().receives("2026-05-22 10:00", NO)
    assert history.stage("2026-05-22 10:00") is Stage.REJECTED
    assert sorted(history.told("2026-05-23", R, REPLY))[1:] == [
        "2026-05-22 10:00 put rejection_reply",
        "2026-05-22 10:00 withdraw offer_reply",
    ]


def test_an_invitation_after_a_no_opens_the_matter_again() -> None:
    """P26: the latest holds."""
    history = rejected().receives("2026-05-25 10:00", Kind.INTERVIEW_INVITATION)
    assert history.stage("2026-05-25 10:00") is Stage.ACTION_NEEDED
    assert history.told("2026-05-26", R)[1:] == ["2026-05-25 10:00 withdraw rejection_reply"]


@pytest.mark.parametrize("kind", CLOSING)
def test_papers_and_thanks_that_follow_the_end_change_nothing(kind: Kind) -> None:
    """P26: an offer letter that comes after the yes is `other`."""
    history = offered().sends("2026-05-21 10:00", kind)
    closed = history.opportunity("2026-05-21 10:00")
    history.receives("2026-05-22 10:00", words=60, asks=True).sends("2026-05-23 10:00", Kind.OTHER)
    assert decide(history.events[-2].reading, closed).kind is Kind.OTHER  # type: ignore[union-attr]
    assert history.stage("2026-05-24 10:00") is Stage.CLOSED
    assert history.told("2027-01-01")[-1] < "2026-05-21 10:01"


# ---------------------------------------------------------------------------------------------- P26: the other candidacies


def with_another(**fields: object) -> History:
    """Globex interviewed on Monday 11 May at 10:00; its follow-up opens on Monday 25 May."""
    return interviewed().receives("2026-05-01 10:00", AGREED, GIL, "globex", interview="2026-05-11 10:00/60", **fields)


def test_after_an_acceptance_no_follow_up_stands_or_is_offered_anywhere() -> None:
    """P26; the other opportunities keep their stage."""
    history = with_another().receives("2026-05-26 10:00", OFFER).sends("2026-05-27 10:00", Kind.OFFER_ACCEPTANCE)
    told = history.told("2026-06-20", *NUDGES, about="globex")
    assert told == ["2026-05-25 09:00 put follow_up_1", "2026-05-26 10:00 withdraw follow_up_1"]
    assert history.stage("2026-05-28 10:00", "globex") is Stage.WAITING


def test_the_other_opportunities_keep_their_stage_for_good() -> None:
    """P26, P28: "where no follow-up was ever sent or opened the stage stays `waiting`"."""
    history = with_another().receives("2026-05-20 10:00", OFFER).sends("2026-05-21 10:00", Kind.OFFER_ACCEPTANCE)
    assert history.told("2026-09-01", *NUDGES, about="globex") == []
    assert history.stage("2026-09-01 10:00", "globex") is Stage.WAITING


def test_the_owner_may_resume_another_after_an_acceptance() -> None:
    """P26: "until the owner resumes it"."""
    history = with_another().receives("2026-05-20 10:00", OFFER).sends("2026-05-21 10:00", Kind.OFFER_ACCEPTANCE)
    history.says("2026-06-01 10:00", Verb.RESUME, "globex")
    assert history.told("2026-06-20", *NUDGES, about="globex") == ["2026-06-01 10:00 put follow_up_1"]


def test_a_refusal_leaves_the_others_follow_ups_alone() -> None:
    history = with_another().receives("2026-05-20 10:00", OFFER).sends("2026-05-21 10:00", Kind.OFFER_DECLINE)
    assert history.told("2026-06-20", *NUDGES, about="globex") == ["2026-05-25 09:00 put follow_up_1"]


def test_after_an_acceptance_thanks_and_replies_to_a_no_go_on_elsewhere() -> None:
    """ "Outcomes"."""
    history = interviewed().receives("2026-05-13 10:00", OFFER).sends("2026-05-14 10:00", Kind.OFFER_ACCEPTANCE)
    history.receives("2026-05-10 10:00", AGREED, GIL, "globex", interview="2026-05-15 10:00/60")
    history.receives("2026-05-18 10:00", NO, GIL, "globex")
    assert history.told("2026-06-01", T, R, about="globex") == [
        "2026-05-15 11:00 put thank_you",
        "2026-05-18 10:00 withdraw thank_you",
        "2026-05-18 10:00 put rejection_reply",
    ]


def test_check_ins_stop_after_an_acceptance_too() -> None:
    """ "Outcomes": "follow-ups and check-ins stop"."""
    history = (
        interviewed(check_in=True).sends_draft("2026-05-27 10:00", F1).sends_draft("2026-06-10 10:00", Step.FOLLOW_UP_2)
    )
    history.receives("2026-06-01 10:00", AGREED, GIL, "globex", interview="2026-06-02 10:00")
    history.receives("2026-07-01 10:00", OFFER, GIL, "globex").sends(
        "2026-07-02 10:00", Kind.OFFER_ACCEPTANCE, GIL, "globex"
    )
    assert history.told("2027-01-01", Step.CHECK_IN) == []


def test_where_a_machine_said_no_first_the_persons_letter_is_answered() -> None:
    """P14, P5: one occasion; "who wrote the rejection, else the main contact"."""
    history = interviewed().receives("2026-05-20 10:00", NO, ROBOT, system=True).receives("2026-05-21 10:00", NO, LEE)
    assert [f"{d} {d.verdict.to[0].email}" for d in history.actions("2026-05-22", R)] == [
        "2026-05-20 10:00 put rejection_reply dana@acme.example",
        "2026-05-21 10:00 withdraw rejection_reply dana@acme.example",
        "2026-05-21 10:00 put rejection_reply lee@acme.example",
    ]
    assert history.draft("2026-05-21 10:00", R).in_reply_to == "<acme-2@mail.example>"


def test_a_confirmation_of_nothing_ahead_does_not_undo_a_no() -> None:
    """P26, "the latest outcome holds": only a talk that is to come overtakes a rejection; found by the machine."""
    tale = (
        interviewed()
        .receives("2026-05-26 08:00", Kind.REJECTION)
        .receives("2026-05-26 08:30", Kind.INTERVIEW_CONFIRMATION)
    )
    assert tale.stage("2026-05-27 10:00") is Stage.REJECTED
    assert tale.state("2026-05-27 10:00", Step.FOLLOW_UP_1) in (None, State.OFF, State.MISSED)
