"""What replay takes for the draft itself, and what for another message of the owner's ("Replay" of the settled cases)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent.core.decode.message import decode
from agent.core.policy.rules import Rules
from agent.core.read.reader import read
from agent.core.render import Identity, Wording
from agent.shell.replay import Replay
from agent.templates import texts
from agent.wiring import owner_of

OWNER = owner_of("Sam Rivera", ("sam@rivera.example",), "Europe/London", "")
RULES = Rules(OWNER.zone, owner_name="Sam Rivera", owner_addresses=("sam@rivera.example",), debrief=False, prep=False)
DANA = "Dana Cole <dana@acme.example>"
SAM = "Sam Rivera <sam@rivera.example>"


def letter(at: str, sender: str, to: str, text: str, number: str, before: str = "") -> bytes:
    made = datetime.fromisoformat(at)
    head = [
        f"From: {sender}",
        f"To: {to}",
        f"Date: {made:%a, %d %b %Y %H:%M:%S +0100}",
        f"Message-ID: {number}",
        "Subject: Re: Backend Engineer at Acme",
    ]
    if before:
        head.append(f"In-Reply-To: {before}")
    return ("\r\n".join(head) + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text).encode()


AGREED = letter(
    "2026-05-04T10:00",
    DANA,
    SAM,
    "Hi Sam,\n\nThank you for applying for the Backend Engineer role at Acme. Your interview is confirmed for Tuesday 12 May "
    "at 14:00.\n\nBest wishes,\nDana Cole\nAcme\n",
    "<agreed@acme.example>",
)


def replayed(*raws: bytes) -> Replay:
    made = Replay(RULES, Identity("Sam Rivera", "sam@rivera.example"), Wording(texts()))
    messages = [decode(raw, OWNER.addresses) for raw in raws]
    made.run(((m, read(m, OWNER)) for m in messages), datetime(2026, 5, 13, 12, tzinfo=OWNER.zone))
    return made


@pytest.mark.parametrize("known_by", ["its Message-ID", "its text", "neither"])
def test_a_sent_message_is_the_draft_itself_if_it_carries_its_id_or_its_text(known_by: str) -> None:
    """ "Replay": any other own message that settles a step withdraws the standing draft that day."""
    (put,) = replayed(AGREED).actions
    own = "Hi Dana,\n\nthank you so much for your time yesterday, I enjoyed our conversation.\n\nSam\n"
    sent = letter(
        (datetime.fromisoformat(put["at"]) + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
        SAM,
        DANA,
        put["body"] if known_by == "its text" else own,
        put["message_id"] if known_by == "its Message-ID" else "<own@rivera.example>",
        "<agreed@acme.example>",
    )
    later = replayed(AGREED, sent).actions[1:]
    assert [(a["action"], a["rule"]) for a in later] == ([("withdraw", "P27")] if known_by == "neither" else [])
