"""Message -> Reading: runs every part of the understanding over one message and puts the findings together. Pure and total."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import Any, NamedTuple

from agent.core.debrief.reading import filled
from agent.core.decode.headers import owns
from agent.core.read import deadlines, manner, model, people, promises, senders, titles, topics
from agent.core.read.acts import Heard, Mask, acts_of, evidence, normal
from agent.core.read.agencies import places_others
from agent.core.read.attendees import attending
from agent.core.read.choices import choice_in
from agent.core.read.days import Setting
from agent.core.read.domains import squashed
from agent.core.read.ear import Ear
from agent.core.read.letters import small
from agent.core.read.moments import DIGIT, Found, anchored, find
from agent.core.read.organisations import mentioned, organisation_names
from agent.core.read.pointers import SOMEBODY
from agent.core.read.reading import Act, Named, Reading, Said, SenderKind
from agent.core.read.roles import role_names
from agent.core.read.sentences import Sentence, sentences, shortened
from agent.core.read.slots import Timed, lengths_in, slots_in
from agent.core.read.subjects import CALENDAR_SUBJECT, REPLY_PREFIX
from agent.core.read.words import places_of, words_of
from agent.core.read.writer import writer_takes_part
from agent.core.values import Message

AWAY, COURTESY = Act.AWAY, Act.COURTESY
BULK_LOOK = 4_000  # characters of a newsletter that are looked at
MOST_SPOKEN = 60  # sentences of a message in which people are looked for
MOST_DESCRIBED = 12  # sentences of an invitation
MOST_WEIGHED = 40  # sentences of a message that the model is asked about
REQUISITION = re.compile(
    r"\b(?:req(?:uisition)?|ref(?:erence)?|job|vacancy|posting|position|id|candidate id|application id|nr|no)\b\.?\s?(?:id|no|nr|number|code|#)?\.?\s?[:#]?\s?([A-Z]{0,5}[-/]?\d[\w/-]{2,15})\b|\b((?-i:[A-Z]{2,5}[-/])\d{2,6})\b|\A(\d{5,8})(?= [A-Z])",
    re.I,
)
# One of these is there where that fits: the second of a text in small letters.
CODED = re.compile(r"[A-Z][-/]\d\d")
NUMBERED = re.compile(
    r"(?:req(?:uisition)?|ref(?:erence)?|job|vacancy|posting|position|id|nr|no)\b\.?\s?(?:id|no|nr|number|code|#)?\.?\s?[:#]?\s?[a-z]{0,5}[-/]?\d"
)
IN_BRACKETS = re.compile(r"^\[[^\]]{2,50}\]\s*")  # "[Minato Subtitles] Translator - next step"
HOW_ARE_YOU = re.compile(
    r"^.{0,30}\b(?:how are (?:you|things|we)|how is (?:it going|everything|life)|how do you do|tudo bem|all (?:good|well)|are you well|que tal|como est[aá]s?|comment allez|wie geht)\b.{0,16}\?$"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """What reading needs to know of the mailbox's owner. `zone`: theirs; `month_first`: 3/11 is 11 March there."""

    names: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    zone: tzinfo = UTC
    month_first: bool = False
    holidays: Container[date] = frozenset()


class Line(NamedTuple):
    """A sentence with all that was found in it."""

    sentence: Sentence
    found: Found
    normal: str

    @property
    def asks(self) -> bool:
        return self.normal.endswith("?")


