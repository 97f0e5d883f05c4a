"""The owner's own words and the ledger's events as values: what is folded besides mail (I1).

A word names its opportunity by a message of it, so that it finds it again after a rebuild, whatever ids have become.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """What an owner can say; `undone` takes another word back."""

    TELL = "tell"
    MERGE = "merge"
    SPLIT = "split"
    IGNORE = "ignore"
    NEWS = "news"
    SNOOZE = "snooze"
    RESUME = "resume"
    DISMISS = "dismiss"
    FORGET = "forget"
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the owner said. `about`: Message-ID of a message of the opportunity (or ""). `facts`: name -> value, as texts."""

    id: str
    at: datetime
    verb: Verb
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a word needs an aware moment")

    def fact(self, name: str) -> str:
        return next((v for k, v in self.facts if k == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(v for k, v in self.facts if k == name)
