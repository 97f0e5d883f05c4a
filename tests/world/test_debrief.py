"""P17 on a real server: the form sent to oneself, only saved, half filled, confirmed; its answers outlive the database (I1, I3, P3, P6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

import pytest

from agent.core.opportunity import Opportunity
from agent.shell.store import Held
from tests.world import troubles
from tests.world.agent_here import AgentHere
from tests.world.conftest import Made
from tests.world.letters import ADDRESS, FERRY, PUMPS, ZONE, Letter
from tests.world.world import APPROVED, World, header, id_of

MINUTE = timedelta(minutes=1)
LATER = timedelta(minutes=11)
POINT = "Your way of testing a pump under water has stayed with me."
ANSWERS = {
    "When will you hear from them?": "they'll come back by the end of next week",
    "May you follow up?": "yes",
    "What was worth remembering?": f"Maren: {POINT}",
    "How did it go?": "well",
}


def written_in(form: str, answers: dict[str, str]) -> str:
    """The form with these answers behind the arrows below their questions."""
    lines, waiting = [], ""
    for line in form.splitlines():
        asked = next((a for q, a in answers.items() if line.startswith(q)), "")
        waiting = asked or waiting
        if line.strip() == "->" and waiting:
            line, waiting = f"-> {waiting}", ""
        lines.append(line)
    return "\n".join(lines) + "\n"


def form_of(world: World) -> bytes:
    (found,) = [m.raw for m in world.messages("Drafts") if header(m.raw, "Subject").startswith("Debrief")]
    return found


def filled(raw: bytes, answers: dict[str, str], at: datetime, new_id: bool = True) -> bytes:
    mime = message_from_bytes(raw, policy=SMTP)
    mime.set_content(written_in(mime.get_content(), answers))
    del mime["Date"]
    mime["Date"] = format_datetime(at.astimezone(ZONE))
    if new_id:
        del mime["Message-ID"]
        mime["Message-ID"] = make_msgid(domain="client.example")
    return mime.as_bytes()


def send_to_self(world: World, answers: dict[str, str], at: datetime, keep_draft: bool = False) -> None:
    """As a client does: a copy in Sent, the message in the inbox with its traces, the draft removed."""
    raw = filled(form_of(world), answers, at)
    trace = b"Return-Path: <ada@obi.example>\r\nReceived: from mx.obi.example by mx.obi.example; Tue, 1 Sep 2026 10:00:00 +0100\r\n"
    world.fill([Letter("Sent", at, raw), Letter("INBOX", at, trace + raw)])
    if not keep_draft:
        owner = world.client()
        owner.remove("Drafts", owner.find("Drafts", subject="Debrief"))


def save(world: World, answers: dict[str, str]) -> None:
    owner = world.client()
    uid = owner.find("Drafts", subject="Debrief")
    owner.save_again("Drafts", uid, filled(owner.raw("Drafts", uid), answers, world.now, new_id=False))


def pumps(agent: AgentHere) -> Opportunity:
    return next(o for o in opportunities(agent) if o.contact(PUMPS.address) is not None)


def thanks(world: World) -> list[str]:
    """What the thank-yous to the interviewer say."""
    found = [message_from_bytes(m.raw, policy=SMTP) for m in world.drafts() if PUMPS.address in header(m.raw, "To")]
    return [m.get_content() for m in found]


def friday_after(at: datetime) -> datetime:
    local = at.astimezone(ZONE)
    return local + timedelta(days=4 - local.weekday() + 7)


def told(world: World) -> list[str]:
    """What is said back of debriefs, as texts."""
    notes = [message_from_bytes(m.raw, policy=SMTP) for m in world.notes()]
    return [m.get_content() for m in notes if m["Subject"].startswith("Your debrief")]


@pytest.fixture
def agent(world: World) -> Iterator[AgentHere]:
    with AgentHere(world.configuration) as here:
        here.settle(world.now)
        assert "[[" in thanks(world)[0]
        yield here


def test_a_form_sent_to_oneself_fills_the_thank_you_and_sets_the_reply_by_date(world: World, agent: AgentHere) -> None:
    """P17: the blank is gone, the draft stands once, under its own Message-ID (P5); the form itself is done with."""
    before = world.outcome().drafts
    send_to_self(world, ANSWERS, world.now + MINUTE)
    agent.settle(world.now + MINUTE * 2)
    agent.settle(world.now + LATER * 2)
    (text,) = thanks(world)
    assert POINT in text
    assert "[[" not in text
    assert pumps(agent).reply_by == friday_after(world.now).date()
    assert agent.states()[f"debrief {ADDRESS}"] is Held.SENT
    assert world.outcome().drafts.keys() < before.keys()
    assert not world.outcome().doubled()
    assert not told(world)


def test_mail_to_oneself_is_no_reply_no_contact_and_no_follow_up(world: World, agent: AgentHere) -> None:
    """P17, P27: nobody new is known, the clock runs on, and nothing is put off."""
    known = {o.id: (o.contacts, o.last_word, o.touched, o.follow_ups, o.silence) for o in opportunities(agent)}
    send_to_self(world, {"How did it go?": "well"}, world.now + MINUTE)
    raw = filled(form_of_nothing(world), {}, world.now + MINUTE)
    world.fill([Letter("Sent", world.now + MINUTE, raw)])
    agent.settle(world.now + MINUTE * 2)
    assert {o.id: (o.contacts, o.last_word, o.touched, o.follow_ups, o.silence) for o in opportunities(agent)} == known


def opportunities(agent: AgentHere) -> list[Opportunity]:
    return list(agent.loop.knowledge.book.opportunities.values())


def form_of_nothing(world: World) -> bytes:
    """An employer's mail that the owner passes on to themselves, in its thread."""
    raw = next(m.raw for m in world.inbox() if FERRY.address in header(m.raw, "From"))
    mime = message_from_bytes(raw, policy=SMTP)
    mime["References"] = mime["In-Reply-To"] = str(mime["Message-ID"])
    for name, value in (("From", ADDRESS), ("To", ADDRESS), ("Subject", f"Fwd: {mime['Subject']}")):
        del mime[name]
        mime[name] = value
    return mime.as_bytes()


