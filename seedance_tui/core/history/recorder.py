"""Write answers into the history, in a thread, a batch at a time, and read those of before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping

from ...api.models import Task
from ..model.entry import Remembered
from ..storage.sqlite import DatabaseBusy, DatabaseUnusable
from .history import History

_log = logging.getLogger(__name__)


class Recorder:
    """Gathers answers while a batch is written, and while another window holds the history."""

    def __init__(self, history: History) -> None:
        self.problem = ""
        """Why nothing is written any more; empty while all is well."""
        self._is_busy = False
        self._history = history
        self._waiting: list[tuple[str, Task, float]] = []
        self._skew: float | None = None
        self._recalled: set[str] = set()
        self._writing: asyncio.Task[None] | None = None

    def add(self, task_id: str, task: Task, at: float) -> None:
        """Write the answer soon; `at` in Unix seconds."""
        self._waiting.append((task_id, task, at))
        self._write_soon()

    async def recall(self, ids: Iterable[str]) -> tuple[Remembered, ...]:
        """Return the last answers about those of these tasks that were not recalled before."""
        new = [] if self.problem else [one for one in ids if one not in self._recalled]
        self._recalled.update(new)
        try:
            return await asyncio.to_thread(self._history.latest, new) if new else ()
        except DatabaseUnusable as error:
            self.problem = str(error)
            _log.warning("no history: %s", error)
            return ()

    def note_clock_skew(self, seconds: float) -> None:
        """Write soon how far the gateway's clock is ahead."""
        self._skew = seconds
        self._write_soon()

    def _write_soon(self) -> None:
        if self.problem and not self._is_busy:
            self._waiting = []
        elif self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def note_unseen(self, news: Mapping[str, bool]) -> None:
        """Write which tasks are to be looked at, and which have been."""
        if not news:
            return
        try:
            await asyncio.to_thread(self._history.note_unseen, news)
        except DatabaseUnusable as error:
            _log.warning("no history: %s", error)

    async def close(self) -> None:
        """Wait until everything is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting or self._skew is not None:
            batch, self._waiting = self._waiting, []
            skew, self._skew = self._skew, None
            try:
                await asyncio.to_thread(self._history.record, batch, skew)
            except DatabaseUnusable as error:
                self._skew = skew if self._skew is None else self._skew
                self._failed(error, batch)
                return
            self.problem, self._is_busy = "", False

    def _failed(self, error: DatabaseUnusable, batch: list[tuple[str, Task, float]]) -> None:
        """Keep what a busy database did not take for the next time; give up on any other."""
        self.problem, self._is_busy = str(error), isinstance(error, DatabaseBusy)
        self._waiting = batch + self._waiting if self._is_busy else []
        _log.warning("no history: %s", error)
