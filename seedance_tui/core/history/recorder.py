"""Write responses into the history, in a thread, a batch at a time; read those of before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from ...api.models import Task
from ..model.outcomes import Fetched, Remembered
from ..storage.sqlite import DatabaseUnavailable, DatabaseUnusable
from .history import LONG_DEAD, History, Seen

_log = logging.getLogger(__name__)
_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries to write what the disk did not take."""
_GATHERING = 0.25
"""Seconds in which responses become one batch: a transaction of each one costs as much as httpx."""
_MOST_WAITING = 1000
"""Answers that wait for the disk; beyond them only the last one of each task does."""


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs left: the clock's skew, unseen tasks, losses told, the last responses."""

    clock_skew: float = 0.0
    unseen: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    responses: tuple[Remembered, ...] = ()


class Recorder:
    """Gathers answers while a batch is written, and while the disk or another window refuses it.

    `is_sure` tells whether the gateway has confirmed what time it is.
    """

    def __init__(self, history: History, *, is_sure: Callable[[], bool] = lambda: True) -> None:
        self.problem = ""
        """Why nothing is written; empty while all is well."""
        self.pause = _PAUSE
        self._history = history
        self._is_sure = is_sure
        self._is_hopeless = False
        self._waiting: list[tuple[str, Task, float]] = []
        self._skew: float | None = None
        self._recalled: set[str] = set()
        self._writing: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        """Set where somebody waits for what is written: there is one more try and no pause."""
        self._waiters = 0

    def add(self, task_id: str, task: Task, at: float) -> None:
        """Write the response soon; `at` in Unix seconds."""
        self._waiting.append((task_id, task, at))
        self._write_soon()

    def note(self, before: Task | None, fetched: Fetched) -> None:
        """Keep a response that says something else than the one before it."""
        if before is None or before.raw != fetched.task.raw:
            self.add(fetched.id, fetched.task, fetched.at)

    async def look_back(self, clock: float, *, is_brief: bool = False) -> Past:
        """Return what earlier runs left, and forget links long dead; `clock` in Unix seconds.

        Where it `is_brief` that is the clock, and what was told as lost.
        """
        try:
            if is_brief:
                return await asyncio.to_thread(self._brief_past)
            return await asyncio.to_thread(self._past, clock)
        except DatabaseUnusable as error:
            self._keep(error, [])
            return Past()

    def _brief_past(self) -> Past:
        return Past(self._history.clock_skew(), lost=self._history.lost())

    def _past(self, clock: float) -> Past:
        skew = self._history.clock_skew()
        # Dead by both clocks: nobody has confirmed either of them yet.
        self._history.forget_dead_links(clock + min(0.0, skew) - LONG_DEAD)
        return Past(skew, self._history.unseen(), self._history.lost(), self._history.recent())

    async def timeline(self, task_id: str) -> tuple[Seen, ...]:
        """Return what was seen of a task, once all is written; nothing without a history."""
        await self.written()
        try:
            return await asyncio.to_thread(self._history.timeline, task_id)
        except DatabaseUnusable:
            return ()

    async def answers(self, task_id: str) -> tuple[Remembered, ...]:
        """Return every response about a task that was kept; nothing without a history."""
        try:
            return await asyncio.to_thread(self._history.answers, task_id)
        except DatabaseUnusable:
            return ()

    async def recall(self, ids: Iterable[str]) -> tuple[Remembered, ...]:
        """Return the last responses about those of these tasks that were not recalled before."""
        new = [one for one in ids if one not in self._recalled]
        found = await self._latest(new)
        self._recalled.update(() if found is None else new)
        return found or ()

    async def latest(self, ids: Iterable[str]) -> tuple[Remembered, ...]:
        """Return the last response about each of these tasks; nothing without a history."""
        return await self._latest(list(ids)) or ()

    async def _latest(self, ids: list[str]) -> tuple[Remembered, ...] | None:
        """Return them, None where the file is refused."""
        if not ids:
            return ()
        if self._is_hopeless:
            return None
        try:
            return await asyncio.to_thread(self._history.latest, ids)
        except DatabaseUnusable as error:
            self._keep(error, [])
            return None

    def note_clock_skew(self, seconds: float) -> None:
        """Write soon how far the gateway's clock is ahead."""
        self._skew = seconds
        self._write_soon()

    async def written(self) -> None:
        """Wait until everything is written, or was refused once more; then go on trying."""
        await self.close()
        if self._waiting or self._skew is not None:
            self._write_soon()

    async def _note(
        self, write: Callable[[Mapping[str, bool]], None], news: Mapping[str, bool]
    ) -> None:
        if not news:
            return
        try:
            await asyncio.to_thread(write, news)
        except DatabaseUnusable as error:
            _log.warning("no history: %s", error)

    async def close(self) -> None:
        """Wait until everything is written, or was refused once more.

        Who is cancelled meanwhile waits no longer, and it is written all the same.
        """
        if self._writing is None:
            return
        self._waiters += 1
        self._hurry.set()
        try:
            await asyncio.shield(self._writing)
        finally:
            self._waiters -= 1
            if not self._waiters:
                self._hurry.clear()

    async def finish(
        self, unseen: Mapping[str, bool], lost: Mapping[str, bool], now: float
    ) -> None:
        """Write what is left, which tasks are to be looked at, and which were told as lost."""
        await self.close()
        await self._note(self._history.note_unseen, unseen)
        await self._note(self._history.note_lost, lost)
        await self.forget_dead_links(now)

    async def forget_dead_links(self, now: float) -> None:
        """Take the signatures out of links that are expired, if the clock is known to be right."""
        if self._is_sure() and not self.problem:
            try:
                await asyncio.to_thread(self._history.forget_dead_links, now)
            except DatabaseUnusable as error:
                _log.warning("no history: %s", error)

    def _write_soon(self) -> None:
        if self._is_hopeless:
            self._waiting = []
        elif self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write until nothing waits; what is refused is tried again after a while."""
        pause = self.pause
        while self._waiting or self._skew is not None:
            is_last_try = self._hurry.is_set()
            if await self._write_batch():
                pause = self.pause
                await self._rest(_GATHERING)
            elif self._is_hopeless or is_last_try:
                return
            else:
                await self._rest(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _rest(self, seconds: float) -> None:
        """Wait so long, or until somebody waits for what is written."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()

    async def _write_batch(self) -> bool:
        """Write what waits; return whether it was taken."""
        batch, self._waiting = self._waiting, []
        skew, self._skew = self._skew, None
        try:
            await asyncio.to_thread(self._history.record, batch, skew, is_sure=self._is_sure())
        except DatabaseUnusable as error:
            self._skew = skew if self._skew is None else self._skew
            self._keep(error, batch)
            return False
        self.problem = ""
        return True

    def _keep(self, error: DatabaseUnusable, batch: list[tuple[str, Task, float]]) -> None:
        """Keep what the disk did not take for the next time; give up on a file that is broken."""
        if str(error) != self.problem:
            _log.warning("no history: %s", error)
        self.problem = str(error)
        self._is_hopeless = not isinstance(error, DatabaseUnavailable)
        waiting = batch + self._waiting
        if len(waiting) > _MOST_WAITING:
            waiting = list({answer[0]: answer for answer in waiting}.values())
        self._waiting = [] if self._is_hopeless else waiting
