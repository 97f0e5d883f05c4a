"""What people write who write like nobody else: dates that are put off, seats that are given away, greetings of many lands.

Each row stands beside one that only sounds like it. Counted from Wednesday 4 March 2026 in London.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agent.core.read import manner
from agent.core.read.people import given_name, names_in, parse_name
from agent.core.values import Address
from tests.read.mail import ME, WRITTEN, conversation, reading
from tests.read.test_kinds import AHEAD, FIXED, kind_of

JOB = "we would like to interview you for the post of Tester on Tuesday 10 March at 10:00."


def promised(text: str) -> date | None:
    found = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("You get our decision by the 27th of this month.", date(2026, 3, 27)),
        ("We will tell you by the 3rd of next month.", date(2026, 4, 3)),
        ("It'll be a couple of weeks before you hear a yes or a no.", date(2026, 3, 18)),
        ("I'll get hold of you by the 20th, whichever way it goes.", date(2026, 3, 20)),
        ("I won't keep you hanging past Friday the 13th of March.", date(2026, 3, 13)),
        ("Should come back to you by Thursday, fingers crossed.", date(2026, 3, 5)),
        ("I'll holler by Monday either way.", date(2026, 3, 9)),
        ("New date for the Tester decision: Tuesday 17 March.", date(2026, 3, 17)),
        ("Please expect our advice on or before March 19.", date(2026, 3, 19)),
        ("Give us a fortnight from today and you'll have a plain answer.", date(2026, 3, 18)),
        ("Give me until Friday 13 March, please, and you have our word.", date(2026, 3, 13)),
        ("You'll hear off me Monday the 16th about the bench job.", date(2026, 3, 16)),
        ("Everyone gets a call or an email from me with the result by Friday 13 March.", date(2026, 3, 13)),
        ("Forget what I said about Friday, it will be by the 18th of March.", date(2026, 3, 18)),
        ("Make it Tuesday 24 March, you'll have word from us by then.", date(2026, 3, 24)),
        ("Our director decides in April, and until 17.3. you have my answer in writing.", date(2026, 3, 17)),
    ],
)
def test_a_date_is_promised_in_every_manner(text: str, day: date) -> None:
    """POLICY, "reply-by date"; P23."""
    assert promised(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "I would love to tell you a day but honestly I have none.",
        "It has to reach us by Friday, end of day.",
        "If it can all be with me by Friday 13 March I will be able to send it upstairs in one go.",
        "Only today do I see your letter, I was up in the vineyard.",
        "A quick word before Tuesday 10 March: the front gate is closed.",
        "Two days before you come, ring the porter.",
        "Please email or call me by Friday if you have an allergy.",
    ],
)
def test_what_only_names_a_day_promises_nothing(text: str) -> None:
    """P23: a date that nobody promised puts no nudge off, and brings none forward."""
    assert promised(text) is None


def test_the_day_of_the_answer_is_put_off_by_a_mail_that_says_only_that() -> None:
    """POLICY, "corrections in later mail": "the 13th is a holiday here, make that the 17th"."""
    held = reading(FIXED, at=WRITTEN - timedelta(days=8))
    thread = {"In-Reply-To": held.message_id, "References": held.message_id}
    told = reading("Ann, you hear from us by Friday 13 March.\n\nBo", headers=thread, subject="Re: Tester")
    moved = reading(
        "Ann, my wife tells me the 13th is a holiday. Make that Tuesday the 17th.\n\nBo",
        headers=thread,
        subject="Re: Tester",
        at=WRITTEN + timedelta(hours=5),
    )
    book = conversation(held, told, moved)
    assert book.rows[moved.message_id].kind.value == "status_update"
    assert [o.reply_by for o in book.opportunities.values()] == [date(2026, 3, 17)]


@pytest.mark.parametrize(
    "text",
    [
        "The board voted to appoint a current part-time staff member as Tester. You were the runner-up.",
        "There isn't going to be a Tester here, not this year and not next.",
        "Our Duane asked for the Tester job at the last minute, and we are giving it to him.",
        "He and Stuart have given it to a lad from the next village. It was between the two of you.",
        "We have permanently closed the requisition for Tester and will not be hiring for it.",
        "There is no Tester job any more, and there is not going to be one.",
    ],
)
def test_a_seat_that_is_gone_is_gone(text: str) -> None:
    """P2: no nudge after a no, however it is told."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "rejection"


