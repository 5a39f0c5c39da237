"""The SQLite file in which instances claim questions, and leave the answers for one another."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...api.errors import TaskNotFound
from ...api.models import Task
from ..model.outcomes import Fetched, Missed, Outcome, Problem
from ..storage.sqlite import Database, plain

_STEPS = (
    """
CREATE TABLE questions (
    gateway TEXT NOT NULL,
    task_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    asked_at REAL NOT NULL,
    heard_at REAL,
    answer TEXT,
    PRIMARY KEY (gateway, task_id)
);
CREATE TABLE hooks (task_id TEXT PRIMARY KEY, at REAL NOT NULL)
""",
)
_CLAIM = """
INSERT INTO questions (gateway, task_id, owner, asked_at) VALUES (?, ?, ?, ?)
ON CONFLICT (gateway, task_id) DO UPDATE
SET owner = excluded.owner, asked_at = excluded.asked_at, heard_at = NULL, answer = NULL
WHERE owner = excluded.owner OR ? OR asked_at NOT BETWEEN ? AND excluded.asked_at
"""
_CLAIM_HOOK = """
INSERT INTO hooks (task_id, at) VALUES (?, ?)
ON CONFLICT (task_id) DO UPDATE SET at = excluded.at WHERE at NOT BETWEEN ? AND excluded.at
"""
_HEARD = """
UPDATE questions SET asked_at = ?4, heard_at = ?5, answer = ?6
WHERE owner = ?1 AND gateway = ?2 AND task_id = ?3
"""
_ANSWER = "SELECT heard_at, answer FROM questions WHERE gateway = ? AND task_id = ?"
_WITHDRAW = "DELETE FROM questions WHERE owner = ? AND gateway = ? AND task_id = ?"
_SHARE = 0.85
"""Intervals for which a claim holds: less than the shortest between two questions."""
_LONGEST_KEPT = 3600.0
"""Seconds: what an instance that was killed has left goes, for it has links in it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a question; `asked_at` is when it went out, in Unix seconds."""

    outcome: Outcome
    asked_at: float


@dataclass(frozen=True, slots=True)
class Claimed:
    """Another instance's claim: what it heard, if it has."""

    heard_at: float | None
    answer: str | None

    def outcome(self, task_id: str) -> Outcome | None:
        """Return what it heard of the task, None if nothing yet."""
        if self.heard_at is None:
            return None
        if self.answer is None:
            return Missed(task_id, Problem(TaskNotFound, at=self.heard_at), is_borrowed=True)
        task = Task.from_json(json.loads(self.answer))
        return Fetched(task_id, task, self.heard_at, is_borrowed=True) if task else None


class QuestionFile:
    """The claims of one instance, and what it sees of the others' at `path`.

    A claim is on a question to `gateway` and keeps others from it for most of `interval` seconds.
    Every method blocks and may raise DatabaseUnusable.
    """

    def __init__(self, path: Path, gateway: str, interval: float) -> None:
        self._database = Database(path, _STEPS, is_durable=False)
        self._gateway = gateway
        self._interval = interval
        self._owner = f"{os.getpid()}-{os.urandom(8).hex()}"
        self._is_swept = False
        self._has_left = False

    def settle(
        self, heard: Iterable[Heard], wanted: Mapping[str, bool]
    ) -> dict[str, Claimed | None]:
        """Note what was heard, then claim the wanted tasks: those marked as true in any case.

        Return each of them with the claim of another instance that forbids it, or None.
        """
        with self._alone() as (database, now):
            if self._has_left:
                return {}
            self._sweep(database, now)
            for one in heard:
                self._note(database, one)
            return {
                task_id: self._claim(database, task_id, now, insists=insists)
                for task_id, insists in wanted.items()
            }

    def heard(self, task_id: str) -> Outcome | None:
        """Return what an instance has asked within an interval and heard, None if nothing."""
        now, key = time.time(), self._key(task_id)
        if not self._database.path.exists():
            return None
        with self._database.opened() as database:
            within = f"{_ANSWER} AND asked_at BETWEEN ? AND ?"
            row = database.execute(within, (*key, now - self._interval, now)).fetchone()
        return Claimed(*row).outcome(task_id) if row else None

    def claim_hook(self, task_id: str) -> bool:
        """Whether no other instance runs, or has just run, the hook of the task."""
        with self._alone() as (database, now):
            given = (plain(task_id), now, now - _LONGEST_KEPT)
            return bool(database.execute(_CLAIM_HOOK, given).rowcount)

    def leave(self) -> None:
        """Withdraw every claim: this instance asks no more, whatever is under way."""
        self._has_left = True
        with self._alone() as (database, _now):
            database.execute("DELETE FROM questions WHERE owner = ?", (self._owner,))

    @contextmanager
    def _alone(self) -> Iterator[tuple[sqlite3.Connection, float]]:
        """Change the file, and no other instance meanwhile; with the time since which.

        A claim is never older than one that was written before it.
        """
        with self._database.opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database, time.time()

    def _key(self, task_id: str) -> tuple[str, str]:
        return self._gateway, plain(task_id)

    def _sweep(self, database: sqlite3.Connection, now: float) -> None:
        """Delete what is old, once."""
        if not self._is_swept:
            old = (now - _LONGEST_KEPT,)
            database.execute("DELETE FROM questions WHERE asked_at < ?", old)
            database.execute("DELETE FROM hooks WHERE at < ?", old)
            self._is_swept = True

    def _claim(
        self, database: sqlite3.Connection, task_id: str, now: float, *, insists: bool
    ) -> Claimed | None:
        key, since = self._key(task_id), now - _SHARE * self._interval
        if database.execute(_CLAIM, (*key, self._owner, now, insists, since)).rowcount:
            return None
        return Claimed(*database.execute(_ANSWER, key).fetchone())

    def _note(self, database: sqlite3.Connection, heard: Heard) -> None:
        """Leave the answer for the others; trouble on the way is each instance's own."""
        outcome, claim = heard.outcome, (self._owner, *self._key(heard.outcome.id))
        if isinstance(outcome, Fetched):
            text = json.dumps(outcome.task.raw, separators=(",", ":"))
            database.execute(_HEARD, (*claim, heard.asked_at, outcome.at, text))
        elif outcome.problem.is_not_found:
            database.execute(_HEARD, (*claim, heard.asked_at, outcome.problem.at, None))
        else:
            database.execute(_WITHDRAW, claim)
