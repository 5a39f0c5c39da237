"""When each task is asked about next, in simulated time."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyMissing,
    KeyRefused,
    RateLimited,
    ServerFault,
    SetupFailed,
    TaskNotFound,
    TimedOut,
    TransientError,
    Unreachable,
    WrongAddress,
)
from seedance_tui.core.model.outcomes import Outcome
from seedance_tui.core.polling.schedule import Schedule
from tests.core.conftest import MakeFetched, MakeMissed

INTERVAL = 16.0
Reply = Callable[[str, float], Outcome]


def even() -> float:
    """A spread that spreads nothing."""
    return 0.5


def watch(pace: Schedule, *ids: str, now: float = 0.0) -> None:
    pace.keep(ids, now, lambda _: False)


class Log(dict[str, list[float]]):
    """The moments at which each task was asked about."""

    def all(self) -> list[float]:
        return sorted(moment for moments in self.values() for moment in moments)


def simulate(
    pace: Schedule, reply: Reply, until: float, *, now: float = 0.0, lasts: float = 0
) -> Log:
    """Ask one after the other what is due; each question lasts so many seconds."""
    log = Log()
    while (due := pace.next_due()) is not None and max(due, now) < until:
        now = max(due, now)
        for task_id in pace.take(now, 1):
            log.setdefault(task_id, []).append(now)
            pace.answered(reply(task_id, now), now, now + lasts)
            now += lasts
    return log


def gaps(moments: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(moments)]


@pytest.fixture
def running(fetched: MakeFetched) -> Reply:
    return lambda task_id, now: fetched(task_id)


def test_a_new_task_is_asked_about_at_once(running: Reply) -> None:
    pace = Schedule(INTERVAL, even)
    assert pace.next_due() is None
    watch(pace, "a", now=100)
    assert pace.next_due() == 100
    assert pace.take(99.9, 8) == []
    assert pace.take(100, 8) == ["a"]
    assert pace.next_due() is None, "while it is asked about, nothing is planned"


@given(st.integers(0, 2**32), st.integers(1, 20), st.sampled_from([0.5, 1.0, 15.0]))
def test_each_open_task_is_asked_about_once_per_interval(
    fetched: MakeFetched, seed: int, count: int, interval: float
) -> None:
    pace = Schedule(interval, random.Random(seed).random)
    watch(pace, *(f"{n}" for n in range(count)))
    log = simulate(pace, lambda task_id, now: fetched(task_id), until=12 * interval)
    assert len(log) == count
    for moments in log.values():
        assert 10 <= len(moments) <= 14
        assert all(0.899 * interval <= gap <= 1.101 * interval for gap in gaps(moments))


def test_the_tasks_spread_so_that_they_do_not_come_in_bursts(running: Reply) -> None:
    pace = Schedule(INTERVAL, random.Random(1).random)
    watch(pace, *(f"{n}" for n in range(50)))
    late = [m for m in simulate(pace, running, until=30 * INTERVAL).all() if m > 29 * INTERVAL]
    assert max(late) - min(late) > INTERVAL / 2


def test_a_slow_gateway_is_asked_again_only_after_its_answer(running: Reply) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a")
    log = simulate(pace, running, until=200, lasts=20)
    assert gaps(log["a"]) == [20] * 9


@pytest.mark.parametrize("interval", [0.5, 0.1, 0, -3, float("nan")])
def test_the_interval_is_never_under_half_a_second(interval: float) -> None:
    assert Schedule(interval).interval == 0.5


@pytest.mark.parametrize("end", ["SUCCESS", "failure", "CANCELLED", "EXPIRED"])
def test_an_ended_task_is_never_asked_about_again(fetched: MakeFetched, end: str) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    log = simulate(pace, lambda i, now: fetched(i, end if i == "a" and now > 40 else ""), 400)
    assert len(log["a"]) == 4
    assert len(log["b"]) == 25


@pytest.mark.parametrize("kind", [TimedOut, TaskNotFound, KeyRefused])
def test_an_ended_task_asked_by_hand_is_not_planned_when_that_fails(
    fetched: MakeFetched, missed: MakeMissed, kind: type[ApiError]
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a")
    pace.answered(fetched("a", "SUCCESS"), *pace_of(pace, 0))
    pace.set_aside("a")
    pace.answered(missed("a", kind), 5, 5)
    pace.resume(6)
    assert pace.next_due() is None


def pace_of(pace: Schedule, now: float) -> tuple[float, float]:
    pace.take(now, 8)
    return now, now


def test_a_task_that_left_the_list_while_asked_about_is_not_planned(
    fetched: MakeFetched, missed: MakeMissed
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    assert pace.take(0, 8) == ["a", "b"]
    watch(pace)
    pace.answered(fetched("a"), 0, 1)
    pace.answered(missed("b", TimedOut), 0, 1)
    assert pace.next_due() is None


def test_a_task_set_aside_is_planned_again_by_its_answer(fetched: MakeFetched) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", now=100)
    pace.set_aside("a")
    assert pace.next_due() is None
    pace.answered(fetched("a"), 101, 102)
    assert pace.next_due() == 101 + INTERVAL


def test_a_task_that_is_not_found_is_asked_about_more_slowly(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a")
    log = simulate(pace, lambda i, now: missed(i, TaskNotFound), until=120 * INTERVAL)
    slower = [gap / INTERVAL for gap in gaps(log["a"])]
    assert slower[:6] == [1, 2, 4, 8, 16, 20]
    assert set(slower[6:]) == {20}


def test_a_task_found_again_is_asked_about_at_full_pace(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a")
    simulate(pace, lambda i, now: missed(i, TaskNotFound), until=10 * INTERVAL)
    due = pace.next_due() or 0
    log = simulate(pace, lambda i, now: fetched(i), until=due + 5 * INTERVAL, now=due)
    assert gaps(log["a"]) == [INTERVAL] * 4


def test_a_lost_task_slows_no_other(missed: MakeMissed, fetched: MakeFetched) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "lost", "good")
    log = simulate(
        pace, lambda i, now: missed(i, TaskNotFound) if i == "lost" else fetched(i), until=800
    )
    assert set(gaps(log["good"])) == {INTERVAL}


@pytest.mark.parametrize("kind", [ServerFault, TimedOut, Unreachable, BadAnswer])
def test_weather_brakes_all_tasks_together(missed: MakeMissed, kind: type[TransientError]) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, *(f"{n}" for n in range(100)))
    waits = gaps(simulate(pace, lambda i, now: missed(i, kind), until=3600).all())
    assert waits[:3] == [INTERVAL / 4, INTERVAL / 2, INTERVAL]
    assert set(waits[3:]) == {30}, "a hundred tasks ask no more than one would"


def test_answers_of_one_storm_count_once(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, *(f"{n}" for n in range(8)))
    for task_id in pace.take(0, 8):
        pace.answered(missed(task_id, ServerFault), 0, 1)
    assert pace.take(1 + INTERVAL / 4 - 0.01, 8) == []
    assert pace.next_due() == 1 + INTERVAL, "the tasks' own turn, with the brake already off"


def test_a_question_asked_before_the_brake_was_on_does_not_lengthen_it(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "early", "late", "other")
    assert pace.take(0, 2) == ["early", "late"]
    pace.answered(missed("early", TimedOut), 0, 1)
    pace.answered(missed("late", TimedOut), 0, 4)
    assert pace.next_due() == 1 + INTERVAL / 4


def test_the_brake_is_spread_too_so_that_two_windows_do_not_ask_in_step(missed: MakeMissed) -> None:
    def braked_until(spread: float) -> float | None:
        pace = Schedule(INTERVAL, lambda: spread)
        watch(pace, "a", "b")
        pace.take(0, 1)
        pace.answered(missed("a", ServerFault), 0, 0)
        return pace.next_due()

    assert [braked_until(spread) for spread in (0, 0.5, 1)] == pytest.approx([3.6, 4, 4.4])


def down_for(pace: Schedule, missed: MakeMissed, count: int, seconds: float) -> Log:
    """Watch so many tasks of a gateway that is down from the start."""
    watch(pace, *(f"{n}" for n in range(count)))
    return simulate(pace, lambda i, now: missed(i, Unreachable), until=seconds)


def test_a_gateway_that_is_down_is_asked_one_question_at_a_time(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    down_for(pace, missed, 200, 600)
    now = pace.next_due() or 0
    (probe,) = pace.take(now, 8)
    assert pace.take(now + 29.9, 8) == [], "the probe is under way"
    assert len(pace.take(now + 30, 8)) == 1, "one that takes so long may never be answered"
    pace.answered(missed(probe, TimedOut), now, now + 31)
    assert pace.take(now + 59.9, 8) == []


def test_a_502_now_and_then_holds_nobody_up_for_longer_than_its_brake(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, *(f"{n}" for n in range(20)))
    pace.take(0, 1)
    pace.answered(missed("0", ServerFault), 0, 1)
    taken = pace.take(5, 8)
    assert len(taken) == 8
    pace.answered(fetched(taken[0]), 5, 6)
    assert len(pace.take(6, 20)) == 11


@pytest.mark.parametrize("count", [1, 2, 200])
def test_soon_after_an_outage_every_task_is_answered_and_not_in_one_burst(
    fetched: MakeFetched, missed: MakeMissed, count: int
) -> None:
    waits: list[float] = []
    for back in range(600, 630, 3):
        pace = Schedule(INTERVAL, random.Random(back).random)
        assert len(down_for(pace, missed, count, back).all()) <= 600 / 30 + 10
        log = simulate(pace, lambda i, now: fetched(i), until=back + 90.0)
        assert len(log) == count
        assert max(Counter(map(int, log.all())).values()) <= 3 * max(1, count / INTERVAL)
        waits += [moments[0] - back for moments in log.values()]
    assert sum(waits) / len(waits) <= 2 * INTERVAL
    assert max(waits) <= 33 + INTERVAL


def test_in_an_outage_a_task_alone_is_never_asked_about_quicker_than_at_its_interval(
    missed: MakeMissed,
) -> None:
    pace = Schedule(60, even)
    assert set(gaps(down_for(pace, missed, 1, 3600)["0"])) == {60}


def test_after_weather_the_first_good_answer_brings_the_full_pace_back(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, *(f"{n}" for n in range(20)))
    simulate(pace, lambda i, now: missed(i, ServerFault), until=3600)
    sun = pace.next_due() or 0
    log = simulate(pace, lambda i, now: fetched(i), until=sun + 10 * INTERVAL, now=sun)
    assert len(log) == 20
    assert sorted({moments[0] for moments in log.values()}) == [sun, sun + INTERVAL / 2]
    assert all(set(gaps(moments)) == {INTERVAL} for moments in log.values())
    pace.answered(missed("0", ServerFault), 9000, 9000)
    watch(pace, "new", now=9000)
    assert pace.next_due() == 9000 + INTERVAL / 4, "the next storm begins gently"


def test_retry_after_is_kept_whatever_else_is_answered(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b", "c")
    pace.take(0, 2)
    pace.answered(missed("a", RateLimited, retry_after=90.0), 0, 1)
    pace.answered(fetched("b"), 0, 2)
    assert pace.next_due() == 91
    assert pace.take(90.9, 8) == []
    assert pace.take(91, 8) == ["c"]
    pace.answered(fetched("c"), 91, 92)
    assert pace.take(92, 8) == [], "what is overdue does not come in one burst"
    assert len(pace.take(92 + INTERVAL / 2, 8)) == 1
    assert pace.limit.rate == 1


def test_an_absurd_retry_after_is_kept_for_an_hour(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a")
    pace.take(0, 1)
    pace.answered(missed("a", RateLimited, retry_after=1e9), 0, 0)
    assert pace.next_due() == 3600


@pytest.mark.parametrize("kind", [KeyMissing, KeyRefused, Forbidden, WrongAddress, SetupFailed])
def test_what_is_refused_is_looked_at_soon_and_then_once_a_minute(
    missed: MakeMissed, kind: type[ApiError]
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    log = simulate(pace, lambda i, now: missed(i, kind), until=1e6)
    assert log.all()[:6] == [0, 8, 24, 56, 116, 176]
    assert {late - early for early, late in pairwise(log.all()[3:])} == {60}
    assert pace.halted
    watch(pace, "a", "b", "c", now=2e6)
    pace.resume(3e6)
    assert set(pace.take(3e6, 8)) == {"a", "b", "c"}


def test_a_good_answer_to_a_question_under_way_ends_the_halt(
    missed: MakeMissed, fetched: MakeFetched
) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    pace.take(0, 8)
    pace.answered(missed("a", Forbidden), 0, 1)
    pace.answered(fetched("b"), 0, 2)
    assert not pace.halted
    assert pace.next_due() == 1 + INTERVAL / 4


def test_resuming_lets_go_of_the_brake_and_of_retry_after(missed: MakeMissed) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    pace.take(0, 1)
    pace.answered(missed("a", RateLimited, retry_after=600.0), 0, 0)
    pace.resume(1)
    assert pace.take(1, 8) == ["b"]


def test_five_hundred_tasks_added_at_once_come_no_more_than_asked_for() -> None:
    pace = Schedule(INTERVAL)
    watch(pace, *(f"{n}" for n in range(500)))
    taken = [pace.take(0, 8) for _ in range(70)]
    assert max(len(some) for some in taken) == 8
    assert sorted(i for some in taken for i in some) == sorted(str(n) for n in range(500))
    assert pace.take(0, 0) == []


def test_after_a_night_asleep_each_task_is_asked_about_once(running: Reply) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, *(f"{n}" for n in range(30)))
    simulate(pace, running, until=100)
    morning = 8 * 3600.0
    log = simulate(pace, running, until=morning + INTERVAL - 0.1, now=morning)
    assert {len(moments) for moments in log.values()} == {1}
    assert len(log) == 30


def test_keeping_plans_new_tasks_and_leaves_the_others_as_they_are(fetched: MakeFetched) -> None:
    pace = Schedule(INTERVAL, even)
    watch(pace, "a", "b")
    for task_id in pace.take(0, 8):
        pace.answered(fetched(task_id), 0, 1)
    watch(pace, "b", "c", now=5)
    assert pace.take(5, 8) == ["c"]
    assert pace.take(INTERVAL, 8) == ["b"]
    assert pace.next_due() is None


def test_keeping_does_not_plan_what_is_under_way() -> None:
    pace = Schedule(INTERVAL, even)
    pace.keep(["a", "b"], 0, {"a"}.__contains__)
    assert pace.take(0, 8) == ["b"]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["keep", "take", "open", "ended", "lost", "late", "key", "aside", "resume"]
        ),
        st.sets(st.sampled_from("abcd")),
        st.floats(0, 30),
    ),
    max_size=40,
)


@given(ACTS)
def test_whatever_happens_a_task_is_never_asked_about_twice_at_once(
    fetched: MakeFetched, missed: MakeMissed, acts: list[tuple[str, set[str], float]]
) -> None:
    pace, now = Schedule(INTERVAL), 0.0
    under_way: list[str] = []
    kinds = {"lost": TaskNotFound, "late": TimedOut, "key": KeyRefused}
    for act, ids, seconds in acts:
        now += seconds
        if act == "keep":
            pace.keep(ids, now, under_way.__contains__)
        elif act == "take":
            under_way += pace.take(now, 2)
        elif act == "resume":
            pace.resume(now)
        elif act == "aside":
            for task_id in ids.difference(under_way):
                pace.set_aside(task_id)
                under_way.append(task_id)
        elif under_way:
            task_id = under_way.pop()
            status = "SUCCESS" if act == "ended" else "QUEUED"
            good, bad = fetched(task_id, status), kinds.get(act)
            pace.answered(missed(task_id, bad) if bad else good, now - seconds, now)
        assert len(under_way) == len(set(under_way))
        _ = pace.next_due()
