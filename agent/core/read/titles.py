"""Job titles: the nouns that head them, and how to find a title in a line of text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress

from agent.core.read.letters import small
from agent.core.read.vacancies import AS_WRITTEN, ASIDE, BEFORE, IN_SMALL, ROLE_NOUNS
from agent.core.read.words import words_of

HEADS = frozenset(
    """accountant artisan actor actuary adjuster administrator adviser advisor agent agronomist analyst animator anthropologist apprentice arborist archaeologist architect archivist artist
    assessor assistant associate attendant attorney auditor baker barber barista barrister bartender beautician biologist blacksmith boatbuilder bookbinder bookkeeper brewer bricklayer broker builder butcher butler
    buyer cabinetmaker captain caregiver caretaker carer carpenter cartographer cashier caseworker chairmaker champion chancellor chaplain chef chemist clerk clinician coach cobbler coder collector columnist
    communicator composer concierge conductor conveyancer conservator consultant contractor controller cook coordinator co-ordinator copywriter counsel counsellor counselor courier crew crewman cultivator curator custodian cutter dancer dealer dean
    declarant decorator dentist deputy designer detective developer devops dietitian dietician director dispatcher doctor doorman draughtsman drafter dramaturg driver dresser drummer ecologist economist editor educator
    electrician embryologist employee encoder engineer engraver epidemiologist estimator evaluator examiner executive expediter expert fabricator facilitator farmer farrier fellow finisher firefighter fisher fitter florist
    foreman forester fundraiser gamekeeper gardener gaffer geneticist geographer geologist geophysicist gilder glazier goldsmith grader groom grower guard guide hairdresser handler handyman head headteacher helmsman
    herder historian horticulturist host hostess housekeeper hydrologist illustrator inspector installer instructor intern internist interpreter inventor investigator jeweller jeweler joiner journalist judge
    keeper kitchenhand labourer laborer laundress lawyer lead leader lecturer librarian lifeguard linguist logistician luthier machinist maker manager marketer marshal mason mate mathematician mechanic mechatronician mediator
    medic mentor merchandiser meteorologist microbiologist midwife miller milliner miner minister model modeler modeller moderator musician nanny naturalist navigator negotiator nurse nutritionist oceanographer officer
    operative operator optician optometrist orderly organiser organizer painter paralegal paramedic parker partner pathologist pharmacist philologist photographer physician physicist physiotherapist pianist picker pilot
    planner plasterer plumber podiatrist policymaker porter potter presenter preparator principal printer processor producer professor programmer projectionist promoter proofreader psychologist psychiatrist
    publicist publisher purchaser purser radiographer radiologist ranger receptionist recruiter registrar rehabilitator repairer reporter representative rep researcher restorer retoucher reviewer rigger roofer sailmaker salesperson sailor
    salesman saleswoman sampler scheduler scientist scout screenwriter scribe sculptor seamstress secretary seller server setter sexton shepherd shipwright singer smith sociologist solicitor sommelier
    specialist statistician steward stewardess stitcher stocker stonemason storekeeper storyteller strategist stylist subeditor superintendent superviser supervisor surgeon surveyor sweeper tailor tanner
    taster teacher technician technologist teller tester therapist tiler toolmaker toxicologist trader trainee trainer translator treasurer tuner turner tutor typesetter underwriter upholsterer usher
    valet vet veterinarian vicar viticulturist waiter waitress warden watchmaker weaver webmaster welder winemaker woodworker worker workman wrangler writer zookeeper zoologist
    swe sre sdet cfo cto ceo coo cmo dba mechatronics developer/analyst postdoc phd ta chief ward sister oncologist cellarhand sprayer lifter locksmith bosun deckhand skipper stoker
    doula prosthetist audiologist phlebotomist cytologist anaesthetist perfusionist sonographer orthotist cooper thatcher saddler perfumer blender roaster cupper cheesemaker chocolatier beekeeper falconer ostler swineherd
    pedagogue educarer maestro conservationist masseur masseuse ambassador envoy secretariat compositor steeplejack drayman lineman linesman seaman seafarer boatman purser signaller signalman
    ticketer loader stevedore scaffolder glazer plater millwright wheelwright wainwright shopfitter upholder caddie groundsman groundskeeper greenkeeper ghillie warrener
    playworker keyworker careworker homecarer childminder au-pair nannies matron almoner housefather housemother chiropractor acupuncturist nurse-practitioner
    maturer affineur aide propagator pruner grafter packer sorter filleter glassblower blower polisher varnisher dyer spinner knitter presser distiller vintner maltster malter
    expeditor analyst-programmer devsecops sysadmin webmistress documentalist lexicographer subtitler dubber lightingman grip correspondent in-charge incharge cataloguer cataloger ripener announcer fixer logger author caller supt mgr""".split()
)
# How most other names of trades end.
TRADE_ENDS = ("ist", "ician", "ographer", "keeper", "maker", "monger", "worker", "gogue", "person", "woman", "seller")
LAST_OF_TRADE = frozenset(end[-3:] for end in TRADE_ENDS)  # the cheaper question
TRADE = re.compile(rf"^(?!.*(?:quist|bestseller)$)[a-zà-ÿ]{{3,}}(?:{'|'.join(TRADE_ENDS)})$")
NO_TRADE = frozenset(
    """assist consist insist persist resist desist subsist coexist enlist checklist shortlist longlist playlist waitlist blacklist whitelist wishlist tourist cyclist motorist activist optimist pessimist
    atheist buddhist methodist baptist anglican racist sexist feminist socialist communist nationalist capitalist minimalist terrorist pricelist tasklist guestlist setlist backlist bucketlist protagonist everywoman finalist accompanist soloist guitarist vocalist loyalist realist idealist hobbyist specialist's mist twist""".split()
)
# Heads that also mean somebody or something else in the middle of ordinary prose; as a title they need a capital or a pattern.
LEADS = frozenset(
    "head director vice vp chief manager deputy assistant senior junior lead principal associate trainee graduate interim acting executive staff".split()
)
SMALL = frozenset("of and & for the in to de la du e y und et a".split())
# Words that stand before a title with a capital and are no part of it.
NOT_IN_TITLE = frozenset(
    """the a an our your my their his her its this that for as about re fw fwd interview invitation application position role job post vacancy opening hi hello dear thank thanks we i you and with meeting talk call
    cv resume posting confirmed booked reminder update updated offer your regarding candidate candidature candidacy applying apply subject ref second first third final famous legendary next last panel round stage invitation: new bewerbung entretien vacature
    sollicitatie offre emploi puesto empleo mr ms mrs dr prof hallo hej ciao hola bonjour monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
    result results decision decisions outcome news feedback details shortlist paperwork letter please only if when where what who would could can will shall should do does is are was were have has not no yes so but or on by from it he she they canceled cancelled accepted declined tentative zoom teams video phone online onsite on-site""".split()
)
TOKEN = re.compile(r"[A-Za-zÀ-ÿŁłŚśŹźŻżĆćŃńĄąĘęÓó0-9][\w'’.+#]*(?:[-/][\w'’.+#]+)*|[&,;:|()–—/\-<>@?!⋅·\"“”]")
OPENING = frozenset("Application Applications Stage Video Panel Job Post Call".split())


