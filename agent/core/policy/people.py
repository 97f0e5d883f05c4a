"""Who gets what: interviewers with and without addresses, greetings, the thread to answer (P6, P10, "Recipients and threads")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.core.opportunity import Contact, Interview, Interviewer, Opportunity
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import Thread
from agent.core.read.domains import squashed
from agent.core.read.people import given_name, parse_name
from agent.core.read.subjects import CALENDAR_SUBJECT, FORMAL, REPLY_PREFIX
from agent.core.values import Direction

TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|señor|señora|monsieur|madame|m|mme|rev|capt|sir|madam)\b\.?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Thanks:
    """Who is to be thanked: each by a message of their own, the rest by way of the main contact; the main contact alone where
    nobody is known to have taken part."""

    direct: tuple[Contact, ...]
    passed_on: tuple[Interviewer, ...]
    by_way_of: Contact | None


def interviewers(opportunity: Opportunity, interview: Interview, rules: Rules) -> tuple[Interviewer, ...]:
    """The people who took part, each once; `email` only where they are living contacts (P6)."""
    owners = {a.lower() for a in rules.owner_addresses}
    owner_words = {w.lower() for w in rules.owner_name.split()}
    found: dict[str, Interviewer] = {}
    organiser = interview.organiser
    attending = [e for e in interview.attending if e not in owners and e != organiser]
    absent = {name.lower() for name in interview.absent}
    house = squashed(opportunity.organisation)  # "Vestkyst Vind wants to meet you" names nobody
    named = [
        n
        for n in interview.named
        if not set(n.lower().split()) <= owner_words
        and not any(same_person(n, other) for other in absent)
        and squashed(n) != house
    ]
    for email in attending:
        contact = opportunity.contact(email)
        if contact is None or named_in(contact, absent) or email in absent:
            continue
        found[email] = Interviewer(display(contact), "" if contact.dead else email)
    for email in interview.writers:
        contact = opportunity.contact(email)
        if contact is not None and email not in absent:
            found.setdefault(email, Interviewer(display(contact), "" if contact.dead else email))
    matched: list[str] = []
    for name in named:
        contact = contact_called(opportunity, name)
        if contact is not None and contact.email not in absent:
            found.setdefault(contact.email, Interviewer(display(contact), "" if contact.dead else contact.email))
        elif contact is None and not any(
            same_person(name, known) for known in (*matched, *(i.name for i in found.values()))
        ):
            found[name.lower()] = Interviewer(name)
            matched.append(name)
    if organiser and organiser not in owners and not found:
        contact = opportunity.contact(organiser)
        if contact is not None and organiser not in absent:
            found[organiser] = Interviewer(display(contact), "" if contact.dead else organiser)
    return tuple(found.values())


def display(contact: Contact) -> str:
    return parse_name(contact.address.name).full or contact.signed or contact.address.name


def named_in(contact: Contact, names: set[str]) -> bool:
    full = display(contact).lower()
    return bool(full) and any(full == n or set(n.split()) <= set(full.split()) for n in names if "@" not in n)


def contact_called(opportunity: Opportunity, name: str) -> Contact | None:
    """The contact whom a name in a text means; only where exactly one fits."""
    words = {w.lower().strip(".") for w in name.split()}
    fits = []
    for contact in opportunity.contacts:
        theirs = {w.lower().strip(".") for w in display(contact).split()} or {
            w for w in re.split(r"[._-]", contact.address.local) if w
        }
        if words and words <= theirs or len(theirs) > 1 and theirs <= words or short_for(name, display(contact)):
            fits.append(contact)
    return fits[0] if len(fits) == 1 else None


def short_for(name: str, full: str) -> bool:
    """ "Terry Oakes" is Terence Oakes, and so is "T. Oakes": the family's name, and the first letter of the given one."""
    mine, theirs = name.lower().replace(".", "").split(), full.lower().split()
    return len(mine) == 2 == len(theirs) and mine[1] == theirs[1] and mine[0][0] == theirs[0][0]


def same_person(name: str, other: str) -> bool:
    mine, theirs = {w.lower() for w in name.split()}, {w.lower() for w in other.split()}
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def to_thank(opportunity: Opportunity, interview: Interview, rules: Rules) -> Thanks:
    """P10: a separate message to each interviewer who is a contact; the others are named to the main contact."""
    people = interviewers(opportunity, interview, rules)
    direct = [c for c in (opportunity.contact(p.email) for p in people if p.email) if c is not None and not c.dead]
    passed_on = tuple(p for p in people if not p.email)
    main = main_contact_of(opportunity, interview)
    if not people and main is not None:
        return Thanks((), (), main)
    if not passed_on or main is None:
        return Thanks(tuple(direct), passed_on, None)
    return Thanks(tuple(direct), passed_on, main)


def main_contact_of(opportunity: Opportunity, interview: Interview) -> Contact | None:
    """Who was the main contact when the interview ended: whoever writes only after it is not thanked for it ("not re-addressed")."""
    for entry in reversed(opportunity.entries):
        if entry.direction is Direction.RECEIVED and entry.at <= interview.end:
            contact = opportunity.contact(entry.sender)
            if contact is not None and contact.wrote is not None and not contact.dead:
                return contact
    return opportunity.main_contact


def thanked(opportunity: Opportunity, interview: Interview, rules: Rules) -> set[str]:
    """Who was thanked by the owner after this interview (P27). "*": everybody, by one note to the main contact asking to share."""
    notes = [s for s in opportunity.thanked if s.at >= interview.start]
    done = {to for s in notes for to in s.to if to not in s.bounced}
    to_main = [s for s in notes if s.to_main and s.arrived]
    if to_main and (len(notes) == 1 and notes[0].share or not interviewers(opportunity, interview, rules)):
        done.add("*")
    return done


def greeting(contact: Contact) -> tuple[str, str, bool]:
    """-> (how to address them, their given name, whether formally). Formal only to those who themselves write so (settled cases)."""
    given = given_name(contact.address, contact.signed)
    formal = contact.formal or bool(TITLE.match(contact.signed))
    if not formal:
        return (given or display(contact)), given, False
    title = FORMAL.match(contact.called)
    if title and contact.called[title.end() :].strip(" .,"):  # "Dear Sir" names nobody
        return contact.called.strip(" ,"), given, True
    if TITLE.match(contact.signed):
        parts = parse_name(contact.signed)
        return f"{parts.title} {parts.family or parts.full}".strip(), given, True
    shown = parse_name(contact.address.name)
    if shown.title and shown.family and parse_name(contact.signed).family == shown.family:
        return f"{shown.title} {shown.family}", given, True
    return display(contact) or given, given, True


def reply_thread(contact: Contact, opportunity: Opportunity) -> Thread:
    """The contact's latest message about the opportunity; where only a calendar wrote, its invitation."""
    if contact.wrote is not None and contact.last_message:
        return Thread(contact.last_message, contact.last_references, answering(contact.last_subject))
    for interview in reversed(opportunity.interviews):
        invitation = interview.calendar_message
        if invitation:
            return Thread(invitation, (invitation,), answering(interview.calendar_subject))
    return Thread()


def answering(subject: str) -> str:
    """The subject of an answer: the prefix once, however the others wrote it; a calendar's own words are dropped."""
    bare = CALENDAR_SUBJECT.sub("", REPLY_PREFIX.sub("", subject)).strip()
    return f"Re: {bare}" if bare else "Re:"
