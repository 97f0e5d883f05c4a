"""Which organisation a message is from or about: names in it that fit the sender's domain, and names that patterns point to.

A domain is written by machines and a name by people, so the surest name is the one that fits the other:
"Umlazi Rail Works" for umlazirail.example, "Summit Ridge Credit Union" for summitridgecu.example.
"""

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
AGENCY_WORDS = frozenset(
    "recruit recruiting recruiters recruitment recruiter talent talents staffing personnel headhunters headhunting resourcing placements placement executives careers hires selection search zeitarbeit interim umantis outplacement manpower jobs".split()
)
AGENCY_LABEL = re.compile(
    r"recruit|talent|staffing|personnel|headhunt|resourcing|placement|execsearch|(?<!re)search$|selection(?!s)|hiring|manpower|careerpartner|searchpartner|jobagency"
)
TAIL_WORDS = frozenset(
    "careers career recruiting recruitment talent team hiring jobs hr people via notifications notification alerts no-reply noreply human resources acquisition department dept office support updates newsletter".split()
)
SUFFIXES = frozenset(
    """ltd limited inc llc llp plc gmbh ag sa sarl sas bv nv ab as oy kg se spa srl pty pte pvt corp corporation company co group holding holdings hotels hotel works systems supply union district cooperative coop co-op trust foundation
    society university college school schools hospital clinic bank museum library council authority agency services service solutions partners associates consulting technologies technology tech labs lab laboratories studio studios media press
    books foods food farms farm brewing brewery industries international global engineering logistics transport transit rail railway lines shipping maritime ferries energy power water health healthcare care medical pharma dental
    design architects builders construction homes properties estates insurance financial finance capital ventures games gaming digital software data analytics robotics instruments mining steel metals textiles textile fashion
    wines vineyard winery bakery kitchen restaurant catering travel tours resort resorts airlines airways aviation motors automotive parts tools hardware gardens nursery theatre theater opera orchestra festival gallery archive institute
    academy centre center network association federation board ministry department commission county city town borough municipality parish diocese church mission ngo project programme""".split()
)
SMALL = frozenset(
    "& and of the de la le les du des del della di da do dos das y e et und van von zu der den for in at".split()
)
ABBREVIATED = re.compile(r"\b(St|Mt|Ft|Dr|Co|Bros|Jr|Sr|Mc|[A-Z])\.")
WORD = re.compile(r"[\w'’&.+-]*\w|&")
CAPITAL_RUN = r"(?:[A-ZÀ-ÞŁŚŽŠČĐØÅİ][\w'’&+-]*(?: (?:&|and|of|the|de|la|du|des|del|di|da|do|y|e|et|und|van|von|for) (?=[A-ZÀ-ÞŁŚŽŠČĐØÅİ0-9])| )?){1,6}"
PATTERNS = (
    (
        re.compile(
            rf"\b(?:on behalf of|behalf of|position (?:at|with)|role (?:at|with)|job (?:at|with)|post (?:at|with)|opening (?:at|with)|vacancy (?:at|with)|interview (?:at|with)|application (?:to|at|with|for)|applying (?:to|at)|applied (?:to|at)|opportunity (?:at|with)|join|recruiting (?:at|for)|recruiter (?:at|for|with)|working for|work for|here at|from|with the|at|for|@|interest in|co-founder of|founder of|owner of|director of|run|lead|offer from|career at|team at|thanks? .{{0,20}}to|welcome to) (?:the )?({CAPITAL_RUN})"
        ),
        2.0,
    ),
    (
        re.compile(
            rf"({CAPITAL_RUN}) (?:want|wants|would like|have asked|has asked|are looking|is looking|are after|is after|are keen|is keen|need|needs|has a|have a|is hiring|are hiring|have said|has said|have decided|has decided|board|liked|like you|uses|have come back|has come back|are searching|is searching|seek|seeks|have invited|has invited|will see|would be happy|have chosen|has chosen|have an opening|are recruiting|is recruiting)\b"
        ),
        2.0,
    ),
    (re.compile(rf"\b(?:client|clients|customer),? (?:is |called |named |are )?(?:the )?({CAPITAL_RUN})"), 4.0),
)


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


