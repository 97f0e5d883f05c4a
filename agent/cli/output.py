"""Tables and dates for a terminal of 80 columns. What came out of mail is cleaned before it is shown (I12)."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

WIDTH = 80


def width() -> int:
    return max(60, min(shutil.get_terminal_size((WIDTH, 24)).columns, 120))


def plain(text: object) -> str:
    """One line without control characters: no escape sequence of a stranger reaches the terminal."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def cut(text: object, length: int) -> str:
    made = plain(text)
    return made if len(made) <= length else made[: max(0, length - 1)] + "…"


def table(rows: Sequence[Sequence[object]], head: Sequence[str], shares: Sequence[int], out: Any = None) -> None:
    """Columns with at most these shares of the line; the last one takes what is left."""
    whole = width()
    texts = [[plain(cell) for cell in row] for row in (head, *rows)]
    widths = [min(max((len(row[i]) for row in texts), default=0), shares[i] * whole // 100) for i in range(len(head))]
    widths[-1] = max(8, min(widths[-1], whole - sum(widths[:-1]) - 2 * (len(head) - 1)))
    stream = out or sys.stdout
    for row in texts:
        line = "  ".join(cut(cell, widths[i]).ljust(widths[i]) for i, cell in enumerate(row)).rstrip()
        print(line, file=stream)


def day(text: str | None, now: datetime | None = None) -> str:
    """An ISO moment as "Fri 11 Dec", with the year where it is another one."""
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    year = f" {moment.year}" if now is not None and moment.year != now.year else ""
    return f"{moment:%a} {moment.day} {moment:%b}{year}"


def clock(text: str | None) -> str:
    return f"{day(text)} {datetime.fromisoformat(text):%H:%M}" if text else ""


def as_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def wrapped(text: str, indent: str = "") -> str:
    import textwrap

    return textwrap.fill(plain(text), width(), initial_indent=indent, subsequent_indent=indent + "  ")
