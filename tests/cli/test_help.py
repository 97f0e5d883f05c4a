"""What the command says about itself: every command of the contract has help with examples that can be typed as they stand."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from agent import __version__
from agent.cli.parser import parsed
from tests.cli.home import afterword, fits

# CONTRACT, "Commands"
COMMANDS = (
    "demo", "init", "check", "run", "status", "show", "drafts", "drafts approve", "drafts dismiss", "drafts snooze", "drafts resume",
    "tell", "merge", "split", "ignore", "news", "replay", "read", "digest", "forget", "export",
)  # fmt: skip
BESIDES = ("health", "undo", "snooze", "resume", "drafts settle")
OPTIONS = {
    "demo": ("--keep",),
    "run": ("--once",),
    "status": ("--all", "--json"),
    "show": ("--json",),
    "tell": ("--reply-by", "--stage", "--organisation", "--role", "--met", "--went", "--remember", "--interview"),
    "news": ("--for",),
    "replay": ("--me", "--name", "--timezone", "--country", "--until", "--json"),
    "read": ("--me", "--json"),
    "digest": ("--html",),
}


@pytest.mark.parametrize("words", [["--version"], ["-c", "x.toml", "--version"]])
def test_the_version_is_printed_with_the_name(words: list[str]) -> None:
    said = afterword(*words)
    assert (said.code, said.out, said.err) == (0, f"afterword {__version__}\n", "")


def test_the_help_names_every_command_and_where_to_begin() -> None:
    said = afterword("--help")
    assert said.code == 0
    listed = set(re.findall(r"(?m)^    (\w+)", said.out))
    assert {c.split()[0] for c in (*COMMANDS, *BESIDES)} == listed
    assert "afterword demo" in said.out
    assert fits(said.out) == []


@pytest.mark.parametrize("command", [*COMMANDS, *BESIDES])
def test_the_help_of_a_command_has_examples_that_can_be_typed(command: str) -> None:
    said = afterword(*command.split(), "--help")
    assert said.code == 0
    assert said.err == ""
    assert fits(said.out) == []
    for option in (*OPTIONS.get(command, ()), "--config"):
        assert option in said.out
    _, _, examples = said.out.partition("examples:\n")
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    assert lines, "no example"
    for line in lines:
        program, *words = shlex.split(line.partition(" > ")[0])
        assert program == "afterword"
        assert line.startswith(f"afterword {command}")
        assert callable(parsed(words).command)


def test_the_module_is_the_same_command() -> None:
    """CONTRACT: `python -m agent`."""
    done = subprocess.run(
        [sys.executable, "-m", "agent", "--version"], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == f"afterword {__version__}\n"


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_the_configuration_can_be_named_before_and_after_the_command(first: bool) -> None:
    """CONTRACT: "-c/--config FILE anywhere"."""
    words = ["-c", "x.toml", "status"] if first else ["status", "--config", "x.toml"]
    assert str(parsed(words).config) == "x.toml"
    assert parsed(["status"]).config is None
