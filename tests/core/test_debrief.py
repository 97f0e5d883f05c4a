"""P17: the form as people fill it in with their mail clients -> answers; every word of theirs is an answer or is told back."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.core import codec
from agent.core.debrief import points
from agent.core.debrief.answers import Answers, Met, Unread, facts_of, of_facts
from agent.core.debrief.facts import reference_of
from agent.core.debrief.form import QUESTIONS
from agent.core.debrief.reading import filled
from agent.core.decode.message import decode
from agent.core.fold import fold
from agent.core.opportunity import Contact, Debrief, Opportunity
from agent.core.policy.wishes import Step
from agent.core.read.days import Setting
from agent.core.read.reader import read
from agent.core.read.reading import Act, Kind, Reading, Said
from agent.core.values import Address
from agent.core.words import Verb, Word
from agent.wiring import owner_of
from tests.core.histories import DANA, LEE, History, interviewed
from tests.core.policy.walk import NOTHING, Mail

OWNER = owner_of("Sam Rivera", ("sam@rivera.example",), "Europe/London", "GB")
FROM = "Sam Rivera <sam@rivera.example>"
AT = "Wed, 13 May 2026 18:05:00 +0100"
ON = Setting(date(2026, 5, 13))
SUBJECT = "Debrief: Tide Analyst – Acme, 12 May (1a2b3c)"
FORM = (
    interviewed()
    .receives("2026-05-05 10:00", Kind.INTERVIEW_CONFIRMATION, interview="2026-05-12 14:00/60", people=("Lee Park",))
    .draft("2026-05-12 15:00", Step.DEBRIEF)
    .body
)
FORM = re.sub(r"Ref [0-9a-f]{6}", "Ref 1a2b3c", FORM)
GIVEN = {
    "when": "they'll come back by the end of next week",
    "may_follow_up": "yes, she said so",
    "met": "Lee Park <lee@acme.example>",
    "remember": "Lee: I keep thinking about your tide gauge.",
    "clarify": "I forgot to mention my Go years.",
    "samples": "no",
    "went": "Well, I think",
}
FULL = Answers(
    reply_by=date(2026, 5, 22), may_follow_up="yes", met=(Met("Lee Park", "lee@acme.example"),),
    remember=(("Lee", "I keep thinking about your tide gauge."),), clarify="I forgot to mention my Go years.",
    samples="no", went="well",
)  # fmt: skip
FIELDS = ("reply_by", "may_follow_up", "met", "remember", "clarify", "samples", "went")


def with_answers(form: str, given_: dict[str, str], arrow: str = "-> ") -> str:
    """The form with answers in the first empty place below their questions."""
    lines, waiting = [], ""
    for line in form.splitlines():
        asked = next((name for name, (q, _) in QUESTIONS.items() if line.lower().startswith(q.lower()[:14])), "")
        waiting = given_.get(asked, "") if asked else waiting
        if line.strip() == "->" and waiting:
            line, waiting = f"{arrow}{waiting}", ""
        lines.append(line)
    return "\n".join(lines)


DONE = with_answers(FORM, GIVEN)


def sent(text: str, subject: str = SUBJECT, page: str = "", flowed: bool = False, charset: str = "utf-8") -> bytes:
    """A message of the owner's to themselves."""
    message = EmailMessage(policy=SMTP)
    message["From"] = message["To"] = FROM
    message["Subject"], message["Date"], message["Message-ID"] = subject, AT, "<form@client.example>"
    if text:
        message.set_content(text, charset=charset, cte="quoted-printable")
        if flowed:
            message.set_param("format", "flowed")
    if page and text:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message.as_bytes()


def reading_of(raw: bytes) -> Reading:
    return read(decode(raw, OWNER.addresses), OWNER)


def answers_of(raw: bytes) -> Answers:
    form = reading_of(raw).form
    assert form is not None
    return form


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.splitlines())


def divs(text: str) -> str:
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.splitlines())