def test_a_form_that_is_only_saved_is_read_once_it_has_rested(world: World, agent: AgentHere) -> None:
    """P17, P3: its answers count, and the draft stays as its owner left it."""
    save(world, ANSWERS)
    kept = form_of(world)
    agent.settle(world.now + MINUTE)
    assert pumps(agent).reply_by is None  # a phone may be saving while its owner writes
    agent.settle(world.now + MINUTE * 4)
    assert POINT in thanks(world)[0]
    assert pumps(agent).reply_by == friday_after(world.now).date()
    agent.settle(world.now + LATER * 3)
    assert form_of(world) == kept
    assert len(agent.loop.words.read()) == 1


def test_a_form_saved_again_says_what_it_says_last(world: World, agent: AgentHere) -> None:
    """P17: the later version replaces the earlier one; nothing half typed is left of it."""
    save(world, {**ANSWERS, "What was worth remembering?": "Maren: I liked the"})
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + MINUTE * 4)
    owner = world.client()
    uid = owner.find("Drafts", subject="Debrief")
    raw = owner.raw("Drafts", uid).replace(b"I liked the", b"I liked the water tank.")
    owner.save_again("Drafts", uid, raw)
    agent.settle(world.now + MINUTE * 5)
    agent.settle(world.now + MINUTE * 9)
    (text,) = thanks(world)
    assert "I liked the water tank." in text
    assert [text for _, text in pumps(agent).debriefs[0].remember] == ["I liked the water tank."]


def test_a_thank_you_that_its_owner_has_changed_is_left_alone(world: World, agent: AgentHere) -> None:
    """P3, I3: the debrief fills untouched drafts only."""
    owner = world.client()
    owner.fill_in(PUMPS.address, words="the smell of the oil")
    agent.settle(world.now + MINUTE)
    before = thanks(world)
    send_to_self(world, ANSWERS, world.now + MINUTE * 2)
    agent.settle(world.now + MINUTE * 3)
    agent.settle(world.now + LATER * 2)
    assert thanks(world) == before
    assert pumps(agent).reply_by is not None


