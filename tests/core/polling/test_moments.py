"""To the second, when the plan asks again after each kind of trouble."""

import pytest

from seedance_tui.api.errors import (
    ApiError,
    Forbidden,
    KeyRefused,
    RateLimited,
    ServerFault,
    TaskNotFound,
    Unreachable,
)
from seedance_tui.core.model.outcomes import Missed, Problem
from seedance_tui.core.polling.schedule import Schedule
from tests.core.conftest import MakeFetched, MakeMissed

INTERVAL = 16.0


def plan(*ids: str, interval: float = INTERVAL) -> Schedule:
    """A plan that spreads nothing."""
    pace = Schedule(interval, lambda: 0.5)
    pace.keep(ids, 0.0, lambda _: False)
    return pace


def waits(pace: Schedule, kind: type[ApiError], count: int) -> list[float]:
    """Let the question about the only task fail so often; return how long is waited each time."""
    now, found = 0.0, []
    for _ in range(count):
        assert len(pace.take(now, 1)) == 1
        pace.answered(Missed("a", Problem(kind)), now, now)
        due = pace.next_due()
        assert due is not None
        found.append(due - now)
        now = due
    return found


def test_a_task_that_is_refused_as_one_too_many_comes_again_soon_and_then_more_slowly() -> None:
    pace = plan("a", interval=3600.0)
    assert waits(pace, RateLimited, 8) == [450, 450, 450, 900, 1800, 3600, 3600, 3600]


def test_after_an_answer_the_count_of_refusals_begins_anew(fetched: MakeFetched) -> None:
    pace = plan("a", interval=3600.0)
    waits(pace, RateLimited, 6)
    due = pace.next_due() or 0.0
    assert pace.take(due, 1) == ["a"]
    pace.answered(fetched("a"), due, due)
    assert pace.next_due() == due + 3600
    assert pace.take(due + 3600, 1) == ["a"]
    pace.answered(Missed("a", Problem(RateLimited)), due + 3600, due + 3600)
    assert pace.next_due() == due + 3600 + 450


def test_the_brake_grows_from_a_quarter_of_an_interval_to_half_a_minute() -> None:
    pace = plan("a", "b", "c", interval=0.5)
    now, brakes = 0.0, []
    for _ in range(12):
        (task_id,) = pace.take(now, 1)
        pace.answered(Missed(task_id, Problem(ServerFault)), now, now)
        due = pace.next_due()
        assert due is not None
        brakes.append(due - now)
        now = due
    assert brakes == [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]


@pytest.mark.parametrize(
    ("seconds", "at_once"), [(2 * INTERVAL - 0.1, 8), (2 * INTERVAL, 1), (90.0, 1)]
)
def test_after_two_intervals_of_trouble_one_question_at_a_time_goes_out(
    missed: MakeMissed, seconds: float, at_once: int
) -> None:
    pace = plan(*"abcdefghijkl")
    assert pace.take(0.0, 1)
    pace.answered(missed("a", Unreachable), 0.0, 0.0)
    assert len(pace.take(seconds, 8)) == at_once


@pytest.mark.parametrize(("seconds", "due"), [(INTERVAL - 0.1, 10), (INTERVAL, 0)])
def test_after_an_interval_of_trouble_what_is_overdue_does_not_come_in_one_burst(
    missed: MakeMissed, fetched: MakeFetched, seconds: float, due: int
) -> None:
    pace = plan(*"abcdefghijkl")
    assert pace.take(0.0, 1) == ["a"]
    pace.answered(missed("a", Unreachable), 0.0, 0.0)
    (first,) = pace.take(seconds, 1)
    pace.answered(fetched(first), seconds, seconds)
    assert len(pace.take(seconds, 20)) == due