def read(message: Message, owner: Owner) -> Reading:
    """Understand one message by itself; what it means for an opportunity is for `lifecycle` to say."""
    kind, sent = senders.kind_of(message), message.sent
    bulk = kind is SenderKind.BULK
    subject = bare_subject(message.subject)
    text, flowing = message.body.own, unwrapped(message.body.own)
    words = words_of(text[: topics.MOST_TEXT])
    body = sentences(text[: BULK_LOOK if bulk else None])
    houses = organisation_names(message, subject, body, kind, words)
    names = houses.names
    roles = jobs_named(message, owner, subject, body, names)
    lines = prepared((Sentence(subject, "subject", True), *body) if subject else body, names, roles, message, owner)
    # the subject of a reply was written in another message
    spoken = [line for line in lines if line.sentence.where != "subject"] if answers(message) else lines
    ear = Ear(sent, signs(message, kind)) if not bulk else None
    said = collected(spoken, sent, ear)
    writer_zone = owner.zone if message.utc_only else message.date.tzinfo or owner.zone
    # the calendar day of writing, in the sender's zone, or the owner's where the header shows only UTC
    setting = Setting(message.date.astimezone(writer_zone).date(), owner.month_first, owner.holidays)
    by_itself = senders.answers_by_itself(message)
    done = {s.act for s in said}
    away = by_itself or AWAY in done
    own = [n.name for n in (*names[:2], *roles[:2])] if any(r.weight >= 2.5 for r in roles) else []
    agency = houses.of_another or places_others(message, flowing, words, body, names, kind)
    timed = bool(message.events) or any(line.found.days or line.found.clocks for line in lines)
    topic = topics.weigh(flowing, words, subject, "" if sent else message.sender.name, sent, own)
    return Reading(
        message_id=message.message_id,
        direction=message.direction,
        date=message.date,
        sender=message.sender,
        sender_kind=kind,
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
        opinion=ear.opinion() if ear is not None else None,
        written=setting.written,
        events=message.events,
        deliveries=message.deliveries,
        returned_id=message.returned_id,
        report=message.report,
        automatic=senders.automatic(message, kind),
        answers_itself=by_itself,
        bulk=bulk,
        organisations=tuple(names),
        roles=tuple(roles),
        agency=agency,
        mentions=() if sent or topic.foreign or bulk else mentioned((*titled(message, subject, kind), *body)),
        ids=numbers_in(f"{message.subject}\n{text[:3000]}"),
        job=topic.job,
        foreign=topic.foreign,
        foreign_why=topic.why,
        foreign_words=topic.others,
        applied_before=topics.applied_before(
            flowing, not topic.foreign and any(r.weight >= 2.5 and r.name[0].isupper() for r in roles)
        ),
        cold=topics.cold(flowing, words),
        scam=topics.scam(flowing, words),
        signed=manner.signature_name(message),
        formal=manner.formal(text, owner.names),
        addressed=manner.salutation(text),
        british=manner.british(text),
        hints=COURTESY in done and manner.hints(flowing),
        choice=choice_in(flowing) if sent else 0,
        asks=any(line.asks and not greets(line) for line in lines if line.sentence.where == "text"),
        words=len(text.split()),
        attachments=len(message.attachments),
        authentication=message.authentication,
        form=filled(message.body.whole, message.subject, setting, owner.names, owner.addresses),
        **times(spoken, setting, owner.zone, writer_zone, not sent),
        **(promised(lines, away, kind is SenderKind.HUMAN, setting) if not sent else returns(lines, away, setting)),
        **(company(message, owner, body, names, roles, kind, timed) if not sent else {}),
    )


def titled(message: Message, subject: str, kind: SenderKind) -> tuple[Sentence, ...]:
    """Where a machine names the house for which it writes: in the subject and in the title of an invitation."""
    if kind is SenderKind.HUMAN:
        return ()
    return tuple(Sentence(text, "subject", True) for text in (subject, *(e.summary for e in message.events[:1])))


def jobs_named(
    message: Message, owner: Owner, subject: str, body: Sequence[Sentence], names: Sequence[Named]
) -> list[Named]:
    """Candidates for the role, heaviest first, without what is a person's or the house's own name."""
    taken = {squashed(n.name) for n in names if n.weight >= 3}
    long = tuple(t for t in taken if len(t) > 6)
    houses = [n.name for n in names if n.weight >= 2]
    persons = {w for name in (*owner.names, message.sender.name) for w in name.lower().split()}
    return [
        r
        for r in role_names(IN_BRACKETS.sub("", subject), body, message.events, houses)
        if r.name.lower() not in persons and squashed(r.name) not in taken and not squashed(r.name).startswith(long)
    ]


def unwrapped(text: str) -> str:
    """The paragraphs of a text, each on one line: many programs still break plain text at 72 characters."""
    return "\n\n".join([part.replace("\n", " ") for part in text.split("\n\n")])


def greets(line: Line) -> bool:
    """ "How are you?" asks for nothing; "How are you fixed on Thursday?" does."""
    return not line.found.days and not line.found.clocks and bool(HOW_ARE_YOU.search(line.normal))


def answers(message: Message) -> bool:
    return bool(message.in_reply_to) and bool(REPLY_PREFIX.match(message.subject))


def bare_subject(subject: str) -> str:
    return CALENDAR_SUBJECT.sub("", REPLY_PREFIX.sub("", subject))


