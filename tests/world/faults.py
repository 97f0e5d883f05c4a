"""Faults x the turns of a course: each trial begins where a turn began, is disturbed in that turn, goes on undisturbed to the end, and
is compared with the course that nothing disturbed.

Rule 1: the same process goes on after a fault, as a daemon does; only what ends a daemon ends the agent here.
Rule 2: an error of ours is a fair answer to a fault; any other exception is a failure of the trial.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.errors import AfterwordError, ClockWrong, Reach, ServerError, StateError
from agent.shell import connection, smtp
from agent.shell.store import Held, Store
from tests.world import troubles
from tests.world.agent_here import AgentHere
from tests.world.proxy import NEVER, Fault, How, Imap, Proxy, Smtp, When
from tests.world.stage import APPROVED, SOON, Stage, Undisturbed, Verdict, of_state, owners_mail
from tests.world.world import World

DEADLINE = 0.4  # seconds that a command may take in a disturbed turn
PATIENT = 20.0  # and in those that nothing disturbs
SLOWER = (1, 5, 25)  # times the deadline, where a busy machine let it pass before the fault was reached
CHANGING = ("APPEND", "UID STORE", "UID EXPUNGE", "UID MOVE", "UID COPY", "CREATE")
AFTER_GRACE = timedelta(minutes=12)
READING = ("LOGIN", "LIST", "EXAMINE", "SELECT", "UID SEARCH", "UID FETCH")
Disturb = Callable[["Scene"], None]

ON_READING = (
    *((when, how) for when in (When.BEFORE, When.AFTER) for how in (How.CLOSE, How.RESET, How.SILENCE)),
    (When.WITHIN, How.CLOSE), (When.WITHIN, How.SILENCE), (When.BEFORE, How.NO), (When.BEFORE, How.BAD),
    (When.BEFORE, How.UNAVAILABLE), (When.AFTER, How.BYE), (When.AFTER, How.GARBAGE), (When.AFTER, How.ALERT), (When.AFTER, How.SLOW),
)  # fmt: skip
ON_CHANGING = (*ON_READING, (When.AFTER, How.NO), (When.BEFORE, How.OVERQUOTA), (When.BEFORE, How.READ_ONLY))
ON_SMTP = (
    *((when, how) for when in (When.BEFORE, When.AFTER) for how in (How.CLOSE, How.RESET, How.SILENCE)),
    (When.WITHIN, How.CLOSE), (When.BEFORE, How.LATER), (When.BEFORE, How.NEVER), (When.BEFORE, How.CLOSING),
    (When.AFTER, How.GARBAGE), (When.AFTER, How.SLOW),
)  # fmt: skip


class NotReached(AssertionError):
    """The turn ended before its fault."""


@dataclass(slots=True)
class Scene:
    """One trial under way: the world, the way to its servers, the agent, and the moment of the disturbed turn."""

    stage: Stage
    course: Undisturbed
    number: int
    world: World
    imap: Proxy
    smtp: Proxy
    agent: AgentHere
    deadline: float = DEADLINE
    refused: bool = False  # rightly not sent: the end may differ
    unlike: bool = False  # steps are gone with their folder, or an answer of the owner's with its evidence
    cleared: str = ""  # a folder whose content was taken away

    @property
    def moment(self) -> datetime:
        return self.course.turns[self.number].moment

    def turn(self, moment: datetime | None = None, agent: AgentHere | None = None) -> None:
        """A turn as a daemon takes it: what it throws is noted, and the connection dropped if it reaches that far."""
        who = agent or self.agent
        who.loop.real_time = True
        try:
            who.turn(moment or self.moment)
        except ClockWrong:
            pass
        except ServerError as error:
            who.loop.forget_layout()
            if error.reach not in (Reach.FOLDER, Reach.MESSAGE):
                who.disconnect()
        except StateError:
            who.disconnect()

    def anew(self) -> None:
        """The agent ends, and another process begins."""
        self.agent.close()
        self.agent = AgentHere(
            self.world.configuration, self.deadline, replace(self.world.account, port=self.imap.port)
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault in one turn of the course."""

    mode: str
    number: int
    name: str
    disturb: Disturb
    step: str

    def __str__(self) -> str:
        return f"{self.mode}, {self.step}: {self.name}"


@contextlib.contextmanager
def impatient(seconds: float) -> Iterator[None]:
    """Short waits for connections and for SMTP's answers: so many faults are silence."""
    before = connection.CONNECT_SECONDS, smtp.CONNECT_SECONDS, smtp.ANSWER_SECONDS
    connection.CONNECT_SECONDS = smtp.CONNECT_SECONDS = smtp.ANSWER_SECONDS = seconds
    try:
        yield
    finally:
        connection.CONNECT_SECONDS, smtp.CONNECT_SECONDS, smtp.ANSWER_SECONDS = before