def opens_title(word: str, after: str) -> bool:
    """ "Stage Manager", "Application Engineer": words that else stand beside a title, right before a head noun."""
    return word in OPENING and is_head(after) or word == "Call" and after in ("Centre", "Center")


WITHIN = frozenset(("second", "first", "new"))  # "Office Manager, Second Shift"


def folded(word: str) -> str:
    """In small letters, for the tables above; "IT" is a trade and stays itself."""
    return word if word == "IT" else word.lower()


@lru_cache(maxsize=1_000)
def is_head(word: str) -> bool:
    word = word.lower().strip(".,:;()").replace("’", "'").removesuffix("'s")
    if word.startswith(("co-op", "parent-")):
        return False  # a house, not a person; and the talk of a school
    return (
        word in HEADS
        or word.removesuffix("s") in HEADS
        or word.endswith(TRADE_ENDS)
        and word not in NO_TRADE
        and bool(TRADE.match(word))
        or ("-" in word or "/" in word)
        and any(p in HEADS for p in word.replace("/", "-").split("-"))
    )


# Every form in which a head noun may stand in a text.
HEAD_FORMS = frozenset(
    (*HEADS, *(h + "s" for h in HEADS), "tech", "hand", "head", "director", "vp", "directors", "heads")
)


def may_hold(text: str) -> bool:
    """Can a role be named in this line at all? Most lines hold neither a head noun nor a word for a job."""
    return holds_head(text) or not words_of(text).isdisjoint(ROLE_NOUNS)


