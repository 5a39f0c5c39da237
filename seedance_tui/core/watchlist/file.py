"""The watch list: a TOML file that the user may edit, and another instance too, at any time.

Every change is made to the file as it is at that moment, under a lock: read, changed, written
whole. Keys and tables that the program does not know are kept.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.watched import Watched
from ..storage.atomic import locked, write_whole
from ._document import dumped, entries_of, find_tables, keep_aside, nameless_of, parse
from .changes import Change

if TYPE_CHECKING:
    from ._archive import Archive
    from ._journal import Journal, Stamp

_FEW = 60
"""IDs that are faster looked for one by one than by reading the whole list."""
_QUIET, _EMPTY = 0.1, 2.0
"""Seconds after which an editor has surely written all, and after which an empty file is meant."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the file says; `damage` is the parser's word where it is not TOML, else empty."""

    watched: tuple[Watched, ...]
    damage: str = ""
    kept_aside: Path | None = None
    stamp: Stamp | None = None
    """Of the file that says so; None where there is no file."""


class WatchListFile:
    """The file at `path`; every method blocks, and may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def archive(self) -> Archive:
        """What was on the list and is no longer, under the same lock."""
        from ._archive import Archive

        return Archive(self.path)

    def load(self) -> Loaded:
        """Read the list; of a file that does not parse, every good entry."""
        stamp = self.modified()
        document, damage = self._read()
        return Loaded(_listed(document), damage, stamp=stamp)

    def load_of(self, ids: Sequence[str]) -> Loaded:
        """Read the entries of these tasks alone, or all where only the whole file can tell."""
        stamp = self.modified()
        try:
            content = self._content()
        except FileNotFoundError:
            return Loaded(())
        found = find_tables(content, ids) if len(ids) <= _FEW else None
        if found is None or len({one.id for one in found.values()}) < len(found):
            return self.load()
        return Loaded(_unarchived(found.values()), stamp=stamp)

    def apply(self, *changes: Change) -> Loaded:
        """Make the changes in the file as it is now, and return the list that results.

        Of entries that were added at the `END` these alone are returned, if no more was read.

        What an editor, which knows no lock, took away a moment after it was written is made again.
        """
        from ._journal import Journal

        with locked(self.path) as lock:
            journal = Journal.read(lock)
            if loaded := self._appended(changes, journal):
                journal.after(loaded.stamp, changes, time.time()).write(lock)
                return loaded
            while True:
                loaded = self._changed(changes, journal)
                if loaded is not None:
                    journal.after(loaded.stamp, changes, time.time()).write(lock)
                    return loaded

    def _appended(self, changes: tuple[Change, ...], journal: Journal) -> Loaded | None:
        """Add entries behind the others; None where the whole list must be read for that."""
        from ._appending import are_appended, with_entries

        stamp = self.modified()
        if not are_appended(changes) or stamp is None or stamp != journal.stamp:
            return None
        move = self.archive.moved(changes, ())
        content = with_entries(self._content(), move.watched)
        if content is None:
            return None
        written = write_whole(self.path, content, still=lambda path: _stamp_at(path) == stamp)
        if written is None:
            return None
        self.archive.drop(move.dropped)
        return Loaded(move.watched, stamp=_stamp_of(written))

    def modified(self) -> Stamp | None:
        """Return what changes with the file, so that a change outside is noticed cheaply."""
        return _stamp_at(self.path)

    def _changed(self, changes: tuple[Change, ...], journal: Journal) -> Loaded | None:
        """Make the changes, or return None if an editor came between."""
        with _held_open(self.path) as old:
            look = partial(_stamp_at, self.path) if old is None else partial(_stamp_open, old)
            stamp = _settled(look, journal.stamp)
            document, damage = self._read()
            if damage and not changes:
                return Loaded(_listed(document), damage, stamp=stamp)
            aside = keep_aside(self.path) if damage else None
            before = _listed(document)
            unaware = () if stamp == journal.stamp else journal.unsettled(time.time())
            move = self.archive.moved((*unaware, *changes), before)
            self.archive.put(move.put)
            after = move.watched
            if after != before or damage:
                tables = [*(one.to_table() for one in after), *nameless_of(document)]
                content = dumped(document, tables)
                read = stamp
                written = write_whole(
                    self.path, content, still=lambda path: _stamp_at(path) == read
                )
                if written is None:
                    return None
                if old is not None and _stamp_open(old) != stamp:
                    self._put_back(old)
                    return None
                stamp = _stamp_of(written)
            self.archive.drop(move.dropped)
        return Loaded(after, damage, aside, stamp)

    def _put_back(self, old: int) -> None:
        """Let an editor win who was writing into the file while another took its name."""
        _settled(partial(_stamp_open, old))
        with os.fdopen(os.dup(old), "rb") as file:
            write_whole(self.path, file.read())

    def _read(self) -> tuple[dict[str, Any], str]:
        try:
            return parse(self._content())
        except FileNotFoundError:
            return {}, ""

    def _content(self) -> bytes:
        from ...files import placing

        return placing.patiently(self.path.read_bytes)


def _listed(document: Mapping[str, Any]) -> tuple[Watched, ...]:
    """Return the entries that are watched, whatever they say of an archive."""
    return _unarchived(entries_of(document))


def _unarchived(entries: Iterable[Watched]) -> tuple[Watched, ...]:
    return tuple(one if one.archived is None else replace(one, archived=None) for one in entries)


def _stamp_at(path: Path) -> Stamp | None:
    try:
        return _stamp_of(path.stat())
    except OSError:
        return None


def _stamp_of(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _stamp_open(descriptor: int) -> Stamp:
    return _stamp_of(os.fstat(descriptor))


def _settled(look: Callable[[], Stamp | None], known: Stamp | None = None) -> Stamp | None:
    """Wait, not for ever, until an editor who may be in the middle of writing is done."""
    for _try in range(100):
        stamp = look()
        if stamp is None or stamp == known:
            return stamp
        age = abs(time.time() - stamp[0] / 1e9)
        if age > (_QUIET if stamp[1] else _EMPTY):
            return stamp
        time.sleep(_QUIET / 5)
    return stamp


@contextmanager
def _held_open(path: Path) -> Iterator[int | None]:
    """Hold the file open, so that it can be looked at when its name is another's.

    None where there is no file; and on Windows, where no file is replaced that somebody has open.
    """
    try:
        from ...files import placing

        descriptor = None if placing.OPEN_FILES_STAY else os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        descriptor = None
    if descriptor is None:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)
