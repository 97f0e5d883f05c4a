"""What the owner does to drafts: edit, delete, move, send by hand. Theirs stays theirs, and a deletion is an answer (P3, P4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from agent.errors import ClockWrong
from agent.shell.store import Held
from tests.world.agent_here import AgentHere
from tests.world.letters import FERRY, MUSEUM, PRESS, SILENT, Letter, answered
from tests.world.owner import OwnerClient, changed
from tests.world.world import World, header, id_of

PRESS_NUDGE, MUSEUM_NUDGE = f"follow_up_1 {PRESS.address}", f"follow_up_1 {MUSEUM.address}"
MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=11)  # beyond the grace that a missing draft is given


@pytest.fixture
def agent(world: World) -> Iterator[AgentHere]:
    """An agent that has put its drafts."""
    with AgentHere(world.configuration) as here:
        here.settle(world.now)
        assert len(world.drafts()) == 5
        yield here


def nudges(world: World) -> list[str]:
    """Whom the nudges in Drafts are to."""
    people = [header(m.raw, "To").rpartition("<")[2].rstrip(">") for m in world.drafts()]
    return sorted(p for p in people if p in {f.address for f in SILENT})


@pytest.mark.parametrize("folder", ["From Quillstone", "Junk"])
def test_an_answer_that_a_filter_filed_elsewhere_takes_the_nudge_back_at_the_next_look(
    world: World, agent: AgentHere, folder: str
) -> None:
    """P2, I6: in a folder that nobody watches, made for it a moment ago, or in Junk; not only when everything is looked into."""
    agent.turn(world.now + MINUTE, everything=False)
    assert PRESS.address in nudges(world)
    letter = answered(PRESS, world.now + MINUTE * 2)
    if folder != "Junk":
        world.client().imap.create_folder(folder)
    world.receive(Letter(folder, letter.at, letter.raw))
    agent.turn(world.now + MINUTE * 3, everything=False)
    assert nudges(world) == sorted(f.address for f in SILENT if f is not PRESS)


def unthreaded(raw: bytes) -> bytes:
    """As some servers keep drafts: without In-Reply-To and References."""
    lines = [line for line in raw.split(b"\r\n") if not line.startswith((b"In-Reply-To:", b"References:"))]
    return b"\r\n".join(lines)


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "words": lambda raw: changed(raw, "Dear Nadia", "Hello Nadia", False),
    "words, under another Message-ID": lambda raw: changed(raw, "Dear Nadia", "Hello Nadia", True),
    "words, and the server drops the thread": lambda raw: unthreaded(changed(raw, "Dear Nadia", "Hello Nadia", True)),
    "only the subject": lambda raw: raw.replace(b"Subject: Re: Interview", b"Subject: Re: My interview"),
    "another copy to a colleague": lambda raw: raw.replace(b"\r\nDate:", b"\r\nCc: dele@obi.example\r\nDate:", 1),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edited_draft_is_its_owners_and_is_never_touched_again(
    world: World, agent: AgentHere, edit: Callable[[bytes], bytes]
) -> None:
    """P3, I7: not rewritten, not doubled, not taken back when the answer comes; that it stays is told."""
    owner = world.client()
    uid = owner.find("Drafts", PRESS.address)
    fresh = edit(owner.raw("Drafts", uid))
    kept = owner.save_again("Drafts", uid, fresh)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER)
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    world.receive(answered(PRESS, world.now + LATER))
    agent.settle(world.now + LATER + MINUTE)
    agent.settle(world.now + LATER * 2)
    assert [m.raw for m in world.drafts() if m.uid == kept] == [fresh]
    assert nudges(world) == sorted(f.address for f in SILENT)
    assert [e.rule for e in agent.store.events() if e.what == "left"] == ["P3"]


@pytest.mark.parametrize("pause", [MINUTE, timedelta(minutes=9)], ids=["a minute", "nine minutes"])
def test_a_client_that_deletes_before_it_saves_loses_nothing(world: World, agent: AgentHere, pause: timedelta) -> None:
    """P4, I7: between the old copy and the new one nothing is concluded, and nothing is put again."""
    owner = world.client()
    uid = owner.find("Drafts", PRESS.address)
    fresh = changed(owner.raw("Drafts", uid), "Dear Nadia", "Hello Nadia", False)
    owner.remove("Drafts", uid)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + MINUTE + pause)
    assert PRESS.address not in nudges(world)
    owner.imap.append("Drafts", fresh, (b"\\Draft",))
    agent.settle(world.now + LATER * 2)
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    assert nudges(world).count(PRESS.address) == 1


def expunged(owner: OwnerClient) -> None:
    owner.delete(PRESS.address)


def binned(owner: OwnerClient) -> None:
    owner.bin(PRESS.address)


def marked(owner: OwnerClient) -> None:
    uid = owner.find("Drafts", PRESS.address)
    owner.imap.add_flags([uid], [b"\\Deleted"])


@pytest.mark.parametrize("delete", [expunged, binned, marked])
def test_a_deleted_draft_is_an_answer(world: World, agent: AgentHere, delete: Callable[[OwnerClient], None]) -> None:
    """P4: after a while, and then for good: nothing takes its place, and the round's sequence rests."""
    delete(world.client())
    agent.settle(world.now + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.MISSING
    agent.settle(world.now + LATER + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.GONE
    for days in (1, 15, 29):
        agent.settle(world.now + timedelta(days=days))
    alive = [m for m in world.drafts() if PRESS.address in header(m.raw, "To") and "\\Deleted" not in m.flags]
    assert not alive


def test_a_deleted_draft_stays_deleted_when_the_database_is_lost(world: World, agent: AgentHere) -> None:
    """P4, I1: the answer is among the owner's words, which outlive the database."""
    world.client().delete(PRESS.address)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER + MINUTE)
    agent.close()
    for file in world.state.glob("afterword.db*"):
        file.unlink()
    with AgentHere(world.configuration) as fresh:
        fresh.settle(world.now + timedelta(hours=1))
        fresh.settle(world.now + timedelta(days=1))
    assert nudges(world) == sorted((MUSEUM.address, FERRY.address))


def test_the_employers_word_ends_the_rest(world: World, agent: AgentHere) -> None:
    """P4, P23: after a dismissal the sequence rests until the employer writes; then it starts over, under a new key."""
    world.client().delete(PRESS.address)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER + MINUTE)
    world.receive(answered(PRESS, world.now + LATER * 2))  # they will know in ten days
    agent.settle(world.now + LATER * 2)
    assert PRESS.address not in nudges(world)
    agent.settle(world.now + timedelta(days=21))
    assert PRESS.address in nudges(world)


