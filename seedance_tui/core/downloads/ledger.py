"""The record of pending and finished downloads, from which a killed program resumes.

It says what the disk cannot: which files are still wanted, in which order, under which names, and
which the user did not want. Ours, and can be deleted; then only the default names are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ...api.links import Kind
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


class Decision(StrEnum):
    """The decision about one file."""

    WANTED = "wanted"
    HELD = "held"
    """Wanted, and paused by the user."""
    SAVED = "saved"
    DECLINED = "declined"
    """Cancelled by the user: auto-save leaves it alone."""
    FAILED = "failed"
    """Given up; a later run may try again."""


@dataclass(frozen=True, slots=True)
class Record:
    """One file; `path` is where it goes or went, None while that is not known."""

    key: Key
    decision: Decision
    path: Path | None = None
    place: int = 0
    """Its place in the queue."""


class Ledger:
    """The records at `path`; every method blocks and may raise DatabaseUnusable."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, (_SCHEMA,))

    def records(self) -> tuple[Record, ...]:
        """Return all of them, in the order of the queue; what cannot be read is passed over."""
        with self._database.opened() as database:
            rows = database.execute(
                "SELECT task_id, kind, fate, path, place FROM files ORDER BY place, rowid"
            ).fetchall()
        return tuple(record for row in rows if (record := _record(*row)))

    def write(self, records: Iterable[Record]) -> None:
        """Write some records in place of what was said of the same files."""
        with self._database.opened() as database, database:
            database.executemany(
                "INSERT OR REPLACE INTO files (task_id, kind, fate, path, place)"
                " VALUES (?, ?, ?, ?, ?)",
                [_row(record) for record in records],
            )


def _record(task_id: str, kind: str, decision: str, path: str | None, place: int) -> Record | None:
    try:
        return Record(
            (task_id, Kind(kind)), Decision(decision), Path(path) if path else None, place
        )
    except ValueError:
        return None


def _row(record: Record) -> tuple[str, str, str, str | None, int]:
    task_id, kind = record.key
    path = plain(str(record.path)) if record.path else None
    return plain(task_id), kind.value, record.decision.value, path, record.place
