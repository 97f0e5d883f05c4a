"""One connection to one IMAP account: folders, UIDs and bytes. Knows nothing of what the mail is about.

Rule 1: one thread per connection; imapclient is not thread-safe. Only `close` may be called from another one.
Rule 2: every command runs within a deadline, and whatever goes wrong leaves here as an error of `agent.errors`; after one that
reaches CONNECTION, `close` and start anew.
Rule 3: mail is only looked at: EXAMINE and BODY.PEEK (P8). What changes a folder is named `append`, `expunge`, `claim`, `move`.
Rule 4: what is told of a message counts by its UID; a server may tell of any other one at any time.
"""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from agent.errors import CommandRefused, ConnectionLost, FolderGone, FolderRefused
from agent.shell.answers import Header, Row, chunks, ranges, rows_of
from agent.shell.connection import NONSENSE, Account, close, connected, limited
from agent.shell.listing import Folder, listed, written

if TYPE_CHECKING:
    from imapclient import IMAPClient

__all__ = ["Account", "Folder", "Header", "Mailbox", "Opened"]

log = logging.getLogger("afterword.imap")

COMMAND_SECONDS = 120.0
NOOP_SECONDS = 20.0
MOST_UIDS = 400  # Dovecot's command line overflows at some 14,000 UIDs; smaller servers much earlier
MOST_BODIES = 50
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_SOUGHT = 200  # of a Message-ID in a search: longer lines are refused by some servers


