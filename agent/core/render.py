"""Verdict -> the message of its draft: subject, body with blanks, headers, bytes. Pure; the templates come as texts.

Rule 1: what came out of mail goes into a template only as a value, never as a template (I12).
Rule 2: a blank is written [[what to fill in]] and is found again by `blanks_in`, whatever a client did to it (P7).
Rule 3: no header tells the recipient about the tool; the Message-ID is made from the step's key and says nothing (I2).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agent.core.decode.headers import clean
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import IN_INBOX, Step, Verdict
from agent.core.values import Address

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

BLANK = re.compile(r"\[\[\s*(.{1,300}?)\s*\]\]", re.S)
TEMPLATE_OF = {step: f"{step.value}.txt.j2" for step in Step}
MOST_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft ready to be put: `raw` are its bytes (CRLF)."""

    key: str
    message_id: str
    to: tuple[Address, ...]
    subject: str
    body: str
    blanks: tuple[str, ...]
    in_reply_to: str
    references: tuple[str, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes: the first address is used for drafts; the signature ends every message to others."""

    name: str
    address: str
    signature: str = ""


class Wording:
    """The templates, compiled once. `texts`: file name -> template; the owner's own files replace ours one by one."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        self._environment: SandboxedEnvironment | None = None

    @property
    def environment(self) -> SandboxedEnvironment:
        if self._environment is None:
            from jinja2 import DictLoader, StrictUndefined
            from jinja2.sandbox import SandboxedEnvironment

            self._environment = SandboxedEnvironment(
                loader=DictLoader(self.texts),
                undefined=StrictUndefined,
                autoescape=lambda name: bool(name) and str(name).endswith(".html.j2"),  # I12
            )
        return self._environment

    def page(self, name: str, values: Mapping[str, Any]) -> str:
        """A text that is no step of its own, as the digest. What goes into HTML is escaped."""
        return tidy(self.environment.get_template(name).render(values, listed=listed))

    def write(self, step: Step, values: Mapping[str, Any]) -> str:
        """The body of one step. Raises jinja2.TemplateError for a broken template of the owner's."""
        turn = Turn(int(values.get("variant", 0)))
        text = self.environment.get_template(TEMPLATE_OF[step]).render(
            values, pick=turn.pick, blank=blank, listed=listed
        )
        return tidy(text)


class Turn:
    """Chooses among several wordings: the variant turns all choices of a draft, each by another measure."""

    def __init__(self, variant: int) -> None:
        self.variant = variant
        self.asked = 0

    def pick(self, choices: Sequence[str]) -> str:
        self.asked += 1
        return choices[
            (self.variant + (self.variant // 7) * (self.asked - 1) + self.asked * self.asked - 1) % len(choices)
        ]


def blank(what: str) -> str:
    return f"[[{what}]]"


def blanks_in(text: str) -> tuple[str, ...]:
    """The blanks still in a text (P7); also where a client wrapped a line inside one."""
    return tuple(" ".join(m.split()) for m in BLANK.findall(text))


def listed(names: Sequence[str]) -> str:
    """ "Ann", "Ann and Bo", "Ann, Bo and Cy"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


def tidy(text: str) -> str:
    text = re.sub(r"[ \t]+\n", "\n", text.strip())
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def day_words(day: date | None, british: bool) -> str:
    if day is None:
        return ""
    return f"{day.day} {day:%B}" if british else f"{day:%B} {day.day}"


def moment_words(moment: datetime | None, british: bool) -> str:
    if moment is None:
        return ""
    clock = (
        f"{moment:%H:%M}"
        if british
        else f"{moment.hour % 12 or 12}:{moment:%M} {'a.m.' if moment.hour < 12 else 'p.m.'}"
    )
    return f"{moment:%A}, {day_words(moment.date(), british)}, {clock} ({moment.tzname() or 'your time'})"


def message_id_of(key: str, owner: str) -> str:
    """I2: derived from the step's key and the owner's address, so that it is found again with no database at all."""
    digest = hashlib.sha256(f"{owner.lower()}\0{key}".encode()).hexdigest()
    return f"<{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}@{owner.rpartition('@')[2].lower()}>"


def render(verdict: Verdict, identity: Identity, wording: Wording, now: datetime, rules: Rules) -> Draft:
    """The draft that this verdict asks for, written at `now` (its Date header)."""
    content = verdict.content
    values: dict[str, Any] = {f.name: getattr(content, f.name) for f in fields(content)}
    values |= {
        "interview_date": day_words(content.interview, content.british) or "the day we met",
        "interview_moment": moment_words(content.interview_time, content.british),
        "weekday": f"{content.interview:%A}" if content.interview else "the other day",
        "deadline": day_words(content.deadline, content.british),
        "reply_by": day_words(content.reply_by, content.british),
        "signature": identity.signature.strip() or identity.name,
        "owner_name": identity.name,
    }
    body = wording.write(verdict.step, values)
    subject = clean(subject_of(verdict, identity), 300)
    message_id = message_id_of(verdict.key, identity.address)
    references = kept_references(verdict.thread.references)
    head = Head(
        verdict.to,
        subject,
        message_id,
        now.astimezone(rules.zone),
        verdict.thread.message_id,
        references,
        verdict.step in IN_INBOX,
    )
    made = compose(identity, head, body)
    return Draft(
        verdict.key, message_id, verdict.to, subject, body, blanks_in(body), verdict.thread.message_id, references, made
    )


def kept_references(references: Sequence[str]) -> tuple[str, ...]:
    """RFC 5322 §3.6.4, shortened as RFC 5537 §3.4.4 allows: the first and the latest."""
    return (
        tuple(references)
        if len(references) <= MOST_REFERENCES
        else (references[0], *references[-MOST_REFERENCES + 1 :])
    )


def subject_of(verdict: Verdict, identity: Identity) -> str:
    content = verdict.content
    about = " – ".join(filter(None, (content.role, content.organisation))) or "your interview"
    if verdict.step is Step.DEBRIEF:
        return f"Debrief: {about}, {day_words(content.interview, content.british)} ({content.reference})"
    if verdict.step is Step.PREP:
        return f"Your interview: {about}, {moment_words(content.interview_time, content.british)}"
    if verdict.step is Step.PAPER_NOTE:
        return f"A card after your interview: {about}"
    if verdict.thread.subject:
        return verdict.thread.subject
    return f"{identity.name} – Thank you" if verdict.step is Step.THANK_YOU else about


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a message that we write. `note`: meant for the owner's inbox alone, and marked so (I11)."""

    to: Sequence[Address]
    subject: str
    message_id: str
    date: datetime
    in_reply_to: str = ""
    references: Sequence[str] = ()
    note: bool = False


def compose(identity: Identity, head: Head, body: str, html: str = "") -> bytes:
    """RFC 5322 bytes. All values are clean and short by now: policy SMTP is safe with them."""
    message = EmailMessage(policy=SMTP)
    message["From"] = mailbox(Address(identity.name, identity.address.lower()))
    message["To"] = ", ".join(map(mailbox, head.to))
    message["Subject"] = head.subject
    message["Date"] = format_datetime(head.date)
    message["Message-ID"] = head.message_id
    if head.in_reply_to:
        message["In-Reply-To"] = head.in_reply_to
        message["References"] = " ".join(head.references or (head.in_reply_to,))
    if head.note:
        message["X-Afterword"] = "note"
    message.set_content(body, cte="quoted-printable" if not body.isascii() else None)
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def mailbox(address: Address) -> str:
    name = clean(address.name, 120).replace("\\", "").replace('"', "")
    return f'"{name}" <{address.email}>' if name else address.email


@lru_cache(maxsize=64)
def normal_text(text: str) -> str:
    """A body as clients hand it back: line ends, trailing blanks and soft hyphens aside."""
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")]
    return "\n".join(lines).strip()
