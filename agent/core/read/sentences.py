"""Text -> sentences. Hard-wrapped lines are joined, short lines stand alone, abbreviations do not end a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TEXT = 24_000  # characters of own text that are understood; people write less, newsletters more
MOST_SENTENCES = 72
LONGEST = 3_000  # characters of one sentence; what is longer is no sentence but a table or damage
FULL_LINE = 58  # a line this long that is followed by another one was broken by the client, not by its writer

BREAK = re.compile(
    r"""(?:
        (?<=[.!?…])["'”’)\]]{0,2}\s+(?=["'“‘(\[]?[A-Z0-9À-ÞŁŚŽŠČĐØÅ"'“‘(\[\U0001F300-\U0001FAFF☀-➿])   # ". Next"
      | (?<=[!?…])["'”’)\]]{0,2}\s+(?=\w)                                                     # "! next"
      | (?<=[a-zà-ÿ]{3}[.])\s+(?=[a-zà-ÿ])                                                    # ". next" of hasty writers
      | \s*[\U0001F300-\U0001FAFF☀-➿]\ufe0f?\s+(?=[A-Z])                                    # "🌿 Next"
    )""",
    re.X,
)
# Without one of these signs and something behind it a line is one sentence.
ENDS_WITHIN = re.compile(r"(?:[.!?…☀-➿\U0001F300-\U0001FAFF])")
SPACE = re.compile(r"\s")
ABBREVIATION = re.compile(
    r"(?:\b(?:ir|drs|mr|mrs|ms|mx|dr|prof|st|jr|sr|hon|rev|capt|col|gen|lt|sgt|eng|ing|no|nr|ref|req|approx|tel|ext|est|dept|univ|inc|ltd|llc|corp|co|pvt|pte|pty|bros|vs|etc|e\.g|i\.e|cf|resp|incl|excl|"
    r"mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|hrs|min|mins|hr|a\.m|p\.m|am|pm|u\.s|u\.k|s\.p\.a|s\.r\.o|sp\. z o\.o|z o\.o|ca|bzw|z\.b|sra|sr|srta|dra|fl|bldg|rm|ave|rd|blvd)|\b[A-Z]|\d)\.$",
    re.I,
)
MERIDIEM = re.compile(r"(?:\b|\d)[ap]\.?m\.$", re.I)
# "at 10:00.", "in 2026." and "February 2." end a sentence; "on the 2." does not.
WHOLE_NUMBER = re.compile(
    r"(?:\d:\d\d|\b\d{4,}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]* \d{1,2})\.$", re.I
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


@dataclass(frozen=True, slots=True)
class Sentence:
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
        glue = len(line) >= FULL_LINE or bool(
            out
            and len(raw.rstrip()) >= 45
            and line[-1:].isalnum()
            and not OPENS_NEW.match(raw)
            and len(out[-1][0]) >= 60
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
    pieces: list[str] = []
    start = 0
    sign = ENDS_WITHIN.search(line)
    if sign is None or not SPACE.search(line, sign.end()):
        return [line]
    for match in BREAK.finditer(line):
        head = line[start : match.start()].rstrip()
        follows = line[match.end() : match.end() + 1]
        ends = (
            MERIDIEM.search(head)
            and len(head) > 25
            or WHOLE_NUMBER.search(head[-16:])
            or LETTERED.search(head[-3:])
            and OPENER.match(line, match.end())
        )
        if ABBREVIATION.search(head[-12:]) and not (ends and follows.isupper()):
            continue
        if head:
            pieces.append(head + line[match.start() : match.end()].strip())
        start = match.end()
    rest = line[start:].strip()
    if rest:
        pieces.append(rest)
    return pieces
