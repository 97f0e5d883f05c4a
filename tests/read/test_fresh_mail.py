"""What mail that nobody wrote for this program said and was not heard: days, hours, names, houses, jobs, and whose word it is.

Issue 3: each row was misread once in courses that were read whole before anybody looked at them.
"""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.read.people import given_name
from agent.core.values import Address
from tests.read.mail import conversation, reading


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("You have your answer from me the Monday 16 at the latest.", date(2026, 3, 16)),
        ('For "Friday 13th" read "Friday 20th"; we want a quorum.', None),
        ("Have a blessed weekend.", None),
        ("Pop it back to me by Wed 11 March, two pages will do.", None),
        ("All applicants get their answer until 15. May, so much I can say.", date(2026, 5, 15)),
        ("The answer from the client should be with us by Friday 13th March.", date(2026, 3, 13)),
        ("Please let it be with us by Friday 13 March.", None),
        ("The committee sits in the week of 16 March and writes to you by the Friday of that week.", date(2026, 3, 20)),
        ("You will have our yes or no before the month is out.", date(2026, 3, 31)),
        ("The board is not till the 16th, so they say Friday 20th March for letting people know.", date(2026, 3, 20)),
        ("Results for Tester will be out by Tuesday, 31st March.", date(2026, 3, 31)),
        ("She's going to let me know by Wednesday 18th. I'll ring you as soon as she does.", date(2026, 3, 18)),
        ("Forgive me, without the manners to say so until tonight.", None),
        ("I would love to hear how you moved a frozen box across town in August.", None),
        ("I'll get back to you after the bank holiday.", date(2026, 3, 13)),
        ("Once she's been we write to all three of you by Friday 13 March.", date(2026, 3, 13)),
        ("They lunch on the 16th where it is settled, and he told me I'd hear on Friday the 20th.", date(2026, 3, 20)),
        ("By Friday the 13th you get your answer, I put it in his calendar in red.", date(2026, 3, 13)),
        ("My partner and I have set the 18th of March aside to decide and phone people.", date(2026, 3, 18)),
        ("The new kiln must run on 1 April, so there you see our problem.", None),
        ("Heads up, the clocks spring forward on the 29th, so work that out.", None),
        (
            "The post goes now to the board for the signature. You get our yes or no until Friday, the 13th.",
            date(2026, 3, 13),
        ),
    ],
)
def test_the_day_of_the_answer_is_the_one_that_is_meant(text: str, day: date | None) -> None:
    """POLICY, "reply-by date"."""
    promise = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    assert (promise.day if promise else None) == day


def test_a_day_put_in_anothers_place_is_told_as_such() -> None:
    instead = reading('Dear Ann,\n\nFor "Friday 13th" read "Friday 20th"; we want a quorum.\n\nBo').instead
    assert instead is not None
    assert instead.day == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Wed 6.5 at 17:00 good for you?", "05-06T17:00", "18:00"),
        ("swing by the hangar Fri March 13 at 715 in the morning", "03-13T07:15", "08:15"),
        ("weds 11th is on then, 815 am before we open", "03-11T08:15", "09:15"),
        ("I'll ring you Monday the 9th at ten after four in the afternoon.", "03-09T16:10", "17:10"),
        ("Date: 2026.03.09 (Mon)\nTime: 11:30 ~ 12:15", "03-09T11:30", "12:15"),
        ("We wait for you on Monday 9 March at 14h45. The talk takes until 16h15.", "03-09T14:45", "16:15"),
        ("Come on Monday the 9th, quarter to four. I let you go by half past four.", "03-09T15:45", "16:30"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, start: str, end: str) -> None:
    (slot,) = [s for s in reading(f"Dear Ann,\n\n{text}\n\nBo").slots if not s.old]
    assert (f"{slot.start:%m-%dT%H:%M}", f"{slot.end:%H:%M}") == (start, end)


@pytest.mark.parametrize(
    ("shown", "signed", "called"),
    [
        ("Tan Hui Min", "Hui Min", "Hui Min"),
        ("Prosser M (Ysgol Llan)", "Menna Prosser", "Menna"),
        ("Becca Lindholm", "Becca", "Becca"),
    ],
)
def test_how_somebody_signs_tells_which_name_is_the_given_one(shown: str, signed: str, called: str) -> None:
    """P8: a wrong name is never written."""
    assert given_name(Address(shown, "x@firm.example"), signed) == called


