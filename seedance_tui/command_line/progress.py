"""The progress of downloads, on standard error if that is a terminal."""

from __future__ import annotations

import sys

from ..core.model.file_states import FileState, Saving
from ..core.text.i18n import plural
from ..core.text.units import size
from .output import is_quiet, show_aside

_CLEAR = "\r\x1b[K"


class Meter:
    """One line for all files under way; nothing where no terminal is, or none `is_wanted`."""

    def __init__(self, *, is_wanted: bool = True) -> None:
        self._seen = is_wanted and not is_quiet() and sys.stderr.isatty()
        self._under_way: dict[str, Saving] = {}

    def tell(self, name: str, state: FileState) -> None:
        """Take in how far one file is."""
        if isinstance(state, Saving):
            self._under_way[name] = state
        else:
            self._under_way.pop(name, None)
        self._draw()

    def clear(self) -> None:
        """Make the line free for other output."""
        if self._seen:
            show_aside(_CLEAR)

    def _draw(self) -> None:
        if self._seen and self._under_way:
            states = self._under_way.values()
            files = plural("{n} file", "{n} files", len(states))
            received = size(sum(state.received for state in states))
            total = size(sum(state.total or state.received for state in states))
            show_aside(f"{_CLEAR}{files}  {received} / {total}")
