"""What eighty more courses said that had not been foreseen: jobs in small letters, houses, hours of another clock, notices, panels.

Issue 3: each row was misread once in courses that were read whole before anybody looked at them. Sentences and names are new here.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agent.core.opportunity import Candidate, best
from agent.core.read.people import given_name
from agent.core.read.pointers import pattern_names
from agent.core.read.reading import Evidence
from agent.core.read.senders import answers_by_itself
from agent.core.values import Address
from tests.read.mail import BO, ME, conversation, message, reading


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It is about the lock keeper seat, as you guessed.", "lock keeper"),
        ("This is for the junior map designer place, not for the shop.", "junior map designer"),
        ("I went through the candidates for river ecology technician last night.", "river ecology technician"),
        ("For the record: it's the position tram planner, thirty hours.", "tram planner"),
        ("So from May we take a packing manager.", "packing manager"),
        ("We would like to meet you for the ward nurse.", "ward nurse"),
        ("Now to the seaweed biologist that we need so badly.", "seaweed biologist"),
        ("You are the one for us – harp technician, twenty hours.", "harp technician"),
        ("2. The post: bridge inspector, two rivers and a canal.", "bridge inspector"),
        ("They are without a head of the smoke house since Lent.", "head of the smoke house"),
    ],
)
def test_a_job_in_small_letters_is_heard_by_what_stands_round_it(text: str, role: str) -> None:
    assert role in [r.name for r in reading(f"Dear Ann,\n\n{text}\n\nBo", subject="Hello").roles if r.weight >= 2.5]


@pytest.mark.parametrize(
    ("subject", "role"),
    [
        ("Study nurse cardiology 60%, first meeting", "Study nurse"),
        ("Shipping manager for our tiles", "Shipping manager"),
        ("a word about the museum officer thing", "museum officer"),
        ("bench tech", "bench tech"),
        ("Redwing: Show designer?", "Show designer"),
    ],
)
def test_a_subject_begins_with_the_job_or_leads_to_it(subject: str, role: str) -> None:
    assert role in [r.name for r in reading("Dear Ann,\n\nsee below.\n\nBo", subject=subject).roles]


def test_a_subject_of_gardeners_is_about_gardeners() -> None:
    assert not reading("Hi Ann,\n\nsee below.\n\nBo", subject="Interview: the rooftop gardeners of Leith").roles


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Molen Drie in Gouda, a client of ours for years, wants a baker.", "Molen Drie"),
        ("Dulces Roca, the confectioners by the arch, are without a head of the kitchen.", "Dulces Roca"),
        ("Netwell, they make software for auctions, would see you.", "Netwell"),
        ("Upland Sacco have finally come back to me about the branch post.", "Upland Sacco"),
    ],
)
def test_a_house_is_told_by_what_is_said_behind_its_name(text: str, house: str) -> None:
    assert house in [name for name, _, _ in pattern_names(text)]


def test_nobody_is_no_house_and_a_given_name_is_none() -> None:
    """ "Nobody is after a perfect answer"; "Grant wants a look at you", who is Grant Pell."""
    text = "Hi Ann,\n\nNobody is after a perfect answer. Grant wants a look at you, that's Grant Pell himself.\n\nBo"
    names = [o.name for o in reading(text).organisations]
    assert "Nobody" not in names
    assert "Grant" not in names


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ((("Heron Bay SHS", 14.0), ("Heron Bay State High School", 13.9)), "Heron Bay State High School"),
        ((("Heron Bay SHS", 14.0), ("Heron Bay State High School", 6.0)), "Heron Bay SHS"),
        ((("CHBN", 5.6), ("Centre Hospitalier Beau-Nid", 4.8)), "Centre Hospitalier Beau-Nid"),
    ],
)
def test_a_house_is_called_in_full_where_its_people_do_so_too(
    names: tuple[tuple[str, float], ...], chosen: str
) -> None:
    said = Evidence("domain", "", "text")
    assert best(tuple(Candidate(name, weight, said) for name, weight in names)) == chosen


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I mean to have this settled and you told by March 20.", date(2026, 3, 20)),
        ("All persons seen will be advised in writing not later than Friday, 20 March 2026.", date(2026, 3, 20)),
        ("Kindly note that management shall communicate the outcome within eight working days.", date(2026, 3, 16)),
        ("You'll know on or before March 19, Thursday (the 20th is holiday).", date(2026, 3, 19)),
        ("Letters to all who came will go out by Monday 16th March.", date(2026, 3, 16)),
        ("Every candidate gets the decision in writing by the end of March.", date(2026, 3, 31)),
        ("The file goes up on Monday, figure two weeks and you'll get the result.", date(2026, 3, 18)),
        ("I have put you down for Friday the 13th instead, the hour unchanged.", None),
        ("Please reply by Friday 13 March.", None),
    ],
)
def test_a_promise_is_heard_in_these_words_too(text: str, day: date | None) -> None:
    """POLICY, "reply-by date"."""
    promise = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    assert (promise.day if promise else None) == day


def test_the_deadline_of_an_offer_is_that_of_its_clause() -> None:
    """P15; the day on which another candidate flies is none."""
    text = (
        "Dear Ann,\n\nI want you for the job. I must have that yes or no ultimately on Friday the 13th, because on the Saturday "
        "the other candidate flies.\n\nBo"
    )
    assert reading(text).deadline == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Come on by Monday the 9th at quarter past four.", "2026-03-09T16:15+00:00"),
        ("So come monday 9.03 at 18, I am on then.", "2026-03-09T18:00+00:00"),
        ("Could you come on Monday, the 9th of March, at 14 hours?", "2026-03-09T14:00+00:00"),
        ("Could you do Monday 9 March, 2pm here (I make that one for you)?", "2026-03-09T13:00+00:00"),
        ("My proposal is Monday 9 March, 09.15 in Bern.", "2026-03-09T08:15+00:00"),
    ],
)
def test_an_hour_is_one_of_the_clock_that_is_meant(text: str, start: str) -> None:
    """The writer sits an hour to the east (settled cases, "Dates")."""
    east = datetime(2026, 3, 4, 10, 12, 41, tzinfo=ZoneInfo("Europe/Zurich"))
    slots = [s for s in reading(f"Dear Ann,\n\n{text}\n\nBo", at=east).slots if not s.old and not s.whole_day]
    assert datetime.fromisoformat(start) in [s.start for s in slots]


def test_whoever_keeps_the_owners_time_keeps_it_in_summer_too() -> None:
    """ "2 pm here", written in winter by somebody in the owner's zone, of a day after the clocks went forward."""
    (slot,) = reading("Dear Ann,\n\nCome on Thursday 2 April, 2pm here.\n\nBo").slots
    assert slot.start.isoformat() == "2026-04-02T14:00:00+01:00"


