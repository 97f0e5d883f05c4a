"""Message -> Reading: runs every part of the understanding over one message and puts the findings together. Pure and total."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from agent.core.decode.headers import owns
from agent.core.read import organisations, people, promises, senders, titles, topics
from agent.core.read.acts import acts_of, normal, shortened
from agent.core.read.days import Setting, exact
from agent.core.read.moments import Found, find
from agent.core.read.participants import participants, writer_takes_part
from agent.core.read.reading import Act, Evidence, Named, Person, Reading, Said, SenderKind
from agent.core.read.sentences import Sentence, sentences
from agent.core.read.slots import Timed, slots_in
from agent.core.read.subjects import CALENDAR_SUBJECT, FORMAL, REPLY_PREFIX
from agent.core.values import Address, Event, Message

BULK_LOOK = 4_000  # characters of a newsletter that are looked at
ROLE_LENGTH = (3, 70)
REQUISITION = re.compile(
    r"\b(?:req(?:uisition)?|ref(?:erence)?|job|vacancy|posting|position|id|candidate id|application id|nr|no)\b\.?\s?(?:id|no|nr|number|code|#)?\.?\s?[:#]?\s?([A-Z]{0,5}[-/]?\d[\w/-]{2,15})\b|\b([A-Z]{2,5}-\d{2,6})\b",
    re.I,
)
BRITISH = re.compile(
    r"\b(?:organis|recognis|apologis|finalis|colour|favour|honour|centre|programme|cheque|whilst|fortnight|diary|mum|lovely|cheers|ta\b|kind regards|best wishes|licence|behaviour|labour|catalogue)\w*",
    re.I,
)
AMERICAN = re.compile(
    r"\b(?:organiz|recogniz|apologiz|finaliz|color|favor|honor|center|program\b|check in the mail|resume|vacation|gotten|mom\b|fall schedule|labor|catalog\b|license)\w*",
    re.I,
)
# What makes a friendly line more than courtesy: it tells or wants something, if only vaguely (P2, P32).
HINTS = re.compile(
    r"\b(?:(?:talk|speak|chat|hear from (?:us|me)|see you|more|news|call(?: you)?|write(?: to you)?|touch|back|meet(?: again)?) (?:very |again |to you |to come )?soon|be in touch|stay tuned|let you know|get back|come back to you|revert|(?:call|ring|phone|text|ping|buzz) me|give me a (?:call|ring|shout|bell)|"
    r"(?:will|'ll|’ll|shall|going to|need to|have to) (?:look|discuss|talk|speak|check|ask|show|pass|share|forward|take|bring|see|think|read|consider|go|run|call|ring)|pass(?:ed|ing)? (?:it|this|that|your \w+) (?:on|along)|forwarded|shared (?:it|this|your)|in (?:the )?(?:meantime|process)|keep you|for now|at the moment|right now|bear with|hold on|one moment|stand by|(?:the|our|my) (?:team|boss|manager|panel|committee|board|director)s? (?:will|has|have|is|are|needs?|wants?))\b|[👍👌🤔🙏🤞]",
    re.I,
)
SALUTATION = re.compile(
    r"^\W{0,3}(?:(?:grüß gott|moin|servus|good (?:morning|afternoon|evening|day)|hello|hi|bonjour|hola),? (?=dear))?(?:my )?(?:dear|dearest|respected|esteemed|hono(?:u)?rable|hi|hello|hey|hiya|howzit|good (?:morning|afternoon|evening|day)|greetings|hallo|hej|bonjour|hola|ciao|ola|olá|kia ora|morena|salut|guten tag|sehr geehrte[rs]?|estimad[oa]|caro|cara|cher|chère|beste|geachte|liebe[rs]?|szanown\w+|namaste|selam|merhaba|habari|jambo|sawubona|dia dhuit|bula|talofa|salaam|assalam\S*)\b[\s,]*([^,!:\n]{0,60})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """What reading needs to know of the mailbox's owner. `zone`: theirs; `month_first`: 3/11 is 11 March there."""

    names: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    zone: tzinfo = field(default=None)  # type: ignore[assignment]
    month_first: bool = False
    holidays: Container[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that was found in it."""

    sentence: Sentence
    found: Found
    normal: str


def read(message: Message, owner: Owner) -> Reading:
    """Understand one message by itself; what it means for an opportunity is for `lifecycle` to say."""
    sender_kind = senders.kind_of(message)
    automatic = senders.automatic(message, sender_kind)
    bulk = sender_kind is SenderKind.BULK
    subject = CALENDAR_SUBJECT.sub("", REPLY_PREFIX.sub("", message.subject))
    body = sentences(message.body.own[: BULK_LOOK if bulk else None])
    spoken = (Sentence(subject, "subject", True), *body) if subject else body
    names = organisation_names(message, subject, body)
    roles = [
        r
        for r in role_names(message, subject, body)
        if organisations.squashed(r.name) not in {organisations.squashed(n.name) for n in names if n.weight >= 3}
    ]
    lines = prepared(spoken, names, roles, message, owner)
    writer_zone = owner.zone if message.utc_only else message.date.tzinfo or owner.zone
    # the calendar day of writing, in the sender's zone, or the owner's where the header shows only UTC
    written = message.date.astimezone(writer_zone).date()
    setting = Setting(written, owner.month_first, owner.holidays)
    said = collected(lines, message.sent)
    spoken_lines = [
        promises.Line(line.normal, tuple(line.found.days), shortened(line.sentence.text), line.sentence.where)
        for line in lines
    ]
    promise = None if message.sent else promises.promise_in(spoken_lines, setting)
    has_away = any(s.act is Act.AWAY for s in said)
    timed = [
        Timed(
            line.sentence.text,
            line.sentence.where,
            tuple(line.found.days),
            tuple(line.found.clocks),
            tuple(line.found.lengths),
            line.normal.endswith("?"),
        )
        for line in lines
    ]
    owners = [*owner.names, *(a for a in owner.names)]
    present, absent = (
        ((), ())
        if message.sent or bulk
        else participants(
            body, [*owners, message.sender.name], [n.name for n in names], colleagues_named(message, owner)
        )
    )
    topic = topics.weigh(message.body.own[:6000], subject, message.sent)
    text = message.body.own
    signed = signature_name(message)
    return Reading(
        message_id=message.message_id,
        direction=message.direction,
        date=message.date,
        sender=message.sender,
        sender_kind=sender_kind,
        subject=message.subject,
        to=message.to,
        cc=message.cc,
        reply_to=message.reply_to,
        mine=own_addresses(message, owner),
        ancestors=message.ancestors,
        in_reply_to=message.in_reply_to,
        references=message.references,
        thread_id=message.thread_id,
        said=tuple(said),
        slots=slots_in(timed, setting, owner.zone, writer_zone),
        length=next((item.minutes for line in lines for item in line.found.lengths if 10 <= item.minutes <= 600), 0),
        promise=promise,
        deadline=None if message.sent else promises.deadline_in(spoken_lines, setting),
        returns=promises.return_day(spoken_lines, setting) if has_away else None,
        written=written,
        events=message.events,
        deliveries=message.deliveries,
        returned_id=message.returned_id,
        report=message.report,
        automatic=automatic,
        answers_itself=senders.answers_by_itself(message),
        bulk=bulk,
        people=present,
        excluded=absent,
        writer_meets=None if message.sent else writer_takes_part(body),
        organisations=tuple(names),
        roles=tuple(roles),
        agency=any(organisations.is_agency(message.sender.domain, n.name) for n in names if n.evidence.what == "domain")
        or organisations.is_agency(message.sender.domain, ""),
        ids=tuple(dict.fromkeys((a or b).upper() for a, b in REQUISITION.findall(f"{message.subject}\n{text[:3000]}")))[
            :6
        ],
        job=topic.job,
        foreign=topic.foreign,
        foreign_why=topic.why,
        applied_before=bool(topics.APPLIED_BEFORE.search(text[:3000])),
        cold=bool(topics.COLD_PHRASE.search(text[:4000])),
        scam=bool(topics.SCAM.search(text[:6000])),
        signed=signed,
        formal=formal(message, owner),
        addressed=salutation(text),
        british=spelling(text),
        hints=bool(HINTS.search(text)),
        asks=any(line.normal.endswith("?") for line in lines if line.sentence.where == "text"),
        words=len(text.split()),
        attachments=len(message.attachments),
        authentication=message.authentication,
    )


def colleagues_named(message: Message, owner: Owner) -> list[str]:
    """Names of those in copy and of the invited, whom a text may call by their given names."""
    people_there = [
        *message.recipients,
        *(a.address for e in message.events[:1] for a in (e.organiser, *e.attendees) if a is not None and a.person),
    ]
    return [people.parse_name(a.name).full for a in people_there if a.name and not owns(a.email, owner.addresses)]


def own_addresses(message: Message, owner: Owner) -> frozenset[str]:
    """The addresses in this message that are the owner's, plus-addresses included."""
    named = [message.sender, *message.recipients, *message.reply_to]
    named += [a.address for e in message.events for a in (e.organiser, *e.attendees) if a is not None]
    return frozenset(a.email for a in named if owns(a.email, owner.addresses))


def prepared(
    spoken: Sequence[Sentence], names: Sequence[Named], roles: Sequence[Named], message: Message, owner: Owner
) -> list[Line]:
    """Each sentence with its moments found and masked, and its names, roles and organisations masked."""
    patterns = []
    for kind, words in (
        ("ROLE", [r.name for r in roles[:4]]),
        ("ORG", [n.name for n in names[:4] if n.weight >= 4]),
        ("NAME", known_names(message, owner)),
    ):
        words = sorted({w for w in words if len(w) > 1}, key=len, reverse=True)
        if words:
            patterns.append(
                (kind, re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I if kind == "ROLE" else 0))
            )
    lines: list[Line] = []
    for sentence in spoken:
        text = sentence.text
        found = find(text)
        masks = (
            [(d.start, d.end, "DAY") for d in found.days]
            + [(c.start, c.end, "TIME") for c in found.clocks]
            + [(item.start, item.end, "LENGTH") for item in found.lengths]
        )
        for kind, pattern in patterns:
            masks += [(m.start(), m.end(), kind) for m in pattern.finditer(text)]
        masks += [(s, e, "ROLE") for _, s, e in titles.titles_in(text) if sentence.where != "subject" or True]
        masks += [(s, e, "NAME") for n, t, s, e in people.names_in(text) if s > 0 and (" " in n or t)]
        lines.append(Line(sentence, found, normal(text, masks)))
    return lines


