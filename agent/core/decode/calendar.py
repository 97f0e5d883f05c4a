"""text/calendar bytes -> Events, by icalendar with its traps disarmed (RFC 5545, RFC 5546). Total: what is odd is left out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.core.decode.headers import address, clean
from agent.core.values import Address, Attendee, Event, Method

MOST_BYTES = 200_000  # 20,000 attendees take 0.9 s to parse
MOST_EVENTS = 5
MOST_ATTENDEES = 60
LONGEST = timedelta(days=8)


def parse(data: bytes, method_of_part: str = "") -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """-> (events, defects). An event whose time or zone is not certain is no event but a defect."""
    if len(data) > MOST_BYTES or b"BEGIN:VEVENT" not in data.upper():
        return (), ("calendar: too large",) if len(data) > MOST_BYTES else ()
    from icalendar import Calendar
    from icalendar.timezone import tzp

    tzp.use_default()  # else a second "Customized Time Zone" gets the rules of the first
    try:  # OSError: zoneinfo looks a zone up as a file, whatever its name
        calendar: Any = Calendar.from_ical(repaired(data))
    except (
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        OSError,
    ) as error:
        return (), (f"calendar: {type(error).__name__}",)
    method = method_named(str(calendar.get("METHOD", "")) or method_of_part)
    events: list[Event] = []
    defects: list[str] = []
    for component in calendar.walk("VEVENT")[:MOST_EVENTS]:
        try:
            events.append(event(component, method))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, OSError) as error:
            defects.append(f"calendar event: {clean(str(error), 80)}")
    return tuple(events), tuple(defects)


def repaired(data: bytes) -> bytes:
    """Unfold on octets (a fold may split a UTF-8 character, RFC 5545 §3.1) and drop alarms, whose fields look like the event's."""
    data = re.sub(rb"\r?\n[ \t]", b"", data.replace(b"\r\r\n", b"\r\n"))
    data = re.sub(rb"BEGIN:VALARM\r?\n(?:(?!END:VALARM).*\r?\n)*?END:VALARM\r?\n?", b"", data)
    # Outlook writes this zone name unquoted, and its colon ends the parameter
    return data.replace(b"TZID=tzone://Microsoft/Utc:", b"TZID=UTC:")


def method_named(text: str) -> Method:
    try:
        return Method(text.strip().upper())
    except ValueError:
        return Method.PUBLISH


def event(component: Any, method: Method) -> Event:
    begins = component["DTSTART"]
    start, all_day = moment(begins)
    if "DTEND" in component:
        end, _ = moment(component["DTEND"])
    elif "DURATION" in component:
        end = start + component["DURATION"].dt
    else:
        end = start + (timedelta(days=1) if all_day else timedelta(hours=1))
    if not timedelta(0) <= end - start <= LONGEST:
        raise ValueError("impossible length")
    listed = component.get("ATTENDEE", [])
    listed = listed if isinstance(listed, list) else [listed]
    status = str(component.get("STATUS", "")).upper()
    return Event(
        method=method,
        uid=clean(str(component.get("UID", "")), 250),
        sequence=int(component.get("SEQUENCE", 0)),
        start=start,
        end=end,
        summary=clean(str(component.get("SUMMARY", "")), 300),
        description=str(component.get("DESCRIPTION", ""))[:4000],
        location=clean(str(component.get("LOCATION", "")), 300),
        comment=str(component.get("COMMENT", ""))[:1000],
        organiser=attendee(component["ORGANIZER"]) if "ORGANIZER" in component else None,
        attendees=tuple(a for a in map(attendee, listed[:MOST_ATTENDEES]) if a),
        all_day=all_day,
        cancelled=status == "CANCELLED" or method is Method.CANCEL,
    )


def moment(prop: Any) -> tuple[datetime, bool]:
    """DTSTART or DTEND -> (aware moment, all-day). A time whose zone is unknown raises ValueError: better none than a wrong hour."""
    value = prop.dt
    if isinstance(value, datetime):
        if value.tzinfo is not None and value.utcoffset() is not None:
            return fixed(iana(value, str(prop.params.get("TZID", "")))), False
        named = str(prop.params.get("TZID", ""))
        zone = zone_named(named)
        if zone is None:
            raise ValueError(f"time without a known zone ({clean(named, 40) or 'floating'})")
        return fixed(value.replace(tzinfo=zone)), False
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC), True
    raise ValueError("no time")


def fixed(value: datetime) -> datetime:
    """The same moment in a fixed offset: a value that does not hang on the zone object of one parse."""
    return value.replace(tzinfo=timezone(value.utcoffset() or timedelta()))


def iana(value: datetime, named: str) -> datetime:
    """An IANA name means that zone, whatever rules the sender wrote under it."""
    zone = zone_named(named) if "/" in named else None
    return value.replace(tzinfo=zone) if zone else value


def zone_named(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-/]{1,40}", name) or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def attendee(prop: Any) -> Attendee | None:
    params = getattr(prop, "params", {})
    email = re.sub(r"^mailto:", "", str(prop).strip(), flags=re.I)
    name = clean(str(params.get("CN", "")), 120).strip("'\" ")
    made: Address | None = address(name, email)
    if made is None:
        return None
    kind = str(params.get("CUTYPE", "INDIVIDUAL")).upper()
    role = str(params.get("ROLE", "")).upper()
    person = (
        kind not in ("ROOM", "RESOURCE", "GROUP")
        and role != "NON-PARTICIPANT"
        and not made.email.endswith("resource.calendar.google.com")
    )
    return Attendee(made, str(params.get("PARTSTAT", "")).upper(), person)
