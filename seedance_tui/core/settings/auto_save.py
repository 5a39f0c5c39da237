"""The table `[guard]` of config.toml: auto-save."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from ...api.links import Kind
    from .toml_file import SettingsFile


class AutoSave(StrEnum):
    """What can be saved without being asked for, by the word that chooses it."""

    OFF = "off"
    RESULT = "result"
    BOTH = "both"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of files that are saved."""
        from ...api.links import Kind

        both = (Kind.RESULT, Kind.ORIGINAL)
        return {AutoSave.OFF: (), AutoSave.RESULT: both[:1], AutoSave.BOTH: both}[self]

    @classmethod
    def of(cls, kinds: tuple[Kind, ...]) -> Self:
        """Return the word for these kinds; StopIteration for others than a word has."""
        return next(word for word in cls if word.kinds == kinds)


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Auto-save: once a task is done, or `before` seconds before its link expires."""

    auto_save: tuple[Kind, ...] | None = None
    """None where nobody has said anything, which saves nothing."""
    on_success: bool = True
    before: float = 7200.0

    @classmethod
    def read(cls, file: SettingsFile) -> Self:
        """Read the table `[guard]`."""
        from .values import auto_save, flag, seconds  # which know the words of this module

        readers = {"auto_save": auto_save, "on_success": flag, "before": seconds}
        return cls(**file.table("guard", readers))
