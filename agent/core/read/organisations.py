"""Which organisation a message is from or about: names that fit the sender's domain, and names that patterns point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agent.core.read import people, titles
from agent.core.read.bearers import OF_A_TALK, bears_title, beside_somebody, given_to, is_person, no_house
from agent.core.read.displays import OF_AN_OFFICE, TAIL_WORDS, is_agency, names_placing, of_nobody, stripped, tenant
from agent.core.read.domains import guessed, personal, registrable, squashed
from agent.core.read.domains import labels as labels_of
from agent.core.read.employers import Employer, employer, no_name_of_a_house, of_the_past, only_house
from agent.core.read.fitting import SUFFIXES, looked_for, named_after, spelled
from agent.core.read.headings import beside_role, heads_of_the_letter
from agent.core.read.hirers import Writer, sounds_like_a_house
from agent.core.read.lexicon import CAPITALS
from agent.core.read.likeness import SMALL
from agent.core.read.pointers import RUN, pattern_names, trimmed
from agent.core.read.reading import Evidence, Named, SenderKind
from agent.core.read.sentences import Sentence
from agent.core.read.signatures import in_signature
from agent.core.read.subjects import REPLY_PREFIX
from agent.core.values import Address, Message

FORMER = {"signature": 1.0, "subject": 0.5, "display name": 0.5}  # a place where names are written with care
Text = tuple[str, str]  # (one line, where it stands)


def longer_name(other: Named, short: list[str]) -> bool:
    """Is this the same name written in full: "Foster & Sons", "University of Exmoor"? A place or a department makes no other name."""
    words = other.name.split()
    if other.evidence.where == "address":
        return False  # a guess adds nothing to what somebody wrote
    if words[: len(short)] == short:
        extra = words[len(short) :]
    elif words[-len(short) :] == short:
        extra = words[: -len(short)]
    else:
        return False
    if not 0 < len(extra) <= 4 or not all(w[0].isupper() or w.lower() in SMALL for w in extra):
        return False
    if extra[-1].lower().strip(".") in SUFFIXES or other.evidence.words.startswith("["):
        return True
    led = other.evidence.what == "named" and other.weight >= 2 or other.evidence.where == "signature"
    plain = {w.lower().strip(".,") for w in extra}
    return (
        led
        and sum(w.lower() not in SMALL for w in extra) <= 2
        and plain.isdisjoint(OF_A_TALK)
        and not any(titles.is_head(w) for w in extra)
    )


OFFICE_OF = re.compile(r"\S (?:Dr|Mr|Mrs|Ms|Prof|Professor|Frau|Herr)\.? ")  # "Sekretariat Dr. Lohmann" is no house


NOBODYS = people.NOT_NAMES | frozenset("dad mum mam mom mama papa nan nain gran granny grandad grandma tata".split())
A_GRADE = re.compile(r" (?:I{1,3}|IV|V|[1-9])$")
ARTICLE = re.compile(r"^(?:The|the) (?=\S+ ?\S*$)")


def bears_article(name: str, text: str) -> bool:
    """ "Our bench at The Tenth Barrel": a capital in the middle of a sentence belongs to the name."""
    at = text.find(name) if name.startswith("The ") else -1
    return at > 0 and not people.opens_sentence(text, at)


class Tally:
    """Candidates by their letters, each with its weight and the words that it rests on."""

    def __init__(self) -> None:
        self.weights: dict[str, Named] = {}

    def add(self, name: str, weight: float, what: str, words: str, where: str) -> None:
        name = name.strip(" .,;:'’\"")
        if what != "domain":
            name = stripped(name).strip(" .,;:")
        bare = ARTICLE.sub("", name)
        if what != "display name" and not bears_article(name, words):
            name = bare
        key = squashed(bare)
        if len(key) < 2 or len(name) > 60 or name.lower() in NOBODYS or OFFICE_OF.search(name):
            return
        if what == "named" and name.rpartition(" ")[2] in ("Day", "Weekend", "Week", "Eve"):
            return  # "Youth Day" is a feast's
        if what == "named" and A_GRADE.search(name) and no_name_of_a_house(name):
            return  # "Aquarist II" is a job
        if what == "domain" and name.lower() in SUFFIXES:
            return  # "Health" of mbh.health.example is a trade's
        if what == "display name" and OF_AN_OFFICE.issuperset(name.lower().split()):
            return  # "Careers" is a department, whosever
        known = self.weights.get(key)
        if known is None:
            self.weights[key] = Named(name, weight, Evidence(what, words[:120], where))
        else:
            longer = name if name != bare and known.name == bare else known.name
            self.weights[key] = Named(longer, max(known.weight, weight + known.weight / 2), known.evidence)

    def lengthened(self) -> None:
        """ "Sutlej" fits the domain, "Sutlej Weaving & Finishing Mills" is how its people write it."""
        fitting = max(
            (n for n in self.weights.values() if n.evidence.what == "domain"), key=lambda n: n.weight, default=None
        )
        if fitting is None or fitting.weight < 4:
            return
        for key, other in self.weights.items():
            if longer_name(other, fitting.name.split()):
                self.weights[key] = Named(other.name, fitting.weight + 0.5, fitting.evidence)
                return

    def in_full(self, texts: Sequence[Text]) -> None:
        """ "BAU Careers", and in the letter "Bishop Akande University": an abbreviation is believed in full where the letter has it."""
        for key, short in list(self.weights.items()):
            letters = short.name.partition(" ")[0]
            if (
                not (letters.isupper() and letters.isalpha() and 2 < len(letters) < 7)
                or short.evidence.where == "address"
            ):
                continue
            long = next((name for text, _ in texts for name in spelling(letters, text)), "")
            if long:
                del self.weights[key]
                self.add(long, short.weight + 1.0, "named", short.evidence.words, short.evidence.where)

    def heaviest(self) -> list[Named]:
        self.lengthened()
        return sorted(self.weights.values(), key=lambda n: -n.weight)[:8]


def spelling(letters: str, text: str) -> Iterator[str]:
    """The names in a text of whose words these are the first letters."""
    for run in RUN.finditer(text) if letters[0] in text else ():
        name = trimmed(run.group())
        words = [word for word in name.split() if word.lower() not in SMALL]
        if len(words) == len(letters) and "".join(word[0] for word in words).upper() == letters:
            yield name


class Houses(NamedTuple):
    """Candidates for the organisation, heaviest first; `of_another`: a person of one house surely writes of another one that hires."""

    names: list[Named]
    of_another: bool


def organisation_names(
    message: Message, subject: str, body: Sequence[Sentence], kind: SenderKind, words: frozenset[str]
) -> Houses:
    """Which houses a message names, and whether its writer's is not the one that hires. `words`: those of its text."""
    tally = Tally()
    counterpart = message.to[0] if message.sent and message.to else message.sender
    by_machine = not message.sent and kind is not SenderKind.HUMAN
    texts = list(texts_of(message, subject, body))
    domains = domains_of(message, counterpart)
    display = counterpart.name
    houses = guests(message) if by_machine else []
    if houses:  # a scheduler writes for the house whose people it invites
        domains, display, by_machine = houses, "", False
    if not (by_machine and served(tally, texts, message)):
        by_domain(tally, domains, display, texts, by_machine)
        if by_machine and display and "@" not in display and len(display.split()) <= 6:
            tally.add(display, 4.0, "display name", display, "display name")
    # "Nature Museum <post@natturusafn.example>": an office, by its house's name, unless the domain spells a part of it
    spelled_there = any(len(word) > 3 and squashed(word) in squashed(counterpart.domain) for word in display.split())
    if not by_machine and not spelled_there and sounds_like_a_house(display):
        tally.add(display, 3.0, "display name", display, "display name")
    for text, where in texts:
        if where != "signature":
            by_pattern(tally, text, where, message)
    if not by_machine:
        by_local(tally, counterpart, texts)
    bracketed = IN_BRACKETS.match(subject)
    if bracketed and not is_person(bracketed.group(1), message):
        tally.add(bracketed.group(1), 2.0, "named", subject, "subject")
    for name in beside_role(subject):
        if not is_person(name, message):
            # "Transport Planner, Wakefield", "Conveyancer - Leicester"
            weight = 2.5 if " " in name else 1.0 if f", {name}" in subject else 1.5
            if " " not in name and REPLY_PREFIX.match(message.subject):
                weight = 0.5  # said once, and not again by every answer
            tally.add(name, weight, "named", subject, "subject")
    as_a_house = not message.sent and named_like_its_domain(message)
    portal = by_machine or as_a_house
    signed = () if message.sent else in_signature(message.body.signature, message.sender.name)
    own = [name for name, _ in signed]
    places = {event.location for event in message.events[:1]}  # where one meets, whosever house it is
    letter = [(text, where) for text, where in texts if text not in places]
    hirer = None if message.sent else of_another(tally, letter, message, own, words, by_machine, as_a_house)
    if hirer is not None:
        tally.add(hirer.name, PORTALS if portal else HIRES + hirer.odds, "named", hirer.words, hirer.where)
    elif not (message.sent or portal or names_its_own(tally, signed)):
        for lone in only_house(texts, lambda name: no_house(name, message)):
            tally.add(lone.name, ONLY_ONE, "named", lone.text, lone.where)
    if host := tenant(message):
        tally.add(host, OF_A_FORM, "display name", message.sender.name, "display name")
    for name in (
        () if by_machine else heads_of_the_letter(subject, message.body.own, lambda name: is_person(name, message))
    ):
        tally.add(name, 0.5 if REPLY_PREFIX.match(message.subject) else 2.5, "named", subject, "subject")
    for name, weight in () if by_machine else signed:
        tally.add(name, weight, "signature", name, "signature")
    tally.in_full(texts)
    placed = hirer is not None and (" " in hirer.name or hirer.odds >= PLACED)
    return Houses(tally.heaviest(), placed and not portal and not personal(message.sender.domain))


