"""An Account -> a secured, logged-in connection. Every wait on it has an end, every failure leaves as an error of `agent.errors`.

Rule 1: every command has a deadline of its own, because a time-out per recv lets a dripping server hold a call for ever.
Rule 2: a password is said after TLS was verified, or where the configuration allows none; it is kept nowhere.
Rule 3: an error tells what happened and what to do, never the server's words: those may quote a message (I13).
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
LONGEST_LINE = 20_000_000  # imaplib stops at 1 MB and leaves the rest of the line for the next answer
KEEPALIVE = {"TCP_KEEPIDLE": 120, "TCP_KEEPINTVL": 30, "TCP_KEEPCNT": 4}
CODE = re.compile(rb"\[([A-Z][A-Z0-9-]*)")
LINE_END = re.compile(r"[\r\n\0]")  # would end the command
NOT_NOW = ("UNAVAILABLE", "INUSE", "LIMIT", "CONTACTADMIN", "SERVERBUG")  # RFC 5530: the password may well be right


@dataclass(frozen=True, slots=True)
class Account:
    """Where and how to log in. `password` is asked for at each login and kept nowhere."""

    host: str
    port: int
    security: str
    username: str
    password: Callable[[], str]
    ca_file: Path | None = None

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def connected(account: Account, deadline: float) -> IMAPClient:
    """Connect, secure and log in. Raises ConnectionLost, CertificateRefused or LoginRefused."""
    context = tls_context(account.ca_file) if account.security != "none" else None
    client = greeted(account, context, deadline)
    try:
        if account.security == "starttls":
            secure(client, account, context, deadline)
        log_in(client, account, deadline)
        tune(client.socket())
    except BaseException:
        close(client)
        raise
    return client


# ----------------------------------------------------------------------------------------------------------- greeting


class Wire(imaplib.IMAP4):
    """imaplib's connection, with its socket known to `sockets` before anything is waited for, and with long lines."""

    def __init__(self, account: Account, context: ssl.SSLContext | None, sockets: list[socket.socket]) -> None:
        self.context, self.sockets = context, sockets
        super().__init__(account.host, account.port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        made = socket.create_connection((self.host, self.port), timeout or CONNECT_SECONDS)
        self.sockets.append(made)
        if self.context is None:
            return made
        secured = self.context.wrap_socket(made, server_hostname=self.host, do_handshake_on_connect=False)
        self.sockets.append(secured)
        secured.do_handshake()
        return secured

    def readline(self) -> bytes:
        line = self.file.readline(LONGEST_LINE + 1)
        assert isinstance(line, bytes)  # imaplib reads in binary
        if len(line) > LONGEST_LINE:
            raise self.abort("line too long")
        return line


def greeted(account: Account, context: ssl.SSLContext | None, deadline: float) -> IMAPClient:
    """The connection with the server's greeting and its capabilities, on TLS if it begins so; nobody is logged in."""
    from imapclient import IMAPClient, SocketTimeout

    sockets: list[socket.socket] = []
    by_tls = context if account.security == "tls" else None

    class Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
        def _create_IMAP4(self) -> Wire:
            return Wire(account, by_tls, sockets)

    timeout = SocketTimeout(CONNECT_SECONDS, min(READ_SECONDS, deadline))
    with ended_after(deadline, lambda: sockets[-1] if sockets else None) as late:
        try:
            client: IMAPClient = Client(account.host, account.port, ssl=by_tls is not None, timeout=timeout)
        except (OSError, ValueError, imaplib.IMAP4.error) as error:
            for each in sockets:
                each.close()
            raise unreachable(account, error, late.is_set()) from None
    client.folder_encode = False  # names are written and read by `listing`
    client._imap._encoding = "utf-8"
    return client


def unreachable(account: Account, error: Exception, late: bool) -> ServerError:
    """Why there is no greeting, and what may be done."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return certificate_refused(account.place, error)
    if late or isinstance(error, TimeoutError):
        hint = "" if account.security == "tls" else 'a port that begins with TLS, as 993 does, wants security = "tls"'
        return ConnectionLost(f"{account.place} gives no answer", hint)
    if isinstance(error, ssl.SSLError) and account.security == "tls":
        hint = 'a port that does not begin with TLS, as 143, wants security = "starttls"'
        return ConnectionLost(f"{account.place} cannot be reached by TLS", hint)
    if isinstance(error, OSError):
        return ConnectionLost(
            f"{account.place} cannot be reached: {reason(error)}", "check host and port, and the network"
        )
    if isinstance(error, imaplib.IMAP4.abort):
        return ConnectionLost(f"{account.place} broke off at once", "see whether host and port are those of IMAP")
    return ConnectionLost(f"{account.place} lets nobody in now")


def secure(client: IMAPClient, account: Account, context: ssl.SSLContext | None, deadline: float) -> None:
    """STARTTLS (RFC 3501 §6.2.1). Without it no password is said."""
    try:
        with limited(client, account.host, "STARTTLS", deadline):
            client.starttls(context)
    except ssl.SSLCertVerificationError as error:
        raise certificate_refused(account.place, error) from None
    except CommandRefused:
        hint = 'a port that begins with TLS, as 993 does, wants security = "tls"'
        raise LoginRefused(f"{account.place} offers no STARTTLS, so no password was said", hint) from None


def log_in(client: IMAPClient, account: Account, deadline: float) -> None:
    """By LOGIN, or by AUTHENTICATE PLAIN where LOGIN cannot say it (RFC 3501 §6.2.2, RFC 4616)."""
    user, password = account.username, account.password()
    if LINE_END.search(user + password):
        raise LoginRefused("username and password must be one line each", "see where they come from: afterword check")
    with limited(client, account.host, "CAPABILITY", deadline):
        offered = client.capabilities()
    awkward = not (user + password).isascii() or b"LOGINDISABLED" in offered
    if b"LOGINDISABLED" in offered and b"AUTH=PLAIN" not in offered:
        hint = "" if account.security == "tls" else 'set security = "starttls" or "tls"'
        raise LoginRefused(f"{account.place} takes no password on this connection", hint)
    with limited(client, account.host, "LOGIN", deadline):
        wire = client._imap
        try:
            if awkward and b"AUTH=PLAIN" in offered:
                wire.authenticate("PLAIN", lambda challenge: f"\0{user}\0{password}".encode())
            else:
                wire.login(wire._quote(user), password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise login_refused(account, code_of(error)) from None


def login_refused(account: Account, code: str) -> ServerError:
    """A NO to a login, by its response code (RFC 5530 §3)."""
    if code in NOT_NOW:
        return ConnectionLost(f"{account.host} lets nobody in now ({code})")
    hint = "check username and password; providers with two-step login want an app password"
    if code == "EXPIRED":
        hint = "the password has expired: set a new one with your provider"
    if code == "PRIVACYREQUIRED":
        hint = 'set security = "starttls" or "tls"'
    return LoginRefused(f"{account.host} refused the login of {account.username}", hint)


# ----------------------------------------------------------------------------------------------------------- deadlines


@contextlib.contextmanager
def ended_after(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[threading.Event]:
    """Shut that socket from outside when time is up, so that whoever waits on it wakes; the event then says so."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        shut(connection())

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


@contextlib.contextmanager
def limited(client: IMAPClient, host: str, command: str, seconds: float) -> Iterator[None]:
    """Run one command within its deadline, and tell what went wrong by one of our errors."""
    # imaplib keeps the [READ-ONLY] of a refusal, and would refuse every command until the next SELECT because of it
    client._imap.untagged_responses.pop("READ-ONLY", None)
    with ended_after(seconds, client.socket) as late:
        try:
            yield
        except ssl.SSLCertVerificationError:
            raise
        except (imaplib.IMAP4.error, OSError, *NONSENSE) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                raise ConnectionLost(f"{host}: {command} failed (no answer in time)") from None
            if isinstance(error, imaplib.IMAP4.readonly):
                raise FolderRefused(f"{command}: the folder is read-only") from None
            if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
                raise refused(command, error) from None
            raise ConnectionLost(f"{host}: {command} was cut off ({reason(error)})") from None


# A server that talks nonsense makes imaplib and imapclient raise whatever their parsers stumble over.
NONSENSE = (ValueError, AssertionError, IndexError, KeyError, TypeError, AttributeError, RecursionError)


def tune(connection: socket.socket) -> None:
    """Notice a dead peer (I14), and do not wait 40 ms before a small packet."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEPALIVE.items():
            if hasattr(socket, name):
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def shut(connection: socket.socket | None) -> None:
    """End both directions; a thread that reads wakes. Not SSLSocket's own: that takes the TLS away under the reader."""
    if connection is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)


