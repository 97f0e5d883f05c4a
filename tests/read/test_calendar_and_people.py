"""Calendar invitations as they are read, and names for the salutation: never a wrong name (issue 3, sections 4 and 5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.core.decode.calendar import parse
from agent.core.read.manner import formal, salutation
from agent.core.read.people import parse_name
from tests.read.mail import conversation, reading


def invitation(
    method: str = "REQUEST", start: str = "20260310T100000", sequence: int = 0, zone: str = "Europe/London"
) -> str:
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "PRODID:-//Firm//Calendar//EN",
            "VERSION:2.0",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            "UID:interview-1@firm.example",
            f"SEQUENCE:{sequence}",
            "DTSTAMP:20260304T100000Z",
            f"DTSTART;TZID={zone}:{start}",
            f"DTEND;TZID={zone}:{start[:9]}11{start[11:]}",
            "SUMMARY:Interview: Tester",
            "ORGANIZER;CN=Bo Boss:mailto:bo@firm.example",
            "ATTENDEE;CN=Ann Example;PARTSTAT=NEEDS-ACTION:mailto:ann@post.example",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )


TEXT = "Interview for the post of Tester. We look forward to meeting you."


def test_an_invitation_is_a_confirmation_at_its_own_hour() -> None:
    """POLICY: a fixed time, calendar invitations included; a calendar part prevails over prose."""
    found = reading(f"{TEXT} On Monday 9 March at 9:00.", calendar=invitation())
    book = conversation(found)
    assert book.rows[found.message_id].kind.value == "interview_confirmation"
    (opportunity,) = book.opportunities.values()
    assert [i.start.astimezone(UTC) for i in opportunity.interviews] == [datetime(2026, 3, 10, 10, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/London", 10), ("GMT Standard Time", 10), ("W. Europe Standard Time", 9), ("India Standard Time", 4)],
)
def test_zones_are_known_by_their_windows_names(zone: str, hour: int) -> None:
    (event,) = reading(TEXT, calendar=invitation(zone=zone)).events
    assert event.start.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "zone", ["x" * 5_000, "Europe", "../../etc/passwd", "\x1b[2J", ""], ids=["long", "folder", "path", "escape", "none"]
)
def test_a_zone_that_is_no_zone_breaks_nothing(zone: str) -> None:
    """Hostile mail: a TZID is a name from outside, and zoneinfo opens files by such names."""
    lines = [
        "BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@acme.example", f"DTSTART;TZID={zone}:20260512T140000",
        f"DTEND;TZID={zone}:20260512T150000", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    events, defects = parse("\r\n".join(lines).encode())
    assert len(events) + len(defects) <= 1


def test_a_later_sequence_with_a_new_hour_moves_the_interview() -> None:
    """P25: one record with its new time."""
    first = reading(TEXT, calendar=invitation())
    second = reading(
        f"{TEXT} Updated.",
        subject="Updated: Interview: Tester",
        calendar=invitation(start="20260312T100000", sequence=1),
    )
    book = conversation(first, second)
    assert book.rows[second.message_id].kind.value == "interview_rescheduled"
    (opportunity,) = book.opportunities.values()
    assert [i.start.day for i in opportunity.interviews if not i.cancelled] == [12]


def test_an_update_with_the_same_hour_is_a_confirmation() -> None:
    """Close calls."""
    first = reading(TEXT, calendar=invitation())
    second = reading(f"{TEXT} Room 2.", subject="Updated: Interview: Tester", calendar=invitation(sequence=1))
    assert conversation(first, second).rows[second.message_id].kind.value == "interview_confirmation"


def test_a_cancelled_invitation_is_a_cancellation() -> None:
    first = reading(TEXT, calendar=invitation())
    second = reading(
        "This event has been cancelled.",
        subject="Cancelled: Interview: Tester",
        calendar=invitation("CANCEL", sequence=1),
    )
    assert conversation(first, second).rows[second.message_id].kind.value == "interview_cancelled"


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("Bo Boss", "Bo"),
        ("Boss, Bo", "Bo"),
        ("Dr. Bo Boss", "Bo"),
        ("CARLA BOSS", "Carla"),
        ("Bo Boss (Firm Ltd)", "Bo"),
        ("María de la Cruz", "María"),
        ("de la Cruz, María", "María"),
        ("Jean-Luc Petit", "Jean-Luc"),
        ("Bo", "Bo"),
        ("careers@firm.example", ""),
        ("", ""),
    ],
)
def test_a_display_name_gives_a_given_name_or_none(written: str, given: str) -> None:
    """P6 and the settled cases: in doubt a neutral salutation, never a wrong name."""
    assert parse_name(written).given == given


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Ann,\n\nthank you.", "Ann"),
        ("Hi Ann!\n\nThanks.", "Ann"),
        ("Hello Ms Example,\n\nthank you.", "Ms Example"),
        ("Sehr geehrte Frau Example,\n\ndanke.", "Frau Example"),
        ("We thank you for your visit.", ""),
    ],
)
def test_the_salutation_is_found(text: str, name: str) -> None:
    assert salutation(text) == name


@pytest.mark.parametrize(
    ("text", "is_formal"),
    [
        ("Dear Ms Example,\n\nthank you.", True),
        ("Dear Dr Example,\n\nthank you.", True),
        ("Sehr geehrte Frau Example,\n\ndanke.", True),
        ("Dear Ann,\n\nthank you.", False),
        ("Hi,\n\nthank you.", False),
    ],
)
def test_formal_is_who_addresses_the_owner_by_title_and_surname(text: str, is_formal: bool) -> None:
    """Settled cases, "Recipients and threads"."""
    assert formal(text, ["Ann Example"]) is is_formal
