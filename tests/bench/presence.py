"""`python -m tests.bench.presence [--cross N]`: learns `agent/core/read/presence.txt`, how writers say that they will sit in the interview.

Learnt from are the small mails about people and the letters of the courses that set an interview, whose writers were thanked for it or were
not. With `--cross` the file is not written; each of N parts is judged by what the others teach. Takes half a minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import presence, reader
from agent.core.read.reader import Owner, read
from agent.core.read.sentences import Sentence
from agent.core.values import Message
from tests.bench.attendees import that_set
from tests.bench.logistic import Sample, Tally, crossed, parts_asked, told, total, weights_of, write
from tests.bench.small import OWNER, mails
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import Course, courses
from tests.corpus.singles import HERE

FILE = Path(presence.__file__).with_name("presence.txt")
RARE = 1.5  # what small mails count, which say it in other ways than most


class Letter(NamedTuple):
    """What is found in a letter, whether its writer takes part, what the expressions say, and whether others are known to."""

    group: str
    found: list[str]
    there: bool
    said: bool | None
    others: int


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        yield from of_course(course)
    for number, mail in enumerate(mails("people")):
        if mail["writer"] is not None:
            yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, mail["writer"], f"small {number}")


def of_course(course: Course) -> Iterator[Letter]:
    for message, thanks in that_set(course):
        thanked = {email for draft in thanks for email in draft["to"]}
        yield from letter(message, course.owner, message.sender.email in thanked, course.name)


def letter(message: Message, owner: Owner, there: bool, group: str) -> Iterator[Letter]:
    asked: list[Letter] = []

    def takes_part(sentences: Sequence[Sentence], said: bool | None, others: int, agency: bool) -> bool | None:
        found = presence.features(sentences, said, others, agency)
        asked.append(Letter(group, found, there, said, others))
        return said

    with patch.object(reader, "takes_part", takes_part):
        read(message, owner)
    return iter(asked)


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(Sample(one.found, one.there, RARE if one.group.startswith("small ") else 1.0) for one in every)


def weighed(one: Letter, weights: Mapping[str, float]) -> bool | None:
    return presence.decided(one.said, one.others, total(one.found, weights))


def right(one: Letter, answer: bool | None) -> bool:
    """Who says nothing of it, and names others, stays out."""
    return answer == one.there or answer is None and not one.there and one.others > 0


def judged(every: Sequence[Letter], parts: int) -> None:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        counts = tally["small mails" if one.group.startswith("small ") else "courses"]
        by_words, by_both = right(one, one.said), right(one, weighed(one, weights))
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
