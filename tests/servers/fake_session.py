"""One connection to the fake IMAP server: command in, answers out; what it was told of its folder, and what it may be told now.

Rule 1: EXPUNGE is never sent outside a command, nor during FETCH, STORE and SEARCH without UID (RFC 3501 §7.4.1).
Rule 2: the store changes under the server's lock only; nothing waits for a client while it holds the lock.
"""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

from tests.servers.fake_commands import COMMANDS
from tests.servers.fake_store import Box, Mail
from tests.servers.fake_words import Bad, No, Word, folder_name, one, words
from tests.servers.wire import Gone, Wire

if TYPE_CHECKING:
    from tests.servers.fake_imap import FakeImap

LONGEST_LINE = 8_000  # RFC 7162 §4 lets servers cut lines there; real ones do
ANSWER_OF_A_LITERAL = re.compile(rb"\{(\d+)(\+?)\}$")
QUIET = ("FETCH", "STORE", "SEARCH")
NAMED_FOLDER = ("SELECT", "EXAMINE", "CREATE", "SUBSCRIBE", "UNSUBSCRIBE", "APPEND")
BEFORE_LOGIN = ("LOGIN", "CAPABILITY", "NOOP", "LOGOUT")
BEFORE_SELECT = (*BEFORE_LOGIN, *NAMED_FOLDER, "LIST")


class Session:
    """State of one connection. `view` are the UIDs by sequence number as the client knows them."""

    def __init__(self, server: FakeImap, connection: socket.socket) -> None:
        self.server, self.wire = server, Wire(connection)
        self.woken, self.waker = socket.socketpair()
        self.waker.setblocking(False)
        self.out: list[bytes] = []
        self.user = ""
        self.box: Box | None = None
        self.read_only = True
        self.view: list[int] = []
        self.seen_to = 0
        self.told: dict[int, int] = {}  # UID -> mod-sequence of the flags that the client was told
        self.recent: set[int] = set()

    # ---------------------------------------------------------------------------------------------------- life

    def run(self) -> None:
        try:
            self.say(f"* OK [CAPABILITY {self.server.capability}] ready")
            self.flush()
            while True:
                self.obey(self.command())
        except Gone:
            pass
        finally:
            self.wire.close()
            self.woken.close()
            self.waker.close()

    def command(self) -> bytes:
        """A whole command with its literals, each after its "{n}" and a line end."""
        data = b""
        while True:
            line = self.wire.line()
            if len(line) > LONGEST_LINE:
                self.say("* BAD Too long command line")
            data += line
            asked = ANSWER_OF_A_LITERAL.search(line)
            if asked is None:
                return data
            if not asked[2]:
                self.say("+ OK")
                self.flush()
            data += b"\r\n" + self.wire.exactly(int(asked[1]))

    def obey(self, data: bytes) -> None:
        tag, _, rest = data.partition(b" ")
        name = "?"
        try:
            if len(data.partition(b"\r\n")[0]) > LONGEST_LINE:
                raise Bad("Too long argument")
            given = words(rest)
            name = one(given.pop(0)).decode("ascii", "replace").upper() if given else ""
            by_uid = name == "UID" and bool(given)
            if by_uid:
                name = one(given.pop(0)).decode("ascii", "replace").upper()
            answer = self.carried_out(name, by_uid, given)
        except No as refused:
            answer = f"NO {refused}"
        except (Bad, ValueError, IndexError) as wrong:
            answer = f"BAD {wrong}"
        self.say(f"{tag.decode('ascii', 'replace')} {answer}")
        self.flush()
        if name == "LOGOUT":
            raise Gone

    def carried_out(self, name: str, by_uid: bool, given: list[Word]) -> str:
        server = self.server
        folder = self.aim(name, given)
        server.note(name, folder)
        server.suffer(self, name, folder, "before")
        method = COMMANDS.get(name)
        if method is None or not self.allowed(name):
            raise Bad(f"Error in IMAP command {name or '(none)'}: Unknown command")
        if name == "IDLE":
            answer = method(self, by_uid, given)
        else:
            with server.lock:
                answer = method(self, by_uid, given)
                if name not in ("SELECT", "EXAMINE"):
                    self.sync(expunges=by_uid or name not in QUIET)
        server.suffer(self, name, folder, "after")
        return answer

    def allowed(self, name: str) -> bool:
        if not self.user:
            return name in BEFORE_LOGIN
        if self.box is None and name not in BEFORE_SELECT:
            raise Bad("No mailbox selected")
        return name not in ("IDLE", "MOVE") or self.server.offers(name)

    def aim(self, name: str, given: list[Word]) -> str:
        """The folder that a command is about."""
        if name in NAMED_FOLDER and given and isinstance(given[0], bytes):
            return folder_name(given[0])
        return self.box.name if self.box is not None else ""

    # ------------------------------------------------------------------------------------------------- talking

    def say(self, line: str | bytes) -> None:
        self.out.append((line.encode() if isinstance(line, str) else line) + b"\r\n")

    def flush(self) -> None:
        """Send what was said. One write, like a server that fills its packets."""
        whole, self.out = b"".join(self.out), []
        if whole:
            self.wire.send(whole)

    def wake(self) -> None:
        """Called by the thread of another connection: something has changed."""
        try:
            self.waker.send(b"x")
        except OSError:  # full: it is awake; closed: it has left
            return

    # -------------------------------------------------------------------------------------------- the folder

    def opened(self, box: Box, read_only: bool) -> None:
        self.box, self.read_only = box, read_only
        self.view, self.told, self.recent, self.seen_to = [], {}, set(), 0
        self.learn()

    def learn(self) -> bool:
        """Take in messages that came since -> were there any?"""
        assert self.box is not None
        new = [uid for uid in self.box.mails if uid > self.seen_to]
        for uid in new:
            mail = self.box.mails[uid]
            self.told[uid] = mail.modseq
            if mail.recent:
                self.recent.add(uid)
                mail.recent = self.read_only
        self.view += new
        self.seen_to = max([self.seen_to, *new])
        return bool(new)

    def sync(self, expunges: bool) -> None:
        """Tell what has changed since the client was last told, as far as it may be told now."""
        if self.box is None:
            return
        if expunges:
            for number in range(len(self.view), 0, -1):
                if self.view[number - 1] not in self.box.mails:
                    self.told.pop(self.view.pop(number - 1))
                    self.say(f"* {number} EXPUNGE")
        if self.learn():
            self.say(f"* {len(self.view)} EXISTS")
            self.say(f"* {len(self.recent & set(self.view))} RECENT")
        for number, uid in enumerate(self.view, 1):
            mail = self.box.mails.get(uid)
            if mail is not None and mail.modseq != self.told[uid]:
                self.told[uid] = mail.modseq
                self.say(f"* {number} FETCH (UID {uid} FLAGS ({self.flags(mail)}))")

    def flags(self, mail: Mail) -> str:
        shown = sorted(mail.flags) + (["\\Recent"] if mail.uid in self.recent else [])
        return " ".join(shown)
