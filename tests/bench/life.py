"""A long life, compressed: `python -m tests.bench.life [--minutes M]`, an hour unless told otherwise.

A daemon in a process of its own, with a clock in which a second is four hours, on a Dovecot that it reaches by a relay which
cuts every connection each few seconds. Meanwhile mail of all sorts comes, interviews are agreed, held, answered, refused or
passed over in silence, and the owner edits, deletes and confirms drafts. Memory, descriptors, threads and the size of the state
are sampled. Exit 0 if memory grew by less than 5 % after the warm-up, no descriptor or thread leaked and no step was doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from agent import wiring
from agent.config import load
from agent.shell.daemon import Daemon
from agent.shell.files import DATABASE, locked, private_folder
from agent.shell.store import Store
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.servers.relay import Relay
from tests.world import letters
from tests.world.letters import OWNER, ZONE, Firm, Letter
from tests.world.post import Post
from tests.world.world import APPROVED, ROOT, World, header, id_of, ours, until

SPEED = 4 * 3600.0  # virtual seconds in a real one
CUT_SECONDS = (2.0, 5.0)
STEP_SECONDS = 0.25
FIRM_SECONDS = 45.0  # eighty candidacies in an hour, one a week of that life
MOST_GROWTH = 0.05
SEED = 20261122
PLACES = "Alderley Bramhope Carrick Dunmere Eskdale Fernbank Galloway Hartwell Inverlea Jarrow Kelso Larkhill Moorgate Netherby Oakham".split()
TRADES = {
    "Bindery": "Bookbinder", "Orchards": "Estate Manager", "Looms": "Pattern Designer", "Lighthouse Trust": "Keeper",
    "Instruments": "Test Engineer", "Tramways": "Signal Planner", "Botanics": "Seed Curator", "Maps": "Cartographer",
}  # fmt: skip
PEOPLE = "Ines Varga, Tomas Lind, Ruth Okafor, Piet Maas, Yara Haddad, Colm Breen, Mei Tanaka, Olga Petrova, Luis Prado".split(
    ", "
)
NO = "Dear Ada,\n\nThank you for coming to see us. Unfortunately we have decided to go with another candidate.\n\nKind regards,\n{person}"


@dataclass(frozen=True, slots=True)
class QuickClock:
    """The daemon's clock: begins at a moment, and runs `SPEED` times as fast as the machine's."""

    start: datetime
    began: float

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.began) * SPEED)

    def real_delay(self, until: datetime) -> float:
        return max(0.0, (until - self.now()).total_seconds() / SPEED)

    def jumped(self) -> timedelta:
        return timedelta()


@dataclass(slots=True)
class Sample:
    """The daemon at one moment, from /proc (proc(5)): kB resident, open descriptors, threads; kB of state; mail delivered."""

    at: float
    memory: int
    descriptors: int
    threads: int
    state: int
    mail: int


@dataclass(slots=True)
class Life:
    """The world's side: what comes in, and what the owner does."""

    world: World
    clock: QuickClock
    chance: random.Random
    client: IMAPClient
    firms: list[tuple[Firm, datetime, bool]] = field(default_factory=list)  # when they answer; and is it a no
    mail: int = 0
    met: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def put(self, letter: Letter) -> None:
        flags = (b"\\Seen",) if letter.folder == "Sent" else ()
        self.client.append(letter.folder, letter.raw, flags, letter.at)
        self.mail += 1

    def agree(self) -> None:
        """Another interview, tomorrow; its employer will answer in some days, or never."""
        now, number = self.clock.now(), self.met
        self.met += 1
        place, (trade, role) = PLACES[number % len(PLACES)], list(TRADES.items())[number // len(PLACES) % len(TRADES)]
        person = PEOPLE[number % len(PEOPLE)]
        domain = f"{place}-{trade.split()[0]}{number // (len(PLACES) * len(TRADES)) or ''}.example".lower()
        firm = Firm(f"{place} {trade}", role, person, f"{person.replace(' ', '.').lower()}@{domain}")
        start = (
            (now + timedelta(days=1)).astimezone(ZONE).replace(hour=10 + number % 6, minute=0, second=0, microsecond=0)
        )
        self.put(letters.invited(firm, start, now))
        self.put(letters.agreed(firm, now + timedelta(minutes=5)))
        if self.chance.random() < 0.6:
            self.firms.append((firm, start + timedelta(days=self.chance.uniform(2, 25)), self.chance.random() < 0.5))

    def answer(self) -> None:
        now = self.clock.now()
        for row in [f for f in self.firms if f[1] <= now]:
            self.firms.remove(row)
            firm, _, refused = row
            if refused:
                thread = (firm.invitation, firm.thanks)
                text = NO.format(person=firm.person)
                raw = letters.mail(firm.sender, OWNER, f"Re: {firm.subject}", text, now, f"no@{firm.domain}", thread)
                self.put(Letter("INBOX", now, raw))
            else:
                self.put(letters.answered(firm, now))

    def act(self) -> None:
        """The owner does something to a draft: fills it in and confirms it, rewrites it, deletes it, or lets it lie."""
        self.client.select_folder("Drafts")
        uids = self.client.search(["UNDELETED"])
        if not uids:
            return
        uid = self.chance.choice(uids)
        raw = self.client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]", b"")
        if not ours(header(raw, "Message-ID")):
            return
        what = self.chance.choice(["confirm", "confirm", "edit", "delete", "leave", "leave"])
        self.done[what] = self.done.get(what, 0) + 1
        if what == "delete":
            self.client.delete_messages([uid])
            self.client.uid_expunge([uid])
        elif what == "edit":
            self.client.append("Drafts", raw.replace(b"Dear ", b"Hello "), (b"\\Draft",))
            self.client.delete_messages([uid])
            self.client.uid_expunge([uid])
        elif what == "confirm" and b"[[" not in raw:
            self.client.move([uid], APPROVED)


