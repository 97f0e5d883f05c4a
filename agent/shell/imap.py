"""One connection to one IMAP account: folders, UIDs and bytes. Knows nothing of what the mail is about.

Rule 1: one thread per connection; imapclient is not thread-safe.
Rule 2: every command has a deadline of its own, because a time-out per recv lets a dripping server hold a call for ever.
Rule 3: mail is only looked at: EXAMINE and BODY.PEEK (P8). What changes a folder is named `append`, `expunge`, `claim`, `move`.
Rule 4: whatever goes wrong leaves here as an error of `agent.errors`; after one that reaches CONNECTION, `close` and start anew.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import (
    CertificateRefused,
    CommandRefused,
    ConnectionLost,
    FolderGone,
    FolderRefused,
    LoginRefused,
    OverQuota,
    ServerError,
)

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_SECONDS = 20.0
READ_SECONDS = 60.0
COMMAND_SECONDS = 120.0
MOST_UIDS = 400  # Dovecot's command line overflows at some 14,000 UIDs; smaller servers much earlier
KEEPALIVE = {"TCP_KEEPIDLE": 120, "TCP_KEEPINTVL": 30, "TCP_KEEPCNT": 4}
CODE = re.compile(rb"\[([A-Z][A-Z0-9-]*)")
META = re.compile(rb"\d+ \((?=.*?UID (\d+))", re.S)
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
UNSOLICITED = ("EXISTS", "EXPUNGE", "RECENT", "FETCH", "VANISHED")


@dataclass(frozen=True, slots=True)
class Account:
    """Where and how to log in. `password` is asked for at each login and kept nowhere."""

    host: str
    port: int
    security: str
    username: str
    password: Callable[[], str]
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """One line of LIST (RFC 3501 §7.2.2): its name, its attributes in lower case (RFC 6154), its separator."""

    name: str
    attributes: frozenset[str]
    separator: str

    @property
    def selectable(self) -> bool:
        return not self.attributes & {"\\noselect", "\\nonexistent"}


@dataclass(frozen=True, slots=True)
class Opened:
    """What SELECT or EXAMINE told (RFC 3501 §6.3.1, RFC 7162 §3.1.2). `modseq` is 0 where the server has none."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    modseq: int
    keywords: bool
    writable: bool


@dataclass(frozen=True, slots=True)
class Header:
    """One message of a folder as its header shows it. `raw` are the fields that were asked for."""

    uid: int
    size: int
    flags: frozenset[str]
    raw: bytes


