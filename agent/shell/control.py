"""A socket in the state folder by which the commands reach a running daemon: "look", and wait until it has looked.

Only the owner can open it (the folder is 0700). Nothing but one word is ever read from it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from agent.shell.files import SOCKET

ANSWER_SECONDS = 30.0
LONGEST_PATH = 100  # bytes; sun_path holds 108


def address(folder: Path) -> str:
    """The socket's path; through /proc where it is too long for a socket address."""
    path = str(folder / SOCKET)
    if len(path.encode()) <= LONGEST_PATH:
        return path
    return os.path.relpath(path)


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

    path = address(folder)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    before = os.umask(0o177)
    try:
        return await asyncio.start_unix_server(answer, path, limit=256)
    finally:
        os.umask(before)


def poke(folder: Path, seconds: float = ANSWER_SECONDS) -> str | None:
    """Have a running daemon look now -> what it says, or None where none answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(seconds)
            connection.connect(address(folder))
            connection.sendall(b"look\n")
            return connection.makefile("r", encoding="utf-8").readline().strip() or None
    except OSError:
        return None
