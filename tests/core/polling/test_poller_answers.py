"""What an answer changes in the plan: by its age, its weight, and what is left to be granted."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import pytest

from seedance_tui.api.errors import ServerFault
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Outcome
from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule
from tests.core.conftest import Clock, MakeTask

INTERVAL = 16.0
NOW = 1_784_600_000.0


class Gateway:
    """Answers soon that a task is running, or as the test has laid out."""

    def __init__(self, running: Task) -> None:
        self.asked: list[str] = []
        self.fails = False
        self._running = running

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        await asyncio.sleep(0)  # others go out before its answer comes
        if self.fails:
            raise ServerFault("out of order")
        return self._running


class Bench:
    """A poller whose clocks stand still, and what the plan is told."""

    def __init__(self, clock: Clock, task: MakeTask) -> None:
        self.clock = clock
        self.gateway = Gateway(task())
        self.pace = Schedule(INTERVAL, lambda: 0.5)
        self.outcomes: list[Outcome] = []
        self.factor = 1.0
        self.goes_on: bool | None = None
        self.left: float | None = None
        self.poller = Poller(
            self.pace,
            self.outcomes.append,
            interval_factor=lambda outcome: self.factor,
            goes_on=lambda outcome: self.goes_on,
            exhausted_for=lambda: self.left,
            clock=clock,
            now=lambda: NOW + clock(),
        )
        self.running = asyncio.create_task(self.poller.run(self.gateway))

    async def after(self, act: Callable[[], object]) -> list[str]:
        """Act, and return what was asked because of it."""
        count = len(self.gateway.asked)
        act()
        self.poller._changed.set()
        for _ in range(30):
            await asyncio.sleep(0)
        return self.gateway.asked[count:]

    async def watch(self, ids: Iterable[str]) -> list[str]:
        return await self.after(lambda: self.poller.watch(ids))

    async def turn(self, seconds: float) -> list[str]:
        return await self.after(lambda: self.clock.turn(seconds))


@pytest.fixture
async def bench(clock: Clock, task: MakeTask) -> AsyncIterator[Bench]:
    bench = Bench(clock, task)
    yield bench
    bench.running.cancel()
    await asyncio.wait([bench.running])


@pytest.mark.parametrize(("age", "left"), [(0.0, 16.0), (10.0, 6.0), (-5.0, 16.0)])
async def test_after_the_answer_of_another_instance_what_is_left_of_its_interval_is_waited(
    bench: Bench, task: MakeTask, age: float, left: float
) -> None:
    async def borrow(
        task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        return Fetched(task_id, task(), NOW + bench.clock() - age, is_borrowed=True)

    bench.poller.asker = borrow
    await bench.watch("a")
    due = bench.pace.next_due()
    assert due is not None
    assert due - bench.clock() == pytest.approx(left)


async def test_the_next_question_comes_after_as_many_intervals_as_the_outcome_says(
    bench: Bench,
) -> None:
    bench.factor = 4.0
    assert await bench.watch("a") == ["a"]
    assert await bench.turn(4 * INTERVAL - 0.1) == []
    assert await bench.turn(0.1) == ["a"]


@pytest.mark.parametrize(("goes_on", "asked"), [(None, ["a"]), (True, ["a"]), (False, [])])
async def test_whether_a_task_goes_on_may_be_decided_by_others(
    bench: Bench, goes_on: bool | None, asked: list[str]
) -> None:
    bench.goes_on = goes_on
    await bench.watch("a")
    assert await bench.turn(INTERVAL) == asked


async def test_what_the_gateway_has_no_more_of_is_not_asked_for_before(bench: Bench) -> None:
    bench.left = 30.0
    assert await bench.watch("a") == ["a"]
    assert await bench.watch("ab") == []
    assert await bench.turn(29.9) == []
    bench.left = None
    assert await bench.turn(0.1) == ["b"], "one at a time, until it is granted"


async def test_a_failure_says_nothing_of_what_the_gateway_has_left(bench: Bench) -> None:
    bench.left, bench.gateway.fails = 3000.0, True
    await bench.watch("a")
    bench.gateway.fails = False
    assert await bench.turn(INTERVAL) == ["a"]


async def test_only_what_a_person_asks_insists_and_only_once(bench: Bench) -> None:
    insisted: list[tuple[str, bool]] = []

    async def note(
        task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        insisted.append((task_id, insists))
        return await ask()

    bench.poller.asker = note
    await bench.watch("a")
    await bench.after(lambda: bench.poller.ask_now(["a"]))
    await bench.turn(INTERVAL)
    assert insisted == [("a", False), ("a", True), ("a", False)]


async def test_while_the_rate_is_limited_a_person_waits_for_one_turn_at_the_most(
    bench: Bench,
) -> None:
    bench.pace.limit.rate = 0.1
    asked = await bench.after(lambda: bench.poller.ask_now(["x", "y", "z"]))
    assert asked == ["x"]
    turn = bench.pace.limit.next_at - bench.clock()
    assert 9 < turn < 11
    assert await bench.turn(turn - 0.1) == []
    assert await bench.turn(0.1) == ["y"]


async def test_several_that_a_person_asks_for_take_the_places_of_what_is_due(
    bench: Bench,
) -> None:
    bench.poller.paused = True
    await bench.watch([f"t{n}" for n in range(20)])
    wanted = [f"mine{n}" for n in range(3)]
    bench.poller.paused = False
    asked = await bench.after(lambda: bench.poller.ask_now([*wanted, *wanted]))
    assert asked[:3] == wanted
    assert len(asked) == 23


async def test_a_failure_is_dated_by_the_clock_of_the_outcomes(bench: Bench) -> None:
    bench.gateway.fails = True
    await bench.watch("a")
    (outcome,) = bench.outcomes
    assert isinstance(outcome, Missed)
    assert outcome.problem.at == NOW + bench.clock()


async def test_where_nothing_is_said_of_its_weight_a_task_waits_for_an_interval_and_is_not_urgent(
    clock: Clock, task: MakeTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, said = Schedule(INTERVAL, lambda: 0.5), list[tuple[object, ...]]()

    def note(*given: object, **options: object) -> None:
        said.append((given[-1], options))

    monkeypatch.setattr(pace, "answered", note)
    poller = Poller(pace, lambda outcome: None, clock=clock)
    poller.watch("a")
    running = asyncio.create_task(poller.run(Gateway(task())))
    for _ in range(30):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    assert said == [(1.0, {"goes_on": None})]
