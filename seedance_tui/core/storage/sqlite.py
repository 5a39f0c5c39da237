"""A SQLite file of ours: private, opened in the thread that uses it, brought to this version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ..text.i18n import _

_BUSY_SECONDS = 5.0


class DatabaseUnusable(Exception):
    """The file is damaged, of a later version, or cannot be written."""


class DatabaseBusy(DatabaseUnusable):
    """Another instance holds the file for longer than one waits; it will let go."""


class Database:
    """The file at `path`, whose schema is made by `steps`, one script for each version.

    It is opened once per use, so that it never blocks the loop and a damaged one costs nothing
    but itself.
    """

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        self.path = path
        self._steps = steps

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open it for one use; blocks, and raises DatabaseUnusable."""
        try:
            with closing(self._connection()) as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA synchronous = NORMAL")
                self._migrate(database)
                yield database
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            is_busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            raise (DatabaseBusy if is_busy else DatabaseUnusable)(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS)

    def _migrate(self, database: sqlite3.Connection) -> None:
        """Bring the schema to the version of this program; a later one is left alone."""
        if self._version(database) == len(self._steps):
            return
        with database:
            database.execute("BEGIN IMMEDIATE")
            # Another instance may have come first.
            for step in self._steps[self._version(database) :]:
                for statement in step.split(";"):
                    database.execute(statement)
            database.execute(f"PRAGMA user_version = {len(self._steps)}")

    def _version(self, database: sqlite3.Connection) -> int:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(self._steps):
            words = _("{file} was created by a newer version ({version})")
            raise sqlite3.DatabaseError(words.format(file=self.path.name, version=version))
        return int(version)


def plain(text: str) -> str:
    """Replace what SQLite cannot store as UTF-8."""
    return text.encode("utf-8", "replace").decode()
