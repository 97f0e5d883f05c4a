"""Names in text, given names for a salutation, and who will take part in a conversation.

Never a wrong name: where a name cannot be taken apart surely, the salutation is the full name or a neutral one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.core.decode.headers import plain_letters
from agent.core.read.domains import squashed
from agent.core.read.lexicon import CAPITALS, SMALLS
from agent.core.values import Address

TITLES = frozenset(
    "en pn tn hj cik engineer matron pastor brother bro hna hno pak bu kak mbak ir drs datuk dato puan encik shri smt ibu bapak mr mrs ms miss mx dr prof professor sir madam dame lord lady rev reverend fr father sister br hon capt captain col colonel maj major gen lt sgt cdr eng ing engr arch adv atty dipl.-ing mag herr frau señor señora sr sra srta don doña monsieur madame mme mlle m. signor signora sig dott dott.ssa".split()
)
PARTICLES = frozenset(
    "de da do dos das di del della der den von van vom zu zur af av al el bin ibn binti bint ben la le du des ter ten y e o' st st. mac san santa".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md mba msc ma ba esq cpa pmp rn dds llm jd ca fca mbe obe".split())
# Family names that come first and are common: "Li Wei", "Nguyen Van An", "Kim Min-jun", "Tan Wei Ling".
FAMILY_FIRST = frozenset(
    """chew phua seah loh yap kwok li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang han cao deng feng tan lim lee ng goh ong wong chan cheung lam leung ho yip chua teo koh yeo sim toh quek ang chia
    nguyen tran le pham hoang phan vu vo dang bui do ngo duong ly kim park choi jung kang cho yoon jang shin kwon hwang ahn song yoo hong jeon moon""".split()
)
# Korean family names before a given name with a hyphen: "Seo Min-jae".
BEFORE_A_HYPHEN = frozenset(
    "kim lee park choi seo suh baek bae heo nam ryu rhee jeong jung noh oh han shin yoon jang lim".split()
)
NOT_NAMES = frozenset(
    """the a an and or but if when where what who why how this that these those i we you he she it they my our your his her its their there here then now so as at by for from in into of on to up with
    hi hello howdy hiya heya aloha dear hey hallo hej hola ciao bonjour good morning afternoon evening day thanks thank regards best kind warm yours sincerely cheers please kindly yes no not ok okay great perfect
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec
    cv hr it ceo cfo cto coo vp pm am uk us usa eu gmt utc cet est pst zoom teams skype let lets clinic merchandising marketing finance logistics operations procurement payroll accounts compliance engineering google microsoft outlook linkedin slack webex whatsapp meet email mail phone video call interview meeting panel round stage room floor street st road rd
    avenue ave lane building gate entrance reception office hq level suite team department dept group company ltd inc gmbh llc plc university college school hospital bank trust council board committee human resources recruiting recruitment talent people
    senior junior lead head chief director manager engineer analyst designer developer officer coordinator assistant partner specialist consultant administrator executive president editor technician planner supervisor
    application position role job vacancy opening candidate offer contract subject re fwd fw from date sent location when where who join link id note ps p.s fyi btw asap nb faq url http https www com dr mr mrs ms miss prof
    god nobody somebody anybody everybody nothing something everything anyone someone everyone none
    christmas easter new year bank holiday north south east west central european english german french spanish dutch italian polish swedish norwegian danish american british irish
    finnish czech slovak hungarian greek turkish russian ukrainian portuguese brazilian mexican canadian australian austrian swiss belgian japanese chinese korean indian romanian bulgarian croatian serbian estonian latvian lithuanian icelandic""".split()
)
# "McAra", "MacAllister", "DeShawn": a second capital belongs to the name.
NAME_WORD = rf"(?:(?:Ma?c|De|Di|Du|La|Le|Fitz|[DO]['’])(?=[{CAPITALS}]))?[{CAPITALS}][{SMALLS}ə'’]+(?:[-'’][{CAPITALS}{SMALLS}]+)*"
INITIAL = r"[A-Z]\."
TITLE_WORD = r"(?:(?:En|Pn|Tn|Hj)(?=\.)|Cik|Dean(?= [A-Z][\w'’-]+ [A-Z])|Engineer|Matron|Pastor|Brother|Bro|Hna|Hno|Sir|Madam|Pak|Bu|Kak|Mbak|Ir|Drs|Arch|Adv|Datuk|Dato|Puan|Encik|Shri|Smt|Ibu|Bapak|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Capt|Col|Rev|Reverend|Sr|Sra|Herr|Frau|Eng|Engr|Sister|Chef|Captain|Colonel|Mme|M)\.?"
CAPITAL = re.compile(rf"[{CAPITALS}]")
# "Their Mr Sibanda", "So Mrs. Govender": a sentence that begins, and then somebody.
BEFORE_TITLE = (
    r"(?:Their|Our|His|Her|My|Your|And|With|Then|So|But|Now|Both|Only|When|If|Because|Since|As|Also|Today|Yes|Perhaps|Maybe)"
    r" (?=(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b)"
)
# A look at the first letter comes before all else: most places of a text hold no capital.
NAME = re.compile(
    rf"(?=[{CAPITALS}])(?!{BEFORE_TITLE})(?:(?P<title>{TITLE_WORD}) |)(?P<name>{NAME_WORD}(?: (?:{INITIAL}|(?:de|da|do|dos|das|di|del|della|der|den|von|van|bin|binti|al|el|la|le|du|ter|ten|y|e)(?: la| der| den| los| las)?)(?= [{CAPITALS}]))?(?:[ -]{NAME_WORD}){{0,3}})"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A personal name taken apart. `given` or `family` may be empty where that is not sure."""

    full: str
    given: str
    family: str
    title: str = ""


