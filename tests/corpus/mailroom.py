"""Course (one TOML file, written by hand) -> raw messages as mail clients write them, and what is expected of them.

A course is a scenario in a compact form: who the owner is, the messages in the order of their dates, and the expected
opportunities, drafts, withdrawals and bans. `build` gives each message the bytes that the named client would have sent.
Everything is deterministic: the same course gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import quopri
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from agent.core.read.reader import Owner
from agent.wiring import owner_of
from tests.corpus import calendars
from tests.corpus.calendars import host_of, named

Table = dict[str, Any]

KINDS_RECEIVED = frozenset(
    "application_receipt interview_invitation interview_confirmation interview_rescheduled interview_cancelled "
    "status_update information_request assessment_request rejection offer auto_reply bounce other".split()
)
KINDS_SENT = frozenset(
    "interview_confirmation thank_you follow_up rejection_reply offer_acceptance offer_decline withdrawal other".split()
)
STEPS = frozenset(
    "thank_you follow_up_1 follow_up_2 check_in rejection_reply offer_reply competing_offer debrief prep".split()
)
STAGES = frozenset("applied scheduled waiting action_needed offer rejected closed no_response".split())


@dataclass(frozen=True)
class Built:
    """One message of a course: its number (from 1), Message-ID, raw bytes and the row of the course it came from."""

    number: int
    message_id: str
    raw: bytes
    row: Table
    sent: bool


@dataclass(frozen=True)
class Course:
    """A whole course. `expected` has the shape of a scenario's expected.json."""

    name: str
    table: Table
    messages: tuple[Built, ...]
    expected: Table

    @property
    def owner(self) -> Owner:
        """Whose mailbox it tells of."""
        of = self.table
        return owner_of(of["name"], tuple(of["addresses"]), of["timezone"], of.get("country", ""))

    def write(self, folder: Path) -> None:
        """Write it out as a scenario folder: scenario.toml, mail/*.eml, expected.json."""
        (folder / "mail").mkdir(parents=True, exist_ok=True)
        keys = ("name", "addresses", "timezone", "country", "until", "tries")
        lines = [f"{k} = {json.dumps(self.table[k], ensure_ascii=False)}" for k in keys if k in self.table]
        (folder / "scenario.toml").write_text("\n".join(lines) + "\n")
        for message in self.messages:
            (folder / "mail" / f"{message.number:02}.eml").write_bytes(message.raw)
        (folder / "expected.json").write_text(json.dumps(self.expected, ensure_ascii=False, indent=1))


def load(path: Path) -> Course:
    """Read one course. Raises ValueError that names the file and the place when the course is not sound."""
    table = tomllib.loads(path.read_text())
    try:
        return build(path.stem, table)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise ValueError(f"{path.name}: {error!r}") from error


def build(name: str, table: Table) -> Course:
    own = {a.casefold() for a in table["addresses"]}
    built: list[Built] = []
    for number, row in enumerate(table["message"], 1):
        sent = named(row["from"])[1].casefold() in own
        check_row(number, row, sent, built)
        built.append(Letter(name, number, row, built, sent).write())
    return Course(name, table, tuple(built), expectation(table, built))


def check_row(number: int, row: Table, sent: bool, before: list[Built]) -> None:
    kinds = KINDS_SENT if sent else KINDS_RECEIVED
    if row["kind"] not in kinds:
        raise ValueError(f"message {number}: kind {row['kind']!r} is none of {'sent' if sent else 'received'} mail")
    if row["client"] not in CLIENTS:
        raise ValueError(f"message {number}: client {row['client']!r} is none of {sorted(CLIENTS)}")
    when = datetime.fromisoformat(row["date"])
    if when.tzinfo is None:
        raise ValueError(f"message {number}: the date needs an offset")
    if before and when < datetime.fromisoformat(before[-1].row["date"]):
        raise ValueError(f"message {number}: earlier than the message before it")
    if row.get("reply") and not 0 < row["reply"] < number:
        raise ValueError(f"message {number}: answers message {row['reply']}, which is not before it")


