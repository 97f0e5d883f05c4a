"""`replay` and `read`: mail on disk, no server, and an output that programs rely on (CONTRACT, "JSON of `replay --json`")."""

from __future__ import annotations

import mailbox
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.home import Home, Said, afterword, fits
from tests.world import letters
from tests.world.letters import PRESS, Letter

NOW = datetime(2027, 3, 17, 12, tzinfo=UTC)  # a Wednesday
ME = ("--me", "ada@obi.example", "--timezone", "Africa/Lagos", "--name", "Ada Obi")
UNTIL = ("--until", NOW.isoformat())


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """CONTRACT: touches no server."""

    def forbidden(*words: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", forbidden)


def mail() -> list[Letter]:
    return [letter for letter in letters.mailbox(NOW) if letter.folder != "Drafts"]


def as_folder(path: Path) -> Path:
    (path / "deep").mkdir(parents=True)
    for number, letter in enumerate(mail()):
        (path / ("deep" if number % 2 else ".") / f"{number:03}.eml").write_bytes(letter.raw)
    (path / "notes.txt").write_text("no mail")
    return path


def as_mbox(path: Path) -> Path:
    box = mailbox.mbox(path)
    for letter in mail():
        box.add(letter.raw)
    box.close()
    return path


def as_maildir(path: Path) -> Path:
    box = mailbox.Maildir(path)
    sent = box.add_folder("Sent")
    for letter in mail():
        (sent if letter.folder == "Sent" else box).add(letter.raw)
    return path


def replayed(path: Path, *words: object) -> Said:
    said = afterword("replay", path, *ME, *UNTIL, *words)
    assert (said.code, said.err) == (0, "")
    return said


# ---------------------------------------------------------------------------------------------------------------- replay


def test_an_mbox_a_maildir_and_a_folder_say_the_same(tmp_path: Path) -> None:
    found = [replayed(make(tmp_path / make.__name__), "--json").json for make in (as_folder, as_mbox, as_maildir)]
    assert found[0] == found[1] == found[2]
    assert len(found[0]["opportunities"]) == 4


def test_the_json_has_the_form_of_the_contract(tmp_path: Path) -> None:
    found = replayed(as_folder(tmp_path / "mail"), "--json").json
    assert set(found) == {"opportunities", "messages", "actions"}
    for row in found["opportunities"]:
        assert set(row) >= {"id", "organisation", "role", "stage", "reply_by", "main_contact", "interviews", "messages"}
        for interview in row["interviews"]:
            assert set(interview) >= {"start", "end", "interviewers", "status"}
            assert datetime.fromisoformat(interview["start"]).tzinfo is not None
    for row in found["messages"]:
        assert set(row) >= {"message_id", "direction", "kind", "unclear", "opportunity", "reply_by", "why"}
        assert row["message_id"].startswith("<") and row["message_id"].endswith(">")
    for row in found["actions"]:
        assert set(row) >= {"at", "action", "step", "opportunity", "to", "cc", "subject", "in_reply_to", "message_id", "body", "blanks", "rule", "why"}  # fmt: skip
        assert row["action"] in ("draft", "note", "withdraw", "missed")
        assert datetime.fromisoformat(row["at"]).utcoffset() is not None
    assert (
        sorted(r["step"] for r in found["actions"] if r["action"] == "draft" and r["step"] == "follow_up_1")
        == ["follow_up_1"] * 3
    )
    follow_up = next(r for r in found["actions"] if r["to"] == [PRESS.address] and r["step"] == "follow_up_1")
    assert (follow_up["rule"], follow_up["cc"]) == ("P11", [])
    assert datetime.fromisoformat(follow_up["at"]).hour == 9


def test_it_stops_where_it_is_told_to(tmp_path: Path) -> None:
    path = as_folder(tmp_path / "mail")
    before = afterword("replay", path, *ME, "--until", (NOW - timedelta(days=8)).date(), "--json").json
    assert not any(r["step"] == "follow_up_1" for r in before["actions"])
    for until in (NOW.isoformat(), f"{NOW:%Y-%m-%dT%H:%M}", f"{NOW:%Y-%m-%d}"):
        assert afterword("replay", path, *ME, "--until", until, "--json").code == 0


def test_for_a_person_it_shows_the_drafts_and_why_within_the_terminal(tmp_path: Path) -> None:
    said = replayed(as_folder(tmp_path / "mail"))
    assert fits(said.out) == []
    for part in ("P11", "Quillstone Press", "    | Dear Nadia", "4 opportunities"):
        assert part in said.out


def test_nothing_is_written_beside_the_mail(tmp_path: Path) -> None:
    path = as_mbox(tmp_path / "mail.mbox")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    replayed(path)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if "xdg" not in str(p)} == before


def test_options_go_before_the_configuration(home: Home, tmp_path: Path) -> None:
    path = as_folder(tmp_path / "mail")
    plain = home("replay", path, *UNTIL, "--json")
    assert plain.code == 0
    assert "Ada Obi" in str(plain.json["actions"])
    other = home("replay", path, *UNTIL, "--name", "Ada Okafor", "--json")
    assert "Ada Okafor" in str(other.json["actions"])
    stranger = home("replay", path, *UNTIL, "--me", "nobody@else.example", "--json")
    assert {row["direction"] for row in stranger.json["messages"]} == {"received"}


