"""P11, P12, P13, P31: when follow-ups and check-ins open, to whom, in which thread, and what they say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Kind, Promise
from agent.core.reconcile import Do
from agent.core.words import Verb
from tests.core.histories import DANA, KIM, LEE, NOTHING, ROBOT, History, interviewed

F1, F2, CHECK = Step.FOLLOW_UP_1, Step.FOLLOW_UP_2, Step.CHECK_IN
AGREED = Kind.INTERVIEW_CONFIRMATION
SPRING_HOLIDAY = frozenset({date(2026, 5, 25)})
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


def opening(history: History, at: str, step: Step = F1) -> str:
    """When the step opens, as the plan says at that moment: "Tue 2026-05-26 09:00 +0100"."""
    opens = history.wish(at, step).opens
    assert opens is not None
    return f"{opens:%a %Y-%m-%d %H:%M %z}"


def sent_first(**rules: object) -> History:
    """The owner sent the first follow-up on Wednesday 27 May 2026, as it had been drafted."""
    return interviewed(**rules).sends_draft("2026-05-27 10:00", F1)


# ---------------------------------------------------------------------------------------------------- the first window


@pytest.mark.parametrize(
    ("interview", "reply_by", "opens"),
    [
        ("2026-05-12 14:00", "", "Tue 2026-05-26 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-20", "Wed 2026-05-27 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-13", "Wed 2026-05-20 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-12", "Tue 2026-05-26 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-08", "Tue 2026-05-26 09:00 +0100"),
        ("2026-05-09 10:00", "", "Mon 2026-05-25 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-16", "Mon 2026-05-25 09:00 +0100"),
        ("2026-05-12 14:00", "2026-05-17", "Mon 2026-05-25 09:00 +0100"),
    ],
    ids=[
        "P11 no date: 14 days",
        "P11 a date: 7 days after it",
        "P11 the day after the interview is a date",
        "a date on the interview's day is ignored",
        "a date before the interview is ignored",
        "14 days on is a Saturday",
        "7 days on is a Saturday",
        "7 days on is a Sunday",
    ],
)
def test_the_first_follow_up_opens_at_nine_on_the_day_computed_or_the_next_with_sending_hours(
    interview: str, reply_by: str, opens: str
) -> None:
    """P11, "The windows", "Dates" of the settled cases."""
    history = History().receives("2026-05-04 10:00", AGREED, interview=interview, reply_by=reply_by)
    assert opening(history, "2026-05-18 10:00") == opens


@pytest.mark.parametrize(
    ("zone", "interview", "agreed", "opens"),
    [
        ("Europe/London", "2026-03-17 14:00", "2026-03-10 10:00", "Tue 2026-03-31 09:00 +0100"),
        ("Europe/London", "2026-10-13 14:00", "2026-10-06 10:00", "Tue 2026-10-27 09:00 +0000"),
        ("America/Los_Angeles", "2026-05-12 20:00", "2026-05-04 10:00", "Tue 2026-05-26 09:00 -0700"),
        ("Pacific/Auckland", "2026-05-12 08:00", "2026-05-04 10:00", "Tue 2026-05-26 09:00 +1200"),
        ("Pacific/Kiritimati", "2026-05-12 00:30", "2026-05-04 10:00", "Tue 2026-05-26 09:00 +1400"),
        ("Pacific/Pago_Pago", "2026-05-12 23:30", "2026-05-04 10:00", "Tue 2026-05-26 09:00 -1100"),
        ("Asia/Kolkata", "2026-05-12 01:00", "2026-05-04 10:00", "Tue 2026-05-26 09:00 +0530"),
    ],
    ids=[
        "clocks go forward",
        "clocks go back",
        "far west, evening",
        "far east",
        "first zone",
        "last zone",
        "half hour",
    ],
)
def test_days_are_the_owners_calendar_days(zone: str, interview: str, agreed: str, opens: str) -> None:
    """P31: "14 days after" a Tuesday is the Tuesday two weeks on, wherever the owner is and whatever the clocks do."""
    history = History(zone).receives(agreed, AGREED, interview=interview)
    assert opening(history, f"{opens[4:14]} 08:00") == opens


@pytest.mark.parametrize(
    ("zone", "update", "opens"),
    [
        ("America/Los_Angeles", "2026-05-15 09:00+09:00", "Thu 2026-05-28 09:00 -0700"),
        ("Pacific/Auckland", "2026-05-14 20:00-07:00", "Fri 2026-05-29 09:00 +1200"),
    ],
    ids=[
        "written on Friday in Tokyo, Thursday for the owner",
        "written on Thursday evening in Oregon, Friday for the owner",
    ],
)
def test_the_day_of_a_message_is_counted_in_the_owners_zone(zone: str, update: str, opens: str) -> None:
    """P31, P23: 14 days after the day on which the owner got it."""
    history = interviewed(zone).receives(update, Kind.STATUS_UPDATE)
    assert opening(history, "2026-05-20 10:00") == opens


@pytest.mark.parametrize(
    ("holidays", "agreed", "interview", "opens"),
    [
        (SPRING_HOLIDAY, "2026-05-04 10:00", "2026-05-11 14:00", "Tue 2026-05-26 09:00 +0100"),
        (SPRING_HOLIDAY, "2026-05-04 10:00", "2026-05-09 14:00", "Tue 2026-05-26 09:00 +0100"),
        (CHRISTMAS, "2026-12-04 10:00", "2026-12-11 14:00", "Tue 2026-12-29 09:00 +0000"),
        (CHRISTMAS, "2026-12-11 10:00", "2026-12-18 14:00", "Mon 2027-01-04 09:00 +0000"),
        (frozenset(), "2026-12-04 10:00", "2026-12-11 14:00", "Fri 2026-12-25 09:00 +0000"),
    ],
    ids=["a Monday off", "a weekend and a Monday off", "Christmas", "New Year", "no country is configured"],
)
def test_public_holidays_are_no_sending_days(
    holidays: frozenset[date], agreed: str, interview: str, opens: str
) -> None:
    """ "sending hours": public holidays excepted where a country is configured."""
    history = History(holidays=holidays).receives(agreed, AGREED, interview=interview)
    assert opening(history, f"{interview[:10]} 20:00") == opens


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-26 08:59:59", State.LATER),
        ("2026-05-26 09:00:00", State.OFFER),
        ("2026-06-24 23:59:59", State.OFFER),
    ],
    ids=["a second before", "at nine", "weeks later"],
)
def test_the_window_opens_at_nine_sharp_and_stays_open_while_the_round_lasts(at: str, state: State) -> None:
    """P11: closes "when the round ends"."""
    assert interviewed().state(at, F1) is state


@pytest.mark.parametrize(
    ("rules", "reply_by", "opens"),
    [
        ({"follow_up_without_date_days": 10}, "", "Fri 2026-05-22 09:00 +0100"),
        ({"follow_up_after_reply_by_days": 2}, "2026-05-20", "Fri 2026-05-22 09:00 +0100"),
    ],
    ids=["without a date", "after a date"],
)
def test_the_days_can_be_configured(rules: dict[str, int], reply_by: str, opens: str) -> None:
    history = History(**rules).receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00", reply_by=reply_by)
    assert opening(history, "2026-05-13 10:00") == opens


@pytest.mark.parametrize(
    ("promise", "holidays", "opens"),
    [
        (Promise(None, 7, False, NOTHING), frozenset(), "Tue 2026-05-26 09:00 +0100"),
        (Promise(None, 5, True, NOTHING), frozenset(), "Tue 2026-05-26 09:00 +0100"),
        (Promise(None, 10, True, NOTHING), SPRING_HOLIDAY, "Wed 2026-06-03 09:00 +0100"),
    ],
    ids=["a week", "five business days", "ten business days over a holiday"],
)
def test_a_promise_counted_from_the_interview(promise: Promise, holidays: frozenset[date], opens: str) -> None:
    """ "within a week of your interview" counts from the interview; business days leave out the country's holidays."""
    history = History(holidays=holidays)
    history.receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00", reply_by=promise)
    assert opening(history, "2026-05-13 10:00") == opens


