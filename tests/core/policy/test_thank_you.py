"""P10 with P27 and P29: who is thanked, when, by which message, and what makes a thank-you pointless."""

from __future__ import annotations

from datetime import UTC

import pytest

from agent.core.policy.wishes import State, Step
from agent.core.read.reading import Act, Kind
from agent.core.words import Verb
from tests.core.histories import DANA, GIL, KIM, LEE, History, address, interviewed

T = Step.THANK_YOU
AGREED = Kind.INTERVIEW_CONFIRMATION


def invited(*guests: str, organiser: str = DANA, people: tuple[str, ...] = (), **fields: object) -> History:
    """A calendar invitation for 12 May, 14:00 to 15:00, with these guests."""
    return History().receives(
        "2026-05-04 10:00",
        AGREED,
        organiser,
        invitation="uid-1@acme.example",
        organiser=organiser,
        guests=guests,
        interview="2026-05-12 14:00/60",
        people=people,
        **fields,
    )


def thanked(history: History, at: str = "2026-05-12 15:00") -> set[str]:
    """Who is to be thanked at that moment."""
    return {a.email for v in history.wishes(at, T) if v.state is State.OFFER for a in v.to}


# ----------------------------------------------------------------------------------------------------------- the window


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-12 14:59:59", None),
        ("2026-05-12 15:00:00", State.OFFER),
        ("2026-05-13 15:00:01", State.OFFER),
        ("2026-05-14 15:00:00", State.OFFER),
        ("2026-05-14 15:00:01", State.MISSED),
    ],
    ids=["P10 still talking", "P10 at the end", "P10 after the target", "P10 at 48 hours", "P29 a second later"],
)
def test_the_window_is_open_from_the_end_of_the_interview_for_48_hours(at: str, state: State | None) -> None:
    assert interviewed().state(at, T) is state


def test_24_hours_are_the_target_and_shown_as_the_due_time() -> None:
    """P10."""
    wish = interviewed().wish("2026-05-12 15:00", T)
    assert str(wish.due) == "2026-05-13 15:00:00+01:00"


@pytest.mark.parametrize(
    ("interview", "put"),
    [
        ("2026-05-15 19:00/90", "2026-05-15 20:30 put thank_you"),
        ("2026-05-16 11:00/30", "2026-05-16 11:30 put thank_you"),
        ("2026-05-12", "2026-05-12 17:00 put thank_you"),
    ],
    ids=["Friday night", "Saturday", "only a date: at 17:00"],
)
def test_a_thank_you_is_put_at_once_day_or_night(interview: str, put: str) -> None:
    """P10, "thank-yous … open at once, day or night, weekends too"; "Only a date given: 09:00 to 17:00"."""
    assert History().receives("2026-05-04 10:00", AGREED, interview=interview).told("2026-05-17", T) == [put]


