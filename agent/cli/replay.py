"""`afterword replay`: what the agent would have done with mail on disk. Touches no server."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent.cli.context import addresses_of
from agent.cli.output import as_json, clock, plain, width, wrapped
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
    try:
        pairs = list(understood(options.path, owner))
    except OSError as error:
        raise UsageError(f"{error.filename or options.path} cannot be read: {error.strerror}") from None
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
    """From the options; from the configuration where one is named or nobody is, and then the options go before it."""
    from zoneinfo import ZoneInfo

    from agent import wiring
    from agent.core.policy.rules import Rules
    from agent.core.render import Identity, Wording
    from agent.paths import default_path
    from agent.templates import texts

    given = checked(options)
    if options.config is not None or not options.me and default_path().exists():
        return configured(options, given)
    if not options.me:
        raise UsageError("whose mailbox is it?", "give your address: --me you@example.org, or a configuration: -c FILE")
    from agent.config import machine_zone

    zone, country, addresses = given.get("timezone") or machine_zone(), given.get("country", ""), given["addresses"]
    owner = wiring.owner_of(options.name, addresses, zone, country)
    rules = Rules(
        zone=ZoneInfo(zone), holidays=wiring.holidays_of(country), owner_name=options.name, owner_addresses=addresses
    )
    return rules, owner, Identity(options.name, addresses[0]), Wording(texts())


def checked(options: argparse.Namespace) -> dict[str, Any]:
    """The options that take the place of keys of [owner], by key. Raises UsageError that names the option."""
    from agent.config import known_country, known_zone

    given: dict[str, Any] = {"addresses": addresses_of(options.me)} if options.me else {}
    for name, check in (("name", str), ("timezone", known_zone), ("country", known_country)):
        if getattr(options, name):
            try:
                given[name] = check(getattr(options, name))
            except ValueError as error:
                raise UsageError(f"--{name}: {error}") from None
    return given


def configured(options: argparse.Namespace, changes: dict[str, Any]) -> tuple[Rules, Owner, Identity, Wording]:
    from agent import wiring
    from agent.config import load

    settings = load(options.config)
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
        step = action["step"].replace("_", " ")
        print(wrapped(f"{clock(action['at'])}  {action['action']}  {step}  {names.get(action['opportunity'], '')}"))
        to = ", ".join(action["to"])
        print(wrapped(f"{action['rule']}: {action['why']}" + (f" (to {to})" if to else ""), "    "))
        if action["action"] in ("draft", "note"):
            print("\n".join(quoted(line) for line in action["body"].splitlines()) + "\n")
    print(
        f"{len(found['opportunities'])} opportunities, {len(found['messages'])} messages, {len(found['actions'])} actions"
    )
    for row in found["opportunities"]:
        print(wrapped(f"{names[row['id']]}: {row['stage'].replace('_', ' ')}", "  "))


def quoted(line: str) -> str:
    """One line of a draft's text, folded where the terminal ends."""
    import textwrap

    return "\n".join(f"    | {part}" for part in textwrap.wrap(plain(line), width() - 6) or [""])