def lived(
    world: World, relay: Relay, clock: QuickClock, daemon: subprocess.Popen[str], seconds: float
) -> tuple[Life, list[Sample]]:
    """Let it live for so long -> what was done, and the samples."""
    client = IMAPClient(world.account.host, world.account.port, ssl=False)
    client.login(world.account.username, world.account.password())
    life = Life(world, clock, random.Random(SEED), client)
    began, samples = time.monotonic(), []
    duties: list[tuple[Callable[[], object], Callable[[], float], float]] = [
        (relay.cut, lambda: life.chance.uniform(*CUT_SECONDS), 3.0),
        (life.agree, lambda: FIRM_SECONDS, 0.0),
        (life.act, lambda: life.chance.uniform(1.0, 4.0), 10.0),
        (life.answer, lambda: 1.0, 5.0),
        (lambda: samples.append(sampled(daemon.pid, began, world, life.mail)), lambda: max(0.5, seconds / 600), 1.0),
        (lambda: print(told(samples[-1], seconds), file=sys.stderr, flush=True), lambda: max(10.0, seconds / 60), 10.0),
    ]
    due = [first for _, _, first in duties]
    while (at := time.monotonic() - began) < seconds:
        life.put(letters.newsletter(life.mail, clock.now()))
        for number, (work, again, _) in enumerate(duties):
            if at >= due[number]:
                if daemon.poll() is not None:
                    raise RuntimeError(f"the daemon ended with {daemon.returncode}: {world.log()[-2000:]}")
                with contextlib.suppress(client.Error):  # a draft that went away between the look and the act
                    work()
                due[number] = at + again()
        time.sleep(max(0.0, STEP_SECONDS - (time.monotonic() - began - at)))
    client.logout()
    return life, samples


