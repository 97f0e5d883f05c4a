"""The one way out: what was surely sent, surely not sent, and what nobody knows (I4).

Nothing here is sent again: each test also counts the dialogues.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import Again, CertificateRefused, Deferred, LoginRefused, Refused, ServerError, Unsure, UsageError
from agent.shell import smtp
from agent.shell.imap import Account
from agent.shell.smtp import Letter, check_login, envelope, submit
from tests.servers.certificates import OPENSSL, Authority, serving
from tests.shell.post_office import PASSWORD, USER, PostOffice, Scripted, account, opens_to

RAW = (
    b"From: sam@example.com\r\nTo: dana@acme.example\r\nSubject: Thank you\r\nMessage-ID: <1@example.com>\r\n\r\nDear Dana,\r\n"
    b"thank you.\r\n"
)
LETTER = Letter("sam@example.com", ("dana@acme.example",), RAW)
TWO = Letter("sam@example.com", ("dana@acme.example", "lee@acme.example"), RAW)
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
needs_openssl = pytest.mark.skipif(not OPENSSL, reason="no openssl program to make certificates with")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of patience, small."""
    monkeypatch.setattr(smtp, "CONNECT_SECONDS", 0.4)
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.4)


# ------------------------------------------------------------------------------------------------------------- taken


def test_a_letter_is_handed_over_once_with_its_envelope() -> None:
    with PostOffice() as office:
        words = submit(office.account(), TWO)
        assert office.taken == [("sam@example.com", ("dana@acme.example", "lee@acme.example"), RAW)]
    assert "queued as 12345" in words


@pytest.mark.parametrize(
    "body",
    [
        b".\r\n..\r\n.hidden\r\n...\r\nend\r\n",
        b"one\r\n.\r\nQUIT\r\n",
        "Grüße aus Zürich – “schön”\r\n".encode(),
        b"\r\n\r\n",
        b"x" * 900 + b"\r\n",
    ],
    ids=["dots", "a-dot-that-would-end-it", "8-bit", "empty-lines", "a-long-line"],
)
def test_the_body_arrives_as_it_was_confirmed(body: bytes) -> None:
    """P1; RFC 5321 §4.5.2 (transparency), RFC 6152 (8BITMIME)."""
    raw = RAW.partition(b"\r\n\r\n")[0] + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    with PostOffice() as office:
        submit(office.account(), Letter("sam@example.com", ("dana@acme.example",), raw))
        assert [letter[2] for letter in office.taken] == [raw]


def test_a_relay_on_this_machine_that_asks_for_no_login_is_used_without(quick: None) -> None:
    """No AUTH is offered there (RFC 4954 §3): the password is not even asked for."""

    def forbidden() -> str:
        raise AssertionError("the password was asked for")

    with PostOffice() as office:
        submit(Account("127.0.0.1", office.port, "none", USER, forbidden), LETTER)
        assert len(office.taken) == 1


# Found by this test: without TLS no EHLO has been said when AUTH is looked for, so it is never seen, and no login takes place; the server
# then refuses MAIL for good. (A bridge or relay on this machine that wants a login is what security = "none" is for.)
def test_a_relay_on_this_machine_that_asks_for_a_login_gets_it() -> None:
    with PostOffice(**opens_to(USER, PASSWORD), auth_require_tls=False) as office:
        assert check_login(office.account()) == "127.0.0.1"
        submit(office.account(), LETTER)
        assert len(office.taken) == 1


def test_after_the_servers_yes_nothing_that_follows_matters() -> None:
    """A server that cuts the line instead of answering QUIT has taken the message all the same."""
    with Scripted(QUIT="reset") as office:
        assert "taken" in submit(account(office.port), LETTER)


# ------------------------------------------------------------------------------------------- surely not sent, by answer


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize(
    ("answer", "kind", "again"),
    [
        ("450 not now", Deferred, Again.LATER),
        ("421 closing", Deferred, Again.LATER),
        ("550 no such user dana", Refused, Again.NEVER),
        ("554 spam", Refused, Again.NEVER),
    ],
    ids=["450", "421", "550", "554"],
)
def test_a_no_at_any_point_is_surely_not_sent(verb: str, answer: str, kind: type[ServerError], again: Again) -> None:
    """RFC 5321 §4.2.1: 4yz may work later, 5yz will not; the code is told, the server's text is not (I13)."""
    with Scripted(**{verb: answer}) as office:
        with pytest.raises(kind) as caught:
            submit(account(office.port), LETTER)
        assert office.connections == 1
        assert "QUIT" in office.verbs or answer.startswith("421")
    assert type(caught.value) is kind
    assert caught.value.again is again
    assert answer[:3] in caught.value.text
    assert "dana" not in str(caught.value)
    assert "spam" not in str(caught.value)


