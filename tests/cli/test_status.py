"""`status`, `show`, `drafts`, `export`, `health`: what they show to a person and to a program, and that `status` is quick."""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.cli.output import cells, cut, plain, table, wrapped
from agent.shell.files import DATABASE, locked
from agent.shell.health import Health
from agent.shell.store import EventRow, Held, Place, StepRow
from tests.cli.home import Home, fits

FIRMS = {"Harrow Museum", "Lanternby Ferries", "Quillstone Press"}
HEAVY = (
    "imapclient", "jinja2", "icalendar", "pymap", "aiosmtplib", "apscheduler", "pydantic", "rich", "selectolax", "holidays", "mailparser",
    "asyncio", "agent.config", "agent.shell.store", "agent.core.fold",
)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- status


def test_status_tells_stage_since_when_next_step_and_drafts(known: Home) -> None:
    """CONTRACT: "stage, waiting since, next step and its day, drafts to review"."""
    said = known("status")
    assert said.code == 0
    assert said.err == ""
    rows = [line for line in said.out.splitlines() if "Harrow Museum – Archivist" in line]
    assert len(rows) == 1
    held = datetime.now(UTC) - timedelta(days=17, hours=2)
    assert re.search(r"waiting\s+\w{3} \d{1,2} \w{3}( \d{4})?\s+follow-up: draft is ready", rows[0])
    assert any(f" {d.day} {d:%b}" in rows[0] for d in (held - timedelta(hours=12), held, held + timedelta(hours=12)))
    assert "Drafts to review (5):" in said.out
    assert said.out.count("follow-up, ") == 3
    assert "afterword run" in said.out, "the daemon is not running"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (Held.PUT, "follow-up: draft is ready"),
        (Held.MISSING, "follow-up: draft not found"),
        (Held.GONE, "wait: you deleted the follow-up"),
    ],
)
def test_a_draft_is_ready_only_where_one_stands(known: Home, state: Held, says: str) -> None:
    """P4: minutes after its owner deleted it there is none, whatever the plan offers."""
    with known.store() as store:
        for row in store.steps(Held.PUT):
            if row.step == "follow_up_1":
                store.write_step(replace(row, state=state))
        store.remember("snapshot", "")
    assert known.status()["Harrow Museum"]["next"] == says
    assert known("show", "museum", "--json").json["next"] == says


def test_drafts_are_listed_with_their_blanks(known: Home) -> None:
    """CONTRACT: "drafts now standing, with their blanks" (P7)."""
    rows = known("drafts", "--json").json["drafts"]
    blanks = [b for row in rows for b in row["blanks"]]
    assert blanks
    assert f"[[{blanks[0]}]]" in " ".join(known("drafts").out.split())
    assert [row["blanks"] for row in known("status", "--json").json["drafts"]] == [row["blanks"] for row in rows]


def test_at_80_columns_the_next_step_is_not_cut(known: Home) -> None:
    known("tell", "museum", "--role", "Keeper of the maps and of many other things that take room")
    (row,) = [line for line in known("status").out.splitlines() if line.partition("  ")[2].startswith("Harrow Museum")]
    assert row.endswith("follow-up: draft is ready")


def test_status_in_json_has_a_fixed_form(known: Home) -> None:
    found = known("status", "--json").json
    assert set(found) == {
        "at", "version", "opportunities", "drafts", "set_aside", "impostors", "valid_until", "daemon",
    }  # fmt: skip
    assert found["daemon"]["running"] is False
    assert {row["organisation"] for row in found["opportunities"]} >= FIRMS
    for row in found["opportunities"]:
        assert {"id", "organisation", "role", "stage", "since", "next", "next_at", "reply_by", "main_contact"} <= set(
            row
        )
        assert datetime.fromisoformat(row["since"]).tzinfo is not None
    for row in found["drafts"]:
        assert {"id", "opportunity", "step", "state", "to", "subject", "rule", "why", "message_id"} <= set(row)


def test_closed_opportunities_are_shown_only_when_asked_for(known: Home) -> None:
    known("tell", "museum", "--stage", "closed")
    assert "Harrow Museum" not in known("status").out.partition("Drafts")[0]
    assert re.search(r"Harrow Museum.*closed", known("status", "--all").out)
    assert "Harrow Museum" not in {row["organisation"] for row in known("status", "--json").json["opportunities"]}


def test_where_nothing_is_known_that_is_said(known: Home) -> None:
    for row in known.status().values():
        known("tell", row["id"], "--stage", "closed")
    assert "No open opportunity" in known("status").out


