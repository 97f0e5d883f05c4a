"""Opportunity x now -> its stage and when the follow-ups of its silence open (P11, P12, P21, P23, P24, P27, P28, P32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from agent.core.opportunity import Basis, Ending, Interview, Opportunity, Sent, Stage
from agent.core.policy.rules import Rules

MOST_RETURNED = 2  # P22: what came back may be offered once more


@dataclass(frozen=True, slots=True)
class Pause:
    """What puts a follow-up off: until when, by which rule, why."""

    until: datetime
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """The running silence: its key (P5), the interview it follows, what was sent in it and how often the last one came back,
    when the next follow-up opens and why. `pause`: what puts it off, if anything does."""

    key: str
    interview: Interview
    sent: tuple[Sent, ...]
    number: int
    opens: datetime
    rule: str
    why: str
    pause: Pause | None = None
    returned: int = 0

    @property
    def exhausted(self) -> bool:
        return self.number == 0


def stage(opportunity: Opportunity, now: datetime, rules: Rules) -> Stage:
    """The stage at this moment; derived, never stored."""
    outcome = opportunity.outcome
    if outcome is not None:
        return {Ending.REJECTED: Stage.REJECTED, Ending.OFFER: Stage.OFFER}.get(outcome.ending, Stage.CLOSED)
    if opportunity.pending:
        return Stage.ACTION_NEEDED
    if opportunity.planned_interview(now) is not None:
        return Stage.SCHEDULED
    if opportunity.held_interview(now) is None:
        return opportunity.told_stage or Stage.APPLIED
    if opportunity.told_stage is Stage.NO_RESPONSE:
        return Stage.NO_RESPONSE
    quiet = silence(opportunity, now, rules)
    given_up = no_response_moment(opportunity, quiet, rules) if quiet is not None else None
    return Stage.NO_RESPONSE if given_up is not None and given_up <= now else Stage.WAITING


def waits(opportunity: Opportunity, now: datetime, rules: Rules) -> bool:
    """Does it wait for a decision? A bounce alone does not change that: steps to living addresses go on (P22)."""
    return stage(replace(opportunity, pending=opportunity.blocking), now, rules) is Stage.WAITING


def no_response_moment(opportunity: Opportunity, quiet: Quiet, rules: Rules) -> datetime | None:
    """P28: 30 days after the later of the last follow-up sent and the day on which one opened; None where there is neither."""
    moments = [s.at for s in quiet.sent]
    opened = opened_at(opportunity, quiet)
    if opened is not None:
        moments.append(opened)
    if not moments:
        return None
    last_day = rules.day_of(max(moments)) + timedelta(days=rules.no_response_days - 1)
    return rules.midnight_after(last_day)


def opened_at(opportunity: Opportunity, quiet: Quiet) -> datetime | None:
    """When the next follow-up can have been offered; None while something holds it back that began before (P4, P22, P26)."""
    if quiet.exhausted or opportunity.main_contact is None:
        return None
    if any(since is not None and since <= quiet.opens for since in (opportunity.resting, opportunity.hushed)):
        return None
    return max(quiet.opens, opportunity.resumed) if opportunity.resumed else quiet.opens


def silence(opportunity: Opportunity, now: datetime, rules: Rules) -> Quiet | None:
    """The silence since the employer's last word after an interview that was held; None where there is none."""
    interview = opportunity.held_interview(now)
    if interview is None:
        return None
    day, key, since, rule, why = base(opportunity, interview, rules)
    # an answer that asks for the state of things is a follow-up too (P24, P27)
    tried = [s for s in opportunity.follow_ups if s.at > since or s.message_id == key]
    sent = tuple(s for s in tried if s.arrived)
    returned = sum(not s.arrived and (not sent or s.at > sent[-1].at) for s in tried)
    number = len(sent) + 1 if len(sent) < rules.max_follow_ups else 0
    if sent:
        last = rules.day_of(sent[-1].at)
        why = f"{rules.told('second_follow_up_days')} after your follow-up of {last:%-d %B}"
        day, rule = rules.later(last, "second_follow_up_days"), "P12"
    opens = rules.opens(day)
    pause = latest_pause(opportunity, rules)
    if pause is not None and pause.until <= opens:
        pause = None
    return Quiet(key, interview, sent, number, pause.until if pause else opens, rule, why, pause, returned)


def base(opportunity: Opportunity, interview: Interview, rules: Rules) -> tuple[date, str, datetime, str, str]:
    """-> (day on which follow_up_1 opens, key of the silence, its beginning, rule, why)."""
    held_on = rules.day_of(interview.start)
    promised = opportunity.reply_by if opportunity.reply_by and opportunity.reply_by > held_on else None
    known = opportunity.silence
    if known is not None and known.since < interview.end:
        known = None
    key, since = (known.key, known.since) if known is not None else (interview.key, interview.start)
    if promised and not (known is not None and known.basis is Basis.ANSWER and promised <= known.day):
        rule = {None: "P11", Basis.ANSWER: "P24"}.get(known.basis if known else None, "P23")
        days = rules.told("follow_up_after_reply_by_days")
        why = f"they promised an answer by {promised:%-d %B}; {days} have passed since"
        return rules.later(promised, "follow_up_after_reply_by_days"), key, since, rule, why
    undated = "follow_up_without_date_days"
    days = rules.told(undated)
    if known is not None and known.basis is Basis.UPDATE:
        why = f"they wrote on {known.day:%-d %B} that nothing is decided; {days} after"
        return rules.later(known.day, undated), key, since, "P23", why
    if known is not None and known.basis is Basis.ANSWER:
        return rules.later(known.day, undated), key, since, "P24", f"{days} after your answer of {known.day:%-d %B}"
    none = "the promised date lay before the interview" if known is not None else "no date was promised"
    return rules.later(held_on, undated), key, since, "P11", f"{none}; {days} after the interview of {held_on:%-d %B}"


def latest_pause(opportunity: Opportunity, rules: Rules) -> Pause | None:
    """What puts a follow-up off: courtesy (P32), an own message (P27), absence (P21), a snooze. The latest counts."""
    pauses: list[Pause] = []
    week = timedelta(days=rules.pause_days)
    if opportunity.courtesy:
        day = rules.day_of(opportunity.courtesy)
        pauses.append(Pause(rules.opens(day + week), "P32", f"a friendly line came on {day:%-d %B}"))
    if opportunity.touched:
        day = rules.day_of(opportunity.touched)
        pauses.append(Pause(rules.opens(day + week), "P27", f"you wrote on {day:%-d %B}"))
    main = opportunity.main_contact
    if main is not None and main.away_until is not None:
        why = f"{main.address.name or main.email} is away until {main.away_until:%-d %B}"
        pauses.append(Pause(rules.opens(main.away_until + timedelta(days=1)), "P21", why))
    if opportunity.snoozed_until is not None:
        why = f"you put it off until {opportunity.snoozed_until:%-d %B}"
        pauses.append(Pause(rules.opens(opportunity.snoozed_until), "P4", why))
    return max(pauses, key=lambda p: p.until, default=None)