def test_a_thank_you_whose_window_has_closed_is_still_filled_while_it_stands(world: World, agent: AgentHere) -> None:
    """Settled cases: thank-you drafts outlive their window."""
    at = world.now + timedelta(days=4)
    agent.settle(at - MINUTE)
    send_to_self(world, ANSWERS, at)
    agent.settle(at + MINUTE)
    assert [POINT in text for text in thanks(world)] == [True]


def test_half_a_form_is_taken_for_what_it_says(world: World, agent: AgentHere) -> None:
    """P17: no answer is no fact."""
    send_to_self(world, {"How did it go?": "badly"}, world.now + MINUTE)
    agent.settle(world.now + MINUTE * 2)
    assert pumps(agent).debriefs[0].went == "badly"
    assert pumps(agent).reply_by is None
    assert "[[" in thanks(world)[0]
    assert not told(world)


def test_somebody_named_with_an_address_is_thanked_too(world: World, agent: AgentHere) -> None:
    """P6, P10, P17: the owner's word may add people; each gets a message of their own."""
    owner = world.client()
    uid = owner.find("Drafts", subject="Debrief")
    raw = filled(owner.raw("Drafts", uid), ANSWERS, world.now + MINUTE, new_id=False)
    mime = message_from_bytes(raw, policy=SMTP)
    text = mime.get_content()
    at = text.index("What was worth")
    mime.set_content(f"{text[:at]}-> Tomas Reyes <tomas.reyes@brightwater.example>\n\n{text[at:]}")
    world.fill([Letter("Sent", world.now + MINUTE, mime.as_bytes())])
    agent.settle(world.now + MINUTE * 2)
    to = [header(m.raw, "To") for m in world.drafts()]
    assert any("tomas.reyes@brightwater.example" in t for t in to)
    assert pumps(agent).contact("tomas.reyes@brightwater.example") is not None


def test_what_cannot_be_read_is_said_back_once(world: World, agent: AgentHere) -> None:
    """P17: by a note in the inbox, with the words; not at every turn, not after a restart, not when the form is sent after
    it was saved."""
    answers = {**ANSWERS, "When will you hear from them?": "once the board has met"}
    save(world, answers)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + MINUTE * 4)
    (note,) = told(world)
    assert "once the board has met" in note
    send_to_self(world, {}, world.now + MINUTE * 5)
    agent.settle(world.now + MINUTE * 6)
    agent.close()
    with AgentHere(world.configuration) as fresh:
        fresh.settle(world.now + LATER * 3)
    troubles.database_deleted(world)
    with AgentHere(world.configuration) as fresh:
        fresh.settle(world.now + LATER * 4)
    assert told(world) == [note]


@pytest.mark.parametrize("how", ["sent", "saved"])
def test_the_answers_outlive_the_database(world: World, agent: AgentHere, how: str) -> None:
    """I1, P5: nothing is put twice, and the reply-by date and the words are there again."""
    if how == "sent":
        send_to_self(world, ANSWERS, world.now + MINUTE)
    else:
        save(world, ANSWERS)
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER * 2)
    before, known = world.outcome(), pumps(agent)
    agent.close()
    troubles.database_deleted(world)
    with AgentHere(world.configuration) as fresh:
        fresh.settle(world.now + LATER * 3)
        fresh.settle(world.now + LATER * 5)
        again = pumps(fresh)
    assert world.outcome() == before
    assert (again.reply_by, again.debriefs) == (known.reply_by, known.debriefs)
    assert POINT in thanks(world)[0]


def test_a_second_pass_over_a_filled_form_writes_nothing(world: World, agent: AgentHere) -> None:
    """I10."""
    save(world, {**ANSWERS, "May you follow up?": "Tuesdays"})
    agent.settle(world.now + MINUTE)
    agent.settle(world.now + LATER * 2)
    marks, state = world.marks(), world.content_of_state()
    for minutes in (0, 1, 60):
        agent.turn(world.now + LATER * 2 + minutes * MINUTE)
    assert world.marks() == marks
    assert world.content_of_state() == state


# ------------------------------------------------------------------------------------------------------- mode `confirm`


