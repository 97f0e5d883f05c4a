"""The wire: servers that are silent, drip, leave, or tell odd things at odd times. Scripted, line by line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from agent.errors import AfterwordError, Again, CommandRefused, ConnectionLost, FolderGone, Reach
from agent.shell.answers import rows_of
from agent.shell.imap import Mailbox
from tests.servers import MailServer
from tests.servers.fake_imap import FakeImap
from tests.servers.scripted import Talk

SOON = 3.0  # seconds within which a call with a deadline of a fraction of one must have ended
INBOX = ("* 2 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 30] ok", "* OK [PERMANENTFLAGS (\\*)] ok")


def opened(extensions: str = "") -> Talk:
    """A conversation in which INBOX was just examined."""
    return Talk(extensions).client('EXAMINE "INBOX"').server(*INBOX).ok("[READ-ONLY] ready")


def looking(talk: Talk, deadline: float = 10.0) -> Mailbox:
    mailbox = Mailbox(talk.account, deadline)
    mailbox.open("INBOX")
    return mailbox


# ------------------------------------------------------------------------------------------------- deadlines, leaving

Call = Callable[[Mailbox], Any]
CALLS: dict[str, tuple[str, Call]] = {
    "LIST": ("LIST *", lambda m: m.folders()),
    "EXAMINE": ('EXAMINE "Sent"', lambda m: m.open("Sent")),
    "SEARCH": ("UID SEARCH *", lambda m: m.uids(["ALL"])),
    "FETCH": ("UID FETCH *", lambda m: m.body(5)),
    "STRUCTURE": ("UID FETCH *", lambda m: m.structure(5)),
    "APPEND": ("APPEND *", lambda m: m.append("Drafts", b"x", ())),
    "CREATE": ("CREATE *", lambda m: m.create("New")),
    "NOOP": ("NOOP", lambda m: m.alive()),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_server_that_falls_silent_is_given_up(name: str) -> None:
    """I14."""
    said, call = CALLS[name]
    began = time.monotonic()
    with opened().client(said).silent() as talk:
        mailbox = looking(talk, 0.2)
        with pytest.raises(ConnectionLost) as raised:
            call(mailbox)
        mailbox.close()
    assert "no answer in time" in raised.value.text
    assert raised.value.reach is Reach.CONNECTION
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize(
    "piece", [b"* OK Still here\r\n", b"x"], ids=["lines that say nothing", "a line without an end"]
)
def test_a_server_that_drips_is_given_up(piece: bytes) -> None:
    """Each byte would start a time-out per recv anew."""
    began = time.monotonic()
    with opened().client("UID SEARCH *").drips(piece, 0.02) as talk:
        mailbox = looking(talk, 0.3)
        with pytest.raises(ConnectionLost):
            mailbox.uids(["ALL"])
        mailbox.close()
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("bye", [True, False], ids=["BYE", "no word"])
def test_a_server_that_leaves_in_the_middle_is_told_as_lost(name: str, bye: bool) -> None:
    said, call = CALLS[name]
    talk = opened().client(said)
    with (talk.server("* BYE shutting down") if bye else talk).drops() as talk:
        mailbox = looking(talk)
        with pytest.raises(ConnectionLost) as raised:
            call(mailbox)
        mailbox.close()
    assert raised.value.again is Again.AT_ONCE
    assert "shutting" not in str(raised.value)


def test_after_its_end_a_connection_only_says_that_it_is_lost(server: MailServer, mailbox: Mailbox) -> None:
    mailbox.open("INBOX")
    server.kick()
    for call in (lambda: mailbox.uids(["ALL"]), mailbox.folders, mailbox.alive, lambda: mailbox.open("INBOX")):
        with pytest.raises(ConnectionLost):
            call()
    mailbox.close()
    mailbox.close()
    again = Mailbox(server.account)
    assert again.open("INBOX").exists == 0
    again.close()


def test_close_ends_a_call_that_another_thread_waits_in() -> None:
    """The daemon is told to stop while a server is silent."""
    waiting, failed = threading.Event(), []
    with opened().client("UID SEARCH *").tells(waiting).silent() as talk:
        mailbox = looking(talk, 30.0)

        def search() -> None:
            try:
                mailbox.uids(["ALL"])
            except AfterwordError as error:
                failed.append(error)

        thread = threading.Thread(target=search, daemon=True)
        thread.start()
        assert waiting.wait(SOON)
        began = time.monotonic()
        mailbox.close()
        thread.join(SOON)
        assert time.monotonic() - began < SOON
    assert isinstance(failed[0], ConnectionLost)


@pytest.mark.parametrize(
    "answer",
    ["* SEARCH one two", "what?", "* 1 FETCH", "+ go on", "A999 OK done", "* SEARCH (1"],
    ids=["words for numbers", "no IMAP", "half", "continuation", "another's tag", "open list"],
)
def test_nonsense_ends_in_an_error_of_ours(answer: str) -> None:
    """Whatever imaplib's and imapclient's parsers stumble over."""
    with opened().client("UID SEARCH *").server(answer).ok() as talk:
        mailbox = looking(talk, 0.5)
        with pytest.raises((ConnectionLost, CommandRefused)):
            mailbox.uids(["ALL"])
            mailbox.alive()
        mailbox.close()


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("NO [UNAVAILABLE] later", Reach.CONNECTION),
        ("NO [SERVERBUG] oops", Reach.CONNECTION),
        ("NO [NONEXISTENT] gone", Reach.FOLDER),
        ("NO [NOPERM] no", Reach.FOLDER),
        ("NO cannot", Reach.MESSAGE),
        ("BAD what", Reach.MESSAGE),
    ],
)
def test_how_far_a_refusal_reaches_is_told_by_its_code(fake: FakeImap, text: str, reach: Reach) -> None:
    """RFC 5530."""
    kind, _, rest = text.partition(" ")
    fake.fault("SEARCH", "before", f"{kind.lower()} {rest}")
    mailbox = Mailbox(fake.account)
    mailbox.open("INBOX")
    with pytest.raises(AfterwordError) as raised:
        mailbox.uids(["ALL"])
    assert raised.value.reach is reach
    assert rest.rpartition(" ")[2] not in raised.value.text
    mailbox.close()


def test_a_folder_that_is_deleted_under_us_is_noticed(fake: FakeImap) -> None:
    fake.create("Jobs")
    mailbox = Mailbox(fake.account)
    mailbox.open("Jobs")
    fake.delete("Jobs")
    with pytest.raises(ConnectionLost):
        mailbox.uids(["ALL"])
    mailbox.close()
    mailbox = Mailbox(fake.account)
    with pytest.raises(FolderGone):
        mailbox.open("Jobs")
    mailbox.close()


# -------------------------------------------------------------------------------------------------------- odd answers


def asked(answer: bytes, call: Call) -> Any:
    """What `call` makes of this answer to a UID FETCH."""
    with opened().client("UID FETCH *").raw(answer).ok() as talk:
        mailbox = looking(talk)
        found = call(mailbox)
        mailbox.close()
    return found


HEADERS: dict[str, bytes] = {
    "as usual": b"* 1 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 99 BODY[HEADER.FIELDS (MESSAGE-ID)] {8}\r\nA: <b>\r\n)\r\n",
    "text first": b"* 1 FETCH (BODY[HEADER.FIELDS (MESSAGE-ID)] {8}\r\nA: <b>\r\n FLAGS (\\Seen) UID 5 RFC822.SIZE 99)\r\n",
    "names in quotes": b'* 1 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 99 BODY[HEADER.FIELDS ("Message-ID")] {8}\r\nA: <b>\r\n)\r\n',
    "text in quotes": b'* 1 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 99 BODY[HEADER.FIELDS (MESSAGE-ID)] "A: <b>")\r\n',
    "in two answers": b"* 1 FETCH (UID 5 FLAGS (\\Seen))\r\n"
    b"* 1 FETCH (UID 5 RFC822.SIZE 99 BODY[HEADER.FIELDS (MESSAGE-ID)] {8}\r\nA: <b>\r\n)\r\n",
    "among others": b"* 2 EXISTS\r\n* 2 FETCH (FLAGS (\\Deleted))\r\n* 5 FETCH (FLAGS (\\Deleted))\r\n"
    b"* 1 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 99 BODY[HEADER.FIELDS (MESSAGE-ID)] {8}\r\nA: <b>\r\n)\r\n"
    b"* 2 FETCH (UID 6 FLAGS (\\Deleted))\r\n* 3 EXPUNGE\r\n* OK [ALERT] maintenance at 5 (UTC)\r\n",
    "literal8": b"* 1 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 99 BODY[HEADER.FIELDS (MESSAGE-ID)] ~{8}\r\nA: <b>\r\n)\r\n",
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_read_however_the_server_puts_it(name: str) -> None:
    """RFC 3501 §7.4.2 and §9 leave order, strings and company open; RFC 3516 has literal8."""
    (header,) = asked(HEADERS[name], lambda m: m.headers([5], ("Message-ID",)))
    assert (header.uid, header.size, header.flags, header.raw.strip()) == (5, 99, {"\\Seen"}, b"A: <b>")


@pytest.mark.parametrize("text", [b"NIL", b'""', b"{0}\r\n"], ids=["NIL", "empty string", "empty literal"])
def test_a_message_whose_header_is_empty_is_there_all_the_same(text: bytes) -> None:
    """I9: left out here, it would be passed over without a word."""
    answer = b"* 1 FETCH (UID 5 FLAGS () RFC822.SIZE 9 BODY[HEADER.FIELDS (MESSAGE-ID)] " + text + b")\r\n"
    (header,) = asked(answer, lambda m: m.headers([5], ("Message-ID",)))
    assert (header.uid, header.raw) == (5, b"")


def test_size_and_flags_that_are_missing_are_nothing() -> None:
    answer = b"* 1 FETCH (UID 5 BODY[HEADER.FIELDS (MESSAGE-ID)] {8}\r\nA: <b>\r\n)\r\n"
    (header,) = asked(answer, lambda m: m.headers([5], ("Message-ID",)))
    assert (header.size, header.flags) == (0, frozenset())


def test_a_message_without_a_body_is_no_message() -> None:
    assert asked(b"* 1 FETCH (UID 5 BODY[] NIL)\r\n", lambda m: m.body(5)) is None
    assert asked(b'* 1 FETCH (UID 5 BODY[] "")\r\n', lambda m: m.body(5)) == b""


def test_flags_are_told_by_uid_and_never_by_number() -> None:
    """Another client's change comes unasked, often without UID: message 5 is not UID 5."""
    answer = b"* 5 FETCH (FLAGS (\\Deleted \\Flagged))\r\n* 1 FETCH (UID 5 FLAGS (\\Seen))\r\n* 5 FETCH (FLAGS (\\Flagged))\r\n"
    assert asked(answer, lambda m: m.flags([5])) == {5: {"\\Seen"}}


