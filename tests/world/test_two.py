"""Two installations on one mailbox, each with a state of its own: neither drafts nor letters are doubled (P5, I3, I4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.shell.store import Held
from tests.servers import Stored
from tests.world.agent_here import AgentHere
from tests.world.letters import MUSEUM, PRESS, PUMPS, Letter, answered
from tests.world.post import Mood
from tests.world.world import APPROVED, World, header

MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=11)
Pair = tuple[AgentHere, AgentHere]


@pytest.fixture
def pair(confirming: World) -> Iterator[Pair]:
    with AgentHere(confirming.configuration) as first, AgentHere(confirming.configure("second")) as second:
        for _ in range(2):
            first.settle(confirming.now)
            second.settle(confirming.now)
        yield first, second


def test_the_second_finds_the_drafts_of_the_first(confirming: World, pair: Pair) -> None:
    """I2: by their Message-IDs."""
    assert len(confirming.drafts()) == 5
    assert not confirming.outcome().doubled()
    assert pair[0].states() == pair[1].states()


def test_what_one_has_sent_the_other_does_not(confirming: World, pair: Pair) -> None:
    """I4: one of them claims it on the server; both know it as sent afterwards."""
    confirming.client().move(PRESS.address, APPROVED)
    for minutes in (1, 2, 12, 24):
        for agent in pair:
            agent.settle(confirming.now + MINUTE * minutes)
    found = confirming.outcome()
    assert found.handed == found.sent
    assert found.handed.total() == 1
    assert {agent.states()[f"follow_up_1 {PRESS.address}"] for agent in pair} == {Held.SENT}


def test_what_the_other_has_sent_meanwhile_is_not_told_as_not_sent(confirming: World, pair: Pair) -> None:
    """I4: both hold it for confirmed; to the second it is gone from where it stood, and found in Sent."""
    for agent in pair:
        row = next(r for r in agent.store.steps() if PRESS.address in r.recipients)
        folders = agent.loop.layout(agent.connect())
        agent.loop.approvals.by_content(agent.connect(), folders, row, confirming.now, "the test")
    for agent in pair:
        agent.settle(confirming.now + MINUTE)
    assert {agent.states()[f"follow_up_1 {PRESS.address}"] for agent in pair} == {Held.SENT}
    assert confirming.outcome().handed.total() == 1
    assert not [m for m in confirming.notes() if "Not sent" in header(m.raw, "Subject")]


@pytest.mark.parametrize("mood", [Mood.TAKES_AND_DROPS, Mood.DROPS_UNTAKEN], ids=str)
def test_what_one_cannot_tell_the_other_does_not_send(confirming: World, pair: Pair, mood: Mood) -> None:
    """I4: unsure is never resent by itself, nor by another copy of the program."""
    confirming.post.mood = mood
    confirming.client().move(PRESS.address, APPROVED)
    pair[0].settle(confirming.now + MINUTE)
    confirming.post.mood = Mood.KIND
    for minutes in (2, 12, 24, 24 * 60):
        for agent in pair:
            agent.turn(confirming.now + MINUTE * minutes)
    assert confirming.post.tried == 1
    marks, state = confirming.marks(), confirming.content_of_state("second")
    pair[1].turn(confirming.now + timedelta(days=1, minutes=1))
    assert confirming.marks() == marks
    assert confirming.content_of_state("second") == state  # I10


def test_both_take_one_draft_back(confirming: World, pair: Pair) -> None:
    """P2: whoever comes second finds it gone, and takes that for no answer of the owner's."""
    confirming.receive(answered(MUSEUM, confirming.now + MINUTE))
    for minutes in (1, 2, 12, 24):
        for agent in pair:
            agent.settle(confirming.now + MINUTE * minutes)
    assert not any(MUSEUM.address in header(m.raw, "To") for m in confirming.drafts())
    for agent in pair:
        assert not agent.loop.words.read()


def test_one_that_was_away_takes_the_others_withdrawal_for_no_answer(confirming: World, pair: Pair) -> None:
    """P4: it looks into Drafts before it has read why: what it reads next tells it."""
    confirming.receive(answered(MUSEUM, confirming.now + MINUTE))
    pair[0].settle(confirming.now + MINUTE)
    for hours in (1, 2):
        pair[1].settle(confirming.now + timedelta(hours=hours))
    assert not pair[1].loop.words.read()


def test_what_the_owner_deletes_both_let_go(confirming: World, pair: Pair) -> None:
    """P4."""
    confirming.client().delete(PUMPS.address)
    for minutes in (1, 2, 13, 24):
        for agent in pair:
            agent.settle(confirming.now + MINUTE * minutes)
    assert {agent.states()[f"thank_you {PUMPS.address}"] for agent in pair} == {Held.GONE}
    assert len(confirming.drafts()) == 4


def test_of_drafts_that_two_put_at_once_the_first_stays(confirming: World, pair: Pair) -> None:
    """I3: they differ by a second in their Date. What differs otherwise is somebody's work and is left (P3)."""
    drafts = {address: draft_to(confirming, address) for address in (PRESS.address, MUSEUM.address)}
    later = re.sub(rb"\r\nDate: [^\r]+", b"\r\nDate: Tue, 1 Sep 2026 09:00:01 +0100", drafts[PRESS.address].raw)
    other = drafts[MUSEUM.address].raw.replace(b"Dear", b"Hello")
    confirming.fill([Letter("Drafts", confirming.now, raw) for raw in (later, other)])
    for agent in pair:
        agent.settle(confirming.now + MINUTE)
    assert draft_to(confirming, PRESS.address).uid == drafts[PRESS.address].uid
    assert sum(MUSEUM.address in header(m.raw, "To") for m in confirming.drafts()) == 2


def draft_to(world: World, address: str) -> Stored:
    (found,) = [m for m in world.drafts() if address in header(m.raw, "To")]
    return found
