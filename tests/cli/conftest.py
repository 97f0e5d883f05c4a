"""Homes to call the command from: an empty one, one whose mailbox was looked at once, and one with its server running."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.home import Home, fill, todays_mail
from tests.servers.fake_imap import FakeImap


@pytest.fixture(autouse=True)
def nothing_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration, state, terminal size or colour wish of whoever runs the tests."""
    for name in [n for n in os.environ if n.startswith("AFTERWORD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg-state"))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Configured, nothing known yet, no server."""
    made = Home(tmp_path / "home")
    made.folder.mkdir()
    made.configure()
    return made


@pytest.fixture(scope="session")
def looked_once(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """After one `run --once`; for copying only."""
    made = Home(tmp_path_factory.mktemp("looked"))
    with FakeImap() as server:
        fill(server, todays_mail())
        made.configure(server.port)
        said = made("run", "--once")
        assert said.code == 0, said.err
    made.configure()
    return made


@pytest.fixture
def known(looked_once: Home, tmp_path: Path) -> Home:
    """Four opportunities are known and their drafts stand; no server is to be reached any more."""
    return looked_once.copy(tmp_path / "known")


@pytest.fixture
def server(fake: FakeImap) -> FakeImap:
    fill(fake, todays_mail())
    return fake


@pytest.fixture
def online(home: Home, server: FakeImap) -> Iterator[Home]:
    """A mailbox on a server, not looked at yet."""
    home.configure(server.port)
    yield home
