"""Whose job it is: employers behind portals and agencies, forms, titles of other people, and mail that is about no job at all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent.core.fold import Book
from agent.core.read.headings import department
from tests.read.mail import ME, WRITTEN, ZONE, conversation, reading

PORTAL = "Jobgate Health <noreply@jobgate-health.example>"
RECRUITER = "Hank Dill <hank@dillmoye.example>"
SIGNED = "\n\n--\nHank Dill\nDill & Moye Search, LLC"


CALENDAR = """BEGIN:VCALENDAR
PRODID:-//Example//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:one@clinic.example
SEQUENCE:0
DTSTAMP:20260304T100000Z
DTSTART:20260310T100000Z
DTEND:20260310T110000Z
SUMMARY:Interview Ann Example
ORGANIZER;CN=Bev Lister:mailto:bev@adcht.example
ATTENDEE;CN=Ann Example:mailto:ann@post.example
END:VEVENT
END:VCALENDAR
"""


def opportunities(book: Book) -> list[tuple[str, str]]:
    return [(o.organisation, o.role) for o in book.opportunities.values()]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for applying for the post of Ward Clerk (Band 3) at Aire Dales Community Health Trust.",
        "We have received your application.\n\nPost: Ward Clerk (Band 3)\nEmployer: Aire Dales Community Health Trust",
    ],
)
def test_a_portal_is_not_the_employer_that_it_names(text: str) -> None:
    """Issue 3, organisation and role: a tracking system's own name is not the house for which it writes."""
    one = reading(f"Dear Ann Example\n\n{text}", sender=PORTAL, subject="Application submitted - 412-WC")
    assert opportunities(conversation(one)) == [("Aire Dales Community Health Trust", "Ward Clerk")]


def test_a_system_of_the_employers_own_keeps_its_name() -> None:
    text = "Dear Ann Example\n\nThank you for applying for the post of Ward Clerk at Jobgate Health."
    one = reading(text, sender=PORTAL, subject="Application submitted")
    assert [name for name, _ in opportunities(conversation(one))] == ["Jobgate Health"]


def test_a_recruiter_gives_the_name_of_the_client_and_keeps_giving_it() -> None:
    """Issue 3: the client company, not the agency, also where a later mail bears the agency's signature alone."""
    first = reading(
        "Ann,\n\nI sent your CV on to my client, Piggott's Home & Garden, for the District Manager role. They want to interview you on"
        f" Tuesday 10 March at 10:00. Can you do that?{SIGNED}",
        sender=RECRUITER,
        subject="District Manager - Piggott's Home & Garden",
    )
    later = reading(
        f"Ann,\n\nAll set for Tuesday 10 March at 10:00. Have your numbers ready.{SIGNED}",
        sender=RECRUITER,
        subject="Re: District Manager - Piggott's Home & Garden",
        at=WRITTEN + timedelta(days=1),
        headers={"In-Reply-To": first.message_id},
    )
    assert opportunities(conversation(first, later)) == [("Piggott's Home & Garden", "District Manager")]


def test_who_signs_as_recruitment_and_speaks_of_others_writes_for_a_client() -> None:
    """Issue 3: "… Recruitment" under a letter in which *they* want to meet the owner; the client is the employer."""
    text = (
        "Hi Ann,\n\nPiggott & Dale Solicitors in Croydon would like to interview you for the IT Support Technician vacancy. They have"
        " given me Tuesday 10 March at 14:00 or Wednesday 11 March at 9:30. Which suits best?\n\nSteph\n\n"
        "Steph Moss | Consultant | Harrow Vale Recruitment"
    )
    one = reading(
        text, sender="Steph Moss <steph.moss@harrowvale.example>", subject="IT Support Technician - Piggott & Dale"
    )
    assert [(o.startswith("Piggott & Dale"), r) for o, r in opportunities(conversation(one))] == [
        (True, "IT Support Technician")
    ]


