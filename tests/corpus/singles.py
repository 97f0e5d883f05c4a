"""Single messages and labelled sentences (plain text files) -> values, and single messages -> messages as read by `reader`.

`singles/**.txt`: blocks `%% label | subject`, the text below; ‹…› marks the words that decide. `sentences/*.txt`: a line `== label`,
then one utterance per line. A label of sent mail begins with "sent:" (singles) or "s:" (sentences).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agent.core.decode import own
from agent.core.read.reader import Owner
from agent.core.values import Address, Direction, Message

HERE = Path(__file__).parent
OWNER = Owner(("Sam Taylor",), frozenset({"sam@home.example"}), ZoneInfo("Europe/London"), False)
MINE = Address("Sam Taylor", "sam@home.example")
THEIRS = Address("", "someone@firm.example")
WRITTEN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
MARKED = re.compile(r"‹(.*?)›", re.S)


@dataclass(frozen=True)
class Single:
    """One message by itself. `label`: a kind, or "courtesy", "unclear", "foreign"; with "sent:" before it where the owner wrote."""

    label: str
    subject: str
    marked: str
    source: str

    @property
    def sent(self) -> bool:
        return self.label.startswith("sent:")

    @property
    def text(self) -> str:
        return self.marked.replace("‹", "").replace("›", "")

    @property
    def spans(self) -> tuple[str, ...]:
        """The words that decide, each on one line."""
        return tuple(" ".join(span.split()) for span in MARKED.findall(self.marked))

    def message(self) -> Message:
        """As it would be decoded: written to or by Sam Taylor on 4 March 2026."""
        lines = [line for line in self.text.strip().split("\n") if line.strip()]
        body = own.split(self.text, writer=lines[-1] if lines and len(lines[-1]) < 40 else "")
        sender, to = (MINE, THEIRS) if self.sent else (THEIRS, MINE)
        direction = Direction.SENT if self.sent else Direction.RECEIVED
        return Message("<one@firm.example>", direction, WRITTEN, sender, self.subject, to=(to,), body=body)


@dataclass(frozen=True)
class Utterance:
    """A sentence or two that do one thing."""

    label: str
    text: str
    source: str


def singles(folder: Path) -> Iterator[Single]:
    """All single messages of a folder, in the order of file names."""
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"(?m)^%% ", path.read_text(encoding="utf-8"))[1:]:
            head, _, text = block.partition("\n")
            label, _, subject = head.partition("|")
            yield Single(label.strip(), subject.strip(), text.strip("\n"), path.stem)


def utterances(folder: Path = HERE / "sentences") -> Iterator[Utterance]:
    for path in sorted(folder.glob("*.txt")):
        label = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                label = line[3:].strip()
            elif line.strip():
                yield Utterance(label, line.strip(), path.stem)
