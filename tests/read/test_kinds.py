"""Kinds of single messages in their place: negation, scope, conditions and the close calls of POLICY ("Message kinds")."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent.core import kinds
from agent.core.fold import Book
from agent.core.read.reader import Owner
from agent.core.read.reading import Kind
from tests.read.mail import ME, OWNER, WRITTEN, ZONE, conversation, kind_alone, reading

assert isinstance(OWNER, Owner)
FIXED = "Dear Ann,\n\nyour interview for the post of Tester is on Monday 2 March 2026 at 10:00.\n\nBo Boss"
AHEAD = "Dear Ann,\n\nyour interview for the post of Tester is on Tuesday 10 March 2026 at 10:00.\n\nBo Boss"


def after(first: str, text: str, **kind: object) -> tuple[Book, str]:
    """The book after an earlier mail of eight days before and this one; the Message-ID of this one."""
    earlier = reading(first, at=WRITTEN - timedelta(days=8))
    answer = {"In-Reply-To": earlier.message_id, "References": earlier.message_id}
    this = reading(text, subject="Re: Application for Tester", headers=answer, **kind)
    return conversation(earlier, this), this.message_id


def kind_of(first: str, text: str, **kind: object) -> str:
    book, message_id = after(first, text, **kind)
    row = book.rows[message_id]
    return "unclear" if row.unclear else row.kind.value


@pytest.mark.parametrize(
    "text",
    [
        "Unfortunately we are unable to offer you the position.",
        "We will not be taking your application any further.",
        "I am sorry to say that we have gone with another candidate.",
        "After careful consideration we have decided not to proceed with your application.",
        "You were a close second, but the post has gone to somebody with more experience.",
        "The role has been filled internally.",
        "The position has been closed and will not be filled.",
        "We'd love to offer you a different job one day, but for this role we have chosen someone else.",
        "Congratulations on a great interview. Sadly the panel has appointed another applicant.",
        "We have asked another of the candidates, who has helped here for three years, to be our tester, and she has said yes.",
        "My cousin comes back from Trieste, so he becomes the tester and not you.",
        "We are sorry, but the position went to someone who declined us last year and changed their mind.",
        "Unfortunately we will not take your application any further, the budget fell through and it left us no choice.",
        "We've gone with someone else, who went back to full time for it.",
        "I wish I had better news. Somebody from another school asked for a transfer, and the post is hers.",
        "I have drawn up the shortlist. I am sorry to say that you are not on it.",
        "The owners have decided to promote one of their own supervisors into the tester's seat.",
        "They go ahead with two people who already hold the certificate, so it stops here, sadly.",
        "I wish I'd a better answer for you. The desk goes to her and I've nothing to give you.",
        "I am sorry to say the second interview is not going ahead as we have chosen another candidate.",
        "Unfortunately we have not been able to proceed further with your application.",
        "Every open position was cut from this year's budget, so there is no job left to interview you for.",
        "Take that other job. We decided this afternoon for a colleague from the day ward who wants to move to the office.",
        "The bridge round fell apart tonight, which means no tester, not you, not anybody.",
    ],
)
def test_a_no_is_a_rejection_whatever_is_wrapped_round_it(text: str) -> None:
    """LESSONS: "unable to offer you" was read as an offer; rejection comes before offer."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "rejection"


