"""The database at its edges: migrations, modes, damage, a full disk, two connections, and values that come back as they went in."""

from __future__ import annotations

import resource
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import StateError
from agent.shell.store import MIGRATIONS, Cursor, EventRow, Held, MailRow, Place, StepRow, Store
from tests.shell.mail_of import readings_of

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
COURSE = "01-governor"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = Store(path)
    yield made
    made.close()


def step(key: str = "acme|thank_you|r1|dana@acme.example", state: Held = Held.PUT, **more: object) -> StepRow:
    return StepRow(key, "<step@post.example>", "acme-1f3b", "thank_you", state, **more)  # type: ignore[arg-type]


def happened(at: datetime, what: str = "put", opportunity: str = "acme-1f3b") -> EventRow:
    return EventRow(at, opportunity, "key", what, "P10", "because")


def tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


# ---------------------------------------------------------------------------------------------------- making, opening


def test_the_database_is_readable_by_its_owner_alone(store: Store, path: Path) -> None:
    """I13: the file, its journal and its shared memory are 0600, whatever the umask is."""
    store.remember("a", "b")
    found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert found and set(found.values()) == {0o600}, found


def test_a_database_that_others_could_read_is_closed_to_them(path: Path) -> None:
    """I13."""
    Store(path).close()
    path.chmod(0o644)
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_opening_a_second_time_changes_nothing(path: Path) -> None:
    """I10."""
    Store(path).close()
    before = path.read_bytes()
    Store(path).close()
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_of_itself(path: Path) -> None:
    """Each step in one transaction: a table of the last statements is in the way, so the first ones are undone as well."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (odd TEXT)")
    with pytest.raises(StateError, match="events already exists"):
        Store(path)
    assert tables(path) == {"events"}
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    """The message says what to do; the newer program finds its data as they were."""
    store = Store(path)
    store.remember("kept", "yes")
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StateError, match="newer version") as caught:
        Store(path)
    assert caught.value.hint
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'kept'").fetchone() == ("yes",)


def test_reading_alone_neither_makes_nor_changes_a_database(path: Path) -> None:
    with pytest.raises(StateError):
        Store(path, readonly=True)
    assert not path.exists()
    Store(path).close()
    reader = Store(path, readonly=True)
    with pytest.raises(StateError):
        reader.remember("a", "b")
    reader.close()


def test_reading_alone_does_not_migrate(path: Path) -> None:
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(StateError, match="older version"):
        Store(path, readonly=True)
    assert tables(path) == set()


# Found by this test: the path goes into SQLite's URI unquoted, so "%41", "?" and "#" in a folder's name open another file.
@pytest.mark.parametrize(
    "name", ["plain", "a name with blanks", "100%41", "what?mode=memory", "C#", "ünïcode", "semi;colon", "a:b"]
)
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    """A path is a path, not a URI: "?", "#" and "%41" in it mean nothing."""
    folder = tmp_path / name
    folder.mkdir()
    store = Store(folder / "afterword.db")
    store.remember("kept", "yes")
    store.close()
    again = Store(folder / "afterword.db", readonly=True)
    assert again.remembered("kept") == "yes"
    again.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]


# ----------------------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    "junk",
    [b"no database at all, but long enough to be taken for one" * 40, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 8000],
    ids=["text", "zeros", "header-and-rubbish"],
)  # fmt: skip
def test_a_damaged_file_is_named_and_not_overwritten(path: Path, junk: bytes) -> None:
    """The error says that the file may be moved away: the state is built anew from the mailbox (I1)."""
    path.write_bytes(junk)
    with pytest.raises(StateError, match=r"afterword\.db") as caught:
        Store(path)
    assert "move it away" in caught.value.hint
    assert path.read_bytes() == junk


def test_damage_in_the_middle_is_told_when_it_is_met(store: Store, path: Path) -> None:
    for number in range(200):
        store.add_event(happened(NOW + timedelta(minutes=number)))
    store.close()
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(StateError, match="damaged") as caught:
        Store(path).events()
    assert "move it away" in caught.value.hint


def test_a_folder_where_the_database_should_be_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StateError, match=r"afterword\.db"):
        Store(path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"afterword\.db"):
        Store(tmp_path / "nowhere" / "afterword.db")


def test_on_a_full_disk_the_transaction_is_undone_and_the_rest_still_there(store: Store) -> None:
    """SQLITE_FULL by a limit on the pages: what to do is said, what was there stays, and there is room again later."""
    store.write_step(step())
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StateError) as caught:
        store.write_step(step("other", subject="x" * 200_000), happened(NOW))
    assert "make room" in caught.value.hint
    assert [r.key for r in store.steps()] == [step().key]
    assert store.events() == []
    store.rows("PRAGMA max_page_count = 100000")
    store.write_step(step("other", subject="x" * 200_000))
    assert len(store.steps()) == 2


FILLS = """
import resource, sys
from pathlib import Path
from agent.errors import StateError
from agent.shell.store import EventRow, Store
from datetime import UTC, datetime
store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    for number in range(10_000):
        store.add_event(EventRow(datetime(2026, 3, 2, tzinfo=UTC), "acme", str(number), "put", "P10", "x" * 900))
        done = number + 1
