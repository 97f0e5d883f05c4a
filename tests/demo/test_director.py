"""The play's stage: its daemon lives in a thread of its own, and nobody speaks to it before it does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest

from agent.demo import director


class Sleeper:
    """Stands for the daemon: alive once its loop is known, until it is told to end."""

    def __init__(self, *parts: object) -> None:
        self.over = asyncio.Event()

    async def run(self) -> None:
        self.events = asyncio.get_running_loop()
        await self.over.wait()

    def stop(self) -> None:
        self.over.set()


def test_the_stage_is_set_only_when_its_daemon_can_be_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the thread begins late; `look` found a daemon without a loop."""
    may_begin, run = threading.Event(), asyncio.run

    def late(main: Coroutine[Any, Any, None]) -> None:
        may_begin.wait()
        run(main)

    monkeypatch.setattr(director, "Daemon", Sleeper)
    monkeypatch.setattr(director.asyncio, "run", late)
    nothing: Any = None
    stage = director.Stage(nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    threading.Timer(0.05, may_begin.set).start()
    thread = stage.start(nothing)
    assert stage.daemon.events.is_running()
    stage.stop(thread)
    assert not thread.is_alive()