@pytest.mark.parametrize(
    "text",
    [
        "This is not a rejection: we simply need a little longer and are still deciding.",
        "We are still reviewing all candidates and have not made a decision yet.",
        "The budget is frozen for now, so the process is on hold. We are still interested.",
        "We have two more candidates to see and will let you know by 20 March.",
        "I hope to have news for you by the end of next week.",
        "We cannot name anyone until the grant is signed, and nobody will say when. You are very much still in it.",
        "Thank you for coming to us today. There are still three meetings next week. You can expect our answer by 20 March.",
        "Two people were poorly this week, so we are seeing them on Tuesday instead. One of us will write by Thursday 12 March.",
        "The post is still open and you are still being considered. The budget is unsigned, so the department has not been able to proceed.",
        "I didn't want you to think we forgot about you. The committee is still going through its evaluations.",
        "On Friday I go with one of our engineers to Berlin; after that we will come back to you.",
        "We are promoting a colleague to team lead, so your new boss would be Sam. We will decide on the role next week.",
        "I have nothing for you yet, but the panel meets on Friday and I will call you.",
        "Nothing is decided. We have two other persons to receive for the place of Tester, and with him in Lyon it does not advance quickly.",
        "The board has marked all the interviews for Tester and the paperwork is gone up to the director. You will have the result by 19 March.",
        "I appreciate your frankness. The last candidate comes on 9 March, so our decision will be known by Wednesday 18 March.",
    ],
)
def test_where_the_process_stands_is_no_outcome(text: str) -> None:
    """Close calls: frozen for now is a status update."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "status_update"


@pytest.mark.parametrize(
    "text",
    [
        "We are delighted to offer you the position of Tester. Please let us know by 20 March.",
        "The job is yours if you want it!",
        "I am pleased to make you an offer: £40,000 and 28 days of holiday. The contract is attached.",
        "So this is me asking you to come do this for real: Tester at Firm, $182k base, 0.15% equity. Could you give us a yes or a no by Friday the 13th?",
        "He says I'm mad if I don't take you. So the job is yours, start 1 April.",
        "He has agreed to take you as Tester. I will prepare the letter for you to sign.",
        "I'd be delighted if you'd join us as Tester, 37 hours, grade 5. Have a think and ring or email me by Friday 20th.",
    ],
)
def test_an_offer_is_an_offer(text: str) -> None:
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "offer"


@pytest.mark.parametrize(
    "text",
    [
        "We'd love to offer you a time next week: would Thursday 12 March at 14:00 suit you?",
        "Congratulations, you are through to the second round! Could you do Thursday 12 March at 14:00?",
    ],
)
def test_an_offer_of_a_time_is_an_invitation(text: str) -> None:
    """Close calls: "congratulations" on a next round is no offer."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "interview_invitation"


def test_an_unfortunate_new_time_is_a_reschedule() -> None:
    """LESSONS: "unfortunately" stands in reschedules too."""
    text = "Unfortunately I have to move our interview from Tuesday to Thursday 12 March at 14:00."
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_rescheduled"


@pytest.mark.parametrize(
    "text",
    [
        "I have to cancel our ten o'clock on Tuesday. I can't give you another time yet.",
        "I've had to take Tuesday's interview off the calendar, yours and everybody else's. Please don't drive in.",
        "I am sorry, we have to cancel your interview on Tuesday because we are interviewing two others instead.",
        "Your Tuesday interview is cancelled: Carla is ill and we are seeing the others next month.",
        "Due to an illness on the board, the interviews for Tester which were scheduled for Tuesday are not going ahead.",
        "I must call off our meeting on Tuesday. The scaffold has moved on one of our sites and I need to be there.",
        "The creek has come up through the floor of the hall. So Tuesday morning is off, sorry.",
    ],
)
def test_an_hour_that_is_called_off_does_not_stand_because_it_is_named(text: str) -> None:
    """P25: cancelled, though the sentence names the hour that was agreed."""
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_cancelled"


@pytest.mark.parametrize(
    "text",
    [
        "I find that I am needed in court on Tuesday and must therefore move our meeting. We shall see you instead on Friday 13 March at 10:30.",
        "Bad news about Tuesday: the inspector comes that day at nine. So not the 10th. Come on Friday 13 March at 10:30 instead.",
        "The inspectors are in on Tuesday. Your interview for Tester is therefore moving to Friday 13 March, 10:30 to 11:00, as Carla described.",
        "Small change of plan, the director must be in court on Tuesday. Your interview therefore takes place on Friday 13 March at 10:30.",
        "Carla threw her back out, so Tuesday is a no-go. I'm bumping your interview to Friday, 13 March, at 10:30.",
        "Stay under the blankets, forget Tuesday. We make it Friday 13 March at 10.30, at that hour the shop is quiet.",
    ],
)
def test_the_new_hour_stands_where_the_talk_is_moved(text: str) -> None:
    """P25: neither the hour of whatever came between nor the old one."""
    book, message_id = after(AHEAD, f"Dear Ann,\n\n{text}\n\nBo")
    (one,) = book.opportunities.values()
    assert book.rows[message_id].kind.value == "interview_rescheduled"
    assert [i.start for i in one.live_interviews] == [datetime(2026, 3, 13, 10, 30, tzinfo=ZONE)]


