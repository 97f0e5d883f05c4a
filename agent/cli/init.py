"""`afterword init`: a few questions -> a configuration of mode 0600, checked at once. Never writes over anything."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import AfterwordError, StateError, UsageError

if TYPE_CHECKING:
    from agent.cli.providers import Provider, Server

PASSWORD_FILE = "imap-password"
USUAL = {993: "tls", 143: "starttls"}
WAYS = ("file", "command", "env", "keyring")
QUESTION = """
Where shall the password come from?
  1  type it now; it is kept in {file}, which only you can read
  2  a command prints it (a password manager)
  3  an environment variable holds it
  4  the system's keyring holds it
"""
TEXT = """\
# Afterword's configuration, written by `afterword init`. Keys that are not here have their defaults; some are shown below,
# switched off by a "#". All of them are explained in config.example.toml, which comes with the program's source.

[owner]
name = {name}
addresses = [{addresses}]      # all addresses you send from; the first is used for drafts
timezone = {timezone}
{country}
# signature = "…"                    # under your drafts, instead of your name

[imap]
host = {imap.host}
port = {imap.port}
security = {imap.security}
username = {username}
{password}

# Only for mode = "confirm". The login is that of [imap].
# [smtp]
# host = {smtp.host}
# port = {smtp.port}
# security = {smtp.security}

[delivery]
mode = "draft"                       # "draft": only drafts | "confirm": what you confirm is sent; needs [smtp]

[windows]
# thank_you_hours = 48
# follow_up_after_reply_by_days = 7
# follow_up_without_date_days = 14
# second_follow_up_days = 14
# max_follow_ups = 2
# history_days = 60                  # how far back the first run reads

[notes]
# prep = true                        # a note in your inbox the day before an interview
# debrief = true                     # a form in Drafts after it, for your own answers
# digest = "weekly"                  # "daily" | "weekly" | "off"
"""


def init(options: argparse.Namespace) -> int:
    """Exit code of `check`, which is run on what was written."""
    from agent.cli.check import check
    from agent.paths import default_path

    file = (options.config or default_path()).expanduser()
    if file.exists():
        raise UsageError(f"there is a configuration at {file} already", "edit it, or name another file with -c")
    try:
        answers = questions(file.parent / PASSWORD_FILE)
    except EOFError:
        hint = "answer them in a terminal, or write the file by hand: see config.example.toml"
        raise UsageError("init asks questions, and there was no answer", hint) from None
    if answers.secret:
        private(file.parent / PASSWORD_FILE, answers.secret + "\n")
    private(file, answers.text)
    print(f"\nWritten: {file}. Nothing was connected to so far; now each thing is tried.\n")
    options.config = file
    return check(options)


@dataclass(frozen=True, slots=True)
class Answers:
    """The configuration's text, and a password to keep in a file, if one was typed."""

    text: str
    secret: str


def questions(password_file: Path) -> Answers:
    from agent.cli.providers import Server, provider_of
    from agent.config import address, known_country, known_zone, machine_zone

    own = asked("Your e-mail address", check=address)
    name = asked("Your name, as it stands under your messages", check=needed)
    others = asked("Other addresses you send from, with commas", "none", addresses)
    domain = own.partition("@")[2]
    provider = provider_of(domain)
    if provider is not None:
        introduced(provider)
    proposed = provider.imap if provider else Server(f"imap.{domain}", 993, "tls")
    host = asked("IMAP server", proposed.host, needed)
    imap = proposed if host == proposed.host and provider else reached(Server, host)
    smtp = provider.smtp if provider else Server(f"smtp.{domain}", 465, "tls")
    username = asked("User name there", own, needed)
    zone = asked("Your time zone", machine_zone(), known_zone)
    country = asked("Country whose public holidays count, like GB", "none", lambda t: known_country(no_none(t)))
    way, value = password_from(password_file)
    text = TEXT.format(
        name=quoted(name),
        addresses=", ".join(map(quoted, dict.fromkeys((own, *filter(None, no_none(others).split(",")))))),
        timezone=quoted(zone),
        country=f"country = {quoted(country)}"
        if country
        else '# country = "GB"                     # public holidays are no sending days',
        imap=Server(quoted(imap.host), imap.port, quoted(imap.security)),
        smtp=Server(quoted(smtp.host), smtp.port, quoted(smtp.security)),
        username=quoted(username),
        password=f"password_{way} = {value}",
    )
    return Answers(text, typed(password_file) if way == "file" else "")


def introduced(provider: Provider) -> None:
    print(f"\nThat mail is with {provider.name}.")
    if provider.refuses:
        raise AfterwordError(provider.refuses, "see docs/providers.md for what can be done")
    if provider.advice:
        print(provider.advice)
    print()


def reached(server: type[Server], host: str) -> Server:
    """How to reach a host that somebody typed: by its port, or, where that is an unusual one, by asking."""
    from agent.config import LOOPBACK

    port = int(asked("Port", "993", port_number))
    security = USUAL.get(port) or asked("Security: tls, starttls or none", "tls", known_security)
    if security == "none" and host not in LOOPBACK:
        raise UsageError(f"{host} is not this machine: a password does not go there unencrypted", "use tls or starttls")
    return server(host, port, security)


def password_from(file: Path) -> tuple[str, str]:
    """(which password_ key, its value as TOML)"""
    print(QUESTION.format(file=file))
    way = WAYS[int(asked("1, 2, 3 or 4", "1", one_to_four)) - 1]
    if way == "command":
        return way, quoted(asked("The command", check=needed))
    if way == "env":
        return way, quoted(asked("The variable's name", "AFTERWORD_PASSWORD", needed))
    return way, "true" if way == "keyring" else quoted(file.name)


def typed(file: Path) -> str:
    """A password typed without being shown; none where its file is there already."""
    if file.exists():
        print(f"{file} is there already and is used as it is.")
        return ""
    while True:
        found = getpass.getpass("Password (not shown): ") if sys.stdin.isatty() else input()
        if found.strip():
            return found.strip()


def private(file: Path, text: str) -> None:
    """Write a new file that only its owner can read. Raises StateError; never writes over anything."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
            made.write(text)
    except OSError as error:
        raise StateError(f"{file} cannot be written: {error.strerror}", "name another file with -c") from None


# ---------------------------------------------------------------------------------------------------- asking


def asked(question: str, default: str = "", check: Callable[[str], str] = str) -> str:
    """One answer that passes its check; asks again until it does. Raises EOFError when there is none to come."""
    while True:
        given = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
        try:
            return check("".join(c for c in given if c.isprintable()))
        except ValueError as error:
            print(f"  {error}")


def needed(text: str) -> str:
    if not text:
        raise ValueError("this is needed")
    return text


def no_none(text: str) -> str:
    return "" if text == "none" else text


def addresses(text: str) -> str:
    from agent.config import address

    return ",".join(address(part) for part in no_none(text).split(",") if part.strip()) or "none"


def port_number(text: str) -> str:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError(f"{text!r} is no port; IMAP's are 993 and 143")
    return text


def known_security(text: str) -> str:
    if text not in ("tls", "starttls", "none"):
        raise ValueError(f"{text!r} is none of them")
    return text


def one_to_four(text: str) -> str:
    if text not in ("1", "2", "3", "4"):
        raise ValueError("type one of the four numbers")
    return text


def quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among its own."""
    return json.dumps(text, ensure_ascii=False)
