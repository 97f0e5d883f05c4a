"""The state folder and the owner's words at their edges: modes, locks, torn lines, several writers at once."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.core.words import Verb, Word
from agent.errors import AlreadyRunning, Exit, StateError
from agent.shell.files import LOCK, WORDS, WordFile, locked, private_folder, running

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def word(name: str = "w1", text: str = "My thesis won a prize.", about: str = "<first@acme.example>") -> Word:
    return Word(name, NOW, Verb.NEWS, about, (("text", text),))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --------------------------------------------------------------------------------------------------------- the folder


def test_the_folder_is_made_private_with_those_above_it(tmp_path: Path) -> None:
    """I13: 0700."""
    made = private_folder(tmp_path / "a" / "b" / "state")
    assert mode(made) == 0o700


def test_a_folder_that_is_open_to_others_is_closed(tmp_path: Path) -> None:
    """I13."""
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o755)
    private_folder(folder)
    assert mode(folder) == 0o700


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="state folder") as caught:
        private_folder(tmp_path / where)
    assert "[state] path" in caught.value.hint


def test_files_of_the_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    """I13: 0600, whatever the umask is."""
    before = os.umask(0)
    try:
        WordFile(tmp_path).add(word())
        with locked(tmp_path):
            pass
    finally:
        os.umask(before)
    assert mode(tmp_path / WORDS) == 0o600
    assert mode(tmp_path / LOCK) == 0o600


# ----------------------------------------------------------------------------------------------------------- the lock


def test_a_second_daemon_is_refused_with_the_first_ones_number(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert running(tmp_path)
        with pytest.raises(AlreadyRunning, match=str(os.getpid())) as caught, locked(tmp_path):
            pass
    assert caught.value.exit is Exit.FAILED
    assert not running(tmp_path)


def test_the_lock_of_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    """P5: after a crash the next start goes on; the kernel, not a file, says who is there."""
    code = "import os, sys; from pathlib import Path; from agent.shell.files import locked\nwith locked(Path(sys.argv[1])): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, tmp_path], timeout=20, check=False).returncode == 9
    assert (tmp_path / LOCK).read_text()
    assert not running(tmp_path)
    with locked(tmp_path):
        assert running(tmp_path)


def test_asking_whether_one_runs_makes_no_file(tmp_path: Path) -> None:
    assert not running(tmp_path)
    assert not running(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path):
        pass


# ---------------------------------------------------------------------------------------------------------- the words

facts = st.lists(st.tuples(st.sampled_from(["text", "met", "remember"]), st.text(max_size=30)), max_size=3).map(tuple)
moments = st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bound is naive
said = st.builds(Word, st.uuids().map(str), moments, st.sampled_from(Verb), st.text(max_size=20), facts)


# Found by this test: str.splitlines cuts a JSON line at U+0085, U+2028 and U+2029, and the word is lost.
@pytest.mark.parametrize(
    "text", ["next\x85line", "line\u2028separated", "paragraph\u2029separated", "a\nb", "\x1c", "\0", "“é”"]
)
def test_no_letter_of_a_word_ends_its_line(tmp_path: Path, text: str) -> None:
    """I1: a note pasted from a web page or a PDF holds such letters."""
    WordFile(tmp_path).add(word("w1", text))
    assert WordFile(tmp_path).read() == (word("w1", text),)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(said, min_size=1, max_size=4, unique_by=lambda w: w.id))
def test_what_was_said_is_read_again_whatever_letters_it_has(tmp_path: Path, words: list[Word]) -> None:
    """I1: only the owner knew it, so nothing of it may be lost."""
    (tmp_path / WORDS).unlink(missing_ok=True)
    for each in words:
        WordFile(tmp_path).add(each)
    assert WordFile(tmp_path).read() == tuple(words)


def test_no_file_means_that_nothing_was_said(tmp_path: Path) -> None:
    words = WordFile(tmp_path)
    assert words.read() == ()
    assert words.version == (0, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_torn_last_line_costs_that_line_alone(tmp_path: Path, cut: int) -> None:
    """A power cut while it was written: the words before it count, and the next one does not run into it."""
    words = WordFile(tmp_path)
    words.add(word("w1"))
    words.add(word("w2"))
    raw = words.path.read_bytes()
    words.path.write_bytes(raw[:-cut])
    kept = ["w1", "w2"] if cut == 1 else ["w1"]
    assert [w.id for w in words.read()] == kept
    words.add(word("w3"))
    assert [w.id for w in words.read()] == [*kept, "w3"]


# Found by this test: a line that is JSON but no word of ours (a verb of a newer version, a missing field), or bytes that are no UTF-8,
# raises KeyError, ValueError or UnicodeDecodeError; every command then ends in a traceback.
@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "w9", "at": "2026-03-02T10:00:00+00:00", "verb": "levitate"}',
        b'{"verb": "news"}',
        b'{"id": "w9", "at": "one day", "verb": "news"}',
        b'{"id": "w9", "at": "2026-03-02T10:00:00", "verb": "news"}',
        b'{"id": "w9", "at": "2026-03-02T10:00:00+00:00", "verb": "news", "facts": [1]}',
        b'{"undo": ["w1"]}',
        b"[1, 2]",
        b"\xff\xfe\x00",
        b"",
    ],
    ids=["newer-verb", "bare", "no-moment", "no-zone", "odd-facts", "odd-undo", "no-object", "no-text", "empty"],
)
def test_a_line_that_is_no_word_does_not_take_the_others_with_it(tmp_path: Path, line: bytes) -> None:
    words = WordFile(tmp_path)
    words.add(word("w1"))
    with words.path.open("ab") as file:
        file.write(line + b"\n")
    words.add(word("w2"))
    assert [w.id for w in words.read()] == ["w1", "w2"]


def test_undo_takes_back_one_word_and_keeps_the_others(tmp_path: Path) -> None:
    words = WordFile(tmp_path)
    for name in ("w1", "w2", "w3"):
        words.add(word(name))
    words.undo("w2", NOW)
    assert [w.id for w in words.read()] == ["w1", "w3"]
    words.undo("w3", NOW)
    assert [w.id for w in words.read()] == ["w1"]


def test_the_version_changes_with_every_word(tmp_path: Path) -> None:
    words = WordFile(tmp_path)
    seen = {words.version}
    for name in ("w1", "w2"):
        words.add(word(name))
        seen.add(words.version)
    words.undo("w1", NOW)
    seen.add(words.version)
    assert len(seen) == 4


def test_forgetting_removes_the_texts_and_leaves_other_words(tmp_path: Path) -> None:
    """CONTRACT, `forget`: remove what is stored; also of words that were taken back."""
    words = WordFile(tmp_path)
    words.add(word("w1", "a secret hope"))
    words.add(word("w2", "kept", "<other@birch.example>"))
    words.add(word("w3", "another secret"))
    words.undo("w3", NOW + timedelta(minutes=1))
    words.forget({"<first@acme.example>"})
    assert [w.id for w in words.read()] == ["w2"]
    assert "secret" not in words.path.read_text()
    assert mode(words.path) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [WORDS]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder in its place stands for whatever the system refuses."""
    (tmp_path / WORDS).mkdir()
    with pytest.raises(StateError, match=WORDS):
        WordFile(tmp_path).add(word())


