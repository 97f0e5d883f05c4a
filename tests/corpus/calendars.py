"""Calendar table of a course -> iCalendar text as Exchange, Google or a scheduler writes it (RFC 5545, RFC 5546)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

# The names that Exchange gives to zones; only those that the courses use.
WINDOWS = {
    "Europe/London": "GMT Standard Time", "Europe/Dublin": "GMT Standard Time", "Europe/Lisbon": "GMT Standard Time",
    "Europe/Berlin": "W. Europe Standard Time", "Europe/Amsterdam": "W. Europe Standard Time", "Europe/Zurich": "W. Europe Standard Time",
    "Europe/Vienna": "W. Europe Standard Time", "Europe/Rome": "W. Europe Standard Time", "Europe/Stockholm": "W. Europe Standard Time",
    "Europe/Oslo": "W. Europe Standard Time", "Europe/Paris": "Romance Standard Time", "Europe/Madrid": "Romance Standard Time",
    "Europe/Brussels": "Romance Standard Time", "Europe/Copenhagen": "Romance Standard Time",
    "Europe/Warsaw": "Central European Standard Time", "Europe/Prague": "Central Europe Standard Time", "Europe/Budapest": "Central Europe Standard Time", "Europe/Ljubljana": "Central Europe Standard Time",
    "Europe/Helsinki": "FLE Standard Time", "Europe/Athens": "GTB Standard Time", "Europe/Bucharest": "GTB Standard Time", "Europe/Istanbul": "Turkey Standard Time",
    "Africa/Johannesburg": "South Africa Standard Time", "Africa/Nairobi": "E. Africa Standard Time", "Africa/Lagos": "W. Central Africa Standard Time",
    "Africa/Cairo": "Egypt Standard Time", "Asia/Dubai": "Arabian Standard Time", "Asia/Kolkata": "India Standard Time", "Asia/Singapore": "Singapore Standard Time",
    "Asia/Manila": "Singapore Standard Time", "Asia/Hong_Kong": "China Standard Time", "Asia/Shanghai": "China Standard Time", "Asia/Tokyo": "Tokyo Standard Time",
    "Asia/Seoul": "Korea Standard Time", "Australia/Sydney": "AUS Eastern Standard Time", "Australia/Melbourne": "AUS Eastern Standard Time",
    "Australia/Brisbane": "E. Australia Standard Time", "Australia/Perth": "W. Australia Standard Time", "Pacific/Auckland": "New Zealand Standard Time",
    "America/New_York": "Eastern Standard Time", "America/Toronto": "Eastern Standard Time", "America/Chicago": "Central Standard Time",
    "America/Denver": "Mountain Standard Time", "America/Phoenix": "US Mountain Standard Time", "America/Los_Angeles": "Pacific Standard Time",
    "America/Vancouver": "Pacific Standard Time", "America/Halifax": "Atlantic Standard Time", "America/Sao_Paulo": "E. South America Standard Time",
    "America/Argentina/Buenos_Aires": "Argentina Standard Time", "America/Bogota": "SA Pacific Standard Time", "America/Mexico_City": "Central Standard Time (Mexico)",
    "America/Santiago": "Pacific SA Standard Time",
}  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def offset(delta: timedelta) -> str:
    minutes = int(delta.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def vtimezone(name: str, zone: ZoneInfo, year: int) -> list[str]:
    """A VTIMEZONE with the rules of one year, as both Exchange and Google send it."""
    out = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    changes = []
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        after = at + timedelta(hours=1)
        a, b = at.astimezone(zone).utcoffset(), after.astimezone(zone).utcoffset()
        if a != b and a is not None and b is not None:
            changes.append((at.astimezone(zone) + timedelta(hours=1), a, b))
        at = after
    for local, a, b in changes:
        last = (local + timedelta(days=7)).month != local.month
        nth = -1 if last else (local.day - 1) // 7 + 1
        part = "DAYLIGHT" if b > a else "STANDARD"
        out += [
            f"BEGIN:{part}",
            f"DTSTART:1970{local:%m}01T{local:%H}0000",
            f"RRULE:FREQ=YEARLY;BYDAY={nth}{DAYS[local.weekday()]};BYMONTH={local.month}",
            f"TZOFFSETFROM:{offset(a)}",
            f"TZOFFSETTO:{offset(b)}",
            f"END:{part}",
        ]
    if not changes:
        fixed = datetime(year, 1, 1, tzinfo=zone).utcoffset() or timedelta()
        out += [
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            f"TZOFFSETFROM:{offset(fixed)}",
            f"TZOFFSETTO:{offset(fixed)}",
            "END:STANDARD",
        ]
    return [*out, "END:VTIMEZONE"]


def folded(line: str) -> str:
    """RFC 5545 §3.1: 75 octets, never inside a character."""
    out, now = [], b""
    for char in line:
        octets = char.encode()
        if len(now) + len(octets) > 75:
            out.append(now.decode())
            now = b" "
        now += octets
    return "\r\n".join([*out, now.decode()])


def event(table: dict[str, Any], stamp: datetime, style: str) -> str:
    """`start`/`end` local ISO times in `zone`; `style`: "windows" (Exchange names), "iana" (Google) or "utc"."""
    zone = ZoneInfo(table["zone"])
    start = datetime.fromisoformat(table["start"]).replace(tzinfo=zone)
    end = datetime.fromisoformat(table["end"]).replace(tzinfo=zone)
    method = table.get("method", "REQUEST")
    product = {
        "windows": "Microsoft Exchange Server 2010",
        "iana": "-//Google Inc//Google Calendar 70.9054//EN",
        "utc": "-//Slotkeeper//EN",
    }[style]
    lines = ["BEGIN:VCALENDAR", f"PRODID:{product}", "VERSION:2.0", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if style == "utc":
        times = [f"DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTEND:{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    else:
        name = WINDOWS[table["zone"]] if style == "windows" else table["zone"]
        lines += vtimezone(name, zone, start.year)
        times = [f"DTSTART;TZID={name}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={name}:{end:%Y%m%dT%H%M%S}"]
    lines += [
        "BEGIN:VEVENT",
        *times,
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"UID:{table['uid']}",
        f"SEQUENCE:{table.get('sequence', 0)}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        f"SUMMARY:{escaped(table['summary'])}",
    ]
    for key in ("location", "description", "comment"):
        if table.get(key):
            lines.append(f"{key.upper()}:{escaped(table[key])}")
    lines.append(person("ORGANIZER", table["organiser"], ""))
    for who in table.get("attendees", []):
        answer = table.get("answer", "NEEDS-ACTION")
        lines.append(person("ATTENDEE", who, f";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=TRUE"))
    for room in table.get("rooms", []):
        lines.append(person("ATTENDEE", room, ";CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;PARTSTAT=NEEDS-ACTION"))
    lines += [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:REMINDER",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(folded(line) for line in lines)


def named(who: str) -> tuple[str, str]:
    """ "Name, MLS <address>" as a course has it -> (name, address); a course need not quote a comma, mail must (RFC 5322 §3.4)."""
    name, _, address = who.rpartition("<")
    return (name.strip(' "'), address.rstrip("> ")) if name else ("", who.strip("<> "))


def host_of(address: str) -> str:
    return named(address)[1].rpartition("@")[2]


def person(kind: str, who: str, more: str) -> str:
    name, address = named(who)
    shown = f'"{name}"' if any(c in name for c in ",:;") else name
    return f"{kind}{more}{f';CN={shown}' if name else ''}:mailto:{address}"