def close(client: IMAPClient) -> None:
    """Leave without ceremony, also while another thread reads: closing its file first would wait for that thread."""
    shut(client.socket())
    with contextlib.suppress(OSError, imaplib.IMAP4.error, AttributeError):
        client.shutdown()


# ---------------------------------------------------------------------------------------------------------------- TLS


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
        9: "the certificate is not valid yet: check this machine's clock",
        10: "the certificate has expired: the server's operator must renew it; check this machine's clock too",
        18: "the server signed its own certificate: give its file as ca_file to trust it",
        19: "the certificate comes from an authority unknown here: give that authority's file as ca_file",
        20: "the certificate comes from an authority unknown here: give that authority's file as ca_file",
        62: "the certificate is for another host name: set host to a name that stands in it",
        64: "the certificate is for another address: set host to the name that stands in it",
    }
    hint = hints.get(error.verify_code, "see what: openssl s_client -connect HOST:PORT")
    return CertificateRefused(f"{name}: its certificate was not accepted ({error.verify_message})", hint)


# ------------------------------------------------------------------------------------------------------------- errors


def code_of(error: Exception) -> str:
    """The response code of a NO or BAD (RFC 3501 §7.1, RFC 5530), or ""."""
    text: Any = error.args[0] if error.args else b""
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
    if code in ("UNAVAILABLE", "INUSE", "SERVERBUG", "EXPIRED", "PRIVACYREQUIRED"):
        return ConnectionLost(told)
    if code in ("NOPERM", "READ-ONLY", "CANNOT", "LIMIT"):
        return FolderRefused(told)
    return CommandRefused(told)


def reason(error: BaseException) -> str:
    """Why, in a few words, without anything of a message: the class where the system gives no text."""
    text = getattr(error, "strerror", None)
    return str(text) if text else type(error).__name__
