"""A key that is refused: once amid good answers, for one task alone, or for good."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import partial
from typing import Protocol

import pytest

from seedance_tui.api.errors import ApiError, Forbidden, KeyExhausted, KeyRefused, TaskNotFound
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Outcome, Problem
from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule

INTERVAL = 16.0
REFUSALS = [KeyRefused, KeyExhausted, Forbidden]


class Clock(Protocol):
    """The clock of the tests of core."""

    def __call__(self) -> float: ...

    def turn(self, seconds: float) -> None: ...


class Gateway:
    """Answers at once, with what the test has laid out for a task, or well."""

    def __init__(self, task: Callable[..., Task]) -> None:
        self.refused: dict[str, int] = {}
        self.asked: list[str] = []
        self.good = task()

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        if self.refused.get(task_id, 0) > 0:
            self.refused[task_id] -= 1
            raise self.kind("said")
        return self.good

    kind: type[ApiError] = KeyRefused


class Bench:
    """A poller on a clock that stands still."""

    def __init__(self, clock: Clock, gateway: Gateway) -> None:
        self.clock = clock
        self.gateway = gateway
        self.outcomes: list[Outcome] = []
        self.pace = Schedule(INTERVAL, lambda: 0.5)
        self.poller = Poller(self.pace, self.outcomes.append, clock=clock, now=lambda: 42.0)
        self.running = asyncio.create_task(self.poller.run(gateway))

    async def watch(self, ids: Iterable[str]) -> list[str]:
        return await self.after(lambda: self.poller.watch(ids))

    async def after(self, act: Callable[[], object]) -> list[str]:
        count = len(self.gateway.asked)
        act()
        self.poller._changed.set()
        for _ in range(30):
            await asyncio.sleep(0)
        return self.gateway.asked[count:]

    @property
    def refusals(self) -> list[bool]:
        """Of each refusal, whether it stops all questions."""
        missed = [outcome for outcome in self.outcomes if isinstance(outcome, Missed)]
        return [outcome.problem.stops_asking for outcome in missed]


@pytest.fixture
async def bench(clock: Clock, task: Callable[..., Task]) -> AsyncIterator[Bench]:
    bench = Bench(clock, Gateway(task))
    yield bench
    bench.running.cancel()
    await asyncio.wait([bench.running])


@pytest.mark.parametrize("kind", REFUSALS)
async def test_one_refusal_amid_good_answers_is_asked_again_soon_and_holds_nobody(
    bench: Bench, clock: Clock, kind: type[ApiError]
) -> None:
    bench.gateway.kind = kind
    await bench.watch("abc")
    bench.gateway.refused["b"] = 1
    assert sorted(await bench.after(lambda: clock.turn(INTERVAL))) == ["a", "b", "c"]
    assert bench.refusals == [False]
    assert await bench.after(lambda: clock.turn(INTERVAL / 4 - 0.1)) == []
    assert await bench.after(lambda: clock.turn(0.1)) == ["b"]
    assert sorted(await bench.after(lambda: clock.turn(INTERVAL))) == ["a", "b", "c"]


async def test_a_task_that_alone_is_refused_is_asked_about_more_slowly_and_stops_nobody(
    bench: Bench, clock: Clock
) -> None:
    bench.gateway.kind = Forbidden
    bench.gateway.refused["b"] = 10_000
    await bench.watch("ab")
    for _ in range(20):
        await bench.after(lambda: clock.turn(INTERVAL))
    assert not any(bench.refusals)
    assert bench.gateway.asked.count("a") > 15
    assert bench.gateway.asked.count("b") < bench.gateway.asked.count("a") / 2


async def test_refusals_of_everybody_halt_the_watch_and_one_good_answer_ends_that(
    bench: Bench, clock: Clock
) -> None:
    await bench.watch("abcdef")
    bench.gateway.refused = dict.fromkeys("abcdef", 2)
    await bench.after(lambda: clock.turn(INTERVAL))
    assert bench.refusals == [False, False, False, True, True, True]
    assert bench.pace.halted
    assert len(await bench.after(lambda: clock.turn(INTERVAL))) == 1
    while bench.pace.halted:
        assert len(await bench.after(lambda: clock.turn(60))) >= 1
    assert len(bench.gateway.asked) < 30


@pytest.mark.parametrize("interval", [0.5, 15.0, 240.0, 3_600.0])
def test_while_all_is_refused_it_looks_once_a_minute_whatever_the_interval(
    interval: float,
) -> None:
    pace, now = Schedule(interval, lambda: 0.5), 0.0
    pace.keep("a", now, lambda task_id: False)
    for _ in range(12):
        assert pace.take(now, 8) == ["a"]
        pace.answered(Missed("a", Problem(KeyRefused)), now, now)
        due = pace.next_due()
        assert due is not None
        pause, now = due - now, due
        assert pause <= 60
    assert pause == 60


async def test_that_a_task_is_not_found_says_that_the_key_is_good(
    bench: Bench, clock: Clock
) -> None:
    bench.gateway.kind = TaskNotFound
    bench.gateway.refused["a"] = 1
    await bench.watch("a")
    bench.gateway.kind = KeyRefused
    bench.gateway.refused["a"] = 1
    await bench.after(lambda: clock.turn(INTERVAL))
    assert bench.refusals == [False, False]


async def test_what_another_instance_has_heard_says_nothing_of_this_key(
    bench: Bench, clock: Clock, task: Callable[..., Task]
) -> None:
    async def borrow(
        task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        return await ask() if task_id == "own" else Fetched(task_id, task(), 42.0, is_borrowed=True)

    bench.poller.asker = borrow
    bench.gateway.refused["own"] = 9
    await bench.watch(["lent"])
    await bench.watch(["lent", "own"])
    assert bench.refusals == [True]


async def test_a_first_refusal_is_believed_and_still_tried_again(
    bench: Bench, clock: Clock
) -> None:
    bench.gateway.refused["a"] = 3
    await bench.watch("a")
    assert bench.refusals == [True]
    pauses = []
    while bench.pace.halted:
        due = bench.pace.next_due()
        assert due is not None
        pauses.append(due - clock())
        await bench.after(partial(clock.turn, due - clock()))
    assert pauses == [8, 16, 32]
