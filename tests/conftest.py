"""Fixtures for all tests: mail servers. A Dovecot lives as long as the test run and gives each test a user of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers import dovecot as dovecot_
from tests.servers.dovecot import Dovecot, DovecotMailbox
from tests.servers.fake_imap import FakeImap


def need_dovecot() -> None:
    """Skip the test where Dovecot cannot be used; fail it where it was promised."""
    reason = dovecot_.missing()
    if reason and os.environ.get("AFTERWORD_NEEDS_DOVECOT") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """One with TLS, as it comes."""
    need_dovecot()
    with Dovecot(tls=True) as server:
        yield server


@pytest.fixture(scope="session")
def bare_dovecot_server() -> Iterator[Dovecot]:
    """One without extensions, all folders below INBOX."""
    need_dovecot()
    with Dovecot(bare=True) as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> DovecotMailbox:
    return dovecot_server.mailbox()


@pytest.fixture
def fake() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server
