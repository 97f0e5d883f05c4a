"""The owner's calendar as the fold needs it: their zone, and the days off of their country."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """`zone`: the owner's. `holidays`: days that are no business days, none where no country is configured."""

    zone: tzinfo
    holidays: Container[date] = field(default_factory=frozenset)

    def day_of(self, moment: datetime) -> date:
        """Days are calendar days in the owner's zone (P31)."""
        return moment.astimezone(self.zone).date()
