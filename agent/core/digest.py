"""Book x plan x ledger -> the digest (POLICY, "The digest"): its rows, its picture of the pipeline, and the moments it is due. Pure.

Rule 1: it says what POLICY lists and nothing else; a section with nothing in it is left out.
Rule 2: the picture is made of table cells and of text, so that every client shows it, with nothing to be fetched.
Rule 3: values are plain text here; the HTML template escapes them (I12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any

from agent.core.opportunity import Ending, Opportunity, Stage
from agent.core.policy.people import display, interviewers
from agent.core.policy.rules import Rules
from agent.core.policy.stage import stage
from agent.core.policy.wishes import Step, Verdict
from agent.core.render import Wording, day_words, listed
from agent.core.values import Address
from agent.core.view import NAMES, NOT_AS_IT_IS, TURN, next_step, waiting_since

HOUR = time(8)  # of the owner's morning; a weekly one comes on Mondays
PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
LATEST = {"daily": timedelta(hours=16), "weekly": timedelta(days=3)}  # after that the next one is waited for
RESEARCH = timedelta(days=14)  # guide B: "from day 1 to week 2"
NOTES = timedelta(days=7)
MOST_ROWS = 40
BAR = 20  # characters of the longest bar in the plain text

# (stage, its name in the picture, its colour); dark enough for white letters, told apart by their names
PIPELINE = (
    (Stage.APPLIED, "applied", "#5b6470"),
    (Stage.SCHEDULED, "interview ahead", "#1f6f8b"),
    (Stage.WAITING, "waiting for them", "#8a5a00"),
    (Stage.ACTION_NEEDED, "your turn", "#a13d2d"),
    (Stage.OFFER, "offer", "#2f7d32"),
)
ENDED = (Stage.REJECTED, Stage.CLOSED, Stage.NO_RESPONSE)
assert {s for s, _, _ in PIPELINE} | set(ENDED) == set(Stage)

HAPPENED = {
    "withdrawn": "taken back",
    "dismissed": "deleted by you, so nothing takes its place",
    "missed": "missed",
    "left": "left as you changed it",
    "returned": "confirmed, but not sent",
    "refused": "refused by your mail server",
    "vanished": "gone from your drafts",
}
REVIEW = {"put": "", "edited": "changed by you", "refused": "was refused", "vanished": "not found any more", "approved": "confirmed", "unsure": "sent or not?"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, what is said of it, and since when or when (words, may be empty)."""

    name: str
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage in the picture: how many are in it; `width` in percent of the fullest, `drawn` for the plain text."""

    label: str
    count: int
    width: int
    colour: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that the templates say."""

    title: str
    pipeline: tuple[Bar, ...]
    ended: int
    your_turn: tuple[Row, ...]
    waiting: tuple[Row, ...]
    drafts: tuple[Row, ...]
    interviews: tuple[Row, ...]
    to_do: tuple[Row, ...]
    happened: tuple[Row, ...]
    let_go: tuple[Row, ...]
    tell: tuple[Row, ...]
    search: str

    @property
    def empty(self) -> bool:
        """Nothing lives and nothing happened: there is nothing to be told."""
        return not any(b.count for b in self.pipeline) and not (self.drafts or self.happened or self.let_go)


# ------------------------------------------------------------------------------------------------------------- when due


def scheduled(mode: str, now: datetime, rules: Rules) -> datetime:
    """The moment of the digest that was due last."""
    local = now.astimezone(rules.zone)
    day = local.date() - timedelta(days=local.weekday() if mode == "weekly" else 0)
    found = datetime.combine(day, HOUR, rules.zone)
    return found if found <= now else datetime.combine(day - PERIODS[mode], HOUR, rules.zone)


def due(mode: str, now: datetime, rules: Rules) -> datetime | None:
    """The moment of the digest that is to stand in the inbox now, or None: off, too late for it, or before this state began."""
    if mode not in PERIODS:
        return None
    found = scheduled(mode, now, rules)
    if now - found > LATEST[mode] or rules.running_since is not None and found < rules.running_since:
        return None
    return found


def next_due(mode: str, now: datetime, rules: Rules) -> datetime | None:
    if mode not in PERIODS:
        return None
    return datetime.combine(scheduled(mode, now, rules).date() + PERIODS[mode], HOUR, rules.zone)


# ------------------------------------------------------------------------------------------------------------- the rows


@dataclass(frozen=True, slots=True)
class Sight:
    """What the digest is made of. `drafts`: rows of the ledger to review, `events`: what happened since; both by field name."""

    opportunities: tuple[Opportunity, ...]
    verdicts: tuple[Verdict, ...]
    drafts: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]
    now: datetime
    rules: Rules

    def named(self, opportunity: str) -> str:
        return next((name_of(o) for o in self.opportunities if o.id == opportunity), "")


