"""What a hostile reader made the patterns say: sentences that share their words with a no, an offer, a new hour or a promise.

Each of them was misread once. "!kind" means: anything but that.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.read.mail import ME, conversation, reading
from tests.read.test_kinds import AHEAD, FIXED, kind_of

INVITED = "Dear Ann,\n\nwe would like to interview you for the post of Tester on Tuesday 10 March at 10:00."


@pytest.mark.parametrize(
    ("text", "before", "kind"),
    [
        (
            "We are delighted to offer you the post of Tester; please reply by Friday 13 March, failing which the offer lapses.",
            FIXED,
            "offer",
        ),
        ("The job is yours, but sign by Friday or else I lose the budget.", FIXED, "offer"),
        (
            "We've gone with someone else this time, but I'd be glad to give you ten minutes of feedback.",
            FIXED,
            "rejection",
        ),
        (
            "We have chosen someone else, but I can give you ten minutes of feedback on the phone on Friday.",
            FIXED,
            "rejection",
        ),
        ("The panel has cancelled the meeting with you on Tuesday.", AHEAD, "interview_cancelled"),
        ("He has cancelled the meeting on Tuesday; he is in hospital.", AHEAD, "interview_cancelled"),
        ("He moved the meeting to Thursday 12 March at 11:00, sorry.", AHEAD, "interview_rescheduled"),
        ("Your interview time is changing to Thursday 12 March at 11:00.", AHEAD, "interview_rescheduled"),
        (
            "Your interview is postponed to Thursday 12 March at 10:00 and we will let you know the result by 20 March.",
            AHEAD,
            "interview_rescheduled",
        ),
        (
            "Your interview has been moved to Thursday 12 March and we will let you know the outcome by Friday 20 March.",
            AHEAD,
            "interview_rescheduled",
        ),
        (
            "We see the others on Tuesday as well, so your interview moves, new time: Thursday 12 March at 10:00.",
            AHEAD,
            "interview_rescheduled",
        ),
        (
            "I have to call off your interview on Tuesday, or else I miss my own operation.",
            AHEAD,
            "interview_cancelled",
        ),
        ("We cannot do Tuesday properly, so I will ring with a new date.", AHEAD, "interview_cancelled"),
        (
            "We had to choose quickly or else lose the grant, and so have gone with another candidate.",
            FIXED,
            "rejection",
        ),
        ("The board has not yet approved your appointment, it meets again on Friday.", FIXED, "!offer"),
        ("The board has confirmed your appointment for Tuesday 10 March at 10:00.", AHEAD, "!offer"),
        ("10:00 no longer works for Jane, I will ring you.", AHEAD, "!interview_confirmation"),
        ("Please send me a copy of your passport before Tuesday 10 March at 10:00.", AHEAD, "information_request"),
        (
            "If appointed, you are required to attend training on Monday 16 March at 9:00.",
            FIXED,
            "!interview_confirmation",
        ),
        ("I could not reach your referee. I will try again on Friday.", AHEAD, "!interview_rescheduled"),
        (
            "Our recruitment process for the Tester post is now completed and I am delighted to tell you that you were our first choice.",
            FIXED,
            "offer",
        ),
        ("We will not be hiring anyone until the board meets on 12 March.", FIXED, "!rejection"),
        (
            "We will not be recruiting for this role through an agency, so please write to me directly.",
            FIXED,
            "!rejection",
        ),
        ("We have closed the posting and will be in touch with shortlisted candidates next week.", FIXED, "!rejection"),
        ("We have given the same exercise to the other candidate and will compare on Friday.", FIXED, "!rejection"),
        ("There will not be a job talk this time, only the panel on Tuesday 10 March at 10:00.", AHEAD, "!rejection"),
        ("You asked about a written test. There is not going to be one.", FIXED, "!rejection"),
        ("We are unable to put you on the payroll until we have your tax number.", FIXED, "!rejection"),
        ("As for the post, the director wants to see your portfolio, so I have given it to him.", FIXED, "!rejection"),
        ("We have chosen a member of staff to show you round before the interview.", AHEAD, "!rejection"),
        ("The other posts are staffed, yours is the one still open.", FIXED, "!rejection"),
        (
            "You were the runner up last year, so we were glad to see you apply again. We decide next week.",
            FIXED,
            "!rejection",
        ),
        ("I respect your choice.", FIXED, "!interview_invitation"),
        ("Give me a quick answer: interview on Thursday 12 March, ok?", FIXED, "interview_invitation"),
        ("You do not need to record yourself for this, we will just talk.", AHEAD, "!assessment_request"),
        ("The director will make us a plan of the new lab, and then we decide.", FIXED, "!assessment_request"),
        ("The director will fire us back an answer by Friday.", FIXED, "!information_request"),
    ],
)
def test_words_alone_decide_nothing(text: str, before: str, kind: str) -> None:
    """P2, P16, P24, P25: the dangerous kinds, each beside what only sounds like it."""
    found = kind_of(before, f"Dear Ann,\n\n{text}\n\nBo")
    assert found != kind[1:] if kind.startswith("!") else found == kind


@pytest.mark.parametrize(
    "text",
    [
        "I'll ping you the Teams thing on Monday 9 March.",
        "I'll drop you at the station on Friday 13 March.",
        "I'll shout you lunch on Friday 13 March.",
        "I will send you Kay's number on Monday 9 March.",
        "We will send it to the printers by Friday 13 March.",
        "If I have your answer by Friday 13 March I can plan the rota.",
        "Please give us a couple of days to set up your account.",
        "Give us a day or two to find you a room.",
        "We would be glad of a reply by Friday 13 March.",
        "The ministry reopens by Friday 13 March.",
        "Hope to meet to talk on Friday 13 March.",
        "We will call it a day on Friday 13 March.",
    ],
)
def test_what_is_sent_lifted_or_set_up_by_a_day_is_no_answer(text: str) -> None:
    """P23: only what the employer promises of the decision."""
    assert reading(f"Dear Ann,\n\n{text}\n\nBo").promise is None


@pytest.mark.parametrize(
    "text",
    [
        "A quick word of thanks for coming in: you will hear from us by Friday 13 March.",
        "A word about timing: we will tell you our decision by Friday 13 March.",
        "Just a short word before the weekend to say that we will decide by Friday 13 March.",
    ],
)
def test_a_word_before_a_promise_leaves_it_one(text: str) -> None:
    found = reading(f"Dear Ann,\n\n{text}\n\nBo").promise
    assert found is not None
    assert found.day == date(2026, 3, 13)


@pytest.mark.parametrize(
    "text",
    [
        "You can have the position and can start in May if all goes well.",
        "I'm so interested in this role and I will sit in on the interview.",
        "HR will call your chief: we need one reference for them to close the file.",
        "Your old boss Jo named you as her former manager, which we liked.",
        "I can bring my own references to old projects, if you like.",
    ],
)
def test_an_employer_may_speak_of_references_and_beginnings(text: str) -> None:
    """POLICY, "What makes an opportunity": the owner is not held to be the one who hires."""
    assert conversation(reading(f"{INVITED} {text}\n\nBo")).opportunities


@pytest.mark.parametrize(
    "text",
    [
        "The team at Hamburg Works will see you. They need a tester badly.",
        "Our lab people are swamped, they need a tester yesterday. You will sit at Quay House.",
        "Your former colleagues at Nordic Steel say hello, they are missing you.",
        "your profile was accepted by HR. Call me at Lindt House.",
        "You wrote that you had worked for Nordic Steel and that they are hiring again.",
    ],
)
def test_a_recruiter_in_the_house_is_no_agency(text: str) -> None:
    """Issue 3: the employer writes, whomever else they name."""
    one = reading(
        f"{INVITED} {text}\n\nBo\n\n--\nBo Boss\nRecruitment Consultant\nAcme Mills",
        sender="Bo Boss <bo@acmemills.example>",
        subject="Tester at Acme Mills",
    )
    assert not one.agency
    assert [o.organisation for o in conversation(one).opportunities.values()] == ["Acme Mills"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You will meet Peter Lake, our head of quality.", ["Peter Lake"]),
        ("You will be interviewed by Diego Rivera and Santa Maria Lopez.", ["Diego Rivera", "Santa Maria Lopez"]),
        ("My assistant Kay Doe books the rooms. She is the one who talks to the hotel.", []),
        ("My assistant Kay Doe sends the link. Only her and you know the password.", []),
        ("You will be accompanied by Kim Park from security to the lift.", []),
        ("Please come accompanied by your Mother Tongue certificate.", []),
    ],
)
def test_people_may_be_called_like_places_and_talk_to_hotels(text: str, names: list[str]) -> None:
    """P6, P10."""
    assert [p.name for p in reading(f"{INVITED} {text}\n\nBo").people] == names


@pytest.mark.parametrize("subject", ["Good News", "Cape Town", "Trial Shift"])
def test_a_subject_of_two_capitals_is_not_the_employer(subject: str) -> None:
    one = reading(
        f"{INVITED} {subject}!\n\nBo\n\n--\nBo Boss\nAcme Mills", sender="Bo <bo@acmemills.example>", subject=subject
    )
    assert [o.organisation for o in conversation(one).opportunities.values()] == ["Acme Mills"]


@pytest.mark.parametrize(
    ("text", "accepts"),
    [
        ("I'd like to take the job, and I look forward to it.", True),
        ("I would like to take the position as Tester.", True),
        ("I'd like to take the days you give me to think it through and look at the contract.", False),
        ("I would like to take a few days, and the weekend, before I say anything.", False),
        ("I want to take this evening to talk it over at home.", False),
    ],
)
def test_who_takes_time_to_think_takes_no_offer(text: str, accepts: bool) -> None:
    """P26: nobody is bound by a word that was said of days."""
    offer = "Dear Ann,\n\nwe are delighted to offer you the position of Tester after your interview.\n\nBo"
    told = kind_of(offer, f"Hi Bo,\n\n{text}\n\nAnn", sender=ME, to="Bo Boss <bo@firm.example>")
    assert (told == "offer_acceptance") is accepts


@pytest.mark.parametrize(
    "text",
    [
        "Perfect, you're down for Tuesday 10 March at 10 and the other slot is gone already, so good timing.",
        "Tuesday at 10 it is. The afternoon slots are all taken by now.",
    ],
)
def test_an_hour_that_others_took_is_no_refusal(text: str) -> None:
    """Close calls: what is gone is an hour, and no job."""
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_confirmation"
