"""Where the configuration and the state lie. Light: `status` needs no more than this to find the state."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

PATH_KEYS = {
    ("imap", "password_file"),
    ("imap", "ca_file"),
    ("smtp", "password_file"),
    ("smtp", "ca_file"),
    ("writing", "templates"),
    ("state", "path"),
}


def anchored(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Relative paths are meant from the folder of the configuration file."""
    made = {k: dict(v) if isinstance(v, dict) else v for k, v in table.items()}
    for section, key in PATH_KEYS:
        value = made.get(section, {}).get(key) if isinstance(made.get(section), dict) else None
        if isinstance(value, str) and value:
            made[section][key] = folder / Path(value).expanduser()
    return made


def default_path() -> Path:
    """$AFTERWORD_CONFIG, else config.toml in the user's configuration folder."""
    named = os.environ.get("AFTERWORD_CONFIG")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("afterword") / "config.toml"


def default_state() -> Path:
    from platformdirs import user_state_path

    return user_state_path("afterword")


def state_path(path: Path | None = None) -> Path:
    """The state folder of a configuration, without checking the rest of it: for commands that must be quick."""
    file = path or default_path()
    named = os.environ.get("AFTERWORD_STATE__PATH")
    if named:
        return Path(named).expanduser()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found = anchored(table, file.parent).get("state", {}).get("path")
        return Path(found).expanduser() if found else default_state()
    except (OSError, ValueError, AttributeError, TypeError):
        from agent.config import load

        return load(path).state.path or default_state()  # tells what is wrong
