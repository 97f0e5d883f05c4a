"""`afterword drafts`: what stands now; approve, dismiss, snooze, resume, settle."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from agent.cli.context import Known, known, step_named
from agent.cli.output import as_json, plain, table, wrapped
from agent.cli.words import dismiss, finished, resume, snooze
from agent.errors import AfterwordError, AlreadyRunning, Exit, UsageError

TO_SELF = ("debrief", "paper_note")


def listed(options: argparse.Namespace) -> int:
    from agent.core.policy.plan import plan
    from agent.shell.report import draft_rows

    with known(options) as here:
        made = plan(here.book.opportunities.values(), here.now, here.rules)
        found = draft_rows(here.store, here.book, made, here.rules)
    if options.json:
        as_json({"drafts": found})
        return Exit.DONE
    shown(found)
    return Exit.DONE


def shown(found: list[dict[str, Any]]) -> None:
    from agent.cli.status import draft_line

    if not found:
        print("No draft stands now.")
        return
    table([draft_line(d) for d in found], ("ID", "WHAT", "TO", "STATE"))
    for draft in found:
        print(wrapped(f"{draft['id']}: {draft['rule']}: {draft['why']}", ""))
        if draft["blanks"]:
            print(wrapped(f"to fill in: {', '.join(f'[[{b}]]' for b in draft['blanks'])}", "  "))


def approve(options: argparse.Namespace) -> int:
    """Confirm a draft as it stands in the mailbox now, and have it sent. Exit 1 where it may not be sent."""
    from agent.shell.store import Held

    with known(options) as here:
        if here.settings.delivery.mode != "confirm":
            raise UsageError('mode is "draft": send it from your mail client', 'or set [delivery] mode = "confirm"')
        if "command" not in here.settings.delivery.confirm_by:
            raise UsageError("the command may not confirm here", 'add "command" to [delivery] confirm_by')
        row = step_named(here.store.steps(), options.id)
        if row.state not in (Held.PUT, Held.EDITED, Held.REFUSED):
            raise AfterwordError(f"this draft cannot be confirmed: {row.state.value}", "see: afterword drafts")
        blanks = confirmed(here, row)
        if blanks:
            raise AfterwordError(
                f"it still has a blank to fill in: {', '.join(f'[[{b}]]' for b in blanks)}",
                "fill it in, save it, and confirm it again",
            )
        print(plain(f"Confirmed: “{row.subject}” to {', '.join(row.recipients)}."))
        return sent(here, row.key)


def confirmed(here: Known, row: Any) -> tuple[str, ...]:
    """Look at the draft on the server and bind the confirmation to what stands there -> its blanks, if it has any (P7)."""
    from agent import wiring
    from agent.core.content import content_of
    from agent.shell.approval import Approvals, NotApproved
    from agent.shell.folders import layout
    from agent.shell.imap import Mailbox

    names = here.settings.folders
    mailbox = Mailbox(wiring.imap_account(here.settings))
    try:
        folders = layout(mailbox.folders(), names.inbox, names.sent, names.drafts, names.approved)
        opened = mailbox.open(row.folder or folders.drafts)
        raw = mailbox.body(row.uid) if opened.uidvalidity == row.uidvalidity else None
        if raw is None:
            raise NotApproved("this draft is not where it was", "have the daemon look first: afterword run --once")
        blanks = content_of(raw).blanks
        if not blanks:
            approvals = Approvals(here.store, lambda about, subject, text: None)
            approvals.by_content(mailbox, folders, row, here.now, "you confirmed it on the command line")
        return blanks
    finally:
        mailbox.close()


def sent(here: Known, key: str) -> int:
    """Have the daemon send it, or do it here where none runs; say how it ended."""
    from agent.cli.run import once
    from agent.shell.control import poke
    from agent.shell.files import locked
    from agent.shell.store import Held

    if poke(here.folder) is None:
        try:
            with locked(here.folder):
                once(here.settings, here.folder)
        except AlreadyRunning:
            print("The daemon is busy; it sends it at its next look. See: afterword drafts")
            return Exit.DONE
    row = here.store.step(key)
    state = row.state if row else None
    if state is Held.SENT:
        print("Kept in Sent; a note to yourself is not sent." if row and row.step in TO_SELF else "Sent.")
        return Exit.DONE
    if state is Held.APPROVED:
        print(plain(f"It waits: {row.note or 'for sending hours, or the limit of the day'}." if row else ""))
        return Exit.DONE
    events = [e for e in here.store.events() if e.key == key]
    print(wrapped(f"Not sent: {events[-1].why if events else 'see afterword status'}"), file=sys.stderr)
    return Exit.FAILED


def settle(options: argparse.Namespace) -> int:
    """The owner's answer about a message whose sending broke off (I4)."""
    from agent.shell.store import EventRow, Held

    with known(options) as here:
        row = step_named(here.store.steps(Held.UNSURE), options.id)
        if options.sent:
            event = EventRow(here.now, row.opportunity, row.key, "sent", "I4", "you say that it arrived")
            here.store.turn(row, Held.SENT, here.now, event, filed=False)
            return finished(here.folder, "Noted as sent.")
        event = EventRow(here.now, row.opportunity, row.key, "not sent", "I4", "you say that it was not sent")
        here.store.turn(row, Held.REFUSED, here.now, event, approved="")
        return finished(here.folder, "Noted as not sent. Confirm it again to have it sent.")


__all__ = ["approve", "dismiss", "listed", "resume", "settle", "snooze"]