@lru_cache(maxsize=256)
def holds_head(text: str) -> bool:
    """Can a word of this line be a head noun? Where none is, `is_head` says so of each."""
    words = words_of(text)
    if not words.isdisjoint(HEAD_FORMS) or "/" in text:
        return True
    if not LAST_OF_TRADE.isdisjoint([w[-3:] for w in words]) and any(
        is_head(w) for w in words if w.endswith(TRADE_ENDS)
    ):
        return True
    return "-" in text and any("-" in w and not HEAD_FORMS.isdisjoint(w.split("-")) for w in words)


def stands_beside(word: str, after: str) -> bool:
    """Is this a word with a capital that stands before a title and is no part of it?"""
    return folded(word.strip(".")) in NOT_IN_TITLE and not opens_title(word, after)


def leads_title(word: str) -> bool:
    """Without such a word among its capitals no run of words is a title, see `trimmed`."""
    return is_head(word) or word.lower() in LEADS or word == "Senior"


@lru_cache(maxsize=256)
def titles_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Capitalised titles in a text with their spans: runs of capitalised words that hold a head noun ("Head of Quality")."""
    if not holds_head(text) and (words_of(text).isdisjoint(ROLE_NOUNS) or words_of(text).isdisjoint(LEADS)):
        return ()
    words = TOKEN.findall(text)
    large = [word[0].isupper() or word[0].isdigit() or word[0] == "&" for word in words]
    if not any(map(leads_title, compress(words, large))):
        return ()
    starts = beginnings(text, words)
    found: list[tuple[str, int, int]] = []
    at, count = 0, len(words)
    while at < count:
        word = words[at]
        if not large[at] or not word[0].isalpha() or stands_beside(word, words[at + 1] if at + 1 < count else ""):
            at += 1
            continue
        after = at + 1
        while after < count and after - at < 9:
            now = words[after].lower()
            if (
                large[after]
                and (folded(words[after]) not in NOT_IN_TITLE or now in WITHIN)
                or now in SMALL
                and after + 1 < count
                and large[after + 1]
                and folded(words[after + 1]) not in NOT_IN_TITLE
            ):
                after += 1
                continue
            break
        start = starts[at]
        run = words[at:after]
        named = called_so(run) and not AS_A.search(text[:start]) or of_several(run)
        cut = 0 if named else trimmed(run)
        if cut and not (cut == 1 and start == 0 and word.lower() in VOCATIVE):
            end = starts[at + cut - 1] + len(words[at + cut - 1])
            found.append((text[start:end], start, end))
        at = max(after, at + 1)
    return tuple(found)


def beginnings(text: str, words: list[str]) -> list[int]:
    """Where the words of a text begin, as TOKEN found them. No word stands between two of them, so that each is the next of its kind."""
    out: list[int] = []
    end = 0
    for word in words:
        start = text.find(word, end)
        end = start + len(word)
        out.append(start)
    return out


VOCATIVE = frozenset("mate chief boss captain guv coach".split())  # "Mate, so sorry", "Chief, quick one"
# Given names that are trades too.
GIVEN = frozenset("dean mason taylor cooper porter hunter carter parker tanner sawyer page marshal baker".split())


AS_A = re.compile(r"\b(?:for|as|of|an?|the|our|your)\s*$", re.I)


def called_so(run: list[str]) -> bool:
    """ "Dean Okafor" is somebody's name, "Dean of Students" a post, and so is "Mason Apprentice"."""
    return len(run) == 2 and run[0].lower() in GIVEN and run[1][0].isupper() and not is_head(run[1])


def of_several(run: list[str]) -> bool:
    """ "Wollaton Pryce Solicitors" is a firm: nobody is employed as several."""
    last = run[-1].lower()
    return (
        len(run) > 2
        and not is_head(run[0])
        and last.endswith("s")
        and last not in HEADS
        and last.removesuffix("s") in HEADS
    )


