"""The user's hooks, while a command saves the videos of tasks that end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from ..core.hooks.runner import HookFailed
from ..core.session import Session
from .output import say


@asynccontextmanager
async def running_hooks(session: Session) -> AsyncIterator[None]:
    """Run the hook of each task that is seen to end meanwhile, once its video is settled.

    In the end those that run are waited for, no longer than a hook may take.
    """

    def tell(failed: HookFailed) -> None:
        say(failed.text)

    session.pending_hooks.waits_for_result()
    running = asyncio.create_task(session.hooks.run(tell))
    try:
        yield
        await session.hooks.finish(session.config.hooks.timeout)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
