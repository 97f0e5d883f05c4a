"""Dates in prose: interview times with their zones, reply-by dates in the words that people use (POLICY, "reply-by date").

All counted from Wednesday 4 March 2026, 10:12 in London.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.read.mail import reading


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by 12 March", date(2026, 3, 12)),
        ("by the 12th", date(2026, 3, 12)),
        ("by the 2nd", date(2026, 4, 2)),
        ("by Friday", date(2026, 3, 6)),
        ("by COB Tuesday", date(2026, 3, 10)),
        ("next week", date(2026, 3, 13)),
        ("early next week", date(2026, 3, 10)),
        ("by the end of the month", date(2026, 3, 31)),
        ("by mid-April", date(2026, 4, 15)),
        ("in early April", date(2026, 4, 10)),
        ("in late April", date(2026, 4, 30)),
        ("in 1-2 weeks", date(2026, 3, 18)),
        ("in a couple of weeks", date(2026, 3, 18)),
        ("within a fortnight", date(2026, 3, 18)),
        ("in a few days", date(2026, 3, 9)),
        ("in a few weeks", date(2026, 3, 25)),
        ("within 5 business days", date(2026, 3, 11)),
        ("within ten days", date(2026, 3, 14)),
        ("in the week after the 12th", date(2026, 3, 20)),
    ],
)
def test_a_promise_means_its_last_day(words: str, day: date) -> None:
    """POLICY, "reply-by date"."""
    promise = reading(f"Dear Ann,\n\nthank you for coming. We will let you know our decision {words}.\n\nBo").promise
    assert promise is not None
    assert promise.day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They meet on Tuesday, March 17. You should hear from me by the end of that week.", date(2026, 3, 20)),
        ("I'd expect to be able to tell you by the Friday after that, the 13th.", date(2026, 3, 13)),
        (
            "They don't sit until Wednesday, so it'll be Friday the 20th before I've anything to tell you.",
            date(2026, 3, 20),
        ),
        (
            "I pushed them on Friday and the new timeline they gave is 15 March, so you will have it by then.",
            date(2026, 3, 15),
        ),
        ("After that we take our decision and communicate it to you in the course of next week.", date(2026, 3, 13)),
        ("I'll be calling or emailing all three finalists by that Thursday, March 19.", date(2026, 3, 19)),
        (
            "You were to hear today; that's not going to happen. It will be the week of 16 March instead.",
            date(2026, 3, 20),
        ),
        ("Jonas says they need until the end of next week to get through the tests.", date(2026, 3, 13)),
        (
            "The committee sits down next Wednesday and I'll email you with our decision by Friday, March 13.",
            date(2026, 3, 13),
        ),
        ("Visitor parking is Lot C. We will have made up our minds by the end of the month.", date(2026, 3, 31)),
        (
            "They still see two candidates next week and will tell us their decision by Wednesday 18 March.",
            date(2026, 3, 18),
        ),
        (
            "I still see three people, the last one on the 15th, and I ring or mail everybody by the 18th.",
            date(2026, 3, 18),
        ),
        (
            "I've got a couple of other people to see. Figure on hearing from me by the end of the month.",
            date(2026, 3, 31),
        ),
        (
            "We go through the answers on Thursday 5.3. and you will hear our decision by Wednesday 11.3.",
            date(2026, 3, 11),
        ),
        (
            "The board must sign, so we will have the decision by the end of March and I will tell you then.",
            date(2026, 3, 31),
        ),
        ("They read it next week, so please count on an answer from us by Friday 20 March.", date(2026, 3, 20)),
        ("I hope to have this decided by Friday 13 March and will write to you.", date(2026, 3, 13)),
        ("You will have our answer on Friday 13 March late in the afternoon.", date(2026, 3, 13)),
        ("We won't make the 9th. We'll have made our minds up by Wednesday 18 March.", date(2026, 3, 18)),
    ],
)
def test_a_promise_is_found_among_other_days(text: str, day: date) -> None:
    """POLICY, "reply-by date"; corrections within one mail: the last word holds (P23)."""
    promise = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    assert promise is not None
    assert promise.day == day


@pytest.mark.parametrize(
    "text",
    [
        "I have spoken with him on Friday and the process is still open; they don't give me any date.",
        "Half the board is down with influenza, so no quorum on Tuesday and no vote.",
        "I wrote that you have our answer at the latest 10 April. That I must take back.",
        "Ring me if the 19th is no good to you.",
        "Pam and I both liked what we heard Friday.",
        "Thank you for having attended on Thursday.",
        "I enjoyed our call on Monday and I'd like to invite you further in the process.",
        "I hope the others give you a few days more.",
        "I need last three months' payslips from you.",
        "We have read your letter of the 28th with attention.",
        "I didn't want you sat by the phone all weekend.",
        "I need the file by close of day on Monday. Put only your initials in its name.",
        "All new hires are on pause. Today I cannot tell you when we continue.",
        "Mark the pages up as you like and get them back to me within a week.",
        "Rewrite the page in 200 words. I'd like to have it back before Friday noon.",
        "I know I am a week late. They would like a second interview with you.",
    ],
)
def test_a_day_that_is_named_for_another_reason_is_no_promise(text: str) -> None:
    assert reading(f"Dear Ann,\n\n{text}\n\nBo").promise is None


@pytest.mark.parametrize("words", ["soon", "shortly", "as soon as we can", "in due course"])
def test_soon_is_no_date(words: str) -> None:
    assert reading(f"Dear Ann,\n\nwe will let you know our decision {words}.\n\nBo").promise is None


@pytest.mark.parametrize(
    "text",
    [
        "Please let us know by 12 March whether you accept our offer.",
        "Please send us your references by 12 March.",
        "Please complete the exercise by 12 March.",
    ],
)
def test_what_the_owner_must_do_is_no_promise_of_the_employer(text: str) -> None:
    """POLICY: not the deadline of an offer, nor the day by which the owner is to hand something in."""
    assert reading(f"Dear Ann,\n\n{text}\n\nBo").promise is None


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Tuesday 10 March at 10:00", datetime(2026, 3, 10, 10, tzinfo=UTC)),
        ("Tuesday, March 10 at 2:30 p.m.", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("10/03/2026, 14.30", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("2026-03-10 at 14:30", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tuesday 10.3. at 14.30", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tue 10.3. 14.30", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tuesday the 10th, 1430, same room", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tuesday 10 March at 1430", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tuesday 10 March, 15u", datetime(2026, 3, 10, 15, tzinfo=UTC)),
        ("Tuesday 10 March, same time 11 to 11:45", datetime(2026, 3, 10, 11, tzinfo=UTC)),
        ("Tuesday 10 March instead, 10 until half 11, same place", datetime(2026, 3, 10, 10, tzinfo=UTC)),
        ("Tuesday 31.3, 14:00-15:00", datetime(2026, 3, 31, 13, tzinfo=UTC)),
        ("Tuesday at half past two", datetime(2026, 3, 10, 14, 30, tzinfo=UTC)),
        ("Tuesday 10 March at noon", datetime(2026, 3, 10, 12, tzinfo=UTC)),
        ("Tuesday 10 March at 10:00 CET", datetime(2026, 3, 10, 9, tzinfo=UTC)),
        ("Friday 6 March at 10 am EST", datetime(2026, 3, 6, 15, tzinfo=UTC)),
        ("Tuesday 10 March at 10 am ET", datetime(2026, 3, 10, 14, tzinfo=UTC)),
        ("Tuesday 10 March at 9 am PT", datetime(2026, 3, 10, 16, tzinfo=UTC)),
        ("Tuesday 10 March at 15:30 IST", datetime(2026, 3, 10, 10, tzinfo=UTC)),
        ("Tuesday 10 March at 10:00 (UTC+2)", datetime(2026, 3, 10, 8, tzinfo=UTC)),
        ("Tuesday 31 March at 10:00", datetime(2026, 3, 31, 9, tzinfo=UTC)),
        ("Tuesday 31 March at 10:00 BST", datetime(2026, 3, 31, 9, tzinfo=UTC)),
    ],
)
def test_an_hour_means_its_moment(words: str, start: datetime) -> None:
    """Settled cases: without a zone the owner's, unless the sender names one; summer time from 29 March (8 March in America)."""
    found = reading(f"Dear Ann,\n\nyour interview is on {words}.\n\nBo").slots
    assert [slot.start for slot in found if not slot.whole_day] == [start]


