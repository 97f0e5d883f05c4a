"""The layers of DESIGN, by reading every module's imports: who may know what, and the one way out."""

from __future__ import annotations

import ast
import graphlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
    for p in sorted((ROOT / "agent").rglob("*.py"))
}
CORE = [m for m in MODULES if m == "agent.core" or m.startswith("agent.core.")]
OTHERS = [m for m in MODULES if m not in CORE]

# What the core may use besides itself: values in, values out. `logging` only to silence mail-parser's own logger, `importlib.resources`
# only for what is read once beside the code.
PURE = frozenset(
    "__future__ abc binascii bisect calendar collections contextlib copy dataclasses datetime difflib email enum functools hashlib heapq html"
    " itertools json math operator quopri re string struct types typing unicodedata zoneinfo".split()
) | {"icalendar", "jinja2", "mailparser", "selectolax"}  # fmt: skip
PURE_IN = {
    "agent.core.decode.mime": {"logging"},
    "agent.core.read.linear": {"importlib"},
    "agent.core.read.model": {"importlib"},
    "agent.core.read.table": {"importlib"},
}

# A library, or a part of the standard one that does something to the world, and the only modules that may use it.
ONLY_IN = {
    "imapclient": {
        "agent.shell.connection",
        "agent.shell.imap",
        "agent.shell.listing",
        "agent.demo.director",
        "agent.demo.server",
    },
    "imaplib": {"agent.shell.connection", "agent.shell.imap", "agent.shell.listing", "agent.shell.watch"},
    "aiosmtplib": {"agent.shell.smtp"},
    "smtplib": set(),
    "sqlite3": {"agent.shell.store", "agent.shell.snapshot"},
    "apscheduler": {"agent.shell.scheduler"},
    "keyring": {"agent.shell.secrets"},
    "subprocess": {"agent.shell.secrets"},
    "fcntl": {"agent.shell.files"},
    "mailbox": {"agent.shell.replay"},
    "pydantic": {"agent.config"},
    "pydantic_settings": {"agent.config", "agent.demo.settings"},
    "holidays": {"agent.config", "agent.wiring"},
    "tzlocal": {"agent.config"},
    "platformdirs": {"agent.paths"},
    "jinja2": {"agent.core.render", "agent.wiring"},
    "icalendar": {"agent.core.decode.calendar"},
    "selectolax": {"agent.core.decode.hypertext"},
    "mailparser": {"agent.core.decode.mime"},
    "pymap": {"agent.demo.server"},
    "aiosmtpd": {"agent.demo.server"},
    "pickle": set(),
    "requests": set(),
    "urllib.request": set(),
    "http.client": set(),
}
# Bytes, UIDs, folders and moments; never an opportunity, never the store.
BLIND_TO_CORE = tuple(
    f"agent.shell.{name}"
    for name in "answers clock connection control folders imap large listing scheduler secrets smtp watch whereabouts".split()
)
CLOCK = "agent.shell.clock"


