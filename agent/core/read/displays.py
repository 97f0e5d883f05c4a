"""Display names: those under which departments and machines write, with the house behind them, and those of agencies."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.core.read.domains import AGENCY_LABEL, labels, personal, squashed
from agent.core.read.fitting import SUFFIXES
from agent.core.values import Address, Message

TAIL_WORDS = frozenset(
    "careers career scheduling vacancies recruiting recruitment talent team hiring jobs hr people via notifications notification alerts no-reply noreply human resources acquisition department dept office desk front reception bookings booking support updates newsletter portal recruit recruiter recruiters applications karriere bewerbung personal recrutement reclutamento rekrutacja rekrytering vacatures".split()
)
OF_A_TEAM = re.compile(
    r"^(?:the )?(?:hiring|recruiting|recruitment|talent|careers|people|hr) (?:team )?(?:at|@|of|from) ", re.I
)
SENT_BY = re.compile(r"\s+(?:via|through|by|powered by|\||-|–|·|:)\s+.*$")


def stripped(name: str) -> str:
    """A display name without what says that a machine or a department writes: "Fernwood Logistics Careers" -> "Fernwood Logistics"."""
    words = SENT_BY.sub("", OF_A_TEAM.sub("", name.strip())).split()
    while len(words) > 1 and words[-1].lower().strip(".,()") in TAIL_WORDS:
        words.pop()
    return " ".join(words)


def tenant(message: Message) -> str:
    """The house in whose name a portal sends: "Hartwell & Pike Careers" <hartwellpike@applyflow.example>; "" for none."""
    return "" if message.sent else tenant_of(message.sender)


@lru_cache(maxsize=512)
def tenant_of(sender: Address) -> str:
    name = stripped(sender.name)
    if not name or personal(sender.domain):
        return ""
    letters = squashed(" ".join(w for w in name.split() if w.lower() not in ("&", "and")))
    local = squashed(sender.local)
    shown = name != sender.name.strip() or name.rpartition(" ")[2].lower() in SUFFIXES
    alike = len(local) > 4 and letters.startswith(local) or len(letters) > 4 and local.startswith(letters)
    elsewhere = not any(squashed(label)[:4] == letters[:4] for label in labels(sender.domain)[:2])
    return name if shown and alike and elsewhere else ""


# What those do who place people, as they write it under their letters.
PLACES = frozenset(
    "recruitment staffing resourcing search personnel selection headhunting headhunters placements".split()
)


def names_placing(signature: str) -> bool:
    """Does a signature in small letters name that trade?"""
    return any(map(signature.__contains__, PLACES))


AGENCY_WORDS = frozenset(
    "recruit recruiting recruiters recruitment recruiter talent talents talento talenti talente staffing personnel headhunters headhunting resourcing placements placement executives personalberatung locum locums temps hr careers hires selection search zeitarbeit rekruttering rekrutierung reclutadores talentos interim umantis outplacement manpower jobs recrutement rekrutacja rekrytering".split()
)
# Who is called so by the first word places people, too; "Talent Garden" lets rooms.
AGENCY_FIRST = frozenset("recrutement rekrutacja rekrytering".split())
LETTERS = re.compile(r"[a-z]+")


def is_agency(domain: str, *names: str) -> bool:
    """Does this sender's organisation place people with others?"""
    if any(AGENCY_LABEL.search(label) for label in labels(domain)[:1]):
        return True
    words = [LETTERS.findall(name.lower()) for name in names]
    return any(not AGENCY_WORDS.isdisjoint(w[1:]) or not AGENCY_FIRST.isdisjoint(w[:1]) for w in words)


OF_AN_OFFICE = TAIL_WORDS | frozenset(
    "applicant applicants candidate candidates service services experience bot".split()
)


def of_nobody(message: Message) -> bool:
    """Is the display name an address, missing or a mere department: "Talent Acquisition" <ta@jobsuite.example>?"""
    name = message.sender.name.lower()
    return "@" in name or OF_AN_OFFICE.issuperset(name.replace("portal", "").split())
