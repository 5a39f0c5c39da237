"""The user's hooks, while a command saves the videos of tasks that end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from ..core.hooks.runner import HookFailed
from ..core.session import Session
from ..core.text.i18n import _
from .output import say
from .time_limit import TimeLimit

_MOMENT = 3.0
"""Seconds that hooks may go on for once the time is over."""


@asynccontextmanager
async def running_hooks(session: Session, limit: TimeLimit) -> AsyncIterator[None]:
    """Run the hook of each task that is seen to end meanwhile, once its video is settled.

    In the end those that run are waited for, no longer than a hook may take, and once the time is
    over for a moment.
    """

    def tell(failed: HookFailed) -> None:
        say(failed.text)

    session.pending_hooks.waits_for_result()
    running = asyncio.create_task(session.hooks.run(tell))
    try:
        yield
        seconds = min(session.config.hooks.timeout, max(limit.left, _MOMENT))
        if not await session.hooks.finish(seconds):
            say(_("timed out; hooks that were still running were stopped"))
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
