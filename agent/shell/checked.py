"""Which configuration was found good last: `status` checks it again only after a change, for the check takes longer than the rest."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from agent import __version__
from agent.paths import default_path

CHECKED = "config-checked"


def fingerprint(config: Path | None) -> str:
    """Of the file's bytes and of the variables that set its keys; "" where there is no file to be read. Holds no secret."""
    try:
        text = (config or default_path()).read_bytes()
    except OSError:
        return ""
    keys = sorted(f"{k}={v}" for k, v in os.environ.items() if k.upper().startswith("AFTERWORD_") and "__" in k)
    parts = (__version__.encode(), text, *(k.encode("utf-8", "surrogateescape") for k in keys))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_checked(config: Path | None, folder: Path) -> bool:
    """Was this very configuration found good before?"""
    try:
        return (folder / CHECKED).read_text(encoding="ascii") == fingerprint(config) != ""
    except (OSError, ValueError):
        return False


def keep_checked(found: str, folder: Path) -> None:
    """Only into a state folder that is there; where nothing can be written, the next `status` checks again."""
    path = folder / CHECKED
    with contextlib.suppress(OSError, ValueError):
        if not folder.is_dir() or path.exists() and path.read_text(encoding="ascii") == found:
            return
        made = folder / f"{CHECKED}.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(found, encoding="ascii")
        made.replace(path)
