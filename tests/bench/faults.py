"""The whole fault matrix: `python -m tests.bench.faults [--mode draft|confirm] [--only WORDS] [--every N] [--seed N]`.

Every fault in every turn of a course, compared with the course that nothing disturbed (see tests/world/faults). Prints what went
wrong as it is found, and at the end how much was tried. Exit 0 if nothing was doubled, lost or touched; needs Dovecot.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.world.faults import Trial, matrix, tried
from tests.world.fused import Kennel
from tests.world.post import Post
from tests.world.stage import MODES, Stage, Verdict

LINE_SECONDS = 2.0


@dataclass(slots=True)
class Tally:
    """What came of the trials so far."""

    of: int
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    tried: int = 0
    doubled: int = 0
    lost: int = 0
    touched: int = 0
    other: int = 0

    def add(self, trial: Trial, found: Verdict) -> None:
        self.tried += 1
        self.doubled += len(found.doubled)
        self.lost += len(found.lost)
        self.touched += len(found.touched)
        self.other += len(found.other)
        if found:
            print(f"\n{trial}: {found}", flush=True)
        self.progress()

    def progress(self) -> None:
        now = time.monotonic()
        if now - self.told < LINE_SECONDS and self.tried < self.of:
            return
        self.told = now
        left = (now - self.began) / max(1, self.tried) * (self.of - self.tried)
        line = f"{self.tried} of {self.of}, {int(left // 60)} min {int(left % 60)} s left, {self.doubled + self.lost + self.touched + self.other} wrong"
        print(
            f"\r{line}   " if sys.stderr.isatty() else line,
            end="" if sys.stderr.isatty() else "\n",
            file=sys.stderr,
            flush=True,
        )

    def __str__(self) -> str:
        return (
            f"faults tried {self.tried}, steps doubled {self.doubled}, steps lost {self.lost}, "
            f"owner's drafts touched {self.touched}, otherwise ended differently {self.other}"
        )

    @property
    def clean(self) -> bool:
        return not self.doubled + self.lost + self.touched + self.other


def chosen(stage: Stage, options: argparse.Namespace) -> list[Trial]:
    """The trials that were asked for, in an order of chance: what fails often is seen soon."""
    modes = [options.mode] if options.mode else MODES
    found = [t for mode in modes for t in matrix(stage, mode) if options.only.lower() in str(t).lower()]
    random.Random(options.seed).shuffle(found)
    return found[:: options.every]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faults")
    parser.add_argument("--mode", choices=MODES, default="")
    parser.add_argument("--only", default="", help="trials with these words in their names")
    parser.add_argument("--every", type=int, default=1, help="one trial in so many")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    if dovecot.missing():
        print(dovecot.missing(), file=sys.stderr)
        return 2
    with Dovecot() as server, Post() as post, Kennel() as kennel, tempfile.TemporaryDirectory() as folder:
        stage = Stage(server, post, kennel, Path(folder))
        trials = chosen(stage, options)
        tally = Tally(len(trials))
        for trial in trials:
            tally.add(trial, tried(stage, trial))
    print(tally)
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
