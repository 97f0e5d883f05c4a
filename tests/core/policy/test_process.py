"""P2, P20, P23, P24 and "Dates": what a reply means decides what happens next."""

from __future__ import annotations

import pytest

from agent.core.kinds import decide
from agent.core.opportunity import Need, Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Kind
from tests.core.histories import LEE, ROBOT, History, interviewed

F1, F2 = Step.FOLLOW_UP_1, Step.FOLLOW_UP_2


def opens(history: History, at: str, step: Step = F1) -> str:
    found = history.wish(at, step).opens
    assert found is not None
    return f"{found:%a %Y-%m-%d %H:%M}"


# ----------------------------------------------------------------------------------------------------- P20: machine mail


@pytest.mark.parametrize("kind", [Kind.APPLICATION_RECEIPT, Kind.STATUS_UPDATE, Kind.AUTO_REPLY, Kind.OTHER])
@pytest.mark.parametrize("reply_by", ["", "2026-06-30"], ids=["no date", "with a date"])
def test_automatic_mail_is_no_reply_and_a_date_in_it_is_no_promise(kind: Kind, reply_by: str) -> None:
    """P20."""
    history = interviewed().receives("2026-05-20 10:00", kind, ROBOT, system=True, reply_by=reply_by)
    assert opens(history, "2026-05-21 10:00") == "Tue 2026-05-26 09:00"
    assert history.stage("2026-05-21 10:00") is Stage.WAITING
    assert history.opportunity("2026-05-21 10:00").reply_by is None


