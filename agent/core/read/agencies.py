"""Does the writer of a message place people with others? An external recruiter's letter is about its client's job (issue 3).

Told by its name, by its signature, by how it speaks of those who hire, and by the other house at which it names the job.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.core.read import titles
from agent.core.read.displays import PLACES, is_agency, names_placing
from agent.core.read.domains import labels, squashed
from agent.core.read.fitting import SUFFIXES, WITH_A_NAME
from agent.core.read.letters import START, small
from agent.core.read.organisations import JOB_AT, at_home
from agent.core.read.pointers import IN_PASSING, LEGAL, RUN, SEEKING, before_a_job, trimmed
from agent.core.read.reading import Named, SenderKind
from agent.core.read.sentences import Sentence
from agent.core.read.signatures import cut
from agent.core.values import Message


def places_others(
    message: Message,
    text: str,
    words: frozenset[str],
    body: Sequence[Sentence],
    names: Sequence[Named],
    kind: SenderKind,
) -> bool:
    """Does this message come from an agency? `text`: its own, line by paragraph, `words`: those of it; `names`: the organisations
    in it."""
    if kind not in (SenderKind.HUMAN, SenderKind.BULK):
        return False
    if is_agency(message.sender.domain, *(n.name for n in names if n.evidence.what == "domain")):
        return True
    return kind is SenderKind.HUMAN and (
        not words.isdisjoint(PLACING_WORDS)
        and speaks_of_clients(text)
        or signs_as_agency(message, names)
        or fills_for_another(message, body, names)
        or hires_elsewhere(message, names)
    )


# How only those speak who place people with others, in small letters.
PLACES_PEOPLE = re.compile(
    START
    + r"(?:presented (?:you\b|your (?:cv|dossier|file|papers|profile|application|candidacy|résumé|resume)\b)|put(?:ting)? you forward|i sent your (?:particulars|details|papers|cv) (?:over |on |across |along )?to"
    r"|submitted (?:you\b|your (?:cv|dossier|profile|résumé|resume|details)\b)|(?:shall|should|can|may) i tell (?:it )?(?:to )?(?:them|him|her)\b|\bone client and"
    r"|(?:my|another|our) client(?:'s|’s|,)? (?!services?|success|relations?|director|manager|account|team|base|facing|work|project|portal)"
    r"|clients? of (?:mine|ours)\b|(?:one|some) of my clients\b|i place (?:[\w-]+ ){1,5}?(?:people|staff|candidates)\b|my principal\b|is asking for you\b|\bi (?:have |already )?sent (?:(?!you\b|me\b|us\b)[\w'’]+ ){1,3}your (?:cv|papers|details|profile|resume|résumé)\b|i took the liberty\b|(?:gm|owner|manager|director|boss|partner) (?:over )?there\b|is (?:now )?hunting (?:for )?an? |(?:passed|sent|forwarded) (?:them |him |her |the client )?your (?:cv|profile|résumé|resume|details|papers|file)(?: over| on| along)? to"
    r"|the (?:file|profile|cv|candidacy|résumé|resume) (?:that )?i (?:presented|submitted|sent|put forward) to)",
)
# How others may speak, too: it counts where the letter speaks of "them" who hire.
MAY_PLACE = re.compile(
    r"\b(?:introduced (?:you\b|your (?:cv|dossier|file|papers|profile)\b)|(?:one|some) of our clients\b"
    r"|I(?: am|['’]m)? help(?:ing)? (?:the )?(?-i:[A-Z])[\w&.'’ -]{2,40}? (?:to )?(?:find|fill|hire|recruit|search)\b"
    r"|I (?:recruit|hire|headhunt) for (?!the\b|our\b|my\b|an?\b|this\b)"
    r"|I(?: am|['’]m) (?:currently )?(?:working with|acting for|retained by|engaged by|instructed by|recruiting for|hiring for) (?-i:[A-Z]))"
    r"|(?:^|[.!?\n] ?)client (?:is|has|wants|would|will)\b",
    re.I,
)
PLACING_WORDS = frozenset(
    "presented introduced help helping put putting submitted tell clients client working acting retained engaged instructed recruiting hiring recruit hire headhunt place principal asking liberty there hunting passed sent forwarded file profile cv candidacy résumé resume".split()
)


def speaks_of_clients(text: str) -> bool:
    """One who places people says "my client" and "I presented you"."""
    lower = small(text)
    return bool(PLACES_PEOPLE.search(lower) or "the" in lower and OF_OTHERS.search(lower) and MAY_PLACE.search(text))


ANY_HOUSE = SUFFIXES - PLACES
OF_OTHERS = re.compile(r"\b(?:they|their)(?:\b|['’])")


# "Placements for the garment trade since 1987", "people for supply chains"
OF_THE_TRADE = re.compile(
    r"^\W*(?:[^\n,|]{2,40}[,|] ){0,3}(?:(?:staff |executive |permanent |specialist )?(?:placements?|recruit(?:ment|ing)|staffing|headhunting|executive search)|people|talent) for (?!(?:and|our|your|you)\b)[a-z]",
    re.M,
)


EMPLOYMENT = re.compile(r"\bemployment (?:agents?|agency|agencies|bureau|brokers?)\b")  # "Employment Agents since 1974"


# "Sandstone People, hospitality recruitment"
TRADE_LINE = re.compile(
    r"(?<=\w)\s?[,|·–-] (?:[a-z]+ ){1,3}(?:recruitment|recruiting|staffing|placements?|headhunting|search|people)(?=$| ?[|·])",
    re.M,
)


def signs_as_agency(message: Message, names: Sequence[Named]) -> bool:
    """ "Harcourt Vale Recruitment" under a letter in which others want to see the owner. A house's own recruitment says "we"."""
    signature = message.body.signature
    lower = signature.lower()
    if OF_THE_TRADE.search(lower) or "employment " in lower and EMPLOYMENT.search(lower):
        return True
    if not names_placing(lower):
        return False
    own = {squashed(n.name) for n in names if n.evidence.what == "domain"}
    if TRADE_LINE.search(signature):
        return True
    for line in signature.split("\n")[:10] if own else ():
        for piece, _ in cut(line.strip()):
            plain = [w.lower().strip(".,()") for w in piece.split()]
            at = next((n for n, w in enumerate(plain) if n and w in PLACES), 0)
            behind = plain[at + 1 :]
            if not at or not ANY_HOUSE.issuperset(behind):
                continue
            short = squashed(" ".join(w for w in plain[:at] if w not in ANY_HOUSE))
            if not own.isdisjoint((short, squashed(" ".join(plain[:at])))):
                # with a legal form behind it the recruiting is a house of its own
                return not LEGAL.isdisjoint(behind) or bool(OF_OTHERS.search(small(message.body.own)))
    return False