def expectation(table: Table, built: list[Built]) -> Table:
    messages: Table = {}
    for message in built:
        row: Table = {"kind": message.row["kind"]}
        if message.row.get("unclear"):
            row["unclear"] = True
        if "reply_by" in message.row:
            row["reply_by"] = message.row["reply_by"] or None
        messages[message.message_id] = row
    opportunities = []
    for opportunity in table.get("opportunity", []):
        if opportunity["stage"] not in STAGES:
            raise ValueError(f"stage {opportunity['stage']!r}")
        # "" stands for null, which TOML does not have
        opportunities.append({k: (None if v == "" else v) for k, v in opportunity.items()})
    organisations = {o["organisation"] for o in opportunities}
    drafts = []
    for draft in table.get("draft", []):
        known(draft, organisations)
        row = dict(draft)
        if "in_reply_to" in row:
            row["in_reply_to"] = built[row["in_reply_to"] - 1].message_id
        if "day" not in row and "from" not in row:
            raise ValueError(f"draft {row} has neither day nor from/until")
        drafts.append(row)
    for ban in [*table.get("never", []), *table.get("withdrawn", [])]:
        known(ban, organisations)
    return {
        "opportunities": opportunities,
        "messages": messages,
        "drafts": drafts,
        "withdrawn": table.get("withdrawn", []),
        "never": table.get("never", []),
    }


def known(row: Table, organisations: set[str]) -> None:
    if row["step"] not in STEPS:
        raise ValueError(f"step {row['step']!r}")
    if row["organisation"] not in organisations:
        raise ValueError(f"{row['step']} for {row['organisation']!r}, which is no opportunity of the course")


# --------------------------------------------------------------------------------------------- writing one message


def token(*parts: object, length: int = 24) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:length]


def encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8").encode()


def mailbox(text: str) -> str:
    name, address = named(text)
    if not name:
        return address
    quoted = f'"{name}"' if re.search(r'[,.()<>@:;"]', name) else name
    return f"{quoted if name.isascii() else encoded(name)} <{address}>"


@dataclass
class Letter:
    """One row of a course on its way to bytes."""

    course: str
    number: int
    row: Table
    before: list[Built]
    sent: bool
    headers: list[tuple[str, str]] = field(default_factory=list)

    def write(self) -> Built:
        client = CLIENTS[self.row["client"]]
        self.seed = token(self.course, self.number)
        self.when = datetime.fromisoformat(self.row["date"])
        self.message_id = self.row.get("message_id") or client.message_id(self)
        body_type, body = client.body(self)
        head = self.trace() + self.standing(client) + client.headers(self)
        head += [(k, str(v)) for k, v in self.row.get("headers", {}).items()]
        raw = "".join(f"{k}: {v}\n" for k, v in head) + f"MIME-Version: 1.0\n{body_type}\n\n{body}"
        return Built(self.number, self.message_id, raw.encode().replace(b"\n", b"\r\n"), self.row, self.sent)

    def trace(self) -> list[tuple[str, str]]:
        """What the receiving side wrote on top; a sent copy has none."""
        if self.sent:
            return []
        domain = host_of(self.row["from"])
        verdict = self.row.get("auth", "pass")
        stamp = format_datetime(self.when.astimezone(UTC))
        return [
            ("Return-Path", f"<{named(self.row['from'])[1]}>"),
            (
                "Received",
                f"from out.{domain} (out.{domain} [192.0.2.{self.number}])\n\tby mx.inbox.example with ESMTPS id {self.seed[:10]};\n\t{stamp}",
            ),
            (
                "Authentication-Results",
                f"mx.inbox.example;\n       dkim={verdict} header.i=@{domain};\n       spf={verdict} smtp.mailfrom={domain};\n       dmarc={verdict} header.from={domain}",
            ),
        ]

    def standing(self, client: Client) -> list[tuple[str, str]]:
        row = self.row
        head = [
            ("From", mailbox(row["from"])),
            ("To", ",\n ".join(mailbox(t) for t in row["to"])),
            ("Subject", encoded(row["subject"])),
            ("Date", format_datetime(self.when)),
            ("Message-ID", self.message_id),
        ]
        head += [("Cc", ", ".join(map(mailbox, row["cc"])))] if row.get("cc") else []
        head += [("Reply-To", mailbox(row["reply_to"]))] if row.get("reply_to") else []
        if row.get("reply") and row.get("thread") != "broken":
            answered = self.answered
            chain = [*(answered.row.get("_references") or []), answered.message_id]
            row["_references"] = chain
            head += [("In-Reply-To", answered.message_id), ("References", "\n ".join(chain))]
        return head

    @property
    def answered(self) -> Built:
        return self.before[self.row["reply"] - 1]

    @property
    def text(self) -> str:
        return str(self.row["text"]).strip("\n")

    def quoted_text(self) -> str:
        """The own text of the answered message and, below it, what that one had quoted, '> ' deep."""
        text = str(self.answered.row["text"]).strip("\n")
        older = self.answered.row.get("_quoted", "")
        return f"{text}\n\n{older}" if older else text


