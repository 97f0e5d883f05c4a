"""Of whom the sentences before spoke: "Marta runs the bench. She will see you on Thursday", "the two of us"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.read.letters import small
from agent.core.read.people import names_in
from agent.core.read.sentences import Sentence
from agent.core.read.titles import titles_in
from agent.core.read.words import words_of

WORD = re.compile(r"[\w'’-]+")
# "He will see you on Thursday", "for the interview he proposes Tuesday": of whom the sentence before spoke.
HE_SEES_YOU = re.compile(
    r"^(?:for [^.,;]{3,60} )?(?:he|she) (?:proposes|suggests|offers)\b|^(?:he|she) (?:can|could) (?:do|make|manage) (?:next |this |the )?(?:mon|tues|wednes|thurs|fri|satur|\d{1,2}(?:st|nd|rd|th))|(?:^|, )(?:he|she) (?:shows|sees|meets|interviews|receives|talks (?:to|with)|speaks (?:to|with)) you\b(?! (?:the way|how|where|to|in|up|out|off|through|as)\b)|^(?:he|she) has (?:two|three|these|some|a few|several) (?:openings|slots|times|windows|options)\b|^(?:he|she)(?:['’]d| would) (?:like|love) (?:an hour|half an hour|\d+ minutes|some time|a word|a chat|a talk) with you\b|^(?:(?:so|and|then) |(?:he|she) [^;]{3,70},? and )?(?:together with (?:me|us),? )?(?:he|she) (?:will|would|can|could|is going to|wants to|would like to|['’]ll|['’]d like to|looks forward to) ?(?:be )?(?:see|seeing|meet|meeting|talk|talking|speak|speaking|interview|interviewing|receive|receiving|show|showing|expect|expecting)\b"
)


# "It's just her and you", "she should be the one talks to you": the person spoken of last, and nobody else.
ALONE_WITH_YOU = re.compile(
    r"\bit(?:['’]s|['’]ll be| is| will be) (?:just|only) (?:her|him) and you\b|\b(?:she|he)(?:['’]s| is| should be| will be|['’]d be| would be)? the one (?:who |that |you )?(?:talks?|speaks?|meets?|sees?|interviews?|talking|speaking|meeting|seeing)(?: to| with)? you\b(?! (?:at|from|to|off|in)\b)"
)


def alone_with_you(text: str) -> bool:
    return not words_of(text).isdisjoint(OF_THE_ONE) and bool(ALONE_WITH_YOU.search(small(text)))


OF_THE_ONE = frozenset("just only one".split())


# "It'd be the two of us": the writer, and whoever was spoken of last.
BOTH = re.compile(
    r"\b(?:we(?:['’]d| would) both (?:like|love|want) to (?:meet|see|hear|talk|speak|get|have)|(?:be|same place,|with|to) (?:the two of|both of) us|the two of us (?:will|would|want)|(?:meet|see|talk to|speak to) us both)\b"
)


def he_sees_you(text: str) -> bool:
    return not words_of(text).isdisjoint(OF_HIM_OR_HER) and bool(HE_SEES_YOU.search(small(text)))


OF_HIM_OR_HER = frozenset("he she he'd he’d she'd she’d".split())


def the_two_of_us(text: str) -> bool:
    plain = small(text)
    return ("both" in plain or "two of us" in plain) and bool(BOTH.search(plain))


def beside_me(text: str) -> int:
    """Where "he and I" stands in a sentence, which means somebody named before it; -1 where it does not."""
    found = HE_AND_I.search(small(text)) if " and I" in text else None
    return found.start() if found else -1


HE_AND_I = re.compile(r"\b(?:he|she) and i\b")


IN_A_PLACE = (" on ", " in ", " at ", " near ")  # "at Saltmarsh Pictures on Alameda"


def spoken_of(sentences: Sequence[Sentence], others: set[str], colleagues: dict[str, str]) -> str:
    """Whom the last of these sentences names that names one person; "" where none does."""
    return next(filter(None, (last_named(s.text, others, colleagues) for s in reversed(sentences))), "")


def last_named(text: str, others: set[str], colleagues: dict[str, str]) -> str:
    """The one person that a sentence names, or calls by a given name; "" where it names nobody, or several."""
    named = names_in(text)
    if not named:
        return given_first(text, colleagues)
    titled = [(s, e) for _, s, e in titles_in(text)]
    people = {
        name
        for name, title, start, _ in named
        if name.lower() not in others
        and not text[:start].endswith(IN_A_PLACE)
        and (title or name.count(" ") < 3 and not any(s <= start < e for s, e in titled))
    }
    return people.pop() if len(people) == 1 else "" if people else given_first(text, colleagues)


def given_first(text: str, colleagues: dict[str, str]) -> str:
    """Whoever of those in copy opens a sentence by a given name; "" where nobody does."""
    first = WORD.match(text) if colleagues else None
    return colleagues.get(first.group().lower(), "") if first else ""