def test_the_letters_of_a_phone_are_no_hour() -> None:
    """ "15u" is an hour in Antwerp, "2 u" is nobody's."""
    text = "looking forward to speaking 2 u. Interview for Tester is Tuesday 10 March at 3pm"
    assert [s.start.hour for s in reading(text).slots if not s.whole_day] == [15]


def test_how_somebody_is_fixed_asks_for_the_hour() -> None:
    assert reading("We'd like to interview you for the Tester job. How are you fixed Thursday?").asks
    assert not reading("Hi Ann, how are you? Your interview is on Tuesday 10 March at 10:00.").asks


def test_a_range_of_hours_has_its_end() -> None:
    (slot,) = reading("Dear Ann,\n\nwe expect you on Tuesday 10 March from 10:00 to 11:30.\n\nBo").slots
    assert (slot.end - slot.start).total_seconds() == 90 * 60


def test_every_time_offered_is_found() -> None:
    text = "Dear Ann,\n\nwould Tuesday 10 March at 10:00 or Wednesday 11 March at 15:00 suit you?\n\nBo"
    assert [(s.start.day, s.start.hour) for s in reading(text).slots] == [(10, 10), (11, 15)]


def test_the_hour_moved_from_is_marked_as_old() -> None:
    text = "Dear Ann,\n\nwe have to move your interview from Tuesday 10 March at 10:00 to Thursday 12 March at 14:00.\n\nBo"
    assert {(s.start.day, s.old) for s in reading(text).slots} == {(10, True), (12, False)}


