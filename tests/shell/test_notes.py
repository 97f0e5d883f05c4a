"""Notes to the owner: into the inbox without SMTP, each once, known as our own again (I11, I14)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.core.render import Identity
from agent.errors import FolderRefused, ServerError
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake
from agent.shell.notes import Notes
from agent.shell.store import Held, Store
from agent.wiring import owner_of
from tests.servers.fake_imap import FakeImap

NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
IDENTITY = Identity("Sam Rivera", "Sam@example.com")


@pytest.fixture
def notes(store: Store) -> Notes:
    return Notes(store, IDENTITY, ZoneInfo("Asia/Tokyo"))


def test_a_note_is_a_message_to_oneself_in_the_inbox(server: FakeImap, mailbox: Mailbox, notes: Notes) -> None:
    """Unread, in the owner's zone, marked as ours; nothing else in the mailbox changes (P8)."""
    notes.tell("blind", "Afterword was blind", "It could not see – for a while.")
    notes.deliver(mailbox, "INBOX", NOW)
    (stored,) = server.messages("INBOX")
    message = message_from_bytes(stored.raw)
    assert "\\Seen" not in stored.flags
    assert message["From"] == message["To"] == '"Sam Rivera" <sam@example.com>'
    assert message["Subject"] == "Afterword was blind"
    assert message["X-Afterword"] == "note"
    assert parsedate_to_datetime(message["Date"]).utcoffset() == timedelta(hours=9)
    text = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "It could not see – for a while." in text
    assert [change.command for change in server.changes] == ["APPEND"]


def test_the_same_thing_is_told_once(server: FakeImap, mailbox: Mailbox, notes: Notes, store: Store) -> None:
    for day in range(3):
        notes.tell("blind since Monday", "Afterword is blind", "text")
        notes.tell("blind since Monday", "Afterword is blind", "text")
        notes.deliver(mailbox, "INBOX", NOW + timedelta(days=day))
    assert len(server.messages("INBOX")) == 1
    assert [e.what for e in store.events()] == ["told"]
    notes.tell("blind since Friday", "Afterword is blind", "text")
    notes.deliver(mailbox, "INBOX", NOW + timedelta(days=9))
    assert len(server.messages("INBOX")) == 2


def test_a_rebuilt_database_does_not_make_it_told_twice(
    server: FakeImap, mailbox: Mailbox, notes: Notes, tmp_path: Path
) -> None:
    """P5: it is looked for in the inbox before it is put."""
    notes.tell("blind", "Afterword is blind", "text")
    notes.deliver(mailbox, "INBOX", NOW)
    fresh = Store(tmp_path / "fresh.db")
    again = Notes(fresh, IDENTITY, UTC)
    again.tell("blind", "Afterword is blind", "text")
    again.deliver(mailbox, "INBOX", NOW)
    fresh.close()
    assert len(server.messages("INBOX")) == 1


def test_a_lost_answer_does_not_make_it_told_twice(server: FakeImap, notes: Notes, store: Store) -> None:
    """I3: the APPEND was carried out, its answer lost. What is journalled is settled by looking, then tried again."""
    server.fault("APPEND", "after", "drop")
    first = Mailbox(server.account)
    notes.tell("blind", "Afterword is blind", "text")
    with pytest.raises(ServerError):
        notes.deliver(first, "INBOX", NOW)
    first.close()
    assert [row.state for row in store.steps()] == [Held.PLANNED]
    assert len(notes.waiting) == 1
    store.drop_step(store.steps()[0].key)  # as `Drafts.settle` may do at the next turn's beginning
    second = Mailbox(server.account)
    notes.deliver(second, "INBOX", NOW)
    second.close()
    assert len(server.messages("INBOX")) == 1
    assert notes.waiting == []


def test_an_inbox_that_takes_nothing_keeps_the_note_waiting(
    server: FakeImap, mailbox: Mailbox, notes: Notes, store: Store
) -> None:
    """Full, or read-only: told at a later turn."""
    server.fault("APPEND", "before", "no [OVERQUOTA] full")
    for number in range(3):
        notes.tell(f"about {number}", f"Note {number}", "text")
    with pytest.raises(FolderRefused):
        notes.deliver(mailbox, "INBOX", NOW)
    assert len(notes.waiting) == 3
    store.drop_step(store.steps()[0].key)
    notes.deliver(mailbox, "INBOX", NOW)
    subjects = [message_from_bytes(stored.raw)["Subject"] for stored in server.messages("INBOX")]
    assert subjects == ["Note 0", "Note 1", "Note 2"]


def test_a_note_is_never_taken_for_mail(server: FakeImap, mailbox: Mailbox, notes: Notes, store: Store) -> None:
    """I11: not even by another state on the same mailbox."""
    notes.tell(
        "blind",
        "Interview on Monday at 10:00, we are pleased to offer you the job",
        "We would like to offer you the job.",
    )
    notes.deliver(mailbox, "INBOX", NOW)
    intake = Intake(store, owner_of("Sam Rivera", ("sam@example.com",), "UTC", ""), 60)
    assert intake.read_folder(mailbox, "INBOX", NOW) == []
    assert store.mail_count() == 0


def test_what_a_note_quotes_cannot_add_headers(server: FakeImap, mailbox: Mailbox, notes: Notes) -> None:
    """I12: a subject that came out of mail."""
    try:
        notes.tell("x", "Trouble\r\nBcc: x@y.example", "text\r\n.\r\nmore")
        notes.deliver(mailbox, "INBOX", NOW)
    except ValueError:
        assert server.messages("INBOX") == []
        return
    message = message_from_bytes(server.messages("INBOX")[0].raw)
    assert message["Bcc"] is None
