"""Hours in the words of two people: asked or fixed, picked, in somebody's zone, moved, and those that are no appointment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent.core.fold import Book
from tests.read.mail import BO, ME, WRITTEN, conversation, kind_alone, message, reading
from tests.read.test_kinds import AHEAD, after, kind_of

CHOICE = "Dear Ann,\n\nwe would like to meet you about the post of Tester. Could you do Tuesday 10 March at 14:00 or Wednesday 18 March at 14:30?\n\nBo"


def answered(text: str, offer: str = CHOICE) -> tuple[Book, str]:
    """The book after an offer of times and the owner's answer; the Message-ID of the answer."""
    first = reading(offer)
    headers = {"In-Reply-To": first.message_id, "References": first.message_id}
    own = reading(
        text, sender=ME, to=BO, subject="Re: Application for Tester", at=WRITTEN + timedelta(hours=2), headers=headers
    )
    return conversation(first, own), own.message_id


def hours(book: Book) -> list[str]:
    return [f"{i.start:%d %H:%M}" for o in book.opportunities.values() for i in o.live_interviews]


@pytest.mark.parametrize(
    "text",
    [
        "your interview for the post of Tester is on Monday 9 March at 10:00. Please let me know if you have any dietary requirements.",
        "your interview for the post of Tester is confirmed for Monday 9 March at 10:00. Do you need a parking space?",
        "You have booked the following interview slot for the post of Tester: Monday 9 March, 10:00.",
        "our director has you in her diary for the interview as Tester on Monday 9 March at 10:00.",
    ],
)
def test_a_fixed_hour_stays_fixed_whatever_else_is_asked(text: str) -> None:
    """Close calls: "come on Friday at 14:00" is a confirmation; a question about tea does not ask for the hour."""
    assert kind_alone(text) == "interview_confirmation"


@pytest.mark.parametrize(
    "text",
    [
        "I have you pencilled in for the interview as Tester on Monday 9 March at 10:00. Would that do you?",
        "they want to see you for the post of Tester on Monday 9 March at 10:00. Can you do that? Let me know and I'll lock it in.",
        "the interview for the post of Tester takes place on Monday 9 March at 10:00. Kindly confirm your availability by return mail.",
        "they like your CV for the Tester vacancy. They've put forward Monday 9 March, 10.30am at the works. Can you get the morning off?",
    ],
)
def test_one_hour_that_waits_for_a_yes_is_an_invitation(text: str) -> None:
    """Close calls: one time proposed with "please confirm" is an invitation."""
    assert kind_alone(text) == "interview_invitation"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Hi Bo,\n\nput me down for the Wednesday, 14:30. I have a late shift on the 10th.\n\nAnn", "18 14:30"),
        (
            "Hi Bo,\n\nTuesday 10 March at 14:00 is no problem, I have been getting up at 4 for years.\n\nAnn",
            "10 14:00",
        ),
        ("Can, Tuesday 10 March 14:00. See you!\n\nAnn", "10 14:00"),
    ],
)
def test_a_slot_is_picked_in_the_owners_words(text: str, hour: str) -> None:
    """Settled cases: an owner who picks one of the times offered has confirmed and agreed it."""
    book, message_id = answered(text)
    assert book.rows[message_id].kind.value == "interview_confirmation"
    assert hours(book) == [hour]


def test_a_request_for_another_day_agrees_nothing() -> None:
    """Close calls: an owner who only offers times writes `other`."""
    text = "Hi Bo,\n\nmy trouble is that on the 10th I am on the desk until three. Could we take the Thursday or Friday of that week?\n\nAnn"
    book, message_id = answered(text)
    assert book.rows[message_id].kind.value == "other"
    assert hours(book) == []


def test_the_hour_of_the_other_sides_zone_is_the_one_that_was_offered() -> None:
    """Settled cases: the sender names a zone, here for all hours at once; the owner repeats the hour as it was written."""
    offer = (
        "Dear Ann,\n\nyou are on the shortlist for the post of Tester. Bo has these hours, all in Norwegian time:\n\n"
        "Tue 10 March 10:00\nWed 11 March 12:30\n\nWhich is best?\n\nBo"
    )
    book, message_id = answered("Hi Bo,\n\nI take Wed 11 March, 12:30 your time and 11:30 mine.\n\nAnn", offer)
    assert book.rows[message_id].kind.value == "interview_confirmation"
    assert hours(book) == ["11 11:30"]


