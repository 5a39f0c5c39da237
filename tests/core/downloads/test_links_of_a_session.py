"""Links before a whole session and real sockets: candidates, guesses, losses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import StoreUnreachable
from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.core.config import Config
from seedance_tui.core.model.entry import Entry, Mark
from seedance_tui.core.model.file_states import NotSaved, Saved, Saving, Waiting
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.demo import Demo, DemoTask, ManualClock, Stage
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Expired, Fields, Public, Refusal, Reset
from seedance_tui.demo.foreign_links import SIGNS
from seedance_tui.demo.link_scenarios import LINK_SCENARIOS, one_hour_link
from seedance_tui.demo.objects import Blob

DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
HOUR = 3600
AUTO = GuardSettings((Kind.RESULT,), on_success=False, before=2 * HOUR)
IDS = [f"asyntask_{letter * 32}" for letter in "abc"]


@pytest.fixture
async def demo(clock: ManualClock) -> AsyncIterator[Demo]:
    async with Demo(clock=clock, scenario=tuple(DemoTask(one, "", DONE) for one in IDS)) as demo:
        yield demo


@asynccontextmanager
async def running(
    config: Config, clock: Callable[[], float], *ids: str, retries: Retries | None = None
) -> AsyncIterator[Session]:
    """A session that has asked about these tasks once, its queue at work."""
    session = Session(
        config,
        lambda chosen: Client(chosen.base_url, chosen.key, clock=clock),
        clock=clock,
        retries=retries or Retries(most=2, first=0),
    )
    await session.load()
    await session.connect()
    session.store.watch(Watched(one, datetime.fromtimestamp(0, UTC)) for one in ids)
    await session.files.look()
    tasks = [asyncio.create_task(work()) for work in (session.files.run, session.poll)]
    session.poller.ask_now(ids)
    try:
        await until(lambda: all(entry.task for entry in session.store.entries))
        yield session
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await session.close()


async def until(holds: Callable[[], object]) -> None:
    """Let the loop run until something holds, for half a minute at the most."""
    for _ in range(6000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("never held")


def of(session: Session, task_id: str = IDS[0]) -> Entry:
    entry = session.store.get(task_id)
    assert entry
    return entry


def saved(session: Session, task_id: str = IDS[0]) -> Saved | None:
    state = of(session, task_id).file()
    return state if isinstance(state, Saved) else None


async def test_the_entry_says_which_link_its_video_came_from(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    LINK_SCENARIOS["first link is nobody's"](demo, IDS[0])
    async with running(config, clock, IDS[0]) as session:
        session.files.queue.add([(IDS[0], Kind.RESULT)])
        await until(lambda: saved(session))
        state = saved(session)
    host = demo.store.url.removeprefix("http://")
    assert state
    assert state.source == f"data.data.content.video_url ({host})"
    async with running(config, clock, IDS[0]) as later:
        await until(lambda: saved(later))
        again = saved(later)
    assert again
    assert again.source == state.source, "the next run knows it too"


@pytest.mark.parametrize("store", SIGNS)
async def test_auto_save_takes_a_link_of_one_hour_at_once(
    demo: Demo, config: Config, clock: ManualClock, store: str
) -> None:
    one_hour_link(demo, IDS[0], store)
    async with running(replace(config, guard=AUTO), clock, *IDS[:2]) as session:
        await until(lambda: saved(session))
        assert of(session).deadline(clock()) == clock() + HOUR
        assert of(session, IDS[1]).file() is None, "that one has a day"


async def test_a_guess_that_has_passed_is_tried_once_and_lost_when_the_store_refuses(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    LINK_SCENARIOS["guessed deadline, living link"](demo, IDS[0])
    LINK_SCENARIOS["guessed deadline, living link"](demo, IDS[1])
    demo.store.faults.push(f"kept/{IDS[1]}.mp4", Refusal(404, "NoSuchKey"), times=None)
    async with running(replace(config, guard=AUTO), clock, *IDS[:2]) as session:
        await until(lambda: saved(session))
        await until(lambda: isinstance(of(session, IDS[1]).file(), NotSaved))
        for _ in range(3):
            await session.look_after_files()
        lost = of(session, IDS[1])
        refusal = lost.refusal()
        assert refusal
        assert (refusal.at, refusal.status) == (clock(), 404)
        assert refusal.text == "NoSuchKey"
        assert lost.mark(clock()) is Mark.LOST
        assert [loss.entry.id for loss in session.new_losses()] == [IDS[1]]
    asked = [request.segments[-1] for request in demo.store.requests]
    assert asked.count(f"{IDS[1]}.mp4") == 1


async def test_two_videos_whose_links_die_unsaved_are_told(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    async with running(config, clock, *IDS) as session:
        session.files.queue.add([(IDS[2], Kind.RESULT)])
        await until(lambda: saved(session, IDS[2]))
        assert session.new_losses() == []
        clock.turn(86_400)
        await session.look_after_files()
        assert {loss.entry.id for loss in session.new_losses()} == set(IDS[:2])
        assert session.new_losses() == []
        died = of(session).link()
        assert died
        assert session.losses.since == died.deadline


async def test_a_person_always_asks_the_store(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    async with running(config, clock, *IDS[:2]) as session:
        clock.turn(90_000)
        for task_id in IDS[:2]:
            key = demo.gateway.tasks[task_id].video_key
            video = Blob.of(clip("upscaled.mp4"))
            demo.store.faults.push(key, Public(video) if task_id == IDS[0] else Expired(), None)
        session.files.queue.add((task_id, Kind.RESULT) for task_id in IDS[:2])
        await until(lambda: saved(session))
        await until(lambda: of(session, IDS[1]).refusal())


@pytest.mark.parametrize("hours", [25, -25, 1000])
async def test_a_clock_of_ours_that_is_wrong_by_days_refuses_no_living_link(
    demo: Demo, config: Config, clock: ManualClock, hours: int
) -> None:
    def ours() -> float:
        return clock() + hours * HOUR

    config = replace(config, guard=replace(AUTO, on_success=True))
    async with running(config, ours, IDS[0]) as session:
        assert session.now() == clock()
        assert not of(session).is_expired(session.now())
        await until(lambda: saved(session))


async def test_a_store_that_is_away_is_one_steady_state_with_its_reason(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    key = demo.gateway.tasks[IDS[0]].video_key
    demo.store.faults.push(key, Reset(), times=None)
    async with running(config, clock, IDS[0]) as session:
        queue, file = session.files.queue, (IDS[0], Kind.RESULT)
        queue.add([file])
        await until(lambda: is_waiting(session) and reason(of(session).file()))
        marks = set()
        session.listen(files=lambda job: marks.add((of(session).mark(clock()), reason(job.state))))
        for _ in range(2):
            demo.store.requests.clear()
            queue.resume([file])
            await until(lambda: len(demo.store.requests) >= 2)
            await until(lambda: is_waiting(session))
        assert marks == {(Mark.WAITING, StoreUnreachable)}
        demo.store.faults.clear()
        queue.resume([file])
        await until(lambda: saved(session))


def is_waiting(session: Session) -> bool:
    return isinstance(of(session).file(), Waiting)


def reason(state: object) -> type | None:
    problem = state.problem if isinstance(state, Waiting | Saving) else None
    return problem.kind if problem else None


async def test_a_renewed_link_is_tried_where_every_other_is_gone(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    async with running(config, clock, IDS[0]) as session:
        task = demo.gateway.tasks[IDS[0]]
        fresh = demo.store.link(task.video_key, clock() + 1)
        demo.gateway.faults.push(IDS[0], Fields({"result_url": fresh}), times=None)
        demo.store.faults.push(task.video_key, Expired())
        session.files.queue.add([(IDS[0], Kind.RESULT)])
        await until(lambda: saved(session))


async def test_links_of_every_store_that_die_in_an_hour_are_saved_or_spoken_of(
    demo: Demo, config: Config, clock: ManualClock
) -> None:
    ids = [f"asyntask_{n:032}" for n in range(len(SIGNS))]
    for task_id, store in zip(ids, SIGNS, strict=True):
        demo.add(DemoTask(task_id, "", DONE))
        one_hour_link(demo, task_id, store)
    async with running(config, clock, *ids) as session:
        before, after = set(), set()
        for _ in range(7):
            before |= {crossing.entry.id for crossing in await session.look_after_files()}
            after |= {loss.entry.id for loss in session.new_losses()}
            clock.turn(600)
        assert before == after == set(ids), "each is told before and after"
    for task_id, store in zip(ids, SIGNS, strict=True):
        one_hour_link(demo, task_id, store)
    async with running(replace(config, guard=AUTO), clock, *ids) as session:
        await until(lambda: all(saved(session, task_id) for task_id in ids))
        assert session.new_losses() == []
