"""Which job a message is about: titles that its words point to, and titles that stand in it by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.read import titles
from agent.core.read.fitting import WITH_A_NAME
from agent.core.read.lexicon import CAPITALS
from agent.core.read.reading import Evidence, Named
from agent.core.read.sentences import Sentence
from agent.core.values import Event

# A number of the advertisement before the title: "CRC-26/118 Fleet Coordinator", "VRN 26/0418 Tree Crew Leader".
REFERENCE = re.compile(r"^(?:(?:[A-Z]{1,6}[-/ ]?)?\d[\w./-]*(?:\s*[-–:|])?\s+)+(?=[^\W\d])")
# "Post: Occupational Therapist (Band 6)", as forms have it.
FORM = re.compile(
    rf"^\W*(?:post|position|role|vacancy|job(?: title| role)?|post title|position title|vacant post|applied for)\s*:\s*([{CAPITALS}][^:;|()\d]{{2,59}})",
    re.I,
)
# "3. The post: concert piano technician, two halls and the floor"
SMALL_FORM = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:the )?(?:post|position|role|vacancy|job)\s*:\s*(?:an? )?([a-zà-ÿ][^:;|()\d,.]{2,59})", re.I
)
# "Data Engineer Interview": what follows the title is the occasion.
OF_A_MEETING = re.compile(
    r"(?: (?:chat|call|interview|interviews|screen|screening|round|meeting|conversation|session|panel|intro|sync|visit|slot|booking))+(?:\b.*)?$",
    re.I,
)
# "Processo seletivo - Quality Technician": what stands before the divider is the matter, in whatever language.
LED_IN = re.compile(r"^([^/|:–—]{3,40}?) [-–—/|:] (\S.*)$")
# Who sits on the other side.
OF_THE_OTHERS = frozenset(
    (
        "hiring manager",
        "hiring managers",
        "hiring team",
        "line manager",
        "recruiter",
        "interviewer",
        "organizer",
        "organiser",
        "manager",
    )
)
ROLE_LENGTH = (3, 70)
BY_PATTERN = 3.0  # the least weight of a role that its words point to
SOMEBODYS = 0.3
# How what stands before a title ends where BEARER finds something, see there.
LEADS_ON = (",", "(", "–", "-", "—", ":", "|", "the", "our", "a")
BEARER = re.compile(
    rf"(?:[{CAPITALS}][\w'’.-]+(?: [{CAPITALS}][\w'’.-]+)+|I(?: am|'m|’m)|[{CAPITALS}]\w+ (?:is|as)|who is)\s*"
    r"(?:,|\(|–|-|—|:|\||\bthe\b|\bour\b|\ba\b)\s*(?:our |the |a )?$"
)


BEARS = re.compile(r"\b(?!(?:our|the|a)\b)[^\W\d_]+")
OF_A_HOUSE = WITH_A_NAME - frozenset(("church", "parish", "union", "city", "town"))


def borne(text: str, start: int) -> bool:
    """Does this title stand behind the name of the one who bears it? "Wessex Streams Trust, the Care Officer": a house bears none."""
    before = text[max(0, start - 80) : start]
    found = BEARER.search(before) if before.rstrip().endswith(LEADS_ON) else None
    return found is not None and OF_A_HOUSE.isdisjoint(BEARS.findall(found.group().lower())[-1:])


# What tenants apply for.
ROOMS = re.compile(r"(?:unit|flat|apartment|apt|room|plot|suite|villa) (?:no\.? ?)?[A-Z]?\d", re.I)
CALLED = re.compile(r",? (?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir)\b")  # "the Principal, Mr. Quamina"
PIECES = re.compile(r"\s+(?:@|at|\||/|–|-)\s+|[:,]\s+")  # "founding designer @ loopgarden"


LONGEST_GREETING = 40
# "Your submission under reference MSPC-2025-118 (Maritime Pilot, Grade II)"
BEHIND_A_NUMBER = re.compile(
    r"\b(?:reference|ref\.?|requisition|vacancy|posting)(?: (?:no\.?|nr\.?|number))?(?: [\w/-]*\d[\w/-]*)? \(([A-Z][^(),]{3,40})(?:, [^()]{2,30})?\)"
)
GRADES = {"sr": "Senior", "snr": "Senior", "jr": "Junior", "jnr": "Junior", "asst": "Assistant"}
SHORT_GRADE = re.compile(r"^(?:Sr|Snr|Jr|Jnr|Asst)\b\.?(?= [A-Za-z])", re.I)


def spelled_out(name: str, texts: Sequence[tuple[str, str]]) -> str:
    """ "Sr surveyor" under a subject, and "senior surveyor" in the letter: the grade in full, where the letter has it."""
    grade = SHORT_GRADE.match(name)
    if grade is None:
        return name
    full = GRADES[grade.group().lower().rstrip(".")]
    rest = name[grade.end() :].lstrip(". ")
    long = f"{full.lower()} {rest.lower()}"
    return f"{full} {rest}" if any(long in text.lower() for text, _ in texts) else name


def role_names(
    subject: str, body: Sequence[Sentence], events: Sequence[Event], houses: Sequence[str] = ()
) -> list[Named]:
    """Candidates for the role, heaviest first; titles behind names are their bearers', not the owner's, but for those of `houses`."""
    weights: dict[str, Named] = {}

    def add(name: str, weight: float, words: str, where: str) -> None:
        name = spelled_out(name.strip(), texts)
        name = OF_A_MEETING.sub("", REFERENCE.sub("", name.strip(" .,;:-–—'’\"()/")))
        led = LED_IN.match(name)
        if (
            led
            and not any(titles.is_head(w) for w in led.group(1).split())
            and titles.is_head(led.group(2).split()[-1])
        ):
            name = led.group(2)
        if not ROLE_LENGTH[0] <= len(name) <= ROLE_LENGTH[1] or name.lower() in OF_THE_OTHERS or ROOMS.match(name):
            return
        if name.endswith(("'s", "’s")):  # "the accountant's birthday", but also "the dispensing optician's post"
            name, weight = name[:-2], weight if weight >= BY_PATTERN else SOMEBODYS
        known = weights.get(name.lower())
        if known is None:
            weights[name.lower()] = Named(name, weight, Evidence("role", words[:120], where))
        else:
            shown = name if name[0].isupper() else known.name
            more, less = max(weight, known.weight), min(weight, known.weight)
            weights[name.lower()] = Named(shown, more + less / 2, known.evidence)

    texts = [(subject, "subject"), *((s.text, "text") for s in body[:80]), *event_texts(events)]
    casual = not any(c.isupper() for s in body[:12] for c in s.text[:1])
    for text, where in texts:
        if not titles.may_hold(text) or len(text) < LONGEST_GREETING and text.startswith("Dear "):
            continue  # "Dear Captain Aravena"
        form = FORM.match(text) if ":" in text else None
        if form:
            add(form.group(1).strip(), 4.5, text, where)
        elif (small := SMALL_FORM.match(text) if ":" in text else None) and titles.is_head(small.group(1).split()[-1]):
            add(small.group(1).strip(), 4.5, text, where)
        if (
            "(" in text
            and (behind := BEHIND_A_NUMBER.search(text))
            and any(map(titles.is_head, behind.group(1).split()))
        ):
            add(behind.group(1), 4.0, text, where)
        for role, weight, words in titles.pattern_roles(text):
            add(role, weight, words, where)
        headed = titles.holds_head(text)
        if casual and headed and where == "text":
            for title in titles.casual_titles(text):
                add(title, 2.0, text, where)
        for piece in PIECES.split(text) if headed and where in ("subject", "calendar") else ():
            for title, _, _ in titles.bare_titles(piece) if piece != text else ():
                add(title, 2.5, text, where)
        if where == "subject":
            if titles.is_head(text) and " " not in text:
                add(text, 1.5, text, where)  # "shipwright"
            elif begun := titles.heads_subject(text) or titles.within_subject(text):
                add(begun, 1.2, text, where)
        for title, start, _ in titles.bare_titles(text) if headed else ():
            theirs = borne(text, start) and not text.startswith(tuple(houses))
            add(title, 0.3 if theirs else 2.5, text, where)
        for title, start, end in titles.titles_in(text):
            theirs = where in ("text", "description") and (borne(text, start) or bool(CALLED.match(text, end)))
            add(title, 0.3 if theirs else 1.0 if where == "text" else 3.0, text, where)
    return sorted(weights.values(), key=lambda n: -n.weight)[:8]


def event_texts(events: Sequence[Event]) -> list[tuple[str, str]]:
    lines = [(line, "description") for event in events[:1] for line in event.description.split("\n")[:8]]
    return [(event.summary, "calendar") for event in events[:2]] + lines
