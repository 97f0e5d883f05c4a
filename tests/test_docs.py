"""The documents tell the truth: commands, options, keys, links, versions, and the two lines with which everybody begins."""

from __future__ import annotations

import argparse
import re
import shlex
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from agent import __version__
from agent.cli.parser import parser
from agent.config import Settings, keys_of, load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EXAMPLE = ROOT / "config.example.toml"
ids = [p.relative_to(ROOT).as_posix() for p in DOCUMENTS]

# ------------------------------------------------------------------------------------------------- what there is


def below(made: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: child
        for action in made._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, child in action.choices.items()
    }


COMMANDS = {"": parser()} | below(parser())
ACTS = {f"{name} {act}": made for name, command in COMMANDS.items() if name for act, made in below(command).items()}


def options_of(made: argparse.ArgumentParser) -> set[str]:
    return {option for action in made._actions for option in action.option_strings}


def keys() -> dict[str, set[str]]:
    """Every key of the settings, by section."""
    return {section: set(keys_of([section])) for section in Settings.model_fields}


# ------------------------------------------------------------------------------------------- what the documents say


def said_commands(text: str) -> Iterator[list[str]]:
    """The words of each `afterword …` in a code block or between backticks, up to a comment, pipe or redirection."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", text)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", text))
    for line in [line for block in blocks for line in block.splitlines()] + spans:
        for found in re.findall(r"(?:^|&& |/bin/|exec afterword )afterword( .*|$)", line):
            text = re.split(r"\s[#|>&(]|;", found)[0]
            try:
                yield shlex.split(text)
            except ValueError:
                yield text.split()


def commands_in(text: str) -> Iterator[tuple[str, argparse.ArgumentParser, list[str]]]:
    """(name, its parser, the words after it) of those that are written as a command with its words."""
    for words in said_commands(text):
        if not words or words[0].startswith("-"):
            yield "", COMMANDS[""], words
            continue
        two = " ".join(words[:2])
        if two in ACTS:
            yield two, ACTS[two], words[2:]
        else:
            assert words[0] in COMMANDS, f"there is no command {words[0]!r}"
            yield words[0], COMMANDS[words[0]], words[1:]


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_command_and_option_that_a_document_names_exists(document: Path) -> None:
    for name, made, words in commands_in(document.read_text(encoding="utf-8")):
        for word in words:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in options_of(made), f"{name} has no {word}"


@pytest.mark.parametrize("name", [*COMMANDS, *ACTS])
def test_the_readme_names_every_command_with_all_its_options(name: str) -> None:
    """Each has its row in the table of commands; the acts of a command stand in its row."""
    table = README.partition("\n## Commands\n")[2].partition("\n## ")[0]
    if not name:
        assert all(o in table for o in ("--version", "--config", "--help"))
        return
    command, _, act = name.partition(" ")
    row = next((line for line in table.splitlines() if re.match(rf"\| `afterword {command}\b", line)), "")
    assert row, f"no row for {command}"
    assert act in row
    made = ACTS[name] if act else COMMANDS[name]
    for option in options_of(made) - {"-h", "--help", "-c", "--config", "-v"}:
        assert option in row, f"{name} {option} is not in the README"


def test_the_rows_of_the_table_take_what_the_commands_take() -> None:
    """`afterword show OPP` in the table: as many words as the parser wants, no more."""
    for row in re.findall(r"(?m)^\| `afterword ([^`]+)` \|", README):
        name, *words = row.split()
        wanted = [
            a for a in COMMANDS[name]._actions if not a.option_strings and not isinstance(a, argparse._SubParsersAction)
        ]
        assert len(words) == len(wanted), row


# --------------------------------------------------------------------------------------------------- configuration


def sections_in(text: str) -> dict[str, set[str]]:
    """The keys of a TOML text by section, those switched off by a "#" too."""
    found: dict[str, set[str]] = {}
    section = ""
    for line in text.splitlines():
        if head := re.match(r"\[(\w+)\]", line):
            section = head[1]
            found[section] = set()
        elif key := re.match(r"(?:# )?(\w+) = ", line):
            found[section].add(key[1])
    return found


def test_the_example_configuration_has_every_key_and_no_other() -> None:
    assert sections_in(EXAMPLE.read_text(encoding="utf-8")) == keys()


def test_the_example_configuration_loads() -> None:
    assert load(EXAMPLE).owner.name == "Sam Rivera"


def test_each_key_of_the_example_that_is_switched_off_can_be_switched_on(tmp_path: Path) -> None:
    """One at a time; another source of the same password goes for it, since only one is allowed."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    off = [n for n, line in enumerate(lines) if re.match(r"# \w+ = ", line)]
    assert len(off) >= 10
    for n in off:
        made = [*lines[:n], lines[n].removeprefix("# "), *lines[n + 1 :]]
        if "password_" in lines[n]:
            start = max(m for m in range(n) if lines[m].startswith("["))
            made[start:n] = [line for line in made[start:n] if not line.startswith("password_")]
        file = tmp_path / "config.toml"
        file.write_text("\n".join(made), encoding="utf-8")
        load(file)


