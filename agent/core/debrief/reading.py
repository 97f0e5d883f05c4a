"""A form that was filled in -> its answers, each with the owner's words; what cannot be read is kept as unread (P17).

Rule 1: total: whatever stands there, there is an answer, and no word of the owner's is dropped without being named in it.
Rule 2: days are read as everywhere else (POLICY, "reply-by date"), relative to the day on which the form was filled in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from agent.core.debrief.answers import Answers, Unread
from agent.core.debrief.form import QUESTIONS, Form, cut
from agent.core.debrief.people import EMAIL, people_in
from agent.core.read import promises
from agent.core.read.acts import normal
from agent.core.read.days import Setting, resolve
from agent.core.read.moments import find
from agent.core.read.people import no_name
from agent.core.read.reading import Evidence, Promise

LONGEST_ANSWER = 1_200
UNKNOWN = re.compile(
    r"^(?:(?:i |we |they |you |it |that )?(?:(?:have |has )?(?:no|not the slightest) (?:idea|clue)|(?:do|does|did)(?: not|n['’]?t) (?:know|say|tell(?: me)?|mention(?: it)?|remember|ask)|(?:was|were|is|are)(?: not|n['’]?t) (?:said|clear|sure|mentioned)"
    r"|forgot(?: to ask)?|unknown|unclear|unsure|not (?:sure|said|clear|known|mentioned|yet)|hard to (?:say|tell)|no (?:date|day)(?: (?:was )?(?:given|said|named))?|can(?:no|['’]?)t (?:say|tell|remember)|nobody (?:said|knows)|n/?a|none|nothing|nope|no|nah|dunno|idk|tbd|tba"
    r"|(?:they will (?:answer|write|call) |they['’]ll (?:be in touch|answer|write|call) )?(?:soon|shortly|asap|as soon as (?:they can|possible))))\b[^\w]{0,6}(?:really|yet|sorry|exactly|else|idea)?\W*$",
    re.I,
)
YES = re.compile(
    r"^(?:yes|yep|yeah|yup|y|sure|of course|certainly|ok(?:ay)?|please do|definitely|gladly|absolutely|i (?:may|can)|they said (?:yes|i (?:may|can|could|should))|fine|no problem|(?:she|he) said yes|✓|✔|👍)(?![a-z])",
    re.I,
)
NO = re.compile(
    r"^(?:no|nope|nah|n|not? really|rather not|better not|please (?:do not|don['’]?t)|don['’]?t|do not|they (?:asked|told) me not to|they said (?:no|not to)|never|👎|✗|✘)(?![a-z])",
    re.I,
)
LATER_NO = re.compile(r"^(?:no,? (?:problem|worries|objection))", re.I)
SAMPLES = re.compile(
    r"\b(?:portfolio|samples?|code|articles?|link|repository|examples?|writing|design|pdf|publications?)\b", re.I
)
WENT = (
    ("badly", r"\bnot (?:so |very |too |that |particularly |really |all that )?(?:well|good|great)\b|\b(?:wasn|didn)['’]?t (?:go )?(?:so |very |too |that )?(?:well|good|great)\b|\bcould have gone better\b|\bcould['’]?ve gone better\b"),
    ("ok", r"\bnot (?:too |so |that )?(?:bad|badly|terrible)\b|\bcould (?:be|have been) (?:worse|better)\b|\bso[- ]so\b|\bmixed\b|\bmeh\b|\bmiddling\b"),
    ("badly", r"\b(?:bad|badly|terribl[ey]|awful(?:ly)?|poor(?:ly)?|disaster|horribl[ey]|worst|failed|dreadful(?:ly)?)\b|👎|😞|😢|🙁|☹"),
    ("well", r"\b(?:well|good|great|fantastic|brilliant(?:ly)?|amazing(?:ly)?|lovely|super|excellent(?:ly)?|wonderful(?:ly)?|perfect(?:ly)?|nice(?:ly)?|smooth(?:ly)?|awesome|positive(?:ly)?)\b|👍|🙂|😀|😊|🎉"),
    ("ok", r"\b(?:ok|okay|o\.k\.|fine|alright|all right|average|decent|fair|normal|neutral)\b|😐"),
)  # fmt: skip
FEELINGS = tuple((value, re.compile(pattern, re.I)) for value, pattern in WENT)
QUANTITY = re.compile(
    r"^(?:an?|one|two|three|four|five|six|ten|\d{1,2}|about|around|roughly) ?(?:to|or|-|–)? ?(?:\w+ ){0,3}(?:day|week|month|fortnight)",
    re.I,
)
OR_TWO = re.compile(r"\b(?:an?|one) (day|week|month) or two\b", re.I)
OF_THE_TALK = re.compile(r"\bwent\b|^\w+\W*$|\b(?:talk|interview|conversation|meeting|call)\b", re.I)
ABOUT = re.compile(r"^(?P<who>[^\W\d_][\w.'’ -]{0,60}?)\s?[:–—]\s{1,3}(?P<text>\S.*)$")
NOT_WHO = frozenset(
    "note notes ps p.s important nb fyi remember also one two three first second third todo to-do".split()
)


def filled(
    text: str, subject: str, setting: Setting, owner_names: tuple[str, ...], own_addresses: frozenset[str]
) -> Answers | None:
    """The answers of the form in a text, or None where there is no form. `setting`: the day on which it was filled in."""
    form = cut(text, subject, owner_names) if text.strip() else Form()
    if not form.found:
        return None
    unread: list[Unread] = []
    values: dict[str, object] = {}
    words: list[tuple[str, str]] = []
    loose = placed(form, setting, own_addresses)
    unread += [Unread("", line[:300], "it stands under none of the questions") for line in loose]
    for name, read in READERS.items():
        lines = [line[:LONGEST_ANSWER] for line in form.answers.get(name, [])]
        if not lines:
            continue
        found, odd = read(lines, setting)
        values |= found
        unread += odd
        if found:
            words.append((name, " ".join(lines)[:300]))
    met, odd_people = people_in(form.answers.get("met", []), own_addresses)
    unread += odd_people
    made = Answers(
        form=form.reference,
        met=met,
        whole="met" in form.unquoted and any(not m.absent for m in met),
        words=tuple(words),
        unread=tuple(dict.fromkeys(unread)),
        **values,  # type: ignore[arg-type]
    )
    return with_digest(made)


def with_digest(answers: Answers) -> Answers:
    return replace(answers, digest=hashlib.sha256(repr(answers).encode("utf-8", "replace")).hexdigest()[:12])


def placed(form: Form, setting: Setting, own_addresses: frozenset[str]) -> list[str]:
    """Lines under no question go where their content belongs, if that is beyond doubt -> the lines that are left."""
    left = []
    for line in form.loose:
        short = len(line.split()) <= 9
        address = EMAIL.search(line)
        if address and address.group().lower() not in own_addresses:
            form.answers.setdefault("met", []).append(line)
        elif "when" not in form.answers and (promised(line, setting) or short and day_said(line, setting)[0]):
            form.answers["when"] = [line]
        elif "went" not in form.answers and short and feeling(line) and OF_THE_TALK.search(line):
            form.answers["went"] = [line]
        else:
            left.append(line)
    return left


Found = tuple[dict[str, object], list[Unread]]


def asked(name: str) -> str:
    return QUESTIONS[name][0].partition(",")[0]


# --------------------------------------------------------------------------------------------------------------- a day


def when(lines: Sequence[str], setting: Setting) -> Found:
    """By when they answer: a day, or so many days after the interview."""
    text = " ".join(lines)
    if UNKNOWN.match(text.strip()):
        return {}, []
    found, why = day_said(text, setting)
    if found is None:
        return {}, [Unread(asked("when"), text[:300], why)]
    if found.day is not None:
        return {"reply_by": found.day}, []
    return {"reply_after": found.after_interview, "business": found.business}, []


def day_said(text: str, setting: Setting) -> tuple[Promise | None, str]:
    """The last day that an answer names -> (it, or None; why not). Any day counts here: the question has said what for."""
    text = OR_TWO.sub(r"two \1s", text)
    sure = promised(text, setting)
    if sure is not None:
        return sure, ""
    for before in ("in ", "") if QUANTITY.match(text) else ("", "by ", "by the ", "on the "):
        days = find(before + text).days
        if days:
            break
    else:
        return None, "no day could be found in it"
    last: date | None = None
    for day in days:
        if day.from_interview and day.form == "count":
            count = 5 if day.text == "few" else day.number * (7 if day.unit == "weeks" else 1)
            return Promise(None, count, day.unit == "business", Evidence("reply by", text[:160])), ""
        span = resolve(day, setting)
        if span is not None and (last is None or span[1] > last):
            last = span[1]
    if last is None:
        return None, "no such day"
    if last < setting.written:
        return None, f"that day, {last:%-d %B %Y}, was over when you wrote it"
    if last > setting.written + timedelta(days=400):
        return None, f"{last:%-d %B %Y} is more than a year off"
    return Promise(last, 0, False, Evidence("reply by", text[:160])), ""


def promised(text: str, setting: Setting) -> Promise | None:
    """As in the employer's mail: "they'll let me know by Friday"."""
    found = find(text)
    masks = [(d.start, d.end, "DAY") for d in found.days] + [(c.start, c.end, "TIME") for c in found.clocks]
    masks += [(n.start, n.end, "LENGTH") for n in found.lengths]
    line = promises.Line(normal(text, masks), tuple(found.days), text[:160], "text")
    return promises.promise_in([line], setting)


