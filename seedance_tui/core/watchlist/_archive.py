"""The archive: what is no longer watched, with all that was said of it, in a file beside the list.

An entry is written there before it leaves the list, and taken out after it is back on the list: a
process that is killed between the two leaves it in both. Such an entry counts as watched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ...files import placing
from ..model.watched import Watched
from ..storage.atomic import remove_leftovers, write_whole
from ..storage.paths import archive_path
from ._document import (
    Place,
    appended,
    dumped,
    entries_of,
    find_tables,
    keep_aside,
    may_hold,
    nameless_of,
    parse,
    without,
)
from .changes import Change, Step

_FEW = 20
"""IDs that are faster looked for one by one than by reading the whole archive."""


@dataclass(frozen=True, slots=True)
class Archived:
    """What the archive says, the last one put away first; `damage` as in `file.Loaded`."""

    entries: tuple[Watched, ...]
    damage: str = ""


@dataclass
class Move:
    """What becomes of the list and of the archive by changes: pure.

    `known` is what the archive says of the tasks concerned, `moment` the time of the changes.
    """

    watched: tuple[Watched, ...]
    known: Mapping[str, Watched]
    moment: datetime
    put: dict[str, Watched] = field(default_factory=dict)
    """What has to be in the archive."""
    dropped: set[str] = field(default_factory=set)
    """What has to leave the archive, once the list is written."""

    def make(self, change: Change) -> None:
        """Make one change after the others."""
        there = {entry.id: entry for entry in self.watched}
        steps = tuple(self._made(step, there.get(step.id)) for step in change.steps)
        self.watched = Change(steps).apply(self.watched)

    def _made(self, step: Step, there: Watched | None) -> Step:
        """Return the step as it is for the list, where `there` is the task's entry."""
        known = self._archived(step.id)
        if step.is_of_archive:
            return self._made_in_archive(step, there, known)
        if step.after is None and step.before is not None:
            if there or known is None:
                left = there or step.before
                self._put(replace(left.over(known) if known else left, archived=self.moment))
        elif step.before is None and step.after is not None and there is None and known:
            self._drop(step.id)
            return replace(step, after=replace(known.over(step.after), archived=None))
        return step

    def _made_in_archive(self, step: Step, there: Watched | None, known: Watched | None) -> Step:
        """Delete, or take that back: of what is watched again, what its entry does not say."""
        if step.after is None:
            self._drop(step.id)
        elif there:
            return replace(step, before=there, after=replace(there.over(step.after), archived=None))
        else:
            self._put(known.over(step.after) if known else step.after)
        return step

    def _archived(self, task_id: str) -> Watched | None:
        if task_id in self.dropped:
            return None
        return self.put.get(task_id) or self.known.get(task_id)

    def _put(self, entry: Watched) -> None:
        self.dropped.discard(entry.id)
        self.put[entry.id] = entry

    def _drop(self, task_id: str) -> None:
        self.put.pop(task_id, None)
        self.dropped.add(task_id)


class Archive:
    """The archive of a watch list; every method blocks, and may raise OSError.

    But for `load` the lock of the list is held. What is put away is written behind the rest, and
    a few tasks are taken out without reading the others: a long archive costs next to nothing.
    """

    def __init__(self, watch_list: Path) -> None:
        self.path = archive_path(watch_list)

    def load(self) -> Archived:
        """Read the archive; of a file that does not parse, every good entry."""
        document, damage = parse(self._content())
        entries = sorted(_put_away(document), key=lambda one: one.archived or _NEVER, reverse=True)
        return Archived(tuple(entries), damage)

    def moved(self, changes: Iterable[Change], watched: tuple[Watched, ...]) -> Move:
        """Return what becomes of list and archive; nothing is written yet."""
        changes = tuple(changes)
        concerned = {
            step.id
            for change in changes
            for step in change.steps
            if step.before is None or step.after is None
        }
        if concerned:
            remove_leftovers(self.path)
        now = datetime.now(UTC).replace(microsecond=0)
        move = Move(watched, self._find(concerned), now)
        for change in changes:
            move.make(change)
        return move

    def put(self, entries: Mapping[str, Watched]) -> None:
        """Have these entries in it, in place of what was said of the same tasks."""
        if entries:
            self._change(entries, [entry.to_table() for entry in entries.values()])

    def drop(self, ids: Collection[str]) -> None:
        """Have no entry of these tasks in it."""
        if ids:
            self._change(ids)

    def _find(self, ids: Collection[str]) -> dict[str, Watched]:
        content = self._content()
        if not _may_hold(content, ids):
            return {}
        tables = _find_tables(content, ids)
        entries = entries_of(parse(content)[0]) if tables is None else tables.values()
        found: dict[str, Watched] = {}
        for entry in entries:
            if entry.id in ids:
                found[entry.id] = found[entry.id].over(entry) if entry.id in found else entry
        return found

    def _content(self) -> bytes:
        try:
            return placing.patiently(self.path.read_bytes)
        except FileNotFoundError:
            return b""

    def _change(self, ids: Collection[str], tables: Sequence[Mapping[str, Any]] = ()) -> None:
        """Put the tables in the place of those tasks, also where an editor writes meanwhile."""
        is_written = False
        while not is_written:
            before = self._content()
            after = self._changed(before, ids, tables)
            still = partial(_reads, content=before)
            is_written = after == before or bool(write_whole(self.path, after, still=still))

    def _changed(
        self, content: bytes, ids: Collection[str], tables: Sequence[Mapping[str, Any]]
    ) -> bytes:
        """Return the file with the tables in place of those tasks: all anew only where it must."""
        if not _may_hold(content, ids):
            rest: bytes | None = content
        elif (old := _find_tables(content, ids)) is not None:
            rest = without(content, old)
        else:
            rest = None
        changed = rest if rest is None or not tables else appended(rest, tables)
        return self._rewritten(content, ids, tables) if changed is None else changed

    def _rewritten(
        self, content: bytes, ids: Collection[str], tables: Iterable[Mapping[str, Any]]
    ) -> bytes:
        """Write all anew; a damaged file is kept aside first."""
        document, damage = parse(content)
        if damage:
            keep_aside(self.path)
        kept = (one.to_table() for one in entries_of(document) if one.id not in ids)
        return dumped(document, [*kept, *nameless_of(document), *tables])


_NEVER = datetime.min.replace(tzinfo=UTC)


def _put_away(document: Mapping[str, Any]) -> tuple[Watched, ...]:
    """Return the entries, each with the moment at which it was put away, or at least added."""
    return tuple(
        one if one.archived else replace(one, archived=one.added_at) for one in entries_of(document)
    )


def _may_hold(content: bytes, ids: Collection[str]) -> bool:
    return bool(content) and (len(ids) > _FEW or any(may_hold(content, one) for one in ids))


def _find_tables(content: bytes, ids: Collection[str]) -> dict[Place, Watched] | None:
    return find_tables(content, ids) if len(ids) <= _FEW else None


def _reads(path: Path, content: bytes) -> bool:
    try:
        return placing.patiently(path.read_bytes) == content
    except FileNotFoundError:
        return not content
