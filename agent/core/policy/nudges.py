"""Follow-ups and check-ins (P11 to P13): one at a time to the main contact, and everything that stops, rests or puts them off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from agent.core.opportunity import Need, Opportunity, Stage
from agent.core.policy import people
from agent.core.policy.competing import competing_offers
from agent.core.policy.stage import MOST_RETURNED, Quiet, silence
from agent.core.policy.view import View, chance, content_for, draft_of, ruled, too_old
from agent.core.policy.wishes import State, Step, Verdict


def follow_ups(view: View) -> Iterator[Verdict]:
    """P11, P12: the next one of this silence."""
    quiet = silence(view.opportunity, view.now, view.rules)
    if quiet is None or quiet.exhausted:
        return
    step = Step.FOLLOW_UP_1 if quiet.number == 1 else Step.FOLLOW_UP_2
    yield from nudge(view, quiet, step, quiet.key)


def check_ins(view: View) -> Iterator[Verdict]:
    """P13: off unless configured; every 30 days after follow_up_2, three times at most."""
    quiet = silence(view.opportunity, view.now, view.rules)
    rules = view.rules
    if not rules.check_in or quiet is None or not quiet.exhausted or not quiet.sent:
        return
    made = len(quiet.sent) - rules.max_follow_ups
    if not 0 <= made < rules.max_check_ins:
        return
    opens = rules.opens(rules.later(rules.day_of(quiet.sent[-1].at), "check_in_days"))
    why = f"{rules.told('check_in_days')} after your last message"
    pause = quiet.pause if quiet.pause is not None and quiet.pause.until > opens else None
    quiet = replace(quiet, opens=pause.until if pause else opens, pause=pause, rule="P13", why=why)
    yield from nudge(view, quiet, Step.CHECK_IN, f"{quiet.key}|{made + 1}")


def nudge(view: View, quiet: Quiet, step: Step, occasion: str) -> Iterator[Verdict]:
    """One follow-up or check-in to the main contact, unless something forbids it."""
    opportunity, now = view.opportunity, view.now
    main = opportunity.main_contact
    if main is None:
        return
    news = next((text for _, text in reversed(opportunity.news)), "")
    content = replace(
        content_for(view, main, quiet.interview),
        reply_by=opportunity.reply_by,
        news=news if step is not Step.FOLLOW_UP_1 else "",
        variant=chance(quiet.interview.key, len(quiet.sent)),
    )
    draft = draft_of(view, step, occasion, main, content, people.reply_thread(main, opportunity), quiet.opens)
    stopped = nudge_stopped(view, quiet)
    if stopped:
        yield ruled(view, draft, State.OFF, stopped[0], stopped[1])
    elif quiet.opens > now:
        rule, why = (quiet.pause.rule, quiet.pause.why) if quiet.pause else (quiet.rule, quiet.why)
        when = f"opens {quiet.opens.astimezone(view.rules.zone):%-d %B %H:%M}: {why}"
        yield ruled(view, draft, State.LATER, rule, when)
    elif too_old(view, last_event(opportunity, quiet)):
        yield ruled(view, draft, State.OFF, "P30", "this round was history when the agent first ran")
    else:
        yield ruled(view, draft, State.OFFER, quiet.rule, quiet.why)


def last_event(opportunity: Opportunity, quiet: Quiet) -> datetime:
    return max((quiet.interview.end, *(e.at for e in opportunity.entries)))


def nudge_stopped(view: View, quiet: Quiet) -> tuple[str, str] | None:
    """Why no nudge may stand at all: (rule, reason) or None."""
    opportunity, now = view.opportunity, view.now
    if opportunity.outcome is not None:
        return "P26", "the round has its outcome"
    if opportunity.planned_interview(now) is not None:
        return "P25", "another interview is agreed"
    if opportunity.blocking:
        asked = opportunity.blocking[-1].need in (Need.INFORMATION, Need.ASSESSMENT)
        return "P24" if asked else "P2", "it is your turn"
    if opportunity.resting is not None:
        return "P4", "the sequence rests until you resume it or they write"
    if opportunity.told_stage is Stage.NO_RESPONSE:
        return "P28", "you have let it go"
    if any(d.interview == quiet.interview.key and d.may_follow_up == "no" for d in opportunity.debriefs):
        return "P17", "you may not follow up, as your debrief says"
    if quiet.returned >= MOST_RETURNED:
        return "P22", "it came back twice"
    if opportunity.hushed is not None:
        return "P26", "you have accepted another offer"
    if any(v.wanted for v in competing_offers(view)):
        return "P27", "a note about another offer is waiting for you"
    return None
