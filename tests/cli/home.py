"""A person's folder with a configuration, and the command as that person calls it: in this process, with what it printed."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.cli import main
from agent.core.words import Word
from agent.shell.files import DATABASE, WordFile
from agent.shell.store import Store
from tests.servers.fake_imap import FakeImap
from tests.world import letters
from tests.world.letters import Letter

CONFIGURATION = """
[owner]
name = "Ada Obi"
addresses = ["ada@obi.example"]
timezone = "Africa/Lagos"
[imap]
host = "127.0.0.1"
port = {port}
security = "none"
username = "sam"
password_file = "password"
[smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"
[delivery]
mode = "{mode}"
{delivery}
[notes]
digest = "off"
[state]
path = "state"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def afterword(*words: object) -> Said:
    """Run one command in this process. No output is a terminal here."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(w) for w in words])
        except SystemExit as leaving:  # argparse's --help and --version
            code = int(str(leaving.code or 0))
    return Said(code, out.getvalue(), err.getvalue())


class Home:
    """A folder with config.toml, a password and a state folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.state = folder / "state"

    def configure(self, port: int = 9, smtp: int = 9, mode: str = "draft", delivery: str = "") -> None:
        """Ports that nobody listens on, unless given."""
        text = CONFIGURATION.format(port=port, smtp=smtp, mode=mode, delivery=delivery)
        self.config.write_text(text, encoding="utf-8")
        secret = self.folder / "password"
        secret.write_text("secret")
        secret.chmod(0o600)

    def __call__(self, *words: object) -> Said:
        return afterword(*words, "-c", self.config)

    @property
    def words(self) -> tuple[Word, ...]:
        return WordFile(self.state).read()

    @contextlib.contextmanager
    def store(self) -> Any:
        made = Store(self.state / DATABASE)
        try:
            yield made
        finally:
            made.close()

    def status(self) -> dict[str, dict[str, Any]]:
        """Every opportunity by its organisation, as `status --all --json` tells it."""
        return {row["organisation"]: row for row in self("status", "--all", "--json").json["opportunities"]}

    def copy(self, folder: Path) -> Home:
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Home(folder)


def fill(server: FakeImap, found: Iterable[Letter]) -> None:
    """A mailbox as it is before the agent first sees it."""
    for letter in found:
        server.deliver(letter.raw, letter.folder, at=letter.at)


def todays_mail() -> list[Letter]:
    """An interview of three hours ago (Brightwater Pumps) and three of 17 days ago, thanked for and unanswered."""
    return letters.mailbox(datetime.now(UTC).replace(microsecond=0))


def fits(text: str, columns: int = 80) -> list[str]:
    """The lines that do not fit."""
    return [line for line in text.splitlines() if len(line) > columns]