# ---------------------------------------------------------------------------------------------------- one after another


@pytest.mark.parametrize(
    ("sent", "opens"),
    [
        ("2026-05-27 10:00", "Wed 2026-06-10 09:00 +0100"),
        ("2026-05-27 23:59", "Wed 2026-06-10 09:00 +0100"),
        ("2026-05-30 10:00", "Mon 2026-06-15 09:00 +0100"),
        ("2026-07-01 10:00", "Wed 2026-07-15 09:00 +0100"),
    ],
    ids=["a Wednesday", "a Wednesday at midnight", "a Saturday", "long after it opened"],
)
def test_the_second_opens_14_days_after_the_first_was_sent(sent: str, opens: str) -> None:
    """P12."""
    assert opening(interviewed().sends_draft(sent, F1), sent, F2) == opens


def test_the_days_to_the_second_can_be_configured() -> None:
    assert opening(sent_first(second_follow_up_days=7), "2026-05-27 10:00", F2) == "Wed 2026-06-03 09:00 +0100"


def test_the_whole_sequence_of_an_employer_who_never_answers() -> None:
    """P11, P12, P13: two follow-ups at most; the check-in is off."""
    history = sent_first().sends_draft("2026-06-11 10:00", F2)
    assert history.told("2027-05-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-06-10 09:00 put follow_up_2",
    ]