def quoted_printable(text: str) -> str:
    return quopri.encodestring(text.encode(), quotetabs=False).decode("ascii")


def wrapped(text: str, width: int = 76) -> str:
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        if len(line) > width
        else line
        for line in text.split("\n")
    )


def marked(text: str) -> str:
    return "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n"))


def paragraphs(text: str, open_tag: str = "<p>", close_tag: str = "</p>") -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "\n".join(
        open_tag + "<br>".join(html.escape(line, quote=False) for line in b.split("\n")) + close_tag for b in blocks
    )


def alternative(seed: str, plain: str, rich: str, calendar: str = "") -> tuple[str, str]:
    mark = f"=_{seed[:20]}"
    parts = [
        f'--{mark}\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n{quoted_printable(plain)}\n',
        f'--{mark}\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n{quoted_printable(rich)}\n',
    ]
    if calendar:
        parts.append(calendar.replace("@@", f"--{mark}"))
    return f'Content-Type: multipart/alternative; boundary="{mark}"', "\n".join(parts) + f"\n--{mark}--\n"


def single(text: str, kind: str = "text/plain", extra: str = "") -> tuple[str, str]:
    head = f"Content-Type: {kind}; charset=utf-8{extra}\nContent-Transfer-Encoding: quoted-printable"
    return head, quoted_printable(text) + "\n"


def with_attachments(letter: Letter, inner: tuple[str, str]) -> tuple[str, str]:
    names = letter.row.get("attachments", [])
    if not names:
        return inner
    mark = f"=_m{letter.seed[:18]}"
    parts = [f"--{mark}\n{inner[0]}\n\n{inner[1]}"]
    for name in names:
        data = base64.encodebytes(b"%PDF-1.4 " + name.encode() * 6).decode()
        shown = encoded(name)
        parts.append(
            f'--{mark}\nContent-Type: application/pdf; name="{shown}"\nContent-Disposition: attachment; filename="{shown}"\nContent-Transfer-Encoding: base64\n\n{data}'
        )
    return f'Content-Type: multipart/mixed; boundary="{mark}"', "\n".join(parts) + f"\n--{mark}--\n"


# ------------------------------------------------------------------------------------------------------- the clients

OUTLOOK_WORDS = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "pt": ("De", "Enviado", "Para", "Assunto"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
}
WROTE = {
    "en": "On {day}, {month} {d}, {year} at {time} {who} wrote:",
    "de": "Am {d}.{m}.{year} um {time} schrieb {who}:",
    "fr": "Le {d}/{m}/{year} à {time}, {who} a écrit :",
    "es": "El {d}/{m}/{year} a las {time}, {who} escribió:",
    "nl": "Op {d}-{m}-{year} om {time} schreef {who}:",
    "it": "Il giorno {d}/{m}/{year} alle ore {time} {who} ha scritto:",
    "pt": "Em {d}/{m}/{year} às {time}, {who} escreveu:",
    "pl": "W dniu {d}.{m}.{year} o {time}, {who} pisze:",
    "sv": "Den {d}/{m}/{year} kl. {time} skrev {who}:",
}
FROM_PHONE = {
    "en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet", "fr": "Envoyé de mon iPhone", "es": "Enviado desde mi iPhone",
    "nl": "Verstuurd vanaf mijn iPhone", "it": "Inviato da iPhone", "pt": "Enviado do meu iPhone", "pl": "Wysłane z iPhone'a",
    "sv": "Skickat från min iPhone",
}  # fmt: skip