def names_its_own(tally: Tally, signed: Iterable[tuple[str, float]]) -> bool:
    """Does the writer say for whom they work, by a name that fits the domain, or in the signature?"""
    by_domain = any(n.weight > 1 for n in tally.weights.values() if n.evidence.what == "domain")
    return by_domain or any(sounds_like_a_house(name) for name, _ in signed)


MOST_MENTIONED = 40
HIRES = 3.0  # what the name of a house that hires weighs, besides its odds
SIGNED = 8.0  # from which weight on the house of a signature surely is its bearer's
ONLY_ONE = 1.6  # what a house weighs of which nothing is said, where the domain says nothing either
PLACED = 1.5  # from which odds on one word is surely a house with which its writer places people


def mentioned(body: Sequence[Sentence]) -> tuple[str, ...]:
    """Whatever is written with capitals in a text, by its letters: of whom a letter speaks, though its thread or its sender is another's."""
    runs = (run for sentence in body[:60] for run in RUN.findall(sentence.text))
    return tuple(dict.fromkeys(plain for run in runs if len(plain := squashed(trimmed(run))) > 3))[:MOST_MENTIONED]


# Where a portal names the employer for whom it writes: "for the post of Tester (Grade 6) at Aire Valley Trust", "Employer: …".
FOR_WHOM = re.compile(
    r"\b(?:post|position|role|job|vacancy)\b[^.;!?]{3,80}\b(?:at|with)(?: the)? $|\b(?:applying|applied|application)\b[^.;!?]{0,60} (?:to|with|at)(?: the)? $"
)


