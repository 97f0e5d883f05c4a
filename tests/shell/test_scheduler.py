"""The alarm clock: what is late still rings, once; it rings in the event loop's thread, and nothing is remembered (I15)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from agent.shell.scheduler import FARTHEST, Alarms

LONG = timedelta(hours=1)
DEADLINE = 5.0


class Bell:
    """Counts, and says in which thread."""

    def __init__(self) -> None:
        self.threads: list[int] = []
        self.rung = asyncio.Event()

    def __call__(self) -> None:
        self.threads.append(threading.get_ident())
        self.rung.set()

    async def heard(self) -> None:
        await asyncio.wait_for(self.rung.wait(), DEADLINE)
        self.rung.clear()


def within(work: Callable[[Bell, Bell, Alarms], Awaitable[None]], heartbeat: timedelta = LONG) -> None:
    """Run with started alarms."""

    async def run() -> None:
        ring, beat = Bell(), Bell()
        alarms = Alarms(ring, beat, heartbeat)
        alarms.start()
        try:
            await work(ring, beat, alarms)
        finally:
            alarms.stop()

    asyncio.run(run())


async def settled() -> None:
    """Whatever was due by now has had its turn."""
    for _ in range(20):
        await asyncio.sleep(0.005)


def test_it_rings_once_in_the_loops_own_thread() -> None:
    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        alarms.set(0.01)
        await ring.heard()
        await settled()
        assert ring.threads == [threading.get_ident()]

    within(work)


def test_what_is_due_already_rings_at_once() -> None:
    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        for seconds in (0.0, -3600.0):
            alarms.set(seconds)
            await ring.heard()

    within(work)


def test_an_alarm_that_the_loop_was_too_busy_for_rings_afterwards_and_once() -> None:
    """APScheduler's own default drops what is a second late: no grace limit, and late ones once."""

    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        alarms.set(0.05)
        time.sleep(1.3)  # the loop is blocked for longer than the default grace of a second
        await ring.heard()
        await beat.heard()
        await settled()
        assert len(ring.threads) == 1
        assert len(beat.threads) <= 2, "six heartbeats were missed; they are made up as one"

    within(work, timedelta(seconds=0.2))


def test_a_new_alarm_takes_the_place_of_the_old_one() -> None:
    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        alarms.set(3600)
        alarms.set(0.01)
        await ring.heard()
        alarms.set(0.02)
        alarms.set(None)
        await settled()
        assert len(ring.threads) == 1
        alarms.set(None)  # nothing to take off: nothing happens

    within(work)


def test_nothing_is_scheduled_farther_off_than_a_day() -> None:
    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        alarms.set(10 * 365 * 86_400.0)
        (job,) = [j for j in alarms.scheduler.get_jobs() if j.id == "next"]
        (heart,) = [j for j in alarms.scheduler.get_jobs() if j.id == "heartbeat"]
        assert job.next_run_time - heart.next_run_time <= FARTHEST
        alarms.woke()  # after sleep: looks anew, rings nothing that is not due
        await settled()
        assert ring.threads == []

    within(work)


def test_the_heart_beats_in_the_loops_own_thread() -> None:
    async def work(ring: Bell, beat: Bell, alarms: Alarms) -> None:
        await beat.heard()
        await beat.heard()
        assert set(beat.threads) == {threading.get_ident()}

    within(work, timedelta(seconds=0.03))


def test_an_error_in_a_ring_does_not_stop_the_clock() -> None:
    async def run() -> None:
        rung = asyncio.Event()

        def broken() -> None:
            rung.set()
            raise ValueError

        alarms = Alarms(broken, lambda: None, LONG)
        alarms.start()
        for _ in range(2):
            rung.clear()
            alarms.set(0.0)
            await asyncio.wait_for(rung.wait(), DEADLINE)
        alarms.stop()

    asyncio.run(run())
