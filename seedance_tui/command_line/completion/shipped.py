"""The scripts as they are shipped: a shell that starts waits for one."""

from __future__ import annotations

from pathlib import Path

SHELLS = ("bash", "zsh", "fish")


def path(shell: str, language: str) -> Path:
    """Return where the script for one of `SHELLS` is."""
    return Path(__file__).with_name("scripts") / f"{language}.{shell}"