@pytest.fixture
def sending(confirming: World) -> Iterator[AgentHere]:
    with AgentHere(confirming.configuration) as here:
        here.settle(confirming.now)
        yield here


def test_a_confirmed_form_is_filed_and_never_sent(confirming: World, sending: AgentHere) -> None:
    """P17, P1: moved to Approved it is read, kept in Sent, and nothing goes to SMTP."""
    save(confirming, ANSWERS)
    owner = confirming.client()
    owner.imap.move([owner.find("Drafts", subject="Debrief")], APPROVED)
    sending.settle(confirming.now + MINUTE)
    sending.settle(confirming.now + LATER * 2)
    assert confirming.post.tried == 0
    assert not confirming.messages(APPROVED)
    (kept,) = [m for m in confirming.sent() if header(m.raw, "Subject").startswith("Debrief")]
    assert "\\Draft" not in kept.flags
    assert sending.states()[f"debrief {ADDRESS}"] is Held.SENT
    assert pumps(sending).reply_by == friday_after(confirming.now).date()
    assert POINT in thanks(confirming)[0]
    assert not confirming.outcome().doubled()


def test_a_form_confirmed_by_command_is_filed_too(confirming: World, sending: AgentHere) -> None:
    """CONTRACT, `drafts approve`."""
    save(confirming, ANSWERS)
    sending.settle(confirming.now + MINUTE)
    row = next(r for r in sending.store.steps() if r.step == "debrief")
    mailbox = sending.connect()
    sending.loop.approvals.by_content(mailbox, sending.loop.layout(mailbox), row, confirming.now, "the test")
    sending.settle(confirming.now + MINUTE * 2)
    assert confirming.post.tried == 0
    assert pumps(sending).reply_by is not None
    assert [id_of(m) for m in confirming.messages("Drafts") if b"Debrief" in m.raw] == []


def test_an_empty_form_that_is_confirmed_comes_back_with_a_note(confirming: World, sending: AgentHere) -> None:
    """P7, P17."""
    owner = confirming.client()
    owner.imap.move([owner.find("Drafts", subject="Debrief")], APPROVED)
    sending.settle(confirming.now + MINUTE)
    assert confirming.post.tried == 0
    assert not confirming.messages(APPROVED)
    assert form_of(confirming)
    assert any("Not sent: Debrief" in header(m.raw, "Subject") for m in confirming.notes())


def test_a_filled_thank_you_can_be_confirmed_and_leaves_as_it_stands(new_world: Made) -> None:
    """P1, P7: with the debrief's words it has no blank any more."""
    world = new_world(mode="confirm")
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now)
        send_to_self(world, ANSWERS, world.now + MINUTE)
        agent.settle(world.now + MINUTE * 2)
        world.client().move(PUMPS.address, APPROVED)
        agent.settle(world.now + MINUTE * 3)
    (letter,) = world.post.letters
    assert letter.recipients == (PUMPS.address,)
    assert POINT.encode() in letter.raw.replace(b"=\r\n", b"")


# ------------------------------------------------------------------------------------------------------------- the digest


def test_the_digest_of_a_real_mailbox_comes_once_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """POLICY, "The digest": by the loop itself, over restarts and a lost database; nothing is handed to SMTP."""
    monkeypatch.setenv("AFTERWORD_NOTES__DIGEST", "daily")
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now)
        assert [m for m in world.notes() if header(m.raw, "Subject").startswith("Your day")] == []  # it began only now
        turned = agent.settle(world.now + MINUTE)
        assert turned.look_again is not None
        assert turned.look_again <= world.now + timedelta(hours=18)
        agent.settle(world.now + timedelta(hours=18))
        agent.settle(world.now + timedelta(hours=19))
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now + timedelta(hours=20))
    troubles.database_deleted(world)
    with AgentHere(world.configuration) as agent:
        agent.settle(world.now + timedelta(hours=21))
    (found,) = [m for m in world.notes() if header(m.raw, "Subject").startswith("Your day")]
    text = message_from_bytes(found.raw, policy=SMTP).get_body(("plain",)).get_content()
    for firm in (PUMPS, FERRY):
        assert firm.person in text
    assert world.post.tried == 0
