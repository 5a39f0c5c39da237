"""The files of the tasks: which are wanted, which are on the disk, and where."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.links import Kind, extension
from ..config import Config
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved, Saving
from ..model.outcomes import Fetched
from ..model.store import Store, with_saved
from ..model.watched import Watched
from ..settings.auto_save import AutoSave
from ..storage.sqlite import DatabaseUnusable
from ._runner import Runner
from ._saved_files import SavedFiles
from ._saver import OnProgress, Places, Saver
from .ledger import Decision, Key, Ledger
from .queue import Job

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.retries import Retries


class Files:
    """What the queue, auto-save and the store say of the files, kept in step.

    `client` is asked for when a file is saved; `now` tells Unix seconds by the server's clock,
    `monotonic` paces and never jumps. `report` gets every job that changed, once the store has it.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        client: Callable[[], Client],
        *,
        now: Callable[[], float],
        learn: Callable[[Fetched], None],
        report: Callable[[Job], None],
        retries: Retries | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.guard = config.guard
        self.saved_in_this_run: set[Path] = set()
        places = Places(config.download_dir, config.name, config.sidecar)
        self._ledger = Ledger(config.queue)
        self._saver = Saver(
            places, now=now, learn=learn, is_of_another=self._is_of_another, retries=retries
        )
        self.runner = Runner(
            places.folder,
            self._ledger,
            at_once=config.downloads_at_once,
            report=self._take_in,
            clock=monotonic,
        )
        self.queue = self.runner.queue
        self.is_loaded = False
        self._saved_files = SavedFiles(places.folder, self._ledger.owners)
        self._is_looking = False
        self._places = asyncio.Semaphore(config.downloads_at_once)
        self._on_their_way: dict[Key, Path] = {}
        self._store = store
        self._report = report
        self._client = client
        self._now = now
        self._monotonic = monotonic

    @property
    def folder(self) -> Path:
        """Where files go."""
        return self._saver.places.folder

    def preview(self, entry: Entry, kind: Kind) -> str:
        """Return the name that a file will have, as far as it is known before it is asked for."""
        link = entry.link(kind)
        ending = extension(link.url, kind) if link else None
        return self._saver.places.of(entry, kind, ending or kind.spec.ending).name

    async def load(self, only: Sequence[str] = ()) -> None:
        """Take up what was left unfinished, of all or `only` these; find what is on the disk."""
        await self.runner.load(only)
        await self.look()
        self.is_loaded = True

    async def look(self) -> None:
        """Find out which files are on the disk, and which are no longer, if nobody is at it."""
        if self._is_looking:
            return
        self._is_looking, looked_for = True, self._store.entries
        try:
            ids = tuple(entry.id for entry in looked_for)
            find = self._saved_files.find
            found = await asyncio.to_thread(find, ids, self.queue.recorded)
        finally:
            self._is_looking = False
        self.queue.forget(found.spoiled)
        self._store.set_saved(found.saved, looked_for)
        self._show_failures()

    def _show_failures(self) -> None:
        """Say of tasks that came onto the list since what an earlier run could not save."""
        for job in self.queue.jobs:
            entry = self._store.get(job.key[0])
            if isinstance(job.state, NotSaved) and entry and entry.file(job.key[1]) is None:
                self._store.set_file(*job.key, job.state)

    async def with_saved(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return the entries, which need not be watched, with their files on the disk."""
        ids = tuple(entry.id for entry in entries)
        find = SavedFiles(self.folder, self._ledger.owners).find
        found = await asyncio.to_thread(find, ids, self.queue.recorded)
        kinds = {kind for _task_id, kind in found.saved}
        return tuple(with_saved(entry, found.saved, kinds) for entry in entries)

    async def run(self) -> None:
        """Save what the queue says until cancelled."""
        await self.runner.run(self)

    @property
    def auto_saves(self) -> AutoSave:
        """What is saved unasked."""
        kinds = self.guard.auto_save or ()
        return AutoSave.of(kinds)

    def auto_save(self, choice: AutoSave) -> None:
        """Save that unasked from here on."""
        self.guard = replace(self.guard, auto_save=choice.kinds)

    def enqueue_due(self, entries: Iterable[Entry] | None = None) -> int:
        """Queue what auto-save wants, of all tasks or of these; return how many files that were.

        Nothing before `load`: what was saved or declined is not known until then.
        """
        if not self.is_loaded:
            return 0
        watched = self._store.entries if entries is None else entries
        from ._auto_save import wanted

        due = wanted(watched, self.guard, self._now())
        return self.queue.add(key for key in due if self.queue.is_undecided(key))

    async def place(self, key: Key) -> Path:
        """Decide where the file goes."""
        task_id, kind = key
        entry = self._entry(task_id)
        path = await self._saver.place(self._client(), entry, kind)
        others = (path for other, path in self._on_their_way.items() if other != key)
        is_taken = path in self.queue.paths_but_of(key).union(others)
        return self._saver.places.of(entry, kind, path.suffix, distinct=True) if is_taken else path

    async def save(
        self, key: Key, path: Path, on_progress: OnProgress, *, exactly: bool = False
    ) -> Saved | NotSaved:
        """Save a file, and return how that ended; raises only when cancelled.

        Saved `exactly` there it is given up where the name is another file's.
        """
        task_id, kind = key
        entry = self._entry(task_id)
        self._on_their_way[key] = path
        try:
            save = self._saver.save
            return await save(self._client(), entry, kind, path, on_progress, exactly=exactly)
        finally:
            self._on_their_way.pop(key, None)

    async def save_at_once(
        self, key: Key, on_progress: OnProgress, path: Path | None = None
    ) -> Saved | NotSaved:
        """Save a file past the queue, which remembers where it went: to its place, or `path`.

        As many at once as the queue would; one that comes too slowly holds no place.
        """
        from . import _speed

        await self._places.acquire()
        with ExitStack() as place:
            place.callback(self._places.release)
            speed, latest = _speed.Speed(self._monotonic), Saving()

            def free_if_slow() -> None:
                if speed.is_slow(latest.total, self.left(key)):
                    place.close()

            def show(saving: Saving) -> None:
                nonlocal latest
                latest = replace(saving, speed=speed.after(saving.received))
                on_progress(latest)
                free_if_slow()

            loop = asyncio.get_running_loop()  # a store may drip for long before there is a report
            place.callback(loop.call_later(_speed.TRIAL + 0.1, free_if_slow).cancel)
            target = path or await self.place(key)
            state = await self.save(key, target, show, exactly=path is not None)
        if isinstance(state, Saved):
            self.queue.mark_saved(key, state)
        else:
            self.queue.mark_failed(key, state)
        return state

    async def look_again(self, key: Key) -> None:
        """Find out whether another instance has saved a file meanwhile."""
        try:
            records = await asyncio.to_thread(self._ledger.records)
        except DatabaseUnusable:
            records = ()
        saved = (one for one in records if one.decision is Decision.SAVED and one.key == key)
        self.queue.restore(saved)
        await self.look()

    async def discard(self, key: Key, path: Path) -> None:
        """Remove what was received of a file, under whatever name; may raise OSError."""
        task_id, kind = key
        await self._saver.discard(self._entry(task_id), kind, path)

    def left(self, key: Key) -> float | None:
        """Return the seconds until the link of a file expires, None where nothing tells."""
        task_id, kind = key
        link = self._entry(task_id).link(kind)
        return link.left(self._now()) if link else None

    def _is_of_another(self, path: Path, key: Key) -> bool:
        """Whether another task's file was saved as `path`, by any instance; blocks."""
        from ._owners import is_of_another

        return is_of_another(self._ledger, path, key)

    def _entry(self, task_id: str) -> Entry:
        """Return what is known; a task of an earlier run's queue may be no longer watched."""
        moment = datetime.fromtimestamp(int(self._now()), UTC)
        return self._store.known(task_id) or Entry(Watched(task_id, moment))

    def _take_in(self, job: Job) -> None:
        if isinstance(job.state, Saved):
            self.saved_in_this_run.add(job.state.path)
        self._store.set_file(*job.key, job.state)
        if self.is_loaded or not isinstance(job.state, NotSaved):  # an old failure is no news
            self._report(job)
