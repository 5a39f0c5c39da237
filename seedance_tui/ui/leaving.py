"""Leaving well: what is written and ended before the program is, and what is said afterwards."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress

from textual.worker import Worker

from ..core.downloads.deadlines import summary_lines
from ..core.model.codes import Exit
from ..core.session import Session
from ..core.text.i18n import _, plural
from .drawing import format as fmt

_log = logging.getLogger(__name__)
_SECONDS = 5.0
_HOOK_SECONDS = 3.0
"""Of these, what the commands of the user's own may take that run or wait."""
_HUNG_UP_SECONDS = 0.6
"""The same for all where the window is gone: nobody is there to wait."""
_LATEST: dict[int, float] = {Exit.HUNG_UP: 0.9}
"""After how many seconds the process ends, whatever holds it up, by its status."""
_WRITING = ("watchlist", "choices")
"""The groups of workers that write: they are waited for, never cancelled."""


async def end_well(session: Session, workers: Iterable[Worker[object]], code: int) -> None:
    """Cancel the workers, wait for those that write, close the session: for 5 s at most."""
    by_hooks = [(worker, worker.group == "hooks") for worker in workers]
    hooks = [worker for worker, is_hook in by_hooks if is_hook]
    others = [worker for worker, is_hook in by_hooks if not is_hook]
    for worker in others:
        if worker.group not in _WRITING:
            worker.cancel()
    limit = _HUNG_UP_SECONDS if code == Exit.HUNG_UP else _SECONDS
    with suppress(TimeoutError):
        async with asyncio.timeout(limit):
            ends = _end_hooks(session, hooks, min(_HOOK_SECONDS, limit / 2))
            await asyncio.gather(_close_after(session, others), ends)
            _log.debug("workers, list and history have come to their end")


async def _close_after(session: Session, workers: Sequence[Worker[object]]) -> None:
    await _ended(workers)
    with suppress(OSError):
        await session.close()


async def _end_hooks(session: Session, workers: Sequence[Worker[object]], seconds: float) -> None:
    """Let the user's commands come to their end; those that take too long are ended."""
    if workers:
        await session.hooks.finish(seconds)
    for worker in workers:
        worker.cancel()
    await _ended(workers)


async def _ended(workers: Sequence[Worker[object]]) -> None:
    """Wait for workers, however they end."""
    await asyncio.gather(*(worker.wait() for worker in workers), return_exceptions=True)


def last_words(session: Session, *, keeps_files: bool) -> list[str]:
    """Say what was not written, where this run's videos are, and which are about to be lost."""
    if lost := session.editor.unwritten:
        text = _("seedance-tui: could not write {path}; changes lost for: {ids}")
        return [text.format(path=session.config.watchlist, ids=" ".join(lost))]
    if not keeps_files:
        return []
    saved = session.files.saved_in_this_run
    lines = []
    if saved:
        folder = fmt.home(session.files.folder)
        lines.append(
            plural(
                "{n} file saved in {folder}",
                "{n} files saved in {folder}",
                len(saved),
                folder=folder,
            )
        )
    return [*lines, *summary_lines(session.store.entries, session.now())]


def end_for_sure(code: int) -> None:
    """End the process even if a thread never ends, as on a lock or a terminal that is gone."""
    last_resort = threading.Timer(_LATEST.get(code, 2 * _SECONDS), os._exit, [code])
    last_resort.daemon = True
    last_resort.start()
