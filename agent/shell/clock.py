"""The only place that asks what time it is and that sleeps. Everything else is told."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


def pause(seconds: float) -> None:
    """Wait, for a person to read along; nothing else in the program waits for time to pass without listening."""
    time.sleep(seconds)


class Clock(Protocol):
    """`now` is aware UTC; `real_delay` says how long to wait in real seconds until a moment of this clock."""

    def now(self) -> datetime: ...

    def real_delay(self, until: datetime) -> float: ...

    def jumped(self) -> timedelta:
        """By how much this clock was set, or slept, since the last call; zero for small drift."""
        ...


class WallClock:
    """The machine's clock; notices sleep and being set by comparing it with the monotonic one."""

    LEAST_JUMP = timedelta(seconds=60)

    def __init__(self) -> None:
        self.seen = (datetime.now(UTC), time.monotonic())

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_delay(self, until: datetime) -> float:
        return max(0.0, (until - self.now()).total_seconds())

    def jumped(self) -> timedelta:
        wall, steady = datetime.now(UTC), time.monotonic()
        drift = (wall - self.seen[0]) - timedelta(seconds=steady - self.seen[1])
        self.seen = (wall, steady)
        return drift if abs(drift) >= self.LEAST_JUMP else timedelta()


class LeapingClock:
    """A clock that stands still until it is told to leap: for the demo, whose director then rings for a turn."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment

    def leap(self, to: datetime) -> None:
        """Go on from a later moment; never back."""
        self.moment = max(to, self.moment)

    def real_delay(self, until: datetime) -> float:
        return 0.0 if until <= self.moment else 3600.0

    def jumped(self) -> timedelta:
        return timedelta()
