"""Where passwords come from: a command, the environment, a file of mode 0600, or the system's keyring. Never logged (I13)."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from pathlib import Path

from agent.config import PasswordKeys
from agent.errors import UsageError

COMMAND_SECONDS = 60  # a person may have to unlock something


def password(section: PasswordKeys, name: str) -> str:
    """The password of this section. Raises UsageError that says what was tried, never what was found."""
    if section.password_command:
        return from_command(section.password_command, name)
    if section.password_env:
        value = os.environ.get(section.password_env)
        if not value:
            raise UsageError(f"[{name}] password_env: the environment has no {section.password_env}")
        return value
    if section.password_file is not None:
        return from_file(section.password_file, name)
    if section.password_keyring:
        return from_keyring(section.username, name)
    raise UsageError(
        f"[{name}] no password is configured", "set password_command, password_env, password_file or password_keyring"
    )


def from_command(command: str, name: str) -> str:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"[{name}] password_command cannot be run: {error}") from None
    if not words:
        raise UsageError(f"[{name}] password_command is empty", 'write one like "pass show mail"')
    try:
        done = subprocess.run(words, capture_output=True, timeout=COMMAND_SECONDS, check=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"[{name}] password_command cannot be run: {getattr(error, 'strerror', error)}") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"[{name}] password_command gave no answer in {COMMAND_SECONDS} s") from None
    try:
        lines = done.stdout.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"[{name}] password_command printed what is not UTF-8") from None
    if done.returncode != 0 or not lines or not lines[0]:
        raise UsageError(
            f"[{name}] password_command failed with exit code {done.returncode}",
            "run it by hand: it must print the password on its first line",
        )
    return lines[0]


def from_file(path: Path, name: str) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise UsageError(
                f"[{name}] password_file {path} can be read by others (mode {mode:04o})", f"chmod 600 {path}"
            )
        text = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"[{name}] password_file {path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}"
        ) from None
    if not text:
        raise UsageError(f"[{name}] password_file {path} is empty")
    return text.splitlines()[0]


def from_keyring(username: str, name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise UsageError(
            f"[{name}] password_keyring needs the keyring package", "pip install 'afterword[keyring]'"
        ) from None
    try:
        found = keyring.get_password(f"afterword-{name}", username)
    except KeyringError as error:
        raise UsageError(
            f"[{name}] the keyring cannot be used here ({type(error).__name__})",
            "on a machine without a desktop use password_command or password_file",
        ) from None
    if not found:
        raise UsageError(
            f"[{name}] the keyring has no password for {username}", f"store it: keyring set afterword-{name} {username}"
        )
    return str(found)
