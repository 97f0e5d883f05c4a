"""P16 with P26 and P27: telling those who are still to decide that another offer needs an answer."""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.opportunity import Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Act, Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, LEE, History

C, F1 = Step.COMPETING_OFFER, Step.FOLLOW_UP_1
AGREED, OFFER = Kind.INTERVIEW_CONFIRMATION, Kind.OFFER


def waiting(interview: str = "2026-05-12 14:00/60") -> History:
    """Acme interviewed on 12 May and is to decide; Globex interviewed on 11 May."""
    history = History().receives("2026-05-04 10:00", AGREED, DANA, interview=interview)
    return history.receives("2026-05-04 11:00", AGREED, GIL, "globex", interview="2026-05-11 10:00/60")


def competing(deadline: str = "", interview: str = "2026-05-12 14:00/60") -> History:
    """Globex makes an offer on Wednesday 20 May, 10:00, which competes with Acme's decision."""
    day = date.fromisoformat(deadline) if deadline else None
    return waiting(interview).receives("2026-05-20 10:00", OFFER, GIL, "globex", deadline=day)


def told(history: History, until: str = "2026-09-01") -> list[str]:
    return history.told(until, C, about="acme")


PUT = "2026-05-20 10:00 put competing_offer"


@pytest.mark.parametrize(
    ("deadline", "at", "state"),
    [
        ("", "2026-05-20 10:00:00", State.OFFER),
        ("", "2026-05-27 09:59:59", State.OFFER),
        ("", "2026-05-27 10:00:01", State.OFF),
        ("2026-05-22", "2026-05-22 23:59:59", State.OFFER),
        ("2026-05-22", "2026-05-23 00:00:00", State.OFF),
        ("2026-06-10", "2026-06-10 23:59:59", State.OFFER),
        ("2026-06-10", "2026-06-11 00:00:00", State.OFF),
    ],
    ids=[
        "when the offer arrives",
        "seven days",
        "no longer",
        "to the end of the deadline's day",
        "past it",
        "a deadline later than seven days holds",
        "and ends",
    ],
)
def test_the_window_is_the_offers_deadline_else_seven_days(deadline: str, at: str, state: State) -> None:
    """P16."""
    assert competing(deadline).state(at, C) is state


def test_it_goes_to_the_main_contact_of_the_one_that_waits_and_not_to_the_one_that_offers() -> None:
    """P16."""
    history = competing()
    assert [a.email for a in history.wish("2026-05-20 10:00", C).to] == ["dana@acme.example"]
    assert history.state("2026-05-20 10:00", C, about="globex") is None


@pytest.mark.parametrize("minute", range(0, 60, 7))
def test_it_never_names_the_other_and_says_the_deadline_if_there_is_one(minute: int) -> None:
    """P16, in every wording that the offer may choose."""
    history = waiting().receives(f"2026-05-20 10:{minute:02}", OFFER, GIL, "globex", deadline=date(2026, 5, 28))
    draft = history.draft("2026-05-20 11:00", C)
    whole = draft.raw.decode() + draft.body
    for name in ("Globex", "globex", "Gil", "Moss"):
        assert name not in whole
    assert "28 May" in draft.body
    assert "Backend Engineer" in draft.body
    assert "Acme" in draft.body


@pytest.mark.parametrize(
    ("kind", "fields", "stage"),
    [
        (Kind.OTHER, {"unclear": True}, Stage.ACTION_NEEDED),
        (Kind.INFORMATION_REQUEST, {}, Stage.ACTION_NEEDED),
        (Kind.INTERVIEW_INVITATION, {}, Stage.ACTION_NEEDED),
        (AGREED, {"interview": "2026-06-20 10:00"}, Stage.SCHEDULED),
        (Kind.REJECTION, {}, Stage.REJECTED),
        (OFFER, {}, Stage.OFFER),
    ],
    ids=["unclear", "a request", "an invitation", "an interview ahead", "rejected", "an offer of its own"],
)
@pytest.mark.parametrize("when", ["2026-05-15 10:00", "2026-05-21 10:00"], ids=["before the offer", "after it"])
def test_only_an_opportunity_in_waiting_is_told(when: str, kind: Kind, fields: dict[str, object], stage: Stage) -> None:
    """ "Outcomes": "`competing_offer` goes to opportunities in `waiting` only"."""
    history = competing().receives(when, kind, **fields)
    assert history.stage("2026-05-21 10:00") is stage
    after = [PUT, "2026-05-21 10:00 withdraw competing_offer"] if when > "2026-05-20 10:00" else []
    assert told(history) == after


def test_an_opportunity_whose_interview_is_still_ahead_is_not_told() -> None:
    """P16: "has had its interview"."""
    assert told(competing(interview="2026-05-22 14:00/60")) == []


def test_an_opportunity_called_no_response_is_not_told() -> None:
    """ "Outcomes": in `waiting` only."""
    history = waiting("2026-05-12 14:00/60").receives("2026-08-20 10:00", OFFER, GIL, "globex")
    assert history.stage("2026-08-20 10:00") is Stage.NO_RESPONSE
    assert told(history, "2026-12-01") == []


def test_an_untouched_draft_is_withdrawn_when_its_window_closes() -> None:
    """ "Drafts over time"."""
    assert told(competing("2026-05-22")) == [PUT, "2026-05-23 00:00 withdraw competing_offer"]


@pytest.mark.parametrize("kind", [Kind.OFFER_ACCEPTANCE, Kind.OFFER_DECLINE, Kind.WITHDRAWAL])
def test_an_untouched_draft_is_withdrawn_after_the_owners_yes_or_no(kind: Kind) -> None:
    """P26."""
    history = competing().sends("2026-05-21 10:00", kind, GIL, "globex")
    assert told(history) == [PUT, "2026-05-21 10:00 withdraw competing_offer"]