@pytest.mark.parametrize("kind", [Kind.APPLICATION_RECEIPT, Kind.STATUS_UPDATE, Kind.AUTO_REPLY, Kind.OTHER])
def test_automatic_mail_leaves_a_standing_follow_up_alone(kind: Kind) -> None:
    """P20."""
    history = interviewed().receives("2026-05-28 10:00", kind, ROBOT, system=True)
    assert history.told("2026-06-20", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


@pytest.mark.parametrize(
    ("kind", "fields", "stage"),
    [
        (Kind.REJECTION, {}, Stage.REJECTED),
        (Kind.OFFER, {}, Stage.OFFER),
        (Kind.INTERVIEW_INVITATION, {}, Stage.ACTION_NEEDED),
        (Kind.INTERVIEW_CONFIRMATION, {"interview": "2026-06-20 10:00"}, Stage.SCHEDULED),
    ],
    ids=["a rejection", "an offer", "an invitation", "a new time"],
)
def test_what_a_tracking_system_says_outright_counts(kind: Kind, fields: dict[str, object], stage: Stage) -> None:
    """P20: "from a tracking system or calendar as from a person"."""
    history = interviewed().receives("2026-05-28 10:00", kind, ROBOT, system=True, **fields)
    assert history.stage("2026-05-28 10:00") is stage
    assert history.told("2026-06-19", *NUDGES)[1:] == ["2026-05-28 10:00 withdraw follow_up_1"]


@pytest.mark.parametrize("kind", [Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED])
def test_a_machine_may_move_or_cancel_an_interview(kind: Kind) -> None:
    """P20."""
    history = interviewed().receives("2026-05-10 10:00", kind, ROBOT, system=True, interview="2026-05-19 10:00")
    (interview,) = history.opportunity("2026-05-10 10:00").interviews
    assert interview.cancelled is (kind is Kind.INTERVIEW_CANCELLED)
    assert (interview.start.day == 19) is (kind is Kind.INTERVIEW_RESCHEDULED)


def test_a_machines_request_after_the_interview_does_not_stop_the_clock() -> None:
    """P20 names what counts from a machine: a rejection, an offer, an invitation, a new time, a cancellation. No request."""
    history = interviewed().receives("2026-05-28 10:00", Kind.INFORMATION_REQUEST, ROBOT, system=True)
    assert history.told("2026-06-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


# ------------------------------------------------------------------------------------------------- P23: status updates


@pytest.mark.parametrize(
    ("wrote", "reply_by", "when"),
    [
        ("2026-05-15 10:00", "2026-06-01", "Mon 2026-06-08 09:00"),
        ("2026-05-15 10:00", "2026-05-16", "Mon 2026-05-25 09:00"),
        ("2026-05-15 10:00", "", "Fri 2026-05-29 09:00"),
        ("2026-05-16 10:00", "", "Mon 2026-06-01 09:00"),
        ("2026-05-15 10:00", "2026-05-12", "Tue 2026-05-26 09:00"),
    ],
    ids=["a date", "a date so near that it is a Saturday", "no date", "no date, on a Saturday", "a date gone by"],
)
def test_a_status_update_sets_the_clock_anew(wrote: str, reply_by: str, when: str) -> None:
    """P23; "A reply-by date that is not after the interview's day is ignored"."""
    assert opens(interviewed().receives(wrote, Kind.STATUS_UPDATE, reply_by=reply_by), "2026-05-17 10:00") == when


def test_after_a_status_update_the_sequence_starts_over_at_the_first_follow_up() -> None:
    """P23, P5: a new silence after a reply is a new occasion."""
    history = interviewed().sends_draft("2026-05-27 10:00", F1).sends_draft("2026-06-10 10:00", F2)
    history.receives("2026-06-15 10:00", Kind.STATUS_UPDATE, reply_by="2026-06-24").sends_draft("2026-07-02 10:00", F1)
    done = history.actions("2026-12-01", *NUDGES)
    assert list(map(str, done)) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-06-10 09:00 put follow_up_2",
        "2026-07-01 09:00 put follow_up_1",
        "2026-07-16 09:00 put follow_up_2",
    ]
    assert len({d.verdict.key for d in done}) == 4


def test_an_update_replaces_the_reply_by_date_and_one_without_a_date_voids_it() -> None:
    """ "A reply-by date stays on record until P23 replaces it (an undated update voids it)"."""
    history = interviewed().receives("2026-05-13 10:00", Kind.STATUS_UPDATE, reply_by="2026-05-20")
    history.receives("2026-05-14 10:00", Kind.STATUS_UPDATE, reply_by="2026-06-05")
    history.receives("2026-05-15 10:00", Kind.STATUS_UPDATE)
    days = [history.opportunity(f"2026-05-{d} 10:00").reply_by for d in (13, 14, 15)]
    assert [f"{d:%F}" if d else "" for d in days] == ["2026-05-20", "2026-06-05", ""]
    assert opens(history, "2026-05-16 10:00") == "Fri 2026-05-29 09:00"


def test_an_undated_update_voids_a_date_before_the_interview_too() -> None:
    """ "an undated update voids it"."""
    history = interviewed().receives("2026-05-06 10:00", Kind.STATUS_UPDATE, reply_by="2026-05-20")
    history.receives("2026-05-08 10:00", Kind.STATUS_UPDATE)
    assert history.opportunity("2026-05-08 10:00").reply_by is None


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(Kind.OTHER, {"unclear": True}), (Kind.INFORMATION_REQUEST, {}), (Kind.ASSESSMENT_REQUEST, {})],
    ids=["an unclear reply", "a request", "an assessment"],
)
def test_an_unclear_reply_or_a_request_leaves_the_date_on_record_and_plans_nothing(
    kind: Kind, fields: dict[str, object]
) -> None:
    """ "Dates" of the settled cases."""
    history = interviewed().receives("2026-05-13 10:00", Kind.STATUS_UPDATE, reply_by="2026-05-20")
    history.receives("2026-05-14 10:00", kind, **fields)
    assert f"{history.opportunity('2026-05-14 10:00').reply_by:%F}" == "2026-05-20"
    assert history.told("2027-01-01", *NUDGES) == []


def test_a_promise_in_a_confirmation_counts_as_well() -> None:
    """A reply-by date is the last day by which the employer said they would answer, in whichever message."""
    history = History().receives(
        "2026-05-04 10:00", Kind.INTERVIEW_CONFIRMATION, interview="2026-05-12 14:00", reply_by="2026-05-22"
    )
    assert opens(history, "2026-05-13 10:00") == "Fri 2026-05-29 09:00"


