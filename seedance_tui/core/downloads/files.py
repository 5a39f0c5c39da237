"""The files of the tasks: which are wanted, which are on the disk, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.links import Kind, extension
from ..config import Config
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved
from ..model.outcomes import Fetched
from ..model.store import Store, with_saved
from ..model.watched import Watched
from ..settings.auto_save import AutoSave
from ._auto_save import wanted
from ._runner import Runner
from ._saved_files import SavedFiles
from ._saver import OnProgress, Places, Saver
from .ledger import Key, Ledger
from .queue import Job

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.retries import Retries


class Files:
    """What the queue, auto-save and the store say of the files, kept in step.

    `client` is asked for when a file is saved; `now` tells Unix seconds by the server's clock.
    `report` gets every job that changed, once the store has it.
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
    ) -> None:
        self.guard = config.guard
        self.saved_in_this_run: set[Path] = set()
        places = Places(config.download_dir, config.name, config.sidecar)
        self._saver = Saver(places, now=now, learn=learn, retries=retries)
        ledger = Ledger(config.queue)
        self.runner = Runner(
            places.folder, ledger, at_once=config.downloads_at_once, report=self._take_in
        )
        self.queue = self.runner.queue
        self.is_loaded = False
        self._saved_files = SavedFiles(places.folder)
        self._is_looking = False
        self._on_their_way: dict[Key, Path] = {}
        self._store = store
        self._report = report
        self._client = client
        self._now = now

    @property
    def folder(self) -> Path:
        """Where files go."""
        return self._saver.places.folder

    def preview(self, entry: Entry, kind: Kind) -> str:
        """Return the name that a file will have, as far as it is known before it is asked for."""
        link = entry.link(kind)
        ending = extension(link.url, kind) if link else None
        return self._saver.places.of(entry, kind, ending or kind.spec.ending).name

    async def load(self) -> None:
        """Take up what an earlier run left unfinished, and find what is on the disk."""
        await self.runner.load()
        await self.look()
        self.is_loaded = True

    async def look(self) -> None:
        """Find out which files are on the disk, and which are no longer, if nobody is at it."""
        if self._is_looking:
            return
        self._is_looking, looked_for = True, self._store.entries
        try:
            ids = tuple(entry.id for entry in looked_for)
            saved = await asyncio.to_thread(self._saved_files.find, ids, self.queue.saved)
        finally:
            self._is_looking = False
        self._store.set_saved(saved, looked_for)

    async def with_saved(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return the entries, which need not be watched, with their files on the disk."""
        ids = tuple(entry.id for entry in entries)
        saved = await asyncio.to_thread(SavedFiles(self.folder).find, ids, self.queue.saved)
        return tuple(with_saved(entry, saved) for entry in entries)

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
        """Queue what auto-save wants; return how many files that were.

        Of all tasks, or of these alone.
        Nothing before `load`: what was saved or declined is not known until then.
        """
        if not self.is_loaded:
            return 0
        watched = self._store.entries if entries is None else entries
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

    async def save(self, key: Key, path: Path, on_progress: OnProgress) -> Saved | NotSaved:
        """Save a file, and return how that ended; raises only when cancelled."""
        task_id, kind = key
        entry = self._entry(task_id)
        self._on_their_way[key] = path
        try:
            return await self._saver.save(self._client(), entry, kind, path, on_progress)
        finally:
            self._on_their_way.pop(key, None)

    async def save_at_once(self, key: Key, on_progress: OnProgress) -> Saved | NotSaved:
        """Save a file past the queue, which remembers where it went."""
        state = await self.save(key, await self.place(key), on_progress)
        if isinstance(state, Saved):
            self.queue.mark_saved(key, state.path)
        return state

    def _entry(self, task_id: str) -> Entry:
        """Return what is known; a task of an earlier run's queue may be no longer watched."""
        moment = datetime.fromtimestamp(int(self._now()), UTC)
        return self._store.known(task_id) or Entry(Watched(task_id, moment))

    def _take_in(self, job: Job) -> None:
        if isinstance(job.state, Saved):
            self.saved_in_this_run.add(job.state.path)
        self._store.set_file(*job.key, job.state)
        self._report(job)