@dataclass(frozen=True, slots=True)
class Opened:
    """What SELECT or EXAMINE told (RFC 3501 §6.3.1). A number is 0 where the server does not tell it."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    keywords: bool
    writable: bool


class Mailbox:
    """A logged-in connection. All methods raise ServerError of the kind that says how far it reaches."""

    def __init__(self, account: Account, deadline: float = COMMAND_SECONDS) -> None:
        """Raises ConnectionLost, CertificateRefused or LoginRefused."""
        self.account = account
        self.deadline = deadline
        self.opened: Opened | None = None
        self.spelled: dict[str, str] = {}
        self.client: IMAPClient = connected(account, deadline)

    def limited(self, command: str, seconds: float | None = None) -> contextlib.AbstractContextManager[None]:
        """Run something on `client` within the deadline, with errors of ours."""
        return limited(self.client, self.account.host, command, seconds or self.deadline)

    def close(self) -> None:
        """Leave without ceremony; safe on a dead connection, and from another thread."""
        close(self.client)

    def fileno(self) -> int:
        return int(self.client.socket().fileno())

    @property
    def capabilities(self) -> frozenset[str]:
        with self.limited("CAPABILITY"):
            return frozenset(c.decode("ascii", "replace").upper() for c in self.client.capabilities())

    def alive(self) -> None:
        """Raises ConnectionLost where it is not, or where it talks nonsense: NOOP "always succeeds" (RFC 3501 §6.1.2)."""
        try:
            with self.limited("NOOP", min(NOOP_SECONDS, self.deadline)):
                self.client.noop()
        except CommandRefused:
            raise ConnectionLost(f"{self.account.host}: NOOP failed (no answer that makes sense)") from None

    # ---------------------------------------------------------------------------------------------------- folders

    def folders(self) -> tuple[Folder, ...]:
        """All folders that the account may see; those of others are marked `foreign`."""
        with self.limited("LIST"):
            found = listed(self.client)
        self.spelled = {f.name: f.spelled for f in found if f.spelled}
        return found

    def named(self, folder: str) -> str:
        """The name as it is said to the server: as it wrote it itself, or in modified UTF-7."""
        return self.spelled.get(folder) or written(folder)

    def create(self, name: str) -> None:
        """Make a folder and subscribe to it; one that is there already is as good."""
        try:
            with self.limited("CREATE"):
                self.client.create_folder(self.named(name))
        except CommandRefused:
            self.open(name)  # RFC 5530 ALREADYEXISTS, or a NO without a code: raises FolderGone where it is not there
        with contextlib.suppress(CommandRefused, FolderRefused, FolderGone), self.limited("SUBSCRIBE"):
            self.client.subscribe_folder(self.named(name))

    def open(self, name: str, write: bool = False) -> Opened:
        """SELECT, or by default EXAMINE. Raises FolderGone, or FolderRefused where it may be read but not written."""
        self.opened = None
        try:
            with self.limited("SELECT"):
                found: dict[Any, Any] = self.client.select_folder(self.named(name), readonly=not write)
        except (CommandRefused, FolderRefused, FolderGone) as error:
            if isinstance(error, FolderRefused) and write:
                raise
            raise FolderGone(f"the folder {name} cannot be opened", error.hint) from None
        with self.limited("SELECT"):
            flags = found.get(b"PERMANENTFLAGS", ())
            validity, uidnext, exists = (int(found.get(k, 0)) for k in (b"UIDVALIDITY", b"UIDNEXT", b"EXISTS"))
        self.opened = Opened(name, validity, uidnext, exists, b"\\*" in flags, write)
        return self.opened

    def status(self, name: str) -> tuple[int, int]:
        """UIDVALIDITY and UIDNEXT of a folder without opening it (RFC 3501 §6.3.10). Raises FolderGone, CommandRefused."""
        with self.limited("STATUS"):
            found: dict[Any, Any] = self.client.folder_status(self.named(name), ("UIDVALIDITY", "UIDNEXT"))
            return int(found.get(b"UIDVALIDITY", 0)), int(found.get(b"UIDNEXT", 0))

    # ----------------------------------------------------------------------------------------------------- reading

    def uids(self, criteria: Sequence[Any]) -> list[int]:
        """UID SEARCH in the open folder, ascending. Words and days in the order of RFC 3501 §6.4.4, without parentheses."""
        words = [searched(c) for c in criteria]
        charset = [] if all(w.isascii() for w in words) else [b"CHARSET", b"UTF-8"]
        with self.limited("SEARCH"):
            told = self.client._raw_command_untagged(b"SEARCH", charset + words)
            # some servers tell it in several lines, or with a MODSEQ at its end (RFC 7162 §3.1.5)
            return sorted({int(n) for line in told if line for n in line.partition(b"(")[0].split()})

    def uids_from(self, first: int, since: date | None = None) -> list[int]:
        """The UIDs from `first` on; "n:*" also names the last message where n is beyond it (RFC 3501 §6.4.8)."""
        criteria: list[Any] = ["UID", f"{max(first, 1)}:*"]
        if since is not None:
            criteria += ["SINCE", since]
        return [u for u in self.uids(criteria) if u >= first]

    def with_id(self, message_id: str) -> list[int]:
        """The messages of the open folder that carry this Message-ID, by a search and then by their own headers."""
        bare = message_id.strip("<> ")
        if not bare:
            return []
        try:
            found = self.uids(["HEADER", "Message-ID", bare[:LONGEST_SOUGHT]])
        except CommandRefused:
            if bare.isascii():
                raise
            return []  # RFC 3501 §6.4.4: a server need not know UTF-8
        wanted = re.compile(b"[:<]" + re.escape("".join(bare.split()).encode("utf-8", "surrogateescape")) + b"(>|$)")
        headers = self.headers(found, ("Message-ID",)) if found else []
        return [h.uid for h in headers if wanted.search(b"".join(h.raw.split()))]

    def headers(self, uids: Sequence[int], fields: Sequence[str]) -> list[Header]:
        """Size, flags and some header fields, by imaplib's own FETCH: 2.8 times as fast as imapclient's parser."""
        items = f"(UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(fields)})])"
        rows = (row for part in chunks(uids, MOST_UIDS) for row in self.fetched(part, items))
        return sorted((Header(r.uid, r.size, r.flags, r.text or b"") for r in rows), key=lambda h: h.uid)

    def bodies(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """(UID, bytes) of whole messages, without setting \\Seen (P8)."""
        for part in chunks(uids, MOST_BODIES):
            for row in self.fetched(part, "(UID BODY.PEEK[])"):
                if row.text is not None:
                    yield row.uid, row.text

    def body(self, uid: int) -> bytes | None:
        return next((raw for _, raw in self.bodies([uid])), None)

    def arrivals(self, exists: int, count: int) -> list[datetime]:
        """When the last `count` of a folder with `exists` messages came, by the server's clock (INTERNALDATE, RFC 3501 §2.3.3)."""
        if not exists:
            return []
        with self.limited("FETCH"):
            kind, data = self.client._imap.fetch(f"{max(1, exists - count + 1)}:{exists}", "(INTERNALDATE)")
            if kind != "OK":
                raise imaplib.IMAP4.error(data[-1] if data else b"")
            told = b" ".join(row for row in data if isinstance(row, bytes))
            found = re.findall(rb'INTERNALDATE "([^"]+)"', told)
            return [datetime.strptime(text.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z") for text in found]

    def part(self, uid: int, section: str, most: int) -> bytes:
        """One section of a message (RFC 3501 §6.4.5), its first `most` bytes; b"" where there is none."""
        rows = self.fetched([uid], f"(UID BODY.PEEK[{section}]<0.{most}>)")
        return rows[0].text or b"" if rows else b""

    def structure(self, uid: int) -> Any:
        """BODYSTRUCTURE as imapclient parses it; None where a message is gone, refused, or of a shape that makes no sense."""
        from imapclient.response_parser import parse_fetch_response

        try:
            data = self.raw_fetch([uid], "(UID BODYSTRUCTURE)")
            found: dict[int, dict[bytes, Any]] = parse_fetch_response([d for d in data if d is not None])
        except (CommandRefused, imaplib.IMAP4.error, *NONSENSE):
            return None  # one strange message is no reason to leave the server (I9)
        return found.get(uid, {}).get(b"BODYSTRUCTURE")

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        parts = chunks(uids, MOST_UIDS)
        return {row.uid: row.flags for part in parts for row in self.fetched(part, "(UID FLAGS)")}

    def fetched(self, uids: Sequence[int], items: str) -> list[Row]:
        """UID FETCH. A NO for several is asked again in halves: one that the server cannot read must not hide the others (I9)."""
        try:
            return rows_of(self.raw_fetch(uids, items), set(uids))
        except CommandRefused as error:
            if len(uids) == 1:
                raise
            told = error
        middle = len(uids) // 2
        made: list[Row] = []
        for half in (uids[:middle], uids[middle:]):
            try:
                made += self.fetched(half, items)
            except CommandRefused:
                log.warning("%s cannot give %s of its messages", self.account.host, len(half))
        if not made:  # not one message, but all: nothing may be concluded from that
            raise told
        return made

    def raw_fetch(self, uids: Sequence[int], items: str) -> list[Any]:
        with self.limited("FETCH"):
            wire = self.client._imap
            wire.untagged_responses.pop("FETCH", None)  # what it told unasked in earlier answers
            kind, data = wire.uid("FETCH", ranges(uids), items)
            if kind != "OK":
                raise imaplib.IMAP4.error(data[-1] if data else b"")
        return list(data)

    # ------------------------------------------------------------------------------- what changes a folder (P8, I7)

    def append(self, folder: str, raw: bytes, flags: Sequence[str]) -> tuple[int, int] | None:
        """Put a message of ours -> (UIDVALIDITY, UID) where the server tells (RFC 4315), else None.

        Raises FolderGone, OverQuota or FolderRefused for a NO; after ConnectionLost it may have been put or not.
        """
        try:
            with self.limited("APPEND"):
                answer = self.client.append(self.named(folder), raw, tuple(f.encode() for f in flags))
        except CommandRefused as error:
            raise FolderRefused(f"{folder} took no message: {error.text}", error.hint) from None
        found = re.search(rb"APPENDUID (\d+) (\d+)", answer if isinstance(answer, bytes) else b"")
        return (int(found[1]), int(found[2])) if found else None

    def writing(self) -> Opened:
        """The open folder, if it may be written to: some servers take a STORE after EXAMINE, say OK and do nothing."""
        if self.opened is None or not self.opened.writable:
            raise FolderRefused("the folder is open for reading only")
        return self.opened

    def expunge(self, uid: int) -> None:
        """Remove exactly this message of the open folder: never another one that was marked \\Deleted by its owner."""
        self.writing()
        self.mark(uid, "+", "\\Deleted")
        if "UIDPLUS" in self.capabilities:
            with self.limited("EXPUNGE"):
                self.client.uid_expunge([uid])
            return
        others = [u for u in self.uids(["DELETED"]) if u != uid]
        # RFC 3501 §6.4.3 expunges all that is marked: take the marks of others off for that moment
        for other in others:
            self.mark(other, "-", "\\Deleted")
        with self.limited("EXPUNGE"):
            self.client.expunge()
        for other in others:
            self.mark(other, "+", "\\Deleted")

    def move(self, uid: int, folder: str) -> None:
        """Move a message of ours (RFC 6851), or copy and then remove it."""
        self.writing()
        if "MOVE" in self.capabilities:
            with self.limited("MOVE"):
                self.client.move([uid], self.named(folder))
            return
        with self.limited("COPY"):
            self.client.copy([uid], self.named(folder))
        self.expunge(uid)

    def claim(self, uid: int, keyword: str, rival: str) -> bool:
        """Mark a message as taken by us, so that another daemon keeps off: true if nobody else has. False on doubt.

        `rival` is what the keywords of all daemons begin with. With CONDSTORE one conditional STORE decides (RFC 7162
        §3.1.3). Without it the marks are read back, and who then finds another one takes its own off again: of two that mark
        at once at most one goes on. Servers without keywords cannot be asked: true.
        """
        if not self.writing().keywords:
            return True
        mine, before = keyword.casefold(), self.claims(uid, rival)
        if before is None or before.marks:
            return before is not None and before.marks == {mine}
        self.mark(uid, "+", keyword, before.modseq)
        self.alive()  # has it tell what others did meanwhile
        after = self.claims(uid, rival)
        if after is not None and after.marks == {mine}:
            return True
        if after is not None and mine in after.marks:
            self.mark(uid, "-", keyword)
        return False

    def claims(self, uid: int, rival: str) -> Claims | None:
        """Who has marked it; None where it is gone."""
        # to ask for MODSEQ is enough to have it kept (RFC 7162 §3.1); folders that cannot keep it give none
        rows = self.fetched([uid], "(UID FLAGS MODSEQ)" if "CONDSTORE" in self.capabilities else "(UID FLAGS)")
        if not rows:
            return None
        marks = frozenset(f.casefold() for f in rows[0].flags if f.casefold().startswith(rival.casefold()))
        return Claims(marks, rows[0].modseq)

    def unmark(self, uid: int, flags: Sequence[str]) -> None:
        """Take marks off a message of ours."""
        self.writing()
        self.mark(uid, "-", " ".join(flags))

    def mark(self, uid: int, sign: str, flags: str, unchanged_since: int = 0) -> None:
        """UID STORE, silent; with `unchanged_since` only if nobody has changed the message since then (RFC 7162 §3.1.3)."""
        condition = [f"(UNCHANGEDSINCE {unchanged_since})"] if unchanged_since else []
        with self.limited("STORE"):
            kind, told = self.client._imap.uid("STORE", str(uid), *condition, f"{sign}FLAGS.SILENT", f"({flags})")
            if kind != "OK":
                raise imaplib.IMAP4.error(told[-1] if told else b"")


@dataclass(frozen=True, slots=True)
class Claims:
    """The daemons' keywords on a message, in lower case, and its mod-sequence."""

    marks: frozenset[str]
    modseq: int


def searched(word: Any) -> bytes:
    """A word of a search as it is said: an atom, a quoted string, or bytes that go out as a literal (RFC 3501 §9).

    imapclient itself quotes too little: an "(" in somebody's Message-ID makes a command that is refused. Control characters
    are left out, for a line end would end the command (I12).
    """
    if isinstance(word, date):
        return f"{word.day:02}-{MONTHS[word.month - 1]}-{word.year}".encode()
    text = re.sub(r"[\x00-\x1f\x7f]", "", str(word))
    if re.fullmatch(r"[\w@.=+-]+|[\d:*,]+", text, re.ASCII) or not text.isascii():
        return text.encode("utf-8", "replace")
    return b'"' + re.sub(r'(["\\])', r"\\\1", text).encode() + b'"'
