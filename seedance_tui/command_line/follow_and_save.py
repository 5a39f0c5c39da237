"""Follow tasks and save the files of each as it ends, within a time that holds for both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine

from ..core.model.outcomes import Outcome
from .follow import Following
from .running_hooks import running_hooks
from .save_files import FileSaver


async def follow_and_save(following: Following, saver: FileSaver) -> None:
    """Follow until all have ended, or the time is over, and save what each has.

    Where asking comes to nothing, what is known of a task is saved: its link may not outlive that.
    """

    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            saves = _Saves(saver, group)
            following.ended = saves.settle
            following.missed = saves.save_ahead
            await following.follow()
            for task_id in following.open.keys() & following.errors.keys():
                saves.save_known(task_id)

    if not await is_in_time(saver, work()):
        if following.open:
            following.time_is_over()
        saver.tell_time_over()


class _Saves:
    """Saves files in the tasks of a group: of one task never two at once."""

    def __init__(self, saver: FileSaver, group: asyncio.TaskGroup) -> None:
        self._saver = saver
        self._group = group
        self._ahead: dict[str, asyncio.Task[None]] = {}

    def save_ahead(self, task_id: str) -> None:
        """Save what is known of a task that is done, the first time that it is missed."""
        if task_id not in self._ahead:
            self._ahead[task_id] = self._group.create_task(self._saver.save_ahead(task_id))

    def settle(self, outcome: Outcome) -> None:
        """Save the files of a task whose outcome is known."""
        self._begin(outcome.id, self._saver.settle(outcome))

    def save_known(self, task_id: str) -> None:
        """Save what is known of a task about which nobody can be asked."""
        self._begin(task_id, self._saver.save_known(task_id))

    def _begin(self, task_id: str, work: Coroutine[None, None, None]) -> None:
        async def in_turn() -> None:
            if ahead := self._ahead.get(task_id):
                await ahead
            await work

        self._group.create_task(in_turn())


async def is_in_time(saver: FileSaver, work: Awaitable[object]) -> bool:
    """Do the work, hooks beside it; return whether there was time enough."""
    limit = saver.queries.time_limit
    async with running_hooks(saver.session, limit):
        return await limit.allows(work)
