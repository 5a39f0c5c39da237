"""What the program does, without a screen: the parts wired to one another."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from ..api.errors import ApiError, KeyMissing
from ..api.links import Kind
from .config import Config
from .downloads.deadlines import Alarm, Crossing
from .downloads.files import Files
from .downloads.queue import Job
from .history.history import History, Seen
from .history.recorder import Recorder
from .history.unseen import Attention
from .hooks.pending import PendingHooks
from .hooks.runner import Hooks
from .model.entry import Entry
from .model.outcomes import Fetched, Outcome, Problem
from .model.store import Recorded, Store
from .polling.gateway_clock import GatewayClock
from .polling.poller import Poller
from .polling.run_times import RunTimes
from .polling.schedule import Pace, patience
from .settings.auto_save import AutoSave
from .settings.choices import Choices
from .settings.errors import KeyUnusable
from .storage.sqlite import DatabaseUnusable
from .watchlist.editor import WatchListEditor
from .watchlist.file import Loaded, WatchListFile

if TYPE_CHECKING:
    from ..api.client import Client
    from ..api.transfer.retries import Retries

_log = logging.getLogger(__name__)


class Session:
    """The watch list on the disk and in memory, the questions, and the files.

    `connect` builds the client; it is called in a thread, since httpx and its certificates cost
    a third of a bare start. `clock` tells Unix seconds, hooks inherit `environ`, `retries` is how
    often a cut download is tried again.
    """

    client: Client | None = None

    def __init__(
        self,
        config: Config,
        connect: Callable[[Config], Client],
        *,
        clock: Callable[[], float] = time.time,
        environ: Mapping[str, str] = os.environ,
        retries: Retries | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self.gateway_clock = GatewayClock(clock, self._heard_skew)
        self.now = self.gateway_clock.now
        self.store = Store()
        self.editor = WatchListEditor(
            self.store, WatchListFile(config.watchlist), clock, self._plan, self.recall
        )
        self._answer_listeners: list[Callable[[Recorded], object]] = []
        self._file_listeners: list[Callable[[Job], object]] = []
        self.poller = Poller(
            Pace(config.interval), self._record, patience=self._patience, now=self.now
        )
        self.files = Files(
            config,
            self.store,
            self._connected,
            now=self.now,
            learn=self._record,
            report=self._file_changed,
            retries=retries,
        )
        self.hooks = Hooks(config.hooks, environ)
        self.pending_hooks = PendingHooks(self.hooks, self.store.known)
        self.alarm = Alarm()
        self.attention = Attention()
        self.choices = Choices.beside(config.watchlist)
        self.history = History(config.history)
        self.recorder = Recorder(self.history)
        self.run_times = RunTimes()
        self._connect = connect

    async def load(self) -> Loaded:
        """Read the watch list and find what is saved already; may raise OSError."""
        await self._look_back()
        try:
            return await self.editor.read()
        finally:
            await self.files.load()

    async def recall_choices(self) -> None:
        """Choose again what was chosen in an earlier run; config.toml has the first word."""
        await self.choices.recall()
        if self.choices.auto_save and self.config.guard.auto_save is None:
            self.files.auto_save(AutoSave(self.choices.auto_save))

    async def recall(self, ids: Iterable[str]) -> None:
        """Fill in what earlier runs heard of these tasks: of no others, however many there are."""
        if answers := await self.recorder.recall(ids):
            self.store.recall(answers)

    async def _look_back(self) -> None:
        """Learn from earlier runs what the clock is, how long tasks take, and what is unseen."""
        try:
            self.gateway_clock.remembered = await asyncio.to_thread(self.history.clock_skew)
            # Dead by both clocks: one that is wrong must cost no living link.
            dead_at = min(self.clock(), self.now())
            await asyncio.to_thread(self.history.forget_dead_links, dead_at)
            answers = await asyncio.to_thread(self.history.recent)
            self.attention.restore(await asyncio.to_thread(self.history.unseen))
        except DatabaseUnusable as error:
            self.recorder.problem = str(error)
            _log.warning("no history: %s", error)
            return
        for task in {answer.id: answer.task for answer in answers}.values():
            self.run_times.learn(task)

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

    async def look_after_files(self) -> list[Crossing]:
        """Look which files are there and save what is due.

        Returns the unsaved results that have come closer to their deadlines, soonest first.
        """
        await self.files.look()
        self.files.enqueue_due()
        crossings = self.alarm.check(self.store.entries, self.now())
        return [crossing for crossing in crossings if not crossing.entry.is_being_saved]

    def listen(
        self,
        *,
        answers: Callable[[Recorded], object] | None = None,
        files: Callable[[Job], object] | None = None,
    ) -> None:
        """Have every outcome told from here on, and every file of the queue that changed.

        Both are told in the event loop, once the store has them.
        """
        if answers:
            self._answer_listeners.append(answers)
        if files:
            self._file_listeners.append(files)

    async def poll(self) -> None:
        """Ask what is due until cancelled; needs `connect`."""
        await self.poller.run(self._connected())

    async def close(self) -> None:
        """Close the connections, and wait until list and history are written; may raise OSError."""
        try:
            await self.editor.written()
        finally:
            self._note_clock()
            await self.recorder.close()
            await self.recorder.note_unseen(self.attention.news)
            await self.files.runner.close()
            if self.client:
                await self.client.aclose()

    def _connected(self) -> Client:
        assert self.client is not None, "connect comes first"  # noqa: S101
        return self.client

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
        recorded = Recorded(outcome, before, after)
        if after and recorded.has_ended:
            self.pending_hooks.task_ended(after.id)
        for listener in self._answer_listeners:
            listener(recorded)

    def _file_changed(self, job: Job) -> None:
        """Run the hook that has waited for a result, be it saved or not."""
        task_id, kind = job.key
        if kind is Kind.RESULT and not job.is_unfinished:
            self.pending_hooks.result_settled(task_id)
        for listener in self._file_listeners:
            listener(job)

    def _remember(self, before: Entry, fetched: Fetched) -> None:
        """Keep an answer that says something new."""
        if before.task is None or before.task.raw != fetched.task.raw:
            self.recorder.add(fetched.id, fetched.task, fetched.at)
        if before.is_open:
            self.run_times.learn(fetched.task)

    def _heard_skew(self) -> float | None:
        return self.client.clock_skew if self.client else None

    def _note_clock(self) -> None:
        """Remember how far apart the clocks are, for runs that show times and ask nobody."""
        if (skew := self.gateway_clock.learn()) is not None:
            self.recorder.note_clock_skew(skew)

    def _patience(self, outcome: Outcome) -> float:
        if not isinstance(outcome, Fetched):
            return 1.0
        return patience(outcome.task, outcome.at, self.run_times.usual(outcome.task))
