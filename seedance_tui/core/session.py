"""What the program does, without a screen: the parts wired to one another."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..api.errors import ApiError, KeyMissing
from ..api.links import Kind
from .config import Config
from .downloads.deadlines import Alarm, Crossing
from .downloads.files import Files
from .downloads.losses import Loss, Losses
from .downloads.queue import Job
from .history.history import History
from .history.recorder import Recorder
from .history.unseen import UnseenTasks
from .hooks.pending import PendingHooks
from .hooks.runner import Hooks
from .model.entry import Entry
from .model.judgement import answer_apart
from .model.outcomes import Fetched, Outcome, Problem
from .model.run_times import RunTimes
from .model.store import Recorded, Store
from .polling.gateway_clock import GatewayClock
from .polling.poller import Poller
from .polling.schedule import Schedule
from .settings.choices import Choices
from .settings.errors import KeyUnusable
from .watchlist.editor import WatchListEditor
from .watchlist.file import Loaded, WatchListFile

if TYPE_CHECKING:
    from ..api.client import Client
    from ..api.transfer.retries import Retries
    from .watchlist.archived import ArchivedTasks


class Session:
    """The watch list on the disk and in memory, the requests, and the files.

    `connect` builds the client, slowly: it is called in a thread. `clock` tells Unix seconds,
    `monotonic` never jumps, hooks inherit `environ`, `retries` is for a cut download.
    """

    client: Client | None = None

    def __init__(
        self,
        config: Config,
        connect: Callable[[Config], Client],
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        environ: Mapping[str, str] = os.environ,
        retries: Retries | None = None,
    ) -> None:
        self.config, self.clock, self.build_client = config, clock, connect
        self.gateway_clock = GatewayClock(
            clock, lambda: self.client.clock_skew if self.client else None
        )
        self.now = self.gateway_clock.now
        self.run_times = RunTimes()
        self.store = Store(self.run_times)
        self.editor = WatchListEditor(
            self.store, WatchListFile(config.watchlist), clock, self._plan, self.recall
        )
        self._answer_listeners: list[Callable[[Recorded], object]] = []
        self._file_listeners: list[Callable[[Job], object]] = []
        self.poller = self._new_poller(monotonic)
        self.files = Files(
            config,
            self.store,
            self._connected,
            now=self.now,
            learn=self.record,
            report=self._file_changed,
            retries=retries,
            monotonic=monotonic,
        )
        self.hooks = Hooks(config.hooks, environ)
        self.pending_hooks = PendingHooks(self.hooks, self.store.known)
        self.alarm, self.losses, self.unseen_tasks = Alarm(), Losses(), UnseenTasks()
        self.choices = Choices.beside(config.watchlist)
        self.history = History(config.history)
        self.recorder = Recorder(self.history, is_sure=lambda: self.gateway_clock.is_confirmed)
        self._clients: list[Client] = []

    def _new_poller(self, monotonic: Callable[[], float]) -> Poller:
        def intervals(outcome: Outcome) -> float:
            from .polling.interval_factor import intervals_after

            return intervals_after(outcome, self.store.get(outcome.id), self.run_times)

        return Poller(
            Schedule(self.config.interval),
            self.record,
            interval_factor=intervals,
            goes_on=lambda outcome: self.store.is_asked(outcome.id),
            exhausted_for=lambda: self.client.exhausted_for if self.client else None,
            clock=monotonic,
            now=self.now,
        )

    async def load(self, only: Sequence[str] = ()) -> Loaded:
        """Read the watch list, or `only` these of it, and find what is saved; may raise OSError."""
        await self._look_back(is_brief=bool(only))
        try:
            return await self.editor.read(only)
        finally:
            await self.files.load(only)

    async def recall_choices(self) -> None:
        """Choose again what was chosen in an earlier run; config.toml has the first word."""
        await self.choices.recall()
        if self.choices.auto_save and self.config.guard.auto_save is None:
            self.files.auto_save(self.choices.auto_save)

    async def recall(self, ids: Iterable[str]) -> None:
        """Fill in what earlier runs heard of these tasks: of no others, however many there are."""
        if answers := await self.recorder.recall(ids):
            self.store.recall(answers)

    async def _look_back(self, *, is_brief: bool) -> None:
        """Learn from earlier runs: the clock, run times, what is unseen, and what told as lost."""
        past = await self.recorder.look_back(self.clock(), is_brief=is_brief)
        self.gateway_clock.remembered = past.clock_skew
        self.unseen_tasks.restore(past.unseen)
        self.losses.restore(past.lost)
        self.run_times.learn_each({one.id: one.task for one in past.responses}.values())

    async def archived(self) -> ArchivedTasks:
        """Read what was removed, which costs nothing until then; may raise OSError."""
        from .watchlist.archived import archived_tasks

        return await archived_tasks(
            self.editor, self.store.known, self.recorder.latest, self.files.with_saved
        )

    async def connect(self, config: Config | None = None) -> bool:
        """Build the client, or another one with a new key; what prevents it becomes the trouble."""
        self.config = config or self.config
        try:
            self.client, self.store.trouble = await asyncio.to_thread(self._built), None
            self._clients.append(self.client)
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
        return self.build_client(config)

    async def look_after_files(self) -> list[Crossing]:
        """Save what is due; return the unsaved results that come close to their deadlines."""
        await self.files.look()
        self.files.enqueue_due()
        return self.alarm.check(self.store.entries, self.now())

    def listen(
        self,
        *,
        answers: Callable[[Recorded], object] | None = None,
        files: Callable[[Job], object] | None = None,
    ) -> None:
        """Have every outcome told, and every file that changed, once the store has it."""
        if answers:
            self._answer_listeners.append(answers)
        if files:
            self._file_listeners.append(files)

    def new_losses(self) -> list[Loss]:
        """Return the unsaved videos that were lost since the last call, the first one first."""
        return self.losses.check(self.store.entries, self.now())

    def accept_answer(self, entry: Entry) -> None:
        """Take the response kept apart for the task's own: the user says that it is."""
        if other := answer_apart(entry):
            self._connected().accept(entry.id, other.name)
            self.record(Fetched(entry.id, other, self.now()))

    async def poll(self) -> None:
        """Ask what is due until cancelled, once for all instances; needs `connect`."""
        from .polling.shared_questions import poll_shared

        await poll_shared(self.poller, self._connected(), self.config, self.hooks)

    async def close(self) -> None:
        """Close the connections, and wait until list and history are written; may raise OSError."""
        try:
            await self.editor.written()
        finally:
            self._note_clock()
            await self.recorder.finish(self.unseen_tasks.news, self.losses.news, self.now())
            await self.files.runner.close()
            for client in self._clients:
                await client.aclose()

    def _connected(self) -> Client:
        assert self.client is not None, "connect comes first"  # noqa: S101
        return self.client

    def _plan(self) -> None:
        self.poller.watch(entry.id for entry in self.store.entries if entry.is_asked)

    def record(self, outcome: Outcome, *, auto_save: bool = True) -> None:
        """Take in what came of asking about a task: into the store, the history and the queue."""
        self._note_clock()
        before, after = self.store.record(outcome) or (None, None)
        if before and after and after.is_asked and not before.is_asked:
            self._plan()
        if before and after and isinstance(outcome, Fetched):
            self.recorder.note(before.task, outcome)
            self.files.enqueue_due([after] if auto_save else ())
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

    def _note_clock(self) -> None:
        """Remember how far apart the clocks are, for runs that show times and ask nobody."""
        if (skew := self.gateway_clock.learn()) is not None:
            self.recorder.note_clock_skew(skew)