@lru_cache(maxsize=4096)
def squashed(text: str) -> str:
    """Letters and digits only, without accents: what a domain could be made of; "&" as "and"."""
    return re.sub(r"[^a-z0-9]", "", plain_letters(text.replace("&", " and ")))


GENERIC_LABELS = frozenset(
    "careers career jobs job mail email apply recruit recruiting recruitment hr talent notify notifications news newsletter www post info hello team people smtp mx web support alerts updates calendar invites meet".split()
)
GENERIC_LABEL = re.compile(
    r"(?:law|legal|group|online|hq|jobs|careers|web|mail|uk|us|usa|eu|intl|global|inc|ltd|gmbh|co|company|team|official|home|app|io|tech|edu|org|eg|ng|ke|za)$"
)


@lru_cache(maxsize=2048)
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

    Equal letters 10; label is the beginning of the words' letters or the other way round 7; each word's beginning
    in order ("summitridgecu") 6; initials of at least three words 5.
    """
    plain = squashed(label)
    letters = squashed(" ".join(words))
    if len(plain) < 2 or not letters:
        return 0
    if letters == plain or squashed(" ".join(w for w in words if w.lower() not in SMALL)) == plain:
        return 10
    if len(letters) >= 5 and plain.startswith(letters) and len(letters) * 2 >= len(plain):
        return 7
    if len(letters) >= 4 and plain.startswith(letters) and len(words) == 1:
        return 5
    pieces = [squashed(w) for w in words if w != "&" and w.lower() not in SMALL]
    initials = "".join(p[0] for p in pieces if p)
    bare = GENERIC_LABEL.sub("", plain)
    if len(initials) >= 3 and initials in (plain, bare):
        return 6
    if len(pieces) >= 2 and len(plain) >= 5 and beginnings(plain, [p for p in pieces if p]):
        return 6
    return 0


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


def named_after(domain: str, text: str) -> list[tuple[str, float]]:
    """Runs of words in one line of text that fit a label of the domain: (name as written, fit)."""
    found: list[tuple[str, float]] = []
    for n, label in enumerate(labels(domain)[:3]):
        if len(label) < 3 or label in PERSONAL or label in GENERIC_LABELS:
            continue
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text[:600])]
        first = squashed(label)[:1]
        for at, (word, start, _) in enumerate(words):
            begin = squashed(word)[:1]
            if begin != first and word.lower() not in ("the",):
                continue
            capital = word[0].isupper() or word[0].isdigit() or squashed(word) == squashed(label)
            best: tuple[float, int] = (0, 0)
            for size in range(1, 7):
                run = words[at : at + size]
                between = ABBREVIATED.sub(r"\1 ", text[start : run[-1][2]])
                if len(run) < size or re.search(r"[\n.!?;:|()<>•·/]", between) and size > 1:
                    break
                fit = fits(label, tuple(w for w, _, _ in run))
                if "," in between and fit not in (6.0, 10.0):
                    continue
                if fit and (capital or fit >= 10 and size > 1) and fit + size / 2 >= best[0] + best[1] / 2:
                    best = (fit, size)
            if best[0]:
                size = extended(words, at, best[1], text)
                end = words[at + size - 1][2]
                found.append((text[start:end].strip(" .'’"), best[0] - n))
    return found


def extended(words: list[tuple[str, int, int]], at: int, size: int, text: str) -> int:
    """Take in the generic words that follow a name: "Casa Bonfim" + "Hotels", "Cimarron Feed" + "& Supply"."""
    while at + size < len(words):
        word, start, _ = words[at + size]
        gap = text[words[at + size - 1][2] : start]
        if gap.strip():
            return size
        if (
            word in ("&", "and", "of")
            and at + size + 1 < len(words)
            and words[at + size + 1][0].lower().strip(".") in SUFFIXES
            and words[at + size + 1][0][0].isupper()
        ):
            size += 2
            continue
        if word.lower().strip(".") in SUFFIXES and word[0].isupper():
            size += 1
            continue
        return size
    return size


def stripped(name: str) -> str:
    """A display name without what says that a machine or a department writes: "Fernwood Logistics Careers" -> "Fernwood Logistics"."""
    name = re.sub(
        r"^(?:the )?(?:hiring|recruiting|recruitment|talent|careers|people|hr) (?:team )?(?:at|@|of|from) ",
        "",
        name.strip(),
        flags=re.I,
    )
    name = re.sub(r"\s+(?:via|through|by|powered by|\||-|–|·|:)\s+.*$", "", name)
    words = name.split()
    while len(words) > 1 and words[-1].lower().strip(".,()") in TAIL_WORDS:
        words.pop()
    return " ".join(words)


def pattern_names(text: str) -> list[tuple[str, float, str]]:
    """Names that a pattern points to as an organisation: (name, weight, words)."""
    found = []
    for pattern, weight in PATTERNS:
        for match in pattern.finditer(text):
            name = match.group(1).strip(" .,'’-")
            name = re.split(r"[.!?] ", re.sub(r"(?:'s|’s)$", "", name))[0]
            words = name.split()
            while words and words[-1].lower() in SMALL | {"the"}:
                words.pop()
            if words and len(squashed(name)) > 2:
                found.append((" ".join(words), weight, match.group().strip()))
    return found


def is_agency(domain: str, name: str) -> bool:
    """Does this sender's organisation place people with others?"""
    if any(AGENCY_LABEL.search(label) for label in labels(domain)[:1]):
        return True
    return any(w in AGENCY_WORDS for w in re.findall(r"[a-z]+", name.lower())[1:])