def test_an_hour_put_down_is_fixed_and_not_moved() -> None:
    text = "Perfect Ann, I've put you down for 10:00 to 10:45 on Tuesday 10 March. It'll be me and Marcus Webb."
    assert kind_of(AHEAD, f"{text}\n\nBo") == "interview_confirmation"


def test_an_automatic_answer_to_an_application_is_its_receipt() -> None:
    """POLICY, "Message kinds": what it says counts; only an absence is an auto_reply."""
    headers = {"Auto-Submitted": "auto-replied"}
    text = "Thank you for applying to work at Firm as a Tester. This automatic note is to say that we have received your application."
    assert kind_alone(text, headers=headers, subject="Your application as Tester") == "application_receipt"
    away = "I am out of the office until Monday 16 March and have no access to my mail."
    fixed = reading(FIXED, at=WRITTEN - timedelta(days=2))
    absent = reading(away, headers=headers, subject="Out of office")
    assert conversation(fixed, absent).rows[absent.message_id].kind.value == "auto_reply"


OFFER = "Dear Ann,\n\nwe are delighted to offer you the position of Tester. Please answer by 20 March.\n\nBo Boss"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "What a nice message. I would like to take a few days over it and will come back to you before the 18th.",
            "other",
        ),
        ("Before I take the job I would like to ask about the salary.", "other"),
        ("I want to take the offer to my solicitor first.", "other"),
        ("I take it, with both hands! Please have the contract made.", "offer_acceptance"),
        ("After a lot of thought I have decided not to take up your offer.", "offer_decline"),
    ],
)
def test_an_offer_is_answered_by_yes_or_no_alone(text: str, kind: str) -> None:
    """P15, close calls: a wish for time accepts nothing."""
    offer = reading(OFFER, at=WRITTEN - timedelta(days=2))
    fixed = reading(FIXED, at=WRITTEN - timedelta(days=12))
    headers = {"In-Reply-To": offer.message_id}
    own = reading(
        f"Dear Bo,\n\n{text}\n\nAnn",
        sender=ME,
        to="Bo Boss <bo@firm.example>",
        subject="Re: Application for Tester",
        headers=headers,
    )
    assert conversation(fixed, offer, own).rows[own.message_id].kind.value == kind


def test_a_call_off_without_a_new_time_is_a_cancellation() -> None:
    """P25."""
    text = "I am sorry, but we have to cancel your interview on Tuesday. I will come back to you."
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_cancelled"


def test_cancelled_and_turned_down_in_one_is_a_rejection() -> None:
    """Close calls."""
    text = "We have to cancel your interview on Tuesday: the role has been filled by another candidate."
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "rejection"


def test_a_reminder_of_the_agreed_hour_is_a_confirmation() -> None:
    """Close calls."""
    text = "A short reminder of your interview on Tuesday 10 March at 10:00. We look forward to meeting you."
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_confirmation"


@pytest.mark.parametrize(
    "text",
    [
        "Can you call me?",
        "Hi Ann, can you give me a wee ring when you get this?",
        "Could you give me a call at the studio when you get a minute? Afternoons are best.",
        "Would you please telephone me at my office when you have a moment?",
        "Thanks, will look at this with the team.",
        "👍",
        "I have passed it on to Marek.",
    ],
)
def test_what_cannot_be_told_is_unclear(text: str) -> None:
    """P2: an unclear reply never leaves a nudge standing."""
    assert kind_of(FIXED, text) == "unclear"


def test_mere_thanks_is_other_and_not_unclear() -> None:
    """P32."""
    book, message_id = after(FIXED, "Dear Ann,\n\nthank you for your kind note. It was a pleasure to meet you.\n\nBo")
    row = book.rows[message_id]
    assert (row.kind.value, row.unclear) == ("other", False)


