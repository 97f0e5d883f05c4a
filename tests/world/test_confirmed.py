"""Mode `confirm`: what its owner confirmed leaves once, exactly so, and nothing else leaves at all (P1, P6, P7, I4, I5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.shell.store import Held
from tests.world import troubles
from tests.world.agent_here import AgentHere
from tests.world.conftest import Made
from tests.world.letters import ADDRESS, FERRY, MUSEUM, OWNER, PRESS, PUMPS, Letter, answered, mail
from tests.world.owner import changed
from tests.world.post import Mood
from tests.world.world import APPROVED, World, header, id_of

PRESS_NUDGE, PUMPS_THANKS = f"follow_up_1 {PRESS.address}", f"thank_you {PUMPS.address}"
MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=11)


@pytest.fixture
def agent(confirming: World) -> Iterator[AgentHere]:
    with AgentHere(confirming.configuration) as here:
        here.settle(confirming.now)
        here.settle(confirming.now)
        yield here


def told(world: World, words: str) -> list[bytes]:
    """Notes in the inbox with these words in their subject."""
    return [m.raw for m in world.notes() if words in header(m.raw, "Subject")]


def to(world: World, address: str, folder: str = "Drafts") -> list[bytes]:
    return [m.raw for m in world.messages(folder) if address in header(m.raw, "To")]


def test_nothing_is_sent_that_nobody_confirmed(confirming: World, agent: AgentHere) -> None:
    """P1: not on any day, not though everything is ready."""
    for days in (0, 1, 3, 10, 20, 40):
        agent.settle(confirming.now + timedelta(days=days))
    assert confirming.post.tried == 0


def test_what_its_owner_wrote_into_a_draft_is_what_leaves(confirming: World, agent: AgentHere) -> None:
    """P1, P7: blanks filled in, then moved; the body as it stood there, byte for byte."""
    owner = confirming.client()
    owner.fill_in(PUMPS.address)
    owner.move(PUMPS.address, APPROVED)
    confirmed = to(confirming, PUMPS.address, APPROVED)[0].partition(b"\r\n\r\n")[2]
    agent.settle(confirming.now + MINUTE)
    (letter,) = confirming.post.letters
    assert letter.recipients == (PUMPS.address,)
    assert letter.sender == ADDRESS
    assert letter.raw.partition(b"\r\n\r\n")[2] == confirmed
    assert confirming.outcome().sent == confirming.outcome().handed
    assert not confirming.messages(APPROVED)


def test_a_blank_is_handed_back_with_a_note_that_names_it(confirming: World, agent: AgentHere) -> None:
    """P7."""
    blank = next(line for line in to(confirming, PUMPS.address)[0].decode().splitlines() if "[[" in line)
    confirming.client().move(PUMPS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    assert confirming.post.tried == 0
    assert not confirming.messages(APPROVED)
    assert len(to(confirming, PUMPS.address)) == 1
    assert agent.states()[PUMPS_THANKS] is Held.PUT
    (note,) = told(confirming, "Not sent")
    assert blank.partition("[[")[2].split()[0].encode() in note


def confirmed_by_command(agent: AgentHere, world: World, address: str) -> None:
    """What `drafts approve` does, without sending yet."""
    row = next(r for r in agent.store.steps() if address in r.recipients)
    agent.loop.approvals.by_content(agent.connect(), agent.loop.layout(agent.connect()), row, world.now, "the test")


def test_what_was_changed_after_its_confirmation_is_not_sent(confirming: World, agent: AgentHere) -> None:
    """I4: confirmed on the command line, then rewritten before it left: it is the owner's draft again."""
    confirmed_by_command(agent, confirming, PRESS.address)
    confirming.client().edit(PRESS.address, "Dear Nadia", "Nadia, hello")
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER)
    assert confirming.post.tried == 0
    assert len(to(confirming, PRESS.address)) == 1
    assert agent.states()[PRESS_NUDGE] in (Held.EDITED, Held.MISSING)
    agent.settle(confirming.now + LATER * 3)
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    assert confirming.post.tried == 0


