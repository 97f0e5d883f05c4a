"""Reading: what is new by UIDVALIDITY and UID, looked at without a trace, and found by search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from imapclient import IMAPClient

from agent.errors import FolderGone
from agent.shell.answers import ranges
from agent.shell.imap import Account, Mailbox
from tests.servers import MailServer
from tests.servers.fake_imap import FakeImap
from tests.servers.relay import Relay
from tests.shell.mailbox.letters import letter


def fill(server: MailServer, count: int) -> None:
    for number in range(1, count + 1):
        server.deliver(letter(number))


# ------------------------------------------------------------------------------------------------------------- opening


def test_opening_tells_how_many_there_are_and_which_uid_comes_next(server: MailServer, mailbox: Mailbox) -> None:
    fill(server, 3)
    opened = mailbox.open("INBOX")
    assert opened.exists == 3
    assert opened.uidnext == max(mailbox.uids(["ALL"])) + 1
    assert opened.uidvalidity > 0
    assert not opened.writable
    assert mailbox.open("INBOX", write=True).writable


def test_a_folder_keeps_its_uidvalidity_and_its_uids_from_one_connection_to_the_next(
    server: MailServer, mailbox: Mailbox, second: Mailbox
) -> None:
    """RFC 3501 §2.3.1.1."""
    fill(server, 2)
    first = mailbox.open("INBOX")
    again = second.open("INBOX")
    assert (again.uidvalidity, second.uids(["ALL"])) == (first.uidvalidity, mailbox.uids(["ALL"]))


def test_a_folder_that_is_not_there_is_told_and_leaves_the_connection_alive(mailbox: Mailbox) -> None:
    with pytest.raises(FolderGone) as raised:
        mailbox.open("Nowhere")
    assert "Nowhere" in raised.value.text
    assert mailbox.opened is None
    assert mailbox.open("INBOX").exists == 0


@pytest.mark.parametrize("text", ["[NOPERM] not yours", "[CANNOT] no", "[NONEXISTENT] gone", "no reason"])
def test_a_folder_that_may_not_be_read_is_gone_for_us_and_no_more_than_that(fake: FakeImap, text: str) -> None:
    """RFC 5530: one folder without rights must not stop the reading of the others."""
    mailbox = Mailbox(fake.account)
    fake.fault("EXAMINE", "before", f"no {text}", folder="Archive")
    with pytest.raises(FolderGone):
        mailbox.open("Archive")
    assert mailbox.open("INBOX").exists == 0
    mailbox.close()


def test_a_folder_made_anew_has_another_uidvalidity(fake: FakeImap) -> None:
    """I8: its UIDs mean other messages now."""
    fill(fake, 2)
    mailbox = Mailbox(fake.account)
    before = mailbox.open("INBOX").uidvalidity
    mailbox.close()
    fake.rebuild("INBOX")
    mailbox = Mailbox(fake.account)
    assert mailbox.open("INBOX").uidvalidity != before
    mailbox.close()


# -------------------------------------------------------------------------------------------------------------- cursor


def test_the_cursor_brings_what_came_since_and_nothing_else(server: MailServer, mailbox: Mailbox) -> None:
    fill(server, 2)
    cursor = mailbox.open("INBOX").uidnext
    assert mailbox.uids_from(cursor) == []  # "n:*" names the last message although n is beyond it (RFC 3501 §6.4.8)
    server.deliver(letter("new"))
    mailbox.open("INBOX")
    (uid,) = mailbox.uids_from(cursor)
    assert uid >= cursor
    assert b"<new@acme.example>" in (mailbox.body(uid) or b"")


def test_the_cursor_stands_after_messages_are_removed(server: MailServer, mailbox: Mailbox, other: IMAPClient) -> None:
    """UIDs are never given twice."""
    fill(server, 2)
    cursor = mailbox.open("INBOX").uidnext
    other.select_folder("INBOX")
    other.delete_messages(other.search())
    other.expunge()
    server.deliver(letter("new"))
    mailbox.open("INBOX")
    assert len(mailbox.uids_from(cursor)) == 1


def test_mail_that_came_before_a_day_is_left_out(server: MailServer, mailbox: Mailbox, other: IMAPClient) -> None:
    """SINCE counts the server's days of arrival, not the Date line (RFC 3501 §6.4.4)."""
    now = datetime.now(UTC)
    other.append("INBOX", letter("old"), (), now - timedelta(days=40))
    other.append("INBOX", letter("new"), (), now - timedelta(days=2))
    mailbox.open("INBOX")
    assert len(mailbox.uids_from(1)) == 2
    (uid,) = mailbox.uids_from(1, (now - timedelta(days=10)).date())
    assert b"<new@" in (mailbox.body(uid) or b"")


