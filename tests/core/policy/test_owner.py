"""P3, P4, P5 and the owner's words: what is theirs stays theirs, what they threw away stays away."""

from __future__ import annotations

import pytest

from agent.core.fold import fold
from agent.core.opportunity import Stage
from agent.core.policy.plan import plan
from agent.core.policy.wishes import NUDGES, State, Step
from agent.core.read.reading import Act, Kind, Reading, Said
from agent.core.words import Verb, Word
from tests.core.histories import DANA, GIL, KIM, LEE, NOTHING, History, interviewed

T, F1, F2, CHECK = Step.THANK_YOU, Step.FOLLOW_UP_1, Step.FOLLOW_UP_2, Step.CHECK_IN
AGREED = Kind.INTERVIEW_CONFIRMATION


# ----------------------------------------------------------------------------------------------- P3: edited is the owner's


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.REJECTION, {}),
        (Kind.OFFER, {}),
        (Kind.STATUS_UPDATE, {}),
        (Kind.OTHER, {"unclear": True}),
        (AGREED, {"interview": "2026-06-20 10:00"}),
    ],
    ids=["rejection", "offer", "status update", "unclear", "next round"],
)
def test_a_draft_that_its_owner_changed_is_left_and_reported(kind: Kind, fields: dict[str, object]) -> None:
    """P3."""
    history = interviewed().edits("2026-05-27 10:00", F1).receives("2026-05-28 10:00", kind, **fields)
    assert history.told("2026-05-28 10:00", *NUDGES)[1:] == ["2026-05-28 10:00 yield follow_up_1"]
    assert "withdraw follow_up_1" not in " ".join(history.told("2026-12-01", F1))


def test_one_silence_has_one_follow_up_though_its_owner_changed_the_draft_and_another_contact_wrote() -> None:
    """P5: "One occasion for a step yields at most one draft"; P3: the changed one stays."""
    history = interviewed().edits("2026-05-27 10:00", F1).receives("2026-05-28 10:00", Kind.OTHER, LEE, courtesy=True)
    assert [d for d in history.told("2026-09-01", *NUDGES) if "put" in d] == ["2026-05-26 09:00 put follow_up_1"]


# ------------------------------------------------------------------------------------------- P4: deleted is an answer


def test_a_deleted_draft_is_not_put_again_and_the_sequence_rests() -> None:
    """P4."""
    assert interviewed().deletes("2026-05-13 10:00", T).told("2027-01-01", T, *NUDGES) == [
        "2026-05-12 15:00 put thank_you"
    ]
    assert interviewed().deletes("2026-05-27 10:00", F1).told("2027-01-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1"
    ]


def test_nothing_takes_the_place_of_a_deleted_thank_you_when_another_contact_writes() -> None:
    """P4: "nothing takes its place"; P5: the interview is the occasion."""
    history = interviewed().deletes("2026-05-12 20:00", T).receives("2026-05-13 10:00", Kind.OTHER, LEE, courtesy=True)
    assert history.told("2026-06-01", T) == ["2026-05-12 15:00 put thank_you"]


def test_a_deleted_thank_you_to_one_leaves_the_others() -> None:
    history = History().receives(
        "2026-05-04 10:00", AGREED, invitation="u@x", organiser=DANA, guests=(LEE, KIM), interview="2026-05-12 14:00/60"
    )
    history.deletes("2026-05-12 16:00", T, LEE)
    assert [d.do for d in history.actions("2026-05-13", T)] == ["put", "put"]
    assert history.state("2026-05-13 10:00", T, KIM) is State.OFFER
    assert history.wish("2026-05-13 10:00", T, LEE).rule == "P4"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.STATUS_UPDATE, {}),
        (Kind.OTHER, {"courtesy": True}),
        (Kind.OTHER, {"unclear": True}),
        (Kind.INFORMATION_REQUEST, {}),
        (Kind.INTERVIEW_INVITATION, {}),
        (Kind.INTERVIEW_RESCHEDULED, {"interview": "2026-05-20 14:00", "was": "2026-05-12 14:00"}),
    ],
    ids=["an update", "courtesy", "an unclear reply", "a request", "an invitation", "a new time"],
)
def test_the_rest_is_over_when_the_employer_writes(kind: Kind, fields: dict[str, object]) -> None:
    """P4: "until the owner resumes it or the employer writes"."""
    history = interviewed().deletes("2026-05-12 20:00", T).receives("2026-05-13 10:00", kind, **fields)
    assert history.opportunity("2026-05-13 10:00").resting is None


def test_automatic_mail_does_not_end_the_rest() -> None:
    """P20: it is no word of the employer."""
    history = interviewed().deletes("2026-05-13 10:00", T).away("2026-05-14 10:00", "2026-05-20")
    assert history.told("2026-12-01", *NUDGES) == []


