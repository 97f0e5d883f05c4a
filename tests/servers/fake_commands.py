"""The commands of the fake IMAP server (RFC 3501 §6 and the extensions that it offers), each a function -> the tagged answer.

Each takes (session, with UID in front?, its words). A refusal is raised: `No` or `Bad`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tests.servers.fake_fetch import answers
from tests.servers.fake_search import condition
from tests.servers.fake_store import Mail, canonical
from tests.servers.fake_words import Bad, No, Word, compact, folder_name, numbers, one, several, wire_name

if TYPE_CHECKING:
    from tests.servers.fake_session import Session

PERMANENT = "\\Answered \\Flagged \\Deleted \\Seen \\Draft"


def login(session: Session, by_uid: bool, given: list[Word]) -> str:
    user, password = (one(w).decode() for w in given)
    server = session.server
    if server.login_refused:
        raise No(server.login_refused)
    if server.users.get(user) != password:
        raise No("[AUTHENTICATIONFAILED] Authentication failed.")
    session.user = user
    return f"OK [CAPABILITY {server.capability}] Logged in"


def capability(session: Session, by_uid: bool, given: list[Word]) -> str:
    session.say(f"* CAPABILITY {session.server.capability}")
    return "OK Capability completed"


def noop(session: Session, by_uid: bool, given: list[Word]) -> str:
    return "OK NOOP completed"


def logout(session: Session, by_uid: bool, given: list[Word]) -> str:
    session.say("* BYE Logging out")
    return "OK Logout completed"


# ------------------------------------------------------------------------------------------------------------ folders


def list_(session: Session, by_uid: bool, given: list[Word]) -> str:
    server = session.server
    separator = server.store.separator
    pattern = one(given[0]) + one(given[1])
    if not pattern:
        session.say(f'* LIST (\\Noselect) "{separator}" ""')
        return "OK List completed"
    parts = (re.escape(p) for p in re.split(rb"([*%])", pattern))
    spell = {re.escape(b"*"): b".*", re.escape(b"%"): b"[^" + re.escape(separator.encode()) + b"]*"}
    wanted = re.compile(b"".join(spell.get(p, p) for p in parts))
    for box in server.store.boxes.values():
        name = wire_name(box.name)
        if wanted.fullmatch(name[1:-1]):
            shown = " ".join(server.store.attributes(box, server.offers("SPECIAL-USE")))
            session.say(f'* LIST ({shown}) "{separator}" '.encode() + name)
    return "OK List completed"


def select(session: Session, by_uid: bool, given: list[Word]) -> str:
    return opened(session, given, read_only=False)


def examine(session: Session, by_uid: bool, given: list[Word]) -> str:
    return opened(session, given, read_only=True)


def opened(session: Session, given: list[Word], read_only: bool) -> str:
    server = session.server
    session.box = None  # a SELECT that fails leaves nothing selected (RFC 3501 §6.3.1)
    box = server.store.find(folder_name(given[0]))
    session.opened(box, read_only)
    lasting = "" if read_only else PERMANENT + (" \\*" if server.keywords else "")
    session.say(f"* FLAGS ({PERMANENT})")
    session.say(f"* OK [PERMANENTFLAGS ({lasting})] Flags permitted.")
    session.say(f"* {len(session.view)} EXISTS")
    session.say(f"* {len(session.recent)} RECENT")
    session.say(f"* OK [UIDVALIDITY {box.uidvalidity}] UIDs valid")
    session.say(f"* OK [UIDNEXT {box.uidnext}] Predicted next UID")
    if server.offers("CONDSTORE"):
        session.say(f"* OK [HIGHESTMODSEQ {box.modseq}] Highest")
    return "OK [READ-ONLY] Examine completed" if read_only else "OK [READ-WRITE] Select completed"


def create(session: Session, by_uid: bool, given: list[Word]) -> str:
    server, name = session.server, folder_name(given[0])
    server.store.create(name.removesuffix(server.store.separator))
    server.changed("CREATE", name)
    return "OK Create completed"


def subscribe(session: Session, by_uid: bool, given: list[Word]) -> str:
    return "OK Subscription changed"


# ----------------------------------------------------------------------------------------------------------- messages


def here(session: Session, by_uid: bool, word: Word) -> list[tuple[int, Mail]]:
    """(sequence number, message) of a set; what was expunged meanwhile is left out."""
    box = session.box
    assert box is not None
    highest = max(session.view, default=0) if by_uid else len(session.view)
    wanted = numbers(one(word), highest)
    rows = [(n, uid) for n, uid in enumerate(session.view, 1) if wanted(uid if by_uid else n)]
    return [(n, box.mails[uid]) for n, uid in rows if uid in box.mails]


def search(session: Session, by_uid: bool, given: list[Word]) -> str:
    box = session.box
    assert box is not None
    holds = condition(given, max(session.view, default=0))
    pairs = [(n, box.mails[uid]) for n, uid in enumerate(session.view, 1) if uid in box.mails]
    found = [mail.uid if by_uid else n for n, mail in pairs if holds(mail)]
    session.say(" ".join(["* SEARCH", *map(str, found)]))
    return "OK Search completed"


def fetch(session: Session, by_uid: bool, given: list[Word]) -> str:
    rows = here(session, by_uid, given[0])
    asked = several(given[1])
    for number, mail in rows:
        session.say(answers(session, number, mail, asked, by_uid))
    highest = max(session.view, default=0) if by_uid else len(session.view)
    wanted = numbers(one(given[0]), highest)
    expected = sum(wanted(uid if by_uid else n) for n, uid in enumerate(session.view, 1))
    if expected > len(rows):
        return "OK [EXPUNGEISSUED] Some messages were already expunged."
    return "OK Fetch completed"


def store(session: Session, by_uid: bool, given: list[Word]) -> str:
    """Also conditional (RFC 7162 §3.1.3). On a folder opened by EXAMINE it does nothing and says OK, as Dovecot does."""
    server, box = session.server, session.box
    assert box is not None
    rows, rest = here(session, by_uid, given[0]), given[1:]
    if session.read_only:
        return "OK Store ignored with read-only mailbox"
    limit = None
    if isinstance(rest[0], list):
        if not server.offers("CONDSTORE"):
            raise Bad("Unknown STORE modifier")
        limit, rest = int(one(rest[0][1])), rest[1:]
    how = one(rest[0]).decode().upper()
    flags = {canonical(f.decode()) for f in several(rest[1])}
    if not server.keywords:
        flags = {f for f in flags if f.startswith("\\")}
    refused = []
    for number, mail in rows:
        if limit is not None and mail.modseq > limit:
            refused.append(mail.uid if by_uid else number)
            continue
        if box.set_flags(mail, combined(how, mail.flags, flags)):
            server.changed("STORE", box.name)
        session.told[mail.uid] = mail.modseq
        if not how.endswith(".SILENT"):
            session.say(f"* {number} FETCH (UID {mail.uid} FLAGS ({session.flags(mail)}))")
    return f"OK [MODIFIED {compact(refused)}] Conditional store failed" if refused else "OK Store completed"


def combined(how: str, before: set[str], given: set[str]) -> set[str]:
    if how.startswith("+"):
        return before | given
    if how.startswith("-"):
        return before - given
    return set(given)


def append(session: Session, by_uid: bool, given: list[Word]) -> str:
    server = session.server
    box = server.store.find(folder_name(given[0]), "[TRYCREATE]")
    raw, middle = one(given[-1]), given[1:-1]
    flags: set[str] = set()
    at = None
    for word in middle:
        if isinstance(word, list):
            flags = {one(f).decode() for f in word}
        else:
            at = datetime.strptime(word.decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    if not server.keywords:
        flags = {f for f in flags if f.startswith("\\")}
    mail = box.add(raw, flags, at)
    server.changed("APPEND", box.name)
    code = f"[APPENDUID {box.uidvalidity} {mail.uid}] " if server.offers("UIDPLUS") else ""
    return f"OK {code}Append completed"


def copied(session: Session, by_uid: bool, given: list[Word]) -> tuple[list[Mail], str]:
    """Copy -> (the originals, the COPYUID code)."""
    server = session.server
    target = server.store.find(folder_name(given[1]), "[TRYCREATE]")
    originals = [mail for _, mail in here(session, by_uid, given[0])]
    copies = [target.add(mail.raw, set(mail.flags), mail.at).uid for mail in originals]
    if not copies or not server.offers("UIDPLUS"):
        return originals, ""
    return originals, f"[COPYUID {target.uidvalidity} {compact([m.uid for m in originals])} {compact(copies)}] "


def copy(session: Session, by_uid: bool, given: list[Word]) -> str:
    assert session.box is not None
    originals, code = copied(session, by_uid, given)
    if originals:
        session.server.changed("COPY", session.box.name)
    return f"OK {code}Copy completed"


def move(session: Session, by_uid: bool, given: list[Word]) -> str:
    """RFC 6851: the code comes untagged, before the EXPUNGE."""
    box = session.box
    assert box is not None
    if session.read_only:
        raise No("[READ-ONLY] Mailbox is read-only")
    originals, code = copied(session, by_uid, given)
    if code:
        session.say(f"* OK {code}Moved UIDs.")
    for mail in originals:
        box.remove(mail.uid)
    if originals:
        session.server.changed("MOVE", box.name)
    return "OK Move completed"


def expunge(session: Session, by_uid: bool, given: list[Word]) -> str:
    server, box = session.server, session.box
    assert box is not None
    if session.read_only:
        raise No("[READ-ONLY] Mailbox is read-only")
    if by_uid and not server.offers("UIDPLUS"):
        raise Bad("Unknown command UID EXPUNGE")
    chosen = [m for _, m in here(session, True, given[0])] if by_uid else [box.mails[u] for u in list(box.mails)]
    for mail in chosen:
        if "\\Deleted" in mail.flags:
            box.remove(mail.uid)
            server.changed("EXPUNGE", box.name)
    return "OK Expunge completed"


def idle(session: Session, by_uid: bool, given: list[Word]) -> str:
    """RFC 2177: tells changes as they come, until the client says DONE. EXPUNGE may be told, for IDLE is in progress."""
    session.say("+ idling")
    while True:
        with session.server.lock:
            session.sync(expunges=True)
        session.flush()
        if session.wire.wait(session.woken):
            break
        session.woken.recv(4096)
    if session.wire.line().strip().upper() != b"DONE":
        raise Bad("Expected DONE.")
    return "OK Idle completed"


COMMANDS: dict[str, Callable[[Session, bool, list[Word]], str]] = {
    "LOGIN": login, "CAPABILITY": capability, "NOOP": noop, "CHECK": noop, "LOGOUT": logout, "LIST": list_, "SELECT": select,
    "EXAMINE": examine, "CREATE": create, "SUBSCRIBE": subscribe,
    "UNSUBSCRIBE": subscribe, "SEARCH": search, "FETCH": fetch, "STORE": store, "APPEND": append, "COPY": copy,
    "MOVE": move, "EXPUNGE": expunge, "IDLE": idle,
}  # fmt: skip