WROTE = "On Tue, 12 May 2026 at 15:00, Sam Rivera <sam@rivera.example> wrote:"
BLOCK = (
    "From: Sam Rivera <sam@rivera.example>\nSent: Tuesday, May 12, 2026 3:00 PM\nTo: Sam Rivera <sam@rivera.example>\n"
)
LABELLED = (
    "Reply by: end of next week\nFollow up: yes\nWho: Lee Park lee@acme.example\nRemember: Lee: I keep thinking about your tide gauge.\n"
    "Clarify: I forgot to mention my Go years.\nSamples: no\nWent: well"
)
PIECES = DONE.split("\n\n")

CLIENTS: dict[str, bytes] = {
    "saved and sent as it is": sent(DONE),
    "in Latin-1": sent(DONE.replace("…", "...").replace("–", "-"), charset="iso-8859-1"),
    "with a signature": sent(f"{DONE}\n-- \nSam Rivera\n+44 20 7946 0000"),
    "from an iPhone": sent(f"{DONE}\n\nSent from my iPhone"),
    "as flowed text": sent(DONE.replace("A few lines while it is fresh. ", "A few lines while it is fresh. \n"), flowed=True),
    "Gmail: edited, both parts": sent(DONE, page=f'<div dir="ltr">{divs(DONE)}</div>'),
    "a phone: HTML alone": sent("", page=f"<html><body>{divs(DONE)}<div>Sent from my Galaxy</div></body></html>"),
    "HTML with line breaks": sent("", page="<p>" + "<br>".join(html.escape(x) for x in DONE.splitlines()) + "</p>"),
    "HTML, arrows made pretty": sent("", page=divs(DONE.replace("->", "→"))),
    "Gmail: answers between quoted lines": sent(
        f"{WROTE}\n\n{quoted(with_answers(FORM, GIVEN, chr(10) + 'ANSWER '))}".replace("> ANSWER", "")
    ),
    "answered inside the quotation": sent(f"Done.\n\n{WROTE}\n{quoted(DONE)}".replace("Done.\n\n", "")),
    "quoted twice": sent(f"{WROTE}\n\n{quoted(quoted(DONE), '>')}"),
    "Outlook: below its header block": sent(f"________________________________\n{BLOCK}Subject: {SUBJECT}\n\n{DONE}"),
    "Outlook on a phone": sent(
        "", page=f'<div id="divRplyFwdMsg"><b>From:</b> Sam Rivera &lt;sam@rivera.example&gt;<br><b>Sent:</b> Tuesday, May 12, 2026 3:00 PM<br><b>To:</b> Sam Rivera<br><b>Subject:</b> Debrief</div>{divs(DONE)}'
    ),
    "Apple Mail: in a blockquote": sent(
        "", page=f'<div>On 12 May 2026, at 15:00, Sam Rivera wrote:</div><blockquote type="cite">{divs(DONE)}</blockquote>'
    ),
    "forwarded": sent(f"---------- Forwarded message ---------\n{BLOCK}Subject: {SUBJECT}\n\n{DONE}", f"Fwd: {SUBJECT}"),
    "the filled one above, the empty one quoted below": sent(f"{DONE}\n\n{WROTE}\n\n{quoted(FORM)}"),
    "top-posted, by names of its own": sent(f"{LABELLED}\n\n{WROTE}\n\n{quoted(FORM)}".replace("> -> Lee Park\n", "")),
    "bottom-posted": sent(f"{WROTE}\n\n{quoted(FORM)}\n\n{LABELLED}".replace("> -> Lee Park\n", "")),
    "the whole form replaced": sent(LABELLED),
    "without the line Ref": sent(DONE.replace("Ref 1a2b3c", "")),
    "with another subject": sent(DONE, "my notes"),
    "questions in another order": sent("\n\n".join([PIECES[0], *PIECES[:1:-1]])),
    "without the arrows": sent(DONE.replace("-> ", "").replace("->", "")),
    "with bullets": sent(DONE.replace("-> ", "• ").replace("->", "•")),
    "answers on the lines of the questions": sent(re.sub(r"\?[^\n]*\n-> ", "? ", DONE).replace("stands.\n-> ", "stands.\n")),
    "autocorrected": sent(DONE.replace("->", "→").replace("'", "’").replace('"', "”").replace("hear from them", "here from them").replace("they’ll", "They’ll")),
    "shouted": sent(DONE.replace("When will", "WHEN WILL").replace("How did it go", "HOW DID IT GO").replace("may_follow", "")),
    "with Windows line ends and blanks": sent("\r\n".join(line + "  " for line in DONE.splitlines())),
    "with narrow no-break spaces": sent(DONE.replace("? ", "?\xa0").replace("-> ", "->\xa0")),
}  # fmt: skip


