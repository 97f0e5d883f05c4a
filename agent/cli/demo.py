"""`afterword demo`: what appears in Drafts and why, on a machine with nothing configured."""

from __future__ import annotations

import argparse
import contextlib
import logging
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import Exit
from agent.shell.clock import pause

if TYPE_CHECKING:
    from agent.demo.director import Happening, Stage
    from agent.demo.story import Moment
    from agent.shell.imap import Account
    from agent.shell.loop import Loop
    from agent.shell.store import Store

HERE = "127.0.0.1"
PAUSE = 0.5  # seconds, so that a person at a terminal can read along
MARKS = {
    "mail": ("<-", "cyan"),
    "sent": ("->", "cyan"),
    "owner": ("**", "magenta"),
    "put": ("+ ", "green"),
    "note": ("i ", "blue"),
    "withdrawn": ("- ", "yellow"),
    "edited": ("~ ", "magenta"),
    "approved": ("ok", "magenta"),
    "missed": ("! ", "red"),
    "returned": ("! ", "red"),
}
WORDS = {
    "put": "draft",
    "note": "note to you",
    "withdrawn": "draft taken back",
    "edited": "you edited",
    "approved": "you confirmed",
    "sent": "sent",
}


def demo(options: argparse.Namespace) -> int:
    """Exit 0 when the story was told to its end and nothing left but what was confirmed."""
    logging.getLogger().setLevel(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with staged() as (stage, moments, screen):
        screen.opening(stage)
        seconds = PAUSE if screen.console.is_terminal else 0.0
        stage.play(moments, lambda: pause(seconds))
        screen.closing(stage)
        if options.keep:
            screen.serving(stage)
            with contextlib.suppress(KeyboardInterrupt):
                threading.Event().wait()
    return Exit.DONE


@contextlib.contextmanager
def staged() -> Iterator[tuple[Stage, tuple[Moment, ...], Screen]]:
    """Servers, state in a temporary folder, the daemon in its thread; all of it gone afterwards."""
    from agent.demo.director import Stage
    from agent.demo.server import EmbeddedServer, Sink
    from agent.demo.story import told
    from agent.shell.clock import LeapingClock
    from agent.shell.files import DATABASE
    from agent.shell.store import Store

    teller, moments = told()
    sink = Sink()
    with tempfile.TemporaryDirectory(prefix="afterword-demo-") as name, EmbeddedServer() as server:
        folder = Path(name)
        sink.start()
        store = Store(folder / DATABASE)
        screen = Screen()
        try:
            loop, account = built(folder, store, server.port, sink.port)
            stage = Stage(teller, server, sink, store, loop, LeapingClock(teller.begins), folder, screen.tell)
            thread = stage.start(account)
            try:
                yield stage, moments, screen
            finally:
                stage.stop(thread)
        finally:
            store.close()
            sink.stop()


def built(folder: Path, store: Store, imap_port: int, smtp_port: int) -> tuple[Loop, Account]:
    from agent import wiring
    from agent.config import DeliverySection, ImapSection, OwnerSection, SmtpSection
    from agent.demo.settings import DemoSettings
    from agent.demo.story import told

    teller, _ = told()
    secret = folder / "password"
    secret.write_text("demo")
    secret.chmod(0o600)
    settings = DemoSettings(
        owner=OwnerSection(
            name=teller.name, addresses=(teller.address,), timezone=teller.timezone, country=teller.country
        ),
        imap=ImapSection(host=HERE, port=imap_port, security="none", username="you", password_file=secret),
        smtp=SmtpSection(host=HERE, port=smtp_port, security="none"),
        delivery=DeliverySection(mode="confirm"),
    )
    return wiring.loop(settings, folder, store), wiring.imap_account(settings)


class Screen:
    """The terminal: one line for each happening, the text of the drafts that matter."""

    def __init__(self) -> None:
        from rich.console import Console

        self.console = Console(highlight=False, soft_wrap=False)
        self.shown_steps: set[str] = set()

    def opening(self, stage: Stage) -> None:
        self.console.print(
            f"A mailbox of {stage.teller.name}'s, invented, on a mail server inside this program. The agent that watches it is the"
            " real one; only the clock is quicker. Nothing leaves this machine.\n"
        )

    def tell(self, happening: Happening) -> None:
        from rich.markup import escape
        from rich.padding import Padding
        from rich.panel import Panel
        from rich.table import Table
        from rich.text import Text

        from agent.cli.output import plain

        mark, colour = MARKS.get(happening.kind, ("  ", "white"))
        word = WORDS.get(happening.kind, "")
        text = f"{word}: {happening.text}" if word else happening.text
        line = Table.grid(padding=(0, 1))  # what is too long for one line goes on below itself
        line.add_column(width=len("Wed 31 Mar 16:20"), style="dim")
        line.add_column(width=2, style=colour)
        line.add_column(overflow="fold")
        line.add_row(f"{happening.at:%a %-d %b %H:%M}", mark, Text(plain(text), style=colour))
        if happening.why:
            line.add_row("", "", Text(plain(happening.why), style="dim"))
        self.console.print(line)
        step = happening.text.partition(" to ")[0]
        if happening.body and step not in self.shown_steps and "debrief" not in step:
            self.shown_steps.add(step)
            body = "\n".join(plain(line) for line in happening.body.splitlines())
            title = f"Drafts: {escape(plain(happening.title))}"
            self.console.print(
                Padding(Panel(Text(body), title=title, title_align="left", border_style="green"), (0, 0, 0, 4))
            )

    def closing(self, stage: Stage) -> None:
        from rich.table import Table

        from agent.cli.output import plain
        from agent.core.content import content_of

        table = Table(title="What stands in Drafts at the end", title_justify="left", expand=True)
        table.add_column("To", overflow="fold")
        table.add_column("Subject", overflow="fold")
        for _, _, raw in stage.server.messages("Drafts"):
            found = content_of(raw)
            table.add_row(plain(", ".join(a.email for a in found.to)), plain(found.subject))
        self.console.print("\n", table)
        for _, recipients, _ in stage.sink.letters:
            self.console.print(
                f"Sent, because it was confirmed: one message to {', '.join(recipients)}. Nothing else has left."
            )
        self.console.print("\nNow your own mailbox: [bold]afterword init[/bold], then [bold]afterword run[/bold].")

    def serving(self, stage: Stage) -> None:
        server = stage.server
        self.console.print(
            f"\nThe mailbox stays open: IMAP on {server.host} port {server.port}, no encryption, user {server.user}, password"
            f" {server.password}. End with Ctrl-C."
        )