@pytest.mark.parametrize(
    ("text", "meets"),
    [
        ("You would sit down with Paloma\n+ me on Monday at 10.", True),
        ("Me and the old man will show you round.", True),
        ("Present: self, and our Treasurer.", True),
        ("You'll be chatting with yours truly.", True),
        ("Choose one and I tell her.", None),
        ("The wharf is hunting a Clerk Supervisor, and I took the liberty.", None),
        ("Interview by Opio Denis, Programme Manager", False),
        ("Entered on behalf of K. Moser. You will be talking to Katharina Moser.", False),
    ],
)
def test_whether_the_writer_takes_part(text: str, meets: bool | None) -> None:
    """Settled cases: who only arranges a talk is not thanked for it."""
    assert reading(f"Dear Ann,\n\n{text}\n\nBo").writer_meets is meets


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("I have a second one: Pecan Mutual, the insurance people out in Orland, want to see you.", "Pecan Mutual"),
        ("Nice to write. Réjean from L'Érable Noir.", "L'Érable Noir"),
        ("It is nailed down: Coldwater Chemicals in Baytown, Maintenance Analyst.", "Coldwater Chemicals"),
        ("Centre Hospitalier Belle-Rive has received your file for the vacancy.", "Centre Hospitalier Belle-Rive"),
    ],
)
def test_houses_are_told_by_what_is_said_of_them(text: str, house: str) -> None:
    assert house in [n.name for n in reading(f"Dear Ann,\n\n{text}\n\nBo").organisations]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Brent Ostrander would like to meet you.",
        "Imke Hansen (managing partner) and Ostrander would like to see you.",
    ],
)
def test_somebody_who_would_like_to_meet_the_owner_is_no_house(text: str) -> None:
    """P6: else its writer is taken for an agency that places people there."""
    one = reading(f"Dear Ann,\n\n{text}\n\nBo")
    assert not one.agency
    assert not any("Ostrander" in n.name and n.weight >= 1 for n in one.organisations)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Role is Field Operations Lead at Shamba.", "Field Operations Lead"),
        ("We look for a process technologist here in the hall.", "process technologist"),
        ("El Tiburon has no sous chef since Friday.", "sous chef"),
        ("He named you to me for the position of voicer in our workshop.", "voicer"),
        ("The job he was telling you about, banker mason, is still there.", "banker mason"),
        (
            "We're hiring an Assistant Technical Director and Dmitri Haddad wants to meet you.",
            "Assistant Technical Director",
        ),
    ],
)
def test_the_job_ends_where_its_name_ends(text: str, role: str) -> None:
    assert reading(f"Dear Ann,\n\n{text}\n\nBo", subject="Hello").roles[0].name == role


@pytest.mark.parametrize(
    "text", ["You might want to head that off.", "Mate, so sorry about the rock.", "The Principal, Mr. Quay, is in."]
)
def test_what_is_no_job_of_the_owners_is_none(text: str) -> None:
    assert all(r.weight < 1 for r in reading(f"Dear Ann,\n\n{text}\n\nBo", subject="Hello").roles)


def test_a_weekday_alone_is_that_of_the_week_that_was_offered() -> None:
    """Settled cases: "Friday it is" means the Friday of the offer."""
    offer = reading(
        "Dear Ann,\n\nwe would like to interview you for the post of Tester. Thursday 19 March at 18:45 or Friday 20 March at 9:30? "
        "Which suits you?\n\nBo Boss"
    )
    choice = reading(
        "Hi Bo, the Friday morning would be best for me.\n\nAnn",
        sender="Ann Example <ann@post.example>",
        to="Bo Boss <bo@firm.example>",
        at=offer.date.replace(hour=15),
        headers={"In-Reply-To": offer.message_id},
        subject="Re: Application for Tester",
    )
    (known,) = conversation(offer, choice).opportunities.values()
    assert [i.start.date() for i in known.live_interviews] == [date(2026, 3, 20)]


def test_text_broken_at_72_characters_is_read_by_the_paragraph() -> None:
    """RFC 5322 §2.1.1: many programs still break lines, and a phrase may stand across two of them."""
    flat = "Jamal Reid has applied to us for the position of Carer and has named you as a referee."
    broken = flat.replace("named you", "named\nyou")
    assert reading(flat).foreign == reading(broken).foreign == "hiring"


def test_letters_of_the_north_are_spelled_out_in_domains() -> None:
    sent = reading(
        "Dear Ann,\n\nFinmåling would like to see you.\n\nArvid", sender="Arvid Dahl <arvid@finmaaling.example>"
    )
    assert sent.organisations[0].name == "Finmåling"


