"""The tasks of the archive with what earlier runs heard of them: read only when asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .model.entry import Entry, Remembered
from .model.watched import Watched
from .session import Session
from .storage.sqlite import DatabaseUnusable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ArchivedTasks:
    """The last one put away first; `damage` is why the file could not be read whole."""

    entries: tuple[Entry, ...]
    damage: str = ""


async def archived_tasks(session: Session) -> ArchivedTasks:
    """Read the archive, their last answers, and which of their files are on the disk.

    Nobody is asked about them. May raise OSError.
    """
    archived = await session.editor.archived()
    answers = {one.id: one for one in await _answers(session, archived.entries)}
    entries = [_entry(session, one, answers.get(one.id)) for one in archived.entries]
    return ArchivedTasks(await session.files.with_saved(entries), archived.damage)


async def _answers(session: Session, archived: Iterable[Watched]) -> tuple[Remembered, ...]:
    try:
        return await asyncio.to_thread(session.history.latest, [one.id for one in archived])
    except DatabaseUnusable as error:
        _log.warning("no history of the archive: %s", error)
        return ()


def _entry(session: Session, watched: Watched, answer: Remembered | None) -> Entry:
    """Return what is known of a task; what this run has heard is the newest."""
    known = session.store.known(watched.id)
    entry = replace(known, watched=watched) if known else Entry(watched)
    return entry.recalled(answer.task, answer.seen_at) if answer else entry
