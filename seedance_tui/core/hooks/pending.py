"""Hooks of tasks that have ended: each waits for its video while that is being saved."""

from __future__ import annotations

from ..model.entry import Entry
from .runner import Hooks


class PendingHooks:
    """Hands ended tasks to `hooks`, those whose result is being saved once it is or has failed."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._waiting: set[str] = set()

    def task_ended(self, entry: Entry) -> None:
        """Queue the task's hook, at once or when its result is settled."""
        if entry.is_being_saved:
            self._waiting.add(entry.id)
        else:
            self._hooks.feed(entry)

    def result_settled(self, entry: Entry) -> None:
        """Queue the hook that waited for the result, be it saved or not."""
        if entry.id in self._waiting:
            self._waiting.discard(entry.id)
            self._hooks.feed(entry)