def wrote_line(letter: Letter) -> str:
    answered = letter.answered
    when = datetime.fromisoformat(answered.row["date"]).astimezone(letter.when.tzinfo)
    name, address = named(answered.row["from"])
    pattern = WROTE[letter.row.get("language", "en")]
    return pattern.format(
        day=f"{when:%a}",
        month=f"{when:%b}",
        d=when.day,
        m=f"{when:%m}",
        year=when.year,
        time=f"{when:%H:%M}",
        who=f"{name} <{address}>".strip(),
    )


def quote_block(letter: Letter) -> str:
    """What a client that quotes with '>' puts below the new text; remembered for the next answer."""
    if not letter.row.get("reply") or letter.row.get("quote") == "none":
        return ""
    block = f"{wrote_line(letter)}\n\n{marked(wrapped(letter.quoted_text()))}"
    letter.row["_quoted"] = block
    return block


def outlook_block(letter: Letter) -> str:
    if not letter.row.get("reply") or letter.row.get("quote") == "none":
        return ""
    row = letter.answered.row
    who, sent, to, about = OUTLOOK_WORDS[letter.row.get("language", "en")]
    when = datetime.fromisoformat(row["date"])
    name, address = named(row["from"])
    block = (
        f"{who}: {name} <{address}>\n{sent}: {when:%A, %B} {when.day}, {when:%Y %H:%M}\n{to}: {'; '.join(row['to'])}\n"
        f"{about}: {row['subject']}\n\n{letter.quoted_text()}"
    )
    letter.row["_quoted"] = block
    return block


@dataclass(frozen=True)
class Client:
    """How one kind of mail program writes: its Message-IDs, its own headers and its body."""

    message_id: Callable[[Letter], str]
    headers: Callable[[Letter], list[tuple[str, str]]]
    body: Callable[[Letter], tuple[str, str]]


def nothing(_: Letter) -> list[tuple[str, str]]:
    return []


def gmail_body(letter: Letter) -> tuple[str, str]:
    quote = quote_block(letter)
    plain = wrapped(letter.text) + (f"\n\n{quote}" if quote else "")
    rich = f'<div dir="ltr">{paragraphs(letter.text, "<div>", "</div><div><br></div>")}</div>'
    if quote:
        rich += (
            f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(wrote_line(letter))}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{paragraphs(letter.quoted_text(), "<div>", "</div>")}</blockquote></div>'
        )
    return with_attachments(letter, alternative(letter.seed, plain, rich))


def outlook_body(letter: Letter) -> tuple[str, str]:
    quote = outlook_block(letter)
    plain = letter.text + (f"\n\n{quote}" if quote else "") + "\n\n"
    rich = (
        f'<html><head><style><!-- p.MsoNormal {{margin:0cm;}} --></style></head><body lang="EN-GB"><div class="WordSection1">'
        f"{paragraphs(letter.text, '<p class=MsoNormal>', '</p>')}</div>"
    )
    if quote:
        head, _, below = quote.partition("\n\n")
        lines = [f"<b>{a}:</b>{b}" for a, _, b in (line.partition(":") for line in html.escape(head).split("\n"))]
        rich += f'<div style="border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal>{"<br>".join(lines)}</p></div>{paragraphs(below)}'
    return with_attachments(letter, alternative(letter.seed, plain, rich + "</body></html>"))


def outlook_phone_body(letter: Letter) -> tuple[str, str]:
    quote = outlook_block(letter)
    plain = letter.text + "\n\nGet Outlook for Android<https://aka.example/phone>\n"
    if quote:
        plain += f"\n{'_' * 32}\n{quote}\n"
    return with_attachments(letter, alternative(letter.seed, plain, f"<html><body>{paragraphs(plain)}</body></html>"))


def thunderbird_body(letter: Letter) -> tuple[str, str]:
    quote = quote_block(letter)
    lines = []
    for line in letter.text.split("\n"):
        pieces = textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [p + " " for p in pieces[:-1]] + [pieces[-1]]
    text = "\n".join(lines) + (f"\n\n{quote}" if quote else "")
    return with_attachments(letter, single(text, extra="; format=flowed"))