def known_names(message: Message, owner: Owner) -> list[str]:
    out: list[str] = []
    for name in [message.sender.name, *owner.names, *(a.name for a in message.recipients[:8])]:
        parts = people.parse_name(name) if name else None
        if parts and parts.full:
            out += [parts.full, *(w for w in parts.full.split() if len(w) > 2 and w[0].isupper())]
    return out


def collected(lines: Sequence[Line], sent: bool) -> list[Said]:
    """The acts of all sentences; each act once, by its strongest sentence. A subject alone decides nothing hard."""
    best: dict[Act, Said] = {}
    for line in lines:
        for said in acts_of(line.sentence.text, line.normal, line.sentence.where, sent):
            score = min(said.score, 4.0) if line.sentence.where == "subject" else said.score
            known = best.get(said.act)
            total = (known.total if known else 0.0) + score
            if known is None or score > known.score:
                best[said.act] = Said(said.act, score, said.evidence, total)
            else:
                best[said.act] = Said(known.act, known.score, known.evidence, total)
    return sorted(best.values(), key=lambda s: -s.score)


# ------------------------------------------------------------------------------------------- organisation and role


def organisation_names(message: Message, subject: str, body: Sequence[Sentence]) -> list[Named]:
    """Candidates for the organisation, heaviest first."""
    weights: dict[str, Named] = {}

    def add(name: str, weight: float, what: str, words: str, where: str) -> None:
        name = name.strip(" .,;:'’\"")
        if what != "domain":
            name = organisations.stripped(name).strip(" .,;:")
        name = re.sub(r"^(?:The|the) (?=\S+ ?\S*$)", "", name) if what != "display name" else name
        key = organisations.squashed(name)
        if len(key) < 2 or len(name) > 60 or name.lower() in people.NOT_NAMES:
            return
        known = weights.get(key)
        weights[key] = Named(
            known.name if known else name,
            weight + (known.weight / 2 if known else 0),
            known.evidence if known else Evidence(what, words[:120], where),
        )

    counterpart = message.sender if not message.sent else (message.to[0] if message.to else message.sender)
    domains = [
        counterpart.domain,
        *(event.organiser.address.domain for event in message.events[:1] if event.organiser),
        *(a.domain for a in message.reply_to[:1] if not message.sent),
    ]
    own_domain = message.sender.domain if message.sent else ""
    texts = (
        [(subject, "subject")]
        + [(s.text, "text") for s in body[:60]]
        + [(line, "signature") for line in message.body.signature.split("\n")[:12]]
    )
    texts += [(event.summary, "calendar") for event in message.events[:2]] + [
        (line, "calendar") for event in message.events[:1] for line in event.description.split("\n")[:8]
    ]
    texts += [(event.location, "calendar") for event in message.events[:1]]
    display = counterpart.name
    by_machine = machine(message)
    employer_by_name = any(
        fit >= 10 or fit == 6 for domain in domains[:1] for _, fit in organisations.named_after(domain, display)
    )
    for domain in dict.fromkeys(domains):
        if organisations.personal(domain) or domain == own_domain:
            continue
        for text, where in [(display, "display name"), *texts]:
            for name, fit in organisations.named_after(domain, text):
                if by_machine and where != "display name" and not employer_by_name:
                    continue
                add(
                    name,
                    fit + {"signature": 1.0, "subject": 0.5, "display name": 0.5}.get(where, 0.0),
                    "domain",
                    text,
                    where,
                )
        if not by_machine:
            add(organisations.guessed(domain), 0.5, "domain", domain, "address")
    if by_machine and display and "@" not in display and len(display.split()) <= 6:
        add(display, 4.0, "display name", display, "display name")
    for text, where in texts:
        if where == "signature":
            continue
        for name, weight, words in organisations.pattern_names(text):
            if (
                titles.titles_in(name)
                and len(titles.titles_in(name)[0][0]) >= len(name) - 2
                or is_person(name, message)
            ):
                continue
            add(name, weight + (1.0 if where == "subject" else 0.0), "named", words, where)
    if not message.sent and not by_machine:
        for name, weight in organisations.in_signature(message.body.signature, message.sender.name):
            add(name, weight, "signature", name, "signature")
    return sorted(weights.values(), key=lambda n: -n.weight)[:8]


