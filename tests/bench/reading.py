"""`python -m tests.bench.reading [--aside]`: how well the corpus is read: a confusion table, and the dangerous errors.

Four sets, each with its figures: `courses` (whole mailboxes, replayed), `everyday` (plain mail of recruiters, tracking systems
and candidates, each in the situation that it presupposes), `singles` (the same, with the oddest voices) and `lookalikes` (mail that
only sounds like it).
Without --aside the part that weights and cues are made from; with it the part that nothing was made from, totals only.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from agent.core.decode.message import decode
from agent.core.fold import Book
from agent.core.read.reader import read
from agent.core.values import Message
from tests.corpus.mailroom import Course, courses
from tests.corpus.singles import HERE, singles
from tests.corpus.situations import makes_opportunity, told, wanted

ENDS = frozenset(("rejection", "offer", "bounce"))
# What leaves a nudge standing: the employer's turn still, or nothing said at all.
WAITING = frozenset(("status_update", "auto_reply", "application_receipt", "courtesy", "other"))
SHORT = {
    "application_receipt": "receipt",
    "interview_invitation": "invite",
    "interview_confirmation": "confirm",
    "interview_rescheduled": "moved",
    "interview_cancelled": "cancel",
    "status_update": "status",
    "information_request": "info",
    "assessment_request": "assess",
    "rejection_reply": "re:no",
    "offer_acceptance": "accept",
    "offer_decline": "decline",
}

Pair = tuple[str, str]


@dataclass
class Figures:
    """Pairs (wanted, told) of one set, and what would be dangerous in them."""

    pairs: Counter[Pair] = field(default_factory=Counter)
    ends_unheard: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    everyday: int = 0

    def add(self, wanted: str, told: str, where: str) -> None:
        self.pairs[wanted, told] += 1
        if wanted in ENDS and told in WAITING:
            self.ends_unheard.append(f"{where}: {wanted} read as {told}")

    @property
    def labels(self) -> list[str]:
        return sorted({label for label, _ in self.pairs}, key=lambda x: (x.startswith("sent:"), x))

    def scores(self, label: str) -> tuple[float, float, float, int]:
        """Precision, recall, F1 and number."""
        both = self.pairs[label, label]
        told = sum(n for (_, t), n in self.pairs.items() if t == label)
        there = sum(n for (w, _), n in self.pairs.items() if w == label)
        precision, recall = both / told if told else 1.0, both / there if there else 1.0
        return precision, recall, 2 * both / (told + there) if told + there else 1.0, there

    @property
    def macro(self) -> float:
        return sum(self.scores(label)[2] for label in self.labels) / len(self.labels)

    @property
    def right(self) -> float:
        return sum(n for (w, t), n in self.pairs.items() if w == t) / self.pairs.total()


# --------------------------------------------------------------------------------------------------------- the sets


def of_courses(part: str) -> Figures:
    found = Figures()
    for course in courses(HERE / part):
        for number, (want, got) in enumerate(replayed(course), 1):
            found.add(want, got, f"{course.name} message {number}")
    return found


def replayed(course: Course) -> Iterator[Pair]:
    """Every message of a course in order of dates, through the book: (wanted, told)."""
    owner = course.owner
    book = Book(owner.zone, owner.holidays)
    messages: list[Message] = []
    for built in course.messages:
        messages.append(decode(built.raw, owner.addresses))
        book.add(read(messages[-1], owner))
    for message, built in zip(messages, course.messages, strict=True):
        kind, unclear = heard(book, message.message_id)
        side = "sent:" if message.sent else ""
        yield (
            side + ("unclear" if built.row.get("unclear") else built.row["kind"]),
            side + ("unclear" if unclear else kind),
        )


def heard(book: Book, message_id: str) -> tuple[str, bool]:
    row = book.rows.get(message_id)
    return (row.kind.value, row.unclear) if row is not None else ("other", False)


def of_singles(folder: str, part: str) -> Figures:
    found = Figures()
    for number, single in enumerate(singles(HERE / folder / part), 1):
        got, reading = told(single)
        where = f"{single.source} block {number}"
        found.add(wanted(single), got, where)
        if single.label == "foreign":
            found.everyday += 1
            if makes_opportunity(reading):
                found.opened.append(where)
    return found


# ------------------------------------------------------------------------------------------------------- the printing


def table(figures: Figures) -> Iterable[str]:
    labels = figures.labels
    told = sorted({t for _, t in figures.pairs}, key=lambda x: (x.startswith("sent:"), x))
    yield f"{'':28}{'P':>6}{'R':>6}{'F1':>6}{'n':>5}   read as"
    for label in labels:
        precision, recall, f1, there = figures.scores(label)
        others = [(n, t) for t in told if (n := figures.pairs[label, t]) and t != label]
        wrong = ", ".join(f"{short(t)} {n}" for n, t in sorted(others, key=lambda x: (-x[0], x[1])))
        yield f"{label:28}{precision:6.2f}{recall:6.2f}{f1:6.2f}{there:5}   {wrong}"


def short(label: str) -> str:
    side, _, kind = label.rpartition(":")
    return (f"{side}:" if side else "") + SHORT.get(kind, kind)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--aside", action="store_true", help="the part that nothing was made from; totals only")
    chosen = options.parse_args()
    part = "aside" if chosen.aside else "learn"
    sets: dict[str, Callable[[], Figures]] = {
        "courses": lambda: of_courses(part),
        "everyday": lambda: of_singles("everyday", part),
        "singles": lambda: of_singles("singles", part),
        "lookalikes": lambda: of_singles("lookalikes", part),
    }
    for name, make in sets.items():
        figures = make()
        print(
            f"\n{name} ({part}): {figures.pairs.total()} messages, {figures.right:.1%} right, macro F1 {figures.macro:.3f}"
        )
        for line in table(figures):
            print("  " + line)
        ends = sum(n for (w, _), n in figures.pairs.items() if w in ENDS)
        print(f"  rejections, offers and bounces read as still waiting: {len(figures.ends_unheard)} of {ends}")
        if figures.everyday:
            print(f"  everyday messages that make an opportunity: {len(figures.opened)} of {figures.everyday}")
        if not chosen.aside:
            for fault in (*figures.ends_unheard, *figures.opened):
                print(f"    {fault}")


if __name__ == "__main__":
    main()
