"""Watching a folder: woken by what happens there, by IDLE or by polling; silent otherwise; blind never without a word."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from imapclient import IMAPClient

from agent.errors import AfterwordError, ConnectionLost, FolderGone, LoginRefused
from agent.shell.imap import Account
from agent.shell.watch import LONGEST_BACK_OFF, RENEW_SECONDS, BackOff, Watcher
from tests.servers import MailServer
from tests.servers.fake_imap import FakeImap
from tests.servers.relay import Relay
from tests.servers.scripted import Talk
from tests.shell.mailbox.conftest import WITH_IDLE
from tests.shell.mailbox.letters import letter

SECONDS = 5.0
NEVER = 600.0
# By IDLE where there is one; the others are looked at often here, so that the same tests hold.
POLL = 0.05
with_idle = pytest.mark.parametrize("server", WITH_IDLE, indirect=True)


@dataclass
class Watch:
    """A running watcher, and what it has said so far."""

    watcher: Watcher
    looks: queue.Queue[str] = field(default_factory=queue.Queue)
    states: queue.Queue[AfterwordError | None] = field(default_factory=queue.Queue)

    def look(self) -> str:
        """Wait for the next look."""
        return self.looks.get(timeout=SECONDS)

    def state(self) -> AfterwordError | None:
        """Wait for the next change of state."""
        return self.states.get(timeout=SECONDS)

    def is_quiet(self) -> bool:
        return self.looks.empty()

    def stop(self) -> float:
        """-> how long it took."""
        began = time.monotonic()
        self.watcher.stop()
        self.watcher.join(SECONDS)
        assert not self.watcher.is_alive()
        return time.monotonic() - began


Start = Callable[..., Watch]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start watchers; they are stopped with the test."""
    made: list[Watch] = []

    def begin(account: Account, folder: str = "INBOX", **more: object) -> Watch:
        looks: queue.Queue[str] = queue.Queue()
        states: queue.Queue[AfterwordError | None] = queue.Queue()
        settings = {"poll": POLL, "back_off": BackOff(0.02, 0.05), **more}
        watcher = Watcher(account, folder, looks.put, lambda f, e: states.put(e), **settings)  # type: ignore[arg-type]
        made.append(Watch(watcher, looks, states))
        watcher.start()
        return made[-1]

    yield begin
    for watch in made:
        if watch.watcher.is_alive():
            watch.stop()


def seeing(watch: Watch) -> Watch:
    """Wait until it watches, and take the look with which it begins."""
    assert watch.state() is None
    assert watch.look()
    return watch


def settled(watch: Watch) -> None:
    """Take the looks that are under way; Dovecot tells after half a second."""
    with contextlib.suppress(queue.Empty):
        while True:
            watch.looks.get(timeout=0.7)


# --------------------------------------------------------------------------------------------------------------- waking


def test_it_looks_once_when_it_begins_and_then_keeps_quiet(server: MailServer, start: Start) -> None:
    """What came before the watch began must not be missed."""
    server.deliver(letter())
    watch = seeing(start(server.account))
    threading.Event().wait(0.2)  # nothing happens: there is nothing to wait for
    assert watch.is_quiet()


def test_new_mail_wakes_it(server: MailServer, start: Start) -> None:
    watch = seeing(start(server.account))
    server.deliver(letter())
    assert watch.look() == "INBOX"


def test_mail_that_is_taken_away_wakes_it(server: MailServer, start: Start, other: IMAPClient) -> None:
    """A draft is deleted, a reply filed: an EXPUNGE."""
    server.deliver(letter())
    watch = seeing(start(server.account))
    other.select_folder("INBOX")
    other.delete_messages(other.search())
    other.expunge()
    assert watch.look() == "INBOX"


@with_idle
def test_a_flag_wakes_it(server: MailServer, start: Start, other: IMAPClient) -> None:
    """A star confirms a draft (confirm_by = "flag"). Polling without CONDSTORE cannot see it; the loop's own looks do."""
    server.deliver(letter())
    watch = seeing(start(server.account))
    other.select_folder("INBOX")  # takes \\Recent away, which is told too
    settled(watch)
    other.add_flags(other.search(), [b"\\Flagged"])
    assert watch.look() == "INBOX"


