"""Sentences -> who on the employer's side will take part in the conversation, and whether its writer will.

Only a person whom a sentence brings together with the owner counts: "talk to Lee Tran", "Lee and I", a list below "You will
meet:". Whoever is merely named ("since Ted Marsh retired", "ask for Ola at the desk") does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.core.read.people import NAME, NOT_NAMES, names_in, parse_name
from agent.core.read.reading import Evidence, Person
from agent.core.read.sentences import Sentence
from agent.core.read.titles import titles_in

MEET = (
    r"(?:meet(?:s|ing)?|met|talk(?:s|ing)?(?: to| with)?|speak(?:s|ing)?(?: to| with)?|chat(?:ting)?(?: to| with)?|interview(?:s|ed|ing)?(?: by| with)?|see(?:s|ing)?|sit(?:s|ting)? (?:down |in )?with|join(?:s|ed|ing)?(?: by| with)?|conversation with|discussion with|meeting with|call with|session with|"
    r"time with|hour with|minutes with|panel with|round with|lunch with|coffee with|tour with|appointment with|interview with|chat with|slot with|video with|zoom with|teams with|audition (?:for|with)|introduce you to|across from|faces?|facing|in front of|before)"
)
TAKES_PART = (
    r"(?:will|would|shall|is going to|are going to|wants?|would like|'d like|'ll|is|are|can|has asked|have asked|asks?|should like|wishes|hopes|plans)?\s?(?:also |both |then |all |very much |be |to )*(?:(?:like|love|want|be (?:happy|glad|keen|delighted)|keen|happy|eager|curious) (?:to |for )?)?"
    r"(?:meet(?:ing)?|talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|interview(?:ing)?|join(?:ing)?|sit(?:ting)? in|sit(?:ting)?|be (?:there|present|with us|on the (?:call|panel|line|screen)|in the room|your interviewers?|interviewing|joining|leading|conducting|chairing|asking)|lead(?:ing)?|conduct(?:ing)?|chair(?:ing)?|take (?:part|you|the (?:interview|lead|first|second))|takes you|taking (?:part|you)|dial(?:s|ling|ing)? in|ring(?:ing)?|call(?:ing)? you|host(?:ing)?|run(?:ning)? (?:the|it|this)|show(?:ing)? you|"
    r"ask(?:ing)? (?:you|the|most|a few)|have (?:a|you|an|some)|an? (?:hour|half|chat|word|talk|call|conversation|quick)|hear(?:ing)? (?:more|you|about|from)|see(?:ing)? you|get to know|do(?:ing)? (?:half|the|most|part|all)|welcome|receive|come along|attend|participate|(?:an |a )?\d+ minutes|forty-five minutes|know (?:you|more)|meets|talks|interviews|joins|leads|chairs|sits|asks|comes)\b"
)
WITH_NAMES = re.compile(rf"\b{MEET}\s+(?:also |both |our |my |the |your |with )*", re.I)
WITH = re.compile(r"\bwith\s+(?:our |my |the |both )*", re.I)
SUBJECT_PART = re.compile(TAKES_PART, re.I)
PANEL = re.compile(r"\b(?:panel|jury|committee|board|interviewers?|interview team|hiring team|selection team|on the (?:call|other side|screen)|round|you will (?:be )?(?:meet|see|talk)(?:ing)?|you(?:'|’)ll (?:be )?(?:meet|see|talk)(?:ing)?|attendees|participants|present|who(?:'|’)s who|in the room|at the table|around the table|with|facing you)\b[^.:]{0,60}(?::|\b(?:is|are|will be|consists? of|composed of|made up of|comprises?|includes?|being|of)\b)", re.I)
LIST_HEAD = re.compile(r"(?:meet(?:ing)?|see(?:ing)?|talk(?:ing)? (?:to|with)|panel|interviewers?|with|jury|committee|attendees|participants|who|present|people|team|line-?up|faces|table)\b[^.]{0,40}:?\s*$", re.I)
FORM_LINE = re.compile(r"^(?:interviewers?|with|who|panel|attendees|participants|host|met|mit|avec|con)\s*:?\s+(?=[A-ZÀ-Þ])", re.I)
NOT_PRESENT = re.compile(
    r"\b(?:report(?:s|ing)? to|ask for|ask at|instead of|since|after|replac(?:e|es|ing)|successor|retire|left us|contact|in copy|cc|copied|regards? from|greets?|says hi|told me|tells me|said|recommended|referred|gave me|sent me|forwarded|passed (?:me|on)|unless|apolog|cannot|won['’]t|will not|is not|isn['’]t|not be|on leave|away|daughter|son|wife|husband|mother|father|"
    r"assistant will (?:send|book)|will send|sends? you|send you|books?|will be in touch|reception|lets you in|meets you at the (?:door|gate|reception|lift|desk)|brings? you (?:up|in)|picks? you up|collects? you|lets you|sign you in|if you need|questions to|directions|parking)\b",
    re.I,
)
I_TAKE_PART = re.compile(
    r"\b(?:with me\b(?! (?:your|a copy))|you and (?:me|i)\b|you \+ me|me and you|the two of us|two of us|both of us|just (?:me|us)|only me|only you and me|between us|(?:join|meet|see|visit|talk to|speak (?:to|with)|chat with) (?:me|us)\b|i(?: will|'ll|’ll| shall| would| am|'m|’m|'d|’d)?(?: also| then| both| very much| really)?(?: like| love| be| want| should like| going| looking forward| happy| keen)?(?: to| there)?(?: to)? "
    r"(?:meet(?:ing)? you|talk(?:ing)?(?: with you| to you| about)|speak(?:ing)? (?:with|to) you|chat(?:ting)?|see(?:ing)? you|interview(?:ing)? you|hear(?:ing)? (?:more|about|how|what|the)|call(?:ing)? you|ring(?:ing)? you|show(?:ing)? you|ask(?:ing)? you|receiv(?:e|ing) you|welcom(?:e|ing) you|be (?:there|alone|your|on the call|joining|with you|in the room|conducting|leading)|get(?:ting)? (?:to know|acquainted)|have a (?:proper )?(?:look|chat|word|talk|natter)|pick(?:ing)? your brain|take you (?:round|through)|lead(?:ing)?|host(?:ing)?|sit(?:ting)? (?:down|in)|join(?:ing)?)|"
    r"(?-i:[A-ZÀ-Þ])\w+ and (?-i:I)\b|^(?:just |only )?me and (?-i:[A-ZÀ-Þ])|\bme and (?-i:[A-ZÀ-Þ])\w+ (?:will|are|would)|\bcome and see (?:me|us)|our kitchen|my (?:office|kitchen|bench|workshop|studio|desk) |my colleagues? [^.]{2,60} and (?-i:I)\b|sit in with me|alongside me|together with me|want (?:the story|to hear|to know)|have a look at you|half of the talking|half the talking|me over (?:coffee|tea|lunch)|over (?:coffee|tea) with me|i(?:'| wi)ll be (?:alone|there)|it (?:will|would) be (?:just )?me|just you and)\b"
)
I_STAY_OUT = re.compile(
    r"\b(?:i (?:will|do|shall|won['’]t|can|would|am|only|just)? ?(?:not|only|just)? ?(?:do the (?:hellos|coffee|introductions)|won['’]t be|will not be|not be|do not (?:assist|attend|sit|take part|join)|don['’]t (?:sit|attend|join|take part)|cannot be|am not (?:on|part|in|joining)|(?:only|just) (?:do|handle|organi[sz]e|coordinate|book|open|make|bring|arrange|pour|say|look after|take notes|keep))|i(?:'|’)ll (?:not be|only|just (?:do|make|bring|open|say|pour|show you (?:in|up)|let you in|hand you|walk you (?:in|up)))|without me|leave you (?:to it|alone|in)|hand you over|make myself scarce|i (?:welcome|meet|greet|collect|fetch) you at the (?:door|gate|reception|desk|lift)|"
    r"not in the room|i (?:stay|keep) out|on behalf of|arranging (?:this|the)|his (?:assistant|secretary|pa)|her (?:assistant|secretary|pa)|assistant to|(?:pa|secretary) to|would love a chat|for (?:him|her|them)\b)",
    re.I,
)


PLACE = re.compile(r"\s*(?:office|building|street|road|avenue|campus|branch|site|station|plant|room|hall|centre|center|house|square|tower|gate|hotel|park|airport|depot|floor|wing|hub|factory|studio|warehouse|school|library|museum|hospital)\b", re.I)


PRONOUN_PART = re.compile(rf"\b(?:he|she|they)\b {TAKES_PART}|\b(?:he|she|they)(?:'|’)(?:ll|d|s|re) {TAKES_PART}", re.I)


def participants(sentences: Sequence[Sentence], known: Iterable[str], not_people: Iterable[str]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """-> (people who will take part, names said to be absent). `known`: names of the owner, the writer; `not_people`: organisations."""
    skip = {w.lower() for name in known for w in re.split(r"[\s,]+", name) if w}
    others = {name.lower() for name in not_people}
    found: dict[str, Person] = {}
    absent: list[str] = []
    listing = 0
    for n, sentence in enumerate(sentences):
        text = sentence.text
        if not re.search(r"[A-ZÀ-Þ][a-zà-ÿ]", text):
            continue
        if listing and list_line(text):
            for person in listed(text, sentence.where):
                add(found, person, skip, others)
            continue
        listing = 0
        if NOT_PRESENT.search(text) and not PANEL.search(text) and not WITH_NAMES.search(text):
            absent += [name for name, *_ in clean_names(text)]
            continue
        for person in in_sentence(text, sentence.where):
            add(found, person, skip, others)
        if LIST_HEAD.search(text) and (text.rstrip().endswith(":") or len(text) < 60) and n + 1 < len(sentences) and list_line(sentences[n + 1].text):
            listing = 1
    return tuple(found.values()), tuple(absent)


def add(found: dict[str, Person], person: Person, skip: set[str], others: set[str]) -> None:
    words = [w.lower().strip(".,") for w in person.name.split()]
    if not words or all(w in skip for w in words) or person.name.lower() in others or (len(words) == 1 and words[0] in skip):
        return
    if any(person.name.lower() in o or o in person.name.lower() for o in others if len(o) > 3):
        return
    key = person.name.lower()
    for known in list(found):
        if key in known.split() or set(words) <= set(known.split()):
            return
        if known in words or set(known.split()) <= set(words):
            del found[known]
    found[key] = person


def clean_names(text: str) -> list[tuple[str, str, int, int]]:
    spans = [(s, e) for _, s, e in titles_in(text)]
    out = []
    for name, title, start, end in names_in(text):
        if any(s <= start < e for s, e in spans if not title):
            continue
        out.append((name, title, start, end))
    return out


def list_line(text: str) -> bool:
    bare = re.sub(r"^\W*(?:\d+[.)])?\s*", "", text)
    return len(text) < 140 and bool(NAME.match(bare)) and not re.search(r"[.!?]\s+[A-Z]", text) and not text.rstrip().endswith(("?", "!"))


def listed(text: str, where: str) -> list[Person]:
    bare = re.sub(r"^\W*(?:\d+[.)])?\s*", "", text)
    first = NAME.match(bare)
    if not first:
        return []
    name = first.group("name")
    words = name.split()
    if any(w.lower() in NOT_NAMES for w in words) or PLACE.match(bare[first.end() :]):
        return []
    if len(words) < 2 and not first.group("title") and not re.match(r"\s*[,(–—:-]|\s*$", bare[first.end() :]):
        return []
    title = re.sub(r"^[\s,–—:(-]+", "", bare[first.end() :]).strip(" )")
    return [Person(parse_name(f"{first.group('title') or ''} {name}").full or name, title[:80], True, Evidence("takes part", text[:160], where))]


def in_sentence(text: str, where: str) -> list[Person]:
    """People whom this one sentence brings together with the owner."""
    names = clean_names(text)
    if not names and not FORM_LINE.match(text):
        single = singles(text)
        return [Person(name, "", True, Evidence("takes part", text[:160], where)) for name in single]
    people: list[Person] = []
    evidence = Evidence("takes part", text[:160], where)
    anchors = [m.end() for m in WITH_NAMES.finditer(text)] + [m.end() for m in WITH.finditer(text)] + [m.end() for m in PANEL.finditer(text)]
    form = FORM_LINE.match(text)
    if form:
        anchors.append(form.end())
    if len(names) == 1 and PRONOUN_PART.search(text):
        return [Person(names[0][0], title_behind(text[names[0][3] : names[0][3] + 160]), True, evidence)]
    reached = -1
    for name, _title, start, end in names:
        if PLACE.match(text[end : end + 30]):
            continue
        by_anchor = any(0 <= start - a <= 12 or a <= start and chained(text[a:start]) for a in anchors) or start <= reached
        after = text[end : end + 160]
        by_verb = bool(re.match(rf"(?:,[^,.;]{{2,70}},)?(?:\s*\([^)]{{1,60}}\))?(?:,? (?:and|&|,) (?:I|[A-ZÀ-Þ]\S+(?: [A-ZÀ-Þ]\S+)?)){{0,3}}(?:,[^,.;]{{2,70}},)? {TAKES_PART}", after, re.I)) and not negated(after)
        if by_anchor or by_verb:
            people.append(Person(name, title_behind(after), True, evidence))
            reached = end + 90 if chained(text[end : end + 40].split(".")[0][:4]) else end + 3
    return people


def negated(after: str) -> bool:
    return bool(re.match(r".{0,40}\b(?:not|n['’]t|cannot|unable|sends?|says?|told|tells|asked me to|gave|forwarded|has read|liked)\b(?! only)", after)) and not re.match(r".{0,80}\bwould like\b", after)


def chained(between: str) -> bool:
    """Only other names, titles in commas and "and" stand between."""
    return bool(re.fullmatch(r"(?:[\s,;:/&(–-]|and|und|et|y|e|as well as|plus|both|also|with|by|[A-ZÀ-Þ][\w'’.-]*|\([^)]*\)|the|our|of|from|in|head|for|who [^,]{2,60},|[a-z]+(?= of )| (?:engineering|planning|clinical|medical) )*", between)) and len(between) < 140


def title_behind(after: str) -> str:
    match = re.match(r"^,? ?(?:\(|our |the |, )?((?:[A-Z][\w&/-]*|of|and|the|&)(?: (?:[A-Z][\w&/-]*|of|and|the|&)){0,5})", after)
    return match.group(1)[:60] if match and after[:2] in (", ", " (") else ""


def singles(text: str) -> list[str]:
    """A lone given name behind "with"/"meet": "tell Losa I'll be there" is the owner's; "a call with Noor"."""
    found = []
    for match in re.finditer(rf"\b{MEET}\s+(?:our |my )?([A-ZÀ-Þ][a-zà-ÿ'’-]{{1,20}})\b(?: and ([A-ZÀ-Þ][a-zà-ÿ'’-]{{1,20}})\b)?", text):
        found += [name for name in match.groups() if name and name.lower() not in NOT_NAMES]
    return found


def writer_takes_part(sentences: Sequence[Sentence]) -> bool | None:
    """Does the writer say that they will be in the conversation (True) or stay out of it (False)? None: neither."""
    answer: bool | None = None
    for sentence in sentences:
        if I_STAY_OUT.search(sentence.text):
            if re.search(r"\bI\b|without me|hand you over|assistant", sentence.text):
                return False
        elif I_TAKE_PART.search(sentence.text):
            answer = True
    return answer
