"""`python -m tests.bench.hirers [--cross N]`: learns `agent/core/read/hirers.txt`, what stands around the name of a house that hires.

Learnt from are the courses and the small mails about houses: each name that a letter mentions is one of the course's houses, or is not.
With `--cross` the file is not written; each of N parts is judged by what the others teach. Takes about a minute and a half.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import employers, hirers, organisations
from agent.core.read.reader import Owner, read
from agent.core.values import Message
from tests.bench.logistic import learnt as learnt_by_steps
from tests.bench.small import OWNER, mails, same_house
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

FILE = Path(hirers.__file__).with_name("hirers.txt")
EPOCHS = 8
STEP = 0.25
SMALL = 1.5e-3  # the wish for small weights
SEEN_IN = 3  # mentions that a feature must be in
LEAST = 0.05  # a smaller weight is none
OWN = 0.5  # what a mention of the writer's own house counts
RARE = {"small": 6.0, "agency": 2.0}  # what mail counts that names its houses in other ways than most


class Letter(NamedTuple):
    """The names that a letter mentions: (features, is it a house that hires?, is it the writer's own?, its letters)."""

    group: str
    manner: str
    least: float
    mentions: list[tuple[list[str], bool, bool, str]]


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        houses = [opportunity["organisation"] for opportunity in course.expected["opportunities"]]
        for built in course.messages:
            message = decode(built.raw, course.owner.addresses)
            if not message.sent and built.row["kind"] not in ("auto_reply", "bounce"):
                yield from letter(message, course.owner, houses, course.name)
    for number, mail in enumerate(mails("houses")):
        yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, [mail["organisation"]], f"small {number}")


def letter(message: Message, owner: Owner, houses: Sequence[str], group: str) -> Iterator[Letter]:
    """What the reader asks `employers` about this letter; nothing where it does not ask."""
    asked: list[Letter] = []

    def looked_at(texts: list[tuple[str, str]], own: list[str], somebody: object, writer: hirers.Writer) -> None:
        rows = []
        for mention, features in hirers.looked_at(list(employers.mentions(texts, somebody)), writer):  # type: ignore[arg-type]
            mine = employers.is_own(mention.key, own)
            if mine:
                features += ["own", f"own s:{writer.manner}{'P' if writer.anywhere else ''}"]
            rows.append((features, any(same_house(mention.name, house) for house in houses), mine, mention.key))
        asked.append(Letter(group, writer.manner, employers.least_for(writer), rows))

    with patch.object(organisations, "employer", looked_at):
        read(message, owner)
    return iter(asked)


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    often = Counter(feature for one in every for features, *_ in one.mentions for feature in features)
    samples = []
    for one in every:
        counts = RARE["small"] if one.group.startswith("small ") else RARE.get(one.manner, 1.0)
        for features, hires, mine, _ in one.mentions:
            kept = {feature: 1.0 for feature in features if often[feature] >= SEEN_IN}
            samples.append((kept, hires, counts * (OWN if mine else 1.0)))
    found = learnt_by_steps(samples, epochs=EPOCHS, step=STEP, small=SMALL)
    return {feature: round(weight, 2) for feature, weight in sorted(found.items()) if abs(weight) >= LEAST}


def named(one: Letter, weights: Mapping[str, float]) -> bool | None:
    """Is a house named rightly in a letter? None where none is named."""
    others = [row for row in one.mentions if not row[2]]
    there = {key for _, hires, _, key in others if hires}
    best = max(((sum([weights.get(f, 0.0) for f in row[0]]), row[3]) for row in others), default=(-99.0, ""))
    return best[1] in there if best[0] >= one.least else None


def crossed(every: Sequence[Letter], parts: int) -> None:
    groups = sorted({one.group for one in every})
    random.Random(3).shuffle(groups)
    part_of = {group: n % parts for n, group in enumerate(groups)}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for part in range(parts):
        weights = learnt([one for one in every if part_of[one.group] != part])
        for one in (one for one in every if part_of[one.group] == part):
            name = "small mails" if one.group.startswith("small ") else one.manner
            there = any(hires and not mine for _, hires, mine, _ in one.mentions)
            answer = named(one, weights)
            told[name]["another house hires"] += there
            told[name]["named rightly"] += answer is True
            told[name]["named wrongly"] += answer is False
    for name, counts in sorted(told.items()):
        print(f"{name}: " + ", ".join(f"{what} {count}" for what, count in counts.items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cross", type=int, metavar="N", help="judge each of N parts by what the others teach")
    chosen = options.parse_args()
    every = list(letters())
    if chosen.cross:
        crossed(every, chosen.cross)
        return
    weights = learnt(every)
    FILE.write_text("".join(f"{weight:g} {feature}\n" for feature, weight in weights.items()), "utf-8")
    print(f"{len(weights)} features, {sum(len(one.mentions) for one in every)} names in {len(every)} letters")


if __name__ == "__main__":
    main()
