"""Draws docs/demo.svg from what `afterword demo` really prints: python docs/picture.py

Only some of its happenings are shown, so that the picture is small.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

COLUMNS = 92
SHOWN = (
    "Wed 3 Mar 15:00 + draft: thank-you to tomasz",
    "Wed 3 Mar 16:20 ** ",
    "Wed 3 Mar 16:20 -> sent: thank-you",
    "Fri 5 Mar 09:40 <- ",
    "Fri 19 Mar 09:00 + ",
    "Fri 19 Mar 11:15 ",
)
COLOURS = {"<-": "#56b6c2", "->": "#56b6c2", "**": "#c678dd", "ok": "#c678dd", "+ ": "#98c379", "- ": "#e5c07b"}
PLAIN, DIM, GREEN, BLANK, BACK = "#d7dae0", "#8b93a1", "#98c379", "#e5c07b", "#1f2430"
WIDE, HIGH, EDGE, SIZE, TOP = 7.25, 17, 18, 12, 50
STARTS = re.compile(r"(\w{3} \d+ \w{3} \d\d:\d\d) +(..) +(.*)")


def happenings() -> list[list[str]]:
    """The demo's lines, each happening with the lines that belong to it."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS)}
    done = subprocess.run(
        [sys.executable, "-m", "agent", "demo"], capture_output=True, text=True, check=True, env=environment
    )
    found: list[list[str]] = []
    for line in map(str.rstrip, done.stdout.partition("What stands in Drafts")[0].splitlines()):
        if STARTS.match(line):
            found.append([line])
        elif found and line:
            found[-1].append(line)
    return found


def drawn(line: str, y: float) -> str:
    """One line as SVG text. Panels get their border from `panels`, so that the picture holds together in any font."""
    starts = STARTS.match(line)
    if starts:
        colour = COLOURS.get(starts[2], PLAIN)
        return text(EDGE, y, DIM, starts[1]) + text(EDGE + 18 * WIDE, y, colour, f"{starts[2].strip()} {starts[3]}")
    if line[4:5] in "╭╰│":
        inner = line.strip(" ╭╮╰╯│─")
        colour = GREEN if line[4] == "╭" else BLANK if inner.startswith("[[") else PLAIN
        return text(EDGE + 6 * WIDE, y, colour, inner)
    return text(EDGE + 20 * WIDE, y, DIM, line.strip())


def text(x: float, y: float, colour: str, words: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}">{escape(words)}</text>' if words else ""


def panels(lines: list[str]) -> str:
    tops = [n for n, line in enumerate(lines) if line[4:5] == "╭"]
    ends = [n for n, line in enumerate(lines) if line[4:5] == "╰"]
    return "".join(
        f'<rect x="{EDGE + 4 * WIDE}" y="{TOP + top * HIGH - 12}" width="{(COLUMNS - 4) * WIDE}" rx="6"'
        f' height="{(end - top) * HIGH + 6}" fill="none" stroke="{GREEN}"/>'
        for top, end in zip(tops, ends, strict=True)
    )


def picture(lines: list[str]) -> str:
    width, height = COLUMNS * WIDE + 2 * EDGE, len(lines) * HIGH + TOP
    rows = "\n".join(filter(None, (drawn(line, TOP + n * HIGH) for n, line in enumerate(lines))))
    dots = "".join(f'<circle cx="{EDGE + 4 + 18 * n}" cy="18" r="5" fill="#4b5363"/>' for n in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}"'
        f' role="img" font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="{SIZE}">\n'
        f"<title>What afterword demo shows</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{BACK}"/>\n{dots}\n{panels(lines)}\n{rows}\n</svg>\n'
    )


def main() -> None:
    chosen = [block for block in happenings() if " ".join(block[0].split()).startswith(SHOWN)]
    Path(__file__).with_name("demo.svg").write_text(picture([line for b in chosen for line in b]), encoding="utf-8")


if __name__ == "__main__":
    main()
