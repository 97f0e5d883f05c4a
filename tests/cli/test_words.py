"""What the owner says by command: written down in the word file, effective at once, taken back by `undo`; never half said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.core.words import Verb, Word
from agent.shell import control
from agent.shell.files import WordFile
from agent.shell.store import Held
from tests.cli.home import Home
from tests.shell.test_control import serving

LAGOS = ZoneInfo("Africa/Lagos")
MUSEUM = "Harrow Museum"


def state_of(home: Home) -> dict[str, Any]:
    """What `status` tells of the opportunities, and what each one's story says of it."""
    return {name: home("show", row["id"], "--json").json for name, row in home.status().items()}


def refused(home: Home, *words: object, says: str, code: int = 2) -> None:
    """A command that does not hold leaves no word behind."""
    before = home.words
    said = home(*words)
    assert (said.code, said.out) == (code, ""), said
    assert says in said.err
    assert len(said.err.splitlines()) == 2
    assert home.words == before


def in_days(number: int) -> date:
    return datetime.now(LAGOS).date() + timedelta(days=number)


# ------------------------------------------------------------------------------------------------------------------ tell


@pytest.mark.parametrize(
    ("option", "value", "holds"),
    [
        ("--organisation", "The Harrow", lambda row: row["organisation"] == "The Harrow"),
        ("--role", "Keeper", lambda row: row["role"] == "Keeper"),
        ("--stage", "closed", lambda row: row["stage"] == "closed"),
        ("--stage", "rejected", lambda row: row["stage"] == "rejected"),
        ("--stage", "offer", lambda row: row["stage"] == "offer"),
        ("--reply-by", in_days(9).isoformat(), lambda row: row["reply_by"] == in_days(9).isoformat()),
        ("--interview", f"{in_days(3)}T14:00", lambda row: row["stage"] == "scheduled" and f"{in_days(3)}T14:00:00+01:00" in str(row["interviews"])),
        ("--met", "Lee Park <lee@harrowmuseum.example>", lambda row: "lee@harrowmuseum.example" in str(row["contacts"])),
    ],
    ids=["organisation", "role", "closed", "rejected", "offer", "reply-by", "interview", "met"],
)  # fmt: skip
def test_what_is_told_holds_at_once(
    known: Home, option: str, value: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    """CONTRACT, `tell`; in the owner's zone where none is given."""
    whole = known.status()[MUSEUM]["id"]
    assert not holds(known("show", whole, "--json").json)
    said = known("tell", "museum", option, value)
    assert said.code == 0
    assert said.out.startswith("Noted for Harrow Museum.")
    assert "The daemon is not running" in said.out
    assert holds(known("show", whole, "--json").json)


def test_a_date_told_puts_the_follow_up_off(known: Home) -> None:
    """P11: the promised day and seven more."""
    known("tell", "museum", "--reply-by", in_days(9))
    steps = {s["step"]: s for s in known("show", "museum", "--json").json["steps"]}
    assert steps["follow_up_1"]["state"] != "offer"
    assert datetime.fromisoformat(steps["follow_up_1"]["opens"]).date() >= in_days(16)


def test_several_things_are_told_at_once(known: Home) -> None:
    said = known(
        "tell",
        "brightwater",
        "--met",
        "Lee <lee@brightwater.example>",
        "--met",
        "Ms Roe",
        "--went",
        "well",
        "--remember",
        "the pumps",
    )
    assert said.code == 0
    (word,) = known.words
    assert word.verb is Verb.TELL
    assert set(word.facts) == {
        ("met", "Lee <lee@brightwater.example>"),
        ("met", "Ms Roe"),
        ("went", "well"),
        ("remember", "the pumps"),
    }
    found = known("show", "brightwater", "--json").json
    thanks = [s["to"] for s in found["steps"] if s["step"] == "thank_you" and s["state"] in ("offer", "later", "keep")]
    assert ["lee@brightwater.example"] in thanks, "P17: the owner's word may add people"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["museum"], "nothing is told"),
        (["museum", "--reply-by", "soon"], "2027-03-12"),
        (["museum", "--reply-by", "12.3.2027"], "--reply-by"),
        (["museum", "--stage", "won"], "one of applied"),
        (["museum", "--went", "fine"], "well, ok, badly"),
        (["museum", "--interview", "Friday"], "2027-03-12T14:00"),
        (["museum", "--met", "Lee <lee@>"], "--met"),
        (["museum", "--met", "Lee <lee@a.example>, Bo <bo@a.example>"], "again for another"),
        (["museum", "--met", " "], "--met"),
        (["museum", "--met", "Bo <no-reply@a.example>"], "takes no replies"),
        (["nobody", "--stage", "closed"], "status --all"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_with_what_would_be_right(known: Home, words: list[str], says: str) -> None:
    refused(known, "tell", *words, says=says)


def test_letters_that_are_no_text_do_no_harm(known: Home) -> None:
    """A shell hands over octets that are no UTF-8 as lone surrogates."""
    assert known("tell", "museum", "--role", "Keeper \udcff").code == 0
    assert known.words[0].fact("role").startswith("Keeper")
    assert known("status").code == 0


# ------------------------------------------------------------------------------------------------------- merge and split


def test_two_opportunities_become_one_and_two_again(known: Home) -> None:
    """Corrections are the owner's words: they are not in the database."""
    before = state_of(known)
    said = known("merge", "museum", "ferries")
    assert said.code == 0
    merged = state_of(known)
    assert len(merged) == len(before) - 1
    ids = [m["message_id"] for m in merged[MUSEUM]["messages"]]
    assert {"<invitation@harrowmuseum.example>", "<invitation@lanternby.example>"} <= set(ids)
    assert known("undo").code == 0
    assert state_of(known).keys() == before.keys()


def test_a_message_is_split_off(known: Home) -> None:
    thanks = "<thanks.harrowmuseum.example@obi.example>"
    for written in (thanks, thanks.strip("<>")):
        assert known("split", "museum", written).code == 0
        assert thanks not in [m["message_id"] for m in known("show", "museum", "--json").json["messages"]]
        known("undo")
        assert thanks in [m["message_id"] for m in known("show", "museum", "--json").json["messages"]]


def test_what_can_be_neither_merged_nor_split_is_told(known: Home) -> None:
    refused(known, "merge", "museum", "archivist", says="the same opportunity")
    refused(known, "merge", "museum", "nobody", says="status --all")
    refused(known, "split", "museum", "<nowhere@x.example>", says="afterword show")
    refused(known, "split", "museum", "<invitation@harrowmuseum.example>", says="began with")


def test_a_reply_by_date_that_may_be_a_slip_is_noted_with_a_warning(known: Home) -> None:
    """It may be meant: the word holds, and how to take it back is said."""
    said = known("tell", "museum", "--reply-by", in_days(-30))
    assert said.code == 0
    assert "is in the past" in said.err
    assert "afterword undo" in said.err
    assert known("tell", "museum", "--reply-by", in_days(9)).err == ""


# ---------------------------------------------------------------------------------------------------------------- ignore


@pytest.mark.parametrize("who", ["harrowmuseum.example", "@harrowmuseum.example", "Ellis.Groves@HarrowMuseum.example"])
def test_mail_of_an_ignored_address_or_domain_concerns_nothing(known: Home, who: str) -> None:
    assert known("ignore", who).code == 0
    assert MUSEUM not in known.status()
    assert len(known.status()) == 3
    known("undo")
    assert MUSEUM in known.status()


@pytest.mark.parametrize("who", ["acme", "a b.example", "a@b@c.example", "", "@"])
def test_what_is_no_address_and_no_domain_cannot_be_ignored(known: Home, who: str) -> None:
    refused(known, "ignore", who, says="agency.example")


# ------------------------------------------------------------------------------------------------------------------ news


@pytest.mark.parametrize("who", ["ada@obi.example", "ADA+jobs@obi.example", "obi.example", "gmail.com", "co.uk"])
def test_what_would_make_the_program_blind_is_not_ignored(known: Home, who: str) -> None:
    """The owner's own mail, and that of everybody at a public mail host."""
    refused(known, "ignore", who, says="jobs@agency.example")


def test_news_are_for_all_who_are_to_answer(known: Home) -> None:
    """P19: each waiting opportunity, or the one named."""

    def told() -> set[str]:
        return {
            name
            for name, row in state_of(known).items()
            if any(s["step"] == "news" and s["state"] == "offer" for s in row["steps"])
        }

    assert told() == set()
    assert known("news", "My thesis\nwon a prize.").code == 0
    assert known.words[0].fact("text") == "My thesis won a prize."
    assert told() == set(known.status())
    known("undo")
    said = known("news", "My thesis won a prize.", "--for", "museum")
    assert MUSEUM in said.out
    assert told() == {MUSEUM}
    refused(known, "news", "  ", says="afterword news")
    refused(known, "news", "A prize.", "--for", "nobody", says="status --all")


# ---------------------------------------------------------------------------------------------------------------- forget


def test_forgetting_removes_what_is_stored(known: Home) -> None:
    """CONTRACT, `forget`: messages, reasons, events and what was said; the other opportunities are as they were."""
    others = {name: row for name, row in state_of(known).items() if name != MUSEUM}
    known("tell", "museum", "--remember", "the heating of the reading room")
    said = known("forget", "museum")
    assert said.code == 0
    assert known.status().keys() == others.keys()
    assert known("show", "museum").code == 2
    stored = known("export").json
    assert "harrowmuseum" not in str(stored["readings"])
    assert "Harrow" not in str(stored["events"])
    assert "reading room" not in (known.state / "words.jsonl").read_text()
    with known.store() as store:
        assert "Harrow" not in store.remembered("snapshot")
    after = state_of(known)
    for name, row in others.items():
        assert [m["message_id"] for m in after[name]["messages"]] == [m["message_id"] for m in row["messages"]]


def test_what_was_forgotten_stays_removed_when_that_is_taken_back(known: Home) -> None:
    known("forget", "museum")
    said = known("undo")
    assert said.code == 0
    assert "stays removed" in said.out
    assert MUSEUM not in known.status()


# ------------------------------------------------------------------------------------------ snooze, resume, dismiss, undo


def follow_up(home: Home, name: str = "museum") -> dict[str, Any]:
    steps: list[dict[str, Any]] = home("show", name, "--json").json["steps"]
    return next(s for s in steps if s["step"] == "follow_up_1")


@pytest.mark.parametrize("before", [[], ["drafts"]], ids=["short", "drafts"])
def test_a_snooze_puts_follow_ups_off_and_resume_ends_it(known: Home, before: list[str]) -> None:
    """With and without "drafts" before it."""
    said = known(*before, "snooze", "museum", 5)
    assert said.code == 0
    assert f"{in_days(5):%A}, {in_days(5).day} {in_days(5):%B}" in " ".join(said.out.split())
    assert follow_up(known)["state"] != "offer"
    assert follow_up(known, "ferries")["state"] == "offer"
    assert known(*before, "resume", "museum").code == 0
    assert follow_up(known)["state"] == "offer"


def draft_id(home: Home, organisation: str = MUSEUM) -> str:
    drafts = home("drafts", "--json").json["drafts"]
    return str(next(d["id"] for d in drafts if d["organisation"] == organisation))


def test_a_dismissed_draft_is_wanted_no_more(known: Home) -> None:
    """CONTRACT: `dismiss ID`; nothing takes its place."""
    said = known("drafts", "dismiss", draft_id(known))
    assert said.code == 0
    assert "taken back" in said.out
    assert follow_up(known)["state"] == "off"
    known("undo")
    assert follow_up(known)["state"] == "offer"


def test_a_draft_that_its_owner_changed_is_not_taken_back(known: Home) -> None:
    """P3; and the answer does not say that it is."""
    found = draft_id(known)
    with known.store() as store:
        row = next(r for r in store.steps(Held.PUT) if "harrowmuseum" in str(r.recipients))
        store.turn(row, Held.EDITED, datetime.now(UTC))
    said = known("drafts", "dismiss", found)
    assert said.code == 0
    assert "is yours" in said.out


@pytest.mark.parametrize("state", [Held.SENT, Held.GONE, Held.WITHDRAWN, Held.ATTEMPTING, Held.UNSURE, Held.MISSED])
def test_what_does_not_stand_any_more_cannot_be_dismissed(known: Home, state: Held) -> None:
    """Exit 1: least of all what was sent."""
    found = draft_id(known)
    with known.store() as store:
        row = next(r for r in store.steps(Held.PUT) if "harrowmuseum" in str(r.recipients))
        store.turn(row, state, datetime.now(UTC))
    refused(known, "drafts", "dismiss", found, says="cannot be dismissed", code=1)


@pytest.mark.parametrize(("name", "says"), [("ffffffffffff", "no draft"), ("", "several")])
def test_an_id_that_is_not_exactly_one_is_told(known: Home, name: str, says: str) -> None:
    for act in ("dismiss", "approve"):
        home = known
        home.configure(mode="confirm")
        refused(home, "drafts", act, name, says=says, code=1)


def test_undo_takes_back_the_last_word_and_then_the_one_before(known: Home) -> None:
    known("tell", "museum", "--role", "Keeper")
    known("tell", "museum", "--role", "Guard")
    assert known.status()[MUSEUM]["role"] == "Guard"
    said = known("undo")
    assert "role Guard" in said.out
    assert known.status()[MUSEUM]["role"] == "Keeper"
    known("undo")
    assert known.status()[MUSEUM]["role"] == "Archivist"
    refused(known, "undo", says="nothing to take back")


def test_undo_says_in_words_what_it_takes_back(known: Home) -> None:
    for words, says in (
        (["ignore", "jobs@agency.example"], "that mail of jobs@agency.example is ignored"),
        (["snooze", "museum", "9"], "the pause until"),
        (["tell", "museum", "--role", "Keeper"], "what you told (role Keeper)"),
    ):
        known(*words)
        assert f"Taken back: {says}" in known("undo").out.replace("\n  ", " ")


def test_undo_takes_back_no_deletion(known: Home) -> None:
    """P4: a deleted draft is an answer, given in the mailbox; `resume` is what takes that back."""
    known("tell", "museum", "--role", "Keeper")
    now = datetime.now(UTC)
    WordFile(known.state).add(
        Word("gone-1234", now, Verb.DISMISS, "<invitation@lanternby.example>", (("step", "x"), ("quiet", "")))
    )
    assert "role Keeper" in known("undo").out
    assert [w.id for w in known.words] == ["gone-1234"]
    refused(known, "undo", says="resume")


# ------------------------------------------------------------------------------------------------------ with a daemon


@contextmanager
def daemon(home: Home, answer: str) -> Iterator[list[int]]:
    with serving(home.state, lambda count: answer) as looks:
        yield looks


def test_a_running_daemon_acts_before_the_command_ends(known: Home) -> None:
    """One look for one word."""
    with daemon(known, "looked") as looks:
        said = known("snooze", "museum", 5)
        assert said.code == 0
        assert len(looks) == 1
    assert "not running" not in said.out


def test_a_daemon_that_could_not_act_is_told(known: Home) -> None:
    """The word is written down all the same."""
    with daemon(known, "the login was refused"):
        said = known("snooze", "museum", 5)
    assert said.code == 0
    assert "could not act on it yet: the login was refused" in said.out
    assert len(known.words) == 1


def test_a_wrong_command_does_not_wake_the_daemon(known: Home) -> None:
    with daemon(known, "looked") as looks:
        refused(known, "tell", "nobody", "--role", "Keeper", says="status --all")
        assert looks == []
        assert control.poke(known.state) == "looked"
