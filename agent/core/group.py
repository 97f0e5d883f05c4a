"""Reading x opportunities -> which one it belongs to, or none, or a new one.

Several signals are weighed, because each alone fails in real mail: thread headers, calendar ids, people, the
organisation's domain and name, the role, the numbers of tracking systems. Two that are as good as each other are said
to be ambiguous, and nothing is guessed into being (P2).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from agent.core.belief import believed
from agent.core.contacts import announced
from agent.core.hours import agreed_for, invited_to
from agent.core.opportunity import CLOSING, Ending, Opportunity
from agent.core.read.domains import personal, registrable, squashed
from agent.core.read.reading import Act, Named, Reading, SenderKind
from agent.core.read.titles import is_head
from agent.core.worded import (
    AWAITED,
    OTHER_NAME,
    OTHER_ROLE,
    by_words,
    role_words,
    same_organisation,
    same_role,
    spells,
    title_mentioned,
)

IN_ANOTHERS = "named in another's thread"
JOINS = 20.0
CLEAR_LEAD = 8.0
THREAD, CALENDAR, CONTACT, DOMAIN, HOUR, EXPECTED, COPIED = 60.0, 80.0, 30.0, 20.0, 40.0, 20.0, 16.0
OLD = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Placement:
    """`opportunity`: its id or "". `rivals`: others as likely. `why`: the signals in words."""

    opportunity: str = ""
    rivals: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class Index:
    """Where known messages, calendar events and people belong. Rebuilt with the fold, never stored."""

    threads: dict[str, str] = field(default_factory=dict)
    provider_threads: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)
    domains: dict[str, set[str]] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)  # addresses of those who place people with others
    houses: dict[str, Named] = field(default_factory=dict)  # how the circulars of a domain spell its house


def place(reading: Reading, opportunities: dict[str, Opportunity], index: Index) -> Placement:
    """The opportunity that a message belongs to; the empty placement where none is likely."""
    scores: dict[str, tuple[float, list[str]]] = {}

    def add(opportunity: str, points: float, why: str) -> None:
        if opportunity in opportunities and not opportunities[opportunity].forgotten:
            had = scores.get(opportunity, (0.0, []))
            scores[opportunity] = (had[0] + points, [*had[1], why])

    threaded = thread_of(reading, index)
    if threaded:
        add(threaded, THREAD, "thread")
    for event in reading.events:
        if event.uid in index.events:
            add(index.events[event.uid], CALENDAR, "calendar event")
    if reading.report and not threaded:
        return Placement()
    for email in counterparts(reading):
        for known in index.people.get(email, ()):
            add(known, CONTACT, f"contact {email}")
    for email in () if reading.sent else (a.email for a in reading.cc):
        for known in index.people.get(email, ()):
            add(known, COPIED, f"{email} in copy")
    for domain in counterpart_domains(reading):
        for known in index.domains.get(domain, ()):
            add(known, DOMAIN, f"domain {domain}")
    house = [o.id for o in opportunities.values() if of_its_house(reading, o)]
    if len(house) == 1:  # of two roles at one house only other signs can tell
        add(house[0], DOMAIN, "a domain named like the organisation")
    days, starts = days_named(reading), starts_named(reading)
    for opportunity in opportunities.values():
        talks = opportunity.live_interviews
        if reading.human and talks and announced(opportunity, reading.sender):
            add(opportunity.id, EXPECTED, "somebody with whom its interview is")
        if any(i.start.date() in days and i.end > reading.date for i in talks):
            add(opportunity.id, AWAITED, "the day of its interview")
        if agreed_for(opportunity, starts):
            add(opportunity.id, HOUR, "the hour of its interview")
    for opportunity in opportunities.values():
        points, words = by_words(reading, opportunity, opportunity.id in scores)
        if points or opportunity.id in scores and words:
            add(opportunity.id, points, words)
    another_is_meant(reading, opportunities, scores, threaded)
    if not threaded:
        by_its_job(reading, opportunities, scores)
    if not scores:
        return Placement()
    ranked = sorted(scores.items(), key=lambda item: (-adjusted(item[1][0], opportunities[item[0]], reading), item[0]))
    top, (sum_of_points, why) = ranked[0]
    points = adjusted(sum_of_points, opportunities[top], reading)
    if points < JOINS or not (threaded == top or relevant(reading, opportunities[top], why)):
        return Placement()
    rivals = tuple(
        o
        for o, (p, w) in ranked[1:]
        if adjusted(p, opportunities[o], reading) > points - CLEAR_LEAD
        and adjusted(p, opportunities[o], reading) >= JOINS
        and not ended(opportunities[o])
    )
    return Placement(top, rivals, tuple(why))


def by_its_job(
    reading: Reading, opportunities: dict[str, Opportunity], scores: dict[str, tuple[float, list[str]]]
) -> None:
    """Of two jobs at one house the one that is named is meant, whoever else there has written about the other."""
    meant = [i for i, o in opportunities.items() if not ended(o) and same_role(reading.roles, o) > 0]
    if len(meant) != 1:
        return
    house = squashed(opportunities[meant[0]].organisation)
    for i, (points, why) in list(scores.items()):
        if i == meant[0] or squashed(opportunities[i].organisation) != house:
            continue
        if another_title(*(role_words(o.told_role or o.role) for o in (opportunities[i], opportunities[meant[0]]))):
            had = scores.get(meant[0], (0.0, []))
            scores[meant[0]] = (max(points, had[0]), [*had[1], "its job at this house"])
            scores[i] = (points - OTHER_ROLE, [*why, "another job at this house is named"])


def another_is_meant(
    reading: Reading, opportunities: dict[str, Opportunity], scores: dict[str, tuple[float, list[str]]], threaded: str
) -> None:
    """Whoever wrote about one firm may write about another: where exactly that is named, and this one is not, it wins."""
    if threaded and (other := wrong_thread(reading, opportunities, threaded)) in scores:
        # what the subject says is of the thread, and speaks for nobody and against nobody
        scores[threaded] = (0.0, [*scores[threaded][1], "another client's name and job in its thread"])
        scores[other] = (THREAD, [*scores[other][1], IN_ANOTHERS])
        return
    for i in [threaded] if threaded else list(scores):
        if i in scores and of_another_client(reading, opportunities[i]):
            place = " in its thread" if threaded else ""
            scores[i] = (0.0, [*scores[i][1], f"another client, another job: a new opportunity{place}"])
    named = {
        i: same_organisation(reading.organisations, reading.roles, opportunities[i], reading.agency)
        or int(opportunities[i].agency and mentioned_client(reading, opportunities[i]))
        for i in scores
    }
    if reading.sent or not any(sign > 0 for i, sign in named.items() if i != threaded):
        return
    for i, sign in named.items():
        if sign == 0 and i != threaded:
            points, why = scores[i]
            scores[i] = (points - OTHER_NAME, [*why, "another organisation is named"])


def of_another_client(reading: Reading, known: Opportunity) -> bool:
    """Does an agency bring a second client with a second job? In the thread of the first, what the subject says is of the first."""
    if (
        reading.sent
        or not (known.agency and reading.human)
        or not any(c.evidence.what == "named" for c in known.organisations)
    ):
        return False
    if max(reading.score(Act.PROPOSE), reading.score(Act.INVITE), reading.score(Act.FIX)) < 5:
        return False
    answers = bool(reading.ancestors)
    names, roles = (
        (in_text(reading.organisations), in_text(reading.roles)) if answers else (reading.organisations, reading.roles)
    )
    clients = [
        n
        for n in names
        if n.evidence.what == "named" and (n.weight >= 2.5 or n.weight >= 2 and " " in n.name and not answers)
    ]
    jobs = [r for r in roles if r.weight >= 1]
    mine = role_words(known.told_role or known.role)
    others = [r for r in jobs if any(is_head(w) for w in r.name.split()) and another_title(role_words(r.name), mine)]
    again = same_organisation(tuple(clients), (), known, reading.agency) > 0 or len(others) < len(jobs)
    return bool(clients and others and mine) and not again


def another_title(one: set[str], other: set[str]) -> bool:
    """ "Plant Controller" and "Group Financial Controller" share a noun and are two jobs; "Controller" may be either."""
    same = {word for word in one & other if is_head(word)}
    return not (one - same) & (other - same) and (not same or bool(one - same and other - same))


def in_text(named: tuple[Named, ...]) -> tuple[Named, ...]:
    """Those that the text itself names, not its subject or signature."""
    return tuple(n for n in named if n.evidence.where == "text")


def without_subject(reading: Reading) -> Reading:
    """What a message names in its text alone."""
    roles = tuple(r for r in reading.roles if r.evidence.where != "subject")
    return replace(
        reading, roles=roles, organisations=tuple(n for n in reading.organisations if n.evidence.where != "subject")
    )


def wrong_thread(reading: Reading, opportunities: dict[str, Opportunity], threaded: str) -> str:
    """The other client of an agency whose name and job a letter gives, though it answers in the first one's thread; "" else.

    What the subject says was written in another message.
    """
    if reading.sent or threaded not in opportunities or not opportunities[threaded].agency:
        return ""
    roles = in_text(reading.roles)
    # Whoever writes on under a job that is gone may leave out the title of the other.
    over = ended(opportunities[threaded])

    def meant(opportunity: Opportunity) -> bool:
        known = over and not ended(opportunity)
        return client_mentioned(reading, opportunity) and (
            known or title_mentioned(roles, opportunity) or person_mentioned(reading, opportunity)
        )

    others = [o.id for o in opportunities.values() if o.id != threaded and o.agency and meant(o)]
    return others[0] if len(others) == 1 and not client_mentioned(reading, opportunities[threaded]) else ""


def client_mentioned(reading: Reading, opportunity: Opportunity) -> bool:
    """Does the text name the client to which an agency brought the owner, or how it begins?"""
    if same_organisation(in_text(reading.organisations), (), opportunity, reading.agency) > 0:
        return True
    return mentioned_client(reading, opportunity)


def mentioned_client(reading: Reading, opportunity: Opportunity) -> bool:
    """Does the client's name stand anywhere in the text, or how it begins or ends: "Tri Klasa" of Pekara Tri Klasa?"""
    clients = [squashed(c.name) for c in opportunity.organisations if c.evidence.what == "named" and c.weight >= 2]
    return any(
        c.startswith(m) or m.startswith(c) or len(m) > 6 and c.endswith(m)
        for c in clients
        for m in reading.mentions
        if min(len(c), len(m)) > 4
    )


