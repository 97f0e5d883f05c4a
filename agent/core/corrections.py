"""The owner's words x the book -> the book corrected (P9, P26, `tell`, `merge`, `split`, `ignore`, `snooze` …)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from agent.core import lifecycle, rounds
from agent.core.contacts import usable
from agent.core.debrief.facts import take_word
from agent.core.decode.headers import parse_addresses, plain_letters
from agent.core.opportunity import (
    Contact,
    Debrief,
    Ending,
    Interview,
    Need,
    Opportunity,
    Outcome,
    Pending,
    Stage,
)
from agent.core.read.domains import labels, registrable
from agent.core.words import Verb, Word

if TYPE_CHECKING:
    from agent.core.fold import Book

CONFUSABLE = str.maketrans(
    {
        "0": "o",
        "1": "l",
        "3": "e",
        "5": "s",
        "8": "b",
        "i": "l",
        "і": "l",
        "а": "a",
        "е": "e",
        "о": "o",
        "р": "p",
        "с": "c",
        "у": "y",
        "х": "x",
        "ı": "l",
    }
)


def look_alike(domain: str, known: Sequence[str]) -> bool:
    """A domain that is none of the known ones but could be taken for one: "acrne" for "acme", "acme-careers" is not meant."""
    if not known or registrable(domain) in known:
        return False
    mine = skeleton(domain)
    return any(mine == skeleton(other) and registrable(domain) != other for other in known)


def skeleton(domain: str) -> str:
    found = labels(domain)
    text = (
        plain_letters(found[0] if found else domain)
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d")
        .translate(CONFUSABLE)
    )
    return text.replace("-", "")


def prepare(book: Book, words: Sequence[Word]) -> None:
    """What must be known before the first message: whom to ignore, which messages were split off."""
    for word in words:
        if word.verb is Verb.IGNORE:
            book.ignored.add(word.fact("who").lower())
        elif word.verb is Verb.SPLIT:
            book.splits.add(word.fact("message"))


def obey(book: Book, word: Word) -> None:
    """Carry out one word at its moment. A word about an opportunity that is gone does nothing."""
    opportunity = book.by_message(word.about) if word.about else None
    if word.verb is Verb.NEWS and not word.about:
        for other in list(book.opportunities.values()):
            book.opportunities[other.id] = news(other, word)
        return
    if opportunity is None:
        return
    if word.verb is Verb.MERGE:
        twin = book.by_message(word.fact("with"))
        if twin is not None and twin.id != opportunity.id:
            merge(book, opportunity, twin)
            book.hush()
        return
    if word.verb is Verb.DEBRIEF:
        take_word(book, opportunity, word)
        return
    change = {
        Verb.TELL: tell,
        Verb.NEWS: news,
        Verb.SNOOZE: snooze,
        Verb.RESUME: resume,
        Verb.DISMISS: dismiss,
        Verb.FORGET: forget,
    }.get(word.verb)
    if change is not None:
        changed = change(opportunity, word)
        book.opportunities[opportunity.id] = changed
        for contact in changed.contacts:
            book.index.people.setdefault(contact.email, set()).add(changed.id)
        book.hush()


def merge(book: Book, into: Opportunity, other: Opportunity) -> None:
    """Two that are one: the messages in order, the later state of each part."""
    first, second = sorted((into, other), key=lambda o: o.began)
    later = max((into, other), key=lambda o: o.entries[-1].at if o.entries else o.began)
    contacts = {c.email: c for c in (*first.contacts, *second.contacts)}
    joined = replace(
        later,
        id=into.id,
        anchor=first.anchor,
        began=first.began,
        organisations=into.organisations or other.organisations,
        roles=into.roles or other.roles,
        told_organisation=into.told_organisation or other.told_organisation,
        told_role=into.told_role or other.told_role,
        entries=tuple(sorted((*first.entries, *second.entries), key=lambda e: (e.at, e.message_id))),
        contacts=tuple(contacts.values()),
        domains=tuple(dict.fromkeys((*into.domains, *other.domains))),
        interviews=tuple(
            sorted({i.key: i for i in (*first.interviews, *second.interviews)}.values(), key=lambda i: i.start)
        ),
        thanked=(*first.thanked, *second.thanked),
        follow_ups=tuple(sorted((*first.follow_ups, *second.follow_ups), key=lambda s: s.at)),
        debriefs=tuple({d.interview: d for d in (*first.debriefs, *second.debriefs)}.values()),
    )
    del book.opportunities[other.id]
    book.opportunities[into.id] = joined
    for table in (book.index.threads, book.index.events, book.index.provider_threads):
        for key, value in table.items():
            if value == other.id:
                table[key] = into.id
    for members in (*book.index.people.values(), *book.index.domains.values()):
        if other.id in members:
            members.discard(other.id)
            members.add(into.id)
    for message_id, row in book.rows.items():
        if row.opportunity == other.id:
            book.rows[message_id] = replace(row, opportunity=into.id)


def tell(opportunity: Opportunity, word: Word) -> Opportunity:
    """`afterword tell`: facts that the owner knows better than the mail."""
    if word.fact("organisation"):
        opportunity = replace(opportunity, told_organisation=word.fact("organisation"))
    if word.fact("role"):
        opportunity = replace(opportunity, told_role=word.fact("role"))
    if word.fact("reply_by"):
        day = date.fromisoformat(word.fact("reply_by"))
        opportunity = replace(opportunity, reply_by=day, reply_by_source="told", pending=(), resting=None)
    if word.fact("interview"):
        opportunity = told_interview(opportunity, datetime.fromisoformat(word.fact("interview")), word)
    for met in word.all("met"):
        opportunity = with_met(opportunity, met, word.at)
    if word.fact("went") or word.fact("remember"):
        opportunity = debrief(opportunity, word)
    if word.fact("stage"):
        opportunity = told_stage(opportunity, Stage(word.fact("stage")), word.at)
    return opportunity


def told_interview(opportunity: Opportunity, start: datetime, word: Word) -> Opportunity:
    """An interview that no mail told of: a new round (P25). Told twice it is one."""
    if any(i.start == start for i in opportunity.live_interviews):
        return opportunity
    interview = Interview(start=start, end=start + timedelta(minutes=60), agreed=word.at, source=word.id)
    return replace(rounds.new_round(opportunity, interview), pending=())


def spoken_of(opportunity: Opportunity, at: datetime) -> Interview | None:
    """The interview that the owner's word of this moment is about: the one held last, else the one to come."""
    return opportunity.held_interview(at) or opportunity.current


