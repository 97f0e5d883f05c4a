"""A mailbox on the fake server and a store of its own, for each test of the shell that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.shell.imap import Mailbox
from agent.shell.store import Store
from tests.servers import MailServer
from tests.servers.fake_imap import FakeImap


@pytest.fixture
def server() -> Iterator[FakeImap]:
    with FakeImap() as made:
        yield made


@pytest.fixture
def mailbox(server: MailServer) -> Iterator[Mailbox]:
    """Our connection to the mailbox of whichever server the test runs on."""
    made = Mailbox(server.account)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "afterword.db")
    yield made
    made.close()