# ------------------------------------------------------------------------------------------------- without a trace (P8)

Look = Callable[[Mailbox, list[int]], Any]
LOOKS: dict[str, Look] = {
    "headers": lambda m, uids: m.headers(uids, ("Message-ID", "Subject")),
    "bodies": lambda m, uids: list(m.bodies(uids)),
    "part": lambda m, uids: m.part(uids[0], "TEXT", 100),
    "structure": lambda m, uids: m.structure(uids[0]),
    "flags": lambda m, uids: m.flags(uids),
    "search": lambda m, uids: m.with_id("<1@acme.example>"),
}


@pytest.mark.parametrize("write", [False, True], ids=["EXAMINE", "SELECT"])
@pytest.mark.parametrize("look", LOOKS)
def test_no_look_changes_a_flag(
    server: MailServer, mailbox: Mailbox, other: IMAPClient, look: str, write: bool
) -> None:
    """P8: nothing is marked as read, also where the folder is open for writing."""
    for number, flags in enumerate(((), (b"\\Flagged",), (b"\\Seen", b"\\Answered")), 1):
        other.append("INBOX", letter(number), flags)
    before = [(m.uid, m.flags - {"\\Recent"}) for m in server.messages()]
    mailbox.open("INBOX", write=write)
    assert LOOKS[look](mailbox, mailbox.uids(["ALL"]))
    assert [(m.uid, m.flags - {"\\Recent"}) for m in server.messages()] == before


def test_to_look_leaves_new_mail_new_for_the_owners_client(
    server: MailServer, mailbox: Mailbox, other: IMAPClient
) -> None:
    """\\Recent goes to whoever first opens a folder for writing (RFC 3501 §2.3.2): not to us."""
    server.deliver(letter())
    mailbox.open("INBOX")
    list(mailbox.bodies(mailbox.uids(["ALL"])))
    assert other.select_folder("INBOX")[b"RECENT"] == 1


def test_only_harmless_commands_are_said_while_looking(server: MailServer, relay: Relay, through: Account) -> None:
    server.deliver(letter())
    mailbox = Mailbox(through)
    mailbox.folders()
    mailbox.open("INBOX")
    for look in LOOKS.values():
        look(mailbox, mailbox.uids(["ALL"]))
    said = [line.split(b" ", 1)[1] for line in relay.lines if b" " in line]
    assert not [s for s in said if s.startswith((b"SELECT", b"UID STORE", b"APPEND", b"UID COPY", b"EXPUNGE"))]
    assert not [s for s in said if b"BODY[" in s or b"RFC822 " in s or b"RFC822.TEXT" in s]
    mailbox.close()


# ------------------------------------------------------------------------------------------------------------- content


def test_a_message_comes_as_it_lies_there_to_the_byte(server: MailServer, mailbox: Mailbox) -> None:
    """8-bit, long lines, an empty body, a header without its empty line."""
    raws = [
        letter(1, body="Grüße – 你好\r\n"),
        letter(2, body="x" * 5000 + "\r\n"),
        letter(3, body=""),
        letter(4, body=")\r\n* 1 FETCH (UID 9 FLAGS (\\Seen))\r\nA1 OK done\r\n{5}\r\n"),
    ]
    for raw in raws:
        server.deliver(raw)
    mailbox.open("INBOX")
    assert [raw for _, raw in mailbox.bodies(mailbox.uids(["ALL"]))] == raws