def test_who_fills_a_job_at_a_house_of_another_name_writes_for_that_house() -> None:
    """Issue 3: an agency need not call itself one; the house at which it places the owner is the employer."""
    text = (
        "Hi Ann,\n\nLovely chatting just now. As we said, you're in for Front Office Manager at Coral Reach Resort on Tuesday"
        " 10 March, 3pm to 3.45. You'll sit down with the GM, Anton Reis.\n\nDeb\n\n--\nDeb Kerr | Palmgrove Hospitality People"
    )
    one = reading(text, sender="Deb Kerr <deb@palmgrovepeople.example>", subject="Coral Reach Resort, you're booked!")
    assert opportunities(conversation(one)) == [("Coral Reach Resort", "Front Office Manager")]


@pytest.mark.parametrize(
    "text",
    [
        "As per our telecon, your interview with Coral Foods for Front Office Manager is lined up on Tuesday 10 March at 3 pm.",
        "I help Coral Foods to find a Front Office Manager. They would like to meet you. Is Tuesday 10 March at 3 pm good?",
        "I have presented your dossier at Coral Foods for the role Front Office Manager. Would Tuesday 10 March at 3 pm suit you?",
        "A client of mine, Coral Foods, are after a Front Office Manager. You're booked in there for Tuesday 10 March at 3 pm.",
        "I'm working with Coral Foods, who are after a Front Office Manager. They will see you on Tuesday 10 March at 3 pm.",
    ],
)
def test_an_agency_names_its_client_in_many_ways(text: str) -> None:
    """Issue 3, external recruiters: the client company, not the agency."""
    one = reading(
        f"Hi Ann,\n\n{text}\n\nDeb\n\n--\nDeb Kerr | Peoplekraft",
        sender="Deb Kerr <deb@peoplekraft.example>",
        subject="Front Office Manager",
    )
    assert opportunities(conversation(one)) == [("Coral Foods", "Front Office Manager")]


def test_an_invitation_to_the_very_hour_that_was_agreed_is_no_strangers() -> None:
    """Issue 3, grouping: the agency's scheduler sends it, from a domain that nobody knows."""
    first = reading(
        "Hi Ann,\n\nFoldline Design have come back on your book. You are booked in for a first conversation about the Production"
        " Designer role on Tuesday 10 March at 10:00.\n\nMel\n\n--\nMel Chow | Harbour Creative Staffing",
        sender="Mel Chow <mel@harbourstaffing.example>",
        subject="Foldline Design | Production Designer",
    )
    second = reading(
        "Hi Ann,\n\nYour interview is booked.\nWhat: Foldline Design, Production Designer\nWith: Hal Sid\n\nSent by Bookwell. Replies go nowhere.",
        sender="Bookwell Scheduling <no-reply@bookwell.example>",
        subject="You're booked: Foldline Design, Production Designer",
        at=WRITTEN + timedelta(days=1),
        calendar=CALENDAR.replace("Interview Ann Example", "Production Designer").replace(
            "bev@adcht", "no-reply@bookwell"
        ),
    )
    book = conversation(first, second)
    assert [row.kind.value for row in book.rows.values()] == ["interview_confirmation", "interview_confirmation"]


def test_a_department_of_the_same_house_makes_no_agency() -> None:
    text = "Dear Ann,\n\nI offer you the position of Engineering Technician with the Highway Department at Grade 9."
    assert not reading(f"{text}\n\nBo\nOneka County", sender="Bo Roe <bo@onekacounty.example>").agency


def test_a_word_before_the_divider_is_not_part_of_the_job() -> None:
    """Issue 3: "Processo seletivo - Quality Technician" in a subject is about a Quality Technician."""
    assert reading("See you.", subject="Processo seletivo - Quality Technician").roles[0].name == "Quality Technician"


