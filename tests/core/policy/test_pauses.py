"""P21, P27, P32 and the owner's snooze: what puts a follow-up off, by how much, and that it comes back once."""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Act, Kind
from agent.core.words import Verb
from tests.core.histories import DANA, KIM, LEE, ROBOT, History, interviewed

F1, F2 = Step.FOLLOW_UP_1, Step.FOLLOW_UP_2


def opens(history: History, at: str, step: Step = F1) -> str:
    found = history.wish(at, step).opens
    assert found is not None
    return f"{found:%a %Y-%m-%d %H:%M}"


# --------------------------------------------------------------------------------------------------- P21: out of office


@pytest.mark.parametrize(
    ("noticed", "returns", "when"),
    [
        ("2026-05-20 10:00", "2026-06-02", "Wed 2026-06-03 09:00"),
        ("2026-05-20 10:00", "2026-06-05", "Mon 2026-06-08 09:00"),
        ("2026-05-20 10:00", "2026-06-06", "Mon 2026-06-08 09:00"),
        ("2026-05-20 10:00", "2026-05-26", "Wed 2026-05-27 09:00"),
        ("2026-05-20 10:00", "2026-05-25", "Tue 2026-05-26 09:00"),
        ("2026-05-20 10:00", "2026-05-21", "Tue 2026-05-26 09:00"),
        ("2026-05-22 10:00", "", "Fri 2026-05-29 09:00"),
        ("2026-05-15 10:00", "", "Tue 2026-05-26 09:00"),
        ("2026-05-23 10:00", "", "Mon 2026-06-01 09:00"),
    ],
    ids=[
        "put off to the day after the return",
        "back on a Friday: Monday",
        "back on a Saturday: Monday",
        "back on the very day: the day after",
        "back the day before: as it was",
        "back long before: never brought forward",
        "no return date: seven days after the notice",
        "no return date, over in time: as it was",
        "no return date, seven days on is a Saturday",
    ],
)
def test_absence_of_the_main_contact_puts_the_follow_up_off(noticed: str, returns: str, when: str) -> None:
    """P21; "Back on the 14th" and "away until the 14th": a follow-up then opens on the 15th."""
    assert opens(interviewed().away(noticed, returns), "2026-05-25 12:00") == when


def test_a_follow_up_that_stands_is_taken_back_until_the_return_and_put_once_more() -> None:
    """P21, and "Drafts over time": the same occasion, withdrawn once, put once more."""
    history = interviewed().away("2026-05-28 10:00", "2026-06-02")
    done = history.actions("2026-09-01", *NUDGES)
    assert list(map(str, done)) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-28 10:00 withdraw follow_up_1",
        "2026-06-03 09:00 put follow_up_1",
    ]
    assert len({d.verdict.key for d in done}) == 1
    assert done[1].verdict.rule == "P21"


def test_the_day_after_the_return_may_be_a_holiday() -> None:
    history = interviewed(holidays=frozenset({date(2026, 5, 25)})).away("2026-05-20 10:00", "2026-05-24")
    assert opens(history, "2026-05-20 12:00") == "Tue 2026-05-26 09:00"
    history = interviewed(holidays=frozenset({date(2026, 6, 1)})).away("2026-05-20 10:00", "2026-05-31")
    assert opens(history, "2026-05-20 12:00") == "Tue 2026-06-02 09:00"


def test_the_absence_of_somebody_else_puts_nothing_off() -> None:
    """P21: "from the contact who would be addressed"."""
    history = interviewed().receives("2026-05-14 10:00", Kind.OTHER, LEE, courtesy=True)
    history.receives("2026-05-15 10:00", Kind.STATUS_UPDATE).away("2026-05-16 10:00", "2026-08-01", LEE)
    assert opens(history, "2026-05-20 12:00") == "Fri 2026-05-29 09:00"


def test_a_colleague_who_writes_is_addressed_instead_of_the_absent() -> None:
    """P21 asks after the contact who would be addressed, whoever that is now."""
    history = interviewed().away("2026-05-13 10:00", "2026-08-01").receives("2026-05-14 10:00", Kind.STATUS_UPDATE, LEE)
    assert opens(history, "2026-05-20 12:00") == "Thu 2026-05-28 09:00"


def test_one_who_writes_is_back() -> None:
    history = interviewed().away("2026-05-13 10:00", "2026-08-01").receives("2026-05-14 10:00", Kind.STATUS_UPDATE)
    assert opens(history, "2026-05-20 12:00") == "Thu 2026-05-28 09:00"


