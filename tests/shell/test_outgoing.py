"""What a confirmed draft loses on its way out, and that its letter loses nothing (P1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.core.content import content_of
from agent.shell.outgoing import for_sending

NOW = datetime(2026, 3, 2, 10, 12, 41, tzinfo=timezone(timedelta(hours=2)))
ID = "<0f3c-1@example.com>"
HEAD = (
    b"From: Sam Rivera <sam@example.com>\r\nTo: Dana Park <dana@acme.example>\r\nSubject: Sam Rivera =?utf-8?q?=E2=80=93?= Thank you\r\n"
    b"In-Reply-To: <first@acme.example>\r\nReferences: <zeroth@acme.example>\r\n <first@acme.example>\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="b"\r\n'
)
BODY = (
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\nX-Part: kept\r\n\r\nDate: tomorrow\r\nBcc: nobody  \r\n.\r\n\r\n\r\n--b\r\n"
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+aGVsbG88L3A+\r\n--b--\r\n\r\n"
)


def sent(extra: bytes = b"", head: bytes = HEAD, body: bytes = BODY) -> bytes:
    return for_sending(head + extra + b"\r\n" + body, ID, NOW)


def names(raw: bytes) -> list[str]:
    return [name.lower() for name in message_from_bytes(raw).keys()]  # noqa: SIM118 - a message repeats its keys


def test_the_body_leaves_octet_for_octet() -> None:
    """P1: exactly as it stands in the mailbox, lines that look like headers included."""
    assert sent().partition(b"\r\n\r\n")[2] == BODY


def test_the_letter_says_what_the_draft_said() -> None:
    assert content_of(sent()).hash == content_of(HEAD + b"\r\n" + BODY).hash


def test_headers_that_are_the_letters_stay_as_they_were_with_their_folds() -> None:
    assert sent().startswith(HEAD)


@pytest.mark.parametrize(
    "private",
    [
        b"Bcc: Secret <secret@example.com>\r\n",
        b"BCC: a@example.com,\r\n\tsecret@example.com,\r\n c@example.com\r\n",
        b"Bcc : secret@example.com\r\n",
        b"Resent-Bcc: secret@example.com\r\n",
        b"X-Mozilla-Status: 0000 secret\r\nX-Mozilla-Keys: secret\r\n           \r\n",
        b"X-Mozilla-Draft-Info: internal/draft; secret\r\n vcard=0;\r\n  receipt=0\r\n",
        b"FCC: imap://secret@mail.example.com/Sent\r\n",
        b"X-Identity-Key: id-secret\r\nX-Account-Key: account-secret\r\n",
        b"X-Apple-Base-Url: x-msg://secret/\r\nX-Uniform-Type-Identifier: com.apple.mail-draft-secret\r\n",
        b"X-Evolution-Identity: secret\r\nX-KMail-Identity: secret\r\nX-MS-Exchange-Organization-AuthAs: secret\r\n",
        b"Status: RO secret\r\n",
        b"Return-Path: <secret@example.com>\r\nReceived: from secret\r\n\tby mx; today\r\nDelivered-To: secret@example.com\r\n",
        b"X-Afterword: secret\r\n",
    ],
    ids=lambda raw: raw.partition(b":")[0].decode(),
)
def test_what_a_client_keeps_to_itself_does_not_leave(private: bytes) -> None:
    """Folded lines too; the readers of Bcc do not see one another (RFC 5322 §3.6.3)."""
    for raw in (sent(private), for_sending(private + HEAD + b"\r\n" + BODY, ID, NOW)):
        assert b"secret" not in raw.partition(b"\r\n\r\n")[0]
        assert b"receipt=0" not in raw
        assert raw.partition(b"\r\n\r\n")[2] == BODY
        assert names(raw) == names(sent())
        assert message_from_bytes(raw).defects == []


def test_date_and_message_id_are_those_of_the_sending() -> None:
    """I2: the Message-ID is the step's, whatever a client made of it; the Date is when it left."""
    old = b"Date: Mon, 1 Jan 2024\r\n 00:00:00 +0000\r\nMessage-ID:\r\n <client-made@example.com>\r\nmessage-id: <again@example.com>\r\n"
    raw = sent(old)
    message = message_from_bytes(raw)
    assert message.get_all("Message-ID") == [ID]
    (date,) = message.get_all("Date")
    assert parsedate_to_datetime(date) == NOW
    assert date.endswith("+0200")


def test_line_ends_become_those_of_the_wire() -> None:
    """RFC 5321 §2.3.8: CRLF, and no line end alone."""
    raw = for_sending((HEAD + b"\r\n" + BODY).replace(b"\r\n", b"\n"), ID, NOW)
    assert raw == sent()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_draft_without_a_body_or_with_broken_lines_still_leaves_sound() -> None:
    raw = for_sending(b"From: sam@example.com\r\nno header at all\r\n folded\r\nTo: dana@acme.example", ID, NOW)
    message = message_from_bytes(raw)
    assert message.defects == []
    assert (message["From"], message["To"], message.get_payload()) == ("sam@example.com", "dana@acme.example", "")


bodies = st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\r", b"").replace(b"\n", b"")), max_size=6).map(
    b"\r\n".join
)


@settings(max_examples=60, deadline=None)
@given(body=bodies)
def test_whatever_the_body_is_it_is_not_touched(body: bytes) -> None:
    """P1, for any octets in lines."""
    assert sent(body=body).partition(b"\r\n\r\n")[2] == body
    assert for_sending(sent(body=body), ID, NOW.astimezone(UTC)).partition(b"\r\n\r\n")[2] == body
