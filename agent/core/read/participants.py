"""Sentences -> who on the employer's side will take part in the conversation, and whether its writer will.

Only a person whom a sentence brings together with the owner counts: "talk to Lee Tran", "Lee and I", a list below "You will
meet:". Whoever is merely named ("since Ted Marsh retired", "our guest has praised you", "ask for Ola at the desk") does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.core.decode.headers import plain_letters
from agent.core.read.letters import START, small
from agent.core.read.lexicon import CAPITALS, SMALLS
from agent.core.read.lone import lone_names
from agent.core.read.people import NAME, NOT_NAMES, names_in, no_name, opens_with_jan, parse_name
from agent.core.read.reading import Evidence, Person
from agent.core.read.sentences import Sentence
from agent.core.read.spoken import WORD, alone_with_you, beside_me, he_sees_you, spoken_of, the_two_of_us
from agent.core.read.titles import is_head, titles_in
from agent.core.read.words import words_of

# Most of these are of small letters; of a text as written are the writer's (WITH_ME to I_STAY_OUT), ALSO_THERE, DEPARTMENT, and those with a capital.
# A sentence with one of these may bring people together with the owner.
TOGETHER = re.compile(
    START
    + r"(?:meet(?:s|ing)?|met with|talk(?:s|ing)?|speak(?:s|ing)?|chat(?:s|ting)?|interview(?:s|ed|ing|ers?)?|see(?:s|ing)? you|look at you|look(?:ing)? you over|(?:i|we) (?:shall |will )be accompanied|i['’]ll be accompanied|join(?:s|ing|ed)?|sit(?:s|ting)?|panel|jury|committee|board|with|beside|alongside|together|attend(?:s|ing)?|receive(?:s)?|proposes?|suggests?|be seated|plus|again, and|(?:seen|met|looked after|taken round|shown round) by|conduct(?:s|ed|ing)?|lead(?:s|ing)?|led by|chair(?:s|ed|ing)?|run(?:s|ning)?|host(?:s|ed|ing)?|"
    r"(?:put|has|have|get|got|noted|blocked) (?:it|this|that|you|the time) (?:also |already )?(?:in|into|on) (?:her|his|their|the) (?:agenda|diary|calendar)|(?:can|could) do\b|(?:he|she|they) and you\b|you and (?:him|her|them)\b|(?:is|are) free\b|take(?:s|n)? (?:part|you|by|(?:the|this|that|your) (?:round|interview|call|session|meeting|lead|conversation))|walk(?:s|ing)? you|show(?:s|ing)? you|in the room|pull(?:s|ing)? up a (?:stool|chair|seat)|at the table|around the table|and me|me and|(?:only|just) me(?=,)|and i\b|and myself|myself and|the undersigned|call(?:s|ing)? you|ring(?:s|ing)? you|ask(?:s|ing)? (?:you|the|most)|dial(?:s|ling)? in|there will (?:also |further )?be|there'?ll (?:also )?be|will be there|it(?:'|’)?(?:ll| will| would|'d|’d) be|it(?:'|’)?s|it is|hear (?:more|from you|about)|get to know|have a (?:word|look|chat|talk)|half the talking|(?:you(?:['’]re| are)|you)(?: also| first| then)? (?:seeing|meeting)|you will (?:now |instead |then |first )?(?:see|meet)|(?:is|will be|still|now)(?: \w+)? (?:doing|do|does|taking|takes) (?:it|this|that|the interviews?|your interview)\b|takes (?:it|this) over|sat with|wants? (?:to|a)|would (?:like|love)|questions?|await(?:s)?|welcome(?:s)?|opposite|facing|face(?:s)?|exchange with|round with|in front of|you(?:(?:'|’)(?:ll|d)| will| would) (?:have|see|find|be (?:seeing|with|having))|nobody else|goes in|(?:has|have|ha(?:s|ve) set aside|will take|takes?|keeps?|sets? aside|spares?) (?:\w+ ){0,2}(?:hours?|minutes|mins|time|slot) for you|present|received by|the person is|people are|on the (?:call|line)|will be (?:also|too|as well))\b"
    r"|[+&]"
)
# One of these words stands in every sentence that the pattern fits.
TOGETHER_WORDS = frozenset(
    """pull pulls pulling agenda diary calendar can could free meet meets meeting met talk talks talking speak speaks speaking chat chats chatting interview interviews interviewed interviewing
    interviewer interviewers see sees seeing look looking looks join joins joined joining sit sits sitting panel jury committee board with
    beside accompanied alongside together attend attends attending receive receives conduct conducts conducted conducting lead leads leading led chair
    chairs chaired chairing run runs running host hosts hosted hosting take takes taken walk walks walking show shows showing room table
    and me myself i undersigned call calls calling ring rings ringing ask asks asking dial dials dialing dialling there there'll will be it
    it's it’s it'll it'd hear know have talking half wants want would question questions await awaits welcome welcomes opposite facing
    face faces exchange round you'll you’ll you'd you’d you front seeing nobody goes present person proposes propose suggests suggest seated plus again also too line people received seen met looked taken shown""".split()
)
# The name stands in such a sentence, but for another reason.
OTHERWISE_BEFORE = re.compile(
    r"\b(?:report(?:s|ing)? to|(?:called|summoned|go|going|gone|off|travel(?:l?ing)?|fly(?:ing)?|flown|driv(?:e|ing)|moved?|moving|over|up|down|out|back|get) to|ask for|asks? at|instead of|since|after|replac(?:e|es|ing|ed)|successor (?:of|to)|in copy to|regards? (?:from|to)|greetings (?:from|to)|thanks to|contact|call me|i(?:'|’)m|i am|my name is|this is|it(?:'|’)s me|unlike|about|named after|says?|said|told|friend of|brother of|sister of|daughter of|son of|assistant (?:of|to)|secretary (?:of|to)|pa to|before|without|apolog\w+ (?:from|to)|at|in|near|via|through|behind|outside|opposite the|towards?|off|on behalf of|from|hear from|heard (?:back )?from|word from|(?:off|on) the (?:phone|blower) (?:with|to)|mail(?:ed)? from|cc|poor|old boss|guest|write to|wrote to|email|mail|send (?:it|them) to|copy to|not)\s+(?:the |our |my |your |his |her |old )?$"
)
OTHERWISE_AFTER = re.compile(
    r"^(?:,[^,.;]{2,60},|\s*\([^)]*\))?\s*(?:has (?:raved|told|said|given|left|retired|asked me|asked us|read|seen|passed|forwarded|recommended|shown|written|sent)|had|told|said|says|tells|gave|left|retired|recommended|raved|forwarded|passed|wrote|was (?:right|promoted)|sends?|only (?:set|sets|arranges|books|opens|handles)|(?:will|['’]ll) (?:then |also |just |later |kindly |gladly )?(?:send|be in touch|book|let you|email|mail|contact|arrange|confirm|forward|have your|bring you|collect|fetch|show you in|take you (?:up|in)|pick you|organi[sz]e|set (?:up|it up)|sort out|find (?:a|the|us a) (?:time|date|day|hour|room)|fix (?:a|the) (?:time|date|day|hour)|(?:work|do|weave) (?:her|his|their) (?:\w+ )?(?:magic|thing|bit|best)\b|make (?:the|a|an) (?:calendar|appointment|entry|booking|arrangements?)|put (?:it|this|that|us|you) in(?:to)? (?:the|your|my|our) (?:calendar|diary|book))|lets you in|collects|fetches|brings you|shows? (?:you )?the way|opens? (?:you )?the (?:door|gate)|leads? you (?:in|up)\b|'s (?:assistant|secretary|pa|office|desk|room|notes|idea|fault|cake)|’s (?:assistant|secretary|pa|office|desk|room|notes|idea|fault|cake)|at the (?:desk|gate|reception|door)|described|explained|outlined|set out|mentioned|cannot|can['’]t|won['’]t|will not|has (?:now |just |since )?(?:been (?:called (?:away|up|for|to|out)|taken ill)|fallen ill|(?:dropped|pulled|cried) out|had to (?:drop|pull|cry) out|gone down with)|is (?:away|ill|sick|not(?! (?:\w+ )?(?:careful|easy|shy|known|one|afraid|as|so|too|very|always|the|a|an)\b)|on leave|off|out)|being (?:away|ill|sick|on leave|off|out|abroad|unavailable|engaged)|(?:is )?(?:leav|retir)(?:es|ing)\b|(?:is going|goes|is gone) (?:to|into|on|off to|home to) (?:live|retire|leave|maternity|parental|pension|retirement|(?:his|her|their) (?:pension|retirement|well-earned))\b|isn['’]t|can not|does the (?:calendars?|booking)|is (?:the |our )?(?:[\w-]+ ){0,3}(?:and )?(?:is )?only (?:on|in|there|here|copied|invited|for)\b|and i (?:have|had|read|were|both liked|liked|loved|think|thought|agreed|had a)(?!.{0,90}\bwe(?:['’]d| would| both would) (?:both )?(?:like|love|want) to (?:hear|meet|see|talk|chat|speak)))"
)
# "Ask for Ola Berg at the desk, she is the one interviewing": the name stands for another reason, and then it takes part.
WHO_SEES_YOU = re.compile(
    r"^[^.;!?]{0,60}\b(?:she|he|who|they)(?:['’](?:ll|s)| will| is| are| would)? (?:be )?(?:the (?:one|person) (?:who (?:is |will be )?)?)?(?:look(?= (?:at you|you over)\b)|interview|see|meet|receiv|talk|speak|expect|chair)(?:s|e|es|ing)?\b(?! to the)(?! you (?:to|in|up|out|off|into|through)\b)"
)
BROUGHT_IN = re.compile(
    r"\b(?:cop(?:y|ied|ying)|cc['’]?d|loop(?:ed|ing)?|rop(?:ed|ing)|bring(?:ing)?|brought|draft(?:ed|ing)|dial(?:l?ed|l?ing)?|add(?:ed|ing)) in $"
)
PLACE = re.compile(
    r"\s*(?:office|building|street|road|avenue|campus|branch|site|station|plant|room|hall|centre|center|house|square|tower|gate|hotel|park|airport|depot|floor|wing|hub|factory|studio|warehouse|school|library|museum|hospital|day|week|time|project|team|stack|platform)\b"
)
LIST_HEAD = re.compile(
    r"(?:meet(?:ing)?|see(?:ing)?|talk(?:ing)? (?:to|with)|panel|interviewers?|with|jury|committee|attendees|participants|who|present|people|team|line-?up|faces|table|room|across|facing)\b[^.]{0,40}:?\s*$"
)
FORM_LINE = re.compile(
    rf"^(?:interviewers?|our side|from our side|on our side|for us|attending|attended by|with|who|panel|jury|attendees|participants|host|met|mit|avec|con|interview panel|your interviewers?)\s*:?\s+(?=[{CAPITALS}])",
    re.I,
)
WHERE_LINE = re.compile(r"^(?:where|venue|location|place|address|room|meeting point)\s*:")
GUEST_LINE = re.compile(r"organi[sz]er|guest|invited by|@")


def participants(
    sentences: Sequence[Sentence],
    owner: Iterable[str],
    writer: str,
    not_people: Iterable[str],
    copied: Iterable[str] = (),
) -> tuple[tuple[Person, ...], tuple[str, ...], bool]:
    """-> (people who will take part, names said to stay out, whether the writer is named among those who will).

    `owner`: their names; `not_people`: organisations; `copied`: names of those in copy or invited, who are recognised by a
    given name alone.
    """
    mine = {plain_letters(w) for w in writer.replace(",", " ").split() if len(w) > 1}
    skip = mine | {plain_letters(w) for name in owner for w in name.replace(",", " ").split()}
    houses = tuple(not_people)
    others = {name.lower() for name in houses}
    colleagues = {
        w.lower(): name for name in copied for w in name.split() if len(w) > 2 and plain_letters(w) not in skip
    }
    colleagues = {**short_names(colleagues), **colleagues}
    found: dict[str, Person] = {}
    absent: list[str] = []
    dropped: list[str] = []
    writer_named = listing = False
    for n, sentence in enumerate(sentences):
        text = sentence.text
        for until, said in ((n + 1, the_two_of_us), (n, he_sees_you), (n + 1, alone_with_you)):
            who = spoken_of(sentences[:until], others, colleagues) if said(text) else ""
            if who:
                add(found, Person(who, "", True, Evidence("takes part", text[:160], sentence.where)), skip, others)
        if (at := beside_me(text)) >= 0:
            before = (*sentences[:n], sentence._replace(text=text[:at]))
            if who := spoken_of(before, others, colleagues):
                add(found, Person(who, "", True, Evidence("takes part", text[:160], sentence.where)), skip, others)
        if listing and list_line(text) and not FORM_LINE.match(text):
            for person in listed(text, sentence.where):
                writer_named |= is_writer(person.name, mine)
                add(found, person, skip, others)
            continue
        listing = (
            n + 1 < len(sentences)
            and (len(text) < 60 or text.rstrip().endswith(":"))
            and list_line(sentences[n + 1].text)
            and bool(LIST_HEAD.search(small(text)))
        )
        for name in lone_names(text):
            full = colleagues.get(name.lower()) or colleagues.get(name, name)
            add(found, Person(full, "", True, Evidence("takes part", text[:160], sentence.where)), skip, others)
        if " | " in text or nobody_in(text, colleagues):
            continue
        dropped += [colleagues[said] for said in busy(text) if said in colleagues]
        together = brings_together(text)
        if together or "list" in text or "invit" in text:
            dropped += [name for name in DROPS_OUT.findall(text) if name.lower() not in NOT_NAMES]
        if not together:
            continue
        if WHERE_LINE.match(small(text)) or len(text) < 80 and GUEST_LINE.search(small(text)):
            continue
        for person, takes_part in people_of(text, sentence.where, colleagues):
            if any(f"{house}, {person.name}" in text for house in houses):
                continue  # "with Falcon Gate Handling, Abu Dhabi"
            if takes_part:
                writer_named |= is_writer(person.name, mine) and not introduces(text, person.name)
                add(found, person, skip, others)
            else:
                absent.append(person.name)
    found = {
        key: person
        for key, person in found.items()
        if not any(set(name.lower().split()) <= set(key.split()) for name in dropped)
    }
    absent += dropped
    writer_named |= len(found) == 1 and not absent and any(ALSO_THERE.search(s.text) for s in sentences)
    return tuple(found.values()), tuple(name for name in absent if name.lower() not in found), writer_named


# "It'll be Alan and me in the end, Deirdre has been called for jury duty": no more than a given name is needed.
DROPS_OUT = re.compile(
    rf"(?:^|[,;:.–-] |\b(?:but|and|as|because|since|though) )([{CAPITALS}][{SMALLS}]+) (?:has (?:now |since )?(?:been (?:called (?:away|up|for|to)|taken ill)|fallen ill|dropped out|pulled out|cried off|had to (?:drop|pull|cry) o(?:ut|ff))"
    r"|(?:[^.;:!?,]{3,60} and )can(?:not|['’]t) (?:come|make it|be there|join|attend)|is on (?:the list|it|there|the invitation) only\b"
    r"|had to (?:drop|pull|cry) o(?:ut|ff)|is (?:away (?:to|at|in|on|that|then)|on leave|off sick)|can(?:no|['’])t (?:make it|be there|come|join|attend)|won['’]t (?:make it|be there|join|attend))\b"
)


# "It'll be myself and da, Aoife has camogie"
BUSY = re.compile(
    r"\bit(?:['’]?ll| will) (?:just |only )?be [^,.;]{3,50}[,;] (?:and |as |but )?(\w+) (?:has|must|goes|is (?:at|in|on|off|out|away)|will be (?:at|in|on|off|out|away))\b"
)


def busy(text: str) -> list[str]:
    """Who is said to be elsewhere, right behind those who will be there; in small letters."""
    return BUSY.findall(small(text)) if "be " in text else []


# "Hester from personnel is also at the talk": beside the one who writes.
ALSO_THERE = re.compile(
    r"\b(?:is|will|would|['’]ll) also (?:be )?(?:at|in|on|join|sit|there|present|attend|come|take part)\b|\balso (?:joins|sits in|attends|takes part)\b"
    r"|\b(?:join|joins|sit in|sits in|be there|attend|attends|come along)(?: us)?,? (?:too|as well)\b"
    r"|\bsits? with(?: us\b|\s*[.,;!])|\b(?:will|would|is going to) (?:join|sit with) us\b"
)


INTRODUCING = re.compile(r"(?:\bit['’]?s|\bthis is|\bi['’]?m|\bi am|\bname is|\bname['’]?s|^)\s*$", re.I)
BY_NAME = re.compile(r",? (?:here\b|from\b|I\b(?! (?:and|will|would)\b))")  # behind a name that opens the line
SITS_THERE = re.compile(r"\bwill (?:interview|meet|see|be|talk|sit)\b")


def introduces(text: str, name: str) -> bool:
    """ "Bobby Ray Tillman, I run Texas", "it's Wes from the yard": who writes, not who will be there."""
    at = text.find(name)
    if at < 0 or SITS_THERE.search(text):
        return False
    behind = at + len(name)
    return bool(INTRODUCING.search(text[:at]) if text[:at].strip() else BY_NAME.match(text, behind))


def is_writer(name: str, mine: set[str]) -> bool:
    """ "On the panel: Graeme Nutt, Margaret Finch", writes Margaret Finch."""
    words = {plain_letters(w).strip(".,") for w in name.split()}
    return bool(words) and words <= mine


def short_names(full: dict[str, str]) -> dict[str, str]:
    """What a Douglas or a Katherine in copy may be called: the first letters of the given name, where only one of them begins so."""
    given = {parts.given.lower(): name for name in full.values() if (parts := parse_name(name)).given}
    short = [(g[:size], name) for g, name in given.items() for size in (3, 4) if len(g) > size + 1]
    return {s.title(): name for s, name in short if s not in NOT_NAMES and sum(s == other for other, _ in short) == 1}


def nobody_in(text: str, colleagues: dict[str, str]) -> bool:
    """Is there surely nobody in this sentence whom it could bring together with anyone?"""
    if (
        names_in(text)
        or (not words_of(text).isdisjoint(WITH_OPENER) or "&" in text or "+" in text)
        and OPENS_WITH.match(text)
    ):
        return False
    if not colleagues:
        return True
    lower = text.lower()
    return not any(name.lower() in lower for name in colleagues)


def brings_together(text: str) -> bool:
    """Is this a sentence, or a line of a form, that brings people together with the owner?"""
    if FORM_LINE.match(text):
        return True
    may = "+" in text or "&" in text or not words_of(text).isdisjoint(TOGETHER_WORDS)
    return may and bool(TOGETHER.search(small(text)))


ALONE = re.compile(r"\b(?:only|just|not joining|not be joining)\b")
STAYS_OUT = re.compile(
    r"n['’]t|not|cannot|only|away|ill|off|on leave|abroad|(?:called|dropped|pulled|cried) |gone down"
)
ONLY_ON_IT = re.compile(
    r" is (?:the |our )?(?:[\w-]+ ){0,3}(?:and )?(?:is )?only (?:on|in|there|here|copied|invited|for)\b"
)
IN_BRACKETS = re.compile(r"\([^()]*\)")
# A lone name at the beginning of a sentence: "Marc, our F&B director, will join us", "Lee will meet you".
OPENS_WITH = re.compile(
    rf"^([{CAPITALS}][{SMALLS}]+)(?:,? (?:our|who|from|the) [^.]{{2,60}}?,?)? "
    r"(?:will (?:also )?(?:join|sit in|come (?:too|along|as well|also)|be (?:there|joining|on the call|with us|in the room)|meet you|see you|talk (?:to|with) you|speak (?:to|with) you|interview you)|joins|meets you|sees you|interviews you)\b"
    rf"|^([{CAPITALS}][{SMALLS}]+)(?: \([^()]{{2,90}}\)|, [^,.;]{{2,50}},)? (?:and|&|\+) me\b"
    rf"|^([{CAPITALS}][{SMALLS}]+)(?: \([^()]{{2,90}}\)|, [^,;.]{{2,60}},)? (?:wants|wishes|is (?:keen|dying|itching)|would (?:like|love)) to (?:meet|see|talk to|speak to|talk with|speak with) you\b"
    rf"|^([{CAPITALS}][{SMALLS}]+) (?:and|&) I\b(?=.{{1,100}}\b(?:would (?:both )?(?:like|love)|will (?:see|meet|be)|we['’]d both|look(?:ing)? forward|want to (?:see|meet|talk)))"
)
# One of these stands in each of those.
WITH_OPENER = frozenset("will joins meets sees interviews and wants wishes keen dying itching like love".split())


def people_of(text: str, where: str, colleagues: dict[str, str]) -> list[tuple[Person, bool]]:
    """The people of one sentence that brings people together: (person, whether they take part)."""
    evidence = Evidence("takes part", text[:160], where)
    out: list[tuple[Person, bool]] = []
    taken: list[tuple[int, int]] = []
    plain = small(text)
    brackets = [m.span() for m in IN_BRACKETS.finditer(text)] if "(" in text else []
    titled = [
        (s, e) for title, s, e in titles_in(text) if not NAME.fullmatch(title) or any(is_head(w) for w in title.split())
    ]
    for name, title, start, end in names_in(text):
        inside = any(a < start < b for a, b in brackets) and start > 0 and not FORM_LINE.match(text)
        if (
            inside
            or PLACE.match(plain[end : end + 30])
            or not title
            and no_person(text, (start, end), titled, bool(taken))
        ):
            continue
        taken.append((start, end))
        before, after = plain[max(0, start - 40) : start - (len(title) + 1 if title else 0)], text[end : end + 140]
        otherwise = (
            bool(OTHERWISE_BEFORE.search(before) and not BROUGHT_IN.search(before))
            and "nobody else" not in after
            or bool(OTHERWISE_AFTER.match(plain[end : end + 140]))
        ) and not WHO_SEES_YOU.match(plain[end : end + 140])
        if (
            otherwise
            and ALONE.search(after[:40]) is None
            and not STAYS_OUT.search(after[:25])
            and not ONLY_ON_IT.match(after)
        ):
            continue
        out.append((Person(name, title_behind(after), True, evidence), not otherwise))
    opening = OPENS_WITH.match(text)
    opener = next(filter(None, opening.groups()), "") if opening else ""
    if opener and opener.lower() not in NOT_NAMES and not any(s == 0 for s, _ in taken):
        out.append((Person(opener, "", True, evidence), True))
    for word in WORD.finditer(text) if colleagues else ():
        said = word.group().removesuffix("'s").removesuffix("’s")
        full = colleagues.get(said.lower()) or colleagues.get(said)
        if full and said.lower() not in colleagues and not called(text, word):
            continue
        if full and not any(s <= word.start() < e for s, e in taken):
            after = plain[word.end() : word.end() + 60]
            before = plain[max(0, word.start() - 40) : word.start()]
            if not OTHERWISE_AFTER.match(after) and (BROUGHT_IN.search(before) or not OTHERWISE_BEFORE.search(before)):
                out.append((Person(full, "", True, evidence), True))
    return out


def no_person(text: str, span: tuple[int, int], titled: list[tuple[int, int]], named: bool) -> bool:
    """Is this name without "Mr" or "Dr" a title, an address, a department or a lone word? `named`: somebody stands before it."""
    start, end = span
    lone = " " not in text[start:end]
    return bool(
        any(s <= start < e for s, e in titled)
        or IN_A_STREET.search(small(text[max(0, start - 16) : start]))
        or HOUSE.search(small(text[max(0, start - 70) : start]))
        and not TAKES_SEAT.match(text, end)
        or (lone or named and DEPARTMENT.match(text, end))
        and behind_title(text, start, titled)
        or lone
        and named
        and LAST_OF_ALL.match(text, end)
        and text[:start].endswith(", ")
        or OF_AN_OFFICE.match(text, end)
        or lone
        and not single(text, start, end)
    )


IN_A_STREET = re.compile(r"(?:\b(?:at|in|near|off|number|no\.?) \d|, \d\d)\d{0,3}[a-z]? $")  # "at 18 Cross Quay"
DEPARTMENT = re.compile(
    r", (?:will|is|would|has|leads)\b"
)  # "Trevor Bodnar, Manager, Information Governance, will lead"


LAST_OF_ALL = re.compile(r"\s*(?:[.;]|$)")  # "received by Ms D'Cunha, Banqueting."
OF_AN_OFFICE = re.compile(
    r" (?:&|and) (?:Recruitment|Resourcing|HR|Personnel|Training|Operations|Development|Admissions|Planning)\b"
)


def called(text: str, word: re.Match[str]) -> bool:
    """May a word with a capital be somebody's short name? "Will you come" and "Mar 12" are nobody's."""
    after = text[word.end() : word.end() + 4]
    return (
        word.start() > 0 and not re.match(r"\.? ?\d", after) or bool(OPENS_WITH.match(text)) or after.startswith(" (")
    )


def behind_title(text: str, start: int, titled: list[tuple[int, int]]) -> bool:
    """A lone word behind a title is a department: "Lee Tran, Engineering Manager, Payments", "Consultant, Packaging & Waste"."""
    return any(
        0 < start - end <= 3 and not text[end:start].strip(" ,") or OF_TWO_MATTERS.fullmatch(text, end, start)
        for _, end in titled
    )


OF_TWO_MATTERS = re.compile(r", [A-Z][\w-]+ (?:&|and) ")


def single(text: str, start: int, end: int) -> bool:
    """May a lone capitalised word be somebody's name? Where it is joined to other people or stands behind "with"."""
    before, after = text[max(0, start - 40) : start], text[end : end + 16]
    joined = JOINED.search(small(before))
    follows = JOINS.match(after)
    if not text[:start].strip() and AND_ME.match(text, end):
        return True  # "Iain and I would like to meet you"
    if (
        before.endswith(": ")
        and re.search(r"\w: $", before)
        and (re.match(r" again\b", after) or FROM_WHERE.match(text, end))
    ):
        return True  # "at their building: Simone again, plus Paolo Ricci", "don't be surprised: Sólveig from the union sits in as well"
    return bool(joined and follows) and not (joined and joined.group().startswith(",") and behind_place(before))