def test_a_part_is_never_taken_from_another_message() -> None:
    answer = b"* 9 FETCH (UID 8 BODY[1] {5}\r\nother)\r\n* 1 FETCH (UID 5 BODY[1]<0> {4}\r\nours)\r\n"
    assert asked(answer, lambda m: m.part(5, "1", 100)) == b"ours"
    assert asked(b"* 9 FETCH (UID 8 BODY[1] {5}\r\nother)\r\n", lambda m: m.part(5, "1", 100)) == b""


def test_what_came_unasked_before_is_not_taken_for_an_answer() -> None:
    talk = opened().client("UID SEARCH *")
    talk = talk.raw(b"* 1 FETCH (UID 5 FLAGS (\\Deleted))\r\n* SEARCH 5\r\n").ok()
    with talk.client("UID FETCH *").raw(b"* 1 FETCH (UID 5 FLAGS (\\Seen))\r\n").ok() as talk:
        mailbox = looking(talk)
        assert mailbox.uids(["ALL"]) == [5]
        assert mailbox.flags([5]) == {5: {"\\Seen"}}
        mailbox.close()


def test_a_word_in_the_flags_is_no_uid() -> None:
    """Somebody's keyword may be called UID."""
    assert [r.uid for r in rows_of([b"1 (FLAGS (UIDX 7) UID 5)"], {5, 7})] == [5]


