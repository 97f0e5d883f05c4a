"""The one way out: `submit` hands one message to the SMTP server, and says for certain whether it was taken, or that it cannot tell.

Rule 1: nothing else in the program opens a connection to an SMTP server for more than a login (a test holds this).
Rule 2: all recipients or none: one that is refused calls the whole message off before its text is sent.
Rule 3: after the text has begun to leave, only an answer counts; without one the outcome is Unsure (I4).
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import CertificateRefused, Deferred, LoginRefused, Refused, ServerError, Unsure
from agent.shell.connection import Account, certificate_refused, tls_context

if TYPE_CHECKING:
    from aiosmtplib import SMTP

CONNECT_SECONDS = 20.0
ANSWER_SECONDS = 120.0  # RFC 5321 §4.5.3.2.6 wants ten minutes for the final dot; nobody takes more than seconds


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed over: the envelope and the bytes, CRLF, without Bcc."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    def __post_init__(self) -> None:
        if not self.recipients or any(c in a for a in (self.sender, *self.recipients) for c in "\r\n <>"):
            raise ValueError("an envelope needs clean addresses")


def submit(account: Account, letter: Letter) -> str:
    """Send -> the server's last words. Raises Deferred or Refused (surely not sent), Unsure (nobody knows)."""
    return asyncio.run(submitted(account, letter))


def check_login(account: Account) -> str:
    """Connect, secure, log in and leave -> the server's greeting name; sends nothing."""
    return asyncio.run(logged_in_once(account))


async def logged_in_once(account: Account) -> str:
    client = await connected(account)
    name = client.hostname or account.host
    await left(client)
    return name


async def submitted(account: Account, letter: Letter) -> str:
    from aiosmtplib import SMTPException, SMTPResponseException

    client = await connected(account)
    try:
        try:
            await client.mail(letter.sender)
            for recipient in letter.recipients:
                await client.rcpt(recipient)
        except SMTPResponseException as error:
            raise refusal(error.code, "the envelope") from None
        except UnicodeEncodeError:
            told = "an address has letters that this server cannot take (RFC 6531)"
            raise Refused(told, "write to another address of theirs, or send it from your mail client") from None
        except (TimeoutError, SMTPException, OSError) as error:
            raise Deferred(f"{account.host} broke off before the message was sent ({type(error).__name__})") from None
        try:
            response = await client.data(letter.raw, timeout=ANSWER_SECONDS)
        except SMTPResponseException as error:
            if not 400 <= error.code < 600:  # 25x other than 250, or no reply at all: it may have been taken
                raise unsure(account) from None
            raise refusal(error.code, "the message") from None
        except (TimeoutError, SMTPException, OSError, ValueError):
            raise unsure(account) from None
        return response.message[:120]
    finally:
        await left(client)


def unsure(account: Account) -> Unsure:
    return Unsure(
        f"{account.host} gave no answer after it had been given the message",
        "look whether it arrived; it is not sent again by itself",
    )


def refusal(code: int, what: str) -> ServerError:
    """RFC 5321 §4.2.1: 4yz may work later, 5yz will not. The server's text is left out: it may quote the message (I13)."""
    if not 500 <= code < 600:
        return Deferred(f"the server does not take {what} now (code {code})", "it is tried again")
    return Refused(f"the server refused {what} (code {code})", "check the recipient's address")


async def connected(account: Account) -> SMTP:
    from aiosmtplib import SMTP, SMTPException

    name = f"{account.host}:{account.port}"
    context = tls_context(account.ca_file) if account.security != "none" else None
    client = SMTP(
        hostname=account.host, port=account.port, use_tls=account.security == "tls", start_tls=account.security == "starttls",
        tls_context=context, timeout=CONNECT_SECONDS,
    )  # fmt: skip
    try:
        await client.connect()
    except ssl.SSLCertVerificationError as error:
        raise certificate_refused(name, error) from None
    except (TimeoutError, SMTPException, OSError) as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            raise certificate_refused(name, cause) from None
        told = f"{name} cannot be reached ({type(error).__name__})"
        raise Deferred(told, "check [smtp] host, port and security, and the network") from None
    try:
        await logged_in(client, account, name)
    except ServerError:
        await left(client)
        raise
    return client


async def logged_in(client: SMTP, account: Account, name: str) -> None:
    """AUTH (RFC 4954), unless a relay on this machine offers none."""
    from aiosmtplib import SMTPAuthenticationError, SMTPException, SMTPResponseException

    if not account.username:
        return
    try:
        if client.is_ehlo_or_helo_needed:
            await greeted(client)
        if not client.supports_extension("auth") and account.security == "none":
            return
        await client.login(account.username, account.password())
    except SMTPAuthenticationError as error:
        if error.code and 400 <= error.code < 500:
            raise Deferred(f"{name} lets nobody in now (code {error.code})") from None
        hint = "check [smtp] username and password; providers with two-step login want an app password"
        raise LoginRefused(f"{name} refused the login of {account.username}", hint) from None
    except SMTPResponseException as error:
        raise Deferred(f"{name} did not finish the login (code {error.code})") from None
    except (TimeoutError, SMTPException, OSError) as error:
        raise Deferred(f"{name} did not finish the login ({type(error).__name__})") from None


async def greeted(client: SMTP) -> None:
    """EHLO, or HELO to a server that knows no EHLO (RFC 5321 §3.2): only then is it known whether AUTH is offered."""
    from aiosmtplib import SMTPHeloError

    try:
        await client.ehlo()
    except SMTPHeloError:
        await client.helo()


async def left(client: SMTP) -> None:
    """QUIT, politely and briefly; what happens here changes nothing any more."""
    from aiosmtplib import SMTPException

    try:
        if client.is_connected:
            await client.quit(timeout=2.0)
    except (TimeoutError, SMTPException, OSError):
        client.close()


def envelope(sender: str, recipients: Sequence[str], raw: bytes) -> Letter:
    """A Letter with each recipient once."""
    return Letter(sender, tuple(dict.fromkeys(r.lower() for r in recipients)), raw)


__all__ = ["CertificateRefused", "Letter", "check_login", "envelope", "submit"]
