"""Windows counted in business days, for owners who want it so (P10 to P13; `[windows] business_days`)."""

from __future__ import annotations

from datetime import date

import pytest

from agent.core.policy.wishes import Step
from agent.core.read.reading import Kind
from tests.core.histories import History, interviewed

AGREED = Kind.INTERVIEW_CONFIRMATION
BANK_HOLIDAY = frozenset((date(2026, 5, 25),))  # Monday


@pytest.mark.parametrize(
    ("windows", "holidays", "opens"),
    [
        ((), frozenset(), "2026-05-26 09:00"),
        (("follow_up_without_date_days",), frozenset(), "2026-06-01 09:00"),
        (("follow_up_without_date_days",), BANK_HOLIDAY, "2026-06-02 09:00"),
        (("second_follow_up_days",), BANK_HOLIDAY, "2026-05-26 09:00"),
    ],
    ids=["calendar days", "business days", "a holiday is none", "another window's option changes nothing"],
)
def test_the_first_follow_up_counts_as_its_owner_wants(
    windows: tuple[str, ...], holidays: frozenset[date], opens: str
) -> None:
    """P11: 14 days after the interview of Tuesday 12 May, in the days of the owner's choice."""
    tale = interviewed(business_days=frozenset(windows), holidays=holidays)
    wish = tale.wish("2026-05-20 10:00", Step.FOLLOW_UP_1)
    assert wish.opens == tale.moment(opens)
    assert ("business days" in wish.why) is ("follow_up_without_date_days" in windows)


def test_after_a_promised_day_too() -> None:
    """P23: seven business days after Friday 15 May."""
    tale = History(business_days=frozenset(("follow_up_after_reply_by_days",)))
    tale.receives("2026-05-04 10:00", AGREED, interview="2026-05-12 14:00/60", reply_by="2026-05-15")
    assert tale.wish("2026-05-20 10:00", Step.FOLLOW_UP_1).opens == tale.moment("2026-05-26 09:00")


@pytest.mark.parametrize(
    ("interview", "windows", "closes"),
    [
        ("2026-05-15 14:00/60", (), "2026-05-17 15:00"),
        ("2026-05-15 14:00/60", ("thank_you_hours",), "2026-05-19 15:00"),
        ("2026-05-12 14:00/60", ("thank_you_hours",), "2026-05-14 15:00"),
    ],
    ids=["hours", "a weekend does not count", "no weekend in it"],
)
def test_a_thank_you_may_wait_over_the_weekend(interview: str, windows: tuple[str, ...], closes: str) -> None:
    """P10: 48 hours; those of a weekend are none where the owner counts business days."""
    tale = History(business_days=frozenset(windows)).receives("2026-05-04 10:00", AGREED, interview=interview)
    assert tale.wish(f"{interview[:10]} 16:00", Step.THANK_YOU).closes == tale.moment(closes)
