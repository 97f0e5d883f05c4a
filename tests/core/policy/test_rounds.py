"""P25, the stages and "Interviews" of the settled cases: agreed, moved, called off, and the round that begins anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.core.opportunity import Interview, Need, Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Kind
from agent.core.values import Attendee, Event, Method
from agent.core.words import Verb
from tests.core.histories import DANA, KIM, LEE, History, address, interviewed

T, F1, DEBRIEF, PREP = Step.THANK_YOU, Step.FOLLOW_UP_1, Step.DEBRIEF, Step.PREP
AGREED, INVITED = Kind.INTERVIEW_CONFIRMATION, Kind.INTERVIEW_INVITATION
MOVED, OFF = Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED


def interviews(history: History, at: str) -> list[Interview]:
    return sorted(history.opportunity(at).interviews, key=lambda i: i.start)


def hours(history: History, at: str) -> list[str]:
    return [f"{i.start:%m-%d %H:%M}-{i.end:%H:%M}{' off' if i.cancelled else ''}" for i in interviews(history, at)]


# ----------------------------------------------------------------------------------------------------------- the stages


def test_the_stages_of_one_candidacy_in_their_order() -> None:
    """ "Stages": derived at each moment, from the messages alone."""
    history = History().receives("2026-05-01 10:00", Kind.APPLICATION_RECEIPT, system=True)
    history.receives("2026-05-02 10:00", INVITED).sends("2026-05-03 10:00", Kind.OTHER)
    history.receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00/60")
    history.receives("2026-05-20 10:00", unclear=True).sends("2026-05-21 10:00", Kind.OTHER)
    history.receives("2026-05-22 10:00", Kind.OFFER).receives("2026-05-23 10:00", Kind.REJECTION)
    at = ["05-01 10:00", "05-02 10:00", "05-03 10:00", "05-04 10:00", "05-12 14:59", "05-12 15:00", "05-20 10:00"]
    at += ["05-21 10:00", "05-22 10:00", "05-23 10:00"]
    assert [history.stage(f"2026-{moment}").value for moment in at] == [
        "applied",
        "action_needed",
        "applied",
        "scheduled",
        "scheduled",
        "waiting",
        "action_needed",
        "waiting",
        "offer",
        "rejected",
    ]


BEFORE = (Stage.APPLIED, Stage.WAITING, Stage.NO_RESPONSE)
AFTER = (Stage.WAITING, Stage.ACTION_NEEDED, Stage.NO_RESPONSE)
OUTCOMES = (Stage.OFFER, Stage.REJECTED, Stage.CLOSED)


@pytest.mark.parametrize(
    ("held", "stage"),
    [
        *(pytest.param(False, s, id=f"before any interview: {s}") for s in (*BEFORE, *OUTCOMES)),
        *(pytest.param(True, s, id=f"after an interview: {s}") for s in (*AFTER, *OUTCOMES)),
    ],
)
def test_the_owners_command_sets_the_stage(held: bool, stage: Stage) -> None:
    """ "The stage is derived from the messages and the owner's commands"."""
    history = interviewed() if held else History().receives("2026-05-01 10:00", Kind.APPLICATION_RECEIPT, system=True)
    history.says("2026-05-14 10:00", Verb.TELL, stage=stage.value)
    assert history.stage("2026-05-14 10:00") is stage


def test_an_unanswered_invitation_is_the_owners_turn() -> None:
    history = interviewed().receives("2026-05-20 10:00", INVITED, interview=("2026-05-28 10:00", "2026-05-29 10:00"))
    assert history.stage("2026-08-01 10:00") is Stage.ACTION_NEEDED


# -------------------------------------------------------------------------------------------------------- the new round


def second_round(at: str = "2026-05-18 10:00") -> History:
    """After the first talk on 12 May with a promise for the 22nd, a second is agreed for 2 June."""
    history = History().receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00/60", reply_by="2026-05-22")
    return history.receives(at, AGREED, interview="2026-06-02 10:00/60")


def test_a_new_interview_ends_the_old_round_and_voids_its_date() -> None:
    """P25: "its untouched drafts are withdrawn, its reply-by date is void, a new round begins"."""
    history = second_round()
    assert history.opportunity("2026-05-18 10:00").reply_by is None
    assert history.stage("2026-05-18 10:00") is Stage.SCHEDULED
    assert history.told("2026-05-19", T, DEBRIEF) == [
        "2026-05-12 15:00 put thank_you",
        "2026-05-12 15:00 put debrief",
        "2026-05-18 10:00 withdraw thank_you",
        "2026-05-18 10:00 withdraw debrief",
    ]


def test_the_new_round_has_thanks_and_follow_ups_of_its_own() -> None:
    """P25, P5."""
    assert second_round().told("2026-06-20", T, F1)[2:] == [
        "2026-06-02 11:00 put thank_you",
        "2026-06-16 09:00 put follow_up_1",
    ]


def test_a_standing_follow_up_goes_with_its_round() -> None:
    history = second_round("2026-05-30 10:00")
    assert history.told("2026-06-01", *NUDGES) == [
        "2026-05-29 09:00 put follow_up_1",
        "2026-05-30 10:00 withdraw follow_up_1",
    ]


def test_a_round_merely_asked_for_ends_nothing() -> None:
    """P25: "(not merely asked for)"."""
    history = interviewed().receives("2026-05-13 10:00", INVITED)
    assert history.told("2026-05-14", T, DEBRIEF) == ["2026-05-12 15:00 put thank_you", "2026-05-12 15:00 put debrief"]


def test_a_promise_made_together_with_the_invitation_is_about_the_new_round() -> None:
    history = interviewed().receives(
        "2026-05-15 10:00", INVITED, interview=("2026-05-20 10:00",), reply_by="2026-05-29"
    )
    history.receives("2026-05-16 10:00", AGREED, interview="2026-05-20 10:00")
    assert f"{history.opportunity('2026-05-16 10:00').reply_by:%F}" == "2026-05-29"


@pytest.mark.parametrize("how", ["mail", "word"])
def test_a_rest_is_over_with_its_round(how: str) -> None:
    """P4: "the rest of that round's sequence rests"; P25: a new round begins."""
    history = interviewed().deletes("2026-05-13 10:00", T)
    if how == "mail":
        history.receives("2026-05-14 10:00", AGREED, interview="2026-05-20 10:00")
    else:
        history.says("2026-05-14 10:00", Verb.TELL, interview="2026-05-20T10:00+01:00")
    assert history.told("2026-06-20", F1) == ["2026-06-03 09:00 put follow_up_1"]


# ------------------------------------------------------------------------------------------------------ moved, and where


def moved(**fields: object) -> History:
    """On the Monday before, Dana moves the talk of Tuesday 12 May to Thursday 14 May at 11:00."""
    return interviewed().receives(
        "2026-05-11 16:00", MOVED, interview="2026-05-14 11:00/60", was="2026-05-12 14:00", **fields
    )


def test_a_moved_interview_is_one_record_with_its_new_time() -> None:
    """ "Interviews" of the settled cases; P25: same round, new times."""
    assert hours(moved(), "2026-05-11 16:00") == ["05-14 11:00-12:00"]


def test_what_was_made_for_the_old_time_is_withdrawn() -> None:
    """P25, P5: a new hour is a new occasion."""
    assert moved().told("2026-05-15") == [
        "2026-05-11 14:00 put prep",
        "2026-05-11 16:00 withdraw prep",
        "2026-05-13 11:00 put prep",
        "2026-05-14 12:00 put thank_you",
        "2026-05-14 12:00 put debrief",
    ]


def test_an_interview_moved_after_its_hour_takes_its_thank_you_with_it() -> None:
    """P25: nobody came on Tuesday, so there is nothing to thank for until Thursday."""
    history = interviewed().receives("2026-05-12 16:00", MOVED, interview="2026-05-14 11:00/60", was="2026-05-12 14:00")
    assert history.told("2026-05-15", T) == [
        "2026-05-12 15:00 put thank_you",
        "2026-05-12 16:00 withdraw thank_you",
        "2026-05-14 12:00 put thank_you",
    ]


@pytest.mark.parametrize(
    ("promised", "kept"),
    [("2026-05-13", False), ("2026-05-14", False), ("2026-05-15", True), ("2026-05-29", True)],
    ids=["before the new time", "on its day", "the day after", "long after"],
)
def test_a_reschedule_keeps_a_later_date_and_voids_an_earlier_one(promised: str, kept: bool) -> None:
    """ "Dates" of the settled cases."""
    history = History().receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00", reply_by=promised)
    history.receives("2026-05-11 16:00", MOVED, interview="2026-05-14 11:00", was="2026-05-12 14:00")
    assert (history.opportunity("2026-05-11 16:00").reply_by is not None) is kept


@pytest.mark.parametrize(
    ("interview", "becomes"),
    [("2026-05-14 11:00/30", "05-14 11:00-11:30"), ("2026-05-14", "05-14 14:00-15:00")],
    ids=["an hour and a length", "only the day moved"],
)
def test_what_the_move_does_not_say_stays_as_it_was(interview: str, becomes: str) -> None:
    history = interviewed().receives("2026-05-11 16:00", MOVED, interview=interview, was="2026-05-12 14:00")
    assert hours(history, "2026-05-11 16:00") == [becomes]


def test_a_calendar_that_moves_the_hour_moves_the_interview() -> None:
    """P20, P25: the same UID is the same interview."""
    history = History().receives(
        "2026-05-04 10:00", AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 14:00"
    )
    history.receives("2026-05-06 10:00", MOVED, invitation="u@acme", organiser=DANA, interview="2026-05-13 09:00")
    assert hours(history, "2026-05-06 10:00") == ["05-13 09:00-10:00"]


def test_an_updated_invitation_with_the_same_hour_changes_nothing() -> None:
    """ "A reminder of an agreed interview, and an updated invitation with the same hour, are `interview_confirmation`"."""
    history = History()
    for at in ("2026-05-04 10:00", "2026-05-12 13:00"):
        history.receives(at, AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 14:00")
    assert hours(history, "2026-05-12 13:00") == ["05-12 14:00-15:00"]
    assert history.told("2026-05-13", T) == ["2026-05-12 15:00 put thank_you"]


def test_a_calendar_part_prevails_over_prose() -> None:
    """ "Dates" of the settled cases."""
    history = interviewed().receives(
        "2026-05-04 10:05", AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 15:30/45"
    )
    assert hours(history, "2026-05-04 10:05") == ["05-12 15:30-16:15"]


# ----------------------------------------------------------------------------------------------------------- called off


def called_off(at: str = "2026-05-11 10:00") -> History:
    return interviewed().receives(at, OFF)


def test_a_cancelled_interview_plans_nothing_and_is_the_owners_turn() -> None:
    """P25."""
    history = called_off()
    assert history.stage("2026-07-01 10:00") is Stage.ACTION_NEEDED
    assert [p.need for p in history.opportunity("2026-05-11 10:00").pending] == [Need.CANCELLED]
    assert history.told("2027-01-01") == []


def test_the_note_in_the_inbox_is_taken_back_with_the_interview() -> None:
    """P25: what was made for it is withdrawn, the preparation note too."""
    assert called_off("2026-05-11 18:00").told("2026-06-01") == [
        "2026-05-11 14:00 put prep",
        "2026-05-11 18:00 withdraw prep",
    ]


def test_a_time_arranged_later_is_a_new_interview_and_the_cancelled_one_stays_on_record() -> None:
    """P25."""
    history = called_off().receives("2026-05-20 10:00", AGREED, interview="2026-05-27 10:00/60")
    assert hours(history, "2026-05-20 10:00") == ["05-12 14:00-15:00 off", "05-27 10:00-11:00"]
    assert history.stage("2026-05-20 10:00") is Stage.SCHEDULED
    assert history.told("2026-05-28", T) == ["2026-05-27 11:00 put thank_you"]


@pytest.mark.parametrize("interview", ["2026-05-12 14:00", "2026-05-27 10:00"], ids=["the same hour", "another hour"])
def test_a_calendar_may_use_the_same_event_for_the_time_arranged_later(interview: str) -> None:
    """P25: the cancelled one stays on record though the UID is the same."""
    history = History().receives(
        "2026-05-04 10:00", AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 14:00"
    )
    history.receives("2026-05-06 10:00", OFF)
    history.receives("2026-05-07 10:00", AGREED, invitation="u@acme", organiser=DANA, interview=interview)
    assert sorted(i.cancelled for i in interviews(history, "2026-05-07 10:00")) == [False, True]


def test_a_second_round_called_off_brings_nothing_of_the_first_back() -> None:
    """P25: the old round ended when the new one was agreed; "Cancelled without a new time: nothing planned"."""
    history = interviewed().receives("2026-05-13 09:00", AGREED, interview="2026-05-20 10:00")
    history.receives("2026-05-13 17:00", OFF, was="2026-05-20 10:00")
    assert history.told("2026-05-13 16:00", T, DEBRIEF)[2:] == [
        "2026-05-13 09:00 withdraw thank_you",
        "2026-05-13 09:00 withdraw debrief",
    ]
    assert history.told("2026-07-01", T, DEBRIEF, *NUDGES)[4:] == []


@pytest.mark.parametrize(
    ("kind", "hour"), [(OFF, "05-20 10:00-11:00 off"), (MOVED, "05-21 10:00-11:00")], ids=["called off", "moved"]
)
def test_a_change_that_names_no_old_time_is_about_the_talk_ahead_and_not_the_one_just_held(
    kind: Kind, hour: str
) -> None:
    """P25; what was held yesterday cannot be called off."""
    history = interviewed().receives("2026-05-13 09:00", AGREED, interview="2026-05-20 10:00/60")
    history.receives("2026-05-13 17:00", kind, interview="2026-05-21 10:00" if kind is MOVED else ())
    assert hours(history, "2026-05-13 17:00") == ["05-12 14:00-15:00", hour]


def test_a_call_off_of_one_of_two_talks_leaves_the_other() -> None:
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-20 10:00/60")
    history.receives("2026-05-06 10:00", OFF, was="2026-05-20 10:00")
    assert hours(history, "2026-05-06 10:00") == ["05-12 14:00-15:00", "05-20 10:00-11:00 off"]


# ------------------------------------------------------------------------------------------------- how a time is agreed


def test_an_owner_who_picks_one_of_the_times_offered_has_agreed_it() -> None:
    """ "Interviews" of the settled cases; the length offered holds."""
    history = History().receives("2026-05-01 10:00", INVITED, interview=("2026-05-12 14:00/45", "2026-05-13 09:00/45"))
    history.sends("2026-05-02 10:00", AGREED, interview="2026-05-13 09:00")
    assert hours(history, "2026-05-02 10:00") == ["05-13 09:00-09:45"]
    assert history.stage("2026-05-02 10:00") is Stage.SCHEDULED


def test_a_yes_to_the_only_time_offered_agrees_it() -> None:
    """ "one time proposed with "please confirm" is an `interview_invitation`, agreed when the owner says yes"."""
    history = History().receives("2026-05-01 10:00", INVITED, interview=("2026-05-12 14:00",))
    assert hours(history, "2026-05-01 10:00") == []
    assert hours(history.sends("2026-05-02 10:00", AGREED), "2026-05-02 10:00") == ["05-12 14:00-15:00"]


def test_or_when_a_calendar_invitation_follows() -> None:
    history = History().receives("2026-05-01 10:00", INVITED, interview=("2026-05-12 14:00",))
    history.receives("2026-05-02 10:00", AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 14:00")
    assert hours(history, "2026-05-02 10:00") == ["05-12 14:00-15:00"]
    assert history.stage("2026-05-02 10:00") is Stage.SCHEDULED


def test_an_owner_who_only_offers_times_has_agreed_nothing_until_the_employer_answers() -> None:
    """ "Close calls"."""
    history = (
        History()
        .receives("2026-05-01 10:00", INVITED)
        .sends("2026-05-02 10:00", Kind.OTHER, interview="2026-05-12 14:00")
    )
    assert hours(history, "2026-05-02 10:00") == []
    history.receives("2026-05-03 10:00", AGREED, interview="2026-05-12 14:00")
    assert hours(history, "2026-05-03 10:00") == ["05-12 14:00-15:00"]


@pytest.mark.parametrize(
    ("interview", "becomes"),
    [
        ("2026-05-12 14:00", "05-12 14:00-15:00"),
        ("2026-05-12", "05-12 09:00-17:00"),
        ("2026-05-12 14:00/20", "05-12 14:00-14:20"),
    ],
    ids=["no end given: an hour", "only a date given: 09:00 to 17:00", "an end given"],
)
def test_how_long_an_interview_lasts(interview: str, becomes: str) -> None:
    """ "Words"."""
    assert hours(History().receives("2026-05-04 10:00", AGREED, interview=interview), "2026-05-04 10:00") == [becomes]


def test_the_hour_told_later_refines_a_mere_date() -> None:
    history = History().receives("2026-05-04 10:00", AGREED, interview="2026-05-12")
    history.receives("2026-05-08 10:00", AGREED, interview="2026-05-12 16:00/30")
    assert hours(history, "2026-05-08 10:00") == ["05-12 16:00-16:30"]


def test_rooms_and_resources_are_nobody() -> None:
    """ "Interviews" of the settled cases."""
    history = interviewed()
    mail = history.receives(
        "2026-05-05 10:00", AGREED, invitation="u@acme", organiser=DANA, interview="2026-05-12 14:00"
    ).events
    start = history.moment("2026-05-12 14:00")
    room = Attendee(address("Blue Room <blue@acme.example>"), person=False)
    event = Event(Method.REQUEST, "u@acme", 0, start, start, organiser=Attendee(address(DANA)), attendees=(room,))
    last = mail[-1]
    mail[-1] = replace(last, reading=replace(last.reading, events=(event,)))  # type: ignore[type-var, union-attr]
    assert history.opportunity("2026-05-05 10:00").contact("blue@acme.example") is None
    assert [a.email for v in history.wishes("2026-05-12 15:00", T) for a in v.to] == ["dana@acme.example"]


def test_people_named_over_several_messages_are_each_thanked_once() -> None:
    """P10."""
    history = History().receives("2026-05-01 10:00", INVITED, people=("Lee Park",), interview=("2026-05-12 14:00",))
    history.receives(
        "2026-05-02 10:00", AGREED, invitation="u@acme", organiser=DANA, guests=(LEE, KIM), interview="2026-05-12 14:00"
    )
    wishes = history.wishes("2026-05-12 15:00", T)
    assert sorted(a.email for v in wishes for a in v.to) == ["kim@acme.example", "lee@acme.example"]
    assert all(w.state is State.OFFER for w in wishes)
    assert PREP not in {w.step for w in wishes}


def test_each_of_two_talks_agreed_in_advance_is_thanked_for() -> None:
    """P10, P25: the second was agreed before the first was held, so it ends nothing when it comes."""
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-20 10:00/60")
    assert history.told("2026-05-21", T) == [
        "2026-05-12 15:00 put thank_you",
        "2026-05-20 11:00 put thank_you",
    ]


def test_two_talks_of_one_day_bring_one_thank_you_to_each_person() -> None:
    """P5, P10: a panel in two parts is thanked for once."""
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-12 16:00/60")
    assert history.told("2026-05-14", T) == ["2026-05-12 15:00 put thank_you"]


def test_what_the_owner_has_let_go_is_not_nudged_until_they_write() -> None:
    """P28: told by command; a later reply revives it."""
    history = interviewed().says("2026-05-27 10:00", Verb.TELL, stage=Stage.NO_RESPONSE.value)
    assert history.told("2026-08-01", *NUDGES)[1:] == ["2026-05-27 10:00 withdraw follow_up_1"]
    history.receives("2026-08-03 10:00", Kind.STATUS_UPDATE)
    assert history.stage("2026-08-03 10:00") is Stage.WAITING
    assert history.told("2026-08-20", *NUDGES)[2:] == ["2026-08-17 09:00 put follow_up_1"]