def for_whom(before: str) -> bool:
    """Does what stands before a name say that the job is with the one who bears it?"""
    return before.rstrip("\n").endswith(("at ", "with ", "to ", "the ")) and bool(FOR_WHOM.search(before))


# "Vacancy: Policy Officer (SEO), Department for Land and Water"
BEHIND_POST = re.compile(
    rf"^\W*(?:vacancy|post|position|role|job(?: title)?)\s*:\s*[^,:;]{{3,60}},\s*(?:the )?([{CAPITALS}][\w'’&-]+(?: [\w'’&-]+){{1,6}})$",
    re.I,
)


# "Your application for the position of Tester (ID 551208), City of Lakeby, has been received"
BEHIND_JOB = re.compile(
    rf"\b(?:position|post|role|vacancy|job|applied for|application (?:for|to))\b[^.;:!?\n]{{3,80}}?, (?:the )?({RUN.pattern}), (?:has|was|is|have|will)\b"
)


def served(tally: Tally, texts: Sequence[Text], message: Message) -> bool:
    """Does a portal that is named like itself write for another house, which it names? That one is the organisation then."""
    itself = message.sender.name
    own, labels = squashed(stripped(itself)), looked_for(message.sender.domain)
    itself = CARRIER.sub("", itself)  # "St Brannoc's Hospital via Solliq" is not Solliq
    if not own or not any(fit >= 7 for _, _, fit in named_after(labels, (itself,), spelled((itself,)))):
        return False
    found = False
    for text, where in texts:
        runs = (r for r in RUN.finditer(text) if for_whom(text[max(0, r.start() - 120) : r.start()]))
        behind = BEHIND_POST.match(text) if ":" in text and "," in text else None
        for name in (
            *in_a_form(text),
            *(trimmed(run.group()) for run in runs),
            *(
                name
                for name in (behind.groups() if behind else ())
                if sounds_like_a_house(name) or " of " in name or " for " in name
            ),
            *(house for house in BEHIND_JOB.findall(text) if " " in house),  # one word alone is a town
        ):
            plain = squashed(name)
            if len(plain) > 3 and own[:6] != plain[:6] and not is_person(name, message) and not titles.titles_in(name):
                tally.add(name, OF_A_FORM, "named", text, where)
                found = True
    return found


