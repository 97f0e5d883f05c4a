"""How well a run of words fits a label of a mail domain: equal letters, beginnings of words, initials, parts between hyphens. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from agent.core.read.domains import squashed

SMALL = frozenset(
    "& and of the de la le les du des del della di da do dos das y e et und van von zu der den for in at og och ja".split()
)
ALSO = ("og", "und", "et", "och", "en", "ja", "y", "e", "i", "n")  # as domains spell "&" elsewhere
GENERIC_ENDS = frozenset(
    "law legal group online hq jobs careers web mail uk us usa eu intl global inc ltd gmbh co company team official home app io tech edu org eg ng ke za".split()
)
LONGEST_END = max(map(len, GENERIC_ENDS))


@lru_cache(maxsize=512)
def fits(label: str, words: tuple[str, ...]) -> float:
    """The better of two readings: accents dropped, and umlauts written out ("haegele" for "Hägele"); hyphens may divide names."""
    best = fit_of(label, words)
    if best < 10 and umlauts(words):
        written = tuple(w.translate(UMLAUTS) for w in words)
        best = max(best, fit_of(label, written))
    if best < 6 and "-" in label:
        best = max([best, *(min(fit_of(part, words), 6.0) for part in label.split("-") if len(part) >= 3)])
    return best


UMLAUT = re.compile("[äöüåøæÄÖÜÅØÆ]")
UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "å": "aa",
        "ø": "oe",
        "æ": "ae",
        "Å": "Aa",
        "Ø": "Oe",
        "Æ": "Ae",
    }
)


def umlauts(words: Sequence[str]) -> bool:
    joined = "".join(words)
    return not joined.isascii() and bool(UMLAUT.search(joined))


def fit_of(label: str, words: tuple[str, ...]) -> float:
    """How well a run of words fits a domain label, 0 to 10.

    Equal letters 10; each word's beginning in order ("summitridgecu") 8; the words' letters are the beginning of the label 7;
    initials of at least three words 6.
    """
    plain, spelled_out = squashed(label), [squashed(w) for w in words]
    letters = "".join(spelled_out)
    if len(plain) < 2 or not letters:
        return 0
    pieces = [p for p, w in zip(spelled_out, words, strict=True) if w.lower() not in SMALL]
    if plain in (letters, "".join(pieces)):
        return 10
    if "&" in words and any(plain == letters.replace("and", also) for also in ALSO):
        return 10
    if len(pieces) >= 2 and len(plain) >= 5 and beginnings(plain, [p for p in pieces if p]):
        return 8
    if len(pieces) >= 3 and words[0].lower() in SMALL and beginnings(plain, [spelled_out[0], *pieces]):
        return 8  # "vldnotarissen" counts the "van" of Van Loenen & Dijkgraaf Notarissen
    if len(letters) >= 5 and plain.startswith(letters) and len(letters) * 2 >= len(plain):
        return 7
    if len(letters) >= 4 and plain.startswith(letters) and len(words) == 1:
        return 5
    parts = label.split("-")
    if len(parts) > 1 and len(pieces) - len(parts) in (0, 1) and each_begins(parts, pieces) and len(plain) >= 8:
        # "deux-rives-theatre" is the Théâtre des Deux Rives, "rural-ministry" the Ministry of Rural Affairs
        return 8 if len(pieces) == len(parts) else 7.5
    if (
        len(pieces) >= 3
        and plain[:2] == pieces[0][:2]
        and len(tail := "".join(pieces[1:])) > 6
        and plain.endswith(tail)
    ):
        return 7.5  # "freoharbourrowing" of Fremantle Harbour Rowing
    if len(pieces) >= 3 and leaves_one_out(plain, pieces):
        return 8  # "penobscotarchives" leaves out a word of "Penobscot Valley Archives"
    if len(pieces) >= 3 and initialled(plain, pieces):
        return 7
    if "&" in words[1:-1] and len(pieces[0]) >= 4 and plain.startswith(pieces[0]):
        return 6  # Hobday & Daughters write from hobdaybinders.example
    initials = "".join(p[0] for p in pieces if p)
    if len(initials) >= 3 and initials in (plain, bare(plain)):
        return 6
    return 0


def initialled(plain: str, pieces: Sequence[str]) -> bool:
    """Is a label made of initials and the beginning of a word behind them: "hpvets" of Howells & Price Veterinary Surgeons, "cdlab"?"""
    return any(
        len(begun) >= LEAST_BEGUN
        and plain.startswith("".join(p[:1] for p in pieces[:n]))
        and (
            pieces[n].startswith(begun)
            or len(begun) > MOST_BEGUN
            and pieces[n].startswith(begun[:-1])
            or len(begun) > LEAST_BEGUN
            and pieces[n].startswith(begun[:-1])
            and begun[-1] in ("s", *(p[:1] for p in pieces[n + 1 :]))
        )
        for n in range(2, len(pieces))
        for begun in (plain[n:],)
    )


LEAST_BEGUN, MOST_BEGUN = (
    3,
    6,
)  # letters of that word; of more of them the last may be another: "upholstery" of Upholsterers


def leaves_one_out(plain: str, pieces: list[str]) -> bool:
    """Do these pieces spell the label without one of them that is not the first?"""
    left = sum(map(len, pieces)) - len(plain)
    return any(len(pieces[n]) == left and "".join(pieces[:n] + pieces[n + 1 :]) == plain for n in range(1, len(pieces)))


@lru_cache(maxsize=128)
def bare(plain: str) -> str:
    """The letters of a label without what any firm may add: "dhllaw" -> "dhl"."""
    return next((plain[:-n] for n in range(LONGEST_END, 1, -1) if plain[-n:] in GENERIC_ENDS), plain)


def best_fit(found: Iterable[str], names: Iterable[Sequence[str]]) -> float:
    """The best that one of these labels fits one of these names, each cut into its words."""
    runs = [tuple(words) for words in names]
    return max((fits(label, words) for label in found for words in runs), default=0.0)


def each_begins(parts: list[str], pieces: list[str]) -> bool:
    """Does each part of a divided label begin another word: "wolfrathstein-bank" of Bankhaus Wolfrathstein?"""
    left = list(pieces)
    for part in parts:
        fitting = next((p for p in left if part_begins(p, part)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def part_begins(piece: str, part: str) -> bool:
    return piece == part or len(part) > 3 and piece.startswith(part)


def beginnings(label: str, pieces: list[str]) -> bool:
    """Can the label be read as beginnings of the words in order, the first one whole or nearly so?"""
    whole = 0
    if len(pieces) > 7 or sum(map(len, pieces)) < len(label) or label[:1] != pieces[0][:1]:
        return False

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

    return read(0, 0) and (whole >= 1 or len(pieces) >= 3)
