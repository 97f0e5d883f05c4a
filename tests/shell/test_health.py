"""The health file: tells a quiet daemon from a blind one, since when, and what to do; nothing of a message is in it (I13, I14)."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.errors import ConnectionLost, FolderGone, LoginRefused, StateError
from agent.shell.files import HEALTH
from agent.shell.health import STALE, Health, read_health, verdict

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def lines(folder: Path) -> str:
    well, found = verdict(folder, True)
    assert well == (found == ["watching"])
    return "\n".join(found)


def rewrite(folder: Path, **changes: Any) -> None:
    path = folder / HEALTH
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_daemon_that_has_looked_and_has_no_trouble_is_well(tmp_path: Path) -> None:
    Health(tmp_path).looked_at(NOW)
    assert verdict(tmp_path, True) == (True, ["watching"])


def test_without_a_daemon_nothing_is_well_whatever_the_file_says(tmp_path: Path) -> None:
    Health(tmp_path).looked_at(NOW)
    well, found = verdict(tmp_path, False)
    assert not well
    assert "afterword run" in found[0]


def test_a_daemon_that_never_looked_is_not_well(tmp_path: Path) -> None:
    assert "not looked" in lines(tmp_path)
    Health(tmp_path).trouble("mailbox", ConnectionLost("imap.example.com cannot be reached"), NOW)
    assert "cannot be reached" in lines(tmp_path)
    assert "could not be looked at" in lines(tmp_path)


def test_a_daemon_that_has_fallen_silent_is_not_well(tmp_path: Path) -> None:
    """It writes at least every ten minutes: a hung one does not."""
    Health(tmp_path).looked_at(NOW)
    rewrite(tmp_path, written=(datetime.now(UTC) - STALE - timedelta(minutes=1)).isoformat())
    assert "not been heard of" in lines(tmp_path)


def test_a_trouble_is_new_once_and_keeps_since_when(tmp_path: Path) -> None:
    health = Health(tmp_path)
    health.looked_at(NOW)
    assert health.trouble("mailbox", LoginRefused("the login was refused", "check the password"), NOW)
    assert not health.trouble("mailbox", ConnectionLost("cut off"), NOW + timedelta(hours=2))
    assert health.trouble("folder Sent", FolderGone("no Sent"), NOW)
    text = lines(tmp_path)
    assert "mailbox: cut off (since " in text
    assert "folder Sent: no Sent" in text
    assert health.well("mailbox", NOW + timedelta(hours=3)) == NOW
    assert health.well("mailbox", NOW + timedelta(hours=3)) is None
    assert "mailbox" not in lines(tmp_path)
    assert "check the password" not in lines(tmp_path)


def test_what_to_do_is_said(tmp_path: Path) -> None:
    health = Health(tmp_path)
    health.looked_at(NOW)
    health.trouble("smtp", LoginRefused("the login was refused", "check the password"), NOW)
    assert "check the password" in lines(tmp_path)


def test_the_file_is_private_and_replaced_whole(tmp_path: Path) -> None:
    """I13: 0600; a reader never sees half of it."""
    health = Health(tmp_path)
    for minute in range(3):
        health.looked_at(NOW + timedelta(minutes=minute))
        assert [p.name for p in tmp_path.iterdir()] == [HEALTH]
        assert stat.S_IMODE((tmp_path / HEALTH).stat().st_mode) == 0o600
        assert read_health(tmp_path) is not None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="health"):
        Health(tmp_path / "nowhere").looked_at(NOW)


# Found by this test: a health file that is JSON of another form ends in a traceback of `status` and `health`.
@pytest.mark.parametrize(
    "text", ["", "{", "\xff", "{}", "[]", "7", '{"written": "one day", "looked": null, "troubles": {}}', '{"troubles": [1]}']
)  # fmt: skip
def test_a_file_that_is_no_health_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    """Torn by a power cut, or of another version."""
    (tmp_path / HEALTH).write_text(text, encoding="latin-1")
    well, found = verdict(tmp_path, True)
    assert not well
    assert found
