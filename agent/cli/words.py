"""What the owner says: tell, merge, split, ignore, news, forget, snooze, resume, dismiss, undo. Each is written down and acted upon at once."""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.context import Known, known, settings_of, step_named
from agent.cli.names import STATE_WORDS
from agent.cli.output import wrapped
from agent.core.words import Verb, Word
from agent.errors import AfterwordError, Exit, UsageError

if TYPE_CHECKING:
    from agent.core.opportunity import Opportunity

STAGES = ("applied", "scheduled", "waiting", "offer", "rejected", "closed")
WENT = ("well", "ok", "badly")
COMMANDS_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")  # of a word said here, not by a deleted draft or a debrief


def said(here: Known, verb: Verb, about: str, facts: list[tuple[str, str]], done: str) -> int:
    """Write one word down, have a running daemon act on it, and say what was done."""
    from agent.shell.files import WordFile

    clean = tuple((name, value.encode("utf-8", "replace").decode()) for name, value in facts)  # what the shell gave us
    word = Word(f"{here.now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", here.now, verb, about, clean)
    WordFile(here.folder).add(word)
    return finished(here.folder, done)


def finished(folder: Path, done: str) -> int:
    from agent.shell.control import poke

    print(wrapped(done))
    answer = poke(folder)
    if answer is None:
        print("The daemon is not running: it will act on this when it next runs.")
    elif answer != "looked":
        print(wrapped(f"Written down. The daemon could not act on it yet: {answer}"))
    return Exit.DONE


def tell(options: argparse.Namespace) -> int:
    with known(options) as here:
        facts = told_facts(options, here)
        if not facts:
            raise UsageError(
                "nothing is told",
                "say what: --reply-by, --stage, --organisation, --role, --met, --went, --remember or --interview",
            )
        opportunity = here.opportunity(options.opportunity)
        warn_of_day(dict(facts).get("reply_by", ""), opportunity, here)
        return said(
            here, Verb.TELL, opportunity.anchor, facts, f"Noted for {opportunity.organisation or opportunity.id}."
        )


def warn_of_day(text: str, opportunity: Opportunity, here: Known) -> None:
    """A reply-by date that is over, or not after the interview, is taken down all the same; but it may be a slip."""
    if not text:
        return
    day = date.fromisoformat(text)
    interview = opportunity.planned_interview(here.now) or opportunity.held_interview(here.now)
    held = here.rules.day_of(interview.start) if interview is not None else None
    if day < here.rules.day_of(here.now):
        odd = "is in the past"
    elif held is not None and day <= held:
        odd = f"is not after the interview of {held:%-d %B}"
    else:
        return
    print(wrapped(f"afterword: note: --reply-by {text} {odd}; to take it back: afterword undo"), file=sys.stderr)


def told_facts(options: argparse.Namespace, here: Known) -> list[tuple[str, str]]:
    """The options as facts, checked. Raises UsageError that names the option."""
    facts: list[tuple[str, str]] = []
    if options.reply_by:
        facts.append(("reply_by", day_of(options.reply_by, "--reply-by").isoformat()))
    if options.stage:
        if options.stage not in STAGES:
            raise UsageError(f"--stage {options.stage!r} is none", f"one of {', '.join(STAGES)}")
        facts.append(("stage", options.stage))
    if options.went:
        if options.went not in WENT:
            raise UsageError(f"--went {options.went!r} is not known", f"one of {', '.join(WENT)}")
        facts.append(("went", options.went))
    if options.interview:
        facts.append(("interview", moment_of(options.interview, here).isoformat()))
    facts += [(name, getattr(options, name)) for name in ("organisation", "role", "remember") if getattr(options, name)]
    facts += [("met", met_with(person)) for person in options.met]
    return facts


def met_with(text: str) -> str:
    """ "Name <address>", or only one of them. Raises UsageError for an address that is none: mail would go there."""
    from agent.core.contacts import usable
    from agent.core.decode.headers import parse_addresses

    people = list(parse_addresses([text]))
    if not text.strip() or ("@" in text or "<" in text) and len(people) != 1:
        raise UsageError(
            f"--met {text!r} is no person", 'like --met "Lee Park <lee@acme.example>"; give --met again for another'
        )
    if people and not usable(people[0]):
        raise UsageError(
            f"--met {text!r}: that address takes no replies", "give the person's own address, or the name alone"
        )
    return text


