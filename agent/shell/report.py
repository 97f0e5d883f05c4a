"""Store and book -> the values that `status`, `show` and `drafts` print, also kept as a snapshot so that `status` is quick."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from agent import __version__
from agent.core.fold import Book
from agent.core.policy.plan import Plan
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import State, Step, Verdict
from agent.core.reconcile import Standing, orphans
from agent.core.values import Address
from agent.core.view import draft_row, local, opportunity_row
from agent.shell.blanks import known_blanks
from agent.shell.store import Held, StepRow, Store

SNAPSHOT = "snapshot"
TO_REVIEW = (Held.PUT, Held.EDITED, Held.REFUSED, Held.VANISHED, Held.APPROVED, Held.UNSURE)
BACK = (State.OFF, State.LATER)
CLOSED = ("closed", "rejected", "no_response")


def standing(rows: Iterable[StepRow]) -> list[StepRow]:
    """The drafts that somebody should look at; notes in the inbox are not among them."""
    return [r for r in rows if r.state in TO_REVIEW and r.step not in ("note", "prep")]


def overtaken(rows: Iterable[StepRow], book: Book, made: Plan) -> dict[str, Verdict]:
    """Drafts that only stand because their owner changed them (P3): key -> why they would be taken back otherwise."""
    theirs = [r for r in rows if r.state in (Held.EDITED, Held.REFUSED) and r.step in set(Step)]
    stand = (Standing(r.key, Step(r.step), r.opportunity, tuple(Address("", a) for a in r.recipients)) for r in theirs)
    verdicts = {v.key: v for v in made.verdicts}
    found = orphans(stand, verdicts, book.opportunities)
    found |= {r.key: verdicts[r.key] for r in theirs if r.key in verdicts and verdicts[r.key].state in BACK}
    return {key: v for key, v in found.items() if v.step not in (Step.DEBRIEF, Step.PAPER_NOTE)}


def draft_rows(store: Store, book: Book, made: Plan, rules: Rules) -> list[dict[str, Any]]:
    """The drafts now standing, as `drafts --json` tells them."""
    rows = standing(store.steps())
    late, blanks = overtaken(rows, book, made), known_blanks(store)
    return [
        draft_row(
            dataclasses.asdict(r), book.opportunities.get(r.opportunity), rules, late.get(r.key), blanks.get(r.key)
        )
        for r in rows
    ]


def overview(store: Store, book: Book, made: Plan, rules: Rules, now: datetime) -> dict[str, Any]:
    """The object of `status --json`."""
    known = [o for o in book.opportunities.values() if not o.forgotten]
    steps = store.steps()
    ledger = {s.key: s.state.value for s in steps}
    rows = [opportunity_row(o, made.verdicts, now, rules, ledger) for o in known]
    return {
        "at": local(now, rules),
        "version": __version__,
        "opportunities": sorted(
            rows, key=lambda r: (r["stage"] in CLOSED, r["next_at"] or "9999", r["organisation"].casefold())
        ),
        "drafts": draft_rows(store, book, made, rules),
        "set_aside": [{"folder": p.folder, "uid": p.uid, "reason": reason} for p, _, reason in store.asides()],
        "impostors": [
            {"at": local(at, rules), "sender": sender, "opportunity": opportunity}
            for at, sender, opportunity in book.impostors
        ],
        "valid_until": local(made.look_again, rules),
    }


def save_snapshot(store: Store, found: dict[str, Any]) -> None:
    """Only when something besides the moment differs (I10)."""
    before = store.remembered(SNAPSHOT)
    bare = {k: v for k, v in found.items() if k != "at"}
    if before:
        old = json.loads(before)
        if {k: v for k, v in old.items() if k != "at"} == json.loads(json.dumps(bare)):
            return
    store.remember(SNAPSHOT, json.dumps(found))
