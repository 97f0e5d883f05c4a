"""The only place that asks what time it is and that sleeps. Everything else is told."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


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


class FastClock:
    """A clock that starts at a moment and runs `factor` times as fast as the machine's: for the demo."""

    def __init__(self, start: datetime, factor: float) -> None:
        self.start, self.factor = start, factor
        self.began = time.monotonic()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * self.factor)

    def leap(self, to: datetime) -> None:
        """Go on from a later moment."""
        self.start, self.began = max(to, self.now()), time.monotonic()

    def real_delay(self, until: datetime) -> float:
        return max(0.0, (until - self.now()).total_seconds() / self.factor)

    def jumped(self) -> timedelta:
        return timedelta()


async def pause(seconds: float) -> None:
    """Real seconds; for back-off."""
    await asyncio.sleep(seconds)
