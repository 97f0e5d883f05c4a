"""The digest into the inbox: without SMTP, once for each day it is due, whatever happens in between (P5, I3, I10, I11, I15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.core.fold import Book
from agent.core.policy.plan import plan
from agent.core.policy.rules import Rules
from agent.core.render import Identity
from agent.errors import FolderRefused, ServerError
from agent.shell.digest import Digests
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake
from agent.shell.notes import Notes
from agent.shell.store import EventRow, Store
from agent.wiring import owner_of
from tests.core.histories import WORDING, interviewed
from tests.servers.fake_imap import FakeImap

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 5, 18, 8, 5, tzinfo=LONDON)
DAY = timedelta(days=1)
RULES = Rules(LONDON, owner_name="Sam Rivera", owner_addresses=("sam@rivera.example",))
IDENTITY = Identity("Sam Rivera", "sam@rivera.example")
BOOK = interviewed().play("2026-05-18 08:00").book


def digests(store: Store, mode: str = "weekly") -> Digests:
    return Digests(store, Notes(store, IDENTITY, LONDON), WORDING, mode)


def turn(made: Digests, mailbox: Mailbox, now: datetime, book: Book = BOOK) -> datetime | None:
    return made.deliver(mailbox, "INBOX", book, plan(book.opportunities.values(), now, RULES), RULES, now)


def inbox(server: FakeImap) -> list[EmailMessage]:
    return [message_from_bytes(m.raw, policy=default) for m in server.messages("INBOX")]  # type: ignore[misc]


def test_it_is_an_unread_message_of_the_owners_to_themselves(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    """HTML with a plain-text twin; one APPEND and nothing else is done (P8), and nobody else is written to."""
    turn(digests(store), mailbox, MONDAY)
    (stored,) = server.messages("INBOX")
    (message,) = inbox(server)
    assert stored.flags & {"\\Seen", "\\Draft"} == set()
    assert message["From"] == message["To"]
    assert message["To"].addresses[0].addr_spec == "sam@rivera.example"
    assert (message["Cc"], message["Bcc"]) == (None, None)
    assert message["X-Afterword"] == "note"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Dana Cole" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [change.command for change in server.changes] == ["APPEND"]


def test_it_comes_once_for_its_day(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    """Weekly: on Monday; looked at again an hour, a day and a week later."""
    made = digests(store)
    for now in (MONDAY, MONDAY + timedelta(hours=1), MONDAY + DAY, MONDAY + 7 * DAY, MONDAY + 7 * DAY):
        turn(made, mailbox, now)
    assert [m["Subject"] for m in inbox(server)] == ["Your week: Monday, 18 May", "Your week: Monday, 25 May"]


def test_daily_and_weekly_are_one_on_a_monday(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    """The configuration is changed on the day itself."""
    turn(digests(store, "weekly"), mailbox, MONDAY)
    turn(digests(store, "daily"), mailbox, MONDAY + timedelta(hours=1))
    assert len(inbox(server)) == 1
    turn(digests(store, "daily"), mailbox, MONDAY + DAY)
    assert inbox(server)[-1]["Subject"] == "Your day: Tuesday, 19 May"


def test_it_says_when_it_wants_to_be_waked(mailbox: Mailbox, store: Store) -> None:
    """I15."""
    assert turn(digests(store), mailbox, MONDAY) == MONDAY.replace(minute=0) + 7 * DAY
    assert turn(digests(store, "off"), mailbox, MONDAY) is None


def test_off_is_off(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    for days in range(9):
        turn(digests(store, "off"), mailbox, MONDAY + days * DAY)
    assert inbox(server) == []


def test_a_rebuilt_database_does_not_bring_it_twice(
    server: FakeImap, mailbox: Mailbox, store: Store, tmp_path: Path
) -> None:
    """P5: it is looked for by its Message-ID, which is made from its day (I2)."""
    turn(digests(store), mailbox, MONDAY)
    fresh = Store(tmp_path / "fresh.db")
    turn(digests(fresh), mailbox, MONDAY + timedelta(hours=2))
    fresh.close()
    assert len(inbox(server)) == 1


def test_a_lost_answer_does_not_bring_it_twice(server: FakeImap, store: Store) -> None:
    """I3: the APPEND was carried out, its answer lost."""
    server.fault("APPEND", "after", "drop")
    first = Mailbox(server.account)
    with pytest.raises(ServerError):
        turn(digests(store), first, MONDAY)
    first.close()
    store.drop_step(store.steps()[0].key)  # a database from before
    second = Mailbox(server.account)
    turn(digests(store), second, MONDAY + timedelta(minutes=5))
    second.close()
    assert len(inbox(server)) == 1


def test_an_inbox_that_takes_nothing_gets_it_later(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    server.fault("APPEND", "before", "no [OVERQUOTA] full")
    with pytest.raises(FolderRefused):
        turn(digests(store), mailbox, MONDAY)
    store.drop_step(store.steps()[0].key)  # as the next turn's beginning does: it was surely not put
    turn(digests(store), mailbox, MONDAY + timedelta(hours=1))
    assert len(inbox(server)) == 1


def test_where_there_is_nothing_to_tell_nothing_comes(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    """And that is written down once (I10); what comes up later in the week waits for the next one."""
    made = digests(store)
    turn(made, mailbox, MONDAY, Book(LONDON))
    before = store.db.total_changes
    turn(made, mailbox, MONDAY + timedelta(hours=1), Book(LONDON))
    turn(made, mailbox, MONDAY + DAY, BOOK)
    assert inbox(server) == []
    assert store.db.total_changes == before


def test_a_second_pass_writes_nothing(server: FakeImap, mailbox: Mailbox, store: Store) -> None:
    """I10."""
    made = digests(store)
    turn(made, mailbox, MONDAY)
    before, changes = store.db.total_changes, len(server.changes)
    turn(made, mailbox, MONDAY + timedelta(hours=3))
    assert (store.db.total_changes, len(server.changes)) == (before, changes)


def test_what_happened_in_its_week_is_told_and_not_what_was_before(
    server: FakeImap, mailbox: Mailbox, store: Store
) -> None:
    for days, why in ((-9, "long ago"), (-2, "they wrote on Saturday")):
        store.add_event(
            EventRow(MONDAY + days * DAY, "", f"follow_up_1|{days}|dana@acme.example", "withdrawn", "P2", why)
        )
    turn(digests(store), mailbox, MONDAY)
    text = inbox(server)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "they wrote on Saturday" in text
    assert "long ago" not in text


def test_it_is_never_taken_for_mail(mailbox: Mailbox, store: Store) -> None:
    """I11: though it is full of names and dates."""
    turn(digests(store), mailbox, MONDAY)
    intake = Intake(store, owner_of("Sam Rivera", ("sam@rivera.example",), "Europe/London", ""), 60)
    assert intake.read_folder(mailbox, "INBOX", MONDAY) == []
    assert store.mail_count() == 0