def trimmed(words: list[str]) -> int:
    """How many of these words make a title: up to its last head, or all after a leading "Head of"."""
    lower = [w.lower() for w in words]
    if lower[0] in LEADS and len(words) > 2 and lower[1] in ("of", "for", "&"):
        return len(words)
    last = max((n for n, w in enumerate(words) if is_head(w)), default=-1)
    if last < 0:
        return len(words) if len(words) > 1 and words[-1] == "Senior" else 0  # "Audit Senior", as accountants say
    # "Curator of Living Collections"
    if last + 2 < len(words) <= last + 6 and lower[last + 1] == "of" and words[-1][:1].isupper():
        return len(words)
    # "Manager, Talent" and "Project Manager Onshore Wind": what follows the head with a capital belongs to it where the head leads a phrase
    tail = words[last + 1 :]
    if tail and not MEETING_WORDS.isdisjoint(lower[last + 1 :]):
        return last + 1
    if tail and all(w[0].isupper() and w.lower() not in SMALL for w in tail) and len(tail) <= 2 and last >= 1:
        return len(words)
    return last + 1


MEETING_WORDS = frozenset(
    "chat call interview interviews screen screening round meeting conversation session panel intro introduction sync discussion visit talk slot booking".split()
)
STOP = frozenset(
    """at with in on by from to is are was were has have had will would could can that which who where when if because since and but or so as we i you he she they it our your the this these those here there
    please thank thanks went gone has go been being next last week today tomorrow yesterday now still already also too not no yes after before until about into up out off over than then later soon advertised posted listed (pune) opened
    arrived safely made reached moved closed filled came comes starts starting based reporting open available named called using via through under between within during while although though however me us them him her
    mentioned discussed described did does do got get give gives gave let lets make makes need needs want wants like likes love loves hope hopes think thinks know knows feel feels see sees look looks sound sounds seem seems""".split()
)


def headed_of(words: list[str]) -> bool:
    """ "Head of the kitchen", "cataloguer of silver": what stands behind the noun for a trade belongs to it."""
    at = words.index("of") if "of" in words else 0
    return 0 < at < len(words) - 1 and (words[:at] == ["head"] or is_head(words[at - 1]))


WITHOUT_HEAD = 5.0  # what is led in as surely as this may be a role without a head noun


def pattern_roles(text: str) -> list[tuple[str, float, str]]:
    """Roles named by the words around them ("the Backend Engineer role", "position of …"): (role, weight, the words)."""
    found: list[tuple[str, float, str]] = []
    words, lower = words_of(text), small(text)
    least = 0.0 if holds_head(text) else WITHOUT_HEAD
    patterns = [(p, weight, lower) for p, weight, of in IN_SMALL if weight >= least and not words.isdisjoint(of)]
    if not least:
        patterns += [(p, weight, text) for p, weight, of in AS_WRITTEN if not words.isdisjoint(of)]
    if (" – " in text or " - " in text) and not words.isdisjoint(HEAD_FORMS):
        patterns.append((ASIDE, 2.5, text))
    for pattern, weight, seen in patterns:
        for match in pattern.finditer(seen):
            start, end = match.span(1)
            run = text[start:end]
            role, headed = phrase(last_run(run) if pattern is BEFORE else run, text[end : end + 20])
            named = weight >= WITHOUT_HEAD and (
                any(w[0].isupper() for w in role.split()) or of_one_who(role, match.group())
            )
            if role and (headed or named):
                found.append((role, weight if headed else weight - 2.5, text[match.start() : match.end()].strip()))
    return found


# "The position of voicer": no list holds it, and it is called after what one does.
OF_ONE_WHO = re.compile(r"(?:[\w-]+ ){0,2}[a-z]{2,}(?:er|or|ist|ian|man|woman|ess|wright|smith|hand|eur)")
CALLED_OF = re.compile(
    r"(?:position|post|job|role|place) of |(?:the|our|this) (?:\w+ )?\w+ (?:position|post|job)$", re.I
)
DOES_NOTHING = frozenset(
    "power order water number other another letter paper offer matter further former later whether together december november october september summer winter either neither trust honor honour favor labor super better major senior junior inner outer dinner corner easter weekender desktop laptop".split()
)


