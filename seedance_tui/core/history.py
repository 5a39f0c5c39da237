"""Every answer that changed, with the time it was seen: ours, and can be deleted at any time.

Upstream forgets a task after 7 days (source: its documentation); what it said stays here. The
database is opened in the thread that uses it, once per call, so that it never blocks the loop and
a damaged one costs nothing but itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..api.links import links_of, without_signature
from ..api.models import Status, Task
from ..api.values import JSON

_VERSION = 1
_BUSY_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL,
    seen_at REAL NOT NULL,
    answer TEXT NOT NULL,
    dies_at REAL
);
CREATE INDEX answers_of_task ON answers (task_id, number);
CREATE INDEX answers_that_die ON answers (dies_at) WHERE dies_at IS NOT NULL;
"""
_LATEST = """
SELECT task_id, seen_at, answer FROM answers
WHERE number IN (SELECT MAX(number) FROM answers GROUP BY task_id)
"""


class HistoryUnusable(Exception):
    """The database is damaged, of a later version, or cannot be written."""


class HistoryBusy(HistoryUnusable):
    """Another window holds the database for longer than one waits; it will let go."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last answer about a task; `seen_at` in Unix seconds."""

    id: str
    task: Task
    seen_at: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One change in the life of a task: when it was first seen, and what was said."""

    at: float
    status: Status
    progress: float | None
    upstream: str | None


class History:
    """The database at `path`; every method blocks and may raise HistoryUnusable."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(self, answers: Iterable[tuple[str, Task, float]]) -> None:
        """Keep the answers (task ID, task, Unix seconds) that differ from the last one kept."""
        with self._database() as database, database:
            for task_id, task, at in answers:
                dies_at = _last_deadline(task)
                is_dead = dies_at is not None and dies_at <= at
                raw = _without_signatures(task.raw) if is_dead else task.raw
                text = json.dumps(raw, separators=(",", ":"))
                if text != _last_answer(database, task_id):
                    database.execute(
                        "INSERT INTO answers (task_id, seen_at, answer, dies_at)"
                        " VALUES (?, ?, ?, ?)",
                        (_plain(task_id), at, text, None if is_dead else dies_at),
                    )

    def latest(self) -> tuple[Remembered, ...]:
        """Return the last answer about each task."""
        with self._database() as database:
            rows = database.execute(_LATEST).fetchall()
        return tuple(_remembered(rows))

    def timeline(self, task_id: str) -> tuple[Seen, ...]:
        """Return the changes of a task, the first one first, equal neighbours left out."""
        with self._database() as database:
            rows = database.execute(
                "SELECT task_id, seen_at, answer FROM answers WHERE task_id = ? ORDER BY number",
                (_plain(task_id),),
            ).fetchall()
        return tuple(_changes(_remembered(rows)))

    def forget_dead_links(self, now: float) -> None:
        """Take the signatures out of links that have died: they are secrets of no more use."""
        with self._database() as database, database:
            dead = database.execute(
                "SELECT number, answer FROM answers WHERE dies_at <= ?", (now,)
            ).fetchall()
            database.executemany(
                "UPDATE answers SET answer = ?, dies_at = NULL WHERE number = ?",
                [(_unsigned(answer), number) for number, answer in dead],
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._opened()) as database:
                yield database
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            is_busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            raise (HistoryBusy if is_busy else HistoryUnusable)(str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        database = sqlite3.connect(self.path, timeout=_BUSY_SECONDS)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            _migrate(database)
        except BaseException:
            database.close()
            raise
        return database


def _migrate(database: sqlite3.Connection) -> None:
    """Bring the schema to the version of this program; a later one is left alone."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise sqlite3.DatabaseError(f"history of a later version ({version})")
    if version == _VERSION:
        return
    with database:
        database.execute("BEGIN IMMEDIATE")
        # Another window may have come first.
        if database.execute("PRAGMA user_version").fetchone() == (0,):
            for statement in _SCHEMA.split(";"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_VERSION}")


def _last_answer(database: sqlite3.Connection, task_id: str) -> str | None:
    row = database.execute(
        "SELECT answer FROM answers WHERE task_id = ? ORDER BY number DESC LIMIT 1",
        (_plain(task_id),),
    ).fetchone()
    return row[0] if row else None


def _plain(text: str) -> str:
    """Replace what SQLite cannot store as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _last_deadline(task: Task) -> float | None:
    return max((link.deadline for link in links_of(task) if link.deadline), default=None)


def _remembered(rows: Iterable[tuple[str, float, str]]) -> Iterator[Remembered]:
    """Decode rows; one that cannot be read is passed over."""
    for task_id, seen_at, answer in rows:
        try:
            task = Task.from_json(json.loads(answer))
        except (ValueError, RecursionError):
            continue
        if task is not None:
            yield Remembered(task_id, task, seen_at)


def _changes(answers: Iterable[Remembered]) -> Iterator[Seen]:
    last: tuple[str, float | None, str | None] | None = None
    for answer in answers:
        task = answer.task
        facts = (task.status.word, task.progress, task.upstream.status)
        if facts != last:
            yield Seen(answer.seen_at, task.status, task.progress, task.upstream.status)
        last = facts


def _unsigned(answer: str) -> str:
    return json.dumps(_without_signatures(json.loads(answer)), separators=(",", ":"))


def _without_signatures(value: JSON) -> JSON:
    if isinstance(value, str):
        return without_signature(value)
    if isinstance(value, dict):
        return {key: _without_signatures(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_signatures(inner) for inner in value]
    return value
