"""P17, P18, P19, P33: notes to the owner before and after an interview, and the owner's news for those who are to decide."""

from __future__ import annotations

import pytest

from agent.core.opportunity import Stage
from agent.core.policy.wishes import IN_INBOX, TO_OWNER, State, Step
from agent.core.read.reading import Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, KIM, LEE, OWNER, History, interviewed

PREP, DEBRIEF, CARD, NEWS, T = Step.PREP, Step.DEBRIEF, Step.PAPER_NOTE, Step.NEWS, Step.THANK_YOU
AGREED = Kind.INTERVIEW_CONFIRMATION


# ----------------------------------------------------------------------------------------------------------- P18: before


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-11 13:59:59", State.LATER),
        ("2026-05-11 14:00:00", State.OFFER),
        ("2026-05-12 13:59:59", State.OFFER),
        ("2026-05-12 14:00:00", State.KEEP),
        ("2026-05-12 15:00:00", None),
    ],
    ids=["too early", "24 hours before", "just before", "at its start", "afterwards"],
)
def test_the_preparation_note_is_for_the_24_hours_before(at: str, state: State | None) -> None:
    """P18."""
    assert interviewed().state(at, PREP) is state


@pytest.mark.parametrize(
    ("agreed", "interview", "opens"),
    [
        ("2026-03-20 10:00", "2026-03-29 14:00", "2026-03-28T13:00:00+00:00"),
        ("2026-10-20 10:00", "2026-10-25 14:00", "2026-10-24T15:00:00+01:00"),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_24_hours_are_24_hours_when_the_clocks_change(agreed: str, interview: str, opens: str) -> None:
    """P18: "24 h before the interview"."""
    history = History().receives(agreed, AGREED, interview=interview)
    found = history.wish(agreed, PREP).opens
    assert found is not None
    assert found.timestamp() == history.moment(opens).timestamp()


def test_an_interview_agreed_at_short_notice_is_prepared_at_once() -> None:
    """P18: "open at once, day or night"."""
    history = History().receives("2026-05-12 11:00", AGREED, interview="2026-05-12 14:00")
    assert history.told("2026-05-12 13:00", PREP) == ["2026-05-12 11:00 put prep"]


def test_a_note_whose_interview_is_over_is_left_in_the_inbox() -> None:
    assert interviewed().told("2026-12-01", PREP) == ["2026-05-11 14:00 put prep"]


def test_the_note_says_when_where_with_whom_and_what_to_ask() -> None:
    """ "What each contains": next steps, the decision date, leave to follow up, everybody's address."""
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-12 14:00/60", people=("Noor Vale",))
    body = history.draft("2026-05-11 14:00", PREP).body
    for words in ("Tuesday, 12 May, 14:00", "Noor Vale", "next steps", "decide", "follow up", "e-mail address"):
        assert words in body


def test_the_note_is_for_the_owner_and_for_the_inbox() -> None:
    """P18: "a message in the inbox"."""
    assert interviewed().wish("2026-05-11 14:00", PREP).to == (OWNER,)
    assert PREP in IN_INBOX


def test_each_of_two_talks_has_its_own_note() -> None:
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-14 10:00")
    assert history.told("2026-06-01", PREP) == ["2026-05-11 14:00 put prep", "2026-05-13 10:00 put prep"]


# -------------------------------------------------------------------------------------------------------- P17, P33: after


@pytest.mark.parametrize("step", [DEBRIEF, CARD])
@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-12 14:59:59", None),
        ("2026-05-12 15:00:00", State.OFFER),
        ("2026-05-19 15:00:00", State.OFFER),
        ("2026-05-19 15:00:01", State.KEEP),
    ],
    ids=["still talking", "at the end", "seven days later", "not put any more"],
)
def test_debrief_and_card_may_be_put_for_seven_days_after_the_interview(at: str, state: State, step: Step) -> None:
    """P17, P33."""
    assert interviewed(paper_note=True).state(at, step) is state


@pytest.mark.parametrize(
    ("rules", "steps"),
    [
        ({}, {PREP, DEBRIEF}),
        ({"prep": False, "debrief": False}, set()),
        ({"paper_note": True}, {PREP, DEBRIEF, CARD}),
    ],
    ids=["by default", "switched off", "with a card"],
)
def test_which_notes_the_owner_gets(rules: dict[str, bool], steps: set[Step]) -> None:
    """P17, P18; P33 is off unless asked for."""
    assert {d.verdict.step for d in interviewed(**rules).actions("2026-06-01") if d.verdict.step in TO_OWNER} == steps


def test_the_debrief_asks_what_it_should() -> None:
    """ "What each contains"."""
    body = interviewed().draft("2026-05-12 15:00", DEBRIEF).body.lower()
    for words in (
        "when will you hear",
        "may you follow up",
        "who was there",
        "addresses",
        "remember",
        "clarify",
        "how did it go",
    ):
        assert words in body


def test_a_debrief_filled_in_is_done_with() -> None:
    """P17: its untouched form goes."""
    history = interviewed().says("2026-05-12 18:00", Verb.DEBRIEF, went="well")
    assert history.told("2026-06-01", DEBRIEF) == ["2026-05-12 15:00 put debrief", "2026-05-12 18:00 withdraw debrief"]


