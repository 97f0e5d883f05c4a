"""The command line: what can be said, and which function does it. Nothing heavy is imported before a command is chosen."""

from __future__ import annotations

import argparse
import difflib
import importlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from agent import __version__
from agent.errors import UsageError

Command = Callable[[argparse.Namespace], int]
Subparsers = argparse._SubParsersAction  # the only name argparse gives it


class Parser(argparse.ArgumentParser):
    """argparse, whose errors are ours: exit code 2 and one sentence that says what would be right."""

    def error(self, message: str) -> NoReturn:
        wrong = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if wrong:
            close = difflib.get_close_matches(wrong[1], re.findall(r"[\w-]+", wrong[2]), 1)
            message = f"there is no {self.prog} {wrong[1]}" + (f"; did you mean {close[0]}?" if close else "")
        raise UsageError(message, f"see: {self.prog} --help")


def lazily(module: str, name: str) -> Command:
    """A command's function, imported when it runs."""

    def run(options: argparse.Namespace) -> int:
        function: Command = getattr(importlib.import_module(f"agent.cli.{module}"), name)
        return function(options)

    return run


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    options = parser().parse_args(arguments)
    options.config = getattr(options, "config", None)
    return options


def parser() -> Parser:
    made = Parser(
        prog="afterword",
        description="Reads your mailbox, knows when a follow-up after an interview is due, and\ndrafts it. Sends nothing by itself.",
        epilog="Start with: afterword demo. Then: afterword init, afterword run.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"afterword {__version__}")
    config_option(made)
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for add in (mailbox_commands, looking_commands, draft_commands, pauses, owner_commands, offline_commands):
        add(commands)
    return made


def config_option(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "-c", "--config", type=Path, default=argparse.SUPPRESS, metavar="FILE",
        help="configuration; default $AFTERWORD_CONFIG, else config.toml in your configuration folder",
    )  # fmt: skip


def command(commands: Subparsers[Parser], name: str, does: str, examples: str, run: Command) -> Parser:
    made = commands.add_parser(
        name, help=does, description=does[0].upper() + does[1:] + ".", epilog="examples:\n" + indented(examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    config_option(made)
    made.set_defaults(command=run)
    return made


def indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines())


def mailbox_commands(commands: Subparsers[Parser]) -> None:
    demo = command(
        commands,
        "demo",
        "show the main job on an invented mailbox, with nothing configured",
        "afterword demo\nafterword demo --keep",
        lazily("demo", "demo"),
    )
    demo.add_argument(
        "--keep", action="store_true", help="leave the mail server running afterwards, so that a mail client can look"
    )
    command(
        commands,
        "init",
        "write a configuration by asking, then check it",
        "afterword init\nafterword init -c ./my.toml",
        lazily("init", "init"),
    )
    command(commands, "check", "prove each thing that the daemon needs", "afterword check", lazily("check", "check"))
    run = command(
        commands,
        "run",
        "watch the mailbox and keep the drafts right, until stopped",
        "afterword run\nafterword run --once",
        lazily("run", "run"),
    )
    run.add_argument("--once", action="store_true", help="catch up, do what is due, and end")
    run.add_argument("-v", "--verbose", action="store_true", help="log more")
    command(
        commands,
        "health",
        "tell whether the daemon sees and can act; exit 1 if not",
        "afterword health",
        lazily("health", "health"),
    )


def looking_commands(commands: Subparsers[Parser]) -> None:
    status = command(
        commands,
        "status",
        "list the opportunities, their next steps and the drafts to review",
        "afterword status\nafterword status --all\nafterword status --json",
        lazily("status", "status"),
    )
    status.add_argument("--all", action="store_true", help="closed ones too")
    json_option(status)
    show = command(
        commands,
        "show",
        "tell one opportunity's story: messages, what was understood, steps and why",
        "afterword show acme\nafterword show acme-1f3b --json",
        lazily("show", "show"),
    )
    show.add_argument("opportunity", metavar="OPP", help="its id, or enough of its id or name")
    json_option(show)
    digest = command(
        commands,
        "digest",
        "print the digest now",
        "afterword digest\nafterword digest --html > digest.html",
        lazily("digest", "digest"),
    )
    digest.add_argument("--html", action="store_true", help="as HTML")
    command(
        commands,
        "export",
        "write out everything that is stored, as JSON",
        "afterword export > afterword.json",
        lazily("export", "export"),
    )


def draft_commands(commands: Subparsers[Parser]) -> None:
    examples = "afterword drafts\nafterword drafts approve 3fa4c21b\nafterword drafts dismiss 3fa4c21b\nafterword drafts snooze acme 5\nafterword drafts resume acme"
    drafts = command(
        commands,
        "drafts",
        "list the drafts that stand now, or say what is to become of one",
        examples,
        lazily("drafts", "listed"),
    )
    json_option(drafts)
    acts = drafts.add_subparsers(metavar="ACT", parser_class=Parser)
    approve = draft_act(acts, "approve", "send it as it stands (mode confirm)", "approve 3fa4c21b")
    approve.add_argument("id", metavar="ID")
    dismissed = draft_act(acts, "dismiss", "take it back; nothing takes its place", "dismiss 3fa4c21b")
    dismissed.add_argument("id", metavar="ID")
    snooze = draft_act(acts, "snooze", "no follow-up for so many days", "snooze acme 5")
    snooze.add_argument("opportunity", metavar="OPP")
    snooze.add_argument("days", metavar="DAYS", type=days)
    resumed = draft_act(acts, "resume", "go on where a deleted draft or a snooze had stopped it", "resume acme")
    resumed.add_argument("opportunity", metavar="OPP")
    settle = draft_act(
        acts, "settle", "say whether a message whose sending broke off was sent", "settle 3fa4c21b --not-sent"
    )
    settle.add_argument("id", metavar="ID")
    outcome = settle.add_mutually_exclusive_group(required=True)
    outcome.add_argument("--sent", action="store_true", help="it arrived")
    outcome.add_argument("--not-sent", action="store_true", help="it did not; it goes back to your drafts")


def pauses(commands: Subparsers[Parser]) -> None:
    """Also to be had without "drafts" in front."""
    snooze = command(
        commands, "snooze", "no follow-up for so many days", "afterword snooze acme 5", lazily("words", "snooze")
    )
    snooze.add_argument("opportunity", metavar="OPP")
    snooze.add_argument("days", metavar="DAYS", type=days)
    resume = command(
        commands,
        "resume",
        "go on where a deleted draft or a snooze had stopped it",
        "afterword resume acme",
        lazily("words", "resume"),
    )
    resume.add_argument("opportunity", metavar="OPP")


def draft_act(acts: Subparsers[Parser], name: str, does: str, example: str) -> Parser:
    return command(acts, name, does, f"afterword drafts {example}", lazily("drafts", name))


def days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 365:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days between 1 and 365")
    return int(text)


def json_option(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="for programs")


def owner_commands(commands: Subparsers[Parser]) -> None:
    examples = (
        "afterword tell acme --reply-by 2027-03-12\nafterword tell acme --stage closed\n"
        'afterword tell acme --met "Lee Park <lee@acme.example>" --went well\n'
        'afterword tell acme --remember "the move to Kubernetes"'
    )
    tell = command(commands, "tell", "say what you know better than the mail", examples, lazily("words", "tell"))
    tell.add_argument("opportunity", metavar="OPP")
    tell.add_argument("--reply-by", metavar="DATE", help="the last day by which they promised an answer, YYYY-MM-DD")
    tell.add_argument("--stage", metavar="STAGE", help="applied, scheduled, waiting, offer, rejected or closed")
    tell.add_argument("--organisation", metavar="NAME")
    tell.add_argument("--role", metavar="NAME")
    tell.add_argument(
        "--met", metavar="PERSON", action="append", default=[], help='who interviewed you, "Name <address>"; repeatable'
    )
    tell.add_argument("--went", metavar="HOW", help="well, ok or badly")
    tell.add_argument("--remember", metavar="TEXT", help="something of the talk, for the thank-you")
    tell.add_argument("--interview", metavar="ISO", help="an interview agreed by phone, YYYY-MM-DDTHH:MM")
    merge = command(
        commands, "merge", "two opportunities are one", "afterword merge acme-1f3b acme-77c0", lazily("words", "merge")
    )
    merge.add_argument("opportunity", metavar="OPP")
    merge.add_argument("other", metavar="OPP")
    split = command(
        commands,
        "split",
        "a message belongs to another opportunity than was thought",
        "afterword split acme '<message-id@host>'",
        lazily("words", "split"),
    )
    split.add_argument("opportunity", metavar="OPP")
    split.add_argument("message", metavar="MESSAGE-ID")
    ignore = command(
        commands,
        "ignore",
        "mail of this address or domain concerns no opportunity",
        "afterword ignore jobs@agency.example\nafterword ignore agency.example",
        lazily("words", "ignore"),
    )
    ignore.add_argument("who", metavar="ADDRESS|DOMAIN")
    news = command(
        commands,
        "news",
        "something new of yours, for all who are to answer you",
        'afterword news "My thesis won the faculty prize."\nafterword news "Passed the exam" --for acme',
        lazily("words", "news"),
    )
    news.add_argument("text", metavar="TEXT")
    news.add_argument("--for", dest="opportunity", metavar="OPP", help="for this opportunity alone")
    forget = command(
        commands,
        "forget",
        "remove what is stored of an opportunity",
        "afterword forget acme-1f3b",
        lazily("words", "forget"),
    )
    forget.add_argument("opportunity", metavar="OPP")
    command(commands, "undo", "take back the last thing you said", "afterword undo", lazily("words", "undo"))


def offline_commands(commands: Subparsers[Parser]) -> None:
    examples = "afterword replay ~/Maildir --me sam@example.com --timezone Europe/London\nafterword replay mail.mbox --me sam@example.com --json"
    replay = command(
        commands,
        "replay",
        "what the agent would have done with mail on disk; touches no server",
        examples,
        lazily("replay", "replay"),
    )
    replay.add_argument("path", metavar="PATH", type=Path, help="an mbox, a Maildir or a folder of .eml files")
    replay.add_argument("--me", metavar="ADDR", action="append", default=[], help="an address of yours; repeatable")
    replay.add_argument("--name", metavar="NAME", default="", help="your name, for the drafts")
    replay.add_argument(
        "--timezone", metavar="ZONE", default="", help="yours, like Europe/London; default the machine's"
    )
    replay.add_argument("--country", metavar="CODE", default="", help="whose public holidays count, like GB")
    replay.add_argument("--until", metavar="ISO", default="", help="where to stop; default: the newest message, or now")
    json_option(replay)
    read = command(
        commands,
        "read",
        "what the agent understands of single messages",
        "afterword read mail.eml --me sam@example.com\nafterword read *.eml --json",
        lazily("read", "read"),
    )
    read.add_argument("files", metavar="FILE", type=Path, nargs="+")
    read.add_argument("--me", metavar="ADDR", action="append", default=[], help="an address of yours; repeatable")
    json_option(read)
