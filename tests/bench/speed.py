"""`python -m tests.bench.speed [FOLDER …]`: what understanding costs beside mail-parser's own parse of the same messages.

The messages are those of the corpus; folders or .tar archives of raw messages may be added (by default ../shared/mail, where it is
there). For each message the best of three runs through all of them counts, in time of this process; told are messages per second
and the ratios.
"""

from __future__ import annotations

import argparse
import gc
import logging
import statistics
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import mailparser

from agent.core.decode.message import Unreadable, decode
from agent.core.read import model
from agent.core.read.reader import Owner, read
from agent.core.values import Message
from agent.wiring import owner_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

OWNER = owner_of("Sam Taylor", ("sam@home.example",), "Europe/London", "GB")
SHARED = Path(__file__).parents[3] / "shared" / "mail"
MOST = 700  # messages of one archive that are measured, spread over all of it
RUNS = 3

Item = tuple[bytes, Owner]


def of_corpus() -> list[Item]:
    found: list[Item] = []
    for part in ("learn", "aside"):
        for course in courses(HERE / part):
            found += [(built.raw, course.owner) for built in course.messages]
    return found


def raw_messages(path: Path) -> Iterator[bytes]:
    """Raw messages of a folder or of an archive."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.name.endswith((".md", ".tar", ".xz", ".gz")):
                yield file.read_bytes()
        for archive in sorted(path.glob("*.tar*")):
            yield from raw_messages(archive)
        return
    with tarfile.open(path) as archive_file:
        for member in archive_file:
            data = archive_file.extractfile(member) if member.isfile() else None
            if data is not None and not member.name.endswith(".md"):
                yield data.read()


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def parsed(raw: bytes) -> None:
    try:
        mailparser.parse_from_bytes(raw)
    except Exception as error:  # noqa: BLE001 - what mail-parser cannot read costs what it costs
        del error


def opened(raw: bytes, owner: Owner) -> Message | None:
    try:
        return decode(raw, owner.addresses)
    except Unreadable:
        return None


def measured(items: Sequence[Item]) -> list[tuple[float, float, float]]:
    """For each message: seconds of mail-parser, of decode, of read, the best of RUNS. Every run goes through all messages, so that
    none is read from the memory of the run before."""
    messages = [opened(raw, owner) for raw, owner in items]
    rows = [(float("inf"),) * 3 for _ in items]
    for _ in range(RUNS):
        for n, ((raw, owner), message) in enumerate(zip(items, messages, strict=True)):
            parse = seconds(partial(parsed, raw))
            unpack = seconds(partial(opened, raw, owner))
            understand = seconds(partial(read, message, owner)) if message is not None else 0.0
            rows[n] = (min(rows[n][0], parse), min(rows[n][1], unpack), min(rows[n][2], understand))
    return rows


def told(name: str, rows: Sequence[tuple[float, float, float]]) -> None:
    ratios = sorted((unpack + understand) / parse for parse, unpack, understand in rows)
    alone = sorted(understand / parse for parse, _, understand in rows)
    sums = [sum(column) for column in zip(*rows, strict=True)]
    print(f"{name}: {len(rows)} messages")
    print(f"  mail-parser {len(rows) / sums[0]:6.0f} a second, decode and read {len(rows) / (sums[1] + sums[2]):6.0f}")
    for what, found in (("decode and read", ratios), ("read alone", alone)):
        print(f"  {what}, as a multiple of mail-parser: median {middle(found):.2f}, p95 {late(found):.2f}")
    print(f"  slowest: {max(unpack + understand for _, unpack, understand in rows) * 1000:.1f} ms")


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def late(values: Sequence[float]) -> float:
    return values[int(0.95 * (len(values) - 1))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="*", type=Path, help="folders or archives of raw messages")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    began = time.process_time()
    model.weights()
    print(f"weights read in {(time.process_time() - began) * 1000:.0f} ms")
    gc.disable()
    told("corpus", measured(of_corpus()))
    places = chosen.folders or sorted(SHARED.glob("*.tar*"))
    for place in places:
        raws = list(raw_messages(place))
        chosen_raws = raws[:: max(1, len(raws) // MOST)]
        told(place.name, measured([(raw, OWNER) for raw in chosen_raws]))


if __name__ == "__main__":
    main()