def with_met(opportunity: Opportunity, met: str, at: datetime) -> Opportunity:
    """ "Name <addr>": the owner's word, which may add people (P6). An address given is what a bounce had asked for (P22)."""
    address = next(iter(parse_addresses([met])), None)
    interview = spoken_of(opportunity, at)
    if address is not None and usable(address):
        known = opportunity.contact(address.email)
        if known is None:
            opportunity = replace(opportunity, contacts=(*opportunity.contacts, Contact(address)))
        if known is None or not known.dead:
            opportunity = lifecycle.settle(opportunity, Need.BOUNCE)
    if interview is None:
        return opportunity
    who = address.email if address is not None else " ".join(met.split())
    if address is not None:
        after = replace(interview, attending=tuple(dict.fromkeys((*interview.attending, who))))
    else:
        after = replace(interview, named=tuple(dict.fromkeys((*interview.named, who))))
    absent = {who, address.name if address is not None else who}  # what was said last holds
    after = replace(after, absent=tuple(a for a in after.absent if a not in absent))
    if interview.held(at):  # a form may have been made before, which knows nothing of it
        after = replace(after, told_since=tuple(dict.fromkeys((*after.told_since, who))))
    return replace(opportunity, interviews=tuple(after if i is interview else i for i in opportunity.interviews))


def told_stage(opportunity: Opportunity, stage: Stage, at: datetime) -> Opportunity:
    endings = {Stage.REJECTED: Ending.REJECTED, Stage.CLOSED: Ending.TOLD, Stage.OFFER: Ending.OFFER}
    if stage in endings:
        outcome = Outcome(
            endings[stage],
            at,
            f"told-{at:%Y%m%d%H%M%S}",
            first_message=f"told-{at:%Y%m%d%H%M%S}",
            first_at=at,
            had_interview=opportunity.held_interview(at) is not None,
        )
        return replace(opportunity, outcome=outcome, pending=(), reply_by=None, silence=None)
    pending = (Pending(Need.TOLD, at, ""),) if stage is Stage.ACTION_NEEDED else ()
    return replace(opportunity, outcome=None, pending=pending, told_stage=stage)


def debrief(opportunity: Opportunity, word: Word) -> Opportunity:
    interview = spoken_of(opportunity, word.at)
    if interview is None:
        return opportunity
    known = next((d for d in opportunity.debriefs if d.interview == interview.key), Debrief(interview.key))
    remembered = tuple(("", text) for text in word.all("remember")) + tuple(
        (k.removeprefix("remember:"), v) for k, v in word.facts if k.startswith("remember:")
    )
    made = replace(
        known,
        went=word.fact("went") or known.went,
        remember=(*known.remember, *remembered),
        clarify=word.fact("clarify") or known.clarify,
        samples_asked=known.samples_asked or word.fact("samples") == "yes",
    )
    others = (d for d in opportunity.debriefs if d.interview != interview.key)
    return replace(opportunity, debriefs=(*others, made))


def news(opportunity: Opportunity, word: Word) -> Opportunity:
    return replace(opportunity, news=(*opportunity.news, (word.at, word.fact("text"))))


def snooze(opportunity: Opportunity, word: Word) -> Opportunity:
    return replace(opportunity, snoozed_until=date.fromisoformat(word.fact("until")))


def resume(opportunity: Opportunity, word: Word) -> Opportunity:
    return replace(opportunity, resting=None, snoozed_until=None, pending=(), resumed=word.at)


def dismiss(opportunity: Opportunity, word: Word) -> Opportunity:
    """P4: that step is dismissed, the rest of the round's sequence rests. A note to oneself thrown away stops nothing else."""
    dismissed = tuple(dict.fromkeys((*opportunity.dismissed, word.fact("step"))))
    return replace(opportunity, dismissed=dismissed, resting=opportunity.resting if word.fact("quiet") else word.at)


def forget(opportunity: Opportunity, word: Word) -> Opportunity:
    return replace(opportunity, forgotten=True)
