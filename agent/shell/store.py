"""The state on disk: every SQL statement of the program. One transaction for one thing; SQLite in WAL, STRICT tables, 0600.

What is here can be made again from the mailbox and the owner's words; nothing else rests on it (I1).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypedDict, Unpack

from agent.core import codec
from agent.core.read.reading import Reading
from agent.errors import StateError

BUSY_SECONDS = 10.0

MIGRATIONS = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE cursors (
        folder TEXT PRIMARY KEY, uidvalidity INTEGER NOT NULL, next_uid INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE mail (
        message_id TEXT PRIMARY KEY, at TEXT NOT NULL, folder TEXT NOT NULL, uidvalidity INTEGER NOT NULL,
        uid INTEGER NOT NULL, version INTEGER NOT NULL, reading TEXT
    ) STRICT;
    CREATE TABLE aside (
        folder TEXT NOT NULL, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL, version TEXT NOT NULL,
        reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (folder, uidvalidity, uid)
    ) STRICT;
    CREATE TABLE sought (message_id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE TABLE steps (
        key TEXT PRIMARY KEY, message_id TEXT NOT NULL, opportunity TEXT NOT NULL, step TEXT NOT NULL,
        state TEXT NOT NULL, folder TEXT NOT NULL, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL,
        content TEXT NOT NULL, approved TEXT NOT NULL, recipients TEXT NOT NULL, subject TEXT NOT NULL,
        answers TEXT NOT NULL, rule TEXT NOT NULL, why TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL,
        changed TEXT NOT NULL, filed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX steps_by_state ON steps (state);
    CREATE TABLE events (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, opportunity TEXT NOT NULL, key TEXT NOT NULL, what TEXT NOT NULL,
        rule TEXT NOT NULL, why TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_by_opportunity ON events (opportunity, id);
    """,
)


class Held(StrEnum):
    """Where a step's draft or message stands (I3, I4). The store moves it; nothing else remembers it."""

    PLANNED = "planned"  # about to be put: look before anything else
    PUT = "put"  # stands in Drafts as we wrote it
    EDITED = "edited"  # stands in Drafts, changed by the owner: theirs
    MISSING = "missing"  # was there, is not found; too early to conclude anything
    VANISHED = "vanished"  # gone together with its folder's other content: concludes nothing (I8)
    GONE = "gone"  # deleted by its owner: an answer (P4)
    WITHDRAWING = "withdrawing"  # about to be taken back
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"  # confirmed; bound to the content in `approved`
    ATTEMPTING = "attempting"  # handed to SMTP, no outcome known yet
    SENT = "sent"
    REFUSED = "refused"  # SMTP did not take it
    UNSURE = "unsure"  # may or may not have been sent: the owner is asked
    MISSED = "missed"  # P29, reported