def tried(stage: Stage, trial: Trial) -> Verdict:
    """Run a trial -> what is wrong at its end."""
    for slower in SLOWER:
        with contextlib.suppress(NotReached):
            return once(stage, trial, DEADLINE * slower)
    return Verdict(other=["the fault was not reached"])


def once(stage: Stage, trial: Trial, deadline: float) -> Verdict:
    """One attempt. NotReached: the machine was too busy for this deadline, and nothing is known."""
    course = stage.undisturbed(trial.mode)
    turn = course.turns[trial.number]
    world = stage.world(turn)
    with (
        Proxy(world.account.port, Imap) as by_imap,
        Proxy(stage.post.port, Smtp) as by_smtp,
        contextlib.ExitStack() as stack,
    ):
        stack.callback(shutil.rmtree, world.box.home, True)
        stack.callback(shutil.rmtree, world.folder, True)
        stack.callback(world.close)
        world.configuration = world.configure(smtp=by_smtp.port)
        agent = AgentHere(world.configuration, deadline, replace(world.account, port=by_imap.port))
        scene = Scene(stage, course, trial.number, world, by_imap, by_smtp, agent, deadline)
        try:
            with impatient(deadline):
                trial.disturb(scene)
            by_imap.spoil(None)
            by_smtp.spoil(None)
            scene.agent.allow(PATIENT)
            return outcome(scene)
        except NotReached:
            raise
        except AfterwordError as error:
            return Verdict(other=[f"{type(error).__name__} without a fault: {error}"])
        except Exception as error:  # noqa: BLE001 - whatever the fault brought out of the agent is what a trial is to find
            return Verdict(other=[f"{type(error).__name__}: {error}"])
        finally:
            scene.agent.close()


def outcome(scene: Scene) -> Verdict:
    """Let the agent come to rest, go on to the end of the course, and judge."""
    agent, turn = scene.agent, scene.course.turns[scene.number]
    agent.settle(scene.moment + SOON)
    if scene.unlike:
        return unlike(scene)
    unsure = of_state(agent, Held.UNSURE)
    if not unsure and tuple(agent.ledger()) == turn.ledger and scene.world.outcome() == turn.outcome:
        return Verdict()  # the same state and the same mailbox: the rest is the undisturbed course
    late = not unsure and not scene.refused and scene.world.outcome() != turn.outcome
    scene.stage.go_on(scene.world, scene.course, scene.number, agent)
    agent.settle(scene.course.turns[-1].moment + SOON)
    unsure = of_state(agent, Held.UNSURE)
    found = scene.stage.judged(scene.world, scene.course, unsure, scene.refused)
    if late:
        found.other.append("a minute after the fault it was not yet made good")
    return found


def unlike(scene: Scene) -> Verdict:
    """Nothing to compare with, for what the owner would do next is not there: nothing may be doubled, sent or touched."""
    turn, found = scene.course.turns[scene.number], Verdict()
    scene.agent.settle(scene.moment + AFTER_GRACE)
    there, theirs = scene.world.outcome(), owners_mail(scene.world)
    found.doubled = there.doubled()
    found.doubled += [i for i, n in there.handed.items() if n > turn.outcome.handed[i]]
    found.touched = sorted(o for o in turn.owners - theirs if not scene.cleared or not o.startswith(scene.cleared))
    if turn.phase.name != "dismissing" and scene.cleared == "Drafts" and scene.agent.loop.words.read():
        found.other.append("a deletion was read into it")  # I8
    return found


# ------------------------------------------------------------------------------------------------------------- on the wire


def on_the_way(fault: Fault, smtp_side: bool = False) -> Disturb:
    """A fault between the agent and one of its servers, for one turn."""

    def disturb(scene: Scene) -> None:
        proxy = scene.smtp if smtp_side else scene.imap
        proxy.spoil(fault)
        scene.refused = smtp_side and fault.how is How.NEVER
        scene.turn()
        if not proxy.struck:
            raise NotReached(str(fault))

    return disturb


def for_a_while(fault: Fault) -> Disturb:
    """The same trouble turn after turn, for an hour; then it is over."""

    def disturb(scene: Scene) -> None:
        scene.imap.spoil(fault)
        for minutes in (-60, -30, -10, -5, 0):
            scene.agent.disconnect()
            scene.turn(scene.moment + timedelta(minutes=minutes) if scene.number == 0 else scene.moment)
        scene.agent.disconnect()

    return disturb