AND_ME = re.compile(r" (?:and|&|\+) (?:I|me|myself)\b")
FROM_WHERE = re.compile(
    r"(?: from (?:the |our )?|, (?:our |the |who ))[^,.;:!?]{2,50},? (?:(?:will|is going to) (?:also )?(?:join|sit in|be there|come)|sits in|joins|comes (?:too|along|as well))\b"
)
# What stands before a lone name, and behind it, where it is somebody's.
JOINED = re.compile(
    r"(?:\bwith|\b(?:i|we)(?:['’]ll| will| shall) (?:have|bring)|\bwith me (?:is|are|will be)|\band to|\band also|\b(?:speak|talk|chat)(?:ing)? (?:to|with)|\bmeet(?:ing)?|\band|&|\+|,|\bme and|\bit(?:'|’)s|\bit is|\bbe|\bonly|\bjust|\bold|\band our|\bwith our|\b(?:our|my) \w+"
    r"|\b(?:my|our|the|his|her) (?:[\w-]+ ){0,2}(?:brother|sister|colleague|partner|boss|husband|wife|manager|deputy|(?:co-)?founder|director|uncle|aunt|father|mother|dad|mum|mam|mom|papa|daughter|son|sister|nephew|niece|cousin"
    r"|assistant|teammate|co-?worker|owner|chef|foreman|supervisor|head|lead|engineer|secretary|treasurer|chair))\s+$"
)
JOINS = re.compile(
    rf"\s*(?:,? (?:and|&|\+) (?:me|I|myself|[{CAPITALS}])| again\b| with (?:me|us)\b|\s*\(|,? (?:our|who|the|from)\b|[.,;!]|$| will | would | is | and | joins| meets| receives| wants)"
)


