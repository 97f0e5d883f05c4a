"""What small mails said otherwise than courses do: which house hires, who takes part, promises, refusals that are none.

Issue 3: each row stands for a way of saying it that was missed; sentences and names are new here.
"""

from __future__ import annotations

from datetime import date

import pytest

from agent.core import kinds
from agent.core.fold import described
from agent.core.opportunity import Opportunity
from agent.core.read.reading import Act, Kind, Reading, SenderKind
from tests.read.mail import BO, conversation, reading


def house(text: str, **kind: object) -> tuple[str, bool]:
    read = reading(text, **kind)
    known = described(Opportunity(id="x", anchor=read.message_id, began=read.date, subject=""), read, False)
    return known.organisation, known.agency


# ------------------------------------------------------------------------------------------------------------- houses


@pytest.mark.parametrize(
    ("sender", "subject", "text", "hires"),
    [
        ("Pilar Sanz <pilar@orrenbridge.example>", "Thursday", "Dear Ann,\n\nMarlock Foundry have asked to see you about the Pattern Maker job on Thursday at ten.\n\nPilar\nOrren Bridge", "Marlock Foundry"),
        ("Pilar Sanz <pilar@orrenbridge.example>", "News", "Dear Ann,\n\nSkerry Hospice (Fundraiser, Leith) want to see you on the 9th at ten.\n\nPilar\nOrren Bridge", "Skerry Hospice"),
        ("Pilar Sanz <pilar@orrenbridge.example>", "News", "Dear Ann,\n\nHolm Parks Trust, the Care Officer one, have read you and like you. They can do Thursday at two or at four.\n\nPilar\nOrren Bridge", "Holm Parks Trust"),
        ("Sievert Talent <sanna@sieverttalent.example>", "Offer", "Hello Ann,\n\nTrollvik Breweries is making you an offer as Brand Manager.\n\nSanna", "Trollvik Breweries"),
    ],
)  # fmt: skip
def test_an_agencys_client_is_known_by_what_only_those_do_who_hire(
    sender: str, subject: str, text: str, hires: str
) -> None:
    assert house(text, sender=sender, subject=subject) == (hires, True)


@pytest.mark.parametrize(
    ("sender", "subject", "text", "hires"),
    [
        ("Slotter <invites@slotter.example>", "Confirmed: your interview", "Event: Interview - Quay Road Logistics\nWhen: Monday 9 March, 14:00\n\nThis is an automated message.", "Quay Road Logistics"),
        ("Testbarn <assessments@testbarn.example>", "Assessment invitation", "Dear Ann,\n\nBrunt Utilities has asked you to complete a numerical reasoning test for the Engineer position.", "Brunt Utilities"),
        ("Orrel Insurance Group <orrel@tidehire.example>", "Your application", "Dear Ann,\n\nwe have received your application as Tester.\n\nTalent Acquisition", "Orrel Insurance Group"),
        ("Hartle & Pym Careers <hartlepym@flowapply.example>", "Application received: Trainee Surveyor", "Dear Ann,\n\nyour details are with us. By using Flowapply you accept its notice.\n\nCareers", "Hartle & Pym"),
    ],
)  # fmt: skip
def test_a_portal_is_not_the_house_for_which_it_writes(sender: str, subject: str, text: str, hires: str) -> None:
    assert house(text, sender=sender, subject=subject)[0] == hires


@pytest.mark.parametrize(
    "text",
    [
        "Fern Hill Academy sits beside the Harbour Centre. I would like to meet you about the Tester job there on Monday at ten.",
        "we would like to see you on Monday at ten. The Board of Governors has asked me to chair.",
        "Day Services are full on Monday, so we see you about the Tester job on Tuesday at ten.",
    ],
)
def test_another_house_beside_ones_own_makes_nobody_an_agency(text: str) -> None:
    sender = "Una Shaw <una.shaw@fernhillacademy.example>"
    found = house(f"Dear Ann,\n\n{text}\n\nUna Shaw\nFern Hill Academy", sender=sender, subject="Tester")
    assert found == ("Fern Hill Academy", False)


def test_a_houses_newsletter_spells_its_name_but_says_nothing_of_a_candidacy() -> None:
    """P20: no answer; only how the house of ballyhillhospice.example is written."""
    invited = reading(
        "Dear Ann,\n\nthank you for your application as Fundraiser. Please come to an interview on Thursday 12 March at ten.\n\nDeirdre",
        sender="Deirdre Foy <deirdre@ballyhillhospice.example>",
        subject="Interview",
    )
    news = reading(
        "Dear friends,\n\nour walk takes place in May.",
        sender="Ballyhill Community Hospice <news@ballyhillhospice.example>",
        subject="Spring",
        headers={"List-Id": "<friends.ballyhillhospice.example>"},
    )
    book = conversation(invited, news)
    (known,) = book.opportunities.values()
    assert known.organisation == "Ballyhill Community Hospice"
    assert news.message_id not in known.message_ids


def test_a_mailbox_that_takes_no_answers_is_a_machines() -> None:
    read = reading(
        "Your interview is confirmed. This address does not accept replies.", sender="Bookery <team@bookery.example>"
    )
    assert read.sender_kind is SenderKind.SYSTEM


# ------------------------------------------------------------------------------------------------------------- people


