"""POLICY, "The digest": its lines, its picture, its moments, and that nothing out of mail gets into its HTML as HTML (I12, I15)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.core.digest import LATEST, PIPELINE, Bar, Digest, Row, Sight, digest, due, next_due, pages, picture
from agent.core.opportunity import Stage
from agent.core.policy.rules import Rules
from agent.core.read.reading import Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, KIM, LEE, WORDING, History, interviewed
from tests.core.policy.walk import OWNER

LONDON = ZoneInfo("Europe/London")
RULES = Rules(LONDON)
AGREED = Kind.INTERVIEW_CONFIRMATION
EMPTY = Digest("Your week", (), 0, (), (), (), (), (), (), (), (), "The search goes on.")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def told(
    history: History,
    moment: str,
    drafts: list[dict[str, Any]] | None = None,
    events: list[dict[str, Any]] | None = None,
) -> Digest:
    """The digest of a history at a moment, with the rows of a ledger that tells of nothing else."""
    world, now = history.play(moment), at(moment)
    known = tuple(world.book.opportunities.values())
    return digest(Sight(known, world.verdicts(now), drafts or [], events or [], now, history.rules), "weekly")


def event(what: str, key: str, why: str, opportunity: str = "") -> dict[str, Any]:
    return {
        "at": at("2026-05-18 10:00"),
        "opportunity": opportunity,
        "key": key,
        "what": what,
        "rule": "P2",
        "why": why,
    }


# ----------------------------------------------------------------------------------------------------------- its lines


def test_what_waits_for_whom_and_since_when() -> None:
    """ "What waits for whom and since when", with the promised day and the next step."""
    found = told(
        interviewed().receives("2026-05-14 10:00", Kind.STATUS_UPDATE, reply_by="2026-05-29"), "2026-05-18 08:00"
    )
    (row,) = found.waiting
    assert "Dana Cole" in row.text
    assert "promised by 29 May" in row.text
    assert "follow-up on Fri 5 Jun" in row.text
    assert row.when == "since Thu 14 May"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.INFORMATION_REQUEST, "what they asked for"),
        (Kind.ASSESSMENT_REQUEST, "the task"),
        (Kind.OFFER, "an offer"),
    ],
    ids=["a question", "a task", "an offer"],
)
def test_what_waits_for_the_owner(kind: Kind, words: str) -> None:
    found = told(interviewed().receives("2026-05-14 10:00", kind), "2026-05-18 08:00")
    (row,) = found.your_turn
    assert words in row.text
    assert row.when == "since Thu 14 May"
    assert found.waiting == ()


def test_the_longest_wait_comes_first() -> None:
    history = interviewed().receives("2026-05-03 11:00", AGREED, GIL, "globex", interview="2026-05-06 10:00")
    assert [r.when for r in told(history, "2026-05-18 08:00").waiting] == ["since Wed 6 May", "since Tue 12 May"]


def test_drafts_to_review_are_named_by_what_they_are_and_to_whom() -> None:
    rows = [
        {"step": "thank_you", "state": "put", "opportunity": "", "recipients": ("lee@acme.example",), "at": at("2026-05-12 15:00"), "subject": "Thanks"},
        {"step": "debrief", "state": "edited", "opportunity": "", "recipients": (OWNER.email,), "at": at("2026-05-12 15:00"), "subject": "Debrief"},
    ]  # fmt: skip
    first, second = told(interviewed(), "2026-05-18 08:00", rows).drafts
    assert first.text == "thank-you to lee@acme.example"
    assert second.text == "debrief for yourself (changed by you)"


@pytest.mark.parametrize("what", ["withdrawn", "dismissed", "missed", "left"])
def test_what_was_taken_back_dismissed_or_missed_is_told_with_its_reason(what: str) -> None:
    found = told(
        interviewed(),
        "2026-05-18 12:00",
        events=[event(what, "follow_up_1|x|dana@acme.example", "they wrote on 16 May")],
    )
    (row,) = found.happened
    assert "follow-up to dana@acme.example" in row.text
    assert "they wrote on 16 May" in row.text


def test_a_changed_draft_that_is_overtaken_is_told_as_such() -> None:
    """P3, P2: it stays in Drafts, but not as something to be sent."""
    row = {"step": "follow_up_1", "state": "overtaken", "opportunity": "", "recipients": ("dana@acme.example",)}
    row |= {"subject": "Re: Interview", "at": at("2026-05-18 10:00"), "why": "they wrote on 22 May"}
    (told_of,) = told(interviewed(), "2026-05-25 08:00", [row]).drafts
    assert told_of.text.endswith("(overtaken: they wrote on 22 May; do not send it as it is)")


def test_what_only_went_its_way_is_not_told_as_news() -> None:
    events = [
        event(what, f"thank_you|{what}|dana@acme.example", "why")
        for what in ("put", "sent", "searched", "told", "filled", "edited")
    ]
    assert told(interviewed(), "2026-05-18 12:00", events=events).happened == ()


def test_interviews_ahead_are_told_in_their_order() -> None:
    history = interviewed().receives(
        "2026-05-13 10:00", AGREED, GIL, "globex", interview="2026-05-21 10:00", people=("Noor Vale",)
    )
    history.receives("2026-05-13 11:00", AGREED, KIM, "initech", interview="2026-05-20 16:30")
    found = told(history, "2026-05-18 08:00")
    assert [r.when for r in found.interviews] == ["Wed 20 May 16:30", "Thu 21 May 10:00"]
    assert "Noor Vale" in found.interviews[1].text


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-05-13 08:00", ["notes", "read on"]), ("2026-05-21 08:00", ["read on"]), ("2026-05-27 08:00", [])],
    ids=["the day after", "in the second week", "after two weeks"],
)
def test_research_and_notes_to_do(moment: str, said: list[str]) -> None:
    """Guide B: notes at once; research "from day 1 to week 2"."""
    found = told(interviewed(), moment).to_do
    assert [next(s for s in ("notes", "read on") if s in r.text) for r in found] == said


def test_no_notes_are_asked_for_once_the_debrief_is_there() -> None:
    history = interviewed().says("2026-05-12 18:00", Verb.DEBRIEF, went="well")
    assert not any("notes" in r.text for r in told(history, "2026-05-13 08:00").to_do)


def test_what_to_let_go() -> None:
    """P28."""
    history = (
        interviewed().sends("2026-05-26 10:00", Kind.FOLLOW_UP, DANA).sends("2026-06-09 10:00", Kind.FOLLOW_UP, DANA)
    )
    assert told(history, "2026-07-08 08:00").let_go == ()
    (row,) = told(history, "2026-07-10 08:00").let_go
    assert "let it go" in row.text


def test_after_an_acceptance_it_suggests_to_tell_the_others() -> None:
    """P26; and that the search goes on is then said no more."""
    history = interviewed().receives("2026-05-04 11:00", AGREED, GIL, "globex", interview="2026-05-11 10:00")
    history.receives("2026-05-14 10:00", Kind.OFFER, GIL, "globex").sends(
        "2026-05-15 10:00", Kind.OFFER_ACCEPTANCE, GIL, "globex"
    )
    found = told(history, "2026-05-18 08:00")
    assert len(found.tell) == 1
    assert "search goes on" not in found.search


def test_that_the_search_goes_on() -> None:
    """Guide D."""
    assert "the search goes on" in told(interviewed(), "2026-05-18 08:00").search
    assert (
        "search goes on" in told(interviewed().receives("2026-05-14 10:00", Kind.REJECTION), "2026-05-18 08:00").search
    )


def test_what_is_forgotten_is_not_told() -> None:
    found = told(interviewed().says("2026-05-13 10:00", Verb.FORGET), "2026-05-18 08:00")
    assert found.empty
    assert found.waiting == ()


def test_a_long_list_is_cut_and_says_so() -> None:
    events = [event("withdrawn", f"thank_you|{n}|a{n}@acme.example", "why") for n in range(60)]
    found = told(interviewed(), "2026-05-18 12:00", events=events).happened
    assert found[-1].name == "and 20 more"


# ---------------------------------------------------------------------------------------------------------- the picture


@given(st.lists(st.sampled_from(sorted(Stage)), max_size=60))
def test_the_picture_counts_every_open_stage(stages: list[Stage]) -> None:
    """The fullest bar is whole; one that holds anything can be seen; an empty one is none."""
    bars = picture(stages)
    assert [b.count for b in bars] == [stages.count(s) for s, _, _ in PIPELINE]
    assert all((b.width > 0) == (b.count > 0) == bool(b.drawn) for b in bars)
    assert all(0 <= b.width <= 100 for b in bars)
    assert max(b.width for b in bars) in (0, 100)


# ------------------------------------------------------------------------------------------------------------ the pages

HOSTILE = '<img src=x onerror=alert(1)>&"\'{{ 7*7 }}<a href="https://evil.example/">x</a>'


class Tags(HTMLParser):
    """What a page is made of, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(v) for k, v in attrs if k in ("src", "href", "background", "action", "srcset")]

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Tags:
    made = Tags()
    made.feed(page)
    return made