class Mailbox:
    """A logged-in connection. All methods raise ServerError of the kind that says how far it reaches."""

    def __init__(self, account: Account, deadline: float = COMMAND_SECONDS) -> None:
        self.account = account
        self.deadline = deadline
        self.opened: Opened | None = None
        self.client: IMAPClient = self.connected()

    # ------------------------------------------------------------------------------------------------- connection

    def connected(self) -> IMAPClient:
        """Connect, secure and log in. Raises ConnectionLost, CertificateRefused or LoginRefused."""
        from imapclient import IMAPClient, SocketTimeout

        account = self.account
        name = f"{account.host}:{account.port}"
        context = tls_context(account.ca_file) if account.security != "none" else None
        timeout = SocketTimeout(CONNECT_SECONDS, min(READ_SECONDS, self.deadline))
        try:
            client = IMAPClient(
                account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=timeout
            )
        except ssl.SSLCertVerificationError as error:
            raise certificate_refused(name, error) from None
        except (OSError, imaplib.IMAP4.error) as error:
            raise ConnectionLost(f"{name} cannot be reached: {reason(error)}") from None
        client.normalise_times = False
        try:
            with self.limited(client, "LOGIN"):
                if account.security == "starttls":
                    client.starttls(context)
                self.log_in(client)
            tune(client.socket())
        except ssl.SSLCertVerificationError as error:
            close(client)
            raise certificate_refused(name, error) from None
        except BaseException:
            close(client)
            raise
        return client

    def log_in(self, client: IMAPClient) -> None:
        account = self.account
        try:
            client.login(account.username, account.password())
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            code = code_of(error)
            if code in ("UNAVAILABLE", "INUSE", "LIMIT", "CONTACTADMIN"):
                raise ConnectionLost(f"{account.host} lets nobody in now ({code})") from None
            hint = "check username and password; providers with two-step login want an app password"
            raise LoginRefused(f"{account.host} refused the login of {account.username}", hint) from None

    @contextlib.contextmanager
    def limited(self, client: IMAPClient, command: str, seconds: float | None = None) -> Iterator[None]:
        """Run one command within its deadline; beyond it the socket is shut from outside, and the call fails."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            with contextlib.suppress(OSError):
                client.socket().shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds or self.deadline, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except ssl.SSLCertVerificationError:
            raise
        except imaplib.IMAP4.readonly:
            raise FolderRefused(f"{command}: the folder is read-only") from None
        except imaplib.IMAP4.abort as error:
            raise ConnectionLost(f"{self.account.host}: {command} was cut off ({reason(error)})") from None
        except imaplib.IMAP4.error as error:
            raise refused(command, error) from None
        except (OSError, ValueError, AssertionError, IndexError, KeyError, TypeError) as error:
            # a server that talks nonsense makes imapclient raise whatever its parser stumbles over
            told = "no answer in time" if late.is_set() or isinstance(error, TimeoutError) else reason(error)
            raise ConnectionLost(f"{self.account.host}: {command} failed ({told})") from None
        finally:
            timer.cancel()

    def close(self) -> None:
        """Leave without ceremony; safe on a dead connection."""
        close(self.client)

    def fileno(self) -> int:
        return int(self.client.socket().fileno())

    @property
    def capabilities(self) -> frozenset[str]:
        with self.limited(self.client, "CAPABILITY"):
            return frozenset(c.decode("ascii", "replace").upper() for c in self.client.capabilities())

    def alive(self) -> None:
        with self.limited(self.client, "NOOP", 20.0):
            self.client.noop()

    # ---------------------------------------------------------------------------------------------------- folders

    def folders(self) -> tuple[Folder, ...]:
        """All folders of the account's own namespace."""
        with self.limited(self.client, "LIST"):
            rows = self.client.list_folders()
        made = []
        for flags, separator, name in rows:
            attributes = frozenset(f.decode("ascii", "replace").lower() for f in flags)
            text = separator.decode("ascii", "replace") if separator else ""
            made.append(Folder(str(name), attributes, text))
        return tuple(made)

    def create(self, name: str) -> None:
        with self.limited(self.client, "CREATE"):
            self.client.create_folder(name)
            with contextlib.suppress(imaplib.IMAP4.error):
                self.client.subscribe_folder(name)

    def open(self, name: str, write: bool = False) -> Opened:
        """SELECT, or by default EXAMINE. Raises FolderGone."""
        try:
            with self.limited(self.client, "SELECT"):
                found: dict[Any, Any] = self.client.select_folder(name, readonly=not write)
        except CommandRefused as error:
            self.opened = None
            raise FolderGone(f"the folder {name} cannot be opened", error.hint) from None
        flags = found.get(b"PERMANENTFLAGS", ())
        validity = int(found.get(b"UIDVALIDITY", 0))
        exists = int(found.get(b"EXISTS", 0))
        modseq = as_number(found.get(b"HIGHESTMODSEQ", 0))
        writable = write and not found.get(b"READ-ONLY")
        self.opened = Opened(name, validity, int(found.get(b"UIDNEXT", 0)), exists, modseq, b"\\*" in flags, writable)
        return self.opened

    def status(self, name: str) -> tuple[int, int, int]:
        """(UIDVALIDITY, UIDNEXT, MESSAGES) of a folder that is not open."""
        items = [b"UIDVALIDITY", b"UIDNEXT", b"MESSAGES"]
        try:
            with self.limited(self.client, "STATUS"):
                found = self.client.folder_status(name, items)
        except CommandRefused as error:
            raise FolderGone(f"the folder {name} cannot be read", error.hint) from None
        return int(found[b"UIDVALIDITY"]), int(found[b"UIDNEXT"]), int(found[b"MESSAGES"])

    # ----------------------------------------------------------------------------------------------------- reading

    def uids(self, criteria: Sequence[Any], charset: str | None = None) -> list[int]:
        """UID SEARCH in the open folder, ascending."""
        with self.limited(self.client, "SEARCH"):
            return sorted(int(u) for u in self.client.search(list(criteria), charset))

    def uids_from(self, first: int, since: date | None = None) -> list[int]:
        """The UIDs from `first` on; "n:*" also names the last message where n is beyond it (RFC 3501 §6.4.8)."""
        criteria: list[Any] = ["UID", f"{max(first, 1)}:*"]
        if since is not None:
            criteria += ["SINCE", since]
        return [u for u in self.uids(criteria) if u >= first]

    def with_id(self, message_id: str) -> list[int]:
        """The messages of the open folder that carry this Message-ID, by a search and then by their own headers."""
        found = self.uids(["HEADER", "Message-ID", message_id.strip("<>")])
        if not found:
            return []
        wanted = message_id.strip("<> ").encode()
        headers = self.headers(found, ("Message-ID",))
        return [h.uid for h in headers if wanted in b"".join(h.raw.split())]

    def headers(self, uids: Sequence[int], fields: Sequence[str]) -> list[Header]:
        """Size, flags and some header fields, by imaplib's own FETCH: 2.8 times as fast as imapclient's parser."""
        item = f"(UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(fields)})])"
        made = []
        for part in chunks(uids, MOST_UIDS):
            with self.limited(self.client, "FETCH"):
                answer = self.raw_fetch(ranges(part), item)
            for row in answer:
                meta = META.match(row[0])
                if meta and int(meta[1]) in part:
                    size, flags = SIZE.search(row[0]), FLAGS.search(row[0])
                    words = frozenset(f.decode("latin-1") for f in flags[1].split()) if flags else frozenset()
                    made.append(Header(int(meta[1]), int(size[1]) if size else 0, words, row[1]))
        return sorted(made, key=lambda h: h.uid)

    def raw_fetch(self, uid_set: str, items: str) -> list[tuple[bytes, bytes]]:
        """UID FETCH by imaplib: the (meta, literal) pairs; what follows a literal is added to its meta."""
        kind, data = self.client._imap.uid("FETCH", uid_set, items)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"FETCH {data!r}")
        pairs: list[tuple[bytes, bytes]] = []
        for row in data:
            if isinstance(row, tuple):
                pairs.append((bytes(row[0]), bytes(row[1])))
            elif isinstance(row, bytes) and pairs and not re.match(rb"\d+ \(", row):
                pairs[-1] = (pairs[-1][0] + row, pairs[-1][1])
        return pairs

    def bodies(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """(UID, bytes) of whole messages, without setting \\Seen (P8)."""
        for part in chunks(uids, 50):
            with self.limited(self.client, "FETCH"):
                rows = self.raw_fetch(ranges(part), "(UID BODY.PEEK[])")
            for meta, raw in rows:
                found = META.match(meta)
                if found and int(found[1]) in part:
                    yield int(found[1]), raw

    def body(self, uid: int) -> bytes | None:
        return next((raw for found, raw in self.bodies([uid]) if found == uid), None)

    def part(self, uid: int, section: str, most: int) -> bytes:
        """One section of a message (RFC 3501 §6.4.5), its first `most` bytes; b"" where there is none."""
        with self.limited(self.client, "FETCH"):
            rows = self.raw_fetch(str(uid), f"(UID BODY.PEEK[{section}]<0.{most}>)")
        return rows[0][1] if rows else b""

    def structure(self, uid: int) -> Any:
        """BODYSTRUCTURE as imapclient parses it; None for a message that is gone."""
        with self.limited(self.client, "FETCH"):
            found: dict[int, dict[bytes, Any]] = self.client.fetch([uid], ["BODYSTRUCTURE"])
        return found.get(uid, {}).get(b"BODYSTRUCTURE")

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        made: dict[int, frozenset[str]] = {}
        for part in chunks(uids, MOST_UIDS):
            with self.limited(self.client, "FETCH"):
                found = self.client.fetch(part, ["FLAGS"])
            for uid, row in found.items():
                made[uid] = frozenset(f.decode("latin-1") for f in row.get(b"FLAGS", ()))
        return made

    # ------------------------------------------------------------------------------- what changes a folder (P8, I7)

    def append(self, folder: str, raw: bytes, flags: Sequence[str]) -> tuple[int, int] | None:
        """Put a message of ours -> (UIDVALIDITY, UID) where the server tells (RFC 4315), else None.

        Raises FolderGone, OverQuota or FolderRefused for a NO; after ConnectionLost it may have been put or not.
        """
        try:
            with self.limited(self.client, "APPEND"):
                answer = self.client.append(folder, raw, tuple(f.encode() for f in flags))
        except CommandRefused as error:
            raise FolderRefused(f"{folder} took no message: {error.text}", error.hint) from None
        found = re.search(rb"APPENDUID (\d+) (\d+)", answer if isinstance(answer, bytes) else b"")
        return (int(found[1]), int(found[2])) if found else None

    def expunge(self, uid: int) -> None:
        """Remove exactly this message of the open folder: never another one that was marked \\Deleted by its owner."""
        with self.limited(self.client, "EXPUNGE"):
            self.client.add_flags([uid], [b"\\Deleted"], silent=True)
            if b"UIDPLUS" in self.client.capabilities():
                self.client.uid_expunge([uid])
                return
        others = [u for u in self.uids(["DELETED"]) if u != uid]
        with self.limited(self.client, "EXPUNGE"):
            # RFC 3501 §6.4.3 expunges all that is marked: take the marks of others off for that moment
            if others:
                self.client.remove_flags(others, [b"\\Deleted"], silent=True)
            self.client.expunge()
            if others:
                self.client.add_flags(others, [b"\\Deleted"], silent=True)

    def move(self, uid: int, folder: str) -> None:
        """Move a message of ours (RFC 6851), or copy and then remove it."""
        if "MOVE" in self.capabilities:
            with self.limited(self.client, "MOVE"):
                self.client.move([uid], folder)
            return
        with self.limited(self.client, "COPY"):
            self.client.copy([uid], folder)
        self.expunge(uid)

    def claim(self, uid: int, keyword: str, rival: str) -> bool:
        """Mark a message as taken by us, so that another daemon keeps off: true if nobody else has.

        With CONDSTORE one conditional STORE decides (RFC 7162 §3.1.3); without it the marks are read back, and the
        smaller wins. Servers without keywords cannot be asked: true.
        """
        if self.opened is None or not self.opened.keywords:
            return True
        before = self.flags([uid]).get(uid, frozenset())
        others = {f for f in before if f.startswith(rival) and f != keyword}
        if others:
            return False
        if keyword in before:
            return True
        with self.limited(self.client, "STORE"):
            if self.opened.modseq:
                found = self.client.fetch([uid], ["MODSEQ"])
                mark = as_number(found.get(uid, {}).get(b"MODSEQ", 0))
                self.client._imap.uid("STORE", str(uid), f"(UNCHANGEDSINCE {mark})", "+FLAGS.SILENT", f"({keyword})")
            else:
                self.client.add_flags([uid], [keyword.encode()], silent=True)
        after = {f for f in self.flags([uid]).get(uid, frozenset()) if f.startswith(rival)}
        return not after or min(after) == keyword

    def unmark(self, uid: int, flags: Sequence[str]) -> None:
        """Take marks off a message of ours."""
        with self.limited(self.client, "STORE"):
            self.client.remove_flags([uid], [f.encode() for f in flags], silent=True)


# ------------------------------------------------------------------------------------------------------------ helpers


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Verified TLS 1.2 or later; `ca_file` is trusted besides the system's authorities. Raises CertificateRefused."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError) as error:
            raise CertificateRefused(f"ca_file {ca_file} cannot be used: {reason(error)}") from None
    return context


def certificate_refused(name: str, error: ssl.SSLCertVerificationError) -> CertificateRefused:
    """OpenSSL's verify codes as what to do (X509_verify_cert_error_string(3))."""
    hints = {
        10: "the certificate has expired: the server's operator must renew it; check this machine's clock too",
        18: "the server signed its own certificate: give its file as ca_file to trust it",
        19: "the certificate comes from an authority unknown here: give that authority's file as ca_file",
        20: "the certificate comes from an authority unknown here: give that authority's file as ca_file",
        62: "the certificate is for another host name: set host to a name that stands in it",
        64: "the certificate is for another address: set host to the name that stands in it",
    }
    hint = hints.get(error.verify_code, "see what: openssl s_client -connect HOST:PORT")
    return CertificateRefused(f"{name}: its certificate was not accepted ({error.verify_message})", hint)


def tune(connection: socket.socket) -> None:
    """Notice a dead peer (I14), and do not wait 40 ms before a small packet."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEPALIVE.items():
            if hasattr(socket, name):
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def close(client: IMAPClient) -> None:
    with contextlib.suppress(OSError, imaplib.IMAP4.error, AttributeError):
        client.shutdown()


def code_of(error: Exception) -> str:
    """The response code of a NO or BAD (RFC 3501 §7.1, RFC 5530), or ""."""
    text = error.args[0] if error.args else b""
    data = text if isinstance(text, bytes) else str(text).encode("utf-8", "replace")
    found = CODE.search(data)
    return found[1].decode() if found else ""


def refused(command: str, error: Exception) -> ServerError:
    """A NO or BAD as one of our errors, by its response code."""
    code = code_of(error)
    told = f"{command} was refused" + (f" ({code})" if code else "")
    if code == "OVERQUOTA":
        return OverQuota("the mailbox is full", "delete something, or ask for more room")
    if code in ("TRYCREATE", "NONEXISTENT"):
        return FolderGone(told)
    if code in ("UNAVAILABLE", "INUSE", "EXPIRED", "PRIVACYREQUIRED"):
        return ConnectionLost(told)
    if code in ("NOPERM", "READ-ONLY", "CANNOT", "LIMIT"):
        return FolderRefused(told)
    return CommandRefused(told)


def reason(error: BaseException) -> str:
    """Why, in a few words, without anything of a message: the class where the system gives no text."""
    text = getattr(error, "strerror", None)
    return str(text) if text else type(error).__name__


def as_number(value: Any) -> int:
    """MODSEQ comes as n, (n,) or [n], by server and version."""
    while isinstance(value, (list, tuple)):
        value = value[0] if value else 0
    return int(value) if value else 0


def chunks(items: Sequence[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def ranges(uids: Sequence[int]) -> str:
    """[1, 2, 3, 7] -> "1:3,7": short enough for every server's command line."""
    parts: list[str] = []
    for uid in sorted(uids):
        first, _, last = parts[-1].partition(":") if parts else ("", "", "")
        if parts and uid == int(last or first) + 1:
            parts[-1] = f"{first}:{uid}"
        else:
            parts.append(str(uid))
    return ",".join(parts)