@pytest.fixture
def held(new_world: Made) -> Iterator[tuple[World, AgentHere]]:
    """A world in which what is confirmed waits: it is night, and letters leave in sending hours only."""
    world = new_world(mode="confirm", delivery="send_only_in_hours = true")
    world.now += timedelta(hours=8)
    with AgentHere(world.configuration) as here:
        here.settle(world.now)
        here.settle(world.now)
        world.client().move(PRESS.address, APPROVED)
        here.settle(world.now + MINUTE)
        assert here.states()[PRESS_NUDGE] is Held.APPROVED
        yield world, here


MORNING = timedelta(hours=11, minutes=30)  # from ten at night


def test_what_is_confirmed_at_night_leaves_in_the_morning(held: tuple[World, AgentHere]) -> None:
    """POLICY: `send_only_in_hours` holds it for the next sending hours."""
    world, agent = held
    turned = agent.turn(world.now + MINUTE)
    assert turned.look_again is not None
    assert turned.look_again <= world.now + MORNING
    assert world.post.tried == 0
    agent.settle(world.now + MORNING)
    assert [letter.recipients for letter in world.post.letters] == [(PRESS.address,)]


def test_taken_out_of_approved_again_it_is_confirmed_no_longer(held: tuple[World, AgentHere]) -> None:
    """P1: moved back to Drafts, it stands there as any draft, and can be confirmed anew."""
    world, agent = held
    owner = world.client()
    owner.move(PRESS.address, "Drafts", APPROVED)
    agent.settle(world.now + MINUTE * 2)
    agent.settle(world.now + MORNING)
    assert world.post.tried == 0
    assert agent.states()[PRESS_NUDGE] in (Held.PUT, Held.EDITED)
    assert len(to(world, PRESS.address)) == 1
    owner.move(PRESS.address, APPROVED)
    agent.settle(world.now + MORNING + MINUTE)
    assert len(world.post.letters) == 1


def test_taken_out_while_the_agent_was_not_running_it_is_not_sent(held: tuple[World, AgentHere]) -> None:
    """P1, I5: what counts is where it lies right before sending."""
    world, agent = held
    agent.close()
    world.client().move(PRESS.address, "Drafts", APPROVED)
    with AgentHere(world.configuration) as fresh:
        fresh.settle(world.now + MORNING)
        assert world.post.tried == 0
        assert len(to(world, PRESS.address)) == 1


def test_saved_anew_in_approved_it_wants_to_be_confirmed_anew(held: tuple[World, AgentHere]) -> None:
    """I4: what was confirmed is bound to its content; a client that saves half a sentence there confirms nothing."""
    world, agent = held
    world.client().edit(PRESS.address, "Dear Nadia,", "Dear Nadia, what I rea", APPROVED)
    agent.settle(world.now + MINUTE * 2)
    agent.settle(world.now + MORNING)
    assert world.post.tried == 0
    assert [b"what I rea" in raw for raw in to(world, PRESS.address)] == [True]
    assert not world.messages(APPROVED)
    assert len(told(world, "Not sent")) == 1
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    world.client().move(PRESS.address, APPROVED)
    agent.settle(world.now + MORNING + MINUTE)
    assert [b"what I rea" in letter.raw for letter in world.post.letters] == [True]


def test_an_answer_that_comes_between_confirmation_and_sending_holds_it_back(held: tuple[World, AgentHere]) -> None:
    """I5, P2: the third gate. It goes back to Drafts, and the owner is told why."""
    world, agent = held
    world.receive(answered(PRESS, world.now + MINUTE * 2))
    agent.settle(world.now + MORNING)
    assert world.post.tried == 0
    assert not world.messages(APPROVED)
    assert told(world, "Not sent")


