"""Save one file of a task: its name, its link renewed once, its end as a state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.errors import ApiError, NoLink
from ...api.json_values import JSON
from ...api.links import Kind, Link, extension, link_of
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved, Saving
from ..model.outcomes import Fetched, Problem
from ..model.problems import LOSSES
from ..storage.atomic import write_whole
from ..text.sanitize import escaped

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.retries import Retries
    from ..naming.template import NameTemplate
    from .ledger import Key

_log = logging.getLogger(__name__)
_MOST_NAMES = 10
OnProgress = Callable[[Saving], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where files go: a folder, a template for their names, and whether answers go beside them.

    Without a template they have their usual names.
    """

    folder: Path
    template: NameTemplate | None
    sidecar: bool

    def of(self, entry: Entry, kind: Kind, ending: str, *, distinct: bool = False) -> Path:
        """Return the path of one file; `distinct` where another task has that name."""
        from ..naming.template import DEFAULT  # not needed before the first file

        template = self.template or DEFAULT
        return self.folder / template.name(entry, kind, ending, distinct=distinct)

    def beside(self, entry: Entry, kind: Kind, path: Path) -> tuple[Path, ...]:
        """Return the names for a file where `path` is somebody else's, the first to try first."""
        other = self.of(entry, kind, path.suffix, distinct=True)
        further = (other.with_stem(f"{other.stem}-{n}") for n in range(2, _MOST_NAMES))
        return tuple(name for name in (other, *further) if name != path)


class Saver:
    """Saves one file at a time to its place; `now` tells Unix seconds by the server's clock.

    `learn` gets the response of a task that was polled once more because its link had expired.
    `is_of_another` tells, in a thread, whether a file is known to be another task's.
    """

    def __init__(
        self,
        places: Places,
        *,
        learn: Callable[[Fetched], None],
        is_of_another: Callable[[Path, Key], bool],
        now: Callable[[], float],
        retries: Retries | None,
    ) -> None:
        self.places = places
        self._learn = learn
        self._is_of_another = is_of_another
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
        self,
        client: Client,
        entry: Entry,
        kind: Kind,
        path: Path,
        on_progress: OnProgress,
        *,
        exactly: bool = False,
    ) -> Saved | NotSaved:
        """Save one file, resuming what an earlier run received at `path`.

        Where another file has the name, it gets the next free one, which the end tells, unless it
        is to be saved `exactly` there. The store is asked whatever the clocks say. Raises only
        when cancelled.
        """
        names = (path, *(() if exactly else self.places.beside(entry, kind, path)))
        try:
            saved = await self._by_a_link(client, entry, kind, names, on_progress)
        except ApiError as error:
            problem = Problem.of(error, self._now())
            _log.warning("%s %s is not saved: %s", entry.id, kind, problem.brief)
            return NotSaved(problem)
        await self._keep_answer(entry, saved.path)
        _log.info("%s is saved %s", saved.path, " ".join(saved.remarks))
        return saved

    async def discard(self, entry: Entry, kind: Kind, path: Path) -> None:
        """Remove what was received for `path`, or beside it; may raise OSError."""
        from ...api.transfer.claims import Owner
        from ...api.transfer.part_file import discard_part

        for name in (path, *self.places.beside(entry, kind, path)):
            await asyncio.to_thread(discard_part, name, Owner(entry.id, kind.value))

    async def _by_a_link(
        self,
        client: Client,
        entry: Entry,
        kind: Kind,
        names: Sequence[Path],
        on_progress: OnProgress,
    ) -> Saved:
        """Save from a link or, where none can be had, once more from a new one."""
        from ._fetch import Fetch
        from ._sources import fetch_first, sources

        link, key = entry.link(kind), (entry.id, kind)
        fetch = Fetch(
            client.files,
            key,
            names,
            is_taken=lambda path: self._is_of_another(path, key),
            on_progress=on_progress,
            retries=self._retries,
            left=link.left(self._now()) if link else None,
        )
        tried = sources(link, entry, client.base_url)
        try:
            return fetch.saved(await fetch_first(tried, fetch, lambda: fetch.has_begun))
        except (*LOSSES, NoLink):
            renewed = await self._renewed(client, entry, kind)
            new = [s for s in sources(renewed, entry, client.base_url) if s not in tried]
            if not new:
                raise
            return fetch.saved(await fetch_first(new, fetch, lambda: fetch.has_begun))

    async def _renewed(self, client: Client, entry: Entry, kind: Kind) -> Link | None:
        """Poll the task once more; a gateway may have a new link, and mostly has not."""
        try:
            task = await client.task(entry.id)
        except ApiError as error:
            _log.warning("%s is not asked about again: %s", entry.id, error)
            return None
        self._learn(Fetched(entry.id, task, self._now()))
        return link_of(task, kind)

    async def _keep_answer(self, entry: Entry, target: Path) -> None:
        """Write the whole response beside the file, its links without what makes them secrets.

        The video is what counts: a response that the disk refuses is missed, and no more.
        """
        if self.places.sidecar and entry.task:
            from ...api.unsigned import unsigned

            path = target.with_suffix(".json")
            try:
                await asyncio.to_thread(_write_new, path, unsigned(entry.task.raw))
            except OSError as error:
                _log.warning("%s is not written: %s", path, error)


def _write_new(path: Path, answer: JSON) -> None:
    """Write a file whole, unless one of that name is there."""
    if not path.exists():
        text = escaped(json.dumps(answer, ensure_ascii=False, indent=2)) + "\n"
        write_whole(path, text.encode("utf-8", "replace"))
