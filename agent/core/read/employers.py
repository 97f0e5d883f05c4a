"""Which house hires, in a letter that another one wrote: a portal, a scheduler or an agency names the employer as one names others.

Each place where a name stands is weighed by what stands before and behind it; nothing is known of the names themselves but whether
they sound like a house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from agent.core.read import people, titles
from agent.core.read.domains import squashed
from agent.core.read.fitting import SMALL, WITH_A_NAME
from agent.core.read.pointers import IN_PASSING, LEGAL, RUN, before_a_job, trimmed

SURELY = 3.0  # from here on a name is the employer's
LIKELY = 2.5  # and from here on in a letter that a portal writes
# What houses are called by, besides what stands in `fitting`: nobody's surname.
TRADES = """advisers advisory aerospace agri agro aid ales aluminium aluminum animals animation antiques arena arms assurance auctions audio audit
    bakeries banking batteries beauty bio biologics biosciences biotech blocks breweries brick bricks broadband building cables cabs
    cafe café cards carnival castings charging charity chemicals childcare circuits civils clinics cloud conservation cooling cosmetics
    credit cruises cyber cycling dairy demolition depot docks drones education eggs engineers events eyewear fasteners feeds fintech
    fish fitness fixings forgings foundry framing fulfillment fulfilment fund funds galleries genomics gifts grid gym hampers hearing
    homecare hospitals housing hydro imprint infants initiative inn jewellery jewelry junior kitchens knitwear leisure lettings lido
    loans lodge magazine management marble merchants microsystems mill mobile mobility mortgages mutual networks news oil optical parcel
    parcels pay payments payroll petrochemicals petroleum physio planning playgroup polytechnic post postal poultry prep pressings
    primary print produce provisioners provisions publications quay racing registry relief rescue restoration retail rivers rockets
    rowing sailing salmon satellites sawmill scaffolding sciences scooters securities security semiconductors sensors shelter signals
    sixthform skincare slate solar sound space stadium stage stationery supplies tavern tax tekstil telecom telecoms tenants textil
    therapeutics tires toys trams tutoring tutors tyres utilities venues watches wealth wholesale wildlife wire woodland yachting yard""".split()
SOUNDS = frozenset((*WITH_A_NAME, *LEGAL, *TRADES)) - frozenset("church parish surgery co".split())

# What only those do who hire. `MANY` takes a house for several people; of one person the same is said of their own name.
MANY = re.compile(
    r"(?: (?:have|['’]ve|are|were|want|need|wish|like|love|ask|request|seek|say|invite)\b|['’](?:ve|re)\b)"
    r"(?=,? (?:however |already |also |now |just |both |all |really |finally |happily |so )*(?:asked|invited|requested|shortlisted|seen|read|loved|liked|picked|chosen|said|decided|pulled|come back|came back|confirmed|offered|turned|gone with|filled|keen|into|looking|after|happy|hiring|recruiting|searching|interested|ready|back|been in touch|you\b|to (?:see|meet|interview|talk|speak|know|change|have|hear)|been|gone|an?\b|somebody|someone|your|in(?:terview)? with you|interview with you))"
)
ONE = re.compile(
    r"(?: (?:only|merely|simply))? (?:(?:has|had) (?:already |also |now |just |since |kindly )*(?:asked|invited|requested|shortlisted|viewed|read|liked|picked|chosen|said|decided|made|pulled|come back|confirmed|offered|turned|entrusted|instructed|resolved|been mandated|cancelled|withdrawn|declined|moved|booked|sent you|been in touch|expressed)|(?:invites|requests|requires|wants|wishes|seeks|needs|would like|is (?:\w+ )?(?:looking|hiring|recruiting|searching|keen)|looks for|moved you|booked you|viewed your|sent you|said (?:yes|no)|turned (?:you|u) down|made (?:you )?an offer|came back|loved|LOVED|liked|turned|wanted|asked|rang|phoned|telephoned|stated|made|read (?:your|you)|uses \w+ to)\b)"
)
# In the letter of an agency whatever a house does is news of it.
ANYTHING = re.compile(
    r",? (?:(?:has|have|had) (?:\w+ ){0,2}?(?:\w+ed|given|made|taken|chosen|seen|read|written|told|sent|got|put|said|come|been)\b|(?:is|are) (?:\w+ )?(?:making|offering|asking|seeing|keen|happy|very|a client|our client)|(?:asks?|accepts?|wants?|thought|liked|loved|proposes|approved|offers?|to whom|for whom|for which|where|on the|our client|won['’]t|will (?:not|interview|see|meet|employ|be in touch))\b)"
)
COLLEAGUE_AT = re.compile(
    r"\b(?!Dear|Hello|Hi)[A-Z][\w'’-]+ (?:of|from|at),? (?:the )?$|, who (?:owns|runs|leads|heads) (?:the )?$|\bact(?:s|ing)? for (?:the )?$|\b(?:spoke to|rang|(?:a )?no from|yes from|forwarded .{0,40}to|sent to|passed to|client) (?:the )?$"
)
# What stands before the one who hires.
LED = re.compile(
    r"(?:\b(?:is searching,|searching for,|drives you to|you go to|go to|sends? you to|hirer|client|customer|employer|recipient|hiring company|recruiting organi[sz]ation|principal)(?: is| are|,|:)* (?:called |named )?(?:the )?"
    r"|\b(?:on behalf of|acting for|instructed by|engaged by|retained by|entrusted by|asked by|requested by|in front of|front of|contract will be with|word with|followed up with|(?:lads|girls|boys|folks?|people|team|lot|guys|crew) (?:in|at|over at)|through to|accepted by) (?:the )?"
    r"|\b(?:interview|interviews|round|meeting|chat|call|trial|offer|feedback|visit|panel|screen|screening|assessment|appointment|application|applying|applied|candidacy|vacancy|interviewers?|you(?:['’]ll| will) meet|yes|see you|meet you|seeing you|employ you|shift|opening) (?:\w+ )?(?:with|at|for|from|to|by) (?:the )?)$",
    re.I,
)
# "Fiona Dace, Chief Risk Officer at Lockhart Asset Management", "Mrs Verney of Lord Brackley's Charity"
WHERE_THEY_WORK = re.compile(
    r"(?:[,(] ?|\b(?:their|the) )[^,.;()]{3,40} (?:at|of|with|from) (?:the )?$|[(,] ?[^,.;()]{3,40}, $|\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Prof)\.? [\w'’-]+ (?:at|of|from) (?:the )?$"
)
# Behind these stands a house of another part: where somebody was before, a neighbour, an owner, a rival.
ANOTHERS = re.compile(
    r"\b(?:formerly|former|previously|ex|worked|works|work|joined|left|years|rivals?|competitors?|like|such as|instead|owned|bought|rented|belong\w*|part|than|near|beside|opposite|next|behind|property|landlord|funders?|referees?|experience|background|using us|us|we|we['’]re|our|i['’]m|name is|colleague|say|said)\b[^.;:!?]{0,24}$",
    re.I,
)
ASIDE = re.compile(rf"{IN_PASSING.pattern}|, [^,.;:()]{{3,60}},(?= )")
BEHIND_IT = frozenset(" ,'’")
LEADS = frozenset(
    "hirer client customer employer recipient company organisation organization principal is are called named the of for by with at in from to meet meeting you yes see seeing employ rang owns runs leads heads interviewers interviewer".split()
)
SAYS = re.compile(
    r", (?:which|that|who|on whose behalf|for whom|by whom|for which) (?:is|are|has|have|we|i|this|they)\b", re.I
)


class Employer(NamedTuple):
    """A name with what speaks for it; `words`: where it stands; `acts`: it does there what only those do who hire."""

    name: str
    weight: float
    words: str
    where: str
    acts: bool = False


def sounds_like_a_house(name: str) -> bool:
    """Does a name end or begin as those of houses do: "Ironquay Logistics", "Bramble & Rook", "University of Marchester"?"""
    words = [w.lower().strip(".,'’") for w in name.split()]
    return len(words) > 1 and (words[-1] in SOUNDS or words[0] in SOUNDS and words[1] in SMALL or "&" in words)


def employers(
    texts: Iterable[tuple[str, str]], own: Sequence[str], somebody: Callable[[str], bool], by_machine: bool, loose: bool
) -> list[Employer]:
    """The houses that hire, the likeliest first. `texts`: lines with where they stand; `own`: the writer's house, by its letters;
    `loose`: the writer surely places people with others, or carries letters for them, so that whatever a house does counts."""
    found: dict[str, Employer] = {}
    for text, where in texts:
        if where == "signature":
            continue
        edge = by_machine or where in ("subject", "calendar")
        for run in RUN.finditer(text):
            end = run.end()
            # most runs stand where nothing could make them an employer's name, which is cheaper to see than what they are
            if not edge and text[end : end + 1] not in BEHIND_IT and not led_to(text, run.start()):
                continue
            name = trimmed(before_a_job(run.group()))
            key = squashed(name)
            if len(key) < 4:
                continue
            weight, acts = weighed(text, run.start() + run.group().find(name[:1]), end, name, edge, by_machine, loose)
            if not weight or no_name_of_a_house(name) or somebody(name):
                continue
            known = found.get(key)
            if known is None:
                found[key] = Employer(name, weight, text[:120], where, acts)
            else:  # said again, in its thread or by its sender's habit
                more, less = max(known.weight, weight), min(known.weight, weight)
                found[key] = known._replace(
                    weight=more + (less / 2 if sounds_like_a_house(name) else 0.0), acts=acts or known.acts
                )
    mine = {key for key in found if any(key.startswith(o) or o.startswith(key) for o in own)}
    if any(found[key].weight >= SURELY for key in mine):
        return []  # "your interview with Prairie Mercy Health", whose Surgical Services are named, too
    others = [employer for key, employer in sorted(found.items()) if key not in mine]
    return sorted(others, key=lambda employer: -employer.weight)


def led_to(text: str, start: int) -> bool:
    """May what stands before this place lead to a name of an employer?"""
    word = text[max(0, start - 20) : start].rstrip(" ").rpartition(" ")[2].lower()
    return word.endswith((",", ":")) or word in LEADS


def no_name_of_a_house(name: str) -> bool:
    """Is this the title of a job, and no firm's name?"""
    if name.rpartition(" ")[2].lower() in LEGAL:
        return False
    return any(len(t) >= len(name) - 2 for t, _, _ in titles.titles_in(name)) or bool(titles.bare_titles(name))


