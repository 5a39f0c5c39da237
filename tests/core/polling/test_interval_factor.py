"""To the second, when a task is asked about less often, and how much less."""

from datetime import UTC, datetime

import pytest

from seedance_tui.api.errors import ApiError, Forbidden, TaskNotFound
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.run_times import RunTimes, Usual, is_slow
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.polling import interval_factor as module
from seedance_tui.core.polling.interval_factor import interval_factor, intervals_after
from seedance_tui.core.polling.schedule import Schedule
from tests.core.conftest import MakeTask

NOW = 1_784_600_000.0
USUAL = Usual(100.0, 200.0)


@pytest.mark.parametrize(
    ("age", "intervals"), [(0, 1), (599, 1), (600, 2), (3599, 2), (3600, 4), (86_400, 4)]
)
@pytest.mark.parametrize("status", ["NOT_START", "SUBMITTED", "QUEUED"])
def test_a_task_that_waits_is_asked_about_less_after_ten_minutes_and_an_hour(
    task: MakeTask, status: str, age: int, intervals: int
) -> None:
    waiting = task(status, submit_time=NOW - age)
    assert interval_factor(waiting, NOW, None) == interval_factor(waiting, NOW, USUAL) == intervals
    assert is_slow(waiting, NOW, None) is (age >= 3600)


@pytest.mark.parametrize(
    ("age", "intervals"),
    [(0, 2), (49, 2), (50, 1), (99, 1), (100, 0.5), (200, 0.5), (201, 1), (600, 1), (601, 4)],
)
def test_a_task_that_runs_is_asked_about_less_until_half_and_after_three_times_the_usual(
    task: MakeTask, age: int, intervals: int
) -> None:
    running = task("IN_PROGRESS", submit_time=NOW - 9_999, start_time=NOW - age)
    assert interval_factor(running, NOW, USUAL) == intervals
    assert interval_factor(running, NOW, None) == 1


def test_a_task_whose_link_expires_soon_is_urgent_however_long_it_waits(
    task: MakeTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Link(Kind.RESULT, "https://store.example/a.mp4", NOW + 600)
    monkeypatch.setattr(module, "links_of", lambda task: [link])
    assert interval_factor(task("IN_PROGRESS", submit_time=NOW - 90_000), NOW, USUAL) == 0.5
    assert interval_factor(task("IN_PROGRESS", submit_time=NOW - 90_000), NOW - 80_000, USUAL) == 4


def test_a_task_of_which_no_moment_is_known_is_asked_about_each_time(task: MakeTask) -> None:
    assert interval_factor(task("QUEUED"), NOW, None) == 1


@pytest.mark.parametrize(
    ("kind", "waits"),
    [(TaskNotFound, [1, 2, 4, 8, 16, 20, 20]), (Forbidden, [0.25, 0.5, 1, 2, 4, 4, 4])],
)
def test_a_task_that_is_lost_or_refused_is_asked_about_ever_less_to_a_limit(
    kind: type[ApiError], waits: list[int]
) -> None:
    pace, now, seen = Schedule(1.0, lambda: 0.5), 0.0, []
    pace.keep(["a"], now, lambda _: False)
    for _ in waits:
        assert pace.take(now, 1) == ["a"]
        pace.answered(Missed("a", Problem(kind, passing=True)), now, now)
        due = pace.next_due()
        assert due is not None
        seen.append(due - now)
        now = due
    assert seen == waits


@pytest.mark.parametrize(
    ("status", "updated", "waits"), [("QUEUED", None, 1.0), ("QUEUED", 0.0, 4.0)]
)
def test_after_a_miss_one_interval_passes_and_more_where_only_the_gateway_says_open(
    task: MakeTask, status: str, updated: float | None, waits: float
) -> None:
    entry = Entry(Watched("a", datetime(2026, 11, 22, tzinfo=UTC)))
    if updated is not None:
        data = {"status": "failed", "updated_at": NOW - 90_000}
        entry = entry.after(Fetched("a", task(status, data=data), NOW))
        assert not entry.is_open
    missed = Missed("a", Problem(TaskNotFound))
    assert intervals_after(missed, entry, RunTimes()) == waits


def test_after_an_answer_an_open_task_waits_as_its_state_says(task: MakeTask) -> None:
    answer = Fetched("a", task("QUEUED", submit_time=NOW - 3600), NOW)
    entry = Entry(Watched("a", datetime(2026, 11, 22, tzinfo=UTC))).after(answer)
    assert intervals_after(answer, entry, RunTimes()) == 4.0
    assert intervals_after(answer, None, RunTimes()) == 4.0