ASIDE = re.compile(r"\(.*?\)|\[.*?\]|<.*?>|\".*?\"")
OPENS_ASIDE = frozenset('([<"')
OF_WHERE = re.compile(r"\s+(?:via|at|from|@|\||-|–|·|,? ?on behalf of|bei|chez|c/o)\s+.*$")
SWAPPED = re.compile(r"^([^,]+),\s*([^,]+)(?:,.*)?$")


@lru_cache(maxsize=4096)  # the same people write and are written to all the time
def parse_name(name: str) -> NameParts:
    """ "Lindholm, Becca" | "Dr. Sunil Mehrotra" | "de la Cruz, María" | "TAN WEI LING" | "Becca Lindholm (she/her)" -> parts."""
    text = " ".join((name if OPENS_ASIDE.isdisjoint(name) else ASIDE.sub(" ", name)).split())
    if text.count(" ") > 1:
        text = OF_WHERE.sub("", text)
    swapped = SWAPPED.match(text) if "," in text else None
    if (
        swapped
        and swapped.group(2).lower().strip(". ") not in SUFFIXES
        and not (" " in swapped.group(1) and swapped.group(2).lower() in NOT_NAMES)  # "Fergus Kay, Editor"
        and not re.search(r"\b(?:hr|recruit|team|talent|manager|director)\b", swapped.group(2), re.I)
    ):
        text = f"{swapped.group(2)} {swapped.group(1)}"
        family_last = True
    else:
        text = text.split(",")[0]
        family_last = False
    words = [w for w in text.split() if w]
    title = ""
    while words and words[0].lower().strip(".") in TITLES and not given_too(words):
        title = title or words[0]
        words.pop(0)
    while len(words) > 1 and words[-1].lower().strip(".") in SUFFIXES:
        words.pop()
    words = [nice(w) for w in words]
    full = " ".join(words)
    if not words or not "".join(words).isalpha() and any(ch.isdigit() or ch in "@&/" for ch in full):
        return NameParts("", "", "", title)
    if len(words) == 1:
        return NameParts(full, "" if title else full, full if title else "", title)
    if not family_last and len(words) == 2 and "-" in words[1] and words[0].lower() in BEFORE_A_HYPHEN:
        return NameParts(full, words[1], words[0], title)
    if (
        not family_last
        and words[0].lower() in FAMILY_FIRST
        and len(words) <= 3
        and words[-1].lower() not in FAMILY_FIRST
        and not western(words[-1])
    ):
        return NameParts(full, " ".join(words[1:]), words[0], title)
    cut = 1
    if len(words[0].rstrip(".")) == 1:  # "J. Petersen": an initial is no given name to greet by
        return NameParts(
            full,
            words[1] if len(words) > 2 and len(words[1]) > 2 and family_last is False and len(words) > 2 else "",
            words[-1],
            title,
        )
    while cut < len(words) - 1 and words[cut].lower() not in PARTICLES:
        cut += 1
    both = len(words) == 3 and double(words[0], words[1]) or len(words) > 2 and words[0].lower() in ("mª", "m.ª")
    given = " ".join(words[:2]) if both else words[0]
    return NameParts(full, given, " ".join(words[cut:]), title)