def named_like_its_domain(message: Message) -> bool:
    """Does a house write under its own name, and no person: "Slotly" <invites@slotly.example>?"""
    name, local = message.sender.name, squashed(message.sender.local)
    called = any(len(w) > 2 and squashed(w) in local for w in name.split())
    if of_nobody(message) and not personal(message.sender.domain):
        return True
    fitting = named_after(looked_for(message.sender.domain), (name,), spelled((name,))) if name and not called else ()
    return any(fit >= 6 for *_, fit in fitting)


THEY = frozenset("they their them they're they’re they've they’ve they'd they’d they'll they’ll".split())
WE = frozenset("we our us we're we’re we've we’ve we'd we’d we'll we’ll".split())


def of_another(
    tally: Tally,
    texts: Sequence[Text],
    message: Message,
    signed: Sequence[str],
    words: frozenset[str],
    by_machine: bool,
    as_a_house: bool,
) -> Employer | None:
    """The house for which a portal or an agency writes, where it surely names one. `signed`: the houses of the signature."""
    by_domain = [named for named in tally.weights.values() if named.evidence.what == "domain"]
    own = [squashed(stripped(message.sender.name)), *map(squashed, labels_of(message.sender.domain)[:2])]
    own += [squashed(named.name) for named in by_domain]
    own += map(squashed, signed)
    agency = is_agency(message.sender.domain, *(named.name for named in by_domain))
    if as_a_house and not by_machine:
        manner = "house"
    elif by_machine:  # under a display name it is a portal that may write in the employer's name
        manner = "machine" if as_a_house or not message.sender.name else "shown"
    else:
        manner = "agency" if agency else "person"
    marks = {
        "they": not THEY.isdisjoint(words),
        "we": not WE.isdisjoint(words),
        "nobody": of_nobody(message),
        "places": names_placing(message.body.signature.lower()),
        "signs": any(n.weight > SIGNED and n.evidence.where == "signature" for n in by_domain),
    }
    spoken = tuple(mark for mark, so in marks.items() if so)
    writer = Writer(manner, at_home(by_domain), spoken, personal(message.sender.domain))
    return employer(texts, [o for o in own if len(o) > 3], lambda name: no_house(name, message), writer)


