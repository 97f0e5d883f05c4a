"""Which words of a text spell a mail domain: "Umlazi Rail Works" for umlazirail.example, "Summit Ridge Credit Union" for
summitridgecu.example. A domain is written by machines and a name by people; the surest name is the one that fits the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from agent.core.read.domains import GENERIC_LABELS, PERSONAL, labels, squashed
from agent.core.read.likeness import LONGEST_END, SMALL, UMLAUTS, bare, fits, initialled, part_begins, umlauts

SUFFIXES = frozenset(
    """ltd limited inc llc llp plc gmbh ag sa sarl sas bv nv ab as oy kg se spa srl pty pte pvt corp corporation company co group holding holdings hotels hotel works systems supply union district cooperative coop co-op trust foundation
    society university college school schools hospital clinic bank museum library council authority agency services service solutions partners associates consulting technologies technology tech labs lab laboratories studio studios media press
    books foods food store stores farms farm brewing brewery industries international global engineering logistics transport transit rail railway lines shipping maritime ferries energy power water health healthcare care medical pharma dental
    design architects builders construction homes properties estates insurance financial finance capital ventures games gaming digital software data analytics robotics instruments mining steel metals textiles textile fashion
    wines vineyard winery bakery kitchen restaurant catering travel tours resort resorts airlines airways aviation motors automotive parts tools hardware gardens nursery theatre theater opera orchestra festival gallery archive institute
    academy laboratoires laboratoire librairie libreria librería hôtel institut instituto istituto université universidad universidade banque banco banca école escuela escola groupe grupo gruppo société
    clinique clínica klinik klinikum théâtre teatro musée museo museu éditions verlag praxis kanzlei stiftung fundación fondation fondazione associazione asociación cooperativa stadtwerke
    centre center network association federation board ministry department commission county city town borough municipality parish diocese church mission ngo project programme""".split()
)
# What else may stand behind a name that fits, or before it, and belong to it: "Kauri Point" + "Radiology", "Museum" + "De Vlasloods".
WITH_A_NAME = SUFFIXES | frozenset(
    """aggregates quarries quarry minerals cement concrete radiology imaging diagnostics brokers pilots opticians optometry physiotherapy rehabilitation nursing home homes hospice chambers solicitors notaries surveyors accountants auctioneers printers printing
    publishing publishers pictures films records radio broadcasting television bookshop stationers florists seeds nurseries orchards fisheries seafoods meats butchers bakers mills brewers distillery distillers cidery
    coffee tea spices packaging plastics glass ceramics pottery paper timber lumber joinery furniture carpets fabrics weavers weaving leather shoes footwear garments apparel clothing jewellers optics lighting electric electrical
    electronics automation controls valves pumps bearings machinery machines cranes elevators lifts boats yachts marina marine shipyard harbour harbor port ports airport cargo freight forwarding couriers haulage
    trucking buses coaches cycles bikes cars rentals leasing storage warehousing recycling waste environmental surveys mapping observatory planetarium aquarium zoo heritage ballet theatres cinema cinemas spa sports club
    pharmacy pharmacies surgery practice dentists veterinary vets kennels stables ranch estate estates gardens growers dairies creamery creameries outfitters interiors installations constructions contracting roofing plumbing heating
    colorificio analisi laboratorio laboratori officine cantina azienda pensão pensao hotel casa restaurante farmacia farmácia taller bodega panadería boekhuis theehuis atelier manufacture maison brasserie kaasmakerij bakkerij
    drukkerij notariaat orgelbau tischlerei bäckerei brauerei weingut gasthof buchhandlung apotheke spedition druckerei rederi bryggeri forlag bakeri vinícola padaria""".split()
)
ABBREVIATED = re.compile(r"\b(St|Mt|Ft|Dr|Co|Bros|Jr|Sr|Mc|[A-Z])\.")
BREAKS = re.compile(r"[\n.!?;:|()<>•·/]")
LINE_END = "\0"  # stands behind the words of each line
WORD = re.compile(rf"[\w'’&.+-]*\w|[&{LINE_END}]")
AT_END = "'&.+-"  # what belongs to a word only where another letter of it follows
# Of a text of ASCII letters: all but what may belong to words becomes a blank.
PARTED = bytes(code if chr(code).isalnum() or chr(code) in f"_{AT_END}{LINE_END}" else 32 for code in range(128)).ljust(
    256
)
MOST_WORDS = 6  # of a name
MOST_TEXT = 600  # characters of a line in which names are looked for
MOST_TAKEN = 14  # words that are looked at from the beginning of a name on
# First letters as they may be written with accents: a name that begins with "É" fits a label that begins with "e".
ACCENTED = {
    "a": "àáâãäåāăą", "c": "çćč", "d": "ďđ", "e": "èéêëēėę", "g": "ğģ", "i": "ìíîïīıİ", "l": "łļ", "n": "ñńņň", "o": "òóôõöøō",
    "r": "řŕ", "s": "śşšș", "t": "ťțţ", "u": "ùúûüūůű", "y": "ýÿ", "z": "źżž",
}  # fmt: skip


class Label(NamedTuple):
    """A label of a domain, made ready for being held against many words."""

    written: str  # as it stands in the domain
    plain: str  # its letters and digits alone
    rank: int  # 0: the first of its domain, whose owner is the likeliest to be named
    starts: tuple[str, ...]  # two letters with which a name for it may begin
    firsts: frozenset[str]  # first letters of such a name, as they may be written
    letters: frozenset[str]  # those, and the first letter of "The", which may stand in front of a name
    begins: frozenset[str]  # what the first four letters of a name may be, that spells the label or a part of it
    initials: tuple[str, ...]  # what the initials of a name may spell
    parts: tuple[str, ...]  # of a divided label
    ends: frozenset[str]  # what a later word of a name may be, where the first is not spelled out


@lru_cache(maxsize=128)
def looked_for(domain: str, hosted: bool = True) -> tuple[Label, ...]:
    """The labels of a domain after which its owner may be called. `hosted`: a machine writes, perhaps for a house that has
    a sub-domain there; where a person writes, a sub-domain is a department."""
    found = labels(domain)
    # "mbh.health.example": many houses of one trade
    shared = bool(found) and (len(found[0]) <= 3 or found[0] in SUFFIXES)
    return tuple(
        readied(label, rank)
        for rank, label in enumerate(with_short_forms(found[: 3 if hosted or shared else 1]))
        if len(label) >= 3 and label not in PERSONAL and label not in GENERIC_LABELS and len(squashed(label)) >= 2
    )


def readied(label: str, rank: int) -> Label:
    plain, starts, parts = squashed(label), openings(label), tuple(label.split("-"))
    letters, keys = first_letters(starts[0][:1]), [plain]
    if len(parts) > 1:
        letters = letters.union(*[first_letters(start[:1]) for start in starts[1:]])
        keys += [squashed(part) for part in parts if len(part) >= 3]
    initials = [
        short
        for key in keys
        if len(key) <= LONGEST_INITIALS
        for short in (key, bare(key))
        if 3 <= len(short) <= MOST_WORDS
    ]
    begins = frozenset([key[:n] for key in keys for n in range(5)])
    ends = frozenset([key[n:] for key in keys for n in range(len(key) - 4)])
    return Label(label, plain, rank, starts, letters, letters | THE, begins, tuple(initials), parts, ends)


THE = frozenset("tT")  # "The" may stand in front of a name
LONGEST_INITIALS = MOST_WORDS + LONGEST_END


@lru_cache(maxsize=64)
def first_letters(letter: str) -> frozenset[str]:
    """A letter as it may be written at the beginning of a name."""
    written = f"{letter}{ACCENTED.get(letter, '')}"
    return frozenset(written + written.upper())


def spelled(texts: Sequence[str]) -> list[str]:
    """The words of some lines among which names are looked for, in order, with LINE_END behind those of each line. The words of a
    message are looked through at once: that costs less than to begin with each of its lines anew."""
    whole = "".join([f"{text[:MOST_TEXT].replace(LINE_END, ' ')} {LINE_END} " for text in texts])
    if not whole.isascii():
        return WORD.findall(whole)
    found: list[str] = []
    for piece in whole.encode().translate(PARTED).decode().split():
        if piece[-1] in AT_END:
            found += WORD.findall(piece)
        else:
            found.append(piece)
    return found


def named_after(domain: Sequence[Label], texts: Sequence[str], words: list[str]) -> list[tuple[int, str, float]]:
    """Runs of words in these lines that fit a label of a domain: (number of the line, name as written, fit), line by line.
    `words`: those of the lines, as `spelled`."""
    found: list[tuple[int, str, float]] = []
    for label in domain:
        for at in beginners(label, words):
            line = words[:at].count(LINE_END)
            first = at - words[:at][::-1].index(LINE_END) if line else 0
            placed = places(texts[line], words[first : at + MOST_TAKEN])
            name = name_at(label, texts[line], placed[at - first :])
            if name is not None:
                found.append((line, *name))
    return sorted(found, key=itemgetter(0)) if len(domain) > 1 else found


def places(text: str, words: Sequence[str]) -> list[tuple[str, int, int]]:
    """The first words of a line with their places, as far as the line goes."""
    out: list[tuple[str, int, int]] = []
    end = 0
    for word in words:
        if word == LINE_END:
            break
        start = text.find(word, end)
        end = start + len(word)
        out.append((word, start, end))
    return out


def beginners(label: Label, words: list[str]) -> list[int]:
    """Where in some lines a name for this label may begin, told by the words alone: nearly all words end here."""
    firsts, letters = label.firsts, label.letters
    return [
        n
        for n, word in enumerate(words)
        if word[0] in letters  # most words begin with none of them
        and (word[0] in firsts or word[1:3] == "he")
        and (capital(word) or not label.rank and (word[:3] == "the" or label.plain.startswith(squashed(word))))
        and hopeful(label, of_one_line(words[n : n + MOST_WORDS]))
    ]


def of_one_line(words: list[str]) -> list[str]:
    return words[: words.index(LINE_END)] if LINE_END in words else words


def hopeful(label: Label, words: Sequence[str]) -> bool:
    """Can `fits` say more than 0 of a run that begins with the first of these words? A cheap look before a dear one."""
    if squashed(words[0])[:4] in label.begins:
        return True
    pieces = [squashed(w) for w in words if w.lower() not in SMALL]
    if pieces and pieces[0][:4] in label.begins or not label.ends.isdisjoint(pieces):
        return True
    if label.initials and "".join([p[:1] for p in pieces]).startswith(label.initials):
        return True
    if len(pieces) > 2 and pieces[1][:1] == label.plain[1:2] and initialled(label.plain, pieces):
        return True
    if len(label.parts) > 1 and all(any(map(part_begins, pieces, repeat(part))) for part in label.parts):
        return True
    return umlauts(words) and hopeful(label, [w.translate(UMLAUTS) for w in words])


def name_at(label: Label, text: str, words: list[tuple[str, int, int]]) -> tuple[str, float] | None:
    """The run at the beginning of these words that fits the label best, if one does: (name as written, fit)."""
    start, plain = words[0][1], label.plain
    word = opener(label, text, words[0])
    if not word or not capital(word) and (label.rank or word != "the" and not plain.startswith(squashed(word))):
        return None
    if text.startswith(" at ", words[0][2]) or not may_begin(word, plain, label.starts, words):
        return None
    size, fit = longest_fit(label.written, plain, text, words)
    if fit < 10 and word in SMALL and word != "the":  # "dos marías" of dosmarias.example, and no "de" of anybody's
        return None
    if not size or fit <= 6 and squashed(word)[:1] != plain[:1] and word not in ("The", "the"):
        return None
    end = words[extended(words, size, text) - 1][2]
    before = LED.search(text, 0, start) if start and text[start - 1] == " " else None
    if before and before.group(1)[0].isupper() and before.group(1).lower() in WITH_A_NAME:
        start = before.start(1)
    elif before and before.group(1) == "of" and (of := KIND_OF_HOUSE.search(text, 0, start)):
        start = of.start() if of.group(1).lower() in WITH_A_NAME else start
    return text[start:end].strip(" .'’"), fit - label.rank


KIND_OF_HOUSE = re.compile(r"\b([A-Z]\w+) of $")  # "University of Strathardle"
LED = re.compile(r"(?:^|[\s(,])(\w[\w'’-]+) $")  # the word before a name


@lru_cache(maxsize=128)
def openings(label: str) -> tuple[str, ...]:
    """With which two letters a name for this label may begin: "rural-ministry" is the Ministry of Rural Affairs, too."""
    if "-" not in label:
        return (squashed(label)[:2],)
    parts = [squashed(part) for part in label.split("-")]
    return tuple(dict.fromkeys(part[:2] for part in (parts if min(map(len, parts)) > 3 else parts[:1])))


OPENER = re.compile(r"[\w'’&.+-]+")


def opener(label: Label, text: str, word: tuple[str, int, int]) -> str:
    """The first word of a name with all that is written onto it ("Smith." at the end of a line), or a bare "The"; "" for others."""
    written, start, _ = word
    if written[0] in label.firsts:
        whole = OPENER.match(text, start, MOST_TEXT)
        return whole.group() if whole else ""
    return written[:3] if not written[3:4].isalnum() and written[3:4] != "_" else ""


def may_begin(word: str, plain: str, starts: tuple[str, ...], words: list[tuple[str, int, int]]) -> bool:
    """Can a name that fits this label begin with this word? Most words that share a letter with it cannot."""
    return (
        len(plain) <= 6
        or word in ("The", "the")
        or not word.isascii()
        or squashed(word)[:2] in starts
        or any(len(w) >= 5 and plain.endswith(squashed(w)) for w, _, _ in words[1:7])
    )


CALLED_ON = re.compile(r"^(?:fly|go|get|the|my|join|try|use|eat|visit|hello|weare|workat)-?(?=[a-z]{4})")


def with_short_forms(found: list[str]) -> list[str]:
    """Labels, and the first one without a word that only calls on people, or with its first word in full: "flyptarmigan" is
    Ptarmigan's."""
    if not found:
        return found
    short, long = CALLED_ON.sub("", found[0]), SHORTENED.sub(lambda match: SPELLED[match.group()], found[0])
    return [*found, *(other for other in (short, long) if other and other != found[0])]