@pytest.mark.parametrize(
    "text",
    [
        "Bram runs the field and sits with us. Ask for either of us at the desk.",
        "You'll be talking to Bram Oost, who runs the field, and to me.",
        "Bram Oost, copied here, will join me on the call.",
        "I shall preside; the other member is Vera Lund.",
        "You'll have Bram Oost and yours truly.",
        "It will only be me, in the office above the yard.",
    ],
)
def test_the_writer_takes_part_in_whatever_words(text: str) -> None:
    """P10: whoever took part is thanked."""
    assert reading(f"Dear Ann,\n\nsee you on Monday 9 March at ten. {text}\n\nBo").writer_meets is True


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("You're seeing Mara Lind who's head of finance.", ["Mara Lind"]),
        ("Instead of Nils Prior, who is ill, you will now see Mara Lind.", ["Mara Lind"]),
    ],
)
def test_you_are_seeing_somebody(text: str, who: list[str]) -> None:
    read = reading(f"Dear Ann,\n\nthe interview is on Monday 9 March at ten. {text}\n\nBo")
    assert [p.name for p in read.people if p.meets] == who


# ----------------------------------------------------------------------------------------------------------- promises


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Count on one to two weeks for the decision.", date(2026, 3, 18)),
        ("Whoever was on a panel is told one way or the other by the 20th.", date(2026, 3, 20)),
        ("The results are e-mailed out by the 20th.", date(2026, 3, 20)),
        ("Our response, whichever it is, by the 20th.", date(2026, 3, 20)),
        ("Management has undertaken to respond to all within ten days.", date(2026, 3, 14)),
        ("You can expect the decision on Friday 20 March.", date(2026, 3, 20)),
        ("Allow us a maximum of ten days for a reply.", date(2026, 3, 14)),
    ],
)
def test_a_promise_in_other_words(text: str, day: date) -> None:
    """POLICY, reply-by date; written on Wednesday 4 March 2026."""
    promise = reading(f"Dear Ann,\n\nthank you for coming in. {text}\n\nBo").promise
    assert promise is not None
    assert promise.day == day


# -------------------------------------------------------------------------------------------------------------- kinds


def decided(text: str, *before: Reading) -> tuple[Kind, bool]:
    read = reading(f"Dear Ann,\n\n{text}\n\nBo", subject="Your application")
    decision = kinds.decide(read, next(iter(conversation(*before).opportunities.values()), None))
    return decision.kind, decision.unclear


MET = reading(
    "Dear Ann,\n\nyour interview for the job of Tester is confirmed for Monday 2 March at ten.\n\nBo", sender=BO
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the certified copies, handed to the panel yesterday, have arrived. The outcome will be conveyed to all by the end of the month.", Kind.REJECTION),
        ("I regret that we cannot offer you the 20th any more. You are expected instead on Tuesday 24 March at eleven.", Kind.REJECTION),
        ("the next person I want you in front of is our director. Send me some windows for next week.", Kind.OFFER),
        ("I am sorry to say that we cannot offer you a place on the course this year.", Kind.OFFER),
    ],
)  # fmt: skip
def test_no_refusal_and_no_offer_is_read_where_none_is_said(text: str, kind: Kind) -> None:
    """P14, P15: a reply to what nobody said would embarrass."""
    assert decided(text, MET)[0] is not kind


@pytest.mark.parametrize(
    "text",
    [
        "we have seen many good people, and our choice did not fall on you.",
        "it's a no from us, sorry.",
        "the company shut the vacancy for good this afternoon.",
    ],
)
def test_a_refusal_in_other_words(text: str) -> None:
    """P26: nothing is nudged after a no."""
    assert decided(text, MET)[0] is Kind.REJECTION


AHEAD = reading(
    "Dear Ann,\n\nyour interview for the job of Tester is confirmed for Monday 9 March at ten.\n\nBo", sender=BO
)


def test_cannot_wait_to_meet_you_calls_nothing_off() -> None:
    """Close calls, a reminder: the interview stands."""
    text = "This is a friendly reminder.\n\nMonday 9 March, 10:00, room 118, with Mara Lind.\n\nBring a photo ID. We can't wait to meet you!"
    read = reading(text, subject="Reminder")
    assert read.score(Act.CANCEL) == 0
    assert (
        kinds.decide(read, next(iter(conversation(AHEAD).opportunities.values()))).kind is Kind.INTERVIEW_CONFIRMATION
    )


def test_who_asks_not_to_come_calls_it_off() -> None:
    text = "my brother was taken into hospital last night. I must ask you not to come on Monday. I cannot yet name another day."
    assert decided(text, AHEAD)[0] is Kind.INTERVIEW_CANCELLED


def test_what_all_words_deny_is_no_refusal() -> None:
    """P2: one sentence sounds like a no, the whole letter says surely that it goes on."""
    text = (
        "Sorry to disappoint you, but the answer that I had promised for today must wait until next Friday. One of the panel is ill, and we will not "
        "decide without her. Kindly bear with us."
    )
    assert decided(text, MET)[0] is not Kind.REJECTION


def test_give_me_the_nod_asks_for_an_answer() -> None:
    """Settled cases: a time that is asked about is an invitation."""
    text = "Vera Lund can see you on Tuesday 10 March at half past ten about the Tester job. Give me the nod and I'll lock it in."
    assert decided(text)[0] is Kind.INTERVIEW_INVITATION


def test_an_hour_said_again_without_its_day_confirms() -> None:
    invited = reading("Dear Ann,\n\nplease come to an interview as Tester on Monday 9 March at 9.15.\n\nBo", sender=BO)
    answer = reading(
        "Hello Bo, that is fine, I am there at 9.15.\n\nAnn", sender="Ann Example <ann@post.example>", to=BO
    )
    known = next(iter(conversation(invited).opportunities.values()))
    assert answer.score(Act.AGREE) >= 6
    assert kinds.decide(answer, known).kind is Kind.INTERVIEW_CONFIRMATION
