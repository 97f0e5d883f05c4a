"""The daemon as its owner runs it: real processes, real time, a real mailbox. "Done when" of the daemon's issue, line by line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.world.conftest import Made
from tests.world.letters import ADDRESS, MUSEUM, PRESS, PUMPS, answered
from tests.world.post import Mood
from tests.world.world import APPROVED, World, header, id_of, until

TO_PRESS, TO_PUMPS = PRESS.address, PUMPS.address


def to(world: World, address: str) -> bool:
    return any(address in header(m.raw, "To") for m in world.drafts())


@pytest.fixture
def today(new_world: Made) -> World:
    """A mailbox that is dated by this very moment."""
    return new_world(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def today_confirming(new_world: Made) -> World:
    return new_world(datetime.now(UTC).replace(microsecond=0), mode="confirm")


def everything_drafted(world: World) -> bool:
    return len(world.drafts()) == 5


def test_thank_you_and_nudge_stand_five_seconds_after_the_start_and_an_answer_takes_the_nudge_back_in_two(
    today: World,
) -> None:
    """P10, P11, P2, P8: the main job, with not a flag of the owner's mail changed by it."""
    before = today.flags_of_owner_mail()
    daemon = today.start_daemon()
    until(lambda: to(today, TO_PUMPS) and to(today, TO_PRESS), 5.0, "thank-you and nudge")
    until(lambda: everything_drafted(today), 2.0, "the other drafts")
    assert today.look() == "looked"
    today.receive(answered(PRESS, datetime.now(UTC)))
    until(lambda: not to(today, TO_PRESS), 2.0, "the nudge's withdrawal")
    assert to(today, TO_PUMPS)
    assert today.look() == "looked"
    assert today.stop(daemon) == 0
    after = today.flags_of_owner_mail()
    assert {k: v for k, v in after.items() if k in before} == before
    assert [v for k, v in after.items() if k not in before] == [frozenset()]  # the answer is as unread as it came


def test_a_restart_changes_nothing_in_the_mailbox_or_in_the_state(today: World) -> None:
    """I10: no APPEND, no STORE, no EXPUNGE, no write."""
    daemon = today.start_daemon()
    until(lambda: everything_drafted(today), 10.0)
    assert today.look() == "looked"
    assert today.stop(daemon) == 0
    marks, state = today.marks(), today.content_of_state()
    daemon = today.start_daemon()
    until(lambda: today.look() == "looked", 10.0)
    assert today.look() == "looked"
    assert today.stop(daemon) == 0
    assert today.marks() == marks
    assert today.content_of_state() == state


def test_a_draft_that_is_moved_to_approved_is_sent_once_and_stands_once_in_sent(today_confirming: World) -> None:
    """P1, I4; nothing of the mailbox's own goes out: no Bcc, no X- header."""
    world = today_confirming
    daemon = world.start_daemon()
    until(lambda: everything_drafted(world), 10.0)
    owner = world.client()
    uid = owner.find("Drafts", TO_PRESS)
    told = f"Bcc: {ADDRESS}\r\nX-Mozilla-Draft-Info: internal/draft; vcard=0\r\nFCC: imap://ada/Sent\r\n".encode()
    owner.save_again("Drafts", uid, told + owner.raw("Drafts", uid))
    owner.move(TO_PRESS, APPROVED)
    world.post.await_letters(1)
    until(lambda: world.post.letters[0].message_id in map(id_of, world.sent()), 5.0, "the copy in Sent")
    until(lambda: not world.messages(APPROVED), 5.0, "the draft's leaving Approved")
    assert world.look() == "looked"
    assert world.stop(daemon) == 0
    (letter,) = world.post.letters
    assert set(letter.recipients) == {TO_PRESS, ADDRESS}
    assert not {h for h in letter.headers if h.startswith("x-") or h in ("bcc", "fcc", "resent-bcc")}
    assert [id_of(m) for m in world.sent()].count(letter.message_id) == 1
    kept = next(m for m in world.sent() if id_of(m) == letter.message_id)
    assert kept.raw == letter.raw
    assert "\\Seen" in kept.flags
    assert not to(world, TO_PRESS)


def test_two_daemons_on_one_state_folder_the_second_is_refused(today: World) -> None:
    """P5: one writer for one state; the message says who runs."""
    daemon = today.start_daemon()
    until(lambda: everything_drafted(today), 10.0)
    second = today.run_once()
    assert second.returncode == 1
    assert f"process {daemon.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert daemon.poll() is None