def test_the_answers_of_the_debrief_become_facts() -> None:
    """P17."""
    history = interviewed().says(
        "2026-05-12 18:00", Verb.DEBRIEF, reply_by="2026-05-22", met="Ida Brook <ida@acme.example>", went="ok"
    )
    opportunity = history.opportunity("2026-05-12 18:00")
    assert f"{opportunity.reply_by:%F}" == "2026-05-22"
    assert opportunity.contact("ida@acme.example") is not None
    assert opportunity.debriefs[0].went == "ok"
    assert f"{history.wish('2026-05-13 10:00', Step.FOLLOW_UP_1).opens:%F}" == "2026-05-29"


def test_a_debrief_on_the_talk_that_was_is_not_put_down_to_the_talk_to_come() -> None:
    """P17: the form is about the interview that ended."""
    history = interviewed().receives("2026-05-12 16:00", AGREED, interview="2026-05-20 10:00")
    history.says("2026-05-12 18:00", Verb.TELL, went="badly")
    opportunity = history.opportunity("2026-05-12 18:00")
    held = min(opportunity.interviews, key=lambda i: i.start)
    assert [d.interview for d in opportunity.debriefs] == [held.key]


def test_the_card_is_worded_differently_from_the_mail() -> None:
    """P33, guide D."""
    history = interviewed(paper_note=True)
    card, mail = (history.draft("2026-05-12 15:00", step).body for step in (CARD, T))
    sentences = {s.strip() for s in card.replace("\n", " ").split(".") if len(s.split()) > 4}
    assert sentences
    assert not any(s in mail for s in sentences)
    assert history.draft("2026-05-12 15:00", CARD).to == (OWNER,)


def test_a_note_to_oneself_thrown_away_stops_nothing_else() -> None:
    """P4: it is not put again, and the sequence goes on."""
    history = interviewed().deletes("2026-05-12 20:00", DEBRIEF)
    assert history.told("2026-06-01", DEBRIEF, Step.FOLLOW_UP_1) == [
        "2026-05-12 15:00 put debrief",
        "2026-05-26 09:00 put follow_up_1",
    ]


# ------------------------------------------------------------------------------------------------------------- P19: news


def news(at: str = "2026-05-18 10:00", about: str = "") -> History:
    """Acme and Globex are to decide when the owner has news; Initech has its interview ahead."""
    history = interviewed().receives("2026-05-04 11:00", AGREED, GIL, "globex", interview="2026-05-11 10:00")
    history.receives("2026-05-04 12:00", AGREED, KIM, "initech", interview="2026-06-30 10:00")
    return history.says(at, Verb.NEWS, about, text="My patent was granted.")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-18 10:00:00", State.OFFER),
        ("2026-06-01 10:00:00", State.OFFER),
        ("2026-06-01 10:00:01", State.OFF),
    ],
    ids=["when it is given", "14 days later", "no longer"],
)
def test_news_may_be_told_for_14_days(at: str, state: State) -> None:
    """P19."""
    assert news().state(at, NEWS) is state


def test_news_goes_to_the_main_contact_of_each_waiting_opportunity() -> None:
    """P19; not to the one whose interview is ahead."""
    put = [d for d in news().actions("2026-05-18 10:00", NEWS) if d.do == "put"]
    assert sorted(a.local for d in put for a in d.verdict.to) == ["dana", "gil"]
    assert news().stage("2026-05-18 10:00", "initech") is Stage.SCHEDULED


def test_news_for_one_goes_to_that_one() -> None:
    """P19: "or of the one named"."""
    put = news(about="globex").actions("2026-05-18 10:00", NEWS)
    assert [a.local for d in put for a in d.verdict.to] == ["gil"]


def test_one_recruiter_who_waits_for_two_clients_is_told_for_each() -> None:
    """P19, I2: "A step has a key: (opportunity, round, step, recipient)"."""
    history = interviewed().receives("2026-05-04 11:00", AGREED, DANA, "globex", interview="2026-05-11 10:00")
    history.says("2026-05-18 10:00", Verb.NEWS, "", text="My patent was granted.")
    assert history.told("2026-05-18 10:00", NEWS) == ["2026-05-18 10:00 put news"] * 2


def test_the_draft_tells_the_news_in_the_owners_words() -> None:
    draft = news().draft("2026-05-18 10:00", NEWS)
    assert "My patent was granted." in draft.body
    assert draft.in_reply_to == "<acme-0@mail.example>"
    assert draft.blanks == ()


@pytest.mark.parametrize("kind", [Kind.FOLLOW_UP, Kind.OTHER])
def test_an_own_message_to_them_settles_it(kind: Kind) -> None:
    """P27: they have been written to since."""
    history = news(about="acme").sends("2026-05-19 10:00", kind)
    assert history.told("2026-06-20", NEWS) == ["2026-05-18 10:00 put news", "2026-05-19 10:00 withdraw news"]


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER, Kind.INFORMATION_REQUEST])
def test_news_is_withdrawn_when_they_do_not_wait_any_more(kind: Kind) -> None:
    """P19: "each waiting opportunity"."""
    history = news(about="acme").receives("2026-05-19 10:00", kind, DANA)
    assert history.told("2026-06-20", NEWS)[1] == "2026-05-19 10:00 withdraw news"


def test_a_new_guest_list_changes_who_stands_in_the_note() -> None:
    """P18: with whom."""
    history = History().receives(
        "2026-05-04 10:00",
        AGREED,
        invitation="u@acme.example",
        organiser=DANA,
        guests=(LEE,),
        interview="2026-05-12 14:00/60",
    )
    assert "Lee Park <lee@acme.example>" in history.draft("2026-05-11 14:00", PREP).body
