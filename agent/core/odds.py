"""Is a message that belongs to nothing about a job that the owner is a candidate for? A table of evidence, each row with its weight.

The weights add up to the natural logarithm of the odds. Most were learnt on the first mails of the corpus and what only sounds like
them, each judged by an opinion that had not seen it (`python -m tests.bench.odds` learns and judges them again), and rounded; rows of
which the corpus has few examples were set by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from agent.core.belief import called_for_a_job, leaning
from agent.core.hours import timed_slots
from agent.core.read.reading import Act, Kind, Reading
from agent.core.read.titles import NOT_IN_TITLE, SMALL, is_head
from agent.core.read.topics import TOPICS

UNHEADED = 0.6  # what a job's name counts that holds no noun for a trade
SURELY_NAMED = 5.0  # a job's name counts no more than this
SURE_CLIENT = 5.5  # from this weight on the house for which an agency writes is beyond doubt
MOST_WORDS = 4  # of another matter that count
SURELY_OURS = 1.5  # thirty times likelier
OWN_WORDS = 0.4  # what another matter counts beside a job that was applied for


class Seen(NamedTuple):
    """What the rows look at. `named`: how surely a job is named; `hour`: does a person name an hour?"""

    reading: Reading
    kind: Kind
    named: float
    hour: bool


class Row(NamedTuple):
    """What is looked at, its weight, and how much of it there is: 1 or 0 for what is so or not."""

    what: str
    weight: float
    measure: Callable[[Seen], float]


TABLE = (
    Row("before anything is known", -2.2, lambda it: 1.0),
    Row("all its words together", 1.4, lambda it: leaning(it.reading)),
    Row("the same, where a person names an hour", 0.8, lambda it: leaning(it.reading) * it.hour),
    Row("a job is named", 0.45, lambda it: min(it.named, SURELY_NAMED)),
    Row("it speaks of an application or a talk", 1.7, lambda it: it.reading.applied_before),
    Row("an hour for the job that was applied for", 2.0, lambda it: called_for_a_job(it.reading)),
    Row("words of a job beside an hour", 0.8, lambda it: it.reading.job >= 0.7 and it.hour),
    Row("an hour, and a day for the answer", 1.0, lambda it: it.hour and it.reading.promise is not None),
    Row("an agency names a house and its job", 1.0, lambda it: brings_job(it)),
    Row("it invites", 0.8, lambda it: it.reading.score(Act.INVITE) >= 5),
    Row("a calendar invitation", 3.0, lambda it: bool(it.reading.events)),
    Row("an answer in a thread that is not known", -2.4, lambda it: bool(it.reading.ancestors)),
    Row("a stranger reaches out", -1.8, lambda it: it.reading.cold),
    Row("an agency that names no house and speaks of no application", -2.5, lambda it: fishes(it.reading)),
    Row("from the mail house of the owner's own mailbox, and no job named", -1.2, lambda it: neighbours(it)),
    Row("another matter", -3.0, lambda it: another_matter(it)),
    Row("words of one other matter, and no job named", -1.0, lambda it: other_words(it)),
    Row("a receipt that names no job", -1.5, lambda it: it.kind is Kind.APPLICATION_RECEIPT and it.named < 1),
    Row("a refusal that names no job", -1.5, lambda it: it.kind is Kind.REJECTION and it.named < 1),
    Row("an offer", -1.2, lambda it: it.kind is Kind.OFFER),
    Row("an hour is moved or called off of which nobody had heard", -2.4, lambda it: called_off(it.reading)),
    Row("it tells how things stand", -0.4, lambda it: it.kind is Kind.STATUS_UPDATE),
    Row("a time is fixed", 0.6, lambda it: it.kind is Kind.INTERVIEW_CONFIRMATION),
)  # fmt: skip


def odds(reading: Reading, kind: Kind) -> float:
    """The natural logarithm of the odds that it is about a job of the owner's: 0 is as likely as not."""
    it = seen(reading, kind)
    return sum(row.weight * row.measure(it) for row in TABLE)


def seen(reading: Reading, kind: Kind) -> Seen:
    return Seen(reading, kind, role_named(reading), hour_by_person(reading))


def another_matter(it: Seen) -> float:
    """Hospitals, schools and banks have their own words in every letter: where they call the owner for a job, those say less."""
    return bool(it.reading.foreign) * (OWN_WORDS if it.reading.applied_before and it.named >= 2.5 else 1.0)


def neighbours(it: Seen) -> bool:
    """Does it come from the very domain where the owner has a mailbox, as friends' mail does and hardly an employer's?"""
    theirs = it.reading.sender.domain
    return it.named < 1 and it.reading.human and any(own.rpartition("@")[2] == theirs for own in it.reading.mine)


def fishes(reading: Reading) -> bool:
    """Does an agency write to somebody of whom it knows nothing, for a house that it keeps to itself?"""
    client = any(n.evidence.what == "named" and n.weight >= 1 for n in reading.organisations)
    return reading.agency and not client and not reading.applied_before and not reading.ancestors


def called_off(reading: Reading) -> bool:
    return max(reading.score(Act.MOVE), reading.score(Act.CANCEL)) >= 6


def other_words(it: Seen) -> int:
    """Words of a matter that is not surely the one meant; where it is, that has its own row. All words together may know better."""
    if it.reading.foreign or it.named >= 1 or leaning(it.reading) >= SURELY_OURS:
        return 0
    return min(it.reading.foreign_words, MOST_WORDS)


def brings_job(it: Seen) -> float:
    """Twice as much where its words leave no doubt that the house hires."""
    client = max((n.weight for n in it.reading.organisations if n.evidence.what == "named"), default=0.0)
    named = it.reading.agency and it.named >= 1
    return named * (2.0 if client >= SURE_CLIENT else 1.0 if client >= 2.5 else 0.0)


def hour_by_person(reading: Reading) -> bool:
    return reading.human and bool(timed_slots(reading))


def role_named(reading: Reading) -> float:
    """How surely a job title is named."""
    other = TOPICS.get(reading.foreign, frozenset())
    headed = [
        r.weight
        for r in reading.roles
        if any(is_head(w) and w.lower() not in other for w in r.name.split())
        or r.name.lower().startswith(("head of", "director of"))
        or r.name.endswith(" Senior")
    ]
    called = [
        r.weight * UNHEADED
        for r in reading.roles
        if (reading.applied_before or reading.events or reading.job >= 0.7 and hour_by_person(reading))
        and r.weight >= 2.5
        and written_as_title(r.name)
        and other.isdisjoint(r.name.lower().split())
    ]
    return max((*headed, *called), default=0.0)


def written_as_title(name: str) -> bool:
    """A trade that no list knows is called a job and has capitals: "the position of Naval Draughter"."""
    words = name.split()
    return (
        len(words) <= 5 and all(w[0].isupper() or w in SMALL for w in words) and words[-1].lower() not in NOT_IN_TITLE
    )