@pytest.mark.parametrize("raw", CLIENTS.values(), ids=CLIENTS.keys())
def test_a_form_is_read_alike_from_every_client(raw: bytes) -> None:
    """P17: "from any mail client (plain text or HTML, top- or bottom-posted, half filled)"; nothing is left over."""
    found = answers_of(raw)
    assert {name: getattr(found, name) for name in FIELDS} == {name: getattr(FULL, name) for name in FIELDS}
    assert found.unread == ()
    assert found.form in ("1a2b3c", "")


@pytest.mark.parametrize("name", QUESTIONS)
def test_half_a_form_says_half(name: str) -> None:
    """P17: one answer alone; all others are no facts, and nothing is told."""
    found = answers_of(sent(with_answers(FORM, {name: GIVEN[name]})))
    other = {f: getattr(found, f) for f in FIELDS if f not in (("reply_by",) if name == "when" else (name,))}
    assert {f: v for f, v in other.items() if v} == ({} if name == "met" else {"met": (Met("Lee Park"),)})
    assert found.unread == ()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_was_deleted_is_one_without_an_answer(name: str) -> None:
    kept = [p for p in PIECES if not p.lower().startswith(QUESTIONS[name][0].lower()[:14])]
    assert len(kept) == len(PIECES) - 1
    found = answers_of(sent("\n\n".join(kept)))
    assert found.unread == ()
    assert sum(bool(getattr(found, f)) for f in FIELDS) == len(FIELDS) - 1


def test_an_empty_form_says_nothing() -> None:
    found = answers_of(sent(FORM))
    assert not found.said
    assert found.unread == ()


@pytest.mark.parametrize(
    "text",
    ["Milk, eggs, bread", "When will you hear from them? That is what I asked my sister.", "Ref: the bike shop"],
    ids=["a list", "one question", "a word like it"],
)
def test_other_mail_to_oneself_is_no_form(text: str) -> None:
    assert reading_of(sent(text, "note")).form is None


# --------------------------------------------------------------------------------------------------------- each question

WHEN = [
    ("friday", "2026-05-15"), ("They said Friday week", "2026-05-22"), ("by the 20th", "2026-05-20"), ("20 May", "2026-05-20"),
    ("20/5", "2026-05-20"), ("in two weeks", "2026-05-27"), ("2 weeks", "2026-05-27"), ("a week or two", "2026-05-27"),
    ("end of the month", "2026-05-31"), ("mid-June", "2026-06-15"), ("They see others until the 20th and decide by the 27th", "2026-05-27"),
    ("within 5 business days", "2026-05-20"), ("Monday or Tuesday next week", "2026-05-19"), ("next week", "2026-05-22"),
    ("early next week", "2026-05-19"), ("tomorrow", "2026-05-14"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), WHEN, ids=[w for w, _ in WHEN])
def test_a_day_in_words_is_counted_from_the_day_of_writing(text: str, day: str) -> None:
    """POLICY, "reply-by date"; the question has said what the day is for."""
    assert answered("when", text).reply_by == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["soon", "no idea", "they didn't say", "not sure yet", "-", "?", "n/a", "shortly", "I forgot to ask"]
)
def test_no_day_is_an_answer_too(text: str) -> None:
    """POLICY: "soon" is no date; there is nothing to tell back."""
    found = answered("when", text)
    assert (found.reply_by, found.unread) == (None, ())


