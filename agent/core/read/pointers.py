"""Names that the words around them point to as an organisation: what stands before a run of capitals, what behind it."""

from __future__ import annotations

import re

from agent.core.read import titles
from agent.core.read.domains import squashed
from agent.core.read.lexicon import CAPITALS, MONTHS, WEEKDAYS
from agent.core.read.likeness import SMALL
from agent.core.read.preludes import led_by

# A run of capitalised words, small words between them allowed. Each word needs its blank: no run can be cut in two ways.
# What may not stand before it is asked behind its first letter: an expression that begins with a class of letters skips all others.
RUN = re.compile(
    rf"[{CAPITALS}](?<![\w'’].)[\w'’&+-]*(?:(?<=\b[SMF]t)\.(?= [{CAPITALS}]))?"
    rf"(?: (?:(?:&|and|of|the|de|la|du|des|del|di|da|do|y|e|et|und|van|von|for) [{CAPITALS}0-9]|[{CAPITALS}])[\w'’&+-]*(?:(?<=\b[SMF]t)\.(?= [{CAPITALS}]))?){{0,5}}"
)
# What only firms have at the end of their name.
LEGAL = frozenset("llp ltd limited inc llc plc gmbh ag bv nv sarl sas srl spa oy ab pty aps".split())


def of_a_firm(name: str) -> bool:
    """Does a name end as firms are registered: "Kauri Point Ltd."?"""
    return name.rpartition(" ")[2].lower().strip(".") in LEGAL


# "for the Audit Senior mandate": what is named is the job.
A_JOB = re.compile(
    r" (?:role|position|post|job|vacancy|opening|mandate|traineeship|apprenticeship|vacature|opportunity)\b"
)
# What an organisation does in prose: it wants, seeks, invites.
AFTER = re.compile(
    rf" (?:(?:finally|just|have|has) ){{0,2}}(?:got|came|come|been) (?:straight |right |quickly |already |just )?back\b| (?:in [{CAPITALS}][\w-]+ )?(?:wants?|read your|saw your|hires?|search(?:es)?|looks? for|picked|took|would like|ha(?:ve|s) asked|(?:are|is) looking|(?:are|is) after|(?:are|is) keen|needs?|ha(?:s|ve) an? |(?:is|are) hiring"
    r"|ha(?:ve|s) said|ha(?:ve|s) decided|board|liked|like you|ha(?:ve|s) (?:read|seen) you|uses|ha(?:ve|s) come (?:back|to (?:us|me) for)|(?:are|is) searching|seeks?|ha(?:ve|s) invited"
    r"|will see|would be happy|ha(?:ve|s) chosen|have an opening|(?:rang|called|phoned) (?:me|us)|ha(?:ve|s) (?:well |duly )?received your|(?:are|is) recruiting)\b"
)


# Who has a name behind it: "a lady called …", "my colleague …".
SOMEBODY = frozenset(
    "lady man woman chap guy fellow lad lass girl gentleman colleague colleagues boss friend person one bloke partner".split()
)
PHONES = re.compile(r"(?:rang|called|phoned) (?:me|us)$|will see$")  # "Fergal rang me": one name is somebody's


# "Coldwater Chemicals in Baytown, Maintenance Cost Analyst": where, and as what
THE_JOB = re.compile(r"(?:the|an?) (?:[a-z-]+ ){1,4}(?:job|role|post|position|vacancy)\b")
JOB_BEHIND = re.compile(rf" (?:out |over |up |down )?in [{CAPITALS}][\w'’-]+(?: [{CAPITALS}][\w'’-]+)?, ")
SEEKING = r"looking for|searching|seeking|hiring|recruiting|after an?"  # what a house is that wants somebody
# "Peconic Mutual, the insurance people out in Melville", "Halloran, a boutique on Lex": what it is, said behind its name.
IS_A = re.compile(
    rf"(?: in [{CAPITALS}][\w'’-]+(?: [{CAPITALS}][\w'’-]+)?)?, (?:an? )?(?:\w+ ){{0,2}}(?:clients?|customers?) of (?:ours|mine)\b"
    rf"|, [^,.;:!?]{{3,60}}, (?:(?:is|are) (?:\w+ )?(?:{SEEKING}|without an?|short of an?|in need of)|(?:wants?|needs?|seeks?|after) an?) "
    r"|[^.;!?]{0,50}, they (?:are|have|need|want|look|search|seek|make|sell|build|produce|bake|grow|print|design|supply|import|export|ship|own|publish|repair|teach|brew|rent|run)\b|, (?:the|an?|our) (?:[\w&'’-]+ ){0,4}?(?:boutique|people|firm|company|outfit|shop|studio|practice|maker|makers|manufacturer|insurer|charity|museum|brewery|retailer|chain|group|start-?up|business|family business|clinic|publisher|agency)"
    r"(?=[,.;:)–]| (?:in|on|out|over|near|from|up|down|at|that|which|based|behind|outside)\b)"
)