@pytest.mark.parametrize(
    ("agreed", "interview", "closes"),
    [
        ("2026-03-20 10:00", "2026-03-28 14:00/60", "2026-03-30T16:00:00+01:00"),
        ("2026-10-20 10:00", "2026-10-24 14:00/60", "2026-10-26T14:00:00+00:00"),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_48_hours_are_48_hours_when_the_clocks_change(agreed: str, interview: str, closes: str) -> None:
    """P10: the window closes 48 h after the interview's end."""
    history = History().receives(agreed, AGREED, interview=interview)
    end = history.wish(f"{interview[:10]} 15:00", T).closes
    assert end is not None
    assert end.astimezone(UTC) == history.moment(closes).astimezone(UTC)


def test_the_hours_can_be_configured() -> None:
    assert interviewed(thank_you_hours=24).state("2026-05-13 15:00:01", T) is State.MISSED


def test_a_thank_you_left_lying_outlives_its_window() -> None:
    """ "Drafts over time": Thank-you drafts outlive their window until something makes them pointless."""
    assert interviewed().told("2026-06-20", T) == ["2026-05-12 15:00 put thank_you"]


# ----------------------------------------------------------------------------------------------------------------- whom


def test_nobody_known_to_take_part_means_the_main_contact() -> None:
    """P10."""
    assert thanked(interviewed()) == {"dana@acme.example"}


def test_each_interviewer_who_is_a_contact_gets_a_message_of_their_own() -> None:
    """P10; the main contact who was not there gets none when nobody's thanks are to be passed on."""
    wishes = invited(LEE, KIM).wishes("2026-05-12 15:00", T)
    assert [[a.email for a in v.to] for v in wishes] == [["lee@acme.example"], ["kim@acme.example"]]


def test_interviewers_without_address_are_named_in_the_main_contacts_message() -> None:
    """P10: "which asks to pass the thanks on"."""
    history = interviewed().receives("2026-05-05 10:00", AGREED, interview="2026-05-12 14:00/60", people=("Noor Vale",))
    draft = history.draft("2026-05-12 15:00", T)
    assert [a.email for a in draft.to] == ["dana@acme.example"]
    assert "Noor Vale" in draft.body
    assert "pass my thanks on" in draft.body


def test_the_thank_you_that_passes_thanks_on_goes_to_the_main_contact_interviewer_or_not() -> None:
    """ "Recipients and threads"; who was no interviewer is not thanked for a talk that they did not have."""
    history = invited(LEE, people=("Noor Vale",)).receives("2026-05-05 09:00", Kind.OTHER, courtesy=True)
    assert thanked(history) == {"lee@acme.example", "dana@acme.example"}
    assert not history.wish("2026-05-12 15:00", T, DANA).content.met_them
    assert history.wish("2026-05-12 15:00", T, DANA).content.pass_on == ("Noor Vale",)
    assert history.wish("2026-05-12 15:00", T, LEE).content.pass_on == ()


@pytest.mark.parametrize(
    ("history", "whom"),
    [
        (invited(), {"dana@acme.example"}),
        (invited(DANA), {"dana@acme.example"}),
        (invited(LEE), {"lee@acme.example"}),
        (invited(LEE, DANA), {"lee@acme.example"}),
        (invited(LEE, people=("Dana Cole",)), {"lee@acme.example", "dana@acme.example"}),
        (invited(LEE, excluded=("Lee Park",)), {"dana@acme.example"}),
    ],
    ids=[
        "nobody else takes part",
        "alone on the guest list",
        "somebody else takes part",
        "the guest list is not enough",
        "named among those whom the owner meets",
        "the only guest is said not to come",
    ],
)
def test_the_organiser_counts_as_interviewer_only_in_two_cases(history: History, whom: set[str]) -> None:
    """ "Interviews", settled cases."""
    assert thanked(history) == whom


def test_the_owner_is_no_interviewer() -> None:
    assert thanked(invited("Sam Rivera <sam@rivera.example>", LEE)) == {"lee@acme.example"}


def test_an_interviewer_whose_address_may_not_be_used_counts_as_one_without() -> None:
    """P6 with "Interviews": named in the main contact's message."""
    history = invited("Noor Vale <notifications@acme.example>")
    wish = history.wish("2026-05-12 15:00", T)
    assert [a.email for a in wish.to] == ["dana@acme.example"]
    assert wish.content.pass_on == ("Noor Vale",)


def test_people_whom_the_owner_met_and_names_are_thanked_too() -> None:
    """P17, P6: the debrief is the owner's word and may add people."""
    history = invited(LEE).says("2026-05-12 18:00", Verb.TELL, met="Ida Brook <ida@acme.example>")
    assert thanked(history, "2026-05-12 18:00") == {"lee@acme.example", "ida@acme.example"}


# ----------------------------------------------------------------------------------------------------- thread and words


def test_a_reply_in_thread_to_one_who_has_written_and_a_new_message_to_one_who_has_not() -> None:
    """P10, "What each contains"."""
    history = invited(LEE, people=("Dana Cole",)).receives("2026-05-05 09:00", Kind.OTHER, courtesy=True)
    to_dana, to_lee = (history.draft("2026-05-12 15:00", T, who) for who in (DANA, LEE))
    assert (to_dana.subject, to_dana.in_reply_to) == ("Re: Backend Engineer at Acme", "<acme-1@mail.example>")
    assert (to_lee.subject, to_lee.in_reply_to) == ("Sam Rivera – Thank you", "")


@pytest.mark.parametrize("hour", range(9, 18))
def test_the_messages_to_several_interviewers_are_worded_differently(hour: int) -> None:
    """P10; whatever variant the hour of the interview chooses, no two open or end alike."""
    guests = (LEE, KIM, "Ida Brook <ida@acme.example>", "Noor Vale <noor@acme.example>")
    history = History().receives(
        "2026-05-04 10:00",
        AGREED,
        invitation="u@acme.example",
        organiser=DANA,
        guests=guests,
        interview=f"2026-05-12 {hour:02}:00/60",
    )
    bodies = [history.draft("2026-05-12 21:00", T, g).body.split("\n\n") for g in guests]
    assert len({body[1] for body in bodies}) == len(guests)
    assert len({"\n\n".join(body[2:]) for body in bodies}) == len(guests)


def test_what_the_debrief_remembers_fills_the_personal_point() -> None:
    """P10, P17: else it is a blank."""
    history = invited(LEE, KIM).says(
        "2026-05-12 15:30",
        Verb.DEBRIEF,
        **{"remember:Lee": "Your story of the tide gauge has stayed with me.", "clarify": "I forgot my Go years."},
    )
    lee, kim = (history.draft("2026-05-12 16:00", T, who) for who in (LEE, KIM))
    assert "tide gauge" in lee.body
    assert lee.blanks == ()
    assert "tide gauge" not in kim.body
    assert len(kim.blanks) == 1
    assert "I forgot my Go years." in lee.body


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "not asked for"])
def test_work_samples_are_mentioned_only_where_the_employer_asked_for_them(asked: bool) -> None:
    """P10, guide B."""
    history = interviewed().says("2026-05-12 15:30", Verb.DEBRIEF, went="well", samples="yes" if asked else "")
    assert ("work samples" in history.draft("2026-05-12 16:00", T).body) is asked


