"""Which files of the tasks are on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..api.links import Kind
from .ledger import Key
from .naming.template import find_saved


class Shelf:
    """The folder for videos, looked at again only when it, or the list, has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: object = None
        self._found: dict[tuple[str, Kind], Path] = {}

    def find(self, task_ids: tuple[str, ...], recorded: Mapping[Key, Path]) -> dict[Key, Path]:
        """Find files by their default names, and those with others by the record; blocks."""
        elsewhere = {key: path for key, path in recorded.items() if path.is_file()}
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
