"""`afterword show OPP`: one opportunity's time line and the reason of everything."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from agent.cli.context import Known, known
from agent.cli.names import STATE_WORDS, STEP_WORDS
from agent.cli.output import as_json, clock, day, wrapped
from agent.cli.status import next_words
from agent.errors import Exit
from agent.shell.clock import WallClock


def show(options: argparse.Namespace) -> int:
    with known(options) as here:
        found = told_of(here, options.opportunity)
    if options.json:
        as_json(found)
    else:
        printed(found)
    return Exit.DONE


def told_of(here: Known, name: str) -> dict[str, Any]:
    from agent.core.policy.plan import plan
    from agent.core.story import story

    opportunity = here.opportunity(name)
    made = plan(here.book.opportunities.values(), here.now, here.rules)
    ledger = {r.key: r.state.value for r in here.store.steps()}
    events = [
        {**dataclasses.asdict(e), "at": e.at.astimezone(here.rules.zone).isoformat()}
        for e in here.store.events(opportunity.id)
    ]
    return story(opportunity, made.verdicts, ledger, events, here.now, here.rules)


def printed(found: dict[str, Any]) -> None:
    name = " – ".join(filter(None, (found["organisation"], found["role"])))
    print(wrapped(f"{name} ({found['id']})"))
    stage, now = found["stage"].replace("_", " "), WallClock().now().astimezone()
    print(wrapped(f"{stage} since {day(found['since'], now)}; next: {next_words(found, now)}"))
    if found["reply_by"]:
        print(wrapped(f"answer promised by {found['reply_by']}", ""))
    for contact in found["contacts"]:
        notes = [
            n
            for n in (
                "main contact" if contact["main"] else "",
                "no mail reaches them" if contact["dead"] else "",
                f"away until {contact['away_until']}" if contact["away_until"] else "",
            )
            if n
        ]
        print(
            wrapped(f"{contact['name'] or ''} <{contact['email']}>" + (f" ({', '.join(notes)})" if notes else ""), "  ")
        )
    for interview in found["interviews"]:
        print(
            wrapped(
                f"interview {interview['status']}: {clock(interview['start'])}, with {', '.join(interview['interviewers']) or 'nobody named'}",
                "  ",
            )
        )
    for debrief in found["debriefs"]:
        for what, words in debrief["words"].items():
            print(wrapped(f"your debrief, {what.replace('_', ' ')}: “{words}”", "  "))
    print("\nMessages")
    for message in found["messages"]:
        way = "to you" if message["direction"] == "received" else "from you"
        doubt = ", unclear" if message["unclear"] else ""
        print(
            wrapped(
                f"{clock(message['at'])}  {way}: {message['kind'].replace('_', ' ')}{doubt} – {message['subject']}",
                "  ",
            )
        )
        for reason in message["why"][:3]:
            print(wrapped(reason, "      "))
    print("\nSteps")
    for step in found["steps"]:
        now_held = STATE_WORDS.get(step["draft"], step["draft"]) if step["draft"] else ""
        stands = f"; {now_held}" if now_held and now_held != SAYS[step["state"]] else ""
        to = f" to {', '.join(step['to'])}" if step["to"] else ""
        print(
            wrapped(
                f"{STEP_WORDS.get(step['step'], step['step'])}{to}: {SAYS[step['state']]}{stands} – {step['rule']}: {step['why']}",
                "  ",
            )
        )
    if found["events"]:
        print("\nWhat happened")
    for event in found["events"]:
        print(wrapped(f"{clock(event['at'])}  {event['what']}: {event['why']} ({event['rule']})", "  "))


SAYS = {"offer": "due", "keep": "stays if it stands", "later": "later", "off": "not wanted", "missed": "missed"}