def test_a_colleague_from_a_department_names_no_house() -> None:
    one = reading("Folake Adesanya will lead and one Emeka Nwosu from Settlements will sit in.")
    assert "Settlements" not in [o.name for o in one.organisations]


@pytest.mark.parametrize(
    ("beside", "house"),
    [("Parking Permits", False), ("Harbour Tax", False), ("Kauri Point Dairies", True), ("Kauri Ltd", True)],
)
def test_in_brackets_behind_a_job_stands_where_it_is_done(beside: str, house: bool) -> None:
    """ "Clerical Officer (Harbour Tax)" is a counter of the council's, unless the brackets hold what only houses are called."""
    assert department(f"Clerical Officer ({beside}) - interview", 18, beside) is not house


def test_titles_in_brackets_behind_names_are_their_bearers() -> None:
    text = "Panel: Joyce Amponsah (Team Lead), Rob Hartley (Clinical Lead). The interview for the post of Tester is on Monday 9 March at 10:00."
    assert reading(text).roles[0].name == "Tester"


@pytest.mark.parametrize("title", ["Hiring Manager Chat", "Manager Chat", "Data Engineer Interview"])
def test_the_occasion_is_no_job_title(title: str) -> None:
    names = [r.name for r in reading("See you then.", subject=f"{title} with Devin Park").roles]
    assert not any(word in name for name in names for word in ("Chat", "Interview", "Hiring Manager"))


def test_an_invitation_at_the_hour_of_an_agreed_interview_belongs_to_it() -> None:
    """Issue 3, grouping: nobody sits in two interviews at once, whatever addresses and names say."""
    booked = reading(
        "Dear Ann Example\n\nYou have booked the following interview slot.\n\nPost: Ward Clerk\nEmployer: Aire Dales Community Health Trust\n"
        "Date: Tuesday 10 March 2026\nTime: 10:00 - 11:00",
        sender=PORTAL,
        subject="Interview slot booked",
    )
    by_calendar = reading(
        "Diary invite for the interview. Bev Lister",
        sender="Bev Lister <bev@adcht.example>",
        subject="Interview Ann Example",
        at=WRITTEN + timedelta(hours=3),
        calendar=CALENDAR,
    )
    book = conversation(booked, by_calendar)
    assert len(book.opportunities) == 1
    (one,) = book.opportunities.values()
    assert [i.start for i in one.live_interviews] == [datetime(2026, 3, 10, 10, 0, tzinfo=ZONE)]


def test_a_no_from_a_system_finds_its_opportunity_by_name_and_title() -> None:
    first = reading(
        "Thank you for applying to Harvest Alliance for the position of Program Coordinator.",
        sender="Harvest Alliance <no-reply@us.grovehire.example>",
        subject="Thank you for applying to Harvest Alliance",
    )
    told = reading(
        "Hi Ann,\n\nThank you for your interest in Harvest Alliance. The Program Coordinator, Latin America position has been filled.",
        sender="Harvest Alliance <no-reply@us.grovehire.example>",
        subject="Update on your application",
        at=WRITTEN + timedelta(days=9),
    )
    row = conversation(first, told).rows[told.message_id]
    assert (row.kind.value, bool(row.opportunity)) == ("rejection", True)


@pytest.mark.parametrize(
    "text",
    [
        "Dear applicant, your visa interview at the consular section is confirmed for 21 March at 08:40. Bring your passport.",
        "Dear shareholders,\n\nthe second meeting about the pipes takes place on Tuesday 10 March at 18:00. The board has interviewed three firms.",
        "Dear Parent,\n\nyou are requested to attend the interview of parents and ward on Saturday 14 March at 10:30 for the post of class helper.",
        "Thanks for agreeing to sit on the panel for the analyst post. Interviews start at 9.30 on Tuesday and we have four candidates.",
        "Ok I talked to the two sitters you shortlisted. Hannah can start Monday. I say we invite her to an interview on Friday at 6 pm?",
        "We have an urgent opening with our reputed client for the post of QA Officer. If interested, kindly share your updated CV.",
        "Join 40 HR leaders for breakfast on 18 March at 8:00. Seats are limited, please confirm by Friday. Sponsored by a vendor.",
    ],
)
def test_what_only_sounds_like_a_candidacy_opens_nothing(text: str) -> None:
    """POLICY, "What makes an opportunity": a job that the owner is a candidate for."""
    one = reading(text, subject="Tuesday", sender="Sandy Hall <sandy@elsewhere.example>")
    assert not conversation(one).opportunities


