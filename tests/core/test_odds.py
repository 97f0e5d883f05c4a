"""What begins an opportunity: the table of evidence (POLICY, "What makes an opportunity")."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.core import odds, openings
from agent.core.decision import Decision
from agent.core.read.reading import Act, Evidence, Kind, Named, Opinion, Reading, Said, SenderKind
from tests.read.mail import reading

CONFIRMED = Kind.INTERVIEW_CONFIRMATION
PLAIN = replace(
    reading("Dear Ann,\n\nthe boat comes in when it comes in.\n\nBo Boss", subject="Boats"),
    words=60,
    opinion=None,
    roles=(),
    organisations=(),
    said=(),
)


def job(name: str, weight: float) -> tuple[Named, ...]:
    return (Named(name, weight, Evidence("role", name)),)


def looking(chance: float) -> Opinion:
    return Opinion((("interview_confirmation", chance), ("foreign", round(1 - chance, 4))), Evidence("", ""))


def test_each_row_says_what_it_looks_at_and_weighs_something() -> None:
    names = [row.what for row in odds.TABLE]
    assert len(set(names)) == len(names)
    assert all(row.weight for row in odds.TABLE)


@pytest.mark.parametrize(
    ("more", "better"),
    [
        ({"opinion": looking(0.99)}, True),
        ({"opinion": looking(0.01)}, False),
        ({"roles": job("Tester", 4.0)}, True),
        ({"applied_before": True}, True),
        ({"said": (Said(Act.INVITE, 6.0, Evidence("invite", "")),)}, True),
        ({"said": (Said(Act.CANCEL, 7.0, Evidence("cancel", "")),)}, False),
        ({"cold": True}, False),
        ({"foreign": "flat"}, False),
        ({"foreign_words": 3}, False),
        ({"in_reply_to": "<x@y.example>", "ancestors": ("<x@y.example>",)}, False),
    ],
)
def test_what_speaks_for_and_against_a_job_of_the_owners(more: dict[str, object], better: bool) -> None:
    changed = replace(PLAIN, **more)  # type: ignore[arg-type]
    assert (odds.odds(changed, CONFIRMED) > odds.odds(PLAIN, CONFIRMED)) is better


@pytest.mark.parametrize("kind", [Kind.APPLICATION_RECEIPT, Kind.REJECTION])
def test_what_names_no_job_counts_less(kind: Kind) -> None:
    """ "We have received your application, 2BR Unit": flats, loans and courses are applied for, too."""
    told = replace(PLAIN, applied_before=True)
    named = replace(told, roles=job("Tester", 1.0))
    assert odds.odds(named, kind) - odds.odds(told, kind) > 1.5


def opens(found: Reading, kind: Kind = CONFIRMED, brought_before: bool = False) -> bool:
    return openings.opens(found, Decision(kind), brought_before)


SURE = replace(PLAIN, opinion=looking(0.999), roles=job("Tester", 4.0), applied_before=True)


@pytest.mark.parametrize(
    "bar",
    [
        {"scam": True},
        {"report": True},
        {"foreign": "hiring"},
        {"foreign": "circular"},
        {"answers_itself": True},
        {"bulk": True, "sender_kind": SenderKind.BULK},
    ],
)
def test_some_mail_begins_nothing_however_it_sounds(bar: dict[str, object]) -> None:
    assert opens(SURE)
    assert not opens(replace(SURE, **bar))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.OFFER, Kind.REJECTION, Kind.STATUS_UPDATE])
def test_an_outcome_out_of_nowhere_is_nobodys(kind: Kind) -> None:
    """POLICY, "Settled cases"."""
    assert not opens(replace(SURE, applied_before=False), kind)


def test_an_agency_that_is_known_needs_to_say_less() -> None:
    """Issue 3, 7: a second client begins its own opportunity."""
    some = replace(PLAIN, opinion=looking(0.8), roles=job("Tester", 1.0))
    assert not opens(some)
    assert opens(some, brought_before=True)


def test_a_job_in_the_subject_makes_a_letter_an_application() -> None:
    """POLICY: the owner's own application mail makes one."""
    letter = reading(
        "Dear Sirs,\n\nwith interest I read that you seek a Head of Laboratory. Here is my letter.\n\nAnn",
        subject="Head of Laboratory - application A. Example",
        sender="Ann Example <ann@post.example>",
        to="Bo Boss <bo@firm.example>",
    )
    assert openings.applies(letter)