def of_one_who(role: str, said: str) -> bool:
    return bool(CALLED_OF.match(said) and OF_ONE_WHO.fullmatch(role)) and role.split()[-1] not in DOES_NOTHING


LEADS_TO_TITLE = frozenset("about for the as re re: our".split())


def within_subject(subject: str) -> str:
    """The title in small letters behind "about the" or "for" in a subject: "kōrero about the education officer mahi"; "" where none is."""
    words = subject.split()[:12]
    led = (n + 1 for n, word in enumerate(words) if word.lower() in LEADS_TO_TITLE)
    return next(filter(None, (heads_subject(" ".join(words[at:])) for at in led)), "")


# "(junior type designer)", a whole line, and what stands behind a name and its comma: "Cartwright Moss, content strategist."
BARE = re.compile(
    r"\(([^()]{4,50})\)|^([^.,;:!?()]{4,50})[.,;:!?]?$|^[A-Z][\w'’&-]*(?: [A-Z&][\w'’&-]*){0,4}, ([a-z][a-z &/-]{3,40})[.!]?$"
)


def heads_subject(subject: str) -> str:
    """The title in small letters that a subject begins with; "" where it begins with none."""
    words = subject.split()[:5]
    for count in range(2, len(words) + 1):
        begun = words[:count]
        if (
            begun[-2][-1] in "?!.,:;"
            or not NEVER_WITHIN.isdisjoint(w.lower() for w in begun)
            or begun[0].lower() in NEVER_FIRST
        ):
            return ""
        last = begun[-1].strip("?!.,:")
        if (is_head(last) or small_head([*begun[:-1], last])) and last.islower() and not last.endswith("s"):
            return " ".join((*begun[:-1], last))
    return ""


LONGEST_BARE = 52  # of a line that BARE fits as a whole
NEVER_FIRST = STOP | NOT_IN_TITLE
NEVER_LAST = SMALL | STOP | {"role", "position", "post", "job"}
NEVER_WITHIN = STOP - SMALL


def bare_titles(text: str) -> list[tuple[str, int, int]]:
    """Titles without capitals that stand alone: a whole short line, or in brackets ("(junior type designer)")."""
    if len(text) > LONGEST_BARE and "(" not in text:
        return []
    found = []
    for match in BARE.finditer(text):
        at = match.lastindex or 0
        words = match.group(at).strip()
        pieces = words.split()
        begins = pieces[0].lower() not in NEVER_FIRST
        headed = is_head(pieces[-1]) or small_head(pieces)
        if begins and 1 < len(pieces) <= 5 and headed and NEVER_WITHIN.isdisjoint(pieces):
            start = match.start(at)
            found.append((words, start, start + len(words)))
    return found


CASUAL = re.compile(
    r"\b(?:for|as|the|an?|our|interview,?|job,?|post,?|place,?|position,?) ((?:[a-zà-ÿ&/-]+ ){0,2}[a-zà-ÿ-]+)\b(?=[.,;:!?)]|$| (?:yours|like|as|job|post|position|role|interview|place|and|with|we|here|at|in|this|one)\b)"
)


def casual_titles(text: str) -> list[str]:
    """Titles in mail that is written without any capital: "for the interview, pastry sous chef like we said"."""
    found = []
    for match in CASUAL.finditer(text):
        words = match.group(1).split()
        while words and (words[0] in STOP or words[0] in NOT_IN_TITLE or words[0] in SMALL):
            words.pop(0)
        if 2 <= len(words) <= 3 and is_head(words[-1]) and not any(w in STOP for w in words):
            found.append(" ".join(words))
    return found


def last_run(words: str) -> str:
    """What stands right before "role" or "job": the words behind the last one that cannot belong to a title."""
    pieces = words.split()
    for n in range(len(pieces) - 1, -1, -1):
        bare = folded(pieces[n].strip(".,;:!?\"'()"))
        if n == 1 and bare in ("and", "&") and pieces[0].islower() and pieces[0] not in STOP and not is_head(pieces[0]):
            return words  # "for the crown and bridge technician job"
        if bare in STOP or bare in ("a", "an", "the") or pieces[n][-1] in ",;:" or bare[:1].isdigit():
            return " ".join(pieces[n + 1 :])
    return words


