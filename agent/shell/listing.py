"""LIST and NAMESPACE -> the account's folders, each with its attributes and whose it is (RFC 3501 §7.2.2, 2342, 6154)."""

from __future__ import annotations

import contextlib
import imaplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imapclient import IMAPClient

USES = frozenset(("\\all", "\\archive", "\\drafts", "\\flagged", "\\junk", "\\sent", "\\trash"))


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: its name, its attributes in lower case, its separator.

    `prefix` is what names in the account's own namespace begin with, as "INBOX.", where the server says so; `foreign` are
    folders of other people and of groups. `spelled` is the name as the server writes it, where that is not how we would.
    """

    name: str
    attributes: frozenset[str]
    separator: str
    prefix: str = ""
    foreign: bool = False
    spelled: str = ""

    @property
    def selectable(self) -> bool:
        return not self.attributes & {"\\noselect", "\\nonexistent"}


@dataclass(frozen=True, slots=True)
class Namespace:
    """What names of one kind begin with."""

    prefix: str
    foreign: bool


def listed(client: IMAPClient) -> tuple[Folder, ...]:
    """Every folder that the account may see, in the server's order."""
    spaces = namespaces(client)
    made = [placed(folder_of(row), spaces) for row in rows(client, ())]
    offered = client.capabilities()
    if b"SPECIAL-USE" in offered and b"LIST-EXTENDED" in offered and not any(f.attributes & USES for f in made):
        # RFC 6154 §2: a server may keep its attributes back until it is asked for them
        with contextlib.suppress(imaplib.IMAP4.error):
            asked = {f.name: f.attributes & USES for f in map(folder_of, rows(client, ("RETURN (SPECIAL-USE)",)))}
            made = [replace(f, attributes=f.attributes | asked.get(f.name, frozenset())) for f in made]
    return tuple(made)


def rows(client: IMAPClient, more: Sequence[str]) -> list[tuple[Any, Any, Any]]:
    """(attributes, separator, name as it stands) of each LIST answer."""
    kind, told = client._imap._simple_command("LIST", '""', '"*"', *more)
    client._checkok("LIST", kind, told)
    _, data = client._imap._untagged_response(kind, told, "LIST")
    found: list[tuple[Any, Any, Any]] = client._proc_folder_list(data)
    return found


def folder_of(row: tuple[Any, Any, Any]) -> Folder:
    attributes, separator, name = row
    raw = name if isinstance(name, bytes) else str(name).encode()
    shown, spelled = name_of(raw), raw.decode("utf-8", "replace")
    words = frozenset(a.decode("ascii", "replace").lower() for a in attributes)
    if spelled.encode() != raw:
        words |= {"\\nonexistent"}  # neither ASCII nor UTF-8: it cannot be spoken of
    between = separator.decode("ascii", "replace") if isinstance(separator, bytes) else ""
    return Folder(shown, words, between, spelled="" if written(shown) == spelled else spelled)


def name_of(raw: bytes) -> str:
    """Modified UTF-7 (RFC 3501 §5.1.3); UTF-8 from servers that write it so; else something that can be shown.

    One name that makes no sense must not hide all others.
    """
    from imapclient.imap_utf7 import decode

    if raw.isascii():
        with contextlib.suppress(ValueError):
            return str(decode(raw))
    return raw.decode("utf-8", "replace")


def written(name: str) -> str:
    """A name -> modified UTF-7."""
    from imapclient.imap_utf7 import encode

    return bytes(encode(name)).decode("ascii")


def namespaces(client: IMAPClient) -> tuple[Namespace, ...]:
    """NAMESPACE, where it is offered; () where nothing is known."""
    if b"NAMESPACE" not in client.capabilities():
        return ()
    try:
        own, people, groups = client.namespace()
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ValueError, TypeError, AttributeError):
        return ()  # it only helps
    kinds = ((own, False), (people, True), (groups, True))
    return tuple(Namespace(name_of(prefix), foreign) for kind, foreign in kinds for prefix, _ in kind or ())


def placed(folder: Folder, spaces: Iterable[Namespace]) -> Folder:
    """The folder with its namespace: the one with the longest beginning of its name. INBOX is always one's own."""
    if folder.name.upper() == "INBOX":
        return folder
    fitting = [s for s in spaces if (folder.name + folder.separator).startswith(s.prefix)]
    if not fitting:
        return folder
    best = max(fitting, key=lambda s: (len(s.prefix), not s.foreign))
    return replace(folder, prefix="" if best.foreign else best.prefix, foreign=best.foreign)
