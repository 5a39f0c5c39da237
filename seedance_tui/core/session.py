"""What the program does, without a screen: the parts wired to one another."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..api.errors import ApiError, KeyMissing
from ..api.links import Link
from .config import Config
from .downloads import Downloads
from .entry import Entry, FileState, Saving
from .history import History, HistoryUnusable, Seen
from .naming import find_saved
from .outcomes import Fetched, Outcome, Problem
from .pace import Pace, patience
from .poller import Poller
from .recorder import Recorder
from .usual import RunTimes
from .watched_list import WatchedList
from .watchlist import Loaded, WatchList

if TYPE_CHECKING:
    from ..api.client import Client

_log = logging.getLogger(__name__)
_TOLERATED_SKEW = 60.0
"""Seconds by which two good clocks, and the way between them, may differ."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome, and the entry before and after it; None where it is no longer watched."""

    outcome: Outcome
    before: Entry | None
    after: Entry | None

    @property
    def has_ended(self) -> bool:
        """Whether a task that was seen open is now seen at its end."""
        before, after = self.before, self.after
        return bool(before and before.task and before.is_open and after and not after.is_open)


class Session(WatchedList):
    """The watch list on the disk and in memory, the questions, and the files.

    `connect` builds the client; it is called in a thread, since httpx and its certificates cost
    a third of a bare start. `report` gets every outcome, after the store has it. `clock` tells
    Unix seconds.
    """

    def __init__(
        self,
        config: Config,
        connect: Callable[[Config], Client],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(WatchList(config.watchlist), clock)
        self.config = config
        self.report: Callable[[Recorded], None] = lambda recorded: None
        self.poller = Poller(
            Pace(config.interval), self._record, patience=self._patience, now=self.now
        )
        self.downloads = Downloads(config.download_dir, clock=clock)
        self.history = History(config.history)
        self.recorder = Recorder(self.history)
        self.run_times = RunTimes()
        self.client: Client | None = None
        self._connect = connect

    def now(self) -> float:
        """Return the time in Unix seconds on the gateway's clock, which dates all answers."""
        skew = self.client.clock_skew if self.client else 0.0
        return self.clock() + (skew if abs(skew) > _TOLERATED_SKEW else 0.0)

    async def load(self) -> Loaded:
        """Read the watch list and find what is saved already; may raise OSError."""
        await self._recall()
        loaded = await self.read()
        await self.look_for_files()
        return loaded

    async def _recall(self) -> None:
        """Fill in what earlier runs saw, and learn from it how long tasks take."""
        try:
            await asyncio.to_thread(self.history.forget_dead_links, self.clock())
            answers = await asyncio.to_thread(self.history.latest)
        except HistoryUnusable as error:
            self.recorder.problem = str(error)
            _log.warning("no history: %s", error)
            return
        self.store.recall(answers)
        for answer in answers:
            self.run_times.learn(answer.task)

    async def look_for_files(self) -> None:
        """Find out which files are on the disk, and which are no longer."""
        ids = [entry.id for entry in self.store.entries]
        self.store.set_saved(await asyncio.to_thread(find_saved, self.downloads.folder, ids))

    async def timeline(self, task_id: str) -> tuple[Seen, ...]:
        """Return what was seen of a task, in this run and before; nothing without a history."""
        await self.recorder.close()
        try:
            return await asyncio.to_thread(self.history.timeline, task_id)
        except HistoryUnusable:
            return ()

    async def connect(self) -> bool:
        """Build the client; what keeps it from being built becomes the store's trouble."""
        try:
            if self.config.key is None:
                raise KeyMissing
            self.client = await asyncio.to_thread(self._connect, self.config)
        except ApiError as error:
            self.store.trouble = Problem.of(error, self.clock())
        return self.client is not None

    async def poll(self) -> None:
        """Ask what is due until cancelled; needs `connect`."""
        assert self.client is not None, "connect comes first"  # noqa: S101
        await self.poller.run(self.client)

    async def close(self) -> None:
        """Close the connections, and wait until list and history are written; may raise OSError."""
        try:
            await self.written()
        finally:
            await self.recorder.close()
            if self.client:
                await self.client.aclose()

    async def save(self, entry: Entry, link: Link) -> AsyncGenerator[FileState]:
        """Save one file, keeping the store informed; yields what the store got."""
        assert self.client is not None, "connect comes first"  # noqa: S101
        state: FileState | None = None
        try:
            async with aclosing(self.downloads.save(self.client, entry, link)) as states:
                async for state in states:
                    self.store.set_file(entry.id, link.kind, state)
                    yield state
        finally:
            if isinstance(state, Saving):
                self.store.set_file(entry.id, link.kind, None)

    def _plan(self) -> None:
        self.poller.watch(entry.id for entry in self.store.entries if entry.is_open)

    def _record(self, outcome: Outcome) -> None:
        before, after = self.store.record(outcome) or (None, None)
        if before and isinstance(outcome, Fetched):
            self._remember(before, outcome)
        if before and after and after.is_open and not before.is_open:
            self._plan()
        self.report(Recorded(outcome, before, after))

    def _remember(self, before: Entry, fetched: Fetched) -> None:
        """Keep an answer that says something new."""
        if before.task is None or before.task.raw != fetched.task.raw:
            self.recorder.add(fetched.id, fetched.task, fetched.at)
        if before.is_open:
            self.run_times.learn(fetched.task)

    def _patience(self, outcome: Outcome) -> float:
        if not isinstance(outcome, Fetched):
            return 1.0
        return patience(outcome.task, outcome.at, self.run_times.usual(outcome.task))
