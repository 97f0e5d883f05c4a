"""One Dovecot for all worlds of a run, one user and one state folder for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import need_dovecot
from tests.servers.dovecot import Dovecot
from tests.world.post import Post
from tests.world.world import World, a_tuesday

Made = Callable[..., World]


@pytest.fixture(scope="session")
def server() -> Iterator[Dovecot]:
    need_dovecot()
    with Dovecot() as running:
        yield running


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as running:
        yield running


@pytest.fixture
def new_world(server: Dovecot, post: Post, tmp_path: Path) -> Iterator[Made]:
    """Make worlds; they end with the test."""
    made: list[World] = []

    def make(now: datetime | None = None, mode: str = "draft", **more: object) -> World:
        box = server.mailbox()
        moment = now or a_tuesday(datetime.now(UTC))
        world = World(box, post, tmp_path / f"{box.user}", moment, mode, **more)  # type: ignore[arg-type]
        made.append(world)
        return world

    yield make
    for world in made:
        world.close()


@pytest.fixture
def world(new_world: Made) -> World:
    """A mailbox on a Tuesday afternoon; for loops that are turned at moments of the test's."""
    return new_world()


@pytest.fixture
def confirming(new_world: Made) -> World:
    """The same in mode `confirm`."""
    return new_world(mode="confirm")
