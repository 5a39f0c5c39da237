"""Which files of the tasks are on the disk: the ones that our records fit, or whole ones by name.

A file counts by its record if it has the length that was saved, and the checksum where the store
gave one. Without a record a whole video under the task's own name counts. Any other file is
somebody's.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ...api.file_types import Remark
from ...api.links import Kind
from ..model.file_states import Saved, Stamp
from ..storage.sqlite import DatabaseUnusable
from .ledger import Key, Record

_CHECKING = 1.0
"""Seconds that one look spends at most on reading files through; the rest waits for the next."""
_USUAL = ".mp4"
_NUMBERED = re.compile(r"_(?:[2-9]|[1-9][0-9])$", re.ASCII)
_SUFFIX = re.compile(r"_(?:[0-9]+|[a-z]+(?:_frame)?)")
"""What may stand behind the ID of a task in the name of its file."""
Owners = Callable[[Path], frozenset[tuple[str, str]]]


class FoundFiles(NamedTuple):
    """What a look at the disk has found."""

    saved: dict[Key, Saved]
    spoiled: tuple[Record, ...]
    """Records at whose path there is another file by now."""


class SavedFiles:
    """The folder for videos, read again only when it, or the list, has changed."""

    def __init__(self, folder: Path, owners: Owners = lambda path: frozenset()) -> None:
        """`owners` tells which files of which tasks were saved at a path."""
        self._folder = folder
        self._owners = owners
        self._seen: object = None
        self._named: dict[Key, tuple[Path, ...]] = {}
        self._verdicts: dict[tuple[Path, int | None], tuple[object, bool]] = {}
        """What was found out about a file, by its checksum or its shape, and its looks then."""
        self._foreign: dict[Path, object] = {}
        """Files that a record did not fit, as they looked then: their names prove nothing."""

    def find(self, task_ids: tuple[str, ...], recorded: Mapping[Key, Record]) -> FoundFiles:
        """Find the files by the records, and those without one by their own names; blocks."""
        until = time.monotonic() + _CHECKING
        wanted, saved, spoiled = set(task_ids), {}, []
        for key, record in recorded.items():
            if key[0] not in wanted:
                continue
            fits = self._fits(record, until)
            if fits and record.path:
                saved[key] = Saved(record.path, record.remarks, record.stamp, record.source)
            elif fits is False:
                spoiled.append(record)
        return FoundFiles(self._by_name(task_ids, saved) | saved, tuple(spoiled))

    def _fits(self, record: Record, until: float) -> bool | None:
        """Whether the recorded file is there; None if there is none at all."""
        status = _status(record.path)
        if record.path is None or status is None:
            return None
        stamp = record.stamp
        if stamp is None:
            return self._is_whole(record.path, status)
        is_touched = status.st_mtime_ns != stamp.changed_at
        fits = status.st_size == stamp.size
        if fits and is_touched and stamp.crc64 is not None:
            fits = self._has_checksum(record.path, stamp, status, until)
        if not fits:
            self._foreign[record.path] = _looks(status)
        return fits

    def _has_checksum(self, path: Path, stamp: Stamp, status: os.stat_result, until: float) -> bool:
        """Read a file through that was touched since it was saved; its length fits."""
        looks = _looks(status)
        seen, is_same = self._verdicts.get((path, stamp.crc64), (None, True))
        if seen == looks or time.monotonic() >= until:
            return is_same
        from ...api.transfer.remote_file import RemoteFile
        from ...api.transfer.same_file import is_same as compare

        try:
            is_same = compare(path, RemoteFile(stamp.size, crc64=stamp.crc64))
        except OSError:
            return True
        self._verdicts[path, stamp.crc64] = looks, is_same
        return is_same

    def _by_name(self, task_ids: tuple[str, ...], known: Container[Key]) -> dict[Key, Saved]:
        try:
            changed_at = self._folder.stat().st_mtime_ns
        except OSError:
            return {}
        if self._seen != (changed_at, task_ids):
            self._seen, self._named = None, dict(_named(self._folder, task_ids))
            self._seen = changed_at, task_ids
        from ..naming.template import file_name

        found: dict[Key, Saved] = {}
        for key, paths in self._named.items():
            if key in known:
                continue
            own = (path for path in paths if not self._is_of_another(path, key))
            whole = (path for path in own if self._is_there(path))
            if path := next(whole, None):
                is_usual = path.stem == file_name(*key, "")
                found[key] = Saved(path, () if is_usual else (Remark.BESIDE,))
        return found

    def _is_of_another(self, path: Path, key: Key) -> bool:
        """Whether another task's file has the name: `x_2` may be the second video of `x`."""
        if _NUMBERED.search(key[0]) is None:
            return False
        try:
            return bool(self._owners(path) - {(key[0], key[1].value)})
        except DatabaseUnusable:
            return False

    def _is_there(self, path: Path) -> bool:
        status = _status(path)
        if status is None or self._foreign.get(path) == _looks(status):
            return False
        return self._is_whole(path, status)

    def _is_whole(self, path: Path, status: os.stat_result) -> bool:
        from ...files.containers import read_shape

        looks = _looks(status)
        seen, is_whole = self._verdicts.get((path, None), (None, False))
        if seen != looks:
            is_whole = read_shape(path).is_whole
            self._verdicts[path, None] = looks, is_whole
        return is_whole


def _status(path: Path | None) -> os.stat_result | None:
    """What the system says of a plain file; None for anything else."""
    try:
        status = path.stat() if path else None
    except (OSError, ValueError):
        return None
    return status if status and stat.S_ISREG(status.st_mode) else None


def _looks(status: os.stat_result) -> object:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _named(folder: Path, task_ids: Iterable[str]) -> Iterator[tuple[Key, tuple[Path, ...]]]:
    """Find what stands in `folder` under the default names of these tasks, the usual name first."""
    present: dict[str, list[str]] = {}
    try:
        with os.scandir(folder) as files:
            for file in files:
                stem, _dot, ending = file.name.rpartition(".")
                present.setdefault(stem, []).append(f".{ending}")
    except OSError:
        return
    told = {"", *(suffix for stem in present for suffix in _SUFFIX.findall(stem))}
    kinds = [kind for kind in Kind if kind.spec.suffix in told]  # a list may name ten thousand
    for task_id in task_ids:
        for kind in kinds:
            paths = tuple(
                folder / (stem + ending)
                for stem in _stems(task_id, kind, present)
                for ending in kind.spec.medium.endings
                if ending in present[stem]
            )
            if paths:
                yield (task_id, kind), paths


def _stems(task_id: str, kind: Kind, present: Collection[str]) -> Iterator[str]:
    """The task's own names that are there; the one beside another file only if that is there."""
    from ..naming.template import file_name

    usual = file_name(task_id, kind, _USUAL).removesuffix(_USUAL)
    if usual in present:
        yield usual
        beside = file_name(task_id, kind, _USUAL, distinct=True).removesuffix(_USUAL)
        if beside in present:
            yield beside