@pytest.mark.parametrize("text", ["once the board has met", "yesterday", "by 1 May", "31 February", "12 May 2031"])
def test_what_is_no_day_to_come_is_told_back(text: str) -> None:
    found = answered("when", text)
    assert found.reply_by is None
    assert [u.words for u in found.unread] == [text]


def test_days_after_the_interview_wait_for_its_date() -> None:
    """POLICY: "within a week of your interview" counts from the interview."""
    assert answered("when", "within a week of the interview").reply_after == 7


def answered(name: str, text: str) -> Answers:
    form = FORM.replace("-> Lee Park\n", "")
    found = filled(with_answers(form, {name: text}), SUBJECT, ON, OWNER.names, OWNER.addresses)
    assert found is not None
    return found


PEOPLE = [
    ("Dana Whitlock <dana@acme.example>", [Met("Dana Whitlock", "dana@acme.example")]),
    ("Dana – dana@acme.example", [Met("Dana", "dana@acme.example")]),
    ("dana whitlock, dana@acme.example", [Met("Dana Whitlock", "dana@acme.example")]),
    ("dana@acme.example (Dana Whitlock)", [Met("", "dana@acme.example")]),
    ("dana@acme.example Dana Whitlock", [Met("Dana Whitlock", "dana@acme.example")]),
    ("Dana Whitlock<mailto:dana@acme.example> dana@acme.example", [Met("Dana Whitlock", "dana@acme.example")]),
    ("Dana Whitlock <dana@acme.example<mailto:dana@acme.example>>", [Met("Dana Whitlock", "dana@acme.example")]),
    ("DANA@ACME.EXAMPLE", [Met("", "dana@acme.example")]),
    ("dana at acme.example", [Met("", "dana@acme.example")]),
    ("Dana Whitlock (Head of Data), Kim Osei (HR)", [Met("Dana Whitlock"), Met("Kim Osei")]),
    ("Dana and Kim", [Met("Dana"), Met("Kim")]),
    ("Dana Whitlock, CTO, dana@acme.example", [Met("Dana Whitlock", "dana@acme.example")]),
    ("Dana <dana@acme.example>, Kim <kim@acme.example>", [Met("Dana", "dana@acme.example"), Met("Kim", "kim@acme.example")]),
    ("Dana and Kim – kim@acme.example", [Met("Dana"), Met("Kim", "kim@acme.example")]),
    ("Lee Park wasn't there", [Met("Lee Park", "", True)]),
    ("me and Dana", [Met("Dana")]),
    ("Sam Rivera <sam@rivera.example>, Dana Whitlock <dana@acme.example>", [Met("Dana Whitlock", "dana@acme.example")]),
    ("Dr. Ana María de la Cruz", [Met("Ana María de la Cruz")]),
    ("nobody else", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "met"), PEOPLE, ids=[p for p, _ in PEOPLE])
def test_names_with_addresses_as_people_write_them(text: str, met: list[Met]) -> None:
    """P17: "names with addresses", free text; the owner is nobody."""
    found = answered("met", text)
    assert sorted(map(str, found.met)) == sorted(map(str, met))
    assert [m.absent for m in found.met] == [m.absent for m in met]


@pytest.mark.parametrize("text", ["the whole team", "kim@acme", "two engineers whose names I missed", "the HR lady"])
def test_what_is_neither_name_nor_address_is_told_back(text: str) -> None:
    found = answered("met", text)
    assert found.met == ()
    assert [u.question for u in found.unread] == ["Who was there"]


WENT = [
    ("well", "well"), ("Great!", "well"), ("👍", "well"), ("really good", "well"), ("ok", "ok"), ("not bad", "ok"), ("so-so", "ok"),
    ("fine, I blanked on SQL", "ok"), ("badly", "badly"), ("not so well", "badly"), ("It wasn't great", "badly"), ("terrible", "badly"),
    ("could have gone better", "badly"), ("Well, mostly; the test was bad", "well"), ("hard to say", ""), ("purple", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), WENT, ids=[w for w, _ in WENT])