def test_a_first_follow_up_that_is_not_sent_never_brings_the_second() -> None:
    """P12, P29: never two steps at once."""
    assert interviewed().told("2027-05-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


def test_at_most_as_many_follow_ups_as_configured() -> None:
    assert sent_first(max_follow_ups=1).told("2027-05-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


def with_check_ins() -> History:
    """Both follow-ups sent, and each of three check-ins a day after it was put."""
    history = sent_first(check_in=True).sends_draft("2026-06-10 10:00", F2)
    history.sends_draft("2026-07-11 10:00", CHECK).sends_draft("2026-08-11 10:00", CHECK)
    return history.sends_draft("2026-09-11 10:00", CHECK)


def test_check_ins_come_every_30_days_and_three_times_at_most() -> None:
    """P13: 30 days after follow_up_2 was sent on 10 June is 10 July."""
    assert with_check_ins().told("2027-05-01", CHECK) == [
        "2026-07-10 09:00 put check_in",
        "2026-08-10 09:00 put check_in",
        "2026-09-10 09:00 put check_in",
    ]


def test_the_three_check_ins_are_three_occasions() -> None:
    """P5: each has a key of its own, so that each is drafted once."""
    assert len({d.verdict.key for d in with_check_ins().actions("2027-05-01", CHECK)}) == 3


def test_no_check_in_before_both_follow_ups_were_sent() -> None:
    """P13."""
    assert sent_first(check_in=True).told("2027-05-01", CHECK) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.REJECTION, {}),
        (Kind.OFFER, {}),
        (Kind.INTERVIEW_CONFIRMATION, {"interview": "2026-07-22 14:00"}),
        (Kind.STATUS_UPDATE, {}),
        (Kind.OTHER, {"unclear": True}),
        (Kind.INFORMATION_REQUEST, {}),
    ],
    ids=["rejection", "offer", "next round", "status update", "unclear", "request"],
)
@pytest.mark.parametrize("step", [F1, F2, CHECK])
def test_any_reply_takes_a_standing_nudge_back(step: Step, kind: Kind, fields: dict[str, object]) -> None:
    """P2, P23, P24, P25, P26: no nudge is left standing, whichever it is and whatever the reply means."""
    history = interviewed(check_in=True)
    if step is not F1:
        history.sends_draft("2026-05-27 10:00", F1)
    if step is CHECK:
        history.sends_draft("2026-06-10 10:00", F2)
    history.receives("2026-07-15 12:00", kind, **fields)
    assert history.told("2026-07-15 12:00", *NUDGES)[-1] == f"2026-07-15 12:00 withdraw {step}"


# ------------------------------------------------------------------------------------------------- to whom, and in words


def test_it_goes_to_the_main_contact_and_to_nobody_in_copy() -> None:
    """P11; the last who wrote is the main contact."""
    history = interviewed().receives("2026-05-14 09:00", Kind.STATUS_UPDATE, LEE, cc=())
    draft = history.draft("2026-05-29 09:00", F1)
    assert [a.email for a in draft.to] == ["lee@acme.example"]
    assert b"\r\nCc:" not in draft.raw
    assert b"\r\nBcc:" not in draft.raw


