"""A proxy that understands just enough of IMAP and SMTP to spoil one exchange: before the server acted, after it, or in its answer.

    with Proxy(port, IMAP) as proxy:
        proxy.fault = Fault("UID EXPUNGE", 1, When.AFTER, How.RESET)

An exchange is a command with its literals and the whole answer to it; connecting is one too. They are counted over all
connections from the moment at which `fault` is set. Without a fault everything passes, and `passed` tells what.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.servers.wire import Gone, Wire

HOST = "127.0.0.1"
PATIENCE = 10.0
NEVER = 10**9


class When(StrEnum):
    """What the server knows of it."""

    BEFORE = "before"  # nothing: it never gets the command
    AFTER = "after"  # it has acted; its answer is lost
    WITHIN = "within"  # it has acted; its answer stops after some bytes


class How(StrEnum):
    """What the client gets instead."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"  # the connection stays, with nobody there: no FIN ever comes
    SLOW = "slow"  # the answer comes, late
    NO = "NO"
    BAD = "BAD"
    UNAVAILABLE = "NO [UNAVAILABLE]"
    OVERQUOTA = "NO [OVERQUOTA]"
    READ_ONLY = "NO [READ-ONLY]"
    REFUSED = "NO [AUTHENTICATIONFAILED]"
    ALERT = "[ALERT] and then its answer"
    BYE = "BYE"
    GARBAGE = "garbage"
    LATER = "4yz"
    NEVER = "5yz"
    CLOSING = "421"


@dataclass(frozen=True, slots=True)
class Fault:
    """Spoil the `number`-th exchange of this name ("": of any), and the next `times` - 1 of that name."""

    name: str
    number: int
    when: When
    how: How
    times: int = 1
    bytes: int = 0  # with WITHIN: so many of the answer pass

    def __str__(self) -> str:
        many = (
            f" and the next {self.times - 1}"
            if 1 < self.times < NEVER
            else " and all after it"
            if self.times > 1
            else ""
        )
        return f"{self.how} {self.when} {self.name or 'exchange'} {self.number}{many}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the client said: its name as faults name it, its tag (IMAP), all its bytes as the server is to get them."""

    name: str
    tag: bytes
    raw: bytes


class Imap:
    """RFC 3501 as clients of one command at a time speak it. Literals go to the server without waiting (RFC 7888)."""

    def __init__(self, client: Wire, server: Wire) -> None:
        self.client, self.server = client, server

    def said(self) -> Exchange:
        raw, line = b"", self.client.line()
        first = line
        while found := re.search(rb"\{(\d+)(\+?)\}$", line):
            if not found[2]:
                self.client.send(b"+ go on\r\n")
            raw += line[: found.start()] + b"{" + found[1] + b"+}\r\n" + self.client.exactly(int(found[1]))
            line = self.client.line()
        words = first.split(b" ")
        name = b" ".join(words[1:3] if words[1:2] == [b"UID"] else words[1:2]).decode("ascii", "replace").upper()
        return Exchange(name, words[0], raw + line + b"\r\n")

    def answer(self, exchange: Exchange) -> bytes:
        """Up to the tagged line; the greeting is one line."""
        found = b""
        while True:
            start = line = self.server.line() + b"\r\n"
            while size := re.search(rb"\{(\d+)\}\r\n$", line):
                line = self.server.exactly(int(size[1])) + self.server.line() + b"\r\n"
                start += line
            found += start
            if not exchange.tag or start.startswith((exchange.tag + b" ", b"+ ")):
                return found

    def spoilt(self, how: How, exchange: Exchange) -> bytes:
        tag = exchange.tag or b"*"
        if how is How.BYE:
            return b"* BYE going down\r\n"
        if how is How.GARBAGE:
            return b"* 1 FETCH (UID (((\r\n\x00\xff}{ 7)\r\n" + tag + b" WHAT\r\n"
        return tag + b" " + how.value.encode() + b" not so\r\n"


