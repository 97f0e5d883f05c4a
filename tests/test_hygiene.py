"""How the code is kept: sizes, names, what is swallowed, what is left lying about. For every module of the program and its tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = sorted((ROOT / "agent").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
WRITTEN = ("*.py", "*.j2", "*.toml", "*.md", "*.yml", "*.yaml", "*.service", "Dockerfile", "LICENSE")
LINES_OF_MODULE, LINES_OF_TESTS, LINES_OF_FUNCTION = 500, 600, 80
BROAD = ("Exception", "BaseException")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@lru_cache(maxsize=1000)
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def handlers(path: Path) -> Iterator[tuple[ast.ExceptHandler, list[str]]]:
    """Every `except` with the names that it catches; none for a bare one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type] if node.type else []
            yield node, [ast.unparse(c) for c in caught]


def texts_of_project() -> Iterator[Path]:
    """What people wrote: no caches, no build results, no mail of the corpus."""
    for pattern in WRITTEN:
        for path in ROOT.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            hidden = any(
                p.startswith(".") or p.endswith(".egg-info") or p in ("build", "dist", "corpus", "venv") for p in parts
            )
            if not hidden and path != Path(__file__):
                yield path


# ----------------------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("path", [*PROGRAM, *TESTS], ids=named)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    """STYLE: "modules 100-350 lines"; no one above 500, tests 600."""
    most = LINES_OF_MODULE if path in PROGRAM else LINES_OF_TESTS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def test_a_function_fits_a_screen() -> None:
    """STYLE: "nine functions in ten under 40 lines"; no one above 80."""
    long = {
        f"{named(p)}: {f.name}": f.end_lineno - f.lineno + 1
        for p in [*PROGRAM, *TESTS]
        for f in functions(p)
        if f.end_lineno
    }
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_FUNCTION} == {}
    program = [lines for name, lines in long.items() if name.startswith("agent")]
    assert sum(lines < 40 for lines in program) >= 0.9 * len(program)


# ---------------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("path", PROGRAM, ids=named)
def test_nothing_is_swallowed(path: Path) -> None:
    """No bare `except`, no broad one that does nothing, no `suppress` of everything."""
    for node, caught in handlers(path):
        assert caught, f"line {node.lineno}: bare except"
        empty = all(
            isinstance(s, (ast.Pass, ast.Continue)) or isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)
            for s in node.body
        )
        assert not (set(caught) & set(BROAD) and empty), f"line {node.lineno}: {caught} does nothing"
        assert not ("AfterwordError" in caught and empty), f"line {node.lineno}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            assert not {ast.unparse(a) for a in node.args} & set(BROAD), f"line {node.lineno}"


def test_what_catches_everything_is_rare_and_says_why() -> None:
    """STYLE: "under 3 broad `except` per 1,000 lines and only at named loops of the shell"."""
    broad = [(p, n) for p in PROGRAM for n, caught in handlers(p) if set(caught) & set(BROAD)]
    lines = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in PROGRAM)
    assert len(broad) < 3 * lines / 1000
    for path, node in broad:
        assert "core" not in path.relative_to(ROOT).parts, f"{named(path)}:{node.lineno}"
        reraises = any(isinstance(s, ast.Raise) and s.exc is None for s in ast.walk(node))
        line = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
        assert reraises or re.search(r"noqa: BLE001 - \w", line), f"{named(path)}:{node.lineno} says no reason"


# ----------------------------------------------------------------------------------------------------- names and remains


@pytest.mark.parametrize("word", ["util", "utils", "helper", "helpers", "misc", "common", "stuff", "manager"])
def test_a_module_is_named_after_what_it_is(word: str) -> None:
    assert [named(p) for p in [*PROGRAM, *TESTS] if word in p.stem.lower().split("_")] == []


@pytest.mark.parametrize("path", PROGRAM, ids=named)
def test_a_module_says_first_what_it_is(path: Path) -> None:
    """STYLE: "a module's first line is its arrow". Empty `__init__` files are none."""
    if path.read_text(encoding="utf-8").strip():
        assert ast.get_docstring(tree(path))


def test_nothing_is_left_to_be_done() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError\(\)")
    assert [named(p) for p in texts_of_project() if marks.search(p.read_text(encoding="utf-8"))] == []


def test_no_path_of_one_machine_is_written_down() -> None:
    """It runs elsewhere too. A home folder is `~`; what a service manager or a container wants is theirs to say."""
    places = re.compile(r"(?<![\w.~}/-])/(?:work|home|root|Users|farm|tmp/look|tmp/venv)/\w|[A-Z]:\\\\Users")
    found = [
        f"{named(p)}:{number}"
        for p in texts_of_project()
        for number, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
        if places.search(line)
    ]
    assert found == []


def test_a_test_that_is_skipped_says_why() -> None:
    for path in TESTS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("mark.skip", "mark.skipif", "mark.xfail", "pytest.skip")
            ):
                assert node.args or node.keywords, f"{named(path)}:{node.lineno}"
                given = {k.arg for k in node.keywords}
                assert "reason" in given or ast.unparse(node.func).endswith("pytest.skip"), (
                    f"{named(path)}:{node.lineno}"
                )


# Where a test must block: a look that takes its time, and an event loop that is too busy to ring.
MAY_SLEEP = {"tests/shell/test_control.py", "tests/shell/test_scheduler.py"}


def test_no_test_waits_for_time_to_pass() -> None:
    """House rule: wait for an event or a condition, with a deadline."""
    sleepers = {
        named(path)
        for path in TESTS
        for function in functions(path)
        if function.name.startswith("test_")
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "asyncio.sleep")
    }
    assert sleepers <= MAY_SLEEP


def test_every_test_module_has_tests_of_different_names() -> None:
    """A second function of the same name hides the first."""
    for path in TESTS:
        names = [f.name for f in tree(path).body if isinstance(f, ast.FunctionDef)]
        twice = {n for n in names if names.count(n) > 1}
        assert twice == set(), named(path)
        if path.name.startswith("test_"):
            assert any(n.startswith(("test_", "Test")) for n in names) or "TestCase" in path.read_text(
                encoding="utf-8"
            ), named(path)
