"""`python -m tests.bench.attendees [--cross N]`: learns `agent/core/read/attendees.txt`, what stands around the name of one who takes part.

Learnt from are the small mails about people: each name in them is that of one who will sit in the interview, or is not; and the letters of
the courses that set one: whom the owner thanks afterwards sat there, the others did not, but for those of whom only the expressions say so.
With `--cross` the file is not written; each of N parts is judged by what the others teach. Takes half a minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import attendees
from agent.core.read.domains import registrable
from agent.core.read.linear import Group, written
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Person
from agent.core.read.sentences import Sentence
from agent.core.values import Message
from tests.bench.logistic import SMALL_MAIL, Sample, Tally, compared, crossed, of_small_mail, run, total, weights_of
from tests.bench.small import OWNER, just_those, mails
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import Course, courses
from tests.corpus.singles import HERE

FILE = Path(attendees.__file__).with_name("attendees.txt")


class Letter(NamedTuple):
    """The names of a letter, as (name, features, does its bearer take part?); who takes part, and who does by the expressions."""

    group: str
    names: list[tuple[str, list[str], bool]]
    meets: list[str]
    said: list[str]


SETS = frozenset("interview_invitation interview_confirmation interview_rescheduled".split())
RARE = 6.0  # what small mails count, which say it in other ways than most


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        yield from of_course(course)
    for number, mail in enumerate(mails("people")):
        yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, mail["meets"], None, f"{SMALL_MAIL}{number}")


def of_course(course: Course) -> Iterator[Letter]:
    messages = [decode(built.raw, course.owner.addresses) for built in course.messages]
    shown = {a.email: a.name for m in messages for a in (m.sender, *m.recipients) if a.name}
    matters = {
        w for o in course.expected["opportunities"] for f in ("organisation", "role") for w in (o[f] or "").split()
    }
    for message, thanks in that_set(course):
        thanked = {email for draft in thanks for email in draft["to"]}
        houses = {registrable(email.partition("@")[2]) for email in thanked}
        meets = [shown[email] for email in thanked if email in shown]
        meets += [word for draft in thanks for word in draft.get("mentions", ()) if matters.isdisjoint(word.split())]
        others = [
            name
            for email, name in shown.items()
            if email not in thanked and registrable(email.partition("@")[2]) in houses
        ]
        yield from letter(message, course.owner, meets, others, course.name)


SOON = timedelta(hours=5)  # a talk lasts, and the thanks for it come


def that_set(course: Course) -> Iterator[tuple[Message, list[dict[str, Any]]]]:
    """Letters that set an interview, with the thanks that it brought: those that come soon after an hour which the letter names."""
    thanks = [draft for draft in course.expected["drafts"] if draft["step"] == "thank_you" and "from" in draft]
    for built in course.messages:
        message = decode(built.raw, course.owner.addresses)
        if message.sent or built.row["kind"] not in SETS:
            continue
        hours = [slot.start for slot in read(message, course.owner).slots if not slot.whole_day]
        hours += [event.start for event in message.events if isinstance(event.start, datetime)]
        of_it = [
            draft
            for draft in thanks
            if any(timedelta() < datetime.fromisoformat(draft["from"]) - hour < SOON for hour in hours)
        ]
        if of_it:
            yield message, of_it


def letter(message: Message, owner: Owner, meets: list[str], others: list[str] | None, group: str) -> Iterator[Letter]:
    """The names of a letter. `others`: those who surely do not take part; None: all but those who do."""
    asked: list[Letter] = []

    def looked_at(
        sentences: Sequence[Sentence],
        skipped: Sequence[str],
        houses: Sequence[str],
        copied: Sequence[str],
        present: Sequence[Person],
        absent: Sequence[str],
    ) -> Iterator[tuple[attendees.Mention, list[Group]]]:
        names = [
            (mention.name, found, so)
            for mention, features in original(sentences, skipped, houses, copied, present, absent)
            for found, so in [(list(written(features)), attendees.said_of(mention.name, meets))]
            if so or others is None or "is:said+" not in found or attendees.said_of(mention.name, others)
        ]
        asked.append(Letter(group, names, meets, [person.name for person in present]))
        return iter(())

    original = attendees.looked_at
    with patch.object(attendees, "looked_at", looked_at):
        read(message, owner)
    return iter(asked)


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(
        Sample(found, meets, RARE if of_small_mail(one.group) else 1.0)
        for one in every
        for _, found, meets in one.names
    )


def weighed(one: Letter, weights: Mapping[str, float]) -> list[str]:
    odds = [(name, total(found, weights)) for name, found, _ in one.names]
    likely = [name for name, odd in odds if odd > attendees.LIKELY]
    return [*filter(attendees.believed(odds), one.said), *likely]


def judged(every: Sequence[Letter], parts: int) -> Tally:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        if not of_small_mail(one.group):
            continue
        counts = tally["small mails"]
        compared(counts, just_those(one.meets, one.said), just_those(one.meets, weighed(one, weights)))
    return tally


if __name__ == "__main__":
    run(__doc__, FILE, letters(), learnt, judged)
