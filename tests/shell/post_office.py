"""SMTP servers for the tests here: aiosmtpd for what goes well, and a script of replies for what goes wrong at a given line."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from agent.shell.imap import Account

HOST = "127.0.0.1"
USER, PASSWORD = "sam@example.com", "open sesame"


class PostOffice(Controller):
    """A real SMTP server that keeps the envelopes it takes. Options are aiosmtpd's, as `auth_required`, `tls_context`."""

    def __init__(self, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        self.taken: list[tuple[str, tuple[str, ...], bytes]] = []
        super().__init__(self, hostname=HOST, port=0, ssl_context=tls, **options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content)))
        return "250 2.0.0 queued as 12345"

    def _trigger_server(self) -> None:
        # port 0 was asked for; aiosmtpd connects to the number it was given
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def __enter__(self) -> PostOffice:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def account(self, security: str = "none", **more: Any) -> Account:
        return account(self.port, security, **more)


def opens_to(user: str, password: str) -> dict[str, Any]:
    """Options for a server that asks for this login."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return {"authenticator": check, "auth_required": True}


def account(port: int, security: str = "none", host: str = HOST, password: str = PASSWORD, **more: Any) -> Account:
    return Account(host, port, security, USER, lambda: password, **more)


class Scripted:
    """One dialogue for each connection. `replies`: verb ("connect", "EHLO", "MAIL", "RCPT 2", "DATA", "." …) -> what is answered:
    a line, "drop" (the connection is cut), "reset" (cut with RST), or "silence" until the client leaves."""

    def __init__(self, **replies: str) -> None:
        self.replies = {"connect": "220 ready", "EHLO": "250 script.example", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on",
                        ".": "250 taken", "RSET": "250 ok", "QUIT": "221 bye"} | replies  # fmt: skip
        self.said: list[str] = []
        self.text = b""
        self.connections = 0
        self.listener = socket.create_server((HOST, 0))
        self.port = int(self.listener.getsockname()[1])
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> Scripted:
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    @property
    def verbs(self) -> list[str]:
        return [line.split(" ")[0].split(":")[0].upper() for line in self.said]

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with connection, contextlib.suppress(OSError, EOFError):
                connection.settimeout(10)
                self.talk(connection, connection.makefile("rb"))

    def talk(self, connection: socket.socket, lines: Any) -> None:
        self.answer(connection, lines, "connect")
        recipients = 0
        while line := lines.readline():
            self.said.append(line.decode("utf-8", "replace").strip())
            verb = self.verbs[-1]
            recipients += verb == "RCPT"
            numbered = f"{verb} {recipients}"
            self.answer(connection, lines, numbered if numbered in self.replies else verb)
            if verb == "QUIT":
                return
            if verb == "DATA" and self.replies["DATA"].startswith("354"):
                while (line := lines.readline()) not in (b".\r\n", b""):
                    self.text += line
                    if self.replies["."] == "drop at once":
                        raise EOFError
                self.answer(connection, lines, ".")

    def answer(self, connection: socket.socket, lines: Any, verb: str) -> None:
        reply = self.replies.get(verb, "500 what?")
        if reply in ("drop", "reset"):
            if reply == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            lines.close()
            raise EOFError
        if reply == "silence":
            while lines.readline():
                pass
            raise EOFError
        connection.sendall(reply.encode() + b"\r\n")
