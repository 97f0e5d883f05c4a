"""Passwords from a command, the environment, a file, a keyring: each way to fail is a sentence that holds nothing of the secret (I13)."""

from __future__ import annotations

import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.config import PasswordKeys
from agent.errors import Exit, UsageError
from agent.shell import secrets
from agent.shell.secrets import password

SECRET = "correct horse battery"


def asked(**keys: object) -> str:
    return password(PasswordKeys(username="sam", **keys), "imap")  # type: ignore[arg-type]


def refused(**keys: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        asked(**keys)
    assert caught.value.exit is Exit.USAGE
    assert SECRET not in str(caught.value)
    assert "[imap]" in caught.value.text
    return caught.value


def script(folder: Path, text: str) -> str:
    path = folder / "a script.py"
    path.write_text(text)
    return f'{sys.executable} "{path}"'


# --------------------------------------------------------------------------------------------------------- a command


def test_the_first_line_of_the_commands_output_is_the_password(tmp_path: Path) -> None:
    """As pass(1) prints it: further lines are notes. Blanks inside and at the ends belong to it."""
    assert asked(password_command=script(tmp_path, f"print({SECRET!r} + ' ')\nprint('user: sam')")) == f"{SECRET} "


def test_the_command_is_no_shells(tmp_path: Path) -> None:
    """I12: words are words."""
    assert (
        asked(password_command=script(tmp_path, "import sys; print(sys.argv[1:])") + " '$HOME' ; *")
        == "['$HOME', ';', '*']"
    )


@pytest.mark.parametrize(
    "text",
    [f"import sys; print({SECRET!r}); sys.exit(3)", "", "print()", f"import sys; sys.stderr.write({SECRET!r})"],
    ids=["fails-after-printing", "silent", "blank-line", "on-stderr-only"],
)
def test_a_command_that_gives_no_password_is_told_without_its_output(tmp_path: Path, text: str) -> None:
    found = refused(password_command=script(tmp_path, text))
    assert "password_command" in found.text
    assert found.hint


@pytest.mark.parametrize("command", ["no-such-program-anywhere", "'unbalanced", "/", "a\0b"])
def test_a_command_that_cannot_be_run_is_told(command: str) -> None:
    assert "password_command" in refused(password_command=command).text


# Found by this test: a command of blanks only ends in an IndexError of subprocess.
def test_a_command_of_nothing_but_blanks_is_told() -> None:
    assert "password_command" in refused(password_command="  ").text


# Found by this test: the decoder's own words are passed on, and they name an octet of the password and its place.
def test_output_that_is_no_text_is_told_without_a_single_octet_of_it(tmp_path: Path) -> None:
    """I13."""
    found = refused(password_command=script(tmp_path, r"import sys; sys.stdout.buffer.write(b'passw\xf6rd\n')"))
    assert "0xf6" not in str(found)
    assert "position" not in str(found)


def test_a_command_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it leaves a child behind that holds the pipe open."""
    monkeypatch.setattr(secrets, "COMMAND_SECONDS", 0.3)
    began = time.monotonic()
    found = refused(password_command=script(tmp_path, "import subprocess\nsubprocess.run(['sleep', '5'])"))
    assert "no answer" in found.text
    assert time.monotonic() - began < 4


# ------------------------------------------------------------------------------------------------------ the environment


def test_the_environment_is_asked_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMS_SECRET", SECRET)
    assert asked(password_env="SAMS_SECRET") == SECRET
    for value in (None, ""):
        monkeypatch.delenv("SAMS_SECRET") if value is None else monkeypatch.setenv("SAMS_SECRET", value)
        assert "SAMS_SECRET" in refused(password_env="SAMS_SECRET").text


# --------------------------------------------------------------------------------------------------------------- a file


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "secret"
    made.write_text(f"{SECRET}\n")
    made.chmod(0o600)
    yield made
    made.chmod(0o600)


def test_a_files_first_line_is_the_password(file: Path) -> None:
    assert asked(password_file=file) == SECRET
    file.write_bytes(f"{SECRET}\r\nmore\r\n".encode())
    assert asked(password_file=file) == SECRET


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    """I13: and what to do is said."""
    file.chmod(mode)
    found = refused(password_file=file)
    assert f"{mode:04o}" in found.text
    assert found.hint == f"chmod 600 {file}"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"], ids=["empty", "line-ends", "no-text"])
def test_a_file_without_a_password_is_told(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert str(file) in refused(password_file=file).text


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    assert "No such file" in refused(password_file=tmp_path / "nowhere").text
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    assert "directory" in refused(password_file=folder).text


# ----------------------------------------------------------------------------------------------------------- the keyring


def keyring_that(answers: object) -> types.ModuleType:
    """A stand-in for the optional package: what it has for (service, user), or the error that it raises."""
    made, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")

    class KeyringError(Exception):
        pass

    class NoKeyringError(KeyringError, RuntimeError):
        pass

    def get_password(service: str, user: str) -> object:
        if answers is NoKeyringError.__name__:
            raise NoKeyringError("a long text about backends")
        return answers if (service, user) == ("afterword-imap", "sam") else None

    made.get_password, made.errors, errors.KeyringError = get_password, errors, KeyringError  # type: ignore[attr-defined]
    sys.modules["keyring.errors"] = errors
    return made


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring.errors", None)
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.mark.usefixtures("no_keyring")
def test_without_the_keyring_package_it_is_said_how_to_get_it() -> None:
    assert "afterword[keyring]" in refused(password_keyring=True).hint


@pytest.mark.usefixtures("no_keyring")
def test_the_keyring_is_asked_for_the_section_and_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", keyring_that(SECRET))
    assert asked(password_keyring=True) == SECRET


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize(
    ("answers", "says"), [(None, "keyring set afterword-imap sam"), ("NoKeyringError", "password_file")]
)
def test_a_keyring_that_has_nothing_or_does_not_work_is_told(
    monkeypatch: pytest.MonkeyPatch, answers: str | None, says: str
) -> None:
    """On a machine without a desktop the package raises; another source is named."""
    monkeypatch.setitem(sys.modules, "keyring", keyring_that(answers))
    assert says in refused(password_keyring=True).hint


def test_no_source_at_all_is_told() -> None:
    assert "no password is configured" in refused().text
