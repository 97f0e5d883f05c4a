"""Plays the story to the running daemon: leaps the clock, delivers mail, acts as the owner's mail client, tells what happens."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.core.content import content_of
from agent.core.policy.wishes import Step
from agent.core.render import BLANK
from agent.core.view import NAMES
from agent.demo.server import EmbeddedServer, Sink
from agent.demo.story import Moment, Teller
from agent.shell.clock import LeapingClock
from agent.shell.daemon import Daemon
from agent.shell.loop import Loop, Turned
from agent.shell.store import EventRow, Held, StepRow, Store

TURN_SECONDS = 20.0
END_SECONDS = 8.0

Tell = Callable[["Happening"], None]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing to show. `kind`: mail, owner, put, note, withdrawn, sent …; `body` is a draft's text where it is worth showing."""

    at: datetime
    kind: str
    text: str
    why: str = ""
    body: str = ""
    title: str = ""


@dataclass(slots=True)
class Stage:
    """Everything the play needs, running."""

    teller: Teller
    server: EmbeddedServer
    sink: Sink
    store: Store
    loop: Loop
    clock: LeapingClock
    folder: Path
    tell: Tell
    daemon: Daemon = field(init=False)
    look_again: datetime | None = None
    shown_events: int = 0
    shown_mail: set[str] = field(default_factory=set)
    failure: BaseException | None = None

    def start(self, account: Any) -> threading.Thread:
        """Run the real daemon in a thread of its own."""
        self.daemon = Daemon(self.loop, account, self.clock, self.folder, self.turned)
        begun = threading.Event()

        async def live() -> None:
            running = asyncio.create_task(self.daemon.run())
            # behind its first step, which ends at its first wait: only then may another thread speak to it
            asyncio.get_running_loop().call_soon(begun.set)
            await running

        def run() -> None:
            try:
                asyncio.run(live())
            except BaseException as error:  # noqa: BLE001 - told by the main thread, which waits for it
                self.failure = error
            finally:
                begun.set()

        thread = threading.Thread(target=run, name="daemon", daemon=True)
        thread.start()
        begun.wait()
        return thread

    def turned(self, turned: Turned) -> None:
        self.look_again = turned.look_again

    def look(self) -> None:
        """Have the daemon look, and wait until it has."""
        end = time.monotonic() + TURN_SECONDS
        looked = None if self.failure else asyncio.run_coroutine_threadsafe(self.daemon.look_now(), self.daemon.events)
        while looked is not None and not self.failure and time.monotonic() < end:
            with contextlib.suppress(TimeoutError):
                looked.result(0.5)
                return
        raise RuntimeError("the daemon has stopped") from self.failure

    def stop(self, thread: threading.Thread) -> None:
        """End the daemon, if it has not ended by itself."""
        with contextlib.suppress(RuntimeError):
            self.daemon.events.call_soon_threadsafe(self.daemon.stop)
        thread.join(END_SECONDS)

    # ---------------------------------------------------------------------------------------------------------- play

    def play(self, moments: tuple[Moment, ...], pause: Callable[[], None]) -> None:
        """From one moment to the next: those of the story, and those at which time alone changes something."""
        ahead = list(moments)
        while True:
            story = ahead[0].at if ahead else self.teller.ends
            alarm = self.look_again
            self.clock.leap(min(story, alarm) if alarm is not None and alarm > self.clock.now() else story)
            before = len(ahead)
            while ahead and ahead[0].at <= self.clock.now():
                self.happen(ahead.pop(0))
            self.look()
            if len(ahead) == before:
                self.look()  # a digest put into the inbox wakes the daemon once more; that turn is over before the clock leaps
            if self.report():
                pause()
            if self.clock.now() >= self.teller.ends and not ahead:
                return

    def happen(self, moment: Moment) -> None:
        if moment.act is not None:
            self.tell(Happening(moment.at, "owner", moment.says))
            self.fill_and_confirm(moment.act["to"], moment.act["text"])
            return
        self.server.deliver(moment.raw, moment.folder, at=moment.at)

    def fill_and_confirm(self, to: str, text: str) -> None:
        """As a mail client does: save the changed draft as a new message, delete the old one, move the new one."""
        from imapclient import IMAPClient

        client = IMAPClient(self.server.host, self.server.port, ssl=False)
        try:
            client.login(self.server.user, self.server.password)
            client.select_folder("Drafts")
            for uid, row in client.fetch(client.search(["TO", to]), ["BODY.PEEK[]"]).items():
                client.append("Drafts", filled(row[b"BODY[]"], text), (b"\\Draft", b"\\Seen"))
                client.delete_messages([uid])
                client.uid_expunge([uid])
            client.move(client.search(["TO", to]), "Afterword/Approved")
        finally:
            client.logout()

    # -------------------------------------------------------------------------------------------------------- report

    def report(self) -> bool:
        """Tell what the book and the ledger have learnt since the last time -> whether there was anything."""
        told = self.report_mail()
        events = [e for e in self.store.events() if e.what in SHOWN]
        steps = {r.key: r for r in self.store.steps()}
        for event in events[self.shown_events :]:
            self.tell(self.happening(event, steps.get(event.key)))
            told = True
        self.shown_events = len(events)
        return told

    def report_mail(self) -> bool:
        book = self.loop.knowledge.book
        new = [row for key, row in book.rows.items() if key not in self.shown_mail]
        for row in sorted(new, key=lambda r: r.at):
            self.shown_mail.add(row.message_id)
            opportunity = book.opportunities.get(row.opportunity)
            kind = row.kind.value.replace("_", " ")
            about = opportunity.organisation if opportunity else "no opportunity"
            entry = (
                next((e for e in opportunity.entries if e.message_id == row.message_id), None) if opportunity else None
            )
            promised = f", answer promised by {entry.reply_by:%-d %B}" if entry and entry.reply_by else ""
            way = "sent" if row.sent else "mail"
            why = row.why[0] if row.why and opportunity else ""
            sender = entry.sender if entry and not row.sent else ""
            self.tell(Happening(row.at, way, f"{about}: {kind}{promised}", why, title=sender))
        return bool(new)

    def happening(self, event: EventRow, row: StepRow | None) -> Happening:
        step = NAMES[Step(row.step)] if row and row.step != "note" else "note"
        to = ", ".join(row.recipients) if row else ""
        body = self.body_of(row) if row is not None and event.what == "put" else ""
        return Happening(
            event.at, event.what, f"{step} to {to}", f"{event.rule}: {event.why}", body, row.subject if row else ""
        )

    def body_of(self, row: StepRow) -> str:
        """The draft's text as it lies in the mailbox."""
        if row.state is not Held.PUT:
            return ""
        found = next((raw for uid, _, raw in self.server.messages(row.folder) if uid == row.uid), b"")
        return content_of(found).text.strip()


SHOWN = ("put", "note", "withdrawn", "edited", "approved", "sent", "returned", "missed")


def filled(raw: bytes, text: str) -> bytes:
    """The draft with its blanks filled in, as plain text in UTF-8."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-version"))]
    body = BLANK.sub(lambda match: text, content_of(raw).text)
    headers = [
        *kept,
        b"MIME-Version: 1.0",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: 8bit",
    ]
    return b"\r\n".join(headers) + b"\r\n\r\n" + body.replace("\n", "\r\n").encode()
