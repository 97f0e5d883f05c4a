"""Killed at every step, the agent resumes and ends in the same place: no step twice, none lost (I3, I4, P5, I1).

A course is played once undisturbed. Then, for every effect of every turn of it, the mailbox and the state are put back to
where that turn began, the turn runs in a process that is killed there by SIGKILL, and the agent goes on without a fuse.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.shell.store import Held
from tests.servers.dovecot import Dovecot
from tests.world.agent_here import AgentHere
from tests.world.course import COURSE, Phase
from tests.world.fused import Kennel
from tests.world.post import Post
from tests.world.world import Outcome, Snapshot, World, a_tuesday

MODES = ("draft", "confirm")
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the undisturbed course: how things were before, its effects, how they were after."""

    phase: Phase
    moment: datetime
    before: Snapshot
    effects: tuple[str, ...]
    ledger: tuple[tuple[object, ...], ...]
    outcome: Outcome

    def positions(self) -> list[int]:
        """Before each effect; after the last one. Right after an effect is where the next one is not done yet."""
        return [2 * n + 1 for n in range(len(self.effects))] + [2 * len(self.effects)][: len(self.effects)]


@dataclass(slots=True)
class Undisturbed:
    """The course as it goes when nothing happens to the agent."""

    mode: str
    turns: list[Turn] = field(default_factory=list)
    end: Outcome = field(default_factory=Outcome)


@dataclass(slots=True)
class Stage:
    """What all courses share."""

    server: Dovecot
    post: Post
    kennel: Kennel
    folder: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)
    played: dict[str, Undisturbed] = field(default_factory=dict)

    def undisturbed(self, mode: str) -> Undisturbed:
        if mode not in self.played:
            self.played[mode] = self.play(mode)
        return self.played[mode]

    def play(self, mode: str) -> Undisturbed:
        self.post.letters.clear()
        box = self.server.mailbox()
        world = World(box, self.post, self.folder / box.user, a_tuesday(datetime.now(UTC)), mode)
        made = Undisturbed(mode)
        for phase in COURSE:
            phase.begin(world)
            for moment in phase.moments(world):
                before = world.snapshot(self.folder / f"kept{next(self.numbers)}")
                effects = self.kennel.effects(world.configuration, moment)
                with AgentHere(world.configuration) as agent:
                    ledger = agent.ledger()
                made.turns.append(Turn(phase, moment, before, tuple(effects), tuple(ledger), world.outcome()))
        made.end = world.outcome()
        world.close()
        return made

    def killed(self, course: Undisturbed, number: int, position: int) -> str:
        """Kill that turn there, go on to the end -> what is wrong then, or ""."""
        turn = course.turns[number]
        box = self.server.mailbox()
        world = turn.before.world(box, self.post, self.folder / box.user)
        try:
            self.kennel.kill_at(world.configuration, turn.moment, position)
            with AgentHere(world.configuration) as agent:
                agent.settle(turn.moment + SOON)
                ledger, unsure = tuple(agent.ledger()), of_state(agent, Held.UNSURE)
            if ledger == turn.ledger and world.outcome() == turn.outcome:
                return ""  # the same state and the same mailbox: the rest is the undisturbed course
            self.go_on(world, course, number)
            return self.judged(world, course, unsure)
        finally:
            world.close()

    def go_on(self, world: World, course: Undisturbed, number: int) -> None:
        """Play what comes after that turn, as it was played undisturbed."""
        for before, turn in itertools.pairwise(course.turns[number:]):
            if turn.phase is not before.phase:
                turn.phase.begin(world)
            with AgentHere(world.configuration) as agent:
                agent.turn(turn.moment)

    def judged(self, world: World, course: Undisturbed, unsure: frozenset[str]) -> str:
        found = world.outcome()
        if found == course.end:
            return ""
        if found.handed.total() > course.end.handed.total():
            return f"sent too often: {found}"
        wrong = [f"doubled {i}" for i in found.doubled() if i not in unsure]
        wrong += [f"lost {i}" for i in found.lost(course.end)]
        asked = [m for m in world.notes() if b"Sent or not?" in m.raw]
        if unsure and len(asked) != len(unsure):
            wrong.append(f"{len(unsure)} attempts without an outcome, {len(asked)} questions to the owner")
        if not unsure:
            wrong.append(f"it ended otherwise: {found}")
        return "; ".join(wrong)


def of_state(agent: AgentHere, state: Held) -> frozenset[str]:
    return frozenset(r.message_id for r in agent.store.steps(state))


@pytest.fixture(scope="module")
def stage(server: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Post() as post, Kennel() as kennel:
        yield Stage(server, post, kennel, tmp_path_factory.mktemp("courses"))


@pytest.mark.parametrize("mode", MODES)
def test_the_undisturbed_course_does_what_it_is_meant_to_do(stage: Stage, mode: str) -> None:
    """The measure for all others: it has something of each kind in it."""
    course = stage.undisturbed(mode)
    effects = {e for turn in course.turns for e in turn.effects}
    wanted = {"commit", "append", "expunge", "word"} | (
        {"create", "claim", "submit", "move"} if mode == "confirm" else set()
    )
    assert effects == wanted
    assert len(course.end.drafts) == 2  # the debrief, and the nudge that its owner has rewritten
    assert len(course.end.sent) == 1
    assert len(course.end.handed) == (1 if mode == "confirm" else 0)


@pytest.mark.parametrize("phase", [p.name for p in COURSE])
@pytest.mark.parametrize("mode", MODES)
def test_killed_at_any_effect_it_ends_in_the_same_place(stage: Stage, mode: str, phase: str) -> None:
    """I3, I4, P5: an attempt cut off between SMTP and the ledger may end unsure; then the owner is asked."""
    course = stage.undisturbed(mode)
    wrong: list[str] = []
    for number, turn in enumerate(course.turns):
        if turn.phase.name != phase:
            continue
        for position in turn.positions():
            told = stage.killed(course, number, position)
            if told:
                effect = turn.effects[(position - 1) // 2]
                wrong.append(
                    f"{turn.moment:%H:%M}, {'after' if position % 2 == 0 else 'before'} {effect} {(position + 1) // 2}: {told}"
                )
    assert not wrong, "\n".join(wrong)
