"""TOML and environment -> Settings, checked. An unknown key, a wrong type or an impossible value is a UsageError that names it.

Every key can also be set as AFTERWORD_<SECTION>__<KEY>. The file is $AFTERWORD_CONFIG or config.toml in the user's folder.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from agent.errors import UsageError
from agent.paths import anchored, default_path

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise ValueError(f"{name!r} is no time zone; write one like Europe/London") from error
    return name


def known_country(code: str) -> str:
    """A country (ISO 3166-1), or a part of one that has its own holidays ("DE-BY"), in capitals."""
    from holidays import country_holidays

    country, _, part = code.upper().partition("-")
    if not country:
        return ""
    try:
        country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        raise ValueError(
            f"{code!r} has no known holidays; write a country like GB, or a part of one like DE-BY"
        ) from None
    return code.upper()


def machine_zone() -> str:
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"


def address(text: str) -> str:
    text = text.strip().lower()
    if not ADDRESS.fullmatch(text):
        raise ValueError(f"{text!r} is no e-mail address")
    return text


Zone = Annotated[str, AfterValidator(known_zone)]
AddressText = Annotated[str, AfterValidator(address)]
HomePath = Annotated[Path, AfterValidator(Path.expanduser)]  # a service manager's Environment= expands no tilde
Security = Literal["tls", "starttls", "none"]


class OwnerSection(Section):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    addresses: tuple[AddressText, ...] = Field(min_length=1)
    timezone: Zone = Field(default_factory=machine_zone)
    country: Annotated[str, AfterValidator(known_country)] = ""
    signature: str = ""


class PasswordKeys(Section):
    """Where a password comes from: at most one of the four."""

    username: str = ""
    password_command: str = ""
    password_env: str = ""
    password_file: HomePath | None = None
    password_keyring: bool = False
    ca_file: HomePath | None = None

    @property
    def password_sources(self) -> list[str]:
        return [
            k for k in ("password_command", "password_env", "password_file", "password_keyring") if getattr(self, k)
        ]

    @model_validator(mode="after")
    def one_source(self) -> PasswordKeys:
        if len(self.password_sources) > 1:
            raise ValueError(f"give only one of {', '.join(self.password_sources)}")
        return self


class ServerSection(PasswordKeys):
    """Where a mail server is, and how the connection is secured."""

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    security: Security = "tls"

    @model_validator(mode="after")
    def encrypted(self) -> ServerSection:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError('security = "none" is only for a server on this machine; use "tls" or "starttls"')
        return self


class ImapSection(ServerSection):
    port: int = Field(default=993, ge=1, le=65535)

    @model_validator(mode="after")
    def complete(self) -> ImapSection:
        if not self.username:
            raise ValueError("username is missing")
        if not self.password_sources:
            raise ValueError(
                "say where the password comes from: password_command, password_env, password_file or password_keyring"
            )
        return self


class SmtpSection(ServerSection):
    port: int = Field(default=465, ge=1, le=65535)


class FoldersSection(Section):
    inbox: str = "INBOX"
    sent: str = ""
    drafts: str = ""
    approved: str = "Afterword/Approved"


class DeliverySection(Section):
    mode: Literal["draft", "confirm"] = "draft"
    confirm_by: tuple[Literal["move", "command", "flag"], ...] = ("move", "command")
    send_only_in_hours: bool = False
    max_sent_per_day: int = Field(default=20, ge=1, le=500)


BusinessWindow = Literal[
    "thank_you_hours",
    "follow_up_after_reply_by_days",
    "follow_up_without_date_days",
    "second_follow_up_days",
    "check_in_days",
]


class WindowsSection(Section):
    thank_you_hours: int = Field(default=48, ge=1, le=336)
    follow_up_after_reply_by_days: int = Field(default=7, ge=1, le=90)
    follow_up_without_date_days: int = Field(default=14, ge=1, le=120)
    second_follow_up_days: int = Field(default=14, ge=1, le=120)
    max_follow_ups: int = Field(default=2, ge=0, le=2)
    check_in: bool = False
    business_days: tuple[BusinessWindow, ...] = ()
    history_days: int = Field(default=60, ge=1, le=730)


class NotesSection(Section):
    prep: bool = True
    debrief: bool = True
    paper_note: bool = False
    digest: Literal["daily", "weekly", "off"] = "weekly"


class WritingSection(Section):
    templates: HomePath | None = None
    feedback: Literal["ask", "never"] = "ask"


class StateSection(Section):
    path: HomePath | None = None


class Settings(BaseSettings):
    """The whole configuration (CONTRACT, "Configuration")."""

    model_config = SettingsConfigDict(env_prefix="AFTERWORD_", env_nested_delimiter="__", extra="forbid", frozen=True)

    owner: OwnerSection
    imap: ImapSection
    smtp: SmtpSection | None = None
    folders: FoldersSection = FoldersSection()
    delivery: DeliverySection = DeliverySection()
    windows: WindowsSection = WindowsSection()
    notes: NotesSection = NotesSection()
    writing: WritingSection = WritingSection()
    state: StateSection = StateSection()

    @field_validator("*", mode="before")
    @classmethod
    def is_table(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError("is a section, not a single value")
        return value

    @model_validator(mode="after")
    def sendable(self) -> Settings:
        if self.delivery.mode == "confirm" and self.smtp is None:
            raise ValueError('[delivery] mode = "confirm" needs an [smtp] section')
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def load(path: Path | None = None) -> Settings:
    """Read and check the configuration. Raises UsageError that names the file, the line or the key, and what would be right."""
    file = path or default_path()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"no configuration at {file}", "make one with: afterword init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {error}", "see config.example.toml for the form") from None
    hint = "see config.example.toml for every key"
    odd = wrong_types(table)
    if odd:
        raise UsageError(f"{file}: {'; '.join(odd)}", hint)
    odd = unknown_variables()
    if odd:
        raise UsageError("; ".join(odd), hint)
    try:
        return Settings(**anchored(table, file.parent))
    except ValidationError as error:
        raise UsageError(f"{file}: {'; '.join(all_explained(error.errors()))}", hint) from None
    except SettingsError:
        # a list or a table that is no JSON; pydantic tells the section alone, and quotes what was given
        raise UsageError(f"{file}: {'; '.join(odd_variables())}", 'a list is written like \'["one", "two"]\'') from None


def wrong_types(table: dict[str, Any]) -> list[str]:
    """Numbers and booleans of the file that are of another type. pydantic must take texts for them, for the environment's sake."""
    found = []
    for section, keys in table.items():
        fields = model.model_fields if (model := section_model(section)) and isinstance(keys, dict) else {}
        for key, value in keys.items() if fields else ():
            wanted = fields[key].annotation if key in fields else None
            if wanted is bool and not isinstance(value, bool):
                found.append(f"[{section}] {key}: should be true or false")
            if wanted is int and type(value) is not int:
                found.append(f"[{section}] {key}: should be a whole number, without quotes")
    return found