# ------------------------------------------------------------------------------------------------- what makes it needless


def test_the_owners_own_thank_you_settles_it_for_its_recipients_only() -> None:
    """P27: from any client, in any thread."""
    history = invited(LEE, KIM).sends("2026-05-12 18:00", Kind.THANK_YOU, LEE)
    assert history.told("2026-05-13", T)[2:] == ["2026-05-12 18:00 withdraw thank_you"]
    assert thanked(history, "2026-05-12 18:00") == {"kim@acme.example"}
    assert history.wish("2026-05-12 18:00", T, LEE).rule == "P27"


@pytest.mark.parametrize(
    ("to", "acts", "left"),
    [
        (DANA, (Act.SHARE,), set()),
        (DANA, (), {"lee@acme.example", "kim@acme.example"}),
        (LEE, (Act.SHARE,), {"kim@acme.example"}),
    ],
    ids=["main contact, asked to share", "main contact, not asked", "not the main contact"],
)
def test_one_note_to_the_main_contact_that_asks_to_share_settles_them_all(
    to: str, acts: tuple[Act, ...], left: set[str]
) -> None:
    """P27."""
    history = invited(LEE, KIM).receives("2026-05-05 09:00", Kind.OTHER, courtesy=True)
    assert thanked(history.sends("2026-05-12 18:00", Kind.THANK_YOU, to, acts=acts), "2026-05-12 18:00") == left


