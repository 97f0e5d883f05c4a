"""`python -m tests.bench.odds`: learns the weights of `agent.core.odds` and tells how often it is wrong about what begins something.

Looked at are the first mails of the corpus, and all mail of it that is about something else. Each is judged by an opinion that was learnt
without its course or file (in PARTS parts), as fresh mail would be; the weights, too, are judged on groups they were not learnt from.
The file is not written: a row of the table is changed by hand. Takes some minutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import Pool
from typing import NamedTuple

from agent.core import kinds, odds, openings
from agent.core.decode.message import decode
from agent.core.read.reader import Owner, read
from agent.core.read.reading import LEAST_CHANCE, Evidence, Opinion, Reading
from agent.core.values import Message
from tests.bench.logistic import learnt as learnt_by_steps
from tests.bench.wholes import FIRSTS, KEPT, LOOK_ALIKES, features_of, learnt, wholes
from tests.corpus.mailroom import Built, Course, courses
from tests.corpus.singles import HERE, OWNER, singles
from tests.corpus.situations import in_its_time

PARTS = 6
EPOCHS = 40
STEP = 0.3
SMALL = 1e-4  # the wish for small weights
WRONGLY_OPENED = 1.5  # how much worse than a first mail that is missed


class First(NamedTuple):
    """A message that begins an opportunity (`begins`), or is about something else. `group`: its course or file."""

    reading: Reading
    features: list[str]
    begins: bool
    group: str


def firsts() -> Iterator[First]:
    for folder in (LOOK_ALIKES, FIRSTS):
        for single in singles(folder):
            if not single.sent:
                features = features_of(single.message(), OWNER)
                yield First(in_its_time(single), features, single.label != "foreign", single.source)
    for course in courses(HERE / "learn"):
        yield from of_a_course(course)


def of_a_course(course: Course) -> Iterator[First]:
    owner = course.owner
    messages = [(built, decode(built.raw, owner.addresses)) for built in course.messages]
    for message, begins in beginnings(messages, owner):
        yield First(read(message, owner), features_of(message, owner), begins, course.name)


def beginnings(messages: Sequence[tuple[Built, Message]], owner: Owner) -> Iterator[tuple[Message, bool]]:
    """The messages of a course before which nothing of theirs was there: (message, does it begin an opportunity?)."""
    inside: set[str] = set()  # messages and people of the jobs, from the first to the last mail
    for built, message in messages:
        if ours(built):
            inside |= {message.message_id, *message.ancestors}
            inside |= {a.email for a in (message.recipients if message.sent else (message.sender,))}
    seen: set[str] = set()  # messages and domains of what was there before
    for built, message in messages:
        if message.sent:
            theirs = ours(built) or any(a.email in inside for a in message.recipients[:1])
            seen |= {message.message_id, *(a.domain for a in message.recipients if theirs)}
            continue
        if built.row["kind"] in ("auto_reply", "bounce"):
            continue
        known = not seen.isdisjoint((*message.ancestors, message.sender.domain))
        if ours(built):
            if not known and not built.row.get("unclear"):
                yield message, True
            seen |= {message.message_id, message.sender.domain}
        elif not known and message.sender.email not in inside and inside.isdisjoint(message.ancestors):
            yield message, False


def ours(built: Built) -> bool:
    return built.row["kind"] != "other" or bool(built.row.get("unclear"))


def judged(part: int) -> list[First]:
    """The messages of one part, with the opinion of a model that was learnt from all others."""
    every = [whole for whole in wholes() if not whole.sent]
    part_of = parted({whole.group for whole in every})
    model = learnt([whole for whole in every if part_of[whole.group] != part], KEPT[False])
    out: list[First] = []
    for first in firsts():
        if part_of.get(first.group, 0) != part:
            continue
        if first.reading.opinion is not None:
            chances = sorted(model.probabilities(first.features).items(), key=lambda item: -item[1])
            kept = tuple((label, chance) for label, chance in chances if chance >= LEAST_CHANCE)
            first = first._replace(reading=replace(first.reading, opinion=Opinion(kept, Evidence("", ""))))
        out.append(first)
    return out


def parted(groups: set[str]) -> dict[str, int]:
    shuffled = sorted(groups)
    random.Random(5).shuffle(shuffled)
    return {group: number % PARTS for number, group in enumerate(shuffled)}


# ------------------------------------------------------------------------------------------------------------ learning

Sample = tuple[list[float], bool]


def measured(first: First) -> list[float]:
    it = odds.seen(first.reading, kinds.decide(first.reading, None).kind)
    return [float(row.measure(it)) for row in odds.TABLE]


def weights(samples: Sequence[Sample]) -> list[float]:
    rows = [
        ({n: measure for n, measure in enumerate(measures) if measure}, begins, 1.0 if begins else WRONGLY_OPENED)
        for measures, begins in samples
    ]
    found = learnt_by_steps(rows, epochs=EPOCHS, step=STEP, small=SMALL)
    return [found.get(n, 0.0) for n in range(len(odds.TABLE))]


def told(name: str, every: Sequence[First], opened: Sequence[bool]) -> None:
    begun = [said for first, said in zip(every, opened, strict=True) if first.begins]
    others = [said for first, said in zip(every, opened, strict=True) if not first.begins]
    print(
        f"{name}: {begun.count(False)} of {len(begun)} first mails missed, {others.count(True)} of {len(others)} others opened"
    )


def main() -> None:
    with Pool() as pool:
        every = [first for part in pool.map(judged, range(PARTS)) for first in part]
    told("the table as it stands", every, [openings.opens(f.reading, kinds.decide(f.reading, None)) for f in every])
    samples = [(measured(first), first.begins) for first in every]
    part_of = parted({first.group for first in every})
    learnt_of = [
        weights([s for s, f in zip(samples, every, strict=True) if part_of[f.group] != part]) for part in range(PARTS)
    ]
    totals = [
        sum(map(float.__mul__, learnt_of[part_of[first.group]], measures))
        for first, (measures, _) in zip(every, samples, strict=True)
    ]
    for least in sorted({0.0, 0.5, 1.0, openings.LEAST}):
        told(f"learnt, opened from {least} on", every, [total >= least for total in totals])
    for row, weight in zip(odds.TABLE, weights(samples), strict=True):
        print(f"  {row.weight:5.1f} {weight:6.2f}  {row.what}")


if __name__ == "__main__":
    main()
