"""A text -> the form in it, cut at its questions: reference, the lines under each question, and the lines under none (P17).

Rule 1: questions are known by their words, whatever stands around them: quote marks, bullets, hints, another order.
Rule 2: what the form itself says, and what mail clients add, is no answer; everything else is kept, under a question or loose.
Rule 3: every pattern is bounded and is tried on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from agent.core.decode import own
from agent.core.decode.headers import clean

MOST_TEXT = 40_000
MOST_LINES = 600
LONGEST = 2_000
FULL_LINE = 58  # a line this long that is followed by another was broken by the client

REFERENCE = re.compile(r"^\W{0,6}ref(?:erence)?\b\W{0,4}([0-9a-f]{6})\b\W{0,3}$", re.I)
IN_SUBJECT = re.compile(r"\(([0-9a-f]{6})\)")
QUOTED = re.compile(r"^\s{0,3}[>|]")
MARKS = re.compile(r"^(?:[>|\s]|[-–—=~]{1,3}>|→|➔|➜|➡\ufe0f?|⇒|»|à(?=\s|$)|[*•·–—-](?=\s|$)|\ufeff)+")
ARROW = re.compile(r"^[>|\s]*(?:[-–—=~]{1,3}>|→|➔|➜|➡|⇒|»|[*•·–-]\s)")
HINT = r"(?:\s{0,3}\([^)]{0,160}\)?)?"
END = rf"\s{{0,3}}[?.:!]{{0,3}}{HINT}\s{{0,3}}[?:]{{0,2}}\s{{0,3}}"

# field -> (its question as our form asks it, the forms in which it is known again)
QUESTIONS: dict[str, tuple[str, str]] = {
    "when": ("When will you hear from them", r"when (?:will|do|should|can) (?:you|i)(?: expect to)? hear(?: back)?(?: from them)?"),
    "may_follow_up": ("May you follow up", r"may (?:you|i) follow[ -]?up(?: with them)?"),
    "met": (
        "Who was there, with e-mail addresses",
        r"who (?:was|were) (?:there|present)(?:,? (?:with|and)?(?: their)?(?: names and)?(?: e-?mail)?(?: addresses)?)?",
    ),
    "remember": ("What was worth remembering", r"what (?:was|is) worth (?:remembering|noting)"),
    "clarify": (
        "Anything you forgot to say, or want to clarify",
        r"(?:is there |was there )?anything (?:that )?(?:you|i) forgot(?: to (?:say|mention))?(?:,? or (?:you )?(?:want|would like) to clarify)?",
    ),
    "samples": ("Did they ask for work samples", r"did they ask (?:you )?for (?:any )?(?:work )?samples"),
    "went": ("How did it go", r"how did it go"),
}  # fmt: skip
PATTERNS = {
    name: re.compile(rf"(?:{known}){END}".replace(" ", r"\s{1,3}"), re.I) for name, (_, known) in QUESTIONS.items()
}
# Short names by which people answer who write above or below the form instead of in it.
LABELS = re.compile(
    r"^(?P<label>when|reply(?: |-)?by|answer by|decision|follow(?: |-)?up|who|people|met|remember|clarify|samples|went|how|mood)\s?[:=]\s?(?P<rest>\S.*)$",
    re.I,
)
LABEL_OF = {
    "when": "when", "reply by": "when", "reply-by": "when", "replyby": "when", "answer by": "when", "decision": "when",
    "follow up": "may_follow_up", "follow-up": "may_follow_up", "followup": "may_follow_up", "who": "met", "people": "met", "met": "met",
    "remember": "remember", "clarify": "clarify", "samples": "samples", "went": "went", "how": "went", "mood": "went",
}  # fmt: skip
OWN_WORDS = re.compile(
    r"^(?:your interview\b.{0,300}\bon (?:the day we met|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2})\W*$"
    r"|(?:a few lines while it is fresh|fill in what you like behind the arrows|answer what you can behind the arrows)\b.{0,300}$"
    r"|(?:leave the rest(?: empty)?|and send this to yourself|then send this to yourself|or just save it)\b.{0,120}$"
    r"|afterword, running beside your mailbox$|a sentence here goes into your thank-you\b.{0,200}$)",
    re.I,
)
SUBJECT_LINE = re.compile(r"^(?:subject|betreff|objet)\s?:\s?.{0,20}debrief: ", re.I)
PUNCTUATION = re.compile(r"[^\w]+")


@dataclass(slots=True)
class Form:
    """`answers`: field -> its lines; `loose`: lines under no question; `asked`: the questions that were found, `unquoted` those
    that stood there as in the form itself, and not in a quotation of it."""

    reference: str = ""
    answers: dict[str, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    unquoted: set[str] = field(default_factory=set)

    @property
    def found(self) -> bool:
        return bool(self.reference) or len(self.asked) >= 2


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: without its marks, and what it had in front."""

    text: str
    quoted: bool
    arrow: bool
    blank: bool = False


