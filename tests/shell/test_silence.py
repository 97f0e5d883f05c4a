"""Proof of silence (I6): whoever may have answered is searched for, in every folder, and what is found is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.core.fold import fold
from agent.core.opportunity import Contact, Opportunity
from agent.core.values import Address
from agent.shell.folders import layout
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake
from agent.shell.silence import Searched, prove, sources_of
from agent.shell.store import Store
from tests.servers.dovecot import DovecotMailbox
from tests.servers.fake_imap import FakeImap
from tests.shell.mail_of import course, readings_of

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)
COURSE = "01-governor"


def opportunity(contacts: tuple[str, ...], domains: tuple[str, ...] = ()) -> Opportunity:
    people = tuple(Contact(Address("", email)) for email in contacts)
    return Opportunity("acme-1f3b", "<1@acme.example>", NOW - timedelta(days=9), domains=domains, contacts=people)


def found_by(sources: tuple[str, ...], email: str) -> bool:
    """Would SEARCH FROM with one of these find it? (RFC 3501 §6.4.4: a substring, in any case)"""
    return any(source.lower() in email.lower() for source in sources)


names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
domains = st.sampled_from(
    ["acme.example", "careers.acme.example", "notacme.example", "birch.example", "gmail.com", "web.de"]
)
emails = st.builds(lambda a, b: f"{a}@{b}", names, domains)


# Found by this test: a contact whose domain merely ends like the organisation's ("bo@notacme.example" beside "acme.example") counts as
# covered, but neither "@acme.example" nor ".acme.example" finds their mail.
@settings(max_examples=150, deadline=None)
@given(contacts=st.lists(emails, max_size=4, unique=True), own=st.lists(domains, max_size=2, unique=True))
def test_mail_from_every_contact_would_be_found(contacts: list[str], own: list[str]) -> None:
    """I6: "mail from the opportunity's contacts and the organisation's domain"."""
    sources = sources_of(opportunity(tuple(contacts), tuple(own)))
    for contact in contacts:
        assert found_by(sources, contact), f"{contact} is not searched for by {sources}"


def test_anybody_at_the_organisation_would_be_found_but_not_everybody_at_a_mail_provider() -> None:
    sources = sources_of(opportunity(("dana@gmail.com",), ("acme.example", "gmail.com")))
    assert found_by(sources, "new.person@acme.example")
    assert found_by(sources, "new.person@hr.acme.example")
    assert found_by(sources, "dana@gmail.com")
    assert not found_by(sources, "somebody.else@gmail.com")
    assert not found_by(sources, "bo@elsewhere.example")


# Found by this test: at most twelve sources are searched for, domains first; the contacts beyond them are left out and nothing says so.
def test_many_contacts_are_all_searched_for() -> None:
    """I6: an agency's panel of many people with addresses at many places."""
    contacts = tuple(f"person{n}@place{n}.example" for n in range(16))
    sources = sources_of(opportunity(contacts, ("acme.example",)))
    assert all(found_by(sources, contact) for contact in contacts)


# ---------------------------------------------------------------------------------------------------------- on a server


@pytest.fixture
def server() -> Iterator[FakeImap]:
    with FakeImap(folders=("Drafts", "Sent", "Trash", "Junk", "Archive", "Jobs/Firms")) as made:
        yield made


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    store = Store(tmp_path / "afterword.db")
    yield Intake(store, course(COURSE).owner, 60)
    store.close()


def searched(mailbox: Mailbox, intake: Intake, who: Opportunity) -> Searched:
    return prove(mailbox, layout(mailbox.folders(), "INBOX", "", "", "Afterword/Approved"), who, intake, NOW)


def real_opportunity() -> Opportunity:
    """That of the course without its last received message, which is to come to light."""
    book = fold(readings_of(COURSE)[:-1], (), course(COURSE).owner.zone)
    return next(iter(book.opportunities.values()))


def last_received() -> bytes:
    return next(built.raw for built in reversed(course(COURSE).messages) if not built.sent)