@pytest.mark.parametrize("columns", ["80", "60", "20", "200"])
def test_no_line_is_longer_than_the_terminal(known: Home, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """80 columns unless it is said otherwise; never below 60, never above 120."""
    monkeypatch.setenv("COLUMNS", columns)
    most = max(60, min(int(columns), 120))
    with known.store() as store:
        reason = "a reason of many words " * 9
        store.set_aside(
            Place("A folder with a very long name indeed/and another", 1, 7), "0", reason, datetime.now(UTC)
        )
        store.remember("snapshot", "")
    for words in (["status", "--all"], ["drafts"], ["show", "museum"], ["health"]):
        assert fits(known(*words).out, most) == []


@pytest.mark.parametrize(
    ("ago", "code", "says"),
    [(timedelta(), 0, ""), (timedelta(hours=2), 1, "not been heard of")],
    ids=["well", "silent"],
)
def test_the_exit_code_tells_a_blind_daemon(known: Home, ago: timedelta, code: int, says: str) -> None:
    """I14: by `status`, and by exit code."""
    Health(known.state).looked_at(datetime.now(UTC))
    path = known.state / "health.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps(found | {"written": (datetime.now(UTC) - ago).isoformat()}))
    with locked(known.state):
        for words in (["status"], ["health"]):
            said = known(*words)
            assert said.code == code
            assert says in said.out
        assert known("status", "--json").json["daemon"]["well"] is (code == 0)


def test_health_without_a_daemon_is_bad(known: Home) -> None:
    said = known("health")
    assert said.code == 1
    assert "afterword run" in said.out


# -------------------------------------------------------------------------------------------------------- the snapshot


def change_snapshot(home: Home, change: Callable[[dict[str, Any]], object]) -> None:
    with sqlite3.connect(home.state / DATABASE) as connection:
        (text,) = connection.execute("SELECT value FROM meta WHERE name = 'snapshot'").fetchone()
        found = json.loads(text)
        change(found)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'snapshot'", (json.dumps(found),))


def mark(found: dict[str, Any]) -> None:
    """A snapshot that can be told from what would be worked out anew."""
    found["opportunities"][0]["organisation"] = "From the snapshot"


def shows_snapshot(home: Home) -> bool:
    return "From the snapshot" in home("status", "--json").out


def test_the_snapshot_is_shown_while_it_holds(known: Home) -> None:
    change_snapshot(known, mark)
    assert shows_snapshot(known)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.update(valid_until=(datetime.now(UTC) - timedelta(minutes=1)).isoformat()),
        lambda found: found.update(version="0.0.0"),
        lambda found: found.pop("version"),
    ],
    ids=["its-time-is-over", "of-another-version", "of-no-version"],
)
def test_a_snapshot_that_does_not_hold_any_more_is_worked_out_anew(
    known: Home, change: Callable[[dict[str, Any]], object]
) -> None:
    """What is shown is never out of date: a draft whose time came, a word that was said."""
    change_snapshot(known, mark)
    change_snapshot(known, change)
    assert not shows_snapshot(known)
    assert set(known.status()) >= FIRMS


@pytest.mark.parametrize("text", ["", "{", "no JSON"])
def test_a_snapshot_that_cannot_be_read_is_worked_out_anew(known: Home, text: str) -> None:
    with known.store() as store:
        store.remember("snapshot", text)
    assert set(known.status()) >= FIRMS


def test_after_a_word_the_snapshot_is_not_shown_any_more(known: Home) -> None:
    change_snapshot(known, mark)
    known("tell", "museum", "--role", "Keeper")
    assert not shows_snapshot(known)
    assert known.status()["Harrow Museum"]["role"] == "Keeper"


