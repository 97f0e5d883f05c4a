"""The book in memory over the store: the same in whatever order mail arrives, folded twice, kept and read again (I1)."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.core import codec
from agent.core.fold import Book, fold
from agent.core.read.reading import Reading
from agent.core.words import Verb, Word
from agent.shell.files import WordFile
from agent.shell.intake import worth_keeping
from agent.shell.knowledge import LIMBO_DAYS, Knowledge
from agent.shell.store import MailRow, Place, Store
from tests.shell.mail_of import course, readings_of

SHUFFLED = (
    "01-governor", "04-lagan", "12-flooded", "15-jury", "16-concrete", "21-mittelstand", "26-milan", "32-accra", "36-deeptech", "43-tokyo",
)  # fmt: skip


def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(course(name).table["timezone"])


def kept(name: str) -> list[Reading]:
    return [r for r in readings_of(name) if worth_keeping(r)]


class Life:
    """A state folder into which mail comes."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self.folder, self.zone = folder, zone
        folder.mkdir()
        self.store = Store(folder / "afterword.db")
        self.knowledge = Knowledge(self.store, WordFile(folder), zone)
        self.uid = 0

    def arrives(self, readings: Iterable[Reading]) -> None:
        """As a look does it: each is kept, then all are taken in."""
        new = list(readings)
        for reading in new:
            self.uid += 1
            self.store.keep_mail(MailRow(reading.message_id, reading.date, Place("INBOX", 1, self.uid), 1, reading))
        self.knowledge.take_in(new)

    @property
    def view(self) -> dict[str, Any]:
        return view(self.knowledge.book)


def view(book: Book) -> dict[str, Any]:
    """A book as plain values; moments by their instant and offset, so that the kind of zone object does not matter."""
    return {
        "opportunities": {k: codec.plain(o) for k, o in book.opportunities.items()},
        "rows": {k: codec.plain(r) for k, r in book.rows.items()},
        "impostors": sorted((at.astimezone(UTC), who, which) for at, who, which in book.impostors),
    }


def shuffled(items: list[Reading], seed: int) -> list[Reading]:
    made = list(items)
    random.Random(seed).shuffle(made)
    return made


@pytest.mark.parametrize("name", SHUFFLED)
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, name: str) -> None:
    """I1: one by one in order, one by one in any order, in handfuls, or all at once."""
    readings = kept(name)
    wanted = view(fold(readings, (), zone_of(name)))
    assert wanted["opportunities"]
    orders = [[[r] for r in readings], [readings]] + [[[r] for r in shuffled(readings, seed)] for seed in (1, 2, 3)]
    orders.append([shuffled(readings, 4)[i : i + 3] for i in range(0, len(readings), 3)])
    for number, batches in enumerate(orders):
        life = Life(tmp_path / str(number), zone_of(name))
        for batch in batches:
            life.arrives(batch)
        assert life.view == wanted, f"order {number}"


@pytest.mark.parametrize("name", SHUFFLED[::3])
def test_folding_twice_gives_the_same(tmp_path: Path, name: str) -> None:
    """I1; also from what was stored, in a new process."""
    life = Life(tmp_path / "life", zone_of(name))
    life.arrives(kept(name))
    before = life.view
    life.knowledge.again()
    assert life.view == before
    life.arrives(kept(name))
    assert life.view == before, "mail that is known already changes nothing (I10)"
    again = Knowledge(life.store, WordFile(life.folder), life.zone)
    assert view(again.book) == before


# Found by this test: of two messages of the same second the one with the smaller Message-ID is folded first when the book is folded
# anew, but in the order of their arrival when they come one after the other; the opportunity then begins with another message and has another id.
def test_two_messages_of_one_second_make_the_same_book_in_either_order(tmp_path: Path) -> None:
    """I1: a system sends receipt and invitation in the same second, and they arrive one after the other."""
    readings = kept("01-governor")
    first = readings[0]
    assert fold([first], (), zone_of("01-governor")).opportunities
    twin = replace(first, message_id="<0-earlier@x.example>")
    wanted = view(fold([twin, first], (), zone_of("01-governor")))
    for number, order in enumerate(([twin, first], [first, twin])):
        life = Life(tmp_path / str(number), zone_of("01-governor"))
        for reading in order:
            life.arrives([reading])
        assert life.view == wanted, f"order {number}"


