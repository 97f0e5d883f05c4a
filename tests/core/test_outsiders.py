"""Letters from people who are not on the employer's side of an opportunity, or who mean another one (P2, P6, I6)."""

from __future__ import annotations

import pytest

from agent.core.decode.headers import parse_addresses
from agent.core.opportunity import Ending, Need
from tests.core.correspondence import Correspondence

MALLORY = "Mallory Finch <mallory@elsewhere.example>"
GIL = "Gil Moss <gil@globexrail.example>"
RITA = "Rita Vale <rita@peopleworks.example>"


@pytest.mark.parametrize(
    "text",
    [
        "Hi Sam,\n\nyour interview on Tuesday 12 May at 14:00 for the Backend Engineer role at Acme is cancelled.\n\nMallory\n",
        "Hi Sam,\n\nwe will not be moving forward with your application for Backend Engineer at Acme.\n\nMallory\n",
        "Hi Sam,\n\nyour interview for Backend Engineer at Acme moves to Thursday 14 May at 10:00.\n\nMallory\n",
    ],
    ids=["cancels", "rejects", "moves"],
)
def test_a_stranger_decides_nothing_and_becomes_no_contact(text: str) -> None:
    """P6: contacts are people on the employer's side. P2: what such a person writes is for the owner to judge."""
    tale = Correspondence().agreed().letter("2026-05-06 09:00", text, sender=MALLORY, alone=True)
    found = tale.opportunity
    assert [c.email for c in found.contacts] == ["dana@acme.example"]
    assert [(i.start.day, i.cancelled) for i in found.interviews] == [(12, False)]
    assert found.outcome is None
    assert [p.need for p in found.pending] == [Need.UNCLEAR]


def test_a_colleague_of_the_same_house_joins() -> None:
    """P6: a human of the employer's domain who writes is a contact."""
    tale = Correspondence().agreed()
    tale.letter(
        "2026-05-06 09:00",
        "Hi Sam,\n\nI look forward to Tuesday.\n\nLee\n",
        sender="Lee Park <lee@acme.example>",
        alone=True,
    )
    assert "lee@acme.example" in [c.email for c in tale.opportunity.contacts]


def test_whoever_answers_in_the_thread_is_no_stranger() -> None:
    """Grouping by thread: only somebody who was given the mail can answer it."""
    tale = (
        Correspondence()
        .agreed()
        .letter(
            "2026-05-06 09:00", "Hi Sam,\n\nI take over from Dana.\n\nKim\n", sender="Kim Osei <kim@people.example>"
        )
    )
    assert "kim@people.example" in [c.email for c in tale.opportunity.contacts]