def test_every_new_mail_wakes_it_again(server: MailServer, start: Start) -> None:
    """imapclient's idle_check loses what comes while nobody listens."""
    watch = seeing(start(server.account))
    for number in range(3):
        watch.looks.queue.clear()
        server.deliver(letter(number))
        watch.look()


def test_a_folder_with_a_name_of_all_letters_is_watched(server: MailServer, start: Start, other: IMAPClient) -> None:
    name = server.named("Gesendete Entwürfe & mehr")
    other.create_folder(name)
    watch = seeing(start(server.account, name))
    other.append(name, letter())
    assert watch.look() == name


def test_the_owner_is_not_disturbed(server: MailServer, start: Start, other: IMAPClient) -> None:
    """P8: the folder is examined only; new mail stays new."""
    watch = seeing(start(server.account))
    server.deliver(letter())
    watch.look()
    watch.stop()
    assert other.select_folder("INBOX")[b"RECENT"] == 1


# --------------------------------------------------------------------------------------------------------------- IDLE


@with_idle
def test_where_there_is_idle_nothing_is_asked_while_nothing_happens(
    server: MailServer, start: Start, relay: Relay, through: Account
) -> None:
    """I14 and the budget: no wake-up more often than IDLE is renewed."""
    watch = seeing(start(through))
    before = len(relay.lines)
    threading.Event().wait(4 * POLL)
    assert len(relay.lines) == before
    assert relay.lines[-1].endswith(b" IDLE")
    assert watch.is_quiet()


@with_idle
def test_idle_is_renewed_before_servers_and_routers_forget_it(
    server: MailServer, start: Start, relay: Relay, through: Account
) -> None:
    """RFC 2177 §3: DONE, and IDLE again; that is no news."""
    watch = seeing(start(through, renew=0.1))
    end = time.monotonic() + SECONDS
    while relay.lines.count(b"DONE") < 3 and time.monotonic() < end:
        threading.Event().wait(0.02)
    assert relay.lines.count(b"DONE") >= 3
    assert watch.is_quiet()
    server.deliver(letter())
    assert watch.look() == "INBOX"


def test_idle_is_renewed_well_before_half_an_hour() -> None:
    """RFC 2177 §3 says 29 minutes at most; home routers forget a silent connection after ten."""
    assert RENEW_SECONDS < 10 * 60


@with_idle
def test_stop_ends_it_at_once_and_leaves_idle_behind(server: MailServer, start: Start) -> None:
    assert seeing(start(server.account)).stop() < 1.0


def again(talk: Talk, over: threading.Event) -> Talk:
    """The end of a conversation: IDLE is renewed, and silence; `over` is set when it has come so far."""
    return talk.client("DONE").ok("done").client("IDLE").server("+ idling").tells(over).silent()


def idling(*before: str, extensions: str = "IDLE") -> Talk:
    """A conversation up to the "+" of IDLE; `before` is told ahead of it."""
    talk = Talk(extensions).client("EXAMINE *").server("* 4 EXISTS", "* OK [UIDVALIDITY 1] ok").ok("[READ-ONLY] ok")
    return talk.client("IDLE").server(*before, "+ idling")


@pytest.mark.parametrize(
    "line",
    ["* 5 EXISTS", "* 3 EXPUNGE", "* 2 FETCH (FLAGS (\\Seen))", "* VANISHED 41", "* 1 RECENT"],
)
def test_whatever_is_told_of_messages_wakes_it(start: Start, line: str) -> None:
    go, over = threading.Event(), threading.Event()
    with again(idling().waits(go).server(line), over) as talk:
        watch = seeing(start(talk.account))
        go.set()
        watch.look()
        assert over.wait(SECONDS)
        watch.watcher.stop()


