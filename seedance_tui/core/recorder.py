"""Write answers into the history, in a thread, a batch at a time."""

from __future__ import annotations

import asyncio
import logging

from ..api.models import Task
from .history import History, HistoryBusy, HistoryUnusable

_log = logging.getLogger(__name__)


class Recorder:
    """Gathers answers while a batch is written, and while another window holds the history."""

    def __init__(self, history: History) -> None:
        self.problem = ""
        """Why nothing is written any more; empty while all is well."""
        self._is_busy = False
        self._history = history
        self._waiting: list[tuple[str, Task, float]] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, task_id: str, task: Task, at: float) -> None:
        """Write the answer soon; `at` in Unix seconds."""
        if self.problem and not self._is_busy:
            return
        self._waiting.append((task_id, task, at))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Wait until everything is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._history.record, batch)
            except HistoryUnusable as error:
                self._failed(error, batch)
                return
            self.problem, self._is_busy = "", False

    def _failed(self, error: HistoryUnusable, batch: list[tuple[str, Task, float]]) -> None:
        """Keep what a busy database did not take for the next time; give up on any other."""
        self.problem, self._is_busy = str(error), isinstance(error, HistoryBusy)
        self._waiting = batch + self._waiting if self._is_busy else []
        _log.warning("no history: %s", error)