@pytest.mark.parametrize(
    "structure",
    [
        b"NIL",
        b"()",
        b'("TEXT")',
        b"(((((((((((" * 200,
        b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" {3}\r\nabc 1)',
        b'(("A" "B")',
    ],
    ids=["NIL", "empty", "short", "thousands deep", "literal", "not closed"],
)
def test_a_structure_that_makes_no_sense_costs_its_message_only(structure: bytes) -> None:
    """I9: the connection stays, and the message is read without it."""
    talk = opened().client("UID FETCH *").raw(b"* 1 FETCH (UID 5 BODYSTRUCTURE " + structure + b")\r\n").ok()
    with talk.client("NOOP").ok() as talk:
        mailbox = looking(talk)
        mailbox.structure(5)
        mailbox.alive()
        mailbox.close()


def test_an_answer_of_several_megabytes_on_one_line_is_read() -> None:
    """imaplib gives up after 1 MB and takes the rest of the line for the next answer."""
    uids = list(range(1_000_000, 1_300_000))
    line = b"* SEARCH " + b" ".join(b"%d" % u for u in uids) + b"\r\n"
    assert len(line) > 2_000_000
    with opened().client("UID SEARCH *").raw(line).ok() as talk:
        mailbox = looking(talk)
        assert mailbox.uids(["ALL"]) == uids
        mailbox.close()