def sampled(pid: int, began: float, world: World, mail: int) -> Sample:
    status = Path(f"/proc/{pid}/status").read_text()
    number = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if len(line.split()) > 1}
    uri = f"file:{world.state / DATABASE}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as database:
        pages, size = (database.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    state = int(pages) * int(size) // 1024
    descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(time.monotonic() - began, int(number["VmRSS"]), descriptors, int(number["Threads"]), state, mail)


def told(sample: Sample, seconds: float) -> str:
    return (
        f"{sample.at:.0f} of {seconds:.0f} s: {sample.mail} messages, {sample.memory / 1024:.1f} MB, "
        f"{sample.descriptors} descriptors, {sample.threads} threads, state {sample.state} kB"
    )


def fewest_and_usual(found: Sequence[int]) -> tuple[int, float]:
    return min(found), statistics.median(found)


def verdict(samples: Sequence[Sample], seconds: float) -> tuple[bool, list[str]]:
    """(well?, lines). The warm-up is the first third. What is leaked stays: it raises the quietest moment and the usual one."""
    warm = [s for s in samples if s.at >= seconds / 3]
    part = max(1, len(warm) // 4)
    first, last = warm[:part], warm[-part:]
    before, after = statistics.median(s.memory for s in first), statistics.median(s.memory for s in last)
    growth = after / before - 1
    held = [fewest_and_usual([s.descriptors for s in part]) for part in (first, last)]
    running = [fewest_and_usual([s.threads for s in part]) for part in (first, last)]
    descriptors, threads = (min(b - a for a, b in zip(*pairs, strict=True)) for pairs in (held, running))
    mail = last[-1].mail - first[0].mail
    state = (last[-1].state - first[0].state) * 1024 / max(1, mail)
    lines = [
        f"memory after the warm-up {before / 1024:.1f} MB, at the end {after / 1024:.1f} MB: {growth:+.1%}",
        f"descriptors: fewest {held[0][0]} to {held[1][0]}, usually {held[0][1]:.0f} to {held[1][1]:.0f}, at most {max(s.descriptors for s in warm)}",
        f"threads: fewest {running[0][0]} to {running[1][0]}, usually {running[0][1]:.0f} to {running[1][1]:.0f}, at most {max(s.threads for s in warm)}",
        f"state {first[0].state} kB to {last[-1].state} kB: {state:.0f} bytes for each of {mail} messages",
    ]
    return growth < MOST_GROWTH and descriptors <= 0 and threads <= 0, lines


def serve(configuration: Path, start: datetime, began: float) -> int:
    """The daemon, as `afterword run` has it, by another clock."""
    settings = load(configuration)
    folder = private_folder(wiring.state_folder(settings))
    with locked(folder), contextlib.closing(Store(folder / DATABASE)) as store:
        loop = wiring.loop(settings, folder, store)
        asyncio.run(Daemon(loop, wiring.imap_account(settings), QuickClock(start, began), folder).run())
    return 0


def live(minutes: float) -> int:
    start, began = datetime.now(UTC).replace(microsecond=0), time.time()
    clock, seconds = QuickClock(start, began), minutes * 60
    with contextlib.ExitStack() as stack:
        server, post = stack.enter_context(Dovecot()), stack.enter_context(Post())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        world = World(server.mailbox(), post, folder / "owner", start, "confirm", "max_sent_per_day = 500", ())
        relay = stack.enter_context(Relay(world.account.host, world.account.port))
        configuration = world.configure(port=relay.port)
        stack.callback(world.close)
        words = [sys.executable, "-m", "tests.bench.life", "--serve", str(configuration), start.isoformat(), str(began)]
        with (folder / "owner" / "state.log").open("a") as log:
            daemon = subprocess.Popen(words, stdout=log, stderr=log, text=True, cwd=ROOT)
        world.daemons.append(daemon)
        until(lambda: world.look() == "looked", 30.0, "the first look")
        life, samples = lived(world, relay, clock, daemon, seconds)
        until(lambda: world.look() == "looked", 20.0, "a last look")
        asked = time.monotonic()
        code, took = world.stop(daemon), time.monotonic() - asked
        well, lines = verdict(samples, seconds)
        found = world.outcome()
        handed = len({letter.message_id for letter in post.letters})
        filed = sum(ours(id_of(m)) for m in world.sent())
    print(
        f"{(clock.now() - start).days} days lived, {life.mail} messages, {life.met} opportunities; the owner: {life.done}"
    )
    print(f"sent {len(post.letters)}, filed in Sent {filed}; steps doubled {len(found.doubled())}")
    print(*lines, sep="\n")
    print(f"ended with {code} in {took:.1f} s")
    well = well and not found.doubled() and handed == len(post.letters) and code == 0
    print("well" if well else "NOT WELL")
    return 0 if well else 1


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.life")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--serve", nargs=3, metavar=("FILE", "START", "BEGAN"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve:
        return serve(Path(options.serve[0]), datetime.fromisoformat(options.serve[1]), float(options.serve[2]))
    if dovecot.missing():
        print(dovecot.missing(), file=sys.stderr)
        return 2
    return live(options.minutes)


if __name__ == "__main__":
    sys.exit(main())
