"""The state is lost, the server numbers its messages anew, folders are emptied or gone: the same drafts, none twice, none concluded
from (P5, I1, I2, I8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.errors import ServerError
from agent.shell.drafts import Drafts
from agent.shell.folders import Layout
from agent.shell.store import Held, StepRow, Store
from tests.world import troubles
from tests.world.agent_here import AgentHere
from tests.world.letters import FERRY, MUSEUM, PRESS, PUMPS, Letter, answered
from tests.world.post import Mood
from tests.world.world import APPROVED, World, header

MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=11)
PRESS_NUDGE = f"follow_up_1 {PRESS.address}"


@pytest.fixture
def agent(confirming: World) -> Iterator[AgentHere]:
    """An agent with five drafts: one of them rewritten by the owner, one sent, so three of its own stand."""
    with AgentHere(confirming.configuration) as here:
        here.settle(confirming.now - LATER * 2)
        here.settle(confirming.now - LATER * 2)
        owner = confirming.client()
        owner.edit(FERRY.address, "Dear Priya", "Good morning Priya")
        owner.move(MUSEUM.address, APPROVED)
        here.settle(confirming.now - LATER)
        here.settle(confirming.now)
        assert len(confirming.post.letters) == 1
        yield here


def restarted(world: World, agent: AgentHere, *moments: timedelta) -> dict[str, Held]:
    """The agent ends and another one begins -> its states after these moments."""
    agent.close()
    with AgentHere(world.configuration) as fresh:
        for moment in moments:
            fresh.settle(world.now + moment)
        return fresh.states()


def test_without_its_database_the_agent_finds_everything_again(confirming: World, agent: AgentHere) -> None:
    """P5, I1, I2: by the Message-IDs, which are made from the steps' keys."""
    before, states = confirming.outcome(), agent.states()
    agent.close()
    troubles.database_deleted(confirming)
    with AgentHere(confirming.configuration) as fresh:
        fresh.settle(confirming.now + MINUTE)
        fresh.settle(confirming.now + LATER)
        found = fresh.states()
    assert confirming.outcome() == before
    assert found == {step: state for step, state in states.items() if state is not Held.SENT}  # that, Sent itself tells


def test_without_its_database_what_waits_in_approved_is_sent_once(confirming: World, agent: AgentHere) -> None:
    """P5, I4."""
    confirming.client().move(PRESS.address, APPROVED)
    agent.close()
    troubles.database_deleted(confirming)
    with AgentHere(confirming.configuration) as fresh:
        for moment in (MINUTE, MINUTE * 2, LATER, LATER * 2):
            fresh.settle(confirming.now + moment)
    found = confirming.outcome()
    assert found.handed.total() + found.approved.total() + found.drafts.total() == 5
    assert not found.doubled()


def test_a_withdrawn_draft_stays_withdrawn_without_the_database(confirming: World, agent: AgentHere) -> None:
    """P2, P5: the answer is in the mailbox, and says so again."""
    confirming.receive(answered(PRESS, confirming.now + MINUTE))
    agent.settle(confirming.now + MINUTE)
    before = confirming.outcome()
    agent.close()
    troubles.database_deleted(confirming)
    with AgentHere(confirming.configuration) as fresh:
        fresh.settle(confirming.now + MINUTE * 2)
    assert confirming.outcome() == before


def test_with_an_attempt_open_and_the_database_lost_nothing_is_sent_by_itself(
    confirming: World, agent: AgentHere
) -> None:
    """I4, P5: the mark on the server's message says that somebody has begun to send it."""
    confirming.post.mood = Mood.TAKES_AND_DROPS
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.UNSURE
    agent.close()
    troubles.database_deleted(confirming)
    confirming.post.mood = Mood.KIND
    with AgentHere(confirming.configuration) as fresh:
        for moment in (MINUTE * 2, LATER, timedelta(hours=3), timedelta(days=1)):
            fresh.turn(confirming.now + moment)
        states = fresh.states()
    assert confirming.outcome().handed.total() == 2  # the museum's and this one, each once
    assert states[PRESS_NUDGE] is Held.UNSURE
    assert [b"Sent or not?" in m.raw for m in confirming.notes()].count(
        True
    ) == 1  # the same note, found again by its id


