"""The settings of the demo: those of the program, but for the environment, which may name a real mailbox."""

from __future__ import annotations

from pydantic_settings import BaseSettings
from pydantic_settings import PydanticBaseSettingsSource as Source

from agent.config import Settings


class DemoSettings(Settings):
    """What the demo says holds, whatever AFTERWORD_* says: nothing may reach a real server."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: Source,
        *others: Source,
        **named: Source,
    ) -> tuple[Source, ...]:
        return (init_settings,)
