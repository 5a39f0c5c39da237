"""The watch list in memory and on the disk: every change is made in both, and can be taken back."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.store import Store
from ..model.watched import Watched
from .changes import END, Change, Step, Undo
from .file import Loaded, WatchListFile

if TYPE_CHECKING:
    from ._archive import Archived
    from ._journal import Stamp
    from .find_ids import Found

_log = logging.getLogger(__name__)
_AT_ONCE = 250
"""Tasks that are recalled together: the screen is not held up for longer than a frame."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of IDs that were to be added."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    odd: tuple[str, ...]


class WatchListEditor:
    """Keeps `store` and the watch list's file the same, and takes changes back.

    A change shows in the store at once; writes go one after the other, in threads, and may raise
    OSError. `clock` tells Unix seconds; `changed` is called when the store has other entries, and
    `recall` before that with the IDs of all, to find what earlier runs heard of them.
    """

    def __init__(
        self,
        store: Store,
        file: WatchListFile,
        clock: Callable[[], float],
        changed: Callable[[], None] = lambda: None,
        recall: Callable[[Iterable[str]], Awaitable[None]] | None = None,
    ) -> None:
        self._store = store
        self._file = file
        self._clock = clock
        self._changed = changed
        self._recall = recall
        self._undo = Undo()
        self._unwritten: deque[Change] = deque()
        """Made in memory; a write that failed is made up for by the next that does not."""
        self._stamp: Stamp | None = None
        self._only: frozenset[str] = frozenset()
        """The tasks that are in the store, where that is not the whole list."""
        self.kept_aside: Path | None = None
        """Where the damaged file is that was written anew last; None where none was."""
        self._one_writer = asyncio.Lock()
        self._looks = ThreadPoolExecutor(1, "watch-list")
        """A thread for looks: each would wake all that the shared ones have, every second."""

    async def read(self, only: Sequence[str] = ()) -> Loaded:
        """Take over what the file says; with `only`, of these tasks where no more need be read."""
        self._only = frozenset(only)
        async with self._one_writer:
            loaded = await asyncio.to_thread(self._loaded, only)
            await self._take(loaded)
        return loaded

    async def reload(self) -> Loaded | None:
        """Take over what an editor or another instance wrote; None if nothing was written."""
        if self._one_writer.locked():
            return None
        async with self._one_writer:
            look = asyncio.get_running_loop().run_in_executor(self._looks, self._file.modified)
            if await look == self._stamp:
                return None
            loaded = await asyncio.to_thread(self._applied, ())
            await self._take(loaded)
        return loaded

    @property
    def unwritten(self) -> tuple[str, ...]:
        """The tasks whose changes are in memory alone."""
        return tuple(dict.fromkeys(s.id for change in self._unwritten for s in change.steps))

    async def written(self) -> None:
        """Write what is not written yet, all at once; may raise OSError."""
        async with self._one_writer:
            while self._unwritten:
                changes = tuple(self._unwritten)
                loaded = await asyncio.to_thread(self._applied, changes)
                for _ in changes:
                    self._unwritten.popleft()
                await self._take(loaded)

    async def add(
        self,
        found: Found,
        labels: Iterable[str] = (),
        *,
        describe: Callable[[Watched], Watched] = lambda watched: watched,
    ) -> Added:
        """Watch these tasks from here on; may raise OSError.

        One that is in the archive comes back with all that was said of it. `describe` says of a
        new entry what the user says of it.
        """
        known = tuple(i for i in found.ids if self._store.get(i))
        new = tuple(i for i in dict.fromkeys(found.ids) if not self._store.get(i))
        moment = datetime.fromtimestamp(int(self._clock()), UTC)
        place = END if self._only else len(self._store.entries)
        names = dict(zip(found.ids, labels, strict=False))
        watched = (describe(Watched(i, moment, names.get(i, ""))) for i in new)
        steps = tuple(Step(place + n, None, one) for n, one in enumerate(watched))
        await self.change(Change(steps))
        return Added(new, known, found.odd)

    async def remove(self, ids: Iterable[str]) -> Change:
        """Put these tasks away: from the list to the archive; may raise OSError."""
        wanted = set(ids)
        steps = tuple(
            Step(place, entry.watched, None)
            for place, entry in enumerate(self._store.entries)
            if entry.id in wanted
        )
        change = Change(steps)
        await self.change(change)
        return change

    async def archived(self) -> Archived:
        """Read the archive; what is on the list as well is left out. May raise OSError."""
        archived = await asyncio.to_thread(self._file.archive.load)
        entries = (one for one in archived.entries if self._store.get(one.id) is None)
        return replace(archived, entries=tuple(entries))

    async def bring_back(self, archived: Iterable[Watched]) -> None:
        """Watch these entries of the archive again; may raise OSError."""
        place = len(self._store.entries)
        back = (replace(one, archived=None) for one in archived if not self._store.get(one.id))
        await self.change(Change(tuple(Step(place + n, None, one) for n, one in enumerate(back))))

    async def delete(self, archived: Iterable[Watched]) -> None:
        """Delete these entries of the archive, the one way to lose any; may raise OSError."""
        await self.change(Change(tuple(Step(0, one, None) for one in archived)))

    async def change(self, change: Change) -> None:
        """Change the watch list, in memory at once and then on the disk."""
        if change.steps:
            self._undo.did(change)
            await self._make(change)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the list to take back."""
        return self._undo.can_undo

    async def undo(self) -> Change | None:
        """Take the last change of the list back; None if there is none."""
        return await self._make(self._undo.undo())

    async def redo(self) -> Change | None:
        """Make the change again that was last taken back."""
        return await self._make(self._undo.redo())

    async def _make(self, change: Change | None) -> Change | None:
        if change is None:
            return None
        self._store.watch(change.apply(entry.watched for entry in self._store.entries))
        self._unwritten.append(change)
        self._changed()
        await self.written()
        return change

    def _loaded(self, only: Sequence[str]) -> Loaded:
        loaded = self._file.load_of(only) if only else self._file.load()
        self._stamp = loaded.stamp
        if loaded.damage:
            _log.warning("the watch list is damaged: %s", loaded.damage)
        return loaded

    def _applied(self, changes: tuple[Change, ...]) -> Loaded:
        try:
            loaded = self._file.apply(*changes)
        except OSError as error:
            _log.warning("the watch list cannot be written: %s", error)
            raise
        _log.debug("watch list: %s written, now %s tasks", len(changes), len(loaded.watched))
        self._stamp = loaded.stamp
        self.kept_aside = loaded.kept_aside or self.kept_aside
        return loaded

    async def _take(self, loaded: Loaded) -> None:
        """Take over what the file says, and on it what it does not say yet.

        From a damaged file nothing is taken as removed: an editor may be in the middle of it.
        """
        watched = loaded.watched
        if self._only:
            named = tuple(one for one in watched if one.id in self._only)
            there = {one.id for one in named}
            before = (entry.watched for entry in self._store.entries)
            watched = (*(one for one in before if one.id not in there), *named)
        if recall := self._recall:
            for begin in range(0, len(watched), _AT_ONCE):
                some = watched[begin : begin + _AT_ONCE]
                await recall(one.id for one in some)
                self._store.prepare(some)
        if loaded.damage:
            there = {one.id for one in watched}
            kept = (entry.watched for entry in self._store.entries if entry.id not in there)
            watched = (*watched, *kept)
        for change in self._unwritten:
            watched = change.apply(watched)
        self._store.watch(watched)
        self._changed()
