"""States and refusals as public reports have them, played to a session over sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import AnotherTask, KeyRefused, PageInstead
from seedance_tui.api.key import ApiKey
from seedance_tui.api.models import Phase
from seedance_tui.core.config import Config
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Missed, Problem
from seedance_tui.core.model.store import Recorded
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import AutoSave
from seedance_tui.core.watchlist.find_ids import Found
from seedance_tui.demo import Demo, DemoTask, Stage
from seedance_tui.demo.state_scenarios import BAD_KEY, STATE_SCENARIOS, upstream_ahead

ID, OTHER, THIRD = (f"asyntask_wildWILDwildWILDwildWILDwild0{n}" for n in (1, 2, 3))
RUNNING = (Stage(-60, "NOT_START"), Stage(-50, "IN_PROGRESS", "30%"))


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    tasks = tuple(DemoTask(task_id, "", RUNNING) for task_id in (ID, OTHER, THIRD))
    async with Demo(key="sk-aVeryLongKey0123456789", scenario=tasks) as demo:
        yield demo


class Watch:
    """A session that polls, saves by itself, and tells what it heard."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.heard: list[Recorded] = []
        self.troubles: list[Problem | None] = []
        """What the trouble was after each answer: it may be over a moment later."""
        self._news = asyncio.Event()
        session.listen(answers=self._hear)
        session.files.auto_save(AutoSave.RESULT)

    def _hear(self, recorded: Recorded) -> None:
        self.heard.append(recorded)
        self.troubles.append(self.session.store.trouble)
        self._news.set()

    def entry(self, task_id: str = ID) -> Entry:
        entry = self.session.store.get(task_id)
        assert entry is not None
        return entry

    @property
    def trouble(self) -> Problem:
        trouble = self.session.store.trouble
        assert trouble is not None
        return trouble

    @property
    def problem(self) -> Problem:
        """What is wrong with the answers about the first task."""
        problem = self.entry().problem
        assert problem is not None
        return problem

    def is_saved(self, *task_ids: str) -> bool:
        return all(self.entry(task_id).is_saved for task_id in task_ids)

    async def until(self, holds: Callable[[], object]) -> None:
        """Let it run until something holds, for 20 s at the most, and look after each answer.

        What holds from one answer to the next may be over a moment later.
        """
        async with asyncio.timeout(20):
            while not holds():
                self._news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await self._news.wait()


Start = Callable[..., Awaitable[Watch]]


@pytest.fixture
async def watch(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Start]:
    """Starts a watch of tasks; its minutes are parts of a second."""
    monkeypatch.setattr("seedance_tui.core.polling.schedule.LEAST_INTERVAL", 0.05)
    monkeypatch.setattr("seedance_tui.core.polling.schedule._LOOK", 0.2)
    config = Config(
        base_url=demo.url,
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        interval=0.05,
        key=ApiKey(demo.key),
    )
    session = Session(config, lambda chosen: Client(chosen.base_url, chosen.key))
    await session.load()
    assert await session.connect()
    running = [asyncio.create_task(work()) for work in (session.poll, session.files.run)]

    async def start(*task_ids: str) -> Watch:
        watch = Watch(session)
        await session.editor.add(Found(task_ids))
        return watch

    yield start
    for task in running:
        task.cancel()
    await asyncio.wait(running)
    await session.close()


async def test_a_single_401_ends_nothing_and_every_video_is_saved(demo: Demo, watch: Start) -> None:
    STATE_SCENARIOS["a single 401"](demo, OTHER)
    watching = await watch(ID, OTHER, THIRD)
    await watching.until(lambda: watching.is_saved(ID, OTHER, THIRD))
    missed = [r for r in watching.heard if isinstance(r.outcome, Missed)]
    assert [r.outcome.id for r in missed] == [OTHER]
    assert all(r.after and r.after.task for r in missed), "the last good answer stays"
    assert watching.session.store.trouble is None
    assert watching.session.store.trouble_since is None


async def test_a_page_first_is_told_and_asked_again_by_itself(demo: Demo, watch: Start) -> None:
    STATE_SCENARIOS["403 page first"](demo, ID)
    watching = await watch(ID)
    await watching.until(lambda: watching.entry().status.phase is Phase.RUNNING)
    told = watching.troubles[0]
    assert told
    assert told.kind is PageInstead
    assert not told.stops_asking
    assert watching.session.store.trouble is None