def guessed(domain: str) -> str:
    """A name made from the domain alone, for when nobody spells it: "falkner-optics.example" -> "Falkner Optics"."""
    found = labels(domain)
    return " ".join(w.capitalize() for w in re.split(r"[-_]", found[0])) if found and found[0] not in PERSONAL else ""


NOT_A_NAME = re.compile(
    r"\d{3}|@|https?:|www\.|\+\d|^(?:t|m|e|p|f|tel|mob|ph)\b[.:]|\b(?:street|st\.|road|rd\.|avenue|ave|floor|suite|str\.|straße|strasse|rue|via|calle|plaza|p\.?o\.? box|she/her|he/him|they/them|confidential|sent from|iphone|ipad|android|outlook|gesendet|envoyé|enviado|inviato|verstuurd|skickat|wysłane|registered|vat|hrb)\b",
    re.I,
)
LEAVE = re.compile(
    r"regards|wishes|thanks|sincerely|cheers|yours|best|greetings|cordial|salut|grüße|hälsning|saludos|abraç|sent from",
    re.I,
)


def in_signature(signature: str, writer: str) -> list[tuple[str, float]]:
    """Lines of a signature that are neither a name, a title, an address nor a leave-taking: the organisation, maybe."""
    from agent.core.read.titles import is_head

    found: list[tuple[str, float]] = []
    mine = set(plain_letters(writer).split())
    for line in signature.split("\n")[:10]:
        for piece in re.split(r"\s*[|·•,–—]\s*|\s-\s", line.strip()):
            words = piece.split()
            if not words or len(words) > 7 or not piece[0].isupper() or NOT_A_NAME.search(piece) or LEAVE.search(piece):
                continue
            if (
                set(plain_letters(piece).split()) & mine
                or any(is_head(w) for w in words)
                or words[0].lower() in ("head", "director", "human", "people", "talent", "personal", "hr")
            ):
                continue
            generic = any(w.lower().strip(".,") in SUFFIXES for w in words)
            found.append((piece, 3.5 if generic else 1.5))
    return found