QUICK = """
import sys
from agent.cli import main
try:
    code = main(sys.argv[2:])
except SystemExit as leaving:
    code = leaving.code
print([name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "words", [["status"], ["status", "--json", "--all"], ["--help"], ["--version"], ["tell", "--help"], ["health"]]
)
def test_what_should_be_quick_imports_nothing_heavy(known: Home, words: list[str]) -> None:
    """`status` shows the snapshot, and checks the configuration once after each change; help shows text."""
    known("status")
    done = subprocess.run(
        [sys.executable, "-c", QUICK, " ".join(HEAVY), *words, *([] if words[0].startswith("--") else ["-c", known.config])],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if words == ["health"] else 0)
    assert done.stderr == "[]\n"
    assert done.stdout


def on_a_terminal(words: list[str], **environment: str) -> str:
    """What a command prints where its output is a terminal."""
    main_end, its_end = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "agent", *words],
        stdout=its_end,
        stderr=its_end,
        stdin=its_end,
        env={**os.environ, **environment},
    )
    os.close(its_end)
    said = b""
    try:
        while data := os.read(main_end, 65536):
            said += data
    except OSError:  # Linux: EIO when the other end is closed
        pass
    finally:
        os.close(main_end)
    assert done.wait(30) == 0
    return said.decode()


def test_without_colour_there_is_none(known: Home) -> None:
    """NO_COLOR, and where the output is no terminal at all."""
    assert "\x1b" not in on_a_terminal(["status", "-c", str(known.config)], NO_COLOR="1", TERM="xterm-256color")
    for words in (["status"], ["show", "museum"], ["drafts"]):
        assert "\x1b" not in known(*words).out


# ---------------------------------------------------------------------------------------------------------- show, drafts


def test_show_tells_messages_reasons_and_steps(known: Home) -> None:
    """P9: the rule, the dates, the messages and the words that it rests on; I6: what was searched."""
    said = known("show", "museum")
    assert said.code == 0
    for part in (
        "Harrow Museum – Archivist",
        "Ellis Groves",
        "interview held",
        "glad to confirm your interview",
        "P11",
        "searched INBOX",
    ):
        assert part in " ".join(said.out.split())
    found = known("show", "museum", "--json").json
    assert [m["kind"] for m in found["messages"]] == ["interview_confirmation", "thank_you"]
    assert {"id", "step", "to", "state", "rule", "why"} <= set(found["steps"][0])
    assert "searched" in {e["what"] for e in found["events"]}


def test_an_opportunity_is_named_by_id_end_of_id_organisation_or_role(known: Home) -> None:
    whole = known.status()["Harrow Museum"]["id"]
    for name in (whole, whole.upper(), whole[:8], whole.rpartition("-")[2], "museum", "HARROW", "archiv"):
        assert known("show", name, "--json").json["id"] == whole


@pytest.mark.parametrize(("name", "says"), [("nowhere ltd", "status --all"), ("r", "several"), ("", "several")])
def test_a_name_that_is_not_exactly_one_is_told(known: Home, name: str, says: str) -> None:
    """Exit 2: never the wrong one by guess."""
    said = known("show", name)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_drafts_lists_what_stands_and_why(known: Home) -> None:
    said = known("drafts")
    assert said.code == 0
    assert said.out.count("P11: no date was promised") == 3
    found = known("drafts", "--json").json["drafts"]
    assert sorted(d["step"] for d in found) == ["debrief", "follow_up_1", "follow_up_1", "follow_up_1", "thank_you"]
    for draft in found:
        assert draft["id"] in said.out


def test_where_no_draft_stands_that_is_said(known: Home) -> None:
    with known.store() as store:
        for row in store.steps():
            store.drop_step(row.key)
    assert known("drafts").out == "No draft stands now.\n"
    assert known("drafts", "--json").json == {"drafts": []}


def test_what_a_stranger_wrote_cannot_move_the_cursor(known: Home) -> None:
    """I12: escape sequences and line ends of a subject."""
    now = datetime.now(UTC)
    with known.store() as store:
        row = StepRow(
            "k",
            "<1@x.example>",
            "x",
            "thank_you",
            Held.PUT,
            subject="s",
            recipients=("a@\x1b[2Jb.example",),
            why="\x1b]0;x\x07\r\n",
            at=now,
        )
        store.write_step(row, EventRow(now, "x", "k", "put", "P10", "\x1b[31m"))
    for words in (["drafts"], ["status"]):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", known(*words).out)


def test_export_writes_everything_as_json(known: Home) -> None:
    known("news", "A prize.")
    said = known("export")
    assert (said.code, said.err) == (0, "")
    assert set(said.json) == {"overview", "opportunities", "readings", "words", "ledger", "events"}
    assert len(said.json["opportunities"]) == 4
    assert [w["verb"] for w in said.json["words"]] == ["news"]
    assert {row["state"] for row in said.json["ledger"]} >= {"put"}
    assert len({row["message_id"] for row in said.json["readings"]}) == len(said.json["readings"])


# --------------------------------------------------------------------------------------------------------------- output


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("Zürich", 6), ("東京", 4), ("한국어", 6), ("e\u0301a", 2), ("", 0)]
)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text: str, columns: int) -> None:
    """UAX #11."""
    assert cells(text) == columns


@pytest.mark.parametrize(
    ("text", "length", "made"),
    [("Harrow", 6, "Harrow"), ("Harrow", 5, "Harr…"), ("東京都庁", 6, "東京…"), ("a\nb", 9, "a b")],
)
def test_what_is_too_long_is_cut_with_a_mark(text: str, length: int, made: str) -> None:
    assert cut(text, length) == made


def test_a_table_gives_way_where_it_is_widest(capsys: pytest.CaptureFixture[str]) -> None:
    table([("1f3b", "東" * 60, "x" * 70), ("77c0", "b", "c")], ("ID", "NAME", "TO"))
    lines = capsys.readouterr().out.splitlines()
    assert all(cells(line) <= 80 for line in lines)
    assert lines[1].startswith("1f3b  東")
    assert lines[1].endswith("x…")


def test_plain_text_keeps_its_letters() -> None:
    assert plain("Grüße\t“é”\x1b[0m\u202e") == "Grüße “é” [0m "
    assert wrapped("one two", "  ") == "  one two"
