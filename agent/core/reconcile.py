"""Wishes x what exists -> what to do: put, withdraw, yield, report, keep. Decide here, act elsewhere; the result can be printed.

Rule 1: one key has at most one draft (P5). Rule 2: what the owner touched is theirs (P3). Rule 3: what they deleted stays
away (P4). Rule 4: a second pass over the same state decides nothing (I10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.core.policy.wishes import State, Verdict


class Stands(StrEnum):
    """What became of a step's draft, as the ledger and a look at the folder say together."""

    PUT = "put"  # ours, untouched, in Drafts
    EDITED = "edited"  # the owner changed it: theirs
    GONE = "gone"  # deleted by the owner
    WITHDRAWN = "withdrawn"  # taken back by us
    APPROVED = "approved"  # confirmed, on its way
    SENT = "sent"
    MISSED = "missed"  # reported


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


GONE_VERDICT_KEEPS = frozenset((Stands.EDITED, Stands.SENT, Stands.APPROVED))


def reconcile(verdicts: Iterable[Verdict], standing: Mapping[str, Stands], orphans: Mapping[str, Verdict] | None = None) -> tuple[Action, ...]:
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


TABLE: dict[State, dict[Stands | None, Do | None]] = {
    State.OFFER: {None: Do.PUT, Stands.PUT: None, Stands.EDITED: None, Stands.GONE: None, Stands.WITHDRAWN: Do.PUT, Stands.APPROVED: None, Stands.SENT: None, Stands.MISSED: Do.PUT},
    State.KEEP: {None: None, Stands.PUT: None, Stands.EDITED: None, Stands.GONE: None, Stands.WITHDRAWN: None, Stands.APPROVED: None, Stands.SENT: None, Stands.MISSED: None},
    State.LATER: {None: None, Stands.PUT: Do.WITHDRAW, Stands.EDITED: Do.YIELD, Stands.GONE: None, Stands.WITHDRAWN: None, Stands.APPROVED: None, Stands.SENT: None, Stands.MISSED: None},
    State.OFF: {None: None, Stands.PUT: Do.WITHDRAW, Stands.EDITED: Do.YIELD, Stands.GONE: None, Stands.WITHDRAWN: None, Stands.APPROVED: None, Stands.SENT: None, Stands.MISSED: None},
    State.MISSED: {None: Do.REPORT, Stands.PUT: None, Stands.EDITED: None, Stands.GONE: None, Stands.WITHDRAWN: None, Stands.APPROVED: None, Stands.SENT: None, Stands.MISSED: None},
}
assert set(TABLE) == set(State) and all(set(row) == {None, *Stands} for row in TABLE.values())
