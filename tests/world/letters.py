"""The invented mail of a world: four candidacies of one owner, dated relative to a moment, and mail that concerns nothing.

Pumps: an interview that ended two hours ago. Press: one 17 days ago, thanked for, no answer since. Museum and Ferry: the
same as Press, other people. So one thank-you and three nudges are due at the moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Africa/Lagos")  # an hour from UTC, and no summer time
OWNER = "Ada Obi <ada@obi.example>"
ADDRESS = "ada@obi.example"
LONG_AGO = timedelta(days=17)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: the folder it lies in, when it came, its bytes (CRLF)."""

    folder: str
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer and the person there who writes."""

    name: str
    role: str
    person: str
    address: str

    @property
    def sender(self) -> str:
        return f"{self.person} <{self.address}>"

    @property
    def given(self) -> str:
        return self.person.split()[0]

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]

    @property
    def invitation(self) -> str:
        return f"invitation@{self.domain}"

    @property
    def thanks(self) -> str:
        return f"thanks.{self.domain}@obi.example"

    @property
    def subject(self) -> str:
        return f"Interview at {self.name}: {self.role}"


PUMPS = Firm("Brightwater Pumps", "Service Engineer", "Maren Holt", "maren.holt@brightwater.example")
PRESS = Firm("Quillstone Press", "Picture Editor", "Nadia Brandt", "nadia.brandt@quillstone.example")
MUSEUM = Firm("Harrow Museum", "Archivist", "Ellis Groves", "ellis.groves@harrowmuseum.example")
FERRY = Firm("Lanternby Ferries", "Timetable Planner", "Priya Sund", "priya.sund@lanternby.example")
SILENT = (PRESS, MUSEUM, FERRY)


def mail(
    sender: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    message_id: str,
    answers: tuple[str, ...] = (),
    more: str = "",
) -> bytes:
    """RFC 5322 bytes. `answers`: the thread so far, the message answered last; `more`: further header lines."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {format_datetime(at)}"]
    lines.append(f"Message-ID: <{message_id}>")
    if answers:
        lines += [f"In-Reply-To: <{answers[-1]}>", "References: " + " ".join(f"<{a}>" for a in answers)]
    lines += [line for line in more.splitlines() if line]
    lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", ""]
    return "\r\n".join((*lines, *text.splitlines(), "")).encode()


def invited(firm: Firm, start: datetime, at: datetime) -> Letter:
    day = start.astimezone(ZONE)
    text = (
        f"Dear Ada,\n\nI am glad to confirm your interview for the {firm.role} position at {firm.name} on "
        f"{day:%A}, {day.day} {day:%B %Y}, at {day:%H:%M}. Please ask for me at the front desk.\n\n"
        f"Kind regards,\n{firm.person}\n{firm.name}"
    )
    return Letter("INBOX", at, mail(firm.sender, OWNER, firm.subject, text, at, firm.invitation))


def agreed(firm: Firm, at: datetime) -> Letter:
    text = f"Dear {firm.given},\n\nThank you, that time suits me well. I shall be there.\n\nBest regards,\nAda Obi"
    raw = mail(
        OWNER, firm.sender, f"Re: {firm.subject}", text, at, f"yes.{firm.domain}@obi.example", (firm.invitation,)
    )
    return Letter("Sent", at, raw)


def thanked(firm: Firm, at: datetime) -> Letter:
    text = (
        f"Dear {firm.given},\n\nThank you for the interview today. I enjoyed hearing how your team works, and I would be "
        "very glad to join it.\n\nBest regards,\nAda Obi"
    )
    raw = mail(OWNER, firm.sender, f"Re: {firm.subject}", text, at, firm.thanks, (firm.invitation,))
    return Letter("Sent", at, raw)


def answered(firm: Firm, at: datetime, number: int = 1) -> Letter:
    """The employer's answer: still deciding, and a day by which they will know."""
    day = (at + timedelta(days=10)).astimezone(ZONE)
    text = (
        f"Dear Ada,\n\nSorry that you had to wait. We are still talking to two others, and we will let you know by "
        f"{day:%A}, {day.day} {day:%B}.\n\nKind regards,\n{firm.person}"
    )
    thread = (firm.invitation, firm.thanks)
    raw = mail(firm.sender, OWNER, f"Re: {firm.subject}", text, at, f"answer{number}@{firm.domain}", thread)
    return Letter("INBOX", at, raw)


def newsletter(number: int, at: datetime) -> Letter:
    text = "This month: three ways to keep ivy off a wall, and a recipe for quince jam."
    more = "List-Id: <garden.hedge.example>\nPrecedence: bulk"
    raw = mail(
        "Hedge & Border <post@hedge.example>",
        OWNER,
        "The garden in autumn",
        text,
        at,
        f"n{number}@hedge.example",
        (),
        more,
    )
    return Letter("INBOX", at, raw)


def own_draft(at: datetime) -> Letter:
    """Something that the owner has begun to write, about nothing of this."""
    text = "Dear Uncle Femi,\n\nthe parcel has come, and"
    raw = mail(OWNER, "Femi Obi <femi@obi.example>", "The parcel", text, at, "parcel@obi.example")
    return Letter("Drafts", at, raw)


def mailbox(now: datetime, silent: tuple[Firm, ...] = SILENT) -> list[Letter]:
    """Everything that lies there at the start, oldest first."""
    found = [
        newsletter(1, now - timedelta(days=25)),
        own_draft(now - timedelta(days=2)),
        newsletter(2, now - timedelta(hours=5)),
    ]
    for number, firm in enumerate(silent):
        held = now - LONG_AGO - timedelta(hours=2, minutes=10 * number)
        found.append(invited(firm, held, held - timedelta(days=4)))
        found.append(thanked(firm, held + timedelta(hours=20)))
    start = now - timedelta(hours=3)
    found += [invited(PUMPS, start, start - timedelta(days=3)), agreed(PUMPS, start - timedelta(days=2))]
    return sorted(found, key=lambda letter: letter.at)
