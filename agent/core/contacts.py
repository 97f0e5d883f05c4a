"""Who the contacts of an opportunity are (P6): humans on the employer's side who wrote, were copied by them, or stand in their invitation.

Rule 1: an address that takes no replies is never a contact; nor is one that stands only in a text or only in a Reply-To,
unless its domain is known as the organisation's from elsewhere.
Rule 2: nothing is learned from a message whose authentication failed (impostors).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from agent.core.hours import agreed_for, invited_to
from agent.core.opportunity import Contact, Opportunity
from agent.core.read import senders
from agent.core.read.domains import labels, personal, registrable
from agent.core.read.likeness import best_fit
from agent.core.read.reading import Kind, Reading, SenderKind
from agent.core.values import Address, Verdict

MOST_CONTACTS = 60


def usable(address: Address) -> bool:
    """Can a person be written to there?"""
    return not senders.NO_REPLY.search(address.local) and not senders.SYSTEM_DOMAIN.search(address.domain)


def known_people(opportunity: Opportunity, reading: Reading, kind: Kind) -> Opportunity:
    """The opportunity with the people and domains that this message makes known."""
    if reading.authentication is Verdict.FAIL or reading.report:
        return opportunity
    if reading.sent:
        return how_called(written_to(opportunity, reading), reading)
    contacts = {c.email: c for c in opportunity.contacts}
    domains = dict.fromkeys(opportunity.domains)
    systems = dict.fromkeys(opportunity.systems)
    writer = reading.sender
    if reading.sender_kind is SenderKind.HUMAN and usable(writer):
        by_hand = (
            kind is not Kind.AUTO_REPLY
            and not (reading.automatic and reading.events)
            and not (reading.events and not reading.in_reply_to and written_by_calendar(reading))
        )
        contacts[writer.email] = noted(contacts.get(writer.email), reading, by_hand)
        if not personal(writer.domain) and not reading.agency:
            domains[registrable(writer.domain)] = None
        for person in (*reading.to, *reading.cc):
            if (
                person.email not in reading.mine
                and (colleague(person, writer) or takes_part(person, reading))
                and usable(person)
            ):
                contacts.setdefault(person.email, Contact(person))
    else:
        systems[writer.email] = None
        for person in reading.reply_to[:1]:
            if usable(person) and (
                registrable(person.domain) in domains or invited(person, reading) or named_as_own(person, reading)
            ):
                contacts.setdefault(person.email, Contact(person))
                domains[registrable(person.domain)] = None
    for event in reading.events[:2]:
        for attendee in (event.organiser, *event.attendees):
            if (
                attendee is None
                or not attendee.person
                or attendee.address.email in reading.mine
                or not usable(attendee.address)
            ):
                continue
            known = contacts.get(attendee.address.email)
            is_organiser = event.organiser is not None and attendee.address.email == event.organiser.address.email
            if known is None:
                contacts[attendee.address.email] = Contact(attendee.address, organiser=is_organiser)
                if not personal(attendee.address.domain):
                    domains[registrable(attendee.address.domain)] = None
            elif is_organiser and not known.organiser or not known.address.name and attendee.address.name:
                contacts[known.email] = replace(
                    known,
                    organiser=known.organiser or is_organiser,
                    address=known.address if known.address.name else attendee.address,
                )
    known_before = {c.email for c in opportunity.contacts}
    for email, contact in contacts.items():
        if email in opportunity.bounced and email not in known_before and contact.wrote is None:
            contacts[email] = replace(contact, dead=True)  # P22: it came back before anybody named it
    return replace(
        opportunity, contacts=tuple(contacts.values())[:MOST_CONTACTS], domains=tuple(domains), systems=tuple(systems)
    )


def takes_part(person: Address, reading: Reading) -> bool:
    """Does a letter say of somebody in its copy that the owner will meet them, in full or by a surname that only they bear?"""
    return is_called(person, (p.name for p in reading.people)) or any(
        len(p.name) > 3 and [person.email] == [a.email for a in (*reading.to, *reading.cc) if bears(a, p.name)]
        for p in reading.people
        if p.title and " " not in p.name
    )


def bears(person: Address, surname: str) -> bool:
    return surname.lower() in person.name.lower().split()


def is_called(person: Address, names: Iterable[str]) -> bool:
    """Is this one of those named in full, in whatever order their names stand?"""
    mine = set(person.name.lower().split())
    return len(mine) > 1 and any(mine == set(name.lower().split()) for name in names)


def written_to(opportunity: Opportunity, reading: Reading) -> Opportunity:
    """Whoever answers an application from the house that the owner sent it to belongs to it."""
    if opportunity.contacts or opportunity.domains:
        return opportunity
    houses = (registrable(a.domain) for a in reading.to if a.email not in reading.mine and not personal(a.domain))
    return replace(opportunity, domains=tuple(dict.fromkeys(houses)))


def outsider(opportunity: Opportunity, reading: Reading) -> bool:
    """Does a stranger write: neither a contact, nor of a domain of theirs, nor in answer to what only those two could know?

    Such mail may stop a nudge; it redirects nothing, cancels nothing and decides nothing (P6, I6).
    """
    if reading.sent or reading.report or not opportunity.contacts:
        return False
    writer = reading.sender
    known = {c.email for c in opportunity.contacts}
    if (
        writer.email in known
        or writer.email in opportunity.systems
        or registrable(writer.domain) in opportunity.domains
    ):
        return False
    if {reading.in_reply_to, *reading.ancestors} & set(opportunity.message_ids):
        return False
    if not known.isdisjoint(a.email for a in reading.cc):
        return False  # before the eyes of one of them
    if of_their_house(opportunity, writer) or announced(opportunity, writer) or knows_the_hour(opportunity, reading):
        return False
    if reading.sender_kind is not SenderKind.HUMAN or reading.agency:
        event = next((e for e in reading.events if e.organiser is not None), None)
        if event is None or event.organiser is None:
            return False  # a tracking system: it names the opportunity by its own numbers, and is never a contact
        organiser = event.organiser.address
        if not usable(organiser):
            return False  # "Confirmed: Interview …" by a booking page in its own name: nobody who could be written to
        return organiser.email not in known and registrable(organiser.domain) not in opportunity.domains
    return True


def knows_the_hour(opportunity: Opportunity, reading: Reading) -> bool:
    """Is this an invitation to the very hour that was agreed, for the very job? The agency's scheduler sends it, or the client."""
    agreed = agreed_for(opportunity, invited_to(reading))
    return agreed and any(r.name.lower() == opportunity.role.lower() for r in reading.roles)


