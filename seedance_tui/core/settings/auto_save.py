"""The table `[guard]` of config.toml: auto-save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...api.links import Kind

AUTO_SAVE: Mapping[str, tuple[Kind, ...]] = {
    "off": (),
    "result": (Kind.RESULT,),
    "both": (Kind.RESULT, Kind.ORIGINAL),
}
"""What can be saved without being asked for, by the word that chooses it."""


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Auto-save: once a task is done, or `before` seconds before its link expires."""

    auto_save: tuple[Kind, ...] | None = None
    """None where nobody has said anything, which saves nothing."""
    on_success: bool = True
    before: float = 7200.0
