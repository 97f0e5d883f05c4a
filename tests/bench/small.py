"""`python -m tests.bench.small [--missed]`: how many small mails are understood that carry one fact each, said in as many ways as people say it.

Courses show how facts work together, but say the same few of them again and again; here nearly every line says one in another way.
The mails lie in `tests/corpus/small`: which house hires and for what (`houses`), who takes part (`people`), by when an answer is promised
(`dates`), when the interview is (`times`), and which kind a mail is: of an employer (`kinds`; before anything, with an interview ahead, or
behind it) or of the owner (`owner`). One in four only looks as if it said such a fact. They were written without a look at the program;
what was missed is learnt from since, so that the figures are no aside figures.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.core import kinds
from agent.core.decode.message import decode
from agent.core.fold import Book, described
from agent.core.opportunity import Opportunity
from agent.core.read.reader import read
from agent.core.read.reading import Kind, Reading
from agent.wiring import holidays_of
from tests.bench.speed import OWNER
from tests.read.mail import raw_mail

SMALL = Path(__file__).parents[1] / "corpus" / "small"
ME = "Sam Taylor <sam@home.example>"
WRITTEN = "2026-03-03T10:00:00+00:00"  # where a mail does not say when
# What the employer wrote before a mail, by the state that the mail is written in; {day}: the interview's, as people write it.
AGREED = "Your interview for the position of Analyst is confirmed for {day} at 10:00 London time."
BEFORE = {
    "first": (),
    "invited": (("2026-03-03", "Would Thursday 5 March at 10:00 suit you for an interview for the position of Analyst, or Friday 6 March at 14:00?"),),
    "agreed": (("2026-03-01", AGREED),),
    "held": (("2026-03-01", AGREED),),
    "rejected": (("2026-03-01", AGREED), ("2026-03-16", "We have decided not to take your application for the position of Analyst further.")),
    "offered": (("2026-03-01", AGREED), ("2026-03-16", "We are delighted to offer you the position of Analyst.")),
}  # fmt: skip
INTERVIEW = "Friday 20 March 2026"  # where a mail does not say otherwise
Mail = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """A fact that was read otherwise: the line it stands in, counted from 0, what it is and what was read."""

    line: int
    what: str
    expected: object
    found: object


def mails(name: str) -> list[Mail]:
    return [json.loads(line) for line in (SMALL / f"{name}.jsonl").read_text().splitlines() if line.strip()]


def understood(mail: Mail) -> Reading:
    """The reading of a mail that the owner received, or sent where it says to whom."""
    return read(decode(raw(mail), OWNER.addresses), OWNER)


def raw(mail: Mail) -> bytes:
    return raw_mail(
        mail["text"],
        subject=mail["subject"],
        sender=mail.get("from", ME),
        to=mail.get("to", ME),
        at=datetime.fromisoformat(mail.get("date", WRITTEN)),
        headers={"Cc": ", ".join(mail["cc"])} if mail.get("cc") else {},
    )


def known_before(mail: Mail) -> Opportunity | None:
    """The opportunity as it stood when a mail was written, by its state."""
    book = Book(OWNER.zone, holidays_of("GB"))
    for day, text in BEFORE[mail["state"]]:
        earlier = {
            "from": mail.get("from") or mail["to"],
            "date": f"{day}T08:00:00+00:00",
            "subject": "Interview for the Analyst position",
            "text": f"Dear Sam,\n\nthank you for your application. {text.format(day=mail.get('interview', INTERVIEW))}\n\nKind regards",
        }
        book.add(understood(earlier))
    return next(iter(book.opportunities.values()), None)


def described_by(mail: Mail) -> Opportunity:
    """An opportunity of which only this mail has told."""
    reading = understood(mail)
    return described(Opportunity(id="x", anchor=reading.message_id, began=reading.date, subject=""), reading, False)


LEGAL = re.compile(r"\b(?:the|ltd|limited|inc|llc|llp|plc|gmbh|bv|sa|ag|as|kft|co)\b\.?", re.I)


def plain(name: str) -> str:
    """A house's name without its legal form, by its letters."""
    return letters(LEGAL.sub("", name.casefold()))


def same_house(one: str, other: str) -> bool:
    """The same name, or one that the other begins with: "Brightholm" of Brightholm Hotels."""
    mine, theirs = plain(one), plain(other)
    return bool(mine and theirs) and (mine.startswith(theirs) or theirs.startswith(mine))


