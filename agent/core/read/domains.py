"""Mail domains: what of a domain names its owner, which belong to persons, which to agencies. Pure string work."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.core.decode.headers import plain_letters

SECOND_LEVEL = frozenset(
    "co com org net gov ac edu or ne go gob gouv govt sch nhs ltd plc id web info biz mil k12 school police".split()
)
# Mail hosts of persons: their domain names no employer.
PERSONAL = frozenset(
    """gmail googlemail outlook hotmail live msn yahoo ymail aol icloud me mac gmx web t-online freenet proton protonmail pm fastmail hey tutanota tuta zoho mail email yandex mailru qq 163 126 naver daum
    orange wanadoo laposte free sfr libero virgilio tiscali btinternet sky talktalk virginmedia ntlworld comcast verizon att sbcglobal cox charter shaw rogers telus sympatico bigpond optusnet xtra uol bol terra
    seznam centrum wp onet interia o2 abv ukr rambler hushmail posteo mailbox riseup""".split()
)
AGENCY_LABEL = re.compile(
    r"recruit|talent|staffing|personn?el|headhunt|resourcing|placement|execsearch|(?<!re)search$|selection(?!s)|hiring|manpower|careerpartner|searchpartner|jobagency"
)
# Labels that say what an address is for, not whose it is.
GENERIC_LABELS = frozenset(
    "careers career jobs job mail email apply recruit recruiting recruitment hr talent notify notifications news newsletter www post info hello team people smtp mx web support alerts updates calendar invites meet".split()
)


NO_LETTER = re.compile(r"[^a-z0-9]+")


def labels(domain: str) -> list[str]:
    """The labels of a domain that may name its owner, the registrable one first: research.acme.co.uk -> [acme, research]."""
    parts = domain.lower().split(".")
    if len(parts) < 2:
        return []
    parts.pop()
    if len(parts) > 1 and parts[-1] in SECOND_LEVEL:
        parts.pop()
    return parts[::-1]


def registrable(domain: str) -> str:
    """The part of a domain that one owner registers, as far as can be told without the public suffix list."""
    parts = domain.lower().split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def personal(domain: str) -> bool:
    found = labels(domain)
    return bool(found) and found[0] in PERSONAL


def squashed(text: str) -> str:
    """Letters and digits only, without accents: what a domain could be made of; "&" as "and"."""
    return text.lower() if text.isascii() and text.isalnum() else squeezed(text)


@lru_cache(maxsize=1_000)
def squeezed(text: str) -> str:
    """`squashed` of what has more in it than plain letters."""
    return NO_LETTER.sub("", plain_letters(text.replace("&", " and ")))


def guessed(domain: str) -> str:
    """A name made from the domain alone, for when nobody spells it: "falkner-optics.example" -> "Falkner Optics"."""
    found = labels(domain)
    if not found or found[0] in PERSONAL:
        return ""
    return " ".join(w.capitalize() for piece in found[0].replace("_", "-").split("-") for w in apart(piece))


def apart(label: str) -> list[str]:
    """The words at the end of a label that any house may bear: "lakesidehealthtrust" -> lakeside, health, trust."""
    for at in range(max(4, len(label) - LONGEST_END), len(label)):
        if label[at:] in COMMON_ENDS and FOUR_LETTERS.match(label, at - 4):
            return [*apart(label[:at]), label[at:]]
    union = CREDIT_UNION.match(label)
    return [union.group(1), "credit", "union"] if union else [label]


CREDIT_UNION = re.compile(r"([a-z]{5,})cu$")  # "foothillscu", as hundreds of them spell it
FOUR_LETTERS = re.compile("[a-z]{4}")
COMMON_ENDS = frozenset(
    """academy agency airlines airways architects associates association authority bakery bank books brewery bureau cathedral catering centre center charity church cinema clinic college conservation
    construction consulting council credit dairies dairy dental design digital energy engineering estates exports farm farms festival finance food foods foundation freight gallery gardens group health
    healthcare hospital hotel hotels housing institute insurance kitchen kitchens laboratories lab labs library logistics maritime marine media medical mill mills motors museum mutual nurseries
    nursery opticians partners pharma pharmacy planetarium precision press primary properties publishing radio railway railways records recruitment research resort restaurant restaurants robotics
    school search services shipping society software solutions staffing store stores studio studios systems talent technologies theatre theater timber tools transport travel trust turbines university
    ventures vets workshop workshops""".split()
)
LONGEST_END = max(map(len, COMMON_ENDS))