def test_an_absence_notice_is_no_reply_and_changes_no_stage() -> None:
    """P20, P21."""
    history = interviewed().away("2026-05-13 10:00", "2026-05-14")
    assert history.stage("2026-05-13 12:00") == "waiting"
    assert history.told("2026-06-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


def test_an_absence_puts_the_second_follow_up_off_too() -> None:
    history = interviewed().sends_draft("2026-05-27 10:00", F1).away("2026-05-27 10:01", "2026-06-12")
    assert opens(history, "2026-06-01 12:00", F2) == "Mon 2026-06-15 09:00"


def test_an_absence_does_not_touch_the_thank_you() -> None:
    """P21 speaks of follow-ups."""
    assert interviewed().away("2026-05-12 16:00", "2026-05-30").told("2026-05-20", Step.THANK_YOU) == [
        "2026-05-12 15:00 put thank_you"
    ]


def test_a_delayed_delivery_notice_says_nothing_of_an_absence() -> None:
    """ "A delayed-delivery notice is `auto_reply`"."""
    history = interviewed().receives("2026-05-20 10:00", Kind.AUTO_REPLY, DANA, report=True, automatic=True)
    assert opens(history, "2026-05-21 12:00") == "Tue 2026-05-26 09:00"


# ------------------------------------------------------------------------------------------------------- P32: courtesy


@pytest.mark.parametrize(
    ("came", "when"),
    [
        ("2026-05-13 10:00", "Tue 2026-05-26 09:00"),
        ("2026-05-19 10:00", "Tue 2026-05-26 09:00"),
        ("2026-05-20 10:00", "Wed 2026-05-27 09:00"),
        ("2026-05-22 23:59", "Fri 2026-05-29 09:00"),
        ("2026-05-23 10:00", "Mon 2026-06-01 09:00"),
    ],
    ids=["long before", "seven days before", "six days before", "late on a Friday", "seven days on is a Saturday"],
)
def test_after_courtesy_the_clock_goes_on_but_no_follow_up_opens_within_seven_days(came: str, when: str) -> None:
    """P32."""
    history = interviewed().receives(came, Kind.OTHER, courtesy=True)
    assert opens(history, "2026-05-25 12:00") == when
    assert history.stage("2026-05-25 12:00") == "waiting"


def test_courtesy_takes_a_standing_follow_up_back_for_seven_days() -> None:
    """P32: "no follow-up stands or is offered sooner than 7 days after it"; one key, put once more."""
    done = interviewed().receives("2026-05-28 10:00", Kind.OTHER, courtesy=True).actions("2026-09-01", *NUDGES)
    assert list(map(str, done)) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-28 10:00 withdraw follow_up_1",
        "2026-06-04 09:00 put follow_up_1",
    ]
    assert len({d.verdict.key for d in done}) == 1
    assert done[1].verdict.rule == "P32"


def test_courtesy_after_the_first_does_not_bring_the_second_forward() -> None:
    history = interviewed().sends_draft("2026-05-27 10:00", F1).receives("2026-05-28 10:00", Kind.OTHER, courtesy=True)
    assert opens(history, "2026-05-29 10:00", F2) == "Wed 2026-06-10 09:00"


def test_the_length_of_the_pause_can_be_configured() -> None:
    history = interviewed(pause_days=3).receives("2026-05-25 10:00", Kind.OTHER, courtesy=True)
    assert opens(history, "2026-05-25 12:00") == "Thu 2026-05-28 09:00"


# -------------------------------------------------------------------------------------------------- P27: the owner wrote


@pytest.mark.parametrize(
    ("wrote", "when"),
    [
        ("2026-05-13 10:00", "Tue 2026-05-26 09:00"),
        ("2026-05-19 23:00", "Tue 2026-05-26 09:00"),
        ("2026-05-20 10:00", "Wed 2026-05-27 09:00"),
        ("2026-05-24 10:00", "Mon 2026-06-01 09:00"),
    ],
    ids=["long before", "seven days before", "six days before", "on a Sunday"],
)
@pytest.mark.parametrize("to", [DANA, KIM], ids=["to the main contact", "to another contact"])
def test_any_other_message_of_the_owner_counts_as_contact(to: str, wrote: str, when: str) -> None:
    """P27: "to whichever contact … sooner than 7 days after it"."""
    history = interviewed().receives("2026-05-05 10:00", Kind.OTHER, KIM, courtesy=True)
    history.receives("2026-05-05 11:00", Kind.OTHER, DANA, courtesy=True)
    assert opens(history.sends(wrote, Kind.OTHER, to), "2026-05-25 12:00") == when


