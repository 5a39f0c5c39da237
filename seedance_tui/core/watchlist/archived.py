"""The tasks of the archive with what earlier runs heard of them: read only when asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..model.entry import Entry, Remembered
from .editor import WatchListEditor


@dataclass(frozen=True, slots=True)
class ArchivedTasks:
    """The last one put away first; `damage` is why the file could not be read whole."""

    entries: tuple[Entry, ...]
    damage: str = ""


async def archived_tasks(
    editor: WatchListEditor,
    known: Callable[[str], Entry | None],
    latest: Callable[[Iterable[str]], Awaitable[Iterable[Remembered]]],
    with_saved: Callable[[Sequence[Entry]], Awaitable[tuple[Entry, ...]]],
) -> ArchivedTasks:
    """Read the archive, and of its tasks what is `known`, the `latest` responses, and the files.

    What this run has heard is the newest. Nobody is polled about them. May raise OSError.
    """
    archived = await editor.archived()
    responses = {one.id: one for one in await latest(one.id for one in archived.entries)}
    entries = []
    for watched in archived.entries:
        before, response = known(watched.id), responses.get(watched.id)
        entry = replace(before, watched=watched) if before else Entry(watched)
        entries.append(entry.recalled(response.task, response.seen_at) if response else entry)
    return ArchivedTasks(await with_saved(entries), archived.damage)
