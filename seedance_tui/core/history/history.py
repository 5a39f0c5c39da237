"""Every response that changed, with the time it was seen: ours, and can be deleted at any time.

Upstream forgets a task after 7 days (source: its documentation); what it said stays here, and
beside it how far apart its clock and ours were, what nobody has looked at, what is told as lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...api.json_values import decoded
from ...api.models import Status, Task
from ..model.entry import Remembered
from ..storage.sqlite import Database, plain

_ANSWERS = """
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
_CLOCK = """
CREATE TABLE clock (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    skew REAL NOT NULL
)
"""
_UNSEEN = """
CREATE TABLE unseen (task_id TEXT PRIMARY KEY)
"""
_SIZES = """
ALTER TABLE answers ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE answers SET size = LENGTH(CAST(answer AS BLOB));
DROP INDEX answers_of_task;
CREATE INDEX answers_of_task ON answers (task_id, number, ended, size);
"""
_LOST = "CREATE TABLE lost (task_id TEXT PRIMARY KEY)"
_STEPS = (_ANSWERS, _CLOCK, _UNSEEN, _SIZES, _LOST)
"""What each version of the schema added to the one before."""
LONG_DEAD = 30 * 86_400.0
"""Seconds after its deadline at which a link is expired by any clock: no store keeps one longer."""
_NOBODY = "\0"  # no task has this ID
_LATEST = """
SELECT task_id, seen_at, answer FROM answers
WHERE number IN (SELECT MAX(number) FROM answers{where} GROUP BY task_id)
"""
_RECENT = 500
_AT_ONCE = 500
"""Task IDs in one question: SQLite may take no more than 999."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One change in the life of a task: when it was first seen, and what was said."""

    at: float
    status: Status
    progress: float | None
    upstream: str | None


