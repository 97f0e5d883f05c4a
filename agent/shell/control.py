"""A socket in the state folder by which the commands reach a running daemon: "look", and wait until it has looked.

Only the owner can open it (the folder is 0700). Nothing but one word is ever read from it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from agent.shell.files import SOCKET

ANSWER_SECONDS = 30.0
LONGEST_PATH = 100  # bytes; sun_path holds 108 (unix(7)), on other systems 104


@contextlib.contextmanager
def address(folder: Path) -> Iterator[str]:
    """The socket's path, for as long as it takes to bind or connect; where it is too long for a socket address, by way of
    the opened folder (proc(5)), or relative where there is no /proc."""
    path = folder / SOCKET
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        through = Path(f"/proc/self/fd/{opened}")
        yield str(through / SOCKET) if through.exists() else os.path.relpath(path)
    finally:
        os.close(opened)


async def serve(folder: Path, looked: Callable[[], Awaitable[str]]) -> asyncio.Server:
    """Answer each "look" with how the turn went, after it has ended."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            word = await asyncio.wait_for(reader.readline(), 5.0)
            if word.strip() == b"look":
                writer.write((await looked()).encode() + b"\n")
                await writer.drain()
        except (TimeoutError, ConnectionError, ValueError):
            return  # a caller who went away, or sent no line
        finally:
            writer.close()

    remove(folder)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with address(folder) as path:
            listener.bind(path)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    return await asyncio.start_unix_server(answer, sock=listener, limit=256)


def remove(folder: Path) -> None:
    """Take the socket away: one that a dead daemon left, or our own at the end."""
    (folder / SOCKET).unlink(missing_ok=True)


def poke(folder: Path, seconds: float = ANSWER_SECONDS) -> str | None:
    """Have a running daemon look now -> what it says, or None where none answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(seconds)
            with address(folder) as path:
                connection.connect(path)
            connection.sendall(b"look\n")
            return connection.makefile("r", encoding="utf-8").readline().strip() or None
    except OSError:
        return None
