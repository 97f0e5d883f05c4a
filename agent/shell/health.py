"""Can the agent see and act? A file that tells a daemon that is quiet from one that is blind (I14)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.errors import AfterwordError, StateError
from agent.shell.clock import WallClock
from agent.shell.files import HEALTH

STALE = timedelta(minutes=20)  # the daemon writes at least every ten


@dataclass(slots=True)
class Health:
    """What troubles the daemon now, by place: "inbox", "Sent", "smtp", "state" … ; empty when all is well."""

    folder: Path
    troubles: dict[str, tuple[datetime, str, str]] = field(default_factory=dict)
    looked: datetime | None = None
    written: str = ""

    def trouble(self, place: str, error: AfterwordError, now: datetime) -> bool:
        """Note a trouble; keeps since when -> whether it is new."""
        since = self.troubles.get(place, (now, "", ""))[0]
        new = place not in self.troubles
        self.troubles[place] = (since, error.text, error.hint)
        self.write(now)
        return new

    def well(self, place: str, now: datetime) -> datetime | None:
        """That place works again -> since when it had not."""
        before = self.troubles.pop(place, None)
        if before is not None:
            self.write(now)
        return before[0] if before else None

    def looked_at(self, now: datetime) -> None:
        self.looked = now
        self.write(now)

    def write(self, now: datetime) -> None:
        """Atomically, 0600. A state folder that cannot be written is a trouble of its own, told by the log."""
        data = {
            "pid": os.getpid(),
            "written": WallClock().now().isoformat(),
            "now": now.isoformat(),
            "looked": self.looked.isoformat() if self.looked else None,
            "troubles": {k: {"since": s.isoformat(), "what": w, "hint": h} for k, (s, w, h) in self.troubles.items()},
        }
        path = self.folder / HEALTH
        fresh = path.with_suffix(".new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(data, file)
            fresh.replace(path)
        except OSError as error:
            raise StateError(f"{path} cannot be written: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file says: when it was written, when the mailbox was last looked at, (place, what, hint, since) of each trouble."""

    written: datetime
    looked: str | None
    troubles: tuple[tuple[str, str, str, str], ...]


def read_health(folder: Path) -> Seen | None:
    """The last written state of health; None where no daemon ever ran, or where the file is torn or of another version."""
    try:
        found: dict[str, Any] = json.loads((folder / HEALTH).read_text(encoding="utf-8"))
        troubles = tuple(
            (str(k), str(t["what"]), str(t["hint"]), str(t["since"])) for k, t in found["troubles"].items()
        )
        written = datetime.fromisoformat(found["written"])
        return Seen(written if written.tzinfo else written.replace(tzinfo=UTC), found["looked"], troubles)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def verdict(folder: Path, alive: bool) -> tuple[bool, list[str]]:
    """(well?, lines for a person) of the daemon that holds this state folder."""
    found = read_health(folder)
    if not alive:
        return False, ["no daemon is running on this state folder: start it with afterword run"]
    if found is None:
        return False, ["the daemon has not looked at the mailbox yet"]
    lines = [
        f"{place}: {what} (since {since[:16]})" + (f" – {hint}" if hint else "")
        for place, what, hint, since in found.troubles
    ]
    age = WallClock().now() - found.written
    if age > STALE:
        lines.append(f"the daemon has not been heard of for {int(age.total_seconds() // 60)} minutes")
    if found.looked is None:
        lines.append("the mailbox could not be looked at yet")
    return not lines, lines or ["watching"]