def test_an_answer_in_junk_is_found_before_a_nudge_leaves(held: tuple[World, AgentHere]) -> None:
    """I6: every folder is searched right before sending."""
    world, agent = held
    letter = answered(PRESS, world.now + MINUTE * 2)
    world.receive(Letter("Junk", letter.at, letter.raw))
    agent.settle(world.now + MORNING)
    assert world.post.tried == 0
    assert told(world, "Not sent")


def test_a_message_of_somebody_elses_in_approved_is_left_alone(confirming: World, agent: AgentHere) -> None:
    """P1, P8, I12: only a draft of the ledger can be confirmed."""
    raw = mail(OWNER, "Femi Obi <femi@obi.example>", "Sunday", "Lunch at one?", confirming.now, "lunch@obi.example")
    confirming.receive(Letter(APPROVED, confirming.now, raw))
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER)
    assert confirming.post.tried == 0
    assert [m.raw for m in confirming.messages(APPROVED)] == [raw]
    assert [e.what for e in agent.store.events()].count("ignored") == 1
    assert len(told(confirming, "Left alone in Approved: Sunday")) == 1


def test_an_answer_in_a_folder_made_since_is_found_before_a_nudge_leaves(held: tuple[World, AgentHere]) -> None:
    """I6: every folder, also one that a filter or the owner made a minute ago."""
    world, agent = held
    letter = answered(PRESS, world.now + MINUTE * 2)
    world.client().imap.create_folder("From Quillstone")
    world.receive(Letter("From Quillstone", letter.at, letter.raw))
    agent.settle(world.now + MORNING)
    assert world.post.tried == 0
    assert told(world, "Not sent")


def test_a_confirmed_draft_that_a_reply_overtook_is_back_in_drafts_as_the_note_says(
    held: tuple[World, AgentHere],
) -> None:
    """P2, P3, I5: not sent, said why in plain words, and left to its owner, who had wanted it sent."""
    world, agent = held
    world.receive(answered(PRESS, world.now + MINUTE * 2))
    agent.settle(world.now + MINUTE * 3)
    agent.settle(world.now + MORNING)
    agent.settle(world.now + MORNING + LATER)
    assert world.post.tried == 0
    (note,) = told(world, "Not sent")
    assert b"they have written to you since" in note
    assert b"back in your Drafts folder" in note
    assert agent.states()[PRESS_NUDGE] is Held.EDITED
    assert len(to(world, PRESS.address)) == 1
    assert not world.messages(APPROVED)


@pytest.mark.parametrize("gone", [True, False], ids=["the draft deleted", "the draft in its place"])
def test_mail_that_claims_to_be_our_draft_is_not_sent(confirming: World, agent: AgentHere, gone: bool) -> None:
    """I12: a filter may file mail into Approved; a message that was delivered is nobody's draft, whatever its Message-ID says."""
    draft = to(confirming, PRESS.address)[0]
    trace = b"Received: from mx.elsewhere.example by mx.obi.example; Tue, 1 Sep 2026 10:00:00 +0100\r\n"
    forged = trace + changed(draft, "Dear Nadia", "Pay to this account", False)
    if gone:
        confirming.client().delete(PRESS.address)
    confirming.box.deliver(forged, APPROVED)
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER * 2)
    assert confirming.post.tried == 0
    assert len(confirming.messages(APPROVED)) == 1


def test_a_copy_in_approved_confirms_nothing_while_the_draft_stands(confirming: World, agent: AgentHere) -> None:
    """P1: the draft itself has to be moved; two of one kind are nobody's clear word."""
    confirming.client().copy(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER)
    assert confirming.post.tried == 0
    assert len(to(confirming, PRESS.address)) == 1
    (note,) = told(confirming, "Left alone in Approved")
    assert b"a copy" in note


