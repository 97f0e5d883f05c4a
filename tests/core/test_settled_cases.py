"""The settled cases and close calls of POLICY that are a matter of words, each in a letter as people write it."""

from __future__ import annotations

import pytest

from agent.core.opportunity import Need
from tests.core.correspondence import DANA, ME, Correspondence

HELLO, BYE = "Hi Sam,\n\n", "\n\nBest wishes,\nDana"


def after_the_talk(text: str, at: str = "2026-05-14 10:00", country: str = "") -> Correspondence:
    """Two days after the talk of Tuesday 12 May Dana writes (14 May is a Thursday)."""
    return Correspondence(country).agreed().letter(at, HELLO + text + BYE)


# ------------------------------------------------------------------------------------------------------------- the dates


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("next week", "2026-05-22"),
        ("the week after the 18th", "2026-05-29"),
        ("early next week", "2026-05-19"),
        ("by mid-June", "2026-06-15"),
        ("in early June", "2026-06-10"),
        ("in late June", "2026-06-30"),
        ("in one to two weeks", "2026-05-28"),
        ("in a couple of weeks", "2026-05-28"),
        ("within a fortnight", "2026-05-28"),
        ("in a few days", "2026-05-19"),
        ("in a few weeks", "2026-06-04"),
        ("within 5 business days", "2026-05-21"),
        ("by the end of the month", "2026-05-31"),
        ("by COB Tuesday", "2026-05-19"),
        ("by the 12th", "2026-06-12"),
        ("by the 20th", "2026-05-20"),
        ("by Friday 29 May", "2026-05-29"),
    ],
)
def test_the_words_of_a_promise_name_its_last_day(words: str, day: str) -> None:
    """ "reply-by date": a range means its last day; a bare "the 12th" is the next one on or after the day of writing."""
    found = after_the_talk(f"We will get back to you with a decision {words}.")
    assert (found.kind, found.reply_by) == ("status_update", day)


@pytest.mark.parametrize(
    "words",
    [
        "We'll know by Friday 29 May.",
        "We will decide by Friday 29 May.",
        "We should have news for you by Friday 29 May.",
        "You will hear from us by Friday 29 May.",
    ],
)
def test_to_know_to_decide_and_to_have_news_are_promises_like_to_answer(words: str) -> None:
    """ "Dates": "We'll know / decide / have news by …" is a reply-by date."""
    assert after_the_talk(words).reply_by == "2026-05-29"


@pytest.mark.parametrize("words", ["soon", "shortly", "as soon as we can"])
def test_soon_is_no_date(words: str) -> None:
    """ "reply-by date": "Soon", "shortly", "as soon as we can" are no date."""
    found = after_the_talk(f"We are still reviewing the candidates and will get back to you {words}.")
    assert (found.kind, found.reply_by) == ("status_update", "")


def test_business_days_leave_out_the_countrys_holidays() -> None:
    """ "Dates": the spring bank holiday of 25 May is none in Great Britain."""
    text = "We will get back to you with a decision within 8 business days."
    assert after_the_talk(text).reply_by == "2026-05-26"
    assert after_the_talk(text, country="GB").reply_by == "2026-05-27"


def test_after_the_bank_holiday_is_the_friday_of_that_week() -> None:
    """ "reply-by date": the Friday of the week that its next working day is in."""
    text = "We will let you know our decision after the bank holiday."
    assert after_the_talk(text, country="GB").reply_by == "2026-05-29"


def test_in_the_new_year_is_the_15th_of_january() -> None:
    """ "reply-by date"."""
    found = after_the_talk("We will get back to you with a decision in the new year.", at="2026-12-14 10:00")
    assert found.reply_by == "2027-01-15"


def test_a_promise_is_counted_in_the_zone_of_the_writers_clock() -> None:
    """ "reply-by date": counted from the calendar day on which its sender wrote it, in the zone of the Date header."""
    found = after_the_talk("We will get back to you with a decision in a few days.", at="2026-05-15T07:30+10:00")
    assert found.reply_by == "2026-05-20"


def test_the_deadline_of_an_offer_is_no_reply_by_date() -> None:
    """ "reply-by date": "not the deadline of an offer"; P15."""
    found = after_the_talk(
        "We are delighted to offer you the position of Backend Engineer. Please let us have your answer by Friday 22 May."
    )
    assert (found.kind, found.reply_by) == ("offer", "")
    assert found.opportunity.outcome is not None
    assert f"{found.opportunity.outcome.deadline:%F}" == "2026-05-22"


def test_the_day_by_which_the_owner_is_to_hand_something_in_is_no_reply_by_date() -> None:
    """ "reply-by date": nor that."""
    found = after_the_talk("What is your notice period? Please let me know by Friday 22 May.")
    assert (found.kind, found.reply_by) == ("information_request", "")


