"""Every script, as it has to be for the commands as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ....core.text import i18n
from ...command_specs import CommandSpec, command_specs
from ...parser import shared_options
from ..shipped import path
from . import _bash, _fish, _zsh

_SCRIPTS: Mapping[str, Callable[[Sequence[CommandSpec]], str]] = {
    "bash": _bash.script,
    "zsh": _zsh.script,
    "fish": _fish.script,
}


def scripts() -> Iterator[tuple[Path, str]]:
    """Yield where each script is shipped, and its text; the language spoken stays as it is."""
    spoken = i18n.spoken()
    for language in i18n.LANGUAGES:
        i18n.use(language)
        specs = command_specs(shared_options()._actions)
        yield from ((path(shell, language), make(specs)) for shell, make in _SCRIPTS.items())
    i18n.use(spoken)
