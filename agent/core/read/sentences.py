"""Text -> sentences. Hard-wrapped lines are joined, short lines stand alone, abbreviations do not end a sentence."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import NamedTuple

from agent.core.read.letters import small

MOST_TEXT = 24_000  # characters of own text that are understood; people write less, newsletters more
MOST_SENTENCES = 72
LONGEST = 3_000  # characters of one sentence; what is longer is no sentence but a table or damage
FULL_LINE = 58  # a line this long that is followed by another one was broken by the client, not by its writer

PICTURES = "☀-➿\U0001f300-\U0001faff"
# What stands before the gap between two sentences, the gap, and what follows it.
NEXT_SENTENCE = rf"""["'”’)\]]{{0,2}}\s+(?=["'“‘(\[]?[A-Z0-9À-ÞŁŚŽŠČĐØÅ"'“‘(\[{PICTURES}])   # ". Next"
      | (?<=[!?…])["'”’)\]]{{0,2}}\s+(?=\w)                                                    # "! next"
      | (?<=[a-zà-ÿ]{{3}}[.])\s+(?=[a-zà-ÿ])                                                   # ". next" of hasty writers
"""
BREAK = re.compile(rf"[.!?…](?P<gap>{NEXT_SENTENCE})", re.X)
# The same in a line with pictures: "🌿 Next"
BREAK_AT_PICTURE = re.compile(rf"[.!?…](?P<gap>{NEXT_SENTENCE})|(?P<picture>\s*[{PICTURES}]\ufe0f?\s+(?=[A-Z]))", re.X)
PICTURE = re.compile(rf"[{PICTURES}]")
# Without one of these signs and something behind it a line is one sentence.
ENDS_WITHIN = re.compile(rf"[.!?…{PICTURES}]")
SPACE = re.compile(r"\s")
# Behind one of these, a lone letter ("e.g.", "p.m.", "J.") or a digit a full stop need not end a sentence.
ABBREVIATIONS = frozenset(
    """en pn tn hj ir drs mr mrs ms mx dr prof st jr sr hon rev capt col gen lt sgt eng ing no nr ref req approx tel ext est dept univ inc ltd llc corp co pvt pte pty bros vs etc cf
    resp incl excl mon tue tues wed weds thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec hrs min mins hr am pm ca bzw sra srta dra fl bldg rm
    ave rd blvd""".split()
    + list(ascii_lowercase)
)
LAST_WORD = re.compile(r"\w+\Z")
MERIDIEM = re.compile(r"(?:\b|\d)[ap]\.?m\.$", re.I)
# "at 10:00.", "by half 8.", "in 2026." and "February 2." end a sentence; "on the 2." does not.
WHOLE_NUMBER = re.compile(
    r"(?:\d[:h]\d\d|\b\d{4,}|\b(?:half|at|past) \d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]* \d{1,2})\.$",
    re.I,
)
# "Visitor parking is Lot C. We will …": a letter before a word that opens sentences and no name.
LETTERED = re.compile(r"\b[A-Z]\.$")
OPENER = re.compile(
    r"(?:We|I|You|He|She|It|They|The|This|That|There|Please|Our|My|Your|If|When|Since|But|And|So|In|On|At|For|As)\b"
)
OPENS_NEW = re.compile(
    r"^\s*(?:[-*•·–—►▪✓✔➤o]\s|\d{1,2}[.)]\s|(?:Date|Day|Time|When|Where|Venue|Location|Place|Address|Panel|Interviewers?|Interview panel|Chair|Duration|Format|Room"
    r"|Post|Position|Role|Vacancy|Reference|Ref|Contact|Link|With|Who|Dress code|Bring|Parking|Employer|Company|Organi[sz]er)\s*:\s)"
)


class Sentence(NamedTuple):
    """`text` on one line; `where`: "subject" or "text"; `line`: it is a line of its own, as in lists and forms."""

    text: str
    where: str = "text"
    line: bool = False
    paragraph: int = 0


def lines_of(text: str) -> list[tuple[str, int]]:
    """Logical lines with the number of their paragraph: wrapped lines joined again."""
    out: list[tuple[str, int]] = []
    paragraph = 0
    glue = False
    for raw in text[:MOST_TEXT].split("\n"):
        line = raw.strip()
        if not line:
            paragraph += 1
            glue = False
            continue
        if (glue or runs_on(out, line, paragraph)) and not OPENS_NEW.match(raw):
            out[-1] = (f"{out[-1][0]} {line}", paragraph)
        else:
            out.append((line, paragraph))
        glue = (
            len(line) >= FULL_LINE
            and line[-1] != ":"
            or bool(
                out
                and len(raw.rstrip()) >= 45
                and line[-1:].isalnum()
                and not OPENS_NEW.match(raw)
                and len(out[-1][0]) >= 60
            )
        )
    return out


# No line of its own ends in one of these.
JOINTS = frozenset("at on the to of from by or and for in until till".split())


def runs_on(before: list[tuple[str, int]], line: str, paragraph: int) -> bool:
    """Does this line go on with a sentence that some mail program broke off too early?"""
    if not before or before[-1][1] != paragraph:
        return False
    last = before[-1][0]
    if line[0].isdigit() and len(last) >= 40 and last.rpartition(" ")[2] in JOINTS:
        return True
    if not line[0].islower():
        return False
    return (len(last) >= 60 or len(last) >= 40 and last[0].isupper()) and last[-1].isalnum()


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of an own text in order, at most MOST_SENTENCES."""
    found: list[Sentence] = []
    for line, paragraph in lines_of(text):
        pieces = split_line(line)
        for piece in pieces:
            found.append(Sentence(piece[:LONGEST], "text", len(pieces) == 1, paragraph))
        if len(found) >= MOST_SENTENCES:
            break
    return tuple(found[:MOST_SENTENCES])


def split_line(line: str) -> list[str]:
    sign = ENDS_WITHIN.search(line)
    if sign is None or not SPACE.search(line, sign.end()):
        return [line]
    pieces: list[str] = []
    start = 0
    breaks = BREAK_AT_PICTURE if not line.isascii() and PICTURE.search(line, sign.start()) else BREAK
    for match in breaks.finditer(line):
        gap, end = match.start(match.lastgroup or 0), match.end()
        head = line[start:gap].rstrip()
        if head.endswith(".") and abbreviated(head) and not (line[end : end + 1].isupper() and ends(head, line, end)):
            continue
        if head:
            pieces.append(head + line[gap:end].strip())
        start = end
    rest = line[start:].strip()
    if rest:
        pieces.append(rest)
    return pieces


def abbreviated(head: str) -> bool:
    """May the full stop at the end of these words be that of an abbreviation?"""
    before = head[-2:-1]
    if before.isdecimal():
        return True
    word = LAST_WORD.search(small(head[-12:-1]))
    return word is not None and word.group() in ABBREVIATIONS


def ends(head: str, line: str, after: int) -> bool:
    """Does a sentence end here all the same? `head`: its words; `after`: where the next one would begin."""
    return bool(
        MERIDIEM.search(head)
        and len(head) > 25
        or WHOLE_NUMBER.search(head[-16:])
        or LETTERED.search(head[-3:])
        and OPENER.match(line, after)
    )


def shortened(sentence: str, most: int = 160) -> str:
    """For a person: a sentence on one line, cut between two words."""
    if "  " in sentence or not sentence.isprintable():  # the blank is the only space that can be printed
        sentence = " ".join(sentence.split())
    sentence = sentence.strip(" ")
    return sentence if len(sentence) <= most else sentence[: most - 1].rsplit(" ", 1)[0] + "…"
