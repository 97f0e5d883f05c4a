"""Sentences -> the reply-by date that the employer promises, the deadline of an offer, and the day somebody is back.

Rule 1: a promise is the employer's: "I'll let you know by Friday", never "let me know by Friday" nor the owner's own.
Rule 2: "soon" is no date; a date in the past is no promise; automatic mail promises nothing (P20, decided in `lifecycle`).
Rule 3: in a sentence with several dates the one bound to the promise counts: behind it, with by/until/on, the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.core.read.days import Setting, resolve
from agent.core.read.moments import Day
from agent.core.read.reading import Evidence, Promise

TELL = (
    r"(?:let you (?:both |all )?know|letting you know|tell(?:ing)? (?:you|everyone|everybody|all|the lot|people|each|them|me)|inform(?:ing)? (?:you|everyone|everybody|all|the candidates|candidates|people)|get(?:ting)? back (?:to you|with)|get back|come back (?:to you|with)|coming back to you|back to you|revert|be in touch|in touch|get in touch|"
    r"contact(?:ing)? (?:you|everyone|all|candidates)|call(?:ing)? you|ring(?:ing)? you|phone you|give you (?:an?|our|the|my|some|your)? ?(?:\w+ )?(?:answer|decision|news|verdict|word|yes|shout|call|ring|reply|response|update|definite|final|outcome|result|bell|buzz)|update you|write to you|write again|write back|reach out|reach you|answer you|reply to you|respond to you|"
    r"(?:have|have got|get|make|take|come to|reach|announce|send (?:you )?|share|publish|communicate|give|issue|deliver|bring|know|see|arrive at|settle on) (?:you )?(?:a |an |our |the |my |some |any |more |final |firm |you |all |its |their |his |her |clear |yes or |good |definite )*(?:decision|answer|news|verdict|word|outcome|result|results|reply|response|choice|conclusion|more|selection|minds?|feedback|call|yes or no)|"
    r"decid(?:e|ing)|choose|make up (?:our|my|their|his|her) minds?|announce|notify (?:you|all|everyone|candidates)|know(?: more)?\b|have (?:something|it) for you|confirm (?:either way|one way|the outcome|our decision)|say (?:yes|no|either)|sort it|have it (?:settled|sorted|wrapped)|be able to (?:tell|say)|put you out of|wrap (?:this|it|things) up|close (?:this|the process|the search)|be done|finish|conclude|settle (?:it|this|the matter))"
)
SUBJECT = r"(?:i|we|they|she|he|hr|someone|somebody|NAME|ORG|team|panel|committee|board|colleague|office|department|director|manager|people|both|all|everyone|partner|owner|boss|secretary|faculty|council|jury|trustees|chief|principal|head|recruiter|client|company|dean|governors|one of us|either of us|and)"
WILL = r"(?:will|shall|should|would|can|could|hope|aim|aims|expect|expects|plan|plans|want|wants|intend|intends|am going|are going|is going|going|promise|promises|ought|may|might|must|have|has|need|needs|am|are|is|like|try|trying|be able|am able|planning|hoping|aiming|expecting|intending|undertake|meant|due|supposed|know|decide|decides|have to|meet|meets)"
PROMISES = (
    re.compile(rf"\b{SUBJECT}(?: \w+)?,? (?:\w+ ){{0,2}}?{WILL}(?: \w+){{0,6}}? {TELL}"),
    re.compile(r"\b(?:you|everyone|everybody|candidates|all of you|each of you) (?:\w+ )?(?:will|shall|should|would|can expect|may expect|are going|is going|can count on|ought) (?:\w+ ){0,4}?(?:hear|have|get|receive|know|be told|be informed|be notified|be contacted|expect|find|see|learn|an answer|news|word)(?:ing)?\b(?! (?:to |the )?(?:invit|link|access|agenda|details|directions|calendar))"),
    re.compile(r"\b(?:expect|look out for|count on|reckon on|await) (?:\w+ ){0,4}?(?:to hear|an answer|a decision|news|a call|word|a reply|our|from (?:me|us)|hear|response|outcome|results?|feedback)\b"),
    re.compile(r"\b(?:decision|answer|outcome|results?|verdict|news|word|feedback|choice|reply|response|yes or no|announcement|letters?|selection|conclusion|offers?)(?: \w+){0,5}? (?:is|are|will|should|shall|by|before|on|in|within|comes?|goes|go|due|expected|out|to be|falls?|follows?|until|at|can be|reach(?:es)?|arrives?|no later|not later|latest|the|early|next|mid|end|around|for)\b"),
    re.compile(r"\b(?:it will|it may|it might|it could|it can|it should|this will|that will|will|it would|expect it to|that) take (?:us |me |them |about |up to |around |roughly |another |at least |the board |a )*"),
    re.compile(r"\b(?:give (?:us|me|them)|bear with (?:us|me)|be patient|need|needs|allow (?:us|me)|patience|hang on|wait|hold on|sit tight|hold tight|ask for|want)(?: \w+){0,4}? (?:until|till|to|by|another|for|through)\b"),
    re.compile(r"\b(?:if you (?:have not|do not|did not|don t|hear nothing|have no)|should you not|in case you (?:do not|have not))(?: \w+){0,4}? ?(?:heard?|hear|received?|got|get|news|word|nothing|anything)\b"),
    re.compile(r"\b(?:we|i|they|board|panel|committee|team|council|directors|partners|governors|trustees|jury|NAME|faculty|owners|family)(?: \w+){0,3}? (?:meets?|votes?|sits?|decides?|choose|chooses|sign(?:s)? off|will meet|will vote|will sit|gathers?|confers?|rules?|will choose|will pick|pick|picks|make (?:the|our|a)|makes (?:the|its|a)|are deciding|is deciding|deciding|have until|has until)\b"),
    re.compile(r"\b(?:deadline|date|timeline|timing|target|aim|goal|plan|idea)(?: \w+){0,4}? (?:for (?:our|the|a|us|my) (?:decision|answer|choice)|to decide|is|by|to have)\b"),
    re.compile(r"\b(?:news|answer|verdict|decision|word|yes or no|update|reply|result) (?:one way|either way|from (?:me|us)|by|on|before|in|within|no later|latest|next|to you|for you)\b"),
)
TO_OWNER = re.compile(
    r"\b(?:please|kindly|could you|can you|would you|will you|you (?:could|can|should|must|need|have)|let (?:me|us|him|her|NAME) (?:know|have)|tell (?:me|us)|send|mail|email|submit|return|reply|respond|confirm|answer|hand in|upload|complete|fill|sign|get (?:it|them|this|back) to (?:me|us)|(?:your|the) (?:answer|decision|reply|response|solution|documents|papers|task) (?:is |are |must |should )?(?:due|by|back|before|in)|need (?:it|them|your|to (?:hear|have|know))|(?:hear|have|need|want|expect|know|receive|get|await) (?:back )?(?:from you|your)|accept|decide whether you|you decide|offer (?:is|stands|expires|valid|open|runs))\b"
)
NOT_AN_ANSWER = re.compile(r"\b(?:invitation|invite|calendar|link|agenda|directions|address|details|parking|map|pass|badge|joining instructions|slot|slots|dates?|times?|schedule|rota|reminder|form|access|zoom|documents|itinerary|booking|logistics|time and place|task|test|assignment|exercise|who you will meet|names of)\b")
VAGUE = re.compile(r"\b(?:soon|shortly|in due course|as soon as|asap|before long|presently)\b")
BINDING = re.compile(r"(?:\bby|\bbefore|\buntil|\btill|\bon|\bwithin|\bin|\bnot later than|\bno later than|\blatest|\bat the latest|\bfor|\baround|\babout|\bcome|\bafter|\bover|\bduring|\bthroughout|\bfrom|\bthis side of|\btowards?)(?: \w+){0,3}\s*$")
PAST = re.compile(r"\b(?:was|were|had|promised|said|told|thought|hoped|wanted|expected|planned|meant|supposed|originally|last|ago|missed|passed|apolog\w+|sorry)\b")
DEADLINE = re.compile(r"\b(?:by|until|till|before|latest|no later than|not later than|deadline|expires?|valid|open|stands|runs|lapses|on or before|within|hold)\b")
DEADLINE_OWNER = re.compile(
    r"\b(?:let (?:me|us|him|her|NAME|ORG) (?:know|have)|tell (?:me|us)|your (?:answer|decision|reply|response|yes|signature|acceptance|word|verdict|call)|(?:hear|have|need|want|expect|know|receive|get|await|like)(?: to (?:hear|know|have))? (?:back )?(?:from you|your|what you|whether you|an answer|a reply|it|if you)|accept|decide|sign(?:ed)?|return|reply|respond|confirm|answer|offer (?:is|stands|expires|valid|open|runs|lapses|remains)|valid|expires?|deadline|think (?:it|on|about)|take (?:your time|until)|come back to (?:me|us)|get back to (?:me|us)|hold (?:it|the|this|your)|keep (?:it|the))\b"
)
BACK = re.compile(r"\b(?:back|return(?:ing|s)?|again|resume|reachable|available|in the office|at my desk|answer|reply|read|until|till|through|up to|before|to)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence prepared for this: its normal form, its days in the order of the DAY masks, and the sentence as written."""

    normal: str
    days: tuple[Day, ...]
    written: str
    where: str


