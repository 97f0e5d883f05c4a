"""Mail in: what is new in a folder -> decoded, read, and kept. Joins the mailbox with the understanding; decides nothing.

Rule 1: what is new comes from UIDs under one UIDVALIDITY, never from what IDLE said (I8, I9).
Rule 2: one message is one transaction; one that cannot be read is set aside once and never stops the others (I9).
Rule 3: the agent's own drafts and notes are never taken for mail (I11).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent import __version__
from agent.core.decode.headers import message_ids
from agent.core.decode.message import Unreadable, decode
from agent.core.read.reader import Owner, read
from agent.core.read.reading import Act, Reading, SenderKind
from agent.errors import FolderGone
from agent.shell.answers import chunks
from agent.shell.folders import Layout
from agent.shell.imap import Header, Mailbox, Opened
from agent.shell.large import WHOLE_BYTES, pared
from agent.shell.store import Cursor, MailRow, Place, Store

log = logging.getLogger("afterword.intake")

READ_VERSION = 1  # one higher whenever `read` understands more: old mail is then read again
BATCH_BYTES = 4_000_000
BATCH_UIDS = 200
MOST_SOUGHT = 40  # ancestors looked up in one pass
OWN_MARK = b"x-afterword:"

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Taken:
    """What a look brought: new readings, and the folders that could not be read."""

    readings: list[Reading] = field(default_factory=list)
    blind: dict[str, FolderGone] = field(default_factory=dict)
    unread: int = 0


class Intake:
    """Reads folders of one account into the store."""

    def __init__(self, store: Store, owner: Owner, history_days: int, progress: Progress | None = None) -> None:
        self.store, self.owner, self.history_days = store, owner, history_days
        self.progress = progress or (lambda folder, done, of: None)
        self.stopping = False
        self.taken = 0  # messages understood so far

    def look(self, mailbox: Mailbox, folders: Sequence[str], now: datetime) -> Taken:
        """Everything new in these folders. A folder that is gone makes blind there and is told; the others are read."""
        taken = Taken()
        self.mind_version()
        for folder in folders:
            try:
                taken.readings += self.read_folder(mailbox, folder, now)
            except FolderGone as error:
                taken.blind[folder] = error
        return taken

    def mind_version(self) -> None:
        """After the program learnt to read better, its history is read once more."""
        before = self.store.remembered("read_version")
        if before and int(before) < READ_VERSION:
            self.store.forget_cursors()
        self.store.remember("read_version", str(READ_VERSION))

    def read_folder(self, mailbox: Mailbox, folder: str, now: datetime) -> list[Reading]:
        opened = mailbox.open(folder)
        cursor = self.store.cursor(folder)
        if cursor is not None and cursor.uidvalidity == opened.uidvalidity:
            if opened.uidnext and cursor.next_uid >= opened.uidnext:
                return []
            uids = mailbox.uids_from(cursor.next_uid)
        else:
            # a day earlier: SINCE goes by the server's own days (RFC 3501 §6.4.4)
            uids = mailbox.uids_from(1, (now - timedelta(days=self.history_days + 1)).date())
        found: list[Reading] = []
        for number, part in enumerate(chunks(uids, BATCH_UIDS)):
            if self.stopping:
                return found
            self.progress(folder, number * BATCH_UIDS, len(uids))
            found += self.read_batch(mailbox, opened, part, now)
        if uids:
            self.progress(folder, len(uids), len(uids))
        end = max(opened.uidnext, uids[-1] + 1 if uids else 1)
        self.store.move_cursor(Cursor(folder, opened.uidvalidity, end))
        return found

    def read_batch(self, mailbox: Mailbox, opened: Opened, uids: Sequence[int], now: datetime) -> list[Reading]:
        headers = mailbox.headers(uids, ("Message-ID", "X-Afterword"))
        wanted = [h for h in headers if not self.known(h)]
        found = []
        for header, raw in self.fetched(mailbox, wanted):
            cursor = Cursor(opened.name, opened.uidvalidity, header.uid + 1)
            reading = self.take(raw, Place(opened.name, opened.uidvalidity, header.uid), now, cursor)
            if reading is not None and worth_keeping(reading):
                found.append(reading)
        if uids:
            self.store.move_cursor(Cursor(opened.name, opened.uidvalidity, max(uids) + 1))
        return found

    def known(self, header: Header) -> bool:
        """Drafts (they also lie in Gmail's All Mail), notes of our own, and what was read before from another folder."""
        if "\\Draft" in header.flags or OWN_MARK in header.raw.lower():
            return True
        ids = message_ids(header.raw.decode("latin-1"))
        return bool(ids) and self.store.knows(ids[0], READ_VERSION)

    def fetched(self, mailbox: Mailbox, headers: Sequence[Header]) -> Iterator[tuple[Header, bytes]]:
        """Bodies in the order of their UIDs, several at a time while they are small, pared when they are large."""
        group: list[Header] = []

        def flush() -> Iterator[tuple[Header, bytes]]:
            by_uid = dict(mailbox.bodies([h.uid for h in group])) if group else {}
            for header in group:
                if header.uid in by_uid:
                    yield header, by_uid[header.uid]
            group.clear()

        for header in headers:
            if header.size > WHOLE_BYTES:
                yield from flush()
                yield header, pared(mailbox, header.uid)
                continue
            group.append(header)
            if sum(h.size for h in group) > BATCH_BYTES:
                yield from flush()
        yield from flush()

    def take(self, raw: bytes, place: Place, now: datetime, cursor: Cursor | None = None) -> Reading | None:
        """Understand one message and keep what is worth it; None when it was set aside with its reason."""
        try:
            reading = self.understood(raw, now)
        except Unreadable as error:
            self.store.set_aside(place, __version__, str(error), now, cursor)
            return None
        except Exception as error:  # noqa: BLE001 - I9: whatever one message does to us, the others are read
            log.warning("a message in %s could not be read (%s); it was set aside", place.folder, type(error).__name__)
            self.store.set_aside(place, __version__, f"a fault of Afterword ({type(error).__name__})", now, cursor)
            return None
        self.taken += 1
        kept = reading if worth_keeping(reading) else None
        self.store.keep_mail(MailRow(reading.message_id, reading.date, place, READ_VERSION, kept), cursor)
        return reading

    def understood(self, raw: bytes, now: datetime) -> Reading:
        """Bytes -> Reading. A Date in the future is no date: such mail counts from when it was seen."""
        message = decode(raw, self.owner.addresses, now)
        if message.date > now + timedelta(days=1):
            message = replace(message, date=now, utc_only=True)
        return read(message, self.owner)

    def again(self, mailbox: Mailbox, now: datetime) -> list[Reading]:
        """What another version of the program set aside is tried once more."""
        found = []
        for place, version, _ in self.store.asides():
            if version == __version__:
                continue
            try:
                opened = mailbox.open(place.folder)
            except FolderGone:
                self.store.drop_aside(place)
                continue
            raw = mailbox.body(place.uid) if opened.uidvalidity == place.uidvalidity else None
            if raw is None:
                self.store.drop_aside(place)
                continue
            reading = self.take(raw, place, now)
            if reading is not None and worth_keeping(reading):
                found.append(reading)
        return found

    def seek(self, mailbox: Mailbox, layout: Layout, ids: Iterable[str], now: datetime) -> list[Reading]:
        """Older messages that known threads refer to, wherever they lie; each is looked for once."""
        missing = [i for i in dict.fromkeys(ids) if not self.store.knows(i, 0) and not self.store.sought(i)][
            :MOST_SOUGHT
        ]
        found: list[Reading] = []
        left = set(missing)
        for folder in (layout.inbox, layout.sent, *layout.read_along) if missing else ():
            if not left:
                break
            try:
                opened = mailbox.open(folder)
            except FolderGone:
                continue  # `look` has told of it where the folder matters
            for message_id in sorted(left):
                uids = mailbox.with_id(message_id)
                raw = mailbox.body(uids[0]) if uids else None
                if raw is None:
                    continue
                left.discard(message_id)
                reading = self.take(raw, Place(folder, opened.uidvalidity, uids[0]), now)
                if reading is not None and worth_keeping(reading):
                    found.append(reading)
        for message_id in missing:
            self.store.note_sought(message_id, now)
        return found


DECIDES = (
    Act.REJECT,
    Act.OFFER,
    Act.CANCEL,
    Act.MOVE,
    Act.FIX,
    Act.INVITE,
    Act.PROPOSE,
    Act.ASSESS,
    Act.STATUS,
    Act.RECEIPT,
)


def worth_keeping(reading: Reading) -> bool:
    """May this message ever matter to an opportunity? Newsletters and shop mail are only remembered as seen."""
    if reading.sent or reading.events or reading.report or reading.deliveries:
        return True
    if reading.sender_kind is SenderKind.HUMAN:
        return True
    return reading.job >= 0.7 or any(reading.score(act) >= 5 for act in DECIDES)