def digest(sight: Sight, mode: str) -> Digest:
    now, rules = sight.now, sight.rules
    living = [o for o in sight.opportunities if not o.forgotten]
    stages = {o.id: stage(o, now, rules) for o in living}
    british = sum(o.british for o in living) >= 0
    day = now.astimezone(rules.zone)
    period = "Your day" if mode == "daily" else "Your week"
    return Digest(
        title=f"{period}: {day:%A}, {day_words(day.date(), british)}",
        pipeline=picture(list(stages.values())),
        ended=sum(s in ENDED for s in stages.values()),
        your_turn=cut(turn_row(sight, o) for o in oldest(living, now) if stages[o.id] in (Stage.ACTION_NEEDED, Stage.OFFER)),
        waiting=cut(waiting_row(sight, o, stages[o.id]) for o in oldest(living, now) if stages[o.id] in (Stage.WAITING, Stage.APPLIED)),
        drafts=cut(draft_row(sight, d) for d in sight.drafts),
        interviews=cut(interviews_ahead(sight, living, stages)),
        to_do=cut(to_do(sight, living, stages)),
        happened=cut(happened(sight)),
        let_go=cut(let_go_row(sight, o) for o in living if stages[o.id] is Stage.NO_RESPONSE),
        tell=cut(to_tell(living, stages)),
        search=search_goes_on(living, stages),
    )  # fmt: skip


def cut(rows: Iterable[Row]) -> tuple[Row, ...]:
    """At most MOST_ROWS; that there are more is said."""
    found = tuple(rows)
    if len(found) <= MOST_ROWS:
        return found
    return (*found[:MOST_ROWS], Row(f"and {len(found) - MOST_ROWS} more", "see: afterword status"))


def oldest(living: Iterable[Opportunity], now: datetime) -> list[Opportunity]:
    """Who has waited longest comes first."""
    return sorted(living, key=lambda o: (waiting_since(o, Stage.WAITING, now), o.id))


def name_of(opportunity: Opportunity) -> str:
    return " – ".join(filter(None, (opportunity.organisation or "?", opportunity.role)))


def day_of(moment: datetime | None, rules: Rules) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(rules.zone)
    return f"{local:%a} {local.day} {local:%b}"


def picture(stages: Sequence[Stage]) -> tuple[Bar, ...]:
    most = max((stages.count(s) for s, _, _ in PIPELINE), default=0) or 1
    bars = []
    for kind, label, colour in PIPELINE:
        count = stages.count(kind)
        bars.append(
            Bar(label, count, round(100 * count / most), colour, "#" * max(round(BAR * count / most), count > 0))
        )
    return tuple(bars)


def turn_row(sight: Sight, opportunity: Opportunity) -> Row:
    since = waiting_since(opportunity, stage(opportunity, sight.now, sight.rules), sight.now)
    if opportunity.pending:
        text = TURN[opportunity.pending[-1].need]
    else:
        deadline = opportunity.outcome.deadline if opportunity.outcome else None
        text = f"they made you an offer{f', and want your answer by {deadline:%-d %B}' if deadline else ''}"
    return Row(name_of(opportunity), text, f"since {day_of(since, sight.rules)}")


def waiting_row(sight: Sight, opportunity: Opportunity, here: Stage) -> Row:
    main = opportunity.main_contact
    whom = (display(main) or main.email) if main is not None else "their answer"
    since = waiting_since(opportunity, here, sight.now)
    own = [v for v in sight.verdicts if v.opportunity == opportunity.id]
    step, at = next_step(opportunity, here, own, sight.now, sight.rules)
    said = [f"waits for {whom}"]
    if opportunity.reply_by is not None:
        late = "was" if opportunity.reply_by < sight.now.astimezone(sight.rules.zone).date() else "is"
        said.append(f"an answer {late} promised by {opportunity.reply_by:%-d %B}")
    if at is not None and at > sight.now:
        said.append(f"{step} on {day_of(at, sight.rules)}")
    return Row(name_of(opportunity), "; ".join(said), f"since {day_of(since, sight.rules)}")


def draft_row(sight: Sight, row: Mapping[str, Any]) -> Row:
    step, state = NAMES.get(as_step(row["step"]), str(row["step"])), REVIEW.get(str(row["state"]), "")
    if row["state"] == "overtaken":
        state = f"overtaken: {row['why']}; {NOT_AS_IT_IS}"
    name = sight.named(str(row["opportunity"]))
    to = "" if as_step(row["step"]) in (Step.DEBRIEF, Step.PAPER_NOTE) else f" to {listed(tuple(row['recipients']))}"
    return Row(
        name or str(row["subject"]),
        f"{step}{to}{f' ({state})' if state else ''}",
        f"since {day_of(row['at'], sight.rules)}",
    )


