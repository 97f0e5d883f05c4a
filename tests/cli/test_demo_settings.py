"""Tests of the demo's settings: it reaches nothing but its own servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.cli.demo import built
from agent.config import DeliverySection, ImapSection, OwnerSection
from agent.demo.settings import DemoSettings
from agent.shell.store import Store

ELSEWHERE = {
    "AFTERWORD_OWNER__NAME": "Somebody Else",
    "AFTERWORD_IMAP__HOST": "imap.mail.example",
    "AFTERWORD_IMAP__SECURITY": "tls",
    "AFTERWORD_SMTP__HOST": "smtp.mail.example",
    "AFTERWORD_SMTP__SECURITY": "tls",
    "AFTERWORD_DELIVERY__MODE": "draft",
}


@pytest.fixture
def configured_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("configured_by_the_environment")
def test_the_demo_logs_in_to_its_own_server_whatever_the_environment_names(tmp_path: Path) -> None:
    """In a container the environment may name a real mailbox (CONTRACT, "Configuration"); the demo's mail must not get there."""
    store = Store(tmp_path / "demo.db")
    try:
        loop, account = built(tmp_path, store, 1143, 1025)
    finally:
        store.close()
    assert (account.host, account.port, account.username) == ("127.0.0.1", 1143, "you")
    assert loop.sending is not None, "the demo confirms by moving, whatever the environment says"
    assert (loop.sending.account.host, loop.sending.account.port) == ("127.0.0.1", 1025)


@pytest.mark.usefixtures("configured_by_the_environment")
def test_a_section_that_the_demo_leaves_out_is_not_filled_in_from_outside(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("demo")
    settings = DemoSettings(
        owner=OwnerSection(name="Robin", addresses=("robin@home.example",), timezone="Europe/London"),
        imap=ImapSection(host="127.0.0.1", port=1143, security="none", username="you", password_file=secret),
    )
    assert settings.owner.name == "Robin"
    assert settings.smtp is None
    assert settings.delivery == DeliverySection()
