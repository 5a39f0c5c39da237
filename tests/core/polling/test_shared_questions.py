"""Instances that share their questions: who asks, who is told, who takes over."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.errors import KeyRefused, ServerFault, TaskNotFound
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched, Missed, Outcome, Problem
from seedance_tui.core.polling._question_file import Claimed, Heard, QuestionFile
from seedance_tui.core.polling.shared_questions import SharedQuestions
from tests.core.conftest import Clock

LONG = 3600.0
SHORT = 0.2


class Asking:
    """Counts what the gateway is asked; waits for `may` where one is given."""

    def __init__(self, outcome: Outcome, may: asyncio.Event | None = None) -> None:
        self.outcome = outcome
        self.count = 0
        self.may = may
        self.began = asyncio.Event()

    async def __call__(self) -> Outcome:
        self.count += 1
        self.began.set()
        if self.may:
            await self.may.wait()
        return self.outcome


@pytest.fixture
def fetched(task: Callable[..., Task]) -> Fetched:
    return Fetched("asyntask_a1", task(), 42.0)


def shared(
    folder: Path,
    interval: float = LONG,
    gateway: str = "https://one",
    clock: Callable[[], float] = time.monotonic,
) -> SharedQuestions:
    return SharedQuestions(folder / "questions.db", gateway, interval, clock)


def owners(folder: Path) -> dict[str, str]:
    """Who has claimed which task, as the file says."""
    with sqlite3.connect(folder / "questions.db") as database:
        return dict(database.execute("SELECT task_id, owner FROM questions"))


async def heard_by(once: SharedQuestions, task_id: str) -> Outcome:
    """What one that asks once is told, as soon as it is written."""
    async with asyncio.timeout(10):
        while (told := await once.heard(task_id)) is None:
            pass
    return told


async def test_another_instance_gets_the_answer_as_it_was(tmp_path: Path, fetched: Fetched) -> None:
    asking = Asking(fetched)
    first, second = shared(tmp_path), shared(tmp_path)
    assert await first.ask("asyntask_a1", asking) == fetched
    told = await second.ask("asyntask_a1", asking)
    assert isinstance(told, Fetched)
    assert (told.task.raw, told.at) == (fetched.task.raw, 42.0)
    assert asking.count == 1


async def test_an_answer_that_is_on_its_way_is_waited_for(tmp_path: Path, fetched: Fetched) -> None:
    may = asyncio.Event()
    asking = Asking(fetched, may)
    first = asyncio.create_task(shared(tmp_path).ask("asyntask_a1", asking))
    await asking.began.wait()
    second = asyncio.create_task(shared(tmp_path).ask("asyntask_a1", asking))
    await asyncio.sleep(0.05)
    assert not second.done()
    may.set()
    assert await first == fetched
    assert isinstance(await second, Fetched)
    assert asking.count == 1


async def test_a_claim_of_a_killed_instance_lasts_less_than_an_interval(
    tmp_path: Path, fetched: Fetched
) -> None:
    never = Asking(fetched, asyncio.Event())
    killed = asyncio.create_task(shared(tmp_path, SHORT).ask("asyntask_a1", never))
    await never.began.wait()
    killed.cancel()
    asking = Asking(fetched)
    async with asyncio.timeout(10 * SHORT):
        await shared(tmp_path, SHORT).ask("asyntask_a1", asking)
    assert asking.count == 1


async def test_who_asks_may_ask_again_at_any_time(tmp_path: Path, fetched: Fetched) -> None:
    asking, only = Asking(fetched), shared(tmp_path)
    await only.ask("asyntask_a1", asking)
    await only.ask("asyntask_a1", asking)
    assert asking.count == 2


async def test_what_the_user_wants_asked_is_asked(tmp_path: Path, fetched: Fetched) -> None:
    asking = Asking(fetched)
    await shared(tmp_path).ask("asyntask_a1", asking)
    await shared(tmp_path).ask("asyntask_a1", asking, insists=True)
    assert asking.count == 2


async def test_an_instance_that_ends_leaves_no_claim_and_no_answer(
    tmp_path: Path, fetched: Fetched
) -> None:
    asking, first = Asking(fetched), shared(tmp_path)
    await first.ask("asyntask_a1", asking)
    await first.leave()
    await shared(tmp_path).ask("asyntask_a1", asking)
    assert asking.count == 2


async def test_who_asks_once_gets_what_another_one_has_heard(
    tmp_path: Path, fetched: Fetched
) -> None:
    once, running = shared(tmp_path), shared(tmp_path)
    assert await once.heard("asyntask_a1") is None
    assert not [*tmp_path.iterdir()], "nothing is written"
    await running.ask("asyntask_a1", Asking(fetched))
    told = await heard_by(once, "asyntask_a1")
    assert isinstance(told, Fetched)
    assert (told.task.raw, told.at) == (fetched.task.raw, 42.0)
    assert await shared(tmp_path, gateway="https://two").heard("asyntask_a1") is None
    await running.leave()
    assert await once.heard("asyntask_a1") is None


async def test_who_asks_once_waits_for_no_answer_that_is_on_its_way_and_takes_no_old_one(
    tmp_path: Path, fetched: Fetched
) -> None:
    never = Asking(fetched, asyncio.Event())
    asks = asyncio.create_task(shared(tmp_path).ask("asyntask_a1", never))
    await never.began.wait()
    assert await shared(tmp_path).heard("asyntask_a1") is None
    asks.cancel()
    await shared(tmp_path).ask("asyntask_a2", Asking(fetched))
    assert await shared(tmp_path, 0.0).heard("asyntask_a2") is None


async def test_that_a_task_is_not_found_is_handed_on(tmp_path: Path) -> None:
    asking = Asking(Missed("asyntask_a1", Problem(TaskNotFound, at=42.0)))
    await shared(tmp_path).ask("asyntask_a1", asking)
    told = await shared(tmp_path).ask("asyntask_a1", asking)
    assert isinstance(told, Missed)
    assert (told.problem.is_not_found, told.problem.at, asking.count) == (True, 42.0, 1)


@pytest.mark.parametrize("kind", [KeyRefused, ServerFault])
async def test_trouble_is_each_instances_own(
    tmp_path: Path, kind: type[KeyRefused | ServerFault]
) -> None:
    asking = Asking(Missed("asyntask_a1", Problem(kind)))
    await shared(tmp_path).ask("asyntask_a1", asking)
    await shared(tmp_path).ask("asyntask_a1", asking)
    assert asking.count == 2


async def test_another_gateway_and_another_task_are_other_questions(
    tmp_path: Path, fetched: Fetched
) -> None:
    asking = Asking(fetched)
    await shared(tmp_path).ask("asyntask_a1", asking)
    await shared(tmp_path, gateway="https://two").ask("asyntask_a1", asking)
    await shared(tmp_path).ask("asyntask_a2", asking)
    assert asking.count == 3


async def test_a_file_that_is_none_of_ours_keeps_nobody_from_asking(
    tmp_path: Path, fetched: Fetched
) -> None:
    (tmp_path / "questions.db").write_text("something else, and long enough to be looked at" * 9)
    asking, first = Asking(fetched), shared(tmp_path)
    assert await first.ask("asyntask_a1", asking) == fetched
    assert await first.claim_hook("asyntask_a1")
    await first.leave()
    assert asking.count == 1


async def test_a_hook_is_run_by_one_instance(tmp_path: Path) -> None:
    claims = [await shared(tmp_path).claim_hook("asyntask_a1") for _ in range(3)]
    assert claims == [True, False, False]


class Crowded:
    """An instance with a flood of questions: it claims those to come with the first of them."""

    def __init__(self, folder: Path, clock: Clock, fetched: Fetched) -> None:
        self.shared, self.asking = shared(folder, clock=clock), Asking(fetched)
        self.shared.upcoming = lambda most: [f"t{n}" for n in range(most)]

    async def begin(self) -> None:
        """Ask two questions at the same moment: with the second those to come are claimed."""
        for task_id in ("first", "second"):
            await self.shared.ask(task_id, self.asking)


async def test_in_a_flood_the_questions_to_come_are_claimed_at_once(
    tmp_path: Path, clock: Clock, fetched: Fetched, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded = Crowded(tmp_path, clock, fetched)
    await crowded.begin()
    coming = {f"t{n}" for n in range(60)}
    assert coming <= owners(tmp_path).keys()
    before, later = crowded.asking.count, set[str]()

    def counted(
        file: QuestionFile, heard: object, wanted: Mapping[str, bool]
    ) -> dict[str, Claimed | None]:
        later.update(wanted)
        return {}

    monkeypatch.setattr(QuestionFile, "settle", counted)
    for task_id in coming:
        await crowded.shared.ask(task_id, crowded.asking)
    assert (crowded.asking.count, later & coming) == (before + 60, set())


async def test_a_claim_that_waited_is_made_again_before_the_question(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    crowded = Crowded(tmp_path, clock, fetched)
    await crowded.begin()
    other, other_asks = shared(tmp_path), Asking(replace(fetched, id="t1"))
    await other.ask("t1", other_asks, insists=True)
    clock.turn(1.0)
    before = crowded.asking.count
    await crowded.shared.ask("t1", crowded.asking)
    assert (crowded.asking.count, other_asks.count) == (before, 1), "the other one has asked"


async def test_who_insists_asks_although_another_one_had_claimed_before(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    other = shared(tmp_path)
    await other.ask("t1", Asking(replace(fetched, id="t1")))
    await heard_by(shared(tmp_path), "t1")
    crowded = Crowded(tmp_path, clock, fetched)
    await crowded.begin()
    before = crowded.asking.count
    await crowded.shared.ask("t1", crowded.asking, insists=True)
    assert crowded.asking.count == before + 1


def test_a_claim_lasts_from_when_the_question_went_out(tmp_path: Path, fetched: Fetched) -> None:
    first, second = (QuestionFile(tmp_path / "questions.db", "https://one", LONG) for _ in "12")
    task_id = fetched.id
    assert first.settle([], {task_id: False}) == {task_id: None}
    first.settle([Heard(fetched, time.time())], {})
    (claimed,) = second.settle([], {task_id: False}).values()
    assert claimed
    assert claimed.outcome(task_id)
    first.settle([Heard(fetched, time.time() - LONG)], {})
    assert second.settle([], {task_id: False}) == {task_id: None}


def test_no_claim_is_made_after_the_end_by_what_was_still_under_way(tmp_path: Path) -> None:
    leaving = QuestionFile(tmp_path / "questions.db", "https://one", LONG)
    leaving.settle([], {"t1": False})
    leaving.leave()
    assert leaving.settle([], {"t2": False}) == {}
    assert owners(tmp_path) == {}


async def test_a_file_that_could_not_be_written_is_shared_again_later(
    tmp_path: Path, clock: Clock, fetched: Fetched
) -> None:
    folder = tmp_path / "folder"
    folder.write_text("in the way")
    asking, first = Asking(fetched), shared(folder, clock=clock)
    await first.ask(fetched.id, asking)
    folder.unlink()
    await first.ask(fetched.id, asking)
    assert not folder.exists(), "it is left alone for a while"
    clock.turn(60.0)
    await first.ask(fetched.id, asking)
    assert (asking.count, [*owners(folder)]) == (3, [fetched.id])