OVER = (Held.GONE, Held.WITHDRAWN, Held.SENT, Held.REFUSED, Held.MISSED)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the ledger. `content` is the hash of what we wrote, `approved` of what the owner confirmed."""

    key: str
    message_id: str
    opportunity: str
    step: str
    state: Held
    folder: str = ""
    uidvalidity: int = 0
    uid: int = 0
    content: str = ""
    approved: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    answers: str = ""
    rule: str = ""
    why: str = ""
    note: str = ""
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    changed: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    filed: bool = False


class StepChange(TypedDict, total=False):
    """What may change together with a step's state; the fields of StepRow."""

    folder: str
    uidvalidity: int
    uid: int
    content: str
    approved: str
    rule: str
    why: str
    note: str
    filed: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to where a folder has been read; good only with its UIDVALIDITY (I8)."""

    folder: str
    uidvalidity: int
    next_uid: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies: a UID is good only with its UIDVALIDITY (I8)."""

    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class MailRow:
    """One message that was seen; `reading` is None where nothing of it is worth keeping."""

    message_id: str
    at: datetime
    place: Place
    version: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, for `show`, `status` and the digest (P9)."""

    at: datetime
    opportunity: str
    key: str
    what: str
    rule: str
    why: str


CACHED_KB = 512  # of the database in memory; SQLite would keep 2 MB, and fill them in the course of weeks
STEP_COLUMNS = (
    "key, message_id, opportunity, step, state, folder, uidvalidity, uid, content, approved, recipients, subject, answers,"
    " rule, why, note, at, changed, filed"
)


class Store:
    """One connection to the database of a state folder. Raises StateError for whatever SQLite cannot do."""

    def __init__(self, path: Path, readonly: bool = False) -> None:
        self.path = path
        with explained(path):
            if not readonly:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
                path.chmod(0o600)
            uri = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
            self.db = sqlite3.connect(
                uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self.db.execute("PRAGMA foreign_keys = ON")
            self.db.execute(f"PRAGMA cache_size = -{CACHED_KB}")
            if not readonly:
                self.db.execute("PRAGMA journal_mode = WAL")
            self.migrate(readonly)

    def migrate(self, readonly: bool) -> None:
        """Bring the tables to this program's version, each step in one transaction. Raises StateError for a newer one."""
        version = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise StateError(f"{self.path} was written by a newer version of Afterword", "install that version again")
        if version < len(MIGRATIONS) and readonly:
            raise StateError(
                f"{self.path} was written by an older version", "run the daemon once: afterword run --once"
            )
        for number in range(version, len(MIGRATIONS)):
            with self.change():
                for statement in MIGRATIONS[number].split(";"):
                    if statement.strip():
                        self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version = {number + 1}")

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.db.close()

    @contextlib.contextmanager
    def change(self, durable: bool = True) -> Iterator[None]:
        """One transaction: all of it or nothing. `durable`: it must outlive a power cut, because an effect follows;
        what only repeats the mailbox need not."""
        with explained(self.path):
            self.db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    self.db.execute("ROLLBACK")
                raise

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self.db.execute(statement, values).fetchall()

    # ------------------------------------------------------------------------------------------------ small memories

    def remembered(self, name: str) -> str:
        found = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def remember(self, name: str, value: str) -> None:
        if self.remembered(name) != value:
            with self.change():
                self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def cursor(self, folder: str) -> Cursor | None:
        found = self.rows("SELECT folder, uidvalidity, next_uid FROM cursors WHERE folder = ?", folder)
        return Cursor(*found[0]) if found else None

    def move_cursor(self, cursor: Cursor) -> None:
        if self.cursor(cursor.folder) != cursor:
            with self.change(durable=False):
                self.write_cursor(cursor)

    def write_cursor(self, cursor: Cursor) -> None:
        values = (cursor.folder, cursor.uidvalidity, cursor.next_uid)
        self.db.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)", values)

    def forget_cursors(self) -> None:
        with self.change():
            self.db.execute("DELETE FROM cursors")

    # --------------------------------------------------------------------------------------------------------- mail

    def knows(self, message_id: str, version: int) -> bool:
        """Has this message been read by this version of the program?"""
        return bool(self.rows("SELECT 1 FROM mail WHERE message_id = ? AND version >= ?", message_id, version))

    def keep_mail(self, row: MailRow, cursor: Cursor | None = None) -> None:
        """One message, and how far its folder is read with it: one transaction (I9)."""
        text = codec.dumps(row.reading) if row.reading is not None else None
        place = row.place
        with self.change(durable=False):
            self.db.execute(
                "INSERT OR REPLACE INTO mail VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row.message_id, stamp(row.at), place.folder, place.uidvalidity, place.uid, row.version, text),
            )
            self.delete_aside(place)
            if cursor is not None:
                self.write_cursor(cursor)

    def readings(self) -> Iterator[Reading]:
        """All kept readings, in the order of their dates. One of an older form that cannot be made again is left out."""
        with explained(self.path):
            for (text,) in self.db.execute(
                "SELECT reading FROM mail WHERE reading IS NOT NULL ORDER BY at, message_id"
            ):
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    yield codec.loads(Reading, text)

    def let_go(self, message_ids: Iterable[str]) -> None:
        """Keep of these messages only that they were seen."""
        with self.change():
            self.db.executemany("UPDATE mail SET reading = NULL WHERE message_id = ?", [(m,) for m in message_ids])

    def where_is(self, message_id: str) -> Place | None:
        found = self.rows("SELECT folder, uidvalidity, uid FROM mail WHERE message_id = ?", message_id)
        return Place(*found[0]) if found else None

    def mail_count(self) -> int:
        return int(str(self.rows("SELECT count(*) FROM mail")[0][0]))

    def set_aside(self, place: Place, version: str, reason: str, at: datetime, cursor: Cursor | None = None) -> None:
        """A message that cannot be read: noted once, and the folder is read on."""
        with self.change(durable=False):
            values = (place.folder, place.uidvalidity, place.uid, version, reason, stamp(at))
            self.db.execute("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?, ?, ?)", values)
            if cursor is not None:
                self.write_cursor(cursor)

    def asides(self) -> list[tuple[Place, str, str]]:
        """(place, program version, reason) of every message set aside."""
        rows = self.rows("SELECT folder, uidvalidity, uid, version, reason FROM aside ORDER BY folder, uid")
        return [(Place(*row[:3]), str(row[3]), str(row[4])) for row in rows]

    def drop_aside(self, place: Place) -> None:
        with self.change(durable=False):
            self.delete_aside(place)

    def delete_aside(self, place: Place) -> None:
        values = (place.folder, place.uidvalidity, place.uid)
        self.db.execute("DELETE FROM aside WHERE folder = ? AND uidvalidity = ? AND uid = ?", values)

    def sought(self, message_id: str) -> bool:
        return bool(self.rows("SELECT 1 FROM sought WHERE message_id = ?", message_id))

    def note_sought(self, message_id: str, at: datetime) -> None:
        with self.change():
            self.db.execute("INSERT OR REPLACE INTO sought VALUES (?, ?)", (message_id, stamp(at)))

    # -------------------------------------------------------------------------------------------------------- ledger

    def steps(self, *states: Held) -> list[StepRow]:
        marks = ",".join("?" * len(states))
        where = f"WHERE state IN ({marks})" if states else ""
        return [
            made(row)
            for row in self.rows(f"SELECT {STEP_COLUMNS} FROM steps {where} ORDER BY at, key", *map(str, states))
        ]

    def step(self, key: str) -> StepRow | None:
        found = self.rows(f"SELECT {STEP_COLUMNS} FROM steps WHERE key = ?", key)
        return made(found[0]) if found else None

    def write_step(self, row: StepRow, event: EventRow | None = None) -> None:
        """Put the row as it is now, with what happened, in one transaction."""
        with self.change():
            marks = ",".join("?" * 19)
            self.db.execute(f"INSERT OR REPLACE INTO steps VALUES ({marks})", values_of(row))
            if event is not None:
                self.write_event(event)

    def turn(
        self, row: StepRow, to: Held, now: datetime, event: EventRow | None = None, **more: Unpack[StepChange]
    ) -> StepRow | None:
        """Move a step from the state that `row` has to another one. None when somebody else moved it first (I4)."""
        after = replace(row, state=to, changed=now, **more)
        with self.change():
            names = STEP_COLUMNS.replace(" ", "").split(",")
            settings = ", ".join(f"{name} = ?" for name in names)
            done = self.db.execute(
                f"UPDATE steps SET {settings} WHERE key = ? AND state = ? AND approved = ?",
                (*values_of(after), row.key, row.state.value, row.approved),
            )
            if done.rowcount != 1:
                return None
            if event is not None:
                self.write_event(event)
        return after

    def drop_step(self, key: str) -> None:
        with self.change():
            self.db.execute("DELETE FROM steps WHERE key = ?", (key,))

    def confirmed_and_sent(self) -> int:
        """How many confirmed steps were sent so far; counted by the database, for they only grow in number."""
        return int(str(self.rows("SELECT count(*) FROM steps WHERE state = ? AND approved != ''", Held.SENT)[0][0]))

    def sent_since(self, moment: datetime) -> int:
        """How many messages were handed to SMTP since then (max_sent_per_day)."""
        found = self.rows("SELECT count(*) FROM events WHERE what IN ('sent', 'unsure') AND at >= ?", stamp(moment))
        return int(str(found[0][0]))

    # -------------------------------------------------------------------------------------------------------- events

    def write_event(self, event: EventRow) -> None:
        values = (stamp(event.at), event.opportunity, event.key, event.what, event.rule, event.why)
        self.db.execute("INSERT INTO events (at, opportunity, key, what, rule, why) VALUES (?, ?, ?, ?, ?, ?)", values)

    def add_event(self, event: EventRow) -> None:
        with self.change():
            self.write_event(event)

    def events(self, opportunity: str = "", since: datetime | None = None) -> list[EventRow]:
        clauses, values = [], []
        if opportunity:
            clauses.append("opportunity = ?")
            values.append(opportunity)
        if since is not None:
            clauses.append("at >= ?")
            values.append(stamp(since))
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        rows = self.rows(f"SELECT at, opportunity, key, what, rule, why FROM events {where} ORDER BY id", *values)
        return [EventRow(moment(row[0]), *map(str, row[1:])) for row in rows]

    def forget_events(self, opportunity: str) -> None:
        """Remove what happened, and the words of the steps that are over. Their keys stay, so that nothing is done twice (P5)."""
        marks = ",".join("?" * len(OVER))
        with self.change():
            self.db.execute("DELETE FROM events WHERE opportunity = ?", (opportunity,))
            self.db.execute(
                f"UPDATE steps SET subject = '', why = '', note = '' WHERE opportunity = ? AND state IN ({marks})",
                (opportunity, *map(str, OVER)),
            )


