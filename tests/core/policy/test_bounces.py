"""P22: a message that came back. The address is dead, the step may be offered once more to another, the rest goes on."""

from __future__ import annotations

import pytest

from agent.core.opportunity import Need, Stage
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Act, Kind
from agent.core.values import Delivery
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, KIM, LEE, History, interviewed

T, F1, F2 = Step.THANK_YOU, Step.FOLLOW_UP_1, Step.FOLLOW_UP_2
AGREED = Kind.INTERVIEW_CONFIRMATION


def with_lee() -> History:
    """Lee wrote before, Dana last: Dana is the main contact, Lee another one."""
    history = interviewed().receives("2026-05-05 10:00", Kind.OTHER, LEE, courtesy=True)
    return history.receives("2026-05-05 11:00", Kind.OTHER, DANA, courtesy=True)


def alone() -> History:
    """The follow-up to Dana, the only contact, was sent on 27 May and came back."""
    return interviewed().sends_draft("2026-05-27 10:00", F1).bounces("2026-05-27 10:01")


def followed_up() -> History:
    """The same, with Lee as another contact."""
    return with_lee().sends_draft("2026-05-27 10:00", F1).bounces("2026-05-27 10:01")


def lines(history: History, until: str, *steps: Step) -> list[str]:
    return [f"{d} {d.verdict.to[0].local}" for d in history.actions(until, *steps)]


# ------------------------------------------------------------------------------------------------------------ the address


def test_a_bounced_address_is_dead_and_no_main_contact_any_more() -> None:
    """P22, "main contact": "one whose address bounced is none any more"."""
    opportunity = followed_up().opportunity("2026-05-27 12:00")
    dana = opportunity.contact("dana@acme.example")
    assert dana is not None
    assert dana.dead
    assert opportunity.main_contact is not None
    assert opportunity.main_contact.email == "lee@acme.example"


def test_without_another_contact_there_is_nobody_to_write_to() -> None:
    assert alone().opportunity("2026-05-27 12:00").main_contact is None
    assert alone().told("2026-12-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


def test_an_address_that_writes_is_alive_again() -> None:
    history = alone().receives("2026-06-01 10:00", Kind.STATUS_UPDATE)
    assert lines(history, "2026-06-20", *NUDGES)[-1] == "2026-06-15 09:00 put follow_up_1 dana"


# -------------------------------------------------------------------------------------------------------- the owner's turn


def test_it_is_the_owners_turn_until_they_act_or_the_employer_writes() -> None:
    """P22."""
    assert alone().stage("2026-09-01 10:00") is Stage.ACTION_NEEDED
    assert [p.need for p in alone().opportunity("2026-09-01 10:00").pending] == [Need.BOUNCE]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.STATUS_UPDATE, {}),
        (Kind.OTHER, {"courtesy": True}),
        (AGREED, {"interview": "2026-06-20 10:00"}),
        (Kind.REJECTION, {}),
        (Kind.OFFER, {}),
    ],
    ids=["an update", "courtesy", "an interview", "a rejection", "an offer"],
)
def test_the_employers_word_ends_it(kind: Kind, fields: dict[str, object]) -> None:
    """P22: "or the employer writes"."""
    history = alone().receives("2026-06-01 10:00", kind, LEE, **fields)
    assert history.stage("2026-06-01 10:00") is not Stage.ACTION_NEEDED


@pytest.mark.parametrize("act", ["writes", "resumes", "tells the date", "gives an address"])
def test_what_the_owner_does_about_it_ends_it(act: str) -> None:
    """P22: "until its owner acts"."""
    history = alone()
    if act == "writes":
        history.sends("2026-06-01 10:00", Kind.OTHER, "Ida Brook <ida@acme.example>")
    elif act == "resumes":
        history.says("2026-06-01 10:00", Verb.RESUME)
    elif act == "tells the date":
        history.says("2026-06-01 10:00", Verb.TELL, reply_by="2026-06-10")
    else:
        history.says("2026-06-01 10:00", Verb.TELL, met="Ida Brook <ida@acme.example>")
    assert history.stage("2026-06-01 10:00") is Stage.WAITING