@pytest.mark.parametrize(
    ("words", "utc"),
    [
        ("10:00 in Vilnius, 8:00 for you", datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        ("10:00 Danish time", datetime(2026, 3, 10, 9, 0, tzinfo=UTC)),
        ("10:00 Lisbon time", datetime(2026, 3, 10, 10, 0, tzinfo=UTC)),
        ("10:00 New Zealand time", datetime(2026, 3, 9, 21, 0, tzinfo=UTC)),
    ],
)
def test_a_zone_is_known_by_country_and_city(words: str, utc: datetime) -> None:
    slots = reading(f"We meet on Tuesday 10 March, {words}.").slots
    assert [s.start.astimezone(UTC) for s in slots] == [utc]


@pytest.mark.parametrize(
    "text",
    [
        "As discussed by phone at noon, your interview is on Tuesday 10 March from 10:00 to 11:00.",
        "My shift ends at 3, so the interview is on Tuesday 10 March at 10:00.",
        "Your train leaves at 7, and the interview is on Tuesday 10 March at 10:00.",
    ],
)
def test_an_hour_of_something_else_is_no_appointment(text: str) -> None:
    assert [f"{s.start:%d %H:%M}" for s in reading(text).slots] == ["10 10:00"]


def test_another_hour_of_the_same_day_moves_the_interview() -> None:
    """P25: rescheduled, though no day is named."""
    book, message_id = after(AHEAD, "Dear Ann,\n\nwe have to change it to 13:30 the same day. Sorry!\n\nBo")
    assert book.rows[message_id].kind.value == "interview_rescheduled"
    assert hours(book) == ["10 13:30"]


def test_the_window_of_a_test_is_no_interview() -> None:
    text = "You have been shortlisted for the online aptitude test. Test window: 9 March 10:00 to 10 March 22:00. Please take it on a laptop."
    assert kind_of("Dear Ann,\n\nwe have received your application for the post of Tester.\n\nBo", text) == (
        "assessment_request"
    )


def test_the_subject_of_a_reply_says_nothing_new() -> None:
    """ "Re: Thank you!" is the owner's own word, and makes "let's talk" no courtesy (P2, P32)."""
    earlier = message("Dear Bo,\n\nthank you for the interview.\n\nAnn", sender=ME, to=BO, subject="Thank you!")
    headers = {"In-Reply-To": earlier.message_id}
    assert not reading("Let's talk!\n\nBo", subject="Re: Thank you!", headers=headers).said


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("from 2 till half 3", [("14:00", "15:30")]),
        ("14h-15h", [("14:00", "15:00")]),
        ("1430 to 1500", [("14:30", "15:00")]),
        ("0930", [("09:30", "10:30")]),
    ],
)
def test_ranges_are_read_however_they_are_written(words: str, hours: list[tuple[str, str]]) -> None:
    slots = reading(f"We meet on Tuesday 10 March, {words}.").slots
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in slots] == hours


@pytest.mark.parametrize("text", ["My years there were 2019-2023.", "Call 0961 445566.", "Form 1405-1612 is enclosed."])
def test_numbers_are_not_ranges_of_hours(text: str) -> None:
    assert not [s for s in reading(text).slots if not s.whole_day and s.day_known]


def test_an_hour_for_either_day_is_offered_on_both() -> None:
    slots = reading(
        "They have Tuesday 10 March or Wednesday 11 March, from 2 till 3 either day. Which is better?"
    ).slots
    assert [f"{s.start:%d %H:%M}" for s in slots] == ["10 14:00", "11 14:00"]


def test_half_an_hour_earlier_is_another_hour_where_somebody_moves_it() -> None:
    """P25; without the move the same gap would be taken for the same hour."""
    book, message_id = after(
        AHEAD, "Dear Ann,\n\nI have to move our talk on Tuesday by thirty minutes, to 10:30.\n\nBo"
    )
    assert book.rows[message_id].kind.value == "interview_rescheduled"
    assert hours(book) == ["10 10:30"]


def test_minutes_of_a_part_are_not_the_length_of_the_talk() -> None:
    text = "Your interview is on Tuesday 10 March at 10:00. We start with a ten minute chat about a case."
    assert [(s.end - s.start) for s in reading(text).slots] == [timedelta(hours=1)]


def test_of_hours_close_together_the_one_that_was_named_is_agreed() -> None:
    """Settled cases: 1:45 was offered beside 1:00, and each lies within the other's three quarters of an hour."""
    offer = (
        "Dear Ann,\n\nwe would like to talk with you about the post of Tester on Tuesday 10 March. Open times are 1:00, 1:45 and"
        " 2:30, thirty minutes each. Which do you prefer?\n\nBo"
    )
    book, _ = answered("Dear Bo,\n\n10 March at 1:45 would be my pick, thank you.\n\nAnn", offer)
    assert hours(book) == ["10 13:45"]


def test_a_bare_list_of_hours_on_two_days_is_a_choice() -> None:
    """Close calls: several proposals are an invitation, without letters or bullets before them too."""
    text = (
        "the second stage for the post of Tester is a talk with Olaf Brandt. Olaf has these windows:\nTuesday 10 March at 15:00\n"
        "Wednesday 11 March at 9:00\n\nWhich one fits you more?"
    )
    assert kind_alone(text) == "interview_invitation"
