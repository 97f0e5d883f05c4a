"""What changes a folder: a draft is put, claimed, moved and removed; only what is named by its UID, and nothing of the owner's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from imapclient import IMAPClient

from agent.errors import ConnectionLost, FolderGone, FolderRefused, OverQuota
from agent.shell.imap import Mailbox
from tests.servers import MailServer
from tests.servers.dovecot import Dovecot
from tests.servers.fake_imap import FakeImap
from tests.servers.over_imap import stored
from tests.servers.scripted import Talk
from tests.shell.mailbox.conftest import LACKING_ONE, SERVERS, WITH_KEYWORDS, WITH_UIDPLUS
from tests.shell.mailbox.letters import letter, ours

DRAFT = ("\\Draft", "\\Seen")
CLAIM = "$AfterwordSends-"
EVERY = (*SERVERS, *LACKING_ONE)
every_server = pytest.mark.parametrize("server", EVERY, indirect=True)


def put(mailbox: Mailbox, folder: str, number: int | str = 1) -> int:
    """Append a draft and open its folder for writing -> its UID."""
    mailbox.append(folder, ours(number), DRAFT)
    mailbox.open(folder, write=True)
    (uid,) = mailbox.with_id(f"<{number}@acme.example>")
    return uid


def flags_of(server: MailServer, folder: str, uid: int) -> frozenset[str]:
    return next(m.flags for m in server.messages(folder) if m.uid == uid) - {"\\Recent"}


# -------------------------------------------------------------------------------------------------------------- APPEND


@every_server
def test_a_draft_is_put_with_its_flags_and_found_again(server: MailServer, mailbox: Mailbox) -> None:
    """I3: by APPENDUID where there is one (RFC 4315), and by its Message-ID in any case."""
    drafts = server.named("Drafts")
    told = mailbox.append(drafts, ours(), DRAFT)
    opened = mailbox.open(drafts)
    (uid,) = mailbox.with_id("<1@acme.example>")
    assert told in (None, (opened.uidvalidity, uid))
    (message,) = server.messages(drafts)
    assert message.raw == ours()
    assert message.flags - {"\\Recent"} == set(DRAFT)


@pytest.mark.parametrize("server", WITH_UIDPLUS, indirect=True)
def test_the_servers_answer_names_the_draft(server: MailServer, mailbox: Mailbox) -> None:
    told = mailbox.append("Drafts", ours(), DRAFT)
    assert told == (mailbox.open("Drafts").uidvalidity, server.messages("Drafts")[0].uid)


def test_a_draft_put_into_the_folder_that_is_open_is_found_at_once(server: MailServer, mailbox: Mailbox) -> None:
    drafts = server.named("Drafts")
    mailbox.open(drafts)
    mailbox.append(drafts, ours(), DRAFT)
    assert len(mailbox.with_id("<1@acme.example>")) == 1


def test_a_draft_of_all_letters_arrives_to_the_byte(server: MailServer, mailbox: Mailbox) -> None:
    """Sent as a literal: what looks like the end of a command is text."""
    raw = letter(1, "Grüße", "Dear Дана,\r\n.\r\nA1 LOGOUT\r\n{3}\r\n" + "x" * 990 + "\r\n")
    mailbox.append(server.named("Drafts"), raw, DRAFT)
    assert [m.raw for m in server.messages(server.named("Drafts"))] == [raw]


def test_a_draft_for_a_folder_that_is_gone_is_refused(server: MailServer, mailbox: Mailbox) -> None:
    """RFC 3501 §6.3.11: [TRYCREATE]; nothing is made by itself."""
    with pytest.raises((FolderGone, FolderRefused)):
        mailbox.append(server.named("Nowhere"), ours(), DRAFT)
    assert server.named("Nowhere") not in {f.name for f in mailbox.folders()}
    assert mailbox.open("INBOX").exists == 0


def test_a_full_mailbox_is_told_as_such(tmp_path_factory: pytest.TempPathFactory, dovecot_server: Dovecot) -> None:
    """RFC 9208 §4.3, on a real server whose users may store 20 kB."""
    assert dovecot_server
    with Dovecot(quota="20k") as server:
        mailbox = Mailbox(server.mailbox().account)
        with pytest.raises(OverQuota) as raised:
            mailbox.append("Drafts", letter(1, body="x" * 60_000), DRAFT)
        assert "full" in raised.value.text
        mailbox.append("Drafts", ours(), DRAFT)
        mailbox.close()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[OVERQUOTA] full", OverQuota),
        ("[NOPERM] no", FolderRefused),
        ("[CANNOT] no", FolderRefused),
        ("no", FolderRefused),
    ],
    ids=["OVERQUOTA", "NOPERM", "CANNOT", "no code"],
)
def test_a_refused_draft_tells_why_and_keeps_the_connection(fake: FakeImap, text: str, kind: type) -> None:
    fake.fault("APPEND", "before", f"no {text}")
    mailbox = Mailbox(fake.account)
    with pytest.raises(kind):
        mailbox.append("Drafts", ours(), DRAFT)
    mailbox.append("Drafts", ours(), DRAFT)
    assert len(fake.messages("Drafts")) == 1
    mailbox.close()


def test_an_append_refused_before_its_literal_is_sent_is_over_at_once() -> None:
    """RFC 3501 §7.5: NO in place of "+"."""
    with Talk().client("APPEND *").no("[OVERQUOTA] full").client("NOOP").ok() as talk:
        mailbox = Mailbox(talk.account)
        with pytest.raises(OverQuota):
            mailbox.append("Drafts", ours(), DRAFT)
        mailbox.alive()
        mailbox.close()
    assert talk.literals == []


def test_a_server_with_literal_plus_is_served_without_using_it() -> None:
    """RFC 7888: the client may still wait for "+"."""
    talk = Talk("LITERAL+").client("APPEND * {*}").server("+ go on").literal().ok("[APPENDUID 7 42] done")
    with talk:
        mailbox = Mailbox(talk.account)
        assert mailbox.append("Drafts", ours(), DRAFT) == (7, 42)
        mailbox.close()
    assert talk.literals == [ours()]


@pytest.mark.parametrize("act", ["drop", "bye"])
@pytest.mark.parametrize(("when", "there"), [("before", 0), ("after", 1)])
def test_after_a_lost_answer_only_a_look_tells_whether_the_draft_was_put(
    fake: FakeImap, act: str, when: str, there: int
) -> None:
    """I3."""
    fake.fault("APPEND", when, act)
    mailbox = Mailbox(fake.account)
    with pytest.raises(ConnectionLost):
        mailbox.append("Drafts", ours(), DRAFT)
    mailbox.close()
    again = Mailbox(fake.account)
    again.open("Drafts")
    assert len(again.with_id("<1@acme.example>")) == there
    again.close()


# ------------------------------------------------------------------------------------------------------------- EXPUNGE


@every_server
def test_only_the_named_message_is_removed(server: MailServer, mailbox: Mailbox, other: IMAPClient) -> None:
    """Not another one that its owner marked \\Deleted (RFC 4315 §2.1), whose mark stays as it was."""
    drafts = server.named("Drafts")
    other.append(drafts, letter("marked"), (b"\\Deleted", b"\\Flagged"))
    other.append(drafts, letter("kept"), (b"\\Draft",))
    uid = put(mailbox, drafts)
    mailbox.expunge(uid)
    left = {
        m.raw.partition(b"Message-ID: <")[2].partition(b"@")[0]: m.flags - {"\\Recent"} for m in server.messages(drafts)
    }
    assert left == {b"marked": {"\\Deleted", "\\Flagged"}, b"kept": {"\\Draft"}}


@every_server
def test_nothing_is_removed_from_a_folder_that_is_open_for_reading(server: MailServer, mailbox: Mailbox) -> None:
    """Dovecot takes a STORE after EXAMINE, says OK and does nothing: the removal would be believed."""
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    mailbox.open(drafts)
    with pytest.raises(FolderRefused):
        mailbox.expunge(uid)
    assert len(server.messages(drafts)) == 1


def test_to_remove_what_is_gone_does_no_harm(server: MailServer, mailbox: Mailbox) -> None:
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    mailbox.append(drafts, ours(2), DRAFT)
    mailbox.open(drafts, write=True)
    mailbox.expunge(uid)
    mailbox.expunge(uid)
    assert [m.raw for m in server.messages(drafts)] == [ours(2)]


def test_a_folder_that_may_not_be_written_is_told_on_opening(fake: FakeImap) -> None:
    """RFC 3501 §6.3.1: [READ-ONLY] to a SELECT."""
    with Talk().client("SELECT *").server("* 1 EXISTS", "* OK [UIDVALIDITY 1] ok").ok("[READ-ONLY] look only") as talk:
        mailbox = Mailbox(talk.account)
        with pytest.raises(FolderRefused):
            mailbox.open("Drafts", write=True)
        mailbox.close()


def test_one_refusal_to_write_is_the_end_of_one_command_only() -> None:
    """RFC 5530 has no memory, but imaplib has: it refused whatever came after a tagged [READ-ONLY] until the next SELECT."""
    talk = Talk("UIDPLUS").client("SELECT *").server("* 1 EXISTS", "* OK [UIDVALIDITY 1] ok").ok("[READ-WRITE] ready")
    talk.client("UID STORE *").ok().client("UID EXPUNGE 1").no("[READ-ONLY] not now")
    talk.client("LIST *").server('* LIST () "/" INBOX').ok()
    with talk:
        mailbox = Mailbox(talk.account)
        mailbox.open("INBOX", write=True)
        with pytest.raises(FolderRefused):
            mailbox.expunge(1)
        assert [f.name for f in mailbox.folders()] == ["INBOX"]
        mailbox.close()


# ---------------------------------------------------------------------------------------------------------------- MOVE


@every_server
def test_a_draft_is_moved_with_its_flags_and_leaves_nothing_behind(server: MailServer, mailbox: Mailbox) -> None:
    """RFC 6851, or COPY and a removal where MOVE is missing."""
    drafts, target = server.named("Drafts"), server.named("Afterword/Approved")
    mailbox.create(target)
    uid = put(mailbox, drafts)
    mailbox.append(drafts, ours("stays"), DRAFT)
    mailbox.open(drafts, write=True)
    mailbox.move(uid, target)
    (moved,) = server.messages(target)
    assert (moved.raw, moved.flags - {"\\Recent"}) == (ours(), set(DRAFT))
    assert [m.raw for m in server.messages(drafts)] == [ours("stays")]


@every_server
def test_a_move_to_nowhere_leaves_the_draft_where_it_is(server: MailServer, mailbox: Mailbox) -> None:
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    with pytest.raises(FolderGone):
        mailbox.move(uid, server.named("Nowhere"))
    assert flags_of(server, drafts, uid) == set(DRAFT)


# --------------------------------------------------------------------------------------------------------------- marks


def test_a_star_is_taken_off_and_nothing_else(server: MailServer, mailbox: Mailbox, other: IMAPClient) -> None:
    drafts = server.named("Drafts")
    other.append(drafts, ours(), (b"\\Draft", b"\\Seen", b"\\Flagged"))
    mailbox.open(drafts, write=True)
    (uid,) = mailbox.with_id("<1@acme.example>")
    assert "\\Flagged" in mailbox.flags([uid])[uid]
    mailbox.unmark(uid, ["\\Flagged"])
    assert flags_of(server, drafts, uid) == set(DRAFT)


def test_what_the_owner_marks_in_another_client_is_seen(
    server: MailServer, mailbox: Mailbox, other: IMAPClient
) -> None:
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    other.select_folder(drafts)
    other.add_flags([uid], [b"\\Flagged"])
    mailbox.open(drafts)
    assert "\\Flagged" in mailbox.flags([uid])[uid]


# --------------------------------------------------------------------------------------------------------------- claim


@every_server
def test_whoever_claims_alone_gets_it_and_may_ask_again(server: MailServer, mailbox: Mailbox) -> None:
    uid = put(mailbox, server.named("Drafts"))
    assert mailbox.claim(uid, CLAIM + "one", CLAIM)
    assert mailbox.claim(uid, CLAIM + "one", CLAIM)


@pytest.mark.parametrize("server", WITH_KEYWORDS, indirect=True)
@pytest.mark.parametrize(("first", "then"), [("aa", "bb"), ("bb", "aa")])
def test_what_one_has_claimed_the_other_never_gets(
    server: MailServer, mailbox: Mailbox, second: Mailbox, first: str, then: str
) -> None:
    """Two daemons on one mailbox; which name is the smaller one has nothing to do with it."""
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    second.open(drafts, write=True)
    assert mailbox.claim(uid, CLAIM + first, CLAIM)
    assert not second.claim(uid, CLAIM + then, CLAIM)
    assert CLAIM + first in flags_of(server, drafts, uid)
    assert CLAIM + then not in flags_of(server, drafts, uid)


@pytest.mark.parametrize("server", WITH_KEYWORDS, indirect=True)
def test_of_two_that_claim_at_once_at_most_one_gets_it(server: MailServer, mailbox: Mailbox, second: Mailbox) -> None:
    """I4: rather nobody for now than both."""
    drafts = server.named("Drafts")
    uids = [put(mailbox, drafts, n) for n in range(1, 9)]
    second.open(drafts, write=True)
    with ThreadPoolExecutor(2) as threads:
        for uid in uids:
            both = [threads.submit(m.claim, uid, CLAIM + n, CLAIM) for m, n in ((mailbox, "one"), (second, "two"))]
            assert sum(b.result(10) for b in both) <= 1


@pytest.mark.parametrize("server", ["fake", "fake without CONDSTORE"], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_rival_who_comes_between_look_and_mark_is_noticed(server: FakeImap, mailbox: Mailbox, when: str) -> None:
    """With CONDSTORE the STORE itself fails (RFC 7162 §3.1.3); without, the marks are read back."""
    uid = put(mailbox, "Drafts")
    server.fault("STORE", when, lambda: server.mark(uid, CLAIM + "rival", "Drafts"))
    assert not mailbox.claim(uid, CLAIM + "us", CLAIM)
    assert CLAIM + "us" not in flags_of(server, "Drafts", uid)


def test_a_claim_that_the_server_wrote_in_other_letters_is_ours_all_the_same(fake: FakeImap) -> None:
    """RFC 3501 §2.3.2: keywords are the same in any case; Dovecot keeps the writing it saw first."""
    mailbox = Mailbox(fake.account)
    uid = put(mailbox, "Drafts")
    fake.mark(uid, (CLAIM + "us").upper(), "Drafts")
    assert mailbox.claim(uid, CLAIM + "us", CLAIM)
    assert not mailbox.claim(uid, CLAIM + "them", CLAIM)
    mailbox.close()


def test_what_is_gone_cannot_be_claimed(server: MailServer, mailbox: Mailbox) -> None:
    """But where there are no keywords nobody can be asked: then the ledger alone decides."""
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    asked = mailbox.open(drafts, write=True).keywords
    mailbox.expunge(uid)
    assert mailbox.claim(uid, CLAIM + "us", CLAIM) is not asked


def test_a_claim_goes_through_a_folder_open_for_writing_only(server: MailServer, mailbox: Mailbox) -> None:
    drafts = server.named("Drafts")
    uid = put(mailbox, drafts)
    mailbox.open(drafts)
    with pytest.raises(FolderRefused):
        mailbox.claim(uid, CLAIM + "us", CLAIM)
    assert flags_of(server, drafts, uid) == set(DRAFT)
    assert stored(server.account, drafts)