def person_mentioned(reading: Reading, opportunity: Opportunity) -> bool:
    """Does the text name somebody who sees the owner there, if only by a given name?"""
    people = [*(n for i in opportunity.interviews for n in i.named), *opportunity.proposal_people]
    called = {squashed(name) for p in people for name in (p, p.partition(" ")[0])}
    return any(len(p) > 3 and p in reading.mentions for p in called)


def thread_of(reading: Reading, index: Index) -> str:
    for message_id in (reading.returned_id, reading.in_reply_to, *reversed(reading.ancestors)):
        if message_id and message_id in index.threads:
            return index.threads[message_id]
    return index.provider_threads.get(reading.thread_id, "") if reading.thread_id else ""


def counterparts(reading: Reading) -> list[str]:
    """The addresses on the other side of a message that may be known contacts, each once."""
    if reading.sent:
        return [a.email for a in reading.recipients if a.email not in reading.mine]
    found = [reading.sender.email, *(a.email for a in reading.reply_to[:1])]
    for event in reading.events[:1]:
        if event.organiser:
            found.append(event.organiser.address.email)
        found += [a.address.email for a in event.attendees if a.person]
    return [email for email in dict.fromkeys(found) if email not in reading.mine]


def counterpart_domains(reading: Reading) -> list[str]:
    domains = (
        [a.domain for a in reading.recipients if a.email not in reading.mine]
        if reading.sent
        else [
            reading.sender.domain,
            *(e.organiser.address.domain for e in reading.events[:1] if e.organiser),
            *(a.domain for a in reading.reply_to[:1]),
            # a scheduler's invitation is of the house whose people are invited
            *(a.address.domain for e in reading.events[:1] for a in e.attendees if a.address.email not in reading.mine),
        ]
    )
    return [d for d in dict.fromkeys(registrable(d) for d in domains) if not personal(d)]


