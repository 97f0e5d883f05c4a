"""A world: a mailbox on a real server, a server to send by, a configuration and a state folder, filled relative to a moment.

Rule 1: what a world holds is read past our own code; `outcome` is what two worlds are compared by.
Rule 2: steps are told apart by Message-ID, which is made from their keys (I2); dates are never compared.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path

from imapclient import IMAPClient

from agent.shell import control
from agent.shell.files import DATABASE, WORDS
from agent.shell.imap import Account
from tests.servers import Stored
from tests.servers.dovecot import DovecotMailbox
from tests.world import letters
from tests.world.letters import ADDRESS, ZONE, Letter
from tests.world.owner import OwnerClient
from tests.world.post import Handed, Post

ROOT = Path(__file__).parents[2]
APPROVED = "Afterword/Approved"
FOLDERS = ("INBOX", "Sent", "Drafts", "Trash", APPROVED)
START_SECONDS = 15.0

CONFIGURATION = """
[owner]
name = "Ada Obi"
addresses = ["{address}"]
timezone = "{zone}"
[imap]
host = "{host}"
port = {port}
security = "none"
username = "{user}"
password_file = "password"
[smtp]
host = "{host}"
port = {smtp}
security = "none"
[delivery]
mode = "{mode}"
{delivery}
[notes]
digest = "off"
[state]
path = "{state}"
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which messages of the agent's stand where, by Message-ID. Two outcomes are equal when nothing is doubled or lost."""

    drafts: Counter[str] = field(default_factory=Counter)
    approved: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    handed: Counter[str] = field(default_factory=Counter)

    def everywhere(self) -> frozenset[str]:
        return frozenset((*self.drafts, *self.approved, *self.sent, *self.handed))

    def doubled(self) -> list[str]:
        """Message-IDs that stand twice in a kind of place, or wait to be sent although they were sent."""
        standing = self.drafts + self.approved
        twice = [i for counted in (standing, self.sent, self.handed) for i, n in counted.items() if n > 1]
        return sorted({*twice, *(i for i in standing if i in self.sent or i in self.handed)})

    def lost(self, whole: Outcome) -> list[str]:
        """What a whole outcome has somewhere and this one nowhere."""
        return sorted(whole.everywhere() - self.everywhere())