def test_a_draft_sent_from_the_owners_client_is_sent_not_deleted(world: World, agent: AgentHere) -> None:
    """P27: the copy in Sent settles the step; the next one counts from it."""
    first = id_of(next(m for m in world.drafts() if PRESS.address in header(m.raw, "To")))
    world.client().send_by_hand(PRESS.address)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.SENT
    assert not agent.loop.words.read()
    agent.settle(world.now + timedelta(days=16))
    second = [id_of(m) for m in world.drafts() if PRESS.address in header(m.raw, "To")]
    assert len(second) == 1
    assert second != [first]
    assert f"follow_up_2 {PRESS.address}" in agent.states()


@pytest.mark.parametrize("made", ["before", "since"], ids=["a folder known before", "a folder made since"])
def test_a_draft_moved_to_another_folder_is_kept_there_as_its_owners(world: World, agent: AgentHere, made: str) -> None:
    """P3: put aside is not deleted; nothing takes its place, and it stays when the answer comes."""
    owner = world.client()
    if made == "before":
        owner.imap.create_folder("Later")
        agent.disconnect()
        agent.settle(world.now)
    else:
        owner.imap.create_folder("Later")
    owner.move(PRESS.address, "Later")
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER + MINUTE)
    world.receive(answered(PRESS, world.now + LATER * 2))
    agent.settle(world.now + LATER * 2 + MINUTE)
    agent.settle(world.now + timedelta(days=2))
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    assert len(world.box.messages("Later")) == 1
    assert PRESS.address not in nudges(world)


