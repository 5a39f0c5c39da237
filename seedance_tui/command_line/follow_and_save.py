"""Follow tasks and save the files of each as it ends, within a time that holds for both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from ..core.model.outcomes import Outcome
from .follow import Following
from .running_hooks import running_hooks
from .save_files import FileSaver


async def follow_and_save(following: Following, saver: FileSaver) -> None:
    """Follow until all have ended, or the time is over, and save what each has."""

    async def work() -> None:
        async with asyncio.TaskGroup() as group:

            def save(outcome: Outcome) -> None:
                group.create_task(saver.settle(outcome))

            following.ended = save
            await following.follow()

    if not await is_in_time(saver, work()):
        if following.open:
            following.time_is_over()
        saver.tell_time_over()


async def is_in_time(saver: FileSaver, work: Awaitable[object]) -> bool:
    """Do the work, hooks beside it; return whether there was time enough."""
    limit = saver.queries.time_limit
    async with running_hooks(saver.session, limit):
        return await limit.allows(work)
