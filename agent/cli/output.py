"""Tables and dates for a terminal of 80 columns. What came out of mail is cleaned before it is shown (I12)."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

WIDTH = 80


def width() -> int:
    return max(60, min(shutil.get_terminal_size((WIDTH, 24)).columns, 120))


def plain(text: object) -> str:
    """One line without control characters: no escape sequence of a stranger reaches the terminal."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def cells(text: str) -> int:
    """How many columns a text takes: letters of East Asia take two (UAX #11), combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: object, length: int) -> str:
    """At most so many columns of a text, with a mark where something was left out."""
    made = plain(text)
    if cells(made) <= length:
        return made
    while made and cells(made) > length - 1:
        made = made[:-1]
    return made + "…"


LEAST = 20


def table(rows: Sequence[Sequence[object]], head: Sequence[str], yields: int | None = None) -> None:
    """Columns as wide as what stands in them; where the line is too short column `yields` gives way down to LEAST, then the widest."""
    texts = [[plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(cells(row[i]) for row in texts) for i in range(len(head))]
    while sum(widths) + 2 * (len(head) - 1) > width():
        first = yields is not None and widths[yields] > LEAST
        widths[yields if yields is not None and first else widths.index(max(widths))] -= 1
    for row in texts:
        fitted = [cut(cell, widths[i]) for i, cell in enumerate(row)]
        print("  ".join(t + " " * (widths[i] - cells(t)) for i, t in enumerate(fitted)).rstrip())


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

    # paths and addresses stay whole where they can
    return textwrap.fill(
        plain(text), width(), initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
