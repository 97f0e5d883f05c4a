"""The mail server to send by: keeps the letters it takes, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"


class Mood(StrEnum):
    """What the server does with a message."""

    KIND = "kind"
    DEFERS_SENDER = "defers the sender"  # 451 to MAIL
    DEFERS_RECIPIENT = "defers the recipient"  # 450 to RCPT
    DEFERS_TEXT = "defers the text"  # 451 after the text
    REFUSES_RECIPIENT = "refuses the recipient"  # 550 to RCPT
    REFUSES_TEXT = "refuses the text"  # 554 after the text
    TAKES_AND_DROPS = "takes it and drops the line"  # taken, but the 250 never comes
    DROPS_UNTAKEN = "drops the line without taking it"  # after the text, too: the client cannot know
    SLOW = "slow"  # the 250 comes after a while


@dataclass(frozen=True, slots=True)
class Handed:
    """A letter as it was taken: the envelope, the bytes, and its Message-ID."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.raw, policy=compat32)["Message-ID"] or "")

    @property
    def headers(self) -> frozenset[str]:
        return frozenset(name.lower() for name in message_from_bytes(self.raw, policy=compat32))


class Post(Controller):
    """`with Post() as post:` listens on `post.port`; `letters` are those it took, whatever it answered."""

    SLOW_SECONDS = 0.3

    def __init__(self) -> None:
        self.letters: list[Handed] = []
        self.tried = 0  # how often a text was begun to be handed over
        self.mood = Mood.KIND
        self.taken = threading.Condition()
        super().__init__(self, hostname=HOST, port=0)

    def __enter__(self) -> Post:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # it was given 0, and would connect to that
        super()._trigger_server()

    def await_letters(self, count: int, seconds: float = 10.0) -> None:
        """Until so many were taken. Raises TimeoutError."""
        with self.taken:
            if not self.taken.wait_for(lambda: len(self.letters) >= count, seconds):
                raise TimeoutError(f"{len(self.letters)} of {count} letters came")

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.mood is Mood.DEFERS_SENDER:
            return "451 4.3.0 not now"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.mood is Mood.DEFERS_RECIPIENT:
            return "450 4.2.0 not now"
        if self.mood is Mood.REFUSES_RECIPIENT:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.tried += 1
        if self.mood is Mood.DEFERS_TEXT:
            return "451 4.3.0 not now"
        if self.mood is Mood.REFUSES_TEXT:
            return "554 5.6.0 not this"
        if self.mood is Mood.DROPS_UNTAKEN:
            return self.drop(server)
        with self.taken:
            self.letters.append(Handed(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content)))
            self.taken.notify_all()
        if self.mood is Mood.TAKES_AND_DROPS:
            return self.drop(server)
        if self.mood is Mood.SLOW:
            await asyncio.sleep(self.SLOW_SECONDS)
        return "250 2.0.0 taken"

    @staticmethod
    def drop(server: SMTP) -> str:
        """End the connection before the answer can leave."""
        if server.transport is not None:
            server.transport.abort()
        return "250 unheard"