# "mtcorrie" is Mount Corrie's, "stbarnabas" Saint Barnabas'.
SPELLED = {"mt": "mount", "st": "saint", "ft": "fort"}
SHORTENED = re.compile(r"^(?:mt|st|ft)(?=-?[a-z]{4})")


def capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


# Before a name that nobody writes with capitals: "a producer at loose gravel".
IN_SMALL = ("at ", "for ", "from ", "of ")


def longest_fit(label: str, plain: str, text: str, words: list[tuple[str, int, int]]) -> tuple[int, float]:
    """(how many of these words fit the label best, how well); (0, 0) where none do."""
    first, start, _ = words[0]
    named = capital(first) or squashed(first) == plain
    whole = spelled_out(plain, text, words)
    if whole > (0 if named else 1):
        return whole, 10
    best: tuple[float, int] = (0, 0)
    for size in range(1, min(MOST_WORDS, len(words)) + 1):
        run = words[:size]
        if size > 1 and run[-1][0].lower() in SMALL:
            continue
        between = text[start : run[-1][2]]
        if "," in between and not capital(run[-1][0]):
            break  # "Rodrigo of Quintay Towage, we spoke in the café"
        if size > 1 and broken(between):
            break
        fit = fits(label, tuple(w for w, _, _ in run))
        if "," in between and (fit not in (6.0, 8.0, 10.0) or squashed(first)[:1] != plain[:1]):
            continue  # "Emmenau, Spitalweg 4" is where spital-emmenau.example is
        said = named or size > 1 and (fit >= 10 or fit >= 7 and len(between) > 9 and text[:start].endswith(IN_SMALL))
        if fit and said and fit + size / 2 >= best[0] + best[1] / 2:
            best = (fit, size)
        if fit >= 10:
            break
    return best[1], best[0]