def test_a_calendar_mail_of_somebody_else_cancels_nothing() -> None:
    """RFC 5546 §2.1.4: only the organiser may change an event; knowing its UID is no proof of being one."""
    event = (
        "{method}\nBEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:talk-1@acme.example\nSEQUENCE:{n}\nDTSTART:20260512T130000Z\n"
        "DTEND:20260512T140000Z\nSUMMARY:Interview: Backend Engineer at Acme\nORGANIZER;CN={who}:mailto:{mail}\n"
        "ATTENDEE:mailto:sam@rivera.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    tale = Correspondence().agreed()
    invitation = event.format(method="REQUEST", n=0, who="Dana Cole", mail="dana@acme.example")
    tale.letter("2026-05-04 11:00", "See you then.", calendar=invitation)
    hostile = event.format(method="CANCEL", n=1, who="Mallory", mail="mallory@elsewhere.example")
    tale.letter("2026-05-05 11:00", "Cancelled.", sender=MALLORY, calendar=hostile, alone=True)
    assert [i.cancelled for i in tale.opportunity.interviews] == [False]
    assert tale.opportunity.main_contact is not None
    assert tale.opportunity.main_contact.email == "dana@acme.example"


def test_a_booking_page_that_invites_in_its_own_name_is_no_stranger() -> None:
    """P6: nobody could be written to there; close calls: what it books is the hour of the talk."""
    event = (
        "REQUEST\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:bk-1@slots.example\nSEQUENCE:0\nDTSTART:20260512T130000Z\n"
        "DTEND:20260512T133000Z\nSUMMARY:Interview - Backend Engineer - Acme\n"
        "ORGANIZER;CN=Acme Scheduling:mailto:no-reply@slots.example\nATTENDEE:mailto:sam@rivera.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    tale = Correspondence().letter(
        "2026-05-04 09:00",
        "Hi Sam,\n\nwe would like to interview you for Backend Engineer at Acme. Please pick a time with the scheduling link below.\n\nDana\n",
    )
    tale.letter(
        "2026-05-04 11:00",
        "You're booked! Interview - Backend Engineer, Tuesday 12 May 2026, 13:00 UTC.",
        sender="Acme Scheduling <no-reply@slots.example>",
        subject="Confirmed: Interview - Backend Engineer",
        calendar=event,
        alone=True,
    )
    assert tale.kind == "interview_confirmation"
    assert [i.start.day for i in tale.opportunity.interviews] == [12]
    assert [c.email for c in tale.opportunity.contacts] == ["dana@acme.example"]


def test_a_no_for_one_firm_is_not_put_down_to_another_of_the_same_writer() -> None:
    """LESSONS: whoever wrote about one firm may write about another; where that one is named exactly, it is meant."""
    tale = Correspondence().agreed()
    tale.letter(
        "2026-05-05 10:00",
        "Hi Sam,\n\nI help Acme with your Backend Engineer interview. See you soon.\n\nRita\n",
        sender=RITA,
    )
    planner = "Your interview for the Timetable Planner role at Globex Rail is confirmed for Monday 11 May at 10:00.\n\nGil Moss\nGlobex Rail\n"
    tale.letter(
        "2026-05-05 11:00", f"Hi Sam,\n\n{planner}", sender=GIL, subject="Timetable Planner at Globex Rail", alone=True
    )
    no = "Hi Sam,\n\nI am sorry to say that Globex Rail will not be moving forward with you for the Timetable Planner role.\n\nRita\n"
    tale.letter("2026-05-13 10:00", no, sender=RITA, subject="Timetable Planner at Globex Rail", alone=True)
    outcome = {o.organisation: o.outcome for o in tale.book.opportunities.values()}
    assert outcome["Acme"] is None
    found = outcome["Globex Rail"]
    pending = next(o.pending for o in tale.book.opportunities.values() if o.organisation == "Globex Rail")
    assert found is not None and found.ending is Ending.REJECTED or pending


@pytest.mark.parametrize(
    ("results", "acted_upon"),
    [
        ("mx.rivera.example; spf=fail smtp.mailfrom=acme.example; dkim=none", True),
        ("mx.rivera.example; spf=softfail; dkim=pass header.d=acme.example", True),
        ("mx.rivera.example; dmarc=fail header.from=acme.example; spf=fail; dkim=none", False),
        ("mx.rivera.example; spf=fail; dkim=fail header.d=acme.example", False),
    ],
    ids=["forwarded", "forwarded and signed", "dmarc fails", "signature is wrong"],
)
def test_spf_alone_proves_no_forgery(results: str, acted_upon: bool) -> None:
    """RFC 7208 §11.3: every forwarded message fails SPF; a genuine answer must not be lost by that."""
    tale = Correspondence().agreed()
    tale.letter(
        "2026-05-13 10:00",
        "Hi Sam,\n\nwe will let you know by Friday 22 May.\n\nDana\n",
        Authentication_Results=results,
    )
    assert (tale.kind == "status_update") is acted_upon


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("=?utf-8?q?Jane_[Acme]_Doe?= <jane@acme.example>", "Jane [Acme] Doe"),
        ("=?utf-8?q?Doe=2C_J=C3=A4n?= <jane@acme.example>", "Doe, Jän"),
        ('"Doe, Jane" <jane@acme.example>', "Doe, Jane"),
    ],
    ids=["brackets", "comma", "quoted"],
)
def test_a_name_is_decoded_before_it_is_taken_apart(written: str, name: str) -> None:
    """RFC 2047 §5 forbids such letters in an encoded word; mail clients write them all the same."""
    assert [a.name for a in parse_addresses([written])] == [name]
