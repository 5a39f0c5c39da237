"""How much is kept: of one task, and of all; the newest answers and the ends of tasks stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

MOST_ANSWERS = 200
"""Of one task: a task has some ten, unless its response changes every time."""
MOST_BYTES = 2_000_000
"""Of one task: a response has some two thousand."""
MOST_IN_ALL = 100_000_000
_LEFT_IN_ALL = 0.9
"""What is left of it once something had to go."""


def keep_within(database: sqlite3.Connection, task_ids: Iterable[str]) -> None:
    """Delete what is too much after answers of these tasks were written.

    Of each task the newest answer stays, and the newest one that tells its end.
    """
    for task_id in task_ids:
        _delete(database, _surplus_of_task(database, task_id))
    too_much = _used(database) - MOST_IN_ALL
    if too_much > 0:
        _delete(database, _oldest(database, too_much + (1 - _LEFT_IN_ALL) * MOST_IN_ALL))


def _surplus_of_task(database: sqlite3.Connection, task_id: str) -> list[int]:
    """The numbers of the responses that are too many, or too much, of one task."""
    rows = database.execute(
        "SELECT number, ended, size FROM answers WHERE task_id = ? ORDER BY number DESC",
        (task_id,),
    ).fetchall()
    if len(rows) <= MOST_ANSWERS and sum(size for _number, _ended, size in rows) <= MOST_BYTES:
        return []
    newest, *others = rows
    ends = [row for row in others if row[1]]
    steps = [row for row in others if not row[1]]
    spared = 1 if newest[1] else 2
    surplus, count, used = [], 0, 0
    for number, _ended, size in (newest, *ends, *steps):
        if count >= (spared if ends else 1) and (count >= MOST_ANSWERS or used + size > MOST_BYTES):
            surplus.append(number)
        else:
            count, used = count + 1, used + size
    return surplus


def _used(database: sqlite3.Connection) -> int:
    """Bytes of the file that hold something."""
    (pages,), (free,), (size,) = (
        database.execute(f"PRAGMA {name}").fetchone()
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _oldest(database: sqlite3.Connection, too_much: float) -> list[int]:
    """The numbers of the oldest answers that may go, so many that they hold so many bytes."""
    rows = database.execute("SELECT number, task_id, ended, size FROM answers").fetchall()
    rows.sort()
    newest = {task_id: number for number, task_id, _ended, _size in rows}
    ends = {task_id: number for number, task_id, ended, _size in rows if ended}
    spared = {*newest.values(), *ends.values()}
    old = []
    for number, _task_id, _ended, size in rows:
        if too_much <= 0:
            break
        if number not in spared:
            old.append(number)
            too_much -= size
    return old


def _delete(database: sqlite3.Connection, numbers: list[int]) -> None:
    if numbers:
        database.executemany(
            "DELETE FROM answers WHERE number = ?", [(number,) for number in numbers]
        )
