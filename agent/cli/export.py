"""`afterword export`: everything that is stored, as JSON."""

from __future__ import annotations

import argparse
import dataclasses

from agent.cli.context import known
from agent.cli.output import as_json
from agent.errors import Exit


def export(options: argparse.Namespace) -> int:
    from agent.core.codec import plain
    from agent.core.policy.plan import plan
    from agent.shell.files import WordFile
    from agent.shell.report import overview

    with known(options) as here:
        made = plan(here.book.opportunities.values(), here.now, here.rules)
        as_json(
            {
                "overview": overview(here.store, here.book, made, here.rules, here.now),
                "opportunities": [plain(o) for o in here.book.opportunities.values()],
                "readings": [plain(r) for r in here.store.readings()],
                "words": WordFile(here.folder).entries(),
                "ledger": [
                    {**dataclasses.asdict(r), "at": r.at.isoformat(), "changed": r.changed.isoformat()}
                    for r in here.store.steps()
                ],
                "events": [{**dataclasses.asdict(e), "at": e.at.isoformat()} for e in here.store.events()],
            }
        )
    return Exit.DONE
