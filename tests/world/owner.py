"""The owner at their mail client: a second IMAP connection that does what clients do to drafts."""

from __future__ import annotations

import contextlib
import re
from email import message_from_bytes
from email.policy import SMTP
from email.utils import make_msgid

from imapclient import IMAPClient

from agent.shell.imap import Account


class OwnerClient:
    """Finds messages by a word of their header, and changes them. UIDs are given back where others may need them."""

    def __init__(self, account: Account) -> None:
        self.imap = IMAPClient(account.host, account.port, ssl=False)
        self.imap.login(account.username, account.password())

    def close(self) -> None:
        with contextlib.suppress(OSError, self.imap.Error):
            self.imap.logout()

    def find(self, folder: str, to: str = "", subject: str = "") -> int:
        """The one message there that is to somebody, or has a word in its subject."""
        self.imap.select_folder(folder)
        criteria = (["TO", to] if to else []) + (["SUBJECT", subject] if subject else [])
        found = self.imap.search([*criteria, "UNDELETED"])
        assert len(found) == 1, f"{len(found)} messages in {folder} for {to} {subject}"
        return int(found[0])

    def raw(self, folder: str, uid: int) -> bytes:
        self.imap.select_folder(folder)
        found: bytes = self.imap.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        return found

    # ----------------------------------------------------------------------------------------------- what clients do

    def edit(self, to: str, before: str, after: str, folder: str = "Drafts", new_id: bool = False) -> int:
        """Change words of a draft as clients do: a new copy first, the old one deleted after -> the new UID."""
        uid = self.find(folder, to)
        return self.save_again(folder, uid, changed(self.raw(folder, uid), before, after, new_id))

    def save_again(self, folder: str, uid: int, raw: bytes) -> int:
        self.imap.append(folder, raw, (b"\\Seen", b"\\Draft"))
        self.remove(folder, uid)
        return int(max(self.imap.search(["ALL"])))

    def fill_in(self, to: str, folder: str = "Drafts", words: str = "the tour of the test bench") -> int:
        """Write something into every blank."""
        uid = self.find(folder, to)
        raw = self.raw(folder, uid)
        return self.save_again(folder, uid, changed(raw, r"\[\[.*?\]\]", words, False))

    def remove(self, folder: str, uid: int) -> None:
        """Delete for good, not by way of the trash."""
        self.imap.select_folder(folder)
        self.imap.delete_messages([uid])
        self.imap.uid_expunge([uid])

    def delete(self, to: str, folder: str = "Drafts") -> None:
        self.remove(folder, self.find(folder, to))

    def bin(self, to: str, folder: str = "Drafts") -> None:
        """Delete as most clients do: into the trash."""
        self.move(to, "Trash", folder)

    def move(self, to: str, target: str, folder: str = "Drafts") -> None:
        uid = self.find(folder, to)
        self.imap.move([uid], target)

    def copy(self, to: str, target: str, folder: str = "Drafts") -> None:
        uid = self.find(folder, to)
        self.imap.copy([uid], target)

    def star(self, to: str, folder: str = "Drafts") -> None:
        uid = self.find(folder, to)
        self.imap.add_flags([uid], [b"\\Flagged"])

    def send_by_hand(self, to: str, folder: str = "Drafts") -> None:
        """Send a draft from the client: a copy in Sent, then the draft is deleted."""
        uid = self.find(folder, to)
        raw = self.raw(folder, uid)
        self.imap.append("Sent", raw, (b"\\Seen",))
        self.remove(folder, uid)

    def empty(self, folder: str) -> None:
        self.imap.select_folder(folder)
        uids = self.imap.search(["ALL"])
        if uids:
            self.imap.delete_messages(uids)
            self.imap.expunge()


def changed(raw: bytes, before: str, after: str, new_id: bool) -> bytes:
    """Other words in the body, the header as it was; `new_id`: some clients give each version another Message-ID."""
    mime = message_from_bytes(raw, policy=SMTP)
    text = mime.get_content()
    fresh, count = re.subn(before, after, text, flags=re.S)
    assert count, f"{before!r} is not in the draft"
    mime.set_content(fresh)
    if new_id:
        del mime["Message-ID"]
        mime["Message-ID"] = make_msgid(domain="client.example")
    return mime.as_bytes()
