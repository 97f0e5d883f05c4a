"""One opportunity -> its story: messages and what was understood, states, steps and why each was or was not offered (P9). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.core.opportunity import Opportunity
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import Verdict, short_id
from agent.core.view import local, opportunity_row


def story(
    opportunity: Opportunity,
    verdicts: Iterable[Verdict],
    ledger: Mapping[str, str],
    events: Sequence[Mapping[str, Any]],
    now: datetime,
    rules: Rules,
) -> dict[str, Any]:
    """The object of `show --json`. `ledger`: key -> state of the draft; `events`: what happened, oldest first."""
    own = [v for v in verdicts if v.opportunity == opportunity.id]
    return {
        **opportunity_row(opportunity, own, now, rules, ledger),
        "contacts": [contact_row(opportunity, c.email) for c in opportunity.contacts],
        "messages": messages(opportunity, rules),
        "debriefs": debriefs(opportunity),
        "steps": [step_row(v, ledger.get(v.key), rules) for v in own],
        "events": list(events),
        "organisation_from": [str(c.evidence) for c in opportunity.organisations[:2]],
        "role_from": [str(c.evidence) for c in opportunity.roles[:2]],
        "reply_by_from": opportunity.reply_by_source or None,
    }


def contact_row(opportunity: Opportunity, email: str) -> dict[str, Any]:
    contact = opportunity.contact(email)
    assert contact is not None
    main = opportunity.main_contact
    return {
        "email": contact.email,
        "name": contact.address.name or contact.signed or None,
        "main": main is not None and main.email == contact.email,
        "dead": contact.dead,
        "away_until": contact.away_until.isoformat() if contact.away_until else None,
        "last_wrote": contact.wrote.isoformat() if contact.wrote else None,
    }


def debriefs(opportunity: Opportunity) -> list[dict[str, Any]]:
    """What the owner said after each interview, with the words of the form and where it stands (P17)."""
    return [
        {
            "interview": d.interview,
            "went": d.went or None,
            "may_follow_up": d.may_follow_up or None,
            "remember": [{"about": who or None, "text": text} for who, text in d.remember],
            "clarify": d.clarify or None,
            "samples_asked": d.samples_asked,
            "source": d.source or None,
            "words": {e.what: e.words for e in d.words},
        }
        for d in opportunity.debriefs
    ]


def messages(opportunity: Opportunity, rules: Rules) -> list[dict[str, Any]]:
    """Every message in order, with its kind and the words that it rests on."""
    return [
        {
            "at": local(e.at, rules),
            "direction": e.direction.value,
            "kind": e.kind.value,
            "unclear": e.unclear,
            "from": e.sender,
            "to": list(e.to),
            "subject": e.subject,
            "reply_by": e.reply_by.isoformat() if e.reply_by else None,
            "why": [str(w) for w in e.why],
            "message_id": e.message_id,
        }
        for e in opportunity.entries
    ]


def step_row(verdict: Verdict, held: str | None, rules: Rules) -> dict[str, Any]:
    """One step now: what the policy says of it, and what stands."""
    return {
        "id": short_id(verdict.key),
        "step": verdict.step.value,
        "to": [a.email for a in verdict.to],
        "state": verdict.state.value,
        "draft": held,
        "opens": local(verdict.opens, rules),
        "closes": local(verdict.closes, rules),
        "due": local(verdict.due, rules),
        "rule": verdict.rule,
        "why": verdict.why,
    }
