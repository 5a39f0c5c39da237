"""`is:slow` finds what takes far longer than tasks like it, by what was learned from those."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from seedance_tui.api.errors import TimedOut
from seedance_tui.api.models import Task
from seedance_tui.core.listing.filter import parse
from seedance_tui.core.model.entry import Mark, Remembered
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.run_times import RunTimes
from seedance_tui.core.model.store import Store
from seedance_tui.core.model.watched import Watched

NOW = 1_800_000_000.0
HOUR = 3600.0
SLOW = parse("is:slow")


def answer(status: str, age: float, **said: Any) -> Task:
    """An answer about a task that was submitted so many seconds ago."""
    task = Task.from_json({"data": {"status": status, "submit_time": NOW - age, **said}})
    assert task is not None
    return task


@pytest.fixture
def run_times() -> RunTimes:
    """Run times that tell of five tasks, which took 100 to 140 seconds."""
    known = RunTimes()
    for seconds in range(100, 150, 10):
        known.learn(answer("SUCCESS", HOUR, finish_time=NOW - HOUR + seconds))
    return known


@pytest.fixture
def store(run_times: RunTimes) -> Store:
    made = Store(run_times)
    made.watch([Watched("a", datetime.fromtimestamp(NOW, UTC))])
    return made


@pytest.mark.parametrize(
    ("status", "age", "slow"),
    [
        ("IN_PROGRESS", 20 * HOUR, True),
        ("IN_PROGRESS", 421, True),
        ("IN_PROGRESS", 419, False),
        ("QUEUED", 419, False),
        ("QUEUED", 1.1 * HOUR, True),
        ("SUCCESS", 20 * HOUR, False),
    ],
)
def test_what_takes_three_times_as_long_as_usual_is_marked_and_found(
    store: Store, status: str, age: float, slow: bool
) -> None:
    store.record(Fetched("a", answer(status, age), NOW))
    (entry,) = store.entries
    assert SLOW.holds(entry, NOW) is slow
    assert (entry.mark(NOW) is Mark.SLOW) is slow


def test_it_becomes_slow_without_a_new_answer(store: Store) -> None:
    store.record(Fetched("a", answer("IN_PROGRESS", 60), NOW))
    (entry,) = store.entries
    assert not SLOW.holds(entry, NOW)
    assert SLOW.holds(entry, NOW + 600)


def test_a_task_remembered_from_an_earlier_run_is_slow_by_what_that_run_learned(
    store: Store,
) -> None:
    store.recall([Remembered("a", answer("IN_PROGRESS", 600), NOW)])
    (entry,) = store.entries
    assert entry.mark(NOW) is Mark.STALE
    assert SLOW.holds(entry, NOW), "also where a mark that matters more stands in its place"


def test_a_question_that_fails_leaves_it_slow(store: Store) -> None:
    store.record(Fetched("a", answer("IN_PROGRESS", 600), NOW))
    store.record(Missed("a", Problem(TimedOut)))
    (entry,) = store.entries
    assert SLOW.holds(entry, NOW)
    assert entry.mark(NOW) is Mark.STALE


def test_what_is_usual_is_known_with_the_next_answer(run_times: RunTimes) -> None:
    store = Store(fresh := RunTimes())
    store.watch([Watched("a", datetime.fromtimestamp(NOW, UTC))])
    store.record(Fetched("a", answer("IN_PROGRESS", 600), NOW))
    assert not SLOW.holds(store.entries[0], NOW)
    for seconds in range(100, 150, 10):
        fresh.learn(answer("SUCCESS", HOUR, finish_time=NOW - HOUR + seconds))
    store.record(Fetched("a", answer("IN_PROGRESS", 601), NOW + 1))
    assert SLOW.holds(store.entries[0], NOW + 1)
