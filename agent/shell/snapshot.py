"""The daemon's last overview, read without the rest of the store: `status` answers from it in a tenth of a second.

The only SQL besides that of `store`, whose import takes longer than all of this.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from agent import __version__
from agent.shell.files import DATABASE, WORDS

BUSY_SECONDS = 5.0


def snapshot(folder: Path, now: datetime) -> dict[str, Any] | None:
    """None where there is none of this version, where its time is over, or where the owner has said something since."""
    rows = remembered(folder / DATABASE)
    try:
        found: dict[str, Any] = json.loads(rows.get("snapshot", ""))
    except ValueError:
        return None
    if found.get("version") != __version__:
        return None
    until = found.get("valid_until")
    if until and datetime.fromisoformat(until) <= now:
        return None
    words = folder / WORDS
    said = f"{words.stat().st_size} {words.stat().st_mtime_ns}" if words.exists() else "0 0"
    return found if rows.get("words_heard", said) == said else None


def remembered(database: Path) -> dict[str, str]:
    """The snapshot, and up to where the owner's words were heard when it was made; empty where nothing can be read."""
    if not database.exists():
        return {}
    try:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            names = "SELECT name, value FROM meta WHERE name IN ('snapshot', 'words_heard')"
            return dict(connection.execute(names).fetchall())
        finally:
            connection.close()
    except sqlite3.Error:
        return {}
