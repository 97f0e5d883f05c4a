"""The mail servers of the contract suite, and what its tests have in common.

A test that takes `server` or `mailbox` runs on all kinds. What only some of them have is asked for by
`@pytest.mark.parametrize("server", WITH_..., indirect=True)`; fakes that lack one extension alone are named after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from imapclient import IMAPClient

from agent.shell.imap import Account, Mailbox
from tests.servers import MailServer
from tests.servers.dovecot import Dovecot
from tests.servers.embedded import Embedded
from tests.servers.fake_imap import EXTENSIONS, FakeImap
from tests.servers.relay import Relay

SERVERS = ("fake", "bare fake", "embedded", "dovecot", "bare dovecot")
WITH_IDLE = ("fake", "embedded", "dovecot")
WITH_UIDPLUS = ("fake", "embedded", "dovecot")
WITH_KEYWORDS = ("fake", "fake without CONDSTORE", "embedded", "dovecot", "bare dovecot")
WITH_SPECIAL_USE = WITH_IDLE
LACKING_ONE = tuple(f"fake without {extension}" for extension in (*EXTENSIONS, "keywords"))


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    """A mailbox on each kind of server; the bare ones offer no extension and keep all folders below INBOX."""
    kind, _, lack = request.param.partition(" without ")
    if kind == "embedded":
        with Embedded() as embedded:
            yield embedded
    elif kind == "dovecot" or kind == "bare dovecot":
        running: Dovecot = request.getfixturevalue(kind.replace(" ", "_") + "_server")
        yield running.mailbox()
    else:
        bare = FakeImap(without=EXTENSIONS, keywords=False, separator=".", prefix="INBOX.")
        whole = FakeImap(without=[e for e in EXTENSIONS if e == lack], keywords=lack != "keywords")
        with bare if kind == "bare fake" else whole as fake:
            yield fake


@pytest.fixture
def second(server: MailServer) -> Iterator[Mailbox]:
    """Another connection of ours, as another daemon's."""
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
    """A relay before that server, which sees what is said."""
    with Relay(server.account.host, server.account.port) as made:
        yield made


@pytest.fixture
def through(server: MailServer, relay: Relay) -> Account:
    """The account by way of the relay."""
    return replace(server.account, host=relay.host, port=relay.port)