# ------------------------------------------------------------------------------------------------------ several writers


def many(folder: Path, name: str, count: int) -> None:
    for number in range(count):
        WordFile(folder).add(word(f"{name}-{number}", "x" * (number % 7) * 900))


def test_concurrent_appends_lose_and_mix_nothing(tmp_path: Path) -> None:
    """A command and the daemon write at the same time: each line is whole."""
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=many, args=(tmp_path, name, 25)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert [w.exitcode for w in writers] == [0] * 4
    found = [w.id for w in WordFile(tmp_path).read()]
    assert sorted(found) == sorted(f"{name}-{number}" for name in "abcd" for number in range(25))
    for name in "abcd":
        own = [int(i.partition("-")[2]) for i in found if i.startswith(f"{name}-")]
        assert own == list(range(25)), "each writer's words stand in the order in which they were said"


def entry(name: str) -> str:
    made = {
        "id": name,
        "at": NOW.isoformat(),
        "verb": "news",
        "about": "<other@birch.example>",
        "facts": [["text", "kept"]],
    }
    return json.dumps(made) + "\n"


# Found by this test: `forget` does not take the lock. A word that another process is writing at that moment is lost.
def test_forgetting_waits_for_a_word_that_is_being_written(tmp_path: Path) -> None:
    """I1: a daemon appends under the lock while a command forgets."""
    words = WordFile(tmp_path)
    words.add(word("w1"))
    with words.path.open("a") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        forgetting = threading.Thread(target=words.forget, args=({"<first@acme.example>"},))
        forgetting.start()
        forgetting.join(0.3)  # either it is through by now, or it waits for us
        writer.write(entry("w2"))
        writer.flush()
    forgetting.join(10)
    assert [w.id for w in words.read()] == ["w2"]


# Found by this test: a word that waits for the lock while the file is replaced goes into the file that is no more.
def test_a_word_that_waits_while_the_file_is_replaced_goes_into_the_new_one(tmp_path: Path) -> None:
    """I1: the other way round."""
    words = WordFile(tmp_path)
    words.add(word("w1", about="<other@birch.example>"))
    with words.path.open("a") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        adding = threading.Thread(target=words.add, args=(word("w2"),))
        adding.start()
        adding.join(0.3)
        fresh = words.path.with_suffix(".other")
        fresh.write_bytes(words.path.read_bytes())
        fresh.replace(words.path)
    adding.join(10)
    assert [w.id for w in words.read()] == ["w1", "w2"]
