"""The lines of a signature: cut at their dividers, and which of them may name the writer's house."""

from __future__ import annotations

import re

from agent.core.decode.headers import plain_letters
from agent.core.read import people, titles
from agent.core.read.fitting import SUFFIXES
from agent.core.read.hirers import WHAT_MANY_ARE
from agent.core.read.letters import small
from agent.core.read.lexicon import CAPITALS
from agent.core.read.pointers import LEGAL

# Of a line in small letters.
NOT_A_NAME = re.compile(
    r"\d{3}|@|https?:|www\.|\+\d|^(?:t|m|e|p|f|tel|mob|ph)\b[.:]|\b(?:street|st\.|road|rd\.|avenue|ave|floor|suite|str\.|straße|strasse|rue|via|calle|plaza|p\.?o\.? box|she/her|he/him|they/them|confidential|sent from|iphone|ipad|android|outlook|gesendet|envoyé|enviado|inviato|verstuurd|skickat|wysłane|registered|vat|hrb|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
)
LEAVE = re.compile(
    r"regards|thank you|wishes|thanks|sincerely|cheers|yours|best|greetings?|cordial|salut|grüße|gruß|hälsning|saludos|abraç|abrazo|groet|pozdr|atenciosamente|cumprimentos|beijo|besos|terveis|hilsen|kveðj|üdvöz|selam|saygi|sevgi|tervitus|linkėj|sveicien|atte?\b|take care|sent from",
)


CUTS = re.compile(r"\s*([|·•,–—])\s*|\s(-)\s")
DIVIDED = re.compile("[|·•,–—-]")  # cheaper to look for


def cut(line: str) -> list[tuple[str, str]]:
    """A line of a signature at its dividers -> (piece, the divider before it)."""
    parts = CUTS.split(line) if DIVIDED.search(line) else [line]
    return [(parts[0], "")] + [
        (parts[n + 2] or "", parts[n] or parts[n + 1] or "") for n in range(1, len(parts) - 2, 3)
    ]


BRACKETED = re.compile(r"^\((.+)\)$")  # a line that is one bracket
INITIALLED = re.compile(
    rf"(?:\w{{2,4}}\. )?(?:[{CAPITALS}]\.[ -]?)+ ?[{CAPITALS}][\w'’-]+(?: \((?:Mrs?|Ms|Miss|Mx|Dr)\.?\))?"
)  # "G. Pelletier (Mrs)": a person
SAID = frozenset("you me us we i your my see soon then it's please which tell".split())
OF_A_DEPARTMENT = frozenset("head director human people talent personal hr".split())


def of_many(words: list[str]) -> bool:
    """Is this called after those who work there: "Howells & Price Veterinary Surgeons"?"""
    last = words[-1].lower().strip(".,")
    several = len(words) > 2 and last.endswith("s") and titles.is_head(last[:-1]) and "of" not in words
    return several and words[0].lower() not in WHAT_MANY_ARE


def in_signature(signature: str, writer: str) -> list[tuple[str, float]]:
    """Lines of a signature that are neither a name, a title, an address nor a leave-taking: the organisation, maybe."""
    found: list[tuple[str, float]] = []
    mine = set(plain_letters(writer).split())
    # "Orthopädie Brunkhorst" is the house, "Tjark Brunkhorst" is not
    first = plain_letters(people.parse_name(writer).given)
    for number, line in enumerate(signature.split("\n")[:10]):
        if not number and " " not in line.strip() or all(len(word) < 3 for word in line.split()):
            continue  # "Deb": how the writer is called
        titled = False  # "Principal Consultant, Accounting & Finance": what follows a title by a comma is a department
        for piece, mark in cut(BRACKETED.sub(r"\1", line.strip())):
            words = piece.split()
            legal = bool(words) and words[-1].lower().strip(".,()") in LEGAL  # "Regional Manager, Gallow Fencing Inc."
            headed = any(titles.is_head(w) for w in words) and not of_many(words)
            department, titled = titled and mark == "," and not legal, headed
            if department or titled or not words or len(words) > 7 or not piece[0].isupper():
                continue
            letters = set(plain_letters(piece).split())
            if not SAID.isdisjoint(small(piece).split()):
                continue  # "See you then!"
            own = letters & mine
            if own and (first in own or len(words) < 2 or own == letters) or words[0].lower() in OF_A_DEPARTMENT:
                continue
            lower = small(piece)
            if NOT_A_NAME.search(lower) or LEAVE.search(lower) or INITIALLED.fullmatch(piece):
                continue
            generic = any(w.lower().strip(".,") in SUFFIXES for w in words)
            found.append((piece, 3.5 if generic else 2.0 if own else 1.5 if not mark else 1.0))
    return found
