"""How fast a gateway that limits requests is asked, and about whom, in simulated time."""

from __future__ import annotations

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest

from seedance_tui.api.errors import ApiError, BadAnswer, Forbidden, RateLimited, TaskNotFound
from seedance_tui.core.model.outcomes import Missed, Outcome, Problem
from seedance_tui.core.polling.rate_limit import RateLimit
from seedance_tui.core.polling.schedule import Schedule

INTERVAL, OPEN, LATENCY, AT_ONCE = 2.0, 60, 0.2, 8
Admits = Callable[[float], bool]
Build = Callable[..., Outcome]


def bucket(rate: Callable[[float], float] | float, burst: float = 5.0) -> Admits:
    """Grant so many a second, and `burst` after a rest."""
    tokens, filled = burst, 0.0

    def admits(now: float) -> bool:
        nonlocal tokens, filled
        each_second = rate(now) if callable(rate) else rate
        tokens, filled = min(burst, tokens + (now - filled) * each_second), now
        if tokens < 1 - 1e-9:
            return False
        tokens -= 1
        return True

    return admits


@dataclass
class Asked:
    """One request of a simulation."""

    at: float
    id: str
    granted: bool


class Simulation:
    """Eight requests at once, each answered after its latency; every task runs for ever."""

    def __init__(self, fetched: Build, missed: Build, admits: Admits, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.pace = Schedule(INTERVAL, self.chance.random)
        self.requests: list[Asked] = []
        self.retry_after: float | None = None
        self.noise = 0.0
        self.factor: Callable[[str], float] = lambda task_id: 1.0
        self.now = 0.0
        self._admits = admits
        self._fetched, self._missed = fetched, missed
        self._answers: list[tuple[float, float, str, bool]] = []

    def watch(self, *ids: str) -> None:
        """Watch exactly these tasks."""
        under_way = {task_id for _, _, task_id, _ in self._answers}
        self.pace.keep(ids, self.now, under_way.__contains__)

    def run(self, until: float) -> None:
        """Ask and answer until that moment."""
        while True:
            for task_id in self.pace.take(self.now, AT_ONCE - len(self._answers)):
                self._ask(task_id)
            moments = [self._answers[0][0]] if self._answers else []
            due = self.pace.next_due()
            if due is not None and len(self._answers) < AT_ONCE:
                moments.append(max(due, self.now))
            if not moments or min(moments) >= until:
                self.now = until
                return
            self.now = min(moments)
            while self._answers and self._answers[0][0] <= self.now:
                self._answer(*heapq.heappop(self._answers))

    def _ask(self, task_id: str) -> None:
        granted = self.chance.random() >= self.noise and self._admits(self.now)
        self.requests.append(Asked(self.now, task_id, granted))
        answered = self.now + LATENCY * self.chance.uniform(0.5, 1.5)
        heapq.heappush(self._answers, (answered, self.now, task_id, granted))

    def _answer(self, now: float, asked_at: float, task_id: str, granted: bool) -> None:
        if granted:
            outcome = self._fetched(task_id)
        else:
            wait = self.retry_after
            outcome = self._missed(task_id, RateLimited, status=429, retry_after=wait)
        self.pace.answered(outcome, asked_at, now, self.factor(task_id))

    def between(self, begin: float, end: float) -> list[Asked]:
        """Return the requests of a span."""
        return [one for one in self.requests if begin <= one.at < end]

    def refused(self, begin: float, end: float) -> float:
        """Return the part of the requests of a span that was refused."""
        asked = self.between(begin, end)
        return sum(not one.granted for one in asked) / len(asked)

    def granted(self, begin: float, end: float) -> float:
        """Return how many requests a second were granted in a span."""
        return sum(one.granted for one in self.between(begin, end)) / (end - begin)

    def ages(self, begin: float, end: float) -> dict[str, float]:
        """Return the longest time without an answer of each task in a span."""
        last: dict[str, float] = {}
        worst: dict[str, float] = {}
        for one in (one for one in self.between(begin, end) if one.granted):
            age = one.at - last.get(one.id, begin)
            worst[one.id] = max(worst.get(one.id, 0.0), age)
            last[one.id] = one.at
        return {i: max(worst[i], end - last[i]) for i in worst}


@pytest.fixture
def simulation(fetched: Build, missed: Build) -> Callable[..., Simulation]:
    """Begin a simulation of sixty open tasks: `simulation(bucket(5))`."""

    def begin(admits: Admits, count: int = OPEN, seed: int = 1) -> Simulation:
        made = Simulation(fetched, missed, admits, seed)
        made.watch(*names(count))
        return made

    return begin


def names(count: int) -> list[str]:
    return [f"{n:05}" for n in range(count)]


Begin = Callable[..., Simulation]


@pytest.mark.parametrize(("rate", "burst"), [(5, 5), (5, 20), (5, 1), (2, 2), (12, 12)])
def test_what_is_asked_settles_at_what_is_granted(
    simulation: Begin, rate: float, burst: float
) -> None:
    sim = simulation(bucket(rate, burst))
    sim.run(360)
    assert sim.refused(60, 360) <= 0.15
    assert sim.granted(60, 360) >= 0.85 * rate
    ages = sim.ages(60, 360)
    assert len(ages) == OPEN, "nobody starves"
    assert max(ages.values()) <= 2 * OPEN / rate


def test_it_starts_with_eight_at_once_and_learns_from_refusals_alone(simulation: Begin) -> None:
    sim = simulation(lambda now: True)
    sim.run(120)
    assert len(sim.between(0, 0.05)) == AT_ONCE
    assert sim.pace.limit.rate == float("inf")
    assert sim.granted(60, 120) == pytest.approx(OPEN / INTERVAL, rel=0.1)


def test_a_limit_is_found_within_some_seconds(simulation: Begin) -> None:
    sim = simulation(bucket(5))
    sim.run(30)
    assert sum(not one.granted for one in sim.between(0, 10)) <= 70
    assert sim.refused(10, 30) <= 0.3


def test_a_limit_that_falls_is_followed(simulation: Begin) -> None:
    sim = simulation(bucket(lambda now: 10 if now < 120 else 2))
    sim.run(420)
    assert sim.refused(60, 120) <= 0.15
    assert sum(not one.granted for one in sim.between(120, 150)) <= 60
    assert sim.refused(180, 420) <= 0.15
    assert sim.granted(180, 420) >= 0.85 * 2


@pytest.mark.parametrize("seed", range(3))
def test_a_limit_that_is_lifted_is_soon_used_and_without_a_storm(
    simulation: Begin, seed: int
) -> None:
    sim = simulation(bucket(lambda now: 5 if now < 120 else 1000, 10), seed=seed)
    sim.run(240)
    per_second = Counter(int(one.at) for one in sim.requests)
    assert per_second[120] <= 10, "not all that is overdue at once"
    assert max(per_second[second] for second in range(120, 240)) <= 1.5 * OPEN / INTERVAL
    assert sim.granted(150, 160) >= 0.85 * OPEN / INTERVAL, "half a minute later all of it"
    assert sim.refused(120, 240) == 0


@pytest.mark.parametrize("seed", range(3))
def test_one_random_refusal_in_ten_slows_nothing_down(simulation: Begin, seed: int) -> None:
    sim = simulation(lambda now: True, seed=seed)
    sim.noise = 0.1
    sim.run(300)
    assert sim.granted(60, 300) >= 0.85 * OPEN / INTERVAL * 0.9


@pytest.mark.parametrize("seed", range(3))
def test_a_limit_is_found_under_noise_too(simulation: Begin, seed: int) -> None:
    sim = simulation(bucket(5), seed=seed)
    sim.noise = 0.1
    sim.run(600)
    assert sim.granted(60, 600) >= 0.85 * 5
    assert sim.refused(60, 600) <= 0.15


def test_a_key_that_another_client_uses_is_shared(simulation: Begin) -> None:
    admits, other = bucket(5), random.Random(3)
    taken = 0.0

    def shared(now: float) -> bool:
        nonlocal taken
        while taken < now:
            admits(taken)
            taken += other.expovariate(2.5)
        return admits(now)

    sim = simulation(shared)
    sim.run(600)
    assert sim.refused(60, 600) <= 0.15
    assert 0.85 * 2.5 <= sim.granted(60, 600) <= 1.4 * 2.5, "and the other one is left its part"


@pytest.mark.parametrize("wait", [1.0, 3.0, 30.0])
def test_nothing_is_asked_before_the_time_that_was_told(simulation: Begin, wait: float) -> None:
    sim = simulation(bucket(5))
    sim.retry_after = wait
    sim.run(300)
    refusals = [one.at for one in sim.requests if not one.granted]
    assert refusals
    for at in refusals:
        soon = sim.between(at + 1.5 * LATENCY, at + 0.5 * LATENCY + wait)
        assert soon == [], "from the answer on"


def test_where_retry_after_is_told_the_allowance_is_used_too(simulation: Begin) -> None:
    sim = simulation(bucket(5))
    sim.retry_after = 1.0
    sim.run(360)
    assert sim.granted(60, 360) >= 0.85 * 5
    assert sim.refused(60, 360) <= 0.15


def test_a_quota_by_the_minute_is_spread_over_the_minute(simulation: Begin) -> None:
    granted: list[float] = []

    def window(now: float) -> bool:
        granted[:] = [at for at in granted if now - at < 60]
        if len(granted) >= 60:
            return False
        granted.append(now)
        return True

    sim = simulation(window)
    sim.run(900)
    assert sim.refused(300, 900) <= 0.15
    assert sim.granted(300, 900) >= 0.85
    assert max(sim.ages(300, 900).values()) <= 2 * OPEN


def test_refused_for_an_hour_it_asks_now_and_then_and_one_at_a_time(simulation: Begin) -> None:
    sim = simulation(lambda now: False)
    sim.run(3600)
    assert len(sim.between(0, 60)) <= 20
    late = [one.at for one in sim.between(600, 3600)]
    assert len(late) <= 3000 / 30
    assert all(b - a >= 29 for a, b in pairwise(late))


def test_after_an_hour_of_refusals_it_is_soon_at_full_pace(simulation: Begin) -> None:
    sim = simulation(lambda now: not 60 < now < 3660)
    sim.run(3900)
    assert sim.between(3660, 3692)[0].granted
    assert max(Counter(int(one.at) for one in sim.between(3660, 3700)).values()) <= 20
    assert sim.granted(3780, 3900) >= 0.85 * OPEN / INTERVAL


def test_what_was_never_asked_about_comes_first(simulation: Begin) -> None:
    sim = simulation(bucket(5))
    sim.run(60)
    new = [f"new{n}" for n in range(10)]
    sim.watch(*names(OPEN), *new)
    sim.run(66)
    first = [one.id for one in sim.between(60, 66) if one.granted]
    assert set(first[:12]) >= set(new)


def test_an_urgent_task_is_asked_about_more_often_and_nobody_starves(simulation: Begin) -> None:
    sim = simulation(bucket(5))
    sim.factor = lambda task_id: 0.5 if task_id < "00010" else 1.0
    sim.run(360)
    counts = Counter(one.id for one in sim.between(60, 360) if one.granted)
    urgent = sum(counts[task_id] for task_id in names(10)) / 10
    others = sum(counts[task_id] for task_id in names(OPEN)[10:]) / (OPEN - 10)
    assert 1.3 <= urgent / others <= 1.7
    assert max(sim.ages(60, 360).values()) <= 2 * OPEN / 5


@pytest.mark.parametrize("kind", [Forbidden, BadAnswer, TaskNotFound])
def test_tasks_that_are_never_answered_well_do_not_come_first_for_ever(
    missed: Build, fetched: Build, kind: type[ApiError]
) -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    bad, good = [f"a{n}" for n in range(20)], [f"b{n}" for n in range(20)]
    pace.keep([*bad, *good], 0.0, lambda task_id: False)
    counts: Counter[str] = Counter()
    for n in range(400):
        now = n * 0.2
        for task_id in pace.take(now, 1):
            counts[task_id[0]] += 1
            said = missed(task_id, kind) if task_id in bad else fetched(task_id)
            if kind is Forbidden and task_id in bad:
                said = Missed(task_id, Problem(Forbidden, passing=True))
            pace.answered(said, now, now)
            pace.resume(now)
    assert counts["b"] >= 150


@pytest.mark.parametrize("first_good", [0.0, 20.0])
def test_one_task_that_is_always_refused_keeps_no_other_waiting(
    simulation: Begin, fetched: Build, missed: Build, first_good: float
) -> None:
    sim = simulation(lambda now: True, count=3)
    sim.pace.interval = INTERVAL / 50
    asked: Counter[str] = Counter()
    while sim.now < 60:
        due = sim.pace.next_due()
        assert due is not None
        sim.now = max(due, sim.now)
        for task_id in sim.pace.take(sim.now, 1):
            refused = task_id == "00001" and sim.now >= first_good
            asked[task_id] += sim.now >= 20
            said = missed(task_id, RateLimited, status=429) if refused else fetched(task_id)
            sim.pace.answered(said, sim.now, sim.now)
    assert min(asked["00000"], asked["00002"]) >= 40 / INTERVAL


@pytest.mark.parametrize("span", [60.0, 120.0, 180.0])
def test_a_long_window_is_used_evenly_once_its_first_silence_has_told_of_it(
    simulation: Begin, span: float
) -> None:
    """A probe in a window that has just begun is granted, and leaves nothing for its end."""
    granted: list[float] = []

    def window(now: float) -> bool:
        if sum(at > now - span for at in granted[-int(span) :]) >= int(span):
            return False
        granted.append(now)
        return True

    sim = simulation(window)
    sim.run(1500)
    fair = OPEN / 1.0
    begin, end = 2 * span + fair, 1500
    assert max(sim.ages(begin, end).values()) <= 2 * fair
    assert len(sim.ages(begin, end)) == OPEN
    assert sim.granted(begin, end) >= 0.85
    assert sim.refused(begin, end) <= 0.15


def test_a_task_set_aside_and_planned_again_at_the_same_moment_has_one_turn() -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    pace.keep(["a", "b", "c", "d"], 0.0, lambda task_id: False)
    assert pace.take(0.0, 1) == ["a"]
    for _ in range(3):
        pace.set_aside("d")
        pace.plan("d", 0.0)
        pace.take(0.0, 0)
    assert pace.take(0.0, 1) == ["b"]
    pace.set_aside("d")
    pace.plan("d", 0.0)
    assert pace.take(0.0, 8) == ["c", "d"]


def test_urgency_makes_no_task_come_sooner_than_its_interval(simulation: Begin) -> None:
    sim = simulation(lambda now: True, count=1)
    sim.factor = lambda task_id: 0.5
    sim.run(100)
    moments = [one.at for one in sim.requests]
    assert min(b - a for a, b in pairwise(moments)) >= 0.9 * INTERVAL


def test_a_refused_task_comes_again_soon(simulation: Begin) -> None:
    refused_once: set[float] = set()

    def once(now: float) -> bool:
        if now < 10 or refused_once:
            return True
        refused_once.add(now)
        return False

    sim = simulation(once, count=20)
    sim.run(20)
    (refused,) = [one for one in sim.requests if not one.granted]
    again = next(one for one in sim.requests if one.id == refused.id and one.at > refused.at)
    assert again.at - refused.at <= INTERVAL / 2


def test_a_person_does_not_wait_for_what_was_told(missed: Build) -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    pace.keep(["a", "b"], 0.0, lambda task_id: False)
    pace.take(0, 1)
    pace.answered(missed("a", RateLimited, retry_after=600.0), 0, 0)
    assert not pace.limit.admit(1)
    pace.resume(1)
    assert pace.limit.admit(1)


def test_a_timeout_that_the_server_tells_as_408_is_no_limit(missed: Build) -> None:
    assert not Problem(RateLimited, status=408).asks_to_slow_down
    assert Problem(RateLimited, status=429).asks_to_slow_down
    assert Problem(RateLimited).asks_to_slow_down


def test_what_the_last_answer_says_of_the_quota_is_obeyed(fetched: Build) -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    pace.keep(["a", "b"], 0.0, lambda task_id: False)
    assert pace.take(0, 1) == ["a"]
    pace.answered(fetched("a"), 0, 0.2)
    pace.hold(30.0, 0.2)
    assert pace.take(30.1, 8) == []
    assert pace.take(30.3, 8) == ["b"], "one at a time, until it is granted"


def test_an_answer_to_what_was_asked_before_the_sample_tells_nothing_new() -> None:
    limit = RateLimit()
    for _ in range(AT_ONCE):
        assert limit.admit(0.0)
    for _ in range(3):
        limit.refused(0.0, 0.2)
    found = limit.rate
    assert found < float("inf")
    for _ in range(3):
        limit.refused(0.0, 0.2)
    assert limit.rate == found


def test_a_choice_among_thousands_that_are_due_costs_little() -> None:
    """A look at each of them would take seconds for as many choices."""
    pace = Schedule(INTERVAL)
    pace.keep(names(20_000), 0.0, lambda task_id: False)
    began = time.process_time()
    for n in range(5_000):
        assert len(pace.take(float(n), 1)) == 1
        pace.next_due()
    assert time.process_time() - began < 2.0
