"""APScheduler as an alarm clock and nothing more: what is due is computed from state at every turn (I15).

Its default drops a job that fires late by a second, after sleep or a blocked loop: no grace limit, and late ones once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from agent.shell.clock import WallClock

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

HEARTBEAT = timedelta(minutes=1)
FARTHEST = timedelta(days=1)  # nothing is scheduled farther off; the heartbeat comes before


class Alarms:
    """The next moment at which time alone changes something, and a steady heartbeat."""

    def __init__(self, ring: Callable[[], None], beat: Callable[[], None], heartbeat: timedelta = HEARTBEAT) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        async def rings() -> None:  # a coroutine runs in the event loop; a plain function in a thread of a pool
            ring()

        async def beats() -> None:
            beat()

        self.rings = rings
        self.scheduler: AsyncIOScheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self.scheduler.add_job(beats, "interval", seconds=heartbeat.total_seconds(), id="heartbeat")

    def start(self) -> None:
        self.scheduler.start()

    def stop(self) -> None:
        self.scheduler.shutdown(wait=False)

    def set(self, seconds: float | None) -> None:
        """Ring once, in so many real seconds; None: nothing is ahead."""
        if seconds is None:
            if self.scheduler.get_job("next"):
                self.scheduler.remove_job("next")
            return
        at = WallClock().now() + min(timedelta(seconds=seconds), FARTHEST)
        self.scheduler.add_job(self.rings, "date", run_date=at, id="next", replace_existing=True)

    def woke(self) -> None:
        """The machine slept or its clock was set: APScheduler would fire late by as much."""
        self.scheduler.wakeup()
