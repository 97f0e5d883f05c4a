"""The socket between commands and the daemon: a look is answered after it was looked; whatever else is said changes nothing."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.shell import control
from agent.shell.files import SOCKET


@contextmanager
def serving(folder: Path, answer: Callable[[int], str] = lambda count: "looked") -> Iterator[list[int]]:
    """A daemon's end in a thread. Gives the list of looks that took place."""
    looks: list[int] = []
    started, ended = threading.Event(), threading.Event()

    async def looked() -> str:
        looks.append(len(looks))
        return answer(len(looks))

    async def run() -> None:
        server = await control.serve(folder, looked)
        started.set()
        await asyncio.to_thread(ended.wait)
        server.close()

    def work() -> None:
        try:
            asyncio.run(run())
        except OSError as error:
            failures.append(error)
            started.set()

    failures: list[OSError] = []
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert started.wait(5)
    assert not failures, failures
    try:
        yield looks
    finally:
        ended.set()
        thread.join(5)


def raw(folder: Path, data: bytes, close: bool = False) -> bytes:
    """What the daemon says to these bytes."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(5)
        with control.address(folder) as path:
            connection.connect(path)
        connection.sendall(data)
        if close:
            return b""
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").read()


def test_a_look_is_answered_with_how_it_went(tmp_path: Path) -> None:
    with serving(tmp_path, lambda count: f"looked {count}") as looks:
        assert control.poke(tmp_path) == "looked 1"
        assert control.poke(tmp_path) == "looked 2"
        assert len(looks) == 2


def test_the_answer_comes_after_the_look_has_ended(tmp_path: Path) -> None:
    """`afterword tell` says what came of it, not that it was heard."""
    done: list[float] = []

    def slow(count: int) -> str:
        time.sleep(0.2)
        done.append(time.monotonic())
        return "looked"

    with serving(tmp_path, slow):
        assert control.poke(tmp_path) == "looked"
        assert done and time.monotonic() >= done[0]


def test_where_nobody_listens_there_is_no_answer(tmp_path: Path) -> None:
    """No socket, a socket that nobody serves any more, a file in its place, no folder: all the same."""
    assert control.poke(tmp_path) is None
    assert control.poke(tmp_path / "nowhere") is None
    left = tmp_path / SOCKET
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(left))
    assert control.poke(tmp_path) is None
    left.unlink()
    left.write_text("")
    assert control.poke(tmp_path) is None


def test_a_daemon_that_does_not_answer_in_time_is_not_waited_for(tmp_path: Path) -> None:
    waits = threading.Event()
    with serving(tmp_path, lambda count: str(waits.wait(5))):
        assert control.poke(tmp_path, 0.2) is None
        waits.set()


def test_a_socket_left_by_a_dead_daemon_is_taken_over(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(tmp_path / SOCKET))
    with serving(tmp_path):
        assert control.poke(tmp_path) == "looked"


def test_only_its_owner_can_open_the_socket(tmp_path: Path) -> None:
    """I13; and the process' umask is as it was."""
    before = os.umask(0o022)
    os.umask(before)
    with serving(tmp_path):
        assert stat.S_IMODE((tmp_path / SOCKET).stat().st_mode) & 0o077 == 0
    after = os.umask(before)
    assert after == before


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"delete everything\n",
        b"LOOK\n",
        b"look at this\n",
        b"\x00\xff\xfe\n",
        b"x" * 5000,
        b"x" * 5000 + b"\nlook\n",
    ],
    ids=["nothing", "empty-line", "other-word", "capitals", "more-words", "binary", "endless", "endless-then-look"],
)
def test_garbage_is_ignored_and_the_next_look_answered(tmp_path: Path, garbage: bytes) -> None:
    with serving(tmp_path) as looks:
        assert raw(tmp_path, garbage) == b""
        assert looks == []
        assert control.poke(tmp_path) == "looked"


def test_a_caller_who_goes_away_hurts_nobody(tmp_path: Path) -> None:
    with serving(tmp_path) as looks:
        for _ in range(5):
            raw(tmp_path, b"look\n", close=True)
        assert control.poke(tmp_path) == "looked"
        assert len(looks) <= 6


def test_several_callers_are_all_answered(tmp_path: Path) -> None:
    with serving(tmp_path), ThreadPoolExecutor(5) as pool:
        assert list(pool.map(lambda _: control.poke(tmp_path), range(5))) == ["looked"] * 5


# Found by this test: where the folder's path is longer than a socket address, the path relative to the working directory is taken, which is no
# shorter from anywhere else: OSError, "AF_UNIX path too long", out of `serve`, and a daemon that does not start.
@pytest.mark.parametrize("length", [60, 120, 240])
@pytest.mark.parametrize("here", ["/", "inside"])
def test_a_folder_with_a_long_name_is_served_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int, here: str
) -> None:
    """sun_path holds 108 bytes (unix(7)); a home folder on a network easily has more."""
    folder = tmp_path / ("long" * 60)[:length]
    folder.mkdir()
    monkeypatch.chdir("/" if here == "/" else folder)
    with serving(folder):
        assert control.poke(folder) == "looked"
        monkeypatch.chdir("/")
        assert control.poke(folder) == "looked", "the command runs in another directory than the daemon"
