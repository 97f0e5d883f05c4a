"""What a person can do wrong: one or two lines on stderr that say what would be right, the exit code of CONTRACT, no traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent.shell.files import DATABASE, locked, private_folder
from tests.cli.home import Home, Said, afterword

NEEDS_STATE = (
    ["show", "acme"], ["drafts"], ["drafts", "approve", "ab"], ["drafts", "dismiss", "ab"], ["tell", "acme", "--stage", "closed"],
    ["merge", "a", "b"], ["split", "a", "<b@c.example>"], ["ignore", "acme.example"], ["news", "A prize."], ["forget", "acme"],
    ["export"], ["snooze", "acme", "5"], ["resume", "acme"],
)  # fmt: skip
NEEDS_CONFIGURATION = (*NEEDS_STATE, ["status"], ["health"], ["check"], ["run"], ["run", "--once"], ["undo"])


def is_told(said: Said, code: int, *parts: str) -> None:
    assert said.code == code, said
    assert said.out == ""
    assert said.err.startswith("afterword: ")
    assert len(said.err.splitlines()) == 2, "what is wrong, and what to do"
    for part in parts:
        assert part in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "COMMAND"),
        (["stauts"], "did you mean status?"),
        (["drafts", "aprove", "x"], "did you mean approve?"),
        (["levitate"], "levitate"),
        (["status", "--jsno"], "--jsno"),
        (["tell"], "OPP"),
        (["split", "acme"], "MESSAGE-ID"),
        (["drafts", "snooze", "acme", "0"], "1 and 365"),
        (["snooze", "acme", "many"], "1 and 365"),
        (["drafts", "settle", "ab"], "--sent"),
        (["drafts", "settle", "ab", "--sent", "--not-sent"], "not allowed"),
        (["read"], "FILE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_that_make_no_command_are_told_with_where_to_look(words: list[str], says: str) -> None:
    """Exit 2."""
    is_told(afterword(*words), 2, says, "--help")


@pytest.mark.parametrize(
    ("line", "says"),
    [("[owner]\ncolour = 1", "colour"), ("[owner]\ncountry = 5", "country"), ("[folder]", "folder")],
)
def test_status_tells_a_broken_configuration_while_its_snapshot_holds(known: Home, line: str, says: str) -> None:
    """CONTRACT: an unknown key or a wrong type is exit 2, for every command."""
    assert known("status").code == 0
    text = known.config.read_text()
    known.config.write_text(text.replace("[owner]", line) if "owner" in line else f"{text}\n{line}\n")
    is_told(known("status"), 2, says)
    known.config.write_text(text)
    assert known("status").code == 0


def test_a_variable_of_an_unknown_section_is_told(known: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """CONTRACT: "An unknown key … is a configuration error (exit 2) that names the key"; also in the environment."""
    assert known("status").code == 0
    monkeypatch.setenv("AFTERWORD_FOLDER__DRAFTS", "x")
    is_told(known("status"), 2, "AFTERWORD_FOLDER__DRAFTS", "did you mean folders?")


def test_an_address_that_is_none_is_told_once(known: Home) -> None:
    known.config.write_text(known.config.read_text().replace('"ada@obi.example"', '"sam"'))
    said = known("status")
    is_told(said, 2, "[owner] addresses: 'sam' is no e-mail address")
    assert "tuple" not in said.err


@pytest.mark.parametrize("words", NEEDS_CONFIGURATION, ids=" ".join)
def test_without_a_configuration_it_is_said_how_to_make_one(words: list[str], tmp_path: Path) -> None:
    """Exit 2; with -c, with $AFTERWORD_CONFIG, and in the user's folder alike."""
    is_told(afterword(*words), 2, "xdg-config", "afterword init")
    is_told(afterword(*words, "-c", tmp_path / "none.toml"), 2, "none.toml", "afterword init")


