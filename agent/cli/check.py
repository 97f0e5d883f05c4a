"""`afterword check`: proves each thing that the daemon needs, one line each."""

from __future__ import annotations

import argparse
import shlex
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.context import settings_of
from agent.cli.output import wrapped
from agent.errors import AfterwordError, Exit
from agent.paths import default_path
from agent.shell.clock import WallClock

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.shell.folders import Layout
    from agent.shell.imap import Mailbox

HELPFUL = ("IDLE", "UIDPLUS", "SPECIAL-USE", "MOVE", "CONDSTORE")


def check(options: argparse.Namespace) -> int:
    """Exit 1 where anything fails; each failure says what to do."""
    settings = settings_of(options)
    checks = Checks(settings)
    for name, prove in checks.all():
        checks.one(name, prove)
    if checks.failures:
        print(f"\n{checks.failures} of {checks.done} failed.")
        return Exit.FAILED
    print(f"\nAll is well. Start the daemon: {next_step(options.config)}")
    return Exit.DONE


def next_step(config: Path | None) -> str:
    """How the daemon is started with the very file that was proved, which need not be the one that is found without being named."""
    if config is None or config.expanduser() == default_path():
        return "afterword run"
    named = f"afterword run -c {shlex.quote(str(config))}"
    return named if len(named) <= LONGEST_STEP else "afterword run, with this same -c"


LONGEST_STEP = 48  # what fits behind the words before it


class Skipped(Exception):
    """This cannot be proved, because something before it failed."""


class Checks:
    """The proofs in their order; later ones use what earlier ones opened."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.mailbox: Mailbox | None = None
        self.folders: Layout | None = None
        self.failures = self.done = 0

    def all(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "state folder", self.state
        yield "templates", self.templates
        yield "name of the IMAP server", self.name_of_imap
        yield "IMAP login", self.login
        yield "capabilities", self.capabilities
        yield "folders", self.layout
        yield "a draft in and out again", self.draft
        yield "clock", self.clock
        if self.settings.smtp is not None:
            yield "SMTP login", self.smtp

    def one(self, name: str, prove: Callable[[], str]) -> None:
        self.done += 1
        try:
            print(wrapped(f"ok    {name}: {prove()}"))
        except Skipped:
            self.done -= 1
            print(f"      {name}: not tried")
        except AfterwordError as error:
            self.failures += 1
            print(wrapped(f"FAIL  {name}: {error.text}"))
            if error.hint:
                print(wrapped(error.hint, "        "))

    def box(self) -> Mailbox:
        if self.mailbox is None:
            raise Skipped
        return self.mailbox

    def found(self) -> Layout:
        if self.folders is None:
            raise Skipped
        return self.folders

    # ----------------------------------------------------------------------------------------------------- the proofs

    def state(self) -> str:
        from agent.shell.files import private_folder
        from agent.wiring import state_folder

        folder = private_folder(state_folder(self.settings))
        return f"{folder}, mode {Path(folder).stat().st_mode & 0o777:04o}"

    def templates(self) -> str:
        from agent import wiring

        own = self.settings.writing.templates
        made = wiring.wording(self.settings)
        return f"{len(made.texts)}" + (f", some of them yours from {own}" if own else "")

    def name_of_imap(self) -> str:
        from agent.errors import ConnectionLost

        host = self.settings.imap.host
        try:
            found = socket.getaddrinfo(host, self.settings.imap.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise ConnectionLost(
                f"{host} is not known ({error.strerror})", "check [imap] host and your network"
            ) from None
        return f"{host} is {found[0][4][0]}"

    def login(self) -> str:
        from agent import wiring
        from agent.shell.imap import Mailbox

        account = wiring.imap_account(self.settings)
        self.mailbox = Mailbox(account)
        secured = {
            "tls": "TLS, certificate verified",
            "starttls": "STARTTLS, certificate verified",
            "none": "not encrypted, on this machine",
        }
        return f"{account.username} at {account.host}:{account.port} ({secured[account.security]})"

    def capabilities(self) -> str:
        there = self.box().capabilities
        lacking = [c for c in HELPFUL if c not in there]
        text = ", ".join(c for c in HELPFUL if c in there) or "the bare protocol"
        if "IDLE" in lacking:
            text += "; without IDLE the mailbox is looked at every minute"
        return text

    def layout(self) -> str:
        from agent.shell.folders import layout

        names = self.settings.folders
        self.folders = layout(self.box().folders(), names.inbox, names.sent, names.drafts, names.approved)
        return "; ".join(f"{part}: {how}" for part, how in self.folders.how)

    def draft(self) -> str:
        """A draft is put in, found by its Message-ID, and taken out again."""
        from agent.core.render import Head, Identity, compose, message_id_of
        from agent.core.values import Address
        from agent.errors import FolderRefused

        mailbox, folders = self.box(), self.found()
        owner = self.settings.owner
        identity = Identity(owner.name, owner.addresses[0])
        now = WallClock().now()
        message_id = message_id_of(f"check {now.isoformat()}", identity.address)
        head = Head((Address(owner.name, identity.address),), "A check by Afterword", message_id, now)
        mailbox.append(
            folders.drafts, compose(identity, head, "This message is taken out again at once.\n"), ("\\Draft", "\\Seen")
        )
        mailbox.open(folders.drafts, write=True)
        uids = mailbox.with_id(message_id)
        for uid in uids:
            mailbox.expunge(uid)
        if not uids or mailbox.with_id(message_id):
            raise FolderRefused(
                f"what is put into {folders.drafts} cannot be found or taken out again",
                "see whether another program moves drafts away",
            )
        return folders.drafts

    def clock(self) -> str:
        """This machine's clock against the server's INTERNALDATE would need a message: TLS and mail need minutes, not seconds."""
        from zoneinfo import ZoneInfo

        from agent.errors import StateError

        zone = self.settings.owner.timezone
        now = WallClock().now().astimezone(ZoneInfo(zone))
        if now.year < 2025:
            raise StateError(f"this machine believes it is {now.year}", "set its clock")
        return f"{now.day} {now:%B %Y %H:%M} in {zone}"

    def smtp(self) -> str:
        from agent import wiring
        from agent.shell.smtp import check_login

        account = wiring.smtp_account(self.settings)
        check_login(account)
        return f"{account.username} at {account.host}:{account.port}"