def test_an_own_line_under_fresh_news_is_no_follow_up() -> None:
    """P27: "no problem, still keen" breaks no silence."""
    fixed = reading(
        "Dear Ann,\n\nyour interview for the post of Tester is on Monday 2 March 2026 at 10:00.\n\nBo",
        at=WRITTEN - timedelta(days=8),
    )
    news = reading("Dear Ann,\n\nthe budget is frozen for now, so the process is on hold.\n\nBo", subject="Tester")
    own = reading(
        "Ah well, can't be helped. Still keen if it comes back.\n\nAnn",
        sender=ME,
        to="Bo Boss <bo@firm.example>",
        subject="Re: Tester",
        at=WRITTEN + timedelta(hours=4),
        headers={"In-Reply-To": news.message_id},
    )
    assert conversation(fixed, news, own).rows[own.message_id].kind.value == "other"


def test_the_second_client_of_a_recruiter_is_another_opportunity() -> None:
    """Issue 3, grouping: two clients of one agency stay apart, though both want engineers."""
    first = reading(
        "Ann,\n\nmy client, Bicol Paper, wants to see you for the Process Engineer job on Tuesday 10 March at 10:00. If yes I'll tell them.",
        sender="Bea Salas <b.salas@brightsearch.example>",
        subject="Process Engineer // Bicol Paper",
    )
    second = reading(
        "Ann,\n\nyou're set with Mactan Water for Plant Engineer: Thursday 12 March, 2pm to 3pm, online.",
        sender="Bea Salas <b.salas@brightsearch.example>",
        subject="Mactan Water - Plant Engineer - 12 March",
        at=WRITTEN + timedelta(hours=5),
    )
    assert sorted(opportunities(conversation(first, second))) == [
        ("Bicol Paper", "Process Engineer"),
        ("Mactan Water", "Plant Engineer"),
    ]


@pytest.mark.parametrize(
    ("sender", "signed", "organisation"),
    [
        ("Camilla Berg <camilla@rural-ministry.example>", "Ministry of Rural Affairs", "Ministry of Rural Affairs"),
        ("Joost Dijk <joost@vldnotaries.example>", "Van Loon & Dijk Notaries", "Van Loon & Dijk Notaries"),
        ("Beate Wiesner <b.wiesner@wiesner-dental.example>", "Dentallabor Wiesner, Lüneburg", "Dentallabor Wiesner"),
        ("Ruth Hobday <ruth@hobdaybinders.example>", "Hobday & Daughters", "Hobday & Daughters"),
        ("Deborah Lisle <deb@tynebrookconservation.example>", "", "Tynebrook Conservation"),
    ],
)
def test_a_house_is_called_as_its_people_write_it(sender: str, signed: str, organisation: str) -> None:
    """Issue 3, organisation: a domain turns its name round or shortens it, and a person's own name is no house."""
    text = f"Dear Ann,\n\nwe would like to interview you for the post of Tester on Tuesday 10 March at 10:00.\n\n--\n{sender.split()[0]}\n{signed}"
    assert [name for name, _ in opportunities(conversation(reading(text, sender=sender)))] == [organisation]


