"""Answers of a debrief x the book -> facts of its opportunity, with their source; what does not fit is kept as unread (P17, P6, I1).

Rule 1: the owner's word may add people, but an address that they were written from or invited by stays theirs.
Rule 2: what the employer wrote after the interview prevails over what the form says of their answer (P23, P25, P26).
Rule 3: mail to oneself moves nothing else: it is no reply, no contact, no follow-up of the owner's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from agent.core import group, kinds, lifecycle
from agent.core.contacts import usable
from agent.core.debrief.answers import Answers, Met, Unread, of_facts
from agent.core.decision import Decision
from agent.core.opportunity import Contact, Debrief, Interview, Need, Opportunity
from agent.core.policy.people import contact_called, display, same_person
from agent.core.read.days import after_business_days
from agent.core.read.domains import registrable
from agent.core.read.reading import Evidence, Kind, Reading
from agent.core.values import Address
from agent.core.words import Verb, Word

if TYPE_CHECKING:
    from agent.core.fold import Book

RECENT = timedelta(days=30)  # how old an interview may be that a form without its reference is about
NO_INTERVIEW = "it is not clear which interview this is about: the line “Ref …” of the form is missing"


@dataclass(frozen=True, slots=True)
class Filed:
    """One form as it was taken in. `source`: the Message-ID where it stands; `opportunity`: "" where it fits none."""

    source: str
    at: datetime
    opportunity: str
    unread: tuple[Unread, ...]
    form: str = ""


def reference_of(interview: Interview) -> str:
    """The form's reference: which interview it is about, whatever opportunity that belongs to by now."""
    return hashlib.sha256(f"{interview.key}|{interview.source}".encode()).hexdigest()[:6]


def superseded(readings: Iterable[Reading], words: Iterable[Word]) -> set[str]:
    """Ids of the versions of a form that a later one replaces: a draft saved again, or saved and then sent."""
    versions: dict[str, list[tuple[datetime, str]]] = {}
    for reading in readings:
        if reading.form is not None and reading.form.form and (reading.form.said or reading.form.met):
            versions.setdefault(reading.form.form, []).append((reading.date.astimezone(UTC), reading.message_id))
    for word in words:
        if word.verb is Verb.DEBRIEF and word.fact("form"):
            versions.setdefault(word.fact("form"), []).append((word.at.astimezone(UTC), word.id))
    return {name for made in versions.values() for _, name in sorted(made)[:-1]}


# ------------------------------------------------------------------------------------------------------- into the book


def take_own(book: Book, reading: Reading) -> None:
    """A message of the owner's to themselves: a debrief, or nothing that counts."""
    answers = reading.form
    if answers is None or not kinds.trusted(reading):
        home = group.thread_of(reading, book.index)
        note(book, reading, book.opportunities.get(home), "a message to yourself")
        return
    found = placed(book, answers.form, reading.date)
    if found is None:
        note(book, reading, None, "a debrief, of no interview that is known")
        unread = (Unread("", "", NO_INTERVIEW),) if answers.said else ()
        book.filed.append(Filed(reading.message_id, reading.date, "", (*unread, *answers.unread), answers.form))
        return
    opportunity, interview = found
    put(book, opportunity, interview, answers, reading.date, reading.message_id)
    note(book, reading, book.opportunities[opportunity.id], "your debrief")


def note(book: Book, reading: Reading, opportunity: Opportunity | None, why: str) -> None:
    decision = Decision(Kind.OTHER, why=(Evidence(why, reading.subject, "subject"),))
    if opportunity is not None:
        book.opportunities[opportunity.id] = lifecycle.with_entry(opportunity, reading, decision, book.calendar)
    book.note(reading, opportunity.id if opportunity else "", decision, ())


def take_word(book: Book, opportunity: Opportunity, word: Word) -> None:
    """A debrief read in a draft that was only saved, as the owner's word."""
    answers = of_facts(word.facts)
    interview = with_reference(opportunity, answers.form) if answers.form else None
    interview = interview or opportunity.held_interview(word.at) or opportunity.current
    source = word.fact("source") or word.id
    if interview is not None:
        put(book, opportunity, interview, answers, word.at, source)


