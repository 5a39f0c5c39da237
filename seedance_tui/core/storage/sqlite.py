"""A SQLite file of ours: private, opened in the thread that uses it, brought to this version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..text.i18n import _

_BUSY_SECONDS = 5.0


class DatabaseUnusable(Exception):
    """The file is damaged, of a later version, or cannot be written."""


class DatabaseUnavailable(DatabaseUnusable):
    """The file cannot be read or written now: no room, no permission, no disk; that may pass."""


class DatabaseBusy(DatabaseUnavailable):
    """Another instance holds the file for longer than one waits; it will let go."""


_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSED = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOLFS,
)
"""Primary codes of what lies in the disk and not in the file."""


class Database:
    """The file at `path`, whose schema is made by `steps`, one script for each version.

    It is opened once per use, so that it never blocks the loop and a damaged one costs nothing
    but itself. Without `is_durable` no write waits for the disk: a crash of the system may lose it.
    """

    def __init__(self, path: Path, steps: Sequence[str], *, is_durable: bool = True) -> None:
        self.path = path
        self._steps = steps
        self._is_durable = is_durable

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open it for one use; blocks, and raises DatabaseUnusable."""
        try:
            with closing(self._connection()) as database:
                _keep_a_journal(database, is_durable=self._is_durable)
                self._migrate(database)
                yield database
        except (sqlite3.Error, OSError) as error:
            from ...files.os_errors import reason

            raise _kind_of(error)(reason(error)) from error

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


def _keep_a_journal(database: sqlite3.Connection, *, is_durable: bool) -> None:
    """Let a killed write be taken back, by the way that network file systems know too.

    A write-ahead log needs memory that all its users share, which they have not. An earlier
    version's is given up once no window has the file open.
    """
    with suppress(sqlite3.OperationalError):
        database.execute("PRAGMA journal_mode = DELETE")
    database.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'OFF'}")


def _kind_of(error: sqlite3.Error | OSError) -> type[DatabaseUnusable]:
    if isinstance(error, OSError):
        return DatabaseUnavailable
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more of the same
    if code in _HELD:
        return DatabaseBusy
    return DatabaseUnavailable if code in _REFUSED else DatabaseUnusable


def plain(text: str) -> str:
    """Replace what SQLite cannot store as UTF-8."""
    return text.encode("utf-8", "replace").decode()
