"""The record of pending and finished downloads, from which a killed program resumes.

It says what the disk cannot: which files are still wanted, in which order, under which names, and
which the user did not want. Ours, and can be deleted; then only the default names are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ...api.file_types import Remark
from ...api.links import Kind
from ..model.file_states import Stamp
from ..model.outcomes import Problem
from ..storage.sqlite import Database, plain

Key = tuple[str, Kind]
"""A file: its task's ID and which of the task's files it is."""

_SCHEMA = """
CREATE TABLE files (
    task_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    fate TEXT NOT NULL,
    path TEXT,
    place INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task_id, kind)
)
"""


_WHAT_IT_WAS = """
ALTER TABLE files ADD COLUMN size INTEGER;
ALTER TABLE files ADD COLUMN crc64 TEXT;
ALTER TABLE files ADD COLUMN changed_at INTEGER;
ALTER TABLE files ADD COLUMN remarks TEXT;
ALTER TABLE files ADD COLUMN problem TEXT
"""
_WHENCE_IT_CAME = "ALTER TABLE files ADD COLUMN source TEXT"
_BASIC = ("fate", "path", "place")
_MORE = ("size", "crc64", "changed_at", "remarks", "problem", "source")
_NAMES = ("task_id", "kind", *_BASIC, *_MORE)
_COLUMNS, _MARKS = ", ".join(_NAMES), ", ".join("?" * len(_NAMES))
_SAVED_AT = "SELECT task_id, kind FROM files WHERE path = ? AND fate = 'saved'"


class Decision(StrEnum):
    """The decision about one file."""

    WANTED = "wanted"
    HELD = "held"
    """Wanted, and paused by the user."""
    SAVED = "saved"
    DECLINED = "declined"
    """Cancelled by the user: auto-save leaves it alone."""
    FAILED = "failed"
    """Given up, for a reason, until the user tries it again or puts it away."""


@dataclass(frozen=True, slots=True)
class Record:
    """One file; `path` is where it goes or went, None while that is not known."""

    key: Key
    decision: Decision
    path: Path | None = None
    place: int = 0
    """Its place in the queue."""
    stamp: Stamp | None = None
    """By what a saved file is known again; None in the records of earlier versions."""
    remarks: tuple[Remark, ...] = ()
    problem: Problem | None = None
    """Why it was given up."""
    source: str = ""
    """Which link a saved file came from; empty if not known."""


class Ledger:
    """The records at `path`; every method blocks and may raise DatabaseUnusable."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, (_SCHEMA, _WHAT_IT_WAS, _WHENCE_IT_CAME))

    def records(self, only: Sequence[str] = ()) -> tuple[Record, ...]:
        """Return all of them, in the order of the queue; what cannot be read is passed over.

        With `only`, those of these tasks.
        """
        where = f" WHERE task_id IN ({', '.join('?' * len(only))})" if only else ""
        with self._database.opened() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM files{where} ORDER BY place, rowid",  # noqa: S608  our own names
                [plain(one) for one in only],
            ).fetchall()
        return tuple(record for row in rows if (record := _record(*row)))

    def owners(self, path: Path) -> frozenset[tuple[str, str]]:
        """Return whose saved file is at `path`: task IDs with the kinds of their files."""
        with self._database.opened() as database:
            return frozenset(database.execute(_SAVED_AT, (plain(str(path)),)))

    def write(self, records: Iterable[Record]) -> None:
        """Write some records in place of what was said of the same files."""
        with self._database.opened() as database, database:
            database.executemany(
                f"INSERT OR REPLACE INTO files ({_COLUMNS}) VALUES ({_MARKS})",  # noqa: S608
                [_row(record) for record in records],
            )


def _record(
    task_id: str,
    kind: str,
    decision: str,
    path: str | None,
    place: int,
    size: int | None,
    crc64: str | None,
    changed_at: int | None,
    remarks: str | None,
    problem: str | None,
    source: str | None,
) -> Record | None:
    from ._problem_json import problem_of

    try:
        return Record(
            (task_id, Kind(kind)),
            Decision(decision),
            Path(path) if path else None,
            place,
            None if size is None else Stamp(size, int(crc64) if crc64 else None, changed_at),
            tuple(Remark(word) for word in (remarks or "").split()),
            problem_of(problem),
            source or "",
        )
    except ValueError:
        return None


def _row(record: Record) -> tuple[str | int | None, ...]:
    from ._problem_json import problem_text

    (task_id, kind), stamp = record.key, record.stamp
    return (
        plain(task_id),
        kind.value,
        record.decision.value,
        plain(str(record.path)) if record.path else None,
        record.place,
        stamp.size if stamp else None,
        str(stamp.crc64) if stamp and stamp.crc64 is not None else None,
        stamp.changed_at if stamp else None,
        " ".join(record.remarks) or None,
        problem_text(record.problem),
        plain(record.source) or None,
    )
