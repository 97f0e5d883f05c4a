"""`afterword replay`: what the agent would have done with mail on disk. Touches no server."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent.cli.output import as_json, clock, plain, wrapped
from agent.errors import Exit, UsageError

if TYPE_CHECKING:
    from agent.core.policy.rules import Rules
    from agent.core.read.reader import Owner
    from agent.core.render import Identity, Wording


def replay(options: argparse.Namespace) -> int:
    """Exit 0; 2 where nothing can be read at PATH or the owner's address is missing."""
    from agent.shell.clock import WallClock
    from agent.shell.replay import Replay, understood

    if not options.path.exists():
        raise UsageError(f"{options.path} does not exist", "give an mbox, a Maildir or a folder of .eml files")
    rules, owner, identity, wording = chosen(options)
    pairs = list(understood(options.path, owner))
    if not pairs:
        raise UsageError(f"no message was found in {options.path}", "give an mbox, a Maildir or a folder of .eml files")
    until = moment(options.until, rules) if options.until else max(WallClock().now(), max(m.date for m, _ in pairs))
    found = Replay(rules, identity, wording)
    found.run(pairs, until)
    if options.json:
        as_json(found.result(until))
    else:
        told(found.result(until))
    return Exit.DONE


def chosen(options: argparse.Namespace) -> tuple[Rules, Owner, Identity, Wording]:
    """From the configuration where one is given, and from the options, which go before it."""
    from zoneinfo import ZoneInfo

    from agent import wiring
    from agent.core.policy.rules import Rules
    from agent.core.render import Identity, Wording
    from agent.templates import texts

    if options.config is not None:
        return configured(options)
    if not options.me:
        raise UsageError("whose mailbox is it?", "give your address: --me you@example.org")
    from agent.config import known_country, known_zone, machine_zone

    try:
        zone = known_zone(options.timezone or machine_zone())
        country = known_country(options.country) if options.country else ""
    except ValueError as error:
        raise UsageError(str(error)) from None
    addresses = tuple(a.lower() for a in options.me)
    owner = wiring.owner_of(options.name, addresses, zone, country)
    rules = Rules(
        zone=ZoneInfo(zone), holidays=wiring.holidays_of(country), owner_name=options.name, owner_addresses=addresses
    )
    return rules, owner, Identity(options.name, addresses[0]), Wording(texts())


def configured(options: argparse.Namespace) -> tuple[Rules, Owner, Identity, Wording]:
    from agent import wiring
    from agent.config import load

    settings = load(options.config)
    changes: dict[str, Any] = {}
    if options.me:
        changes["addresses"] = tuple(a.lower() for a in options.me)
    for name in ("name", "timezone", "country"):
        if getattr(options, name):
            changes[name] = getattr(options, name)
    if changes:
        settings = settings.model_copy(update={"owner": settings.owner.model_copy(update=changes)})
    return wiring.rules(settings), wiring.owner(settings), wiring.identity(settings), wiring.wording(settings)


def moment(text: str, rules: Rules) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--until {text!r} is no ISO moment", "write one like 2026-12-01T12:00:00+00:00") from None
    return found if found.tzinfo else found.replace(tzinfo=rules.zone)


def told(found: dict[str, Any]) -> None:
    """For a person: what was done when, and where everything stands at the end."""
    names = {o["id"]: " – ".join(filter(None, (o["organisation"], o["role"]))) for o in found["opportunities"]}
    for action in found["actions"]:
        print(
            f"{clock(action['at'])}  {action['action']:8}  {action['step'].replace('_', ' ')}  {plain(names.get(action['opportunity'], ''))}"
        )
        to = ", ".join(action["to"])
        print(wrapped(f"{action['rule']}: {action['why']}" + (f" (to {to})" if to else ""), "    "))
        if action["action"] in ("draft", "note"):
            print("\n".join(f"    | {plain(line)}" for line in action["body"].splitlines()) + "\n")
    print(
        f"{len(found['opportunities'])} opportunities, {len(found['messages'])} messages, {len(found['actions'])} actions"
    )
    for row in found["opportunities"]:
        print(f"  {plain(names[row['id']])}: {row['stage'].replace('_', ' ')}")