IN_PASSING = re.compile(r" \([^()]{1,60}\)(?= )")  # "Malabar Ledger (remote is fine) is looking for …"
# "Calder Freight, the Fleet Manager one, have read you"
APPOSED = re.compile(r", (?:the|that) [^,.;:!?\n]{3,40} (?:one|job|role|post|position),(?= )")
# "Kelani Apparel, at Peliyagoda, are looking for a merchandiser"
SEEKS_THERE = re.compile(
    rf",? (?:out |over |down |up )?(?:at|in|of|near) [{CAPITALS}][\w'’-]+,? (?:(?:is|are) (?:\w+ )?(?:{SEEKING}|short (?:of )?an?)|(?:looks?|search(?:es)?) for an?|(?:wants?|needs?|seeks?) an?) "
)


OUT_AT = re.compile(r"\b(?:out|up|down|over|off) (?:at|in|near) $")  # what is out there is a place


IT_IS = re.compile(rf"(?:It|That|This)(?:['’]s| is) (?=[{CAPITALS}])")


def pattern_names(text: str) -> list[tuple[str, float, str]]:
    """Names that the words around them point to as an organisation: (name, weight, words)."""
    found = []
    for match in RUN.finditer(text):
        start, end = match.span()
        name = match.group()
        leading = IT_IS.match(name) if name[0] in "IT" else None  # "It's Orlando Cranes: they rang"
        start += leading.end() if leading else 0
        before = text[max(0, start - 44) : start]
        weight, words = 0.0, ""
        for pattern, worth in led_by(before) if before else ():
            led = pattern.search(before)
            if led:
                weight, words = worth, before[led.start() :] + text[start:end]
                break
        if weight and (A_JOB.match(text, end) or OUT_AT.search(before)):
            continue
        if not weight and " " in name and name.rpartition(" ")[2].lower() in LEGAL:
            weight, words = 3.0, name
        if not weight:
            weight, words = by_what_follows(text, start, end, before.rstrip())
        if not weight:
            continue
        name = trimmed(before_a_job(text[start:end]))
        if len(squashed(name)) > 2 and not all(w in WEEKDAYS or w in MONTHS for w in name.lower().split()):
            found.append((name, weight, words.strip()))
    return found


# How the word begins that stands right behind a run where AFTER, JOB_BEHIND or SEEKS_THERE fits; the cheaper question.
FOLLOWS = frozenset(
    """ra ph fi ju ha go ca co be in wa re sa hi se lo pi to wo ar is ne bo li us wi at of ou ov do up""".split()
)


def by_what_follows(text: str, start: int, end: int, before: str) -> tuple[float, str]:
    """How much the words behind a run speak for an organisation, and which they are; (0, "") where they say nothing of one."""
    weight, words = 0.0, ""
    sign, begins = text[end : end + 1], text[end + 1 : end + 3]
    if sign != "," and (sign != " " or begins not in FOLLOWS and begins[:1] != "("):
        return weight, words
    there = SEEKS_THERE.match(text, end)
    if there:
        return 3.0, text[start : there.end()]
    aside = APPOSED.match(text, end) if sign == "," else IN_PASSING.match(text, end) if begins[:1] == "(" else None
    if sign == " " or aside:
        after = aside.end() if aside else end
        followed = AFTER.match(text, after) if text[after : after + 1] == " " else None
        person = followed and PHONES.search(followed.group()) and " " not in trimmed(text[start:end])
        bearer = before.rpartition(" ")[2]
        if followed and not person and not titles.is_head(bearer) and bearer not in SOMEBODY:
            weight, words = 2.0, text[start : followed.end()]
        job = JOB_BEHIND.match(text, end) if not weight and not before.endswith((",", "of")) else None
        if job and (
            THE_JOB.match(text, job.end()) or any(at == 0 for _, at, _ in titles.titles_in(text[job.end() :])[:1])
        ):
            weight, words = 2.5, text[start : job.end() + 40]
    told = None
    if not weight and text[end : end + 2] in (", ", " i") and not before.endswith(" in"):
        told = IS_A.match(text, end)
    return (2.5, text[start : told.end()]) if told else (weight, words)


# "You'll have an answer", "Do I need a pen", "Juhani Terho and I want to": a sentence that begins, people, and no name.
SPOKEN = re.compile(r"(?:You|We|They|He|She|It|I|That|There)['’]|(?:\w+ )?I$|.* (?:and|&) I$")


POSSESSIVE = re.compile(r"(?:'s|’s)$")
FEAST = re.compile(r"^(?:Christmas|Easter|Ramadan|Diwali|Whitsun|Passover|Thanksgiving)(?: (?:and|&))? ")
AND_I = re.compile(r" I(?:['’]\w+)?$")
OPENING = re.compile(r"^(?:So|And|But|Now|Well|Yes|Today|Then|Regarding|Re|For|About|At|With|From|Just|Has) ")


def trimmed(run: str) -> str:
    """A run without its opening word, a possessive ending and small words at its end; "" where it is no name."""
    name = POSSESSIVE.sub("", run.strip(" .,'’-"))
    if SPOKEN.match(name):
        return ""
    words = FEAST.sub("", OPENING.sub("", AND_I.sub("", name))).split()
    while words and words[-1].lower() in SMALL:
        words.pop()
    return " ".join(words)


def before_a_job(run: str) -> str:
    """ "Nimbu Foods for Marketing Executive", "Calder Freight for Tuesday" -> the house; a "Centre for Ecology" stays whole."""
    name, sep, rest = run.partition(" for ")
    first = rest.partition(" ")[0].lower()
    return name if sep and (first in WEEKDAYS or first in MONTHS or titles.titles_in(rest)) else run