@pytest.mark.parametrize("folder", ["INBOX", "Junk", "Archive", "Jobs/Firms"])
def test_an_answer_is_found_in_whatever_folder_it_lies(
    server: FakeImap, mailbox: Mailbox, intake: Intake, folder: str
) -> None:
    server.deliver(last_received(), folder, at=NOW)
    result = searched(mailbox, intake, real_opportunity())
    assert len(result.found) == 1
    assert folder in result.folders
    assert "1 new" in str(result)
    assert server.changes == [], "only looked at (P8)"


@pytest.mark.parametrize("folder", ["Drafts", "Trash"])
def test_what_lies_in_drafts_or_in_the_trash_is_no_answer(
    server: FakeImap, mailbox: Mailbox, intake: Intake, folder: str
) -> None:
    server.deliver(last_received(), folder, at=NOW)
    result = searched(mailbox, intake, real_opportunity())
    assert result.found == []
    assert folder not in result.folders


def test_what_was_read_before_is_nothing_new(server: FakeImap, mailbox: Mailbox, intake: Intake) -> None:
    server.deliver(last_received(), "INBOX", at=NOW)
    assert len(searched(mailbox, intake, real_opportunity()).found) == 1
    again = searched(mailbox, intake, real_opportunity())
    assert again.found == []
    assert "nothing new" in str(again)


def test_a_folder_that_cannot_be_opened_is_told_and_the_others_are_searched(
    server: FakeImap, mailbox: Mailbox, intake: Intake
) -> None:
    server.deliver(last_received(), "Archive", at=NOW)
    folders = layout(mailbox.folders(), "INBOX", "", "", "Afterword/Approved")
    server.delete("Jobs/Firms")
    result = prove(mailbox, folders, real_opportunity(), intake, NOW)
    assert result.failed == ["Jobs/Firms"]
    assert len(result.found) == 1
    assert "could not be searched: Jobs/Firms" in str(result)


# Found by this test: imapclient writes SEARCH in ASCII unless it is given a charset; its error is taken for a lost connection, so the daemon
# would connect anew for ever and draft nothing.
@pytest.mark.parametrize("email", ["jürgen@acme.example", "dana@müller.example"])
def test_a_contact_with_letters_outside_ascii_can_be_searched_for(
    server: FakeImap, mailbox: Mailbox, intake: Intake, email: str
) -> None:
    """RFC 6532 addresses; whatever the server makes of them, the connection is not lost."""
    result = searched(mailbox, intake, opportunity((email, "lee@acme.example")))
    assert "INBOX" in (*result.folders, *result.failed)
    mailbox.alive()


def test_without_anybody_to_search_for_nothing_is_searched(server: FakeImap, mailbox: Mailbox, intake: Intake) -> None:
    result = searched(mailbox, intake, opportunity(()))
    assert (result.folders, result.found) == ([], [])


@pytest.mark.parametrize("number", [1, 2, 12, 13, 30])
def test_a_real_server_understands_the_search_for_many_and_for_letters_outside_ascii(
    dovecot: DovecotMailbox, tmp_path: Path, number: int
) -> None:
    """RFC 3501 §6.4.4: OR takes two keys, CHARSET UTF-8 for what is not ASCII; the last of all is found as well as the first."""
    contacts = tuple(f"person{n}@plätze{n}.example" for n in range(number))
    for place, contact in (("INBOX", contacts[0]), ("Junk", contacts[-1])):
        text = f"From: <{contact}>\r\nTo: sam@example.com\r\nSubject: Your interview\r\nMessage-ID: <{place}@x.example>\r\n\r\nHello.\r\n"
        dovecot.deliver(text.encode(), place)
    dovecot.deliver(b"From: bo@elsewhere.example\r\nSubject: Lunch\r\nMessage-ID: <3@x.example>\r\n\r\nHello.\r\n")
    store, made = Store(tmp_path / "afterword.db"), Mailbox(dovecot.account)
    now = datetime.now(UTC)
    who = replace(opportunity(contacts), began=now)
    result = prove(
        made,
        layout(made.folders(), "INBOX", "", "", "Afterword/Approved"),
        who,
        Intake(store, course(COURSE).owner, 60),
        now,
    )
    made.close()
    store.close()
    assert result.failed == []
    assert {r.message_id for r in result.found} == {"<INBOX@x.example>", "<Junk@x.example>"}
