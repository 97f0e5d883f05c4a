"""Which words of a text spell a mail domain: "Umlazi Rail Works" for umlazirail.example, "Summit Ridge Credit Union" for
summitridgecu.example. A domain is written by machines and a name by people; the surest name is the one that fits the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from agent.core.read.domains import GENERIC_LABELS, PERSONAL, labels, squashed

SUFFIXES = frozenset(
    """ltd limited inc llc llp plc gmbh ag sa sarl sas bv nv ab as oy kg se spa srl pty pte pvt corp corporation company co group holding holdings hotels hotel works systems supply union district cooperative coop co-op trust foundation
    society university college school schools hospital clinic bank museum library council authority agency services service solutions partners associates consulting technologies technology tech labs lab laboratories studio studios media press
    books foods food farms farm brewing brewery industries international global engineering logistics transport transit rail railway lines shipping maritime ferries energy power water health healthcare care medical pharma dental
    design architects builders construction homes properties estates insurance financial finance capital ventures games gaming digital software data analytics robotics instruments mining steel metals textiles textile fashion
    wines vineyard winery bakery kitchen restaurant catering travel tours resort resorts airlines airways aviation motors automotive parts tools hardware gardens nursery theatre theater opera orchestra festival gallery archive institute
    academy laboratoires laboratoire librairie libreria librería hôtel institut instituto istituto université universidad universidade banque banco banca école escuela escola groupe grupo gruppo société
    clinique clínica klinik klinikum théâtre teatro musée museo museu éditions verlag praxis kanzlei stiftung fundación fondation fondazione associazione asociación cooperativa stadtwerke
    centre center network association federation board ministry department commission county city town borough municipality parish diocese church mission ngo project programme""".split()
)
SMALL = frozenset(
    "& and of the de la le les du des del della di da do dos das y e et und van von zu der den for in at".split()
)
ABBREVIATED = re.compile(r"\b(St|Mt|Ft|Dr|Co|Bros|Jr|Sr|Mc|[A-Z])\.")
BREAKS = re.compile(r"[\n.!?;:|()<>•·/]")
WORD = re.compile(r"[\w'’&.+-]*\w|&")
GENERIC_LABEL = re.compile(
    r"(?:law|legal|group|online|hq|jobs|careers|web|mail|uk|us|usa|eu|intl|global|inc|ltd|gmbh|co|company|team|official|home|app|io|tech|edu|org|eg|ng|ke|za)$"
)
MOST_WORDS = 6  # of a name
# First letters as they may be written with accents: a name that begins with "É" fits a label that begins with "e".
ACCENTED = {
    "a": "àáâãäåāăą", "c": "çćč", "d": "ďđ", "e": "èéêëēėę", "g": "ğģ", "i": "ìíîïīıİ", "l": "łļ", "n": "ñńņň", "o": "òóôõöøō",
    "r": "řŕ", "s": "śşšș", "t": "ťțţ", "u": "ùúûüūůű", "y": "ýÿ", "z": "źżž",
}  # fmt: skip


@lru_cache(maxsize=512)
def fits(label: str, words: tuple[str, ...]) -> float:
    """The better of two readings: accents dropped, and umlauts written out ("haegele" for "Hägele"); hyphens may divide names."""
    best = fit_of(label, words)
    if best < 10 and any(c in "äöüÄÖÜ" for w in words for c in w):
        written = tuple(w.translate(UMLAUTS) for w in words)
        best = max(best, fit_of(label, written))
    if best < 6 and "-" in label:
        best = max([best, *(min(fit_of(part, words), 6.0) for part in label.split("-") if len(part) >= 3)])
    return best


UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def fit_of(label: str, words: tuple[str, ...]) -> float:
    """How well a run of words fits a domain label, 0 to 10.

    Equal letters 10; each word's beginning in order ("summitridgecu") 8; the words' letters are the beginning of the label 7;
    initials of at least three words 6.
    """
    plain = squashed(label)
    letters = "".join(map(squashed, words))
    if len(plain) < 2 or not letters:
        return 0
    pieces = [squashed(w) for w in words if w.lower() not in SMALL]
    if plain in (letters, "".join(pieces)):
        return 10
    if len(pieces) >= 2 and len(plain) >= 5 and beginnings(plain, [p for p in pieces if p]):
        return 8
    if len(pieces) >= 3 and words[0].lower() in SMALL and beginnings(plain, [squashed(words[0]), *pieces]):
        return 8  # "vldnotarissen" counts the "van" of Van Loenen & Dijkgraaf Notarissen
    if len(letters) >= 5 and plain.startswith(letters) and len(letters) * 2 >= len(plain):
        return 7
    if len(letters) >= 4 and plain.startswith(letters) and len(words) == 1:
        return 5
    parts = label.split("-")
    if len(parts) > 1 and len(pieces) - len(parts) in (0, 1) and each_begins(parts, pieces) and len(plain) >= 8:
        # "deux-rives-theatre" is the Théâtre des Deux Rives, "rural-ministry" the Ministry of Rural Affairs
        return 8 if len(pieces) == len(parts) else 7.5
    if len(pieces) >= 3 and any("".join(pieces[:n] + pieces[n + 1 :]) == plain for n in range(1, len(pieces))):
        return 8  # "penobscotarchives" leaves out a word of "Penobscot Valley Archives"
    if "&" in words[1:-1] and len(pieces[0]) >= 5 and plain.startswith(pieces[0]):
        return 6  # Hobday & Daughters write from hobdaybinders.example
    initials = "".join(p[0] for p in pieces if p)
    if len(initials) >= 3 and initials in (plain, bare(plain)):
        return 6
    return 0


@lru_cache(maxsize=128)
def bare(plain: str) -> str:
    """The letters of a label without what any firm may add: "dhllaw" -> "dhl"."""
    return GENERIC_LABEL.sub("", plain)


def hopeless(label: str, plain: str, words: Sequence[str]) -> bool:
    """Can `fits` only say 0 of every run that begins with the first of these words? A cheap look before a dear one."""
    if "-" in label or not "".join(words).isascii():
        return False
    first, pieces = squashed(words[0]), [squashed(w) for w in words if w.lower() not in SMALL]
    lead = next(iter(pieces), "")
    if plain.startswith((first[:4], lead[:4])) or any(len(w) >= 5 and plain.endswith(w) for w in pieces):
        return False
    initials = "".join([p[:1] for p in pieces])
    return len(initials) < 3 or not initials.startswith((plain, bare(plain)))


def best_fit(found: Iterable[str], names: Iterable[Sequence[str]]) -> float:
    """The best that one of these labels fits one of these names, each cut into its words."""
    runs = [tuple(words) for words in names]
    return max((fits(label, words) for label in found for words in runs), default=0.0)


def each_begins(parts: list[str], pieces: list[str]) -> bool:
    """Does each part of a divided label begin another word: "wolfrathstein-bank" of Bankhaus Wolfrathstein?"""
    left = list(pieces)
    for part in parts:
        fitting = next((p for p in left if p == part or len(part) > 3 and p.startswith(part)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def beginnings(label: str, pieces: list[str]) -> bool:
    """Can the label be read as beginnings of the words in order, the first one whole or nearly so?"""
    whole = 0

    def read(at: int, n: int) -> bool:
        nonlocal whole
        if n == len(pieces):
            return at == len(label)
        word = pieces[n]
        for length in range(min(len(word), len(label) - at), 0, -1):
            if (
                label[at : at + length] != word[:length]
                or not n
                and length < min(4, len(word))
                and not any(len(p) >= 5 and label.endswith(p) for p in pieces[1:])
            ):
                continue
            if read(at + length, n + 1):
                whole += length == len(word)
                return True
        return False

    return len(pieces) <= 7 and read(0, 0) and (whole >= 1 or len(pieces) >= 3)


@lru_cache(maxsize=128)
def starting_with(starts: tuple[str, ...]) -> re.Pattern[str]:
    """Words with the first letter of one of these, accents aside; and "The", which a name may carry in front."""
    letters = "".join(f"{c}{ACCENTED.get(c, '')}" for c in dict.fromkeys(start[:1] for start in starts))
    letters += letters.upper()
    return re.compile(rf"(?<![\w'’&.+-])(?:[{re.escape(letters)}][\w'’&.+-]*|[Tt]he\b)")


@lru_cache(maxsize=256)
def named_after(domain: str, text: str) -> tuple[tuple[str, float], ...]:
    """Runs of words in one line of text that fit a label of the domain: (name as written, fit)."""
    found: list[tuple[str, float]] = []
    for n, label in enumerate(with_short_forms(labels(domain)[:3])):
        if len(label) < 3 or label in PERSONAL or label in GENERIC_LABELS:
            continue
        plain, starts = squashed(label), openings(label)
        end = -1
        for first in starting_with(starts).finditer(text, 0, 600):
            word, start = first.group(), first.start()
            if not capital(word) and word != "the" and (word in SMALL or not plain.startswith(squashed(word))):
                continue
            if n and not capital(word):
                continue
            words = [(m.group(), m.start(), m.end()) for m in islice(WORD.finditer(text, start, 600), 14)]
            if len(words) > 1 and words[1][0] == "at" or not may_begin(word, plain, starts, words):
                continue
            size, fit = longest_fit(label, plain, text, words)
            if size and (fit > 6 or squashed(word)[:1] == plain[:1] or word in ("The", "the")):
                end = words[extended(words, size, text) - 1][2]
                found.append((text[start:end].strip(" .'’"), fit - n))
    return tuple(found)


@lru_cache(maxsize=128)
def openings(label: str) -> tuple[str, ...]:
    """With which two letters a name for this label may begin: "rural-ministry" is the Ministry of Rural Affairs, too."""
    parts = [squashed(part) for part in label.split("-")]
    return tuple(dict.fromkeys(part[:2] for part in (parts if min(map(len, parts)) > 3 else parts[:1])))


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
    """Labels, and the first one without a word that only calls on people: "flyptarmigan" is Ptarmigan's."""
    short = CALLED_ON.sub("", found[0]) if found else ""
    return [*found, short] if short and short != found[0] else found


def capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def longest_fit(label: str, plain: str, text: str, words: list[tuple[str, int, int]]) -> tuple[int, float]:
    """(how many of these words fit the label best, how well); (0, 0) where none do."""
    first, start, _ = words[0]
    named = capital(first) or squashed(first) == plain
    best: tuple[float, int] = (0, 0)
    if hopeless(label, plain, [w for w, _, _ in words[:MOST_WORDS]]):
        return 0, 0
    for size in range(1, min(MOST_WORDS, len(words)) + 1):
        run = words[:size]
        if size > 1 and run[-1][0].lower() in SMALL:
            continue
        between = text[start : run[-1][2]]
        if "." in between:
            between = ABBREVIATED.sub(r"\1 ", between)
        if size > 1 and BREAKS.search(between):
            break
        fit = fits(label, tuple(w for w, _, _ in run))
        if "," in between and fit not in (6.0, 8.0, 10.0):
            continue
        if fit and (named or fit >= 10 and size > 1) and fit + size / 2 >= best[0] + best[1] / 2:
            best = (fit, size)
        if fit >= 10:
            break
    return best[1], best[0]


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
    return word[0].isupper() and word.lower().strip(".") in SUFFIXES