def test_a_name_is_a_house_where_a_comma_parts_it_from_the_place() -> None:
    """ "Careers at Acme" names Acme; "Finmåling, at the café" is where one comes to."""
    sent = reading(
        "Dear Ann,\n\nFinmåling, at the café in front.\n\nArvid", sender="Arvid Dahl <arvid@finmaaling.example>"
    )
    assert sent.organisations[0].name == "Finmåling"


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Kauri Point Radiology would like to see you.", "Kauri Point Radiology"),
        ("Analisi Kauri Point would like to see you.", "Analisi Kauri Point"),
        ("Kauri Point, Thursday shift, would like to see you.", "Kauri Point"),
    ],
)
def test_what_stands_beside_a_name_and_belongs_to_houses_belongs_to_it(text: str, house: str) -> None:
    sent = reading(f"Dear Ann,\n\n{text}\n\nPip", subject="Hello", sender="Pip Ng <png@kauripoint.example>")
    assert sent.organisations[0].name == house


AGENT = "Kit Moss <kit@mosskade.example>"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Kelani Mills", "Kelani Mills, at Peliyagoda, are looking for a Senior Planner. Would Friday at ten suit?"),
        (
            "Mallow",
            "Ballyvane Creameries, the cheese people out in Mallow. They want a Plant Controller. Tuesday 10 March at 11?",
        ),
        (
            "Fung & Marsh - Compliance Officer",
            "they want to meet you for the seat, Tuesday 10 March at 17:30, at Fung & Marsh.",
        ),
        (
            "another one: Polderfruit",
            "Polderfruit Import. They have signed off the job of Trade Lead. Monday 9 March at 15:30?",
        ),
    ],
)
def test_who_speaks_of_another_house_as_of_those_who_hire_is_an_agency(subject: str, text: str) -> None:
    """Issue 3, 6: the client company, not the agency, where it is named."""
    assert reading(f"Ann,\n\n{text}\n\nKit\nMosskade, people for ports", subject=subject, sender=AGENT).agency


def test_a_no_that_answers_in_the_other_clients_thread_is_for_the_client_that_it_names() -> None:
    """Issue 3, 7; P26: a no for one leaves the other alone."""
    one, two = (
        reading(
            f"Ann,\n\nmy client {house} would like to see you for {role}. It is Tuesday {day} March at 10:00 with {who}.\n\nKit",
            subject=f"{house}: {role}",
            sender=AGENT,
        )
        for house, role, day, who in (
            ("Vrielink Koel", "Supply Planner", 10, "Anneke Dol"),
            ("Groene Schuur", "Inbound Manager", 17, "Selma Kaya"),
        )
    )
    no = reading(
        "Ann, I take this old mail because it lies on top; this is about Groene Schuur. I had Selma Kaya on the line. Sorry to say, "
        "for Inbound Manager they chose another candidate.\n\nKit",
        subject="Re: Vrielink Koel: Supply Planner",
        sender=AGENT,
        at=one.date.replace(day=19),
        headers={"In-Reply-To": one.message_id},
    )
    ends = {o.organisation: o.outcome for o in conversation(one, two, no).opportunities.values()}
    assert ends["Vrielink Koel"] is None
    assert ends["Groene Schuur"] is not None


def test_a_second_client_with_a_second_job_begins_an_opportunity_in_the_first_ones_thread() -> None:
    """Issue 3, 7: two clients of one agency stay apart."""
    agent = "Kit Moss <kit@moss-recruitment.example>"
    first = reading(
        "Dear Ann,\n\nmy client Jacaranda Press would like to meet you for the position of Production Planner. They propose Tuesday "
        "10 March at 8:30 at the plant. Does that suit?\n\nKit Moss\nMoss Recruitment",
        subject="Jacaranda Press: Production Planner",
        sender=agent,
    )
    second = reading(
        "Dear Ann,\n\nsomething separate. Another client of mine, Savanna Metrics, needs an Operations Analyst. Their head of operations "
        "could see you on Monday 16 March at 16:00. Does that work?\n\nKit Moss\nMoss Recruitment",
        subject="Re: Jacaranda Press: Production Planner",
        sender=agent,
        at=first.date.replace(day=6),
        headers={"In-Reply-To": first.message_id},
    )
    assert sorted(o.role for o in conversation(first, second).opportunities.values()) == [
        "Operations Analyst",
        "Production Planner",
    ]