def behind_place(before: str) -> bool:
    """Does what stands before a comma name a street or a house ("Nuns' Lane, Galway")?"""
    plain = small(before)
    return bool(STREET.search(plain) or HOUSE.search(plain))


STREET = re.compile(
    r"(?:\b(?:lane|street|st|road|rd|avenue|ave|square|quay|terrace|hill|floor|house|building|park|court|hall|centre|center|town|city)|\d\w*),\s*$"
)


# "at our head office, Plot 18, Wuse Extension, Abuja"
HOUSE = re.compile(
    r"\b\d+(?:st|nd|rd|th) floor,(?: [a-z][\w'’-]+(?: [a-z][\w'’-]+)?,)?\s*$|\b(?:plot|unit|building|terminal|gate|hall|tower|wing|hangar|suite|floor|block|flat|level|room|box|no\.?) ?(?:\d[\w/-]{0,5}|[a-z])\b,(?: [a-z][\w'’-]+(?: [a-z][\w'’-]+)?,)?\s*$|\b(?:office|store|branch|shop|campus|site|depot|factory|plant|yard|clinic|school|station|hotel|restaurant|studio|salon|showroom|warehouse|headquarters|hq)(?: in [a-z]\w+)?,\s*$"
)


TAKES_SEAT = re.compile(
    r"(?: and [A-Z]\S+(?: [A-Z]\S+)?)? (?:will|would|is|are|sees?|meets?|joins?)\b|, (?:our|the|who)\b"
)