def as_step(name: object) -> Step:
    return Step(str(name)) if str(name) in set(Step) else Step.NEWS


def interviews_ahead(sight: Sight, living: Iterable[Opportunity], stages: Mapping[str, Stage]) -> list[Row]:
    found = []
    for opportunity in living:
        for interview in opportunity.live_interviews:
            if interview.end > sight.now and stages[opportunity.id] not in ENDED:
                local = interview.start.astimezone(sight.rules.zone)
                people = [p.name or p.email for p in interviewers(opportunity, interview, sight.rules)]
                text = f"{f'with {listed(people)}' if people else 'with nobody named yet'}{f', {interview.location}' if interview.location else ''}"
                hour = "" if interview.whole_day else f" {local:%H:%M}"
                found.append((interview.start, Row(name_of(opportunity), text, f"{day_of(local, sight.rules)}{hour}")))
    return [row for _, row in sorted(found, key=lambda f: f[0])]


def to_do(sight: Sight, living: Iterable[Opportunity], stages: Mapping[str, Stage]) -> list[Row]:
    """Guide B: put the notes in order at once; go on finding out about them until the second week."""
    found = []
    for opportunity in living:
        interview = opportunity.held_interview(sight.now)
        if interview is None or stages[opportunity.id] not in (Stage.WAITING, Stage.ACTION_NEEDED, Stage.SCHEDULED):
            continue
        past = sight.now - interview.end
        day = day_of(interview.start, sight.rules)
        if past <= NOTES and not any(d.interview == interview.key for d in opportunity.debriefs):
            found.append(
                Row(name_of(opportunity), "put your notes of the interview in order; the form is in your drafts", day)
            )
        if past <= RESEARCH:
            found.append(
                Row(
                    name_of(opportunity),
                    "read on about them: what they make, who they are, what they have said lately",
                    day,
                )
            )
    return found


def happened(sight: Sight) -> list[Row]:
    """What was withdrawn, dismissed or missed, and why; what happened twice to one draft is told once, as it ended."""
    last: dict[str, Row] = {}
    for event in sight.events:
        if event["what"] not in HAPPENED:
            continue
        step, _, rest = str(event["key"]).partition("|")
        to = rest.rpartition("|")[2]
        about = NAMES.get(as_step(step), step) if step in set(Step) else "a message"
        text = (
            f"{about}{f' to {to}' if '@' in to else ''}: {HAPPENED[event['what']]} – {event['why']} ({event['rule']})"
        )
        last.pop(str(event["key"]), None)
        last[str(event["key"])] = Row(
            sight.named(str(event["opportunity"])) or "?", text, day_of(event["at"], sight.rules)
        )
    return list(last.values())


def let_go_row(sight: Sight, opportunity: Opportunity) -> Row:
    """P28: the digest suggests to let go."""
    since = day_of(waiting_since(opportunity, Stage.NO_RESPONSE, sight.now), sight.rules)
    return Row(
        name_of(opportunity), "they have not answered; let it go, or write once more yourself", f"silent since {since}"
    )


def to_tell(living: Sequence[Opportunity], stages: Mapping[str, Stage]) -> list[Row]:
    """P26: after an acceptance the others ought to know."""
    accepted = [o for o in living if o.outcome is not None and o.outcome.ending is Ending.ACCEPTED]
    if not accepted:
        return []
    text = f"you have accepted {accepted[-1].organisation or 'another offer'}: tell them that you withdraw"
    return [Row(name_of(o), text) for o in living if stages[o.id] not in ENDED]


def search_goes_on(living: Sequence[Opportunity], stages: Mapping[str, Stage]) -> str:
    """Guide D: never pause the search."""
    if any(o.outcome is not None and o.outcome.ending is Ending.ACCEPTED for o in living):
        return "You have accepted an offer. All the best for the start."
    open_ones = sum(s not in ENDED for s in stages.values())
    if any(s is Stage.OFFER for s in stages.values()):
        return "An offer is on the table. Until it is signed, the search goes on."
    if open_ones == 0:
        return "Nothing is open at the moment. The search goes on: who could you write to this week?"
    count = "One candidacy is" if open_ones == 1 else f"{open_ones} candidacies are"
    return f"{count} open. None of them is sure, so the search goes on: one more application this week."


# ------------------------------------------------------------------------------------------------------------ the pages


def pages(made: Digest, wording: Wording, owner: Address) -> tuple[str, str]:
    """-> (plain text, HTML)."""
    values = {f.name: getattr(made, f.name) for f in fields(made)} | {"owner": owner.name}
    return wording.page("digest.txt.j2", values), wording.page("digest.html.j2", values)
