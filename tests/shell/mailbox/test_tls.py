"""TLS: nothing is said to a server whose certificate does not hold, and each kind of failure tells its own next step."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import CertificateRefused, ConnectionLost, Exit, LoginRefused, Reach
from agent.shell.imap import Account, Mailbox
from tests.servers.certificates import LONG_AGO, OPENSSL, Authority, serving
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import Talk

pytestmark = pytest.mark.skipif(not OPENSSL, reason="openssl, which makes the certificates, is not installed")

Pair = tuple[Path, Path]
SOON = 3.0


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that nobody here trusts."""
    return Authority(tmp_path_factory.mktemp("stranger"), "Stranger")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_a_trusted_authority_lets_in(dovecot_server: Dovecot, security: str) -> None:
    mailbox = Mailbox(dovecot_server.mailbox().secured(security))
    assert mailbox.open("INBOX").exists == 0
    mailbox.close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_authority_is_not_trusted_because_it_is_there(dovecot_server: Dovecot, security: str) -> None:
    """Without ca_file only the system's authorities count."""
    account = replace(dovecot_server.mailbox().secured(security), ca_file=None)
    with pytest.raises(CertificateRefused) as raised:
        Mailbox(account)
    assert "ca_file" in raised.value.hint


Make = Callable[[Authority, Authority], Pair]
WRONG: dict[str, tuple[Make, str, str]] = {
    "expired": (lambda ours, other: ours.certificate("expired", valid=LONG_AGO), "localhost", "expired"),
    "not yet valid": (
        lambda ours, other: ours.certificate("early", valid=("20480101000000Z", "20490101000000Z")),
        "localhost",
        "clock",
    ),
    "for another host": (lambda ours, other: ours.certificate("host", "DNS:mail.other.example"), "localhost", "host"),
    "for another address": (lambda ours, other: ours.certificate("address", "IP:127.0.0.9"), "127.0.0.1", "address"),
    "self-signed": (lambda ours, other: ours.self_signed("self"), "localhost", "signed its own"),
    "of an unknown authority": (lambda ours, other: other.certificate("unknown"), "localhost", "authority"),
    "of an unknown authority that sends itself": (
        lambda ours, other: other.certificate("chain", chain=True),
        "localhost",
        "authority",
    ),
}


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("wrong", WRONG)
def test_each_wrong_certificate_is_refused_with_its_own_next_step(
    authority: Authority, stranger: Authority, wrong: str, security: str
) -> None:
    """CONTRACT: TLS always verified; the client turns away before it says anything."""
    make, host, hint = WRONG[wrong]
    context = serving(make(authority, stranger))
    if security == "tls":
        talk = Talk().turned_away(context)
    else:
        talk = Talk("STARTTLS").client("STARTTLS").ok("begin").turned_away(context)
    with talk:
        account = replace(talk.account, host=host, security=security, ca_file=authority.file)
        with pytest.raises(CertificateRefused) as raised:
            Mailbox(account)
    assert hint in raised.value.hint
    assert (raised.value.exit, raised.value.reach) == (Exit.SERVER, Reach.ACCOUNT)


def test_a_self_signed_certificate_is_trusted_where_the_owner_gives_it(authority: Authority) -> None:
    """What the error tells to do must work."""
    pair = authority.self_signed("given")
    with Talk(tls=serving(pair)).client("NOOP").ok() as talk:
        mailbox = Mailbox(replace(talk.account, host="localhost", ca_file=pair[0]))
        mailbox.alive()
        mailbox.close()


def test_a_ca_file_that_cannot_be_read_is_told(authority: Authority, tmp_path: Path) -> None:
    empty = tmp_path / "nothing.pem"
    empty.touch()
    for file in (empty, tmp_path / "not there.pem"):
        with pytest.raises(CertificateRefused) as raised:
            Mailbox(Account("localhost", 1, "tls", "sam", lambda: "secret", file))
        assert str(file) in raised.value.text


# ------------------------------------------------------------------------------------------------------------ STARTTLS


@pytest.mark.parametrize("answer", ["none", "no"])
def test_where_starttls_fails_no_password_is_said(answer: str) -> None:
    """Someone in between may take STARTTLS out of the capabilities, or refuse it (RFC 3501 §11.1)."""
    talk = Talk() if answer == "none" else Talk("STARTTLS")
    talk = talk.client("CAPABILITY").server(f"* CAPABILITY {talk.capability}").ok()
    if answer == "no":
        talk = talk.client("STARTTLS").no("not today")
    with talk, pytest.raises(LoginRefused) as raised:
        Mailbox(replace(talk.account, host="localhost", security="starttls"))
    assert "no password was said" in raised.value.text


def test_what_was_said_before_tls_is_forgotten(authority: Authority) -> None:
    """RFC 3501 §6.2.1: capabilities from before STARTTLS were open to anybody; so is a reply sent ahead of it."""
    talk = Talk("STARTTLS IDLE LOGINDISABLED").client("STARTTLS").ok("begin")
    talk = talk.secures(serving(authority.certificate("forgetting")))
    for said in ("CAPABILITY", "CAPABILITY", "LOGIN *", "CAPABILITY"):
        talk = talk.client(said).server(*["* CAPABILITY IMAP4rev1 MOVE"][: said == "CAPABILITY"]).ok()
    with talk:
        mailbox = Mailbox(replace(talk.account, host="localhost", security="starttls", ca_file=authority.file))
        assert mailbox.capabilities == {"IMAP4REV1", "MOVE"}
        mailbox.close()


# -------------------------------------------------------------------------------------------------------- wrong ports


def test_tls_to_a_port_that_speaks_plainly_tells_what_to_set() -> None:
    with Talk().server() as talk, pytest.raises(ConnectionLost) as raised:
        Mailbox(replace(talk.account, host="localhost", security="tls"), 2.0)
    assert 'security = "starttls"' in raised.value.hint


def test_a_connection_without_tls_to_a_tls_port_tells_what_to_set(dovecot_server: Dovecot) -> None:
    account = replace(dovecot_server.mailbox().account, port=dovecot_server.tls_port)
    with pytest.raises(ConnectionLost) as raised:
        Mailbox(account, 0.3)
    assert 'security = "tls"' in raised.value.hint


# ------------------------------------------------------------------------------------------------------- deadlines


def test_a_server_that_drips_within_tls_is_cut_off(authority: Authority) -> None:
    """To end TLS under a reading thread makes that thread fail in ways of its own."""
    began = time.monotonic()
    with Talk(tls=serving(authority.certificate("dripping"))).client("NOOP").drips(b"* OK", 0.02) as talk:
        mailbox = Mailbox(replace(talk.account, host="localhost", ca_file=authority.file), 0.4)
        with pytest.raises(ConnectionLost) as raised:
            mailbox.alive()
        mailbox.close()
    assert "no answer in time" in raised.value.text
    assert time.monotonic() - began < SOON
