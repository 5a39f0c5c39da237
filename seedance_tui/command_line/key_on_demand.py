"""The key of a command: whatever prints it is run when somebody is to be asked, and not before."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from ..api.errors import KeyMissing
from ..api.transfer.background import in_thread
from ..core.config import Config
from ..core.model.outcomes import Problem
from ..core.session import Session
from ..core.settings.errors import KeyUnusable
from ..core.text.i18n import _
from .output import say
from .time_limit import TimeLimit


async def connected(session: Session, limit: TimeLimit) -> Problem | None:
    """Find the key and build the client; return the problem that prevents it, if any."""
    try:
        config = await _with_key(session.config, limit)
    except KeyUnusable as error:
        return Problem.of(KeyMissing(str(error)), session.clock())
    return None if await session.connect(config) else session.store.trouble


async def _with_key(config: Config, limit: TimeLimit) -> Config:
    """Return the settings with the key. Its command may ask on the terminal.

    The command is ended with the time that the whole may take, which is said.
    """
    if (command := config.key_command) is None:
        return config.with_key()
    await asyncio.sleep(0)  # where the time is over already the command is not begun
    finding = asyncio.create_task(in_thread(lambda cancel: config.with_key()))
    try:
        return await asyncio.shield(finding)
    except asyncio.CancelledError:
        if not limit.left:
            say(_("api_key_command had not printed the key when the time was over"))
        command.stop()
        finding.cancel()
        with suppress(asyncio.CancelledError, KeyUnusable):
            await finding
        raise
