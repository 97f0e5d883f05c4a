"""The demo's embedded IMAP server behind the interface of the tests."""

from __future__ import annotations

from agent.demo.server import EmbeddedServer
from agent.shell.imap import Account
from tests.servers import Stored
from tests.servers.over_imap import stored
from tests.servers.relay import Relay


class Embedded:
    """`MailServer`. Clients reach it through a relay, which can be cut."""

    def __init__(self, user: str = "you", password: str = "demo") -> None:
        self.server = EmbeddedServer(user, password)
        self.relay: Relay | None = None

    def __enter__(self) -> Embedded:
        self.server.__enter__()
        self.relay = Relay(self.server.host, self.server.port)
        self.relay.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        assert self.relay is not None
        self.relay.__exit__()
        self.server.__exit__()

    @property
    def account(self) -> Account:
        assert self.relay is not None
        return Account(self.relay.host, self.relay.port, "none", self.server.user, lambda: self.server.password)

    def named(self, folder: str) -> str:
        return folder

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        self.server.deliver(raw, folder)

    def messages(self, folder: str = "INBOX") -> list[Stored]:
        return stored(self.account, folder)

    def kick(self) -> None:
        assert self.relay is not None
        self.relay.cut()
