"""Mail in at its edges: rubbish is set aside once, a Date of the future is none, copies are read once, our own is left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent import __version__
from agent.shell.folders import Layout, layout
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake
from agent.shell.store import Cursor, Place, Store
from tests.servers.fake_imap import FakeImap
from tests.shell.mail_of import ANN, letter

NOW = datetime(2026, 4, 1, 10, tzinfo=UTC)
HELLO = letter(1, "Interview", "We would like to invite you to an interview on Tuesday, 10 March at 10:00.")


@pytest.fixture
def intake(store: Store) -> Intake:
    return Intake(store, ANN, 60)


def folders_of(mailbox: Mailbox) -> Layout:
    return layout(mailbox.folders(), "INBOX", "", "", "Afterword/Approved")


def looked(mailbox: Mailbox, intake: Intake, *folders: str) -> list[str]:
    taken = intake.look(mailbox, folders or ("INBOX",), NOW)
    return [reading.message_id for reading in taken.readings]


def test_a_message_that_is_none_is_set_aside_once_and_the_others_are_read(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    """I9."""
    server.deliver(b"\x00\xff\xfe rubbish", at=NOW)
    server.deliver(b"Subject: nobody wrote this\r\n\r\ntext\r\n", at=NOW)
    server.deliver(HELLO, at=NOW)
    assert looked(mailbox, intake) == ["<1@firm.example>"]
    assert len(store.asides()) == 2
    assert all(reason for _, _, reason in store.asides())
    assert looked(mailbox, intake) == []
    assert len(store.asides()) == 2


def test_what_another_version_set_aside_is_tried_again_and_what_this_one_did_is_not(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    uid = server.deliver(HELLO, at=NOW)
    validity = mailbox.open("INBOX").uidvalidity
    place = Place("INBOX", validity, uid)
    store.set_aside(place, __version__, "a fault", NOW, Cursor("INBOX", validity, uid + 1))
    assert intake.again(mailbox, NOW) == []
    store.set_aside(place, "0.0.0", "a fault", NOW)
    assert [r.message_id for r in intake.again(mailbox, NOW)] == ["<1@firm.example>"]
    assert store.asides() == []


def test_what_was_set_aside_and_is_gone_is_forgotten(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    """Deleted by its owner, or the folder was made anew (I8): never another message under that number."""
    server.deliver(HELLO, at=NOW)
    validity = mailbox.open("INBOX").uidvalidity
    for place in (Place("INBOX", validity, 99), Place("INBOX", validity + 1, 1)):
        store.set_aside(place, "0.0.0", "a fault", NOW)
        assert intake.again(mailbox, NOW) == []
        assert store.asides() == []


def test_a_copy_in_another_folder_is_read_once(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    """Labels of one provider are folders to IMAP."""
    server.deliver(HELLO, at=NOW)
    server.deliver(HELLO, "Archive", at=NOW)
    assert looked(mailbox, intake, "INBOX", "Archive") == ["<1@firm.example>"]
    assert store.mail_count() == 1


def test_a_folder_that_was_made_anew_is_read_anew_and_nothing_is_counted_twice(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    """I8."""
    server.deliver(HELLO, at=NOW)
    assert looked(mailbox, intake) == ["<1@firm.example>"]
    validity = server.rebuild("INBOX")
    server.deliver(letter(2, "More", "A second interview on Friday, 13 March at 10:00."), at=NOW)
    again = Mailbox(server.account)
    assert looked(again, intake) == ["<2@firm.example>"]
    again.close()
    cursor = store.cursor("INBOX")
    assert cursor is not None
    assert cursor.uidvalidity == validity


def test_drafts_in_a_folder_of_all_mail_are_no_mail(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    """I11: Gmail shows them in All Mail."""
    server.deliver(HELLO, flags=("\\Draft",), at=NOW)
    server.deliver(HELLO.replace(b"Subject:", b"X-Afterword: note\r\nSubject:").replace(b"<1@", b"<2@"), at=NOW)
    assert looked(mailbox, intake) == []
    assert store.mail_count() == 0


def test_a_date_in_the_future_is_the_time_of_arrival(server: FakeImap, mailbox: Mailbox, intake: Intake) -> None:
    """A wrong clock of a sender must not put the silence off for years."""
    server.deliver(HELLO.replace(b"Mon, 02 Mar 2026", b"Fri, 02 Mar 2057"), at=NOW)
    (reading,) = intake.look(mailbox, ("INBOX",), NOW).readings
    assert reading.date == NOW


def test_mail_older_than_the_history_is_left_unread(server: FakeImap, mailbox: Mailbox, intake: Intake) -> None:
    """P30: [windows] history_days; but not by a few hours too little, because SINCE goes by the server's days."""
    for number, days in enumerate((400, 62, 60, 1), 1):
        server.deliver(letter(number, "Interview", "An interview on Tuesday at 10:00."), at=NOW - timedelta(days=days))
    assert looked(mailbox, intake) == ["<3@firm.example>", "<4@firm.example>"]


def test_an_older_message_that_a_thread_refers_to_is_looked_for_once(
    server: FakeImap, mailbox: Mailbox, intake: Intake, store: Store
) -> None:
    server.deliver(HELLO, "Archive", at=NOW - timedelta(days=400))
    ids = ["<1@firm.example>", "<never-there@firm.example>"]
    found = intake.seek(mailbox, folders_of(mailbox), ids, NOW)
    assert [r.message_id for r in found] == ["<1@firm.example>"]
    assert all(store.sought(i) for i in ids)
    before = sum(server.commands.values())
    assert intake.seek(mailbox, folders_of(mailbox), ids, NOW) == []
    assert sum(server.commands.values()) == before + 1, "nothing but LIST, which this test asks for"


def test_looking_changes_nothing_in_the_mailbox(server: FakeImap, mailbox: Mailbox, intake: Intake) -> None:
    """P8: not even \\Seen."""
    server.deliver(HELLO, at=NOW)
    looked(mailbox, intake, "INBOX", "Sent", "Archive")
    assert server.changes == []
    assert "\\Seen" not in server.messages("INBOX")[0].flags


def test_a_folder_that_is_gone_is_told_and_the_others_are_read(
    server: FakeImap, mailbox: Mailbox, intake: Intake
) -> None:
    """I14."""
    server.deliver(HELLO, at=NOW)
    taken = intake.look(mailbox, ("Nowhere", "INBOX"), NOW)
    assert set(taken.blind) == {"Nowhere"}
    assert len(taken.readings) == 1
