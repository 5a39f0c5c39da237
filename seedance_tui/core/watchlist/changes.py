"""Many levels of undo and redo for changes of the watch list."""

from __future__ import annotations

from ..model.watched import Change

_MOST = 200


class Undo:
    """The changes made, and those taken back."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    def did(self, change: Change) -> None:
        """Remember a new change; what was taken back before can no longer be redone."""
        self._done = [*self._done[1 - _MOST :], change]
        self._undone.clear()

    def undo(self) -> Change | None:
        """Return the change that takes the last one back, None if there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1].inverse()

    def redo(self) -> Change | None:
        """Return the change that was last taken back, to make it again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
