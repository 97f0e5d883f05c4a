"""`python -m tests.bench.pledges [--cross N]`: learns `agent/core/read/pledges.txt`, what stands around the day of a promised answer.

Learnt from are the courses and the small mails about dates: each day that a letter names is the one by which an answer is promised, or
is not. With `--cross` the file is not written; each of N parts is judged by what the others teach. Takes about a minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import pledges, promises
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Promise
from agent.core.values import Message
from tests.bench.logistic import Sample, Tally, crossed, parts_asked, told, total, weights_of, write
from tests.bench.small import OWNER, mails
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

FILE = Path(pledges.__file__).with_name("pledges.txt")
RARE = 2.0  # what small mails count, which promise in other ways than most
SINCE_THE_TALK = "since the interview"  # a day that is counted from there


class Letter(NamedTuple):
    """The days that a letter names, as (features, is it the promised one?, the day); what is promised, and what the expressions hear."""

    group: str
    days: list[tuple[list[str], bool, str]]
    promised: str
    said: str


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        for built in course.messages:
            message = decode(built.raw, course.owner.addresses)
            label = built.row.get("reply_by")
            if not message.sent and built.row["kind"] not in ("auto_reply", "bounce"):
                yield from letter(message, course.owner, label, course.name)
    for number, mail in enumerate(mails("dates")):
        yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, mail.get("reply_by", ""), f"small {number}")


def letter(message: Message, owner: Owner, label: str | None, group: str) -> Iterator[Letter]:
    """What the reader asks `promises` about a letter by a person; `label`: the promised day, "" for none, None where nobody said."""
    asked: list[Letter] = []

    def looked_at(lines: Sequence[promises.Line], setting: promises.Setting, weigh: bool) -> Promise | None:
        said = promises.promise_said(lines, setting)
        if weigh and not (label is None and said is not None):
            rows = []
            for line in lines:
                if line.where == "subject" or not 0 < len(line.days) <= promises.MOST_DAYS:
                    continue
                for mark, day in zip(promises.day_marks(line.normal), line.days, strict=False):
                    made = promises.dated(line, day, line.normal, setting)
                    if made is not None:
                        ahead = (made.day - setting.written).days if made.day else None
                        found = pledges.features(line.normal, mark, day, ahead, line.before, line.behind)
                        rows.append((found, False, named(made)))
            exact = any(day == label for *_, day in rows)
            rows = [(found, bool(label) and day == (label if exact else SINCE_THE_TALK), day) for found, _, day in rows]
            asked.append(Letter(group, rows, label or "", named(said) if said else ""))
        return said

    with patch.object(promises, "promise_in", looked_at):
        read(message, owner)
    return iter(asked)


def named(promise: Promise) -> str:
    return str(promise.day) if promise.day else SINCE_THE_TALK


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(
        Sample(found, promised, RARE if one.group.startswith("small ") else 1.0)
        for one in every
        for found, promised, _ in one.days
    )


def weighed(one: Letter, weights: Mapping[str, float]) -> str:
    """What is promised in a letter by its words and by these weights; "" for nothing."""
    rated = [(total(found, weights), day) for found, _, day in one.days]
    if one.said:
        best = max((odds for odds, day in rated if day == one.said), default=0.0)
        return one.said if best > promises.TAKEN_BACK else ""
    odds, day = max(rated, default=(-99.0, ""))
    return day if odds >= promises.HEARD else ""


def fits(found: str, promised: str) -> bool:
    return found == promised or found == SINCE_THE_TALK and bool(promised)


def judged(every: Sequence[Letter], parts: int) -> None:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        counts = tally["small mails" if one.group.startswith("small ") else "courses"]
        by_words, by_both = fits(one.said, one.promised), fits(weighed(one, weights), one.promised)
        counts["letters"] += 1
        counts["right by the expressions"] += by_words
        counts["mended by the weights"] += by_both and not by_words
        counts["spoilt by the weights"] += by_words and not by_both
    told(tally)


def main() -> None:
    parts = parts_asked(__doc__)
    every = list(letters())
    if parts:
        judged(every, parts)
    else:
        write(FILE, learnt(every))


if __name__ == "__main__":
    main()