def of_its_house(reading: Reading, opportunity: Opportunity) -> bool:
    """Does a person write from a domain that bears the name under which only systems have written so far?"""
    if reading.sent or reading.sender_kind is not SenderKind.HUMAN or personal(reading.sender.domain):
        return False
    if same_role(reading.roles, opportunity) < 0:
        return False
    if opportunity.agency:  # the client itself, to whom the agency brought the owner
        return spells(reading.sender.domain, opportunity)
    named = tuple(o for o in reading.organisations if o.evidence.what == "domain" and o.weight >= 5)
    return same_organisation(named, (), opportunity) > 0 or spells(reading.sender.domain, opportunity)


def days_named(reading: Reading) -> set[date]:
    """The days of the hours that somebody of the other side names."""
    return set() if reading.sent else {s.start.date() for s in reading.slots if s.day_known and not s.whole_day}


def starts_named(reading: Reading) -> set[datetime]:
    """When the invitations of a message to talk about a job begin. Nobody sits in two interviews at once."""
    of_a_job = reading.job or reading.score(Act.INVITE) >= 5 or any(r.weight >= 2.5 for r in reading.roles)
    if reading.sent or not of_a_job:
        return set()
    return invited_to(reading)


def ended(opportunity: Opportunity) -> bool:
    return opportunity.outcome is not None and (
        opportunity.outcome.ending in CLOSING or opportunity.outcome.ending is Ending.REJECTED
    )


