"""pymap's in-memory IMAP server on a loopback port, in a thread of its own; and an SMTP server that keeps what it is given.

pymap 0.36 needs five things from outside: it keeps no reference to its connection tasks (they may be collected in
mid-session), it sends an answer in many small writes, it knows no SPECIAL-USE, it drops custom keywords silently, and what
arrives in the moment in which IDLE begins wakes nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
import uuid
from argparse import Namespace
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from aiosmtpd.controller import Controller
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, DictBackend, Login
from pymap.backend.dict.mailbox import MailboxData
from pymap.config import BackendCapability
from pymap.imap import IMAPConnection, IMAPServer
from pymap.listtree import ListEntry
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import Cleartext

from agent.shell.clock import WallClock

HOST = "127.0.0.1"
SPECIAL_USE = {"Drafts": b"Drafts", "Sent": b"Sent", "Trash": b"Trash", "Junk": b"Junk", "Archive": b"Archive"}
START_SECONDS = 20.0
END_SECONDS = 2.0


class EmbeddedConfig(Config):
    """Says that SPECIAL-USE is there, which the patch below makes true."""

    @property
    def backend_capability(self) -> BackendCapability:
        return BackendCapability(idle=True, object_id=True, multi_append=True, custom=[b"SPECIAL-USE"])


class WholeAnswer(bytearray):
    """Collects an answer, so that it leaves in one write: some clients read a line in pieces wrongly."""

    def write(self, data: bytes) -> None:
        self.extend(data)

    def writelines(self, lines: list[bytes]) -> None:
        for line in lines:
            self.extend(line)

    async def drain(self) -> None:
        return None


def mend() -> None:
    """Put the missing things into pymap, once in a process."""
    if getattr(IMAPConnection, "mended", False):
        return
    listed = inspect.getattr_static(ListEntry, "attributes").fget
    permitted = inspect.getattr_static(MailboxData, "permanent_flags").fget
    updated = MailboxData.update_selected

    def attributes(self: Any) -> list[bytes]:
        use = SPECIAL_USE.get(self.name)
        return [*listed(self), *([use] if use else [])]

    async def write_response(self: Any, response: Any) -> None:
        whole = WholeAnswer()
        with contextlib.suppress(ConnectionError):
            await response.async_write(whole)
            self.writer.write(bytes(whole))
            await self.writer.drain()

    async def update_selected(self: Any, selected: Any, *, wait_on: Any = None) -> Any:
        behind = selected.mod_sequence is not None and selected.mod_sequence < self._mod_sequences.highest
        return await updated(self, selected, wait_on=None if behind else wait_on)

    patches: tuple[tuple[type, str, object], ...] = (
        (ListEntry, "attributes", property(attributes)),
        (MailboxData, "permanent_flags", property(lambda self: permitted(self) | {Flag(rb"\*")})),
        (MailboxData, "update_selected", update_selected),
        (IMAPConnection, "write_response", write_response),
        (IMAPConnection, "mended", True),
    )
    for kind, name, patch in patches:
        setattr(kind, name, patch)


class EmbeddedServer:
    """A mailbox in memory: `with EmbeddedServer() as server:` gives host, port, user and password."""

    def __init__(
        self, user: str = "you", password: str = "demo", folders: tuple[str, ...] = tuple(SPECIAL_USE)
    ) -> None:
        self.host, self.port = HOST, 0
        self.user, self.password, self.folders = user, password, folders
        self.loop = asyncio.new_event_loop()
        self.ready, self.ended = threading.Event(), asyncio.Event()
        self.failure: BaseException | None = None
        self.boxes: Any = None
        self.thread = threading.Thread(target=self.run, name="embedded imap", daemon=True)

    def __enter__(self) -> EmbeddedServer:
        mend()
        self.thread.start()
        if not self.ready.wait(START_SECONDS):
            raise RuntimeError("the embedded mail server did not start")
        if self.failure is not None:
            raise RuntimeError("the embedded mail server could not start") from self.failure
        return self

    def __exit__(self, *exception: object) -> None:
        self.loop.call_soon_threadsafe(self.ended.set)
        self.thread.join(5.0)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self.serve())
        except BaseException as error:  # noqa: BLE001 - told in __enter__, in the thread that waits
            self.failure = error
            self.ready.set()
        finally:
            self.loop.close()

    async def serve(self) -> None:
        async with AsyncExitStack() as stack:
            imap = await self.backend(stack)

            async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                # awaited here, and so referred to: pymap's own way would leave the task to the collector
                with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                    await imap(reader, writer, SocketInfo.get(writer, None, unique_id=uuid.uuid4().bytes))

            server = await asyncio.start_server(answer, self.host, 0)
            self.port = server.sockets[0].getsockname()[1]
            self.ready.set()
            await self.ended.wait()
            server.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            if others:
                await asyncio.wait(others, timeout=END_SECONDS)

    async def backend(self, stack: AsyncExitStack) -> IMAPServer:
        arguments = Namespace(
            debug=False, host=self.host, port=0, cert=None, key=None, tls=False, proxy_protocol=None, passlib_cfg=None,
            demo_data=False, demo_user=self.user, demo_password=self.password, inherited_sockets=None,
        )  # fmt: skip
        config: Any = EmbeddedConfig.from_args(
            arguments, hash_context=Cleartext(), invalid_user_sleep=0, reject_dnsbl=False
        )
        config.apply_context()
        login: Any = Login(config)
        hashed = await Passwords(config).hash_password(self.password)
        await login.demo_user_identity.set(UserMetadata(config, self.user, password=hashed))
        await DictBackend(login, config).start(stack)
        async with login.demo_user_identity.new_session() as session:
            for folder in self.folders:
                await session.mailbox_set.add_mailbox(folder)
                await session.mailbox_set.set_subscribed(folder, True)
        self.boxes = config.set_cache[self.user][0]
        return IMAPServer(login, config)

    def deliver(
        self, raw: bytes, folder: str = "INBOX", flags: tuple[str, ...] = (), at: datetime | None = None
    ) -> int:
        """Put a message as a mail server would -> its UID."""

        async def put() -> int:
            box = await self.boxes.get_mailbox(folder)
            marks = frozenset(Flag(f.encode()) for f in flags)
            added = await box.append(AppendMessage(raw, at or WallClock().now(), marks), recent=True)
            return int(added.uid)

        return asyncio.run_coroutine_threadsafe(put(), self.loop).result(10)

    def messages(self, folder: str) -> list[tuple[int, frozenset[str], bytes]]:
        """(UID, flags, bytes) of what lies in a folder."""
        from imapclient import IMAPClient

        client = IMAPClient(self.host, self.port, ssl=False)
        try:
            client.login(self.user, self.password)
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(["ALL"]), ["FLAGS", "BODY.PEEK[]"])
            return [(u, frozenset(f.decode() for f in r[b"FLAGS"]), r[b"BODY[]"]) for u, r in sorted(found.items())]
        finally:
            client.logout()


class Sink(Controller):
    """An SMTP server on loopback that keeps the envelopes it is given in `letters` and passes nothing on."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, tuple[str, ...], bytes]] = []
        super().__init__(self, hostname=HOST, port=0)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append((envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content)))
        return "250 kept"

    def _trigger_server(self) -> None:
        # aiosmtpd connects to the port number it was given, and 0 is none
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd gives it no types
