"""`python -m tests.bench.appointments [--cross N]`: learns `agent/core/read/appointments.txt`, what stands around an hour to meet at.

Learnt from are the courses and the small mails about times: each hour that a letter names is that of an interview, or is not. Of an
invitation only that is learnt which hour was taken: those that were left might have been. With `--cross` the file is not written; each of
N parts is judged by what the others teach. Takes about a minute.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from agent.core.decode.message import decode
from agent.core.read import appointments, slots
from agent.core.read.linear import written
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Slot
from agent.core.values import Message
from tests.bench.logistic import SMALL_MAIL, Sample, Tally, crossed, of_small_mail, run, total, weights_of
from tests.bench.small import OWNER, mails
from tests.bench.small import raw as raw_of
from tests.corpus.mailroom import courses
from tests.corpus.singles import HERE

FILE = Path(appointments.__file__).with_name("appointments.txt")
RARE = 2.0  # what small mails count, which set their hours in other ways than most
ABOUT_IT = frozenset(
    """interview_confirmation interview_rescheduled interview_cancelled interview_invitation status_update rejection offer follow_up
    thank_you assessment_request withdrawal auto_reply""".split()
)  # of other mail nobody said what its hours are for


class Hour(NamedTuple):
    """An hour that a letter names. `open`: it is one among which somebody chooses."""

    found: list[str]
    at: datetime
    open: bool


class Letter(NamedTuple):
    """The hours of a letter, and those of the interviews, by the clock on the wall in small mails."""

    group: str
    hours: list[Hour]
    starts: frozenset[datetime]

    def meets(self, hour: Hour) -> bool:
        return hour.at in self.starts


def letters() -> Iterator[Letter]:
    for course in courses(HERE / "learn"):
        starts = [
            datetime.fromisoformat(interview["start"])
            for opportunity in course.expected["opportunities"]
            for interview in opportunity.get("interviews", ())
        ]
        for built in course.messages:
            if built.row["kind"] in ABOUT_IT:
                message = decode(built.raw, course.owner.addresses)
                left = built.row["kind"] == "interview_invitation"
                yield from letter(message, course.owner, course.name, frozenset(starts), left)
    for number, mail in enumerate(mails("times")):
        starts = [datetime.fromisoformat(text) for text in filter(None, (mail["fixed"], *mail["proposed"]))]
        on_the_wall = frozenset(start.replace(tzinfo=None) for start in starts)
        yield from letter(decode(raw_of(mail), OWNER.addresses), OWNER, f"{SMALL_MAIL}{number}", on_the_wall, False)


def letter(message: Message, owner: Owner, group: str, starts: frozenset[datetime], left: bool) -> Iterator[Letter]:
    """What the reader asks about the hours of this letter. `left`: it may offer hours that were not taken."""
    asked: list[list[str]] = []
    hours: list[Hour] = []
    small = of_small_mail(group)

    def likely(sentence: slots.Timed, clock: slots.Clock, dated: bool) -> float:
        found = appointments.features(sentence.text, sentence.where, sentence.days, sentence.clocks, clock, dated)
        asked.append(list(written(found)))
        return len(asked) - 1.0

    def to_meet(found: list[Slot], odds: Mapping[int, float]) -> list[Slot]:
        for n, number in odds.items():
            slot = found[n]
            if not slot.old:
                at = slot.start.replace(tzinfo=None) if small else slot.start
                hours.append(Hour(asked[int(number)], at, not small and (left or slot.asked)))
        return found

    with patch.object(slots, "likely", likely), patch.object(slots, "to_meet", to_meet):
        read(message, owner)
    return iter([Letter(group, hours, starts)] if hours else [])


def learnt(every: Sequence[Letter]) -> dict[str, float]:
    return weights_of(
        Sample(hour.found, one.meets(hour), RARE if of_small_mail(one.group) else 1.0)
        for one in every
        for hour in one.hours
        if one.meets(hour) or not hour.open
    )


def judged(every: Sequence[Letter], parts: int) -> Tally:
    tally: Tally = defaultdict(Counter)
    for one, weights in crossed(every, parts, lambda letter: letter.group, learnt):
        if any(hour.open for hour in one.hours):
            continue
        odds = {n: total(hour.found, weights) for n, hour in enumerate(one.hours)}
        best = max(odds.values())
        kept = {one.hours[n].at for n, odd in odds.items() if appointments.believed(odd, best, False)}
        named = {hour.at for hour in one.hours}
        there = named & one.starts
        counts = tally["small mails" if of_small_mail(one.group) else "courses"]
        counts["letters"] += 1
        counts["nothing but hours to meet"] += named == there
        counts["nothing else kept"] += kept <= there
        counts["one to meet dropped"] += not there <= kept
    return tally


if __name__ == "__main__":
    run(__doc__, FILE, letters(), learnt, judged)