def placed(book: Book, reference: str, at: datetime) -> tuple[Opportunity, Interview] | None:
    """The interview that a form is about: by its reference, or the only one that it can mean."""
    recent: list[tuple[Opportunity, Interview]] = []
    for opportunity in book.opportunities.values():
        interview = with_reference(opportunity, reference) if reference else None
        if interview is not None:
            return opportunity, interview
        recent += [(opportunity, i) for i in opportunity.live_interviews if i.held(at) and at - i.end <= RECENT]
    return recent[0] if len(recent) == 1 else None


def with_reference(opportunity: Opportunity, reference: str) -> Interview | None:
    return next((i for i in opportunity.interviews if reference_of(i) == reference), None)


def put(
    book: Book, opportunity: Opportunity, interview: Interview, answers: Answers, at: datetime, source: str
) -> None:
    changed, odd = filled_in(opportunity, interview, answers, at, source, book)
    book.opportunities[changed.id] = changed
    for contact in changed.contacts:
        book.index.people.setdefault(contact.email, set()).add(changed.id)
    book.filed.append(Filed(source, at, changed.id, (*answers.unread, *odd), reference_of(interview)))


# ------------------------------------------------------------------------------------------------ into the opportunity


def filled_in(
    opportunity: Opportunity, interview: Interview, answers: Answers, at: datetime, source: str, book: Book
) -> tuple[Opportunity, tuple[Unread, ...]]:
    """The opportunity with what the form says -> also what does not fit what is known."""
    unread: list[Unread] = []
    for met in answers.met:
        opportunity, odd = with_person(opportunity, interview.key, met)
        unread += odd
    if answers.whole:
        opportunity = without_others(opportunity, interview.key, answers.met)
    day, why = promised_day(opportunity, interview, answers, book)
    if day is not None:
        opportunity = replace(opportunity, reply_by=day, reply_by_source=source)
    elif why:
        unread.append(Unread("When will you hear from them", dict(answers.words).get("when", ""), why))
    unread += strangers(opportunity, interview.key, answers.remember)
    return with_record(opportunity, interview, answers, source, at), tuple(unread)


def with_record(
    opportunity: Opportunity, interview: Interview, answers: Answers, source: str, at: datetime
) -> Opportunity:
    """The Debrief of this interview; what an earlier version of the form had said is replaced, what was told stays."""
    known = next((d for d in opportunity.debriefs if d.interview == interview.key), Debrief(interview.key))
    told = tuple(r for r in known.remember if r not in known.from_form)
    made = replace(
        known,
        went=answers.went or known.went,
        remember=(*told, *answers.remember),
        from_form=answers.remember,
        clarify=answers.clarify or known.clarify,
        samples_asked=known.samples_asked if not answers.samples else answers.samples == "yes",
        may_follow_up=answers.may_follow_up or known.may_follow_up,
        source=source,
        filled=at,
        words=tuple(Evidence(name, text, source) for name, text in answers.words),
    )
    others = (d for d in opportunity.debriefs if d.interview != interview.key)
    return replace(opportunity, debriefs=(*others, made))


def promised_day(
    opportunity: Opportunity, interview: Interview, answers: Answers, book: Book
) -> tuple[date | None, str]:
    """The reply-by date that the form gives -> (the day or None; why it cannot be taken, "" where it only no longer matters)."""
    held = interview.start.astimezone(book.zone).date()
    day = answers.reply_by
    if answers.reply_after:
        count = answers.reply_after
        day = after_business_days(held, count, book.holidays) if answers.business else held + timedelta(days=count)
    if day is None:
        return None, ""
    if day <= held:
        return None, f"{day:%-d %B} is not after the interview"
    current = opportunity.current
    newer = current is not None and current.key != interview.key and current.start > interview.start
    wrote = opportunity.silence is not None and opportunity.silence.since >= interview.end
    if newer or wrote or opportunity.outcome is not None:
        return None, ""
    return day, ""


def interview_of(opportunity: Opportunity, key: str) -> Interview:
    return next(i for i in opportunity.interviews if i.key == key)


def changed(opportunity: Opportunity, key: str, after: Interview) -> Opportunity:
    return replace(opportunity, interviews=tuple(after if i.key == key else i for i in opportunity.interviews))