def test_still_here_does_not_wake_it(start: Start) -> None:
    """Dovecot says so every two minutes, to keep routers awake."""
    go, told = threading.Event(), threading.Event()
    with idling().waits(go).server("* OK Still here").tells(told).silent() as talk:
        watch = seeing(start(talk.account))
        go.set()
        assert told.wait(SECONDS)
        threading.Event().wait(0.1)
        assert watch.is_quiet()
        watch.watcher.stop()


def test_what_is_told_before_idle_begins_is_no_refusal(start: Start) -> None:
    """RFC 3501 §7: at any time. imapclient takes it for an answer and leaves."""
    with idling("* 5 EXISTS", "* 1 RECENT").silent() as talk:
        watch = seeing(start(talk.account))
        assert watch.states.empty()
        watch.watcher.stop()


@pytest.mark.parametrize("place", ["with DONE", "before the next IDLE"])
def test_what_is_told_between_two_idles_wakes_it(start: Start, place: str) -> None:
    news = ["* 6 EXISTS"]
    with_done, ahead = (news, []) if place == "with DONE" else ([], news)
    over = threading.Event()
    talk = idling().client("DONE").server(*with_done).ok("done").client("IDLE").server(*ahead, "+ idling")
    with again(talk, over) as talk:
        watch = seeing(start(talk.account, renew=0.05))
        watch.look()
        assert over.wait(SECONDS)
        watch.watcher.stop()


def test_a_line_that_comes_in_pieces_is_one_line(start: Start) -> None:
    pause, over = threading.Event(), threading.Event()
    with again(idling().raw(b"* 5 EX").waits(pause).raw(b"ISTS\r\n* 6 EXISTS\r\n"), over) as talk:
        watch = seeing(start(talk.account))
        assert watch.is_quiet()
        pause.set()
        watch.look()
        assert over.wait(SECONDS)
        assert watch.states.empty()
        watch.watcher.stop()


def test_news_in_the_same_packet_as_the_beginning_is_not_lost(start: Start) -> None:
    """It lies in a buffer that poll cannot see."""
    talk = Talk("IDLE").client("EXAMINE *").server("* 4 EXISTS").ok("[READ-ONLY] ok").client("IDLE")
    over = threading.Event()
    with again(talk.raw(b"+ idling\r\n* 5 EXISTS\r\n"), over) as talk:
        watch = seeing(start(talk.account))
        watch.look()
        assert over.wait(SECONDS)
        watch.watcher.stop()


# ------------------------------------------------------------------------------------------------------------- polling


@pytest.mark.parametrize("server", ["bare fake", "bare dovecot", "fake without IDLE"], indirect=True)
def test_where_idle_is_missing_the_folder_is_asked(
    server: MailServer, start: Start, relay: Relay, through: Account
) -> None:
    watch = seeing(start(through))
    server.deliver(letter())
    assert watch.look() == "INBOX"
    watch.stop()
    said = [line.split(b" ", 2)[1] for line in relay.lines if b" " in line]
    assert b"IDLE" not in said
    assert b"STATUS" not in said  # RFC 3501 §6.3.10: not of the folder that is open


# ----------------------------------------------------------------------------------------------------------- blindness


def test_a_lost_connection_is_told_made_anew_and_looked_through(server: MailServer, start: Start) -> None:
    """I14: and what came meanwhile is not missed."""
    watch = seeing(start(server.account))
    server.kick()
    assert isinstance(watch.state(), ConnectionLost)
    server.deliver(letter())
    seeing(watch)


@pytest.mark.parametrize(
    "end", [["* BYE idle for too long"], []], ids=["BYE", "no word"]
)  # NotiMail 4: sits there for ever
def test_a_server_that_leaves_during_idle_is_returned_to(start: Start, end: list[str]) -> None:
    talk = idling().server(*end).drops().client("EXAMINE *").server("* 4 EXISTS").ok("[READ-ONLY] ok")
    with talk.client("IDLE").server("+ idling").silent() as talk:
        watch = seeing(start(talk.account))
        assert isinstance(watch.state(), ConnectionLost)
        seeing(watch)
        watch.watcher.stop()