def test_what_a_lost_installation_began_is_sent_when_its_owner_says_that_it_was_not(
    confirming: World, agent: AgentHere
) -> None:
    """I4: the owner's answer frees the draft of the mark that nobody is left to take off; confirmed anew, it leaves once."""
    confirming.post.mood = Mood.DROPS_UNTAKEN
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    agent.close()
    troubles.database_deleted(confirming)
    confirming.post.mood = Mood.KIND
    with AgentHere(confirming.configuration) as fresh:
        fresh.turn(confirming.now + MINUTE * 2)
        fresh.turn(confirming.now + LATER * 2)
        (row,) = fresh.store.steps(Held.UNSURE)
        fresh.store.turn(row, Held.REFUSED, confirming.now + LATER * 2, approved="")  # `drafts settle --not-sent`
        fresh.settle(confirming.now + LATER * 2)
        assert len(confirming.post.letters) == 1  # the museum's: his word alone sends nothing
        confirming.client().move(PRESS.address, APPROVED)
        fresh.settle(confirming.now + LATER * 3)
    assert confirming.outcome().handed.total() == 2
    assert confirming.outcome().sent == confirming.outcome().handed


def test_a_nudge_that_was_answered_while_the_state_was_lost_is_taken_back(confirming: World, agent: AgentHere) -> None:
    """P2, P5: rendered again from what was known at its date, it is seen to be ours and untouched."""
    agent.close()
    troubles.database_deleted(confirming)
    confirming.receive(answered(PRESS, confirming.now + MINUTE))
    confirming.receive(answered(FERRY, confirming.now + MINUTE))
    with AgentHere(confirming.configuration) as fresh:
        fresh.settle(confirming.now + MINUTE * 2)
        states = fresh.states()
    standing = [header(m.raw, "To") for m in confirming.drafts()]
    assert not any(PRESS.address in to for to in standing)
    assert states[PRESS_NUDGE] is Held.WITHDRAWN
    assert any(FERRY.address in to for to in standing)  # its owner has rewritten that one (P3)
    assert states[f"follow_up_1 {FERRY.address}"] is Held.EDITED


def test_drafts_of_a_folder_that_is_no_more_are_looked_for_in_drafts(tmp_path: Path) -> None:
    """I8: the Drafts folder got another name; the rows go with it, and no UID of the old one counts."""
    store = Store(tmp_path / "afterword.db")
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for key, folder in (("a", "Drafts"), ("b", "Later"), ("c", "INBOX")):
        row = StepRow(key, f"<{key}@obi.example>", "o", "follow_up_1", Held.PUT, folder, 7, 3, at=at, changed=at)
        store.write_step(row)
    Drafts(store, lambda row: None).rehouse(Layout("INBOX", "Sent", "Entwürfe", APPROVED, others=("Later",)))
    assert [(r.key, r.folder, r.uidvalidity, r.uid) for r in store.steps()] == [
        ("a", "Entwürfe", 0, 0),
        ("b", "Later", 7, 3),
        ("c", "INBOX", 7, 3),
    ]
    store.close()


Trouble = Callable[[World, str], None]


