"""What the words of a message say of the opportunity it belongs to: the house and the job it names, its subject, its numbers. Pure."""

from __future__ import annotations

import re

from agent.core.belief import believed
from agent.core.opportunity import Need, Opportunity
from agent.core.read.domains import labels, squashed
from agent.core.read.likeness import best_fit
from agent.core.read.reading import Named, Reading
from agent.core.read.subjects import REPLY_PREFIX
from agent.core.read.titles import is_head

NAME, ROLE, SUBJECT, IDS, AWAITED, TITLE = 16.0, 14.0, 14.0, 30.0, 8.0, 6.0
OTHER_ROLE, OTHER_NAME = 26.0, 30.0
GENERIC_ROLE = re.compile(
    r"^(?:the |this |that |our |your )?(?:job|role|position|post|work|team|open|new|next|first|second|final|interview|application|candidate|panel)s?$",
    re.I,
)


def by_words(reading: Reading, opportunity: Opportunity, likely: bool) -> tuple[float, str]:
    """Points for (or against) from the organisation's name, the role, the subject and reference numbers."""
    points = 0.0
    why: list[str] = []
    name = same_organisation(reading.organisations, reading.roles, opportunity, reading.agency)
    if name == 0 and booked_for(reading, opportunity):
        name = 1
    if name > 0:
        points += NAME
        why.append("organisation's name")
    elif name < 0 and likely:
        points -= OTHER_NAME
        why.append("another organisation is named")
    role = same_role(reading.roles, opportunity)
    if role > 0 and (name >= 0 or likely):
        points += ROLE
        why.append("role")
    elif role < 0:
        points -= OTHER_ROLE
        why.append("another role is named")
    elif name > 0 and title_mentioned(reading.roles, opportunity):
        points += TITLE
        why.append("its title stands in it")
    if name > 0 and reading.events and any(p.need is Need.INVITATION for p in opportunity.pending):
        points += AWAITED
        why.append("an hour was awaited")
    if name > 0 and role >= 0 and not reading.sent and not opportunity.agency and believed(reading):
        points += AWAITED
        why.append("it speaks of a candidacy there")
    if set(reading.ids) & set(opportunity.ids):
        points += IDS
        why.append("reference number")
    if (
        likely
        and opportunity.subject
        and plain_subject(reading.subject) == opportunity.subject
        and len(opportunity.subject) > 6
    ):
        points += SUBJECT
        why.append("subject")
    if not likely and name <= 0 and not set(reading.ids) & set(opportunity.ids):
        return 0.0, ""
    return points, ", ".join(why)


def booked_for(reading: Reading, opportunity: Opportunity) -> bool:
    """Does a machine that is named like itself, a scheduler's or a portal's, name the house, and its job or an hour?"""
    if reading.human or reading.sent or not (reading.events or same_role(reading.roles, opportunity) > 0):
        return False
    houses = {squashed(c.name) for c in opportunity.organisations if c.weight >= 3}
    return any(len(house) > 4 and house in reading.mentions for house in houses)


def plain_subject(subject: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", REPLY_PREFIX.sub("", subject)).lower().split())


def same_organisation(
    named: tuple[Named, ...], reading_roles: tuple[Named, ...], opportunity: Opportunity, by_agency: bool = False
) -> int:
    """1: the opportunity's organisation is named; -1: surely another one is; 0: neither. `by_agency`: an agency names them."""
    theirs = [c for c in opportunity.organisations if not opportunity.agency or c.evidence.what == "named"]
    known = [
        squashed(c.name)
        for c in theirs
        if (c.weight >= 3 or opportunity.agency or c.weight >= 2.5 and " " in c.name) and len(c.name) > 2
    ]
    if opportunity.told_organisation:
        known.append(squashed(opportunity.told_organisation))
    # an agency's own name stands in all its letters, whichever client they are about
    own = [squashed(n.name) for n in named if n.evidence.what == "domain"] if by_agency else []
    known = [k for k in known if not any(k.startswith(o) or o.startswith(k) for o in own)]
    for candidate in named:
        name = squashed(candidate.name)
        if len(name) >= 3 and any(
            name == k
            or min(len(k), len(name)) > 4
            and (k.startswith(name) or name.startswith(k))
            or min(len(k), len(name)) > 8
            and (k.endswith(name) or name.endswith(k))
            for k in known
        ):
            return 1
    if opportunity.agency and known:
        clients = [c for c in named if c.evidence.what == "named" and c.weight >= 2]
        another_job = same_role(reading_roles, opportunity) < 0 or any(
            c.weight >= 2.5 and role_words(c.name) != role_words(opportunity.told_role or opportunity.role)
            for c in reading_roles[:1]
        )
        if clients and theirs and another_job:
            return -1
    return 0


def same_role(named: tuple[Named, ...], opportunity: Opportunity) -> int:
    """1: the same role; -1: surely another; 0: not named, or only in part ("the technician slot")."""
    known = opportunity.told_role or opportunity.role
    if not known:
        return 0
    mine = role_words(known)
    strong = [c for c in named if c.weight >= 2.5 and not GENERIC_ROLE.match(c.name)]
    if not strong:
        return 0
    for candidate in strong:
        theirs = role_words(candidate.name)
        if theirs and mine and (theirs <= mine or mine <= theirs or len(theirs & mine) * 2 > len(theirs | mine)):
            return 1
    top = strong[0]
    return (
        -1
        if top.weight >= (2.5 if opportunity.agency else 3.5)
        and any(is_head(w) for w in top.name.split())
        and len(role_words(top.name)) >= 2
        and not role_words(top.name) & mine
        else 0
    )


def title_mentioned(named: tuple[Named, ...], opportunity: Opportunity) -> bool:
    """Does the opportunity's title, or most of it, stand in the message, though nothing says that it is about it?"""
    mine = role_words(opportunity.told_role or opportunity.role)
    return any(len(words) >= 2 and words <= mine for words in (role_words(c.name) for c in named))


IN_ANY_ROLE = frozenset("of and the for a an in & senior junior m/f/d (m/f/d) position role".split())


def role_words(role: str) -> set[str]:
    words = (w.strip(".,()").lower().removesuffix("'s").removesuffix("’s") for w in re.split(r"[\s/–-]+", role))
    return {*words} - IN_ANY_ROLE - {""}


def spells(domain: str, opportunity: Opportunity) -> bool:
    """Is this domain made of the letters of the organisation's name: "prairiecrocussd" of Prairie Crocus School Division?"""
    clients = [c for c in opportunity.organisations if not opportunity.agency or c.evidence.what == "named"]
    names = [c.name for c in clients if c.weight >= 3] + [opportunity.told_organisation]
    return best_fit(labels(domain)[:2], (name.split() for name in names if name)) >= 8