def test_who_is_no_contact_gets_nothing(confirming: World, agent: AgentHere) -> None:
    """P6: an address that the owner adds to the draft is not written to by the agent; they may do it themselves."""
    owner = confirming.client()
    uid = owner.find("Drafts", PRESS.address)
    more = owner.raw("Drafts", uid).replace(b"\r\nDate:", b"\r\nBcc: stranger@elsewhere.example\r\nDate:", 1)
    owner.save_again("Drafts", uid, more)
    owner.move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    assert confirming.post.tried == 0
    assert b"stranger@elsewhere.example" in told(confirming, "Not sent")[0]
    assert len(to(confirming, PRESS.address)) == 1


def test_no_more_leave_in_a_day_than_the_owner_allows(new_world: Made) -> None:
    """CONTRACT: max_sent_per_day; the rest waits for the next day, in its owner's zone."""
    world = new_world(mode="confirm", delivery="max_sent_per_day = 1")
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now)
        agent.settle(world.now)
        for firm in (PRESS, MUSEUM, FERRY):
            world.client().move(firm.address, APPROVED)
        for hours in (0, 1, 9):
            agent.settle(world.now + timedelta(hours=hours))
        assert len(world.post.letters) == 1
        agent.settle(world.now + timedelta(hours=10, seconds=1))
        assert len(world.post.letters) == 2
        agent.settle(world.now + timedelta(days=2))
        assert len(world.post.letters) == 3
    assert not world.outcome().doubled()


def test_a_star_confirms_where_the_owner_wants_it_so(new_world: Made) -> None:
    """CONTRACT: confirm_by "flag"; a blank is handed back without its star, and asks for nothing again by itself."""
    world = new_world(mode="confirm", delivery='confirm_by = ["flag"]')
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now)
        owner = world.client()
        owner.star(PRESS.address)
        owner.star(PUMPS.address)
        agent.settle(world.now + MINUTE)
        agent.settle(world.now + LATER)
        assert [letter.recipients for letter in world.post.letters] == [(PRESS.address,)]
        assert not to(world, PRESS.address)
        assert [m.flags & {"\\Flagged"} for m in world.drafts() if PUMPS.address in header(m.raw, "To")] == [
            frozenset()
        ]
        assert len(told(world, "Not sent")) == 1


@pytest.mark.parametrize("mood", [Mood.DEFERS_SENDER, Mood.DEFERS_RECIPIENT, Mood.DEFERS_TEXT], ids=str)
def test_what_the_server_does_not_take_now_is_tried_again_and_sent_once(
    confirming: World, agent: AgentHere, mood: Mood
) -> None:
    """I4: a 4yz answer means surely not sent."""
    confirming.post.mood = mood
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.APPROVED
    assert not confirming.post.letters
    confirming.post.mood = Mood.KIND
    agent.settle(confirming.now + timedelta(hours=2))
    assert confirming.outcome().handed.total() == 1
    assert confirming.outcome().sent == confirming.outcome().handed
    assert not confirming.messages(APPROVED)


@pytest.mark.parametrize("mood", [Mood.REFUSES_RECIPIENT, Mood.REFUSES_TEXT], ids=str)
def test_what_the_server_refuses_is_handed_back_and_not_tried_again(
    confirming: World, agent: AgentHere, mood: Mood
) -> None:
    """I4: a 5yz answer is final; the owner may confirm it again."""
    confirming.post.mood = mood
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    tried = confirming.post.tried
    agent.settle(confirming.now + timedelta(hours=5))
    assert confirming.post.tried == tried
    assert len(to(confirming, PRESS.address)) == 1
    assert not confirming.messages(APPROVED)
    assert len(told(confirming, "Not sent")) == 1
    confirming.post.mood = Mood.KIND
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + timedelta(hours=6))
    assert len(confirming.post.letters) == 1


