"""A scripted mail server: a test writes down the conversation, line by line, and the client under test plays its part.

    talk = Talk("IDLE").client("EXAMINE *").ok("[READ-ONLY] ready").client("IDLE").server("+ idling", "* 5 EXISTS").drops()
    with talk:
        mailbox = Mailbox(talk.account)

The greeting (unless it is ""), CAPABILITY and LOGIN are answered by themselves, unless the script expects the line. After `drops` the conversation
goes on with the client's next connection. Leaving the `with` fails if the client said something else, or not everything.
"""

from __future__ import annotations

import contextlib
import fnmatch
import re
import socket
import ssl
import threading
from collections.abc import Callable

from agent.shell.imap import Account
from tests.servers.wire import Gone, Wire

HOST = "127.0.0.1"
LONGEST_SECONDS = 10.0  # a conversation that takes longer has failed


class Talk:
    """The script and its server."""

    def __init__(self, extensions: str = "", greeting: str | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.capability = f"IMAP4rev1 {extensions}".strip()
        self.greeting = f"* OK [CAPABILITY {self.capability}] ready" if greeting is None else greeting
        self.tls = tls
        self.steps: list[tuple[str, Callable[[], None]]] = []
        self.played = 0
        self.failure = ""
        self.tag, self.announced = "", 0
        self.wire: Wire | None = None
        self.literals: list[bytes] = []
        self.listener = socket.create_server((HOST, 0))
        self.listener.settimeout(LONGEST_SECONDS)
        self.port = int(self.listener.getsockname()[1])
        self.leaving = False
        self.thread = threading.Thread(target=self.run, name="scripted server", daemon=True)

    @property
    def account(self) -> Account:
        security = "tls" if self.tls else "none"
        return Account(HOST, self.port, security, "sam", lambda: "secret")

    # --------------------------------------------------------------------------------------------------- the script

    def step(self, name: str, action: Callable[[], None]) -> Talk:
        self.steps.append((name, action))
        return self

    def client(self, pattern: str) -> Talk:
        """The client says a line like this: a tag and the pattern, in which * stands for anything."""
        return self.step(f"client says {pattern}", lambda: self.expect(pattern))

    def literal(self) -> Talk:
        """The client sends the literal that its last line announced; it is kept in `literals`."""
        return self.step("client sends a literal", self.take_literal)

    def server(self, *lines: str) -> Talk:
        data = "".join(line + "\r\n" for line in lines).encode()
        return self.raw(data)

    def raw(self, data: bytes) -> Talk:
        """The server sends exactly this, in one packet if the network lets it."""
        return self.step(f"server sends {data[:40]!r}", lambda: self.now().send(data))

    def ok(self, text: str = "done") -> Talk:
        return self.tagged(f"OK {text}")

    def no(self, text: str) -> Talk:
        return self.tagged(f"NO {text}")

    def tagged(self, text: str) -> Talk:
        return self.step(f"server answers {text}", lambda: self.now().send(f"{self.tag} {text}\r\n".encode()))

    def waits(self, event: threading.Event) -> Talk:
        """The server goes on when the test says so."""
        return self.step("server waits", lambda: self.check(event.wait(LONGEST_SECONDS), "nobody let the server go on"))

    def tells(self, event: threading.Event) -> Talk:
        """The test learns that the conversation has come this far."""
        return self.step("the test is told", event.set)

    def drips(self, piece: bytes, every: float) -> Talk:
        """The server sends `piece` again and again, slowly, until the client leaves."""
        return self.step("server drips", lambda: self.drip(piece, every))

    def silent(self) -> Talk:
        """Neither says anything until the client leaves."""
        return self.step("silence", self.listen)

    def drops(self) -> Talk:
        """The server closes; what follows is said on the client's next connection."""
        return self.step("server closes", self.hang_up)

    def secures(self, context: ssl.SSLContext) -> Talk:
        """TLS begins (STARTTLS)."""
        return self.step("TLS begins", lambda: self.wrap(context))

    def turned_away(self, context: ssl.SSLContext) -> Talk:
        """The client begins TLS and leaves because of what it saw."""
        return self.step("the client turns away", lambda: self.refused(context))

    # --------------------------------------------------------------------------------------------------- the playing

    def __enter__(self) -> Talk:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.leaving = kind is not None
        if self.leaving and self.wire is not None:
            self.wire.cut()
        self.thread.join(LONGEST_SECONDS)
        self.listener.close()
        if kind is None:
            assert not self.failure, self.failure
            assert self.played == len(self.steps), f"not reached: {self.steps[self.played][0]}"

    def run(self) -> None:
        """Play the steps; then keep the last connection open until the client leaves."""
        try:
            for name, action in self.steps:
                try:
                    action()
                except (Gone, TimeoutError):
                    self.failure = f"the client left, or said nothing, where the script has: {name}"
                    return
                self.played += 1
            if self.wire is not None:
                self.listen()
        except AssertionError as error:
            self.failure = str(error)
        finally:
            self.hang_up()

    @staticmethod
    def check(holds: bool, why: str) -> None:
        assert holds, why

    def now(self) -> Wire:
        """The connection; where there is none yet, the next one that the client makes, with the greeting said."""
        if self.wire is None:
            connection = self.accepted()
            self.wire = Wire(self.tls.wrap_socket(connection, server_side=True) if self.tls else connection)
            if self.greeting:
                self.wire.send(self.greeting.encode() + b"\r\n")
        return self.wire

    def accepted(self) -> socket.socket:
        connection, _ = self.listener.accept()
        connection.settimeout(LONGEST_SECONDS)
        return connection

    def expect(self, pattern: str) -> None:
        while True:
            line = self.now().line().decode("latin-1")
            tag, _, text = line.partition(" ")
            if line == pattern:  # DONE, or an answer to a challenge: no tag
                return
            self.tag = tag
            if fnmatch.fnmatchcase(text, bracketed(pattern)):
                size = re.search(r"\{(\d+)\+?\}$", text)
                self.announced = int(size[1]) if size else 0
                return
            if not self.polite(text):
                raise AssertionError(f"the script has {pattern!r}, the client said {line!r}")

    def polite(self, text: str) -> bool:
        """Answer what every client says at the start."""
        if text == "CAPABILITY":
            self.now().send(f"* CAPABILITY {self.capability}\r\n{self.tag} OK done\r\n".encode())
            return True
        if text.startswith("LOGIN "):
            self.now().send(f"{self.tag} OK [CAPABILITY {self.capability}] logged in\r\n".encode())
            return True
        return False

    def take_literal(self) -> None:
        self.literals.append(self.now().exactly(self.announced))
        assert self.now().exactly(2) == b"\r\n", "the command goes on after its literal"

    def drip(self, piece: bytes, every: float) -> None:
        with contextlib.suppress(Gone):
            while True:
                self.now().send(piece)
                threading.Event().wait(every)
        self.hang_up()

    def listen(self) -> None:
        with contextlib.suppress(Gone):
            self.now().until_gone()
        self.hang_up()

    def hang_up(self) -> None:
        if self.wire is not None:
            self.wire.close()
            self.wire = None

    def wrap(self, context: ssl.SSLContext) -> None:
        assert self.wire is not None
        self.wire = Wire(context.wrap_socket(self.wire.connection, server_side=True))

    def refused(self, context: ssl.SSLContext) -> None:
        connection = self.wire.connection if self.wire is not None else self.accepted()
        try:
            secured = context.wrap_socket(connection, server_side=True)
        except (ssl.SSLError, ConnectionError):
            connection.close()
            self.wire = None
            return
        secured.close()
        raise AssertionError("the client accepted the certificate")


def bracketed(pattern: str) -> str:
    """fnmatch gives brackets a meaning; here they are what IMAP says."""
    return pattern.replace("[", "[[]")