def times(lines: Sequence[Line], setting: Setting, owner: tzinfo, writer: tzinfo, weigh: bool) -> dict[str, Any]:
    """The times for a conversation that the lines name, and how long it is to be. `weigh`: as `slots.slots_in` has it."""
    minutes = (m for line in lines if line.found.lengths for m in lengths_in(line.sentence.text, line.found.lengths))
    length = next(minutes, 0)
    if not any(line.found.days or line.found.clocks for line in lines):
        return {"slots": (), "length": length}
    timed = [
        Timed(sentence.text, sentence.where, tuple(found.days), tuple(found.clocks), tuple(found.lengths), line.asks)
        for line in lines
        for sentence, found in ((line.sentence, line.found),)
    ]
    return {"slots": slots_in(timed, setting, owner, writer, weigh), "length": length}


def dated(lines: Sequence[Line]) -> list[promises.Line]:
    """The lines with a day in them, or that lean on the one before, as `promises` wants them."""
    normal = ["", *(line.normal for line in lines), ""]
    return [
        promises.Line(
            line.normal,
            tuple(line.found.days),
            shortened(line.sentence.text),
            line.sentence.where,
            normal[n],
            normal[n + 2],
        )
        for n, line in enumerate(lines)
        if line.found.days or " within " in line.normal or "inside " in line.normal
    ]


def promised(lines: Sequence[Line], away: bool, human: bool, setting: Setting) -> dict[str, Any]:
    """What the employer promises, and by when the owner is to answer an offer."""
    spoken = dated(lines)
    made = {
        "promise": promises.promise_in(spoken, setting, human),
        "instead": promises.instead_in(spoken, setting),
        "deadline": deadlines.deadline_in(spoken, setting),
    }
    return {**made, **returns(lines, away, setting)}


def returns(lines: Sequence[Line], away: bool, setting: Setting) -> dict[str, Any]:
    return {"returns": deadlines.return_day(dated(lines), setting) if away else None}


def company(
    message: Message,
    owner: Owner,
    body: Sequence[Sentence],
    names: Sequence[Named],
    roles: Sequence[Named],
    kind: SenderKind,
    timed: bool,
) -> dict[str, Any]:
    """Who takes part on the employer's side, and whether the writer does. `timed`: a day or an hour is named."""
    body = (*body[:MOST_SPOKEN], *described(message))
    meets = writer_takes_part(body)
    if message.list_id or kind in (SenderKind.BULK, SenderKind.DAEMON):
        return {"writer_meets": meets}
    houses = [n.name for n in names if len(n.name) > 2 and not like_a_person(n, body)]  # "PJ" is a person
    present, absent, among = attending(
        body, owner.names, message.sender.name, houses, colleagues_named(message, owner), timed
    )
    jobs = [set(role.name.lower().split()) for role in roles if role.weight >= 2.5]
    present = tuple(p for p in present if not called_for_the_job(p.name, jobs))
    return {"people": present, "excluded": absent, "writer_meets": among or None if meets is None else meets}


def called_for_the_job(name: str, jobs: Sequence[set[str]]) -> bool:
    """ "School Bus Driver, Sam Taylor with Dr. Kemper": "Bus Driver" is nobody's name."""
    words = name.lower().split()
    return len(words) > 1 and titles.is_head(words[-1]) and any(set(words) < job for job in jobs)


def like_a_person(house: Named, body: Sequence[Sentence]) -> bool:
    """ "Ask for Ola Berg at the desk", "meet with Ola Berg", "it is Ola Berg who receives you", "an interview with Ola Berg, one of
    the partners" sound like a house, too."""
    if house.weight > 2 or not people.NAME.fullmatch(house.name):
        return False
    if BEFORE_A_PERSON.match(house.evidence.words):
        return True
    if house.evidence.words.startswith("called ") and any(somebody_called(house.name, s.text) for s in body):
        return True
    return any(
        BEHIND_A_PERSON.match(piece)
        for called in (f"{house.name}, ", f"{house.name} (")
        for s in body
        if called in s.text
        for piece in s.text.split(called)[1:]
    )


def somebody_called(name: str, text: str) -> bool:
    """ "A chief reporter called Ola Berg", "a lady called Ola Berg": whoever has a job or is a lady is no house."""
    before, called, _ = text.partition(f" called {name}")
    noun = before.rpartition(" ")[2].lower() if called else ""
    return noun in SOMEBODY or titles.is_head(noun)


BEFORE_A_PERSON = re.compile(r"(?:for|with|lead|it(?: is|['’]s)) ", re.I)
BEHIND_A_PERSON = re.compile(r"(?:one of|who|whom|our|their)\b")


def described(message: Message) -> tuple[Sentence, ...]:
    """What the first invitation says, where the letter round it does not say it too."""
    text = message.events[0].description if message.events else ""
    return () if text[:40] in message.body.own else sentences(text)[:MOST_DESCRIBED]