@pytest.mark.parametrize("running", [True, False], ids=["while it runs", "while it rests"])
@pytest.mark.parametrize("trouble", [troubles.other_uids, troubles.moved_to_a_new_one], ids=["uids lost", "made anew"])
@pytest.mark.parametrize("folder", ["Drafts", "INBOX", "Sent", APPROVED])
def test_another_uidvalidity_concludes_nothing(
    confirming: World, agent: AgentHere, folder: str, trouble: Trouble, running: bool
) -> None:
    """I8, I7: everything is looked at again; nothing is put, sent or taken for deleted, and an answer is still heard."""
    if folder == "INBOX" and trouble is troubles.moved_to_a_new_one:
        return  # RFC 3501 §6.3.4: INBOX cannot be deleted
    before, states = confirming.outcome(), agent.states()
    agent.disconnect()
    trouble(confirming, folder)
    moments = (MINUTE, LATER, LATER * 2)
    if running:
        for moment in moments:
            agent.settle(confirming.now + moment)
        found = agent.states()
    else:
        found = restarted(confirming, agent, *moments)
    assert confirming.outcome() == before
    assert found == states
    confirming.receive(answered(PRESS, confirming.now + LATER * 3))
    restarted(confirming, agent, LATER * 3)
    assert not any(PRESS.address in header(m.raw, "To") for m in confirming.drafts())


def test_a_drafts_folder_emptied_at_once_is_no_answer(confirming: World, agent: AgentHere) -> None:
    """I8, P4: nothing is dismissed and nothing put again by itself; the step is still open to the owner."""
    troubles.emptied(confirming, "Drafts")
    for moment in (MINUTE, LATER, LATER * 2, timedelta(days=1)):
        agent.settle(confirming.now + moment)
    assert Held.GONE not in agent.states().values()
    assert not agent.loop.words.read()
    assert not confirming.drafts()
    assert agent.states()[PRESS_NUDGE] is Held.VANISHED


@pytest.mark.parametrize("running", [True, False], ids=["while it runs", "while it rests"])
def test_a_deleted_drafts_folder_costs_no_step_and_doubles_none(
    confirming: World, agent: AgentHere, running: bool
) -> None:
    """I8, P5: a folder that the server made anew was nobody's answer: what was lost with it is put once more."""
    mine = confirming.outcome().drafts
    agent.disconnect()
    troubles.deleted(confirming, "Drafts")
    moments = (MINUTE, LATER, LATER * 2, LATER * 3)
    if running:
        for moment in moments:
            agent.settle(confirming.now + moment)
    else:
        restarted(confirming, agent, *moments)
    assert not confirming.outcome().doubled()
    assert confirming.outcome().drafts.keys() <= mine.keys()
    assert any(PUMPS.address in header(m.raw, "To") for m in confirming.drafts())


def test_a_renamed_drafts_folder_is_said_and_waited_for(confirming: World, agent: AgentHere) -> None:
    """I8, I14: what is not there is not taken for deleted; back under its name, everything is as before."""
    before = confirming.outcome()
    agent.disconnect()
    troubles.renamed(confirming, "Drafts", "Entwürfe alt")
    for moment in (MINUTE, LATER):
        try:
            agent.settle(confirming.now + moment)
        except ServerError:
            agent.disconnect()
    agent.disconnect()
    if confirming.box.maildir("Drafts").exists():  # made anew meanwhile, by the server
        troubles.deleted(confirming, "Drafts")
    troubles.renamed(confirming, "Entwürfe alt", "Drafts")
    for moment in (LATER * 2, LATER * 3, LATER * 4):
        agent.settle(confirming.now + moment)
    assert confirming.outcome() == before
    assert Held.GONE not in agent.states().values()


def test_drafts_that_come_back_from_a_backup_are_the_same_drafts(confirming: World, agent: AgentHere) -> None:
    """I8, P5: emptied, and restored within minutes or after the grace: neither doubled nor taken for the owner's."""
    kept = confirming.messages("Drafts")
    before = confirming.outcome()
    troubles.emptied(confirming, "Drafts")
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER + MINUTE)
    confirming.fill([Letter("Drafts", confirming.now, m.raw) for m in kept])
    agent.settle(confirming.now + LATER * 2)
    assert confirming.outcome() == before
    confirming.receive(answered(PRESS, confirming.now + LATER * 3))
    agent.settle(confirming.now + LATER * 3)
    assert not any(PRESS.address in header(m.raw, "To") for m in confirming.drafts())