def test_the_end_of_trouble_is_the_end_of_its_brake_and_of_its_count(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = plan("a", "b", "c")
    for now in (0.0, 4.0):
        (task_id,) = pace.take(now, 1)
        pace.answered(missed(task_id, ServerFault), now, now)
    assert pace.next_due() == 4 + INTERVAL / 2
    assert pace.take(12.0, 1) == ["c"]
    pace.answered(fetched("c"), 12.0, 12.0)
    assert pace.take(16.0, 1) == ["a"]
    pace.answered(missed("a", ServerFault), 16.0, 16.0)
    assert pace.next_due() == 16 + INTERVAL / 4


@pytest.mark.parametrize(("told", "until"), [(40.0, 40.0), (3600.0, 3600.0), (3601.0, 3600.0)])
def test_a_store_that_is_down_and_says_until_when_is_obeyed_for_an_hour(
    missed: MakeMissed, told: float, until: float
) -> None:
    pace = plan("a", "b")
    pace.take(0.0, 1)
    pace.answered(missed("a", ServerFault, retry_after=told), 0.0, 0.0)
    assert pace.next_due() == until


@pytest.mark.parametrize("seconds", [None, 0.0])
def test_a_gateway_that_has_something_left_holds_nobody(seconds: float | None) -> None:
    pace = plan("a")
    pace.hold(seconds, 0.0)
    assert pace.take(0.0, 1) == ["a"]


def test_what_is_told_of_the_quota_counts_for_an_hour_at_most() -> None:
    pace = plan("a")
    pace.hold(1e9, 0.0)
    assert pace.next_due() == 3600.0


def test_a_task_that_alone_is_not_found_lets_go_of_the_brake(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = plan("a", "b", "c")
    pace.take(0.0, 1)
    pace.answered(missed("a", ServerFault), 0.0, 0.0)
    assert pace.take(4.0, 1) == ["b"]
    pace.answered(missed("b", TaskNotFound), 4.0, 4.0)
    assert pace.take(4.0, 1) == ["c"], "the gateway has answered"


def test_a_refusal_of_one_task_leaves_the_brake_as_it_is(missed: MakeMissed) -> None:
    pace = plan("a", "b", "c")
    pace.take(0.0, 2)
    pace.answered(missed("a", ServerFault), 0.0, 1.0)
    pace.answered(Missed("b", Problem(Forbidden, passing=True)), 0.0, 1.5)
    assert pace.take(4.9, 8) == []
    assert pace.take(5.0, 1) == ["c"]


def test_the_count_of_what_was_not_found_is_forgotten_with_the_task() -> None:
    pace = plan("a")
    assert waits(pace, TaskNotFound, 4) == [16, 32, 64, 128]
    pace.keep([], 500.0, lambda _: False)
    pace.keep(["a"], 500.0, lambda _: False)
    assert pace.take(500.0, 1) == ["a"]
    pace.answered(Missed("a", Problem(TaskNotFound)), 500.0, 500.0)
    assert pace.next_due() == 500 + INTERVAL


def test_a_person_who_asks_lets_the_count_of_misses_begin_anew() -> None:
    pace = plan("a")
    waits(pace, TaskNotFound, 5)
    pace.set_aside("a")
    pace.answered(Missed("a", Problem(TaskNotFound)), 1000.0, 1000.0)
    assert pace.next_due() == 1000 + INTERVAL


def test_a_refused_question_that_was_asked_before_the_halt_does_not_lengthen_it(
    missed: MakeMissed,
) -> None:
    pace = plan("a", "b", "c")
    pace.take(0.0, 2)
    pace.answered(missed("a", KeyRefused), 0.0, 1.0)
    pace.answered(missed("b", KeyRefused), 0.5, 3.0)
    assert pace.next_due() == 1 + INTERVAL / 2
    (probe,) = pace.take(9.0, 8)
    pace.answered(missed(probe, KeyRefused), 9.0, 9.0)
    assert pace.next_due() == 9 + INTERVAL


def test_whoever_needs_it_most_comes_first_after_its_answer_said_so(fetched: MakeFetched) -> None:
    pace = plan("a", "b")
    assert pace.take(0.0, 2) == ["a", "b"]
    pace.answered(fetched("a"), 0.0, 1.0, 1.0)
    pace.answered(fetched("b"), 0.0, 1.0, 0.5)
    assert pace.next_due() == INTERVAL
    assert pace.take(INTERVAL, 1) == ["b"]


def test_a_task_that_was_not_answered_well_is_no_longer_urgent(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = plan("a", "b")
    assert pace.take(0.0, 2) == ["a", "b"]
    pace.answered(fetched("a"), 0.0, 0.0, 0.5)
    pace.answered(fetched("b"), 0.0, 0.0)
    assert pace.take(20.0, 1) == ["a"]
    pace.answered(missed("a", TaskNotFound), 20.0, 20.0)
    assert pace.take(50.0, 1) == ["b"]
    pace.answered(fetched("b"), 50.0, 50.0)
    assert pace.take(50.0, 1) == ["a"]
    pace.answered(missed("a", TaskNotFound), 60.0, 60.0)
    assert pace.take(100.0, 1) == ["b"]


def test_after_a_good_answer_a_halt_begins_as_gently_as_the_first(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = plan("a", "b", "c")
    for now in (0.0, 8.0):
        (task_id,) = pace.take(now, 1)
        pace.answered(missed(task_id, KeyRefused), now, now)
    assert pace.next_due() == 8 + INTERVAL
    (task_id,) = pace.take(24.0, 1)
    pace.answered(fetched(task_id), 24.0, 24.0)
    (task_id,) = pace.take(24.0, 1)
    pace.answered(missed(task_id, KeyRefused), 24.0, 24.0)
    assert pace.next_due() == 24 + INTERVAL / 2


def test_an_answer_to_an_older_question_does_not_end_the_trouble_that_was_told_of(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = plan(*"abcdefgh")
    assert pace.take(0.0, 2) == ["a", "b"]
    pace.answered(missed("a", ServerFault, retry_after=90.0), 0.0, 1.0)
    pace.answered(fetched("b"), 0.0, 2.0)
    assert pace.take(90.9, 8) == []
    (first,) = pace.take(91.0, 8)
    pace.answered(fetched(first), 91.0, 91.0)
    assert pace.take(91.0, 8) == [], "what is overdue does not come in one burst"
    assert len(pace.take(91.0 + INTERVAL / 2, 8)) == 7


@pytest.mark.parametrize(("refusals", "first"), [(4, "a"), (5, "b")])
def test_a_task_that_is_refused_for_the_fifth_time_lets_others_pass(
    missed: MakeMissed, fetched: MakeFetched, refusals: int, first: str
) -> None:
    pace = plan("a", "b", interval=3600.0)
    assert pace.take(0.0, 2) == ["a", "b"]
    pace.answered(fetched("a"), 0.0, 0.0)
    pace.answered(fetched("b"), 200.0, 200.0)
    for n in range(refusals):
        pace.answered(missed("a", RateLimited), 400.0 + n, 400.0 + n)
    pace.resume(9000.0)
    assert pace.take(9000.0, 1) == [first]