def test_how_it_went_in_anybodys_words(text: str, value: str | None) -> None:
    found = answered("went", text)
    assert found.went == (value or "")
    assert bool(found.unread) is (value is None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", "yes"), ("Sure", "yes"), ("No problem", "yes"), ("no", "no"), ("please don't", "no"), ("they said not", None), ("not said", "")],
)  # fmt: skip
def test_leave_to_follow_up(text: str, value: str | None) -> None:
    found = answered("may_follow_up", text)
    assert found.may_follow_up == (value or "")
    assert bool(found.unread) is (value is None)


def test_what_stands_under_no_question_is_told_back_unless_it_says_what_it_is() -> None:
    found = answers_of(
        sent(f"They decide by Friday week.\nThe coffee was cold.\nIt went well\n\n{WROTE}\n\n{quoted(FORM)}")
    )
    assert (found.reply_by, found.went) == (date(2026, 5, 22), "well")
    assert [u.words for u in found.unread] == ["The coffee was cold."]


# ------------------------------------------------------------------------------------------------------------ properties

LINES = st.lists(
    st.one_of(
        st.sampled_from([*FORM.splitlines(), *DONE.splitlines(), *LABELLED.splitlines(), WROTE, *BLOCK.splitlines(), "> ", "-- ", "->"]),
        st.text(max_size=60),
    ),
    max_size=40,
)  # fmt: skip


@given(LINES, st.sampled_from(["", "> ", ">> ", "| "]), st.booleans())
def test_no_text_makes_it_raise(lines: list[str], mark: str, page: bool) -> None:
    """Total: whatever the text, and as HTML too; what it makes can be stored and comes back the same (I1)."""
    text = "\n".join(mark + line for line in lines)
    found = filled(text, SUBJECT, ON, OWNER.names, OWNER.addresses) or Answers()
    assert codec.loads(Answers, codec.dumps(found)) == found
    if page:
        reading_of(sent("", page=divs(text)))


NOTHING_SAID = frozenset(
    "no nope nah not none nothing nobody all everyone everybody same yes soon unknown unclear me".split()
)
WORD = st.text(st.characters(categories=("Ll",), max_codepoint=0x17F), min_size=3, max_size=9)