def at_home(names: Iterable[Named]) -> bool:
    """Does the writer name their own house in the letter? Then they write for it."""
    return any(n.evidence.what == "domain" and n.weight >= 4 and n.evidence.where in ("text", "subject") for n in names)


def guests(message: Message) -> list[str]:
    """The domains of those whom an invitation brings together with its receivers, where they are not the sender's own."""
    known = {a.email for a in message.recipients}
    found = [
        a.address.domain for e in message.events[:1] for a in e.attendees if a.person and a.address.email not in known
    ]
    return [d for d in dict.fromkeys(found) if not personal(d) and registrable(d) != registrable(message.sender.domain)]


def texts_of(message: Message, subject: str, body: Sequence[Sentence]) -> Iterator[Text]:
    """Every line in which the organisation may be named, but for the display name."""
    yield subject, "subject"
    for sentence in body[:60]:
        yield sentence.text, "text"
    for line in message.body.signature.split("\n")[:12]:
        yield line, "signature"
    for event in message.events[:2]:
        yield event.summary, "calendar"
    for event in message.events[:1]:
        for line in event.description.split("\n")[:8]:
            yield line, "calendar"
        yield event.location, "calendar"


def domains_of(message: Message, counterpart: Address) -> list[str]:
    """The domains of the other side that may name it."""
    found = [counterpart.domain]
    found += [event.organiser.address.domain for event in message.events[:1] if event.organiser]
    if not message.sent:
        found += [a.domain for a in message.reply_to[:1]]
    own = message.sender.domain if message.sent else ""
    return [d for d in dict.fromkeys(found) if not personal(d) and d != own]


# "Vechtlijn Trams via Solliq": who carries the letter is behind it.
CARRIER = re.compile(r"\s+(?:via|through|powered by)\s.*$", re.I)


def by_domain(tally: Tally, domains: Sequence[str], display: str, texts: Sequence[Text], by_machine: bool) -> None:
    """Names that fit a domain. A machine's own domain names the machine's maker, unless the display name fits it too."""
    display = CARRIER.sub("", display)
    words = spelled((display,))
    shown = [
        (domain, labels, named_after(labels, (display,), words))
        for domain in domains
        for labels in (looked_for(domain, by_machine),)
    ]
    employer_by_name = any(fit >= 8 or fit == 6 for _, _, names in shown[:1] for _, _, fit in names)
    # "Beate Wiesner" of wiesner-dental.example: what fits is her name
    own = set() if by_machine else set(display.lower().split())
    lines = [text for text, _ in texts] if employer_by_name or not by_machine else []
    words = spelled(lines) if shown else []
    for domain, labels, names in shown:
        for _, name, fit in names:
            if by_machine and name != display and name.rpartition(" ")[2].lower() in TAIL_WORDS:
                continue  # "Rio Alto Courts Careers" of courtcareers.example: the portal of many courts
            if name.lower() not in own:
                tally.add(name, fit + FORMER["display name"], "domain", display, "display name")
        for line, name, fit in named_after(labels, lines, words):
            if name.lower() not in own or fit == 10:
                text, where = texts[line]
                if OF_PARENT.search(text, 0, max(0, text.find(name))):
                    fit = min(fit, A_PARENT)
                tally.add(name, fit + FORMER.get(where, 0.0), "domain", text, where)
        if not by_machine:
            tally.add(guessed(domain), 0.5, "domain", domain, "address")


