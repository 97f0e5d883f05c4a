"""`python -m tests.bench.wholes`: learns what kind a whole message looks like (`wholes.txt`, see `agent.core.read.ear`).

Learns from the same messages as `python -m tests.bench.train`, by the same method; here a message is one sample, and its features are
those of all its sentences together. `--cross N` tells instead how often it is right, and how sure, on courses held back.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.core.decode.message import decode
from agent.core.read import ear, model, reader, senders
from agent.core.read.reading import SenderKind
from agent.core.values import Message
from tests.bench.small import OWNER as SMALL_OWNER
from tests.bench.small import mails, raw
from tests.bench.train import LEARN, WHOLES, Learner, Row, learnt_from, lines_of, written
from tests.corpus.mailroom import Course, courses
from tests.corpus.singles import HERE, OWNER, singles
from tests.corpus.situations import wanted

KEPT = {False: 30_000, True: 9_000}
SMALL = 0.5  # what a small mail of a kind counts, whose manner is odder than that of most
# What sounds like mail about the owner's candidacy, and is about something else.
LOOK_ALIKES = HERE / "lookalikes" / "learn"
FIRSTS = HERE / "firsts" / "learn"  # how it begins, for trades that no list holds
STRUCTURAL = frozenset(("auto_reply", "bounce"))  # told by their form, not by their words


class Whole(NamedTuple):
    """One message to learn from. `group`: the course or file it stands in."""

    features: list[str]
    label: str
    sent: bool
    group: str


def features_of(message: Message, owner: reader.Owner) -> list[str]:
    """What an `ear.Ear` counts of a message: its signs, and the features of each sentence that it hears."""
    kind = senders.kind_of(message)
    lines = lines_of(message, owner)
    if reader.answers(message):
        lines = [line for line in lines if line.sentence.where != "subject"]
    found = reader.signs(message, kind)
    for line in lines[: reader.MOST_WEIGHED]:
        if line.sentence.where in ("subject", "text") and line.normal.count(" ") + 1 >= ear.FEWEST_WORDS:
            found += model.features(line.normal)
    return found


def wholes() -> Iterator[Whole]:
    for single in (s for folder in (*LEARN, LOOK_ALIKES, FIRSTS) for s in singles(folder)):
        message = single.message()
        label = "foreign" if single.label == "foreign" else wanted(single).removeprefix("sent:")
        if label not in STRUCTURAL and senders.kind_of(message) is not SenderKind.BULK:
            yield Whole(features_of(message, OWNER), label, single.sent, single.source)
    for file in ("kinds", "owner"):
        for number, mail in enumerate(mails(file)):
            if mail["kind"] != "other":
                message = decode(raw(mail), SMALL_OWNER.addresses)
                yield Whole(features_of(message, SMALL_OWNER), mail["kind"], message.sent, f"{file} {number}")
    for course in courses(HERE / "learn"):
        yield from of_course(course)


def of_course(course: Course) -> Iterator[Whole]:
    owner = course.owner
    messages = [decode(built.raw, owner.addresses) for built in course.messages]
    inside: set[str] = set()  # whatever belongs to one of the jobs: its messages and who wrote them
    for message, built in zip(messages, course.messages, strict=True):
        if built.row["kind"] != "other":
            inside |= {message.message_id, *message.ancestors}
            inside |= {a.email for a in (message.recipients if message.sent else (message.sender,))}
    for message, built in zip(messages, course.messages, strict=True):
        kind = built.row["kind"]
        if kind in STRUCTURAL or senders.kind_of(message) is SenderKind.BULK:
            continue
        if kind == "other" and not built.sent:
            known = message.sender.email in inside or not inside.isdisjoint(message.ancestors)
            kind = "unclear" if built.row.get("unclear") else "courtesy" if known else "foreign"
        yield Whole(features_of(message, owner), kind, built.sent, course.name)


def rows_of(every: Sequence[Whole], labels: Sequence[str]) -> list[Row]:
    return [
        (whole.features, labels.index(whole.label), SMALL if whole.group.startswith("kinds ") else 1.0)
        for whole in every
    ]


def learnt(every: Sequence[Whole], most: int) -> Learner:
    labels = sorted({whole.label for whole in every})
    return learnt_from(rows_of(every, labels), labels, most)


def cross(every: Sequence[Whole], parts: int, most: int) -> None:
    groups = sorted({whole.group for whole in every})
    random.Random(5).shuffle(groups)
    part = {group: number % parts for number, group in enumerate(groups)}
    judged: list[tuple[float, bool]] = []
    for number in range(parts):
        learner = learnt([w for w in every if part[w.group] != number], most)
        for whole in (w for w in every if part[w.group] == number):
            chances = learner.probabilities(whole.features)
            best = max(chances, key=lambda label: chances[label])
            judged.append((chances[best], best == whole.label))
    print(f"{len(judged)} messages, right {sum(right for _, right in judged) / len(judged):.3f}")
    for least in (0.99, 0.95, 0.9, 0.7, 0.5):
        sure = [right for chance, right in judged if chance >= least]
        print(f"  {least}: {len(sure) / len(judged):.2f} of them, right {sum(sure) / (len(sure) or 1):.3f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cross", type=int, default=0, metavar="N", help="cross-validate in N parts, write nothing")
    chosen = options.parse_args()
    began = time.perf_counter()
    every = list(wholes())
    lines: list[str] = []
    for side, sent in model.SIGN.items():
        of_side = [whole for whole in every if whole.sent is sent]
        if chosen.cross:
            cross(of_side, chosen.cross, KEPT[sent])
            continue
        learner = learnt(of_side, KEPT[sent])
        lines += written(learner, side)
        print(f"{side}: {len(of_side)} messages, {len(learner.table)} features, {len(learner.labels)} labels")
    if lines:
        WHOLES.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{WHOLES.name}: {WHOLES.stat().st_size // 1024} kB")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
