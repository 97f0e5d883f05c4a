"""`afterword run`: the daemon in the foreground, or one turn of it."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.context import opened, settings_of
from agent.errors import Exit

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.shell.loop import Turned


def run(options: argparse.Namespace) -> int:
    """Exit 0 after SIGTERM or SIGINT; with --once 1 where a folder could not be read, 3 for the server."""
    from agent.shell.files import locked, private_folder
    from agent.wiring import state_folder

    settings = settings_of(options)
    log_to_stderr(options.verbose)
    folder = private_folder(state_folder(settings))
    with locked(folder):
        return looked_once(settings, folder) if options.once else forever(settings, folder)


def log_to_stderr(verbose: bool) -> None:
    """Under systemd without times, which the journal has."""
    import os

    form = "%(message)s" if os.environ.get("JOURNAL_STREAM") else "%(asctime)s %(message)s"
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO if verbose else logging.WARNING, format=form, datefmt="%H:%M:%S"
    )
    for name in ("imapclient", "aiosmtplib", "apscheduler", "asyncio"):  # they log addresses and text of mail (I13)
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("afterword").setLevel(logging.DEBUG if verbose else logging.INFO)


def forever(settings: Settings, folder: Path) -> int:
    from agent import wiring
    from agent.shell.clock import WallClock
    from agent.shell.daemon import Daemon

    with opened(folder, create=True) as store:
        loop = wiring.loop(settings, folder, store)
        daemon = Daemon(loop, wiring.imap_account(settings), WallClock(), folder)
        logging.getLogger("afterword").info("watching %s; stop with Ctrl-C", settings.imap.username)
        asyncio.run(daemon.run())
    return Exit.DONE


def looked_once(settings: Settings, folder: Path) -> int:
    """One turn, and a line that says what it did."""
    turned = once(settings, folder)
    print(turned)
    return Exit.FAILED if turned.blind else Exit.DONE


def once(settings: Settings, folder: Path) -> Turned:
    """One turn; folders that cannot be read are told on stderr."""
    from agent import wiring
    from agent.cli.progress import folder_progress
    from agent.shell.clock import WallClock
    from agent.shell.health import Health
    from agent.shell.imap import Mailbox

    clock = WallClock()
    with opened(folder, create=True) as store, folder_progress() as progress:
        loop = wiring.loop(settings, folder, store, progress)
        loop.real_time = True
        mailbox = Mailbox(wiring.imap_account(settings))
        try:
            turned = loop.turn(mailbox, clock.now())
        finally:
            mailbox.close()
        health = Health(folder)
        for name, error in turned.blind.items():
            health.trouble(f"folder {name}", error, clock.now())
            print(f"afterword: {error}", file=sys.stderr)
        health.looked_at(clock.now())
    return turned
