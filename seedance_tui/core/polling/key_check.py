"""Whether the gateway takes a key: one question shows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from ...api.errors import ApiError, TaskNotFound
from ..model.outcomes import Missed, Problem
from .poller import TaskSource, ask

NOBODY = "asyntask_seedance-tui-asks-whether-anybody-is-there"
"""No task has this ID: that it is not found is the response of a gateway that took the key."""


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """What one question showed: the key is taken, or why it is not, or why nobody knows."""

    problem: Problem | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the gateway has answered with this key."""
        return self.problem is None or issubclass(self.problem.kind, TaskNotFound)


async def check_key(
    connect: Callable[[], AbstractAsyncContextManager[TaskSource]], watched: Sequence[str]
) -> KeyCheck:
    """Ask once, about a task that is watched, or else about one that does not exist.

    `connect` builds the client with the key; it is called in a thread.
    """
    try:
        async with await asyncio.to_thread(connect) as gateway:
            outcome = await ask(gateway, watched[0] if watched else NOBODY)
    except ApiError as error:
        return KeyCheck(Problem.of(error, time.time()))
    return KeyCheck(outcome.problem if isinstance(outcome, Missed) else None)
