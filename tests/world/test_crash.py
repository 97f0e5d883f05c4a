"""Killed at every step, the agent resumes and ends in the same place: no step twice, none lost (I3, I4, P5, I1).

A course is played once undisturbed. Then, for every effect of every turn of it, the mailbox and the state are put back to
where that turn began, the turn runs in a process that is killed there by SIGKILL, and the agent goes on without a fuse.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from agent.shell.store import Held
from tests.servers.dovecot import Dovecot
from tests.world.agent_here import AgentHere
from tests.world.course import COURSE
from tests.world.fused import Kennel
from tests.world.post import Mood, Post
from tests.world.stage import MODES, SOON, Stage, Undisturbed, Verdict, of_state

THIN = os.environ.get("AFTERWORD_ALL_KILLS") != "1"  # all positions take a minute more


def killed(stage: Stage, course: Undisturbed, number: int, position: int) -> Verdict:
    """Kill that turn there, go on to the end -> what is wrong then."""
    turn = course.turns[number]
    world = stage.world(turn)
    try:
        stage.kennel.kill_at(world.configuration, turn.moment, position)
        with AgentHere(world.configuration) as agent:
            agent.settle(turn.moment + SOON)
            ledger, unsure = tuple(agent.ledger()), of_state(agent, Held.UNSURE)
        if ledger == turn.ledger and world.outcome() == turn.outcome:
            return Verdict()  # the same state and the same mailbox: the rest is the undisturbed course
        stage.go_on(world, course, number)
        return stage.judged(world, course, unsure)
    finally:
        world.close()


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
        for position in turn.positions(THIN):
            told = killed(stage, course, number, position)
            if told:
                effect = turn.effects[(position - 1) // 2]
                wrong.append(
                    f"{turn.moment:%H:%M}, {'after' if position % 2 == 0 else 'before'} {effect} {(position + 1) // 2}: {told}"
                )
    assert not wrong, "\n".join(wrong)


def test_killed_after_an_attempt_without_an_answer_its_owner_is_asked_once(stage: Stage) -> None:
    """I4: between the ledger's `unsure` and the note there is a moment; the next life asks what this one did not."""
    course = stage.undisturbed("confirm")
    number = next(n for n, t in enumerate(course.turns) if "submit" in t.effects)
    turn = course.turns[number]
    stage.post.mood = Mood.TAKES_AND_DROPS
    try:
        world = stage.world(turn)
        effects = stage.kennel.effects(world.configuration, turn.moment)
        world.close()
        for position in range(2 * effects.index("submit") + 2, 2 * len(effects)):
            world = stage.world(turn)
            stage.kennel.kill_at(world.configuration, turn.moment, position)
            with AgentHere(world.configuration) as agent:
                agent.settle(turn.moment + SOON)
                assert len(of_state(agent, Held.UNSURE)) == 1, position
            asked = [m for m in world.notes() if b"Sent or not?" in m.raw]
            world.close()
            assert (len(asked), len(stage.post.letters)) == (1, 1), position
    finally:
        stage.post.mood = Mood.KIND