@pytest.mark.parametrize(
    "lines",
    [
        ("* SEARCH 9 5 7",),
        ("* SEARCH",),
        (),
        ("* SEARCH 5", "* SEARCH 7 9"),
        ("* 4 EXISTS", "* SEARCH 5 7 9", "* 1 EXPUNGE"),
    ],
    ids=["unsorted", "none", "no answer", "in two", "among others"],
)
def test_what_a_search_found_is_read_however_it_is_told(lines: tuple[str, ...]) -> None:
    with opened().client("UID SEARCH *").server(*lines).ok() as talk:
        mailbox = looking(talk)
        found = mailbox.uids(["ALL"])
        mailbox.close()
    assert found == sorted({int(n) for line in lines if "SEARCH" in line for n in line.split()[2:]})


@pytest.mark.parametrize("left_out", ["UIDVALIDITY", "UIDNEXT", "EXISTS", "PERMANENTFLAGS"])
def test_what_a_server_leaves_out_on_opening_is_nothing(left_out: str) -> None:
    """RFC 3501 §6.3.1 asks for all of them; §7.1 says what to assume."""
    lines = [line for line in INBOX if left_out not in line]
    with Talk().client('EXAMINE "INBOX"').server(*lines).ok("[READ-ONLY] ready") as talk:
        mailbox = Mailbox(talk.account)
        found = mailbox.open("INBOX")
        mailbox.close()
    there = {"UIDVALIDITY": found.uidvalidity, "UIDNEXT": found.uidnext, "EXISTS": found.exists}
    whole = {"UIDVALIDITY": 7, "UIDNEXT": 30, "EXISTS": 2}
    assert there == {name: 0 if name == left_out else number for name, number in whole.items()}
    assert found.keywords is (left_out != "PERMANENTFLAGS")


# --------------------------------------------------------------------------------- messages that a server cannot give


def answering(broken: set[int], uids: range) -> Talk:
    """A conversation in which every FETCH that names a broken message is answered with NO."""
    talk = opened()

    def step(part: list[int]) -> None:
        nonlocal talk
        said = f"{part[0]}:{part[-1]}" if len(part) > 1 else str(part[0])
        talk = talk.client(f"UID FETCH {said} (UID BODY.PEEK[])")
        if not set(part) & broken:
            talk = talk.raw(b"".join(b"* 1 FETCH (UID %d BODY[] {2}\r\nok)\r\n" % u for u in part)).ok()
            return
        talk = talk.no("cannot read a message")
        if len(part) > 1:
            step(part[: len(part) // 2])
            step(part[len(part) // 2 :])

    step(list(uids))
    return talk


@pytest.mark.parametrize("broken", [{1}, {4}, {8}, {3, 4}, {1, 8}], ids=str)
def test_a_message_that_the_server_cannot_read_does_not_hide_the_others(broken: set[int]) -> None:
    """I9: Exchange and Dovecot answer the whole FETCH with NO."""
    with answering(broken, range(1, 9)) as talk:
        mailbox = looking(talk)
        found = [uid for uid, _ in mailbox.bodies(list(range(1, 9)))]
        mailbox.close()
    assert found == [u for u in range(1, 9) if u not in broken]


@pytest.mark.parametrize("count", [1, 4])
def test_where_no_message_can_be_read_nothing_is_concluded(count: int) -> None:
    """It is the server that is ill: to go on would pass over mail for good."""
    with answering(set(range(1, count + 1)), range(1, count + 1)) as talk:
        mailbox = looking(talk)
        with pytest.raises(CommandRefused):
            list(mailbox.bodies(list(range(1, count + 1))))
        mailbox.close()


@pytest.mark.parametrize("answer", ["NO not now", "BAD what", "WHAT"])
def test_a_noop_that_is_refused_means_a_connection_that_is_lost(answer: str) -> None:
    """RFC 3501 §6.1.2: NOOP always succeeds; what comes instead may be the rest of something else."""
    with Talk().client("NOOP").tagged(answer) as talk:
        mailbox = Mailbox(talk.account)
        with pytest.raises(ConnectionLost):
            mailbox.alive()
        mailbox.close()