def day_marks(normal: str) -> list[int]:
    return [m.start() for m in re.finditer(r"\bDAY\b", normal)]


def promise_in(lines: Sequence[Line], setting: Setting) -> Promise | None:
    """The employer's promise of an answer; of several the last one said."""
    found: Promise | None = None
    for line in lines:
        made = promised(line, setting)
        if made is not None:
            found = made
    return found


def promised(line: Line, setting: Setting) -> Promise | None:
    text = line.normal
    if not line.days or text.endswith("?"):
        return None
    spans = [m.span() for pattern in PROMISES for m in pattern.finditer(text)]
    if not spans or (VAGUE.search(text) and not line.days):
        return None
    if TO_OWNER.search(text) and not clear_own_promise(text):
        return None
    marks = day_marks(text)
    day = bound(text, marks, line.days, spans, setting)
    if day is None:
        return None
    if NOT_AN_ANSWER.search(text) and not re.search(r"\b(?:decision|answer|outcome|verdict|decide|either way|yes or no|one way|result|know)\b", text):
        return None
    evidence = Evidence("reply by", line.written, line.where)
    if day.from_interview and day.form == "count":
        return Promise(None, (7 if day.unit == "weeks" else 1) * day.count if day.text != "few" else 5, day.unit == "business", evidence)
    span = resolve(day, setting)
    if span is None:
        return None
    last = span[1]
    if day.form == "weekend":
        last = span[0] if re.search(r"\b(?:before|by|for) (?:the |this |next )?DAY", text) else span[1] + timedelta(days=2 if "after" in text else 0)
    if last < setting.written or (last == setting.written and day.form != "relative") or last > setting.written + timedelta(days=400):
        return None
    return Promise(last, 0, False, evidence)


