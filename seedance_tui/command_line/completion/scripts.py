"""The completion scripts, generated from the parsers of the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..command_specs import CommandSpec
from . import _bash, _fish, _zsh

_SCRIPTS: Mapping[str, Callable[[Sequence[CommandSpec]], str]] = {
    "bash": _bash.script,
    "zsh": _zsh.script,
    "fish": _fish.script,
}
SHELLS = tuple(_SCRIPTS)
"""The shells that there is a script for."""


def script(shell: str, commands: Sequence[CommandSpec]) -> str:
    """Return the script for one of `SHELLS`."""
    return _SCRIPTS[shell](commands)