def test_a_bounce_from_an_address_outside_the_opportunity_changes_nothing_here() -> None:
    """P22 is about a message that was sent in it."""
    assert interviewed().bounces("2026-05-20 10:00", GIL).stage("2026-05-20 10:00") is Stage.WAITING


def test_a_bounce_from_an_address_that_the_owner_found_out_themselves_is_told_too() -> None:
    """P22: "Bounce of a message that was sent: the address is dead; opportunity `action_needed`"."""
    ida = "Ida Brook <ida@acme.example>"
    history = interviewed().sends("2026-05-12 18:00", Kind.THANK_YOU, ida).bounces("2026-05-12 18:01", ida)
    assert history.stage("2026-05-12 19:00") is Stage.ACTION_NEEDED


def test_a_mere_delay_is_no_bounce() -> None:
    """P22 and "A delayed-delivery notice is `auto_reply`"."""
    delayed = (Delivery("dana@acme.example", failed=False),)
    history = interviewed().sends_draft("2026-05-27 10:00", F1).bounces("2026-05-27 10:01", deliveries=delayed)
    assert history.stage("2026-05-27 12:00") is Stage.WAITING


# ------------------------------------------------------------------------------------------------------------- once more


def test_a_follow_up_that_bounced_counts_as_not_sent() -> None:
    """ "Drafts over time"; the first is offered to another contact, no second follow-up is waited for."""
    assert lines(followed_up(), "2026-12-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1 dana",
        "2026-05-27 10:01 put follow_up_1 lee",
    ]


def test_the_second_waits_from_the_one_that_arrived() -> None:
    """P12, P22."""
    history = followed_up().sends_draft("2026-05-28 10:00", F1, LEE)
    assert lines(history, "2026-12-01", *NUDGES)[-1] == "2026-06-11 09:00 put follow_up_2 lee"


def test_it_is_offered_once_more_and_not_for_ever() -> None:
    """P22: "the step may be offered once more"."""
    history = interviewed().receives("2026-05-05 09:00", Kind.OTHER, KIM, courtesy=True)
    history.receives("2026-05-05 10:00", Kind.OTHER, LEE, courtesy=True)
    history.receives("2026-05-05 11:00", Kind.OTHER, DANA, courtesy=True)
    history.sends_draft("2026-05-27 10:00", F1, DANA).bounces("2026-05-27 10:01", DANA)
    history.sends_draft("2026-05-28 10:00", F1, LEE).bounces("2026-05-28 10:01", LEE)
    assert lines(history, "2026-07-01", *NUDGES)[2:] == []


def test_a_thank_you_is_passed_on_by_another_contact_within_its_window() -> None:
    """P22, P10: the interviewer counts as one without an address."""
    history = with_lee().sends_draft("2026-05-12 16:00", T).bounces("2026-05-12 16:01")
    assert lines(history, "2026-05-14", T) == [
        "2026-05-12 15:00 put thank_you dana",
        "2026-05-12 16:01 put thank_you lee",
    ]


def test_a_thank_you_that_comes_back_after_its_window_is_not_drafted_again() -> None:
    """P22: "within its window"."""
    history = with_lee().sends_draft("2026-05-12 16:00", T).bounces("2026-05-15 10:00")
    assert not [d for d in history.actions("2026-06-01", T)[1:] if d.do == "put"]


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER])
def test_a_reply_to_an_outcome_may_go_to_another_contact_too(kind: Kind) -> None:
    """P22: any step, within its window."""
    step = Step.REJECTION_REPLY if kind is Kind.REJECTION else Step.OFFER_REPLY
    history = with_lee().receives("2026-05-20 10:00", kind).sends_draft("2026-05-20 11:00", step)
    assert lines(history.bounces("2026-05-20 11:01"), "2026-05-21", step) == [
        f"2026-05-20 10:00 put {step} dana",
        f"2026-05-20 11:01 put {step} lee",
    ]


