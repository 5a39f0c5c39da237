"""Write answers into the history, in a thread, a batch at a time."""

from __future__ import annotations

import asyncio
import logging

from ..api.models import Task
from .history import History, HistoryUnusable

_log = logging.getLogger(__name__)


class Recorder:
    """Gathers answers while a batch is written; after a failure it says so and writes no more."""

    def __init__(self, history: History) -> None:
        self.problem = ""
        """Why nothing is written any more; empty while all is well."""
        self._history = history
        self._waiting: list[tuple[str, Task, float]] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, task_id: str, task: Task, at: float) -> None:
        """Write the answer soon; `at` in Unix seconds."""
        if self.problem:
            return
        self._waiting.append((task_id, task, at))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Wait until everything is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting and not self.problem:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._history.record, batch)
            except HistoryUnusable as error:
                self.problem = str(error)
                _log.warning("no history: %s", error)