def test_it_answers_the_main_contacts_latest_message() -> None:
    """ "Recipients and threads": not the thread's latest, nor another's."""
    history = interviewed().receives("2026-05-13 09:00", Kind.OTHER, LEE, courtesy=True)
    history.receives("2026-05-14 09:00", Kind.STATUS_UPDATE, DANA).receives(
        "2026-05-15 09:00", Kind.OTHER, ROBOT, system=True
    )
    draft = history.draft("2026-05-29 09:00", F1)
    assert draft.in_reply_to == "<acme-2@mail.example>"
    assert draft.references == ("<acme-0@mail.example>", "<acme-1@mail.example>", "<acme-2@mail.example>")
    assert draft.subject == "Re: Backend Engineer at Acme"


@pytest.mark.parametrize("organiser", [DANA, ROBOT], ids=["from a person's calendar", "from a scheduler"])
def test_where_only_a_calendar_wrote_it_answers_the_invitation(organiser: str) -> None:
    """ "Recipients and threads": "where only a calendar wrote, its invitation"."""
    history = History().receives(
        "2026-05-04 10:00",
        AGREED,
        organiser,
        invitation="u@acme.example",
        organiser=organiser,
        guests=(LEE, KIM),
        interview="2026-05-12 14:00",
        subject="Invitation: Backend Engineer at Acme",
        system=organiser == ROBOT,
    )
    draft = history.draft("2026-05-26 09:00", F1)
    assert [a.email for a in draft.to] == ["dana@acme.example" if organiser == DANA else "lee@acme.example"]
    assert (draft.in_reply_to, draft.subject) == ("<acme-0@mail.example>", "Re: Backend Engineer at Acme")


@pytest.mark.parametrize("step", [F1, F2])
@pytest.mark.parametrize("minutes", range(0, 60, 10))
def test_three_short_paragraphs_with_role_organisation_and_date(step: Step, minutes: int) -> None:
    """ "What each contains": for every wording that the hour of an interview may choose."""
    history = History().receives("2026-05-04 10:00", AGREED, interview=f"2026-05-12 14:{minutes:02}/45")
    if step is F2:
        history.sends_draft("2026-05-27 10:00", F1)
    body = history.draft("2026-06-10 09:00", step).body
    greeting, *paragraphs, close = body.strip().split("\n\n")
    assert greeting == "Dear Dana,"
    assert close.endswith("Sam Rivera")
    assert len(paragraphs) <= 3
    assert all(len(p.split()) < 60 for p in paragraphs)
    assert "Backend Engineer" in body
    assert "Acme" in body
    assert "12 May" in body


def test_the_second_adds_the_owners_news_else_a_blank() -> None:
    """P12: with something new to add."""
    without = sent_first().draft("2026-06-10 09:00", F2)
    with_news = (
        sent_first().says("2026-06-01 09:00", Verb.NEWS, text="My patent was granted.").draft("2026-06-10 09:00", F2)
    )
    assert len(without.blanks) == 1
    assert "My patent was granted." in with_news.body
    assert with_news.blanks == ()


def test_the_first_needs_nothing_filled_in() -> None:
    assert interviewed().draft("2026-05-26 09:00", F1).blanks == ()


@pytest.mark.parametrize("days", range(0, 28, 3))
def test_no_follow_up_is_ever_put_outside_sending_hours_when_the_agent_runs_all_the_time(days: int) -> None:
    """ "Follow-ups and check-ins open at 09:00 owner's time … or on the next day with sending hours"."""
    day = datetime.combine(date(2026, 5, 5) + timedelta(days=days), time(14))
    history = History(holidays=SPRING_HOLIDAY, check_in=True)
    history.receives("2026-05-04 10:00", AGREED, interview=f"{day:%Y-%m-%d %H:%M}")
    history.sends_draft("2026-06-27 10:00", F1).sends_draft("2026-08-01 12:00", F2)
    put = [d for d in history.actions("2026-12-01", *NUDGES) if d.do is Do.PUT]
    assert [d.verdict.step for d in put] == [F1, F2, CHECK]
    assert all(history.rules.sending_day(d.at.date()) and d.at.time() == time(9) for d in put)
