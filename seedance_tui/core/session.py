"""What the program does, without a screen: the parts wired to one another."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..api.errors import ApiError, KeyMissing
from .config import Config
from .downloads.files import Files
from .history.history import History, Seen
from .history.recorder import Recorder
from .history.unseen import Attention
from .model.entry import Entry
from .model.outcomes import Fetched, Outcome, Problem
from .polling.poller import Poller
from .polling.run_times import RunTimes
from .polling.schedule import Pace, patience
from .settings.choices import Choices
from .settings.errors import KeyUnusable
from .storage.sqlite import DatabaseUnusable
from .watchlist.editor import WatchedList
from .watchlist.file import Loaded, WatchList

if TYPE_CHECKING:
    from ..api.client import Client
    from ..api.transfer.retries import Retries

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
    Unix seconds, `retries` how often a cut download is tried again.
    """

    def __init__(
        self,
        config: Config,
        connect: Callable[[Config], Client],
        *,
        clock: Callable[[], float] = time.time,
        retries: Retries | None = None,
    ) -> None:
        super().__init__(WatchList(config.watchlist), clock)
        self.config = config
        self.report: Callable[[Recorded], None] = lambda recorded: None
        self.poller = Poller(
            Pace(config.interval), self._record, patience=self._patience, now=self.now
        )
        self.files = Files(
            config,
            self.store,
            self._connected,
            now=self.now,
            learn=self._record,
            retries=retries,
        )
        self.attention = Attention()
        self.choices = Choices.beside(config.watchlist)
        self._one_chooser = asyncio.Lock()
        self.history = History(config.history)
        self.recorder = Recorder(self.history)
        self.run_times = RunTimes()
        self.client: Client | None = None
        self._connect = connect
        self._remembered_skew = 0.0

    def now(self) -> float:
        """Return the time in Unix seconds on the gateway's clock, which dates all answers."""
        heard = self._heard_skew
        skew = self._remembered_skew if heard is None else heard
        return self.clock() + (skew if abs(skew) > _TOLERATED_SKEW else 0.0)

    @property
    def clock_witness(self) -> str | None:
        """A task to ask about for the time alone: our clock was wrong once and may be set since.

        None where it was right, and where an answer has come or is to come anyway.
        """
        is_certain = self._heard_skew is not None or abs(self._remembered_skew) <= _TOLERATED_SKEW
        entries = self.store.entries
        if is_certain or any(entry.is_open for entry in entries):
            return None
        return next((entry.id for entry in entries if entry.link()), None)

    async def load(self) -> Loaded:
        """Read the watch list and find what is saved already; may raise OSError."""
        await self._recall()
        try:
            return await self.read()
        finally:
            await self.files.load()

    async def choose(self, **changes: str | bool | int) -> None:
        """Keep what was chosen on the screen for the next time; a disk that refuses is logged."""
        self.choices.take(**changes)
        async with self._one_chooser:
            try:
                await asyncio.to_thread(self.choices.write, **changes)
            except OSError as error:
                _log.warning("the choices cannot be written: %s", error)

    async def recall_choices(self) -> None:
        """Choose again what was chosen in an earlier run; config.toml has the first word."""
        try:
            await asyncio.to_thread(self.choices.load)
        except OSError as error:
            _log.warning("the choices cannot be read: %s", error)
        if self.choices.auto_save and self.config.guard.auto_save is None:
            self.files.auto_save(self.choices.auto_save)

    async def _recall(self) -> None:
        """Fill in what earlier runs saw, and learn from it how long tasks take."""
        try:
            self._remembered_skew = await asyncio.to_thread(self.history.clock_skew)
            # Dead by both clocks: one that is wrong must cost no living link.
            dead_at = min(self.clock(), self.now())
            await asyncio.to_thread(self.history.forget_dead_links, dead_at)
            answers = await asyncio.to_thread(self.history.latest)
            self.attention.restore(await asyncio.to_thread(self.history.unseen))
        except DatabaseUnusable as error:
            self.recorder.problem = str(error)
            _log.warning("no history: %s", error)
            return
        self.store.recall(answers)
        for answer in answers:
            self.run_times.learn(answer.task)

    async def timeline(self, task_id: str) -> tuple[Seen, ...]:
        """Return what was seen of a task, in this run and before; nothing without a history."""
        await self.recorder.close()
        try:
            return await asyncio.to_thread(self.history.timeline, task_id)
        except DatabaseUnusable:
            return ()

    async def connect(self) -> bool:
        """Build the client; what keeps it from being built becomes the store's trouble."""
        try:
            self.client = await asyncio.to_thread(self._built)
        except ApiError as error:
            self.store.trouble = Problem.of(error, self.clock())
        finally:
            if self.config.key_command:
                self.config.key_command.stop()
        return self.client is not None

    def _built(self) -> Client:
        """Find the key and build the client; a command for the key may take its time."""
        try:
            config = self.config.with_key(alone=True)
        except KeyUnusable as error:
            raise KeyMissing(str(error)) from error
        if config.key is None:
            raise KeyMissing
        return self._connect(config)

    async def poll(self) -> None:
        """Ask what is due until cancelled; needs `connect`."""
        await self.poller.run(self._connected())

    async def close(self) -> None:
        """Close the connections, and wait until list and history are written; may raise OSError."""
        try:
            await self.written()
        finally:
            self._note_clock()
            await self.recorder.close()
            await self._keep_unseen()
            await self.files.runner.close()
            if self.client:
                await self.client.aclose()

    def _connected(self) -> Client:
        assert self.client is not None, "connect comes first"  # noqa: S101
        return self.client

    async def _keep_unseen(self) -> None:
        if not self.attention.news:
            return
        try:
            await asyncio.to_thread(self.history.note_unseen, self.attention.news)
        except DatabaseUnusable as error:
            _log.warning("no history: %s", error)

    def _plan(self) -> None:
        self.poller.watch(entry.id for entry in self.store.entries if entry.is_open)

    def _record(self, outcome: Outcome) -> None:
        self._note_clock()
        before, after = self.store.record(outcome) or (None, None)
        if before and isinstance(outcome, Fetched):
            self._remember(before, outcome)
        if before and after and after.is_open and not before.is_open:
            self._plan()
        if after and isinstance(outcome, Fetched):
            self.files.enqueue_due([after])
        self.report(Recorded(outcome, before, after))

    def _remember(self, before: Entry, fetched: Fetched) -> None:
        """Keep an answer that says something new."""
        if before.task is None or before.task.raw != fetched.task.raw:
            self.recorder.add(fetched.id, fetched.task, fetched.at)
        if before.is_open:
            self.run_times.learn(fetched.task)

    @property
    def _heard_skew(self) -> float | None:
        return self.client.clock_skew if self.client else None

    def _note_clock(self) -> None:
        """Remember how far apart the clocks are, for runs that show times and ask nobody."""
        heard = self._heard_skew
        if heard is not None and abs(heard - self._remembered_skew) > _TOLERATED_SKEW:
            self._remembered_skew = heard
            self.recorder.note_clock_skew(heard)

    def _patience(self, outcome: Outcome) -> float:
        if not isinstance(outcome, Fetched):
            return 1.0
        return patience(outcome.task, outcome.at, self.run_times.usual(outcome.task))