def test_headers_bring_the_fields_asked_for_with_size_and_flags(
    server: MailServer, mailbox: Mailbox, other: IMAPClient
) -> None:
    raw = letter(1, "A subject\r\n that is folded")
    other.append("INBOX", raw, (b"\\Seen", b"\\Flagged"))
    mailbox.open("INBOX")
    (header,) = mailbox.headers(mailbox.uids(["ALL"]), ("Subject", "X-Nothing"))
    assert header.size == len(raw)
    assert header.flags - {"\\Recent"} == {"\\Seen", "\\Flagged"}
    assert header.raw.strip() == b"Subject: A subject\r\n that is folded"


def test_a_message_without_the_fields_asked_for_is_there_all_the_same(server: MailServer, mailbox: Mailbox) -> None:
    """I9: it must not be passed over."""
    server.deliver(b"From: dana@acme.example\r\n\r\nHello.\r\n")
    mailbox.open("INBOX")
    (header,) = mailbox.headers(mailbox.uids(["ALL"]), ("Message-ID", "X-Afterword"))
    assert header.raw.strip() == b""


def test_messages_that_are_gone_are_left_out(server: MailServer, mailbox: Mailbox, other: IMAPClient) -> None:
    fill(server, 3)
    mailbox.open("INBOX")
    first, gone, last = mailbox.uids(["ALL"])
    other.select_folder("INBOX")
    other.delete_messages([gone])
    other.expunge()
    mailbox.open("INBOX")
    wanted = [first, gone, last, last + 100]
    assert [uid for uid, _ in mailbox.bodies(wanted)] == [first, last]
    assert [h.uid for h in mailbox.headers(wanted, ("Message-ID",))] == [first, last]
    assert set(mailbox.flags(wanted)) == {first, last}
    assert mailbox.body(gone) is None
    assert mailbox.structure(gone) is None
    assert mailbox.part(gone, "TEXT", 100) == b""


def test_a_thousand_messages_are_scanned_in_parts(fake: FakeImap) -> None:
    """Servers cut long lines (RFC 7162 §4)."""
    fill(fake, 1000)
    for uid in range(1, 1001, 3):  # gaps make the set of UIDs long
        fake.remove(uid)
    mailbox = Mailbox(fake.account)
    mailbox.open("INBOX")
    uids = mailbox.uids(["ALL"])
    assert [h.uid for h in mailbox.headers(uids, ("Message-ID",))] == uids
    assert len(mailbox.flags(uids)) == len(uids) == 666
    mailbox.close()


@pytest.mark.parametrize(
    ("uids", "said"),
    [([1], "1"), ([1, 2, 3], "1:3"), ([7, 1, 2, 3], "1:3,7"), ([5, 9, 10, 20], "5,9:10,20")],
    ids=["one", "run", "unsorted", "mixed"],
)
def test_sets_of_uids_are_written_short(uids: list[int], said: str) -> None:
    assert ranges(uids) == said


# -------------------------------------------------------------------------------------------------------------- search


def test_a_message_is_found_by_its_message_id_and_by_nothing_else(server: MailServer, mailbox: Mailbox) -> None:
    """HEADER looks for a part (RFC 3501 §6.4.4): 1@acme is also in 11@acme, and in what quotes it."""
    for number in ("1", "11", "1@acme.example.other"):
        server.deliver(letter(number))
    server.deliver(letter("answer", more="In-Reply-To: <1@acme.example>\r\nReferences: <1@acme.example>\r\n"))
    mailbox.open("INBOX")
    for asked in ("<1@acme.example>", "1@acme.example"):
        (uid,) = mailbox.with_id(asked)
        assert b"Message-ID: <1@acme.example>\r\n" in (mailbox.body(uid) or b"")
    assert mailbox.with_id("<2@acme.example>") == []


@pytest.mark.parametrize("empty", ["", "<>", " "])
def test_no_message_id_finds_no_message(server: MailServer, mailbox: Mailbox, empty: str) -> None:
    """HEADER with nothing after it matches every message that has the field."""
    server.deliver(letter())
    mailbox.open("INBOX")
    assert mailbox.with_id(empty) == []


