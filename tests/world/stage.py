"""The course of `course`, played undisturbed once in each mode, and kept turn by turn: others begin there and are compared with it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.shell.store import Held
from tests.servers.dovecot import Dovecot
from tests.world.agent_here import AgentHere
from tests.world.course import COURSE, EDITED, Phase
from tests.world.fused import Kennel
from tests.world.letters import FERRY
from tests.world.post import Post
from tests.world.world import APPROVED, FOLDERS, Outcome, Snapshot, World, a_tuesday, id_of, ours

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
    owners: Counter[str]

    def positions(self, thin: bool = False) -> list[int]:
        """Before each effect; after the last one. Right after an effect is where the next one is not done yet.

        `thin`: of effects between the same neighbours (mail being read, drafts being put) only the first two.
        """
        count = len(self.effects)
        around = [self.effects[max(0, n - 1) : n + 2] for n in range(count)]
        kept = [n for n in range(count) if not thin or around[:n].count(around[n]) < 2]
        return [2 * n + 1 for n in kept] + [2 * count][:count]


@dataclass(slots=True)
class Undisturbed:
    """The course as it goes when nothing happens to the agent. `owners`: what its owner has at the end."""

    mode: str
    turns: list[Turn] = field(default_factory=list)
    end: Outcome = field(default_factory=Outcome)
    owners: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Verdict:
    """What is wrong at the end of a disturbed course: Message-IDs, or words."""

    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.doubled or self.lost or self.touched or self.other)

    def __str__(self) -> str:
        named = (("doubled", self.doubled), ("lost", self.lost), ("touched", self.touched), ("", self.other))
        return "; ".join(f"{name} {', '.join(what)}".strip() for name, what in named if what)


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
                after = world.outcome(), owners_mail(world)
                made.turns.append(Turn(phase, moment, before, tuple(effects), tuple(ledger), *after))
        made.end, made.owners = world.outcome(), owners_mail(world)
        world.close()
        return made

    def world(self, turn: Turn) -> World:
        """Another user's world as it was before that turn."""
        box = self.server.mailbox()
        return turn.before.world(box, self.post, self.folder / box.user)

    def go_on(self, world: World, course: Undisturbed, number: int, agent: AgentHere | None = None) -> None:
        """Play what comes after that turn, as it was played undisturbed; by `agent`, or a new one for each turn."""
        for before, turn in itertools.pairwise(course.turns[number:]):
            if turn.phase is not before.phase:
                turn.phase.begin(world)
            if agent is not None:
                agent.turn(turn.moment)
                continue
            with AgentHere(world.configuration) as fresh:
                fresh.turn(turn.moment)

    def judged(self, world: World, course: Undisturbed, unsure: frozenset[str], refused: bool = False) -> Verdict:
        """The world at its end beside the undisturbed one. `unsure`: what its owner had to be asked about; `refused`: it was
        right that something was not sent."""
        found, wrong = world.outcome(), Verdict()
        wrong.touched = sorted((owners_mail(world) - course.owners) + (course.owners - owners_mail(world)))
        if found == course.end:
            return wrong
        wrong.doubled = [i for i in found.doubled() if i not in unsure]
        wrong.doubled += [f"{i} handed over {n} times" for i, n in found.handed.items() if n > course.end.handed[i]]
        wrong.lost = found.lost(course.end)
        asked = [m for m in world.notes() if b"Sent or not?" in m.raw]
        if unsure and len(asked) != len(unsure):
            wrong.other.append(f"{len(unsure)} attempts without an outcome, {len(asked)} questions to the owner")
        if not unsure and not refused:
            wrong.other.append(f"it ended otherwise: {found}")
        return wrong


def of_state(agent: AgentHere, state: Held) -> frozenset[str]:
    return frozenset(r.message_id for r in agent.store.steps(state))


def owners_mail(world: World) -> Counter[str]:
    """Everything in the mailbox that is not the agent's, with its place and flags; and the draft that its owner has rewritten."""
    found: Counter[str] = Counter()
    for folder in (*FOLDERS, "Junk", "Archive"):
        for message in world.messages(folder):
            flags = " ".join(sorted(message.flags - {"\\Recent"}))
            if not ours(id_of(message)) and b"\nX-Afterword:" not in message.raw:
                found[f"{folder} {id_of(message)} ({flags}) {hash(message.raw)}"] += 1
            elif EDITED.encode() in message.raw and FERRY.address.encode() in message.raw:
                found[f"{folder}: the rewritten draft ({flags})"] += 1
    return found


__all__ = ["APPROVED", "MODES", "SOON", "Stage", "Turn", "Undisturbed", "Verdict", "of_state", "owners_mail"]