def numbers_in(text: str) -> tuple[str, ...]:
    """Reference numbers of tracking systems."""
    if not DIGIT.search(text):
        return ()
    if not (text[0].isdecimal() or CODED.search(text) or NUMBERED.search(small(text))):
        return ()
    return tuple(dict.fromkeys("".join(found).upper() for found in REQUISITION.findall(text)))[:6]


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


NUMBER = re.compile(r"\d+")
MOST_NUMBERS = 600
MOST_MOMENTS = 200  # days and hours of one message; what names more of them is a table


def prepared(
    spoken: Sequence[Sentence], names: Sequence[Named], roles: Sequence[Named], message: Message, owner: Owner
) -> list[Line]:
    """Each sentence with its moments found and masked, and its names, roles and organisations masked."""
    whole = "\n".join([s.text for s in spoken])
    lower = whole.lower()
    known = [("ORG", name) for name in {n.name for n in names[:4] if n.weight >= 4} if name in whole]
    known += [("NAME", name) for name in {*known_names(message, owner)} if len(name) > 1 and name in whole]
    roles_there = [role for role in {r.name.lower() for r in roles[:4]} if role in lower]
    counted = len(whole) >= 2 * MOST_NUMBERS - 1  # a shorter message cannot hold so many
    lines: list[Line] = []
    last, named, numbers = None, 0, 0
    for sentence in spoken:
        text = sentence.text
        numbers += len(NUMBER.findall(text)) if counted else 0
        found = find(text) if named < MOST_MOMENTS and numbers < MOST_NUMBERS else Found([], [], [])
        named += len(found.days) + len(found.clocks)
        last = anchored(found.days, last) if found.days else last
        masks = moments_of(found) if found.days or found.clocks or found.lengths else []
        if roles_there:
            plain = text.lower()
            masks += [(s, e, "ROLE") for role in roles_there if role in plain for s, e in places_of(role, plain)]
        for kind, name in known:
            if name in text:
                masks += [(s, e, kind) for s, e in places_of(name, text)]
        for _, start, end in titles.titles_in(text):
            masks.append((start, end, "ROLE"))
        for name, title, start, end in people.names_in(text):
            if start > 0 and (title or " " in name):
                masks.append((start, end, "NAME"))
        lines.append(Line(sentence, found, normal(text, masks)))
    return lines


def moments_of(found: Found) -> list[Mask]:
    masks = [(day.start, day.end, "DAY") for day in found.days]
    masks += [(clock.start, clock.end, "TIME") for clock in found.clocks]
    return masks + [(item.start, item.end, "LENGTH") for item in found.lengths]


def known_names(message: Message, owner: Owner) -> list[str]:
    out: list[str] = []
    for name in [message.sender.name, *owner.names, *(a.name for a in message.recipients[:8])]:
        parts = people.parse_name(name) if name else None
        if parts and parts.full:
            out += [parts.full, *(w for w in parts.full.split() if len(w) > 2 and w[0].isupper())]
    return out


def signs(message: Message, kind: SenderKind) -> list[str]:
    """What the model is told of a message besides its words."""
    answer = ["@answers"] if message.in_reply_to else []
    return [*answer, "@person" if kind is SenderKind.HUMAN else "@machine"]


def collected(lines: Sequence[Line], sent: bool, ear: Ear | None) -> list[Said]:
    """The acts of all sentences; each act once, by its strongest sentence. A subject alone decides nothing hard."""
    best: dict[Act, tuple[float, Heard, Line]] = {}
    total: dict[Act, float] = {}
    for number, line in enumerate(lines):
        subject = line.sentence.where == "subject"
        by_model = line.sentence.where == "text" and number < MOST_WEIGHED
        if subject and ear is not None:
            ear.listen(line.normal, line.sentence.text, "subject")  # it weighs in the whole, and does nothing by itself
        for heard in acts_of(line.normal, sent, ear if by_model else None, line.sentence.text):
            score = min(heard.score, 4.0) if subject else heard.score
            total[heard.act] = total.get(heard.act, 0.0) + score
            if heard.act not in best or score > best[heard.act][0]:
                best[heard.act] = (score, heard, line)
    by_label = {
        (line.normal, heard.label) for _, heard, line in best.values() if heard.label
    }  # of which one is for two acts
    why = {(text, label): model.why(text, sent, label) for text, label in by_label}
    said = [
        Said(
            act,
            score,
            evidence(heard, line.sentence.text, line.sentence.where, why.get((line.normal, heard.label), "")),
            total[act],
        )
        for act, (score, heard, line) in best.items()
    ]
    return sorted(said, key=lambda s: -s.score)
