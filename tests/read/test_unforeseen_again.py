"""What a hundred more courses said that had not been foreseen: names that are none, ends of talks, promises that lean, agencies.

Issue 3: each row was misread once in courses that were run whole before anybody looked at them. Sentences and names are new here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.core import kinds
from agent.core.read.days import Setting, resolve
from agent.core.read.moments import find
from agent.core.read.people import given_name, names_in
from agent.core.read.reading import Kind, Reading
from agent.core.values import Address
from agent.wiring import holidays_of
from tests.read.mail import BO, ME, conversation, reading

AGENT = "Pia Holm <pia@hedgetalent.example>"


def letter(text: str, **kind: object) -> Reading:
    return reading(f"Dear Ann,\n\n{text}\n\nBo", **kind)


# ------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("shown", "mailbox", "signed", "called"),
    [
        ("Fergus Kay", "editor", "Fergus Kay, Editor", "Fergus"),  # not "Dear Editor"
        ("Maeve Tully", "m.tully", "M.T", "Maeve"),  # initials are no name
        ("Siv Hammer", "siv.hammer", "Ha", "Siv"),  # "Ha det!" takes leave
        ("Seo Min-jae", "minjae", "Min-jae", "Min-jae"),
        ("Kath Brand", "kbrand", "KB", "Kath"),
    ],
)
def test_nobody_is_called_by_a_title_or_by_letters(shown: str, mailbox: str, signed: str, called: str) -> None:
    """Issue 3: never a wrong name."""
    assert given_name(Address(shown, f"{mailbox}@house.example"), signed) == called


def test_a_leave_taking_is_no_signature() -> None:
    text = "Hi Ann,\n\nwe want to employ you as Tester.\n\nHa det!\nSiv"
    assert reading(text, sender="Siv Hammer <siv.hammer@house.example>").signed == "Siv"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You meet a lady called Jan Teller from the money side.", "Jan Teller"),
        ("The committee is Dean Marcus Oyo and myself.", "Marcus Oyo"),
        ("Interviewer : En. Farid Zul, Hatchery Manager", "Farid Zul"),
    ],
)
def test_a_month_a_dean_and_an_encik_bear_names(text: str, name: str) -> None:
    assert name in [n for n, *_ in names_in(text)]


@pytest.mark.parametrize(
    ("text", "who", "writer"),
    [
        ("Marta Lund, who heads our school, sits with.", "Marta Lund", True),
        ("There will also be Anselm, our tile setter. And I. Come by the garden.", "Anselm", True),
        ("The panel is three: myself, Una Pike and Rob Teal.", "Una Pike", True),
        ("Magda (our chief dietitian, very kind) wants to meet you. Just the two of you.", "Magda", False),
        ("I read your letter to my deputy, Mr Devi, over breakfast. May we speak to you, he and I?", "Devi", None),
        ("You will meet me and a reporter called Lea Tual.", "Lea Tual", True),
        ("I'll have Bert with me, he built the boats.", "Bert", None),
        ("You will be discussing with Hadi Garb (Operations) and my humble self.", "Hadi Garb", True),
    ],
)
def test_who_will_be_there_beside_the_writer(text: str, who: str, writer: bool | None) -> None:
    found = letter(f"Please come to an interview for Tester on Monday 9 March at 10:00. {text}")
    assert who in [p.name for p in found.people]
    assert writer is None or (found.writer_meets is not False) is writer


@pytest.mark.parametrize(
    "text",
    [
        "It will be taken by the undersigned alone, Mrs Wank being on leave that day.",
        "For the position Junior Consultant, Packaging & Waste, my colleague Nnam Eze would like to speak with you.",
        "Could you meet us both at Marsh Pictures on Alameda?",
    ],
)
def test_neither_the_absent_nor_departments_nor_streets_take_part(text: str) -> None:
    people = [p.name for p in letter(text).people]
    assert not {"Wank", "Waste", "Alameda"}.intersection(people)


# --------------------------------------------------------------------------------------------------- hours and promises


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Would Monday 9 March at 10 o'clock suit you, till noon?", 12 * 60),
        ("I thought of Monday 9 March, 1 o'clock, an hour and a bit, say till 2:15.", 14 * 60 + 15),
        ("Please come on Monday 9 March at ten to one.", 13 * 60 + 50),
        ("You are expected on Monday 9 March at fifteen hours.", 16 * 60),
    ],
)
def test_when_a_talk_ends(text: str, end: int) -> None:
    """P9 puts the thank-you there; an end that is named counts for more than a length, and nobody meets at ten to one at night."""
    (slot,) = [s for s in letter(text).slots if not s.whole_day]
    assert (slot.end.hour * 60 + slot.end.minute, slot.start.day) == (end, 9)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("All candidates will be notified within five (5) business days of this notice.", date(2026, 3, 11)),
        ("Everything with us takes ten working days. You get word inside of those.", date(2026, 3, 18)),
        (
            "He flies on Saturday and takes the file, so it takes now two weeks before you hear from us.",
            date(2026, 3, 18),
        ),
        ("They meet on Thursday, 5 March, so figure on hearing from us the day after that.", date(2026, 3, 6)),
        ("Then Ben and I decide together and you get to know by Friday the 13th.", date(2026, 3, 13)),
        ("She is off skiing on Friday so it's that or wait till May.", None),
        ("You are expected on Monday, 9 March.", None),
        ("I should like to have it all in the house before Friday the 13th, as the binder then goes.", None),
        ("I know it's right after the 9th so holler if you're still up at the lake.", None),
    ],
)
def test_a_promise_leans_on_what_was_said_before_and_what_the_owner_sends_is_none(text: str, day: date | None) -> None:
    """POLICY, "reply-by date"."""
    promise = letter(text).promise
    assert (promise.day if promise else None) == day


@pytest.mark.parametrize(
    ("text", "country", "written", "last"),
    [
        ("You hear after Memorial Day.", "US", date(2026, 5, 20), date(2026, 5, 29)),
        ("You hear after Easter.", "GB", date(2026, 3, 30), date(2026, 4, 10)),
        ("You hear after Easter Monday.", "GB", date(2026, 3, 30), date(2026, 4, 10)),
        ("You hear after Labor Day.", "US", date(2026, 9, 1), date(2026, 9, 11)),
        ("You hear after Memorial Day.", "GB", date(2026, 5, 20), None),
    ],
)
def test_a_holiday_that_is_named_is_the_countrys_own(text: str, country: str, written: date, last: date | None) -> None:
    """POLICY: "after the bank holiday" is the Friday of the week that its next working day is in."""
    (day,) = find(text).days
    span = resolve(day, Setting(written, False, holidays_of(country)))
    assert (span[1] if span else None) == last


# ------------------------------------------------------------------------------------------------------------- kinds


def test_the_buttons_below_a_reminder_call_nothing_off() -> None:
    """Close calls: a reminder confirms."""
    first = letter("Your interview for Tester is confirmed for Monday 9 March at 13:30.")
    again = reading(
        "Hi Ann,\n\nThis is a reminder of your interview for Tester on Monday 9 March at 13:30.\n\nReschedule | Cancel",
        at=datetime(2026, 3, 8, 9, 0, tzinfo=ZoneInfo("Europe/London")),
    )
    (opportunity,) = conversation(first, again).opportunities.values()
    assert [i.cancelled for i in opportunity.interviews] == [False]


def test_a_talk_before_the_decision_is_no_decision() -> None:
    text = (
        "Before a decision on the post of Tester is taken I wish to speak with you. I propose Monday 9 March at 10:00."
    )
    assert kinds.decide(letter(text), None).kind is Kind.INTERVIEW_INVITATION


def test_a_hat_that_has_a_fellow_withdraws_nobody() -> None:
    text = "Hi Bo, I left a straw hat with you. No hurry, I've got another."
    assert not [s for s in reading(text, sender=ME, to=BO).said if s.act.value == "withdraw"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("I am pleased to tell you that you are among the candidates whom we wish to see.", ""),
        ("We are you, me and Kit. You ask about the music and I do the money. CVs are in the folder.", "hiring"),
        ("Candidate 2 comes at five, the music teacher.", "hiring"),
    ],
)
def test_who_asks_and_who_is_asked(text: str, side: str) -> None:
    """Issue 3, "not ours": the owner on the hiring side."""
    assert letter(text).foreign == side


def test_the_yes_of_the_owners_own_candidate_begins_nothing() -> None:
    asked = reading(
        "Dear Bo,\n\nI am one of the trustees. We'd like to interview you for the post of shop manager on Monday 9 March at 2pm.\n\nAnn",
        sender=ME,
        to=BO,
        subject="Shop manager",
    )
    yes = reading(
        "Dear Ann,\n\nThank you for the invitation. I confirm Monday 9 March at 2pm with pleasure.\n\nBo",
        subject="Re: Shop manager",
        headers={"In-Reply-To": asked.message_id, "References": asked.message_id},
        at=datetime(2026, 3, 5, 9, 0, tzinfo=ZoneInfo("Europe/London")),
    )
    assert not conversation(asked, yes).opportunities


# ------------------------------------------------------------------------------------------------- jobs, houses, agencies


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("hello", "We are after a Chicago correspondent, not a television face.", "Chicago correspondent"),
        ("hello", "The trust needs a Workshop In-charge before the rain.", "Workshop In-charge"),
        ("hello", "Re tug dispatcher at Casco Tow: come down on Tuesday.", "tug dispatcher"),
        ("hello", "You may be just what we need as our next dispensing optician.", "dispensing optician"),
        ("hello", "I am looking for a cataloguer of silver.", "cataloguer of silver"),
        ("hello", "We confirm your application for the position: Lock keeper, case 26-019.", "Lock keeper"),
        ("hello", "It's the ripener job you wrote about.", "ripener"),
    ],
)
def test_a_job_is_heard_by_what_stands_round_it(subject: str, text: str, role: str) -> None:
    assert role in [r.name for r in letter(text, subject=subject).roles]


@pytest.mark.parametrize(
    ("sender", "text", "house"),
    [
        (
            "Gus Teal <gus@mtcorrie.example>",
            "Come to the site office of Mount Corrie Aggregates.",
            "Mount Corrie Aggregates",
        ),
        ("Ham Orr <ham@tenthbarrel.example>", "Ham here, head brewer, The Tenth Barrel in Leith.", "The Tenth Barrel"),
        (
            "Mags Orr <mags@freoharbourrowing.example>",
            "I write for Fremantle Harbour Rowing Club.",
            "Fremantle Harbour Rowing Club",
        ),
    ],
)
def test_a_house_is_called_as_its_people_call_it(sender: str, text: str, house: str) -> None:
    assert letter(text, sender=sender).organisations[0].name == house


def test_a_recruiters_second_client_is_an_opportunity_of_its_own_and_keeps_its_news_in_the_firsts_thread() -> None:
    """Issue 3: two clients of one agency stay apart; what a subject says is of its thread."""
    start = datetime(2026, 3, 4, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    first = letter(
        "They love it. Account manager at Loud Melon, the lot by the bridge. You'd see Jonty Sear. Would Monday 9 March at 10:00 do?",
        sender=AGENT,
        subject="Loud Melon / account manager",
        at=start,
    )
    second = letter(
        "Carton Moss, content strategist. They do pensions, don't make the face. Fia Reid could see you on Tuesday 10 March at 3:30. Can you make that?",
        sender=AGENT,
        subject="Carton Moss",
        at=start + timedelta(hours=2),
    )
    no = letter(
        "Wrong thread, this is about the melons. Jonty rang: they have given the job to somebody else. So Loud Melon's done, I'm sorry.",
        sender=AGENT,
        subject="Re: Carton Moss",
        at=start + timedelta(days=8),
        headers={"In-Reply-To": second.message_id, "References": second.message_id},
    )
    made = {o.organisation: o for o in conversation(first, second, no).opportunities.values()}
    assert set(made) == {"Loud Melon", "Carton Moss"}
    assert made["Loud Melon"].outcome is not None
    assert made["Carton Moss"].outcome is None


def test_a_persons_first_letter_joins_the_application_that_a_machine_confirmed() -> None:
    """Issue 3: mail from the same organisation joins, though it names no job."""
    start = datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    receipt = reading(
        "Your application for the position Fire Safety Inspector has been received by Sunhavn Fire Service. You cannot reply to this.",
        sender="Sunhavn Fire Service <noreply@sunhavn.example>",
        subject="Registered",
        at=start,
    )
    invites = letter(
        "I have your papers on my desk, eleven years is long, we are curious. We had thought of Monday 9 March at 13:00, one hour, at the "
        "station, only me. Write me a word if the day is good for you.",
        sender="Tor Eik <tor.eik@sunhavn.example>",
        subject="26/114",
        at=start + timedelta(days=2),
    )
    (opportunity,) = conversation(receipt, invites).opportunities.values()
    assert opportunity.role == "Fire Safety Inspector"
    assert opportunity.proposals


# ------------------------------------------------------------------------------------------------- the last two of seven


def test_a_name_at_the_end_of_a_wrapped_sentence_is_no_signature() -> None:
    """Issue 3, "own text only": below it stands what matters."""
    text = (
        "Mr Zell's papers have arrived. For me a first name is enough here, I am\nUrs.\n\nWe look for a Shift Electrician. Possible dates: "
        "Monday 9 March 13:30 or Tuesday 10 March 16:00. Please tell which.\n\nUrs Ebi\nMaintenance"
    )
    found = reading(text, sender="Urs Ebi <ebi@papier.example>")
    assert len([s for s in found.slots if not s.whole_day]) == 2


def test_a_result_that_is_promised_to_those_not_selected_too_turns_nobody_down() -> None:
    text = "All the candidates will be notified of the result by Friday the 13th, in writing, also those not selected."
    assert kinds.decide(letter(text), None).kind is Kind.STATUS_UPDATE


def test_the_day_that_is_given_in_its_place_is_the_new_one() -> None:
    """P25: not the evening on which somebody flies, nor the day that does not happen."""
    start = datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    first = letter(
        "Your interview for Tester is confirmed for Tuesday 10 March at 11:30.", at=start - timedelta(days=4)
    )
    again = letter(
        "Rav has to fly out tonight. So tomorrow is not happening, I have moved you to Friday the 13th, same time.",
        at=start,
    )
    (opportunity,) = conversation(first, again).opportunities.values()
    assert [i.start.isoformat() for i in opportunity.interviews] == ["2026-03-13T11:30:00+00:00"]


@pytest.mark.parametrize("line", ["See you then!", "Please tell which."])
def test_what_somebody_says_is_no_house(line: str) -> None:
    assert line.strip("!.") not in [
        n.name.strip("!.") for n in letter(f"Come on Monday 9 March at 10:00.\n\n{line}").organisations
    ]


def test_a_letter_to_the_hiring_committee_is_to_those_who_hire() -> None:
    text = "Comrades of the hiring committee,\n\nthree finalists for Produce Buyer, all on Thursday. Resumes are in the green folder.\n\nBo"
    assert reading(text).foreign == "hiring"


def test_first_of_april_promises_nothing() -> None:
    assert letter("No April Fools, promise. Would you have an hour for me on Monday 9 March at 1:30?").promise is None


def test_a_no_reply_may_stand_in_the_domain() -> None:
    said = reading(
        "We confirm the receipt of your application for Tester.", sender="Stadtwerk <bewerbung@no-reply.wabe.example>"
    )
    assert not said.human