# How one speaks of a house that is not one's own: "they've a hole where their cheesemaker used to be", "they look for a lead".
THEY_HIRE = re.compile(
    r"\bthey(?:['’](?:ve|re)| have| are)? (?:now |currently |just |also |really |finally |still |urgently |at last )?(?:look(?:ing)? for|search(?:ing)? for|seek(?:ing)?|recruit(?:ing)?|got an? (?:hole|gap|vacancy)|an? (?:hole|gap|vacancy)|an opening"
    r"|got (?:the |an? |their )?(?:ok|okay|go-?ahead|approval|budget|green light|headcount|sign-?off) for|asked for you by name|(?:at last |finally |now )?signed off (?:the|a|an|their)\b)\b"
)
# The same said of a house by its name, in small letters: "Kelani Apparel, at Peliyagoda, are looking for a merchandiser".
HIRES = re.compile(
    rf"(?:,[^,.;!?]{{1,40}},)?(?: (?:at|in|of|over in) [\w'’-]+,?)? (?:(?:is|are) (?:\w+ )?(?:{SEEKING})|(?:looks?|search(?:es)?) for an?|(?:wants?|needs?|seeks?) an? |ha(?:ve|s) come to (?:us|me) for|(?:wants?|would like|wish(?:es)?) to (?:see|meet) you|ha(?:ve|s) (?:read|seen|picked|chosen|asked for) you\b)"
)
# Where another house heads the letter: "they want to meet you", "They want a Plant Controller".
THEY_CALL = re.compile(
    r"\b(?:they|she|he)(?:['’]d| would)? (?:all |both |really |also )?(?:wants?|wish(?:es)?|likes?|(?:is|are) keen|asks?|asked) (?:you in|to (?:see|meet|interview|have a word with|talk (?:to|with)|speak (?:to|with)) you)\b"
)
THEY_WANT = re.compile(r"\b[Tt]hey (?:want|need|seek|are short(?: of)?) (?:an? |a new )?(?=[A-Z])")
PASSED_TO = re.compile(
    r"\b(?:cv|resume|profile) (?:has |have |is |was |already )*(?:passed|gone|went|sent|submitted|accepted) (?:at|to|with|over to|by) "
)


