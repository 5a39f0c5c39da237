"""The watch list: a TOML file that the user may edit, and another instance too, at any time.

Every change is made to the file as it is at that moment, under a lock: read, changed, written
whole. Keys and tables that the program does not know are kept.
"""

from __future__ import annotations

import os
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomli_w

from ...files import placing
from ..model.watched import Watched
from ..storage.atomic import locked, write_whole
from ..text.i18n import _
from ._journal import Journal, Stamp
from .changes import Change

VERSION = 1
_HEADER = re.compile(r"^[ \t]*\[{1,2}[ \t]*tasks\b[^\n]*", re.MULTILINE)
"""The head of a task's table, also where a bracket is missing."""
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

    def load(self) -> Loaded:
        """Read the list; of a file that does not parse, every good entry."""
        stamp = self.modified()
        document, damage = self._read()
        return Loaded(_watched(document), damage, stamp=stamp)

    def apply(self, *changes: Change) -> Loaded:
        """Make the changes in the file as it is now, and return the list that results.

        What an editor, which knows no lock, took away a moment after it was written is made again.
        """
        with locked(self.path) as lock:
            journal = Journal.read(lock)
            while True:
                loaded = self._changed(changes, journal)
                if loaded is not None:
                    journal.after(loaded.stamp, changes, time.time()).write(lock)
                    return loaded

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
                return Loaded(_watched(document), damage, stamp=stamp)
            aside = self._keep_aside() if damage else None
            before = after = _watched(document)
            unaware = () if stamp == journal.stamp else journal.unsettled(time.time())
            for change in (*unaware, *changes):
                after = change.apply(after)
            if after != before or damage:
                nameless = [table for table in _tables(document) if _entry(table) is None]
                content = _dumped(document, [*(one.to_table() for one in after), *nameless])
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
        return Loaded(after, damage, aside, stamp)

    def _put_back(self, old: int) -> None:
        """Let an editor win who was writing into the file while another took its name."""
        _settled(partial(_stamp_open, old))
        os.lseek(old, 0, os.SEEK_SET)
        with os.fdopen(os.dup(old), "rb") as file:
            write_whole(self.path, file.read())

    def _read(self) -> tuple[dict[str, Any], str]:
        try:
            content = placing.patiently(self.path.read_bytes)
        except FileNotFoundError:
            return {}, ""
        text = content.decode("utf-8-sig", errors="replace")
        try:
            document = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            return _salvaged(text), str(error)
        return document, _not_utf8(content) or _not_tables(document)

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
        if stamp is None:
            break
        age = abs(time.time() - stamp[0] / 1e9)
        if stamp == known or age > (_QUIET if stamp[1] else _EMPTY):
            break
        time.sleep(_QUIET / 5)
    return stamp


@contextmanager
def _held_open(path: Path) -> Iterator[int | None]:
    """Hold the file open, so that it can be looked at when its name is another's.

    None where there is no file; and on Windows, where no file is replaced that somebody has open.
    """
    try:
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


def _not_utf8(content: bytes) -> str:
    """Say where the bytes are no UTF-8, empty if they are: what they meant must not be lost."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _("not UTF-8 (at line {line})").format(line=line)
    return ""


def _not_tables(document: Mapping[str, Any]) -> str:
    """Say so if `tasks` is there and is no list of tables."""
    tasks = document.get("tasks", [])
    good = isinstance(tasks, list) and all(isinstance(table, dict) for table in tasks)
    return "" if good else _("tasks must be an array of tables ([[tasks]])")


def _watched(document: Mapping[str, Any]) -> tuple[Watched, ...]:
    """Return the entries, each ID once; the second of two adds what the first does not say."""
    tables: dict[str, dict[str, Any]] = {}
    for table in _tables(document):
        if entry := _entry(table):
            tables[entry.id] = table | tables.get(entry.id, {})
    return tuple(entry for table in tables.values() if (entry := _entry(table)))


def _tables(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    tasks = document.get("tasks", [])
    tables = tasks if isinstance(tasks, list) else [tasks]
    return [table for table in tables if isinstance(table, dict)]


_entry = Watched.from_table


def _dumped(document: Mapping[str, Any], tables: Iterable[Mapping[str, Any]]) -> bytes:
    head = {"version": VERSION} | {key: v for key, v in document.items() if key != "tasks"}
    text = "\n".join([tomli_w.dumps(head), *map(_block, tables)])
    return text.encode("utf-8", errors="replace")


def _block(table: Mapping[str, Any]) -> str:
    """Write one table under a header of its own; tomli_w puts short ones into one long array."""
    return "[[tasks]]\n" + tomli_w.dumps({"tasks": table}).removeprefix("[tasks]\n")


def _salvaged(text: str) -> dict[str, Any]:
    """Read every `[[tasks]]` table that parses by itself; the damaged ones are passed over."""
    starts = [match.start() for match in _HEADER.finditer(text)] + [len(text)]
    document = _parsed(text[: starts[0]])
    tasks: list[Any] = []
    for begin, end in pairwise(starts):
        body = _HEADER.sub("[[tasks]]", text[begin:end], count=1)
        tasks += _tables(_parsed(body))
    return document | {"tasks": _tables(document) + tasks}


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