class World:
    """One owner's mailbox and everything around it. `now` is the moment that the mail is dated by."""

    def __init__(
        self, box: DovecotMailbox, post: Post, folder: Path, now: datetime, mode: str = "draft", delivery: str = "",
        letters_there: Iterable[Letter] | None = None,
    ) -> None:  # fmt: skip
        self.box, self.post, self.folder, self.now, self.mode = box, post, folder, now, mode
        self.delivery = delivery
        self.daemons: list[subprocess.Popen[str]] = []
        self.clients: list[OwnerClient] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.configuration = self.configure()
        found = letters.mailbox(now) if letters_there is None else list(letters_there)
        if found:
            self.fill(found)

    # ----------------------------------------------------------------------------------------------------- beginnings

    @property
    def account(self) -> Account:
        return self.box.account

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def configure(self, state: str = "state", port: int = 0, smtp: int = 0, mode: str = "") -> Path:
        """Write a configuration -> its path. `state`: another state folder is another installation on this mailbox."""
        password = self.folder / "password"
        password.write_text(self.account.password())
        password.chmod(0o600)
        made = self.folder / f"{state}.toml"
        made.write_text(
            CONFIGURATION.format(
                address=ADDRESS, zone=ZONE.key, host=self.account.host, port=port or self.account.port,
                user=self.account.username, smtp=smtp or self.post.port, mode=mode or self.mode,
                delivery=self.delivery, state=self.folder / state,
            )
        )  # fmt: skip
        return made

    def fill(self, found: Iterable[Letter]) -> None:
        """Put mail as it came, each on its day; what the owner has written or read is marked so."""
        client = IMAPClient(self.account.host, self.account.port, ssl=False)
        try:
            client.login(self.account.username, self.account.password())
            for letter in found:
                flags = {"Sent": (b"\\Seen",), "Drafts": (b"\\Seen", b"\\Draft")}.get(letter.folder, ())
                client.append(letter.folder, letter.raw, flags, letter.at)
        finally:
            client.logout()

    def receive(self, letter: Letter) -> None:
        """New mail, as an owner with an open inbox gets it."""
        self.fill([letter])

    # ------------------------------------------------------------------------------------------------------- the agent

    def command(self, *words: str, state: str = "state", seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """`afterword WORDS` as a process of its own."""
        configuration = self.folder / f"{state}.toml"
        command = [sys.executable, "-m", "agent", "-c", str(configuration), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=ROOT, check=False)

    def run_once(self, state: str = "state") -> subprocess.CompletedProcess[str]:
        return self.command("run", "--once", state=state)

    def start_daemon(self, state: str = "state") -> subprocess.Popen[str]:
        """`afterword run`; its log goes beside the configuration."""
        configuration = self.folder / f"{state}.toml"
        with (self.folder / f"{state}.log").open("a") as log:
            command = [sys.executable, "-m", "agent", "-c", str(configuration), "run", "-v"]
            daemon = subprocess.Popen(command, stdout=log, stderr=log, text=True, cwd=ROOT)
        self.daemons.append(daemon)
        return daemon

    @staticmethod
    def stop(daemon: subprocess.Popen[str]) -> int:
        """SIGTERM -> its exit code."""
        daemon.terminate()
        return daemon.wait(START_SECONDS)

    @staticmethod
    def kill(daemon: subprocess.Popen[str]) -> None:
        daemon.kill()
        daemon.wait(START_SECONDS)

    def look(self, state: str = "state") -> str:
        """Have the daemon look now, and wait until it has -> what it says."""
        return control.poke(self.folder / state) or "nobody answered"

    def content_of_state(self, state: str = "state") -> str:
        """All tables of the database, as SQL, and the owner's words."""
        folder = self.folder / state
        with contextlib.closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as database:
            told = "\n".join(database.iterdump())
        words = folder / WORDS
        return told + (words.read_text() if words.exists() else "")

    def log(self, state: str = "state") -> str:
        file = self.folder / f"{state}.log"
        return file.read_text() if file.exists() else ""

    # ----------------------------------------------------------------------------------------------------- what is there

    def messages(self, folder: str) -> list[Stored]:
        return self.box.messages(folder) if self.exists(folder) else []

    def exists(self, folder: str) -> bool:
        return folder in ("INBOX", "Sent", "Drafts", "Trash") or self.box.maildir(folder).exists()

    def drafts(self) -> list[Stored]:
        """What stands in Drafts and was not there at the start."""
        return [m for m in self.messages("Drafts") if b"parcel@obi.example" not in m.raw]

    def inbox(self) -> list[Stored]:
        return self.messages("INBOX")

    def notes(self) -> list[Stored]:
        """What the agent told the owner in the inbox."""
        return [m for m in self.inbox() if b"\nX-Afterword:" in m.raw]

    def sent(self) -> list[Stored]:
        return self.messages("Sent")

    def letters(self) -> list[bytes]:
        return [letter.raw for letter in self.post.letters]

    def outcome(self) -> Outcome:
        """Where the agent's steps are. What is no step of the agent's carries a Message-ID of another form."""
        places = [Counter(filter(ours, map(id_of, self.messages(f)))) for f in ("Drafts", APPROVED, "Sent")]
        return Outcome(*places, Counter(letter.message_id for letter in self.post.letters))

    def compare(self, other: World) -> tuple[list[str], list[str]]:
        """(doubled, lost) beside an undisturbed world."""
        return self.outcome().doubled(), self.outcome().lost(other.outcome())

    def flags_of_owner_mail(self) -> dict[tuple[str, str], frozenset[str]]:
        """The flags of every message that the agent did not make, by folder and Message-ID; \\Recent is a matter of who looks."""
        return {
            (folder, id_of(m)): m.flags - {"\\Recent"}
            for folder in ("INBOX", "Sent", "Drafts", "Trash")
            for m in self.messages(folder)
            if not ours(id_of(m))
        }

    def marks(self) -> dict[str, tuple[int, ...]]:
        """UIDVALIDITY, UIDNEXT, MESSAGES and HIGHESTMODSEQ of each folder: any APPEND, STORE or EXPUNGE moves one of them."""
        client = IMAPClient(self.account.host, self.account.port, ssl=False)
        try:
            client.login(self.account.username, self.account.password())
            wanted = ("UIDVALIDITY", "UIDNEXT", "MESSAGES", "HIGHESTMODSEQ")
            return {
                f: tuple(int(v) for _, v in sorted(client.folder_status(f, wanted).items()))
                for _, _, f in client.list_folders()
                if f != "Afterword"
            }
        finally:
            client.logout()

    def client(self) -> OwnerClient:
        """The owner at their mail client; logged out with the world."""
        made = OwnerClient(self.account)
        self.clients.append(made)
        return made

    def close(self) -> None:
        for client in self.clients:
            client.close()
        for daemon in self.daemons:
            if daemon.poll() is None:
                self.kill(daemon)

    # -------------------------------------------------------------------------------------------------------- snapshots

    def snapshot(self, folder: Path) -> Snapshot:
        """Keep the mailbox and the state folder as they are. Nobody may be at work in them."""
        copied(self.box.home, folder / "home")
        copied(self.folder, folder / "agent")
        return Snapshot(folder, self, tuple(self.post.letters))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A world at rest, from which others begin."""

    folder: Path
    origin: World
    handed: tuple[Handed, ...]

    def world(self, box: DovecotMailbox, post: Post, folder: Path) -> World:
        """Another user's world that begins where this one was; `post` has then taken what this one's had."""
        copied(self.folder / "home", box.home)
        copied(self.folder / "agent", folder)
        post.letters[:] = self.handed
        return World(box, post, folder, self.origin.now, self.origin.mode, self.origin.delivery, ())


def copied(source: Path, target: Path) -> None:
    """With owners, links and times, as a backup does."""
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def header(raw: bytes, name: str) -> str:
    return str(message_from_bytes(raw, policy=compat32)[name] or "")


def id_of(message: Stored) -> str:
    return header(message.raw, "Message-ID").strip()


def ours(message_id: str) -> bool:
    """Is it one that the agent makes: a hash in five groups at the owner's domain (I2)?"""
    groups = message_id.strip("<>").partition("@")[0].split("-")
    return [len(g) for g in groups] == [8, 4, 4, 4, 12]


def until(holds: Callable[[], bool], seconds: float, what: str = "") -> float:
    """Wait until it holds -> after how many seconds. Raises TimeoutError."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what or 'it'} did not come about in {seconds:.1f} s")
        time.sleep(0.02)
    return time.monotonic() - began


def a_tuesday(after: datetime) -> datetime:
    """The next Tuesday at two in the afternoon, owner's time: a moment within sending hours, the same on every day."""
    local = after.astimezone(ZONE)
    days = (1 - local.weekday()) % 7
    found = (local + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)
    return found if found > local else found + timedelta(days=7)


__all__ = ["APPROVED", "Outcome", "Snapshot", "World", "a_tuesday", "header", "id_of", "ours", "replace", "until"]
