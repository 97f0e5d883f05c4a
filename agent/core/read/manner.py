"""How a message is written: who signs, how the reader is addressed, how formally, in which English. Nothing of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.core.read import people
from agent.core.read.letters import small
from agent.core.read.subjects import FORMAL
from agent.core.read.words import words_of
from agent.core.values import Message

BRITISH = tuple(
    "organis recognis apologis finalis colour favour honour centre programme cheque whilst fortnight diary mum lovely cheers"
    " licence behaviour labour catalogue".split()
)
AMERICAN = tuple("organiz recogniz apologiz finaliz color favor honor center resume vacation gotten labor".split())
BRITISH_WORDS, AMERICAN_WORDS = frozenset(("ta",)), frozenset(("program", "mom", "catalog", "license", "licenses"))
WHOLE, STEMS = BRITISH_WORDS | AMERICAN_WORDS, (*BRITISH, *AMERICAN)
SPELLED = frozenset(w[:3] for w in STEMS)  # a question that most words answer with no
# What makes a friendly line more than courtesy: it tells or wants something, if only vaguely (P2, P32). Of a text in small letters.
HINTS = re.compile(
    r"\b(?:(?:talk|speak|chat|hear from (?:us|me)|see you|more|news|call(?: you)?|write(?: to you)?|touch|back|meet(?: again)?) (?:very |again |to you |to come )?soon|be in touch|stay tuned|let you know|get back|come back to you|revert|(?:call|ring|phone|text|ping|buzz) me|give me a (?:call|ring|shout|bell)|"
    r"(?:will|'ll|’ll|shall|going to|need to|have to) (?:look|discuss|talk|speak|check|ask|show|pass|share|forward|take|bring|see|think|read|consider|go|run|call|ring)|in (?:the )?(?:meantime|process)|(?<!god )(?<!lord )keep you\b(?! (?:and|both|safe|well|warm|strong|happy))|for now|at the moment|right now|bear with|hold on(?! to)|one moment|stand by|(?:the|our|my) (?:team|boss|manager|panel|committee|board|director)s? (?:will|has|have|is|are|needs?|wants?))\b|[👍👌🤔🙏🤞]",
)
SALUTATION = re.compile(
    r"^\W{0,3}(?:(?:grüß gott|moin|servus|good (?:morning|afternoon|evening|day)|hello|hi|bonjour|hola),? (?=dear))?(?:my )?(?:dear|dearest|respected|esteemed|hono(?:u)?rable|hi|hello|hey|hiya|howzit|good (?:morning|afternoon|evening|day)|greetings|hallo|hej|hejsan|moin(?: moin)?|servus|grüezi|gruezi|tere|terve|moi|ahoj|god (?:dag|morgen|kveld)|dobr[ýáyé] den|xin chào|vanakkam|bonjour|hola|ciao|ola|olá|kia ora|morena|salut|guten tag|sehr geehrte[rs]?|estimad[oa]|distinguid[oa]|prezad[oa]|gentil(?:e|issim[oa])|egregi[oa]|pregiatissim[oa]|stimat[ăe]|tisztelt|arvoisa|hei|poštovan[iao]|vážen[ýá]|sayın|kjære|kära|bäste|bästa|caro|cara|cher|chère|beste|geachte|liebe[rs]?|szanown\w+|namaste|selam|merhaba|habari|jambo|sawubona|dia dhuit|bula|talofa|salaam|assalam\S*)\b[\s,]*([^,!:\n]{0,60})",
    re.I,
)


IN_BRACKETS = re.compile(r"\s\([^()]*\)\s*$")  # "Judit (the daughter)"
AROUND = re.compile(r"^\W+|\W+$")
KISSES = re.compile(r"^(?:x{1,4}|xo+x?o?)\s+|\s+(?:x{1,4}|xo+x?o?)$", re.I)  # "xx Marloes", "Bernie x"
NO_NAME = re.compile(r"\d|@")


def signature_name(message: Message) -> str:
    """How the writer signs: the first short line of the signature that is a name of theirs."""
    for line in message.body.signature.split("\n")[:4]:
        bare = KISSES.sub("", AROUND.sub("", IN_BRACKETS.sub("", line) if ")" in line else line))
        if bare and len(bare) <= 40 and not NO_NAME.search(bare):
            parts = people.parse_name(bare)
            name, local = message.sender.name, message.sender.local
            if any(people.borne_by(w, name, local) for w in (*parts.full.split(), bare) if len(w) > 1):
                return parts.full or bare
    return ""


def salutation(text: str) -> str:
    match = SALUTATION.match(text)
    return match.group(1).strip() if match else ""


# Behind these a family name stands, also where it is said first: "Sehr geehrte Frau Bodnár" to Bodnár Réka.
FAMILY_BEHIND = re.compile(r"^(?:frau|herr|madame|monsieur|mevrouw|meneer|signora?|señora?|fru|herra|rouva)\s+\w", re.I)


def formal(text: str, names: Iterable[str]) -> bool:
    """Does the writer address the reader by title and surname (settled cases)? `names`: the reader's."""
    called = salutation(text) or text.lstrip()[:60].split("\n")[0].rstrip(" :,")
    match = FORMAL.match(called)
    if not match:
        return False
    rest = called[match.end() :].strip(" .:,")
    own = {name.split()[0].lower() for name in names if name}
    if called.split()[0].lower().strip(".,") in own:
        return False  # whoever is called Sig
    if FAMILY_BEHIND.match(called):
        return True
    given = {parts.given.lower() for parts in map(people.parse_name, names) if parts.given}
    return not rest or rest.split()[0].lower() not in given


def british(text: str) -> bool | None:
    """British (True) or American (False) words; None where neither shows."""
    lower, there = text.lower(), words_of(text)
    words = [w for w in there if w[:3] in SPELLED or w in WHOLE]
    more = ("kind regards" in lower) + ("best wishes" in lower)
    if words:
        more += sum(w.startswith(BRITISH) or w in BRITISH_WORDS for w in words)
    less = sum(w.startswith(AMERICAN) and not w.startswith(BRITISH) or w in AMERICAN_WORDS for w in words)
    return None if more == less else more > less


# What was handed on is with somebody who may still answer: that is no mere courtesy (POLICY, "will look at this with the team").
HANDED_ON = re.compile(
    r"\b(?:pass(?:ed|ing)? (?:it|this|that|your|along|on|everything)|forward(?:ed|ing)?\b|loop(?:ed|ing)? (?:in|\w+ in)|(?:have |has )?copied (?:in )?\w+|copying (?:in )?\w+|adding @?(?-i:[A-Z])\w+|cc['’]?(?:d|ing)\b"
    r"|shar(?:ed|ing) (?:it|this|that|your)|show(?:n|ed)? (?:it|this|that|your note)|take (?:this|it|that) (?:with me |back )?(?:to|into)|has reached (?:the|our|his|her)|discuss(?:ed|ing)?\b"
    r"|let us see|we(?:['’]ll| will| shall)? see\b(?! you)|(?:talk|speak|check) (?:to|with) (?:the|my|our|(?-i:[A-Z]))|leave it with me|get it (?:to|in front of))",
    re.I,
)


def hints(text: str) -> bool:
    """Does something stand in it that may still lead to an answer?"""
    return bool(HINTS.search(small(text)) or HANDED_ON.search(text))