@pytest.mark.parametrize("code", ["450", "550"])
def test_one_recipient_refused_sends_to_nobody(code: str) -> None:
    """Rule 2: all or none. DATA is never said."""
    with Scripted(**{"RCPT 2": f"{code} not this one"}) as office:
        with pytest.raises(ServerError):
            submit(account(office.port), TWO)
        assert "DATA" not in office.verbs
        assert office.text == b""


# -------------------------------------------------------------------------------------------- surely not sent, by cutting


@pytest.mark.parametrize("act", ["drop", "reset", "silence"])
@pytest.mark.parametrize("verb", ["connect", "EHLO", "MAIL", "RCPT", "RCPT 2"])
def test_a_line_that_breaks_before_the_text_is_surely_not_sent(quick: None, verb: str, act: str) -> None:
    """Nothing of the message has left: it may be tried again."""
    with Scripted(**{verb: act}) as office:
        with pytest.raises(Deferred) as caught:
            submit(account(office.port), TWO)
        assert office.text == b""
        assert office.connections <= 2  # HELO may be tried after EHLO
    assert not isinstance(caught.value, Unsure)


@pytest.mark.parametrize("greeting", ["554 go away", "421 busy", "nonsense"])
def test_a_server_that_does_not_let_us_begin_is_told(quick: None, greeting: str) -> None:
    with Scripted(connect=greeting) as office, pytest.raises(Deferred):
        submit(account(office.port), LETTER)


def test_nobody_listening_is_surely_not_sent(quick: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Deferred, match=str(port)):
        submit(account(port), LETTER)


def test_an_unknown_host_is_surely_not_sent(quick: None) -> None:
    with pytest.raises(Deferred, match=r"nowhere\.invalid"):
        submit(account(25, host="nowhere.invalid"), LETTER)


# --------------------------------------------------------------------------------------------------------- nobody knows


@pytest.mark.parametrize("act", ["drop", "reset", "silence", "drop at once", "gibberish"])
def test_without_an_answer_after_the_text_nobody_knows(quick: None, act: str) -> None:
    """I4: the server may have taken it. Never sent again by itself."""
    with Scripted(**{".": act}) as office:
        with pytest.raises(Unsure) as caught:
            submit(account(office.port), Letter(LETTER.sender, LETTER.recipients, RAW + b"more\r\n" * 5000))
        assert office.connections == 1
    assert caught.value.again is Again.NEVER
    assert "not sent again" in caught.value.hint


# ---------------------------------------------------------------------------------------------------------- the envelope


# Found by this test: an address outside ASCII raises UnicodeEncodeError from within aiosmtplib, past all errors of ours.
@pytest.mark.parametrize("recipient", ["jürgen@acme.example", "dana@müller.example"])
def test_an_address_that_this_server_cannot_take_is_surely_not_sent(quick: None, recipient: str) -> None:
    """RFC 6531: no SMTPUTF8 is offered."""
    with Scripted() as office:
        with pytest.raises(ServerError) as caught:
            submit(account(office.port), Letter("sam@example.com", (recipient,), RAW))
        assert "DATA" not in office.verbs
    assert not isinstance(caught.value, Unsure)


@pytest.mark.parametrize(
    "address", ["dana@acme.example\r\nRCPT TO:<x@y.example>", "dana@acme.example>", "<dana@acme.example", "da na@acme.example"]
)  # fmt: skip
def test_an_envelope_takes_no_address_that_could_hold_a_command(address: str) -> None:
    """I12."""
    for letter in (("sam@example.com", (address,)), (address, ("dana@acme.example",))):
        with pytest.raises(ValueError, match="envelope"):
            Letter(*letter, RAW)
    with pytest.raises(ValueError, match="envelope"):
        Letter("sam@example.com", (), RAW)


def test_each_recipient_stands_once_in_the_envelope() -> None:
    made = envelope("sam@example.com", ["Dana@acme.example", "lee@acme.example", "dana@acme.example"], RAW)
    assert made.recipients == ("dana@acme.example", "lee@acme.example")


# --------------------------------------------------------------------------------------------------------------- the login


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def other_authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "other", "Somebody else")


@pytest.fixture(scope="module")
def right(authority: Authority) -> tuple[Path, Path]:
    return authority.certificate("right")


