"""Which blanks the standing drafts still have, as they were last read: kept beside the ledger for `drafts` (P7)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from agent.shell.store import Held, Store

BLANKS = "blanks"
NO_MORE = (Held.GONE, Held.WITHDRAWN, Held.SENT, Held.MISSED)


def keep_blanks(store: Store, key: str, blanks: Iterable[str]) -> None:
    """Written only where it differs (I10); what no longer stands is let go."""
    known = known_blanks(store)
    over = {r.key for r in store.steps(*NO_MORE)} - {key}
    made = {k: v for k, v in known.items() if k not in over} | {key: list(blanks)}
    if made != known:
        store.remember(BLANKS, json.dumps(made))


def known_blanks(store: Store) -> dict[str, list[str]]:
    """key -> its blanks; a draft that was never read has no entry."""
    try:
        found = json.loads(store.remembered(BLANKS) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
