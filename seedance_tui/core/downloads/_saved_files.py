"""Which files of the tasks are on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...api.links import Kind
from ..naming.template import file_name
from .ledger import Key


class SavedFiles:
    """The folder for videos, looked at again only when it, or the list, has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: object = None
        self._found: dict[Key, Path] = {}

    def find(self, task_ids: tuple[str, ...], recorded: Mapping[Key, Path]) -> dict[Key, Path]:
        """Find files by their default names, and those with others by the record; blocks."""
        wanted = set(task_ids)
        elsewhere = {
            key: path for key, path in recorded.items() if key[0] in wanted and path.is_file()
        }
        return self._by_name(task_ids) | elsewhere

    def _by_name(self, task_ids: tuple[str, ...]) -> dict[Key, Path]:
        try:
            changed_at = self._folder.stat().st_mtime_ns
        except OSError:
            return {}
        if self._seen != (changed_at, task_ids):
            self._seen, self._found = None, find_saved(self._folder, task_ids)
            self._seen = changed_at, task_ids
        return self._found


def find_saved(folder: Path, task_ids: Iterable[str]) -> dict[Key, Path]:
    """Find which files of these tasks are in `folder`, by their default names; blocks."""
    try:
        with os.scandir(folder) as files:
            present = {file.name for file in files if file.is_file() and file.stat().st_size}
    except OSError:
        return {}
    found: dict[Key, Path] = {}
    for task_id in task_ids:
        for kind in Kind:
            for extension in kind.spec.medium.endings:
                if (name := file_name(task_id, kind, extension)) in present:
                    found[task_id, kind] = folder / name
    return found
