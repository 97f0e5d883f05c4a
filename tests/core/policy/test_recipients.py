"""P6 and "Recipients and threads" of the settled cases: to whom, in which thread, under which subject, how addressed."""

from __future__ import annotations

from datetime import datetime

import pytest

from agent.core.policy.wishes import State, Step
from agent.core.read.reading import Kind
from tests.core.histories import DANA, KIM, LEE, ROBOT, History, address, interviewed

T, F1 = Step.THANK_YOU, Step.FOLLOW_UP_1
AGREED = Kind.INTERVIEW_CONFIRMATION


def main(history: History, at: str) -> str:
    found = history.opportunity(at).main_contact
    assert found is not None
    return found.email


def test_an_invitation_makes_its_organiser_the_main_contact_only_where_nobody_has_written() -> None:
    """ "Recipients and threads"."""
    fields = {"invitation": "u@acme.example", "organiser": LEE, "interview": "2026-05-12 14:00"}
    alone = History().receives("2026-05-04 10:00", AGREED, LEE, **fields)
    assert main(alone, "2026-05-04 10:00") == "lee@acme.example"
    assert (
        main(interviewed().receives("2026-05-05 10:00", AGREED, LEE, **fields), "2026-05-05 10:00")
        == "dana@acme.example"
    )


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER])
def test_a_reply_to_an_outcome_answers_that_message(kind: Kind) -> None:
    """ "Recipients and threads": though its writer has written again since."""
    history = interviewed().receives("2026-05-20 10:00", kind).receives("2026-05-21 10:00", Kind.OTHER, courtesy=True)
    step = Step.REJECTION_REPLY if kind is Kind.REJECTION else Step.OFFER_REPLY
    draft = history.draft("2026-05-21 10:00", step)
    assert (draft.in_reply_to, draft.subject) == ("<acme-1@mail.example>", "Re: Backend Engineer at Acme")


def test_in_a_thread_the_subject_keeps_re_and_a_new_message_says_thank_you() -> None:
    """ "Recipients and threads": "<name> – Thank you" is for new messages."""
    history = interviewed().receives(
        "2026-05-05 10:00", AGREED, DANA, invitation="u@acme.example", organiser=DANA, guests=(DANA, LEE), interview="2026-05-12 14:00"
    )  # fmt: skip
    history.receives("2026-05-06 10:00", Kind.OTHER, KIM, courtesy=True)
    to_lee = history.draft("2026-05-12 15:00", T, LEE)
    assert (to_lee.subject, to_lee.in_reply_to) == ("Sam Rivera – Thank you", "")
    assert history.draft("2026-05-26 09:00", F1).subject == "Re: Backend Engineer at Acme"


def test_drafts_carry_no_quoted_history() -> None:
    """ "Recipients and threads"."""
    for step, at in ((T, "2026-05-12 15:00"), (F1, "2026-05-26 09:00")):
        body = interviewed().draft(at, step).body
        assert not [line for line in body.splitlines() if line.startswith(">")] and "wrote:" not in body


@pytest.mark.parametrize(
    ("fields", "greeting"),
    [
        ({}, "Dear Dana,"),
        ({"people": ("Dr. Dana Cole",)}, "Dear Dana,"),
        ({"formal": True, "addressed": "Mr. Rivera", "signed": "Dr. Dana Cole"}, "Dear Dr. Cole,"),
        ({"signed": "Prof. Dana Cole"}, "Dear Prof. Cole,"),
    ],
    ids=["by the given name", "a title given by others", "who writes formally", "who signs so"],
)
def test_people_are_addressed_by_their_given_name_unless_they_write_formally(
    fields: dict[str, object], greeting: str
) -> None:
    """ "Close calls", "Recipients and threads": titles given by others do not make it formal."""
    history = interviewed().receives("2026-05-13 10:00", Kind.STATUS_UPDATE, **fields)
    assert history.draft("2026-05-27 09:00", F1).body.splitlines()[0] == greeting


def test_an_address_in_reply_to_alone_is_no_recipient() -> None:
    """P6: not of a stranger's house, not from a person's mail, not from a machine's."""
    stranger = address("Mallory Finch <mallory@elsewhere.example>")
    history = interviewed().receives("2026-05-13 10:00", Kind.STATUS_UPDATE, reply_to=(stranger,))
    history.receives("2026-05-14 10:00", Kind.APPLICATION_RECEIPT, ROBOT, system=True, reply_to=(stranger,))
    opportunity = history.opportunity("2026-05-14 10:00")
    assert [c.email for c in opportunity.contacts] == ["dana@acme.example"]


def test_a_machines_reply_to_is_a_contact_at_a_domain_known_as_the_organisations() -> None:
    """ "contact": "only at a domain that the opportunity already knows"."""
    history = interviewed().receives(
        "2026-05-14 10:00", Kind.APPLICATION_RECEIPT, ROBOT, system=True, reply_to=(address(KIM),)
    )
    assert history.opportunity("2026-05-14 10:00").contact("kim@acme.example") is not None


def test_an_address_that_came_back_is_dead_also_where_it_is_named_only_later() -> None:
    """P22, P6: the owner had found it out themselves, and a calendar names it afterwards."""
    history = interviewed().sends("2026-05-05 10:00", Kind.OTHER, KIM).bounces("2026-05-05 10:01", KIM)
    history.receives(
        "2026-05-06 10:00",
        AGREED,
        invitation="u@acme.example",
        organiser=DANA,
        guests=(KIM,),
        interview="2026-05-12 14:00",
    )
    to = [a.email for v in history.wishes("2026-05-12 15:00", T) if v.state is State.OFFER for a in v.to]
    assert to == ["dana@acme.example"]


def test_the_reason_of_every_withdrawal_is_the_true_one() -> None:
    """P9: who made the draft pointless, and when."""
    own = interviewed().sends("2026-05-27 10:00", Kind.FOLLOW_UP)
    theirs = interviewed().receives("2026-05-27 10:00", Kind.STATUS_UPDATE)
    for history, rule in ((own, "P27"), (theirs, "P2")):
        (taken,) = [d for d in history.actions("2026-05-28", F1) if d.do == "withdraw"]
        assert (taken.verdict.rule, "27 May" in taken.verdict.why) == (rule, True)
        assert taken.at == datetime.fromisoformat("2026-05-27T10:00+01:00")