class Smtp:
    """RFC 5321. The text after DATA is an exchange of its own, named TEXT."""

    def __init__(self, client: Wire, server: Wire) -> None:
        self.client, self.server = client, server
        self.in_text = False

    def said(self) -> Exchange:
        if self.in_text:
            self.in_text = False
            text = b""
            while not (b"\r\n" + text).endswith(b"\r\n.\r\n"):
                text += self.client.line() + b"\r\n"
            return Exchange("TEXT", b"", text)
        line = self.client.line()
        return Exchange(line.split(b" ")[0].decode("ascii", "replace").upper(), b"", line + b"\r\n")

    def answer(self, exchange: Exchange) -> bytes:
        found = b""
        while True:
            line = self.server.line() + b"\r\n"
            found += line
            if line[3:4] != b"-":
                self.in_text = exchange.name == "DATA" and line.startswith(b"354")
                return found

    def spoilt(self, how: How, exchange: Exchange) -> bytes:
        told = {How.LATER: b"451 4.3.0 not now", How.NEVER: b"554 5.7.1 never", How.CLOSING: b"421 4.3.2 closing"}
        return told.get(how, b"\x00\xff what\r\nelse") + b"\r\n"


Language = Callable[[Wire, Wire], Imap | Smtp]


class Proxy:
    """`with Proxy(port, Imap) as proxy:` listens on `proxy.port` before the server on `port`."""

    def __init__(self, port: int, language: Language, late: float = 0.3) -> None:
        """`late`: seconds by which a slow answer is late."""
        self.target, self.language, self.late = port, language, late
        self.fault: Fault | None = None
        self.passed: list[str] = []
        self.struck = 0
        self.ended = threading.Event()
        self.open: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self.listener = socket.create_server((HOST, 0))
        self.port = int(self.listener.getsockname()[1])

    def __enter__(self) -> Proxy:
        self.start(self.listen)
        return self

    def __exit__(self, *exception: object) -> None:
        self.ended.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()
        for thread in self.threads:
            thread.join(PATIENCE)

    def start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="proxy", daemon=True)
        self.threads.append(thread)
        thread.start()

    def spoil(self, fault: Fault | None) -> None:
        """From now on."""
        self.passed.clear()
        self.struck, self.fault = 0, fault

    def cut(self) -> None:
        """End all connections."""
        for each in self.open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def listen(self) -> None:
        while not self.ended.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.threads = [t for t in self.threads if t.is_alive()]
            self.start(self.serve, client)

    def serve(self, client: socket.socket) -> None:
        server = socket.create_connection((HOST, self.target))
        here, there = Wire(client), Wire(server)
        self.open += [client, server]
        try:
            with contextlib.suppress(Gone):
                self.talk(here, there)
        finally:
            for each in (client, server):
                self.open.remove(each)
                each.close()

    def talk(self, here: Wire, there: Wire) -> None:
        language = self.language(here, there)
        self.pass_on(language, here, there, Exchange("CONNECT", b"", b""))
        while True:
            self.pass_on(language, here, there, language.said())

    def pass_on(self, language: Imap | Smtp, here: Wire, there: Wire, exchange: Exchange) -> None:
        fault = self.due(exchange)
        if fault is None or fault.when is not When.BEFORE:
            there.send(exchange.raw)
            answer = language.answer(exchange)
        else:
            answer = b""
        if fault is None:
            here.send(answer)
            return
        if fault.when is When.WITHIN:
            here.send(answer[: fault.bytes] if fault.bytes else answer[: len(answer) // 2])
        self.strike(fault, language, here, exchange, answer)

    def due(self, exchange: Exchange) -> Fault | None:
        """Is this one to be spoilt?"""
        self.passed.append(exchange.name)
        fault = self.fault
        if fault is None or fault.name not in ("", exchange.name):
            return None
        count = len(self.passed) if not fault.name else self.passed.count(exchange.name)
        if not fault.number <= count < fault.number + fault.times:
            return None
        self.struck += 1
        return fault

    def strike(self, fault: Fault, language: Imap | Smtp, here: Wire, exchange: Exchange, answer: bytes) -> None:
        how = fault.how
        if how is How.SILENCE:
            here.until_gone()
        elif how is How.SLOW:
            self.ended.wait(self.late)
            here.send(answer)
        elif how is How.ALERT:
            here.send(b"* OK [ALERT] the server room is warm\r\n" + answer)
        elif how in (How.CLOSE, How.RESET):
            if how is How.RESET:
                here.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Gone
        else:
            here.send(language.spoilt(how, exchange))
            if how in (How.BYE, How.CLOSING):
                raise Gone