def houses() -> Iterator[Missed]:
    for line, mail in enumerate(mails("houses")):
        found = described_by(mail).organisation
        if not same_house(found, mail["organisation"]):
            yield Missed(line, "house", mail["organisation"], found)


def of_one(one: str, other: str) -> bool:
    mine, theirs = ({*name.casefold().replace(".", "").split()} for name in (one, other))
    return mine <= theirs or theirs <= mine


def just_those(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Are all of these people found, and nobody else?"""
    return all(any(of_one(w, f) for f in found) for w in wanted) and all(
        any(of_one(w, f) for w in wanted) for f in found
    )


def people() -> Iterator[Missed]:
    for line, mail in enumerate(mails("people")):
        reading = understood(mail)
        found = [p.name for p in reading.people if p.meets]
        wanted = mail["meets"]
        if not just_those(wanted, found):
            yield Missed(line, "who takes part", wanted, found)


def writers() -> Iterator[Missed]:
    """Whether the writer takes part; who says nothing of it, and names others, stays out."""
    for line, mail in enumerate(mails("people")):
        found = understood(mail).writer_meets
        silent = mail["writer"] is False and found is None and mail["meets"]
        if mail["writer"] is not None and found != mail["writer"] and not silent:
            yield Missed(line, "whether the writer takes part", mail["writer"], found)


def dates() -> Iterator[Missed]:
    for line, mail in enumerate(mails("dates")):
        promise = understood(mail).promise
        found = "" if promise is None else str(promise.day or "days after the interview")
        if found != mail["reply_by"]:
            yield Missed(line, "reply by", mail["reply_by"], found)


def jobs() -> Iterator[Missed]:
    for line, mail in enumerate(mails("houses")):
        found = described_by(mail).role
        if letters(found) != letters(mail["role"]):
            yield Missed(line, "job", mail["role"], found)


def letters(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold())


def times() -> Iterator[Missed]:
    """The hour that a mail fixes; of one that fixes none, the hours that it proposes."""
    for line, mail in enumerate(mails("times")):
        book = Book(OWNER.zone, holidays_of("GB"))
        reading = understood(mail)
        book.open(reading, kinds.decide(reading, None))
        (known,) = book.opportunities.values()
        fixed = [i.start for i in known.live_interviews if not i.whole_day]
        wanted = [datetime.fromisoformat(text) for text in filter(None, [mail["fixed"]])]
        if fixed != wanted:
            yield Missed(line, "interview", told(wanted), told(fixed))
            continue
        proposed = {p.start for p in known.proposals if not p.whole_day}
        wished = {datetime.fromisoformat(text) for text in mail["proposed"]}
        if not fixed and proposed != wished:
            yield Missed(line, "proposed", told(wished), told(proposed))


def told(moments: Iterable[datetime]) -> str:
    return ", ".join(f"{m:%d %b %H:%M %z}" for m in sorted(moments))


def kinds_told(file: str = "kinds") -> Iterator[Missed]:
    for line, mail in enumerate(mails(file)):
        decision = kinds.decide(understood(mail), known_before(mail))
        found = "unclear" if decision.unclear else decision.kind.value
        if found != mail["kind"]:
            yield Missed(line, f"kind, {mail['state']}", mail["kind"], found)


def own_kinds() -> Iterator[Missed]:
    return kinds_told("owner")


def ended_wrongly() -> Iterator[Missed]:
    """What is no refusal and no offer, and was read as one."""
    ends = {Kind.REJECTION.value, Kind.OFFER.value}
    yield from (m for m in kinds_told() if m.found in ends and m.expected not in ends)


MEASURES: dict[str, tuple[str, Callable[[], Iterator[Missed]]]] = {
    "houses": ("houses", houses),
    "jobs": ("houses", jobs),
    "who takes part": ("people", people),
    "whether the writer does": ("people", writers),
    "promised dates": ("dates", dates),
    "times": ("times", times),
    "kinds": ("kinds", kinds_told),
    "kinds of the owner's mail": ("owner", own_kinds),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missed", action="store_true", help="each fact that was read otherwise")
    chosen = options.parse_args()
    for name, (file, measure) in MEASURES.items():
        missed, whole = list(measure()), len(mails(file))
        print(f"{name}: {whole - len(missed)} of {whole}")
        for m in missed if chosen.missed else ():
            print(f"  {file}.jsonl line {m.line + 1}: {m.what} is {m.expected!r}, read {m.found!r}")


if __name__ == "__main__":
    main()
