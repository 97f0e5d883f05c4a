"""A running daemon killed twenty times at moments of chance, while its owner and employers act: as if nothing had happened (P5)."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers.dovecot import Dovecot
from tests.world.agent_here import AgentHere
from tests.world.course import Act, confirms_a_blank, deletes, edits, sends, two_answer
from tests.world.fused import Kennel
from tests.world.letters import PUMPS
from tests.world.post import Post
from tests.world.world import Outcome, World, header, until

KILLS, SEED = 20, 20261122
LONGEST = 0.7  # seconds that a daemon is left alive; a first run over this mailbox takes about as long
ACTS = {5: edits, 8: sends, 11: confirms_a_blank, 14: two_answer, 17: deletes}


@pytest.fixture(scope="module")
def kennel() -> Iterator[Kennel]:
    with Kennel() as running:
        yield running


def ready(world: World) -> bool:
    del world
    return True


def drafted(world: World) -> bool:
    return len(world.drafts()) == 5


def thanks_in_drafts(world: World) -> bool:
    """Also after it was handed back from Approved."""
    return any(PUMPS.address in header(m.raw, "To") for m in world.drafts())


NEEDS: dict[Act, Callable[[World], bool]] = {edits: drafted, deletes: thanks_in_drafts}


def at_rest(world: World, kennel: Kennel) -> Outcome:
    """A daemon that is let live until it has nothing to do -> how things are then."""
    daemon = kennel.daemon(world.configuration)
    until(lambda: world.look() == "looked", 15.0, "a look")
    assert [world.look(), world.look()] == ["looked", "looked"]
    assert kennel.end(daemon, signal.SIGTERM) == {"code": 0}
    return world.outcome()


def undisturbed(world: World, kennel: Kennel) -> Outcome:
    at_rest(world, kennel)
    for act in ACTS.values():
        act(world, datetime.now(UTC))
        at_rest(world, kennel)
    return world.outcome()


def disturbed(world: World, kennel: Kennel, chance: random.Random) -> Outcome:
    """The same, with a daemon that never lives long, but for what the owner's next act needs to be there."""
    for number in range(KILLS):
        daemon = kennel.daemon(world.configuration)
        if number in ACTS:
            act = ACTS[number]
            until(lambda act=act: NEEDS.get(act, ready)(world), 15.0, "the draft for it")  # type: ignore[misc]
            act(world, datetime.now(UTC))
        time.sleep(chance.uniform(0.0, LONGEST))
        assert kennel.end(daemon, signal.SIGKILL) == {"signal": signal.SIGKILL}
    return at_rest(world, kennel)


@pytest.mark.parametrize("mode", ["draft", "confirm"])
def test_twenty_kills_at_random_moments_change_nothing_in_the_end(
    server: Dovecot, kennel: Kennel, tmp_path: Path, mode: str
) -> None:
    """P5, I3, I4: the drafts, what is in Sent and what was handed over are those of a daemon that was never killed."""
    now = datetime.now(UTC).replace(microsecond=0)
    with Post() as post:
        whole = World(server.mailbox(), post, tmp_path / "whole", now, mode)
        expected = undisturbed(whole, kennel)
        whole.close()
    with Post() as post:
        world = World(server.mailbox(), post, tmp_path / "killed", now, mode)
        found = disturbed(world, kennel, random.Random(f"{SEED} {mode}"))
        with AgentHere(world.configuration) as agent:
            unsure = {r.message_id for r in agent.store.steps() if r.state == "unsure"}
        world.close()
    assert [i for i in found.doubled() if i not in unsure] == []
    assert found.lost(expected) == []
    assert found.handed.total() <= expected.handed.total()
    if not unsure:
        assert found == expected
