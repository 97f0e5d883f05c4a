"""A message's bytes -> its sections and its BODYSTRUCTURE (RFC 3501 §6.4.5, §7.4.2), cut to the byte as real servers cut."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.header import Header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from tests.servers.fake_words import nstring

DEEPEST = 20


@dataclass
class Part:
    """A message or a part of one. `header` ends with its empty line, where it has one; `inner` is the message in a message."""

    header: bytes
    body: bytes
    fields: Message
    children: list[Part] = field(default_factory=list)
    inner: Part | None = None

    @property
    def kind(self) -> str:
        return self.fields.get_content_type()


def parsed(raw: bytes, default: str = "text/plain", depth: int = 0) -> Part:
    header, body = halves(raw)
    fields = BytesHeaderParser().parsebytes(header)
    fields.set_default_type(default)
    part = Part(header, body, fields)
    if depth > DEEPEST:
        return part
    boundary = fields.get_boundary()
    if part.kind.startswith("multipart/") and boundary:
        inside = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        part.children = [parsed(piece, inside, depth + 1) for piece in pieces(body, boundary.encode())]
    elif part.kind == "message/rfc822":
        part.inner = parsed(body, depth=depth + 1)
    return part


def halves(raw: bytes) -> tuple[bytes, bytes]:
    """(header with its empty line, body). Without an empty line all is header."""
    if raw.startswith(b"\r\n"):
        return raw[:2], raw[2:]
    head, gap, body = raw.partition(b"\r\n\r\n")
    return (head + gap, body) if gap else (raw, b"")


def pieces(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between the delimiter lines (RFC 2046 §5.1.1); the line end before a delimiter belongs to it."""
    mark = re.compile(rb"(?:\A|\r\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r\n|\Z)")
    made, start, at = [], -1, 0
    while (found := mark.search(body, at)) is not None:
        if start >= 0:
            made.append(body[start : found.start()])
        if found[1]:
            return made
        start = found.end()
        at = max(start - 2, found.start() + 1)  # two delimiters in a row share one line end
        if body[at : at + 2] != b"\r\n":
            at = start
    return [*made, body[start:]] if start >= 0 else made


# ------------------------------------------------------------------------------------------------------------ sections


def section(root: Part, raw: bytes, name: str) -> bytes | None:
    """The bytes of BODY[name]; None where there is no such part."""
    numbers = re.match(r"(?:\d+(?:\.|$))*", name)
    path = numbers[0] if numbers else ""
    rest = name[len(path) :].upper()
    part = found(root, [int(n) for n in path.split(".") if n])
    if part is None:
        return None
    if not path:
        message = root
        if not rest:
            return raw
    elif not rest:
        return part.body
    elif rest == "MIME":
        return part.header
    elif part.inner is None:
        return None
    else:
        message = part.inner
    if rest == "HEADER":
        return message.header
    if rest == "TEXT":
        return message.body
    if rest.startswith("HEADER.FIELDS"):
        wanted = {w.lower() for w in rest[rest.find("(") + 1 : rest.rfind(")")].split()}
        return chosen(message.header, wanted, "FIELDS.NOT" not in rest)
    return None


def found(root: Part, path: Iterable[int]) -> Part | None:
    part = root
    for number in path:
        part = part.inner or part
        if part.children:
            if not 1 <= number <= len(part.children):
                return None
            part = part.children[number - 1]
        elif number != 1:
            return None
    return part


def chosen(header: bytes, wanted: set[str], keep: bool) -> bytes:
    """The fields that are `wanted` (or, without `keep`, all others), as they stand, and an empty line."""
    out, keeping = [], False
    for line in header.split(b"\r\n"):
        if not line:
            break
        if not line.startswith((b" ", b"\t")):
            name = line.partition(b":")[0].strip().decode("latin-1").lower()
            keeping = (name in wanted) is keep
        if keeping:
            out.append(line + b"\r\n")
    return b"".join(out) + b"\r\n"


# ------------------------------------------------------------------------------------------------------- BODYSTRUCTURE


def structure(part: Part) -> bytes:
    main, _, sub = part.kind.partition("/")
    if part.children:
        inside = b"".join(structure(child) for child in part.children)
        return b"(%s %s %s %s NIL NIL)" % (inside, nstring(sub), parameters(part, "content-type"), disposition(part))
    encoding = (text(part, "content-transfer-encoding") or "7bit").strip().lower()
    about = [nstring(text(part, name)) for name in ("content-id", "content-description")]
    given = parameters(part, "content-type")
    if main == "text" and given == b"NIL":
        given = b'("charset" "us-ascii")'
    rows = [nstring(main), nstring(sub), given, *about, nstring(encoding), b"%d" % len(part.body)]
    lines = b"%d" % part.body.count(b"\n")
    if part.inner is not None:
        rows += [envelope(part.inner), structure(part.inner), lines]
    elif main == "text":
        rows.append(lines)
    return b"(" + b" ".join([*rows, b"NIL", disposition(part), b"NIL NIL"]) + b")"


def text(part: Part, name: str) -> str | None:
    value = part.fields.get(name)
    return None if value is None else plain(value)


def plain(value: str | Header) -> str:
    """A header's value on one line."""
    return re.sub(r"\r?\n", "", str(value))


def parameters(part: Part, name: str) -> bytes:
    found = part.fields.get_params(header=name, unquote=True) or []
    pairs = [nstring(key.lower()) + b" " + nstring(str(value)) for key, value in found[1:]]
    return b"(" + b" ".join(pairs) + b")" if pairs else b"NIL"


def disposition(part: Part) -> bytes:
    kind = part.fields.get_content_disposition()
    return b"(%s %s)" % (nstring(kind), parameters(part, "content-disposition")) if kind else b"NIL"


def envelope(message: Part) -> bytes:
    """Date, Subject, the six address fields, In-Reply-To, Message-ID; Sender and Reply-To default to From."""
    writer = people(message, "from")
    lists = [writer, people(message, "sender") or writer, people(message, "reply-to") or writer]
    lists += [people(message, name) for name in ("to", "cc", "bcc")]
    begin = [nstring(text(message, "date")), nstring(text(message, "subject"))]
    end = [nstring(text(message, "in-reply-to")), nstring(text(message, "message-id"))]
    return b"(" + b" ".join([*begin, *(row or b"NIL" for row in lists), *end]) + b")"


def people(message: Part, name: str) -> bytes:
    rows = []
    for shown, address in getaddresses([plain(v) for v in message.fields.get_all(name, [])]):
        local, _, domain = address.rpartition("@")
        rows.append(b"(%s NIL %s %s)" % (nstring(shown or None), nstring(local or None), nstring(domain or None)))
    return b"(" + b"".join(rows) + b")" if rows else b""
