"""The real loop turned in this process, over a real connection, at moments that the test gives."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from agent import wiring
from agent.config import load
from agent.shell.files import DATABASE, private_folder
from agent.shell.imap import Account, Mailbox
from agent.shell.loop import Loop, Turned
from agent.shell.store import Held, Store

MOST_TURNS = 6


class AgentHere:
    """`with AgentHere(world.configuration) as agent: agent.turn(now)`. A configuration with another state is another installation."""

    def __init__(self, configuration: Path, deadline: float = 20.0, account: Account | None = None) -> None:
        """`account`: another way to the same server, for instance by a proxy."""
        self.settings = load(configuration)
        self.deadline = deadline
        self.account = account or wiring.imap_account(self.settings)
        self.folder = private_folder(wiring.state_folder(self.settings))
        self.store = Store(self.folder / DATABASE)
        self.loop: Loop = wiring.loop(self.settings, self.folder, self.store)
        self.mailbox: Mailbox | None = None

    def __enter__(self) -> AgentHere:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def connect(self) -> Mailbox:
        if self.mailbox is None:
            self.loop.forget_layout()
            self.mailbox = Mailbox(self.account, self.deadline)
        return self.mailbox

    def allow(self, deadline: float) -> None:
        """From now on a command may take so many seconds, on an open connection too."""
        self.deadline = deadline
        if self.mailbox is not None:
            self.mailbox.deadline = deadline
            socket = self.mailbox.client.socket()
            if socket is not None:
                socket.settimeout(deadline)

    def disconnect(self) -> None:
        if self.mailbox is not None:
            self.mailbox.close()
            self.mailbox = None

    def turn(self, now: datetime, everything: bool = True) -> Turned:
        return self.loop.turn(self.connect(), now, everything)

    def settle(self, now: datetime) -> Turned:
        """Turn at one moment until nothing is done any more."""
        for _ in range(MOST_TURNS):
            before = self.store.db.total_changes
            turned = self.turn(now)
            if self.store.db.total_changes == before:
                return turned
        raise AssertionError(f"still at work after {MOST_TURNS} turns at one moment")

    def states(self) -> dict[str, Held]:
        """Where each step stands, by the first part of its key and whom it is to."""
        return {
            f"{r.step} {r.recipients[0] if r.recipients else ''}": r.state
            for r in self.store.steps()
            if r.step != "note"
        }

    def ledger(self) -> list[tuple[object, ...]]:
        """All that the state holds but times and the story of how it came about."""
        steps = [
            (r.key, r.message_id, r.state, r.folder, r.uidvalidity, r.uid, r.content, r.approved, r.note, r.filed)
            for r in self.store.steps()
        ]
        mail = self.store.rows("SELECT message_id, folder, uid, reading FROM mail ORDER BY message_id")
        cursors = self.store.rows("SELECT folder, uidvalidity, next_uid FROM cursors ORDER BY folder")
        words = [(w.id, w.verb, w.about, w.facts) for w in self.loop.words.read()]
        return [*steps, *mail, *cursors, *words]

    def close(self) -> None:
        self.disconnect()
        self.store.close()