def stamp(at: datetime) -> str:
    """UTC, to the microsecond, so that texts sort like moments."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text))


def values_of(row: StepRow) -> tuple[object, ...]:
    return (
        row.key, row.message_id, row.opportunity, row.step, row.state.value, row.folder, row.uidvalidity, row.uid,
        row.content, row.approved, ",".join(row.recipients), row.subject, row.answers, row.rule, row.why, row.note,
        stamp(row.at), stamp(row.changed), int(row.filed),
    )  # fmt: skip


def made(row: tuple[object, ...]) -> StepRow:
    texts = [str(v) for v in row]
    return StepRow(
        texts[0], texts[1], texts[2], texts[3], Held(texts[4]), texts[5], int(texts[6]), int(texts[7]), texts[8], texts[9],
        tuple(t for t in texts[10].split(",") if t), texts[11], texts[12], texts[13], texts[14], texts[15],
        moment(texts[16]), moment(texts[17]), texts[18] == "1",
    )  # fmt: skip


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's troubles as one of ours: what, where, and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        hint = {
            "SQLITE_FULL": "the disk is full: make room; nothing was lost",
            "SQLITE_READONLY": "the state cannot be written: check who owns it",
            "SQLITE_BUSY": "another program holds the database: close it",
            "SQLITE_CANTOPEN": "the state folder is missing or closed to you",
        }.get(str(getattr(error, "sqlite_errorname", "")).split("_READONLY_")[0], "")
        raise StateError(f"{path.name}: {text}", hint) from None
    except sqlite3.DatabaseError as error:
        hint = "move it away and start again: it is built anew from the mailbox"
        raise StateError(f"{path.name} is damaged: {type(error).__name__}", hint) from None
    except OSError as error:
        raise StateError(f"{path.name}: {error.strerror}", "check the state folder") from None


__all__ = ["Cursor", "EventRow", "Held", "MailRow", "Place", "StepRow", "Store"]