# --------------------------------------------------------------------------------- P24 and P2: requests, unclear replies

TURNS = [
    pytest.param(Kind.INFORMATION_REQUEST, {}, Need.INFORMATION, "P24", id="P24 information"),
    pytest.param(Kind.ASSESSMENT_REQUEST, {}, Need.ASSESSMENT, "P24", id="P24 assessment"),
    pytest.param(Kind.OTHER, {"unclear": True}, Need.UNCLEAR, "P2", id="P2 unclear"),
]


@pytest.mark.parametrize(("kind", "fields", "need", "rule"), TURNS)
def test_it_is_the_owners_turn_until_they_answer_and_no_nudge_stands(
    kind: Kind, fields: dict[str, object], need: Need, rule: str
) -> None:
    history = interviewed().receives("2026-05-28 10:00", kind, **fields)
    assert history.stage("2026-11-01 10:00") is Stage.ACTION_NEEDED
    assert [p.need for p in history.opportunity("2026-06-01 10:00").pending] == [need]
    done = history.actions("2026-11-01", *NUDGES)[1:]
    assert [(str(d), d.verdict.rule) for d in done] == [("2026-05-28 10:00 withdraw follow_up_1", rule)]


@pytest.mark.parametrize(("kind", "fields", "need", "rule"), TURNS)
@pytest.mark.parametrize(
    ("reply_by", "when"),
    [
        ("", "Mon 2026-06-15 09:00"),
        ("2026-05-30", "Mon 2026-06-15 09:00"),
        ("2026-06-01", "Mon 2026-06-15 09:00"),
        ("2026-06-02", "Tue 2026-06-09 09:00"),
        ("2026-06-19", "Fri 2026-06-26 09:00"),
    ],
    ids=["no date", "a date before the answer", "the day of the answer", "the day after it", "a later date"],
)
def test_after_the_answer_it_waits_again(
    kind: Kind, fields: dict[str, object], need: Need, rule: str, reply_by: str, when: str
) -> None:
    """P24: 14 days after the answer, or 7 days after a reply-by date that lies later than the answer."""
    history = interviewed()
    if reply_by:
        history.receives("2026-05-13 10:00", Kind.STATUS_UPDATE, reply_by=reply_by)
    history.receives("2026-05-14 10:00", kind, **fields).sends("2026-06-01 10:00", Kind.OTHER)
    assert history.stage("2026-06-01 10:00") is Stage.WAITING
    assert opens(history, "2026-06-02 10:00") == when


def test_an_answer_in_another_thread_of_the_opportunity_will_do() -> None:
    """P24: "until the owner answers in that opportunity"."""
    history = interviewed().receives("2026-05-14 10:00", Kind.INFORMATION_REQUEST)
    history.sends("2026-05-15 10:00", Kind.OTHER, LEE, in_reply_to="", ancestors=(), references=())
    assert history.stage("2026-05-15 10:00") is Stage.WAITING


def test_an_answer_in_another_opportunity_answers_nothing_here() -> None:
    history = interviewed().receives("2026-05-14 10:00", Kind.INFORMATION_REQUEST)
    history.receives("2026-05-14 11:00", Kind.INTERVIEW_CONFIRMATION, about="globex", interview="2026-05-20 10:00")
    history.sends("2026-05-15 10:00", Kind.OTHER, about="globex")
    assert history.stage("2026-05-15 10:00") is Stage.ACTION_NEEDED


def test_a_request_stays_open_through_a_status_update() -> None:
    """P24: "until the owner answers in that opportunity"; an update does not answer for them."""
    history = interviewed().receives("2026-05-14 10:00", Kind.INFORMATION_REQUEST)
    history.receives("2026-05-15 10:00", Kind.STATUS_UPDATE, reply_by="2026-05-22")
    assert history.stage("2026-05-15 10:00") is Stage.ACTION_NEEDED


