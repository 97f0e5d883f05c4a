"""`status` worked out anew from the store: for when no daemon keeps its snapshot current."""

from __future__ import annotations

import argparse
from typing import Any

from agent.cli.context import known


def made_now(options: argparse.Namespace) -> dict[str, Any]:
    from agent.core.policy.plan import plan
    from agent.shell.report import overview

    with known(options) as here:
        made = plan(here.book.opportunities.values(), here.now, here.rules)
        return overview(here.store, here.book, made, here.rules, here.now)