def machine(message: Message) -> bool:
    return not message.sent and senders.kind_of(message) is not SenderKind.HUMAN


def is_person(name: str, message: Message) -> bool:
    words = set(name.lower().split())
    return any(words & set(a.name.lower().split()) for a in (message.sender, *message.recipients[:8]) if a.name)


def role_names(message: Message, subject: str, body: Sequence[Sentence]) -> list[Named]:
    """Candidates for the role, heaviest first; titles in signatures and behind names are their bearers', not the owner's."""
    weights: dict[str, Named] = {}

    def add(name: str, weight: float, words: str, where: str) -> None:
        name = name.strip(" .,;:-–—'’\"()/")
        if not ROLE_LENGTH[0] <= len(name) <= ROLE_LENGTH[1]:
            return
        key = name.lower()
        known = weights.get(key)
        weights[key] = Named(
            name if known is None or name[0].isupper() else known.name,
            weight + (known.weight / 2 if known else 0),
            known.evidence if known else Evidence("role", words[:120], where),
        )

    for text, where in [(subject, "subject")] + [(s.text, "text") for s in body[:80]] + event_texts(message.events):
        for role, weight, words in titles.pattern_roles(text):
            add(role, weight, words, where)
        for title, _, _ in titles.bare_titles(text):
            add(title, 2.5, text, where)
        for title, start, _ in titles.titles_in(text):
            bearer = (
                re.search(
                    r"(?:[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+)+|I(?: am|'m|’m)|[A-ZÀ-Þ]\w+ (?:is|as)|who is)\s*(?:,|\(|–|-|—|:|\||\bthe\b|\bour\b|\ba\b)\s*(?:our |the |a )?$",
                    text[:start],
                )
                if where == "text"
                else None
            )
            add(title, 0.3 if bearer else {"subject": 3.0, "calendar": 3.0}.get(where, 1.0), text, where)
    return sorted(weights.values(), key=lambda n: -n.weight)[:8]


