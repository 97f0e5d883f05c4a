"""A message too large to fetch whole -> a smaller one of the same shape, with its texts, invitations and reports (BODYSTRUCTURE).

Attachments keep their headers and lose their content: a 50 MB message costs what its text costs.
"""

from __future__ import annotations

import secrets
from typing import Any

from agent.shell.imap import Mailbox

WHOLE_BYTES = 300_000  # up to this size a message is fetched as it is
TEXT_BYTES = 200_000  # of each part that is read
HEADER_BYTES = 100_000
MOST_PARTS = 40
WANTED = (
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ics",
    "message/delivery-status",
    "text/rfc822-headers",
)


def pared(mailbox: Mailbox, uid: int) -> bytes:
    """The message `uid` of the open folder without its large parts."""
    head = header(mailbox, uid, "HEADER", HEADER_BYTES)
    structure = mailbox.structure(uid)
    if structure is None or not getattr(structure, "is_multipart", False):
        return head + text_of(mailbox, uid, "TEXT", TEXT_BYTES)
    kept, boundary = without_type(head), f"=_{secrets.token_hex(12)}"
    budget = [MOST_PARTS]
    subtype = text(structure[1]) or "mixed"
    made = [kept, content_type(subtype, boundary, structure), b"\r\n\r\n"]
    made.append(multipart(mailbox, uid, structure, "", boundary, budget))
    return b"".join(made)


def multipart(mailbox: Mailbox, uid: int, structure: Any, path: str, boundary: str, budget: list[int]) -> bytes:
    """All children of a multipart, each with its own MIME header, depth first, until the budget of parts is used up."""
    out: list[bytes] = []
    for number, child in enumerate(structure[0], 1):
        if budget[0] <= 0:
            break
        budget[0] -= 1
        section = f"{path}.{number}" if path else str(number)
        out.append(b"--" + boundary.encode() + b"\r\n")
        if getattr(child, "is_multipart", False):
            inner = f"=_{secrets.token_hex(12)}"
            out += [content_type(text(child[1]) or "mixed", inner, child), b"\r\n\r\n"]
            out.append(multipart(mailbox, uid, child, section, inner, budget))
        else:
            out.append(leaf(mailbox, uid, child, section))
        out.append(b"\r\n")
    out.append(b"--" + boundary.encode() + b"--\r\n")
    return b"".join(out)


def leaf(mailbox: Mailbox, uid: int, structure: Any, section: str) -> bytes:
    kind = f"{text(structure[0])}/{text(structure[1])}".lower()
    head = header(mailbox, uid, f"{section}.MIME", 8_000)
    if kind == "message/rfc822":  # a forwarded or returned message: who wrote it about what, and its beginning
        inner = header(mailbox, uid, f"{section}.HEADER", 20_000)
        return head + inner + text_of(mailbox, uid, f"{section}.TEXT", 20_000)
    wanted = kind in WANTED or b".ics" in head.lower()
    return head + (text_of(mailbox, uid, section, TEXT_BYTES) if wanted else b"")


def header(mailbox: Mailbox, uid: int, section: str, most: int) -> bytes:
    """A header with the empty line at its end, also where it was too long to come whole."""
    found = mailbox.part(uid, section, most)
    if found and not found.endswith(b"\r\n\r\n") and found != b"\r\n":
        found = whole_lines(found) + b"\r\n"
    return found


def text_of(mailbox: Mailbox, uid: int, section: str, most: int) -> bytes:
    """A text or its beginning: whole lines, so that no base64 group, quoted-printable escape or letter is cut in two."""
    found = mailbox.part(uid, section, most)
    return whole_lines(found) if len(found) >= most else found


def whole_lines(data: bytes) -> bytes:
    """Up to the last line end; all of it where there is none."""
    return data[: data.rfind(b"\n") + 1] or data


def content_type(subtype: str, boundary: str, structure: Any) -> bytes:
    report = next((text(v) for k, v in parameters(structure) if text(k).lower() == "report-type"), "")
    extra = f'; report-type="{report}"' if report else ""
    return f'Content-Type: multipart/{subtype.lower()}; boundary="{boundary}"{extra}'.encode("ascii", "replace")


def parameters(structure: Any) -> list[tuple[Any, Any]]:
    raw = structure[2] if len(structure) > 2 and isinstance(structure[2], tuple) else ()
    return list(zip(raw[::2], raw[1::2], strict=False))


def text(value: Any) -> str:
    """A word of the structure, without what would end a header line or a quoted string."""
    told = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
    return "".join(c for c in told if c.isprintable() and c not in '"\\')


def without_type(head: bytes) -> bytes:
    """The header block without its Content-Type, which is replaced, and without the empty line at its end."""
    lines, skipping = [], False
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        if not line:
            break
        if not line.startswith((b" ", b"\t")):
            skipping = line.lower().startswith(b"content-type:") or line.lower().startswith(
                b"content-transfer-encoding:"
            )
        if not skipping:
            lines.append(line)
    return b"\r\n".join(lines) + b"\r\n"
