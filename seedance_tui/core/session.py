"""What the program does, without a screen: the parts wired to one another."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..api.errors import ApiError, KeyMissing
from ..api.links import Kind, Link
from .config import Config
from .downloads import Downloads
from .entry import Entry, FileState, Saved, Saving
from .ids import Found
from .naming import find_saved
from .outcomes import Outcome, Problem
from .pace import Pace
from .poller import Poller
from .store import Store
from .undo import Undo
from .watched import Change, Step, Watched
from .watchlist import Loaded, WatchList

if TYPE_CHECKING:
    from ..api.client import Client


@dataclass(frozen=True, slots=True)
class Added:
    """What became of IDs that were to be added."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    odd: tuple[str, ...]


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


class Session:
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
        self.config = config
        self.clock = clock
        self.store = Store()
        self.report: Callable[[Recorded], None] = lambda recorded: None
        self.poller = Poller(Pace(config.interval), self._record, now=clock)
        self.downloads = Downloads(config.download_dir, clock=clock)
        self.client: Client | None = None
        self._connect = connect
        self._watchlist = WatchList(config.watchlist)
        self._undo = Undo()
        self._unwritten: deque[Change] = deque()
        """Made in memory; a write that failed is made up for by the next that does not."""
        self._one_writer = asyncio.Lock()

    async def load(self) -> Loaded:
        """Read the watch list and find what is saved already; may raise OSError."""
        async with self._one_writer:
            loaded = await asyncio.to_thread(self._watchlist.load)
            self._take(loaded)
        await self.look_for_files()
        return loaded

    async def look_for_files(self) -> None:
        """Find out which files are on the disk, and which are no longer."""
        ids = [entry.id for entry in self.store.entries]
        saved = await asyncio.to_thread(find_saved, self.downloads.folder, ids)
        for entry in self.store.entries:
            for kind in Kind:
                path, state = saved.get((entry.id, kind)), entry.file(kind)
                if path is not None and not isinstance(state, Saved):
                    self.store.set_file(entry.id, kind, Saved(path))
                elif path is None and isinstance(state, Saved):
                    self.store.set_file(entry.id, kind, None)

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
        """Close the connections, and wait until the watch list is written."""
        async with self._one_writer:
            if self.client:
                await self.client.aclose()

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

    async def _make(self, change: Change | None) -> Change | None:
        if change is None:
            return None
        self._unwritten.append(change)
        self.store.apply(change)
        self._plan()
        async with self._one_writer:
            while self._unwritten:
                loaded = await asyncio.to_thread(self._watchlist.apply, self._unwritten[0])
                self._unwritten.popleft()
                self._take(loaded)
        return change

    def _take(self, loaded: Loaded) -> None:
        """Take over what the file says, and on it what it does not say yet."""
        watched = loaded.watched
        for change in self._unwritten:
            watched = change.apply(watched)
        self.store.watch(watched)
        self._plan()

    def _plan(self) -> None:
        self.poller.watch(entry.id for entry in self.store.entries if entry.is_open)

    def _record(self, outcome: Outcome) -> None:
        before, after = self.store.record(outcome) or (None, None)
        if before and after and before.is_open != after.is_open:
            self._plan()
        self.report(Recorded(outcome, before, after))