def adjusted(points: float, opportunity: Opportunity, reading: Reading) -> float:
    """An ended or long quiet opportunity is less likely than a living one."""
    if ended(opportunity):
        points -= 12
    last = opportunity.entries[-1].at if opportunity.entries else opportunity.began
    return points - 15 if reading.date - last > OLD else points


DECISIVE = (
    Act.REJECT,
    Act.OFFER,
    Act.CANCEL,
    Act.MOVE,
    Act.PROPOSE,
    Act.ASSESS,
    Act.STATUS,
    Act.FIX,
    Act.INVITE,
    Act.ASK_INFO,
)


# Matters in which a contact of the same house may write to the owner as to anybody else: a clinic, a school, a landlord.
ANOTHER_DESK = frozenset(("health", "study", "visa", "flat"))


def relevant(reading: Reading, opportunity: Opportunity, why: list[str]) -> bool:
    """Is a message outside the threads about the candidacy, and not the same house's newsletter or a patient's letter?"""
    if reading.sent:
        return True
    if reading.foreign == "hiring":
        return False
    known = opportunity.contact(reading.sender.email) is not None or any(w.startswith("contact") for w in why)
    named = any("role" in w or "reference" in w or "its interview" in w for w in why)
    if reading.bulk:
        return (
            any("role" in w or "reference" in w for w in why)
            and max(reading.score(a) for a in DECISIVE) >= 6
            and reading.job >= 1.4
            and reading.score(Act.ALERT) < 5
        )
    if reading.sender_kind is SenderKind.SYSTEM:
        numbered = any("reference" in w for w in why)
        surely = numbered or named and (reading.applied_before or believed(reading))
        alert = reading.score(Act.ALERT) >= 5 and not surely
        return (named or reading.job >= 0.7) and not alert
    if reading.events or known and reading.foreign not in ANOTHER_DESK:
        return True
    if reading.foreign and not named:
        return False
    mentions = (
        reading.job >= 0.7
        or named
        or believed(reading)
        or reading.score(Act.MET) >= 4
        or any(w.startswith("calendar") for w in why)
    )
    return mentions or reading.promise is not None or max(reading.score(a) for a in DECISIVE) >= 6
