"""The book in memory: kept readings and the owner's words, folded anew whenever something came out of order (I1)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from agent.core.fold import Book, fold
from agent.core.read.reading import Reading
from agent.core.words import Word
from agent.shell.files import WordFile
from agent.shell.store import Store

LIMBO_DAYS = 90  # how long a message that belongs to nothing is kept in case a later one refers to it


def place_in_time(reading: Reading) -> tuple[datetime, str]:
    """The order in which a book is folded."""
    return reading.date, reading.message_id


class Knowledge:
    """What is known now. `book` is current after `take_in` and `listen`."""

    def __init__(self, store: Store, words: WordFile, zone: tzinfo, holidays: Container[date] = frozenset()) -> None:
        self.store, self.words, self.zone, self.holidays = store, words, zone, holidays
        self.heard = words.version
        self.said: tuple[Word, ...] = words.read()
        self.latest = (datetime.min.replace(tzinfo=UTC), "")  # of two messages of one second the id decides
        self.book = Book(zone, holidays)
        self.again()

    def again(self) -> None:
        """Fold everything from the start."""
        readings = list(self.store.readings())
        self.book = fold(readings, self.said, self.zone, holidays=self.holidays)
        self.latest = max(map(place_in_time, readings), default=self.latest)

    def take_in(self, readings: Iterable[Reading]) -> bool:
        """Fold new mail in -> whether there was any. What is older than the latest message makes everything fold anew."""
        new = sorted(readings, key=place_in_time)
        if not new:
            return False
        late = place_in_time(new[0]) < self.latest or any(w.at >= new[0].date for w in self.said)
        if late or any(r.form for r in new):  # a form replaces what an earlier version of it had said
            self.again()
            return True
        for reading in new:
            self.book.add(reading)
        self.latest = place_in_time(new[-1])
        return True

    def listen(self) -> bool:
        """Take in what the owner said since the last look, on the command line or by deleting a draft."""
        version = self.words.version
        if version == self.heard:
            return False
        self.heard, self.said = version, self.words.read()
        self.again()
        return True

    def unknown_ancestors(self) -> list[str]:
        """Messages that the threads of living opportunities refer to and that were not seen."""
        ids: dict[str, None] = {}
        for opportunity in self.book.opportunities.values():
            for contact in opportunity.contacts:
                ids.update(dict.fromkeys(contact.last_references))
        ids.update(dict.fromkeys(w.about for w in self.said if w.about))
        return [i for i in ids if i not in self.book.rows]

    def tidy(self, now: datetime) -> int:
        """Let go of old mail that belongs to nothing -> how many messages."""
        before = now - timedelta(days=LIMBO_DAYS)
        old = [i for i, r in self.book.limbo.items() if r.date < before]
        if old:
            self.store.let_go(old)
            for message_id in old:
                self.book.limbo.pop(message_id, None)
                self.book.rows.pop(message_id, None)
        return len(old)