# ------------------------------------------------------------------------------------------------------ the other answers


def may_follow_up(lines: Sequence[str], setting: Setting) -> Found:
    text = " ".join(lines).strip()
    if YES.match(text) or LATER_NO.match(text):
        return {"may_follow_up": "yes"}, []
    if UNKNOWN.match(text) and not NO.match(text):
        return {}, []
    if NO.match(text):
        return {"may_follow_up": "no"}, []
    return {}, [Unread(asked("may_follow_up"), text[:300], "it reads neither as yes nor as no")]


def samples(lines: Sequence[str], setting: Setting) -> Found:
    text = " ".join(lines).strip()
    if NO.match(text) or UNKNOWN.match(text):
        return {"samples": "no"} if NO.match(text) else {}, []
    if YES.match(text) or SAMPLES.search(text):
        return {"samples": "yes"}, []
    return {}, [Unread(asked("samples"), text[:300], "it reads neither as yes nor as no")]


def feeling(text: str) -> str:
    """ "well", "ok", "badly" or "": of the words for it the first one counts, a negation before all."""
    found = [(m.start(), n, value) for n, (value, pattern) in enumerate(FEELINGS) if (m := pattern.search(text))]
    return min(found)[2] if found else ""


def went(lines: Sequence[str], setting: Setting) -> Found:
    text = " ".join(lines).strip()
    value = feeling(text)
    if value:
        return {"went": value}, []
    if UNKNOWN.match(text):
        return {}, []
    return {}, [Unread(asked("went"), text[:300], "say well, ok or badly")]


def remember(lines: Sequence[str], setting: Setting) -> Found:
    """Each line one thing; "Lee: …" is about Lee."""
    found = []
    for line in lines:
        if UNKNOWN.match(line):
            continue
        about = ABOUT.match(line)
        if about and names_somebody(about["who"]):
            found.append((" ".join(about["who"].split()), about["text"]))
        else:
            found.append(("", line))
    return ({"remember": tuple(found)} if found else {}), []


def names_somebody(text: str) -> bool:
    words = text.split()
    return len(words) <= 4 and not any(no_name(w) or w.lower() in NOT_WHO for w in words) and words[0][0].isupper()


def clarify(lines: Sequence[str], setting: Setting) -> Found:
    said = [line for line in lines if not UNKNOWN.match(line) and not NO.fullmatch(line.strip(" .!"))]
    return ({"clarify": " ".join(said)[:LONGEST_ANSWER]} if said else {}), []


READERS: dict[str, Callable[[Sequence[str], Setting], Found]] = {
    "when": when,
    "may_follow_up": may_follow_up,
    "remember": remember,
    "clarify": clarify,
    "samples": samples,
    "went": went,
}
assert set(READERS) | {"met"} == set(QUESTIONS)
