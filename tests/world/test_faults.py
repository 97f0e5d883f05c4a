"""A fixed sample of the fault matrix: whatever breaks, in whatever step, the course ends as if nothing had (P5, I3, I4, I8, I14).

The whole matrix is `python -m tests.bench.faults`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot
from tests.world.faults import Trial, matrix, on_the_way, tried
from tests.world.fused import Kennel
from tests.world.post import Post
from tests.world.proxy import Fault, How, When
from tests.world.stage import MODES, Stage

SEED = 20261122
SAMPLE = {"IMAP": 10, "SMTP": 5, "transaction": 4, "two daemons": 2, "": 6}  # of each sort, in each mode


@pytest.fixture(scope="module")
def stage(server: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Post() as post, Kennel() as kennel:
        yield Stage(server, post, kennel, tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def trials(stage: Stage) -> dict[str, list[Trial]]:
    """The whole matrix of each mode."""
    return {mode: list(matrix(stage, mode)) for mode in MODES}


def sort_of(trial: Trial) -> str:
    return next(s for s in SAMPLE if s in trial.name)


def sample(trials: list[Trial]) -> list[Trial]:
    """The same ones in each run, spread over the steps of the course rather than over its commands."""
    chance, found = random.Random(SEED), []
    for sort, count in SAMPLE.items():
        steps: dict[str, list[Trial]] = {}
        for trial in trials:
            if sort_of(trial) == sort:
                steps.setdefault(trial.step, []).append(trial)
        for step, of_step in sorted(steps.items()):
            part = count // len(steps) + (sorted(steps).index(step) < count % len(steps))
            found += chance.sample(of_step, min(part, len(of_step)))
    return found


@pytest.mark.parametrize("mode", MODES)
def test_no_fault_doubles_or_loses_a_step_or_touches_what_is_the_owners(
    stage: Stage, trials: dict[str, list[Trial]], mode: str
) -> None:
    """Each trial is compared with the course that nothing disturbed."""
    wrong = [f"{trial}: {found}" for trial in sample(trials[mode]) if (found := tried(stage, trial))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("mode", MODES)
def test_the_matrix_has_every_sort_of_fault_in_every_step(
    stage: Stage, trials: dict[str, list[Trial]], mode: str
) -> None:
    """So that a step that says something new is disturbed there too."""
    turns = stage.undisturbed(mode).turns
    steps = {t.phase.name for t in turns}
    writing = {t.phase.name for t in turns if "commit" in t.effects}
    reached = {sort: {t.step for t in trials[mode] if sort_of(t) == sort} for sort in SAMPLE}
    sending = {"sending"} if mode == "confirm" else set()
    assert reached == {"IMAP": steps, "SMTP": sending, "transaction": writing, "two daemons": steps, "": steps}


def test_an_answer_that_was_read_just_before_the_line_broke_is_not_forgotten(stage: Stage) -> None:
    """P2, I1: what is in the store is in the book, also in the process that read it and could not go on."""
    course = stage.undisturbed("draft")
    number = next(n for n, t in enumerate(course.turns) if t.phase.name == "withdrawing")
    fault = Fault("EXAMINE", 3, When.BEFORE, How.RESET)  # clocks compared, the inbox read, Sent not yet
    verdict = tried(stage, Trial("draft", number, "Sent is out of reach", on_the_way(fault), "withdrawing"))
    assert not verdict, str(verdict)


def test_a_folder_that_cannot_be_opened_for_now_does_not_undo_a_confirmation(stage: Stage) -> None:
    """I4, RFC 3501 §6.3.2: a NO to EXAMINE says nothing of what lies in the folder; the draft stays confirmed and is sent later."""
    refused = [t for t in matrix(stage, "confirm") if t.step == "sending" and "IMAP NO before EXAMINE" in t.name]
    assert len(refused) > 10
    wrong = [f"{trial}: {found}" for trial in refused if (found := tried(stage, trial))]
    assert not wrong, "\n".join(wrong)


def test_drafts_that_were_put_a_moment_ago_and_are_gone_together_are_no_answer(stage: Stage) -> None:
    """I8, P4: the folder was as good as empty at the last look, and held five drafts of ours when it was emptied."""
    trial = next(t for t in matrix(stage, "draft") if str(t) == "draft, editing: Drafts emptied")
    assert not tried(stage, trial)
