"""The machine sleeps for eight hours: what is asked when it wakes up is asked once, in turn.

Some systems let the clock that paces the questions stand still meanwhile, others let it jump.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from seedance_tui.api.errors import ApiError, ServerFault, Unreachable
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.polling.poller import AT_ONCE, Poller
from seedance_tui.core.polling.schedule import Schedule

NIGHT = 8 * 3600.0
INTERVAL = 15.0
IDS = tuple(f"t{number:03}" for number in range(200))


def running(task_id: str) -> Task:
    task = Task.from_json({"data": {"task_id": task_id, "status": "IN_PROGRESS"}})
    assert task is not None
    return task


class Turned:
    """A clock that only the test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += seconds


class Gateway:
    """Holds every question until it is let go, and counts."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.held: dict[str, asyncio.Future[Task]] = {}
        self.most = 0

    async def task(self, task_id: str) -> Task:
        assert task_id not in self.held, "asked twice at once"
        self.asked[task_id] += 1
        self.held[task_id] = asyncio.get_running_loop().create_future()
        self.most = max(self.most, len(self.held))
        try:
            return await self.held[task_id]
        finally:
            del self.held[task_id]

    async def let_go(self, error: ApiError | None = None) -> None:
        """Answer everything that is asked, and whatever is asked because of it."""
        await settle()
        while self.held:
            for task_id, question in list(self.held.items()):
                if not question.done():
                    question.set_exception(error) if error else question.set_result(
                        running(task_id)
                    )
            await settle()


async def settle() -> None:
    """Let everything happen that can happen without time passing."""
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def polling(clock: Turned, gateway: Gateway) -> AsyncIterator[Poller]:
    spread = iter_spread()
    poller = Poller(
        Schedule(INTERVAL, lambda: next(spread)), lambda outcome: None, clock=clock, now=clock
    )
    poller.watch(IDS)
    work = asyncio.create_task(poller.run(gateway))
    try:
        yield poller
    finally:
        work.cancel()
        await asyncio.wait([work])


def iter_spread() -> Iterator[float]:
    while True:
        yield from (0.1, 0.9, 0.5, 0.3, 0.7)


def wake(poller: Poller) -> None:
    """Let the poller look at the clock again, as its timer does on a machine that wakes up."""
    poller.watch(IDS)


async def test_after_a_night_every_task_is_asked_about_once_and_eight_at_a_time() -> None:
    clock, gateway = Turned(), Gateway()
    async with polling(clock, gateway) as poller:
        await gateway.let_go()
        gateway.asked.clear()
        clock.turn(NIGHT)
        wake(poller)
        await settle()
        assert len(gateway.held) == AT_ONCE
        await gateway.let_go()
        assert gateway.asked == dict.fromkeys(IDS, 1)
        assert gateway.most == AT_ONCE


async def test_after_a_night_a_gateway_out_of_reach_is_asked_eight_questions_and_no_more() -> None:
    clock, gateway = Turned(), Gateway()
    async with polling(clock, gateway) as poller:
        await gateway.let_go()
        gateway.asked.clear()
        clock.turn(NIGHT)
        wake(poller)
        await gateway.let_go(Unreachable("no network yet"))
        assert gateway.asked.total() == AT_ONCE
        assert gateway.most == AT_ONCE
        clock.turn(INTERVAL)
        wake(poller)
        await gateway.let_go()
        assert gateway.asked.total() <= 2 * AT_ONCE, "the rest follows within an interval"
        clock.turn(INTERVAL)
        wake(poller)
        await gateway.let_go()
        assert set(gateway.asked) == set(IDS)
        assert gateway.asked.total() <= len(IDS) + 2 * AT_ONCE


async def test_questions_under_way_when_the_machine_slept_are_not_asked_beside_themselves() -> None:
    """Their answers are as old as the night: those tasks alone may be asked about once more."""
    clock, gateway = Turned(), Gateway()
    async with polling(clock, gateway) as poller:
        await settle()
        asleep = set(gateway.held)
        assert len(asleep) == AT_ONCE
        clock.turn(NIGHT)
        wake(poller)
        await settle()
        assert set(gateway.held) == asleep
        await gateway.let_go()
        assert {task_id for task_id, times in gateway.asked.items() if times > 1} <= asleep
        assert gateway.asked.keys() == set(IDS)
        assert max(gateway.asked.values()) <= 2
        assert gateway.most == AT_ONCE


async def test_after_the_night_the_questions_are_spread_again() -> None:
    clock, gateway = Turned(), Gateway()
    async with polling(clock, gateway) as poller:
        await gateway.let_go()
        clock.turn(NIGHT)
        wake(poller)
        await gateway.let_go()
        gateway.asked.clear()
        clock.turn(INTERVAL)
        wake(poller)
        await gateway.let_go()
        assert 0 < gateway.asked.total() < len(IDS)
        assert max(gateway.asked.values()) == 1


@pytest.mark.parametrize("nights", [1, 3])
def test_the_plan_never_makes_up_for_what_was_missed(nights: int) -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    for task_id in IDS:
        pace.plan(task_id, 0.0)
    now = nights * NIGHT
    taken = pace.take(now, 10_000)
    assert sorted(taken) == sorted(IDS)
    for task_id in taken:
        pace.answered(Fetched(task_id, running(task_id), now), now, now)
    assert pace.take(now, 10_000) == []
    assert pace.next_due() == now + INTERVAL


def test_a_brake_of_before_the_night_is_over_after_it() -> None:
    pace = Schedule(INTERVAL, lambda: 0.5)
    for task_id in IDS:
        pace.plan(task_id, 0.0)
    (first,) = pace.take(0.0, 1)
    fault = Problem(ServerFault, retry_after=3600.0)
    pace.answered(Missed(first, fault), 0.0, 0.0)
    assert pace.take(3599.0, 10_000) == []
    (probe,) = pace.take(NIGHT, 10_000)
    pace.answered(Fetched(probe, running(probe), NIGHT), NIGHT, NIGHT)
    assert len(pace.take(NIGHT + INTERVAL, 10_000)) == len(IDS)
