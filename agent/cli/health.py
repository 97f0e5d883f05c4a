"""`afterword health`: for containers and service managers."""

from __future__ import annotations

import argparse

from agent.cli.output import wrapped
from agent.errors import Exit


def health(options: argparse.Namespace) -> int:
    """Exit 0 where a daemon runs, sees and can act; 1 otherwise."""
    from agent.paths import state_path
    from agent.shell.files import running
    from agent.shell.health import verdict

    folder = state_path(options.config)
    well, lines = verdict(folder, running(folder))
    for line in lines:
        print(wrapped(line))
    return Exit.DONE if well else Exit.FAILED