# "Westhaven Paprika (part of Groenland Groep)": the house is named before it
OF_PARENT = re.compile(
    r"\b(?:part|member|subsidiary|division|brand|company|branch|unit|family) of(?: the)? $|\bowned by(?: the)? $"
)
A_PARENT = 1.0
# "Employer: Aire Valley Trust", as forms of offices and tracking systems have it.
FORM = re.compile(
    rf"^\W*(?:employer|facility|company|organi[sz]ation|hiring (?:company|organi[sz]ation)|client|firm|trust|institution|our client)\s*:\s*([{CAPITALS}][^:;|()]{{1,59}})",
    re.I,
)


def by_local(tally: Tally, counterpart: Address, texts: Sequence[Text]) -> None:
    """Oficina Seabra writes from oficina.seabra@…: a house whose mailbox a mail host keeps bears its name before the sign."""
    local = squashed(counterpart.local)
    left = local
    for word in counterpart.name.split():
        left = left.replace(squashed(word), "", 1)
    if len(local) < SHORTEST_LOCAL or len(left) < 3:
        return  # how the writer is called, and nothing else
    for text, where in texts:
        if left[:4] not in text.lower():
            continue
        for run in RUN.finditer(text):
            name = trimmed(run.group())
            if squashed(name) == local:
                tally.add(name, OF_A_MAILBOX, "named", text, where)


SHORTEST_LOCAL, OF_A_MAILBOX = 6, 4.0
BY_ITS_JOB = 3.0  # "Parish Administrator at St Werburgh's"
OF_A_FORM = 12.0  # outweighs a portal's own name
PORTALS = 25.0  # and all places together where that stands


def in_a_form(text: str) -> tuple[str, ...]:
    """The employer that a line of a form names, if it is one."""
    form = FORM.match(text) if ":" in text else None
    return (form.group(1).split(", ")[0],) if form else ()


JOB_AT = re.compile(r"\b(?:position|role|job|post|opening|vacancy) (?:at|with)(?: the)? ")


def employs(name: str, text: str) -> bool:
    """Is this where somebody works, or is to work: "the position at Clara Lind"?"""
    return any(text.startswith(name, job.end()) for job in JOB_AT.finditer(text))


def by_pattern(tally: Tally, text: str, where: str, message: Message) -> None:
    for name in in_a_form(text):
        tally.add(name, OF_A_FORM, "named", text, where)
    for name, weight, words in pattern_names(text):
        # "my client Calloway Tarn Partners" is a house
        house = words.lower().startswith("client ") or name.rpartition(" ")[2].lower() in SUFFIXES
        title = () if house else titles.titles_in(name)
        at = text.find(name)
        called = bears_title(name, text[:at])
        presented = text[:at].endswith(("We are ", "we are ", "We are the "))  # whoever says so is a house
        person = is_person(name, message) and not employs(name, text) and not presented
        thanked = " " not in name and words.lower().startswith("thank")  # "pass my thanks on to Fergal"
        if called or thanked or title and len(title[0][0]) >= len(name) - 2 or person or given_to(name, message):
            continue
        if beside_somebody(name, text[:at]) or of_the_past(text, at):
            continue
        if (
            words.startswith("at ")
            and titles.is_head(text[: max(0, at - 3)].rstrip().rpartition(" ")[2])
            and " " in name
        ):
            weight = max(weight, BY_ITS_JOB)
        if where == "subject":  # said once, and not again by every answer
            weight = weight / 4 if REPLY_PREFIX.match(message.subject) else weight + 1.0
        tally.add(name, weight, "named", words, where)


# "[Minato Subtitles] Your interview", as tracking systems and offices in East Asia write.
IN_BRACKETS = re.compile(rf"^\[((?!EXT|SPAM|Ref|ID)[{CAPITALS}][\w&'’.-]*(?: [{CAPITALS}&][\w&'’.-]*){{0,4}})\]")
