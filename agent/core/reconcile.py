"""Wishes x what exists -> what to do: put, withdraw, yield, report, keep. Decide here, act elsewhere; the result can be printed.

Rule 1: one key has at most one draft (P5). Rule 2: what the owner touched is theirs (P3). Rule 3: what they deleted stays
away (P4). Rule 4: a second pass over the same state decides nothing (I10).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.core.opportunity import Opportunity
from agent.core.policy.wishes import IN_INBOX, State, Step, Verdict
from agent.core.values import Address


class Stands(StrEnum):
    """What became of a step's draft, as the ledger and a look at the folder say together."""

    PUT = "put"  # ours, untouched, in Drafts
    EDITED = "edited"  # the owner changed it: theirs
    GONE = "gone"  # deleted by the owner
    WITHDRAWN = "withdrawn"  # taken back by us
    APPROVED = "approved"  # confirmed, on its way
    SENT = "sent"
    MISSED = "missed"  # reported
    UNSETTLED = "unsettled"  # half done, not found, or handed to SMTP without an answer: nothing is decided about it


class Do(StrEnum):
    PUT = "put"
    WITHDRAW = "withdraw"
    YIELD = "yield"  # pointless, but the owner's: leave it and say so
    REPORT = "report"  # missed


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do for one step, with the verdict that asks for it."""

    do: Do
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft that stands: its key, what it is and whom it is to."""

    key: str
    step: Step
    opportunity: str
    to: tuple[Address, ...]


def reconcile(
    verdicts: Iterable[Verdict], standing: Mapping[str, Stands], orphans: Mapping[str, Verdict] | None = None
) -> tuple[Action, ...]:
    """`standing`: what is known of each key. `orphans`: verdicts for keys that stand but that the plan no longer knows (their
    occasion is gone: a moved interview, another recipient); they are withdrawn with the reason given there."""
    actions: list[Action] = []
    seen: set[str] = set()
    for verdict in verdicts:
        if verdict.key in seen:
            continue
        seen.add(verdict.key)
        action = decide(verdict, standing.get(verdict.key))
        if action is not None:
            actions.append(Action(action, verdict))
    for key, verdict in (orphans or {}).items():
        if key not in seen and standing.get(key) is Stands.PUT:
            actions.append(Action(Do.WITHDRAW, verdict))
        elif key not in seen and standing.get(key) is Stands.EDITED:
            actions.append(Action(Do.YIELD, verdict))
    # take back before putting: two steps of one silence never stand together
    return tuple(sorted(actions, key=lambda a: a.do is Do.PUT))


def decide(verdict: Verdict, stands: Stands | None) -> Do | None:
    return TABLE[verdict.state][stands]


def orphans(
    standing: Iterable[Standing], known: Container[str], opportunities: Mapping[str, Opportunity]
) -> dict[str, Verdict]:
    """Standing drafts that the plan no longer knows, with the reason to take them back. A note in the inbox whose
    interview is merely over is left where it is."""
    found = {}
    for draft in standing:
        if draft.key in known:
            continue
        opportunity = opportunities.get(draft.opportunity)
        gone = opportunity is None or opportunity.forgotten
        moved = (
            gone or not any(draft.key.split("|")[1] == i.key for i in opportunity.live_interviews)
            if opportunity
            else True
        )
        if draft.step not in IN_INBOX or moved:
            why = "the opportunity is gone" if gone else "what it was made for is no longer so"
            found[draft.key] = Verdict(draft.key, draft.step, draft.opportunity, State.OFF, "P25", why, draft.to)
    return found


# Columns: what stands. Rows: what the plan says. A cell of None leaves everything as it is.
_ = None
_COLUMNS = (None, *Stands)
#                  none    put          edited    gone withdrawn approved sent missed  unsettled
_ROWS: dict[State, tuple[Do | None, ...]] = {
    State.OFFER: (Do.PUT, _, _, _, Do.PUT, _, _, Do.PUT, _),
    State.KEEP: (_, _, _, _, _, _, _, _, _),
    State.LATER: (_, Do.WITHDRAW, Do.YIELD, _, _, _, _, _, _),
    State.OFF: (_, Do.WITHDRAW, Do.YIELD, _, _, _, _, _, _),
    State.MISSED: (Do.REPORT, _, _, _, _, _, _, _, _),
}
TABLE: dict[State, dict[Stands | None, Do | None]] = {
    state: dict(zip(_COLUMNS, row, strict=True)) for state, row in _ROWS.items()
}
assert set(TABLE) == set(State)
