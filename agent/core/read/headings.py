"""Houses that stand in a subject: beside the job, in brackets, or alone, where the letter goes on to speak of "them"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.core.read import titles
from agent.core.read.hirers import sounds_like_a_house
from agent.core.read.pointers import RUN, of_a_firm

OF_THEM = re.compile(
    r"\b(?:[Tt]hey(?:['’](?:ve|re|d)| (?:have|are|want|need|look|do|don['’]t|will|would|can|like|asked))|[Tt]heir|over there)\b"
)


def heads_of_the_letter(subject: str, text: str, somebody: Callable[[str], bool]) -> list[str]:
    """ "Maesgwyn Creamery", "second iron in the fire (Oriva)", and the letter goes on to speak of it: names in a subject, as the letter
    writes them in full. `somebody`: is this name a person's of the message?"""
    heads = [m.group() for m in RUN.finditer(subject) if heads_alone(m, subject) and not somebody(m.group())]
    if not heads or not OF_THEM.search(text):
        return []
    longer = [run for match in RUN.finditer(text) if " " in (run := match.group())]
    written = (
        [head] if head in text else [run for run in longer if run.split()[0] == head.split()[0]] for head in heads
    )
    return [names[0] for names in written if names]


def heads_alone(run: re.Match[str], subject: str) -> bool:
    """Is this the whole of a subject, or what it has in brackets or behind its colon, and no job's name nor a word of interviews?"""
    words, before = run.group().lower().split(), subject[: run.start()].rstrip()
    alone = run.end() == len(ASIDE.sub("", subject)) and (before.endswith((":", "!")) or len(words) > 1 and not before)
    inside = before.endswith("(") and not department(subject, run.start(), run.group())
    return (alone or inside) and NOT_BESIDE.isdisjoint(words) and not titles.titles_in(run.group())


def department(text: str, at: int, name: str) -> bool:
    """ "Clerical Officer (Motor Tax)": in brackets right behind a job stands where it is done, unless a long name sounds like a house."""
    before = text[:at].rstrip()
    if not before.endswith("("):
        return False
    job = before[:-1].rstrip().rpartition(" ")[2]
    return titles.is_head(job) and not of_a_firm(name) and not (name.count(" ") > 1 and sounds_like_a_house(name))


DIVIDER = re.compile(r"\s+(?:[-–—|/·•]|//|\|\|)\s+|\s*[:|]\s+|,\s+|\s+@\s+")


DIVIDES = frozenset("-–—|/·•:,@")  # one of these is in each divider
OPENING = re.compile(r"(?<=\w) (?:opening|vacancy|position|role|job|post)$", re.I)  # "Choir Director opening"
ASIDE = re.compile(r"\s*\([^()]*\)\s*$")  # "Dietary Manager, Sangamon Meadows (they bit!)"


def beside_role(subject: str) -> list[str]:
    """The organisation of a subject that is made of it and a role: "Kauri Dairy - Plant Controller", "Tester @ Acme"."""
    if not titles.may_hold(subject):
        return []  # what holds none of the words for a job holds none between its dividers
    if DIVIDES.isdisjoint(subject):
        return []
    pieces = [OPENING.sub("", p.strip()) for p in DIVIDER.split(ASIDE.sub("", subject)) if p and p.strip()]
    if not 2 <= len(pieces) <= 4:
        return []
    houses = [may_be_a_house(p) for p in pieces]  # a cheaper question than that for titles
    if not any(houses):
        return []
    whole = [
        any(len(t) >= len(p) - 2 for t, _, _ in titles.titles_in(p) or p[0].islower() and titles.bare_titles(p) or ())
        for p in pieces
    ]
    if sum(whole) != 1:
        return []
    at = whole.index(True)
    if at > 1 and houses[at - 2] and houses[at - 1] and f"{pieces[at - 2]}, {pieces[at - 1]}" in subject:
        return [pieces[at - 2]]  # "Osprey Intimates, Biyagama - Coordinator": the house and where it is
    return [pieces[n] for n in (at - 1, at + 1) if 0 <= n < len(pieces) and houses[n]][:1]


def may_be_a_house(piece: str) -> bool:
    """Is this piece of a subject one run of words with capitals, none of them a word of interviews or a weekday?"""
    return bool(RUN.fullmatch(piece)) and NOT_BESIDE.isdisjoint([w.lower() for w in piece.split()])


NOT_BESIDE = frozenset(
    """interview invitation application update your confirmed confirmation re fw fwd offer reminder call chat meeting phone video screen screening zoom teams round first second final next steps step status
    question questions thanks thank you follow following followup follow-up vacancy position role job opening monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december hello hi test task assessment information documents decision result results outcome ref reference candidate confidential urgent new rescheduled cancelled
    canceled remote hybrid onsite full-time part-time invited availability feedback panel visit schedule""".split()
)
