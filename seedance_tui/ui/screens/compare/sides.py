"""Which videos are looked at, and how each comes to be decoded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ....api.links import Kind
from ....api.transfer.background import CancelToken
from ....core.media.budget import Budget
from ....core.media.clip import Clip, open_file, open_link
from ....core.media.links import link_urls
from ....core.media.no_picture import NoPicture, Obstacle
from ....core.media.picture import Picture
from ....core.media.posters import Posters, make_poster, poster_key
from ....core.media.worker import MediaWorker
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.session import Session
from ._shots import opened


@dataclass(frozen=True, slots=True)
class Side:
    """One video: `read` returns its task as it is known now, `name` is said above it."""

    read: Callable[[], Entry]
    kind: Kind
    name: str

    @property
    def entry(self) -> Entry:
        """Its task."""
        return self.read()

    @property
    def path(self) -> Path | None:
        """Where its file is; None as long as it is not saved."""
        file = self.entry.file(self.kind)
        return file.path if isinstance(file, Saved) else None


class VideoSource:
    """Opens the videos of a session's tasks; all that takes time is done in one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._budget = Budget()
        self.worker = MediaWorker()

    async def clip(self, side: Side) -> Clip:
        """Open a video: its file, else its link; raises NoPicture."""
        if path := side.path:
            return await self._opened(lambda cancel: open_file(path))
        client, entry = self._session.client, side.entry
        urls = link_urls(entry, side.kind, client.base_url) if client else ()
        if client is None or not urls:
            raise NoPicture(Obstacle.NO_LINK)
        return await self._opened(
            lambda cancel: open_link(client.files, urls, self._budget, entry.id, cancel)
        )

    async def _opened(self, work: Callable[[CancelToken], Clip]) -> Clip:
        """Open a video; if nobody waits for it any more it is closed again.

        While it is read in the thread it is the thread's to close.
        """
        made: list[Clip] = []

        def opening(cancel: CancelToken) -> Clip:
            clip = opened(work(cancel), cancel)
            made.append(clip)
            if cancel.is_cancelled:  # then nobody may have seen that it was made
                clip.close()
            return clip

        try:
            return await self.worker.run(opening)
        except asyncio.CancelledError:
            for clip in made:  # closing waits for the process that decodes: not in the loop
                asyncio.get_running_loop().run_in_executor(None, clip.close)
            raise

    async def poster(
        self, entry: Entry, *, fetches: bool = True, fine: bool = False
    ) -> Picture | None:
        """Return the small picture of a task, kept on the disk; raises NoPicture.

        A `fine` one is for cells that show pixels. Without `fetches` no link is asked: None where
        there is no other way.
        """
        if not (fetches or isinstance(entry.file(), Saved)):
            key = poster_key(entry, fine=fine) or ""
            return await self.worker.run(lambda cancel: self._posters.get(key), background=True)
        client = self._session.client if fetches else None
        now, posters = self._session.now(), self._posters
        return await self.worker.run(
            lambda cancel: make_poster(
                entry, client, self._budget, posters, cancel, now=now, fine=fine
            ),
            background=True,
        )

    @cached_property
    def _posters(self) -> Posters:
        return Posters(self._session.config.posters)