@pytest.mark.parametrize("words", ["I am back on the 21st", "I am away until Thursday 21 May"])
def test_back_on_and_away_until_mean_the_same_day(words: str) -> None:
    """ "Dates": both mean the 21st; P21."""
    found = Correspondence().agreed()
    found.letter(
        "2026-05-14 10:00",
        f"Thank you for your message. I am out of the office and {words}.",
        subject="Automatic reply: Backend Engineer at Acme",
        Auto_Submitted="auto-replied",
    )
    assert found.kind == "auto_reply"
    contact = found.opportunity.contact("dana@acme.example")
    assert contact is not None and f"{contact.away_until:%F}" == "2026-05-21"


def test_a_time_without_a_zone_is_the_owners_unless_the_sender_names_one() -> None:
    """ "Dates"."""
    (here,) = Correspondence().agreed().opportunity.interviews
    (there,) = Correspondence().agreed("Tuesday 12 May at 14:00 CEST").opportunity.interviews
    assert (f"{here.start:%H:%M}", f"{there.start:%H:%M}") == ("14:00", "13:00")


# ----------------------------------------------------------------------------------------------------------- close calls


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Unfortunately I have to cancel our interview on Tuesday. I am sorry.", "interview_cancelled"),
        (
            "We have to cancel your interview on Tuesday, as we have decided not to move forward with your application.",
            "rejection",
        ),
        (
            "I have to move our interview on Tuesday. Could we say Thursday 14 May at 10:00 instead? "
            "I have put it in the calendar for then.",
            "interview_rescheduled",
        ),
        ("The role has been filled, so we are closing your application.", "rejection"),
        (
            "Hiring is frozen for now, so nothing is decided yet. We will be in touch once we know more.",
            "status_update",
        ),
        ("Just a reminder of your interview on Tuesday 12 May at 14:00.", "interview_confirmation"),
    ],
    ids=["called off", "called off and turned down", "moved", "filled", "frozen for now", "a reminder"],
)
def test_close_calls_before_a_talk(text: str, kind: str) -> None:
    """ "Close calls"; "Interviews": a call-off is `interview_cancelled` whatever its reason, unless it turns the owner down."""
    assert Correspondence().agreed().letter("2026-05-08 10:00", HELLO + text + BYE).kind == kind


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("Thanks, will look at this with the team.", True),
        ("👍", True),
        ("Can you call me?", True),
        ("Thank you for your kind note, Sam. It was lovely to meet you too.", False),
    ],
)
def test_what_is_in_doubt_is_unclear_and_mere_courtesy_is_not(text: str, unclear: bool) -> None:
    """P2, P32, "Message kinds"."""
    found = after_the_talk(text)
    assert (found.kind, found.row.unclear) == ("other", unclear)


def test_turned_down_for_this_role_but_pointed_to_another_is_a_rejection() -> None:
    """ "Close calls"."""
    found = after_the_talk(
        "Unfortunately we have decided not to move forward with you for Backend Engineer. "
        "You might be interested in our Data Engineer opening, though, so do have a look."
    )
    assert found.kind == "rejection"
    assert found.opportunity.role == "Backend Engineer"


def test_one_time_proposed_with_please_confirm_is_an_invitation() -> None:
    """ "Close calls": agreed when the owner says yes."""
    found = Correspondence().letter(
        "2026-05-04 10:00",
        "Hi Sam,\n\nThank you for applying for the Backend Engineer role at Acme. Could we interview you on Tuesday 12 May "
        "at 14:00? Please confirm.\n\nBest wishes,\nDana Cole\nAcme\n",
    )
    assert (found.kind, found.opportunity.interviews) == ("interview_invitation", ())
    assert [p.need for p in found.opportunity.pending] == [Need.INVITATION]
    found.letter("2026-05-04 12:00", "Hi Dana,\n\nYes, that works for me.\n\nSam", ME, DANA)
    assert (found.kind, len(found.opportunity.interviews)) == ("interview_confirmation", 1)


def test_come_on_friday_at_two_is_a_confirmation() -> None:
    """ "Close calls"."""
    assert Correspondence().agreed("Friday 8 May at 14:00").kind == "interview_confirmation"


def test_congratulations_on_a_next_round_is_no_offer() -> None:
    """ "Close calls"."""
    text = "Congratulations, you have made it to the next round! Which day next week would suit you for a second interview?"
    assert after_the_talk(text).kind == "interview_invitation"


def test_a_receipt_stays_a_receipt_when_it_promises_an_answer() -> None:
    """ "Close calls"; P20: a date in it is no promise."""
    found = Correspondence().letter(
        "2026-05-04 10:00",
        "Dear Sam Rivera,\n\nWe have received your application for the position of Backend Engineer at Acme. We will get "
        "back to you by 22 May.\n\nThis is an automated message.\n",
        "Acme Careers <no-reply@acme.example>",
        subject="Your application for Backend Engineer at Acme",
        Auto_Submitted="auto-generated",
    )
    assert found.kind == "application_receipt"
    assert found.opportunity.reply_by is None


