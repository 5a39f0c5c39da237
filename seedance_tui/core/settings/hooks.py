"""The table `[hooks]` of config.toml: the user's commands for tasks that have ended."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ..text.i18n import _
from .toml_file import SettingsFile
from .values import seconds

if TYPE_CHECKING:
    from ...api.models import Phase

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HookSettings:
    """The commands, word by word, empty for none, and the seconds that each may take."""

    on_success: Command = ()
    on_failure: Command = ()
    timeout: float = 30.0

    @classmethod
    def read(cls, file: SettingsFile) -> Self:
        """Read the table `[hooks]`."""
        readers = {"on_success": command, "on_failure": command, "timeout": _limit}
        return cls(**file.table("hooks", readers))

    def command_for(self, phase: Phase) -> Command:
        """Return the command for a task in that phase, empty for one that has not ended."""
        from ...api.models import Phase

        if phase is Phase.DONE:
            return self.on_success
        return self.on_failure if phase.is_lost else ()


def command(value: object) -> Command:
    """Read a list of words, or one line parted as a shell would; `~` is the home of its program.

    In one line a backslash quotes: on Windows, where it parts folders, write the list.
    """
    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(_("cannot be parsed ({reason})").format(reason=error)) from None
    if not isinstance(words, list) or not all(isinstance(w, str) and "\0" not in w for w in words):
        raise ValueError(_("must be a string or a list of strings"))
    if words and not words[0].strip():
        raise ValueError(_("has no program name"))
    return (_at_home(words[0]), *words[1:]) if words else ()


def _at_home(program: str) -> str:
    try:
        return str(Path(program).expanduser()) if program.startswith("~") else program
    except RuntimeError as error:
        raise ValueError(_("cannot be parsed ({reason})").format(reason=error)) from None


def _limit(value: object) -> float:
    span = seconds(value)
    if not span:
        raise ValueError(_("must be a positive number of seconds"))
    return span