def test_resume_ends_the_rest() -> None:
    """P4."""
    history = interviewed().deletes("2026-05-13 10:00", T).says("2026-06-01 12:00", Verb.RESUME)
    assert history.told("2026-12-01", T, *NUDGES)[1:] == ["2026-06-01 12:00 put follow_up_1"]


def test_resume_does_not_bring_the_deleted_draft_itself_back() -> None:
    """P4: "that step is dismissed, nothing takes its place"."""
    history = interviewed().deletes("2026-05-27 10:00", F1).says("2026-06-01 12:00", Verb.RESUME)
    assert history.told("2026-12-01", *NUDGES) == ["2026-05-26 09:00 put follow_up_1"]


def dismissed(history: History, at: str, step: Step) -> History:
    """`afterword drafts dismiss`: the step is named by its key."""
    key = next(v.key for v in history.wishes(at, step))
    return history.says(at, Verb.DISMISS, step=key, quiet="")


def test_a_step_dismissed_by_command_is_taken_back_and_stays_away() -> None:
    """P4."""
    history = dismissed(interviewed(), "2026-05-27 10:00", F1).says("2026-06-01 12:00", Verb.RESUME)
    assert history.told("2026-12-01", *NUDGES) == [
        "2026-05-26 09:00 put follow_up_1",
        "2026-05-27 10:00 withdraw follow_up_1",
    ]


def test_a_check_in_dismissed_by_command_stays_away_too() -> None:
    """P4, P13."""
    history = interviewed(check_in=True).sends_draft("2026-05-27 10:00", F1).sends_draft("2026-06-10 10:00", F2)
    dismissed(history, "2026-07-11 10:00", CHECK).says("2026-07-20 12:00", Verb.RESUME)
    assert history.told("2027-01-01", CHECK) == ["2026-07-10 09:00 put check_in", "2026-07-11 10:00 withdraw check_in"]


def test_a_new_silence_is_a_new_occasion_after_a_deletion() -> None:
    """P5."""
    history = interviewed().deletes("2026-05-27 10:00", F1).receives("2026-06-01 10:00", Kind.STATUS_UPDATE)
    assert history.told("2026-07-01", *NUDGES)[1:] == ["2026-06-15 09:00 put follow_up_1"]


# ------------------------------------------------------------------------------------------------------- P5: occasions


def test_a_sent_draft_is_never_put_again() -> None:
    """P5, through everything that may put a follow-up off afterwards."""
    history = interviewed().sends_draft("2026-05-12 16:00", T).sends_draft("2026-05-27 10:00", F1)
    history.away("2026-05-28 10:00", "2026-06-02").says("2026-05-29 10:00", Verb.RESUME)
    assert history.told("2026-06-09", T, F1) == ["2026-05-12 15:00 put thank_you", "2026-05-26 09:00 put follow_up_1"]


def test_keys_are_the_same_after_a_rebuild_in_any_order() -> None:
    """P5, I1, I2: a database built anew names the same occasions."""
    history = (
        interviewed().receives("2026-05-14 10:00", Kind.STATUS_UPDATE).receives("2026-05-15 10:00", Kind.OTHER, LEE)
    )
    readings: list[Reading] = [e.reading for e in history.events]  # type: ignore[union-attr]
    readings[0] = opening(readings[0])
    at = history.moment("2026-05-29 09:00")
    keys = [
        {v.key for v in plan(fold(order, (), history.zone).opportunities.values(), at, history.rules).verdicts}
        for order in (readings, readings[::-1], readings[1:] + readings[:1])
    ]
    assert keys[0]
    assert keys[0] == keys[1] == keys[2]


def test_two_rounds_that_one_recruiter_fixed_for_the_same_hours_have_different_keys() -> None:
    """I2: "A step has a key: (opportunity, round, step, recipient)"; both talks are known by their date alone."""
    history = History().receives("2026-05-04 10:00", AGREED, interview="2026-05-12")
    history.receives("2026-05-04 11:00", AGREED, DANA, "globex", interview="2026-05-12")
    assert history.told("2026-06-01", F1) == ["2026-05-26 09:00 put follow_up_1"] * 2


# ------------------------------------------------------------------------------------------------------------- the words


def opening(reading: Reading) -> Reading:
    """The same message with what makes the fold itself open an opportunity with it."""
    from dataclasses import replace

    return replace(reading, said=(Said(Act.FIX, 8, NOTHING), Said(Act.INVITE, 8, NOTHING)), job=4.0)


def two_readings() -> tuple[History, Reading, Reading]:
    history = interviewed().receives("2026-05-14 10:00", Kind.STATUS_UPDATE)
    first, second = (e.reading for e in history.events)  # type: ignore[union-attr]
    return history, opening(first), second


