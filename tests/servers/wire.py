"""The server's end of one connection: whole lines and exact counts of bytes."""

from __future__ import annotations

import contextlib
import select
import socket

AT_A_TIME = 65536


class Gone(Exception):
    """The other side has left, or the test wants this connection to end."""


class Wire:
    """Reads with a buffer of its own, so that it is known whether anything was received already."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection = connection
        self.held = bytearray()

    def more(self) -> None:
        """Wait for bytes. Raises Gone."""
        try:
            found = self.connection.recv(AT_A_TIME)
        except OSError:
            raise Gone from None
        if not found:
            raise Gone
        self.held += found

    def line(self) -> bytes:
        """The next line, without its end."""
        while b"\r\n" not in self.held:
            self.more()
        line, _, rest = bytes(self.held).partition(b"\r\n")
        self.held = bytearray(rest)
        return line

    def exactly(self, size: int) -> bytes:
        while len(self.held) < size:
            self.more()
        found = bytes(self.held[:size])
        del self.held[:size]
        return found

    def send(self, data: bytes) -> None:
        try:
            self.connection.sendall(data)
        except OSError:
            raise Gone from None

    def wait(self, *others: socket.socket) -> bool:
        """Wait for bytes from the client, or for one of `others` to become readable -> has the client sent something?"""
        if self.held:
            return True
        try:
            ready, _, _ = select.select([self.connection, *others], [], [])
        except (OSError, ValueError):
            raise Gone from None
        return self.connection in ready

    def until_gone(self) -> None:
        """Listen, and say nothing, for as long as the client stays. Always raises Gone."""
        while True:
            self.more()
            self.held.clear()

    def cut(self) -> None:
        """End the connection from another thread: whoever waits on it wakes."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self.connection.close()