@pytest.fixture(params=["tls", "starttls"])
def security(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def secured(certificate: tuple[Path, Path], security: str) -> PostOffice:
    """A server that asks for a login, over TLS from the start or after STARTTLS (RFC 3207)."""
    context = serving(certificate)
    login = opens_to(USER, PASSWORD)
    if security == "tls":
        return PostOffice(context, **login, auth_require_tls=False)
    return PostOffice(**login, tls_context=context, require_starttls=True)


@pytest.fixture
def office(right: tuple[Path, Path], security: str) -> Iterator[PostOffice]:
    with secured(right, security) as made:
        yield made


@needs_openssl
def test_a_letter_goes_through_tls_with_a_login(office: PostOffice, security: str, authority: Authority) -> None:
    there = office.account(security, ca_file=authority.file)
    assert check_login(there) == "127.0.0.1"
    assert office.taken == [], "a check sends nothing"
    submit(there, LETTER)
    assert len(office.taken) == 1


@needs_openssl
def test_a_wrong_password_is_told_without_it(office: PostOffice, security: str, authority: Authority) -> None:
    with pytest.raises(LoginRefused) as caught:
        submit(office.account(security, ca_file=authority.file, password="wrong one"), LETTER)
    assert USER in caught.value.text
    assert "app password" in caught.value.hint
    assert "wrong one" not in str(caught.value)
    assert office.taken == []


@needs_openssl
def test_an_unknown_authority_is_refused(office: PostOffice, security: str, other_authority: Authority) -> None:
    for ca_file in (None, other_authority.file):
        with pytest.raises(CertificateRefused) as caught:
            submit(office.account(security, ca_file=ca_file), LETTER)
        assert "ca_file" in caught.value.hint
    assert office.taken == []


@needs_openssl
@pytest.mark.parametrize(
    ("names", "valid", "hint"),
    [("DNS:mail.example.com", None, "host"), ("IP:127.0.0.1", ("20240101000000Z", "20240201000000Z"), "expired")],
    ids=["another-host", "expired"],
)
def test_a_certificate_for_another_host_or_time_is_refused(
    authority: Authority, security: str, names: str, valid: tuple[str, str] | None, hint: str
) -> None:
    name = f"wrong-{security}-{hint}"
    made = authority.certificate(name, names, valid) if valid else authority.certificate(name, names)
    with secured(made, security) as office:
        with pytest.raises(CertificateRefused) as caught:
            submit(office.account(security, ca_file=authority.file), LETTER)
        assert hint in caught.value.hint
        assert office.taken == []


def test_without_starttls_nothing_is_said_in_the_clear(quick: None) -> None:
    """RFC 3207 §6: a server, or somebody between, that offers no STARTTLS gets neither password nor message."""
    with Scripted(EHLO="250-script.example\r\n250 AUTH PLAIN LOGIN") as office:
        with pytest.raises(ServerError):
            submit(account(office.port, "starttls"), LETTER)
        assert not {"AUTH", "MAIL", "DATA"} & set(office.verbs)


# The tests with AUTH in the clear fail for the same reason as that of the relay above.
@pytest.mark.parametrize(
    ("answer", "kind"), [("454 later", Deferred), ("535 no", LoginRefused), ("drop", Deferred), ("silence", Deferred)]
)
def test_a_login_that_does_not_end_well_sends_nothing(quick: None, answer: str, kind: type[ServerError]) -> None:
    with Scripted(EHLO="250-script.example\r\n250 AUTH PLAIN", AUTH=answer) as office:
        with pytest.raises(kind):
            submit(account(office.port), LETTER)
        assert "MAIL" not in office.verbs


def test_a_password_that_cannot_be_had_is_told_as_it_is() -> None:
    """The configuration's error, not the server's."""

    def missing() -> str:
        raise UsageError("[smtp] password_env: the environment has no SECRET")

    with Scripted(EHLO="250-script.example\r\n250 AUTH PLAIN") as office:
        with pytest.raises(UsageError, match="SECRET"):
            submit(Account("127.0.0.1", office.port, "none", USER, missing), LETTER)
        assert "MAIL" not in office.verbs


def test_the_script_is_an_smtp_server() -> None:
    """The tests' own server, by another client."""
    with Scripted() as office, smtplib.SMTP("127.0.0.1", office.port, timeout=5) as client:
        assert client.sendmail("a@b.example", ["c@d.example"], RAW) == {}
        assert office.text == RAW
