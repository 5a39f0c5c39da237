"""The files of the tasks: which are wanted, which are on the disk, and where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..api.links import Kind, extension
from . import guard
from .config import Config
from .downloads import Downloads
from .entry import Entry
from .file_states import FileState, Saved
from .ledger import Key, Ledger
from .naming import find_saved
from .outcomes import Fetched
from .queue import Job
from .saving import ENDINGS, FileSaver, Places
from .store import Store
from .watched import Watched

if TYPE_CHECKING:
    from ..api.client import Client
    from ..api.retries import Retries


class Files:
    """What the queue, the guard and the store say of the files, kept at one.

    `client` is asked for when a file is saved; `now` tells Unix seconds by the server's clock.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        client: Callable[[], Client],
        *,
        now: Callable[[], float],
        learn: Callable[[Fetched], None],
        retries: Retries | None = None,
    ) -> None:
        self.guard = config.guard
        self.report: Callable[[Job], None] = lambda job: None
        self.saved_in_this_run: set[Path] = set()
        places = Places(config.download_dir, config.name, config.sidecar)
        self.saver = FileSaver(places, now=now, learn=learn, retries=retries)
        ledger = Ledger(config.history.with_suffix(".downloads.db"))
        self.downloads = Downloads(places.folder, ledger, at_once=config.downloads_at_once)
        self.downloads.report = self._take_in
        self.queue = self.downloads.queue
        self._store = store
        self._client = client
        self._now = now

    @property
    def folder(self) -> Path:
        """Where files go."""
        return self.saver.places.folder

    def preview(self, entry: Entry, kind: Kind) -> str:
        """Return the name that a file will have, as far as it is known before it is asked for."""
        link = entry.link(kind)
        ending = extension(link.url, picture=kind is Kind.LAST_FRAME) if link else None
        return self.saver.places.of(entry, kind, ending or ENDINGS[kind]).name

    async def load(self) -> None:
        """Take up what an earlier run left unfinished, and find what is on the disk."""
        await self.downloads.load()
        await self.look()

    async def look(self) -> None:
        """Find out which files are on the disk, and which are no longer."""
        ids = [entry.id for entry in self._store.entries]
        saved = await asyncio.to_thread(_on_disk, self.folder, ids, self.queue.saved)
        self._store.set_saved(saved)

    async def run(self) -> None:
        """Save what the queue says until cancelled."""
        await self.downloads.run(self)

    @property
    def auto_saves(self) -> str:
        """What is saved unasked, as a word of `guard.AUTO_SAVE`."""
        return next(
            word for word, kinds in guard.AUTO_SAVE.items() if kinds == self.guard.auto_save
        )

    def auto_save(self, word: str) -> None:
        """Save from here on unasked what a word of `guard.AUTO_SAVE` says."""
        self.guard = replace(self.guard, auto_save=guard.AUTO_SAVE[word])

    def save_what_is_due(self) -> int:
        """Put what the guard wants into the queue; return how many files that were."""
        wanted = guard.wanted(self._store.entries, self.guard, self._now())
        return self.queue.add(key for key in wanted if self.queue.is_open_to(key))

    async def place(self, key: Key) -> Path:
        """Decide where the file goes."""
        task_id, kind = key
        return await self.saver.place(self._client(), self._entry(task_id), kind)

    async def save(self, key: Key, path: Path | None = None) -> AsyncGenerator[FileState]:
        """Save a file; ends with `Saved` or `NotSaved`, raises only when cancelled."""
        task_id, kind = key
        entry = self._entry(task_id)
        async with aclosing(self.saver.save(self._client(), entry, kind, path)) as states:
            async for state in states:
                yield state

    async def save_at_once(self, key: Key) -> AsyncGenerator[FileState]:
        """Save a file past the queue, which remembers where it went."""
        async with aclosing(self.save(key)) as states:
            async for state in states:
                if isinstance(state, Saved):
                    self.queue.was_saved(key, state.path)
                yield state

    def _entry(self, task_id: str) -> Entry:
        """Return what is known; a task of an earlier run's queue may be no longer watched."""
        moment = datetime.fromtimestamp(int(self._now()), UTC)
        return self._store.known(task_id) or Entry(Watched(task_id, moment))

    def _take_in(self, job: Job) -> None:
        if isinstance(job.state, Saved):
            self.saved_in_this_run.add(job.state.path)
        self._store.set_file(*job.key, job.state)
        self.report(job)


def _on_disk(
    folder: Path, task_ids: Iterable[str], recorded: Mapping[Key, Path]
) -> dict[tuple[str, Kind], Path]:
    """Find files by their default names, and those that went elsewhere by the record; blocks."""
    elsewhere = {key: path for key, path in recorded.items() if path.is_file()}
    return find_saved(folder, task_ids) | elsewhere
