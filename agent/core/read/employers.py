"""Which house hires, in a letter that another one wrote: a portal, a scheduler or an agency names the employer as one names others.

Each mention of a name is weighed by what stands around it (`hirers`); who writes says how surely it must be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from agent.core.read import people, titles
from agent.core.read.domains import squashed
from agent.core.read.headings import department
from agent.core.read.hirers import MODEL, WHAT_MANY_ARE, Mention, Writer, looked_at, sounds_like_a_house
from agent.core.read.pointers import LEGAL, RUN, before_a_job, trimmed

# From which odds on a house is believed to hire, by who names it: people mostly write for their own house, agencies never do.
LEAST = {"agency": -0.5, "machine": 0.8, "shown": 2.0, "house": 0.5, "person": 1.0}
OF_THEM = 0.8  # where the letter says "they" and never "we"
PLACES = -0.5  # where the signature says that its bearer places people
SIGNS = 1.4  # more where the writer signs with a house that fits their address
AT_HOME = 1.5  # and more where the writer's own house is named, too
SHORTEST = 3  # letters
FAR = 90  # letters before a name that may say whose house it was
LONG = 6  # letters that are nobody else's, wherever they stand in a name
# "I saw that you worked as Tester at Acme", "your present employer, Dunmore Castings": houses of the owner's past.
OF_THE_PAST = re.compile(
    r"\b(?:(?:you|who) (?:were|was|had been|have been|worked|had worked|have worked|work|started)|your (?:time|years|days|work|job|stint|experience)"
    r"|(?:present|current|last|previous|former|old) (?:employers?|job|boss|post|role|firm|company)|formerly|previously)\b[^.;:!?]{0,40}$",
    re.I,
)
# Behind it stands a job's title.
A_JOB = re.compile(r"\b(?:position|role|post|job|vacancy) (?:of|as)(?: an?| the| our)? $")
NEAR = 24  # letters of it
# "Hôtel de Ville, second floor, office 212": where somebody is met, whosever house it is
A_PLACE = re.compile(
    r",? \(?(?:the )?(?:[\w-]+ )?(?:floor|level|wing|gate|entrance|lobby)\b|, (?:room|office|suite|desk) \d"
)
BOSSES = frozenset("VP SVP EVP AVP CEO CFO COO CTO CIO CMO HR GM MD".split())  # "VP Credit" is somebody's post
BEARER = re.compile(r"^(.{3,30}?) (?:of|from|at) (.+)$")  # "Joost Bakker of Van Houtum Logistics"


class Employer(NamedTuple):
    """A name with the odds (their natural logarithm) that its bearer hires; `words`: where it stands."""

    name: str
    odds: float
    words: str
    where: str


def employer(
    texts: Iterable[tuple[str, str]], own: Sequence[str], somebody: Callable[[str], bool], writer: Writer
) -> Employer | None:
    """The house that hires, where it surely is another than the writer's. `texts`: lines with where they stand; `own`: the writer's
    house, by its letters; `somebody`: is this name no house's?"""
    lines = list(texts)
    places = writer.manner == "agency" or "places" in writer.marks
    best = likeliest(mentions(lines, somebody, own, places), writer)
    if best is None or best.odds < least_for(writer):
        return None
    if writer.home and writer.manner == "person":  # their own house may hire just as well
        mine = likeliest((m for m in mentions(lines, somebody) if is_own(m.key, own)), writer)
        if mine is not None and best.odds < mine.odds + AT_HOME:
            return None
    return best


def likeliest(named: Iterable[Mention], writer: Writer) -> Employer | None:
    """The one of these names that most likely is the hirer's, in its longest form."""
    found = list(named)
    best: Employer | None = None
    for mention, features in looked_at(found, writer):
        if of_the_past(mention.text, mention.start):
            continue
        likely = MODEL.odds(features)
        if best is None or likely > best.odds:
            best = Employer(mention.name, likely, mention.text[:120], mention.where)
    if best is None:
        return None
    whole = next(
        (m.name for m in found if m.name.startswith(f"{best.name} ") and sounds_like_a_house(m.name)), best.name
    )
    return best._replace(name=whole)