def test_who_answers_an_application_from_its_house_belongs_to_it() -> None:
    """Issue 3, grouping: the owner wrote to the jobs desk, a partner answers."""
    own = reading(
        "Dear Sir or Madam,\n\nI enclose my CV for the vacancy of Tester at Abercairn LLP.\n\nAnn",
        sender=ME,
        to="jobs@abercairn.example",
        subject="Tester - application",
        at=WRITTEN - timedelta(days=6),
    )
    answer = reading(
        "Dear Ann,\n\nyour letter for the post of Tester has been passed to me. I propose Tuesday 10 March at 10:00. Is that convenient?\n\nFay",
        sender="Fay Strachan <f.strachan@abercairn.example>",
        subject="Tester",
    )
    assert len(conversation(own, answer).opportunities) == 1


def test_a_scheduler_writes_for_the_house_whose_people_it_invites() -> None:
    """Issue 3, organisation and grouping: the booking system's own name is nobody's."""
    asked = reading(
        "Ann,\n\nI'd like you to meet our service manager for the Tester job. Pick one of his open hours at the link and the system will book it.\n\nBo",
        sender="Bo Boss <bo@cranehoist.example>",
        subject="Tester",
        at=WRITTEN - timedelta(days=2),
    )
    booked = reading(
        "Ann, you're booked.\n\nWhat: on-site interview, Tester\n\nReplies to this address are not read.",
        sender="Hirebridge Scheduling <no-reply@jobs.hirebridge.example>",
        subject="Confirmed: Tuesday 10 March, 10:00",
        calendar=CALENDAR.replace("bev@adcht.example", "no-reply@jobs.hirebridge.example").replace(
            "END:VEVENT", "ATTENDEE;CN=Ed Sorrel:mailto:ed@cranehoist.example\nEND:VEVENT"
        ),
    )
    assert [name for name, _ in opportunities(conversation(asked, booked))] == ["Cranehoist"]


def test_he_of_whom_the_sentence_before_spoke_takes_part() -> None:
    text = "Chef Riaan asked me to get you back on the list. He will see you this Thursday, 12 March, at 14:00."
    assert [p.name for p in reading(text).people] == ["Riaan"]


def test_a_town_beside_the_job_is_not_the_employer() -> None:
    """Issue 3, external recruiters: "Conveyancer - Leicester" in every answer's subject outweighed the firm that was named once."""
    first = reading(
        "Hi Ann,\n\nI'm working with Wollaton Pryce Solicitors, who are after a Residential Conveyancer. They would like you to come in for"
        " an interview on Tuesday 10 March at 10:00. Does that suit?\n\nTom",
        sender="Tom Garside <tom@marchmontfell.example>",
        subject="Residential Conveyancer - Leicester",
    )
    later = [
        reading(
            f"Hi Ann,\n\n{text}\n\nTom",
            sender="Tom Garside <tom@marchmontfell.example>",
            subject="Re: Residential Conveyancer - Leicester",
            at=WRITTEN + timedelta(days=n),
            headers={"In-Reply-To": first.message_id},
        )
        for n, text in enumerate(("All set for Tuesday.", "Don't forget your ID.", "Good luck!"), 1)
    ]
    assert opportunities(conversation(first, *later)) == [("Wollaton Pryce Solicitors", "Residential Conveyancer")]


@pytest.mark.parametrize(
    "text",
    [
        "I am working with Priya Nair on this.",
        "The interview is at Castle Hotel.",
        "I saw that you worked as Tester at Acme Software until May.",
        "One of our clients, Nimbus Foods Ltd, is the one you would look after.",
    ],
)
def test_a_house_of_its_own_is_no_agency_for_those_it_names(text: str) -> None:
    """Issue 3: the employer writes, and names others."""
    one = reading(
        f"Dear Ann,\n\nyour interview for Tester is on Tuesday 10 March at 10:00. {text}\n\nBo\n\n--\nBo Hart\nHalden Mills Ltd",
        sender="Bo Hart <bo@haldenmills.example>",
        subject="Interview",
    )
    assert not one.agency
    assert opportunities(conversation(one))[0][0].startswith("Halden Mills")