async def test_what_is_done_is_saved_when_its_link_comes(demo: Demo, watch: Start) -> None:
    STATE_SCENARIOS["done before its link"](demo, ID)
    watching = await watch(ID)
    await watching.until(lambda: watching.entry().awaits_link)
    assert watching.entry().status.phase is Phase.DONE
    await watching.until(lambda: watching.is_saved(ID))
    assert not watching.entry().awaits_link
    assert [r.has_ended for r in watching.heard].count(True) == 1


async def test_a_link_that_never_comes_is_given_up(
    demo: Demo, watch: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.model.entry.LINK_LAG", 0.3)
    STATE_SCENARIOS["done without a link"](demo, ID)
    watching = await watch(ID)
    await watching.until(lambda: watching.entry().lacks_link)
    await watching.until(lambda: watching.session.poller.pace.next_due() is None)
    assert len(watching.heard) > 2


async def test_a_key_that_is_refused_is_tried_again_by_itself(demo: Demo, watch: Start) -> None:
    demo.gateway.faults.push(ID, BAD_KEY, times=6)
    watching = await watch(ID)
    store = watching.session.store
    await watching.until(lambda: store.trouble and len(watching.heard) > 2)
    assert watching.trouble.kind is KeyRefused
    assert watching.trouble.stops_asking
    first = watching.heard[0].outcome
    assert isinstance(first, Missed)
    assert store.trouble_since == first.problem.at < watching.trouble.at
    assert "无效的令牌" in watching.trouble.text
    await watching.until(lambda: watching.entry().status.phase is Phase.RUNNING)
    assert store.trouble_since is None


async def test_a_task_that_was_done_stays_done_over_poorer_answers_and_a_restart(
    demo: Demo, watch: Start
) -> None:
    STATE_SCENARIOS["done and undone"](demo, ID)
    watching = await watch(ID)
    await watching.until(lambda: watching.is_saved(ID))
    watching.session.poller.ask_now([ID])
    await watching.until(lambda: watching.entry().said_less)
    entry = watching.entry()
    assert entry.said_less
    assert (entry.status.word, entry.said_less.status.word) == ("SUCCESS", "IN_PROGRESS")
    assert entry.link()
    await watching.session.recorder.close()
    (kept,) = watching.session.history.latest()
    assert kept.task.status.phase is Phase.DONE


async def test_what_upstream_has_done_for_long_is_saved_and_still_asked_about(
    demo: Demo, watch: Start
) -> None:
    upstream_ahead(demo, ID, ago=310)
    watching = await watch(ID)
    await watching.until(lambda: watching.is_saved(ID))
    entry = watching.entry()
    assert (entry.status.word, entry.status.upstream_word) == ("IN_PROGRESS", "succeeded")
    assert (entry.is_open, entry.is_asked) == (False, True)
    assert watching.session.poller.pace.next_due() is not None


async def test_a_link_that_upstream_offers_early_is_there_and_not_saved_unasked(
    demo: Demo, watch: Start
) -> None:
    upstream_ahead(demo, ID, ago=200)
    watching = await watch(ID)
    await watching.until(lambda: len(watching.heard) > 2)
    entry = watching.entry()
    assert entry.is_open
    assert entry.link()
    assert entry.file() is None


async def test_another_tasks_answer_is_kept_apart_until_a_person_accepts_it(
    demo: Demo, watch: Start
) -> None:
    for _ in range(20):
        STATE_SCENARIOS["another task's answer"](demo, ID)
    watching = await watch(ID)
    await watching.until(lambda: watching.entry().problem)
    entry = watching.entry()
    assert watching.problem.kind is AnotherTask
    assert watching.problem.other
    assert watching.problem.other.status.phase is Phase.DONE
    assert (entry.task, entry.links, entry.file()) == (None, (), None)
    await watching.session.recorder.close()
    assert watching.session.history.latest() == ()
    watching.session.accept_answer(entry)
    assert watching.entry().status.phase is Phase.DONE
    assert watching.entry().link()
    assert watching.entry().problem is None