def hires_elsewhere(message: Message, names: Sequence[Named]) -> bool:
    """Does somebody whose own house is known speak of another one, named too, as of "them" who hire?"""
    own = next((n.name for n in names if n.evidence.what == "domain" and n.weight >= 4), "") or message.sender.domain
    named = [n for n in names if n.evidence.what == "named" and n.weight >= 1.5]
    others = [n.name for n in named if squashed(n.name)[:5] not in squashed(own)]
    if not others:
        return False
    text = message.body.own
    plain = small(text)
    if THEY_HIRE.search(plain) or any(hires(other, rest) for other in others for rest in plain.split(small(other))[1:]):
        return True
    heading = not at_home(names) and any(
        n.weight >= 2.5 or n.evidence.where == "subject" for n in named if n.name in others
    )
    subjects = [n for n in named if n.name in others and n.evidence.where == "subject"]
    # behind the job stands as often a line of the house or a place
    beside_job = any(n.weight >= 2.5 and n.evidence.words.startswith(n.name) for n in subjects)
    if heading and (
        beside_job
        and OF_OTHERS.search(plain)
        or THEY_CALL.search(plain)
        or any(at == 0 for m in THEY_WANT.finditer(text) for _, at, _ in titles.titles_in(text[m.end() :])[:1])
    ):
        return True
    passed = [text[m.end() : m.end() + 60] for m in PASSED_TO.finditer(plain)]
    return any(rest.startswith(other) for rest in passed for other in others)


def hires(name: str, rest: str) -> bool:
    """Does what stands behind a name say that its bearer hires? "Hill Hospice (Fundraiser, Poole) want to see you": what is in brackets
    behind somebody's own name is their post."""
    aside = IN_PASSING.match(rest) if name.rpartition(" ")[2].lower() in WITH_A_NAME else None
    return bool(HIRES.match(rest, aside.end() if aside else 0))


AT_ANOTHER = re.compile(r"(?: (?:job|role|position|post|vacancy))? (?:at|with)(?: the)? ")
INTERVIEW_WITH = re.compile(r"\b(?:interview|round|discussion|call) (?:is |has been )?with(?: the)? ")
# "you worked as Tester at Acme Software", "your referee, the Manager at …": that is another job.
ELSEWHERE = re.compile(
    r"\b(?:were|was|been|worked|work|time|years|experience|referee|started|background|current|present)\b[^.;]*$", re.I
)
MOST_LOOKED_AT = 12  # sentences
UNITS = frozenset("department dept division school institute centre center county city council board".split())


def fills_for_another(message: Message, body: Sequence[Sentence], names: Sequence[Named]) -> bool:
    """ "You are in for Front Office Manager at Coral Reach Resort" from a house of another name: its writer places people."""
    own = next((squashed(n.name) for n in names if n.evidence.what == "domain" and n.weight >= 4), "")
    if not own:
        return False
    spelled = "".join(map(squashed, labels(message.sender.domain)))
    for sentence in body[:MOST_LOOKED_AT]:
        text = sentence.text
        led = [
            AT_ANOTHER.match(text, end)
            for _, start, end in titles.titles_in(text)
            if not ELSEWHERE.search(text[max(0, start - 40) : start])
        ]
        led += [m for m in JOB_AT.finditer(text) if not ELSEWHERE.search(text[max(0, m.start() - 40) : m.start()])]
        for before in (*filter(None, led), *(INTERVIEW_WITH.finditer(text) if " with" in text else ())):
            run = RUN.match(text, before.end())
            words = trimmed(before_a_job(run.group())).split() if run else []
            kind = words[-1].lower().strip(".") if words else ""
            if len(words) < 2 or kind in UNITS:
                continue
            # a name that does not sound like a house is one where the letter speaks of "them", not where it is met with
            if kind not in SUFFIXES and (before.re is INTERVIEW_WITH or not OF_OTHERS.search(small(message.body.own))):
                continue
            if not any(len(w) > 3 and (squashed(w)[:4] in spelled or squashed(w) in own) for w in words):
                return True
    return False
