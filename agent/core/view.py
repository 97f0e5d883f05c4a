"""Book x plan x ledger -> what a person is shown: one row for each opportunity, one for each draft. Pure; plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.core.opportunity import Interview, Need, Opportunity, Stage
from agent.core.policy.people import interviewers
from agent.core.policy.rules import Rules
from agent.core.policy.stage import silence, stage
from agent.core.policy.wishes import State, Step, Verdict, short_id

TURN = {
    Need.INVITATION: "answer their invitation",
    Need.INFORMATION: "send what they asked for",
    Need.ASSESSMENT: "do the task they set",
    Need.UNCLEAR: "read their mail: its meaning is not clear",
    Need.CANCELLED: "the interview was called off",
    Need.BOUNCE: "a message came back: find another address",
    Need.TOLD: "it is your turn, as you said",
}
assert set(TURN) == set(Need)

NAMES = {
    Step.THANK_YOU: "thank-you",
    Step.FOLLOW_UP_1: "follow-up",
    Step.FOLLOW_UP_2: "second follow-up",
    Step.CHECK_IN: "check-in",
    Step.REJECTION_REPLY: "reply to the rejection",
    Step.OFFER_REPLY: "reply to the offer",
    Step.COMPETING_OFFER: "note about another offer",
    Step.DEBRIEF: "debrief for yourself",
    Step.PREP: "preparation note",
    Step.NEWS: "your news",
    Step.PAPER_NOTE: "words for a card",
}
assert set(NAMES) == set(Step)


READY = ("put", "edited", "refused", "approved", "unsure")  # states of the ledger in which there is a draft
LOST = ("missing", "vanished")
NOT_AS_IT_IS = "do not send it as it is"


def opportunity_row(
    opportunity: Opportunity,
    verdicts: Iterable[Verdict],
    now: datetime,
    rules: Rules,
    ledger: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What `status --json` says of one opportunity. Moments are ISO texts with offset, in the owner's zone.

    `ledger`: key -> state of the draft; None: whatever the plan offers stands.
    """
    here = stage(opportunity, now, rules)
    main = opportunity.main_contact
    own = [v for v in verdicts if v.opportunity == opportunity.id]
    text, at = next_step(opportunity, here, own, now, rules, ledger)
    since = waiting_since(opportunity, here, now)
    return {
        "id": opportunity.id,
        "organisation": opportunity.organisation,
        "role": opportunity.role or None,
        "stage": here.value,
        "since": local(since, rules),
        "reply_by": opportunity.reply_by.isoformat() if opportunity.reply_by else None,
        "main_contact": main.email if main else None,
        "next": text,
        "next_at": local(at, rules),
        "interviews": [
            interview_row(opportunity, i, now, rules) for i in sorted(opportunity.interviews, key=lambda i: i.start)
        ],
    }


def interview_row(opportunity: Opportunity, interview: Interview, now: datetime, rules: Rules) -> dict[str, Any]:
    """As in `replay --json`."""
    return {
        "start": interview.start.isoformat(),
        "end": interview.end.isoformat(),
        "interviewers": [p.email or p.name for p in interviewers(opportunity, interview, rules)],
        "status": "cancelled" if interview.cancelled else "held" if interview.held(now) else "planned",
    }


def local(moment: datetime | None, rules: Rules) -> str | None:
    return moment.astimezone(rules.zone).isoformat() if moment else None


def waiting_since(opportunity: Opportunity, here: Stage, now: datetime) -> datetime:
    """Since when it has been in this stage."""
    if opportunity.outcome is not None:
        return opportunity.outcome.at
    if opportunity.pending:
        return opportunity.pending[-1].since
    planned = opportunity.planned_interview(now)
    if here is Stage.SCHEDULED and planned is not None:
        return planned.agreed
    held = opportunity.held_interview(now)
    if held is None:
        return opportunity.began
    if opportunity.silence is not None and opportunity.silence.since > held.end:
        return opportunity.silence.since
    return held.end


def next_step(
    opportunity: Opportunity,
    here: Stage,
    verdicts: list[Verdict],
    now: datetime,
    rules: Rules,
    ledger: Mapping[str, str] | None = None,
) -> tuple[str, datetime | None]:
    """-> (what comes next, in words; when, if that is known). `ledger` as in `opportunity_row`."""
    if opportunity.pending:
        return TURN[opportunity.pending[-1].need], None
    offered = [
        v for v in verdicts if v.state is State.OFFER and v.step not in (Step.DEBRIEF, Step.PREP, Step.PAPER_NOTE)
    ]
    if offered:
        return ready(offered, ledger)
    planned = opportunity.planned_interview(now)
    if planned is not None:
        return "interview", planned.start
    later = sorted((v for v in verdicts if v.state is State.LATER and v.opens), key=lambda v: v.opens or now)
    if later:
        return NAMES[later[0].step], later[0].opens
    if opportunity.outcome is not None:
        return {Stage.OFFER: "decide on the offer", Stage.REJECTED: "nothing more", Stage.CLOSED: "nothing more"}.get(
            here, ""
        ), None
    if here is Stage.NO_RESPONSE:
        return "let it go, or write once more yourself", None
    if opportunity.resting is not None:
        return "rests, because you deleted a draft", None
    quiet = silence(opportunity, now, rules)
    if quiet is not None and quiet.exhausted:
        return "wait: both follow-ups were sent", None
    return "wait for their answer", None


def ready(offered: Sequence[Verdict], ledger: Mapping[str, str] | None) -> tuple[str, datetime | None]:
    """What is due now, and whether a draft of it stands: the plan alone does not know what became of it."""
    states = {v.key: ledger.get(v.key, "") if ledger is not None else "put" for v in offered}
    standing = next((v for v in offered if states[v.key] in READY), None)
    if standing is not None:
        return f"{NAMES[standing.step]}: draft is ready", standing.opens
    first = next((v for v in offered if states[v.key] not in ("gone", "sent", "missed")), offered[0])
    state, name = states[first.key], NAMES[first.step]
    if state in LOST:
        return f"{name}: draft not found", first.opens
    if state == "gone":
        return f"wait: you deleted the {name}", None
    if state in ("sent", "attempting"):
        return "wait for their answer", None
    return f"{name}: is due", first.opens


def draft_row(
    row: Mapping[str, Any],
    opportunity: Opportunity | None,
    rules: Rules,
    overtaken: Verdict | None = None,
    blanks: Sequence[str] | None = None,
) -> dict[str, Any]:
    """What `drafts --json` says of one draft. `row`: the ledger's fields by name; `blanks`: None where they are not known.

    `overtaken`: why it would be taken back, if its owner had not changed it (P3).
    """
    if overtaken is not None:
        row = {
            **row,
            "state": "overtaken",
            "rule": overtaken.rule,
            "why": f"{overtaken.why}; {NOT_AS_IT_IS}",
            "note": "",
        }
    return {
        "id": short_id(str(row["key"])),
        "opportunity": row["opportunity"],
        "organisation": opportunity.organisation if opportunity else None,
        "step": row["step"],
        "state": row["state"],
        "to": list(row["recipients"]),
        "subject": row["subject"],
        "rule": row["rule"],
        "why": row["why"],
        "note": row["note"] or None,
        "since": local(row["at"], rules),
        "message_id": row["message_id"],
        "blanks": list(blanks) if blanks is not None else None,
    }
