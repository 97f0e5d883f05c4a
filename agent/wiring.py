"""Settings -> the values and parts that the rest is built of. The composition root besides the command line."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agent.core.policy.rules import Rules
from agent.core.read.reader import Owner
from agent.core.render import Identity, Wording
from agent.errors import UsageError
from agent.shell.imap import Account
from agent.shell.secrets import password
from agent.templates import texts

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.shell.intake import Progress
    from agent.shell.loop import Loop
    from agent.shell.store import Store

# Where 3/4/2027 means the fourth of March.
MONTH_FIRST_COUNTRIES = frozenset(("US", "PH", "PW", "FM", "MH", "GU", "PR", "AS", "VI", "MP", "BZ"))
MONTH_FIRST_ZONES = (
    "America/New_York", "America/Detroit", "America/Chicago", "America/Denver", "America/Boise", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "America/Juneau", "America/Sitka", "America/Nome", "America/Adak",
    "America/Menominee", "America/Puerto_Rico", "America/Belize", "America/Kentucky/", "America/Indiana/",
    "America/North_Dakota/", "Pacific/Honolulu", "Pacific/Guam", "Asia/Manila", "US/",
)  # fmt: skip


def month_first(zone: str, country: str) -> bool:
    """Is 3/4 the fourth of March to people there? The country decides where it is known, else the zone."""
    if country:
        return country.upper().partition("-")[0] in MONTH_FIRST_COUNTRIES
    return any(zone == z or z.endswith("/") and zone.startswith(z) for z in MONTH_FIRST_ZONES)


def holidays_of(country: str) -> Container[date]:
    """Public holidays of a country, or of a part of it ("DE-BY"); none without one."""
    if not country:
        return frozenset()
    from holidays import country_holidays

    code, _, part = country.upper().partition("-")
    return country_holidays(code, subdiv=part or None)


def owner_of(name: str, addresses: tuple[str, ...], zone: str, country: str) -> Owner:
    names = (name,) if name else ()
    lower = frozenset(a.lower() for a in addresses)
    return Owner(names, lower, ZoneInfo(zone), month_first(zone, country), holidays_of(country))


def owner(settings: Settings) -> Owner:
    own = settings.owner
    return owner_of(own.name, own.addresses, own.timezone, own.country)


def rules(settings: Settings) -> Rules:
    windows, notes = settings.windows, settings.notes
    return Rules(
        zone=ZoneInfo(settings.owner.timezone),
        holidays=holidays_of(settings.owner.country),
        owner_name=settings.owner.name,
        owner_addresses=settings.owner.addresses,
        thank_you_hours=windows.thank_you_hours,
        business_days=frozenset(windows.business_days),
        follow_up_after_reply_by_days=windows.follow_up_after_reply_by_days,
        follow_up_without_date_days=windows.follow_up_without_date_days,
        second_follow_up_days=windows.second_follow_up_days,
        max_follow_ups=windows.max_follow_ups,
        check_in=windows.check_in,
        prep=notes.prep,
        debrief=notes.debrief,
        paper_note=notes.paper_note,
        feedback=settings.writing.feedback == "ask",
        history_days=windows.history_days,
    )


def identity(settings: Settings) -> Identity:
    return Identity(settings.owner.name, settings.owner.addresses[0], settings.owner.signature)


def wording(settings: Settings) -> Wording:
    """Our templates, replaced file by file by the owner's. Raises UsageError for one that is no template."""
    from jinja2 import TemplateError

    own = settings.writing.templates
    if own is not None and not own.is_dir():
        raise UsageError(f"[writing] templates: there is no folder {own}", "make it, or leave the key out")
    try:
        made = Wording(texts(own))
    except (OSError, UnicodeDecodeError) as error:
        told = getattr(error, "strerror", None) or "one of its files is not UTF-8"
        raise UsageError(f"[writing] templates: {own} cannot be read: {told}") from None
    for name in made.texts:
        try:
            made.environment.get_template(name)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            raise UsageError(
                f"[writing] templates: {name}{f', line {line}' if line else ''}: {error.message}"
            ) from None
    return made


def imap_account(settings: Settings) -> Account:
    section = settings.imap
    return Account(
        section.host,
        section.port,
        section.security,
        section.username,
        lambda: password(section, "imap"),
        section.ca_file,
    )


def smtp_account(settings: Settings) -> Account:
    """[smtp]; what it does not say of the login it takes from [imap]. Raises UsageError where there is no [smtp]."""
    section, imap = settings.smtp, settings.imap
    if section is None:
        raise UsageError(
            "no [smtp] section is configured", 'it is needed for mode = "confirm"; see config.example.toml'
        )
    username = section.username or imap.username
    source = section if section.password_sources else imap
    ca_file = section.ca_file or imap.ca_file
    return Account(section.host, section.port, section.security, username, lambda: password(source, "smtp"), ca_file)


def state_folder(settings: Settings) -> Path:
    from agent.paths import default_state

    return (settings.state.path or default_state()).expanduser()


def loop(settings: Settings, folder: Path, store: Store, progress: Progress | None = None) -> Loop:
    """Everything one account needs to turn, over an open store."""
    from agent.shell.files import WordFile
    from agent.shell.intake import Intake
    from agent.shell.loop import FolderNames, Loop
    from agent.shell.sending import Sending

    names = settings.folders
    intake = Intake(store, owner(settings), settings.windows.history_days, progress)
    found = FolderNames(names.inbox, names.sent, names.drafts, names.approved)
    made = Loop(store, WordFile(folder), intake, rules(settings), identity(settings), wording(settings), found)
    made.digests.mode = settings.notes.digest
    if settings.delivery.mode == "confirm":
        made.confirm_by = frozenset(settings.delivery.confirm_by)
        made.sending = Sending(
            store, smtp_account(settings), intake, made.approvals, made.notes.tell, made.rules, installation(store),
            settings.delivery.send_only_in_hours, settings.delivery.max_sent_per_day,
        )  # fmt: skip
    return made


def installation(store: Store) -> str:
    """A name for this state, by which another one on the same mailbox is told apart. Not secret."""
    import secrets

    if not store.remembered("installation"):
        store.remember("installation", secrets.token_hex(4))
    return store.remembered("installation")