def full(text: str) -> Digest:
    row = (Row(text, text, text),)
    bars = tuple(Bar(label, 1, 100, colour, "#") for _, label, colour in PIPELINE)
    return Digest(text, bars, 2, row, row, row, row, row, row, row, row, text)


def test_the_pages_say_the_same() -> None:
    """ "HTML with a plain-text twin"."""
    history = interviewed().receives("2026-05-13 10:00", AGREED, LEE, "globex", interview="2026-05-21 10:00")
    made = told(history, "2026-05-18 08:00")
    text, page = pages(made, WORDING, OWNER)
    shown = parsed(page).text
    for rows in (made.waiting, made.interviews, made.to_do):
        assert rows
        for row in rows:
            assert row.text in text
            assert row.text in shown
    assert made.search in text
    assert made.search in shown


def test_nothing_of_the_page_is_fetched_and_every_value_is_escaped() -> None:
    """I12; "inline, no remote content"."""
    plain, harmless = pages(full("Acme"), WORDING, OWNER)
    text, page = pages(full(HOSTILE), WORDING, OWNER)
    made = parsed(page)
    assert made.tags == parsed(harmless).tags
    assert made.links == []
    assert HOSTILE in made.text
    assert HOSTILE in text
    assert not re.search(r"url\(|@import|<script|<link|<img|https?:", harmless)
    assert plain


