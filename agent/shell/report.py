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
from agent.core.view import draft_row, local, opportunity_row
from agent.shell.store import Held, StepRow, Store

SNAPSHOT = "snapshot"
TO_REVIEW = (Held.PUT, Held.EDITED, Held.REFUSED, Held.VANISHED, Held.APPROVED, Held.UNSURE)
CLOSED = ("closed", "rejected", "no_response")


def standing(rows: Iterable[StepRow]) -> list[StepRow]:
    """The drafts that somebody should look at; notes in the inbox are not among them."""
    return [r for r in rows if r.state in TO_REVIEW and r.step not in ("note", "prep")]


def overview(store: Store, book: Book, made: Plan, rules: Rules, now: datetime) -> dict[str, Any]:
    """The object of `status --json`."""
    known = [o for o in book.opportunities.values() if not o.forgotten]
    rows = [opportunity_row(o, made.verdicts, now, rules) for o in known]
    drafts = standing(store.steps())
    return {
        "at": local(now, rules),
        "version": __version__,
        "opportunities": sorted(
            rows, key=lambda r: (r["stage"] in CLOSED, r["next_at"] or "9999", r["organisation"].casefold())
        ),
        "drafts": [draft_row(dataclasses.asdict(d), book.opportunities.get(d.opportunity), rules) for d in drafts],
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