def test_a_note_to_share_is_not_the_only_one_once_another_was_sent() -> None:
    """P27: "all of them, if it is the only one"."""
    history = invited(LEE, KIM).receives("2026-05-05 09:00", Kind.OTHER, courtesy=True)
    history.sends("2026-05-12 18:00", Kind.THANK_YOU, DANA, acts=(Act.SHARE,))
    history.sends("2026-05-12 18:30", Kind.THANK_YOU, LEE)
    assert thanked(history, "2026-05-12 18:30") == {"kim@acme.example"}


def test_a_note_to_share_stays_what_it_was_when_another_contact_writes_later() -> None:
    """P27: it went to the main contact of its day, and settled them all."""
    history = invited(LEE, KIM).receives("2026-05-05 09:00", Kind.OTHER, courtesy=True)
    history.sends("2026-05-12 18:00", Kind.THANK_YOU, DANA, acts=(Act.SHARE,))
    history.receives("2026-05-13 09:00", Kind.OTHER, LEE, courtesy=True)
    assert thanked(history, "2026-05-13 09:00") == set()


def test_thanks_sent_before_the_interview_settle_nothing() -> None:
    """P27 is about this interview."""
    assert thanked(interviewed().sends("2026-05-05 09:00", Kind.THANK_YOU)) == {"dana@acme.example"}


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        (Kind.OTHER, {"unclear": True}, []),
        (Kind.OTHER, {"courtesy": True}, []),
        (Kind.STATUS_UPDATE, {}, []),
        (Kind.INFORMATION_REQUEST, {}, []),
        (Kind.INTERVIEW_INVITATION, {}, []),
        (Kind.REJECTION, {}, ["2026-05-13 09:00 withdraw thank_you"]),
        (Kind.OFFER, {}, ["2026-05-13 09:00 withdraw thank_you"]),
        (Kind.INTERVIEW_CONFIRMATION, {"interview": "2026-05-20 11:00"}, ["2026-05-13 09:00 withdraw thank_you"]),
    ],
    ids=[
        "P2 an unclear reply",
        "P32 courtesy",
        "P23 a status update",
        "P24 a request",
        "P25 a round merely asked for",
        "P26 a rejection",
        "P26 an offer",
        "P25 the next round",
    ],
)
def test_a_thank_you_is_no_nudge_and_stays_until_an_outcome_or_the_next_round(
    kind: Kind, fields: dict[str, object], told: list[str]
) -> None:
    """P2, P25, P26."""
    history = interviewed().receives("2026-05-13 09:00", kind, **fields)
    assert history.told("2026-05-14", T)[1:] == told


def test_a_thank_you_goes_to_nobody_but_contacts_of_this_opportunity() -> None:
    """P6."""
    history = interviewed().receives("2026-05-04 10:00", AGREED, GIL, "globex", interview="2026-05-12 10:00")
    assert [v.to for v in history.wishes("2026-05-12 15:00", T)] == [(address(DANA),)]


def test_who_writes_only_after_the_talk_is_not_thanked_for_it() -> None:
    """P10, "not re-addressed": nobody is known to have taken part, and the bookkeeper asks for papers the same afternoon."""
    history = interviewed().receives("2026-05-12 16:00", Kind.INFORMATION_REQUEST, KIM)
    (done,) = history.actions("2026-05-13 10:00", T)
    assert done.verdict.to[0].email == address(DANA).email


def test_a_talk_that_is_set_again_is_one_with_the_same_people() -> None:
    """P10: called off without a new hour, then agreed anew by a letter that names nobody."""
    history = (
        History()
        .receives(
            "2026-05-04 10:00", Kind.INTERVIEW_CONFIRMATION, interview="2026-05-12 14:00/60", people=["Noor Vale"]
        )
        .receives("2026-05-11 09:00", Kind.INTERVIEW_CANCELLED)
        .receives("2026-05-14 09:00", Kind.INTERVIEW_CONFIRMATION, interview="2026-05-19 14:00/60")
    )
    assert history.wish("2026-05-19 15:00", T, DANA).content.pass_on == ("Noor Vale",)
