"""Save what the queue says, so many files at once, and remember it for the next run."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..model.file_states import NotSaved, Paused, Saved, Saving, Waiting
from ..storage.sqlite import DatabaseUnusable
from ._turns import ready
from .ledger import Key, Ledger, Record
from .queue import Job, Queue

if TYPE_CHECKING:
    from ._speed import Speed

_log = logging.getLogger(__name__)
_LOOK_FOR_SPACE = 10.0
"""Seconds between two looks at a full disk."""
_LOOK_FOR_SLOW = 5.0
"""Seconds between two looks whether a file that holds a place is too slow for it."""
_MOST_SLOW = 8
"""Files that are received beside the others because they come too slowly to hold a place."""
_PUT_OFF = 60.0
"""Seconds that a slow file waits where there are more of them."""


class KeySaver(Protocol):
    """Who knows the tasks and saves their files; `files.Files` is one."""

    async def place(self, key: Key) -> Path:
        """Decide where the file goes."""
        ...

    async def save(
        self, key: Key, path: Path, on_progress: Callable[[Saving], None]
    ) -> Saved | NotSaved:
        """Save it there, and return how that ended."""
        ...

    async def discard(self, key: Key, path: Path) -> None:
        """Remove what was received of it; may raise OSError."""
        ...

    def left(self, key: Key) -> float | None:
        """Return the seconds until its link expires, None where nothing tells."""
        ...


class Runner:
    """Runs as long as `run` does; the queue may be filled before, and changed at any time.

    `report` gets every job that changed, in the event loop. `clock` paces and never jumps.
    """

    def __init__(
        self,
        folder: Path,
        ledger: Ledger,
        *,
        at_once: int,
        report: Callable[[Job], None] = lambda job: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.queue = Queue(changed=self._on_change, reordered=self._remember)
        self.problem = ""
        """Why the queue is not remembered; empty while all is well."""
        self._folder = folder
        self._ledger = ledger
        self._at_once = at_once
        self._report = report
        self._clock = clock
        self._running: dict[Key, asyncio.Task[None]] = {}
        self._speeds: dict[Key, Speed] = {}
        self._free = at_once
        self._leftovers: dict[Key, Path] = {}
        self._written: dict[Key, Record] = {}
        """What the ledger says, as far as this run has read or written it."""
        self._ended: dict[Key, Record] = {}
        self._is_remembered = True
        self._writing: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def load(self, only: Sequence[str] = ()) -> None:
        """Take up what an earlier run left unfinished, of all tasks or `only` of these."""
        try:
            records = await asyncio.to_thread(self._ledger.records, only)
        except DatabaseUnusable as error:
            self._go_on_without(error)
        else:
            self._written = {record.key: record for record in records}
            self.queue.restore(records)

    async def run(self, saver: KeySaver) -> None:
        """Save what the queue says until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._discard_leftovers(saver)
                self._free = self._places(saver)
                for job in self.queue.take(self._clock(), self._free, self._running):
                    self._free -= 1
                    task = self._running[job.key] = group.create_task(self._save(saver, job))
                    task.add_done_callback(partial(self._let_go, job.key))
                await self._until_something_changes()

    async def close(self) -> None:
        """Wait until all that was decided is written; what was refused before is tried again."""
        if self._writing is not None:
            await asyncio.shield(self._writing)
        if not self._is_remembered:
            await self._write()

    async def _save(self, saver: KeySaver, job: Job) -> None:
        from ._speed import Speed

        key, speed = job.key, Speed(self._clock)
        self._speeds[key] = speed

        def show(state: Saving) -> None:
            state = replace(state, speed=speed.after(state.received))
            self.queue.update(key, state, self._clock())

        path = job.path or await saver.place(key)
        self.queue.set_path(key, path)
        end = await saver.save(key, path, show)
        self.queue.update(key, end, self._clock(), saver.left(key))

    def _let_go(self, key: Key, _task: asyncio.Task[None]) -> None:
        """Give the place to another; a task that is cancelled before it begins ends nothing."""
        self._running.pop(key, None)
        self._speeds.pop(key, None)
        self.queue.put_off(key)
        self._changed.set()

    def _places(self, saver: KeySaver) -> int:
        """Return how many files may be begun: a slow one goes on, and holds no place.

        Where there are too many slow ones, the one whose link lives longest waits a little.
        """
        slow = dict(self._slow(saver))
        free = self._at_once - (len(self._running) - len(slow))
        room = self._at_once + _MOST_SLOW - len(self._running)
        now = self._clock()
        if free > 0 >= room and ready(self.queue.jobs, now, 1, self._running):
            key = max(slow, key=lambda one: slow[one])
            self.queue.put_off(key, now + _PUT_OFF)
            self._running[key].cancel()
        return min(free, room)

    def _slow(self, saver: KeySaver) -> Iterator[tuple[Key, float]]:
        for key in self._running.keys() & self._speeds.keys():
            job = self.queue.get(key)
            if job and isinstance(job.state, Saving):
                left = saver.left(key)
                if self._speeds[key].is_slow(job.state.total, left):
                    yield key, float("inf") if left is None else left

    async def _until_something_changes(self) -> None:
        """Wait for a change, the next try, room on the disk, or a place that a slow file frees."""
        waits = [_LOOK_FOR_SPACE] if self.queue.held_jobs else []
        if (due := self.queue.next_due(self._running)) is not None:
            is_full = self._free <= 0
            waits.append(_LOOK_FOR_SLOW if is_full else max(0.0, due - self._clock()))
        try:
            async with asyncio.timeout(min(waits, default=None)):
                await self._changed.wait()
        except TimeoutError:
            await self._look_for_space()
            return
        self._changed.clear()

    async def _look_for_space(self) -> None:
        """Let go on what the disk has room for by now, each file by itself."""
        for job in self.queue.held_jobs:
            folder = job.path.parent if job.path else self._folder
            problem = job.state.problem if isinstance(job.state, Waiting) else None
            try:
                usage = await asyncio.to_thread(shutil.disk_usage, folder)
            except OSError:  # such as a stick that was pulled out: there is no room
                continue
            if usage.free >= ((problem and problem.needed) or 0):
                self.queue.release(job.key)

    async def _discard_leftovers(self, saver: KeySaver) -> None:
        """Take what was cancelled off the disk, once it is no longer being written."""
        for key in self._leftovers.keys() - self._running.keys():
            path = self._leftovers.pop(key)
            try:
                await saver.discard(key, path)
            except OSError as error:
                _log.warning("what was received of %s stays: %s", path, error)

    def _on_change(self, job: Job) -> None:
        task = self._running.get(job.key)
        is_stopped = job.state is None or isinstance(job.state, Paused)
        if task and is_stopped and not task.cancelling():
            task.cancel()
        if job.state is None and job.path:
            self._leftovers[job.key] = job.path
        from ._records import record_of

        record = record_of(job)
        if self._written.get(job.key) != record:
            if not job.is_unfinished:
                self._ended[job.key] = record
            self._remember()
        self._changed.set()
        self._report(job)

    def _remember(self) -> None:
        """Write the queue soon; what changes meanwhile is written with it."""
        self._is_remembered = False
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write what differs from the ledger; the rest may be another instance's by now."""
        from ._records import record_of

        while not self._is_remembered:
            self._is_remembered, ended, self._ended = True, self._ended, {}
            records = {job.key: record_of(job) for job in self.queue.unfinished} | ended
            changed = [r for key, r in records.items() if self._written.get(key) != r]
            try:
                await asyncio.to_thread(self._ledger.write, changed)
            except DatabaseUnusable as error:
                self._is_remembered, self._ended = False, ended | self._ended
                self._go_on_without(error)
                return
            self._written |= {record.key: record for record in changed}
            self.problem = ""

    def _go_on_without(self, error: DatabaseUnusable) -> None:
        self.problem = str(error)
        _log.warning("the queue of downloads is not remembered: %s", error)