def test_an_untouched_draft_is_withdrawn_when_the_offer_is_taken_back() -> None:
    history = competing().receives("2026-05-21 10:00", Kind.REJECTION, GIL, "globex")
    assert told(history) == [PUT, "2026-05-21 10:00 withdraw competing_offer"]


def test_the_owners_own_note_settles_it() -> None:
    """P27."""
    history = competing().sends("2026-05-21 10:00", Kind.FOLLOW_UP, acts=(Act.OTHER_OFFER,))
    assert told(history) == [PUT, "2026-05-21 10:00 withdraw competing_offer"]
    assert history.wish("2026-05-21 10:00", C).rule == "P27"


def test_a_follow_up_that_says_nothing_of_an_offer_does_not_settle_it() -> None:
    assert told(competing().sends("2026-05-21 10:00", Kind.FOLLOW_UP), "2026-05-22") == [PUT]


def test_no_follow_up_stands_while_the_draft_does() -> None:
    """P27, "holds back follow-ups only while it stands": opened on the 26th, held back to the 28th's end."""
    assert competing("2026-05-28").told("2026-06-20", C, *NUDGES, about="acme") == [
        PUT,
        "2026-05-29 00:00 withdraw competing_offer",
        "2026-05-29 00:00 put follow_up_1",
    ]


def test_a_follow_up_that_stands_gives_way_to_it() -> None:
    """P27: never both."""
    history = waiting().receives("2026-05-27 10:00", OFFER, GIL, "globex", deadline=date(2026, 5, 28))
    assert history.told("2026-06-20", C, *NUDGES, about="acme") == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-27 10:00 withdraw follow_up_1",
        "2026-05-27 10:00 put competing_offer",
        "2026-05-29 00:00 withdraw competing_offer",
        "2026-05-29 00:00 put follow_up_1",
    ]


def test_the_note_once_sent_is_a_follow_up_and_starts_its_waiting_time() -> None:
    """P27, P12."""
    history = competing().sends_draft("2026-05-21 10:00", C)
    assert history.told("2026-06-20", C, *NUDGES, about="acme") == [PUT, "2026-06-04 09:00 put follow_up_2"]


def test_a_draft_that_its_owner_edited_still_holds_the_follow_ups_back() -> None:
    """P27: "none while a `competing_offer` draft stands"; past its window it is left (P3), so it stands."""
    history = competing("2026-05-28").edits("2026-05-21 10:00", C)
    assert history.told("2026-06-20", *NUDGES, about="acme") == []


def test_a_draft_that_its_owner_deleted_is_not_put_again() -> None:
    """P4."""
    assert told(competing().deletes("2026-05-21 10:00", C)) == [PUT]


def test_why_it_is_not_offered_while_a_round_rests_is_told_truly() -> None:
    """P9, P4: the owner deleted the thank-you; nobody was told of any offer."""
    history = competing().deletes("2026-05-13 10:00", Step.THANK_YOU)
    wish = history.wish("2026-05-20 10:00", C)
    assert wish.state is State.OFFER or wish.rule == "P4"


def test_two_offers_at_once_do_not_make_two_notes_to_one_reader() -> None:
    """P29, "never two steps at once": Dana is told once that another offer needs an answer."""
    history = competing().receives("2026-05-04 12:00", AGREED, LEE, "initech", interview="2026-05-11 16:00")
    history.receives("2026-05-21 10:00", OFFER, LEE, "initech")
    wished = history.wishes("2026-05-21 10:00", C)
    assert len([v for v in wished if v.state is State.OFFER]) == 1


def test_an_offer_told_by_command_counts() -> None:
    """P16: "when an offer arrives", by phone too."""
    history = waiting().says("2026-05-20 10:00", Verb.TELL, "globex", stage="offer")
    assert told(history, "2026-05-21") == [PUT]


def test_a_change_of_the_deadline_moves_the_window_and_not_the_draft() -> None:
    """ "One offer told twice … the deadline … updated"."""
    history = competing("2026-05-22").receives("2026-05-21 10:00", OFFER, GIL, "globex", deadline=date(2026, 5, 29))
    assert told(history) == [PUT, "2026-05-30 00:00 withdraw competing_offer"]


def test_each_opportunity_in_waiting_is_told_by_a_message_of_its_own() -> None:
    """P16: "this *other* opportunity"."""
    history = competing().receives("2026-05-04 12:00", AGREED, LEE, "initech", interview="2026-05-11 16:00")
    assert history.told("2026-05-20 10:00", C) == [PUT, PUT]


@pytest.mark.parametrize("kind", [Kind.STATUS_UPDATE, Kind.OTHER], ids=["a status update", "courtesy"])
def test_a_reply_that_leaves_it_waiting_leaves_the_draft(kind: Kind) -> None:
    """P16: the window closes with the offer's deadline, not with a reply."""
    history = competing().receives("2026-05-21 10:00", kind, courtesy=kind is Kind.OTHER)
    assert told(history, "2026-05-26") == [PUT]


def test_it_opens_on_the_day_of_the_offer_though_the_follow_up_is_put_off() -> None:
    """ "competing-offer notes … open at once", whatever pauses the follow-ups."""
    history = waiting().receives("2026-05-19 10:00", Kind.OTHER, courtesy=True)
    assert told(history.receives("2026-05-20 10:00", OFFER, GIL, "globex"), "2026-05-21") == [PUT]
    assert history.state("2026-05-20 10:00", F1) is State.OFF