def word(history: History, verb: Verb, **facts: str) -> Word:
    return Word("word", history.moment("2026-05-15 10:00"), verb, "", tuple(facts.items()))


def test_a_message_in_the_thread_belongs_to_the_opportunity() -> None:
    history, first, second = two_readings()
    book = fold((first, second), (), history.zone)
    assert book.rows[second.message_id].opportunity == book.rows[first.message_id].opportunity != ""


def test_a_message_that_was_split_off_does_not() -> None:
    """CONTRACT, `split`; whenever the word was said, it counts from the beginning."""
    history, first, second = two_readings()
    book = fold((first, second), (word(history, Verb.SPLIT, message=second.message_id),), history.zone)
    assert book.rows[second.message_id].opportunity != book.rows[first.message_id].opportunity


@pytest.mark.parametrize("who", ["dana@acme.example", "acme.example"])
def test_mail_of_an_ignored_address_or_domain_concerns_nothing(who: str) -> None:
    """CONTRACT, `ignore`."""
    history, first, second = two_readings()
    book = fold((first, second), (word(history, Verb.IGNORE, who=who),), history.zone)
    assert not book.opportunities
    assert book.rows[first.message_id].why == ("ignored by you",)


def test_ignoring_one_leaves_another() -> None:
    history, first, second = two_readings()
    book = fold((first, second), (word(history, Verb.IGNORE, who="globex.example"),), history.zone)
    assert len(book.opportunities) == 1


def merged() -> History:
    """What looked like two were one: Globex is Acme's own recruiter, who fixed the second talk."""
    history = interviewed().receives("2026-05-14 10:00", AGREED, GIL, "globex", interview="2026-05-20 10:00/60")
    return history.says("2026-05-15 10:00", Verb.MERGE, "acme", with_="globex")


def test_merged_opportunities_are_one_with_all_messages_contacts_and_interviews() -> None:
    """CONTRACT, `merge`."""
    opportunity = merged().opportunity("2026-05-15 10:00")
    assert len(opportunity.entries) == 2
    assert {c.email for c in opportunity.contacts} == {"dana@acme.example", "gil@globex.example"}
    assert [f"{i.start:%d %H:%M}" for i in opportunity.interviews] == ["12 14:00", "20 10:00"]
    assert merged().stage("2026-05-15 10:00") is Stage.SCHEDULED


def test_a_merged_opportunity_has_one_sequence() -> None:
    assert merged().told("2026-12-01", *NUDGES) == ["2026-06-03 09:00 put follow_up_1"]


def test_a_forgotten_opportunity_plans_nothing_and_its_drafts_go() -> None:
    """CONTRACT, `forget`; what its owner changed stays (P3)."""
    assert interviewed().says("2026-05-27 10:00", Verb.FORGET).told("2026-12-01", T, F1)[2:] == [
        "2026-05-27 10:00 withdraw thank_you",
        "2026-05-27 10:00 withdraw follow_up_1",
    ]
    assert interviewed().edits("2026-05-26 10:00", F1).says("2026-05-27 10:00", Verb.FORGET).told(
        "2026-05-27 10:00", F1
    )[1:] == ["2026-05-27 10:00 yield follow_up_1"]


@pytest.mark.parametrize("update", [True, False], ids=["after an undated update", "with nothing heard since"])
def test_a_reply_by_date_that_the_owner_tells_is_the_reply_by_date(update: bool) -> None:
    """P11, P17: the owner's word is a fact, whatever the last mail left open."""
    history = interviewed()
    if update:
        history.receives("2026-05-14 10:00", Kind.STATUS_UPDATE)
    history.says("2026-05-15 10:00", Verb.TELL, reply_by="2026-06-12")
    assert f"{history.wish('2026-05-15 12:00', F1).opens:%F}" == "2026-06-19"


def test_organisation_and_role_that_the_owner_tells_prevail() -> None:
    history = interviewed().says("2026-05-15 10:00", Verb.TELL, organisation="Acme Tides", role="Hydrographer")
    body = history.draft("2026-05-26 09:00", F1).body
    assert "Acme Tides" in body
    assert "Hydrographer" in body


def test_an_interview_that_the_owner_tells_begins_a_round() -> None:
    history = History().receives("2026-05-01 10:00", Kind.STATUS_UPDATE)
    history.says("2026-05-02 10:00", Verb.TELL, interview="2026-05-12T14:00+01:00")
    assert history.stage("2026-05-02 10:00") is Stage.SCHEDULED
    assert history.told("2026-05-27", T, F1) == ["2026-05-12 15:00 put thank_you", "2026-05-26 09:00 put follow_up_1"]
