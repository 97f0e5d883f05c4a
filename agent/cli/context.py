"""What several commands need: the settings, the state folder opened, an opportunity or a step by what a person types."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import AfterwordError, UsageError
from agent.paths import default_state

if TYPE_CHECKING:
    from datetime import datetime

    from agent.config import Settings
    from agent.core.fold import Book
    from agent.core.opportunity import Opportunity
    from agent.core.policy.rules import Rules
    from agent.shell.store import StepRow, Store


def settings_of(options: argparse.Namespace) -> Settings:
    from agent.config import load
    from agent.shell.checked import fingerprint, keep_checked

    before = fingerprint(options.config)
    settings = load(options.config)
    keep_checked(before, settings.state.path or default_state())
    return settings


def addresses_of(given: Sequence[str]) -> tuple[str, ...]:
    """What --me named, in lower case. Raises UsageError for what is no address."""
    from agent.config import address

    try:
        return tuple(address(text) for text in given)
    except ValueError as error:
        raise UsageError(f"--me: {error}", "like --me you@example.org") from None


@contextlib.contextmanager
def opened(folder: Path, create: bool = False) -> Iterator[Store]:
    """The store of a state folder. Raises UsageError where there is none yet."""
    from agent.shell.files import DATABASE, private_folder
    from agent.shell.store import Store

    if create:
        private_folder(folder)
    elif not (folder / DATABASE).exists():
        raise UsageError(f"nothing is known yet in {folder}", "run the daemon first: afterword run --once")
    store = Store(folder / DATABASE)
    try:
        yield store
    finally:
        store.close()


def book_of(settings: Settings, store: Store, folder: Path) -> Book:
    """The opportunities as they are now."""
    from zoneinfo import ZoneInfo

    from agent.core.fold import fold
    from agent.shell.files import WordFile
    from agent.wiring import holidays_of

    zone, off = ZoneInfo(settings.owner.timezone), holidays_of(settings.owner.country)
    return fold(store.readings(), WordFile(folder).read(), zone, holidays=off)


def opportunity_named(book: Book, text: str) -> Opportunity:
    """By its id, the beginning or the last part of its id, or a part of its organisation's or role's name.

    Raises UsageError when that is not exactly one.
    """
    known = [o for o in book.opportunities.values() if not o.forgotten]
    wanted = text.casefold().strip()
    for fits in (
        [o for o in known if o.id.casefold() == wanted],
        [o for o in known if o.id.casefold().startswith(wanted)],
        [o for o in known if o.id.casefold().endswith(f"-{wanted}")],
        [o for o in known if wanted in o.organisation.casefold()],
        [o for o in known if wanted in o.role.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            names = ", ".join(f"{o.id} ({o.organisation}{', ' + o.role if o.role else ''})" for o in fits[:6])
            raise UsageError(f"{text!r} may mean several: {names}", "give the whole id")
    raise UsageError(f"no opportunity is called {text!r}", "see them all: afterword status --all")


def step_named(rows: list[StepRow], text: str) -> StepRow:
    """A step of the ledger by its short id. Raises AfterwordError when there is none."""
    from agent.core.policy.wishes import short_id

    fits = [r for r in rows if short_id(r.key).startswith(text.lower()) and r.step != "note"]
    if len(fits) != 1:
        raise AfterwordError(
            f"no draft has the id {text!r}" if not fits else f"several drafts begin with {text!r}",
            "see: afterword drafts",
        )
    return fits[0]


@dataclass(frozen=True, slots=True)
class Known:
    """All that a command needs to answer a question about the opportunities."""

    settings: Settings
    folder: Path
    store: Store
    book: Book
    rules: Rules
    now: datetime

    def opportunity(self, name: str) -> Opportunity:
        return opportunity_named(self.book, name)


@contextlib.contextmanager
def known(options: argparse.Namespace) -> Iterator[Known]:
    """Settings, store and book as they are now."""
    from dataclasses import replace
    from datetime import datetime

    from agent import wiring
    from agent.shell.clock import WallClock

    settings = settings_of(options)
    folder = wiring.state_folder(settings)
    now = WallClock().now()
    with opened(folder) as store:
        since = store.remembered("running_since")
        rules = replace(wiring.rules(settings), running_since=datetime.fromisoformat(since) if since else now)
        yield Known(settings, folder, store, book_of(settings, store, folder), rules, now)