def test_an_out_of_office_notice_is_an_automatic_reply() -> None:
    """P20, P21."""
    text = "I am out of the office until 16 March and will read my mail then."
    book, message_id = after(FIXED, text)
    earlier = reading(FIXED, at=WRITTEN - timedelta(days=8))
    this = reading(
        text,
        subject="Automatic reply: Application for Tester",
        headers={"Auto-Submitted": "auto-replied", "In-Reply-To": earlier.message_id},
    )
    assert conversation(earlier, this).rows[this.message_id].kind.value == "auto_reply"
    assert this.returns is not None
    assert (this.returns.month, this.returns.day) == (3, 16)
    assert message_id in book.rows


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Dear Bo,\n\nthank you for the interview on Monday. I enjoyed our talk about test benches.\n\nAnn",
            "thank_you",
        ),
        ("Dear Bo,\n\nis there any news about the post of Tester? I am still very interested.\n\nAnn", "follow_up"),
        ("Dear Bo,\n\nplease withdraw my application, I have accepted another position.\n\nAnn", "withdrawal"),
        (
            "Dear Bo,\n\nThanks for arranging yesterday! I don't have her email so please help me thank her.\n\nAnn",
            "thank_you",
        ),
    ],
)
def test_what_the_owner_writes_after_the_interview(text: str, kind: str) -> None:
    """P26, P27."""
    at = WRITTEN if kind != "follow_up" else WRITTEN + timedelta(days=14)
    assert kind_of(FIXED, text, sender=ME, to="Bo Boss <bo@firm.example>", at=at) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ann, are you open to a new challenge? I came across your profile and have an exciting role. Bo",
        "14 new jobs match your alert: Tester in Leeds, Tester in York. Unsubscribe",
        "Dear Ann, thank you for your application for the flat. Could you come to a viewing on Friday at 18:00?",
        "Dear Ann, your loan application has been approved. Please sign the offer within 14 days.",
        "Dear Ann, we are pleased to offer you a place on the evening course. Please pay the deposit.",
        "Dear Ann, thank you for sitting on the panel. The first candidate comes at 9:30 on Tuesday 10 March.",
        "Hi Ann, could I interview you for my podcast on Friday 6 March at 11:00?",
        "Your order has been received. Unfortunately one item has been cancelled.",
    ],
)
def test_everyday_mail_makes_no_opportunity(text: str) -> None:
    """POLICY, "What makes an opportunity"."""
    found = reading(text, subject="News")
    assert not conversation(found).opportunities


def test_the_day_of_writing_is_a_wednesday() -> None:
    """What the relative dates of these tests count from."""
    assert datetime(2026, 3, 4, tzinfo=ZONE).strftime("%A") == "Wednesday"


@pytest.mark.parametrize(
    "text",
    [
        "I am glad to confirm your interview for the Tester position at Firm on Monday, 9 March 2026, at 10:00. Please ask for me at the front desk.",
        "We are pleased to confirm your interview for the Tester role on Monday 9 March at 10:00.",
        "This is to confirm our conversation about the Tester role on Monday 9 March at 10:00.",
        "We look forward to meeting you for the Tester interview on Monday 9 March at 10:00.",
        "Your interview for the position of Tester has been scheduled for Monday 9 March at 10:00.",
        "Your interview as Tester will take place on Monday 9 March at 10:00 in room 4.",
        "As discussed, we will meet on Monday 9 March at 10:00 to talk about the Tester post.",
        "I'll call you on Monday 9 March at 10:00 to talk about the Tester post.",
        "You are booked in for an interview for the Tester job on Monday 9 March at 10:00.",
        "Please come to our office on Monday 9 March at 10:00 for your interview for the Tester job.",
        "Great, Monday 9 March at 10:00 it is for the Tester interview.",
        "How are you? Here is what we spoke of: Monday 9 March, from 10:00 to 10:30, by video, for the Tester job.",
        "So let's talk properly about the Tester job: Zoom, Monday 9 March, 10:00 to 10:45, Zara and me.",
        "The interview for the Tester job on Monday 9 March at 10:00 will take place at our office, 4 High Street.",
        "Everybody is back, so second try for the Tester job: come on Monday 9 March at 10:00, same side door, same me.",
        "So it stays with Monday 9 March, 10 Uhr, video, about 45 minutes, you and me. Topic is the Tester job here.",
        "They liked your resume. Firm will see you on Monday 9 March, 10am to 11am, for the Tester role.",
        "I have read your letter two times. From April I need a Tester for the shop. So come: Monday 9 March at 10.00, in the small room.",
        "Enjoyed our call. I'm blocking Monday, March 9, from 10 to 11 am for you. I want to see how you think, as for a Tester here that is most days.",
        "great chat just now. so: monday 9 march, 10am, the blue door. we'll figure out whether brand tester is the right seat for you here.",
        "We would like to interview you for the Tester position.\n\nCall: Monday 9 March at 10:00\nWith: Carla Jones",
    ],
)
def test_the_plainest_confirmations_are_confirmations(text: str) -> None:
    """Issue 3: whatever the weights have learnt, the words that everybody writes keep their meaning."""
    assert kind_alone(f"{text}\n\nKind regards,", subject="Tester") == "interview_confirmation"


