"""One FETCH answer of the fake IMAP server: the items asked for, of one message (RFC 3501 §6.4.5, §7.4.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.servers.fake_mime import parsed, section, structure
from tests.servers.fake_store import Mail
from tests.servers.fake_words import Bad

if TYPE_CHECKING:
    from tests.servers.fake_session import Session

BODY = re.compile(rb"BODY(?P<peek>\.PEEK)?\[(?P<section>[^\]]*)\](?:<(?P<start>\d+)\.(?P<count>\d+)>)?", re.I)


def answers(session: Session, number: int, mail: Mail, asked: list[bytes], by_uid: bool) -> bytes:
    """The untagged line. Asking for text without .PEEK sets \\Seen, where the folder may be written (RFC 3501 §6.4.5)."""
    names = [item.upper() for item in asked]
    if by_uid and b"UID" not in names:
        asked = [b"UID", *asked]
    if any(seeing(item) for item in asked) and not session.read_only and session.box is not None:
        session.box.set_flags(mail, mail.flags | {"\\Seen"})
    made = [value(session, mail, item) for item in asked]
    session.told[mail.uid] = mail.modseq if any(n == b"FLAGS" for n in names) else session.told[mail.uid]
    return b"* %d FETCH (%s)" % (number, b" ".join(made))


def seeing(item: bytes) -> bool:
    found = BODY.fullmatch(item)
    return bool(found and not found["peek"])


def value(session: Session, mail: Mail, item: bytes) -> bytes:
    name = item.upper()
    if name == b"UID":
        return b"UID %d" % mail.uid
    if name == b"FLAGS":
        return f"FLAGS ({session.flags(mail)})".encode()
    if name == b"RFC822.SIZE":
        return b"RFC822.SIZE %d" % len(mail.raw)
    if name == b"INTERNALDATE":
        return b'INTERNALDATE "%s"' % mail.at.strftime("%d-%b-%Y %H:%M:%S %z").encode()
    if name == b"MODSEQ" and session.server.offers("CONDSTORE"):
        return b"MODSEQ (%d)" % mail.modseq
    if name == b"BODYSTRUCTURE":
        return b"BODYSTRUCTURE " + structure(parsed(mail.raw))
    found = BODY.fullmatch(item)
    if found is None:
        raise Bad(f"Unknown parameter: {item.decode('ascii', 'replace')}")
    return text(mail, found)


def text(mail: Mail, asked: re.Match[bytes]) -> bytes:
    """BODY[section]<start> and its bytes; NIL where there is no such part."""
    data = section(parsed(mail.raw), mail.raw, asked["section"].decode("ascii", "replace"))
    label = b"BODY[" + asked["section"] + b"]"
    if asked["start"] is not None:
        start, count = int(asked["start"]), int(asked["count"])
        label += b"<%d>" % start
        data = data[start : start + count] if data is not None else None
    return label + b" " + (b"NIL" if data is None else literal(data))


def literal(data: bytes) -> bytes:
    return b"{%d}\r\n%s" % (len(data), data)
