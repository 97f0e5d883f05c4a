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
from agent.core.read.linear import written
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Promise
from agent.core.values import Message
from tests.bench.logistic import SMALL_MAIL, Sample, Tally, compared, crossed, of_small_mail, run, total, weights_of
from tests.bench.small import OWNER, mails
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

FILE = Path(pledges.__file__).with_name("pledges.txt")
RARE = 2.0  # what small mails count, which promise in other ways than most
SINCE_THE_TALK = "since the interview"  # a day that is counted from there


class Letter(NamedTuple):
    """The days that a letter names, as (features, is it the promised one?, the promise it would be); what is promised ("" for nothing),
    and what the expressions hear."""

    group: str
    days: list[tuple[list[str], bool, Promise]]
    promised: str
    said: Promise | None


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        for built in course.messages:
            message = decode(built.raw, course.owner.addresses)
            label = built.row.get("reply_by")
            if not message.sent and built.row["kind"] not in ("auto_reply", "bounce"):
                yield from letter(message, course.owner, label, course.name)
    for number, mail in enumerate(mails("dates")):
        yield from letter(
            decode(raw_of(mail), OWNER.addresses), OWNER, mail.get("reply_by", ""), f"{SMALL_MAIL}{number}"
        )


def letter(message: Message, owner: Owner, label: str | None, group: str) -> Iterator[Letter]:
    """What the reader asks `promises` about a letter by a person; `label`: the promised day, "" for none, None where nobody said."""
    asked: list[Letter] = []

    def promise_in(lines: Sequence[promises.Line], setting: promises.Setting, weigh: bool) -> Promise | None:
        said = promises.promise_said(lines, setting)
        if weigh and not (label is None and said is not None):
            days = [(list(written(found)), made) for found, made in promises.looked_at(lines, setting)]
            meant = label if any(named(made) == label for _, made in days) else SINCE_THE_TALK
            rows = [(found, bool(label) and named(made) == meant, made) for found, made in days]
            asked.append(Letter(group, rows, label or "", said))
        return said

    with patch.object(promises, "promise_in", promise_in):
        read(message, owner)
    return iter(asked)


def named(promise: Promise | None) -> str:
    if promise is None:
        return ""
    return str(promise.day) if promise.day else SINCE_THE_TALK


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(
        Sample(found, promised, RARE if of_small_mail(one.group) else 1.0)
        for one in every
        for found, promised, _ in one.days
    )


def weighed(one: Letter, weights: Mapping[str, float]) -> str:
    """What is promised in a letter by its words and by these weights; "" for nothing."""
    return named(promises.likeliest([(total(found, weights), made) for found, _, made in one.days], one.said))


def fits(found: str, promised: str) -> bool:
    return found == promised or found == SINCE_THE_TALK and bool(promised)


def judged(every: Sequence[Letter], parts: int) -> Tally:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        counts = tally["small mails" if of_small_mail(one.group) else "courses"]
        by_words, by_both = fits(named(one.said), one.promised), fits(weighed(one, weights), one.promised)
        compared(counts, by_words, by_both)
    return tally


if __name__ == "__main__":
    run(__doc__, FILE, letters(), learnt, judged)