except StateError as error:
    print(done, "told:", error)
"""


def test_a_file_that_may_not_grow_loses_nothing_that_was_committed(path: Path) -> None:
    """RLIMIT_FSIZE: the kernel refuses to write in the middle of a transaction; the next start finds all before it."""
    assert resource.RLIMIT_FSIZE
    done = subprocess.run([sys.executable, "-c", FILLS, path], capture_output=True, text=True, timeout=30, check=False)
    assert "told:" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    again = Store(path)
    assert len(again.events()) == int(done.stdout.split()[0])
    again.close()


def test_half_a_transaction_is_none(store: Store) -> None:
    """Whatever stops it, an interruption included."""
    with pytest.raises(KeyboardInterrupt), store.change():
        store.write_event(happened(NOW))
        raise KeyboardInterrupt
    assert store.events() == []
    store.add_event(happened(NOW))
    assert len(store.events()) == 1


# ------------------------------------------------------------------------------------------------------ two connections


def test_of_two_claims_exactly_one_wins(path: Path) -> None:
    """I4: claimed by one conditional UPDATE. Two processes' worth of connections turn the same row at the same time."""
    first, second = Store(path), Store(path)
    for number in range(40):
        row = step(f"key {number}", Held.APPROVED, approved="hash")
        first.write_step(row)
        together = threading.Barrier(2)
        won: list[StepRow | None] = []

        def claim(store: Store, row: StepRow = row, together: threading.Barrier = together, won: list = won) -> None:  # type: ignore[type-arg]
            together.wait(10)
            won.append(store.turn(row, Held.ATTEMPTING, NOW, happened(NOW, f"attempt {row.key}")))

        threads = [threading.Thread(target=claim, args=(store,)) for store in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(w is not None for w in won) == [False, True]
        assert len([e for e in first.events() if e.what == f"attempt key {number}"]) == 1
    first.close()
    second.close()


@pytest.mark.parametrize(
    "between",
    [{"state": Held.EDITED}, {"approved": "of another content"}, None],
    ids=["moved-on", "confirmed-anew", "gone"],
)
def test_a_row_that_changed_since_it_was_read_is_not_turned(store: Store, between: dict[str, object] | None) -> None:
    """I4: what was confirmed is bound to its content; a row read before a change cannot be acted upon."""
    row = step(state=Held.APPROVED, approved="hash")
    store.write_step(row)
    if between is None:
        store.drop_step(row.key)
    else:
        store.write_step(step(**{"state": Held.APPROVED, "approved": "hash"} | between))
    before = store.steps()
    assert store.turn(row, Held.ATTEMPTING, NOW, happened(NOW)) is None
    assert store.steps() == before
    assert store.events() == []


def test_turning_writes_what_it_was_given_and_says_when(store: Store) -> None:
    row = step(state=Held.PLANNED, at=NOW)
    store.write_step(row)
    later = NOW + timedelta(minutes=3)
    after = store.turn(row, Held.PUT, later, happened(later), folder="Drafts", uidvalidity=7, uid=12)
    assert after is not None
    assert store.step(row.key) == after
    assert (after.state, after.folder, after.uidvalidity, after.uid, after.changed) == (
        Held.PUT,
        "Drafts",
        7,
        12,
        later,
    )
    assert store.events() == [happened(later)]


def test_a_reader_sees_whole_transactions_while_another_writes(path: Path) -> None:
    """WAL: `status` reads while the daemon writes, and never sees half of it."""
    writer, reader = Store(path), Store(path, readonly=True)
    with writer.change():
        writer.write_event(happened(NOW))
        assert reader.events() == []
    assert len(reader.events()) == 1
    writer.close()
    reader.close()


# ----------------------------------------------------------------------------------------------------------- round trips

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
addresses = st.builds(lambda a: f"{a}@acme.example", st.from_regex(r"[a-z0-9._+-]{1,20}", fullmatch=True))
moments = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
numbers = st.integers(0, 2**32 - 1)
step_rows = st.builds(
    StepRow,
    key=words, message_id=texts, opportunity=texts, step=words, state=st.sampled_from(Held), folder=texts, uidvalidity=numbers,
    uid=numbers, content=texts, approved=texts, recipients=st.lists(addresses, max_size=4).map(tuple), subject=texts,
    answers=texts, rule=texts, why=texts, note=texts, at=moments, changed=moments, filed=st.booleans(),
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=step_rows)
def test_a_step_comes_back_as_it_was_written(store: Store, row: StepRow) -> None:
    """Every field, whatever letters stand in it: NUL, quotes, other scripts."""
    store.write_step(row)
    assert store.step(row.key) == row


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=words, value=texts)
def test_what_is_remembered_is_remembered(store: Store, name: str, value: str) -> None:
    store.remember(name, value)
    assert store.remembered(name) == value


