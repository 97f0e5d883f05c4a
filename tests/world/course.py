"""A whole course in one mailbox: drafts are put, one is sent, one handed back, one withdrawn, one left to its owner, one dismissed.

Each phase is something that the owner or an employer does, and the moments at which the agent then turns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.world.letters import FERRY, MUSEUM, PRESS, PUMPS, answered
from tests.world.world import APPROVED, World

Act = Callable[[World, datetime], None]
EDITED = "planner's"  # what the owner writes instead of the role


@dataclass(frozen=True, slots=True)
class Phase:
    """`act` is done at the first of `minutes`; the agent turns at each of them (minutes after the world's moment)."""

    name: str
    act: Act
    minutes: tuple[int, ...]

    def moments(self, world: World) -> list[datetime]:
        return [world.now + timedelta(minutes=m) for m in self.minutes]

    def begin(self, world: World) -> None:
        self.act(world, self.moments(world)[0])


def nothing(world: World, at: datetime) -> None:
    del world, at


def edits(world: World, at: datetime) -> None:
    """The owner rewrites the nudge to the ferry company, as clients do."""
    del at
    world.client().edit(FERRY.address, "Timetable Planner", EDITED)


def sends(world: World, at: datetime) -> None:
    """The owner has the nudge to the press sent: by moving it, or by their own client."""
    del at
    if world.mode == "confirm":
        world.client().move(PRESS.address, APPROVED)
    else:
        world.client().send_by_hand(PRESS.address)


def confirms_a_blank(world: World, at: datetime) -> None:
    """The thank-you with its blank is moved to Approved, which hands it back (P7); without such a folder, nothing."""
    del at
    if world.mode == "confirm":
        world.client().move(PUMPS.address, APPROVED)


def two_answer(world: World, at: datetime) -> None:
    for firm in (MUSEUM, FERRY):
        world.receive(answered(firm, at))


def deletes(world: World, at: datetime) -> None:
    del at
    world.client().delete(PUMPS.address)


COURSE = (
    Phase("drafting", nothing, (0,)),
    Phase("editing", edits, (5,)),
    Phase("sending", sends, (10, 21)),
    Phase("returning", confirms_a_blank, (25,)),
    Phase("withdrawing", two_answer, (30,)),
    Phase("dismissing", deletes, (40, 51)),
)