@pytest.mark.parametrize("mood", [Mood.TAKES_AND_DROPS, Mood.DROPS_UNTAKEN], ids=str)
def test_an_attempt_without_an_answer_is_never_repeated_but_asked_about(
    confirming: World, agent: AgentHere, mood: Mood
) -> None:
    """I4: the server may have taken it or not. No restart, no day and no other draft brings it to be sent again."""
    confirming.post.mood = mood
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    assert agent.states()[PRESS_NUDGE] is Held.UNSURE
    confirming.post.mood = Mood.KIND
    agent.settle(confirming.now + timedelta(hours=2))
    agent.close()
    with AgentHere(confirming.configuration) as fresh:
        for days in (1, 2, 15, 40):
            fresh.settle(confirming.now + timedelta(days=days))
        assert fresh.states()[PRESS_NUDGE] is Held.UNSURE
    assert confirming.post.tried == 1
    assert len(told(confirming, "Sent or not?")) == 1
    assert len(to(confirming, PRESS.address, APPROVED)) == 1


def test_an_attempt_without_an_answer_that_turns_up_in_sent_is_settled(confirming: World, agent: AgentHere) -> None:
    """I4: the provider filed it, so it was sent; the draft leaves Approved and Sent keeps one copy."""
    confirming.post.mood = Mood.TAKES_AND_DROPS
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    confirming.fill([Letter("Sent", confirming.now + MINUTE, confirming.post.letters[0].raw)])
    agent.settle(confirming.now + MINUTE * 5)
    assert agent.states()[PRESS_NUDGE] is Held.SENT
    assert confirming.outcome().sent.total() == 1
    assert not confirming.messages(APPROVED)
    assert [id_of(m) for m in confirming.sent()].count(confirming.post.letters[0].message_id) == 1


def test_what_was_sent_counts_at_once_without_a_restart(confirming: World, agent: AgentHere) -> None:
    """P12, I1: the second follow-up waits 14 days for the first, which this very process has sent."""
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    first = confirming.post.letters[0].message_id
    agent.settle(confirming.now + timedelta(days=13))
    assert not to(confirming, PRESS.address)
    agent.settle(confirming.now + timedelta(days=15))
    assert [header(raw, "Message-ID") != first for raw in to(confirming, PRESS.address)] == [True]
    assert f"follow_up_2 {PRESS.address}" in agent.states()


def test_confirmed_by_command_and_moved_as_well_it_is_sent_once(confirming: World, agent: AgentHere) -> None:
    """P1, P5: two ways of saying one thing; nobody is told that it was not sent."""
    confirmed_by_command(agent, confirming, PRESS.address)
    confirming.client().move(PRESS.address, APPROVED)
    agent.settle(confirming.now + MINUTE)
    agent.settle(confirming.now + LATER)
    assert [letter.recipients for letter in confirming.post.letters] == [(PRESS.address,)]
    assert not told(confirming, "Not sent")
    assert not confirming.messages(APPROVED)


def test_a_second_copy_beside_a_confirmed_one_changes_nothing(held: tuple[World, AgentHere]) -> None:
    """I10, P5: neither is the one confirmed now and the other then, nor are both sent."""
    world, agent = held
    world.client().copy(PRESS.address, APPROVED, APPROVED)
    agent.settle(world.now + MINUTE * 2)
    state = world.content_of_state()
    agent.turn(world.now + MINUTE * 3)
    assert world.content_of_state() == state
    agent.settle(world.now + MORNING)
    agent.settle(world.now + MORNING + LATER)
    assert len(world.post.letters) == 1
    assert world.outcome().sent.total() == 1


def test_an_approved_folder_with_other_uids_keeps_what_is_confirmed(held: tuple[World, AgentHere]) -> None:
    """I8, I4: the same content in a rebuilt folder is still what its owner confirmed."""
    world, agent = held
    agent.disconnect()
    troubles.moved_to_a_new_one(world, APPROVED)
    agent.settle(world.now + MINUTE * 2)
    assert agent.states()[PRESS_NUDGE] is Held.APPROVED
    agent.settle(world.now + MORNING)
    assert len(world.post.letters) == 1
    assert not told(world, "Not sent")