@pytest.mark.parametrize(
    "text",
    [
        "I have given your papers to a colleague, who reads them this week.",
        "We have not picked anyone for the post yet, still a couple of folk to meet.",
        "You are the second person we have met, there are four more to see.",
        "Before you think that we forgot you: the search is not closed, you continue in it.",
        "Your application for Tester has been logged with tracking no. 4711. Only shortlisted candidates shall be called.",
    ],
)
def test_what_only_sounds_like_a_no_is_none(text: str) -> None:
    """P2: nobody is turned down by a colleague who gets papers to read."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") != "rejection"


@pytest.mark.parametrize(
    "text",
    [
        "Management has approved your engagement as Tester from 1 June. Find attached your letter of appointment; sign and return one"
        " copy latest Thursday 12 March, failing which the position goes to the reserve candidate.",
        "It's settled, the job is yours. Tell me yes or no before Wednesday.",
    ],
)
def test_an_offer_that_threatens_is_an_offer(text: str) -> None:
    """P16: an offer is never answered as a rejection."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "offer"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I would see you gladly on Tuesday 10 March at 15:00. Can you confirm?", "interview_invitation"),
        ("I have Monday 9 March at 15:00, and Wednesday 11 March at 11:15. Take your pick.", "interview_invitation"),
        (
            "You are kindly requested to present yourself at our offices on Monday 9 March at 10:00.",
            "interview_confirmation",
        ),
        ("This serves to confirm what we settled: I receive you on Monday 9 March at 9:15.", "interview_confirmation"),
        (
            "We will talk: please come to my office (second floor, on the left) on Monday 9 March at 10:00.",
            "interview_confirmation",
        ),
    ],
)
def test_what_asks_is_an_invitation_and_what_tells_a_confirmation(text: str, kind: str) -> None:
    """POLICY, "Close calls"."""
    one = reading(f"Dear Ann,\n\nyour application for the post of Tester pleased us. {text}\n\nBo", subject="Tester")
    book = conversation(one)
    assert book.rows[one.message_id].kind.value == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Good deal. Figure 10 to 11:30, park by the blue lorry.", "interview_confirmation"),
        ("The hour changes on the Sunday before, so it will be dark. Bring a lamp.", "interview_rescheduled"),
        ("The trustees have shifted their meeting, so I have no date for the decision.", "interview_rescheduled"),
        ("Please don't come half an hour early, the dog is loose.", "interview_cancelled"),
    ],
)
def test_an_hour_agreed_is_said_again_or_left_alone(text: str, kind: str) -> None:
    """The first row is one; the others only sound like what they are compared with."""
    found = kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo")
    assert (found == kind) is (kind == "interview_confirmation")


def test_a_call_to_be_rung_today_is_no_interview() -> None:
    """Close calls: what about, nobody knows."""
    assert kind_of(FIXED, "Ann, can you ring me today when you have five minutes, I'm in the car to 17h.\n\nBo") == (
        "unclear"
    )


def test_papers_are_asked_for_beside_a_date() -> None:
    """Message kinds: the owner's turn comes before the employer's."""
    text = "HR won't move your file without three things, so shoot me back:\n\n1. scan of your card\n2. your notice period\n\nYou'll hear from me by Thursday 19 March."
    assert kind_of(FIXED, f"Ann,\n\n{text}\n\nBo") == "information_request"


def test_a_wish_to_take_the_job_accepts_no_offer_that_was_not_made() -> None:
    """P26: nothing closes by a wish."""
    text = "You wrote until the 2nd, so I permit myself to ask: is there a decision? I would still take the job with both hands."
    assert kind_of(FIXED, f"Dear Bo,\n\n{text}\n\nAnn", sender=ME, to="Bo Boss <bo@firm.example>") == "follow_up"


@pytest.mark.parametrize(
    "text",
    [
        "Sat 10am works great! I'll bring my first aid card and references. I'm super interested in the position and can start in May.",
        "Your application for Panela stood out, you are one of three finalists for adopting her. Her foster dad would love to interview you"
        " on Tuesday 10 March at 18:30, please confirm. He asks about walks.",
        "Julia Quick is in the final round with us for Quality Coordinator and named you as her former chief. Would you have fifteen"
        " minutes for a call on Friday 6 March at 15:00?",
    ],
)
def test_hygienists_nannies_dogs_and_referees_make_no_candidacy(text: str) -> None:
    """POLICY, "What makes an opportunity"."""
    assert not conversation(reading(f"Hi Ann,\n\n{text}\n\nBo", subject="Next step")).opportunities


def test_an_answer_to_the_owners_letter_makes_the_letter_an_application() -> None:
    """POLICY, "What makes an opportunity": however the letter was put."""
    letter = reading(
        "Hiya Bo,\n\nwe met at the open day when I moved your van. The Tester job at Acme Mills is what I have trained for, five years now.\n\nAnn",
        sender=ME,
        to="Bo Boss <bo@acmemills.example>",
        subject="Tester at Acme Mills",
        at=WRITTEN - timedelta(days=5),
    )
    answer = reading(
        "Dear Ann,\n\nI remember the van! Sadly there is no Tester job any more, and there is not going to be one.\n\nBo",
        sender="Bo Boss <bo@acmemills.example>",
        subject="Re: Tester at Acme Mills",
        headers={"In-Reply-To": letter.message_id},
    )
    book = conversation(letter, answer)
    assert [(o.organisation, o.outcome is not None) for o in book.opportunities.values()] == [("Acme Mills", True)]