def test_readings_come_back_in_the_order_of_their_dates(store: Store) -> None:
    """Whatever the order of their arrival was (I1)."""
    wanted = readings_of(COURSE)
    for number, reading in enumerate(reversed(wanted), 1):
        store.keep_mail(MailRow(reading.message_id, reading.date, Place("INBOX", 1, number), 1, reading))
    assert list(store.readings()) == sorted(wanted, key=lambda r: (r.date, r.message_id))


# Found by this test: codec.loads raises AttributeError where a field (or all of it) is no object though one is expected.
@pytest.mark.parametrize(
    "text",
    ["{}", "not JSON", '{"a field of the future": 1}', '{"direction": "sideways"}', '{"sender": "a text"}', "[]"],
    ids=["empty", "no-json", "newer", "odd-value", "field-of-another-form", "no-object"],
)
def test_a_reading_of_another_version_is_left_out_and_stops_nothing(store: Store, path: Path, text: str) -> None:
    """What cannot be made again, because its fields are of another form now, is left out."""
    first, second, *_ = readings_of(COURSE)
    for number, reading in enumerate((first, second), 1):
        store.keep_mail(MailRow(reading.message_id, reading.date, Place("INBOX", 1, number), 1, reading))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE mail SET reading = ? WHERE message_id = ?", (text, first.message_id))
    assert list(store.readings()) == [second]


def test_what_is_let_go_is_still_known_as_seen(store: Store) -> None:
    """`forget` and `tidy`: nothing of its words stays, but it is not read again."""
    reading = readings_of(COURSE)[0]
    store.keep_mail(MailRow(reading.message_id, reading.date, Place("INBOX", 1, 1), 3, reading))
    store.let_go([reading.message_id])
    assert list(store.readings()) == []
    assert store.knows(reading.message_id, 3)
    assert not store.knows(reading.message_id, 4)
    assert store.where_is(reading.message_id) == Place("INBOX", 1, 1)


def test_a_message_and_its_folders_cursor_are_one_transaction(store: Store) -> None:
    """I9: after a crash between two messages the folder is read on exactly behind the last one."""
    reading = readings_of(COURSE)[0]
    store.set_aside(Place("INBOX", 1, 4), "0.1", "no sender", NOW, Cursor("INBOX", 1, 5))
    assert store.cursor("INBOX") == Cursor("INBOX", 1, 5)
    assert store.asides() == [(Place("INBOX", 1, 4), "0.1", "no sender")]
    store.keep_mail(MailRow(reading.message_id, reading.date, Place("INBOX", 1, 4), 1, None), Cursor("INBOX", 1, 9))
    assert store.cursor("INBOX") == Cursor("INBOX", 1, 9)
    assert store.asides() == [], "what was read at last is not set aside any more"
    store.forget_cursors()
    assert store.cursor("INBOX") is None


def test_events_are_found_by_opportunity_and_by_time_and_can_be_forgotten(store: Store) -> None:
    for number, opportunity in enumerate(("acme", "birch", "acme")):
        store.add_event(happened(NOW + timedelta(hours=number), f"what {number}", opportunity))
    assert [e.what for e in store.events()] == ["what 0", "what 1", "what 2"]
    assert [e.what for e in store.events("acme")] == ["what 0", "what 2"]
    assert [e.what for e in store.events(since=NOW + timedelta(hours=1))] == ["what 1", "what 2"]
    assert [e.what for e in store.events("acme", NOW + timedelta(minutes=1))] == ["what 2"]
    store.forget_events("acme")
    assert [e.what for e in store.events()] == ["what 1"]


def test_of_a_forgotten_opportunity_the_ledger_keeps_the_keys_and_no_words(store: Store) -> None:
    """CONTRACT, `forget`; P5: what was sent is still known as sent. A draft that stands is needed whole until it is taken back."""
    for state in (Held.SENT, Held.PUT):
        store.write_step(step(f"key {state}", state, subject="Re: Interview", why="a reason", note="a note"))
    store.forget_events("acme-1f3b")
    found = {r.state: (r.key, r.subject, r.why, r.note) for r in store.steps()}
    assert found[Held.SENT] == ("key sent", "", "", "")
    assert found[Held.PUT] == ("key put", "Re: Interview", "a reason", "a note")


def test_the_days_limit_counts_what_was_sent_and_what_may_have_been(store: Store) -> None:
    """max_sent_per_day: an attempt whose outcome is unknown counts; a refused one does not."""
    zone = NOW.astimezone().tzinfo
    for what in ("sent", "unsure", "refused", "put"):
        store.add_event(happened(NOW.astimezone(zone), what))
    assert store.sent_since(NOW) == 2
    assert store.sent_since(NOW + timedelta(microseconds=1)) == 0
