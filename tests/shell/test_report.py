"""What `status` is given: the drafts that somebody should look at, and a snapshot that is written only when it differs (I10)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.core.fold import fold
from agent.core.policy.plan import plan
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import State, Step
from agent.shell.report import SNAPSHOT, TO_REVIEW, overview, save_snapshot, standing
from agent.shell.store import Held, Place, StepRow, Store
from tests.shell.mail_of import course, readings_of

COURSE = "12-flooded"


def seen(store: Store, until: datetime | None = None) -> dict[str, Any]:
    owner = course(COURSE).owner
    rules = Rules(zone=owner.zone, owner_addresses=tuple(owner.addresses))
    now = until or datetime.fromisoformat(course(COURSE).table["until"])
    book = fold(readings_of(COURSE), (), owner.zone)
    return overview(store, book, plan(book.opportunities.values(), now, rules), rules, now)


def step(state: Held, name: str = "thank_you") -> StepRow:
    return StepRow(f"key {state} {name}", "<1@x.example>", "acme-1f3b", name, state, recipients=("dana@acme.example",))


@pytest.mark.parametrize("state", Held)
def test_only_drafts_that_need_somebody_are_to_review(state: Held) -> None:
    assert bool(standing([step(state)])) == (state in TO_REVIEW)


def test_notes_in_the_inbox_are_no_drafts() -> None:
    assert standing([step(Held.PUT, "note"), step(Held.PUT, "prep"), step(Held.PUT, "debrief")]) == [
        step(Held.PUT, "debrief")
    ]


def test_the_overview_is_plain_json_with_every_opportunity(store: Store) -> None:
    found = seen(store)
    book = fold(readings_of(COURSE), (), course(COURSE).owner.zone)
    assert len(book.opportunities) > 1
    assert {(o["id"], o["organisation"]) for o in found["opportunities"]} == {
        (o.id, o.organisation) for o in book.opportunities.values()
    }
    assert json.loads(json.dumps(found)) == found
    closed = [o["stage"] in ("closed", "rejected", "no_response") for o in found["opportunities"]]
    assert closed == sorted(closed), "the open ones come first"


def test_what_was_set_aside_is_told(store: Store) -> None:
    store.set_aside(Place("INBOX", 1, 7), "0.1", "no sender", datetime(2026, 3, 2, tzinfo=UTC))
    assert seen(store)["set_aside"] == [{"folder": "INBOX", "uid": 7, "reason": "no sender"}]


def test_a_snapshot_is_written_only_when_more_than_the_moment_differs(store: Store) -> None:
    """I10: a second pass with nothing new writes nothing."""
    found = seen(store)
    save_snapshot(store, found)
    before = store.remembered(SNAPSHOT)
    save_snapshot(store, replace_at(found))
    assert store.remembered(SNAPSHOT) == before
    changed = replace_at(found) | {"set_aside": [{"folder": "INBOX", "uid": 7, "reason": "no sender"}]}
    save_snapshot(store, changed)
    assert json.loads(store.remembered(SNAPSHOT)) == changed


def replace_at(found: dict[str, Any]) -> dict[str, Any]:
    later = datetime.fromisoformat(found["at"]) + timedelta(minutes=5)
    return found | {"at": later.isoformat()}


@pytest.mark.parametrize(("state", "shown"), [(Held.EDITED, "overtaken"), (Held.PUT, "put")])
@pytest.mark.parametrize("planned", [True, False], ids=["the plan says off", "the plan knows it no more"])
def test_a_changed_draft_that_a_reply_overtook_is_told_as_overtaken(
    store: Store, state: Held, shown: str, planned: bool
) -> None:
    """P3, P2: it stays, and nobody is to believe that it may be sent as it is."""
    owner, now = course(COURSE).owner, datetime.fromisoformat(course(COURSE).table["until"])
    book = fold(readings_of(COURSE), (), owner.zone)
    made = plan(book.opportunities.values(), now, Rules(zone=owner.zone, owner_addresses=tuple(owner.addresses)))
    off = next(v for v in made.verdicts if v.state is State.OFF and v.step is Step.FOLLOW_UP_1)
    key = off.key if planned else "follow_up_1|an older silence|dana@acme.example"
    store.write_step(
        replace(step(state, "follow_up_1"), key=key, opportunity=off.opportunity, why="14 days of silence", at=now)
    )
    (draft,) = seen(store)["drafts"]
    assert draft["state"] == shown
    assert ("do not send it as it is" in draft["why"]) == (shown == "overtaken")
    assert ("14 days of silence" in draft["why"]) == (shown == "put")


def test_a_draft_of_an_opportunity_that_is_gone_is_still_listed(store: Store) -> None:
    """After a merge or a rebuild its id may be no more; the draft in the folder still is."""
    store.write_step(replace(step(Held.EDITED), opportunity="gone-0000", at=datetime(2026, 3, 2, tzinfo=UTC)))
    (draft,) = seen(store)["drafts"]
    assert (draft["opportunity"], draft["organisation"]) == ("gone-0000", None)
