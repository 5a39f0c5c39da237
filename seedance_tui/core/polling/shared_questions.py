"""Who asks: instances that watch the same task ask once an interval, and share the answer.

Before a question an instance claims it, in a small SQLite file beside the history. Another one
that wants to ask takes the answer from there. No claim outlives an interval: those of an instance
that was killed are taken over by themselves.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ...api.errors import TaskNotFound
from ...api.models import Task
from ..model.outcomes import Fetched, Missed, Outcome, Problem
from ..storage.paths import questions_path
from ..storage.sqlite import Database, DatabaseUnusable, plain
from .poller import Poller, TaskSource

_log = logging.getLogger(__name__)
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
UPDATE questions SET heard_at = ?4, answer = ?5 WHERE owner = ?1 AND gateway = ?2 AND task_id = ?3
"""
_ANSWER = "SELECT heard_at, answer FROM questions WHERE gateway = ? AND task_id = ?"
_WITHDRAW = "DELETE FROM questions WHERE owner = ? AND gateway = ? AND task_id = ?"
_SHARE = 0.85
"""Intervals for which a claim holds: less than the shortest between two questions."""
_LOOK, _LOOKS = 0.25, 20
"""Seconds between two looks for another instance's answer; at least so many an interval."""
_LONGEST_KEPT = 3600.0
"""Seconds: what an instance that was killed has left goes, for it has links in it."""


class Settings(Protocol):
    """What says who shares what; `core.config.Config` is one."""

    @property
    def history(self) -> Path:
        """The database of responses; what the instances tell each other is in one beside it."""
        ...

    @property
    def base_url(self) -> str:
        """The gateway that is asked."""
        ...

    @property
    def interval(self) -> float:
        """Seconds between two questions about a task."""
        ...


class HookRunner(Protocol):
    """Runs the hook of a task if nobody else does; `core.hooks.runner.Hooks` is one."""

    claim: Callable[[str], Awaitable[bool]] | None


def shared_by(settings: Settings) -> SharedQuestions:
    """Return the questions that all instances with these settings share."""
    file = questions_path(settings.history)
    return SharedQuestions(file, settings.base_url, settings.interval)


async def poll_shared(
    poller: Poller, gateway: TaskSource, settings: Settings, hooks: HookRunner
) -> None:
    """Poll until cancelled; what another instance asks, or has run, is not done twice."""
    shared = shared_by(settings)
    poller.asker, hooks.claim = shared.ask, shared.claim_hook
    try:
        await poller.run(gateway)
    finally:
        await shared.leave()


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Another instance's claim: what it heard, if it has."""

    heard_at: float | None
    answer: str | None

    def outcome(self, task_id: str) -> Outcome | None:
        if self.heard_at is None:
            return None
        if self.answer is None:
            return Missed(task_id, Problem(TaskNotFound, at=self.heard_at), is_borrowed=True)
        task = Task.from_json(json.loads(self.answer))
        return Fetched(task_id, task, self.heard_at, is_borrowed=True) if task else None


class SharedQuestions:
    """The claims at `path` on questions to `gateway`, once per `interval` seconds.

    Without the file, which may be read-only or damaged, each instance asks for itself.
    """

    def __init__(self, path: Path, gateway: str, interval: float) -> None:
        self._database = Database(path, _STEPS, is_durable=False)
        self._gateway = gateway
        self._interval = interval
        self._owner = f"{os.getpid()}-{os.urandom(8).hex()}"
        self._is_usable = True
        self._is_swept = False

    async def ask(
        self, task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        """Ask, or return what another instance has heard; with `insists`, ask in any case."""
        while self._is_usable:
            claimed = await asyncio.to_thread(self._claim, task_id, insists=insists)
            if claimed is None:
                break
            if outcome := claimed.outcome(task_id):
                return outcome
            await asyncio.sleep(min(_LOOK, self._interval / _LOOKS))
        outcome = await ask()
        if self._is_usable:
            await asyncio.to_thread(self._tell, task_id, outcome)
        return outcome

    async def heard(self, task_id: str) -> Outcome | None:
        """Return what an instance that runs has asked within an interval and heard, if one has.

        Nothing is claimed: who asks once and is gone keeps nobody waiting.
        """
        if not self._is_usable:
            return None
        told = await asyncio.to_thread(self._heard, task_id)
        return told.outcome(task_id) if told else None

    async def claim_hook(self, task_id: str) -> bool:
        """Whether no other instance runs, or has just run, the hook of the task."""
        return not self._is_usable or await asyncio.to_thread(self._claim_hook, task_id)

    async def leave(self) -> None:
        """Withdraw every claim: this instance asks no more."""
        if self._is_usable:
            await asyncio.to_thread(self._write, "DELETE FROM questions WHERE owner = ?")

    @contextmanager
    def _alone(self) -> Iterator[tuple[sqlite3.Connection, float]]:
        """Change the file, and no other instance meanwhile; with the time since which.

        A claim is never older than one that was written before it.
        """
        with self._database.opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database, time.time()

    def _claim(self, task_id: str, *, insists: bool) -> _Claimed | None:
        """Claim the question; return the claim of another instance that forbids it."""
        key = self._gateway, plain(task_id)
        try:
            with self._alone() as (database, now):
                since = now - _SHARE * self._interval
                if not self._is_swept:
                    old = (now - _LONGEST_KEPT,)
                    database.execute("DELETE FROM questions WHERE asked_at < ?", old)
                    database.execute("DELETE FROM hooks WHERE at < ?", old)
                    self._is_swept = True
                given = (*key, self._owner, now, insists, since)
                if database.execute(_CLAIM, given).rowcount:
                    return None
                row = database.execute(_ANSWER, key).fetchone()
        except DatabaseUnusable as error:
            self._give_up(error)
            return None
        return _Claimed(*row)

    def _heard(self, task_id: str) -> _Claimed | None:
        now, key = time.time(), (self._gateway, plain(task_id))
        if not self._database.path.exists():
            return None
        try:
            with self._database.opened() as database:
                within = f"{_ANSWER} AND asked_at BETWEEN ? AND ?"
                row = database.execute(within, (*key, now - self._interval, now)).fetchone()
        except DatabaseUnusable as error:
            self._give_up(error)
            return None
        return _Claimed(*row) if row else None

    def _tell(self, task_id: str, outcome: Outcome) -> None:
        """Leave the answer for the others; trouble on the way is each instance's own."""
        key = self._gateway, plain(task_id)
        if isinstance(outcome, Fetched):
            text = json.dumps(outcome.task.raw, separators=(",", ":"))
            self._write(_HEARD, *key, outcome.at, text)
        elif outcome.problem.is_not_found:
            self._write(_HEARD, *key, outcome.problem.at, None)
        else:
            self._write(_WITHDRAW, *key)

    def _claim_hook(self, task_id: str) -> bool:
        try:
            with self._alone() as (database, now):
                given = (plain(task_id), now, now - _LONGEST_KEPT)
                took = database.execute(_CLAIM_HOOK, given)
        except DatabaseUnusable as error:
            self._give_up(error)
            return True
        return bool(took.rowcount)

    def _write(self, statement: str, *values: str | float | None) -> None:
        """Run a statement whose first value is the owner."""
        try:
            with self._database.opened() as database, database:
                database.execute(statement, (self._owner, *values))
        except DatabaseUnusable as error:
            self._give_up(error)

    def _give_up(self, error: DatabaseUnusable) -> None:
        _log.warning("questions are not shared with other instances: %s", error)
        self._is_usable = False