@given(st.sampled_from(sorted(QUESTIONS)), st.lists(WORD, min_size=1, max_size=6))
def test_every_answer_is_a_fact_or_is_told_back(name: str, words: list[str]) -> None:
    """P17: "never silently dropped", but for words that say there is nothing to say."""
    assume(words[0] not in NOTHING_SAID)
    found = answered(name, " ".join(words))
    assert any(getattr(found, f) for f in FIELDS) or found.unread


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@given(
    st.builds(
        Answers,
        form=st.sampled_from(["", "1a2b3c"]),
        reply_by=st.none() | st.dates(),
        reply_after=st.integers(0, 90),
        went=st.sampled_from(["", "well"]),
        remember=st.lists(st.tuples(st.sampled_from(["", "Lee"]), TEXTS.filter(bool)), max_size=3).map(tuple),
        clarify=TEXTS,
        unread=st.lists(st.builds(Unread, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    )
)
def test_answers_survive_the_word_file(answers: Answers) -> None:
    """I1: what was only saved is kept among the owner's words."""
    assert of_facts(facts_of(answers, "<x@y.example>")) == answers


# ----------------------------------------------------------------------------------------------------------- in the fold


def debriefed(history: History, at: str = "2026-05-12 18:00", **facts: str) -> Opportunity:
    return history.says(at, Verb.DEBRIEF, **facts).opportunity("2026-05-30 10:00")


def test_a_name_alone_is_the_contact_of_that_name() -> None:
    """P17: nobody is added, and the thank-you goes to them."""
    known = interviewed().receives("2026-05-05 10:00", Kind.OTHER, LEE)
    found = debriefed(known, met="Lee")
    assert found.interviews[0].attending[-1:] == ("lee@acme.example",)
    assert len(found.contacts) == 2


def test_an_address_that_is_known_stays_and_the_other_one_is_told_back() -> None:
    """P5, P6: nobody is thanked twice, at an address with a slip in it."""
    known = interviewed().receives("2026-05-05 10:00", Kind.OTHER, LEE)
    known.says("2026-05-12 18:00", Verb.DEBRIEF, met="Lee Park <lee.park@acme.example>")
    book = known.play("2026-05-12 19:00").book
    assert [u.words for f in book.filed for u in f.unread] == ["Lee Park <lee.park@acme.example>"]
    assert all(c.email != "lee.park@acme.example" for o in book.opportunities.values() for c in o.contacts)


@pytest.mark.parametrize(
    "met",
    ["Bo <no-reply@acme.example>", "Bo Lind <bo@acrne.example>"],
    ids=["takes no replies", "a domain with a slip"],
)
def test_an_address_that_cannot_be_right_is_told_back(met: str) -> None:
    """P6: the person is still named to the main contact."""
    history = interviewed().says("2026-05-12 18:00", Verb.DEBRIEF, met=met)
    book = history.play("2026-05-12 19:00").book
    assert [u.words for f in book.filed for u in f.unread] == [met]
    assert any("Bo" in n for o in book.opportunities.values() for n in o.interviews[0].named)


def test_whom_the_owner_took_off_the_list_was_not_there() -> None:
    """P10: nobody is thanked for a talk that they missed."""
    history = interviewed().receives("2026-05-05 10:00", Kind.OTHER, people=("Lee Park", "Kim Osei"))
    history.receives(
        "2026-05-05 11:00",
        Kind.INTERVIEW_CONFIRMATION,
        interview="2026-05-12 14:00/60",
        people=("Lee Park", "Kim Osei"),
    )
    history.says("2026-05-12 18:00", Verb.DEBRIEF, met="Lee Park", whole="yes")
    body = history.draft("2026-05-12 19:00", Step.THANK_YOU).body
    assert "Lee Park" in body
    assert "Kim" not in body


@pytest.mark.parametrize("told", ["Lee Park <lee@acme.example>", "Lee Park"])
def test_a_form_made_before_does_not_take_off_whom_the_owner_told_since(told: str) -> None:
    """P17, P10: only who stood in the form can be taken off it; Lee did not."""
    history = interviewed().says("2026-05-12 17:00", Verb.TELL, met=told)
    history.says("2026-05-12 18:00", Verb.DEBRIEF, met="Dana Cole <dana@acme.example>", whole="yes")
    (found,) = history.play("2026-05-12 19:00").book.opportunities.values()
    assert found.interviews[0].absent == ()
    if "@" in told:
        assert "lee@acme.example" in [a.email for v in history.wishes("2026-05-12 19:00", Step.THANK_YOU) for a in v.to]


def test_whom_the_form_left_out_is_back_when_the_owner_says_so() -> None:
    """P17: what was said last holds."""
    history = interviewed().receives("2026-05-05 10:00", Kind.OTHER, LEE)
    history.says("2026-05-12 17:00", Verb.DEBRIEF, absent="Lee Park <lee@acme.example>")
    history.says("2026-05-12 18:00", Verb.TELL, met="Lee Park <lee@acme.example>")
    (found,) = history.play("2026-05-12 19:00").book.opportunities.values()
    assert found.interviews[0].absent == ()


@pytest.mark.parametrize("reply_by", ["2026-05-12", "2026-05-01"])
def test_a_day_that_is_not_after_the_interview_is_told_back(reply_by: str) -> None:
    """Settled cases: such a date is ignored; here it is said, because its owner wrote it."""
    history = interviewed().says("2026-05-12 18:00", Verb.DEBRIEF, reply_by=reply_by)
    book = history.play("2026-05-12 19:00").book
    assert [o.reply_by for o in book.opportunities.values()] == [None]
    assert len([u for f in book.filed for u in f.unread]) == 1


def test_what_the_employer_wrote_since_prevails() -> None:
    """P23: a form that is sent late does not bring an old date back."""
    history = interviewed().receives("2026-05-14 10:00", Kind.STATUS_UPDATE, reply_by="2026-06-05")
    assert debriefed(history, "2026-05-15 09:00", reply_by="2026-05-20").reply_by == date(2026, 6, 5)


def test_no_follow_up_where_none_is_wanted() -> None:
    """P17: "may you follow up?" – no."""
    history = interviewed().says("2026-05-12 18:00", Verb.DEBRIEF, may_follow_up="no")
    assert history.told("2026-08-01", Step.FOLLOW_UP_1, Step.FOLLOW_UP_2) == []


def test_a_business_week_after_the_interview() -> None:
    assert debriefed(interviewed(), reply_after="5 business").reply_by == date(2026, 5, 19)


def test_the_latest_version_of_a_form_counts_alone_in_whatever_order() -> None:
    """I1, P17: half typed, saved again: what stood in the earlier version is gone."""
    history = interviewed()
    (mail,) = [e.reading for e in history.events if isinstance(e, Mail)]
    said = mail.date.replace(day=12, hour=18)
    (known,) = history.play("2026-05-12 16:00").book.opportunities.values()
    form = ("form", reference_of(known.interviews[0]))
    early = Word("a", said, Verb.DEBRIEF, known.anchor, (form, ("met", "Ki"), ("remember", "I lik")))
    late = Word(
        "b", said.replace(hour=19), Verb.DEBRIEF, known.anchor, (form, ("met", "Kim Osei"), ("remember", "I liked it."))
    )
    opening = replace(mail, said=(Said(Act.FIX, 9, NOTHING), Said(Act.INVITE, 9, NOTHING)), job=4.0)
    books = [fold([opening], words, ZoneInfo("Europe/London")) for words in ([early, late], [late, early])]
    assert books[0].opportunities == books[1].opportunities
    (found,) = books[0].opportunities.values()
    assert found.interviews[0].named == ("Kim Osei",)
    assert found.debriefs[0].remember == (("", "I liked it."),)


# ----------------------------------------------------------------------------------------------------- words for letters

LEE_PARK = Contact(Address("Lee Park", "lee@acme.example"))
NOTES = [
    ("I keep thinking about your tide gauge.", "I keep thinking about your tide gauge."),
    ("the move to the harbour", "I keep thinking about the move to the harbour."),
    ("How you test the pumps", "I keep thinking about how you test the pumps."),
    ("loved the lab", "I loved the lab."),
    ("We both like climbing", "We both like climbing."),
]


@pytest.mark.parametrize(("note", "said"), NOTES, ids=[n for n, _ in NOTES])
def test_a_note_becomes_a_sentence(note: str, said: str) -> None:
    """P10, P17: it may stand in the thank-you as it is."""
    assert points.remembered(Debrief("x", remember=(("Lee", note),)), LEE_PARK, [LEE_PARK]) == said


@pytest.mark.parametrize(
    "note",
    ["she has a dog called Rex", "Lee seemed tired", "their coffee was cold", "migration", "the team is growing fast"],
)
def test_a_note_about_somebody_is_not_said_to_them(note: str) -> None:
    """P7: it stays a blank, which is never sent, and quotes the note."""
    found = points.remembered(Debrief("x", remember=(("", note),)), LEE_PARK, [LEE_PARK])
    assert found.startswith("[[")
    assert note in found


def test_what_concerns_one_person_goes_to_nobody_else_and_one_point_to_one() -> None:
    """P10: "a separate and differently worded message each"."""
    dana = Contact(next(iter([Address("Dana Cole", DANA.partition("<")[2].rstrip(">"))])))
    kept = Debrief("x", remember=(("Lee", "I liked your story."), ("", "I liked the harbour.")))
    assert points.remembered(kept, LEE_PARK, [LEE_PARK, dana]) == "I liked your story."
    assert points.remembered(kept, dana, [LEE_PARK, dana]) == "I liked the harbour."
    shared = Debrief("x", remember=(("", "I liked the harbour."),))
    assert points.remembered(shared, dana, [LEE_PARK, dana]) == ""
