"""The demo's story: TOML -> moments at which mail comes in or the owner does something, each as raw messages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Teller:
    """Whose mailbox it is, and from when to when the story goes."""

    name: str
    address: str
    timezone: str
    country: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens: a mail (`raw`, into `folder`), or an act of the owner (`act`)."""

    at: datetime
    says: str
    raw: bytes = b""
    folder: str = "INBOX"
    act: dict[str, Any] | None = None


def told() -> tuple[Teller, tuple[Moment, ...]]:
    table = tomllib.loads(files("agent.demo").joinpath("story.toml").read_text(encoding="utf-8"))
    own = table["owner"]
    zone = ZoneInfo(own["timezone"])
    teller = Teller(
        own["name"],
        own["address"],
        own["timezone"],
        own["country"],
        placed(own["begins"], zone),
        placed(own["ends"], zone),
    )
    moments = [mail(row, teller, zone) for row in table["mail"]]
    moments += [Moment(placed(row["at"], zone), row["says"], act=row) for row in table["act"]]
    return teller, tuple(sorted(moments, key=lambda m: m.at))


def placed(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone)


def mail(row: dict[str, Any], teller: Teller, zone: ZoneInfo) -> Moment:
    """One message as its sender's client would write it."""
    own = f"{teller.name} <{teller.address}>"
    sent = row.get("sent", False)
    message = EmailMessage(policy=SMTP)
    message["From"] = own if sent else row["from"]
    message["To"] = row["to"] if sent else own
    message["Subject"] = row["subject"]
    message["Date"] = format_datetime(placed(row["at"], zone))
    message["Message-ID"] = f"<{row['id']}>"
    if "answers" in row:
        message["In-Reply-To"] = message["References"] = f"<{row['answers']}>"
    if "list" in row:
        message["List-Id"] = f"<{row['list']}>"
        message["List-Unsubscribe"] = f"<https://{row['list']}/leave>"
    message.set_content(row["text"].strip() + "\n")
    if "invitation" in row:
        message.add_alternative(
            invitation(row["invitation"], row["from"], own, zone), subtype="calendar", params={"method": "REQUEST"}
        )
    who = "Robin" if sent else row["from"].partition(" <")[0]
    return Moment(placed(row["at"], zone), f"{who}: {row['subject']}", message.as_bytes(), "Sent" if sent else "INBOX")


def invitation(row: dict[str, Any], organiser: str, guest: str, zone: ZoneInfo) -> str:
    """A calendar invitation (RFC 5546 §3.2.2)."""
    people = [*row["guests"], guest]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kestrel Mapping//Calendar//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:{row['uid']}", "SEQUENCE:0", f"DTSTAMP:{row['start'].replace(tzinfo=UTC):%Y%m%dT000000Z}",
        f"DTSTART:{utc(row['start'], zone)}", f"DTEND:{utc(row['end'], zone)}", f"SUMMARY:{row['summary']}",
        f"ORGANIZER;CN={name(organiser)}:mailto:{address(organiser)}",
        *(f"ATTENDEE;CN={name(p)};PARTSTAT=NEEDS-ACTION:mailto:{address(p)}" for p in people),
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def utc(moment: datetime, zone: ZoneInfo) -> str:
    return f"{placed(moment, zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def name(person: str) -> str:
    return person.partition(" <")[0]


def address(person: str) -> str:
    return person.partition("<")[2].rstrip(">")