def test_a_star_or_a_label_on_a_draft_is_no_edit(world: World, agent: AgentHere) -> None:
    """I7: flags are not content; the untouched draft is taken back when the answer comes."""
    owner = world.client()
    uid = owner.find("Drafts", MUSEUM.address)
    owner.imap.add_flags([uid], [b"\\Flagged", b"Important"])
    agent.settle(world.now + MINUTE)
    world.receive(answered(MUSEUM, world.now + MINUTE))
    agent.settle(world.now + MINUTE * 2)
    assert agent.states()[MUSEUM_NUDGE] is Held.WITHDRAWN
    assert MUSEUM.address not in nudges(world)


def test_withdrawing_one_draft_leaves_what_its_owner_marked_deleted(world: World, agent: AgentHere) -> None:
    """P8: one UID is expunged, never what else is marked in that folder."""
    owner = world.client()
    parcel = owner.find("Drafts", subject="parcel")
    owner.imap.add_flags([parcel], [b"\\Deleted"])
    world.receive(answered(MUSEUM, world.now + MINUTE))
    agent.settle(world.now + MINUTE * 2)
    assert MUSEUM.address not in nudges(world)
    assert [m.uid for m in world.messages("Drafts") if b"parcel@obi.example" in m.raw] == [parcel]


def test_a_second_pass_over_the_same_mailbox_writes_nothing(world: World, agent: AgentHere) -> None:
    """I10: neither into the mailbox nor into the state, whether time stands still or an hour has passed."""
    marks, state = world.marks(), world.content_of_state()
    for minutes in (0, 1, 60):
        agent.turn(world.now + timedelta(minutes=minutes))
    assert world.marks() == marks
    assert world.content_of_state() == state


def test_the_owners_own_draft_and_all_flags_stay_as_they_were(world: World, agent: AgentHere) -> None:
    """P8: after putting, withdrawing and dismissing."""
    before = world.flags_of_owner_mail()
    parcel = next(m for m in world.messages("Drafts") if b"parcel@obi.example" in m.raw)
    owner = world.client()
    owner.delete(FERRY.address)
    world.receive(answered(MUSEUM, world.now + MINUTE))
    agent.settle(world.now + MINUTE * 2)
    agent.settle(world.now + LATER * 2)
    assert {k: v for k, v in world.flags_of_owner_mail().items() if k in before} == before
    assert next(m.raw for m in world.messages("Drafts") if m.uid == parcel.uid) == parcel.raw


def test_a_leap_of_the_clock_is_no_time_in_which_a_draft_could_have_come_back(world: World, agent: AgentHere) -> None:
    """P4, I14: after sleep, or with a clock set forward, what was missing a second ago is waited for anew."""
    day = timedelta(days=1)
    world.client().delete(PRESS.address)
    agent.settle(world.now + MINUTE)
    agent.loop.clock_jumped(world.now + day)
    agent.settle(world.now + day + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.MISSING
    agent.settle(world.now + day + LATER)
    assert agent.states()[PRESS_NUDGE] is Held.GONE


def test_a_clock_that_is_behind_the_mail_is_said_and_nothing_is_read_by_it(world: World, agent: AgentHere) -> None:
    """I14: an answer that seems to come from the future would be dated wrongly, and its nudge would stand for ever."""
    agent.loop.real_time = True
    for number, firm in enumerate((MUSEUM, FERRY, PRESS)):
        world.receive(answered(firm, world.now + MINUTE * number))
    marks, state = world.marks(), world.content_of_state()
    with pytest.raises(ClockWrong, match="clock says"):
        agent.turn(world.now - timedelta(days=40))
    assert world.content_of_state() == state
    assert world.marks() == marks
    agent.settle(world.now + LATER)
    assert nudges(world) == []
