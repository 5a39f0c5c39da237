"""However much a task changes, the history keeps the newest answers, the ends, and a bound."""

import sqlite3
from pathlib import Path

import pytest

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.history import _bounds
from seedance_tui.core.history import history as module
from seedance_tui.core.history.history import History

NOW = 1_784_600_000.0


def answer(status: str, number: int, padding: int = 0) -> Task:
    data: JSON = {"task_id": "a", "status": status, "number": number, "padding": "x" * padding}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    return task


def numbers(history: History, task_id: str) -> list[int]:
    """Which answers about a task are kept, the oldest first."""
    with history._database.opened() as database:
        rows = database.execute(
            "SELECT json_extract(answer, '$.data.number') FROM answers"
            " WHERE task_id = ? ORDER BY number",
            (task_id,),
        ).fetchall()
    return [number for (number,) in rows]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.db")


def fill(history: History, task_id: str, count: int, *, padding: int = 0) -> None:
    for number in range(count):
        history.record([(task_id, answer("IN_PROGRESS", number, padding), NOW + number)])


def test_of_many_small_answers_the_newest_are_kept(history: History) -> None:
    fill(history, "a", _bounds.MOST_ANSWERS + 25)
    kept = numbers(history, "a")
    assert kept == list(range(25, _bounds.MOST_ANSWERS + 25))


def test_large_answers_take_no_more_room_than_one_task_may(history: History) -> None:
    fill(history, "b", 3)
    fill(history, "a", 20, padding=_bounds.MOST_BYTES // 4)
    assert numbers(history, "a") == [17, 18, 19]
    assert numbers(history, "b") == [0, 1, 2], "another task's answers are its own"
    assert history.path.stat().st_size < 3 * _bounds.MOST_BYTES


def test_an_answer_larger_than_the_bound_is_kept_as_the_newest(history: History) -> None:
    fill(history, "a", 3, padding=_bounds.MOST_BYTES)
    assert numbers(history, "a") == [2]


def test_the_end_of_a_task_is_kept_before_its_steps(history: History) -> None:
    history.record([("a", answer("FAILURE", -1), NOW)])
    fill(history, "a", _bounds.MOST_ANSWERS + 9)
    kept = numbers(history, "a")
    assert kept[0] == -1
    assert kept[1:] == list(range(10, _bounds.MOST_ANSWERS + 9))
    assert history.latest()[0].task.status.word == "IN_PROGRESS"


def test_ends_that_never_end_are_bounded_too(history: History) -> None:
    for number in range(_bounds.MOST_ANSWERS + 9):
        history.record([("a", answer("SUCCESS", number), NOW)])
    assert numbers(history, "a") == list(range(9, _bounds.MOST_ANSWERS + 9))


def test_in_all_the_oldest_steps_go_first(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_bounds, "MOST_IN_ALL", 1_000_000)
    history.record([("old", answer("SUCCESS", 0, 5_000), NOW)])
    for task_id in "abcdefghij":
        fill(history, task_id, 20, padding=20_000)
    assert numbers(history, "old") == [0]
    assert numbers(history, "a") == [19], "the newest answer stays"
    assert numbers(history, "j") == list(range(20))
    assert history.path.stat().st_size < 1_500_000
    assert len(history.latest()) == 11


def test_a_history_of_an_earlier_version_is_taken_over(history: History) -> None:
    written = '{"code":"success","data":{"task_id":"a","status":"QUEUED","x":"茶"}}'
    with sqlite3.connect(history.path) as database:
        for step in module._STEPS[:3]:
            database.executescript(step)
        database.execute("PRAGMA user_version = 3")
        database.execute(
            "INSERT INTO answers (task_id, seen_at, answer) VALUES ('a', 1, ?)",
            (written,),
        )
    database.close()
    assert history.latest()[0].task.status.word == "QUEUED"
    with history._database.opened() as opened:
        assert opened.execute("SELECT size FROM answers").fetchone() == (len(written) + 2,)
