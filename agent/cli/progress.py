"""A progress bar for long work, on a terminal only; elsewhere nothing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Progress = Callable[[str, int, int], None]
WORTH_SHOWING = 100


@contextlib.contextmanager
def folder_progress() -> Iterator[Progress]:
    """Gives a function (what, done, of) that draws a bar for each `what`."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in tasks and of >= WORTH_SHOWING:
                tasks[what] = bars.add_task(what, total=of)
            if what in tasks:
                bars.update(tasks[what], completed=done)

        yield show
