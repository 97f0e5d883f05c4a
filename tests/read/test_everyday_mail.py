"""Everyday and awkward mail that others published: it makes no opportunity and stops nothing (POLICY, "What makes an opportunity").

The archives lie beside the project, in ../shared/mail; without them these tests are skipped. Nothing of them is kept here.
"""

from __future__ import annotations

import logging
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.core.decode.message import Unreadable, decode
from agent.core.read.reader import read
from tests.read.mail import OWNER, conversation

FOLDER = Path(__file__).parents[3] / "shared" / "mail"
EVERY = 15  # one message out of so many: a fixed sample


def of_archive(name: str, every: int) -> Iterator[tuple[str, bytes]]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not there: it is published test data that the project does not carry")
    with tarfile.open(path) as archive:
        files = [m for m in archive.getmembers() if m.isfile() and not m.name.endswith(".md")]
        for member in sorted(files, key=lambda m: m.name)[::every]:
            data = archive.extractfile(member)
            if data is not None:
                yield member.name, data.read()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Damaged mail makes the parsers below talk."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def opened(raw: bytes) -> bool:
    try:
        found = decode(raw, OWNER.addresses)
    except Unreadable:
        return False
    return bool(conversation(read(found, OWNER)).opportunities)


@pytest.mark.parametrize(("archive", "every"), [("everyday.tar.xz", EVERY), ("awkward.tar.xz", 1)])
def test_none_of_it_makes_an_opportunity_and_none_of_it_raises(archive: str, every: int) -> None:
    names = [name for name, raw in of_archive(archive, every) if opened(raw)]
    assert names == []