# The embedded server reads headers by the strict policy of Python's email package, which knows none of these.
@pytest.mark.parametrize("server", ["fake", "bare fake", "dovecot", "bare dovecot"], indirect=True)
@pytest.mark.parametrize(
    "number",
    ['a"quoted"id', "back\\slash", "with{5}braces", "percent%and*star", "(brackets)", "x" * 150],
    ids=["quotes", "backslash", "braces", "wildcards", "parentheses", "long"],
)
def test_a_strange_message_id_is_found(server: MailServer, mailbox: Mailbox, number: str) -> None:
    server.deliver(letter(number))
    server.deliver(letter("other"))
    mailbox.open("INBOX")
    assert len(mailbox.with_id(f"<{number}@acme.example>")) == 1


@pytest.mark.parametrize(
    "message_id",
    [
        "<grüße@acme.example>",
        "<\udce4@acme.example>",
        "<" + "x" * 9_000 + "@acme.example>",
        "<a\r\nZ9 NOOP@acme.example>",
    ],
    ids=["outside ASCII", "broken bytes", "9,000 letters", "with a line end"],
)
def test_what_no_message_can_be_called_is_not_found_and_harms_nothing(
    server: MailServer, mailbox: Mailbox, message_id: str
) -> None:
    """I9, I12: a References line of somebody else's decides what is looked for."""
    server.deliver(letter())
    mailbox.open("INBOX")
    assert mailbox.with_id(message_id) == []
    mailbox.alive()
    assert len(mailbox.uids(["ALL"])) == 1


def test_a_long_message_id_is_told_from_one_that_begins_like_it(server: MailServer, mailbox: Mailbox) -> None:
    long = "y" * 250
    server.deliver(letter(long + "1"))
    server.deliver(letter(long + "2"))
    mailbox.open("INBOX")
    (uid,) = mailbox.with_id(f"<{long}2@acme.example>")
    assert b"2@acme.example>" in (mailbox.body(uid) or b"")


Criteria = list[Any]
SEARCHES: dict[str, tuple[Criteria, set[str]]] = {
    "FROM an address": (["FROM", "kim@other.example"], {"kim"}),
    "FROM a domain": (["FROM", "@acme.example"], {"dana", "lee"}),
    "FROM one of several": (["OR", "FROM", "lee@acme.example", "FROM", "@other.example"], {"lee", "kim"}),
    "FROM in any case": (["FROM", "@ACME.example"], {"dana", "lee"}),
    "SINCE long ago": (["SINCE", date(2020, 1, 1)], {"dana", "lee", "kim"}),
    "SINCE tomorrow": (["SINCE", (datetime.now(UTC) + timedelta(days=2)).date()], set()),
    "SUBJECT": (["SUBJECT", "interview"], {"lee"}),
    "HEADER": (["HEADER", "X-Afterword", "note"], {"kim"}),
    "nothing": (["FROM", "nobody@nowhere.example"], set()),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_searches_that_the_proof_of_silence_rests_on(server: MailServer, mailbox: Mailbox, name: str) -> None:
    """I6."""
    server.deliver(letter("dana"))
    server.deliver(letter("lee", "Your Interview", sender="lee@acme.example"))
    server.deliver(letter("kim", sender="kim@other.example", more="X-Afterword: note\r\n"))
    mailbox.open("INBOX")
    criteria, wanted = SEARCHES[name]
    headers = mailbox.headers(mailbox.uids(criteria), ("Message-ID",))
    assert {h.raw.partition(b"<")[2].partition(b"@")[0].decode() for h in headers} == wanted


def test_a_name_outside_ascii_is_searched_for(server: MailServer, mailbox: Mailbox) -> None:
    """RFC 3501 §6.4.4: with CHARSET UTF-8, as a literal where the server has no LITERAL+."""
    server.deliver(letter("enc", "=?utf-8?q?Gr=C3=BC=C3=9Fe?="))
    server.deliver(letter("plain", "Hello"))
    mailbox.open("INBOX")
    (uid,) = mailbox.uids(["SUBJECT", "Grüße"])
    assert b"<enc@" in (mailbox.body(uid) or b"")