def test_without_an_address_the_persons_own_configuration_is_taken(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_CONFIG", str(home.config))
    said = afterword("replay", as_folder(tmp_path / "mail"), *UNTIL, "--json")
    assert said.code == 0
    assert {row["direction"] for row in said.json["messages"]} == {"received", "sent"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["{mail}"], "--me"),
        (["{mail}", "--me", "ada"], "--me: 'ada'"),
        (["{none}", *ME], "does not exist"),
        (["{empty}", *ME], "no message was found"),
        (["{text}", *ME], "no message was found"),
        (["{mail}", *ME, "--timezone", "Africa/Nowhere"], "--timezone"),
        (["{mail}", *ME, "--country", "XX"], "--country"),
        (["{mail}", *ME, "--until", "soon"], "--until"),
        (["{mail}", *ME, "-c", "{none}"], "no configuration"),
    ],
    ids=["no-address", "odd-address", "no-path", "empty", "no-mail", "zone", "country", "until", "configuration"],
)
def test_what_cannot_be_replayed_is_told(tmp_path: Path, words: list[str], says: str) -> None:
    """Exit 2, and what would be right."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("no mail at all\n")
    places = {
        "mail": as_folder(tmp_path / "mail"),
        "none": tmp_path / "none",
        "empty": tmp_path / "empty",
        "text": tmp_path / "text.txt",
    }
    said = afterword("replay", *(w.format(**places) for w in words))
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert said.err.startswith("afterword: ")
    assert len(said.err.splitlines()) <= 2


def test_a_wrong_option_beside_a_configuration_is_told_too(home: Home, tmp_path: Path) -> None:
    for option in (("--timezone", "Africa/Nowhere"), ("--country", "XX"), ("--me", "ada")):
        said = home("replay", as_folder(tmp_path / option[0]), *option)
        assert said.code == 2
        assert option[0] in said.err


# ------------------------------------------------------------------------------------------------------------------ read


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for number, letter in enumerate(mail()):
        made.append(tmp_path / f"{number}.eml")
        made[-1].write_bytes(letter.raw)
    return made


def rows_of(*words: object) -> list[dict[str, Any]]:
    said = afterword("read", *words, "--me", "ada@obi.example", "--json")
    assert (said.code, said.err) == (0, "")
    assert set(said.json) == {"messages"}
    rows: list[dict[str, Any]] = said.json["messages"]
    return rows


def test_there_is_one_row_for_each_file_in_the_order_given(files: list[Path]) -> None:
    order = [files[3], files[0], files[3], files[1]]
    assert [row["file"] for row in rows_of(*order)] == [str(f) for f in order]


def test_a_row_has_the_form_of_the_contract(files: list[Path]) -> None:
    for row in rows_of(*files):
        assert set(row) >= {
            "file", "message_id", "direction", "kind", "unclear", "reply_by", "why", "interviews", "people", "organisation", "role",
        }  # fmt: skip
        assert "error" not in row
    invitation = next(r for r in rows_of(*files) if r["message_id"] == f"<{PRESS.invitation}>")
    assert (invitation["kind"], invitation["direction"]) == ("interview_confirmation", "received")
    assert invitation["role"] == PRESS.role
    assert len(invitation["interviews"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"no header at all", b"Subject: nobody wrote this\r\n\r\ntext", None, "folder"],
    ids=["empty", "zeros", "text", "no-sender", "missing", "folder"],
)  # fmt: skip
def test_a_file_that_holds_no_message_still_has_its_row(
    tmp_path: Path, files: list[Path], content: bytes | str | None
) -> None:
    """CONTRACT: kind `other`, `error` saying why, exit code 0; the files after it are read."""
    odd = tmp_path / "odd.eml"
    if content == "folder":
        odd.mkdir()
    elif isinstance(content, bytes):
        odd.write_bytes(content)
    first, second = rows_of(odd, files[0])
    assert (first["file"], first["kind"]) == (str(odd), "other")
    assert first["error"]
    assert set(second) - {"error"} <= set(first)
    assert "error" not in second
    said = afterword("read", odd, "--me", "ada@obi.example")
    assert (said.code, said.err) == (0, "")
    assert "no readable message" in said.out


def test_a_message_without_an_id_gets_the_same_one_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: bo@firm.example\r\nTo: ada@obi.example\r\nSubject: Hello\r\n\r\nHello.\r\n")
    ids = {rows_of(path)[0]["message_id"] for _ in range(2)}
    assert len(ids) == 1
    assert next(iter(ids)).startswith("<")


def test_for_a_person_it_tells_the_words_that_it_rests_on(files: list[Path]) -> None:
    said = afterword("read", *files, "--me", "ada@obi.example")
    assert said.code == 0
    assert fits(said.out) == []
    assert "glad to confirm your interview" in " ".join(said.out.split())


def test_whose_mail_it_is_comes_from_the_option_or_the_configuration(home: Home, files: list[Path]) -> None:
    """--me goes before the configuration's addresses."""
    assert {r["direction"] for r in home("read", *files, "--json").json["messages"]} == {"sent", "received"}
    stranger = home("read", *files, "--me", "x@y.example", "--json").json["messages"]
    assert {r["direction"] for r in stranger} == {"received"}
    assert {r["direction"] for r in afterword("read", *files, "--json").json["messages"]} == {"received"}
    assert afterword("read", files[0], "--me", "ada").code == 2
