"""`afterword status`: what waits for whom and since when, what comes next, which drafts to review, what troubles the daemon."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.cli.output import as_json, clock, day, table, wrapped
from agent.errors import Exit
from agent.shell.clock import WallClock

SHUT = ("closed", "rejected", "no_response")


def status(options: argparse.Namespace) -> int:
    """Exit 0; 1 where the daemon is blind."""
    from agent.paths import state_path
    from agent.shell.checked import is_checked
    from agent.shell.files import running
    from agent.shell.health import verdict

    folder = state_path(options.config)
    if not is_checked(options.config, folder):
        from agent.cli.context import settings_of

        settings_of(options)
    found = current(options, folder)
    alive = running(folder)
    well, troubles = verdict(folder, alive)
    if not options.all:
        found["opportunities"] = [o for o in found["opportunities"] if o["stage"] not in SHUT]
    if options.json:
        as_json({**found, "daemon": {"running": alive, "well": well, "troubles": [] if well else troubles}})
    else:
        shown(found, alive, [] if well else troubles)
    return Exit.FAILED if alive and not well else Exit.DONE


def current(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The daemon's last snapshot where it still holds; otherwise everything is worked out anew."""
    from agent.shell.snapshot import snapshot

    found = snapshot(folder, WallClock().now())
    if found is not None:
        return found
    from agent.cli.overview import made_now

    return made_now(options)


def shown(found: dict[str, Any], alive: bool, troubles: list[str]) -> None:
    now = WallClock().now().astimezone()
    rows = [
        (handle(o), named(o), o["stage"].replace("_", " "), day(o["since"], now), next_words(o, now))
        for o in found["opportunities"]
    ]
    if rows:
        table(rows, ("ID", "OPPORTUNITY", "STAGE", "SINCE", "NEXT"), yields=1)
    else:
        print("No open opportunity is known. Closed ones: afterword status --all")
    if found["drafts"]:
        print(f"\nDrafts to review ({len(found['drafts'])}):")
        table([draft_line(d) for d in found["drafts"]], ("ID", "WHAT", "TO", "STATE"), yields=2)
    for item in found["set_aside"]:
        print(wrapped(f"Could not be read: message {item['uid']} in {item['folder']}: {item['reason']}."))
    for item in found["impostors"][-5:]:
        print(
            wrapped(
                f"Not acted upon: mail of {clock(item['at'])} that claims to be from {item['sender']}, whose sender could not be proved."
            )
        )
    if not alive:
        print("\nThe daemon is not running. Start it: afterword run")
    for line in troubles if alive else ():
        print(wrapped(f"Trouble: {line}"))


def handle(row: dict[str, Any]) -> str:
    """The end of an opportunity's id, which is enough to name it on the command line."""
    return str(row["id"]).rpartition("-")[2]


def named(row: dict[str, Any]) -> str:
    return " – ".join(filter(None, (row["organisation"] or "?", row["role"])))


def next_words(row: dict[str, Any], now: datetime) -> str:
    when = row["next_at"]
    if not when:
        return str(row["next"])
    moment = datetime.fromisoformat(when)
    if moment <= now:
        return str(row["next"])
    return f"{row['next']} {clock(when) if row['next'] == 'interview' else day(when, now)}"


def draft_line(row: dict[str, Any]) -> tuple[str, str, str, str]:
    from agent.cli.names import STATE_WORDS, STEP_WORDS

    what = STEP_WORDS.get(row["step"], row["step"])
    return (
        row["id"],
        f"{what}, {row['organisation']}" if row["organisation"] else what,
        ", ".join(row["to"]),
        STATE_WORDS.get(row["state"], row["state"]),
    )
