"""How likely a name is that of the house which hires: a small linear model of what stands around names, learnt from our own corpus.

`python -m tests.bench.hirers` writes `hirers.txt`. Nothing is known of the names themselves but whether they sound like a house. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from agent.core.read import people, titles
from agent.core.read.fitting import WITH_A_NAME
from agent.core.read.lexicon import MONTHS, WEEKDAYS
from agent.core.read.likeness import SMALL
from agent.core.read.linear import Group, Linear, bag, is_so
from agent.core.read.pointers import LEGAL, of_a_firm

# What houses are called by, besides what stands in `fitting`: nobody's surname.
TRADES = """advisers advisory aerospace agri agro aid ales aluminium aluminum animals animation antiques arena arms assurance auctions audio audit
    bakeries banking batteries beauty bio biologics biosciences biotech blocks breweries brick bricks broadband building cables cabs
    cafe café cards carnival castings charging charity chemicals childcare circuits civils clinics cloud conservation cooling cosmetics
    credit cruises cyber cycling dairy demolition depot docks drones education eggs engineers events eyewear fasteners feeds fintech
    fish fitness fixings forgings foundry framing fulfillment fulfilment fund funds galleries genomics gifts grid gym hampers hearing
    homecare hospitals house housing hydro imprint infants initiative inn jewellery jewelry junior kitchens knitwear leisure lettings lido
    loans lodge magazine management marble merchants microsystems mill mobile mobility mortgages mutual networks news oil optical parcel
    parcels pay payments payroll petrochemicals petroleum physio planning playgroup polytechnic post postal poultry prep pressings
    primary print produce provisioners provisions publications quay racing registry relief rescue restoration retail rivers rockets
    rowing sailing salmon satellites sawmill scaffolding sciences scooters securities security semiconductors sensors shelter signals
    sixthform skincare slate solar sound space stadium stage stationery supplies tavern tax tekstil telecom telecoms tenants textil
    therapeutics tires toys trams tutoring tutors tyres utilities venues watches wealth wholesale wildlife wire woodland yachting yard""".split()
MODEL = Linear("hirers.txt")
SOUNDS = frozenset((*WITH_A_NAME, *LEGAL, *TRADES)) - frozenset("church parish surgery co".split())
# "Chartered Quantity Surveyors" says what they are, and not how they are called.
WHAT_MANY_ARE = frozenset(
    """chartered consulting consultant registered licensed certified qualified incorporated general independent specialist professional
    quantity structural civil veterinary dental""".split()
)
BEFORE, BEHIND = 70, 60  # letters around a name that are looked at
NEAR = 6  # words of them
WORD = re.compile(r"[\w'’]+|[^\w\s]")
ENDS = frozenset(".!?;")
OPENS = re.compile(r"[.!?]\s+$|^\W*$|[:\n]\s*$")
JOINT = re.compile(r" (&|and|y|e|et|und) ")
SPOKEN = frozenset(("i", "i'm", "i'll", "i've"))


class Writer(NamedTuple):
    """Who writes of the houses. `manner`: agency, person, machine, shown (a machine under a display name), or house (whose display name is
    a house's); `home`: their own house is named in the letter; `marks`: how they speak; `anywhere`: the domain is anybody's."""

    manner: str
    home: bool
    marks: tuple[str, ...]
    anywhere: bool = False


class Mention(NamedTuple):
    """A name where it stands: text[start:end], in a text that stands at `where`."""

    name: str
    key: str
    text: str
    where: str
    start: int
    end: int


@lru_cache(maxsize=1_000)
def sounds_like_a_house(name: str) -> bool:
    """Does a name end or begin as those of houses do: "Ironquay Logistics", "Bramble & Rook", "University of Marchester"?"""
    words = [w.lower().strip(".,'’") for w in name.split()]
    return len(words) > 1 and (words[-1] in SOUNDS or words[0] in SOUNDS and words[1] in SMALL or "&" in words)


def features(mention: Mention, writer: Writer, often: int, in_subject: bool) -> list[Group]:
    """What is looked at. `often`: how often the name is mentioned, `in_subject`: in the subject, too?"""
    name, where = mention.name, mention.where
    manner = writer.manner + ("P" if writer.anywhere else "")
    before = mention.text[max(0, mention.start - BEFORE) : mention.start]
    behind = mention.text[mention.end : mention.end + BEHIND]
    opens = bool(OPENS.search(before))
    led = words_before(before, mention.start > BEFORE)
    follows = words_behind(behind)
    last, first = led[-1] if led else "^", follows[0] if follows else "$"
    words = name.split()
    house = "h" if sounds_like_a_house(name) else "-"
    long, many = min(4, len(words)), min(often, 3)
    flags = ["=", f"n{long}", f"n{long}{house}", f"c{many}", f"c{many}{house}"]
    flags += [mark + form for mark in writer.marks for form in ("", house)]
    found: list[Group] = [
        ("w", (where, f"{where} s:{manner}")),
        ("s", (manner, manner + house, f"{manner} n{long}")),
        ("b", (last, (last, house))),
        ("a", (first, (first, house))),
        ("ba", ((last, first),)),
        bag("B", [word for word in led[:-1] if word.isalpha()]),
        bag("A", [word for word in follows[1:] if word.isalpha()]),
        ("L", (words[-1].lower(),)),
        ("F", (words[0].lower() if len(words) > 1 else "1",)),
        ("home", (f"{writer.home} s:{manner}",)),
        ("t", (f"{'they' in writer.marks}{'we' in writer.marks}{house} s:{manner}",)),
    ]
    if of_a_firm(name):
        flags.append("legal")
    if name.isupper():
        flags.append("caps")
    if people.names_in(name):
        flags += ["person", f"person{house}"]
    joint = JOINT.search(name)
    if joint:  # "Saffron & Pike" is a house, "Zuzanna Wilk & Paweł Krupa" are people, "Hinemoa and Piripi", too
        found.append(("joint", ((joint.group(1), str(long)),)))
    if opens:
        flags += ["opens", f"opens{house}"]
    if in_subject:
        flags.append("also subject")
    return [*found, is_so(*flags)]


def words_before(text: str, cut: bool) -> list[str]:
    """The last words of a sentence before a name, by what they are; `cut`: the first one may be a piece of a word."""
    words = WORD.findall(text)[1 if cut else 0 :]
    end = next((n for n in range(len(words) - 1, -1, -1) if words[n] in ENDS), -1)
    return kinds_of(words[end + 1 :], True)[-NEAR:]


def words_behind(text: str) -> list[str]:
    words = WORD.findall(text)
    end = next((n for n, word in enumerate(words) if word in ENDS), len(words))
    return kinds_of(words[: min(end + 1, NEAR)], False)


def kinds_of(words: Sequence[str], opening: bool) -> list[str]:
    """Words in small letters; numbers, days, nouns for who does a job, and names by what they are."""
    return [kind_of(word, opening and not n) for n, word in enumerate(words)]


@lru_cache(maxsize=2_000)
def kind_of(word: str, opening: bool) -> str:
    lower = word.lower().replace("’", "'")
    if word[0].isdigit():
        return "#"
    if lower in MONTHS or lower in WEEKDAYS:
        return "DAY"
    if titles.is_head(word):
        return "HEAD"
    return "NAME" if word[0].isupper() and len(word) > 1 and not opening and lower not in SPOKEN else lower


def looked_at(mentions: Sequence[Mention], writer: Writer) -> Iterator[tuple[Mention, list[Group]]]:
    """The mentions of one letter, each with its features."""
    often = Counter(mention.key for mention in mentions)
    heading = {mention.key for mention in mentions if mention.where == "subject"}
    for mention in mentions:
        yield mention, features(mention, writer, often[mention.key], mention.key in heading)
