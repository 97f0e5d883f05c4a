"""Which names in a message are people's, and no houses', though they look alike: of those who write it, are greeted or thanked in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from agent.core.read import people
from agent.core.read.displays import TAIL_WORDS
from agent.core.read.domains import personal, squashed
from agent.core.read.fitting import WITH_A_NAME
from agent.core.read.headings import NOT_BESIDE
from agent.core.read.signatures import OF_A_DEPARTMENT
from agent.core.read.words import places_of
from agent.core.values import Message

OF_A_TALK = TAIL_WORDS | NOT_BESIDE  # what makes no longer name


def no_house(name: str, message: Message) -> bool:
    """Is this one of the people of the message, or a matter of interviews: "Requisition R-20931", "Final Round"?"""
    words = name.lower().removeprefix("the ").split() or [""]
    return is_person(name, message) or words[0] in NO_HOUSE or not OF_A_TALK.isdisjoint(words[-1:])


NO_HOUSE = OF_A_DEPARTMENT | frozenset(
    "board committee panel governors trustees directors management executive selection requisition application position role vacancy job interview slot slots stage round reference security reception".split()
)


def beside_somebody(name: str, before: str) -> bool:
    """ "Imke Hansen (managing partner) and Jörn would like to see you": a lone word that is joined to somebody is somebody, too."""
    return " " not in name and before.endswith((" and ", " & ")) and bool(people.names_in(before))


def bears_title(name: str, before: str) -> bool:
    """Does a title make this somebody's name: "Dr Suresh would like to meet you", "Dr. Brent Ostrander has asked to see you"?"""
    last = before.rpartition(" ")[0].rpartition(" ")[2]
    return any(word.lower().strip(".(") in people.TITLES for word in (name.partition(" ")[0], last))


def given_to(name: str, message: Message) -> bool:
    """Is this the given name of somebody whom the text names in full: "Grant wants a look at you … Grant Ballantyne himself"?"""
    if " " in name:
        return False
    text = message.body.own
    behind = (text[end:].split(maxsplit=1)[:1] for _, end in places_of(name, text) if text[end : end + 1] == " ")
    words = (word for words in behind for word in words)
    return any(word[0].isupper() and word.strip(".,;:!?").lower() not in WITH_A_NAME for word in words)


def bears(domain: str, words: Iterable[str]) -> bool:
    """Do all these words stand in a domain: "Slastice Lenuci" in lenuci-slastice.example, where Tena Lenuci works?"""
    return not personal(domain) and all(squashed(word) in squashed(domain) for word in words)


def of_partners(name: str, somebody: str) -> bool:
    """ "Hanratty Brennan", writes Sinéad Hanratty: two names of families, and hers stands first."""
    first, _, second = name.partition(" ")
    given, _, family = somebody.rpartition(" ")
    return bool(second and given) and " " not in second and first == family and second not in given.split()


def is_person(name: str, message: Message) -> bool:
    """Is this one of the people of the message? A long name may share a word with one of them by chance."""
    words = set(name.lower().split())
    for address in (message.sender, *message.recipients[:8]):
        theirs = set(address.name.lower().split())
        if of_partners(name, address.name):
            continue
        if words <= theirs or len(words) <= 2 and words & theirs and not bears(address.domain, words):
            return True
    return False
