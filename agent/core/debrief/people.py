"""Lines like "Dana Whitlock <dana@…>", "Dana – dana@…", "lee and kim" -> who was there (P6: the owner's word may add people)."""

from __future__ import annotations

import re

from agent.core.debrief.answers import Met, Unread
from agent.core.decode.headers import owns
from agent.core.read import people, titles

MOST_PEOPLE = 30
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,80}){1,6}")
MAILTO = re.compile(r"<?\[?\(?mailto:[^>\])\s]{1,200}[>\])]?", re.I)
SPACED_AT = re.compile(r"(?<=[\w.-])\s?(?:\(at\)|\[at\]|\sat\s)\s?(?=[\w-]{1,60}\.[a-z]{2,})", re.I)
LOOSE_AT = re.compile(r"(?<=[\w.-])\s{1,2}@\s{0,2}(?=\w)|(?<=[\w.-])@\s{1,2}(?=\w)")
ABSENT = re.compile(
    r"\b(?:was not there|wasn['’`]?t there|not there|was not present|wasn['’`]?t present|did not (?:come|show up|show|join)|didn['’`]?t (?:come|show up|show|join)"
    r"|could not (?:come|make it|join)|couldn['’`]?t (?:come|make it|join)|absent|no[ -]show|was (?:ill|sick|away)|off sick|cancelled)\b",
    re.I,
)
BETWEEN = re.compile(r"\s{0,2}(?:[,;/+&•·]|\s(?:and|plus|und|with|as well as)\s|\s[–—-]\s)\s{0,2}", re.I)
EDGES = " \t-–—:;,.|()<>[]\"'“”‘’*_/\\"
OPENING = re.compile(
    r"^(?:just|only|also|plus|and|with|mainly|first|then|later|it was|there (?:was|were)|met|spoke (?:to|with)|e-?mail(?: is)?|his|her|their)\s+",
    re.I,
)
NOBODY = re.compile(
    r"^(?:no(?:body|\s?one)?(?: else)?|n/?a|none|nothing|unknown|can(?:no|['’]?)t remember|don['’]?t (?:know|remember)|as (?:above|planned|expected)|same|yes|the same(?: people)?|all (?:of them|there)|everyone|everybody)\W*$",
    re.I,
)
SELF = frozenset(("me", "myself", "i"))


def people_in(lines: list[str], own: frozenset[str]) -> tuple[tuple[Met, ...], tuple[Unread, ...]]:
    """Everybody named in these lines, each once, and what is neither name nor address. `own`: the owner's addresses."""
    met: dict[str, Met] = {}
    unread: list[Unread] = []
    for line in lines:
        found, odd = in_line(line, own)
        unread += odd
        for person in found[:MOST_PEOPLE]:
            key = person.email or person.name.lower()
            if key not in met or person.name and not met[key].name:
                met[key] = person
    addressed = [p.name for p in met.values() if p.email and p.name]
    found = [p for p in met.values() if p.email or not any(same(p.name, name) for name in addressed)]
    return tuple(found)[:MOST_PEOPLE], tuple(unread)


def same(name: str, fuller: str) -> bool:
    """Is a name the form's own line of somebody whose address its owner wrote on another?"""
    return set(name.lower().split()) <= set(fuller.lower().split())


def in_line(line: str, own: frozenset[str]) -> tuple[list[Met], list[Unread]]:
    text = LOOSE_AT.sub("@", MAILTO.sub(" ", line))
    text = SPACED_AT.sub("@", text)
    absent = bool(ABSENT.search(text))
    text = ABSENT.sub(" ", text)
    if NOBODY.match(text.strip()):
        return [], []
    if EMAIL.search(text):
        return with_addresses(text, absent, own)
    if "@" in text:
        return [], [odd(line, "that is no complete address")]
    found, unread = [], []
    pieces = [p for p in BETWEEN.split(re.sub(r"\([^)]{0,120}\)", " ", text)) if p.strip(EDGES)]
    for piece in pieces:
        name = name_in(piece)
        if piece.strip(EDGES).lower() in SELF:
            continue
        if name:
            found.append(Met(name, "", absent))
        elif not (found and is_role(piece)):
            unread.append(odd(piece.strip(EDGES), "it reads like no name"))
    return found, unread


def with_addresses(text: str, absent: bool, own: frozenset[str]) -> tuple[list[Met], list[Unread]]:
    """A name stands before its address, or behind it where the line begins with the address."""
    found: list[Met] = []
    unread: list[Unread] = []
    spans = [(m.start(), m.end(), m.group().lower().strip(".,;:'\"")) for m in EMAIL.finditer(text)]
    behind = not text[: spans[0][0]].strip(EDGES)
    seen: set[str] = set()
    for number, (start, end, email) in enumerate(spans):
        if behind:
            around = text[end : spans[number + 1][0] if number + 1 < len(spans) else len(text)]
        else:
            around = text[spans[number - 1][1] if number else 0 : start]
        if owns(email, own) or email in seen:
            continue
        seen.add(email)
        names = [n for n in map(name_in, BETWEEN.split(re.sub(r"\([^)]{0,120}\)", " ", around))) if n]
        # "Kim Osei, Lee Park lee@…": the name next to the address is its owner's, the others have none
        mine = (names[0] if behind else names[-1]) if names else ""
        found += [Met(name, "", absent) for name in names if name != mine]
        found.append(Met(mine, email, absent))
    tail = "" if behind else text[spans[-1][1] :]
    for piece in BETWEEN.split(re.sub(r"\([^)]{0,120}\)", " ", tail)):
        name = name_in(piece)
        if name:
            found.append(Met(name, "", absent))
        elif len(piece.strip(EDGES).split()) > 1 and not is_role(piece):
            unread.append(odd(piece.strip(EDGES), "it reads like no name"))
    return found, unread


def name_in(piece: str) -> str:
    """The name that a piece consists of, or ""."""
    text = piece.strip(EDGES)
    while True:
        shorter = OPENING.sub("", text)
        if shorter == text:
            break
        text = shorter
    if not text or len(text) > 80:
        return ""
    if is_role(text):
        inside = people.names_in(text)
        return inside[0][0] if len(inside) == 1 and " " in inside[0][0] else ""
    parts = people.parse_name(text)
    words = parts.full.split()
    if not 1 <= len(words) <= 5 or any(people.no_name(w) and w.lower() not in people.PARTICLES for w in words):
        inside = people.names_in(text)
        return inside[0][0] if len(inside) == 1 and " " in inside[0][0] and len(text.split()) <= 8 else ""
    if not all(re.fullmatch(r"[^\W\d_][\w.'’-]{0,40}", w) for w in words) or all(len(w.strip(".")) == 1 for w in words):
        return ""
    if len(words) > 2 and text.islower() and not any(w in people.PARTICLES for w in words):
        return ""  # a phrase rather than a name
    return f"{parts.title} {parts.full}".strip() if parts.title and not parts.given else parts.full


def is_role(text: str) -> bool:
    return any(titles.is_head(w.strip(EDGES)) for w in text.split()) or bool(
        re.search(r"\b(?:hr|ceo|cto|cfo|coo|vp|head of|from|recruiter|lead|people team)\b", text, re.I)
    )


def odd(words: str, why: str) -> Unread:
    return Unread("Who was there", words[:200], why)
