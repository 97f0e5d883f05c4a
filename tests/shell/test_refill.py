"""A standing draft gets its words from the debrief: broken off anywhere, one draft stands, and it is ours (P5, P17, I3, I7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.core.content import content_of
from agent.core.policy.rules import Rules
from agent.core.policy.wishes import Step
from agent.core.reconcile import Stands
from agent.core.render import Draft, Identity
from agent.core.words import Verb
from agent.errors import FolderRefused, ServerError
from agent.shell.imap import Mailbox
from agent.shell.refill import Refill
from agent.shell.replay import Replay, understood
from agent.shell.store import Held, StepRow, Store
from agent.wiring import owner_of
from tests.core.histories import WORDING, interviewed
from tests.servers.fake_imap import FakeImap
from tests.world import letters
from tests.world.letters import ADDRESS, PUMPS, ZONE

NOW = datetime(2026, 5, 12, 19, tzinfo=ZoneInfo("Europe/London"))
POINT = "Your tide gauge has stayed with me."


def drafts() -> tuple[Draft, Draft]:
    """The thank-you without and with what the debrief says."""
    blank = interviewed().draft("2026-05-12 18:00", Step.THANK_YOU)
    told = interviewed().says("2026-05-12 18:30", Verb.DEBRIEF, remember=POINT)
    return blank, told.draft("2026-05-12 19:00", Step.THANK_YOU)


def standing(server: FakeImap, store: Store) -> StepRow:
    """The blank one, put."""
    blank, _ = drafts()
    box = Mailbox(server.account)
    box.append("Drafts", blank.raw, ("\\Draft", "\\Seen"))
    opened = box.open("Drafts")
    (uid,) = box.with_id(blank.message_id)
    box.close()
    row = StepRow(
        key=blank.key, message_id=blank.message_id, opportunity="x", step="thank_you", state=Held.PUT, folder="Drafts",
        uidvalidity=opened.uidvalidity, uid=uid, content=content_of(blank.raw).hash, recipients=("dana@acme.example",),
        at=NOW, changed=NOW,
    )  # fmt: skip
    store.write_step(row)
    return row


def bodies(server: FakeImap) -> list[str]:
    return [content_of(m.raw).text for m in server.messages("Drafts")]


def settled(server: FakeImap, store: Store) -> bool:
    """The next turn: what was broken off is settled, then the plan wants the same again -> whether anything was done."""
    box = Mailbox(server.account)
    made = Refill(store)
    made.settle(box, NOW + timedelta(minutes=1))
    done = made.refill(box, store.steps()[0], drafts()[1], NOW + timedelta(minutes=1))
    box.close()
    return done


def test_the_new_words_stand_in_place_of_the_old_ones(server: FakeImap, store: Store) -> None:
    row = standing(server, store)
    box = Mailbox(server.account)
    assert Refill(store).refill(box, row, drafts()[1], NOW)
    box.close()
    (text,) = bodies(server)
    assert POINT in text
    (after,) = store.steps()
    (stored,) = server.messages("Drafts")
    assert (after.state, after.uid, after.note) == (Held.PUT, stored.uid, "")
    assert after.content == content_of(stored.raw).hash
    assert "\\Draft" in stored.flags
    assert not settled(server, store)  # I10


FAULTS = [
    ("APPEND", "before", "drop"),
    ("APPEND", "after", "drop"),
    ("APPEND", "before", "no [OVERQUOTA] full"),
    ("EXPUNGE", "before", "drop"),
    ("EXPUNGE", "after", "drop"),
    ("STORE", "before", "drop"),
    ("STORE", "after", "drop"),
]


@pytest.mark.parametrize(("command", "when", "act"), FAULTS, ids=[f"{c} {w} {a}" for c, w, a in FAULTS])
def test_broken_off_anywhere_one_draft_stands_in_the_end(
    server: FakeImap, store: Store, command: str, when: str, act: str
) -> None:
    """I3: journalled, looked for, put, looked for, removed."""
    row = standing(server, store)
    server.fault(command, when, act)
    box = Mailbox(server.account)
    with pytest.raises((ServerError, FolderRefused)):
        Refill(store).refill(box, row, drafts()[1], NOW)
    box.close()
    settled(server, store)
    (text,) = bodies(server)
    assert POINT in text
    (after,) = store.steps()
    (stored,) = server.messages("Drafts")
    assert (after.state, after.uid, after.content) == (Held.PUT, stored.uid, content_of(stored.raw).hash)


def test_what_its_owner_changed_is_left_alone(server: FakeImap, store: Store) -> None:
    """P3: even where nobody has noticed yet that it was changed."""
    row = standing(server, store)
    blank, fresh = drafts()
    owner = Mailbox(server.account)
    owner.append("Drafts", blank.raw.replace(b"Dear Dana", b"Hello Dana"), ("\\Draft",))
    owner.open("Drafts", write=True)
    owner.expunge(row.uid)
    assert not Refill(store).refill(owner, row, fresh, NOW)
    owner.close()
    (text,) = bodies(server)
    assert "Hello Dana" in text
    assert store.steps() == [row]


def test_replay_fills_the_standing_draft_too(tmp_path: Path) -> None:
    """P17: "in the daemon and in `replay` alike": one draft, and a message with its new words is that draft sent."""
    start = datetime(2026, 9, 1, 11, tzinfo=ZONE)
    mails = [letters.invited(PUMPS, start, start - timedelta(days=3)), letters.agreed(PUMPS, start - timedelta(days=2))]
    first = replayed(tmp_path / "first", [m.raw for m in mails], start + timedelta(hours=4))
    form = next(a for a in first.actions if a["step"] == "debrief")
    text = form["body"].replace("stands.\n->", f"stands.\n-> {POINT}")
    sent = letters.mail(
        letters.OWNER, ADDRESS, form["subject"], text, start + timedelta(hours=3), "form@client.example"
    )
    after = replayed(tmp_path / "after", [*(m.raw for m in mails), sent], start + timedelta(hours=4))
    (found,) = [s for s in after.drafts.values() if s.verdict.step is Step.THANK_YOU]
    assert POINT in found.draft.body
    assert [a["action"] for a in after.actions if a["step"] == "thank_you"] == ["draft"]
    thanks = letters.mail(
        letters.OWNER,
        PUMPS.sender,
        found.draft.subject,
        found.draft.body,
        start + timedelta(hours=5),
        "t@client.example",
    )
    ended = replayed(tmp_path / "ended", [*(m.raw for m in mails), sent, thanks], start + timedelta(days=3))
    assert [s.stands for s in ended.drafts.values() if s.verdict.step is Step.THANK_YOU] == [Stands.SENT]


def replayed(folder: Path, mails: list[bytes], until: datetime) -> Replay:
    folder.mkdir()
    for number, raw in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(raw)
    owner = owner_of("Ada Obi", (ADDRESS,), ZONE.key, "")
    rules = Rules(ZONE, owner_name="Ada Obi", owner_addresses=(ADDRESS,))
    made = Replay(rules, Identity("Ada Obi", ADDRESS), WORDING)
    made.run(understood(folder, owner), until)
    return made
