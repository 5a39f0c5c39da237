"""Save one file of a task: its name, its link renewed once, its end as a state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.errors import ApiError, LinkExpired, NameTaken, TaskNotFound
from ...api.json_values import JSON
from ...api.links import Kind, Link, extension, link_of, redacted, unsigned
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved, Saving
from ..model.outcomes import Fetched, Problem
from ..model.urgency import is_dead
from ..naming.template import NameTemplate
from ..storage.atomic import write_whole

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.retries import Retries

_log = logging.getLogger(__name__)
OnProgress = Callable[[Saving], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where files go: a folder, a template for their names, and whether answers go beside them."""

    folder: Path
    template: NameTemplate
    sidecar: bool = False

    def of(self, entry: Entry, kind: Kind, ending: str, *, distinct: bool = False) -> Path:
        """Return the path of one file; `distinct` where another task has that name."""
        return self.folder / self.template.name(entry, kind, ending, distinct=distinct)


class Saver:
    """Saves one file at a time to its place; `now` tells Unix seconds by the server's clock.

    `learn` gets the response of a task that was polled once more because its link had expired.
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
        from ...api.transfer.background import in_thread
        from ...api.transfer.remote_file import probe

        link = entry.link(kind)
        ending = extension(link.url, kind) if link else None
        if link and ending is None:
            with suppress(ApiError):
                ending = (await in_thread(partial(probe, client.files, link.url))).extension
        return self.places.of(entry, kind, ending or kind.spec.ending)

    async def save(
        self, client: Client, entry: Entry, kind: Kind, path: Path, on_progress: OnProgress
    ) -> Saved | NotSaved:
        """Save one file, resuming what an earlier run received at `path`.

        Where another task's file has the name, the file gets a name of its own. Raises only when
        cancelled.
        """
        distinct = self.places.of(entry, kind, path.suffix, distinct=True)
        try:
            try:
                await self._by_a_link(client, entry, kind, path, on_progress)
            except NameTaken:
                if path == distinct:
                    raise
                path = distinct
                await self._by_a_link(client, entry, kind, path, on_progress)
        except ApiError as error:
            problem = Problem.of(error, self._now())
            _log.warning("%s %s is not saved: %s", entry.id, kind, problem.brief)
            return NotSaved(problem)
        await self._keep_answer(entry, path)
        _log.info("%s is saved", path)
        return Saved(path)

    async def _by_a_link(
        self, client: Client, entry: Entry, kind: Kind, target: Path, on_progress: OnProgress
    ) -> None:
        """Save from the link or, where it has expired, once more from a new one."""
        link = entry.link(kind)
        try:
            await self._from(client, link, target, on_progress)
        except LinkExpired as error:
            renewed = await self._renewed(client, entry, kind)
            if renewed is None or (link and renewed.url == link.url):
                raise LinkExpired(error.text, status=error.status) from error
            await self._from(client, renewed, target, on_progress)

    async def _from(
        self, client: Client, link: Link | None, target: Path, on_progress: OnProgress
    ) -> None:
        from ...api.transfer.background import in_loop, in_thread
        from ...api.transfer.download import download
        from ...api.transfer.retries import Retries

        if link is None or is_dead(link, self._now()):
            raise LinkExpired("the link has expired")
        _log.info("%s from %s", target, redacted(link.url))
        report = in_loop(on_progress)
        await in_thread(
            lambda cancel: download(
                client.files,
                link.url,
                target,
                cancel,
                video=link.kind.is_video,
                retries=self._retries or Retries(),
                on_progress=lambda progress: report(Saving(progress.received, progress.total)),
            )
        )

    async def _renewed(self, client: Client, entry: Entry, kind: Kind) -> Link | None:
        """Poll the task once more; a gateway may have a new link, and mostly has not."""
        try:
            task = await client.task(entry.id)
        except TaskNotFound:
            return None
        self._learn(Fetched(entry.id, task, self._now()))
        return link_of(task, kind)

    async def _keep_answer(self, entry: Entry, target: Path) -> None:
        """Write the whole response beside the file, its links without what makes them secrets.

        The video is what counts: a response that the disk refuses is missed, and no more.
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
