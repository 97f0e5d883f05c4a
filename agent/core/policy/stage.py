"""Opportunity x now -> its stage and when the follow-ups of its silence open (P11, P12, P21, P23, P24, P27, P28, P32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.core.opportunity import Basis, Ending, Interview, Opportunity, Sent, Stage
from agent.core.policy.rules import Rules


@dataclass(frozen=True, slots=True)
class Quiet:
    """The running silence: its key (P5), the interview it follows, what was sent in it, when the next follow-up opens and why."""

    key: str
    interview: Interview
    sent: tuple[Sent, ...]
    number: int
    opens: datetime
    base_day: date
    rule: str
    why: str
    put_off: str = ""

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
    quiet = silence(opportunity, now, rules)
    if quiet is not None and no_response_at(opportunity, quiet, now, rules) is not None:
        return Stage.NO_RESPONSE
    return Stage.WAITING


def no_response_at(opportunity: Opportunity, quiet: Quiet, now: datetime, rules: Rules) -> datetime | None:
    """P28: 30 days after the later of the last follow-up sent and the day on which one last opened; None if not yet."""
    moments = [s.at for s in quiet.sent]
    if not quiet.exhausted and quiet.opens <= now:
        moments.append(quiet.opens)
    if not moments:
        return None
    end = rules.day_of(max(moments)) + timedelta(days=rules.no_response_days)
    at = rules.midnight_after(end - timedelta(days=1))
    return at if at <= now else None


def silence(opportunity: Opportunity, now: datetime, rules: Rules) -> Quiet | None:
    """The silence since the employer's last word after an interview that was held; None where there is none."""
    interview = opportunity.held_interview(now)
    if interview is None:
        return None
    day, key, since, rule, why = base(opportunity, interview, rules)
    sent = tuple(s for s in opportunity.follow_ups if s.at > since and s.arrived)
    number = len(sent) + 1
    if len(sent) >= rules.max_follow_ups:
        number = 0
    if sent:
        day = rules.day_of(sent[-1].at) + timedelta(days=rules.second_follow_up_days)
        rule, why = (
            "P12",
            f"{rules.second_follow_up_days} days after your follow-up of {rules.day_of(sent[-1].at):%-d %B}",
        )
    opens = rules.opens(day)
    put_off, reason = latest_pause(opportunity, opens, rules)
    return Quiet(key, interview, sent, number, max(opens, put_off) if put_off else opens, day, rule, why, reason)


def base(opportunity: Opportunity, interview: Interview, rules: Rules) -> tuple[date, str, datetime, str, str]:
    """-> (day on which follow_up_1 opens, key of the silence, its beginning, rule, why)."""
    held_on = rules.day_of(interview.start)
    promised = opportunity.reply_by if opportunity.reply_by and opportunity.reply_by > held_on else None
    after_promise = timedelta(days=rules.follow_up_after_reply_by_days)
    undated = timedelta(days=rules.follow_up_without_date_days)
    known = opportunity.silence
    if known is not None and known.since < interview.end:
        known = None
    if known is None:
        if promised:
            return (
                promised + after_promise,
                interview.key,
                interview.start,
                "P11",
                f"they promised an answer by {promised:%-d %B}; {rules.follow_up_after_reply_by_days} days have passed since",
            )
        return (
            held_on + undated,
            interview.key,
            interview.start,
            "P11",
            f"no date was promised; {rules.follow_up_without_date_days} days after the interview of {held_on:%-d %B}",
        )
    if known.basis is Basis.UPDATE:
        return (
            known.day + undated,
            known.key,
            known.since,
            "P23",
            f"they wrote on {known.day:%-d %B} that nothing is decided; {rules.follow_up_without_date_days} days after",
        )
    if known.basis is Basis.ANSWER and not (promised and promised > known.day):
        return (
            known.day + undated,
            known.key,
            known.since,
            "P24",
            f"{rules.follow_up_without_date_days} days after your answer of {known.day:%-d %B}",
        )
    if promised:
        return (
            promised + after_promise,
            known.key,
            known.since,
            "P24" if known.basis is Basis.ANSWER else "P23",
            f"they promised an answer by {promised:%-d %B}; {rules.follow_up_after_reply_by_days} days have passed since",
        )
    return (
        held_on + undated,
        known.key,
        known.since,
        "P11",
        f"the promised date lay before the interview; {rules.follow_up_without_date_days} days after {held_on:%-d %B}",
    )


def latest_pause(opportunity: Opportunity, opens: datetime, rules: Rules) -> tuple[datetime | None, str]:
    """What puts a follow-up off: courtesy (P32), an own message (P27), absence (P21), a snooze. The latest counts."""
    pauses: list[tuple[datetime, str]] = []
    week = timedelta(days=rules.pause_days)
    if opportunity.courtesy:
        pauses.append(
            (
                rules.opens(rules.day_of(opportunity.courtesy) + week),
                f"P32: a friendly line came on {rules.day_of(opportunity.courtesy):%-d %B}",
            )
        )
    if opportunity.touched:
        pauses.append(
            (
                rules.opens(rules.day_of(opportunity.touched) + week),
                f"P27: you wrote on {rules.day_of(opportunity.touched):%-d %B}",
            )
        )
    main = opportunity.main_contact
    if main is not None and main.away_until is not None:
        pauses.append(
            (
                rules.opens(main.away_until + timedelta(days=1)),
                f"P21: {main.address.name or main.email} is away until {main.away_until:%-d %B}",
            )
        )
    if opportunity.snoozed_until is not None:
        pauses.append(
            (rules.opens(opportunity.snoozed_until), f"you put it off until {opportunity.snoozed_until:%-d %B}")
        )
    if not pauses:
        return None, ""
    last = max(pauses)
    return (last[0], last[1]) if last[0] > opens else (last[0], "")
