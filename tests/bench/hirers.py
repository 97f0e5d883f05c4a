"""`python -m tests.bench.hirers [--cross N]`: learns `agent/core/read/hirers.txt`, what stands around the name of a house that hires.

Learnt from are the courses and the small mails about houses: each name that a letter mentions is one of the course's houses, or is not.
With `--cross` the file is not written; each of N parts is judged by what the others teach. Takes about a minute and a half.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import employers, hirers, organisations
from agent.core.read.linear import written
from agent.core.read.reader import Owner, read
from agent.core.values import Message
from tests.bench.logistic import SMALL_MAIL, Sample, Tally, crossed, of_small_mail, run, total, weights_of
from tests.bench.small import OWNER, mails, same_house
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

FILE = Path(hirers.__file__).with_name("hirers.txt")
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
        yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, [mail["organisation"]], f"{SMALL_MAIL}{number}")


def letter(message: Message, owner: Owner, houses: Sequence[str], group: str) -> Iterator[Letter]:
    """What the reader asks `employers` about this letter; nothing where it does not ask."""
    asked: list[Letter] = []

    def looked_at(texts: list[tuple[str, str]], own: list[str], somebody: object, writer: hirers.Writer) -> None:
        rows = []
        for mention, features in hirers.looked_at(list(employers.mentions(texts, somebody)), writer):  # type: ignore[arg-type]
            mine = employers.is_own(mention.key, own)
            found = list(written(features))
            if mine:
                found += ["is:own", f"is:own s:{writer.manner}{'P' if writer.anywhere else ''}"]
            rows.append((found, any(same_house(mention.name, house) for house in houses), mine, mention.key))
        asked.append(Letter(group, writer.manner, employers.least_for(writer), rows))

    with patch.object(organisations, "employer", looked_at):
        read(message, owner)
    return iter(asked)


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(
        Sample(found, hires, counted(one) * (OWN if mine else 1.0))
        for one in every
        for found, hires, mine, _ in one.mentions
    )


def counted(one: Letter) -> float:
    return RARE["small"] if of_small_mail(one.group) else RARE.get(one.manner, 1.0)


def named(one: Letter, weights: Mapping[str, float]) -> bool | None:
    """Is a house named rightly in a letter? None where none is named."""
    others = [row for row in one.mentions if not row[2]]
    there = {key for _, hires, _, key in others if hires}
    best = max(((total(row[0], weights), row[3]) for row in others), default=(-99.0, ""))
    return best[1] in there if best[0] >= one.least else None


def judged(every: Sequence[Letter], parts: int) -> Tally:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        counts = tally["small mails" if of_small_mail(one.group) else one.manner]
        there = any(hires and not mine for _, hires, mine, _ in one.mentions)
        answer = named(one, weights)
        counts["another house hires"] += there
        counts["named rightly"] += answer is True
        counts["named wrongly"] += answer is False
    return tally


if __name__ == "__main__":
    run(__doc__, FILE, letters(), learnt, judged)