def test_a_note_about_another_offer_that_came_back_has_told_nobody() -> None:
    """P22, "A follow-up that bounced counts as not sent"."""
    history = with_lee().receives("2026-05-04 11:00", AGREED, GIL, "globex", interview="2026-05-11 10:00")
    history.receives("2026-05-20 10:00", Kind.OFFER, GIL, "globex").sends_draft(
        "2026-05-20 11:00", Step.COMPETING_OFFER
    )
    assert lines(history.bounces("2026-05-20 11:01"), "2026-05-21", Step.COMPETING_OFFER) == [
        "2026-05-20 10:00 put competing_offer dana",
        "2026-05-20 11:01 put competing_offer lee",
    ]


# ----------------------------------------------------------------------------------------------------------- what goes on


def test_steps_to_other_living_addresses_go_on() -> None:
    """P22: a dead interviewer does not stop the follow-up to the main contact."""
    history = with_lee().sends("2026-05-12 16:00", Kind.THANK_YOU, LEE).bounces("2026-05-12 16:01", LEE)
    assert history.stage("2026-05-27 10:00") is Stage.ACTION_NEEDED
    assert lines(history, "2026-06-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1 dana"]


def test_a_standing_draft_to_the_dead_address_is_withdrawn() -> None:
    """P22: it could never arrive."""
    history = with_lee().sends("2026-05-27 10:00", Kind.OTHER).bounces("2026-05-27 10:01")
    done = history.actions("2026-06-20", *NUDGES)
    assert [(d.do, d.verdict.to[0].local) for d in done] == [("put", "dana"), ("withdraw", "dana"), ("put", "lee")]


def test_a_bounce_with_no_id_is_of_what_was_sent_to_that_address_last() -> None:
    """Many reports quote no Message-ID; one of months later is about something else."""
    early = with_lee().sends_draft("2026-05-27 10:00", F1).bounces("2026-05-28 10:00")
    late = with_lee().sends_draft("2026-05-27 10:00", F1).bounces("2026-06-05 10:00")
    assert early.state("2026-06-05 12:00", F1) is State.OFFER
    assert late.state("2026-06-05 12:00", F1) is None


def test_a_bounce_with_an_id_is_of_that_message() -> None:
    history = with_lee().sends("2026-05-20 10:00", Kind.FOLLOW_UP).sends("2026-05-20 11:00", Kind.OTHER)
    other = history.bounces("2026-05-20 11:01", returned_id="<acme-4@mail.example>")
    assert len(other.opportunity("2026-05-20 12:00").follow_ups[0].bounced) == 0


def test_a_note_to_share_that_came_back_shared_nothing() -> None:
    """P27, P22."""
    history = History().receives(
        "2026-05-04 10:00",
        AGREED,
        invitation="u@acme.example",
        organiser=DANA,
        guests=(LEE, KIM),
        interview="2026-05-12 14:00/60",
    )
    history.receives("2026-05-05 10:00", Kind.OTHER, DANA, courtesy=True)
    history.sends("2026-05-12 16:00", Kind.THANK_YOU, DANA, acts=(Act.SHARE,)).bounces("2026-05-12 16:01", DANA)
    assert {a.local for v in history.wishes("2026-05-12 17:00", T) if v.wanted for a in v.to} >= {"lee", "kim"}


def test_no_response_is_not_counted_while_it_is_the_owners_turn() -> None:
    """P28: "`action_needed` outlasts it"."""
    assert followed_up().stage("2026-12-01 10:00") is Stage.ACTION_NEEDED


def test_both_follow_ups_may_go_to_different_people() -> None:
    """P22 with P12: the dead one is not asked again for the second."""
    history = (
        with_lee().sends_draft("2026-05-27 10:00", F1).sends_draft("2026-06-11 10:00", F2).bounces("2026-06-11 10:01")
    )
    assert lines(history, "2026-12-01", *NUDGES)[-1] == "2026-06-11 10:01 put follow_up_2 lee"