def spelled_out(plain: str, text: str, words: list[tuple[str, int, int]]) -> int:
    """How many of these words are the label in full and nothing else, 0 where none are: most names of houses are found here."""
    left = plain
    for size, (word, _, end) in enumerate(words[:MOST_WORDS], 1):
        letters = squashed(word)
        if not word.isascii() or not left.startswith(letters):
            return 0
        left = left[len(letters) :]
        if not left:
            whole = size == 1 or word.lower() not in SMALL and not broken(text[words[0][1] : end])
            return size if whole else 0
    return 0


def broken(between: str) -> bool:
    """Does a sentence or a line end between the first and the last word of a run?"""
    return bool(BREAKS.search(ABBREVIATED.sub(r"\1 ", between) if "." in between else between))


def extended(words: list[tuple[str, int, int]], size: int, text: str) -> int:
    """Take in the generic words that follow a name: "Casa Bonfim" + "Hotels", "Cimarron Feed" + "& Supply"."""
    while size < len(words):
        word, start, _ = words[size]
        if text[words[size - 1][2] : start].strip():
            return size
        if word in ("&", "and", "of") and size + 1 < len(words) and generic(words[size + 1][0]):
            size += 2
        elif generic(word):
            size += 1
        else:
            return size
    return size


def generic(word: str) -> bool:
    return word[0].isupper() and word.lower().strip(".") in WITH_A_NAME