def test_a_standing_follow_up_is_taken_back_for_seven_days_after_the_owner_wrote() -> None:
    """P27."""
    assert interviewed().sends("2026-05-28 10:00", Kind.OTHER).told("2026-09-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-28 10:00 withdraw follow_up_1",
        "2026-06-04 09:00 put follow_up_1",
    ]


@pytest.mark.parametrize("sent", ["2026-05-20 10:00", "2026-05-28 10:00"], ids=["before it opened", "while it stood"])
def test_a_follow_up_of_the_owners_own_settles_the_next_step_and_starts_its_waiting_time(sent: str) -> None:
    """P27, P12."""
    history = interviewed().sends(sent, Kind.FOLLOW_UP)
    assert history.state("2026-05-29 12:00", F1) is None
    assert opens(history, "2026-05-29 12:00", F2)[4:14] == {"2026-05-20 10:00": "2026-06-03"}.get(sent, "2026-06-11")
    assert history.told("2026-05-29", F1)[1:] == (["2026-05-28 10:00 withdraw follow_up_1"] if "28" in sent else [])


def test_two_follow_ups_of_the_owners_own_settle_both() -> None:
    """P27, "two follow-ups at most"."""
    history = interviewed().sends("2026-05-20 10:00", Kind.FOLLOW_UP).sends("2026-05-29 10:00", Kind.FOLLOW_UP)
    assert history.told("2026-12-01", *NUDGES) == []


def test_a_note_about_another_offer_is_a_follow_up() -> None:
    """P27."""
    history = interviewed().sends("2026-05-20 10:00", Kind.FOLLOW_UP, acts=(Act.OTHER_OFFER,))
    assert opens(history, "2026-05-29 12:00", F2) == "Wed 2026-06-03 09:00"


def test_a_thank_you_is_not_any_other_message() -> None:
    """P27: it settles thank-yous, and puts nothing off."""
    history = interviewed().sends("2026-05-24 10:00", Kind.THANK_YOU)
    assert opens(history, "2026-05-25 12:00") == "Tue 2026-05-26 09:00"


# ------------------------------------------------------------------------------------------ the latest pause, and snooze


def test_of_several_pauses_the_latest_counts() -> None:
    history = (
        interviewed().sends("2026-05-25 10:00", Kind.OTHER).receives("2026-05-26 08:00", Kind.OTHER, courtesy=True)
    )
    history.away("2026-05-26 08:30", "2026-05-28").says("2026-05-26 08:40", Verb.SNOOZE, until="2026-06-01")
    wish = history.wish("2026-05-26 12:00", F1)
    assert (f"{wish.opens:%F}", wish.state) == ("2026-06-02", State.LATER)
    assert wish.rule == "P32"


@pytest.mark.parametrize(
    ("until", "when"),
    [
        ("2026-06-10", "Wed 2026-06-10 09:00"),
        ("2026-06-13", "Mon 2026-06-15 09:00"),
        ("2026-05-20", "Tue 2026-05-26 09:00"),
    ],
    ids=["a Wednesday", "a Saturday", "before it opens anyway"],
)
def test_the_owner_may_put_a_follow_up_off(until: str, when: str) -> None:
    assert opens(interviewed().says("2026-05-14 10:00", Verb.SNOOZE, until=until), "2026-05-15 10:00") == when


def test_a_snoozed_draft_that_stands_is_taken_back_and_put_once_more() -> None:
    history = interviewed().says("2026-05-28 10:00", Verb.SNOOZE, until="2026-06-10")
    assert history.told("2026-09-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-28 10:00 withdraw follow_up_1",
        "2026-06-10 09:00 put follow_up_1",
    ]


def test_resume_ends_a_snooze() -> None:
    history = interviewed().says("2026-05-14 10:00", Verb.SNOOZE, until="2026-08-10")
    assert opens(history.says("2026-05-20 10:00", Verb.RESUME), "2026-05-21 10:00") == "Tue 2026-05-26 09:00"


def test_a_machine_that_answers_is_no_pause() -> None:
    """P20: nothing automatic puts a follow-up off but the absence of the one addressed."""
    history = interviewed().receives("2026-05-25 10:00", Kind.OTHER, ROBOT, system=True)
    assert opens(history, "2026-05-25 12:00") == "Tue 2026-05-26 09:00"


def test_a_draft_that_its_owner_edited_is_left_when_it_is_put_off() -> None:
    """P3: never withdrawn; it is reported once and nothing is put beside it when the pause is over."""
    history = interviewed().edits("2026-05-27 10:00", F1).receives("2026-05-28 10:00", Kind.OTHER, courtesy=True)
    assert set(history.told("2026-09-01", *NUDGES)[1:]) == {"2026-05-28 10:00 yield follow_up_1"}