def announced(opportunity: Opportunity, writer: Address) -> bool:
    """Was somebody of this name said to take part in the talk?"""
    names = (*(n for i in opportunity.interviews for n in i.named), *opportunity.proposal_people)
    return is_called(writer, names) or of_the_family(opportunity, writer, names)


def of_the_family(opportunity: Opportunity, writer: Address, names: Iterable[str]) -> bool:
    """ "My father Krish and my son Devan will sit with you", wrote Saras Govender of Govender & Sons: Devan Govender is one of them."""
    given, _, family = writer.name.lower().rpartition(" ")
    families = {c.address.name.lower().rpartition(" ")[2] for c in opportunity.contacts}
    known = len(family) > 2 and (family in families or family in opportunity.organisation.lower().split())
    return known and given in {name.lower() for name in names}


def of_their_house(opportunity: Opportunity, writer: Address) -> bool:
    """Is the writer's domain made of a name that this organisation may have?"""
    names = [c.name.split() for c in opportunity.organisations] + [opportunity.told_organisation.split()]
    runs = (words[:size] for words in names for size in range(1, len(words) + 1))
    return best_fit(labels(writer.domain)[:2], runs) >= 7


def how_called(opportunity: Opportunity, reading: Reading) -> Opportunity:
    """How the owner greeted the one they wrote to ("Ms. Baca"): the only sure source of a title."""
    if len(reading.to) != 1 or not reading.addressed:
        return opportunity
    email = reading.to[0].email
    return replace(
        opportunity,
        contacts=tuple(replace(c, called=reading.addressed) if c.email == email else c for c in opportunity.contacts),
    )


def written_by_calendar(reading: Reading) -> bool:
    """A calendar invitation is no letter: it makes its organiser the main contact only where nobody has written (settled cases)."""
    return any(e.organiser is not None and e.organiser.address.email == reading.sender.email for e in reading.events)


def noted(known: Contact | None, reading: Reading, by_hand: bool) -> Contact:
    """A contact after another message of theirs."""
    contact = known or Contact(reading.sender)
    address = reading.sender if reading.sender.name else contact.address
    if not by_hand:
        return replace(
            contact,
            address=contact.address if contact.address.name else address,
            organiser=contact.organiser or bool(reading.events),
            formal=contact.formal or reading.formal,
        )
    return replace(
        contact,
        address=address,
        signed=reading.signed or contact.signed,
        formal=reading.formal or contact.formal and not reading.addressed,
        wrote=reading.date,
        last_message=reading.message_id,
        last_subject=reading.subject,
        last_references=(*reading.ancestors, reading.message_id),
        dead=False,
        away_until=None,
    )


def colleague(person: Address, writer: Address) -> bool:
    """Copied in from the writer's own house: on the employer's side. Others in copy may be anybody."""
    return (
        person.email != writer.email
        and not personal(writer.domain)
        and registrable(person.domain) == registrable(writer.domain)
    )


def invited(person: Address, reading: Reading) -> bool:
    return any(
        a is not None and a.address.email == person.email
        for event in reading.events
        for a in (event.organiser, *event.attendees)
    )


def named_as_own(person: Address, reading: Reading) -> bool:
    """Does the notice itself name an organisation that this domain fits?"""
    named = [n for n in reading.organisations[:3] if n.evidence.what in ("named", "display name")]
    return best_fit(labels(person.domain)[:1], (n.name.split() for n in named)) >= 6