def apple_body(letter: Letter) -> tuple[str, str]:
    quote = ""
    if letter.row.get("reply") and letter.row.get("quote") != "none":
        quote = marked(f"{wrote_line(letter)}\n\n{letter.quoted_text()}")
        letter.row["_quoted"] = quote
    tail = f"\n\n{FROM_PHONE[letter.row.get('language', 'en')]}" if letter.row["client"] == "iphone" else ""
    return with_attachments(letter, single(letter.text + tail + (f"\n\n{quote}" if quote else "")))


def plain_body(letter: Letter) -> tuple[str, str]:
    quote = quote_block(letter)
    return with_attachments(letter, single(wrapped(letter.text, 72) + (f"\n\n{quote}" if quote else "")))


def html_body(letter: Letter) -> tuple[str, str]:
    cell = paragraphs(letter.text, '<tr><td style="padding:8px">', "</td></tr>")
    rich = (
        f'<html><body><div style="display:none;max-height:0;overflow:hidden">{html.escape(letter.row.get("preheader", letter.row["subject"]))}</div>'
        f'<table width="600">{cell}</table><img src="https://track.example/o/{letter.seed}.gif" width="1" height="1"></body></html>'
    )
    return with_attachments(letter, single(rich, "text/html"))


def ics_body(letter: Letter) -> tuple[str, str]:
    mark = f"=_c{letter.seed[:18]}"
    inner = single(letter.text) if letter.row.get("body") == "plain" else html_body(letter)
    event = calendars.event(letter.row["calendar"], letter.when, "utc")
    method = letter.row["calendar"].get("method", "REQUEST")
    part = (
        f'--{mark}\nContent-Type: text/calendar; charset=utf-8; method={method}; name="invite.ics"\n'
        f'Content-Disposition: attachment; filename="invite.ics"\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(event.encode()).decode()}'
    )
    return (
        f'Content-Type: multipart/mixed; boundary="{mark}"',
        f"--{mark}\n{inner[0]}\n\n{inner[1]}\n{part}\n--{mark}--\n",
    )


def exchange_body(letter: Letter) -> tuple[str, str]:
    event = calendars.event(letter.row["calendar"], letter.when, "windows")
    method = letter.row["calendar"].get("method", "REQUEST")
    part = f'@@\nContent-Type: text/calendar; charset="utf-8"; method={method}\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(event.encode()).decode()}'
    return alternative(letter.seed, letter.text, f"<html><body>{paragraphs(letter.text)}</body></html>", part)


def google_body(letter: Letter) -> tuple[str, str]:
    event = calendars.event(letter.row["calendar"], letter.when, "iana")
    method = letter.row["calendar"].get("method", "REQUEST")
    part = f'@@\nContent-Type: text/calendar; charset="UTF-8"; method={method}\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(event.encode()).decode()}'
    inner = alternative(letter.seed, letter.text, f"<html><body>{paragraphs(letter.text)}</body></html>", part)
    mark = f"=_g{letter.seed[:18]}"
    attached = (
        f'--{mark}\nContent-Type: application/ics; name="invite.ics"\nContent-Disposition: attachment; filename="invite.ics"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(event.encode()).decode()}"
    )
    return (
        f'Content-Type: multipart/mixed; boundary="{mark}"',
        f"--{mark}\n{inner[0]}\n\n{inner[1]}\n{attached}\n--{mark}--\n",
    )


def report_body(letter: Letter) -> tuple[str, str]:
    """RFC 3464. `failed` = the address, `action` = failed | delayed; `reply` names the message that came back."""
    row, answered = letter.row, letter.answered
    mark = f"=_r{letter.seed[:18]}"
    action, status = ("delayed", "4.4.1") if row.get("action") == "delayed" else ("failed", row.get("status", "5.1.1"))
    report = (
        f"Reporting-MTA: dns; mx.inbox.example\n\nFinal-Recipient: rfc822; {row['failed']}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {status.replace('.', '')} {status} see above\n"
    )
    original = answered.raw.decode("utf-8", "replace").replace("\r\n", "\n").partition("\n\n")[0]
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{letter.text}\n",
        f"Content-Type: message/delivery-status\n\n{report}",
        f"Content-Type: text/rfc822-headers\n\n{original}\n",
    ]
    body = "".join(f"--{mark}\n{p}\n" for p in parts) + f"--{mark}--\n"
    return f'Content-Type: multipart/report; report-type=delivery-status; boundary="{mark}"', body