def test_a_line_that_stalls_is_not_waited_for_for_ever(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.shell.watch.LINE_SECONDS", 0.2)
    with idling().raw(b"* 5 EXI").silent() as talk:
        watch = seeing(start(talk.account, back_off=BackOff(NEVER, NEVER)))
        assert isinstance(watch.state(), ConnectionLost)
        watch.watcher.stop()


@pytest.mark.parametrize("answer", ["NO [UNAVAILABLE] not now", "BAD what"], ids=["NO", "BAD"])
def test_a_refused_idle_is_told_and_tried_again(start: Start, answer: str) -> None:
    talk = Talk("IDLE").client("EXAMINE *").server("* 4 EXISTS").ok("[READ-ONLY] ok").client("IDLE").tagged(answer)
    with talk.silent() as talk:
        watch = start(talk.account, back_off=BackOff(NEVER, NEVER))
        assert watch.state() is not None
        watch.watcher.stop()


def test_a_folder_that_is_gone_is_told_and_found_again(fake: FakeImap, start: Start) -> None:
    fake.create("Jobs")
    watch = seeing(start(fake.account, "Jobs"))
    fake.delete("Jobs")
    assert isinstance(watch.state(), ConnectionLost)
    assert isinstance(watch.state(), FolderGone)
    fake.create("Jobs")
    while watch.state() is not None:
        pass
    assert watch.look() == "Jobs"


def test_a_password_that_is_refused_is_told_and_tried_again(fake: FakeImap, start: Start) -> None:
    fake.refuse_logins()
    watch = start(fake.account)
    assert isinstance(watch.state(), LoginRefused)
    assert watch.is_quiet()
    fake.refuse_logins("")
    while watch.state() is not None:
        pass
    assert watch.look() == "INBOX"


def test_a_password_is_asked_for_at_each_connection(fake: FakeImap, start: Start) -> None:
    """It may have changed, or be a token that has expired."""
    asked: list[int] = []
    word = fake.account.password()

    def password() -> str:
        asked.append(1)
        return word

    watch = seeing(start(replace(fake.account, password=password)))
    fake.kick()
    assert watch.state() is not None
    seeing(watch)
    assert len(asked) == 2


def test_stop_ends_it_while_it_waits_to_try_again(fake: FakeImap, start: Start) -> None:
    fake.refuse_logins()
    watch = start(fake.account, back_off=BackOff(NEVER, NEVER))
    assert watch.state() is not None
    assert watch.stop() < 1.0


# ------------------------------------------------------------------------------------------------------------- back-off


def test_after_each_failure_it_waits_longer_up_to_a_limit_and_never_exactly_as_long() -> None:
    """Doubled and shaken, so that many clients do not return together."""
    waits = [[b.next(LoginRefused("no")) for _ in range(14)] for b in (BackOff() for _ in range(20))]
    for row in waits:
        assert all(0 < seconds <= LONGEST_BACK_OFF for seconds in row)
        assert row[-1] > 0.5 * LONGEST_BACK_OFF
        assert all(later > earlier * 0.9 for earlier, later in pairwise(row[:8]))
    assert len({row[5] for row in waits}) > 1


def test_a_connection_that_broke_once_is_made_anew_at_once() -> None:
    back_off = BackOff()
    assert back_off.next(ConnectionLost("gone")) < 1.0
    assert back_off.next(ConnectionLost("gone")) > 1.0
    back_off.reset()
    assert back_off.next(ConnectionLost("gone")) < 1.0


def test_a_server_that_is_down_is_not_hammered(start: Start) -> None:
    """Each failure in a row waits longer; success begins anew."""
    with Talk() as talk:
        account = talk.account  # nobody listens there any more
    watch = start(account, back_off=BackOff(0.05, 10.0))
    times = []
    for _ in range(5):
        assert isinstance(watch.state(), ConnectionLost)
        times.append(time.monotonic())
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[-1] > gaps[0]
    assert watch.is_quiet()
