"""How long tasks usually take, and how patient that makes the pace."""

from typing import Any

import pytest

from seedance_tui.api.models import Task
from seedance_tui.core.polling.run_times import RunTimes, Usual
from seedance_tui.core.polling.schedule import interval_factor, looks_stuck

NOW = 1_784_600_000.0


def task(
    status: str = "IN_PROGRESS", began: float = NOW, took: int | None = None, model: str = "m"
) -> Task:
    data: dict[str, Any] = {
        "task_id": "a",
        "status": status,
        "submit_time": began,
        "data": {"model": model},
    }
    found = Task.from_json({"data": data | ({"finish_time": began + took} if took else {})})
    assert found is not None
    return found


def test_a_few_tasks_tell_nothing_and_enough_tell_when_eight_of_ten_ended() -> None:
    times = RunTimes()
    for seconds in range(100, 140, 10):
        times.learn(task("SUCCESS", took=seconds))
    assert times.usual(task()) is None
    for seconds in range(140, 200, 10):
        times.learn(task("SUCCESS", took=seconds))
    assert times.usual(task()) == Usual(110, 190)
    assert times.usual(task(model="another")) is None


def test_failed_and_open_tasks_teach_nothing() -> None:
    times = RunTimes()
    for _ in range(10):
        times.learn(task("FAILURE", took=5))
        times.learn(task())
    assert times.usual(task()) is None


@pytest.mark.parametrize(
    ("age", "intervals"), [(0, 2), (49, 2), (51, 1), (100, 1), (500, 1), (601, 4)]
)
def test_a_running_task_is_asked_about_less_before_it_can_end_and_long_after(
    age: int, intervals: int
) -> None:
    assert interval_factor(task(began=NOW - age), NOW, Usual(100, 200)) == intervals


@pytest.mark.parametrize(("age", "intervals"), [(0, 1), (599, 1), (601, 2), (3601, 4)])
def test_a_queue_that_does_not_move_is_asked_about_less(age: int, intervals: int) -> None:
    assert interval_factor(task("QUEUED", NOW - age), NOW, None) == intervals


def test_what_waits_for_an_hour_looks_stuck() -> None:
    assert looks_stuck(task("QUEUED", NOW - 3601), NOW, None)
    assert not looks_stuck(task("QUEUED", NOW - 60), NOW, None)