def test_prices_and_references_are_no_hours() -> None:
    text = (
        "Dear Ann,\n\nyour reference is 2026/0310-14 and the fare of £10.30 is refunded. The post is 37.5 hours.\n\nBo"
    )
    assert not [s for s in reading(text).slots if not s.whole_day]


@pytest.mark.parametrize(
    "text", ["Your pay would be fixed at 1200, and you start on Monday 9 March.", "We looked at 1500 letters."]
)
def test_four_bare_digits_are_no_hour_without_a_day_before_them(text: str) -> None:
    assert all(slot.whole_day for slot in reading(f"Dear Ann,\n\n{text}\n\nBo").slots)


def test_each_hour_goes_to_the_day_it_stands_on() -> None:
    """Issue 3, dates: both days are named first, and then "11 on the Tuesday, or half two on the Thursday"."""
    text = "I'm in the building next Tuesday (10th) and Thursday (12th): 11 in the morning on the Tuesday, or half two on the Thursday. Tell me which."
    found = reading(f"Dear Ann,\n\nI'd like an hour with you about the Tester job. {text}\n\nBo").slots
    assert {(s.start.day, s.start.hour) for s in found if not s.whole_day} == {(10, 11), (12, 14)}


def test_a_day_behind_a_comma_is_another_matter() -> None:
    text = "For me better is Tuesday 10 March at 9h, on Monday I am still on shift."
    assert [(s.start.day, s.start.hour) for s in reading(text).slots if not s.whole_day] == [(10, 9)]


@pytest.mark.parametrize("text", ["Equity is 0.15% and the fee is 7.30%.", "We are on the 2nd floor, room 2.11."])
def test_shares_and_rooms_are_no_hours(text: str) -> None:
    assert not [s for s in reading(f"Dear Ann,\n\n{text}\n\nBo").slots if not s.whole_day]


def test_noon_by_which_an_answer_is_wanted_is_a_deadline() -> None:
    """ "I need a yes or no Thursday by noon": nobody meets then."""
    assert all(s.old or s.whole_day for s in reading("I need a yes or no Thursday by noon.").slots)


def test_half_an_hour_in_advance_is_not_how_long_it_takes() -> None:
    text = "Your interview for Tester is on Tuesday 10 March at 11:00. Please report half an hour in advance."
    assert reading(text).length == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The new team starts Monday 1 June, so please come for your interview on Monday at 9:30.", (3, 9)),
        (
            "Please be here for your interview on Tuesday 10 March by 10:00 and let us know if you need parking.",
            (3, 10),
        ),
    ],
)
def test_an_hour_is_that_of_the_interview(text: str, day: tuple[int, int]) -> None:
    found = [s for s in reading(f"Dear Ann,\n\n{text}\n\nBo").slots if not s.whole_day and not s.old]
    assert [(s.start.month, s.start.day) for s in found] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "You will have our decision by Friday; if Friday is too late for you, tell me.",
        "Bo said Friday you will get our decision.",
    ],
)
def test_a_promise_stands_whatever_stands_behind_it(text: str) -> None:
    found = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    assert found is not None
    assert found.day == date(2026, 3, 6)
