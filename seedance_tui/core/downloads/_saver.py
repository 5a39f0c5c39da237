"""Save one file of a task: its name, its link renewed once, its end as a state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.errors import ApiError, NameTaken, NoLink
from ...api.json_values import JSON
from ...api.links import Kind, Link, extension, link_of
from ...api.signatures import unsigned
from ...api.web_addresses import redacted
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved, Saving
from ..model.outcomes import Fetched, Problem
from ..model.problems import LOSSES
from ..naming.template import NameTemplate
from ..storage.atomic import write_whole
from ..text.sanitize import safe

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.retries import Retries
    from ._sources import Source

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

    `learn` gets the answer of a task that was asked about once more because its link had expired.
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
        from ._sources import sources

        link, ending = entry.link(kind), None
        for source in sources(link, entry, client.base_url):
            if ending := extension(source.url, kind):
                break
            with suppress(ApiError):
                ending = (await in_thread(partial(probe, client.files, source.url))).extension
                break
        return self.places.of(entry, kind, ending or kind.spec.ending)

    async def save(
        self, client: Client, entry: Entry, kind: Kind, path: Path, on_progress: OnProgress
    ) -> Saved | NotSaved:
        """Save one file, resuming what an earlier run received at `path`.

        Where another task's file has the name, the file gets a name of its own. The store is asked
        whatever the clocks say. Raises only when cancelled.
        """
        distinct = self.places.of(entry, kind, path.suffix, distinct=True)
        try:
            try:
                source = await self._by_a_link(client, entry, kind, path, on_progress)
            except NameTaken:
                if path == distinct:
                    raise
                path = distinct
                source = await self._by_a_link(client, entry, kind, path, on_progress)
        except ApiError as error:
            problem = Problem.of(error, self._now())
            _log.warning("%s %s is not saved: %s", entry.id, kind, problem.brief)
            return NotSaved(problem)
        await self._keep_answer(entry, path)
        _log.info("%s is saved", path)
        return Saved(path, source=safe(str(source)))

    async def _by_a_link(
        self, client: Client, entry: Entry, kind: Kind, target: Path, on_progress: OnProgress
    ) -> Source:
        """Save from a link or, where none can be had, once more from a new one."""
        from ._sources import fetch_first, sources

        fetch = _Fetch(client, kind, target, on_progress, self._retries)
        tried = sources(entry.link(kind), entry, client.base_url)
        try:
            return await fetch_first(tried, fetch, lambda: fetch.has_begun)
        except (*LOSSES, NoLink):
            renewed = await self._renewed(client, entry, kind)
            new = [s for s in sources(renewed, entry, client.base_url) if s not in tried]
            if not new:
                raise
            return await fetch_first(new, fetch, lambda: fetch.has_begun)

    async def _renewed(self, client: Client, entry: Entry, kind: Kind) -> Link | None:
        """Ask about the task once more; a gateway may have a new link, and mostly has not."""
        try:
            task = await client.task(entry.id)
        except ApiError as error:
            _log.warning("%s is not asked about again: %s", entry.id, error)
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


class _Fetch:
    """Downloads one file to its target, from whichever source it is told."""

    def __init__(
        self,
        client: Client,
        kind: Kind,
        target: Path,
        on_progress: OnProgress,
        retries: Retries | None,
    ) -> None:
        self.has_begun = False
        """Whether bytes came from the source that was asked last."""
        self._files = client.files
        self._kind = kind
        self._target = target
        self._on_progress = on_progress
        self._retries = retries

    async def __call__(self, source: Source, *, once: bool) -> None:
        """Download it; raises ApiError."""
        from ...api.transfer.background import in_loop, in_thread
        from ...api.transfer.download import download
        from ...api.transfer.retries import Retries

        _log.info("%s from %s", self._target, redacted(source.url))
        retries = self._retries or Retries()
        report, self.has_begun = in_loop(self._on_progress), False

        def on_progress(received: int, total: int | None) -> None:
            self.has_begun |= received > 0
            report(Saving(received, total))

        await in_thread(
            lambda cancel: download(
                self._files,
                source.url,
                self._target,
                cancel,
                video=self._kind.is_video,
                retries=replace(retries, most=1) if once else retries,
                on_progress=lambda progress: on_progress(progress.received, progress.total),
            )
        )


def _write_new(path: Path, answer: JSON) -> None:
    """Write a file whole, unless one of that name is there."""
    if not path.exists():
        text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, text.encode("utf-8", "replace"))