@lru_cache(maxsize=1000)
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST]) -> Iterator[tuple[str, str]]:
    """(module, name) of every import among these nodes; name is "" for `import module`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((str(node.module), alias.name) for alias in node.names)


def imports_of(module: str) -> set[str]:
    """Everything a module imports anywhere, for the type checker and in functions too; submodules by their full name."""
    found = set()
    for source, name in imported(ast.walk(tree(module))):
        found.add(f"{source}.{name}" if f"{source}.{name}" in MODULES else source)
    return found


def at_start(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that run when a module is imported; what stands there for the type checker alone does not."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from at_start([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from at_start(node.body)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def users_of(package: str) -> set[str]:
    return {m for m in MODULES if any(within(i, package) for i in imports_of(m))}


def calls(module: str) -> Iterator[str]:
    """What is called, as it is written: "datetime.now", "open" …"""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


# ------------------------------------------------------------------------------------------------------------- the core


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_only_itself_and_pure_libraries(module: str) -> None:
    """DESIGN: "`core` imports only `core` and pure libraries"."""
    for name in imports_of(module):
        top = name.partition(".")[0]
        assert within(name, "agent.core") or top in PURE | PURE_IN.get(module, set()), f"{module} imports {name}"


@pytest.mark.parametrize("module", CORE)
def test_the_core_has_no_clock_no_file_and_no_chance(module: str) -> None:
    """DESIGN: "No clock, file, socket, randomness, logging. Time is an argument."."""
    forbidden = ("open", "print", "input", "eval", "exec", "__import__", "id")
    ends = (
        ".now",
        ".utcnow",
        ".today",
        ".read_text",
        ".read_bytes",
        ".write_text",
        ".write_bytes",
        ".uuid1",
        ".uuid4",
        ".getLogger",
    )
    allowed = {"logging.getLogger"} if module == "agent.core.decode.mime" else set()
    if "importlib" in PURE_IN.get(module, ()):  # what it reads lies beside it, as package data
        allowed = {c for c in calls(module) if c.startswith(("(files(", "files("))}
    found = [c for c in calls(module) if (c in forbidden or c.endswith(ends)) and c not in allowed]
    assert found == []


def test_the_core_may_not_use_what_does_something_to_the_world() -> None:
    """The list above names no such module by mistake."""
    world = {"asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "ssl",
             "subprocess", "sys", "tempfile", "threading", "time", "uuid"}  # fmt: skip
    assert world.isdisjoint(PURE)
    assert set(PURE) - {"icalendar", "jinja2", "mailparser", "selectolax"} <= sys.stdlib_module_names
    assert set(PURE_IN) <= set(MODULES)


# ------------------------------------------------------------------------------------------------------------ the shell


@pytest.mark.parametrize("module", BLIND_TO_CORE)
def test_what_talks_to_servers_knows_no_opportunity(module: str) -> None:
    """DESIGN: "`imap`/`smtp`/`watch` know bytes, UIDs and folders, never an opportunity"; nor the store."""
    for name in imports_of(module):
        assert not within(name, "agent.core"), f"{module} imports {name}"
        assert name not in ("agent.shell.store", "agent.shell.intake", "agent.shell.loop"), f"{module} imports {name}"


def test_the_store_knows_no_server() -> None:
    """DESIGN: "`store` knows core's types, never a server"."""
    for name in imports_of("agent.shell.store"):
        assert name in ("agent.core", "agent.core.codec", "agent.core.read.reading", "agent.errors") or not within(
            name, "agent"
        ), name


@pytest.mark.parametrize("module", OTHERS)
def test_the_command_line_and_the_demo_stand_on_top(module: str) -> None:
    """Nothing below knows of them, nor of how the parts are put together."""
    names = imports_of(module)
    if not within(module, "agent.cli") and module != "agent.__main__":
        assert not any(within(n, "agent.cli") for n in names)
    if not within(module, "agent.demo") and module != "agent.cli.demo":
        assert not any(within(n, "agent.demo") for n in names)
    if within(module, "agent.shell"):
        assert "agent.wiring" not in names
        assert "agent.config" not in names or module == "agent.shell.secrets"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_in_its_place_alone(library: str) -> None:
    """One thing each: what a library does wrong is met at one door."""
    assert users_of(library) <= ONLY_IN[library]
    assert ONLY_IN[library] <= set(MODULES)


def test_every_sql_statement_is_in_the_store() -> None:
    """And in the one quick look that `status` takes."""
    found = {m for m in MODULES if any(c.endswith((".execute", ".executemany", ".executescript")) for c in calls(m))}
    assert found == ONLY_IN["sqlite3"]


def test_the_clock_alone_says_what_time_it_is() -> None:
    """DESIGN: "clock (the only now() and sleep())". `fromisoformat` and arithmetic are no clocks."""
    ends = ("datetime.now", "datetime.utcnow", "date.today", "time.time", "time.sleep", "asyncio.sleep")
    found = {m: c for m in MODULES for c in calls(m) if c.endswith(ends) and m != CLOCK}
    assert found == {}


# -------------------------------------------------------------------------------------------------------- the one way out


def test_one_module_alone_can_hand_a_message_to_a_server() -> None:
    """I4, P1: the way out is narrow enough to be read in one sitting."""
    assert users_of("aiosmtplib") == {"agent.shell.smtp"}
    assert users_of("smtplib") == set()
    assert {m for m in MODULES if any(c.endswith((".sendmail", ".send_message", ".data")) for c in calls(m))} == {
        "agent.shell.smtp"
    }


def test_one_module_alone_calls_it() -> None:
    """I4: `sending` keeps the gates; the command line logs in (`check`) and never submits."""
    taken: dict[str, set[str]] = {}
    for module in MODULES:
        for source, name in imported(ast.walk(tree(module))):
            if source == "agent.shell.smtp" or (source, name) == ("agent.shell", "smtp"):
                taken.setdefault(module, set()).add(name)
    assert taken.pop("agent.shell.sending") >= {"submit"}
    assert taken.pop("agent.cli.check") == {"check_login"}
    assert taken == {}


def test_nothing_else_opens_connections_of_its_own() -> None:
    """Mail servers by `connection` and `smtp`, the machine's own socket by `control`; `init` asks the DNS where the servers are."""
    opens = (".socket", "create_connection", "open_connection", ".start_unix_server", ".create_server")
    found = {m for m in MODULES if any(c.endswith(opens) for c in calls(m)) and not within(m, "agent.demo")}
    assert found <= {
        "agent.shell.connection", "agent.shell.control", "agent.shell.daemon", "agent.shell.imap", "agent.shell.watch",
        "agent.shell.whereabouts",
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ as a whole


def test_modules_depend_on_each_other_in_one_direction() -> None:
    """No cycle among the imports that run: every part can be read, and tested, after those that it rests on."""
    needs = {}
    for module in MODULES:
        found = imported(at_start(tree(module).body))
        needs[module] = {f"{s}.{n}" if f"{s}.{n}" in MODULES else s for s, n in found} & set(MODULES) - {module}
    order = list(graphlib.TopologicalSorter(needs).static_order())
    assert len(order) == len(MODULES)


def test_no_package_does_its_work_in_its_init() -> None:
    """But for the command's entry point and the templates' loader."""
    for name, path in MODULES.items():
        if path.name == "__init__.py" and name not in ("agent.cli", "agent.templates"):
            assert [n for n in tree(name).body if isinstance(n, (ast.FunctionDef, ast.ClassDef))] == [], name