# --------------------------------------------------------------------------------------------- what makes an opportunity


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Job offer", "We are pleased to offer you the position of Account Manager with a salary of 90,000."),
        ("Your visa interview", "Your visa interview at the embassy is confirmed for Tuesday 12 May at 14:00."),
        ("Flat viewing", "Thank you for your application for the flat. The viewing is on Tuesday 12 May at 14:00."),
        ("Podcast", "We would love to interview you for our podcast. Could you do Tuesday 12 May at 14:00?"),
        ("Loan", "Your application for a loan has been received. We will decide by Friday 8 May."),
    ],
    ids=["an offer out of nowhere", "a visa", "a flat", "a podcast", "a loan"],
)
def test_what_is_no_job_of_the_owners_makes_no_opportunity(subject: str, text: str) -> None:
    """ "What makes an opportunity": study, visa, flat, loan, club, press and podcast make none; nor an offer out of nowhere."""
    found = Correspondence().letter(
        "2026-05-04 10:00", f"Dear Sam,\n\n{text}\n\nKind regards,\nPat Lane", subject=subject
    )
    assert (found.kind, found.book.opportunities) == ("other", {})


def test_the_owners_own_application_makes_one() -> None:
    """ "What makes an opportunity": `applied`, kind `other`; its recipient is a contact once they write."""
    found = Correspondence().letter(
        "2026-05-01 10:00",
        "Dear Dana,\n\nI would like to apply for the position of Backend Engineer at Acme. Please find my CV attached.\n\n"
        "Kind regards,\nSam Rivera",
        ME,
        DANA,
        subject="Application: Backend Engineer",
    )
    assert (found.kind, found.opportunity.contacts) == ("other", ())
    found.letter("2026-05-04 10:00", HELLO + "Could you send us your references, please?" + BYE)
    assert [c.email for c in found.opportunity.contacts] == ["dana@acme.example"]


# ------------------------------------------------------------------------------------------------- calendars and courses

EVENT = """{method}
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
METHOD:{method}
BEGIN:VEVENT
UID:talk@acme.example
SEQUENCE:{sequence}
DTSTAMP:20260504T090000Z
DTSTART:{start}
DTEND:{end}
SUMMARY:Interview Backend Engineer
ORGANIZER;CN=Dana Cole:mailto:dana@acme.example
ATTENDEE;CN=Lee Park:mailto:lee@acme.example
ATTENDEE;CN=Blue Room;CUTYPE=ROOM:mailto:blue@acme.example
ATTENDEE;CN=Sam Rivera:mailto:sam@rivera.example
END:VEVENT
END:VCALENDAR
"""


def event(
    method: str = "REQUEST", start: str = "20260512T130000Z", end: str = "20260512T140000Z", number: int = 0
) -> str:
    return EVENT.format(method=method, start=start, end=end, sequence=number)


def test_a_calendar_part_prevails_over_the_prose_around_it() -> None:
    """ "Dates": and rooms are nobody ("Interviews")."""
    found = Correspondence().agreed("Tuesday 12 May at 15:00")
    found.letter("2026-05-04 11:00", HELLO + "Here is the invitation for 15:00." + BYE, calendar=event())
    (interview,) = found.opportunity.interviews
    assert f"{interview.start:%H:%M}" == "14:00"
    assert {c.email for c in found.opportunity.contacts} == {"dana@acme.example", "lee@acme.example"}


@pytest.mark.parametrize(
    ("calendar", "kind"),
    [
        (event(number=1), "interview_confirmation"),
        (event(start="20260513T130000Z", end="20260513T140000Z", number=1), "interview_rescheduled"),
        (event("CANCEL", number=1), "interview_cancelled"),
    ],
    ids=["the same hour", "another hour", "cancelled"],
)
def test_what_an_updated_invitation_says(calendar: str, kind: str) -> None:
    """ "Close calls", P20: a machine that moves or cancels is believed."""
    found = Correspondence().agreed().letter("2026-05-04 11:00", "Invitation", calendar=event())
    assert found.letter("2026-05-06 11:00", "Updated", calendar=calendar).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "auto_reply"), ("Sorry, I have to cancel our interview on Tuesday, I am ill.", "interview_cancelled")],
    ids=["bare", "with a comment"],
)
def test_a_bare_calendar_response_is_automatic_and_one_with_a_comment_is_what_it_says(text: str, kind: str) -> None:
    """ "Close calls", "What makes an opportunity"."""
    reply = event("REPLY").replace("ATTENDEE;CN=Lee Park", "ATTENDEE;PARTSTAT=DECLINED;CN=Lee Park")
    if text:
        reply = reply.replace("SUMMARY:", f"COMMENT:{text.replace(',', chr(92) + ',')}\nSUMMARY:")
    found = Correspondence().agreed().letter("2026-05-04 11:00", "Invitation", calendar=event())
    found.letter("2026-05-06 11:00", text, "Lee Park <lee@acme.example>", calendar=reply)
    assert found.kind == kind