def test_two_daemons_with_states_of_their_own_double_nothing(today_confirming: World) -> None:
    """P5, I3, I4: neither drafts nor letters, whoever comes first."""
    world = today_confirming
    world.configure("second")
    daemons = [world.start_daemon(), world.start_daemon("second")]
    until(lambda: everything_drafted(world), 10.0)
    for state in ("state", "second", "state", "second"):
        until(lambda state=state: world.look(state) == "looked", 10.0)  # type: ignore[misc]
    assert not world.outcome().doubled()
    assert len(world.drafts()) == 5
    for address in (TO_PRESS, MUSEUM.address):
        world.client().move(address, APPROVED)
    world.post.await_letters(2)
    for state in ("state", "second", "state", "second"):
        assert world.look(state) == "looked"
    for daemon in daemons:
        assert world.stop(daemon) == 0
    found = world.outcome()
    assert not found.doubled()
    assert found.handed == found.sent
    assert len(found.handed) == 2


def short_id(world: World, address: str) -> str:
    """The id of a draft as `afterword drafts --json` tells it."""
    rows: list[dict[str, Any]] = json.loads(world.command("drafts", "--json").stdout)["drafts"]
    return str(next(r["id"] for r in rows if address in r["to"]))


@pytest.mark.parametrize("running", [True, False], ids=["with the daemon", "without a daemon"])
def test_a_draft_is_confirmed_on_the_command_line(today_confirming: World, running: bool) -> None:
    """CONTRACT, `drafts approve ID`: sent once, whether a daemon runs or not."""
    world = today_confirming
    daemon = world.start_daemon() if running else None
    if daemon is None:
        assert world.run_once().returncode == 0
    until(lambda: everything_drafted(world), 10.0)
    if daemon is not None:
        assert world.look() == "looked"
    done = world.command("drafts", "approve", short_id(world, TO_PRESS))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Sent." in done.stdout
    assert [letter.recipients for letter in world.post.letters] == [(TO_PRESS,)]
    found = world.outcome()
    assert found.sent == found.handed
    assert not to(world, TO_PRESS)
    blank = world.command("drafts", "approve", short_id(world, TO_PUMPS))
    assert blank.returncode == 1
    assert "blank" in blank.stderr
    assert "[[" in blank.stderr
    if daemon is not None:
        assert world.stop(daemon) == 0
    assert len(world.post.letters) == 1
    assert to(world, TO_PUMPS)


def test_the_owner_is_asked_about_an_attempt_without_an_answer_and_settles_it(today_confirming: World) -> None:
    """I4: a note in the inbox, a line in `status`, and `drafts settle` for the answer. Not sent: it may be confirmed again."""
    world = today_confirming
    assert world.run_once().returncode == 0
    name = short_id(world, TO_PRESS)
    world.post.mood = Mood.DROPS_UNTAKEN
    done = world.command("drafts", "approve", name)
    assert done.returncode == 1
    assert "may have been sent or not" in done.stderr
    world.post.mood = Mood.KIND
    (asked,) = [m.raw for m in world.notes() if "Sent or not?" in header(m.raw, "Subject")]
    assert f"afterword drafts settle {name} --not-sent".encode() in asked
    shown = json.loads(world.command("status", "--json").stdout)["drafts"]
    assert [d["state"] for d in shown if d["id"] == name] == ["unsure"]
    assert world.command("drafts", "approve", name).returncode == 1
    assert world.post.tried == 1
    assert world.command("drafts", "settle", name, "--not-sent").returncode == 0
    assert world.run_once().returncode == 0
    assert world.post.tried == 1
    again = world.command("drafts", "approve", name)
    assert (again.returncode, world.post.tried, len(world.post.letters)) == (0, 2, 1), again.stderr
    assert world.outcome().sent == world.outcome().handed


def test_an_attempt_that_the_owner_knows_to_have_arrived_is_settled_as_sent(today_confirming: World) -> None:
    """I4: nothing is handed over again; what was confirmed is filed in Sent and leaves Drafts."""
    world = today_confirming
    assert world.run_once().returncode == 0
    name = short_id(world, TO_PRESS)
    world.post.mood = Mood.TAKES_AND_DROPS
    assert world.command("drafts", "approve", name).returncode == 1
    world.post.mood = Mood.KIND
    assert world.command("drafts", "settle", name, "--sent").returncode == 0
    assert world.run_once().returncode == 0
    assert world.post.tried == 1
    found = world.outcome()
    assert found.sent == found.handed
    assert not to(world, TO_PRESS)
