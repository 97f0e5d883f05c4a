"""Wishes x what exists -> what to do: put, withdraw, yield, report, keep. Decide here, act elsewhere; the result can be printed.

Rule 1: one key has at most one draft (P5). Rule 2: what the owner touched is theirs (P3). Rule 3: what they deleted stays
away (P4). Rule 4: a second pass over the same state decides nothing (I10).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from agent.core.opportunity import Opportunity
from agent.core.policy.wishes import IN_INBOX, NUDGES, OF_AN_INTERVIEW, State, Step, Verdict, round_of, stem_of
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


# In the owner's hands, or on its way: nothing is put beside it for the same occasion (P5), to whomever it would go.
IN_HAND = frozenset((Stands.EDITED, Stands.APPROVED, Stands.UNSETTLED))


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
    planned: dict[str, Verdict] = {}
    for verdict in verdicts:
        planned.setdefault(verdict.key, verdict)
    gone = {key: v for key, v in (orphans or {}).items() if key not in planned}
    in_hand = {key: v for key, v in (planned | gone).items() if standing.get(key) in IN_HAND}
    taken = {(v.opportunity, stem_of(key)) for key, v in in_hand.items() if key in gone}
    noted = {v.opportunity for v in in_hand.values() if v.step is Step.COMPETING_OFFER}
    actions: list[Action] = []
    for key, verdict in planned.items():
        if verdict.wanted and verdict.step in NUDGES and verdict.opportunity in noted:
            verdict = replace(verdict, state=State.LATER, rule="P27", why="a note about another offer still stands")
        if verdict.wanted and verdict.sole and (verdict.opportunity, stem_of(key)) in taken:
            continue
        action = decide(verdict, standing.get(key))
        if action is not None:
            actions.append(Action(action, verdict))
    for key, verdict in gone.items():
        if standing.get(key) is Stands.PUT:
            actions.append(Action(Do.WITHDRAW, verdict))
        elif standing.get(key) is Stands.EDITED:
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
        if opportunity is None or opportunity.forgotten:
            rule, why = "P25", "its opportunity is gone"
        elif draft.step in IN_INBOX and interview_of(draft, opportunity):
            continue
        else:
            rule, why = reason(draft, opportunity)
        found[draft.key] = Verdict(draft.key, draft.step, draft.opportunity, State.OFF, rule, why, draft.to)
    return found


def interview_of(draft: Standing, opportunity: Opportunity) -> bool:
    """Is the interview that this draft was made for still agreed, at its hour?"""
    return any(round_of(draft.key) == i.key for i in opportunity.live_interviews)


def reason(draft: Standing, opportunity: Opportunity) -> tuple[str, str]:
    """Why the plan knows a draft no more: (rule, in words)."""
    dead = [a.email for a in draft.to if (contact := opportunity.contact(a.email)) is not None and contact.dead]
    if dead:
        return "P22", f"no mail reaches {', '.join(dead)}"
    if draft.step in NUDGES:
        own = max((s.at for s in opportunity.follow_ups), default=None)
        if own is not None and (opportunity.last_word is None or own > opportunity.last_word):
            return "P27", f"you followed up yourself on {own:%-d %B}"
        if opportunity.last_word is not None:
            return "P2", f"they wrote on {opportunity.last_word:%-d %B}"
        return "P25", "another interview is agreed"
    if draft.step is Step.COMPETING_OFFER:
        return "P26", "the other offer is settled"
    if draft.step in (Step.REJECTION_REPLY, Step.OFFER_REPLY):
        return "P26", "what it answers is overtaken"
    if draft.step in OF_AN_INTERVIEW and not interview_of(draft, opportunity):
        return "P25", "the interview was moved or called off"
    return "P6", "somebody else is to be written to now"


# Columns: what stands. Rows: what the plan says. A cell of None leaves everything as it is.
NO = None
_COLUMNS = (None, *Stands)
#                  none    put          edited    gone withdrawn approved sent missed  unsettled
_ROWS: dict[State, tuple[Do | None, ...]] = {
    State.OFFER: (Do.PUT, NO, NO, NO, Do.PUT, NO, NO, Do.PUT, NO),
    State.KEEP: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    State.LATER: (NO, Do.WITHDRAW, Do.YIELD, NO, NO, NO, NO, NO, NO),
    State.OFF: (NO, Do.WITHDRAW, Do.YIELD, NO, NO, NO, NO, NO, NO),
    State.MISSED: (Do.REPORT, NO, NO, NO, NO, NO, NO, NO, NO),
}
TABLE: dict[State, dict[Stands | None, Do | None]] = {
    state: dict(zip(_COLUMNS, row, strict=True)) for state, row in _ROWS.items()
}
assert set(TABLE) == set(State)
