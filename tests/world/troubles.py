"""What happens to folders behind the agent's back: other UIDs, emptied, deleted, renamed, closed to writing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from imapclient import IMAPClient

from tests.world.world import World


@contextlib.contextmanager
def logged_in(world: World) -> Iterator[IMAPClient]:
    client = IMAPClient(world.account.host, world.account.port, ssl=False)
    try:
        client.login(world.account.username, world.account.password())
        yield client
    finally:
        client.logout()


def other_uids(world: World, folder: str) -> None:
    """The server has lost its list of UIDs, as after a restored backup: a new UIDVALIDITY, the same messages."""
    place = world.box.maildir(folder)
    for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
        (place / name).unlink(missing_ok=True)
    # the higher first, so that the order of the new UIDs is another one
    validity = number_of(world, folder)
    assert validity


def number_of(world: World, folder: str) -> int:
    """A folder's UIDVALIDITY."""
    with logged_in(world) as client:
        return int(client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"])


def emptied(world: World, folder: str) -> None:
    with logged_in(world) as client:
        client.select_folder(folder)
        client.delete_messages(client.search(["ALL"]))
        client.expunge()


def deleted(world: World, folder: str) -> None:
    """Gone with all that is in it. Dovecot makes its standard folders anew, empty and with another UIDVALIDITY."""
    with logged_in(world) as client:
        client.delete_folder(folder)


def moved_to_a_new_one(world: World, folder: str) -> None:
    """Deleted and made again with the same messages in it: other UIDs, another UIDVALIDITY, nothing lost."""
    with logged_in(world) as client:
        client.rename_folder(folder, "Aside")
        with contextlib.suppress(client.Error):
            client.create_folder(folder)
        client.select_folder("Aside")
        found = client.search(["ALL"])
        if found:
            client.copy(found, folder)
        client.close_folder()
        client.delete_folder("Aside")


def renamed(world: World, folder: str, name: str) -> None:
    with logged_in(world) as client:
        client.rename_folder(folder, name)


@contextlib.contextmanager
def read_only(world: World, folder: str) -> Iterator[None]:
    """Nothing can be written into it; the server says why in its own words."""
    places = [p for p in (world.box.maildir(folder), *world.box.maildir(folder).glob("[cnt][uem][rwp]")) if p.is_dir()]
    before = {p: p.stat().st_mode for p in places}
    for place in places:
        place.chmod(0o500)
    try:
        yield
    finally:
        for place, mode in before.items():
            place.chmod(mode)


def database(world: World, state: str = "state") -> list[Path]:
    return sorted((world.folder / state).glob("afterword.db*"))


def database_deleted(world: World, state: str = "state") -> None:
    for file in database(world, state):
        file.unlink()
