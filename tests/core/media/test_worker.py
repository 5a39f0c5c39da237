"""One thread makes the pictures: what is looked at comes first, what nobody wants is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from threading import Event, get_ident

import pytest

from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from seedance_tui.core.media.worker import MediaWorker


@pytest.fixture
def worker() -> Iterator[MediaWorker]:
    worker = MediaWorker()
    yield worker
    worker.close()


def noting(notes: list[str], name: str) -> Callable[[CancelToken], str]:
    def work(cancel: CancelToken) -> str:
        notes.append(name)
        return name

    return work


async def held(worker: MediaWorker) -> tuple[asyncio.Task[bool], Event]:
    """Keeps the thread busy until the event is set."""
    begun, let_go = Event(), Event()

    def work(cancel: CancelToken) -> bool:
        begun.set()
        return let_go.wait(30)

    task = asyncio.create_task(worker.run(work))
    await asyncio.to_thread(begun.wait, 30)
    return task, let_go


async def test_the_newest_that_is_looked_at_is_made_first_and_the_background_last(
    worker: MediaWorker,
) -> None:
    notes: list[str] = []
    busy, let_go = await held(worker)
    jobs = [
        asyncio.create_task(worker.run(noting(notes, name), background=background))
        for name, background in (("b1", True), ("1", False), ("b2", True), ("2", False))
    ]
    await asyncio.sleep(0)
    let_go.set()
    assert await asyncio.gather(*jobs) == ["b1", "1", "b2", "2"]
    assert notes == ["2", "1", "b1", "b2"]
    assert await busy


async def test_what_nobody_waits_for_any_more_is_not_begun(worker: MediaWorker) -> None:
    notes: list[str] = []
    _busy, let_go = await held(worker)
    job = asyncio.create_task(worker.run(noting(notes, "unwanted")))
    await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    let_go.set()
    assert await worker.run(noting(notes, "wanted")) == "wanted"
    assert notes == ["wanted"]


async def test_work_under_way_sees_that_it_is_not_wanted(worker: MediaWorker) -> None:
    begun = Event()
    tokens: list[CancelToken] = []

    def work(cancel: CancelToken) -> None:
        tokens.append(cancel)
        begun.set()
        cancel.pause(30)

    job = asyncio.create_task(worker.run(work))
    await asyncio.to_thread(begun.wait, 30)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert tokens[0].is_cancelled
    assert await worker.run(lambda cancel: 7) == 7  # the thread has gone on


async def test_why_there_is_no_picture_comes_out_where_it_is_awaited(worker: MediaWorker) -> None:
    def work(cancel: CancelToken) -> None:
        raise NoPicture(Obstacle.BROKEN)

    with pytest.raises(NoPicture) as caught:
        await worker.run(work)
    assert caught.value.why is Obstacle.BROKEN


async def test_all_is_done_in_one_thread_that_is_not_the_loops(worker: MediaWorker) -> None:
    threads = {await worker.run(lambda cancel: get_ident()) for _ in range(3)}
    assert len(threads) == 1
    assert threads != {get_ident()}