def test_courtesy_does_not_answer_a_request_either() -> None:
    history = interviewed().receives("2026-05-14 10:00", Kind.INFORMATION_REQUEST)
    history.receives("2026-05-15 10:00", Kind.OTHER, courtesy=True)
    assert history.stage("2026-05-15 10:00") is Stage.ACTION_NEEDED


def test_a_request_before_the_interview_is_the_owners_turn_too() -> None:
    history = interviewed().receives("2026-05-06 10:00", Kind.INFORMATION_REQUEST)
    assert history.stage("2026-05-06 10:00") is Stage.ACTION_NEEDED
    history.sends("2026-05-07 10:00", Kind.OTHER)
    assert history.stage("2026-05-07 10:00") is Stage.SCHEDULED
    assert opens(history, "2026-05-13 10:00") == "Tue 2026-05-26 09:00"


def test_the_employers_mail_after_the_end_is_other_and_not_unclear() -> None:
    """ "Outcomes" of the settled cases, and P26: papers and thanks that follow change nothing."""
    history = interviewed().receives("2026-05-14 10:00", Kind.OFFER).sends("2026-05-15 10:00", Kind.OFFER_ACCEPTANCE)
    closed = history.opportunity("2026-05-15 10:00")
    papers = history.receives("2026-05-16 10:00", asks=True, words=40).events[-1].reading  # type: ignore[union-attr]
    decision = decide(papers, closed)
    assert (decision.kind, decision.unclear) == (Kind.OTHER, False)
    assert history.stage("2026-05-16 10:00") is Stage.CLOSED


def test_a_human_message_that_says_nothing_decisive_is_unclear() -> None:
    """P2: in a known opportunity."""
    history = interviewed()
    known = history.opportunity("2026-05-13 10:00")
    mail = history.receives("2026-05-13 10:00", words=6).events[-1].reading  # type: ignore[union-attr]
    assert decide(mail, known).unclear


@pytest.mark.parametrize("at", ["2026-05-12 15:00", "2026-05-26 09:00"])
def test_every_verdict_says_why(at: str) -> None:
    """P9: a rule and words."""
    for wish in interviewed().wishes(at):
        assert wish.rule.startswith("P")
        assert wish.rule[1:].isdigit()
        assert wish.why
    assert State.OFFER in {w.state for w in interviewed().wishes(at)}


@pytest.mark.parametrize(
    ("kind", "fields", "stage", "opens"),
    [
        (Kind.APPLICATION_RECEIPT, {}, Stage.WAITING, "2026-06-04"),
        (Kind.INTERVIEW_CONFIRMATION, {}, Stage.WAITING, "2026-06-04"),
        (Kind.INTERVIEW_CANCELLED, {}, Stage.ACTION_NEEDED, ""),
        (Kind.INTERVIEW_RESCHEDULED, {}, Stage.ACTION_NEEDED, ""),
    ],
)
def test_no_nudge_stands_on_whatever_a_person_writes(
    kind: Kind, fields: dict[str, object], stage: Stage, opens: str
) -> None:
    """P2, P32: also a mail that by its kind has nothing to say two weeks after the talk."""
    history = interviewed().receives("2026-05-28 10:00", kind, **fields)
    if kind in (Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_RESCHEDULED):
        assert [p.need for p in history.opportunity("2026-05-28 10:00").pending]
    assert history.stage("2026-05-28 10:00") is stage
    put = [line for line in history.told("2026-07-01", *NUDGES) if "put" in line]
    assert put[1:] == ([f"{opens} 09:00 put follow_up_1"] if opens else [])


def test_an_answer_that_asks_for_the_state_of_things_is_a_follow_up_too() -> None:
    """P24, P27: three messages into one silence would be one too many."""
    history = interviewed().receives("2026-05-14 10:00", unclear=True).sends("2026-05-20 10:00", Kind.FOLLOW_UP)
    assert history.told("2026-09-01", *NUDGES) == ["2026-06-03 09:00 put follow_up_2"]
