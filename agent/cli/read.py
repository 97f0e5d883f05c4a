"""`afterword read`: what is understood of single messages, with the words that each conclusion rests on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.cli.context import addresses_of
from agent.cli.output import as_json, clock, wrapped
from agent.errors import Exit

if TYPE_CHECKING:
    from agent.core.read.reader import Owner


def read(options: argparse.Namespace) -> int:
    """Exit 0, also where a file holds no readable message: its row says so."""
    owner = chosen_owner(options)
    rows = [row_of(path, owner) for path in options.files]
    if options.json:
        as_json({"messages": rows})
        return Exit.DONE
    for row in rows:
        told(row)
    return Exit.DONE


def chosen_owner(options: argparse.Namespace) -> Owner:
    """From the configuration that was named, or where there is one and no --me; --me goes before its addresses."""
    from agent import wiring
    from agent.config import load, machine_zone
    from agent.paths import default_path

    me = addresses_of(options.me)
    if options.config is None and (me or not default_path().exists()):
        return wiring.owner_of("", me, machine_zone(), "")
    own = load(options.config).owner
    return wiring.owner_of(own.name, me or own.addresses, own.timezone, own.country)


def row_of(path: Path, owner: Owner) -> dict[str, Any]:
    from agent.core.alone import explained
    from agent.core.decode.message import Unreadable, decode
    from agent.core.read.reader import read as understand

    try:
        raw = path.read_bytes()
        reading = understand(decode(raw, owner.addresses), owner)
    except OSError as error:
        return unread(path, error.strerror or type(error).__name__)
    except Unreadable as error:
        return unread(path, str(error))
    return {"file": str(path), **explained(reading, owner.zone)}


def unread(path: Path, error: str) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "interviews": [],
        "people": [],
        "organisation": None,
        "role": None,
        "reply_by": None,
        "date": None,
        "sender": None,
        "sender_kind": None,
        "opens_opportunity": False,
        "why": [],
    }
    return {
        "file": str(path),
        "message_id": None,
        "direction": None,
        "kind": "other",
        "unclear": False,
        **empty,
        "error": error,
    }


def told(row: dict[str, Any]) -> None:
    print(wrapped(row["file"]))
    if "error" in row:
        print(wrapped(f"no readable message: {row['error']}", "  "))
        return
    doubt = " (unclear)" if row["unclear"] else ""
    print(f"  {row['direction']}, {row['kind'].replace('_', ' ')}{doubt}")
    for name in ("organisation", "role", "reply_by"):
        if row[name]:
            print(wrapped(f"{name.replace('_', '-')}: {row[name]}", "  "))
    for found in row["interviews"]:
        print(
            wrapped(
                f"time {found['status']}: {clock(found['start'])} to {clock(found['end'])} – “{found['source']}”", "  "
            )
        )
    for person in row["people"]:
        name = " ".join(filter(None, (person["name"], f"<{person['email']}>" if person["email"] else "")))
        print(wrapped(f"person: {name} ({person['source']})", "  "))
    for reason in row["why"]:
        print(wrapped(f"because {reason}", "  "))
