"""Short ways to write a message for the tests of reading: text -> Message -> Reading, as the program would read it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from agent.core.decode.message import decode
from agent.core.fold import Book
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Reading
from agent.core.values import Message

ZONE = ZoneInfo("Europe/London")
OWNER = Owner(("Ann Example",), frozenset({"ann@post.example"}), ZONE, False)
ME = "Ann Example <ann@post.example>"
BO = "Bo Boss <bo@firm.example>"
WRITTEN = datetime(2026, 3, 4, 10, 12, 41, tzinfo=ZONE)  # a Wednesday


def raw_mail(
    text: str,
    *,
    subject: str = "Application for Tester",
    sender: str = BO,
    to: str = ME,
    at: datetime = WRITTEN,
    html: str = "",
    calendar: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A message as a client would send it; `calendar`: an iCalendar text, sent as an invitation."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(at)
    mark = hashlib.sha256(f"{text}|{subject}|{at}|{sender}".encode()).hexdigest()[:20]
    mail["Message-ID"] = f"<{mark}@{sender.rpartition('@')[2].strip('>')}>"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    if calendar:
        method = next((line[7:] for line in calendar.splitlines() if line.startswith("METHOD:")), "REQUEST")
        mail.add_alternative(calendar, subtype="calendar", params={"method": method})
    return mail.as_bytes()


def message(text: str, **kind: object) -> Message:
    return decode(raw_mail(text, **kind), OWNER.addresses)  # type: ignore[arg-type]


def reading(text: str, **kind: object) -> Reading:
    return read(message(text, **kind), OWNER)


def conversation(*readings: Reading) -> Book:
    """All of them, in order of their dates, in one mailbox."""
    book = Book(ZONE)
    for one in sorted(readings, key=lambda r: r.date):
        book.add(one)
    return book


def kind_alone(text: str, **kind: object) -> str:
    """The kind of a message to Ann from Bo that is the first of its mailbox."""
    one = reading(f"Dear Ann,\n\n{text}\n\nBo Boss", **kind)
    return conversation(one).rows[one.message_id].kind.value
