"""docs/rules.md names every rule with its tests; here the page is held against the tests that exist."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "rules.md"
RULES = [f"P{n}" for n in range(1, 34)] + [f"I{n}" for n in range(1, 16)]
HEADINGS = [
    "Dates",
    "Interviews",
    "Recipients and threads",
    "Drafts over time",
    "Outcomes",
    "What makes an opportunity",
]
HEADINGS += ["Close calls", "Replay"]


def rows() -> list[tuple[str, str, tuple[str, ...]]]:
    """(rule or heading, what it promises, the tests named) of each line of the tables."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and cells[0] not in ("rule", "heading"):
            found.append((cells[0], cells[1], tuple(re.findall(r"`([^`]+)`", cells[2]))))
    return found


@lru_cache(maxsize=64)
def functions_of(path: str) -> frozenset[str]:
    """The names of all test functions of a file, those in classes too."""
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(f.name for f in functions if f.name.startswith("test_"))


def test_every_rule_and_every_invariant_has_one_row() -> None:
    """P1 to P33, I1 to I15."""
    assert [rule for rule, _, _ in rows() if re.fullmatch(r"[PI]\d+", rule)] == RULES


def test_every_heading_of_the_settled_cases_has_a_row() -> None:
    assert list(dict.fromkeys(name for name, _, _ in rows() if not re.fullmatch(r"[PI]\d+", name))) == HEADINGS


@pytest.mark.parametrize(("rule", "promise", "named"), rows(), ids=[f"{r[0]} {r[1]}" for r in rows()])
def test_the_tests_that_a_row_names_exist(rule: str, promise: str, named: tuple[str, ...]) -> None:
    assert promise and named
    for test in named:
        path, _, name = test.partition("::")
        assert (TESTS / path).is_file(), test
        assert name in functions_of(path), test


def test_the_core_tests_cite_every_rule_of_the_plan_itself() -> None:
    """P2 to P6 and P9 to P33 are decided in the core: a test of the core cites each; P1, P7 and P8 are the shell's."""
    cited: set[str] = set()
    for path in (TESTS / "core").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                cited |= set(re.findall(r"\bP\d+\b", ast.get_docstring(node) or ""))
    assert set(RULES[:33]) - {"P1", "P7", "P8"} <= cited
