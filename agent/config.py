"""TOML and environment -> Settings, checked. An unknown key, a wrong type or an impossible value is a UsageError that names it.

Every key can also be set as AFTERWORD_<SECTION>__<KEY>. The file is $AFTERWORD_CONFIG or config.toml in the user's folder.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from agent.errors import UsageError
from agent.paths import anchored, default_path

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise ValueError(f"{name!r} is no time zone; write one like Europe/London") from error
    return name


def known_country(code: str) -> str:
    from holidays.registry import COUNTRIES

    codes = {c for names in COUNTRIES.values() for c in names}
    if code and code.upper() not in codes:
        raise ValueError(f"{code!r} is no country code with known holidays; write one like GB or DE-BY")
    return code.upper()


def machine_zone() -> str:
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"


def address(text: str) -> str:
    text = text.strip().lower()
    if text.count("@") != 1 or not text.partition("@")[2] or any(c.isspace() for c in text):
        raise ValueError(f"{text!r} is no e-mail address")
    return text


Zone = Annotated[str, AfterValidator(known_zone)]
AddressText = Annotated[str, AfterValidator(address)]
Security = Literal["tls", "starttls", "none"]


class OwnerSection(Section):
    name: str = Field(min_length=1)
    addresses: tuple[AddressText, ...] = Field(min_length=1)
    timezone: Zone = Field(default_factory=machine_zone)
    country: Annotated[str, AfterValidator(lambda c: known_country(c) if c else "")] = ""
    signature: str = ""


class PasswordKeys(Section):
    """Where a password comes from: at most one of the four."""

    username: str = ""
    password_command: str = ""
    password_env: str = ""
    password_file: Path | None = None
    password_keyring: bool = False
    ca_file: Path | None = None

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


class ImapSection(PasswordKeys):
    host: str = Field(min_length=1)
    port: int = Field(default=993, ge=1, le=65535)
    security: Security = "tls"

    @model_validator(mode="after")
    def complete(self) -> ImapSection:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError('security = "none" is only for a server on this machine; use "tls" or "starttls"')
        if not self.username:
            raise ValueError("username is missing")
        if not self.password_sources:
            raise ValueError(
                "say where the password comes from: password_command, password_env, password_file or password_keyring"
            )
        return self


class SmtpSection(PasswordKeys):
    host: str = Field(min_length=1)
    port: int = Field(default=465, ge=1, le=65535)
    security: Security = "tls"

    @model_validator(mode="after")
    def complete(self) -> SmtpSection:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError('security = "none" is only for a server on this machine; use "tls" or "starttls"')
        return self


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


class WindowsSection(Section):
    thank_you_hours: int = Field(default=48, ge=1, le=336)
    follow_up_after_reply_by_days: int = Field(default=7, ge=1, le=90)
    follow_up_without_date_days: int = Field(default=14, ge=1, le=120)
    second_follow_up_days: int = Field(default=14, ge=1, le=120)
    max_follow_ups: int = Field(default=2, ge=0, le=2)
    check_in: bool = False
    history_days: int = Field(default=60, ge=1, le=730)


class NotesSection(Section):
    prep: bool = True
    debrief: bool = True
    paper_note: bool = False
    digest: Literal["daily", "weekly", "off"] = "weekly"


class WritingSection(Section):
    templates: Path | None = None
    feedback: Literal["ask", "never"] = "ask"


class StateSection(Section):
    path: Path | None = None


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
    try:
        return Settings(**anchored(table, file.parent))
    except ValidationError as error:
        raise UsageError(
            f"{file}: {'; '.join(explained(e) for e in error.errors())}", "see config.example.toml for every key"
        ) from None


def explained(error: Any) -> str:
    """One pydantic error as words: the key, and what would be right."""
    place = [str(p) for p in error["loc"]]
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
    if kind == "missing":
        return f"{key}: is missing"
    if kind == "value_error":
        return f"{key}: {error['ctx']['error']}" if place else str(error["ctx"]["error"])
    given = error.get("input")
    shown = f", not {given!r}" if isinstance(given, (str, int, float, bool)) and "password" not in key else ""
    return f"{key}: {error['msg'].removeprefix('Input ').lower()}{shown}"


def keys_of(place: list[str]) -> list[str]:
    model: Any = Settings
    for part in place:
        field = model.model_fields.get(part)
        model = (
            next(
                (
                    a
                    for a in (field.annotation, *getattr(field.annotation, "__args__", ()))
                    if isinstance(a, type) and issubclass(a, BaseModel)
                ),
                None,
            )
            if field
            else None
        )
        if model is None:
            return []
    return list(model.model_fields)


__all__ = ["Settings", "load"]