@pytest.mark.parametrize(
    "text",
    [
        "We would like to invite you to an interview for the Tester post. Would Monday 9 March at 10:00 suit you?",
        "Are you available for an interview for the Tester post on Monday 9 March at 10:00 or Tuesday 10 March at 14:00?",
        "We would like to invite you for an interview for the Tester post. Please let me know your availability next week.",
        "Could you let me know some times that work for a call about the Tester role?",
        "We propose Monday 9 March at 10:00 for an interview about the Tester post. Please confirm that this works for you.",
        "Please use the link to book your interview for the Tester role.",
        "I'd love to set up a call to discuss the Tester role. When are you free next week?",
        "We would like to get to know you for the post of Tester:\n\nMonday, 9 March 2026, from 10:00 to 10:45\n2nd floor, room 2.11\n\nI ask you for a short confirmation of the appointment.",
    ],
)
def test_the_plainest_invitations_are_invitations(text: str) -> None:
    """POLICY, 'Message kinds': asks to find a time."""
    assert kind_alone(f"{text}\n\nKind regards,", subject="Tester") == "interview_invitation"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Your interview planned for Tuesday 10 March at 10:00 has been moved to 12 March at 13:30.", "interview_rescheduled"),
        ("The interview scheduled for Tuesday 10 March at 10:00 has been cancelled. We will phone you about a new date.", "interview_cancelled"),
        ("Your interview on Tuesday 10 March at 10:00 will not take place.", "interview_cancelled"),
    ],
)  # fmt: skip
def test_an_hour_that_was_set_and_is_no_more_is_not_a_new_one(text: str, kind: str) -> None:
    """P25: "scheduled for …" names the hour given up, whatever is said of a new one."""
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == kind


def test_a_false_alarm_of_the_weights_calls_nothing_off() -> None:
    """Danger: a sentence without a word of refusal cancels no interview."""
    text = "Well done, I see the bank's calendar notice has gone out for Tuesday 10 March at 10:00. Three people will be seated."
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") == "interview_confirmation"


def test_the_closing_date_of_an_advertisement_is_no_interview() -> None:
    text = (
        "Your application for the vacancy Tester (MP/1182) has been captured. The closing date for this vacancy is 20 March. Should you"
        " not be contacted within 21 days, please regard it as unsuccessful."
    )
    one = reading(f"Dear Ann\n\n{text}", sender="Firm Careers <noreply@firm.example>", subject="Your application")
    assert conversation(one).rows[one.message_id].kind.value == "application_receipt"


def test_what_was_given_to_another_once_is_no_answer_to_the_owner() -> None:
    """LESSONS: the story of the one who left again is not the owner's rejection; in doubt it is unclear (P2)."""
    text = "We offered it to someone in spring who left again; the owners are careful now, and it will be decided on Monday."
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") in ("status_update", "unclear")


def test_a_no_in_which_somebody_leaves_is_never_still_waiting() -> None:
    """P2: where the words of another's story stand in a no, a nudge does not outlive it."""
    text = "Sorry to say we chose the candidate who left Acme last month."
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") in ("rejection", "unclear")


def test_a_yes_where_no_offer_is_known_takes_none() -> None:
    """P26: papers that were asked for come with a "yes" of their own."""
    text = "Hi Bo,\n\nHere's what you asked for.\n\nDBS: 001799990123, and yes, I'm on the update service.\n\nAnn"
    assert kind_of(FIXED, text, sender=ME, to="Bo Boss <bo@firm.example>") != "offer_acceptance"


