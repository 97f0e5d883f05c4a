"""The mail servers of the contract suite, and what its tests have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from imapclient import IMAPClient

from agent.shell.imap import Account, Mailbox
from tests.servers import MailServer
from tests.servers.dovecot import Dovecot
from tests.servers.embedded import Embedded
from tests.servers.fake_imap import EXTENSIONS, FakeImap
from tests.servers.over_imap import capabilities
from tests.servers.relay import Relay

SERVERS = ("fake", "bare fake", "embedded", "dovecot", "bare dovecot")


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    """A mailbox on each kind of server; the bare ones offer no extension and keep all folders below INBOX."""
    if request.param == "embedded":
        with Embedded() as embedded:
            yield embedded
    elif request.param == "fake":
        yield request.getfixturevalue("fake")
    elif request.param == "bare fake":
        with FakeImap(without=EXTENSIONS, keywords=False, separator=".", prefix="INBOX.") as bare:
            yield bare
    else:
        name = "dovecot_server" if request.param == "dovecot" else "bare_dovecot_server"
        running: Dovecot = request.getfixturevalue(name)
        yield running.mailbox()


@pytest.fixture
def mailbox(server: MailServer) -> Iterator[Mailbox]:
    """Our connection to that mailbox."""
    made = Mailbox(server.account)
    yield made
    made.close()


@pytest.fixture
def other(server: MailServer) -> Iterator[IMAPClient]:
    """The owner's own mail client on the same mailbox."""
    account = server.account
    client = IMAPClient(account.host, account.port, ssl=False)
    client.login(account.username, account.password())
    yield client
    client.shutdown()


@pytest.fixture
def relay(server: MailServer) -> Iterator[Relay]:
    """A relay before that server, which sees what is said; `through` makes an account that takes it."""
    with Relay(server.account.host, server.account.port) as made:
        yield made


@pytest.fixture
def through(server: MailServer, relay: Relay) -> Account:
    return replace(server.account, host=relay.host, port=relay.port)


@pytest.fixture
def needs(server: MailServer) -> Callable[[str], None]:
    """Skip a test of an extension that this server does not offer."""

    def check(extension: str) -> None:
        if extension not in capabilities(server.account):
            pytest.skip(f"this server does not offer {extension}")

    return check


def message(number: int | str = 1, subject: str = "Hello", body: str = "Hello.\r\n", sender: str = "dana@acme.example") -> bytes:
    """A plain message with CRLF line ends; `number` makes its Message-ID."""
    return (
        f"From: Dana Park <{sender}>\r\nTo: sam@rivera.example\r\nSubject: {subject}\r\n"
        f"Date: Mon, 16 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{number}@acme.example>\r\n\r\n{body}"
    ).encode()
