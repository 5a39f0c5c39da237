"""Save what the queue says, so many files at once, and remember it for the next run."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from ..model.file_states import NotSaved, Paused, Saved, Saving
from ..storage.sqlite import DatabaseUnusable
from .ledger import Key, Ledger, Record
from .queue import Job, Queue, record_of

_log = logging.getLogger(__name__)
_LOOK_FOR_SPACE = 10.0
"""Seconds between two looks at a full disk."""
_SPEED_SECONDS = 5.0
"""Over which the speed is taken: long enough to be calm, short enough to be true."""


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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.queue = Queue()
        self.queue.changed = self._on_change
        self.queue.reordered = self._remember
        self.report: Callable[[Job], None] = lambda job: None
        self.problem = ""
        """Why the queue is not remembered; empty while all is well."""
        self._folder = folder
        self._ledger = ledger
        self._at_once = at_once
        self._clock = clock
        self._running: dict[Key, asyncio.Task[None]] = {}
        self._leftovers: dict[Key, Path] = {}
        self._written: dict[Key, Record] = {}
        """What the ledger says, as far as this run has read or written it."""
        self._ended: dict[Key, Record] = {}
        self._is_remembered = True
        self._writing: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def load(self) -> None:
        """Take up what an earlier run left unfinished."""
        try:
            records = await asyncio.to_thread(self._ledger.records)
        except DatabaseUnusable as error:
            self._go_on_without(error)
        else:
            self._written = {record.key: record for record in records}
            self.queue.restore(records)

    async def run(self, saver: KeySaver) -> None:
        """Save what the queue says until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._discard_leftovers()
                free = self._at_once - len(self._running)
                for job in self.queue.take(self._clock(), free, self._running):
                    self._running[job.key] = group.create_task(self._save(saver, job))
                await self._until_something_changes()

    async def close(self) -> None:
        """Wait until all that was decided is written; what was refused before is tried again."""
        if self._writing is not None:
            await self._writing
        if not self._is_remembered:
            await self._write()

    async def _save(self, saver: KeySaver, job: Job) -> None:
        key, speed = job.key, Speed(self._clock)

        def show(state: Saving) -> None:
            state = replace(state, speed=speed.after(state.received))
            self.queue.update(key, state, self._clock())

        try:
            path = job.path or await saver.place(key)
            self.queue.set_path(key, path)
            self.queue.update(key, await saver.save(key, path, show), self._clock())
        finally:
            self._running.pop(key, None)
            self.queue.requeue(key)
            self._changed.set()

    async def _until_something_changes(self) -> None:
        """Wait for a change, for the next try, or for the disk to have room again."""
        due = self.queue.next_due(self._running)
        wait = None if due is None or self._is_full else max(0.0, due - self._clock())
        try:
            async with asyncio.timeout(_LOOK_FOR_SPACE if self.queue.held else wait):
                await self._changed.wait()
        except TimeoutError:
            await self._look_for_space()
            return
        self._changed.clear()

    @property
    def _is_full(self) -> bool:
        return len(self._running) >= self._at_once

    async def _look_for_space(self) -> None:
        held = self.queue.held
        if held is None:
            return
        try:
            usage = await asyncio.to_thread(shutil.disk_usage, self._folder)
        except OSError:  # such as a stick that was pulled out: there is no room
            return
        if usage.free >= (held.needed or 0):
            self.queue.held = None

    async def _discard_leftovers(self) -> None:
        """Take what was cancelled off the disk, once it is no longer being written."""
        from ...api.transfer.part_file import discard_part

        for key in self._leftovers.keys() - self._running.keys():
            path = self._leftovers.pop(key)
            try:
                await asyncio.to_thread(discard_part, path)
            except OSError as error:
                _log.warning("what was received of %s stays: %s", path, error)

    def _on_change(self, job: Job) -> None:
        task = self._running.get(job.key)
        is_stopped = job.state is None or isinstance(job.state, Paused)
        if task and is_stopped and not task.cancelling():
            task.cancel()
        if job.state is None and job.path:
            self._leftovers[job.key] = job.path
        record = record_of(job)
        if self._written.get(job.key) != record:
            if not job.is_unfinished:
                self._ended[job.key] = record
            self._remember()
        self._changed.set()
        self.report(job)

    def _remember(self) -> None:
        """Write the queue soon; what changes meanwhile is written with it."""
        self._is_remembered = False
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write what differs from the ledger; the rest may be another instance's by now."""
        while not self._is_remembered:
            self._is_remembered, ended, self._ended = True, self._ended, {}
            records = {record.key: record for record in self.queue.records()} | ended
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


class Speed:
    """Bytes per second over the last seconds; `clock` in seconds, and never set back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: deque[tuple[float, int]] = deque()

    def after(self, received: int) -> float | None:
        """Take in how many bytes are there; return the speed, None until it can be told."""
        now = self._clock()
        self._counts.append((now, received))
        while len(self._counts) > 2 and now - self._counts[1][0] >= _SPEED_SECONDS:
            self._counts.popleft()
        since, before = self._counts[0]
        return (received - before) / (now - since) if now > since else None