def dark(scene: Scene) -> None:
    """Every connection is cut again and again while the turn is taken."""
    for number in (40, 25, 15, 8, 3):
        scene.imap.spoil(Fault("", number, When.AFTER, How.RESET, NEVER))
        scene.turn()
        scene.agent.disconnect()


# ------------------------------------------------------------------------------------------------------------- the state


def failing_store(number: int, how: str) -> Disturb:
    """The `number`-th transaction fails as SQLite itself makes it fail; `again`: and the program is started anew."""

    def disturb(scene: Scene) -> None:
        store, count = scene.agent.store, 0
        original = Store.change

        @contextlib.contextmanager
        def change(self: Store, durable: bool = True) -> Iterator[None]:
            nonlocal count
            count += self is store
            if self is not store or count != number:
                with original(self, durable):
                    yield
                return
            with broken(self, how), original(self, durable):
                yield

        Store.change = change  # type: ignore[method-assign, assignment]
        try:
            scene.turn()
        finally:
            Store.change = original  # type: ignore[method-assign]
        if how.endswith("started anew"):
            scene.anew()

    return disturb


@contextlib.contextmanager
def broken(store: Store, how: str) -> Iterator[None]:
    """SQLITE_FULL, SQLITE_BUSY, SQLITE_READONLY by SQLite's own means, for one transaction."""
    before = store.db.execute("PRAGMA busy_timeout").fetchone()[0]
    if how.startswith("locked"):
        store.db.execute("PRAGMA busy_timeout = 20")
        with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")
                store.db.execute(f"PRAGMA busy_timeout = {before}")
        return
    on, off = FAILURES[how.split(",")[0]]
    store.db.execute(on)
    try:
        yield
    finally:
        store.db.execute(off)


FAILURES = {
    "disk full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"),
    "read-only": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
}
STORE_TROUBLES = ("disk full", "locked", "read-only", "disk full, and started anew", "read-only, and started anew")


def database_gone(scene: Scene) -> None:
    """The state is deleted while nobody runs."""
    scene.agent.close()
    troubles.database_deleted(scene.world)
    scene.anew()
    scene.unlike = scene.course.turns[scene.number].phase.name == "dismissing"  # what was deleted is known to nobody
    scene.turn()


# ------------------------------------------------------------------------------------------------- the clock and the folders


def jump(days: float) -> Disturb:
    """The clock is wrong for a turn, and then right again."""

    def disturb(scene: Scene) -> None:
        scene.turn(scene.moment + timedelta(days=days))
        scene.agent.loop.clock_jumped(scene.moment)
        scene.refused = days > 1 or scene.course.turns[scene.number].phase.name == "sending"

    return disturb


def behind(trouble: Callable[[World, str], None], folder: str, gone: bool = False) -> Disturb:
    """Something happens to a folder while the agent is connected; `gone`: what was in it is rightly not as before."""

    def disturb(scene: Scene) -> None:
        scene.cleared = folder if gone else ""
        scene.unlike = gone or folder == "Drafts" and scene.course.turns[scene.number].phase.name == "dismissing"
        with contextlib.suppress(ServerError):
            scene.agent.connect()
        if scene.world.exists(folder):
            trouble(scene.world, folder)
        scene.turn()

    return disturb


def closed(folder: str) -> Disturb:
    """Nothing can be written into a folder for a turn."""

    def disturb(scene: Scene) -> None:
        if not scene.world.exists(folder):
            return
        with troubles.read_only(scene.world, folder):
            scene.turn()
        scene.agent.disconnect()

    return disturb


def away(folder: str) -> Disturb:
    """A folder bears another name for a turn."""

    def disturb(scene: Scene) -> None:
        if not scene.world.exists(folder):
            return
        troubles.renamed(scene.world, folder, "Put aside")
        scene.turn()
        scene.agent.disconnect()
        scene.unlike = scene.world.box.maildir(
            folder
        ).exists()  # made anew by the server, and what was put there goes with it
        if scene.unlike:
            troubles.deleted(scene.world, folder)
        troubles.renamed(scene.world, "Put aside", folder)

    return disturb


def second_daemon(fault: Fault | None) -> Disturb:
    """Another installation on the same mailbox, which turns right after one that was disturbed."""

    def disturb(scene: Scene) -> None:
        # of a draft that was deleted before the other came, only the first one knows
        scene.unlike = scene.course.turns[scene.number].phase.name == "dismissing"
        configuration = scene.world.configure("second", smtp=scene.smtp.port)
        with AgentHere(configuration) as second:
            scene.imap.spoil(fault)
            scene.turn()
            scene.imap.spoil(None)
            for minutes in (0, 1, 2):
                scene.turn(scene.moment + timedelta(seconds=minutes), second)
                scene.turn(scene.moment + timedelta(seconds=minutes))

    return disturb


