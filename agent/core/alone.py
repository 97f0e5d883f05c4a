"""One reading by itself -> what `afterword read` tells of it: kind, dates, people, organisation, role, each with its words."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from agent.core import kinds
from agent.core.fold import Book
from agent.core.hours import timed_slots
from agent.core.read.reading import Reading, Slot
from agent.core.titles_chosen import chosen_organisations, chosen_roles


def explained(reading: Reading, zone: tzinfo) -> dict[str, Any]:
    """The row of `read --json` but for `file`. Moments are ISO texts with offset."""
    decision = kinds.decide(reading, None)
    book = Book(zone)
    book.add(reading)
    made = next(iter(book.opportunities.values()), None)
    entry = made.entries[0] if made is not None and made.entries else None
    promise = reading.promise.day if reading.promise and reading.promise.day else None
    names = (
        [c.name for c in chosen_organisations(reading, reading.agency)]
        if made
        else [n.name for n in reading.organisations]
    )
    roles = [c.name for c in chosen_roles(reading, made)] if made else [n.name for n in reading.roles]
    reply_by = entry.reply_by if entry else promise
    return {
        "message_id": reading.message_id,
        "direction": reading.direction.value,
        "date": reading.date.isoformat(),
        "sender": reading.sender.email,
        "sender_kind": reading.sender_kind.value,
        "kind": decision.kind.value,
        "unclear": decision.unclear,
        "opens_opportunity": made is not None,
        "reply_by": reply_by.isoformat() if reply_by else None,
        "interviews": interviews(reading),
        "people": people(reading),
        "organisation": (made.organisation if made else names[0] if names else "") or None,
        "role": (made.role if made else roles[0] if roles else "") or None,
        "why": why(reading, list(map(str, decision.why))),
    }


def interviews(reading: Reading) -> list[dict[str, Any]]:
    """Times for a conversation: of its invitation, else of its prose; `source` are the words."""
    if reading.events:
        return [
            {
                "start": e.start.isoformat(),
                "end": e.end.isoformat(),
                "source": f"calendar: {e.summary}",
                "status": e.method.value.lower(),
            }
            for e in reading.events
        ]
    return [slot_row(s) for s in timed_slots(reading)]


def slot_row(slot: Slot) -> dict[str, Any]:
    status = "moved from" if slot.old else "asked" if slot.asked else "named"
    return {
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "source": slot.evidence.words,
        "status": status,
    }


def people(reading: Reading) -> list[dict[str, Any]]:
    """The sender, who is invited, and whom the text names; `takes_part`: said to be in the conversation."""
    found: dict[str, dict[str, Any]] = {}
    if not reading.sent:
        name = reading.sender.name or reading.signed
        found[reading.sender.email] = {
            "name": name or None,
            "email": reading.sender.email,
            "takes_part": reading.writer_meets,
            "source": "From",
        }
    for event in reading.events:
        guests = [a for a in (event.organiser, *event.attendees) if a is not None and a.person]
        for guest in guests:
            if guest.address.email not in reading.mine:
                row = {
                    "name": guest.address.name or None,
                    "email": guest.address.email,
                    "takes_part": True,
                    "source": "calendar",
                }
                found.setdefault(guest.address.email, row)
    for person in reading.people:
        row = {"name": person.name, "email": None, "takes_part": person.meets, "source": person.evidence.words}
        found.setdefault(person.name.lower(), row)
    return list(found.values())


def why(reading: Reading, reasons: list[str]) -> list[str]:
    made = list(reasons)
    if reading.promise is not None:
        made.append(str(reading.promise.evidence))
    made += [str(n.evidence) for n in reading.organisations[:1]] + [str(n.evidence) for n in reading.roles[:1]]
    if reading.foreign:
        made.append(f"about something else: {reading.foreign} ({reading.foreign_why})")
    if reading.scam:
        made.append("it looks like a fraud: not acted upon")
    return list(dict.fromkeys(made))
