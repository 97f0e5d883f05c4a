"""Sentences -> the reply-by date that the employer promises, the deadline of an offer, and the day somebody is back.

Rule 1: a promise is the employer's: "I'll let you know by Friday", never "let me know by Friday" nor the owner's own.
Rule 2: "soon" is no date; a date in the past is no promise; automatic mail promises nothing (P20, decided in `lifecycle`).
Rule 3: in a sentence with several dates the one bound to the promise counts: behind it, with by/until/on, the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from agent.core.read import model, pledges
from agent.core.read.dayforms import Day
from agent.core.read.days import Setting, resolve
from agent.core.read.letters import START
from agent.core.read.linear import Group
from agent.core.read.promising import (
    AGAIN,
    ANSWERS,
    BINDING,
    CLAUSE,
    CLAUSE_SIGNS,
    CLAUSE_WORDS,
    LOOKS_AHEAD,
    LOOKS_BACK,
    NEEDS_TIME,
    NOT_AN_ANSWER,
    NOUN,
    NOUN_HERE,
    OF_WAITING,
    OTHER_DAY,
    OTHER_MATTER,
    OURS,
    OWN_WILL,
    RANGE,
    SAID_WITH,
    SURE,
    TO_OWNER,
)
from agent.core.read.reading import Evidence, Promise
from agent.core.read.table import Sought
from agent.core.read.words import SPOKEN, in_order


class Line(NamedTuple):
    """One sentence prepared for this: its normal form, its days in the order of the DAY masks, and the sentence as written; the normal
    forms of those before and behind it."""

    normal: str
    days: tuple[Day, ...]
    written: str
    where: str
    before: str = ""
    behind: str = ""


DAY_MARK = re.compile("DAY")  # in a normal form it is always a word
WITH_AN_HOUR = re.compile(
    r"\b(?:by|before|until|till|no later than|latest)(?: (?:the|our|this|end|of|close|about|around|at|next|eod|cob|business|latest|on))* (?:TIME|DAY)"
)


def day_marks(normal: str) -> list[int]:
    return [m.start() for m in DAY_MARK.finditer(normal)]


def promise_in(lines: Sequence[Line], setting: Setting, weigh: bool = True) -> Promise | None:
    """The employer's promise of an answer; of several the last one said. `weigh`: a person writes, whose other ways of saying it
    `pledges` knows."""
    said = promise_said(lines, setting)
    if not weigh:
        return said
    rated = [(pledges.MODEL.odds(found), made) for found, made in looked_at(lines, setting)]
    return likeliest(rated, said)


def likeliest(rated: Sequence[tuple[float, Promise]], said: Promise | None) -> Promise | None:
    """What is promised by the odds of each day, where the expressions hear this; of days that are as likely the last one named."""
    if said is not None:
        best = max((odds for odds, made in rated if made.day == said.day), default=0.0)
        return said if best > TAKEN_BACK else None
    best, heard = HEARD, None
    for odds, made in rated:
        if odds >= best:
            best, heard = odds, made
    return heard


# From which odds on a day is the promised one though no expression says so, and up to which it is not though one does.
HEARD, TAKEN_BACK = 0.0, -6.5


def looked_at(lines: Sequence[Line], setting: Setting) -> Iterator[tuple[list[Group], Promise]]:
    """Each day to come of these lines, which may be the promised one, with what is found around it."""
    for line in lines:
        if line.where == "subject" or not 0 < len(line.days) <= MOST_DAYS:
            continue
        words = in_order(line.normal)
        if SWAPPED.search(line.normal, words) or OTHER_DAY.search(line.normal, words):
            continue  # of a day in another's place only what was promised before can tell
        days = [
            (mark, day, made)
            for mark, day in zip(day_marks(line.normal), line.days, strict=False)
            if (made := dated(line, day, line.normal, setting)) is not None
        ]
        around = pledges.of_sentence(line.normal, line.before, line.behind) if days else []
        for mark, day, made in days:
            ahead = (made.day - setting.written).days if made.day else None
            yield [*around, *pledges.of_day(line.normal, mark, day, ahead)], made


def promise_said(lines: Sequence[Line], setting: Setting) -> Promise | None:
    """The promise that the expressions of `promising` hear."""
    found: Promise | None = None
    broken = 0
    time: Day | None = None
    for line in lines:
        # "our call next week" heads a letter and promises nothing
        made = promised(line, setting) if line.where != "subject" else None
        if time is not None and not line.days and WITHIN_IT.search(line.normal):
            made = within(line, time, setting)
        time = next((day for day in line.days if day.form == "count"), None)
        broken = 3 if BROKEN.search(line.normal, in_order(line.normal)) else broken - 1
        if made is None and broken > 0 and 0 < len(line.days) <= 2 and INSTEAD.search(line.normal):
            made = dated(line, line.days[-1], line.normal, setting)
        if made is not None:
            found = made
    return found


def within(line: Line, time: Day, setting: Setting) -> Promise | None:
    """The promise of a sentence that leans on the time named before it: "all takes ten days with us. You hear within those"."""
    words = in_order(line.normal)
    asked = TO_OWNER.search(line.normal, words) or line.normal.endswith("?")
    return None if asked or not surely(line.normal, words) else dated(line, time, line.normal, setting)


WITHIN_IT = re.compile(r"\b(?:within|inside(?: of)?) (?:those|these|them|it|that(?: time| period| span| window)?)\b")
# A promise that is broken, and what stands in its place: "that's not going to happen now. It will be the week of 8 June instead."
BROKEN = Sought(
    r"\b(?:not going to happen|will not happen|go(?:ing)? back on|liar of|take (?:it|that) back|cannot keep|not be able to keep|will not make (?:it|that)|break(?:ing)? (?:my|our) (?:word|promise)|\bno, (?:sorry|perd[oó]n|wait|pardon|excuse me)\b|scrap (?:what|everything) (?:i|we) (?:said|wrote|told you)|forget (?:what|everything|the day|the date) (?:i|we) (?:wrote|said|told you|gave you|promised)|i (?:had )?(?:told you|said|promised))\b"
)
INSTEAD = re.compile(
    r"^(?:so |but |and )*(?:it|that|the (?:answer|decision|news)) (?:will|should|is going to|would|must) (?:now |rather |more likely )?be\b.{0,20}\bDAY\b|^(?:please )?(?:call|make) (?:it|that) (?:the )?DAY\b|\bforget (?:what|everything) (?:i|we)\b.{0,60}\b(?:it|that) (?:will|should|is going to|must) (?:now |rather )?be (?:by |until |till |before )?DAY\b|\bDAY instead\b|^(?:let us |i would |we would )?(?:say|think) (?:the )?DAY\b|^now (?:it is |it will be )?DAY\b|^(?:so |rather |on |then )*(?:the )?DAY ?,? then\b"
)


# A day in another's place: "make that Friday the 17th", "it'll be the 4th now".
SWAPPED = Sought(
    START
    + r"(?:make|call) (?:it|that)(?: the)? DAY\b|\b(?:it|that) (?:will|should|is going to|would) (?:now |rather |more likely )?be (?:by |until |till |before )?DAY\b|\bDAY (?:instead|now)\b"
    r"|^(?:so |now |sorry,? )*(?:let us )?say DAY\b|\bfor (?:the )?DAY,? read (?:the )?DAY\b|\b(?:now|rather|instead) (?:it is |it will be )?(?:by |until )?DAY\b|\bpushed? (?:it |that |things )?(?:back )?to DAY\b"
)


def instead_in(lines: Sequence[Line], setting: Setting) -> Promise | None:
    """A day that takes another's place, of which the mail does not say what it is for; the last one named.

    Whether it is the day of the answer, only what was promised before can tell.
    """
    found: Promise | None = None
    for line in lines:
        plain = line.where == "text" and 0 < len(line.days) <= 3 and "TIME" not in line.normal
        text = line.normal
        if plain and not text.endswith("?") and SWAPPED.search(text, in_order(text)):
            found = dated(line, line.days[-1], line.normal, setting) or found
    return found


# A question mark that asks for a nod only: "you have our answer on Friday, okay?"
TAG = re.compile(r",? (?:okay|ok|right|yes|alright|all right|deal|fine|good|si|ja|no) ?\?$")
WILL_NOT = re.compile(
    r"\bDAY (?:is|are) (?:now |a |an )?(?:out|off|no longer|no-?go|wash-?out|write-?off)\b|\bDAY late\b(?! (?:in|morning|afternoon|evening|on|at)\b)|\bDAY (?:i|we) (?:still |really )?(?:cannot|can not|could not|do not know)\b|\bno (?:quorum|vote|meeting) (?:on|this) DAY\b|\b(?:not (?:going to )?(?:work|suit|happen)|not possible|is off|cannot (?:make|do))\b"
)


OLD_WORD = re.compile(
    r"^(?:\w+ ){0,3}?i (?:wrote|said|told you|promised|mentioned|had (?:said|written|promised|told you))(?: you)? that\b(?!.*\b(?:still|stands|remains)\b)"
)
# "Ring me if the 19th is no good to you"
IF_IT_FAILS = re.compile(r"\b(?:if|should|in case) (?:the )?$")
NOT_NOW = re.compile(r"\bnot going to happen\b|\bwill not happen\b|\b(?:take|taking) (?:it|that) back\b")
A_WORD = re.compile(r"\ba (?:quick |small |last |short |little )?word (?:before|about)(?: the| this)?\s*$")  # of advice
OF_WORD = re.compile(rf"\b(?:you|ye|decid\w+|tell|know|hear|word|expect|{NOUN})\b")
AWAY = re.compile(
    r"\b(?:in|away|off|out|abroad|on leave|travelling|traveling|holiday|back|busy|closed|shut|still|snowed in) (?:\w+ ){0,3}?(?:until|till|before)\b"
)
# Where nothing of this is said, the model must not be sure that the sentence is about something else.
OF_THE_OUTCOME = re.compile(
    r"\b(?:answers?|decisions?|decides?|news|verdict|outcome|results?|reply|inform\w*|notified|be advised|letters? (?:to|will|go)|in writing|all who|everyone who|you told (?=by |before |on |until |DAY)|hear from|hear back|(?:you|we|i|they) (?:will|would|shall|should) (?:know|hear)|you hear|hanging|holler|shout|(?:come|get) back to you|you (?:will |shall )?(?:get|come) to know|let you know|tell you|our position|promised?|yes or (?:a |an? )?no|(?:is|are|be) told|be informed|(?:ring|call|calls|phone|mail|text|tell|inform|answer)(?: all)? (?:everyone|everybody|all of you|you all|each|every (?:finalist|candidate))|answer you|(?:return|report) (?:to )?you\b(?! (?:to|on your))|(?:one|either) way or (?:the other|another))\b"
)
THEY_NEED = re.compile(
    r"\b(?:we|they|i|he|she)(?: will| shall| would|'ll)? (?:still |now |really )?need(?:s)? (?:\w+ )?(?:until|till|another)\b"
)
SOMETHING_ELSE = 0.22
NEWS = 0.85  # from here on a sentence with "by …" that no pattern foresaw is one that promises
SURE_NEWS = 0.93  # and from here on one with any day
MOST_DAYS = 12  # a sentence with more of them is a timetable


def promised(line: Line, setting: Setting) -> Promise | None:
    text = line.normal
    if not 0 < len(line.days) <= MOST_DAYS or text.endswith("?") and not TAG.search(text) or "DAY" not in text:
        return None
    if an_hour_is_set(text):
        return None
    marks = day_marks(text)[: len(line.days)]
    clauses = clauses_of(text, marks)
    words = in_order(text)
    sure_there = [surely(clause, words) for clause in clauses]
    chosen = bound(text, marks, clauses, sure_there, line.days, setting)
    if chosen is None:
        return None
    clause = clauses[chosen]
    before = text[: marks[chosen]]
    given = (
        GIVES_TIME.search(before)
        and IN_RETURN.match(text, marks[chosen] + 3)
        and (line.days[chosen].form == "count" or before.endswith(("until ", "till ")))
    )
    ours = any(sought.search(clause, words) for sought in OURS)
    passed_on = PASSED_ON.search(clause)
    sure = (
        given
        or ours
        or sure_there[chosen]
        or clause != text
        and surely(text, words)
        or any(p.search(text) for p in OF_WAITING)
        or passed_on
        or GIVEN.search(before)
        or OF_AN_ANSWER.search(before)
        or BY.search(before)
        and not AWAY.search(clause)
        and OF_WORD.search(clause)
        and model.probabilities(text, False)["status"] >= NEWS
        or OF_WORD.search(text)
        and model.probabilities(text, False)["status"] >= SURE_NEWS
    )
    if not sure and not (NOUN_HERE.search(clause, words) and SAID_WITH.search(clause)):
        return None
    asked = TO_OWNER.search(clause, words) and not clear_own_promise(clause) and not passed_on
    if asked and not given and not ours or A_WORD.search(before):
        return None
    if OTHER_DAY.search(clause, words):
        return None
    if NOT_AN_ANSWER.search(clause, words) and not ANSWERS.search(clause) and not NEEDS_TIME.search(clause):
        return None
    if LOOKS_BACK.search(clause) and not LOOKS_AHEAD.search(clause) or WILL_NOT.search(clause):
        return None
    if OLD_WORD.search(text) or IF_IT_FAILS.search(before) or NOT_NOW.search(text[marks[chosen] : marks[chosen] + 80]):
        return None
    told = ours or passed_on or OF_THE_OUTCOME.search(clause) or THEY_NEED.search(clause)
    if not told and model.probabilities(text, False)["status"] < SOMETHING_ELSE:
        return None
    return dated(line, line.days[chosen], text, setting)


def surely(clause: str, words: Sequence[str]) -> bool:
    """Does this promise an answer? `words`: those of the whole sentence."""
    return any(sought.search(clause, words) for sought in SURE)


def dated(line: Line, day: Day, text: str, setting: Setting) -> Promise | None:
    """The promise with its day worked out; None where that day is no day to come."""
    evidence = Evidence("reply by", line.written, line.where)
    if day.from_interview and day.form == "count":
        return Promise(
            None,
            (7 if day.unit == "weeks" else 1) * day.number if day.text != "few" else 5,
            day.unit == "business",
            evidence,
        )
    span = resolve(day, setting)
    if span is None:
        return None
    last = span[1]
    if day.form == "weekend":
        last = (
            span[0]
            if re.search(r"\b(?:before|by|for) (?:the |this |next )?DAY", text)
            else span[1] + timedelta(days=2 if "after" in text else 0)
        )
    if (
        last < setting.written
        or (last == setting.written and day.form != "relative")
        or last > setting.written + timedelta(days=400)
    ):
        return None
    return Promise(last, 0, False, evidence)


def clauses_of(text: str, marks: Sequence[int]) -> list[str]:
    """The part of the sentence that each day stands in: cut at semicolons, colons and where another clause begins."""
    may_be = any(map(text.__contains__, CLAUSE_SIGNS)) or not CLAUSE_WORDS.isdisjoint(in_order(text))
    cuts = [m.end() for m in CLAUSE.finditer(text)] if may_be else []
    return [clause_of(text, cuts, mark) for mark in marks] if cuts else [text] * len(marks)


def clause_of(text: str, cuts: Sequence[int], mark: int) -> str:
    start = max((c for c in cuts if c <= mark), default=0)
    end = min((c for c in cuts if c > mark), default=len(text))
    piece = text[start:end]
    # a clause that is nothing but the day belongs to the one before it; where it is the first, to the next
    if len(piece.split()) < 4:
        before = max((c for c in cuts if c < start), default=0)
        piece = text[before:end] if start else text[: min((c for c in cuts if c > end), default=len(text))]
    return piece


def an_hour_is_set(text: str) -> bool:
    """A sentence that names an hour is about a conversation, unless it says "by" then."""
    return "TIME" in text and not WITH_AN_HOUR.search(text)


# "I should like to have it all in the house before Wednesday": what comes is the owner's.
WANTS_IT = re.compile(
    r"\b(?:like|love|want|need|wish|hope) to (?:have|get|see|receive) (?:it|them|this|that|your)\b(?! for you)"
)


def clear_own_promise(text: str) -> bool:
    """Besides asking for something the clause says that *they* will answer."""
    return (
        bool(OWN_WILL.search(text))
        and not WANTS_IT.search(text)
        and not re.match(
            r"^(?:please(?! (?:count on|expect|allow|be (?:advised|informed|assured)))|kindly(?! (?:count on|expect|allow|bear|be (?:advised|informed|assured)|note|rest assured))|could you|can you|would you|will you)\b",
            text,
        )
    )


GIVEN = re.compile(
    r"\b(?:timelines?|time-?frame|deadline|target|eta|(?:new|expected|likely) date)(?: \w+){0,5}(?: (?:is|was|for|now|of)|\s?:)\s*$"
)
RECKON = Sought(
    r"\b(?:calculate|reckon|count|allow|plan|expect|figure|give it)(?: (?:with|on|for|about|it|us|another))*\s*$"
)
GONE_BY = Sought(
    r"\bgives? you\s*$|\b(?:pushed|enjoyed|liked|loved|attended|having attended|chased|reminded|nudged|asked|rang|called|phoned|emailed|wrote|written|spoke|spoken|heard|told|saw|seen|met|visited|sat)(?: (?!would|will|should|shall)\w+){0,4} (?:on|last)\s*$|\b(?:heard|saw|met|spoke|talked|discussed|covered|visited)\s*$"
)
OF_A_LETTER = Sought(
    r"\b(?:letter|e-?mail|mail|message|note|lines|application|call|request|enquiry) (?:of|from|dated)(?: the)?\s*$"
)


BY = re.compile(
    r"\b(?:by|before|until|till|latest|within|no later than)(?: the| our| this| that| about| around| end of| close of business| cob| eod| close| of| business| play| \w+){0,3}\s*$"
)
NOT_UNTIL = Sought(
    r"\b(?:they|he|she|it|board|committee|NAME) (?:do|does|will|did) not \w+(?: again)? (?:until|till|before)(?: the)?\s*$|\b(?:board|body|committee|council|panel|trustees|which|that|it) (?:\w+ )?is not (?:until|till|before)(?: the)?\s*$"
)
# "Give us a couple of weeks and you'll get a straight answer"
GIVES_TIME = re.compile(r"\b(?:give|allow|grant|leave) (?:us|me|them|him|her)(?: \w+){0,2}\s*$")
# Behind it stands what they do then; "a week to process your expenses" is another matter.
IN_RETURN = re.compile(
    r"(?: to (?:decide|answer|think|talk|come back|get back|let|make up|choose|confer)| (?:and|then|so|before|please)\b|\W*$|\s*[.,;!:])"
)
OF_AN_ANSWER = re.compile(rf"(?:^|\b(?:the|our|my|new|final|right) ){NOUN}:? ?(?:on|by|is|comes|date)?:?\s*$")
# What is "with us" by then has reached the agency, not the owner.
WITH_US = re.compile(
    r"\b(?:be|get|reach|arrive)(?: \w+){0,2} (?:with|to) (?:me|us)(?: by| before| until)?(?: the)?\s*$"
)
# What reaches an agency by then is passed on: "the decision from the client will be with us by Friday", "she's going to let me know".
PASSED_ON = re.compile(
    r"\b(?:decision|answer|verdict|outcome|word|news|feedback) (?:from|of) (?:the |their |our )?(?:client|ORG|NAME|company|firm|house|director|board|\w+) (?:will|should|is to|ought to)\b"
    r"|\b(?:she|he|they|NAME|ORG|the client)(?: is| are)? (?:will|shall|going to|promised to|has promised to|have promised to|should) (?:\w+ )?(?:let|tell|ring|call|phone|mail|text|inform) (?:me|us)\b"
)
SET_ASIDE = Sought(
    r"\b(?:set|keep|kept|reserved|blocked)(?: aside)?(?: the)?\s*$"
)  # "we've set the 23rd aside to decide"
IN_ITS_PLACE = Sought(r"\b(?:make|call) (?:it|that)(?: the)?\s*$")
# "Have a blessed weekend": nothing is promised for it.
WISHED = Sought(
    r"\b(?:have(?! to\b)|enjoy|wish(?:es|ing)?)(?: you)?(?: all)?(?: an?)? (?:(?!set\b|kept\b|reserved\b|blocked\b|by\b|on\b|for\b|before\b|in\b|until\b|answer|decision|reply|word|news)\w+ ){0,3}$"
)
# What stands right before a day, and right behind it: how much that speaks for its being the promised one.
BEFORE_IT = (
    (WISHED, -20),
    (Sought(r"^(?:so |and |just )?(?:about|re|regarding|concerning|as for)(?: the)? $"), -20),  # "About Wednesday: the yard is dug up"
    (Sought(r"\bwithout (?:\w+ ){0,6}(?:until|till|before)\s*$"), -20),
    (Sought(BINDING.pattern), 2), (Sought(BY.pattern), 2), (NOT_UNTIL, -3), (Sought(OTHER_MATTER.pattern), -4), (Sought(GIVEN.pattern), 4), (Sought(GIVES_TIME.pattern), 4), (Sought(OF_AN_ANSWER.pattern), 4), (IN_ITS_PLACE, 3), (RECKON, 3), (SET_ASIDE, 3), (GONE_BY, -6), (OF_A_LETTER, -20),
)  # fmt: skip
HOLIDAY = re.compile(
    r"DAY (?:is|being|will be) (?:a |our |the )?(?:public |bank |national |regular |special )*holiday\b|DAY (?:does|do) not count\b"
)
BEHIND_IT = (
    (
        re.compile(
            r"^DAY for (?:the|an?|our|your|any) (?:\w+ )?(?:outcome|answer|decision|verdict|result|reply|news)\b"
        ),
        4,
    ),
    (re.compile(r"^DAY as (?:the|our|my) (?:day|date)\b"), 4),
    (re.compile(r"^DAY (?:do|did) (?:i|we) (?:see|find|read|get|open)\b"), -20),  # "only today do I see your letter"
    (re.compile(r"^DAY(?: \w+)? (?:at the (?:latest|most)|latest|tops|max)\b"), 2),
    (HOLIDAY, -20),
    (re.compile(r"^DAY (?:on|in|out of) (?:two|three|four)\b"), -20),  # "one week on two"
    # "so put Friday in your diary: that is the day by which you will know"
    (
        re.compile(
            r"^DAY(?: in(?:to)? your (?:diary|calendar|book))?[ ,:;–-]+(?:that|this|it|which) (?:is|will be|s) (?:when|the (?:day|date))\b.{0,30}\b(?:you|we|i)\b"
        ),
        6,
    ),
    (re.compile(r"^DAY(?: \w+)? before (?:i|we|you|there|they|anything|anybody|anyone|any)\b"), 5),
)
OF_OTHERS = Sought(
    r"\b(?:other candidates?|interviews?|two more|others|last (?:person|candidate)|goes to|go to|sent to|submit|budget|away|travel|fly in|flies)\b"
)
SO_LONG = re.compile(r"\b(?:for|every|took)\s*$")
ANY_DAY = re.compile(
    r"\b(?:tell|give|name|say|promise|offer|set)(?: (?:you|us|a|an|any|exact))*\s*$"
)  # "tell you a day"
SO_FAR = re.compile(r"\b(?:last|past|previous|latest)\s*$")


def bound(
    text: str, marks: list[int], clauses: list[str], sure: list[bool], days: tuple[Day, ...], setting: Setting
) -> int | None:
    """Which of the sentence's days belongs to the promise: by its preposition and its clause; none that is plainly something else's.

    For each day: its place, its clause, and whether that clause surely promises.
    """
    best: tuple[float, int] | None = None
    words = in_order(text)
    for n, (mark, clause) in enumerate(zip(marks, clauses, strict=True)):
        before, behind = text[max(0, mark - 40) : mark], text[mark:]
        there = SPOKEN.findall(before)
        score = float(sum([points for sought, points in BEFORE_IT if sought.search(before, there)]))
        score += sum([points for pattern, points in BEHIND_IT if pattern.match(behind)])
        score -= 8 if WITH_US.search(before) and not PASSED_ON.search(clause) else 0
        if sure[n]:
            score += 3
        elif OF_OTHERS.search(clause, words):
            score -= 2
        if NOUN_HERE.search(clause, words):
            score += 2
        score += of_its_form(days[n], before)
        span = resolve(days[n], setting)
        if span is None or span[1] < setting.written:
            score -= 20
        if best is None or score >= best[0]:
            best = (score, n)
    if best is None or best[0] < 1:
        return None
    return last_of_range(text, marks, days, best[1])


def of_its_form(day: Day, before: str) -> float:
    """Points against a day that is only counted, and a weekend that is only long."""
    score = 0.0
    if day.form == "weekend" and before.endswith(" all "):
        score -= 20
    if day.form == "count":
        if day.number < 0 or day.end - day.start <= len("a day") and ANY_DAY.search(before):
            score -= 20
        if day.unit == "days" and SO_LONG.search(before):
            score -= 4
        if SO_FAR.search(before):
            score -= 20
    return score


def last_of_range(text: str, marks: list[int], days: tuple[Day, ...], chosen: int) -> int:
    """A range means its last day ("Monday or Tuesday", "between the 10th and the 14th"); a day named twice means the exact one."""
    while chosen + 1 < min(len(days), len(marks)):
        between = text[marks[chosen] + 3 : marks[chosen + 1]]
        again = AGAIN.fullmatch(between) and days[chosen + 1].form == "date"
        if HOLIDAY.match(text, marks[chosen + 1]) or not again and not RANGE.fullmatch(between):
            break
        chosen += 1
    return chosen