def test_the_hour_agreed_is_named_by_the_writers_clock_again() -> None:
    """14:00 in Zurich is the 13:00 that was agreed, and no other interview."""
    zurich = ZoneInfo("Europe/Zurich")
    said = {"sender": "Bo Boss <bo@firm.example>", "subject": "Tester"}
    book = conversation(
        reading(
            "Dear Ann,\n\nplease come to an interview for Tester on Monday 9 March at 1 pm your time.\n\nBo",
            at=datetime(2026, 3, 4, 10, 12, tzinfo=zurich),
            **said,
        ),
        reading(
            "Dear Ann,\n\nit stands: Monday 9 March, 14:00, with Lee Tran.\n\nBo",
            at=datetime(2026, 3, 5, 10, 12, tzinfo=zurich),
            **said,
        ),
    )
    (opportunity,) = book.opportunities.values()
    assert [i.start.isoformat() for i in opportunity.interviews] == ["2026-03-09T13:00:00+00:00"]


@pytest.mark.parametrize(
    ("subject", "text", "by_itself"),
    [
        ("Bo Boss: not in the office", "I am away until Friday.", True),
        ("Automatic notice", "Back at the bench on 9 March.", True),
        ("Tester", "This notice is sent automatically. I am on leave until 9 March.", True),
        ("Tester", "This goes by itself to all who wrote to me. I am back on Friday.", True),
        ("Tester", "The result is sent automatically to your portal.", False),
        ("Tester", "I am away until Friday, Lee sees you instead.", False),
    ],
)
def test_a_notice_that_says_it_goes_by_itself_does(subject: str, text: str, by_itself: bool) -> None:
    """P21, RFC 3834: not every program writes the header."""
    assert answers_by_itself(message(f"{text}\n\nBo", subject=subject)) is by_itself


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The three for the manager's job come on Saturday. You, me and Fr Tom on the panel. CVs attached.", "hiring"),
        ("Would you take the questions on budgets? I attach the CVs of all three applicants.", "hiring"),
        ("The interview with you is on 9 March at 9:40; otherwise the next candidate on the list takes the place.", ""),
    ],
)
def test_on_which_side_of_the_table_the_owner_sits(text: str, side: str) -> None:
    """Issue 3, "not ours": the owner on the hiring side."""
    assert reading(f"Dear Ann,\n\n{text}\n\nBo").foreign == side