# ---------------------------------------------------------------------------------------------------------------- the matrix


def exchanges(stage: Stage, mode: str) -> list[tuple[list[str], list[str]]]:
    """What the agent says in each undisturbed turn: (IMAP, SMTP) exchanges by name, in order."""
    found = []
    for number, turn in enumerate(stage.undisturbed(mode).turns):
        world = stage.world(turn)
        with Proxy(world.account.port, Imap) as by_imap, Proxy(stage.post.port, Smtp) as by_smtp:
            world.configuration = world.configure(smtp=by_smtp.port)
            with AgentHere(world.configuration, account=replace(world.account, port=by_imap.port)) as agent:
                agent.turn(turn.moment)
            found.append((list(by_imap.passed), list(by_smtp.passed)))
        world.close()
        assert number < len(stage.played[mode].turns)
    return found


def matrix(stage: Stage, mode: str) -> Iterator[Trial]:
    """Every fault in every turn of the course."""
    turns = stage.undisturbed(mode).turns
    for number, (by_imap, by_smtp) in enumerate(exchanges(stage, mode)):
        turn = turns[number]

        def trial(name: str, disturb: Disturb, number: int = number, step: str = turn.phase.name) -> Trial:
            return Trial(mode, number, name, disturb, step)

        for fault in faults_on(by_imap):
            yield trial(f"IMAP {fault}", on_the_way(fault))
        for fault in faults_on_smtp(by_smtp):
            yield trial(f"SMTP {fault}", on_the_way(fault, smtp_side=True))
        for nth in range(1, turn.effects.count("commit") + 1):
            for how in STORE_TROUBLES:
                yield trial(f"{how} at transaction {nth}", failing_store(nth, how))
        for name, disturb in surroundings().items():
            yield trial(name, disturb)
        changing = [f for f in faults_on(by_imap) if f.name in CHANGING and f.how in (How.RESET, How.SILENCE)]
        for other in (None, *changing):
            yield trial(f"two daemons, {other or 'nothing more'}", second_daemon(other))


def faults_on(names: list[str]) -> Iterator[Fault]:
    """Each fault at each IMAP exchange of a turn."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        if name in ("LOGOUT", "CAPABILITY"):
            continue
        for when, how in ON_CHANGING if name in CHANGING else ON_READING:
            if name != "CONNECT" or how in (How.CLOSE, How.RESET, How.SILENCE, How.BYE, How.GARBAGE, How.SLOW):
                yield Fault(name, seen[name], when, how)


def faults_on_smtp(names: list[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(names):
        for when, how in ON_SMTP if name != "QUIT" else ON_SMTP[:6]:
            yield Fault(name, 1, when, how)


def surroundings() -> dict[str, Disturb]:
    """Troubles that are not on the wire, or that last."""
    found: dict[str, Disturb] = {
        "login refused for an hour": for_a_while(Fault("LOGIN", 1, When.BEFORE, How.REFUSED, NEVER)),
        "mailbox full for an hour": for_a_while(Fault("APPEND", 1, When.BEFORE, How.OVERQUOTA, NEVER)),
        "nothing can be written for an hour": for_a_while(Fault("APPEND", 1, When.BEFORE, How.READ_ONLY, NEVER)),
        "no search for an hour": for_a_while(Fault("UID SEARCH", 1, When.BEFORE, How.NO, NEVER)),
        "unavailable for an hour": for_a_while(Fault("", 1, When.BEFORE, How.UNAVAILABLE, NEVER)),
        "cut five times": dark,
        "the database deleted": database_gone,
        **{f"the clock {days:+g} days for a turn": jump(days) for days in (-400, -40, -1, -0.01, 0.02)},
    }
    for folder in ("Drafts", "INBOX", "Sent", APPROVED):
        found[f"other UIDs in {folder}"] = behind(troubles.other_uids, folder)
        found[f"{folder} cannot be written"] = closed(folder)
        if folder != "INBOX":
            found[f"{folder} made anew"] = behind(troubles.moved_to_a_new_one, folder)
            found[f"{folder} renamed for a turn"] = away(folder)
    found["Drafts emptied"] = behind(troubles.emptied, "Drafts", gone=True)
    found["Approved deleted"] = behind(troubles.deleted, APPROVED, gone=True)
    return found


__all__ = ["CHANGING", "READING", "Trial", "exchanges", "matrix", "tried"]