def test_the_defaults_that_the_example_tells_are_those_of_the_program() -> None:
    """A key whose comment says "default X" has that default in the settings."""
    section, told = "", 0
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"\[(\w+)\]", line):
            section = head[1]
        default = re.search(r'^(\w+) = .*default (true|false|\d+|"[^"]+")', line)
        if default is None:
            continue
        told += 1
        model = Settings.model_fields[section].annotation
        section_model = next(
            m for m in (model, *getattr(model, "__args__", ())) if isinstance(m, type) and issubclass(m, BaseModel)
        )
        value = tomllib.loads(f"x = {default[2]}")["x"]
        assert section_model.model_fields[default[1]].default == value, f"[{section}] {default[1]}"
    assert told >= 20


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_configuration_key_that_a_document_names_exists(document: Path) -> None:
    """As `[section] key`, as AFTERWORD_SECTION__KEY, and in blocks of TOML."""
    text = document.read_text(encoding="utf-8")
    known = keys()
    for section, key in re.findall(r"`\[(\w+)\] (\w+)", text):
        assert key in known[section]
    for section in re.findall(r"`\[(\w+)\]`", text):
        assert section in known
    for section, key in re.findall(r"AFTERWORD_([A-Z]+)__([A-Z_]+)", text):
        assert key.lower() in known[section.lower()]
    everywhere = set().union(*known.values())
    for block in re.findall(r"(?ms)^```toml\n(.*?)^```", text):
        assert set(re.findall(r"(?m)^(\w+) = ", block)) <= everywhere
    for key in re.findall(r"`(\w+) = ", text):
        assert key in everywhere


# --------------------------------------------------------------------------------------------------- the two lines


def first_lines() -> list[str]:
    """The code blocks before the README's first heading below its title."""
    top = README.partition("\n## ")[0]
    return [line for block in re.findall(r"(?ms)^```sh\n(.*?)^```", top) for line in block.splitlines()]


def test_the_readme_begins_with_exactly_two_command_lines() -> None:
    """One that shows the main job, one that runs the tests; both from a bare Python, with pinned versions."""
    demo, tests = first_lines()
    assert demo.endswith("afterword demo")
    assert tests.endswith("-m pytest")
    for line in (demo, tests):
        assert line.startswith("python3 -m venv ")
        assert "pip install -q -c constraints.txt" in line


def test_the_gate_runs_the_very_test_command_of_the_readme_as_its_last_step() -> None:
    gate = ROOT / ".ci" / "run"
    assert gate.read_text(encoding="utf-8").rstrip().splitlines()[-1] == first_lines()[1]
    assert gate.stat().st_mode & stat.S_IXUSR


def test_the_picture_stands_on_the_first_screen_and_needs_nothing_from_elsewhere() -> None:
    shown = re.search(r"!\[[^]]+\]\(([^)]+)\)", README.partition("\n## ")[0])
    assert shown is not None
    drawn = (ROOT / shown[1]).read_text(encoding="utf-8")
    assert len(drawn) < 30_000
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


# ----------------------------------------------------------------------------------------------- links and versions


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_link_to_a_file_of_the_project_resolves(document: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```", "", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            path = (document.parent / target.partition("#")[0]).resolve()
            assert path.exists(), target
            assert path.is_relative_to(ROOT)


def test_the_changelog_tells_of_this_version_first() -> None:
    versions = re.findall(r"(?m)^## (\d+\.\d+\.\d+)\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert versions[0] == __version__


def test_every_dependency_is_pinned_to_one_version_that_the_project_allows() -> None:
    """constraints.txt: exact versions only, and one for each package that pyproject.toml names."""
    from packaging.requirements import Requirement

    lines = [
        line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    pinned = dict(line.split("==") for line in lines)
    by_name = {name.lower().replace("_", "-"): version for name, version in pinned.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    for requirement in map(Requirement, named):
        if requirement.name != "afterword":
            version = by_name[requirement.name.lower().replace("_", "-")]
            assert requirement.specifier.contains(version), requirement


def test_the_image_is_built_of_pinned_versions_is_not_root_and_tells_its_health() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "-c constraints.txt" in text
    assert re.search(r"(?m)^USER (?!root|0)\S+", text)
    assert re.search(r'(?m)^HEALTHCHECK .*CMD \["afterword", "health"\]', text)
    assert re.search(r"(?m)^VOLUME /state$", text)
    for source in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text):
        for name in source.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_the_unit_of_systemd_starts_a_command_that_exists() -> None:
    unit = (ROOT / "docs" / "afterword.service").read_text(encoding="utf-8")
    words = re.search(r"(?m)^ExecStart=\S*/afterword (.+)$", unit)
    assert words is not None
    parser().parse_args(words[1].split())


def test_no_document_names_a_path_of_one_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(?:home|Users|" + "ro" + r"ot)/\w", document.read_text(encoding="utf-8")), document