@pytest.mark.parametrize(
    "text",
    [
        "After our conversation on Monday we still miss three papers: the certificate, a copy of your licence and a reference. Could you mail these, and write at which date you can begin at the earliest?",
        "Two things I need from you:\n\n1) a few pages of a report you wrote\n2) the dates between January and April on which you can NOT work\n\nCan you mail me both?",
        "In order to take your profile to the compensation team we require:\n\na) last 3 months' payslips\nb) notice period as per your appointment letter\n\nPls share the same.",
    ],
)
def test_papers_are_asked_for_and_no_hour(text: str) -> None:
    """POLICY, "Message kinds": a date to begin work, or one in a list of papers, finds no time to talk; old letters offer nothing."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "information_request"


def test_an_exercise_in_which_something_does_not_move_is_an_exercise() -> None:
    """LESSONS, negation and scope: "a delivery that doesn't move" turns nobody down."""
    text = (
        "Bo wants that the finalists do his exercise before deciding. You find it attached: one client, five languages and a"
        " delivery that doesn't move. Make a plan and send it to me before Sunday 15 March."
    )
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "assessment_request"


def test_silence_that_would_mean_no_is_no_rejection() -> None:
    """Close calls: a receipt says what silence will mean; it is a receipt."""
    text = (
        "We acknowledge receipt of your candidature for the post of Tester. Without news from us in a delay of six weeks, please consider"
        " that your profile was not retained.\n\nMessage automatique, merci de ne pas y répondre."
    )
    assert kind_alone(text, sender="Firm <ne-pas-repondre@firm.example>") == "application_receipt"


def test_a_question_about_news_beside_another_offer_is_a_follow_up() -> None:
    """P27: pleasure about the talk does not make it a thank-you."""
    text = (
        "Hi Bo,\n\nIt was good meeting you and Stu on Monday. I've been offered another job and they need my answer by this Friday."
        " Is there any chance of knowing where I stand before then?\n\nAnn"
    )
    assert kind_of(FIXED, text, sender=ME, to="Bo Boss <bo@firm.example>") == "follow_up"


def test_yes_to_being_put_forward_accepts_no_offer() -> None:
    """P26: a first letter answered with a yes begins a candidacy; nothing was offered."""
    first = reading(
        "Hi Ann,\n\nOne of my clients, Coral Foods, is hiring a Tester. Are you keen? I saw your resume and can put you forward.\n\nDeb",
        sender="Deb Kerr <deb@harbourtalent.example>",
        subject="Tester @ Coral Foods",
    )
    own = reading(
        "Hi Deb,\n\nYes I'm keen on the Tester position, please put me forward. Resume is attached.\n\nAnn",
        sender=ME,
        to="Deb Kerr <deb@harbourtalent.example>",
        subject="Re: Tester @ Coral Foods",
        at=WRITTEN + timedelta(hours=5),
        headers={"In-Reply-To": first.message_id, "References": first.message_id},
    )
    assert conversation(first, own).rows[own.message_id].kind.value == "other"


def test_who_wants_the_owner_before_somebody_else_does_turns_nobody_down() -> None:
    text = (
        "Your CV for Tester is right up our alley, and my boss says I must grab you before somebody else does. What do Monday and"
        " Tuesday look like for you next week? 30 mins on Teams, just shoot me whatever works."
    )
    assert kind_alone(text, subject="Tester - can we talk?") == "interview_invitation"


def test_papers_asked_for_in_office_english_are_asked_for() -> None:
    text = (
        "While scrutinising your file after the interview it is seen that the following are not on record. You are requested to submit"
        " scanned copies on or before 20.03.2026:\n\n(a) experience certificate\n(b) salary slips"
    )
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "information_request"


def test_a_leave_taking_is_no_thank_you() -> None:
    """P27: "Thanks and regards" under a list of papers thanks for no talk."""
    text = "Respected Ma'am,\n\nPFA all three documents as desired.\n\nThanks and regards,\n\nAnn"
    at = WRITTEN + timedelta(days=5)
    assert kind_of(FIXED, text, sender=ME, to="Bo Boss <bo@firm.example>", at=at) != "thank_you"


def test_a_signed_paper_answers_an_offer_with_yes() -> None:
    """P26."""
    offer = "Dear Ann,\n\nwe are delighted to offer you the position of Tester after your interview.\n\nBo"
    text = "Hi Bo,\n\nI do it! The signed paper is attached, and I have already bought rubber boots.\n\nAnn"
    assert kind_of(offer, text, sender=ME, to="Bo Boss <bo@firm.example>") == "offer_acceptance"


@pytest.mark.parametrize(
    "text",
    [
        "We are pleased to bring you in for the final round on Tuesday 10 March at 10:00.",
        "We have decided to take you for the second round.",
        "We would be pleased if you would accept this interview slot: Tuesday 10 March at 10:00.",
        "I would be glad if you would accept my apologies for the delay; we are still deciding.",
        "We ask you to join us for a second interview.",
        "I ask you to do this by Friday: send us your references.",
    ],
)
def test_what_only_borrows_the_words_of_an_offer_is_none(text: str) -> None:
    """LESSONS: nobody is congratulated on a second round as on a job."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") != "offer"


