"""What the fake IMAP server holds: folders of messages with UIDs, flags and mod-sequences. Knows nothing of connections."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.servers.fake_words import No

SYSTEM = {f.lower(): f for f in ("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "\\Recent")}
validities = itertools.count(1_700_000_000)


def canonical(flag: str) -> str:
    """System flags in their usual writing; keywords as they are."""
    return SYSTEM.get(flag.lower(), flag)


@dataclass
class Mail:
    """One message. `recent` until a connection that may write has been told of it."""

    uid: int
    raw: bytes
    flags: set[str]
    at: datetime
    modseq: int
    recent: bool = True


@dataclass
class Box:
    """One folder. `use` is its SPECIAL-USE attribute; a folder that is not `selectable` only holds others."""

    name: str
    use: str = ""
    selectable: bool = True
    uidvalidity: int = field(default_factory=validities.__next__)
    uidnext: int = 1
    modseq: int = 1
    mails: dict[int, Mail] = field(default_factory=dict)

    def add(self, raw: bytes, flags: set[str], at: datetime | None = None) -> Mail:
        """At the end, under the next UID. Line ends become CRLF, as every server sends them."""
        self.modseq += 1
        whole = re.sub(rb"\r?\n", b"\r\n", raw)
        kept = {canonical(f) for f in flags} - {"\\Recent"}
        mail = Mail(self.uidnext, whole, kept, at or datetime.now(UTC), self.modseq)
        self.mails[mail.uid] = mail
        self.uidnext += 1
        return mail

    def set_flags(self, mail: Mail, flags: set[str]) -> bool:
        """-> whether anything changed; only then the mod-sequence grows."""
        if mail.flags == flags:
            return False
        self.modseq += 1
        mail.flags, mail.modseq = set(flags), self.modseq
        return True

    def remove(self, uid: int) -> None:
        self.modseq += 1
        del self.mails[uid]


class Store:
    """All folders of the mailbox, by name."""

    def __init__(self, boxes: list[Box], separator: str) -> None:
        self.boxes = {box.name: box for box in boxes}
        self.separator = separator

    def find(self, name: str, code: str = "") -> Box:
        """The folder, or a NO with this response code."""
        key = "INBOX" if name.upper() == "INBOX" else name
        box = self.boxes.get(key)
        if box is None or not box.selectable:
            raise No(f"{code + ' ' if code else ''}Mailbox doesn't exist: {name}")
        return box

    def create(self, name: str) -> None:
        if name.upper() == "INBOX" or name in self.boxes and self.boxes[name].selectable:
            raise No("[ALREADYEXISTS] Mailbox already exists")
        steps = name.split(self.separator)
        for count in range(1, len(steps)):
            above = self.separator.join(steps[:count])
            if above not in self.boxes:
                self.boxes[above] = Box(above, selectable=False)
        self.boxes[name] = Box(name)

    def delete(self, name: str) -> Box:
        box = self.find(name, "[NONEXISTENT]")
        if box.name == "INBOX":
            raise No("[CANNOT] INBOX can't be deleted")
        return self.boxes.pop(box.name)

    def attributes(self, box: Box, special_use: bool) -> list[str]:
        below = any(name.startswith(box.name + self.separator) for name in self.boxes)
        made = ["\\HasChildren" if below else "\\HasNoChildren"]
        if not box.selectable:
            made.append("\\Noselect")
        if special_use and box.use:
            made.append(box.use)
        return made
