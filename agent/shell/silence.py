"""Proof of silence (I6): before a nudge, every folder is searched on the server for mail that the watched ones never held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from agent.core.opportunity import Opportunity
from agent.core.read.domains import personal
from agent.core.read.reading import Reading
from agent.errors import CommandRefused, FolderGone
from agent.shell.folders import Layout
from agent.shell.imap import Mailbox
from agent.shell.intake import Intake, worth_keeping
from agent.shell.store import Place

SOURCES_AT_ONCE = 12  # addresses and domains in one search: servers' command lines are short
MOST_FOLDERS = 80


class Proof(Enum):
    """What the search before a nudge gave."""

    HOLDS = auto()
    BROKEN = auto()  # something came to light
    IMPOSSIBLE = auto()  # a folder that matters could not be searched, or a message in it not be read


@dataclass(slots=True)
class Searched:
    """What was searched, and what came to light. `failed`: folders that could not be searched."""

    folders: list[str] = field(default_factory=list)
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    found: list[Reading] = field(default_factory=list)
    unreadable: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        day = f"{self.since:%-d %B}" if self.since else "the beginning"
        text = f"searched {', '.join(self.folders)} for mail from {', '.join(self.sources)} since {day}: "
        text += f"{len(self.found)} new" if self.found else "nothing new"
        return text + (f"; could not be searched: {', '.join(self.failed)}" if self.failed else "")


def sources_of(opportunity: Opportunity) -> tuple[str, ...]:
    """Whom an answer may come from: the contacts, and anybody at the organisation's own domains."""
    own = [d for d in opportunity.domains if not personal(d)]
    wide = [f"{mark}{d}" for mark in "@." for d in own]
    alone = [c.email for c in opportunity.contacts if not c.email.endswith(tuple(wide))]
    return tuple(dict.fromkeys((*wide, *alone)))


def from_any(sources: Sequence[str], since: datetime) -> list[Any]:
    """SEARCH criteria: FROM any of these, arrived since the day before (RFC 3501 §6.4.4 counts whole days).

    Without parentheses, which imapclient cannot write around letters outside ASCII.
    """
    criteria: list[Any] = ["SINCE", (since - timedelta(days=1)).date()]
    for number, source in enumerate(sources, 1):
        criteria += ["OR", "FROM", source] if number < len(sources) else ["FROM", source]
    return criteria


def mail_from(mailbox: Mailbox, sources: Sequence[str], since: datetime) -> list[int]:
    """UIDs of the open folder, ascending, of mail from any of these, in as many searches as it takes."""
    found: set[int] = set()
    for start in range(0, len(sources), SOURCES_AT_ONCE):
        part = sources[start : start + SOURCES_AT_ONCE]
        found.update(mailbox.uids(from_any(part, since)))
    return sorted(found)


def prove(
    mailbox: Mailbox,
    layout: Layout,
    opportunity: Opportunity,
    intake: Intake,
    now: datetime,
    only: Sequence[str] = (),
) -> Searched:
    """Search every selectable folder but Drafts, Approved and Trash, or these `only`; read what is found and was not known."""
    since = max((e.at for e in opportunity.entries), default=opportunity.began)
    result = Searched(sources=sources_of(opportunity), since=since)
    if not result.sources:
        return result
    for folder in (only or layout.searchable)[:MOST_FOLDERS]:
        try:
            opened = mailbox.open(folder)
            uids = mail_from(mailbox, result.sources, since)
        except (FolderGone, CommandRefused):  # a NO to SEARCH is no proof of anything
            result.failed.append(folder)
            continue
        result.folders.append(folder)
        for header in mailbox.headers(uids, ("Message-ID", "X-Afterword")):
            if intake.known(header):
                continue
            raw = mailbox.body(header.uid)
            if raw is None:
                continue
            reading = intake.take(raw, Place(folder, opened.uidvalidity, header.uid), now)
            if reading is None:
                result.unreadable += 1
            elif worth_keeping(reading):
                result.found.append(reading)
    return result
