"""Save the files of tasks: so many at once, each told as the states of its file."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from ..api.errors import ApiError, DiskError, LinkDead
from ..api.links import Kind, Link, extension, redacted
from .entry import Entry, FileState, NotSaved, Saved, Saving
from .naming import file_name
from .outcomes import Problem

if TYPE_CHECKING:
    from ..api.client import Client

_log = logging.getLogger(__name__)
AT_ONCE = 3


class Downloads:
    """Saves into `folder`; may be made before there is a client."""

    def __init__(
        self, folder: Path, *, at_once: int = AT_ONCE, clock: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self._places = asyncio.Semaphore(at_once)
        self._clock = clock

    def target(self, entry: Entry, link: Link) -> Path:
        """Return where the file of that link goes."""
        return self.folder / file_name(
            entry.id, link.kind, extension(link.url, picture=link.kind is Kind.LAST_FRAME)
        )

    async def save(self, client: Client, entry: Entry, link: Link) -> AsyncGenerator[FileState]:
        """Save one file; ends with `Saved` or `NotSaved`, raises only when cancelled."""
        target = self.target(entry, link)
        yield Saving()
        async with self._places:
            try:
                _log.info("%s %s from %s", entry.id, link.kind, redacted(link.url))
                async with aclosing(self._states(client, link, target)) as states:
                    async for state in states:
                        yield state
            except FileExistsError:
                state = await asyncio.to_thread(self._there_already, target, link.kind)
            except ApiError as error:
                state = NotSaved(Problem.of(error, self._clock()))
            else:
                state = Saved(target)
        _log_end(target, state)
        yield state

    def _there_already(self, target: Path, kind: Kind) -> FileState:
        """What stands under the name may be the file, or something else of the user's."""
        from ..api.download import looks_like_video

        try:
            with target.open("rb") as file:
                head = file.read(16)
        except OSError:
            head = b""
        if looks_like_video(head) or (kind is Kind.LAST_FRAME and head):
            return Saved(target)
        error = DiskError(f"another file has this name: {target}")
        return NotSaved(Problem.of(error, self._clock()))

    async def _states(self, client: Client, link: Link, target: Path) -> AsyncGenerator[FileState]:
        from ..api.download import download

        left = link.left(self._clock() + client.clock_skew)
        if left is not None and left <= 0:
            raise LinkDead("the link has expired")
        video = link.kind is not Kind.LAST_FRAME
        async with aclosing(download(client, link.url, target, video=video)) as steps:
            async for progress in steps:
                yield Saving(progress.received, progress.total)


def _log_end(target: Path, state: FileState) -> None:
    if isinstance(state, NotSaved):
        _log.warning("%s is not saved: %s", target, state.problem.brief)
    else:
        _log.info("%s is saved", target)