@pytest.mark.parametrize(
    ("shown", "signed", "called"),
    [
        ("Chucho Roca", "Ch", "Chucho"),
        ("Marloes van Dalen", "Marloes", "Marloes"),
        ("Joanna Pike", "Jo", "Jo"),
        ("Ana Clara Pinto", "Ana Clara", "Ana Clara"),
        ("Hna. Perpetua Rojas", "Sister Perpetua", "Perpetua"),
        ("Chew Mei Xin", "", "Mei Xin"),
    ],
)
def test_people_are_called_as_they_sign_and_never_by_two_letters_without_a_vowel(
    shown: str, signed: str, called: str
) -> None:
    assert given_name(Address(shown, "x@house.example"), signed) == called


@pytest.mark.parametrize("line", ["xx Bo", "Bo x", "Bo xoxo"])
def test_kisses_are_no_part_of_a_name(line: str) -> None:
    assert reading(f"Dear Ann,\n\nsee you then.\n\n{line}").signed == "Bo"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Only me and my business partner Ruth Ogle, who asks about money.", "Ruth Ogle"),
        ("Don't be surprised on Monday: Solveig from the union sits in as well.", "Solveig"),
        ("Marin, who makes the school workshops with us, will come too.", "Marin"),
        ("The boss wants to see you himself, that is Engineer Osei.", "Osei"),
        ("Lena Perk, who runs production there, says she would look at you with pleasure.", "Lena Perk"),
    ],
)
def test_who_else_will_be_there(text: str, who: str) -> None:
    text = f"Dear Ann,\n\ncome to the interview for Tester on Monday 9 March at 10:00. {text}\n\nBo"
    assert who in [p.name for p in reading(text).people]


def test_who_goes_to_their_pension_is_nobody_to_meet() -> None:
    text = "Dear Ann,\n\nMolen Drie wants a baker, because Mr Pell is going to his pension at Easter.\n\nBo"
    assert "Pell" not in [p.name for p in reading(text).people]


def test_an_alert_below_a_no_leaves_it_a_no() -> None:
    """P26: a tracking system offers to set up alerts below every no."""
    system = {"sender": "Quay Works Careers <no-reply@hirelane.example>", "to": ME}
    book = conversation(
        reading(
            "Hi Ann,\n\nThank you for applying for Crane Operator at Quay Works. We have received your application.\n\n"
            "This mailbox is not monitored.",
            subject="Thanks for applying - Crane Operator (Req 2291)",
            at=datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/London")),
            **system,
        ),
        reading(
            "Hi Ann,\n\nThank you for your interest in the Crane Operator role at Quay Works. After careful consideration we will "
            "not be progressing your application.\n\nWe encourage you to set up job alerts.\n\nThis mailbox is not monitored.",
            subject="Update on your application - Crane Operator (Req 2291)",
            at=datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("Europe/London")),
            **system,
        ),
    )
    (opportunity,) = book.opportunities.values()
    assert opportunity.outcome is not None


def test_an_hour_that_was_only_proposed_was_kept_where_its_thanks_are_sent() -> None:
    """The yes was said on the phone (P27: the owner's own thank-you)."""
    asked = reading(
        "Dear Ann,\n\nI have read your application for Tester and should like you to come and see me on Friday 6 March at 10:00. "
        "Would that suit you?\n\nBo",
        at=datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London")),
        subject="Tester",
    )
    thanks = reading(
        "Dear Bo,\n\nThank you for receiving me this morning. What you said about care has stayed with me all day, and I would be "
        "honoured to do that work with you.\n\nAnn",
        sender=ME,
        to=BO,
        subject="Re: Tester",
        at=datetime(2026, 3, 6, 17, 0, tzinfo=ZoneInfo("Europe/London")),
        headers={"In-Reply-To": asked.message_id, "References": asked.message_id},
    )
    (opportunity,) = conversation(asked, thanks).opportunities.values()
    assert [(i.start.hour, i.cancelled) for i in opportunity.interviews] == [(10, False)]
    assert len(opportunity.thanked) == 1
    assert not opportunity.pending
