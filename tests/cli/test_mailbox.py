"""The commands that talk to a server: `check`, `run`, `drafts approve`, `drafts settle`; against servers on loopback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from agent.shell.files import locked
from agent.shell.store import Held, StepRow
from tests.cli.home import Home, fits
from tests.servers.fake_imap import FakeImap
from tests.shell.post_office import PostOffice, Scripted

UNTIL_SECONDS = 20.0


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as made:
        yield made


@pytest.fixture
def confirming(home: Home, server: FakeImap, office: PostOffice) -> Home:
    """Mode `confirm`, looked at once: the drafts stand."""
    home.configure(server.port, office.port, mode="confirm")
    assert home("run", "--once").code == 0
    return home


def rows(home: Home, *states: Held) -> list[StepRow]:
    with home.store() as store:
        found: list[StepRow] = store.steps(*states)
    return found


# ----------------------------------------------------------------------------------------------------------------- check


def test_check_proves_each_thing_in_a_line_and_leaves_nothing_behind(
    home: Home, server: FakeImap, office: PostOffice
) -> None:
    """CONTRACT, `check`: a draft put in and taken out again, SMTP login, nothing sent."""
    home.configure(server.port, office.port)
    before = {name: [m.raw for m in server.messages(name)] for name in ("INBOX", "Drafts", "Sent")}
    said = home("check")
    assert said.code == 0, said
    lines = re.findall(r"(?m)^ok    ([^:]+):", said.out)
    assert lines == [
        "state folder", "templates", "name of the IMAP server", "IMAP login", "capabilities", "folders", "a draft in and out again",
        "clock", "SMTP login",
    ]  # fmt: skip
    assert "afterword run" in said.out
    assert fits(said.out) == []
    assert {name: [m.raw for m in server.messages(name)] for name in before} == before
    assert office.taken == []


def test_check_tells_what_fails_and_what_to_do_and_goes_on(home: Home, server: FakeImap) -> None:
    """Exit 1; what cannot be tried without that is not counted."""
    home.configure(server.port)  # nobody listens where SMTP should be
    server.refuse_logins()
    said = home("check")
    assert said.code == 1
    flat = " ".join(said.out.split())
    assert re.search(r"FAIL IMAP login: .* app password", flat)
    assert "folders: not tried" in said.out
    assert re.search(r"FAIL SMTP login: .* check \[smtp\] host", flat)
    assert re.search(r"2 of \d failed", said.out)
    assert "secret" not in said.out + said.err


def test_check_tells_of_a_drafts_folder_that_is_not_there(home: Home) -> None:
    with FakeImap(folders=("Sent",)) as server:
        home.configure(server.port)
        said = home("check")
    assert said.code == 1
    assert re.search(r"FAIL  folders: ", said.out)
    assert "[folders] drafts" in said.out


# ------------------------------------------------------------------------------------------------------------------- run


def test_run_once_catches_up_and_says_in_one_line_what_it_did(online: Home, server: FakeImap) -> None:
    """Results to stdout. A second pass with nothing new changes nothing (I10), and says so."""
    said = online("run", "--once")
    assert said.code == 0
    assert re.fullmatch(r"looked: 5 drafts put, \d+ messages read\n", said.out)
    assert len(server.messages("Drafts")) == 1 + 5
    changes = list(server.changes)
    again = online("run", "--once")
    assert (again.code, again.out) == (0, "looked: nothing to do\n")
    assert server.changes == changes


def test_run_once_with_a_refused_login_is_the_servers_answer(online: Home, server: FakeImap) -> None:
    """Exit 3, with what to do, without the password."""
    server.refuse_logins()
    said = online("run", "--once")
    assert (said.code, said.out) == (3, "")
    assert "app password" in said.err
    assert "secret" not in said.err


def test_the_daemon_runs_in_the_foreground_until_it_is_told_to_stop(online: Home, server: FakeImap) -> None:
    """CONTRACT, `run`: ended by SIGTERM with 0; `status` and a second daemon see it; a word is acted upon at once."""
    process = subprocess.Popen(
        [sys.executable, "-m", "agent", "run", "-c", str(online.config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.until(lambda: len(server.messages("Drafts")) == 6, UNTIL_SECONDS)
        said = online("snooze", "museum", 5)
        assert said.code == 0
        assert "not running" not in said.out
        assert server.until(lambda: len(server.messages("Drafts")) == 5, UNTIL_SECONDS)
        second = online("run")
        assert second.code == 1
        assert str(process.pid) in second.err
        found = online("status", "--json")
        assert (found.code, found.json["daemon"]["running"]) == (0, True)
        assert online("health").code == 0
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=UNTIL_SECONDS)
    assert process.returncode == 0, err
    assert out == ""
    assert "Traceback" not in err
    assert online("health").code == 1


# --------------------------------------------------------------------------------------------------------------- approve


def draft_of(home: Home, organisation: str = "Harrow Museum") -> str:
    drafts = home("drafts", "--json").json["drafts"]
    return str(next(d["id"] for d in drafts if d["organisation"] == organisation))


def test_an_approved_draft_is_sent_once_as_it_stands(confirming: Home, server: FakeImap, office: PostOffice) -> None:
    """P1, I4."""
    said = confirming("drafts", "approve", draft_of(confirming))
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "Sent."
    ((_, recipients, raw),) = office.taken
    assert recipients == ("ellis.groves@harrowmuseum.example",)
    assert b"Archivist" in raw
    confirming("run", "--once")
    assert len(office.taken) == 1
    assert "Harrow Museum" not in {d["organisation"] for d in confirming("drafts", "--json").json["drafts"]}


def test_a_draft_with_a_blank_is_not_sent(confirming: Home, office: PostOffice) -> None:
    """P7: exit 1, and which blank."""
    row = next(r for r in rows(confirming, Held.PUT) if r.step == "thank_you")
    found = next(d["id"] for d in confirming("drafts", "--json").json["drafts"] if d["message_id"] == row.message_id)
    said = confirming("drafts", "approve", found)
    assert (said.code, said.out) == (1, "")
    assert "[[" in said.err
    assert office.taken == []


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [("550 no such user", 1, "Not sent"), ("451 later", 0, "It waits"), ("drop", 1, "Not sent")],
    ids=["refused", "later", "no-answer"],
)
def test_a_message_that_is_not_taken_is_told(home: Home, server: FakeImap, answer: str, code: int, says: str) -> None:
    """I4: refused, put off, or nobody knows; never "Sent." """
    with Scripted(**{".": answer}) as office:
        home.configure(server.port, office.port, mode="confirm")
        home("run", "--once")
        said = home("drafts", "approve", draft_of(home))
        assert said.code == code, said
        assert says in said.out + said.err
        assert "Sent." not in said.out
        assert "Confirmed: “Re: Interview at Harrow Museum" in said.out
        assert office.connections == 1


@pytest.mark.parametrize(
    ("configured", "says"),
    [({"mode": "draft"}, 'mode = "confirm"'), ({"mode": "confirm", "delivery": 'confirm_by = ["move"]'}, "confirm_by")],
    ids=["mode-draft", "by-move-only"],
)
def test_where_the_command_may_not_confirm_it_says_so(known: Home, configured: dict[str, str], says: str) -> None:
    """Exit 2, before any server is asked."""
    found = draft_of(known)
    known.configure(**configured)  # type: ignore[arg-type]
    said = known("drafts", "approve", found)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


@pytest.mark.parametrize("state", [Held.SENT, Held.GONE, Held.UNSURE, Held.ATTEMPTING, Held.APPROVED])
def test_only_a_draft_that_stands_can_be_confirmed(known: Home, state: Held) -> None:
    """P5: least of all twice."""
    found = draft_of(known)
    known.configure(mode="confirm")
    with known.store() as store:
        row = next(r for r in store.steps(Held.PUT) if "harrowmuseum" in str(r.recipients))
        store.turn(row, state, datetime.now(UTC))
    said = known("drafts", "approve", found)
    assert (said.code, said.out) == (1, "")
    assert "cannot be confirmed" in said.err


def test_while_the_daemon_is_busy_the_confirmation_stands(confirming: Home, office: PostOffice) -> None:
    """It holds the state but gives no answer: the owner is not told to stop it, and the message is not sent twice."""
    found = draft_of(confirming)
    with locked(confirming.state):
        said = confirming("drafts", "approve", found)
    assert said.code == 0, said
    assert "next look" in said.out
    assert [r.recipients for r in rows(confirming, Held.APPROVED)] == [("ellis.groves@harrowmuseum.example",)]
    confirming("run", "--once")
    assert len(office.taken) == 1


def test_without_the_server_nothing_is_confirmed(known: Home) -> None:
    """Exit 3."""
    found = draft_of(known)
    known.configure(mode="confirm")
    said = known("drafts", "approve", found)
    assert (said.code, said.out) == (3, "")
    assert rows(known, Held.APPROVED) == []


@pytest.mark.parametrize(("answer", "state"), [("--sent", Held.SENT), ("--not-sent", Held.REFUSED)])
def test_the_owner_settles_what_nobody_knows(known: Home, answer: str, state: Held) -> None:
    """I4: never sent again by itself; only an attempt of unknown outcome can be settled."""
    found = draft_of(known)
    assert known("drafts", "settle", found, answer).code == 1
    with known.store() as store:
        row = next(r for r in store.steps(Held.PUT) if "harrowmuseum" in str(r.recipients))
        store.turn(row, Held.UNSURE, datetime.now(UTC), approved="hash")
    said = known("drafts", "settle", found, answer)
    assert said.code == 0
    settled = next(r for r in rows(known) if r.key == row.key)
    assert settled.state is state
    assert known("drafts", "settle", found, answer).code == 1