def cut(text: str, subject: str = "", owner_names: tuple[str, ...] = ()) -> Form:
    """The form in a text. `Form.found` is false where there is none."""
    form = Form(reference=in_subject(subject))
    now = ""
    for line in logical(text):
        reference = REFERENCE.match(line.text)
        if reference:
            form.reference, now = reference.group(1).lower(), ""
            continue
        if line.blank or OWN_WORDS.match(line.text) or SUBJECT_LINE.match(line.text):
            continue
        asked, rest = question(line.text)
        if asked:
            now = asked
            form.asked.add(asked)
            if not line.quoted:
                form.unquoted.add(asked)
        elif not now:
            labelled = LABELS.match(line.text)
            if labelled:
                form.answers.setdefault(LABEL_OF[labelled["label"].lower()], []).append(labelled["rest"])
                continue
            rest = line.text
        else:
            rest = line.text
        if not rest or trifle(rest, owner_names):
            continue
        if now:
            kept = form.answers.setdefault(now, [])
            if rest not in kept:
                kept.append(rest)
        elif rest not in form.loose:
            form.loose.append(rest)
    return form


def in_subject(subject: str) -> str:
    found = IN_SUBJECT.findall(subject) if "debrief" in subject.lower() else []
    return found[-1].lower() if found else ""


def question(line: str) -> tuple[str, str]:
    """-> (which question the line asks, what stands behind it on the same line), or ("", "")."""
    for name, pattern in PATTERNS.items():
        match = pattern.match(line)
        if match:
            return name, MARKS.sub("", line[match.end() :]).strip()
    bare = squeezed(line.partition("?")[0])
    if not 8 <= len(bare) <= 60:
        return "", ""
    for name, (asked, _) in QUESTIONS.items():
        wanted = squeezed(asked)
        if abs(len(bare) - len(wanted)) <= 8 and SequenceMatcher(None, bare, wanted).ratio() >= 0.86:
            return name, MARKS.sub("", line.partition("?")[2]).strip()
    return "", ""


def squeezed(text: str) -> str:
    return PUNCTUATION.sub(" ", text.lower()).strip()


def trifle(line: str, owner_names: tuple[str, ...]) -> bool:
    """What clients and habits add: a sign-off, "Sent from my phone", the owner's own name, a bare hint, nothing at all."""
    if not any(c.isalnum() for c in line) and not any(ord(c) > 0x2600 for c in line):
        return True
    if own.PHONE.match(line) or len(line) < 40 and own.SIGN_OFF.match(line) and line.lower() not in ("best", "love"):
        return True
    if line.startswith("(") and line.endswith(")") and len(line) < 200 and "well, ok, badly" in line:
        return True
    return squeezed(line) in {squeezed(name) for name in owner_names} | {"arrow"}


def logical(text: str) -> list[Line]:
    """The lines of a text, wrapped ones joined, without what a client put around a quotation and without a signature."""
    text = text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u2028", "\n")
    raw = [line[:LONGEST].rstrip() for line in text.split("\n")[:MOST_LINES]]
    dropped = own.attributions(raw) if any(QUOTED.match(line) for line in raw) else attributed(raw)
    dropped |= heads(raw)
    out: list[Line] = []
    signature, glue = False, False
    for number, line in enumerate(raw):
        quoted = bool(QUOTED.match(line))
        bare = clean(MARKS.sub("", line), LONGEST)
        if line.lstrip("> |") in ("--", "-- "):
            signature = True
        elif signature and (quoted or question(bare)[0] or REFERENCE.match(bare)):
            signature = False
        if (
            signature
            or number in dropped
            or own.DIVIDER.match(line)
            or own.FORWARDED.match(line)
            or own.RULE.match(line)
        ):
            glue = False
            continue
        arrow = bool(ARROW.match(line.lstrip(">| ") if quoted else line))
        starts = arrow or not bare or bool(question(bare)[0]) or bool(REFERENCE.match(bare))
        if glue and not starts and out and out[-1].quoted == quoted:
            out[-1] = Line(f"{out[-1].text} {bare}"[:LONGEST], quoted, out[-1].arrow)
        else:
            out.append(Line(bare, quoted, arrow, not bare))
        glue = len(line) >= FULL_LINE and bool(bare)
    return out


def attributed(lines: list[str]) -> set[int]:
    """Lines like "On Tue, 12 May 2026 at 16:02, Sam wrote:" above a form that is quoted without marks."""
    return {
        at
        for at, line in enumerate(lines)
        if len(line) < 300 and own.WROTE.search(line[-40:]) and own.HAS_MOMENT.search(line)
    }


def heads(lines: list[str]) -> set[int]:
    """Blocks of quoted headers ("From: … Sent: … To: … Subject: …"), as Outlook puts them above what it quotes."""
    found: set[int] = set()
    for at in range(len(lines)):
        if own.FROM_LINE.match(own.unmarked(lines[at])) and own.header_block(lines, at, 1) is not None:
            end = at
            while end < min(at + 8, len(lines)) and lines[end].strip() and ":" in lines[end]:
                found.add(end)
                end += 1
    return found