# Honorifics that stand behind a name: "Gökçe Hanım", "Tanaka-san".
HONORIFICS = frozenset("hanim hanım bey san sama ji nim ssi kun sensei".split())


WATERS = frozenset("lake mount mt cape port fort loch lough".split())  # with which names of places begin
# The last words of what is a place and nobody's surname.
STREETS = frozenset("quay street road avenue boulevard plaza campus building centre zone".split())
# … of a department or a firm.
DEPARTMENTS = frozenset(
    """development operations services engineering sales finance research marketing logistics quality communications relations affairs programmes programs planning production
    section service department warehousing procurement support systems staffing recruitment recruiting consulting management administration governance technology technologies analytics sciences studies resources solutions""".split()
)
# What a greeting opens with: "Ay Lucía", "G'day Bronwyn".
GREETINGS = frozenset(
    "alright hoi sorry ay oi hola ola hej hei hi hey hiya g'day g’day gday ciao salut moin servus yo oh ah well so thanks thank morning evening estimado estimada caro cara querido querida chère cher liebe lieber beste kære kära".split()
)


def add(found: dict[str, Person], person: Person, skip: set[str], others: set[str]) -> None:
    words = [w for w in (plain_letters(w).strip(".,") for w in person.name.split()) if w not in HONORIFICS]
    if (
        not words
        or all(w in skip for w in words)
        or len(words) == 2
        and words[1] in skip
        and words[0] in GREETINGS
        or person.name.lower() in others
        or any(w in NOT_NAMES for w in words[opens_with_jan(words) :])
    ):
        return
    name = person.name.lower()
    if len(words) > 1 and (words[0] in WATERS or words[-1] in STREETS or words[-1] in DEPARTMENTS):
        return
    if any(name in o or o in name and (" " in o or name.startswith(o)) for o in others if len(o) > 3):
        return
    key = person.name.lower()
    for known in list(found):
        if set(key.split()) <= set(known.split()):
            return
        if set(known.split()) <= set(key.split()):
            del found[known]
    found[key] = person