# "Carol Ann", "Mary Jo", "Billy Bob": given names that are said together.
FIRST_OF_TWO = frozenset(
    "mary carol betty jo lee ruth sue peggy billy bobby billie patty barbara martha lou leigh dee anna julie jim".split()
)
SECOND_OF_TWO = frozenset("ann anne beth jo lou sue kay bob joe lynn mae ray".split())


def double(first: str, second: str) -> bool:
    return first.lower() in FIRST_OF_TWO and second.lower() in SECOND_OF_TWO


# Titles that are given names as well: with a full stop a title, before a lone family name the given name ("Col Beasley").
GIVEN_TOO = frozenset("col dean major judge prince earl duke marshal rev gen".split())


def given_too(words: list[str]) -> bool:
    return len(words) == 2 and words[0].lower() in GIVEN_TOO


def western(word: str) -> bool:
    """A last word that can hardly be a Chinese, Vietnamese or Korean given name."""
    return (
        len(word) > 8
        or bool(re.search(r"(son|sen|ski|ska|berg|man|ton|ley|er|ez|ini|ova|ev|ian)$", word.lower()))
        and len(word) > 5
    )


def nice(word: str) -> str:
    """Shouted and whispered names as names; "McDonald" and "de" stay."""
    if word.lower() in PARTICLES:
        return word.lower() if word.isupper() or word.islower() else word
    if len(word) > 2 and (word.isupper() or word.islower()) and not INITIALS.fullmatch(word):
        return re.sub(r"(^|[-'’])(\w)", lambda m: m.group(1) + m.group(2).upper(), word.lower())
    return word


INITIALS = re.compile(r"(?:\w\.)+\w?")
AEIOU = frozenset("aeiouy")


def borne_by(word: str, name: str, local: str) -> bool:
    """Is this word a name of somebody who is shown and whose mailbox is called so, or how it begins? "Ha" is none of Siv Hammerstad's."""
    word = word.lower()
    theirs = [*NO_LETTERS.split(f"{name} {local}".lower()), *map(squashed, name.split())]
    initials = "".join(w[0] for w in name.lower().split())
    plain = squashed(word)
    return (
        word in theirs
        or plain in (*theirs, initials)
        or len(word) > 2
        and any(w.startswith(word) for w in theirs)
        or len(word) > 3
        and any(word in piece for piece in NO_LETTERS.split(local.lower()))
    )


NO_LETTERS = re.compile(r"[\W\d_]+")