def exchange_id(letter: Letter) -> str:
    return f"<{token(letter.seed, 'x', length=32).upper()}@{token(letter.seed, 'y', length=12).upper()}.prod.exchange-host.example>"


def uuid_id(letter: Letter) -> str:
    t = token(letter.seed, "u", length=32)
    return f"<{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}@{host_of(letter.row['from'])}>"


def gmail_id(letter: Letter) -> str:
    return f"<CA{token(letter.seed, 'g', length=30)}@mail.{host_of(letter.row['from'])}>"


def bulk_id(letter: Letter) -> str:
    return f"<0100{token(letter.seed, 'b', length=40)}-000000@{host_of(letter.row['from'])}>"


def automatic(_: Letter) -> list[tuple[str, str]]:
    return [("Auto-Submitted", "auto-generated")]


def google_headers(letter: Letter) -> list[tuple[str, str]]:
    head = [
        ("Sender", "Google Calendar <calendar-notification@calendar.quickmail.example>"),
        ("Auto-Submitted", "auto-generated"),
    ]
    return head if letter.row.get("reply_to") else [("Reply-To", mailbox(letter.row["from"])), *head]


def bulk_headers(letter: Letter) -> list[tuple[str, str]]:
    return [("List-Unsubscribe", f"<https://{host_of(letter.row['from'])}/u/{letter.seed}>"), ("Precedence", "bulk")]


def list_headers(letter: Letter) -> list[tuple[str, str]]:
    return [("List-Id", f"<{named(letter.row['to'][0])[1].replace('@', '.')}>"), ("Precedence", "list")]


def outlook_headers(_: Letter) -> list[tuple[str, str]]:
    return [("Accept-Language", "en-GB, en-US"), ("X-MS-Has-Attach", ""), ("X-MS-TNEF-Correlator", "")]


def outlook_away_headers(_: Letter) -> list[tuple[str, str]]:
    return [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"),
    ]


def gmail_away_headers(_: Letter) -> list[tuple[str, str]]:
    return [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("X-Autoreply", "yes")]


def report_headers(_: Letter) -> list[tuple[str, str]]:
    return [("Auto-Submitted", "auto-replied")]


CLIENTS: dict[str, Client] = {
    "gmail": Client(gmail_id, nothing, gmail_body),
    "outlook": Client(exchange_id, outlook_headers, outlook_body),
    "outlook-phone": Client(exchange_id, outlook_headers, outlook_phone_body),
    "thunderbird": Client(uuid_id, lambda _: [("User-Agent", "Mozilla Thunderbird")], thunderbird_body),
    "apple": Client(uuid_id, lambda _: [("X-Mailer", "Apple Mail (2.3826.400)")], apple_body),
    "iphone": Client(uuid_id, lambda _: [("X-Mailer", "iPhone Mail (23A341)")], apple_body),
    "plain": Client(uuid_id, nothing, plain_body),
    "ats": Client(bulk_id, automatic, html_body),
    "html": Client(bulk_id, nothing, html_body),
    "newsletter": Client(bulk_id, bulk_headers, html_body),
    "list": Client(uuid_id, list_headers, plain_body),
    "google-calendar": Client(
        lambda m: f"<calendar-{token(m.seed, 'c')}@calendar.quickmail.example>", google_headers, google_body
    ),
    "exchange-invitation": Client(exchange_id, outlook_headers, exchange_body),
    "ics": Client(bulk_id, nothing, ics_body),
    "bounce": Client(uuid_id, report_headers, report_body),
    "outlook-away": Client(exchange_id, outlook_away_headers, outlook_body),
    "gmail-away": Client(gmail_id, gmail_away_headers, gmail_body),
}


def courses(folder: Path) -> Iterator[Course]:
    """Every course below a folder, in the order of their names."""
    for path in sorted(folder.rglob("*.toml")):
        yield load(path)