def weighed(
    text: str, start: int, end: int, name: str, edge: bool, by_machine: bool, loose: bool
) -> tuple[float, bool]:
    """How much one place speaks for a name as the employer's, 0 where it speaks for nobody; and whether its bearer hires there.

    `edge`: the text is a subject, a calendar's or a machine's, where names stand by themselves.
    """
    house = sounds_like_a_house(name)
    before = text[max(0, start - 60) : start]
    if before.endswith((" in ", " near ")):
        return 0.0, False  # "Tully Seafoods in Moycullen are after an accountant"
    acts = hires(text, start, end, name, house, loose)
    leads = led_to(text, start)
    if not acts and not edge and not leads or not acts and ANOTHERS.search(before):
        return 0.0, False
    led = leads and (bool(LED.search(before)) or loose and not by_machine and bool(COLLEAGUE_AT.search(before)))
    if led and not house and not by_machine and people.names_in(name):
        led = False  # "a call with Paolo Ricci"
    points = 2.0 if led else 1.5 if leads and house and WHERE_THEY_WORK.search(before) else 0.0
    alone = by_machine and (not before.strip() or before.rstrip().endswith(("–", "-", ",", ":", "@", "|")))
    if house and edge and (alone or not by_machine):
        points += 1.5
    weight = points + (3.0 if acts else 0.0)
    return weight + 1.0 if weight and house else weight, acts


def hires(text: str, start: int, end: int, name: str, house: bool, loose: bool) -> bool:
    """Does the bearer of a name do behind it what only those do who hire?"""
    if text[end : end + 1] not in BEHIND_IT:
        return False
    if MANY.match(text, end) and " and " not in name and (" " in name or not people.opens_sentence(text, start)):
        return True  # "Slots are filled" names nobody
    if not house:
        return False
    aside = ASIDE.match(text, end)
    at = aside.end() if aside else end
    return bool(
        MANY.match(text, at) or loose and ANYTHING.match(text, at) or ONE.match(text, at) or SAYS.match(text, at)
    )