def day_of(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is no date", "write it like 2027-03-12") from None


def moment_of(text: str, here: Known) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--interview {text!r} is no moment", "write it like 2027-03-12T14:00") from None
    return found if found.tzinfo else found.replace(tzinfo=here.rules.zone)


def merge(options: argparse.Namespace) -> int:
    with known(options) as here:
        into, other = here.opportunity(options.opportunity), here.opportunity(options.other)
        if into.id == other.id:
            raise UsageError("both names mean the same opportunity", "see them all: afterword status --all")
        return said(here, Verb.MERGE, into.anchor, [("with", other.anchor)], f"{other.id} is now part of {into.id}.")


def split(options: argparse.Namespace) -> int:
    with known(options) as here:
        opportunity = here.opportunity(options.opportunity)
        message = options.message if options.message.startswith("<") else f"<{options.message}>"
        if message not in opportunity.message_ids:
            raise UsageError(
                f"{message} is no message of {opportunity.id}", f"see them: afterword show {opportunity.id} --json"
            )
        if message == opportunity.anchor:
            raise UsageError("that is the message that the opportunity began with", "split off the other ones instead")
        return said(
            here,
            Verb.SPLIT,
            opportunity.anchor,
            [("message", message)],
            f"{message} no longer belongs to {opportunity.id}.",
        )


def ignore(options: argparse.Namespace) -> int:
    who = options.who.strip().lower().lstrip("@")
    if "." not in who or " " in who or who.count("@") > 1:
        raise UsageError(f"{options.who!r} is no address and no domain", "like jobs@agency.example or agency.example")
    with known(options) as here:
        refuse_to_ignore(who, here.settings.owner.addresses)
        return said(here, Verb.IGNORE, "", [("who", who)], f"Mail of {who} concerns no opportunity from now on.")


def refuse_to_ignore(who: str, own: Sequence[str]) -> None:
    """Raises UsageError for what would make the program blind: the owner, their domain, everybody at a public mail host."""
    from agent.core.decode.headers import owns
    from agent.core.read import domains

    one = "name one sender: like jobs@agency.example"
    if owns(who, frozenset(own)):
        raise UsageError(f"{who} is your own address: without your mail nothing can be understood", one)
    if "@" in who:
        return
    if any(a.rpartition("@")[2] in (who, f"www.{who}") or a.endswith(f".{who}") for a in own):
        raise UsageError(f"{who} is the domain of your own address", one)
    if domains.personal(who) or who.partition(".")[0] in domains.SECOND_LEVEL and who.count(".") == 1 and len(who) <= 7:
        raise UsageError(f"{who} is shared by many people: all of their mail would be ignored", one)


def news(options: argparse.Namespace) -> int:
    text = " ".join(options.text.split())
    if not text:
        raise UsageError("the news is empty", 'like: afterword news "My thesis won a prize."')
    with known(options) as here:
        about, whom = "", "everybody who is to answer you"
        if options.opportunity:
            opportunity = here.opportunity(options.opportunity)
            about, whom = opportunity.anchor, opportunity.organisation or opportunity.id
        return said(here, Verb.NEWS, about, [("text", text)], f"Drafts with your news for {whom}.")


def forget(options: argparse.Namespace) -> int:
    from agent.shell.files import WordFile
    from agent.shell.report import SNAPSHOT

    with known(options) as here:
        opportunity = here.opportunity(options.opportunity)
        WordFile(here.folder).forget(set(opportunity.message_ids))
        here.store.forget_events(opportunity.id)
        here.store.let_go(opportunity.message_ids)
        here.store.remember(SNAPSHOT, "")
        done = f"What was stored of {opportunity.id} is removed, its untouched drafts are taken back."
        return said(here, Verb.FORGET, opportunity.anchor, [], done)


def snooze(options: argparse.Namespace) -> int:
    with known(options) as here:
        opportunity = here.opportunity(options.opportunity)
        until = here.rules.day_of(here.now) + timedelta(days=options.days)
        return said(
            here,
            Verb.SNOOZE,
            opportunity.anchor,
            [("until", until.isoformat())],
            f"No follow-up to {opportunity.organisation} before {until:%A, %-d %B}.",
        )


def resume(options: argparse.Namespace) -> int:
    with known(options) as here:
        opportunity = here.opportunity(options.opportunity)
        return said(here, Verb.RESUME, opportunity.anchor, [], f"{opportunity.organisation} goes on.")


def dismiss(options: argparse.Namespace) -> int:
    """Exit 1 where there is nothing left to take back."""
    from agent.shell.store import Held

    with known(options) as here:
        row = step_named(here.store.steps(), options.id)
        if row.state not in (
            Held.PLANNED,
            Held.PUT,
            Held.EDITED,
            Held.MISSING,
            Held.VANISHED,
            Held.APPROVED,
            Held.REFUSED,
        ):
            raise AfterwordError(f"it cannot be dismissed: {STATE_WORDS[row.state.value]}", "see: afterword drafts")
        mine = row.state is Held.EDITED  # P3
        done = "is yours, since you changed it: it stays where it is" if mine else "is taken back"
        opportunity = here.book.opportunities.get(row.opportunity)
        about = opportunity.anchor if opportunity else ""
        return said(
            here,
            Verb.DISMISS,
            about,
            [("step", row.key), ("quiet", "")],
            f"“{row.subject}” {done}, and nothing takes its place.",
        )


def undo(options: argparse.Namespace) -> int:
    from agent.shell.clock import WallClock
    from agent.shell.files import WordFile
    from agent.wiring import state_folder

    folder = state_folder(settings_of(options))
    words = WordFile(folder)
    last = next((w for w in reversed(words.read()) if COMMANDS_ID.fullmatch(w.id)), None)
    if last is None:
        raise UsageError(
            "there is nothing to take back", "only what was said by a command can be; see: afterword resume --help"
        )
    words.undo(last.id, WallClock().now())
    lost = " What was removed stays removed." if last.verb is Verb.FORGET else ""
    return finished(folder, f"Taken back: {described(last)}.{lost}")


def described(word: Word) -> str:
    if word.verb is Verb.DEBRIEF:  # its facts are the words of a whole form
        return f"the debrief that you saved on {word.at:%-d %B %H:%M} UTC"
    when = f"of {word.at:%-d %B %H:%M} UTC"
    if word.verb in SPOKEN:
        return f"{SPOKEN[word.verb].format(**{'who': '', 'message': '', 'until': '', 'text': ''} | dict(word.facts))}, {when}"
    facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in word.facts if value)
    return f"what you told ({facts}), {when}"


SPOKEN = {
    Verb.IGNORE: "that mail of {who} is ignored",
    Verb.MERGE: "that two opportunities are one",
    Verb.SPLIT: "that {message} belongs elsewhere",
    Verb.NEWS: "your news “{text}”",
    Verb.SNOOZE: "the pause until {until}",
    Verb.RESUME: "that it goes on",
    Verb.DISMISS: "that a draft is not wanted",
    Verb.FORGET: "that an opportunity is forgotten",
}
