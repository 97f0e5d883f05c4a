"""Logging in: who gets in, who does not and is told why, and what happens to a password on the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from agent.errors import AfterwordError, Again, ConnectionLost, Exit, LoginRefused, Reach
from agent.shell.imap import Account, Mailbox
from tests.servers import AWKWARD, MailServer
from tests.servers.dovecot import Dovecot
from tests.servers.embedded import Embedded
from tests.servers.fake_imap import FakeImap
from tests.servers.relay import Relay
from tests.servers.scripted import Talk

SOON = 3.0  # seconds within which a call with a deadline of a fraction of one must have ended


BLANKS, ACCENTS = sorted(AWKWARD)
# The embedded server compares passwords as ASCII only (pysasl's compare_digest).
AWKWARD_THERE = [("fake", BLANKS), ("fake", ACCENTS), ("embedded", BLANKS), ("dovecot", BLANKS), ("dovecot", ACCENTS)]
LABELS = [f"{kind}, {'outside ASCII' if user == ACCENTS else 'blanks and quotes'}" for kind, user in AWKWARD_THERE]


@pytest.fixture(params=AWKWARD_THERE, ids=LABELS)
def awkward(request: pytest.FixtureRequest) -> Iterator[Account]:
    """An account with an awkward name and password."""
    kind, user = request.param
    if kind == "dovecot":
        running: Dovecot = request.getfixturevalue("dovecot_server")
        yield running.mailbox(user).account
    elif kind == "fake":
        with FakeImap(users={user: AWKWARD[user]}) as fake:
            yield fake.account
    else:
        with Embedded(user, AWKWARD[user]) as embedded:
            yield embedded.account


def failure(account: Account, deadline: float = 10.0) -> AfterwordError:
    """What logging in there raises."""
    with pytest.raises(AfterwordError) as raised:
        Mailbox(account, deadline).close()
    return raised.value


def test_the_right_password_opens_the_inbox(server: MailServer, mailbox: Mailbox) -> None:
    assert mailbox.open("INBOX").exists == 0


def test_a_wrong_password_is_said_with_what_to_do_and_without_the_password(server: MailServer) -> None:
    """CONTRACT, "Exit codes": 3; I13: no secret in an error."""
    error = failure(replace(server.account, password=lambda: "wr0ng-secret"))
    assert isinstance(error, LoginRefused)
    assert (error.exit, error.reach) == (Exit.SERVER, Reach.ACCOUNT)
    assert "app password" in error.hint
    assert "wr0ng-secret" not in str(error)


def test_names_and_passwords_of_all_characters_let_in(awkward: Account) -> None:
    """RFC 3501 §9 takes no 8-bit in LOGIN; RFC 4616 does in AUTHENTICATE PLAIN, where that is offered."""
    mailbox = Mailbox(awkward)
    assert mailbox.open("INBOX").exists == 0
    mailbox.close()


def test_a_wrong_password_is_refused_whatever_characters_it_has(awkward: Account) -> None:
    wrong = "falsch – ß" if not awkward.username.isascii() else '"wrong\\" '
    assert isinstance(failure(replace(awkward, password=lambda: wrong)), LoginRefused)


def test_a_password_of_several_lines_is_not_said_at_all(server: MailServer, relay: Relay, through: Account) -> None:
    """I12, for what a password command may print: a line end begins a new command."""
    error = failure(replace(through, password=lambda: "x\r\nZ9 DELETE Sent\r\n"))
    assert isinstance(error, LoginRefused)
    assert "one line" in error.text
    assert not any(b"Z9" in line or b"LOGIN" in line for line in relay.lines)


@pytest.mark.parametrize(
    "code", ["[UNAVAILABLE] down", "[INUSE] locked", "[LIMIT] too many", "[SERVERBUG] oops"], ids=lambda c: c.split()[0]
)
def test_a_refusal_that_has_nothing_to_do_with_the_password_is_tried_again(fake: FakeImap, code: str) -> None:
    """RFC 5530 §3: the owner must not be sent to change a password that is right."""
    fake.refuse_logins(code)
    error = failure(fake.account)
    assert isinstance(error, ConnectionLost)
    fake.refuse_logins("")
    Mailbox(fake.account).close()


@pytest.mark.parametrize(
    ("code", "hint"),
    [("[EXPIRED] old", "expired"), ("[PRIVACYREQUIRED] TLS first", "starttls"), ("no", "app password")],
)
def test_a_refusal_tells_what_its_code_means(fake: FakeImap, code: str, hint: str) -> None:
    fake.refuse_logins(code)
    error = failure(fake.account)
    assert isinstance(error, LoginRefused)
    assert hint in error.hint


@pytest.mark.parametrize("act", ["drop", "bye"])
def test_a_connection_that_breaks_during_login_is_not_a_wrong_password(fake: FakeImap, act: str) -> None:
    """imapclient tells both by the same error."""
    fake.fault("LOGIN", "before", act)
    error = failure(fake.account)
    assert isinstance(error, ConnectionLost)
    assert error.again is Again.AT_ONCE


def test_no_password_is_said_where_the_server_takes_none() -> None:
    """RFC 3501 §6.2.3: LOGINDISABLED."""
    with Talk("LOGINDISABLED").client("CAPABILITY").server("* CAPABILITY IMAP4rev1 LOGINDISABLED").ok() as talk:
        error = failure(talk.account)
    assert isinstance(error, LoginRefused)
    assert "starttls" in error.hint


def test_where_login_is_disabled_but_plain_is_not_plain_is_used() -> None:
    said = (
        Talk("LOGINDISABLED AUTH=PLAIN").client("AUTHENTICATE PLAIN").server("+ ").client("AHNhbQBzZWNyZXQ=").ok()
    )  # \0sam\0secret
    with said as talk:
        Mailbox(talk.account).close()


# ------------------------------------------------------------------------------------------------------- capabilities


def test_what_the_server_offers_after_login_counts_not_what_it_offered_before() -> None:
    """RFC 3501 §6.1.1: many servers show most extensions only to those who are logged in."""
    told = Talk().client("LOGIN *").ok("[CAPABILITY IMAP4rev1 IDLE UIDPLUS] welcome")
    with told as talk:
        mailbox = Mailbox(talk.account)
        assert {"IDLE", "UIDPLUS"} <= mailbox.capabilities
        mailbox.close()


def test_a_server_that_does_not_tell_its_capabilities_at_login_is_asked() -> None:
    """Not taken from the greeting, which came before the login."""
    asked = Talk("IDLE").client("LOGIN *").ok("welcome").client("CAPABILITY").server("* CAPABILITY IMAP4rev1 MOVE").ok()
    with asked as talk:
        mailbox = Mailbox(talk.account)
        assert mailbox.capabilities == {"IMAP4REV1", "MOVE"}
        mailbox.close()


def test_capabilities_are_asked_for_once(server: MailServer, relay: Relay, through: Account) -> None:
    mailbox = Mailbox(through)
    first = mailbox.capabilities
    before = len(relay.lines)
    assert mailbox.capabilities == first
    assert len(relay.lines) == before
    mailbox.close()


# ------------------------------------------------------------------------------------------------------------ greeting


def test_a_server_that_turns_away_at_the_door_says_so() -> None:
    """RFC 3501 §7.1.5: a BYE as greeting."""
    with Talk(greeting="* BYE too many connections").server().drops() as talk:
        error = failure(talk.account)
    assert isinstance(error, ConnectionLost)
    assert "too many" not in str(error)  # Rule 3: the server's words are not ours


def test_what_does_not_speak_imap_is_told_from_a_broken_network() -> None:
    with Talk(greeting="HTTP/1.1 400 Bad Request").server().drops() as talk:
        error = failure(talk.account)
    assert isinstance(error, ConnectionLost)
    assert "host and port" in error.hint


def test_a_server_that_never_greets_is_given_up() -> None:
    """I14; a TLS port waits like this for a client that speaks first."""
    began = time.monotonic()
    with Talk(greeting="").silent() as talk:
        error = failure(talk.account, 0.3)
    assert isinstance(error, ConnectionLost)
    assert 'security = "tls"' in error.hint
    assert time.monotonic() - began < SOON


def test_a_greeting_that_drips_is_given_up() -> None:
    """A time-out per recv would wait for each of its bytes anew."""
    began = time.monotonic()
    with Talk(greeting="").drips(b"*", 0.05) as talk:
        error = failure(talk.account, 0.3)
    assert isinstance(error, ConnectionLost)
    assert time.monotonic() - began < SOON


def test_a_port_where_nobody_listens_is_told() -> None:
    with Talk() as talk:
        account = talk.account
    error = failure(account)
    assert isinstance(error, ConnectionLost)
    assert "refused" in error.text
