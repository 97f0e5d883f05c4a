"""A folder watched by IDLE on a connection of its own: tells "look", never what changed (I9), and says when it is blind (I14).

imapclient's own idle_check loses mail that came just before IDLE, spins on EOF and breaks lines that arrive in pieces;
`wait` below reads whole lines, sees what is already buffered, and can be woken by another thread.
"""

from __future__ import annotations

import contextlib
import imaplib
import random
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable

from agent.errors import AfterwordError, Again, ConnectionLost
from agent.shell.connection import reason
from agent.shell.imap import Account, Mailbox, Opened

RENEW_SECONDS = 9 * 60.0  # RFC 2177 §3: servers cut at 30 minutes; home routers and Gmail forget after 10
POLL_SECONDS = 60.0  # where the server has no IDLE
FIRST_BACK_OFF, LONGEST_BACK_OFF = 1.0, 300.0
LINE_SECONDS = 30.0  # a line that has begun must end


class BackOff:
    """Seconds to wait after each failure in a row, doubled and shaken, so that many clients do not return together."""

    def __init__(self, first: float = FIRST_BACK_OFF, longest: float = LONGEST_BACK_OFF) -> None:
        self.first, self.longest, self.failures = first, longest, 0

    def next(self, error: AfterwordError | None = None) -> float:
        """`error`: one that another connection may cure is tried again at once, the first time."""
        self.failures += 1
        if self.failures == 1 and getattr(error, "again", None) is Again.AT_ONCE:
            return self.first * random.uniform(0.1, 0.5)
        whole = min(self.first * 2.0 ** (self.failures - 1), self.longest)
        return whole * random.uniform(0.6, 1.0)

    def reset(self) -> None:
        self.failures = 0


class Watcher(threading.Thread):
    """Watches one folder until stopped. `look(folder)` and `state(folder, error or None)` are called from this thread."""

    def __init__(
        self,
        account: Account,
        folder: str,
        look: Callable[[str], None],
        state: Callable[[str, AfterwordError | None], None],
        renew: float = RENEW_SECONDS,
        poll: float = POLL_SECONDS,
        back_off: BackOff | None = None,
    ) -> None:
        super().__init__(name=f"watch {folder}", daemon=True)
        self.account, self.folder, self.look, self.state = account, folder, look, state
        self.renew, self.poll, self.back_off = renew, poll, back_off or BackOff()
        self.stopping = threading.Event()
        self.woken, self.waker = socket.socketpair()

    def stop(self) -> None:
        """End the thread from another one, whatever it waits for."""
        self.stopping.set()
        with contextlib.suppress(OSError):  # it has ended by itself
            self.waker.send(b"x")

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                try:
                    self.watch()
                except AfterwordError as error:
                    if self.stopping.is_set():
                        break
                    self.state(self.folder, error)
                    self.sleep(self.back_off.next(error))
        finally:
            self.woken.close()
            self.waker.close()

    def sleep(self, seconds: float) -> None:
        """Wait for this long, or until stopped."""
        select.select([self.woken], [], [], seconds)

    def watch(self) -> None:
        """One connection's life. Ends only by an error or by `stop`."""
        mailbox = Mailbox(self.account)
        try:
            mailbox.open(self.folder)
            if "IDLE" in mailbox.capabilities:
                self.by_idle(mailbox)
            else:
                self.by_polling(mailbox)
        finally:
            mailbox.close()

    def by_idle(self, mailbox: Mailbox) -> None:
        armed = False
        while not self.stopping.is_set():
            told = begin(mailbox)
            if not armed:  # only now nothing can slip through between the last look and the watch
                self.back_off.reset()
                self.state(self.folder, None)
            if told or not armed:
                armed = True
                self.look(self.folder)
            lines = wait(mailbox, self.renew, self.woken.fileno())
            if lines:
                self.look(self.folder)
            if self.stopping.is_set():
                return
            with mailbox.limited("DONE", LINE_SECONDS):
                _, late = mailbox.client.idle_done()
            if late:
                self.look(self.folder)

    def by_polling(self, mailbox: Mailbox) -> None:
        before: Opened | None = None
        while not self.stopping.is_set():
            now = mailbox.open(self.folder)  # not STATUS: that is not for the folder that is open (RFC 3501 §6.3.10)
            if before is None:
                self.back_off.reset()
                self.state(self.folder, None)
            if now != before:
                before = now
                self.look(self.folder)
            self.sleep(self.poll)


def begin(mailbox: Mailbox) -> bool:
    """Say IDLE and wait for the server's "+" -> did it tell anything before that, as it may at any time (RFC 3501 §7)?"""
    told = False
    with mailbox.limited("IDLE"):
        client, wire = mailbox.client, mailbox.client._imap
        client._idle_tag = tag = wire._command("IDLE")
        while (line := wire._get_response()) is not None:
            if wire.tagged_commands[tag] is not None:  # a NO or BAD in place of "+"
                raise imaplib.IMAP4.error(wire.tagged_commands.pop(tag)[1][-1])
            told = told or news(line)
    return told


def news(line: bytes) -> bool:
    """Is an untagged line more than "* OK Still here"?"""
    return not line.upper().startswith((b"* OK", b"* NO"))


def wait(mailbox: Mailbox, seconds: float, wake: int) -> list[bytes]:
    """Whole untagged lines of an IDLE, as soon as there are any; [] after `seconds` or when `wake` becomes readable.

    Raises ConnectionLost on EOF, on BYE, and on a line that began and stalls.
    """
    end = time.monotonic() + seconds
    lines: list[bytes] = []
    while True:
        try:
            if not buffered(mailbox):
                if lines or not readable(mailbox, end - time.monotonic(), wake):
                    return lines
                if not buffered(mailbox) and not more(mailbox):
                    raise ConnectionLost(f"{mailbox.account.host} closed the connection")
            with mailbox.limited("IDLE", LINE_SECONDS):
                line: bytes = mailbox.client._imap._get_line()
        except (OSError, imaplib.IMAP4.error) as error:
            raise ConnectionLost(f"{mailbox.account.host}: the watch broke off ({reason(error)})") from None
        if line.upper().startswith(b"* BYE"):
            raise ConnectionLost(f"{mailbox.account.host} said goodbye")
        if news(line):
            lines.append(line)


def readable(mailbox: Mailbox, seconds: float, wake: int) -> bool:
    """Wait for bytes from the server. False: time is up, or another thread wants this one."""
    poller = select.poll()
    poller.register(mailbox.fileno(), select.POLLIN)
    poller.register(wake, select.POLLIN)
    events = dict(poller.poll(max(0.0, seconds) * 1000))
    return bool(events) and wake not in events


def buffered(mailbox: Mailbox) -> bool:
    """Do imaplib's reader or the TLS layer hold bytes already, which poll cannot see?"""
    connection = mailbox.client.socket()
    before = connection.gettimeout()
    connection.settimeout(0)
    try:
        return bool(mailbox.client._imap.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return False
    finally:
        connection.settimeout(before)


def more(mailbox: Mailbox) -> bool:
    """Readable but nothing decoded: EOF, or half a TLS record. A blocking read of one byte tells them apart."""
    with mailbox.limited("IDLE", LINE_SECONDS):
        return bool(mailbox.client._imap.file.peek(1))
