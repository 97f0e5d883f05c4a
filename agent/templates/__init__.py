"""The wording: one Jinja2 file for each step of the policy, read as package data."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def texts(own: Path | None = None) -> dict[str, str]:
    """File name -> template; the owner's own files in folder `own` replace ours one by one."""
    found = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".j2")
    }
    if own is not None:
        found |= {path.name: path.read_text(encoding="utf-8") for path in sorted(own.glob("*.j2"))}
    return found