@pytest.mark.parametrize(
    "text",
    [
        "We kept you without news for three weeks; we have chosen another candidate.",
        "We did not want to leave you without feedback: you have not been selected.",
        "I would feel bad if I did not tell you myself that we have chosen someone else.",
        "Friday was off for me, sorry to be late: the job has been given to another candidate.",
        "The role has gone through to another applicant.",
        "We are sorry that we will not be proceeding with your application.",
    ],
)
def test_words_of_delay_round_a_no_leave_it_a_no(text: str) -> None:
    """P2: no nudge after an answer came."""
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") == "rejection"


@pytest.mark.parametrize(
    "text",
    [
        "Our present colleague leaves on Friday, which means no tester in the house, so we want to decide quickly. You hear from us by 20 March.",
        "There are no places left on the Tuesday, but Thursday is open.",
        "We have no post to fill until April, and I will write to you then.",
        "The post was lost to the freeze last year but has now been restored, and we are still deciding.",
    ],
)
def test_jobs_that_are_missing_elsewhere_turn_nobody_down(text: str) -> None:
    assert kind_of(FIXED, f"Dear Ann,\n\n{text}\n\nBo") != "rejection"


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday is a write-off for me for lunch, but the interview at 10:00 stands.",
        "Monday is a no-go for calls, but I am looking forward to Tuesday.",
    ],
)
def test_a_day_that_is_off_for_something_else_calls_nothing_off(text: str) -> None:
    assert kind_of(AHEAD, f"Dear Ann,\n\n{text}\n\nBo") != "interview_cancelled"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The answer is yes! I will hand in my notice today.", "offer_acceptance"),
        ("Please do not keep my place, I found work nearer home.", "withdrawal"),
    ],
)
def test_what_the_owner_decides_is_no_thank_you(text: str, kind: str) -> None:
    """P26: an offer by phone, a place given up: no follow-up is offered after either."""
    assert kind_of(FIXED, f"Hi Bo,\n\n{text}\n\nAnn", sender=ME, to="Bo Boss <bo@firm.example>") == kind


@pytest.mark.parametrize(
    "text",
    [
        "thank you for applying for the two-bedroom. Your viewing with our agent is on Tuesday 10 March at 10:00.",
        "thank you for applying for a place on the course. Could you come for a talk on Tuesday 10 March at 10:00?",
        "thank you for putting in for the cake stall. You'd be our seller on Saturday 14 March at 10:00.",
    ],
)
def test_flats_courses_and_stalls_are_applied_for_too(text: str) -> None:
    """POLICY, "What makes an opportunity"."""
    assert not conversation(reading(f"Dear Ann,\n\n{text}\n\nBo", subject="Your application")).opportunities


def test_a_candidate_survey_says_nothing_of_how_it_stands() -> None:
    """POLICY, close calls: candidate surveys are `other`."""
    text = "You recently interviewed for Tester. Your answers are anonymous and play no part in any hiring decision."
    one = reading(
        text,
        sender="Pulse <no-reply@pulse.example>",
        subject="How was your interview with Acme?",
        headers={"Auto-Submitted": "auto-generated"},
    )
    assert kinds.decide(one, None).kind is Kind.OTHER
