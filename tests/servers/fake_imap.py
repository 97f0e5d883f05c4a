"""An IMAP4rev1 server in memory, for tests: one mailbox, many connections, switchable extensions, and faults on order.

    with FakeImap(without=("UIDPLUS",)) as server:
        server.deliver(raw)
        server.fault("APPEND", "after", "drop")      # the message is put, its answer is lost
        ...
        assert server.changes == [("APPEND", "Drafts")]

It behaves as Dovecot does where it matters, and keeps to RFC 3501 where Dovecot does not.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from agent.shell.imap import Account
from tests.servers import Stored
from tests.servers.fake_session import Session
from tests.servers.fake_store import Box, Mail, Store, canonical
from tests.servers.fake_words import Bad, No
from tests.servers.wire import Gone

HOST = "127.0.0.1"
EXTENSIONS = ("IDLE", "UIDPLUS", "MOVE", "CONDSTORE", "SPECIAL-USE", "LITERAL+")
STANDARD = ("Drafts", "Sent", "Trash", "Junk", "Archive")
UNTIL_SECONDS = 5.0

Act = str | Callable[[], None]


class Change(NamedTuple):
    """A command of a client that changed something. For COPY and MOVE the folder is the one they come from."""

    command: str
    folder: str


@dataclass
class Fault:
    """What goes wrong, once or `times` times: see `FakeImap.fault`."""

    command: str
    when: str
    act: Act
    folder: str
    times: int


class FakeImap:
    """The server; also a `MailServer`. All its methods may be called from any thread."""

    def __init__(
        self,
        without: Iterable[str] = (),
        keywords: bool = True,
        separator: str = "/",
        prefix: str = "",
        folders: Sequence[str] = STANDARD,
        users: dict[str, str] | None = None,
    ) -> None:
        """`without`: extensions that it does not offer. `folders`: besides INBOX; standard names get their SPECIAL-USE."""
        unknown = set(without) - set(EXTENSIONS)
        assert not unknown, f"not an extension of this server: {unknown}"
        self.extensions = tuple(e for e in EXTENSIONS if e not in set(without))
        self.keywords, self.prefix = keywords, prefix
        self.users = users or {"sam": "secret"}
        boxes = [Box(prefix + name, f"\\{name}" if name in STANDARD else "") for name in folders]
        self.store = Store([Box("INBOX"), *boxes], separator)
        self.lock = threading.RLock()
        self.news = threading.Condition(self.lock)
        self.login_refused = ""
        self.changes: list[Change] = []
        self.commands: Counter[tuple[str, str]] = Counter()
        self.faults: list[Fault] = []
        self.sessions: list[Session] = []
        self.threads: list[threading.Thread] = []
        self.listener = socket.create_server((HOST, 0))
        self.port = int(self.listener.getsockname()[1])
        self.running = False

    # ------------------------------------------------------------------------------------------------ start and stop

    def __enter__(self) -> FakeImap:
        self.running = True
        self.begin(self.accept)
        return self

    def __exit__(self, *exception: object) -> None:
        self.running = False
        socket.create_connection((HOST, self.port)).close()  # wakes `accept`
        self.kick()
        for thread in list(self.threads):
            thread.join(UNTIL_SECONDS)
        self.listener.close()

    def begin(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="fake imap", daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            if not self.running:
                connection.close()
                return
            session = Session(self, connection)
            with self.news:
                self.sessions.append(session)
                self.news.notify_all()
            self.begin(lambda session=session: self.serve(session))  # type: ignore[misc]

    def serve(self, session: Session) -> None:
        try:
            session.run()
        finally:
            with self.news:
                self.sessions.remove(session)
                self.news.notify_all()

    @property
    def account(self) -> Account:
        user, password = next(iter(self.users.items()))
        return Account(HOST, self.port, "none", user, lambda: password)

    def offers(self, extension: str) -> bool:
        return extension in self.extensions

    @property
    def capability(self) -> str:
        return " ".join(("IMAP4rev1", *self.extensions))

    def named(self, folder: str) -> str:
        return folder if folder == "INBOX" else self.prefix + folder.replace("/", self.store.separator)

    # ---------------------------------------------------------------------------------- what others do to the mailbox

    def deliver(self, raw: bytes, folder: str = "INBOX", flags: Iterable[str] = (), at: datetime | None = None) -> int:
        """A message arrives -> its UID. `at`: its INTERNALDATE, which SINCE goes by; default now."""
        with self.lock:
            mail = self.store.find(folder).add(raw, set(flags), at)
            self.wake()
            return mail.uid

    def messages(self, folder: str = "INBOX") -> list[Stored]:
        with self.lock:
            mails = sorted(self.store.find(folder).mails.values(), key=lambda m: m.uid)
            return [Stored(m.uid, frozenset(m.flags | ({"\\Recent"} if m.recent else set())), m.raw) for m in mails]

    def mail(self, uid: int, folder: str = "INBOX") -> Mail:
        return self.store.find(folder).mails[uid]

    def mark(self, uid: int, flag: str, folder: str = "INBOX", on: bool = True) -> None:
        """The owner's other client sets a flag or, not `on`, takes it off."""
        with self.lock:
            mail = self.mail(uid, folder)
            change = {canonical(flag)}
            self.store.find(folder).set_flags(mail, mail.flags | change if on else mail.flags - change)
            self.wake()

    def remove(self, uid: int, folder: str = "INBOX") -> None:
        """The owner's other client deletes and expunges a message."""
        with self.lock:
            self.store.find(folder).remove(uid)
            self.wake()

    def create(self, folder: str, use: str = "") -> None:
        with self.lock:
            self.store.create(folder)
            self.store.boxes[folder].use = use

    def delete(self, folder: str) -> None:
        with self.lock:
            self.evict(self.store.delete(folder), "Mailbox was deleted under us")

    def rebuild(self, folder: str = "INBOX") -> int:
        """The server makes the folder anew: the same messages under other UIDs -> the new UIDVALIDITY (I8)."""
        with self.lock:
            old = self.store.find(folder)
            new = Box(old.name, old.use)
            for mail in old.mails.values():
                new.add(mail.raw, mail.flags, mail.at)
            self.store.boxes[old.name] = new
            self.evict(old, "UIDVALIDITY changed")
            return new.uidvalidity

    # ----------------------------------------------------------------------------------------------------- misfortune

    def kick(self) -> None:
        """Cut all connections that there are now."""
        with self.lock:
            sessions = list(self.sessions)
        for session in sessions:
            session.wire.cut()

    def evict(self, box: Box, why: str) -> None:
        """Cut those connections that have this folder open, as Dovecot does when it is gone."""
        for session in list(self.sessions):
            if session.box is box:
                with contextlib.suppress(Gone):
                    session.wire.send(f"* BYE {why}\r\n".encode())
                session.wire.cut()

    def refuse_logins(self, text: str = "[AUTHENTICATIONFAILED] Authentication failed.") -> None:
        """From now on every LOGIN gets this NO; "" lets them in again."""
        self.login_refused = text

    def fault(self, command: str, when: str, act: Act, folder: str = "", times: int = 1) -> None:
        """The next `command` (UID or not; on `folder`, if given) goes wrong.

        `when`: "before" it is carried out, or "after". `act`: "drop" cuts the connection, "bye" says goodbye and cuts, "no TEXT" and "bad TEXT" answer that; anything callable is called,
        and the command goes on: what another client does at that very moment.
        """
        assert when in ("before", "after"), when
        assert callable(act) or act.split(" ")[0] in ("drop", "bye", "no", "bad"), act
        with self.lock:
            self.faults.append(Fault(command, when, act, folder, times))

    def suffer(self, session: Session, command: str, folder: str, when: str) -> None:
        """Carry out the fault that is due now, if there is one."""
        with self.lock:
            due = next(
                (f for f in self.faults if (f.command, f.when) == (command, when) and f.folder in ("", folder)), None
            )
            if due is None:
                return
            due.times -= 1
            if not due.times:
                self.faults.remove(due)
        if callable(due.act):
            due.act()
            return
        kind, _, text = due.act.partition(" ")
        if kind == "no":
            raise No(text)
        if kind == "bad":
            raise Bad(text)
        if kind == "bye":
            session.wire.send(b"* BYE enough for today\r\n")
        raise Gone

    # ------------------------------------------------------------------------------------------------------- watching

    def note(self, command: str, folder: str) -> None:
        with self.news:
            self.commands[command, folder] += 1
            self.news.notify_all()

    def changed(self, command: str, folder: str) -> None:
        """A client has changed something: remember it and tell the others."""
        self.changes.append(Change(command, folder))
        self.wake()

    def wake(self) -> None:
        with self.news:
            for session in self.sessions:
                session.wake()
            self.news.notify_all()

    def until(self, holds: Callable[[], bool], seconds: float = UNTIL_SECONDS) -> bool:
        """Wait until this holds of the server, looked at whenever something happens -> does it?"""
        with self.news:
            return self.news.wait_for(holds, seconds)