def event_texts(events: Sequence[Event]) -> list[tuple[str, str]]:
    return [(event.summary, "calendar") for event in events[:2]] + [
        (line, "calendar") for event in events[:1] for line in event.description.split("\n")[:8]
    ]


# ---------------------------------------------------------------------------------------------------------- manner


def signature_name(message: Message) -> str:
    """How the writer signs: the first short line of the signature that is a name of theirs."""
    for line in message.body.signature.split("\n")[:4]:
        bare = re.sub(r"^\W+|\W+$", "", line)
        if bare and len(bare) <= 40 and not re.search(r"\d|@", bare):
            parts = people.parse_name(bare)
            known = f"{message.sender.name} {message.sender.local}".lower()
            if (
                parts.full
                and any(w.lower() in known for w in parts.full.split() if len(w) > 1)
                or len(bare) > 1
                and bare.lower() in known
            ):
                return parts.full or bare
    return ""


def salutation(text: str) -> str:
    match = SALUTATION.match(text)
    return match.group(1).strip() if match else ""


def formal(message: Message, owner: Owner) -> bool:
    """Does the writer address the reader by title and surname (POLICY, "Recipients and threads")?"""
    called = salutation(message.body.own) or message.body.own.lstrip()[:60].split("\n")[0].rstrip(" :,")
    match = FORMAL.match(called)
    if not match:
        return False
    rest = called[match.end() :].strip(" .:,")
    given = {parts.given.lower() for parts in map(people.parse_name, owner.names) if parts.given}
    return not rest or rest.split()[0].lower() not in given


def spelling(text: str) -> bool | None:
    """British (True) or American (False) words; None where neither shows."""
    british, american = len(BRITISH.findall(text)), len(AMERICAN.findall(text))
    return None if british == american else british > american


__all__ = ["Address", "Owner", "Person", "exact", "read"]
