"""The TOML document of the watch list, or of the archive: read as far as it goes, written whole.

Keys and tables that the program does not know are kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomli_w

from ..model.watched import Watched
from ..storage.atomic import write_whole
from ..text.i18n import _
from ._plain_tables import quick_block, quick_document

VERSION = 1
_HEADER = re.compile(r"^[ \t]*\[{1,2}[ \t]*tasks\b[^\n]*", re.MULTILINE)
"""The head of a task's table, also where a bracket is missing."""
_HEAD = b"\n[[tasks]]\n"
"""As the program writes it: in a document without long texts this is nothing else."""
_PLAIN = re.compile(r"[\w.:=+\-]+", re.ASCII)
"""An ID that TOML spells as it is."""

Place = tuple[int, int]
"""Where a table begins and where it ends, in bytes."""


def parse(content: bytes) -> tuple[dict[str, Any], str]:
    """Return the document and the parser's word for its damage, empty if there is none.

    Of a document that does not parse, every good table is there.
    """
    text = content.decode("utf-8-sig", errors="replace")
    if document := quick_document(text):
        return document, _not_utf8(content)
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _salvaged(text), str(error)
    return document, _not_utf8(content) or _not_tables(document)


def entries_of(document: Mapping[str, Any]) -> tuple[Watched, ...]:
    """Return the entries, each ID once; the second of two adds what the first does not say."""
    tables: dict[str, dict[str, Any]] = {}
    entries: dict[str, Watched] = {}
    for table in _tables(document):
        entry = Watched.from_table(table)
        if entry and entry.id in tables:
            table = table | tables[entry.id]
            entry = Watched.from_table(table)
        if entry:
            tables[entry.id], entries[entry.id] = table, entry
    return tuple(entries.values())


def nameless_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tables that are no entries, since they have no usable ID."""
    return [table for table in _tables(document) if Watched.from_table(table) is None]


def dumped(document: Mapping[str, Any], tables: Iterable[Mapping[str, Any]]) -> bytes:
    """Write the document with these tables in place of its own."""
    head = {"version": VERSION} | {key: v for key, v in document.items() if key != "tasks"}
    return "\n".join([tomli_w.dumps(head), *map(_block, tables)]).encode("utf-8", "replace")


def appended(content: bytes, tables: Iterable[Mapping[str, Any]]) -> bytes | None:
    """Write the tables behind the others, nothing else touched.

    None where that could make a document of it that does not parse.
    """
    if not content:
        return dumped({}, tables)
    if _HEAD not in content:
        return None
    text = "".join(f"\n{_block(table)}" for table in tables)
    end = b"" if content.endswith(b"\n") else b"\n"
    return content + end + text.encode("utf-8", "replace")


def may_hold(content: bytes, task_id: str) -> bool:
    """Whether a table of the task may be in the document: told without reading any."""
    return bool(content) and (not _PLAIN.fullmatch(task_id) or task_id.encode() in content)


def find_tables(content: bytes, ids: Collection[str]) -> dict[Place, Watched] | None:
    """Find where the tables of these tasks are, the first one first, without reading the others.

    None where only reading the whole document can tell.
    """
    found: dict[Place, Watched] = {}
    if b'"""' in content or b"'''" in content or not all(map(_PLAIN.fullmatch, ids)):
        return None
    for name in map(str.encode, ids):
        at = content.find(name)
        while at >= 0:
            begin, end = content.rfind(_HEAD, 0, at), content.find(_HEAD, at)
            end = len(content) if end < 0 else end
            entry = _only_entry(content[begin:end]) if begin >= 0 else None
            if entry is None:
                return None
            if entry.id in ids:
                found[begin, end] = entry
            at = content.find(name, end)
    return {place: found[place] for place in sorted(found)}


def ends_with_a_table(content: bytes) -> bool:
    """Whether the last table of the document parses by itself, and is one of a task."""
    _before, head, table = content.rpartition(_HEAD)
    return bool(head) and _only_entry(head + table) is not None


def without(content: bytes, tables: Iterable[Place]) -> bytes:
    """Take out what is at these places, the first one first."""
    kept, rest = [], 0
    for begin, end in tables:
        kept.append(content[rest:begin])
        rest = end
    return b"".join([*kept, content[rest:]])


def _only_entry(block: bytes) -> Watched | None:
    """Read the one table that the block is; None if it is more, or less."""
    try:
        document = _parsed(block.decode())
    except UnicodeDecodeError:
        return None
    tables = _tables(document)
    return Watched.from_table(tables[0]) if len(document) == len(tables) == 1 else None


def keep_aside(path: Path) -> Path:
    """Copy a file that does not parse to a name that is free, before it is written anew."""
    content = path.read_bytes()
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        if aside.read_bytes() == content:
            return aside
        number += 1
    write_whole(aside, content)
    return aside


def _tables(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    tasks = document.get("tasks", [])
    tables = tasks if isinstance(tasks, list) else [tasks]
    return [table for table in tables if isinstance(table, dict)]


def _block(table: Mapping[str, Any]) -> str:
    """Write one table under a header of its own; tomli_w puts short ones into one long array."""
    if block := quick_block(table):
        return block
    return "[[tasks]]\n" + tomli_w.dumps({"tasks": table}).removeprefix("[tasks]\n")


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


def _salvaged(text: str) -> dict[str, Any]:
    """Read every `[[tasks]]` table that parses by itself; the damaged ones are passed over."""
    starts = [match.start() for match in _HEADER.finditer(text)] + [len(text)]
    document = _parsed(text[: starts[0]])
    tasks: list[Any] = []
    for begin, end in pairwise(starts):
        body = _HEADER.sub("[[tasks]]", text[begin:end])
        tasks += _tables(_parsed(body))
    return document | {"tasks": _tables(document) + tasks}


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
