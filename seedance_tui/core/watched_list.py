"""The watch list in memory and on the disk: every change is made in both, and can be taken back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from .ids import Found
from .store import Store
from .undo import Undo
from .watched import Change, Step, Watched
from .watchlist import Loaded, Stamp, WatchList

_UNSETTLED_SECONDS = 10.0
"""How long a change may still be lost to an editor that had read the file before it."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of IDs that were to be added."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    odd: tuple[str, ...]


class WatchedList:
    """A store whose entries are those of a watch list; `clock` tells Unix seconds.

    A change shows in memory at once; writes go one after the other, in threads, and may raise
    OSError.
    """

    def __init__(self, watchlist: WatchList, clock: Callable[[], float]) -> None:
        self.store = Store()
        self.clock = clock
        self._watchlist = watchlist
        self._undo = Undo()
        self._unwritten: deque[Change] = deque()
        """Made in memory; a write that failed is made up for by the next that does not."""
        self._recent: deque[tuple[float, Change]] = deque(maxlen=50)
        self._stamp: Stamp | None = None
        self._one_writer = asyncio.Lock()

    async def read(self) -> Loaded:
        """Take over what the file says."""
        async with self._one_writer:
            loaded = await asyncio.to_thread(self._loaded)
            self._take(loaded)
        return loaded

    async def reload(self) -> Loaded | None:
        """Take over what an editor or another window wrote; None if nothing was written."""
        if self._one_writer.locked():
            return None
        async with self._one_writer:
            if await asyncio.to_thread(self._watchlist.modified) == self._stamp:
                return None
            loaded = await asyncio.to_thread(self._loaded)
            self._take(loaded)
        if not loaded.damage:
            await self._insist(loaded.watched)
        return loaded

    async def _insist(self, written: tuple[Watched, ...]) -> None:
        """Make changes again that were made just before a writer who knows no lock wrote."""
        now = self.clock()
        for at, change in list(self._recent):
            if now - at < _UNSETTLED_SECONDS and change.apply(written) != written:
                await self._write(change)

    async def written(self) -> None:
        """Wait until no write is under way."""
        async with self._one_writer:
            return

    async def add(self, found: Found, labels: Iterable[str] = ()) -> Added:
        """Watch these tasks from here on; may raise OSError."""
        known = tuple(i for i in found.ids if self.store.get(i))
        new = tuple(i for i in found.ids if i not in known)
        moment, place = datetime.fromtimestamp(int(self.clock()), UTC), len(self.store.entries)
        names = dict(zip(found.ids, labels, strict=False))
        steps = tuple(
            Step(place + n, None, Watched(i, moment, names.get(i, ""))) for n, i in enumerate(new)
        )
        await self.change(Change(steps))
        return Added(new, known, found.odd)

    async def remove(self, ids: Iterable[str]) -> Change:
        """Stop watching these tasks; may raise OSError."""
        wanted = set(ids)
        steps = tuple(
            Step(place, entry.watched, None)
            for place, entry in enumerate(self.store.entries)
            if entry.id in wanted
        )
        change = Change(steps)
        await self.change(change)
        return change

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
        self._recent.append((self.clock(), change))
        self.store.apply(change)
        await self._write(change)
        return change

    async def _write(self, change: Change) -> None:
        self._unwritten.append(change)
        self._plan()
        async with self._one_writer:
            while self._unwritten:
                loaded = await asyncio.to_thread(self._applied, self._unwritten[0])
                self._unwritten.popleft()
                self._take(loaded)

    def _loaded(self) -> Loaded:
        self._stamp = self._watchlist.modified()
        return self._watchlist.load()

    def _applied(self, change: Change) -> Loaded:
        loaded = self._watchlist.apply(change)
        self._stamp = self._watchlist.modified()
        return loaded

    def _take(self, loaded: Loaded) -> None:
        """Take over what the file says, and on it what it does not say yet.

        From a damaged file nothing is taken as removed: an editor may be in the middle of it.
        """
        watched = loaded.watched
        if loaded.damage:
            there = {one.id for one in watched}
            kept = (entry.watched for entry in self.store.entries if entry.id not in there)
            watched = (*watched, *kept)
        for change in self._unwritten:
            watched = change.apply(watched)
        self.store.watch(watched)
        self._plan()

    def _plan(self) -> None:
        """Take note that there are other entries."""