def only_house(texts: Iterable[tuple[str, str]], somebody: Callable[[str], bool]) -> Iterator[Mention]:
    """The one name in a letter that sounds like a house's, where there is but one: "Matter: Music Therapist, Savo Memory Clinic"."""
    found = {m.key: m for m in mentions(texts, somebody, openers=False) if sounds_like_a_house(m.name)}
    found = {key: m for key, m in found.items() if m.name.partition(" ")[0].lower() not in WHAT_MANY_ARE}
    return (m for m in found.values() if len(found) == 1 and not of_the_past(m.text, m.start))


def of_the_past(text: str, at: int) -> bool:
    """Does what stands before this place say that the owner worked there?"""
    return bool(OF_THE_PAST.search(text, max(0, at - FAR), at))


def is_own(key: str, own: Sequence[str]) -> bool:
    """Is this the writer's house, with more or less of its name: "Theater De Blauwe Schuit" of blauweschuit.example?"""
    return any(o.startswith(key) or (key.startswith(o) if len(o) < LONG else o in key) for o in own)


def of_the_house(name: str, own: Sequence[str]) -> bool:
    """Is this a person after whom the writer's house is called: "Nomsa Cele" of oosthuizencele.example?"""
    first, _, last = name.rpartition(" ")
    return bool(first) and " " not in first and len(last) > 3 and any(o.endswith(squashed(last)) for o in own)


def least_for(writer: Writer) -> float:
    """From which odds on a house is believed to hire of which this writer speaks."""
    least = LEAST[writer.manner]
    if writer.manner != "person":
        return least
    if writer.home:
        return least + AT_HOME
    if "places" in writer.marks:
        return PLACES
    if "signs" in writer.marks:
        return least + SIGNS
    return OF_THEM if "they" in writer.marks and "we" not in writer.marks else least


def mentions(
    texts: Iterable[tuple[str, str]], somebody: Callable[[str], bool], own: Sequence[str] = (), openers: bool = True
) -> Iterator[Mention]:
    """Names that may be houses', wherever they stand but in signatures; those of the writer's own house left out. `openers`: one word
    that opens a sentence may be one, too, which of seven hundred is one unless the writer places people."""
    known: dict[str, str] = {}  # the letters of a run's name; "" for what is no house's
    for text, where in texts:
        if where == "signature":
            continue
        for run in RUN.finditer(text):
            if not openers and where == "text" and " " not in run.group() and people.opens_sentence(text, run.start()):
                continue
            name = named_in(run.group())
            key = known.get(name)
            if key is None:
                key = squashed(name)
                if (
                    len(key) < SHORTEST
                    or name.lower() in people.NOT_NAMES
                    or is_own(key, own)
                    or no_name_of_a_house(name)
                    or somebody(name)
                    or of_the_house(name, own)
                ):
                    key = ""
                known[name] = key
            if key:
                start = run.start() + max(0, run.group().find(name))
                if A_JOB.search(text, max(0, start - NEAR), start) or A_PLACE.match(text, start + len(name)):
                    continue
                if department(text, start, name):
                    continue
                yield Mention(name, key, text, where, start, start + len(name))


def named_in(run: str) -> str:
    """The house of a run of capitals: "Joost Bakker of Van Houtum Logistics", "Finance Director of Polderzicht Dairy", "Calder Freight for
    Tuesday"."""
    name = trimmed(before_a_job(run))
    bearer = BEARER.match(name) if " " in name else None
    if bearer is None:
        return name
    who = bearer.group(1)
    return bearer.group(2) if people.names_in(who) or titles.is_head(who.rpartition(" ")[2]) else name


def no_name_of_a_house(name: str) -> bool:
    """Is this the title of a job, and no firm's name? Whom a name calls by what many do is a firm: "Juniper & Stone Jewellers"."""
    before, _, last = name.lower().rpartition(" ")
    if name.partition(" ")[0] in BOSSES:
        return True
    if last in LEGAL or before and last.endswith("s") and titles.is_head(last[:-1]):
        return False
    return any(len(t) >= len(name) - 4 for t, _, _ in titles.titles_in(name)) or bool(titles.bare_titles(name))
