"""A correspondence in real letters: decoded, read and folded as the agent does, told in few lines."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from agent.core.decode.message import decode
from agent.core.fold import Book, Row
from agent.core.opportunity import Entry, Opportunity
from agent.core.read.reader import read
from agent.wiring import owner_of

ME = "Sam Rivera <sam@rivera.example>"
DANA = "Dana Cole <dana@acme.example>"


class Correspondence:
    """The owner lives in London. Moments without an offset are London's; each letter answers the one before it."""

    def __init__(self, country: str = "") -> None:
        self.zone = ZoneInfo("Europe/London")
        self.owner = owner_of("Sam Rivera", ("sam@rivera.example",), "Europe/London", country)
        self.book = Book(self.zone, self.owner.holidays)
        self.ids: list[str] = []

    def letter(
        self,
        at: str,
        text: str,
        sender: str = DANA,
        to: str = ME,
        subject: str = "Backend Engineer at Acme",
        calendar: str = "",
        alone: bool = False,
        **headers: str,
    ) -> Correspondence:
        """One letter. `calendar`: a text/calendar part, `METHOD` its first word; `alone`: it answers nothing."""
        made = datetime.fromisoformat(at)
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = sender, to
        mail["Date"] = format_datetime(made if made.tzinfo else made.replace(tzinfo=self.zone))
        mail["Message-ID"] = f"<letter-{len(self.book.rows)}@post.example>"
        mail["Subject"] = subject if alone or not self.ids else f"Re: {subject}"
        if self.ids and not alone:
            mail["In-Reply-To"], mail["References"] = self.ids[-1], " ".join(self.ids)
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if calendar:
            method, _, body = calendar.partition("\n")
            mail.add_alternative(body, subtype="calendar", params={"method": method})
        message = decode(mail.as_bytes(), self.owner.addresses)
        self.book.add(read(message, self.owner))
        if not alone:
            self.ids.append(message.message_id)
        return self

    def agreed(self, hour: str = "Tuesday 12 May at 14:00") -> Correspondence:
        """Dana fixes a talk."""
        return self.letter(
            "2026-05-04 10:00",
            f"Hi Sam,\n\nThank you for applying for the Backend Engineer role at Acme. Your interview is confirmed for {hour}."
            "\n\nBest wishes,\nDana Cole\nRecruiter, Acme\n",
        )

    @property
    def row(self) -> Row:
        """What became of the last letter."""
        return list(self.book.rows.values())[-1]

    @property
    def kind(self) -> str:
        return self.row.kind.value

    @property
    def entry(self) -> Entry:
        return self.opportunity.entries[-1]

    @property
    def reply_by(self) -> str:
        day = self.entry.reply_by
        return f"{day:%Y-%m-%d}" if day else ""

    @property
    def opportunity(self) -> Opportunity:
        (found,) = self.book.opportunities.values()
        return found
