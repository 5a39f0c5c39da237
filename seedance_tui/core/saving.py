"""Bring one file of a task to the disk: its name, its link made new once, its end as a state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..api.errors import ApiError, LinkDead, NameTaken, TaskNotFound
from ..api.json_values import JSON
from ..api.links import Kind, Link, extension, link_of, redacted, unsigned
from .model.entry import Entry
from .model.file_states import FileState, NotSaved, Saved, Saving
from .model.outcomes import Fetched, Problem
from .model.urgency import is_dead
from .naming.template import NameTemplate
from .storage.atomic import write_whole

if TYPE_CHECKING:
    from ..api.client import Client
    from ..api.retries import Retries

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Places:
    """Where files go: a folder, a template for their names, and whether answers go beside them."""

    folder: Path
    template: NameTemplate
    sidecar: bool = False

    def of(self, entry: Entry, kind: Kind, ending: str, *, distinct: bool = False) -> Path:
        """Return the path of one file; `distinct` where another task has that name."""
        return self.folder / self.template.name(entry, kind, ending, distinct=distinct)


class FileSaver:
    """Saves one file at a time to its place; `now` tells Unix seconds by the server's clock.

    `learn` gets the answer of a task that was asked about once more because its link was dead.
    """

    def __init__(
        self,
        places: Places,
        *,
        learn: Callable[[Fetched], None] = lambda fetched: None,
        now: Callable[[], float],
        retries: Retries | None = None,
    ) -> None:
        self.places = places
        self._learn = learn
        self._now = now
        self._retries = retries

    async def place(self, client: Client, entry: Entry, kind: Kind) -> Path:
        """Return where the file goes; a link that does not name its type is asked for it."""
        from ..api.download import probe

        link = entry.link(kind)
        ending = extension(link.url, kind) if link else None
        if link and ending is None:
            with suppress(ApiError):
                ending = (await probe(client, link.url)).extension
        return self.places.of(entry, kind, ending or kind.spec.ending)

    async def save(
        self, client: Client, entry: Entry, kind: Kind, path: Path
    ) -> AsyncGenerator[FileState]:
        """Save one file; ends with `Saved` or `NotSaved`, raises only when cancelled.

        What was begun at `path` in an earlier run is gone on with.
        """
        state: FileState
        try:
            async with aclosing(self._to_a_name(client, entry, kind, path)) as states:
                async for state in states:
                    yield state
        except ApiError as error:
            state = NotSaved(Problem.of(error, self._now()))
            _log.warning("%s %s is not saved: %s", entry.id, kind, state.problem.brief)
        yield state

    async def _to_a_name(
        self, client: Client, entry: Entry, kind: Kind, path: Path
    ) -> AsyncGenerator[FileState]:
        """Save under the name, or under one of its own where another task's file has it."""
        distinct = self.places.of(entry, kind, path.suffix, distinct=True)
        for target in dict.fromkeys((path, distinct)):
            try:
                async with aclosing(self._by_a_link(client, entry, kind, target)) as states:
                    async for state in states:
                        yield state
            except NameTaken:
                if target == distinct:
                    raise
            else:
                await self._keep_answer(entry, target)
                _log.info("%s is saved", target)
                yield Saved(target)
                return

    async def _by_a_link(
        self, client: Client, entry: Entry, kind: Kind, target: Path
    ) -> AsyncGenerator[FileState]:
        """Save from the link or, where it is dead, once more from a new one."""
        link = entry.link(kind)
        try:
            async with aclosing(self._from(client, link, target)) as states:
                async for state in states:
                    yield state
        except LinkDead as error:
            renewed = await self._renewed(client, entry, kind)
            if renewed is None or (link and renewed.url == link.url):
                raise LinkDead(error.text, status=error.status) from error
            async with aclosing(self._from(client, renewed, target)) as states:
                async for state in states:
                    yield state

    async def _from(
        self, client: Client, link: Link | None, target: Path
    ) -> AsyncGenerator[FileState]:
        from ..api.download import download
        from ..api.retries import Retries

        if link is None or is_dead(link, self._now()):
            raise LinkDead("the link has expired")
        _log.info("%s from %s", target, redacted(link.url))
        retries, video = self._retries or Retries(), link.kind.is_video
        async with aclosing(
            download(client, link.url, target, video=video, retries=retries)
        ) as steps:
            async for progress in steps:
                yield Saving(progress.received, progress.total)

    async def _renewed(self, client: Client, entry: Entry, kind: Kind) -> Link | None:
        """Ask about the task once more; a gateway may have a new link, and mostly has not."""
        try:
            task = await client.task(entry.id)
        except TaskNotFound:
            return None
        self._learn(Fetched(entry.id, task, self._now()))
        return link_of(task, kind)

    async def _keep_answer(self, entry: Entry, target: Path) -> None:
        """Write the whole answer beside the file, its links without what makes them secrets.

        The video is what counts: an answer that the disk refuses is missed, and no more.
        """
        if self.places.sidecar and entry.task:
            path = target.with_suffix(".json")
            try:
                await asyncio.to_thread(_write_new, path, unsigned(entry.task.raw))
            except OSError as error:
                _log.warning("%s is not written: %s", path, error)


def _write_new(path: Path, answer: JSON) -> None:
    """Write a file whole, unless one of that name is there."""
    if not path.exists():
        text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, text.encode("utf-8", "replace"))
