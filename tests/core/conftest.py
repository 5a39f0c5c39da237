"""What the tests of core share: a clock that only they turn, answers, and no machine."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from seedance_tui.api.errors import ApiError
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.watched import Watched

settings.register_profile(
    "core",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("core")


MakeTask = Callable[..., Task]
MakeFetched = Callable[..., Fetched]
MakeMissed = Callable[..., Missed]
MakeWatched = Callable[..., Watched]
MakeEntry = Callable[..., Entry]


class Clock:
    """Shows what the test says."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += seconds


def _task(status: str = "IN_PROGRESS", **data: Any) -> Task:
    task = Task.from_json({"code": "success", "data": {"task_id": "t", "status": status, **data}})
    assert task is not None
    return task


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def task() -> MakeTask:
    """Build an answer: `task("SUCCESS", result_url=…)`."""
    return _task


@pytest.fixture(scope="session")
def fetched() -> MakeFetched:
    """Build a good outcome: `fetched("a", "SUCCESS", at=3, result_url=…)`."""

    def build(task_id: str, status: str = "IN_PROGRESS", at: float = 0.0, **data: Any) -> Fetched:
        return Fetched(task_id, _task(status, **data), at)

    return build


@pytest.fixture(scope="session")
def missed() -> MakeMissed:
    """Build a bad outcome: `missed("a", TimedOut)`."""

    def build(task_id: str, kind: type[ApiError], at: float = 0.0, **details: Any) -> Missed:
        return Missed(task_id, Problem.of(kind("said", **details), at))

    return build


@pytest.fixture(scope="session")
def watched() -> MakeWatched:
    """Build an entry of the watch list: `watched("a", label="tea")`."""

    def build(task_id: str, **fields: Any) -> Watched:
        return Watched(task_id, datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC), **fields)

    return build
