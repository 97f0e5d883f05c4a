"""The clocks: what counts as a jump, how long to wait, and that the demo's clock only goes forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent.shell.clock import LeapingClock, WallClock

START = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_the_wall_clock_is_aware_and_does_not_run_backwards() -> None:
    clock = WallClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second


def test_waiting_for_the_past_takes_no_time() -> None:
    clock = WallClock()
    assert clock.real_delay(clock.now() - timedelta(days=1)) == 0.0
    assert 3590 < clock.real_delay(clock.now() + timedelta(hours=1)) <= 3600
    assert clock.real_delay(datetime.max.replace(tzinfo=UTC)) > 0


@pytest.mark.parametrize(
    ("wall", "steady", "jump"),
    [
        (timedelta(hours=-8), 0.0, timedelta(hours=8)),
        (timedelta(hours=-8), -8 * 3600.0, timedelta()),
        (timedelta(hours=2), 0.0, timedelta(hours=-2)),
        (timedelta(seconds=-30), 0.0, timedelta()),
        (timedelta(), 0.0, timedelta()),
    ],
    ids=["slept-8-hours", "8-hours-passed", "set-back", "small-drift", "nothing"],
)
def test_a_jump_is_what_the_steady_clock_did_not_see(wall: timedelta, steady: float, jump: timedelta) -> None:
    """I14: sleep and a set clock, not the passing of time. It is told once."""
    clock = WallClock()
    clock.seen = (clock.seen[0] + wall, clock.seen[1] + steady)
    assert abs(clock.jumped() - jump) < timedelta(seconds=5)
    assert clock.jumped() == timedelta()


def test_the_leaping_clock_stands_still_and_never_goes_back() -> None:
    clock = LeapingClock(START)
    assert clock.now() == clock.now() == START
    clock.leap(START + timedelta(days=3))
    clock.leap(START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=3)
    assert clock.jumped() == timedelta()


def test_the_leaping_clock_waits_only_for_what_is_ahead() -> None:
    clock = LeapingClock(START)
    assert clock.real_delay(START) == 0.0
    assert clock.real_delay(START + timedelta(seconds=1)) > 0
