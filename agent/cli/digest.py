"""`afterword digest`: the digest of this moment, as text or as HTML. Touches no server."""

from __future__ import annotations

import argparse
import sys

from agent.cli.context import known
from agent.errors import Exit


def digest(options: argparse.Namespace) -> int:
    from agent import wiring
    from agent.core.digest import pages
    from agent.core.policy.plan import plan
    from agent.core.values import Address
    from agent.shell.digest import made_now

    with known(options) as here:
        made = plan(here.book.opportunities.values(), here.now, here.rules)
        found = made_now(here.store, here.book, made, here.rules, here.now, here.settings.notes.digest)
        owner = here.settings.owner
        text, html = pages(found, wiring.wording(here.settings), Address(owner.name, owner.addresses[0].lower()))
    sys.stdout.write(html if options.html else shown(text))
    return Exit.DONE


def shown(text: str) -> str:
    """No escape sequence of a stranger reaches the terminal (I12)."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
