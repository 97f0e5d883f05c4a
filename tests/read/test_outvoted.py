"""Mail in which many words speak against the one sentence that counts, or sound like what they are not: each block of `outvoted.txt`
was once misread by the second opinion, or by the cues alone.

A block is `%% what had happened | wanted | subject | sender`; wanted may name several, with "sent:" before it where Ann wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.read.mail import BO, ME, ZONE, conversation, reading

DATA = Path(__file__).with_name("outvoted.txt")
RE = re.compile(r"^Re: ")


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 10, 12, tzinfo=ZONE)


# What the mails before say, their subjects, and their days in March.
FIXED = (
    "Dear Ann,\n\nThank you for your application for the role of Tester at Firm. Your interview will take place on Tuesday 10 March at "
    "14:00 at our office in Leeds. You will meet me and our team lead Cara Coe.\n\nKind regards,\nBo Boss\nFirm",
    "Interview for Tester",
    4,
)
APPLIED = (
    "Dear Ann,\n\nThank you for applying for the role of Tester at Firm. We have received your application and are reading through all "
    "of them now.\n\nKind regards,\nBo Boss\nFirm",
    "Your application for Tester",
    4,
)
OFFERED = (
    "Dear Ann,\n\nWe are delighted to offer you the position of Tester at Firm, at a salary of 38,000. Please let us know by 27 March "
    "whether you accept.\n\nKind regards,\nBo Boss\nFirm",
    "Re: Interview for Tester",
    16,
)
# What had happened -> the mail before, and the day in March on which the one in question comes.
SITUATIONS = {
    "nothing": ((), 4),
    "applied": ((APPLIED,), 9),
    "ahead": ((FIXED,), 6),
    "just held": ((FIXED,), 11),
    "held": ((FIXED,), 16),
    "offered": ((FIXED, OFFERED), 17),
    "long held": ((FIXED,), 27),
}


class Block(NamedTuple):
    situation: str
    wanted: str
    subject: str
    sender: str
    text: str


def blocks() -> Iterator[Block]:
    for block in DATA.read_text(encoding="utf-8").split("%% ")[1:]:
        head, text = block.split("\n", 1)
        situation, wanted, subject, sender = (part.strip() for part in head.split("|"))
        yield Block(situation, wanted, subject, sender, text.strip())


def told(block: Block) -> str:
    """The kind, "unclear" for an unclear one; of a first mail, whether it opens an opportunity."""
    before, day = SITUATIONS[block.situation]
    earlier = [reading(text, subject=subject, at=at(on)) for text, subject, on in before]
    sent = block.wanted.startswith("sent:")
    headers, subject = {}, block.subject or "Hello"
    if earlier and not block.sender:
        headers = {"In-Reply-To": earlier[-1].message_id}
        subject = block.subject or "Re: " + RE.sub("", earlier[-1].subject)
    sender, to = (ME, BO) if sent else (block.sender or BO, ME)
    one = reading(block.text, subject=subject, sender=sender, to=to, at=at(day), headers=headers)
    book = conversation(*earlier, one)
    if not earlier:
        return "open" if book.opportunities else "shut"
    row = book.rows[one.message_id]
    return ("sent:" if sent else "") + ("unclear" if row.unclear else row.kind.value)


@pytest.mark.parametrize(
    "block", tuple(blocks()), ids=lambda block: f"{block.situation}: {block.text[:40]}".replace("\n", " ")
)
def test_one_sentence_is_not_outvoted_by_many_and_oddness_is_no_refusal(block: Block) -> None:
    """P2 and POLICY, "Settled cases"."""
    side = "sent:" if block.wanted.startswith("sent:") else ""
    assert told(block) in {side + wanted for wanted in block.wanted.removeprefix("sent:").split("/")}