def given_name(address: Address, signed: str = "") -> str:
    """How to greet this person: as they sign where that fits their name or address, else the given name of the display name."""
    parts = parse_name(address.name)
    if signed:
        own = parse_name(signed)
        first = own.given or (own.full if " " not in own.full else "")
        shown = parts.full.split()
        if own.given and own.family and parts.given.lower() == own.family.lower() != own.given.lower():
            return own.given  # "Prosser M" signs "Menna Prosser"
        if len(shown) > 2 and own.full.lower().split() == [word.lower() for word in shown[1:]]:
            return own.full  # "Tan Hui Min" signs "Hui Min": what comes first is the family
        if len(shown) > 2 and own.full.lower().split() == [word.lower() for word in shown[:2]]:
            return own.full  # "Ana Clara Viera" signs "Ana Clara"
        if (
            first
            and len(first) > 1
            and not (len(first) == 2 and AEIOU.isdisjoint(plain_letters(first)) and parts.given)  # "Ch." for Chucho
            and not (
                signed.isupper() and len(squashed(first)) <= 3 and first.lower() not in parts.full.lower().split()
            )  # "RB"
            and (
                not parts.full
                or borne_by(first, address.name, address.local)
                or parts.given.lower().startswith(first.lower()[:2])
                or not parts.given
            )
        ):
            return first
    # which of the two comes first cannot be told there: the full name is never wrong
    unsure = parts.full.startswith(parts.given) and family_shown_first(parts.full, address.local)
    return "" if unsure else parts.given


def family_shown_first(full: str, local: str) -> bool:
    """ "Hyttinen Arto" of arto.hyttinen@…, as directories of offices show it, or Sara Lund of lund.sara@…?"""
    shown, written = [squashed(w) for w in full.split()], [squashed(w) for w in LOCAL_BREAK.split(local)]
    return len(shown) == 2 and shown[0] != shown[1] and written == shown[::-1]


LOCAL_BREAK = re.compile(r"[._-]+")


GOES_ON = "_,;:&/(–-"  # what stands before a word in the middle of a sentence


def opens_sentence(text: str, at: int) -> bool:
    """A capital at the beginning of a sentence says nothing."""
    while at and text[at - 1].isspace():
        at -= 1
    last = text[at - 1 : at]
    return not last or not (last.isalnum() or last in GOES_ON)


# "Devils River", "San Angelo": places with the form of names.
OF_A_PLACE = frozenset(
    "river creek valley falls springs county harbour harbor island islands lake beach mountain mountains peninsula".split()
)
BEFORE_A_PLACE = frozenset("san santa saint fort port mount lake los las upper lower".split())


TO_A_PLACE = re.compile(r"\b(?:in|into|at|near|off|around|outside|the|past|over|out by)\s*$", re.I)


def a_place(words: list[str], before: str) -> bool:
    """Behind "near" or "into" only: Peter Lake and Santa Lopez are people."""
    form = len(words) > 1 and (words[-1].lower() in OF_A_PLACE or words[0].lower() in BEFORE_A_PLACE)
    return form and bool(TO_A_PLACE.search(before[-12:]))


def no_name(word: str) -> bool:
    lower = word.lower()
    return lower in NOT_NAMES or not lower.isalpha() and lower.replace("’", "'").partition("'")[0] in NOT_NAMES


def opens_with_jan(words: Sequence[str]) -> bool:
    """ "Jan de Vries": before another word of a name it is a given name, alone the month."""
    return len(words) > 1 and words[0] in ("Jan", "jan")


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Personal names in prose: (name, title, start, end). Single capitalised words only behind a title."""
    if not CAPITAL.search(text, 1):  # the first word of a sentence alone is no name
        return ()
    found: list[tuple[str, str, int, int]] = []
    for match in NAME.finditer(text):
        title, name = match.groups("")
        if not title and " " not in name:  # most often the first word of a sentence
            start, end = match.span()
            if start and not opens_sentence(text, start) and not no_name(name):
                found.append((name, title, start, end))
            continue
        title = title.rstrip(".")
        words = name.split()
        while words and no_name(words[0]) and not opens_with_jan(words):
            words.pop(0)
        while words and no_name(words[-1]):
            words.pop()
        if (
            not words
            or any(map(no_name, words[opens_with_jan(words) :]))
            or not title
            and a_place(words, text[: match.start("name")])
            or len(words) == 1
            and not title
            and opens_sentence(text, text.find(words[0], match.start()))
        ):
            continue
        name = " ".join(words)
        start = text.find(name, match.start())
        found.append((name, title, start, start + len(name)))
    return tuple(found)