def list_line(text: str) -> bool:
    if len(text) >= 140 or text.rstrip().endswith(("?", "!")):
        return False
    first = NAME.match(without_mark(text))
    return first is not None and not no_name(first.group("name").split()[0]) and not GOES_ON.search(text)


# "1) ", "– ": what marks a line of a list.
LIST_MARK = re.compile(r"\W*(?:\d+[.)])?\s*")
GOES_ON = re.compile(r"[.!?]\s+[A-Z]")


def without_mark(text: str) -> str:
    mark = LIST_MARK.match(text)
    return text[mark.end() :] if mark else text


def listed(text: str, where: str) -> list[Person]:
    bare = without_mark(text)
    first = NAME.match(bare)
    if not first:
        return []
    name = first.group("name")
    words = name.split()
    if any(w.lower() in NOT_NAMES for w in words) or PLACE.match(small(bare[first.end() :])):
        return []
    if len(words) < 2 and not first.group("title") and not re.match(r"\s*[,(–—-]|\s*$", bare[first.end() :]):
        return []
    title = re.sub(r"^[\s,–—:(-]+", "", bare[first.end() :]).strip(" )")
    return [
        Person(
            parse_name(f"{first.group('title') or ''} {name}").full or name,
            title[:80],
            True,
            Evidence("takes part", text[:160], where),
        )
    ]


def title_behind(after: str) -> str:
    match = TITLE_BEHIND.match(after) if after[:2] in (", ", " (") else None
    return match.group(1)[:60] if match else ""


TITLE_BEHIND = re.compile(
    r",? ?(?:\(|our |the |, )?((?:[A-Z][\w&/-]*|of|and|the|&)(?: (?:[A-Z][\w&/-]*|of|and|the|&)){0,5})"
)
