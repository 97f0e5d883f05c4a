"""A turn of the agent in a process that is killed at its N-th effect: `python -m tests.world.fused N CONFIG MOMENT`.

An effect is whatever outlives the process: a committed transaction, a word written down, a command that changes a folder, a
message handed to SMTP. Position 2N-1 is right before the N-th effect (a transaction is then open), 2N right after it.
`--serve` takes such jobs as JSON lines and forks for each, so that a job costs no start of Python.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from agent.cli import main as afterword
from agent.core.decode.message import decode
from agent.core.read.reader import Owner, read
from agent.shell import sending
from agent.shell.files import WordFile
from agent.shell.imap import Mailbox
from agent.shell.store import Store
from tests.world.agent_here import AgentHere
from tests.world.letters import ADDRESS, ZONE, mailbox

ROOT = Path(__file__).parents[2]
IN_FOLDERS = ("append", "expunge", "move", "claim", "create", "unmark")


class Fuse:
    """Counts effects, and ends the process at one of them."""

    def __init__(self, position: int = 0) -> None:
        self.position, self.passed = position, 0
        self.effects: list[str] = []

    def burn(self) -> None:
        self.passed += 1
        if self.passed == self.position:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextlib.contextmanager
    def around(self, what: str) -> Iterator[None]:
        self.effects.append(what)
        self.burn()
        yield
        self.burn()

    def wrapped(self, what: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def effect(*arguments: Any, **more: Any) -> Any:
            with self.around(what):
                return original(*arguments, **more)

        return effect

    def lay(self) -> None:
        """Into this process, for good."""
        original = Store.change

        @contextlib.contextmanager
        def change(store: Store, durable: bool = True) -> Iterator[None]:
            with original(store, durable):
                yield
                self.effects.append("commit")
                self.burn()
            self.burn()

        Store.change = change  # type: ignore[method-assign, assignment]
        for name in IN_FOLDERS:
            setattr(Mailbox, name, self.wrapped(name, getattr(Mailbox, name)))
        WordFile.append = self.wrapped("word", WordFile.append)  # type: ignore[method-assign]
        sending.submit = self.wrapped("submit", sending.submit)


def burn(position: int, configuration: Path, moment: datetime) -> list[str]:
    """One turn -> its effects, if it lives to tell."""
    fuse = Fuse(position)
    fuse.lay()
    with AgentHere(configuration) as agent:
        agent.turn(moment)
    return fuse.effects


def answered(job: dict[str, Any]) -> dict[str, Any]:
    """A job -> what is to be told of it."""
    if "daemon" in job:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            os.dup2(os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
            os._exit(afterword(["-c", job["daemon"], "run", "-v"]))
        return {"pid": child}
    if "reap" in job:
        return ended(os.waitpid(job["reap"], 0)[1])
    return forked(job)


def ended(status: int) -> dict[str, Any]:
    return {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.waitstatus_to_exitcode(status)}


def forked(job: dict[str, Any]) -> dict[str, Any]:
    """A turn in a child -> how it ended: {"signal": n} or {"code": n, "effects": [...]}."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            done = burn(job["position"], Path(job["configuration"]), datetime.fromisoformat(job["moment"]))
            os.write(writer, json.dumps(done).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        effects = told.read()
    found = ended(os.waitpid(child, 0)[1])
    return found | {"effects": json.loads(effects or b"[]")} if "code" in found else found


def warm() -> None:
    """Have loaded what a turn needs, so that a child begins with it."""
    import aiosmtplib  # noqa: F401
    import imapclient  # noqa: F401
    import jinja2.sandbox  # noqa: F401

    from agent.cli import run  # noqa: F401
    from agent.shell import daemon  # noqa: F401

    at = datetime.now(UTC)
    owner = Owner(("Ada Obi",), frozenset((ADDRESS,)), ZONE)
    for letter in mailbox(at):
        read(decode(letter.raw, owner.addresses, at), owner)


class Kennel:
    """A process that forks fused turns. One job at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.world.fused", "--serve"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.lock = threading.Lock()

    def __enter__(self) -> Kennel:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()

    def turn(self, configuration: Path, moment: datetime, position: int = 0) -> dict[str, Any]:
        return self.ask({"configuration": str(configuration), "moment": moment.isoformat(), "position": position})

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self.lock:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
            found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def daemon(self, configuration: Path) -> int:
        """`afterword run` -> its process; its log goes beside the configuration."""
        return int(self.ask({"daemon": str(configuration), "log": str(configuration.with_suffix(".log"))})["pid"])

    def end(self, daemon: int, sign: signal.Signals) -> dict[str, Any]:
        """Send a daemon a signal, and wait until it is gone -> how it went."""
        os.kill(daemon, sign)
        return self.ask({"reap": daemon})

    def effects(self, configuration: Path, moment: datetime) -> list[str]:
        """An undisturbed turn -> what it did, in order."""
        done = self.turn(configuration, moment)
        assert done.get("code") == 0, f"the undisturbed turn failed: {done}"
        found: list[str] = done["effects"]
        return found

    def kill_at(self, configuration: Path, moment: datetime, position: int) -> None:
        done = self.turn(configuration, moment, position)
        assert done == {"signal": signal.SIGKILL}, f"position {position} was not reached: {done}"


def main(arguments: list[str]) -> int:
    if arguments == ["--serve"]:
        warm()
        for line in sys.stdin:
            print(json.dumps(answered(json.loads(line))), flush=True)
        return 0
    if len(arguments) != 3:
        print("usage: python -m tests.world.fused N CONFIG MOMENT", file=sys.stderr)
        return 2
    print(json.dumps(burn(int(arguments[0]), Path(arguments[1]), datetime.fromisoformat(arguments[2]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
