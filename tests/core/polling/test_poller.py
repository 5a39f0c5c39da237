"""Questions to a gateway that answers only when the test says so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from seedance_tui.api.errors import ApiError, KeyRefused, ServerFault, TaskNotFound
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Outcome
from seedance_tui.core.polling.poller import Poller, TaskSource, ask
from seedance_tui.core.polling.schedule import Schedule
from tests.core.conftest import Clock, MakeTask


class SlowGateway:
    """Keeps every question open until it is answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open: dict[str, asyncio.Future[Task]] = {}
        self.cancelled: list[str] = []
        self.most = 0

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        assert task_id not in self.open, "asked twice at once"
        self.open[task_id] = asyncio.get_running_loop().create_future()
        self.most = max(self.most, len(self.open))
        try:
            return await self.open[task_id]
        except asyncio.CancelledError:
            self.cancelled.append(task_id)
            raise
        finally:
            del self.open[task_id]


class Bench:
    """A poller on a clock that stands still, its gateway, and what was reported."""

    def __init__(self, clock: Clock, task: MakeTask) -> None:
        self.clock = clock
        self.gateway = SlowGateway()
        self.outcomes: list[Outcome] = []
        self.poller = Poller(
            Schedule(16, lambda: 0.5), self.outcomes.append, clock=clock, now=lambda: 42.0
        )
        self._task = task
        self.running = asyncio.create_task(self.poller.run(self.gateway))

    async def settle(self) -> None:
        """Let everything happen that can happen without time passing."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def watch(self, *ids: str) -> list[str]:
        return await self.after(lambda: self.poller.watch(ids))

    async def turn(self, seconds: float) -> list[str]:
        self.clock.turn(seconds)
        return await self.after(self.poller._changed.set)

    async def answer(self, task_id: str, status: str = "IN_PROGRESS") -> list[str]:
        return await self.after(lambda: self.gateway.open[task_id].set_result(self._task(status)))

    async def fail(self, task_id: str, error: Exception) -> list[str]:
        return await self.after(lambda: self.gateway.open[task_id].set_exception(error))

    async def after(self, act: Callable[[], object]) -> list[str]:
        """Act, and return what was asked because of it."""
        count = len(self.gateway.asked)
        act()
        await self.settle()
        return self.gateway.asked[count:]

    async def stop(self) -> None:
        self.running.cancel()
        await asyncio.wait([self.running])


@pytest.fixture
async def bench(clock: Clock, task: MakeTask) -> AsyncIterator[Bench]:
    bench = Bench(clock, task)
    await bench.settle()
    yield bench
    await bench.stop()


def names(count: int) -> list[str]:
    return [f"t{n:03d}" for n in range(count)]


async def test_what_is_watched_is_asked_about_at_once_and_reported(bench: Bench) -> None:
    assert await bench.watch("a") == ["a"]
    await bench.answer("a")
    (outcome,) = bench.outcomes
    assert isinstance(outcome, Fetched)
    assert (outcome.id, outcome.at) == ("a", 42.0)


async def test_at_most_eight_questions_are_under_way(bench: Bench) -> None:
    assert len(await bench.watch(*names(500))) == 8
    for _ in range(492):
        assert len(await bench.answer(next(iter(bench.gateway.open)))) == 1
    assert bench.gateway.most == 8
    assert sorted(bench.gateway.asked) == names(500)


async def test_a_task_is_asked_about_again_after_the_interval(bench: Bench) -> None:
    await bench.watch("a")
    await bench.answer("a")
    assert await bench.turn(15.9) == []
    assert await bench.turn(0.1) == ["a"]


async def test_a_slow_question_is_never_given_up_and_holds_up_no_other(bench: Bench) -> None:
    await bench.watch("slow", "quick")
    for _ in range(5):
        await bench.answer("quick")
        assert await bench.turn(16) == ["quick"]
    assert bench.gateway.cancelled == []
    await bench.answer("slow")
    assert bench.gateway.asked.count("slow") == 2, "once, and again since its turn is long due"


async def test_asking_now_about_what_is_under_way_asks_no_second_time(bench: Bench) -> None:
    await bench.watch("a")
    assert await bench.after(lambda: bench.poller.ask_now(["a", "a"])) == []
    assert bench.gateway.cancelled == []
    assert await bench.answer("a") == []


async def test_a_person_is_served_before_the_plan(bench: Bench) -> None:
    await bench.watch(*names(20))
    await bench.after(lambda: bench.poller.ask_now(["mine"]))
    assert await bench.answer("t000") == ["mine"]


async def test_asking_now_puts_the_next_turn_off(bench: Bench) -> None:
    await bench.watch("a")
    await bench.answer("a")
    await bench.turn(10)
    assert await bench.after(lambda: bench.poller.ask_now(["a"])) == ["a"]
    await bench.answer("a")
    assert await bench.turn(15.9) == []
    assert await bench.turn(0.1) == ["a"]


async def test_paused_it_asks_only_what_a_person_asks(bench: Bench) -> None:
    bench.poller.pause()
    assert await bench.watch("a", "b") == []
    assert await bench.turn(100) == []
    assert await bench.after(lambda: bench.poller.ask_now(["b"])) == ["b"]
    await bench.answer("b")
    assert await bench.turn(100) == []
    assert await bench.after(bench.poller.resume) == ["a", "b"]


@pytest.mark.parametrize("error", [None, TaskNotFound(), ServerFault()])
async def test_an_ended_task_can_be_asked_about_by_hand_once(
    bench: Bench, error: ApiError | None
) -> None:
    await bench.watch("a")
    await bench.answer("a", "SUCCESS")
    assert await bench.turn(100) == []
    assert await bench.after(lambda: bench.poller.ask_now(["a"])) == ["a"]
    await (bench.fail("a", error) if error else bench.answer("a", "SUCCESS"))
    assert await bench.turn(10_000) == []


async def test_a_refused_key_leaves_one_question_at_a_time_until_a_person_asks(
    bench: Bench,
) -> None:
    await bench.watch(*names(20))
    for task_id in list(bench.gateway.open):
        assert await bench.fail(task_id, KeyRefused()) == []
    for _ in range(3):
        (probe,) = await bench.turn(60)
        assert await bench.turn(29) == []
        assert await bench.fail(probe, KeyRefused()) == []
    assert len(await bench.after(lambda: bench.poller.ask_now(["t000"]))) == 8


async def test_a_task_no_longer_watched_is_not_asked_about_again(bench: Bench) -> None:
    await bench.watch("a", "b", "c")
    await bench.answer("a")
    await bench.watch("c")
    await bench.answer("b")
    await bench.answer("c")
    assert await bench.turn(16) == ["c"]
    assert bench.gateway.cancelled == []


async def test_an_error_is_a_value(bench: Bench) -> None:
    await bench.watch("a")
    await bench.fail("a", ServerFault("out of order", status=502))
    (outcome,) = bench.outcomes
    assert isinstance(outcome, Missed)
    problem = outcome.problem
    assert (problem.kind, problem.text, problem.status) == (ServerFault, "out of order", 502)
    assert problem.at == 42.0


async def test_cancellation_ends_every_question_and_reports_nothing(bench: Bench) -> None:
    await bench.watch("a", "b")
    await bench.stop()
    assert bench.running.cancelled()
    assert sorted(bench.gateway.cancelled) == ["a", "b"]
    assert bench.outcomes == []
    assert len(asyncio.all_tasks()) == 1, "only the test's own"


@pytest.mark.parametrize("steps", range(4))
async def test_a_cancellation_that_comes_with_news_is_not_lost(bench: Bench, steps: int) -> None:
    await bench.watch("a")
    await bench.answer("a")
    bench.poller.resume()
    for _ in range(steps):
        await asyncio.sleep(0)
    bench.running.cancel()
    await bench.settle()
    assert bench.running.done()


async def test_it_can_be_told_what_to_watch_before_there_is_a_gateway(
    clock: Clock, task: MakeTask
) -> None:
    gateway = SlowGateway()
    poller = Poller(Schedule(16), lambda outcome: None, clock=clock)
    poller.watch(["a"])
    poller.ask_now(["b"])
    running = asyncio.create_task(poller.run(gateway))
    for _ in range(20):
        await asyncio.sleep(0)
    assert gateway.asked == ["b", "a"]
    running.cancel()
    await asyncio.wait([running])


async def test_an_interval_begins_when_the_question_goes_out(bench: Bench) -> None:
    may = asyncio.Event()

    async def after_waiting(
        task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        await may.wait()
        return await ask()

    bench.poller.asker = after_waiting
    await bench.watch("a")
    await bench.turn(10)
    assert await bench.after(may.set) == ["a"]
    await bench.answer("a")
    assert await bench.turn(15.9) == []
    assert await bench.turn(0.1) == ["a"]


async def test_the_interval_of_what_another_instance_asked_begins_with_its_answer(
    bench: Bench, task: MakeTask
) -> None:
    may, asked = asyncio.Event(), list[str]()

    async def borrow(
        task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        asked.append(task_id)
        await may.wait()
        return Fetched(task_id, task("QUEUED"), 42.0 - 6, is_borrowed=True)

    bench.poller.asker = borrow
    await bench.watch("a")
    await bench.turn(30)
    await bench.after(may.set)
    await bench.turn(9.9)
    assert asked == ["a"]
    await bench.turn(0.1)
    assert asked == ["a", "a"]


async def test_what_is_to_come_is_known_and_stays_planned(bench: Bench) -> None:
    await bench.watch(*names(20))
    await bench.after(lambda: bench.poller.ask_now(["mine"]))
    coming = ["mine", *names(20)[8:]]
    assert bench.poller.upcoming(99) == bench.poller.upcoming(99) == coming
    assert bench.poller.upcoming(3) == coming[:3]
    assert [*await bench.answer("t000"), *await bench.answer("t001")] == coming[:2]
    bench.poller.pause()
    assert bench.poller.upcoming(99) == []


async def test_idle_it_waits_and_does_not_spin(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.watch("a")
    await bench.answer("a")
    looks = 0
    real = bench.poller._next

    def counted(most: int) -> list[str]:
        nonlocal looks
        looks += 1
        return real(most)

    monkeypatch.setattr(bench.poller, "_next", counted)
    for _ in range(200):
        await bench.settle()
    assert looks == 0


async def test_its_own_timer_wakes_it(task: MakeTask) -> None:
    asked_often = asyncio.Event()
    asked: list[str] = []

    class Quick:
        async def task(self, task_id: str) -> Task:
            asked.append(task_id)
            if len(asked) == 5:
                asked_often.set()
            return task("QUEUED")

    pace = Schedule(16, lambda: 0.5)
    pace.interval = 0.01
    poller = Poller(pace, lambda outcome: None)
    poller.watch(["a"])
    running = asyncio.create_task(poller.run(Quick()))
    await asyncio.wait_for(asked_often.wait(), 5)
    running.cancel()
    await asyncio.wait([running])


async def test_asking_once_gives_a_value_either_way(task: MakeTask) -> None:
    async def good(task_id: str) -> Task:
        return task("SUCCESS")

    async def bad(task_id: str) -> Task:
        raise TaskNotFound("nothing")

    def gateway(answer: Callable[[str], Awaitable[Task]]) -> TaskSource:
        gateway: TaskSource = type("Gateway", (), {"task": staticmethod(answer)})()
        return gateway

    assert isinstance(await ask(gateway(good), "a", lambda: 1.0), Fetched)
    outcome = await ask(gateway(bad), "a", lambda: 1.0)
    assert isinstance(outcome, Missed)
    assert outcome.problem.concerns_task
