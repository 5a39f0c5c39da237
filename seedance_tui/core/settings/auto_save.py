"""The table `[guard]` of config.toml: auto-save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ...api.links import Kind


class AutoSave(StrEnum):
    """What can be saved without being asked for, by the word that chooses it."""

    OFF = "off"
    RESULT = "result"
    BOTH = "both"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of files that are saved."""
        return _KINDS[self]

    @classmethod
    def of(cls, kinds: tuple[Kind, ...]) -> Self:
        """Return the word for these kinds; StopIteration for others than a word has."""
        return next(word for word in cls if word.kinds == kinds)


_KINDS: Mapping[AutoSave, tuple[Kind, ...]] = {
    AutoSave.OFF: (),
    AutoSave.RESULT: (Kind.RESULT,),
    AutoSave.BOTH: (Kind.RESULT, Kind.ORIGINAL),
}


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """Auto-save: once a task is done, or `before` seconds before its link expires."""

    auto_save: tuple[Kind, ...] | None = None
    """None where nobody has said anything, which saves nothing."""
    on_success: bool = True
    before: float = 7200.0
