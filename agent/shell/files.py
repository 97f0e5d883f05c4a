"""The state folder: private (0700/0600, I13), locked by one daemon, with the owner's words in a file of their own.

The words are kept apart from the database so that deleting that loses nothing that only the owner knew (I1).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from agent.core.words import Verb, Word
from agent.errors import AlreadyRunning, StateError

DATABASE = "afterword.db"
WORDS = "words.jsonl"
LOCK = "lock"
SOCKET = "control.sock"
HEALTH = "health.json"


def private_folder(path: Path) -> Path:
    """Make the folder, or check that it is private and writable. Raises StateError with what to do."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            path.chmod(0o700)
        if not os.access(path, os.W_OK | os.X_OK):
            raise StateError(f"the state folder {path} cannot be written", "choose another with [state] path")
    except OSError as error:
        raise StateError(
            f"the state folder {path} cannot be used: {error.strerror}", "choose another with [state] path"
        ) from None
    return path


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the state for one daemon. Raises AlreadyRunning at once when another one has it."""
    with (folder / LOCK).open("a+") as file:
        (folder / LOCK).chmod(0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            raise AlreadyRunning(
                f"another afterword is running on {folder}" + (f" (process {holder})" if holder else ""),
                "stop it first, or give this one another [state] path",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def running(folder: Path) -> bool:
    """Does a daemon hold this state now?"""
    path = folder / LOCK
    if not path.exists():
        return False
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(file, fcntl.LOCK_UN)
    return False


# ------------------------------------------------------------------------------------------------- the owner's words


class WordFile:
    """Words as JSON lines, appended under a lock and flushed to disk; a torn last line is left out."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / WORDS

    def read(self) -> tuple[Word, ...]:
        """The words that count: those undone are left out, and so is what this version does not understand."""
        entries = self.entries()
        undone = [e["undo"] for e in entries if "undo" in e]
        words = (made(e) for e in entries if "verb" in e)
        return tuple(w for w in words if w is not None and w.id not in undone)

    def entries(self) -> list[dict[str, Any]]:
        """Every whole line, undone ones and those of other versions included."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StateError(f"{self.path} cannot be read: {error.strerror}") from None
        found = []
        for line in data.split(b"\n"):  # only this ends a line; texts hold letters at which `splitlines` would cut
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    found.append(entry)
        return found

    def add(self, word: Word) -> None:
        self.append(
            {
                "id": word.id,
                "at": word.at.isoformat(),
                "verb": word.verb.value,
                "about": word.about,
                "facts": [list(f) for f in word.facts],
            }
        )

    def undo(self, word_id: str, at: datetime) -> None:
        self.append({"undo": word_id, "at": at.isoformat()})

    def forget(self, message_ids: set[str]) -> None:
        """Remove what was said about these messages, the texts included."""
        if not self.path.exists():
            return
        with self.held():
            kept = [e for e in self.entries() if e.get("about", "") not in message_ids]
            fresh = self.path.with_suffix(".new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(line_of(e) for e in kept)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)

    def append(self, entry: dict[str, Any]) -> None:
        """One line more, whole and on disk when this returns."""
        with self.held() as file:
            if file.tell() and not self.path.read_bytes().endswith(b"\n"):
                file.write(b"\n")  # the line before was torn by a power cut
            file.write(line_of(entry))
            file.flush()
            os.fsync(file.fileno())

    @contextlib.contextmanager
    def held(self) -> Iterator[IO[bytes]]:
        """The file, to append to, locked against every other writer. Raises StateError where it cannot be written."""
        try:
            while True:
                descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                with os.fdopen(descriptor, "ab") as file:
                    fcntl.flock(file, fcntl.LOCK_EX)
                    if self.is_current(file):
                        yield file
                        return
        except OSError as error:
            raise StateError(f"{self.path} cannot be written: {error.strerror}") from None

    def is_current(self, file: IO[bytes]) -> bool:
        """Is this still the file of that name? `forget` may have put another in its place while we waited for the lock."""
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever the file does."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_size, found.st_mtime_ns


def line_of(entry: dict[str, Any]) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def made(entry: dict[str, Any]) -> Word | None:
    """None for what is no word to this version: another verb, a field that is missing or of another form."""
    try:
        return Word(
            str(entry["id"]),
            datetime.fromisoformat(entry["at"]),
            Verb(entry["verb"]),
            str(entry.get("about", "")),
            tuple((str(k), str(v)) for k, v in entry.get("facts", [])),
        )
    except (KeyError, TypeError, ValueError):
        return None
