"""`python -m tests.bench.mutated [--count N]`: damaged messages of the corpus through decode, read and decide.

Nothing may be raised but `Unreadable`, no message may take longer than 100 ms, and none of a megabyte longer than 500 ms.
Prints the slowest and the verdict; exit 1 where it is bad. Times are those of this process, not of the clock on the wall.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

from agent.core import kinds
from agent.core.decode.message import Unreadable, decode
from agent.core.fold import Book
from agent.core.read import model
from agent.core.read.reader import read
from tests.corpus.mailroom import courses
from tests.corpus.mutations import enormous, mutations
from tests.corpus.singles import HERE, OWNER

LONGEST, LONGEST_BIG = 0.100, 0.500
SHOWN = 5


def understood(raw: bytes) -> None:
    """Everything that happens to a new message before any opportunity is touched, and what happens to a first one."""
    try:
        message = decode(raw, OWNER.addresses)
    except Unreadable:
        return
    reading = read(message, OWNER)
    kinds.decide(reading, None)
    Book(OWNER.zone).add(reading)


def corpus() -> list[bytes]:
    return [built.raw for part in ("learn", "aside") for course in courses(HERE / part) for built in course.messages]


def run(raws: Iterable[bytes], longest: float, name: str, keep: Path | None) -> int:
    """Number of faults."""
    times: list[tuple[float, int, bytes]] = []
    raised = 0
    for number, raw in enumerate(raws):
        began = time.process_time()
        try:
            understood(raw)
        except Exception:  # noqa: BLE001 - that is what is looked for
            raised += 1
            print(f"{name} {number} raised:\n{traceback.format_exc(limit=-4)}")
            kept(keep, f"{name}-{number}-raised.eml", raw)
        times.append((time.process_time() - began, number, raw))
    times.sort(key=lambda row: -row[0])
    slow = [row for row in times if row[0] > longest]
    print(f"{name}: {len(times)} messages, {raised} raised, {len(slow)} over {longest * 1000:.0f} ms")
    for seconds, number, raw in times[:SHOWN]:
        print(f"  number {number}: {seconds * 1000:.0f} ms, {len(raw)} bytes")
        if seconds > longest:
            kept(keep, f"{name}-{number}-slow.eml", raw)
    return raised + len(slow)


def kept(folder: Path | None, name: str, raw: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000, help="damaged messages")
    options.add_argument("--big", type=int, default=40, help="messages of a megabyte")
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="write the bad ones there")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    model.weights()
    raws = corpus()
    understood(raws[0])
    faults = run(mutations(raws, chosen.count, chosen.seed), LONGEST, "damaged", chosen.keep)
    faults += run(enormous(raws, chosen.big, chosen.seed), LONGEST_BIG, "big", chosen.keep)
    print("good" if not faults else f"bad: {faults} faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
