"""How long tasks usually take, how patient that makes the pace, and who is slow."""

from typing import Any

import pytest

from seedance_tui.api.models import Task
from seedance_tui.core.model.run_times import RunTimes, Usual, is_slow
from seedance_tui.core.polling.interval_factor import interval_factor

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
    ("age", "intervals"), [(0, 2), (49, 2), (51, 1), (100, 0.5), (200, 0.5), (500, 1), (601, 4)]
)
def test_a_running_task_is_asked_about_less_before_it_can_end_and_long_after(
    age: float, intervals: float
) -> None:
    assert interval_factor(task(began=NOW - age), NOW, Usual(100, 200)) == intervals


@pytest.mark.parametrize(("age", "intervals"), [(0, 1), (599, 1), (601, 2), (3601, 4)])
def test_a_queue_that_does_not_move_is_asked_about_less(age: float, intervals: float) -> None:
    assert interval_factor(task("QUEUED", NOW - age), NOW, None) == intervals


@pytest.mark.parametrize(("status", "hours"), [("QUEUED", 1.1), ("SUBMITTED", 20), ("", 2)])
def test_what_waits_for_an_hour_is_slow(status: str, hours: float) -> None:
    assert is_slow(task(status, NOW - hours * 3600), NOW, None)
    assert not is_slow(task(status, NOW - 60), NOW, None)


@pytest.mark.parametrize(("usual", "late"), [(Usual(100, 200), 601), (Usual(10, 7200), 21_601)])
def test_what_runs_for_three_times_as_long_as_usual_is_slow(usual: Usual, late: float) -> None:
    assert is_slow(task(began=NOW - late), NOW, usual)
    assert not is_slow(task(began=NOW - late + 2), NOW, usual)


def test_what_runs_for_twenty_hours_is_slow_whatever_is_known() -> None:
    assert is_slow(task(began=NOW - 20 * 3600), NOW, None)
    assert is_slow(task(began=NOW - 20 * 3600), NOW, Usual(100, 200))
    assert not is_slow(task(began=NOW - 3600), NOW, None), "others like it may be as long"


def test_a_task_that_runs_offline_may_take_a_day() -> None:
    data: dict[str, Any] = {"submit_time": NOW - 20 * 3600, "data": {"service_tier": "flex"}}
    offline = Task.from_json({"data": {"task_id": "a", "status": "IN_PROGRESS", **data}})
    assert offline is not None
    assert not is_slow(offline, NOW, None)


@pytest.mark.parametrize("status", ["SUCCESS", "FAILURE", "CANCELLED"])
def test_what_has_ended_is_not_slow(status: str) -> None:
    assert not is_slow(task(status, NOW - 20 * 3600), NOW, Usual(1, 2))


def test_what_is_usual_follows_what_is_learned() -> None:
    times = RunTimes()
    for seconds in (10, 20, 30, 40, 50):
        times.learn(task("SUCCESS", took=seconds))
    assert times.usual(task()) == Usual(10, 50)
    times.learn(task("SUCCESS", took=600))
    assert times.usual(task()) == Usual(10, 600)
