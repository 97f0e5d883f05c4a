"""The daemon: watchers say "look", alarms ring, and one thread turns the loop over one connection. Ends by SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from agent.errors import AfterwordError, ClockWrong, Reach, ServerError, StateError
from agent.shell import control
from agent.shell.clock import Clock, WallClock
from agent.shell.health import Health
from agent.shell.imap import Account, Mailbox
from agent.shell.loop import Loop, Turned
from agent.shell.scheduler import Alarms
from agent.shell.watch import BackOff, Watcher

log = logging.getLogger("afterword.daemon")

DRAIN_SECONDS = 4.0
EVERYTHING = timedelta(minutes=10)  # how often each folder is opened, whatever the server says of it by STATUS
BLIND_WORTH_TELLING = timedelta(hours=1)
BEATS_OF_PATIENCE = 5  # while the server fails the back-off says when to look; a beat only in case of sleep
MOST_STATE_FAILURES = 6  # in a row, with back-off between them: a full disk or a locked database may pass


class Daemon:
    """One account. `told`: called after each turn, for the demo."""

    def __init__(
        self, loop: Loop, account: Account, clock: Clock, folder: Path, told: Callable[[Turned], None] | None = None
    ) -> None:
        self.loop, self.account, self.clock, self.folder = loop, account, clock, folder
        loop.real_time = isinstance(clock, WallClock)
        self.told = told or (lambda turned: None)
        self.health = Health(folder)
        self.mailbox: Mailbox | None = None
        self.watchers: dict[str, Watcher] = {}
        self.thread = ThreadPoolExecutor(1, "turn")
        self.back_off = BackOff()
        self.looked_everywhere: datetime | None = None
        self.jumped: datetime | None = None
        self.state_failures = 0
        self.beats = 0
        self.stopping = False
        self.waiting: list[asyncio.Future[str]] = []  # for the next turn
        self.asked: list[asyncio.Future[str]] = []  # for the one under way

    # ------------------------------------------------------------------------------------------------------ the run

    async def run(self) -> None:
        """Until stopped. Raises AfterwordError only for what no waiting cures (the state cannot be used)."""
        self.events = asyncio.get_running_loop()
        self.due = asyncio.Event()
        self.due.set()
        alarms = Alarms(self.due.set, self.beat)
        self.alarms = alarms
        for sign in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                self.events.add_signal_handler(sign, self.stop)
        server = await control.serve(self.folder, self.look_now)
        alarms.start()
        notify("STATUS=connecting")
        try:
            while not self.stopping:
                await self.due.wait()
                self.due.clear()
                if not self.stopping:
                    await self.turn_once()
        finally:
            await self.end(server)

    async def end(self, server: asyncio.Server) -> None:
        notify("STOPPING=1")
        self.alarms.stop()
        server.close()
        for watcher in self.watchers.values():
            watcher.stop()
        self.asked += self.waiting
        self.answer("the daemon is stopping")
        await asyncio.to_thread(self.thread.shutdown, True, cancel_futures=True)
        if self.mailbox is not None:
            self.mailbox.close()
        control.remove(self.folder)

    def stop(self) -> None:
        """Finish what is under way, at most DRAIN_SECONDS; a second call ends at once."""
        if self.stopping:
            os._exit(130)
        self.stopping = True
        self.loop.intake.stopping = True
        self.due.set()
        mailbox = self.mailbox
        if mailbox is not None:
            self.events.call_later(DRAIN_SECONDS, mailbox.close)

    async def turn_once(self) -> None:
        """One turn in the worker thread; a failure is noted, and tried again after a while."""
        now = self.clock.now()
        self.asked += self.waiting  # whoever asks from now on waits for a turn that begins later
        self.waiting = []
        self.mind_clock(now)
        everything = self.looked_everywhere is None or now - self.looked_everywhere >= EVERYTHING
        try:
            turned = await self.events.run_in_executor(self.thread, self.turned, now, everything)
            self.succeeded(turned, now)
            self.state_failures = 0
            if everything and not self.waiting:
                self.looked_everywhere = now
        except StateError as error:
            self.state_failures += 1
            if self.state_failures > MOST_STATE_FAILURES:
                raise
            with contextlib.suppress(StateError):  # the health file lies on the same disk
                self.failed(error, now, "state")
        except AfterwordError as error:
            if not self.stopping:
                self.failed(error, now, "clock" if isinstance(error, ClockWrong) else "mailbox")

    def turned(self, now: datetime, everything: bool) -> Turned:
        """In the worker thread: connect where needed, and turn."""
        if self.mailbox is None:
            self.loop.forget_layout()
            self.mailbox = Mailbox(self.account)
        try:
            if self.jumped is not None:
                self.loop.clock_jumped(self.jumped)
                self.jumped = None
            return self.loop.turn(self.mailbox, now, everything)
        except ServerError as error:
            self.loop.forget_layout()  # folders may have been renamed
            if error.reach not in (Reach.FOLDER, Reach.MESSAGE):
                self.mailbox.close()
                self.mailbox = None
            raise

    def succeeded(self, turned: Turned, now: datetime) -> None:
        if self.back_off.failures:
            log.info("connected again")
        self.back_off.reset()
        for place in ("state", "clock"):
            self.health.well(place, now)
        since = self.health.well("mailbox", now)
        if since is not None and now - since >= BLIND_WORTH_TELLING:
            text = f"Afterword could not see your mailbox from {since:%d %B %H:%M} to {now:%d %B %H:%M} UTC. It has read what came meanwhile."
            self.loop.notes.tell(f"blind {since.isoformat()}", "Afterword was blind for a while", text)
            self.due.set()
        self.tell_blind(turned, now)
        sending = self.loop.sending
        if sending is not None and sending.trouble is not None:
            self.health.trouble("smtp", sending.trouble, now)
        else:
            self.health.well("smtp", now)
        self.health.looked_at(now)
        self.watch_folders()
        delay = self.clock.real_delay(turned.look_again) if turned.look_again else None
        self.alarms.set(delay)
        notify("READY=1\nWATCHDOG=1\nSTATUS=watching")
        self.told(turned)
        self.answer("looked")

    def tell_blind(self, turned: Turned, now: datetime) -> None:
        """Folders that cannot be read: in the health file, and once in the inbox (I14)."""
        for folder, error in turned.blind.items():
            if self.health.trouble(f"folder {folder}", error, now):
                text = (
                    f"{error.text}. {error.hint}\n\nUntil then nothing new is drafted, because an answer may lie there."
                )
                self.loop.notes.tell(f"blind {folder} {now:%Y%m%d}", f"Afterword cannot read {folder}", text)
                self.due.set()
        for place in [p for p in self.health.troubles if p.startswith("folder ")]:
            if place.removeprefix("folder ") not in turned.blind:
                self.health.well(place, now)

    def failed(self, error: AfterwordError, now: datetime, place: str = "mailbox") -> None:
        seconds = self.back_off.next(error)
        log.warning("%s; next try in %.0f s", error.text, seconds)
        self.alarms.set(seconds)
        notify("WATCHDOG=1\nSTATUS=blind: " + error.text[:80])
        self.answer(error.text)
        self.health.trouble(place, error, now)

    # -------------------------------------------------------------------------------------------------- being woken

    def watch_folders(self) -> None:
        """A watcher for each folder that matters; those of folders that are no more are stopped."""
        folders = self.loop.found
        if folders is None:
            return
        wanted = {folders.inbox, folders.sent}
        if self.loop.sending is not None:
            wanted |= {folders.approved} if "move" in self.loop.confirm_by else set()
            wanted |= {folders.drafts} if "flag" in self.loop.confirm_by else set()
        for name in [n for n in self.watchers if n not in wanted]:
            self.watchers.pop(name).stop()
            self.health.well(f"watch {name}", self.clock.now())
        for name in wanted:
            if name not in self.watchers or not self.watchers[name].is_alive():
                self.watchers[name] = Watcher(self.account, name, self.woken, self.watch_state)
                self.watchers[name].start()

    def woken(self, folder: str) -> None:
        """From a watcher's thread: something happened there."""
        del folder
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self.events.call_soon_threadsafe(self.due.set)

    def watch_state(self, folder: str, error: AfterwordError | None) -> None:
        """From a watcher's thread: blind, or seeing again."""

        def note() -> None:
            now = self.clock.now()
            if error is not None:
                log.info("the watch on %s broke off: %s", folder, error.text)
                self.health.trouble(f"watch {folder}", error, now)
            else:
                self.health.well(f"watch {folder}", now)

        with contextlib.suppress(RuntimeError):
            self.events.call_soon_threadsafe(note)

    def beat(self) -> None:
        """The heartbeat: ask for mail that a filter put where nobody watches; and the machine may have slept."""
        self.beats += 1
        if not self.back_off.failures or self.beats % BEATS_OF_PATIENCE == 0:
            self.due.set()

    def mind_clock(self, now: datetime) -> None:
        """After sleep or a set clock look at everything, and wait anew for what is only missing."""
        jump = self.clock.jumped()
        if not jump:
            return
        if jump < timedelta():
            log.warning("the clock was set back by %s; what is due is computed anew", -jump)
        self.looked_everywhere = None
        self.alarms.woke()
        self.jumped = now

    async def look_now(self) -> str:
        """For a command: look, and say how it went."""
        answer: asyncio.Future[str] = self.events.create_future()
        self.waiting.append(answer)
        self.looked_everywhere = None
        self.due.set()
        return await answer

    def answer(self, text: str) -> None:
        for future in self.asked:
            if not future.done():
                future.set_result(text)
        self.asked.clear()


def notify(text: str) -> None:
    """systemd's sd_notify(3), where it asks for it."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.sendto(text.encode(), "\0" + address[1:] if address.startswith("@") else address)