SMALL_HEADS = frozenset(("tech", "hand", "master"))
BEFORE_HAND = frozenset(
    "cellar deck farm stage dairy shed station yard kitchen field garden ranch stable mill leading factory".split()
)


BEFORE_MASTER = frozenset("tug dock harbour harbor station pier berth barge yard choir band dive toll property".split())


def small_head(words: list[str]) -> bool:
    """ "Bench tech", "cellar hand", "tug master": with a capital they are as often the end of a house's name."""
    if len(words) < 2:
        return False
    last, before = words[-1], words[-2].lower()
    return last == "tech" or last == "hand" and before in BEFORE_HAND or last == "master" and before in BEFORE_MASTER


# "A driver licence", "the teacher training": no job.
OF_ITS_TOOLS = re.compile(r"\s*(?:licen[cs]e|(?<=driver )seat|file|training|test|course|day|side|and I|wages?)\b", re.I)


def phrase(words: str, after: str = "") -> tuple[str, bool]:
    """Cut a run of words to the title in it: (title, whether it has a head noun). `after`: what follows the run."""
    kept: list[str] = []
    pieces = words.split()
    for n, piece in enumerate(pieces):
        bare = folded(piece.strip(".,;:!?\"'()"))
        joins = bare in ("of", "and", "&", "for", "in", "–", "-", "/") and kept and n + 1 < len(pieces)
        if (
            joins
            and (is_head(kept[-1]) or kept[-1].lower() in LEADS or bare in ("and", "&", "/", "-", "–"))
            and not (bare in ("and", "&") and is_head(kept[-1]) and not any(map(is_head, pieces[n + 1 : n + 4])))
            and pieces[n + 1].strip(".,")[:1].isalpha()
            and (pieces[n + 1].lower() not in STOP or kept == ["head"] and pieces[n + 1] == "the")
            and (
                pieces[n + 1][0].isupper()
                or bare == "of"
                or bare in ("and", "&")
                and kept[-1].islower()
                and not is_head(kept[-1])
            )
        ):
            kept.append(piece)
            continue
        if bare == "the" and len(kept) == 2 and kept[0].lower() in ("head", "director") and kept[1] == "of":
            kept.append(piece)  # "head of the pastry kitchen"
            continue
        if not bare or bare in STOP or bare in ("a", "an") or bare in SMALL:
            if kept:
                break
            continue
        if not kept and bare in NOT_IN_TITLE and not opens_title(piece, pieces[n + 1] if n + 1 < len(pieces) else ""):
            continue
        kept.append(piece.rstrip(".,;:!?") if piece[-1] in ".,;:!?" else piece)
        if piece[-1] in ".,;:!?)":
            break
    while kept and kept[-1].lower().strip(".,") in NEVER_LAST:
        kept.pop()
    if kept == ["head"] or kept == ["lead"]:
        return "", False  # "you might want to head that off"
    text = " ".join(kept).strip(" .,;:!?\"'()“”")
    headed = (
        any(is_head(w) for w in kept)
        or small_head(kept)
        or bool(kept)
        and (kept[0].lower() in ("head", "director", "vp") and len(kept) > 2 or kept[-1] == "Lead" and len(kept) > 1)
    )
    if headed and text.islower() and is_head(kept[-1]) and OF_ITS_TOOLS.match(after):
        return "", False
    if headed and text.islower() and not is_head(kept[-1]) and not small_head(kept) and not headed_of(kept):
        headed = False
    if headed:
        last = max(
            n
            for n, w in enumerate(kept)
            if is_head(w) or w in SMALL_HEADS or w.lower() in ("head", "director", "vp", "lead")
        )
        if not (
            last + 1 < len(kept)
            and (kept[last + 1][0].isupper() or kept[last + 1].lower() in ("of", "for", "in", "&", "and"))
        ):
            text = " ".join(kept[: last + 1]).strip(" .,;:!?\"'()“”")
    return (text, headed) if 2 <= len(text) <= 80 else ("", False)
