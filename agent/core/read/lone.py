"""Given names by themselves, or short ones, that a sentence brings together with the owner: "Declan steps in for me", "me + Lou".

Without a surname only what stands around it makes a word a person, so each form names the verb or the company that it needs.
"""

from __future__ import annotations

import re

from agent.core.read.lexicon import CAPITALS, MONTHS, SMALLS, WEEKDAYS
from agent.core.read.people import NOT_NAMES, TITLES
from agent.core.read.titles import is_head
from agent.core.read.words import words_of

LONE = rf"[{CAPITALS}][{SMALLS}]+(?:-[{CAPITALS}][{SMALLS}]+)?(?: [{CAPITALS}][{SMALLS}]+)?"
WHO_THEY_ARE = r"(?:, [^,;.]{2,50},| \([^()]{2,60}\)| from (?:the |our )?[\w ]{2,25}?)?"
WILL = r"(?:(?:will|['’]ll|shall|is going to|is gonna|['’]s gonna|are going to|are gonna|is|are|['’]s) (?:also |then |kindly )?)"
THERE = (
    rf"(?:steps? in\b|{WILL}(?:show you (?:round|around)|dial you|call you|ring you|phone you|give you a (?:bell|ring|call|buzz)|video you|grill (?:you|ya)|(?:be )?leading|"
    r"be having the (?:talk|interview)|be interviewing|be the one|lead the|be sitting|handl(?:e|ing) (?:it|this|the)|interview(?:ing)? you|do(?:ing)? the (?:interview|talking|questions)|come in for|walk you|sit in|be free too)"
    rf"|{WILL}(?:be )?(?:see|meet|interview|receive|talk to|talk with|speak to|speak with)(?:ing)? you\b(?! (?:in|up|out|off|through|at the (?:door|gate|station|desk)))"
    r"|do(?:es)? the (?:interview|talking|talk|questions)|asks? (?:you )?the questions|walks? (?:along|with you|you)|waits? (?:for )?you|sees you|meets you"
    r"|wants? to (?:be there|look at|see you|meet you|have a look)|might sit in|whether (?:she|he) might sit in|may stop me)\b"
)
FORMS = (
    # "Mikko and Pekka do the interview", "so Shazza's gonna give you a bell", "George asks the questions about the machines"
    re.compile(rf"(?:^(?!(?:So|And|Then|But|Now) )|[.;:!?] |\b(?:[Ss]o|[Aa]nd|[Tt]hen|[Bb]ut|[Nn]ow|that|first|trip)\s|, )({LONE})(?:,? (?:and|&|n) ({LONE}))?{WHO_THEY_ARE}(?: and [^.;!?]{{2,60}}? (?=asks|does|do\b))?,? ?{THERE}"),
    # "me + Lou", "you, me, Mo and Kasia", "me, my dad Barry and our Lenny"
    re.compile(rf"\bme (?:[+&]|and) (?:(?:my|our) (?:\w+ ){{0,2}})?({LONE})(?:,? (?:and|&|[+]) (?:our |my )?({LONE}))?"),
    re.compile(rf"\byou,? me,? (?:and )?({LONE})(?:,? (?:and|&|[+]) ({LONE}))?"),
    re.compile(rf"\bme, (?:my|our) (?:\w+ ){{1,2}}({LONE})(?:,? (?:and|&) (?:our |my )?({LONE}))?"),
    re.compile(rf"\b({LONE}) n me\b"),
    # "There is also my sister Chiara who makes the numbers"
    re.compile(rf"\b[Tt]here(?:['’]s| is| will be) also (?:my|our) (?:\w+ ){{1,2}}({LONE})\b"),
    # "It will be just PJ"
    re.compile(rf"\b[Ii]t(?:['’]ll| will|['’]s going to| is going to) (?:just |only )?be (?:just |only )?({LONE}|[A-Z]\.? ?J\.?|J\.?[A-Z]\.?)(?=[,;!]|\.?$| and he\b| and she\b)"),
    # "It is Elif you will speak to", "it will be Mrs Crane whom you see"
    re.compile(rf"\b(?:it|It) (?:is|will be|would be) ({LONE}){WHO_THEY_ARE},? (?:who |whom |that )?you(?:['’]ll| will| shall|['’]d| would| are to)? (?:see|meet|talk|speak|be (?:talking|speaking|seeing))\b"),
    # "I'm bringing along Thabo", "I'll drag Allegra along", "it will be led by Bartek, our lead designer"
    re.compile(rf"\bI(?:['’]m|['’]ll| will| am)? (?:also )?(?:bring|bringing|drag|take|taking)(?: along)? (?:my \w+ )?({LONE})\b(?=[^.;!?]{{0,20}}\balong|[,.]| and\b)"),
    re.compile(rf"\b(?:led|conducted|chaired|run|held|joined|supported|assisted|flanked|heard) by ({LONE})(?:,? (?:and|&) ({LONE}))?(?=[,.;]| \(| and\b| from\b)"),
    # "by we I mean Morag, Catriona Beaton and me", "at 11: Théo, Marianne Lescot and myself"
    re.compile(rf"(?:\bmean|:|\bare|\bbe|\bwith) ({LONE}), (?:{LONE}, )*({LONE}),? and (?:me|myself|the undersigned|yours truly)\b"),
)  # fmt: skip
# One of these stands in each of those.
OPENERS = frozenset(
    "also will might steps do does wants may asks ask waits walks sees meets is are's me n led by it bring bringing drag take taking you mean conducted chaired run held joined supported assisted heard".split()
)
NOBODY = NOT_NAMES | frozenset((*MONTHS, *WEEKDAYS)) | frozenset(
    "he she they we you it that this there here who what when where which our my your the a an both all everyone nobody someone somebody reception security parking coffee lunch sun mon tue tues wed weds thu thur thurs fri sat one two please just also and so then but if as after before interview stage part round panel".split()
)  # fmt: skip


def lone_names(text: str) -> list[str]:
    """Those of this sentence who will take part and are called by one name, or by a short one."""
    if words_of(text).isdisjoint(OPENERS):
        return []
    found: list[str] = []
    for form in FORMS:
        for match in form.finditer(text):
            found += [name.rstrip(".") for name in match.groups() if name]
    # whoever bears a title is found without these forms, too
    return [
        name
        for name in dict.fromkeys(found)
        if NOBODY.isdisjoint(name.lower().split()) and not titled(name.partition(" ")[0])
    ]


def titled(first: str) -> bool:
    """ "Dr", "Chef": what stands before a name and is no part of it."""
    return first.lower() in TITLES or is_head(first)
