"""Save one file of a task: its name, its link renewed once, its end as a state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...api.errors import ApiError, LinkExpired, TaskNotFound
from ...api.json_values import JSON
from ...api.links import Kind, Link, extension, link_of, redacted, unsigned
from ..model.entry import Entry
from ..model.file_states import NotSaved, Saved, Saving, Stamp
from ..model.outcomes import Fetched, Problem
from ..model.urgency import is_dead
from ..naming.template import NameTemplate
from ..storage.atomic import write_whole

if TYPE_CHECKING:
    from ...api.client import Client
    from ...api.transfer.download import Placed
    from ...api.transfer.retries import Retries
    from .ledger import Key

_log = logging.getLogger(__name__)
_MOST_NAMES = 10
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

    def beside(self, entry: Entry, kind: Kind, path: Path) -> tuple[Path, ...]:
        """Return the names for a file where `path` is somebody else's, the first to try first."""
        other = self.of(entry, kind, path.suffix, distinct=True)
        further = (other.with_stem(f"{other.stem}-{n}") for n in range(2, _MOST_NAMES))
        return tuple(name for name in (other, *further) if name != path)


class Saver:
    """Saves one file at a time to its place; `now` tells Unix seconds by the server's clock.

    `learn` gets the answer of a task that was asked about once more because its link had expired.
    `is_of_another` tells, in a thread, whether a file is known to be another task's.
    """

    def __init__(
        self,
        places: Places,
        *,
        learn: Callable[[Fetched], None] = lambda fetched: None,
        is_of_another: Callable[[Path, Key], bool] = lambda path, key: False,
        now: Callable[[], float],
        retries: Retries | None = None,
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

        Where another file has the name, it gets the next free one, which the end tells. Raises
        only when cancelled.
        """
        try:
            saved = await self._by_a_link(client, entry, kind, path, on_progress)
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
        self, client: Client, entry: Entry, kind: Kind, target: Path, on_progress: OnProgress
    ) -> Saved:
        """Save from the link or, where it has expired, once more from a new one."""
        link = entry.link(kind)
        try:
            return await self._from(client, entry, link, target, on_progress)
        except LinkExpired as error:
            renewed = await self._renewed(client, entry, kind)
            if renewed is None or (link and renewed.url == link.url):
                raise LinkExpired(error.text, status=error.status) from error
            return await self._from(client, entry, renewed, target, on_progress)

    async def _from(
        self,
        client: Client,
        entry: Entry,
        link: Link | None,
        target: Path,
        on_progress: OnProgress,
    ) -> Saved:
        from ...api.transfer.background import in_loop, in_thread
        from ...api.transfer.claims import Owner
        from ...api.transfer.download import download

        names = (target, *self.places.beside(entry, link.kind, target)) if link else ()
        is_over = link is None or is_dead(link, self._now())
        if link is None or (is_over and not await asyncio.to_thread(_is_there, names, entry, link)):
            raise LinkExpired("the link has expired")
        _log.info("%s from %s", target, redacted(link.url))
        report, key = in_loop(on_progress), (entry.id, link.kind)
        placed = await in_thread(
            lambda cancel: download(
                client.files,
                link.url,
                target,
                cancel,
                beside=names[1:],
                owner=Owner(entry.id, link.kind.value),
                is_taken=lambda path: self._is_of_another(path, key),
                video=link.kind.is_video,
                retries=self._retries_for(link),
                on_progress=lambda progress: report(Saving(progress.received, progress.total)),
            )
        )
        return Saved(placed.path, placed.remarks, await asyncio.to_thread(_stamp, placed))

    def _retries_for(self, link: Link) -> Retries:
        """No wait that a store asks for may take more of a link's life than it can spare."""
        from ...api.transfer.retries import Retries
        from ._retry import longest_wait

        retries = self._retries or Retries()
        most = longest_wait(link.left(self._now()))
        asked, longest = min(retries.longest_asked, most), min(retries.longest, most)
        return replace(retries, longest_asked=asked, longest=longest)

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


def _is_there(names: Iterable[Path], entry: Entry, link: Link) -> bool:
    """Whether all the bytes were received by a run that was killed before they got their name."""
    from ...api.transfer.claims import Claim, Owner, is_received, object_of

    claim = Claim(Owner(entry.id, link.kind.value), object_of(link.url))
    return any(is_received(name, claim) for name in names)


def _stamp(placed: Placed) -> Stamp:
    """Note by what the file is known again; the disk may say no more of it by now."""
    try:
        changed_at = placed.path.stat().st_mtime_ns
    except OSError:
        changed_at = None
    return Stamp(placed.size, placed.crc64, changed_at)


def _write_new(path: Path, answer: JSON) -> None:
    """Write a file whole, unless one of that name is there."""
    if not path.exists():
        text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, text.encode("utf-8", "replace"))