def test_the_environment_names_the_configuration(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_CONFIG", str(home.config))
    is_told(afterword("show", "acme"), 2, str(home.state), "afterword run --once")


@pytest.mark.parametrize("words", NEEDS_STATE, ids=" ".join)
def test_before_the_first_run_it_is_said_what_to_run(home: Home, words: list[str]) -> None:
    is_told(home(*words), 2, str(home.state), "afterword run --once")
    assert not home.state.exists(), "asking makes nothing"


def test_status_before_the_first_run_says_what_to_run(home: Home) -> None:
    is_told(home("status"), 2, "afterword run --once")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('timezone = "Africa/Lagos"', 'timezone = "Africa/Nowhere"', "[owner] timezone"),
        ('host = "127.0.0.1"\nport = 9\nsecurity = "none"\nusername', 'hots = "x"\nusername', "did you mean host?"),
        ("[state]", "[stat]", "[stat]"),
        ("port = 9", 'port = "nine"', "[imap] port"),
        ("[owner]", "[owner", "line 2"),
    ],
    ids=["value", "key", "section", "type", "no-toml"],
)
@pytest.mark.parametrize("command", ["show", "check", "run", "export"])
def test_a_wrong_configuration_is_told_with_file_and_key(
    home: Home, command: str, old: str, new: str, says: str
) -> None:
    text = home.config.read_text()
    assert old in text
    home.config.write_text(text.replace(old, new, 1))
    is_told(home(command, *(["acme"] if command == "show" else [])), 2, str(home.config), says)


def test_a_second_daemon_is_told_of_the_first(home: Home) -> None:
    """Exit 1: the thing asked for did not hold."""
    with locked(private_folder(home.state)):
        for words in (["run"], ["run", "--once"]):
            is_told(home(*words), 1, "another afterword is running", str(os.getpid()), "[state] path")


def test_a_state_folder_that_is_a_file_is_told(home: Home) -> None:
    home.state.write_text("")
    is_told(home("run", "--once"), 1, str(home.state), "[state] path")


def test_a_damaged_database_is_told_with_what_to_do(home: Home) -> None:
    private_folder(home.state)
    (home.state / DATABASE).write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    for words in (["status"], ["show", "acme"], ["export"]):
        is_told(home(*words), 1, "damaged", "built anew")


def test_a_password_that_others_can_read_is_told_without_it(online: Home) -> None:
    """Exit 2; I13."""
    (online.folder / "password").chmod(0o644)
    said = online("run", "--once")
    is_told(said, 2, "[imap] password_file", "chmod 600")
    assert "secret" not in said.err


def test_a_server_that_is_not_there_is_the_servers_fault(home: Home) -> None:
    """Exit 3."""
    is_told(home("run", "--once"), 3, "127.0.0.1:9 cannot be reached", "check host and port")


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "agent", *map(str, words)]


def test_a_reader_who_goes_away_is_no_error(known: Home) -> None:
    """As in `afterword export | head -1`: no traceback, and nothing of Python's at the exit either."""
    with subprocess.Popen(
        command("export", "-c", known.config), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "{\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == 0


def test_a_terminal_without_our_letters_is_no_error(known: Home) -> None:
    """“–” and names in other scripts, where the output is ASCII."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command("status", "-c", known.config), env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Harrow Museum ? Archivist" in done.stdout


def heeding_interruptions() -> None:
    """Who runs the tests in the background of a shell without job control has interruptions ignored, and so have all children (POSIX,
    "Signals and Error Handling" of the shell)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interruption_ends_with_130(tmp_path: Path) -> None:
    """Ctrl-C while a question waits for its answer."""
    with subprocess.Popen(
        command("init", "-c", tmp_path / "new.toml"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding_interruptions,
    ) as process:
        assert process.stdout and process.stdin and process.stderr
        assert process.stdout.read(4), "it asks"
        for _ in range(50):  # one that comes just before the program begins to read is seen only after it
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
                break
        assert process.returncode == 130
        assert "Traceback" not in process.stderr.read()
    assert not (tmp_path / "new.toml").exists()