class History:
    """The database at `path`; every method blocks and may raise DatabaseUnusable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path, _STEPS)

    def record(
        self,
        answers: Sequence[tuple[str, Task, float]],
        clock_skew: float | None = None,
        *,
        is_sure: bool = True,
    ) -> None:
        """Keep the responses (task ID, task, Unix seconds) that differ from the last one kept.

        One that says less than that is left out: a later run would take it for the last word.
        `clock_skew` is how many seconds the gateway's clock is ahead, None if that is no news.
        Only if the gateway has confirmed the clock (`is_sure`) are links known to be expired.
        """
        from ...api.unsigned import unsigned
        from ._bounds import keep_within
        from ._news import last_deadline, tells_less

        with self._database.opened() as database, database:
            if clock_skew is not None:
                database.execute("REPLACE INTO clock (number, skew) VALUES (1, ?)", (clock_skew,))
            for task_id, task, at in answers:
                dies_at = last_deadline(task)
                has_expired = is_sure and dies_at is not None and dies_at <= at
                raw = unsigned(task.raw) if has_expired else task.raw
                text = json.dumps(raw, separators=(",", ":"))
                last = _last_answer(database, task_id)
                if text != last and not (last and tells_less(last, task)):
                    database.execute(
                        "INSERT INTO answers (task_id, seen_at, answer, dies_at, ended, size)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        (
                            plain(task_id),
                            at,
                            text,
                            None if has_expired else dies_at,
                            not task.status.is_open,
                            len(text),
                        ),
                    )
            keep_within(database, {plain(task_id) for task_id, _task, _at in answers})

    def latest(self, ids: Iterable[str] | None = None) -> tuple[Remembered, ...]:
        """Return the last response about each of these tasks, or about each there is."""
        with self._database.opened() as database:
            if ids is None:
                rows = database.execute(_LATEST.format(where="")).fetchall()
            else:
                rows = [row for some in _batched(ids) for row in _latest_of(database, some)]
        return tuple(_remembered(rows))

    def recent(self) -> tuple[Remembered, ...]:
        """Return the last answers of all, the first one first: enough to learn from."""
        with self._database.opened() as database:
            rows = database.execute(
                "SELECT task_id, seen_at, answer FROM answers ORDER BY number DESC LIMIT ?",
                (_RECENT,),
            ).fetchall()
        return tuple(_remembered(reversed(rows)))

    def clock_skew(self) -> float:
        """Return how many seconds the gateway's clock was ahead when that was last news, or 0."""
        with self._database.opened() as database:
            row = database.execute("SELECT skew FROM clock").fetchone()
        return float(row[0]) if row else 0.0

    def unseen(self) -> tuple[str, ...]:
        """Return the tasks that had changed and were not looked at when the last run ended."""
        return self._ids("SELECT task_id FROM unseen")

    def note_unseen(self, news: Mapping[str, bool]) -> None:
        """Note of tasks whether they have changed and were not looked at since."""
        self._note(
            news,
            "INSERT OR IGNORE INTO unseen VALUES (?)",
            "DELETE FROM unseen WHERE task_id = ?",
        )

    def lost(self) -> tuple[str, ...]:
        """Return the tasks of which was told that a video is lost."""
        return self._ids("SELECT task_id FROM lost")

    def note_lost(self, news: Mapping[str, bool]) -> None:
        """Note of tasks whether a video is lost, and that was told."""
        self._note(
            news, "INSERT OR IGNORE INTO lost VALUES (?)", "DELETE FROM lost WHERE task_id = ?"
        )

    def _ids(self, question: str) -> tuple[str, ...]:
        with self._database.opened() as database:
            return tuple(task_id for (task_id,) in database.execute(question))

    def _note(self, news: Mapping[str, bool], put: str, take: str) -> None:
        with self._database.opened() as database, database:
            for task_id, holds in news.items():
                database.execute(put if holds else take, (plain(task_id),))

    def timeline(self, task_id: str) -> tuple[Seen, ...]:
        """Return the changes of a task, the first one first, equal neighbours left out."""
        return tuple(_changes(self.answers(task_id)))

    def answers(self, task_id: str) -> tuple[Remembered, ...]:
        """Return every response about a task that was kept, the first one first."""
        with self._database.opened() as database:
            rows = database.execute(
                "SELECT task_id, seen_at, answer FROM answers WHERE task_id = ? ORDER BY number",
                (plain(task_id),),
            ).fetchall()
        return tuple(_remembered(rows))

    def check(self) -> None:
        """Write into the file, and take it back: raises DatabaseUnusable where that fails."""
        with self._database.opened() as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO unseen VALUES (?)", (_NOBODY,))
            database.rollback()

    def forget_dead_links(self, now: float) -> None:
        """Take the signatures out of links that have expired: they are secrets of no more use."""
        with self._database.opened() as database, database:
            dead = database.execute(
                "SELECT number, answer FROM answers WHERE dies_at <= ?", (now,)
            ).fetchall()
            database.executemany(
                "UPDATE answers SET answer = ?, dies_at = NULL WHERE number = ?",
                [(_unsigned(answer), number) for number, answer in dead],
            )


def _batched(ids: Iterable[str]) -> Iterator[list[str]]:
    names = list(map(plain, ids))
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]


def _latest_of(database: sqlite3.Connection, ids: list[str]) -> list[tuple[str, float, str]]:
    marks = ",".join("?" * len(ids))
    return database.execute(_LATEST.format(where=f" WHERE task_id IN ({marks})"), ids).fetchall()


def _last_answer(database: sqlite3.Connection, task_id: str) -> str | None:
    row = database.execute(
        "SELECT answer FROM answers WHERE task_id = ? ORDER BY number DESC LIMIT 1",
        (plain(task_id),),
    ).fetchone()
    return row[0] if row else None


def _remembered(rows: Iterable[tuple[str, float, str]]) -> Iterator[Remembered]:
    """Decode rows; one that cannot be read is passed over."""
    every = list(rows)
    answers = decoded([answer for _task_id, _seen_at, answer in every])
    for (task_id, seen_at, _answer), answer in zip(every, answers, strict=True):
        if task := Task.from_json(answer):
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
    from ...api.unsigned import unsigned

    return json.dumps(unsigned(json.loads(answer)), separators=(",", ":"))
