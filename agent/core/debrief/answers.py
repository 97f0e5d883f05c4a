"""The answers of one debrief as values, with the owner's words and with what could not be read (P17). Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who was there, or (`absent`) was not. Either of name and address may be missing."""

    name: str
    email: str = ""
    absent: bool = False

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: under which question it stood, its words, and why."""

    question: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Answers:
    """One form as it was filled in. `form`: its reference, "" where that was lost.

    `reply_by`: the day by which they answer; `reply_after`: or so many days after the interview (`business`: working days).
    `may_follow_up` and `samples`: "yes", "no" or "". `remember`: (about whom, or ""; the words). `whole`: the list of
    people is complete: the form stood there unquoted. `words`: field -> what the owner wrote. `digest` tells versions apart.
    """

    form: str = ""
    reply_by: date | None = None
    reply_after: int = 0
    business: bool = False
    may_follow_up: str = ""
    met: tuple[Met, ...] = ()
    whole: bool = False
    remember: tuple[tuple[str, str], ...] = ()
    clarify: str = ""
    samples: str = ""
    went: str = ""
    words: tuple[tuple[str, str], ...] = ()
    unread: tuple[Unread, ...] = ()
    digest: str = ""

    @property
    def said(self) -> bool:
        """Does it answer anything? Whom the form itself named is no answer."""
        return bool(
            self.reply_by
            or self.reply_after
            or self.may_follow_up
            or self.remember
            or self.clarify
            or self.samples
            or self.went
        )


SIMPLE = ("form", "may_follow_up", "clarify", "samples", "went", "digest")
SEPARATOR = "\x1f"


def facts_of(answers: Answers, source: str) -> tuple[tuple[str, str], ...]:
    """As the facts of a word (I1); `source`: the Message-ID of the draft that they were read in."""
    made = [(name, str(getattr(answers, name))) for name in SIMPLE if getattr(answers, name)]
    made.append(("source", source))
    if answers.reply_by:
        made.append(("reply_by", answers.reply_by.isoformat()))
    if answers.reply_after:
        made.append(("reply_after", f"{answers.reply_after}{' business' if answers.business else ''}"))
    if answers.whole:
        made.append(("whole", "yes"))
    made += [("absent" if m.absent else "met", str(m)) for m in answers.met]
    made += [(f"remember:{who}" if who else "remember", text) for who, text in answers.remember]
    made += [(f"words:{name}", text) for name, text in answers.words]
    made += [("unread", SEPARATOR.join((u.question, u.words, u.why))) for u in answers.unread]
    return tuple(made)


def of_facts(facts: tuple[tuple[str, str], ...]) -> Answers:
    """The answers again. Total: a fact that is not understood is left out."""
    simple = {name: value for name, value in facts if name in SIMPLE}
    after = next((v for k, v in facts if k == "reply_after"), "")
    number = after.partition(" ")[0]
    return Answers(
        **simple,
        reply_by=day_in(next((v for k, v in facts if k == "reply_by"), "")),
        reply_after=int(number) if number.isdigit() else 0,
        business=after.endswith("business"),
        whole=("whole", "yes") in facts,
        met=tuple(met_in(v, k == "absent") for k, v in facts if k in ("met", "absent")),
        remember=tuple(
            (k.partition(":")[2], v) for k, v in facts if k == "remember" or k.startswith("remember:") and v
        ),
        words=tuple((k.partition(":")[2], v) for k, v in facts if k.startswith("words:")),
        unread=tuple(Unread(*parts) for k, v in facts if k == "unread" and len(parts := v.split(SEPARATOR)) == 3),
    )


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def met_in(text: str, absent: bool) -> Met:
    """ "Name <address>", "address" or "Name"."""
    name, _, rest = text.partition("<")
    email = rest.rstrip(">").strip().lower()
    if not email and "@" in name:
        name, email = "", name.strip().lower()
    return Met(" ".join(name.split()), email, absent)


assert {f.name for f in fields(Answers)} >= set(SIMPLE)
