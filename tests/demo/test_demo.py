"""`afterword demo`, as somebody runs it who has just installed it: on a pipe, and on a terminal of 80 columns without colours."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

ROOT = Path(__file__).parents[2]
COLUMNS = 80
LONGEST_SECONDS = 60.0  # "Done when": within 60 s


def command(folder: Path, **more: str) -> tuple[list[str], dict[str, str]]:
    """The command, and an environment in which home and temporary files lie in `folder`. A configured mailbox is ignored."""
    places = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    for place in places.values():
        place.mkdir()
    environment = {**os.environ, **{n: str(p) for n, p in places.items()}, "PYTHONPATH": str(ROOT), **more}
    environment |= {"AFTERWORD_IMAP__HOST": "imap.real.example", "PYTHONDONTWRITEBYTECODE": "1"}
    return [sys.executable, "-m", "agent", "demo"], environment


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() or path.is_socket()]


@pytest.fixture(scope="module")
def piped(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run without a terminal, and the folder that it could write to."""
    folder = tmp_path_factory.mktemp("piped")
    words, environment = command(folder)
    done = subprocess.run(
        words, env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=LONGEST_SECONDS, check=False,
    )  # fmt: skip
    return done, folder


Piped = tuple[subprocess.CompletedProcess[str], Path]


def test_it_ends_well_and_complains_of_nothing(piped: Piped) -> None:
    done, _ = piped
    assert (done.returncode, done.stderr) == (0, "")


def test_it_leaves_nothing_behind(piped: Piped) -> None:
    _, folder = piped
    assert left(folder) == []


@pytest.mark.parametrize(
    ("what", "whom", "rule"),
    [
        ("draft: thank-you", "tomasz.wrona@kestrelmapping.example", "P10"),
        ("draft: thank-you", "ewan.baird@saltmarshmuseum.example", "P10"),
        ("draft: follow-up", "ewan.baird@saltmarshmuseum.example", "P11"),
        ("draft: follow-up", "maya.lindqvist@kestrelmapping.example", "P23"),
        ("draft: reply to the offer", "ewan.baird@saltmarshmuseum.example", "P15"),
        ("draft: note about another offer", "maya.lindqvist@kestrelmapping.example", "P16"),
        ("draft taken back: follow-up", "maya.lindqvist@kestrelmapping.example", "P2"),
        ("you confirmed: thank-you", "tomasz.wrona@kestrelmapping.example", "P1"),
        ("sent: thank-you", "tomasz.wrona@kestrelmapping.example", "P10"),
        ("note to you: preparation note", "robin@ashby.example", "P18"),
    ],
    ids=lambda value: str(value) if str(value).startswith("P") else None,
)
def test_it_shows_what_happens_and_why(piped: Piped, what: str, whom: str, rule: str) -> None:
    """Issue 2, point 9: drafts, reasons, withdrawal and sending. Lines that were too long go on below themselves."""
    told = " ".join(piped[0].stdout.split())
    assert re.search(rf"{what} to {re.escape(whom)} {rule}: \w", told)


def test_it_shows_the_text_of_a_draft_with_its_blank(piped: Piped) -> None:
    """P7: what only the owner can know."""
    assert re.search(r"│ \[\[.*\]\] +│", piped[0].stdout)


def test_nothing_is_sent_but_what_was_confirmed(piped: Piped) -> None:
    """P1."""
    told = " ".join(piped[0].stdout.split())
    assert re.findall(r"Sent, because it was confirmed: (.*?)\.e", told) == [
        "one message to tomasz.wrona@kestrelmapping"
    ]
    assert told.count(" sent: thank-you to") == 1


def test_on_a_pipe_there_are_no_escape_sequences(piped: Piped) -> None:
    assert "\x1b" not in piped[0].stdout


def on_a_terminal(words: list[str], environment: dict[str, str], folder: Path) -> tuple[int, str]:
    """Run it on a pseudo-terminal of 80 columns -> exit code, what it showed."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    process = subprocess.Popen(words, env=environment, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = bytearray()
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux: the other side was closed
        pass
    os.close(ours)
    return process.wait(LONGEST_SECONDS), shown.decode()


def test_on_a_terminal_it_fits_and_does_without_colours(tmp_path: Path) -> None:
    """no-color.org; nobody's terminal has to be wider than 80 columns."""
    variables = {"NO_COLOR": "1", "TERM": "xterm-256color"}
    words, environment = command(tmp_path, **variables)
    environment.pop("COLUMNS", None)
    code, shown = on_a_terminal(words, environment, tmp_path)
    assert code == 0
    assert not re.search(r"\x1b\[[\d;]*[34][0-8]", shown)  # dim and bold may be there
    lines = re.sub(r"\x1b\[[\d;]*m", "", shown).replace("\r\n", "\n").split("\n")
    assert max(map(len, lines)) <= COLUMNS
    assert "Traceback" not in shown
    assert left(tmp_path) == []
