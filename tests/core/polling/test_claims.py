"""For how long a claim on a question holds, on a clock that only the test turns."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from seedance_tui.api.errors import ServerFault, TaskNotFound
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Outcome, Problem
from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule
from seedance_tui.core.polling.shared_questions import SharedQuestions, poll_shared, shared_by
from seedance_tui.core.storage.paths import questions_path
from tests.core.conftest import Clock

NOW, INTERVAL, ID = 1_784_600_000.0, 100.0, "asyntask_a1"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(NOW)
    monkeypatch.setattr("time.time", clock)
    return clock


@pytest.fixture
def looks(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between two looks, which pass at once."""
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def pass_at_once(seconds: float) -> None:
        pauses.append(seconds)
        clock.turn(seconds)
        await sleep(0)

    monkeypatch.setattr("asyncio.sleep", pass_at_once)
    return pauses


@pytest.fixture
def fetched(task: Callable[..., Task]) -> Fetched:
    return Fetched(ID, task(), NOW)


def shared(folder: Path, interval: float = INTERVAL) -> SharedQuestions:
    return SharedQuestions(folder / "questions.db", "https://one", interval)


class Asking:
    """Counts how often the gateway is asked."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.count = 0

    async def __call__(self) -> Outcome:
        self.count += 1
        return self.outcome


async def noted(folder: Path, task_id: str = ID) -> None:
    """Wait until what was heard of a task is in the file, where others find it."""
    for _ in range(10_000):
        await asyncio.to_thread(bool)  # lets the thread that writes go on
        with closing(sqlite3.connect(folder / "questions.db")) as database:
            query = "SELECT heard_at FROM questions WHERE task_id = ?"
            if any(at is not None for (at,) in database.execute(query, (task_id,))):
                return
    raise AssertionError("nobody noted it")


async def killed(folder: Path, interval: float = INTERVAL) -> None:
    """Have an instance claim the question, and end before there is an answer."""

    async def die() -> Outcome:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await shared(folder, interval).ask(ID, die)


@pytest.mark.parametrize(("later", "count"), [(0.0, 1), (84.9, 1), (85.1, 2), (-0.1, 2)])
async def test_an_answer_is_handed_on_for_85_percent_of_an_interval(
    tmp_path: Path, clock: Clock, fetched: Fetched, later: float, count: int
) -> None:
    asking = Asking(fetched)
    await shared(tmp_path).ask(ID, asking)
    clock.turn(later)
    told = await shared(tmp_path).ask(ID, asking)
    assert asking.count == count
    assert isinstance(told, Fetched)
    assert told.is_borrowed is (count == 1)


@pytest.mark.parametrize(
    ("interval", "looked"), [(100.0, 0.25), (5.0, 0.25), (2.0, 0.1), (0.5, 0.025)]
)
async def test_who_died_is_waited_for_with_four_looks_a_second_or_twenty_an_interval(
    tmp_path: Path,
    clock: Clock,
    looks: list[float],
    fetched: Fetched,
    interval: float,
    looked: float,
) -> None:
    await killed(tmp_path, interval)
    asking = Asking(fetched)
    assert await shared(tmp_path, interval).ask(ID, asking) == fetched
    assert asking.count == 1
    assert set(looks) == {looked}
    assert clock() - NOW == pytest.approx(0.85 * interval, abs=2 * looked)


async def test_that_a_task_is_not_found_is_borrowed_too(tmp_path: Path, clock: Clock) -> None:
    asking = Asking(Missed(ID, Problem(TaskNotFound, at=NOW)))
    own = await shared(tmp_path).ask(ID, asking)
    told = await shared(tmp_path).ask(ID, asking)
    assert isinstance(own, Missed) and not own.is_borrowed
    assert isinstance(told, Missed) and told.is_borrowed


async def test_an_answer_that_nobody_can_read_is_waited_for_like_none(
    tmp_path: Path, clock: Clock, looks: list[float], fetched: Fetched
) -> None:
    await shared(tmp_path).ask(ID, Asking(fetched))
    await noted(tmp_path)
    with closing(sqlite3.connect(tmp_path / "questions.db")) as database, database:
        database.execute("UPDATE questions SET answer = '[]'")
    asking = Asking(fetched)
    await shared(tmp_path).ask(ID, asking)
    assert asking.count == 1
    assert looks


@pytest.mark.parametrize(
    ("later", "is_told"), [(0.0, True), (99.9, True), (100.1, False), (-0.1, False)]
)
async def test_who_asks_once_takes_what_was_asked_within_an_interval(
    tmp_path: Path, clock: Clock, fetched: Fetched, later: float, is_told: bool
) -> None:
    await shared(tmp_path).ask(ID, Asking(fetched))
    await noted(tmp_path)
    clock.turn(later)
    told = await shared(tmp_path).heard(ID)
    assert (told is not None) is is_told


@pytest.mark.parametrize(("later", "may"), [(0.0, False), (3599.0, False), (3601.0, True)])
async def test_a_hook_is_run_again_after_an_hour(
    tmp_path: Path, clock: Clock, later: float, may: bool
) -> None:
    assert await shared(tmp_path).claim_hook(ID)
    clock.turn(later)
    assert await shared(tmp_path).claim_hook(ID) is may
    assert await shared(tmp_path).claim_hook("asyntask_b2")


@pytest.mark.parametrize(("later", "left"), [(3599.0, {ID, "new"}), (3601.0, {"new"})])
async def test_what_an_instance_that_was_killed_has_left_goes_after_an_hour(
    tmp_path: Path, clock: Clock, fetched: Fetched, later: float, left: set[str]
) -> None:
    await shared(tmp_path).ask(ID, Asking(fetched))
    await shared(tmp_path).claim_hook(ID)
    clock.turn(later)
    await shared(tmp_path).ask("new", Asking(fetched))
    with closing(sqlite3.connect(tmp_path / "questions.db")) as database:
        questions = {one for (one,) in database.execute("SELECT task_id FROM questions")}
        hooks = {one for (one,) in database.execute("SELECT task_id FROM hooks")}
    assert (questions, hooks) == (left, left - {"new"})


async def test_an_instance_withdraws_its_own_claims_alone(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    asking, first, second = Asking(fetched), shared(tmp_path), shared(tmp_path)
    await first.ask(ID, asking)
    await second.ask("asyntask_b2", asking)
    await second.leave()
    await shared(tmp_path).ask(ID, asking)
    assert asking.count == 2, "the first one's answer is still there"
    await shared(tmp_path).ask("asyntask_b2", asking)
    assert asking.count == 3


async def test_trouble_is_withdrawn_and_does_not_end_the_claim_of_another_task(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    first = shared(tmp_path)
    await first.ask(ID, Asking(fetched))
    await first.ask("asyntask_b2", Asking(Missed("asyntask_b2", Problem(ServerFault))))
    again = Asking(fetched)
    await shared(tmp_path).ask(ID, again)
    assert again.count == 0
    await shared(tmp_path).ask("asyntask_b2", again)
    assert again.count == 1


async def test_a_file_that_is_damaged_while_the_gateway_is_asked_costs_no_answer(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    first, second = shared(tmp_path), shared(tmp_path)

    async def damage() -> Outcome:
        (tmp_path / "questions.db").write_bytes(b"no database" * 100)
        return fetched

    assert await first.ask(ID, damage) == fetched
    await first.leave()
    assert await second.heard(ID) is None
    assert await second.claim_hook(ID), "each instance is on its own"
    assert await shared(tmp_path).claim_hook(ID)


@dataclass
class Settings:
    history: Path
    base_url: str = "https://one"
    interval: float = INTERVAL


async def test_instances_with_the_same_settings_share(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    settings, asking = Settings(tmp_path / "history.db"), Asking(fetched)
    await shared_by(settings).ask(ID, asking)
    await shared_by(settings).ask(ID, asking)
    assert asking.count == 1
    assert questions_path(settings.history).exists()
    await shared_by(Settings(settings.history, base_url="https://two")).ask(ID, asking)
    assert asking.count == 2
    clock.turn(10.0)
    await shared_by(Settings(settings.history, interval=10.0)).ask(ID, asking)
    assert asking.count == 3


class Hooks:
    claim: Callable[[str], Awaitable[bool]] | None = None


class Gateway:
    """Answers at once."""

    def __init__(self, answer: Task) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        return self.answer


async def test_polling_shares_its_questions_and_its_hooks_and_leaves_nothing_behind(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    settings, hooks = Settings(tmp_path / "history.db"), Hooks()
    gateway, heard = Gateway(fetched.task), asyncio.Queue[Outcome]()
    poller = Poller(Schedule(INTERVAL), heard.put_nowait, now=clock)
    poller.watch([ID])
    polling = asyncio.create_task(poll_shared(poller, gateway, settings, hooks))
    assert isinstance(await asyncio.wait_for(heard.get(), 5), Fetched)
    other = Asking(fetched)
    await shared_by(settings).ask(ID, other)
    assert (gateway.asked, other.count) == ([ID], 0)
    assert hooks.claim is not None
    assert await hooks.claim(ID)
    assert not await shared_by(settings).claim_hook(ID)
    polling.cancel()
    await asyncio.wait([polling])
    await shared_by(settings).ask(ID, other)
    assert other.count == 1
