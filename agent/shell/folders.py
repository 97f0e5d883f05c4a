"""Which folder is which: SPECIAL-USE first (RFC 6154), then well-known names in many languages, then what the owner set."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent.errors import FolderGone
from agent.shell.listing import Folder


class Role(StrEnum):
    """A folder's part. The value is its SPECIAL-USE attribute in lower case, where one exists."""

    INBOX = "inbox"
    SENT = "\\sent"
    DRAFTS = "\\drafts"
    TRASH = "\\trash"
    JUNK = "\\junk"
    ARCHIVE = "\\archive"
    ALL = "\\all"


# What clients and providers call these folders where no attribute says it. Lower case, without INBOX. in front.
NAMES: Mapping[Role, frozenset[str]] = {
    Role.SENT: frozenset(
        [
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "[gmail]/sent mail",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "gesendete nachrichten",
            "envoyés",
            "éléments envoyés",
            "messages envoyés",
            "objets envoyés",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "itens enviados",
            "mensagens enviadas",
            "inviata",
            "posta inviata",
            "inviati",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "wysłane",
            "elementy wysłane",
            "skickat",
            "skickade objekt",
            "sendt",
            "sendte elementer",
            "sendt post",
            "lähetetyt",
            "lähetetyt viestit",
            "odeslané",
            "odeslaná pošta",
            "elküldött",
            "elküldött elemek",
            "trimise",
            "изпратени",
            "отправленные",
            "надіслані",
            "gönderilmiş",
            "gönderilmiş öğeler",
            "gönderilenler",
            "απεσταλμένα",
            "送信済み",
            "送信済みアイテム",
            "送信済みメール",
            "已发送",
            "已发送邮件",
            "已傳送",
            "寄件備份",
            "보낸 편지함",
            "보낸편지함",
        ]
    ),
    Role.DRAFTS: frozenset(
        [
            "drafts",
            "draft",
            "draft messages",
            "[gmail]/drafts",
            "entwürfe",
            "entwurf",
            "brouillons",
            "brouillon",
            "borradores",
            "rascunhos",
            "bozze",
            "concepten",
            "kopie robocze",
            "szkice",
            "wersje robocze",
            "utkast",
            "kladder",
            "kladde",
            "luonnokset",
            "koncepty",
            "rozepsané",
            "piszkozatok",
            "vázlatok",
            "ciorne",
            "чернови",
            "черновики",
            "чернетки",
            "taslaklar",
            "πρόχειρα",
            "下書き",
            "草稿",
            "草稿箱",
            "임시보관함",
            "임시 보관함",
        ]
    ),
    Role.TRASH: frozenset(
        [
            "trash",
            "deleted",
            "deleted items",
            "deleted messages",
            "bin",
            "[gmail]/trash",
            "[gmail]/bin",
            "papierkorb",
            "gelöschte elemente",
            "gelöschte objekte",
            "corbeille",
            "éléments supprimés",
            "papelera",
            "elementos eliminados",
            "lixeira",
            "itens excluídos",
            "cestino",
            "posta eliminata",
            "prullenbak",
            "verwijderde items",
            "kosz",
            "elementy usunięte",
            "papperskorgen",
            "borttagna objekt",
            "papirkurv",
            "slettet",
            "roskakori",
            "koš",
            "lomtár",
            "törölt elemek",
            "корзина",
            "удаленные",
            "кошик",
            "çöp kutusu",
            "ゴミ箱",
            "削除済みアイテム",
            "已删除",
            "垃圾桶",
            "휴지통",
        ]
    ),
    Role.JUNK: frozenset(
        [
            "junk",
            "spam",
            "junk e-mail",
            "junk email",
            "bulk mail",
            "[gmail]/spam",
            "junk-e-mail",
            "courrier indésirable",
            "pourriel",
            "correo no deseado",
            "lixo eletrônico",
            "posta indesiderata",
            "ongewenste e-mail",
            "wiadomości-śmieci",
            "skräppost",
            "søppelpost",
            "roskaposti",
            "nevyžádaná pošta",
            "levélszemét",
            "спам",
            "нежелательная почта",
            "istenmeyen",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "스팸편지함",
            "스팸",
        ]
    ),
    Role.ARCHIVE: frozenset(
        [
            "archive",
            "archives",
            "archiv",
            "archivo",
            "arquivo",
            "archivio",
            "archief",
            "archiwum",
            "arkiv",
            "arkisto",
            "archív",
            "архив",
            "архів",
            "arşiv",
            "アーカイブ",
            "归档",
            "보관함",
        ]
    ),
    Role.ALL: frozenset(
        [
            "[gmail]/all mail",
            "[google mail]/all mail",
            "[gmail]/alle nachrichten",
            "[gmail]/tous les messages",
            "[gmail]/todos",
        ]
    ),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The account's folders by their parts; `how` says for each part by which rule it was found."""

    inbox: str
    sent: str
    drafts: str
    approved: str
    junk: str = ""
    trash: str = ""
    archive: str = ""
    all: str = ""
    others: tuple[str, ...] = ()
    how: tuple[tuple[str, str], ...] = ()

    @property
    def searchable(self) -> tuple[str, ...]:
        """Every folder in which mail of others may lie (I6): all but Drafts, Approved and Trash."""
        named = (self.inbox, self.sent, self.archive, self.all, self.junk, *self.others)
        return tuple(dict.fromkeys(n for n in named if n))

    @property
    def names(self) -> frozenset[str]:
        """Every folder that is there, as far as it may ever hold something of ours."""
        return frozenset((*self.searchable, self.drafts, self.approved, self.trash))

    @property
    def read_along(self) -> tuple[str, ...]:
        """Folders besides the inbox and Sent into which an owner or a filter may have moved mail; not Junk, not Trash."""
        if self.all:  # Gmail: everything else is a view of it
            return (self.all,)
        return tuple(dict.fromkeys(n for n in (self.archive, *self.others) if n))


def plain(folder: Folder) -> str:
    """The name as it is compared: composed, without the own namespace's prefix, in lower case."""
    name = unicodedata.normalize("NFC", folder.name.removeprefix(folder.prefix))
    if folder.separator and name.upper().startswith("INBOX" + folder.separator):
        name = name[6:]
    return name.replace("[Google Mail]", "[Gmail]").casefold()


def layout(folders: Iterable[Folder], inbox: str, sent: str, drafts: str, approved: str) -> Layout:
    """Find each part. Names given win; raises FolderGone where Sent or Drafts is found by no rule, and says what is there."""
    there = [f for f in folders if f.selectable]
    usable = [f for f in there if not f.foreign]  # the owner's own; another one's only where the owner names it
    names = {f.name for f in there}
    how: list[tuple[str, str]] = []

    def find(role: Role, given: str, needed: bool) -> str:
        if given:
            if given not in names and given.upper() != "INBOX":
                raise missing(f"the folder {given} is not there", role, names)
            how.append((role.name.lower(), f"{given} (configured)"))
            return given
        special = next((f for f in usable if role.value in f.attributes), None)
        if special is not None:
            how.append((role.name.lower(), f"{special.name} (by SPECIAL-USE)"))
            return special.name
        known = sorted((f for f in usable if known_as(f) is role), key=lambda f: (len(f.name), f.name))
        if known:
            how.append((role.name.lower(), f"{known[0].name} (by its name)"))
            return known[0].name
        if needed:
            raise missing(f"no {role.name.title()} folder was found", role, names)
        return ""

    box = next((n for n in names if n.casefold() == inbox.casefold()), inbox)
    how.append(("inbox", box))
    given = {Role.SENT: sent, Role.DRAFTS: drafts}
    found = {role: find(role, given.get(role, ""), role in given) for role in Role if role is not Role.INBOX}
    outbound = placed(approved, usable)
    taken = {box, outbound, outbound.rpartition(separator_of(usable))[0], *found.values()}
    others = tuple(sorted(f.name for f in usable if f.name not in taken and readable(f)))
    return Layout(
        box,
        found[Role.SENT],
        found[Role.DRAFTS],
        outbound,
        found[Role.JUNK],
        found[Role.TRASH],
        found[Role.ARCHIVE],
        found[Role.ALL],
        others,
        tuple(how),
    )


def known_as(folder: Folder) -> Role | None:
    """Which part its name tells."""
    name = plain(folder)
    return next((role for role, known in NAMES.items() if name in known), None)


def readable(folder: Folder) -> bool:
    """May mail of others lie there? Not in a second Trash or Drafts, as some clients make; Gmail's others are views."""
    return known_as(folder) not in (Role.TRASH, Role.DRAFTS) and not plain(folder).startswith("[gmail]")


def missing(what: str, role: Role, names: Iterable[str]) -> FolderGone:
    there = ", ".join(sorted(names)[:12])
    return FolderGone(what, f"set [folders] {role.name.lower()}; the server has: {there}")


def separator_of(folders: Iterable[Folder]) -> str:
    return next((f.separator for f in folders if f.separator), "/")


def placed(name: str, folders: Iterable[Folder]) -> str:
    """A folder name of the configuration as the server writes it: its separator, its prefix, as INBOX. with Courier and Cyrus.

    The prefix is what the server says of its namespace (RFC 2342), or what all folders have in common.
    """
    listed = list(folders)
    separator = separator_of(listed)
    made = name.replace("/", separator)
    below = [f for f in listed if f.name.upper() != "INBOX"]
    told = {f.prefix for f in below}
    prefix = told.pop() if len(told) == 1 else ""
    if not prefix and below and all(f.name.startswith(f"INBOX{separator}") for f in below):
        prefix = f"INBOX{separator}"
    return made if made.startswith(prefix) else prefix + made