@given(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40))
def test_no_name_breaks_the_page(name: str) -> None:
    _, page = pages(full(name), WORDING, OWNER)
    assert parsed(page).tags == parsed(pages(full("Acme"), WORDING, OWNER)[1]).tags


def test_the_page_fits_a_phone() -> None:
    """One column; nothing wider than the screen, no letters smaller than 13 px but in the bars."""
    _, page = pages(full("Acme"), WORDING, OWNER)
    assert 'name="viewport"' in page
    widths = [int(w) for w in re.findall(r'width="(\d+)"|(?<!max-)width:(\d+)px', page) for w in w if w]
    assert max(widths) <= 160
    sizes = {int(s) for s in re.findall(r"font-size:(\d+)px", page)} - {1}
    assert min(sizes) >= 13


def test_a_section_with_nothing_in_it_is_left_out() -> None:
    text, page = pages(EMPTY, WORDING, OWNER)
    assert "<h2" not in page
    assert "DRAFTS" not in text


# ---------------------------------------------------------------------------------------------------------- its moments

DUE = [
    ("weekly", "2026-05-18 07:59", None),
    ("weekly", "2026-05-18 08:00", "2026-05-18 08:00"),
    ("weekly", "2026-05-20 23:00", "2026-05-18 08:00"),
    ("weekly", "2026-05-22 09:00", None),
    ("daily", "2026-05-20 08:00", "2026-05-20 08:00"),
    ("daily", "2026-05-20 23:59", "2026-05-20 08:00"),
    ("daily", "2026-05-21 07:00", None),
    ("off", "2026-05-18 09:00", None),
]


@pytest.mark.parametrize(("mode", "now", "moment"), DUE, ids=[f"{m} {n}" for m, n, _ in DUE])
def test_when_a_digest_is_due(mode: str, now: str, moment: str | None) -> None:
    """On Mondays or every day at eight, owner's time; made up for a while, and not for long (P29)."""
    assert due(mode, at(now), RULES) == (at(moment) if moment else None)


def test_none_is_due_for_a_time_before_the_agent_began() -> None:
    """P30."""
    rules = Rules(LONDON, running_since=at("2026-05-18 10:00"))
    assert due("weekly", at("2026-05-18 10:01"), rules) is None
    assert due("weekly", at("2026-05-25 08:00"), rules) == at("2026-05-25 08:00")


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_eight_is_eight_when_the_clocks_change(day: str) -> None:
    """P31."""
    found = next_due("daily", at(f"{day} 12:00"), RULES)
    assert found is not None
    assert f"{found:%H:%M}" == "08:00"
    assert found.date() == at(f"{day} 12:00").date() + timedelta(days=1)


@given(st.integers(0, 366 * 24 * 60), st.sampled_from(["daily", "weekly"]))
def test_the_next_one_is_ahead_and_the_last_one_is_not(minutes: int, mode: str) -> None:
    """I15: computed from the clock alone, so that a missed alarm costs nothing."""
    now = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    found, ahead = due(mode, now, RULES), next_due(mode, now, RULES)
    assert ahead is not None
    assert ahead > now
    assert due(mode, ahead, RULES) == ahead
    assert found is None or now - LATEST[mode] <= found <= now