@pytest.mark.parametrize(
    ("greeting", "formal"),
    [
        ("Gentile Dott.ssa Example", True),
        ("Estimada Lic. Example", True),
        ("Geachte mevrouw Example", True),
        ("Szanowna Pani Example", True),
        ("Hi Sig", False),
        ("Hola Don", False),
        ("Liebe Ann", False),
    ],
)
def test_formal_greetings_are_known_in_many_languages(greeting: str, formal: bool) -> None:
    """Settled cases: formal only to those who themselves write so."""
    assert manner.formal(f"{greeting},\n\nI write to you", ("Ann Example",)) is formal


def test_a_family_name_that_is_said_first_is_one_behind_frau() -> None:
    assert manner.formal("Sehr geehrte Frau Bodnár,\n\nich", ("Bodnár Réka",))


@pytest.mark.parametrize(
    ("shown", "email", "given"),
    [
        ("Hyttinen Arto", "arto.hyttinen@lab.example", ""),  # either may come first: the full name is never wrong
        ("Sara Lund", "lund.sara@lab.example", ""),
        ("Ildikó Rácz", "ildiko.racz@lab.example", "Ildikó"),
        ("Arto Hyttinen", "a.hyttinen@lab.example", "Arto"),
        ("Seo Min-jae", "minjae.seo@lab.example", "Min-jae"),
        ("Mª Ángeles Cuesta", "macuesta@lab.example", "Mª Ángeles"),
    ],
)
def test_the_given_name_is_found_whatever_stands_first(shown: str, email: str, given: str) -> None:
    """Never a wrong name."""
    assert given_name(Address(shown, email)) == given


@pytest.mark.parametrize("name", ["Duncan MacAllister", "Fiona McAra", "Marie DuPont"])
def test_a_second_capital_belongs_to_the_name(name: str) -> None:
    assert [n for n, *_ in names_in(f"You will talk with {name} of our head office.")] == [name]
    assert parse_name(name).family == name.split()[1]


@pytest.mark.parametrize("place", ["Devils River", "San Angelo", "Fort Worth"])
def test_places_with_the_form_of_names_are_nobody(place: str) -> None:
    """P6: nobody is asked to thank a river."""
    assert reading(f"Dear Ann,\n\n{JOB} You will meet us near {place}.\n\nBo").people == ()


@pytest.mark.parametrize(
    ("text", "names", "writer"),
    [
        ("First you visit with Fiona McAra. It's just her and you on the computer.", ["Fiona McAra"], False),
        ("My daughter Kay runs the scale, and she should be the one talks to you.", ["Kay"], None),
        ("My assistant Kay Doe books the rooms. She is the one who talks to the hotel.", [], None),
        ("I shall be accompanied by Ms. Gladys Tuesta, of Human Resources.", ["Gladys Tuesta"], True),
        ("I should explain that at present there are two of us in the practice.", [], None),
    ],
)
def test_who_will_be_there_and_who_only_writes(text: str, names: list[str], writer: bool | None) -> None:
    """P10: thanks go to those who were in the room."""
    found = reading(f"Dear Ann,\n\n{JOB} {text}\n\nBo")
    assert ([p.name for p in found.people], found.writer_meets) == (names, writer)


@pytest.mark.parametrize(
    ("sender", "subject", "text", "organisation"),
    [
        (
            "Vale Trams via Solliq <noreply@solliq.example>",
            "Your application",
            "We confirm receipt of your application for the vacancy Tram Driver, Vale Trams.",
            "Vale Trams",
        ),
        (
            "Su Resh <suresh@depot.lembahtransit.example>",
            "Tester",
            f"{JOB}\n\nSu Resh\nDepot Planning\nLembah Transit",
            "Lembah Transit",
        ),
        (
            "Gil Pross <gil@penybryn-rural.example>",
            "Maes Creamery",
            "Maes Creamery bit. They've a hole where their Head Cheesemaker used to be and want you for an interview on Tuesday 10 March"
            " at 10:30. Any good?\n\nGil\nPen-y-Bryn Rural Recruitment",
            "Maes Creamery",
        ),
        (
            "Marl Voss <marl@prairietable.example>",
            "Dietary Manager, Sanga Meadows (they bit!)",
            "Sanga Meadows called back about the Dietary Manager job. They are looking for somebody now, so could you talk to them on Tuesday"
            " 10 March at 10:00?\n\nMarl\nPrairie Table Staffing",
            "Sanga Meadows",
        ),
    ],
)
def test_the_house_is_named_and_not_who_carries_its_mail(
    sender: str, subject: str, text: str, organisation: str
) -> None:
    """Issue 3, organisation and role: portals, departments, agencies."""
    book = conversation(reading(f"Dear Ann,\n\n{text}", sender=sender, subject=subject))
    assert [o.organisation for o in book.opportunities.values()] == [organisation]


def test_months_and_weekdays_name_no_house() -> None:
    one = reading(f"Dear Ann,\n\n{JOB}\n\nBo", subject="Invitation: Tester @ Thu Aug 13, 2026 10am - 11:30am")
    assert "Thu Aug" not in [n.name for n in one.organisations]
