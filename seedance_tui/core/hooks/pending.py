"""Hooks of tasks that have ended: each waits for its video while that is being saved."""

from __future__ import annotations

from collections.abc import Callable

from ...api.models import Phase
from ..model.entry import Entry
from .runner import Hooks


class PendingHooks:
    """Hands ended tasks to `hooks`, those whose result is being saved once it is or has failed.

    `known` returns what is known of a task at that moment: since its response was heard, its file
    may have been asked for, or have been saved.
    """

    def __init__(self, hooks: Hooks, known: Callable[[str], Entry | None]) -> None:
        self._hooks = hooks
        self._known = known
        self._waiting: set[str] = set()
        self._is_awaited: Callable[[Entry], bool] = lambda entry: entry.is_being_saved

    def waits_for_result(self) -> None:
        """Let the hook of every task that is done wait until its result is settled."""
        self._is_awaited = lambda entry: entry.status.phase is Phase.DONE

    def task_ended(self, task_id: str) -> None:
        """Queue the task's hook, at once or when its result is settled."""
        entry = self._known(task_id)
        if entry and self._is_awaited(entry):
            self._waiting.add(task_id)
        elif entry:
            self._hooks.feed(entry)

    def result_settled(self, task_id: str) -> None:
        """Queue the hook that waited for the result, be it saved or not."""
        entry = self._known(task_id)
        if entry and task_id in self._waiting:
            self._waiting.discard(task_id)
            self._hooks.feed(entry)