def word(name: str, at: datetime, verb: Verb, about: str, **facts: str) -> Word:
    return Word(name, at, verb, about, tuple(facts.items()))


def test_the_owners_words_take_their_place_in_time_whenever_they_are_heard(tmp_path: Path) -> None:
    """I1: mail that is older than a word and arrives after it."""
    name = "36-deeptech"
    readings = kept(name)
    middle = readings[len(readings) // 2].date + timedelta(minutes=1)
    about = next(iter(fold(readings, (), zone_of(name)).opportunities.values())).anchor
    said = [
        word("w1", middle, Verb.TELL, about, role="Another Role"),
        word("w2", middle, Verb.SNOOZE, about, until="2030-01-01"),
    ]
    wanted = view(fold(readings, said, zone_of(name)))
    assert wanted != view(fold(readings, (), zone_of(name)))
    for number, seed in enumerate((5, 6)):
        life = Life(tmp_path / str(number), zone_of(name))
        mixed = shuffled(readings, seed)
        life.arrives(mixed[:3])
        for each in said:
            WordFile(life.folder).add(each)
        assert life.knowledge.listen()
        assert not life.knowledge.listen(), "said once, heard once"
        for reading in mixed[3:]:
            life.arrives([reading])
        assert life.view == wanted


def test_a_word_taken_back_leaves_no_trace(tmp_path: Path) -> None:
    """`undo`."""
    name = "01-governor"
    life = Life(tmp_path / "life", zone_of(name))
    life.arrives(kept(name))
    before = life.view
    about = next(iter(life.knowledge.book.opportunities.values())).anchor
    words = WordFile(life.folder)
    words.add(word("w1", datetime(2026, 3, 2, tzinfo=UTC), Verb.TELL, about, organisation="Quite Another Firm"))
    life.knowledge.listen()
    assert life.view != before
    words.undo("w1", datetime(2026, 3, 3, tzinfo=UTC))
    life.knowledge.listen()
    assert life.view == before


def test_words_outlive_the_database(tmp_path: Path) -> None:
    """I1: the database is deleted, the mail is read again; what only the owner knew is still known, whatever ids have become."""
    name = "01-governor"
    life = Life(tmp_path / "life", zone_of(name))
    life.arrives(kept(name))
    about = next(iter(life.knowledge.book.opportunities.values())).anchor
    WordFile(life.folder).add(word("w1", datetime(2030, 3, 2, tzinfo=UTC), Verb.TELL, about, organisation="Told Ltd"))
    life.knowledge.listen()
    before = life.view
    life.store.close()
    for file in life.folder.glob("afterword.db*"):
        file.unlink()
    life.store = Store(life.folder / "afterword.db")
    life.knowledge = Knowledge(life.store, WordFile(life.folder), life.zone)
    assert life.knowledge.unknown_ancestors() == [about], (
        "it is looked for even where it is older than the history that is read"
    )
    life.arrives(reversed(kept(name)))
    assert life.view == before
    assert "Told Ltd" in {o.organisation for o in life.knowledge.book.opportunities.values()}


def test_what_belongs_to_nothing_is_let_go_after_a_while(tmp_path: Path) -> None:
    """Kept in case a later message refers to it; then only remembered as seen."""
    letters = readings_of("17-luncheon")[0]
    stray = replace(letters, message_id="<stray@x.example>", said=(), slots=(), events=(), organisations=(), roles=(), job=0.0, promise=None,
                    ancestors=(), references=(), in_reply_to="", subject="Sunday lunch", people=(), foreign="", ids=())  # fmt: skip
    life = Life(tmp_path / "life", ZoneInfo("Europe/London"))
    life.arrives([stray])
    assert set(life.knowledge.book.limbo) == {stray.message_id}
    assert life.knowledge.tidy(stray.date + timedelta(days=LIMBO_DAYS - 1)) == 0
    assert life.knowledge.tidy(stray.date + timedelta(days=LIMBO_DAYS + 1)) == 1
    assert stray.message_id not in life.knowledge.book.rows  # as after a fold from the start
    assert life.knowledge.book.limbo == {}
    assert list(life.store.readings()) == []
    assert life.store.knows(stray.message_id, 1)