def clear_own_promise(text: str) -> bool:
    """Besides asking for something the sentence says that *they* will answer."""
    return bool(PROMISES[0].search(text) or PROMISES[1].search(text)) and not re.match(r"^(?:please|kindly|could you|can you|would you|will you)\b", text)


def bound(text: str, marks: list[int], days: tuple[Day, ...], spans: list[tuple[int, int]], setting: Setting) -> Day | None:
    """The day that belongs to the promise: the best by preposition and nearness, none that is plainly something else's."""
    best: tuple[float, int] | None = None
    for n, mark in enumerate(marks[: len(days)]):
        before = text[max(0, mark - 40) : mark]
        score = 0.0
        if BINDING.search(before):
            score += 2
        if re.search(r"\b(?:by|before|until|till|latest|within|no later than)(?: the| our| this| that| about| around| end of| close of business| cob| eod| close| of| business| play| \w+){0,3}\s*$", before):
            score += 2
        distances = [min(abs(mark - start), abs(mark - end)) + (0 if mark >= start else 25) for start, end in spans]
        score -= min(distances) / 40
        if any(start <= mark < end for start, end in spans):
            score += 1
        day = days[n]
        if day.form == "count" and day.count < 0:
            score -= 20
        if re.search(r"\b(?:your interview|the interview|we met|met you|spoke|talked|came|interviewed|seeing|see (?:the )?(?:other|last)|meet (?:the )?(?:other|last)|coming in|off|away|leave|holiday|back|return|closed|start(?:ing|s)?)(?: \w+){0,3}\s*$", before):
            score -= 3
        clause = re.split(r"[;,]| and | but | so ", text[: mark])[-1]
        if re.search(r"\b(?:other candidates?|interviews?|two more|others|last (?:person|candidate)|goes to|go to|sent to|submit|budget|sits|away|travel)\b", clause) and not any(p.search(clause) for p in PROMISES[:3]):
            score -= 1.5
        span = resolve(day, setting)
        if span is None or span[1] < setting.written:
            score -= 20
        if day.form in ("count",) and day.unit == "days" and re.search(r"\b(?:for|every|took|last|past)\s*$", before):
            score -= 4
        if best is None or score > best[0] or score == best[0]:
            best = (score, n)
    if best is None or best[0] < -6:
        return None
    chosen = best[1]
    # a range means its last day: "Monday or Tuesday", "between the 10th and the 14th"
    while chosen + 1 < min(len(days), len(marks)) and re.fullmatch(r"DAY (?:or|to|and|-|–|/|or (?:the )?latest|,? ?or (?:at the latest|maybe|perhaps|possibly) ?)(?: (?:the|on|by|maybe|perhaps))? ?", text[marks[chosen] : marks[chosen + 1]] + ""):
        chosen += 1
    return days[chosen]