def with_person(opportunity: Opportunity, key: str, met: Met) -> tuple[Opportunity, list[Unread]]:
    """One person of the list: there or not; by their address where they have one."""
    interview = interview_of(opportunity, key)
    known = known_person(opportunity, met)
    if met.absent:
        gone = tuple(filter(None, (known.email if known else "", met.name or (display(known) if known else ""))))
        return changed(opportunity, key, replace(interview, absent=merged(interview.absent, gone))), []
    if known is None and met.email:
        address = Address(met.name, met.email)
        objection = unusable(opportunity, address)
        if objection:
            return named(opportunity, key, met.name), [Unread("Who was there", str(met), objection)]
        opportunity = replace(opportunity, contacts=(*opportunity.contacts, Contact(address)))
        opportunity = lifecycle.settle(opportunity, Need.BOUNCE)
        email = met.email
    elif known is None:
        rivals = [display(c) for c in opportunity.contacts if same_person(met.name, display(c))]
        odd = f"several are called so: {', '.join(rivals)}"
        return (
            (opportunity, [Unread("Who was there", met.name, odd)])
            if rivals
            else (named(opportunity, key, met.name), [])
        )
    else:
        email = known.email
    attending = merged(interview.attending, (email,))
    absent = tuple(a for a in interview.absent if a != email and not (met.name and same_person(a, met.name)))
    opportunity = changed(opportunity, key, replace(interview, attending=attending, absent=absent))
    if known is not None and met.email and met.email != known.email:
        why = f"their address is known as {known.email}; that one stays"
        return opportunity, [Unread("Who was there", str(met), why)]
    if known is not None and met.name and not known.address.name:
        fuller = replace(known, address=Address(met.name, known.email))
        opportunity = replace(opportunity, contacts=tuple(fuller if c is known else c for c in opportunity.contacts))
    return opportunity, []


def known_person(opportunity: Opportunity, met: Met) -> Contact | None:
    """The contact whom the owner means: by address, else the only one of that name. A dead address gives way to a new one."""
    if met.email:
        found = opportunity.contact(met.email)
        if found is not None:
            return found
    called = contact_called(opportunity, met.name) if met.name else None
    if called is None or not met.email:
        return called
    return called if same_person(met.name, display(called)) and len(met.name.split()) > 1 and not called.dead else None


def unusable(opportunity: Opportunity, address: Address) -> str:
    """Why nobody is to be written to at this address, or ""."""
    from agent.core.corrections import look_alike

    if not usable(address):
        return "that address takes no replies"
    if look_alike(address.domain, opportunity.domains):
        return f"{address.domain} looks like a slip of the pen: the domain is known as {registrable(opportunity.domains[0])}"
    return ""


def named(opportunity: Opportunity, key: str, name: str) -> Opportunity:
    interview = interview_of(opportunity, key)
    if not name or any(same_person(name, n) for n in interview.named):
        return opportunity
    return changed(opportunity, key, replace(interview, named=merged(interview.named, (name,))))


def merged(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def without_others(opportunity: Opportunity, key: str, met: tuple[Met, ...]) -> Opportunity:
    """The form names everybody who was expected when it was made; whom its owner took off the list was not there.

    Whom the owner told by command since then stood in no form, and is not taken off by it.
    """
    interview = interview_of(opportunity, key)
    told = interview.told_since
    there = {e.email for m in met if (e := known_person(opportunity, m)) is not None} | {m.email for m in met}
    names = [m.name for m in met if m.name]
    expected = [
        e
        for e in (*interview.attending, *interview.writers)
        if e not in there and e not in told and e != interview.organiser
    ]
    gone = [
        e
        for e in expected
        if (c := opportunity.contact(e)) is not None and not any(same_person(n, display(c)) for n in names)
    ]
    unnamed = [
        n
        for n in interview.named
        if n not in told and not any(same_person(n, m) for m in names) and not called_in(opportunity, n, there)
    ]
    if not gone and not unnamed:
        return opportunity
    return changed(opportunity, key, replace(interview, absent=merged(interview.absent, (*gone, *unnamed))))


def called_in(opportunity: Opportunity, name: str, there: set[str]) -> bool:
    contact = contact_called(opportunity, name)
    return contact is not None and contact.email in there


def strangers(opportunity: Opportunity, key: str, remember: tuple[tuple[str, str], ...]) -> list[Unread]:
    """Points about somebody who was not there as far as is known: they go into nobody's letter."""
    interview = interview_of(opportunity, key)
    people = [*interview.named, *(display(c) for c in opportunity.contacts)]
    return [
        Unread("What was worth remembering", f"{who}: {text}"[:200], f"nobody is known who is called {who}")
        for who, text in remember
        if who and not any(same_person(who, p) for p in people)
    ]
