"""The watch list: a TOML file that the user may edit, and another window too, at any time.

Every change is made to the file as it is at that moment, under a lock: read, changed, written
whole. Keys and tables that the program does not know are kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomli_w

from .atomic import locked, write_whole
from .watched import Change, Watched

VERSION = 1
_HEADER = re.compile(r"^\s*\[\[\s*tasks\s*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the file says; `damage` is the parser's word where it is not TOML, else empty."""

    watched: tuple[Watched, ...]
    damage: str = ""
    kept_aside: Path | None = None


class WatchList:
    """The file at `path`; every method blocks, and may raise OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Loaded:
        """Read the list; of a file that does not parse, every good entry."""
        document, damage = self._read()
        return Loaded(_watched(document), damage)

    def apply(self, change: Change) -> Loaded:
        """Make the change in the file as it is now, and return the list that results."""
        with locked(self.path):
            document, damage = self._read()
            aside = self._keep_aside() if damage else None
            before = _watched(document)
            after = change.apply(before)
            if after != before or damage:
                nameless = [table for table in _tables(document) if _entry(table) is None]
                document["tasks"] = [entry.to_table() for entry in after] + nameless
                write_whole(self.path, _dumped(document))
            return Loaded(after, damage, aside)

    def modified(self) -> tuple[int, int] | None:
        """Return what changes with the file, so that a change outside is noticed cheaply."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def _read(self) -> tuple[dict[str, Any], str]:
        try:
            text = self.path.read_bytes().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return {}, ""
        try:
            return tomllib.loads(text), ""
        except tomllib.TOMLDecodeError as error:
            return _salvaged(text), str(error)

    def _keep_aside(self) -> Path:
        """Copy a file that does not parse to a name that is free, before it is written anew."""
        content = self.path.read_bytes()
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            if aside.read_bytes() == content:
                return aside
            number += 1
        write_whole(aside, content)
        return aside


def _watched(document: Mapping[str, Any]) -> tuple[Watched, ...]:
    """Return the entries, each ID once; the first of two with the same ID counts."""
    entries: dict[str, Watched] = {}
    for table in _tables(document):
        if entry := _entry(table):
            entries.setdefault(entry.id, entry)
    return tuple(entries.values())


def _tables(document: Mapping[str, Any]) -> list[Any]:
    tables = document.get("tasks")
    return tables if isinstance(tables, list) else []


def _entry(table: object) -> Watched | None:
    return Watched.from_table(table) if isinstance(table, dict) else None


def _dumped(document: Mapping[str, Any]) -> bytes:
    tasks = document.get("tasks", [])
    head = {"version": VERSION} | {key: v for key, v in document.items() if key != "tasks"}
    text = tomli_w.dumps(head | {"tasks": tasks})
    return text.encode("utf-8", errors="replace")


def _salvaged(text: str) -> dict[str, Any]:
    """Read every `[[tasks]]` table that parses by itself; the damaged ones are passed over."""
    starts = [match.start() for match in _HEADER.finditer(text)] + [len(text)]
    document = _parsed(text[: starts[0]])
    tasks: list[Any] = []
    for begin, end in pairwise(starts):
        tasks += _parsed(text[begin:end]).get("tasks", [])
    return document | {"tasks": tasks}


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