def unknown_variables() -> list[str]:
    """Variables like AFTERWORD_FOO__BAR whose section is none; pydantic looks at those that it knows alone."""
    found = []
    for name in sorted(os.environ):
        section, double, _ = name.upper().removeprefix("AFTERWORD_").lower().partition("__")
        if name.upper().startswith("AFTERWORD_") and double and section not in Settings.model_fields:
            close = difflib.get_close_matches(section, keys_of([]), 1)
            meant = f", did you mean {close[0]}?" if close else ""
            found.append(f"{name} in the environment: unknown section{meant}")
    return found


def odd_variables() -> list[str]:
    """Which variables of the environment should be lists and are no JSON."""
    found = []
    for name, value in sorted(os.environ.items()):
        section, _, key = name.upper().removeprefix("AFTERWORD_").lower().partition("__")
        model = section_model(section) if name.upper().startswith("AFTERWORD_") else None
        if model is None:
            continue
        field = model.model_fields.get(key)
        if key and (field is None or "tuple" not in str(field.annotation)):
            continue
        try:
            json.loads(value)
        except ValueError:
            found.append(f"[{section}] {key}".strip() + f": {name} in the environment is no JSON")
    return found or ["a variable AFTERWORD_… in the environment is no JSON"]


def section_model(name: str) -> type[BaseModel] | None:
    """The class of a section, or None where there is no such section."""
    field = Settings.model_fields.get(name)
    if field is None:
        return None
    kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)), None)


def all_explained(errors: Sequence[Any]) -> list[str]:
    """Each error in words; a list that is only too short because its entries are wrong is not told of twice."""
    inner = {tuple(e["loc"][:-1]) for e in errors if isinstance(e["loc"][-1:] and e["loc"][-1], int)}
    return [explained(e) for e in errors if not (e["type"] == "too_short" and tuple(e["loc"]) in inner)]


def explained(error: Any) -> str:
    """One pydantic error as words: the key, and what would be right."""
    place = [str(p) for p in error["loc"] if not isinstance(p, int)]  # which entry of a list: its value is shown
    key = (
        f"[{place[0]}] {'.'.join(place[1:])}".strip()
        if len(place) > 1
        else f"[{place[0]}]"
        if place
        else "configuration"
    )
    kind = error["type"]
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(place[-1], keys_of(place[:-1]), 1)
        return f"{key}: unknown {'section' if len(place) == 1 else 'key'}" + (
            f", did you mean {close[0]}?" if close else ""
        )
    if kind == "too_short":
        return f"{key}: needs at least one"
    if kind == "missing":
        return f"{key}: is missing"
    if kind == "value_error":
        return f"{key}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
    given = error.get("input")
    shown = f", not {given!r}" if isinstance(given, (str, int, float, bool)) and "password" not in key else ""
    return f"{key}: {error['msg'].removeprefix('Input ').lower()}{shown}"


def keys_of(place: list[str]) -> list[str]:
    """The names that are known at this place of the configuration: its sections, or the keys of one."""
    model = Settings if not place else section_model(place[0]) if len(place) == 1 else None
    return list(model.model_fields) if model else []


__all__ = ["Settings", "load"]