def deadline_in(lines: Sequence[Line], setting: Setting) -> date | None:
    """The day by which an offer wants its answer; the last one named."""
    found: date | None = None
    for line in lines:
        if not line.days or not DEADLINE_OWNER.search(line.normal):
            continue
        marks = day_marks(line.normal)
        for n, mark in enumerate(marks[: len(line.days)]):
            before = line.normal[max(0, mark - 36) : mark]
            if not DEADLINE.search(before) and not re.search(r"\bDAY (?:at the latest|latest|is the deadline|the latest)", line.normal[mark : mark + 30]):
                continue
            if re.search(r"\b(?:start(?:ing)?|from|begin\w*|interview)\b(?: \w+){0,3}\s*$", before):
                continue
            span = resolve(line.days[n], setting)
            if span and span[1] >= setting.written:
                found = span[1]
    return found


def return_day(lines: Sequence[Line], setting: Setting) -> date | None:
    """When somebody who is away is back. "Back on the 14th" and "away until the 14th" both mean the 14th (settled cases)."""
    named: list[tuple[int, date]] = []
    for line in lines:
        marks = day_marks(line.normal)
        for n, mark in enumerate(marks[: len(line.days)]):
            span = resolve(line.days[n], setting)
            if span is None or span[1] < setting.written:
                continue
            before = line.normal[max(0, mark - 45) : mark]
            if re.search(r"\b(?:back|return\w*|again|resume\w*|reachable)\b", before) or re.match(r"DAY.{0,12}\b(?:i am|we are|i will be) back", line.normal[mark:]):
                named.append((3, span[1]))
            elif re.search(r"\b(?:until|till|through|to|up to|and|before|-|–)(?: the| and including| including| end of)?\s*$", before):
                named.append((2, span[1]))
            elif line.days[n].form in ("count", "week", "month") and re.search(r"\b(?:away|leave|holiday|out|off|vacation|gone|for|absent|travelling|traveling)\b", line.normal):
                named.append((1, span[1] if line.days[n].form != "week" else span[1] + timedelta(days=3)))
    if not named:
        return None
    best = max(rank for rank, _ in named)
    return max(day for rank, day in named if rank == best)
