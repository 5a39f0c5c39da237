"""For how long the queue sleeps, and how many files are received at once; no second passes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired, TimedOut
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads import _runner as module
from seedance_tui.core.downloads._runner import Runner
from seedance_tui.core.downloads.ledger import Ledger
from seedance_tui.core.downloads.queue import Job
from seedance_tui.core.model.file_states import NotSaved, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from tests.core.conftest import Clock
from tests.core.downloads.test_runner import KEYS, A, B, C, Saver, running, state, until

FULL = NotSaved(Problem.of(DiskFull(100, 10), 0.0))


class Timeout:
    """Stands in for `asyncio.timeout`: notes how long is waited, and lets that pass at once."""

    def __init__(self, clock: Clock) -> None:
        self.waits: list[float | None] = []
        self._clock = clock
        self._seconds: float | None = None

    def __call__(self, seconds: float | None) -> "Timeout":
        self.waits.append(seconds)
        self._seconds = seconds
        return self

    async def __aenter__(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        if self._seconds is not None:
            self._clock.turn(self._seconds)
            raise TimeoutError

    async def __aexit__(self, *_: object) -> None:
        return None


@pytest.fixture
def waiting(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Timeout:
    waiting = Timeout(clock)
    fake = SimpleNamespace(**{**vars(asyncio), "timeout": waiting})
    monkeypatch.setattr(module, "asyncio", fake)
    return waiting


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """How much room there is, and which folders were looked at for it."""
    disk = SimpleNamespace(free=0, looked_at=[])

    def usage(folder: Path) -> SimpleNamespace:
        disk.looked_at.append(folder)
        return disk

    monkeypatch.setattr("shutil.disk_usage", usage)
    return disk


@pytest.fixture
async def saver(tmp_path: Path) -> AsyncIterator[Saver]:
    yield Saver(tmp_path)


def runner(folder: Path, clock: Clock, at_once: int = 3, told: list[Job] | None = None) -> Runner:
    report: Callable[[Job], None] = (told if told is not None else []).append
    ledger = Ledger(folder / "x.db")
    return Runner(folder, ledger, at_once=at_once, report=report, clock=clock)


async def test_with_nothing_to_do_it_waits_for_a_change_alone(
    tmp_path: Path, clock: Clock, saver: Saver, waiting: Timeout
) -> None:
    async with running(runner(tmp_path, clock), saver):
        await until(lambda: waiting.waits)
        await asyncio.sleep(0)
    assert set(waiting.waits) == {None}


async def test_room_is_looked_for_every_ten_seconds_in_the_folder_of_the_file(
    tmp_path: Path, clock: Clock, saver: Saver, waiting: Timeout, disk: SimpleNamespace
) -> None:
    downloads = runner(tmp_path, clock)
    saver.folder = tmp_path / "videos"
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        saver.end(A, FULL)
        disk.free = 99
        await until(lambda: len(disk.looked_at) == 3)
        assert saver.begun == [A], "a byte is missing"
        assert set(disk.looked_at) == {tmp_path / "videos"}
        assert set(waiting.waits) == {None, 10.0}
        saver.ends.clear()
        disk.free = 100
        await until(lambda: saver.begun == [A, A])


async def test_the_next_try_is_waited_for_to_its_moment(
    tmp_path: Path, clock: Clock, saver: Saver, waiting: Timeout
) -> None:
    downloads, began = runner(tmp_path, clock), clock()
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        end = saver.ends.pop(A)
        end.set_result(NotSaved(Problem(TimedOut)))
        await until(lambda: saver.begun == [A, A])
        assert clock() == began + 15.0
        assert waiting.waits.count(15.0) >= 1


async def test_while_every_place_is_taken_slow_files_are_looked_for_every_five_seconds(
    tmp_path: Path, clock: Clock, saver: Saver, waiting: Timeout
) -> None:
    downloads, began = runner(tmp_path, clock, at_once=2), clock()
    downloads.queue.add([A, B, C])
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        assert saver.begun == [A, B, C], "the third one once another is too slow"
        assert clock() - began == 20.0
        assert set(waiting.waits) <= {5.0, None}


async def test_eight_slow_files_are_received_beside_the_others(
    tmp_path: Path, clock: Clock, saver: Saver, waiting: Timeout
) -> None:
    downloads, began = runner(tmp_path, clock, at_once=2), clock()
    names = [(f"slow{n:02}", Kind.RESULT) for n in range(20)]
    saver.lives = {key: 1000.0 + n for n, key in enumerate(names)}
    downloads.queue.add(names)

    def under_way() -> int:
        return sum(isinstance(job.state, Saving) for job in downloads.queue.jobs)

    async with running(downloads, saver):
        most = 0
        while len(saver.begun) < 12:
            most = max(most, under_way())
            await asyncio.sleep(0)
        assert most == 2 + 8
        assert saver.stopped[0] == names[9], "of the slow ones its link lives longest"
        put_off = downloads.queue.get(names[9])
        assert put_off is not None
        assert isinstance(put_off.state, Waiting)
        assert put_off.due == began + 5 * 20.0 + 60.0, "two are too slow every twenty seconds"


async def test_each_change_is_told_and_written_once_it_is_at_its_end(
    tmp_path: Path, clock: Clock, saver: Saver
) -> None:
    told: list[Job] = []
    downloads = runner(tmp_path, clock, told=told)
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        saver.end(A)
        await until(lambda: isinstance(state(downloads, A), Saved))
    kinds = [type(job.state).__name__ for job in told]
    assert kinds == ["Waiting", "Saving", "Saving", "Saving", "Saved"]
    assert [record.path for record in Ledger(tmp_path / "x.db").records()] == [tmp_path / "a.mp4"]


async def test_a_file_that_has_its_path_already_is_not_placed_again(
    tmp_path: Path, clock: Clock, saver: Saver
) -> None:
    downloads = runner(tmp_path, clock)
    downloads.queue.add([A])
    downloads.queue.set_path(A, tmp_path / "mine.mp4")
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        job = downloads.queue.get(A)
        assert job and job.path == tmp_path / "mine.mp4"


async def test_the_queue_counts_as_remembered_again_once_it_could_be_written(
    tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    downloads = runner(tmp_path, clock)
    downloads.queue.add(KEYS[:2])
    await until(lambda: downloads.problem)
    (tmp_path / "x.db").unlink()
    await downloads.close()
    assert downloads.problem == ""
    assert [record.key for record in Ledger(tmp_path / "x.db").records()] == KEYS[:2]


async def test_what_is_given_up_is_told_to_a_later_run_and_not_begun_by_it(
    tmp_path: Path, clock: Clock, saver: Saver
) -> None:
    downloads = runner(tmp_path, clock)
    downloads.queue.add([A, B])
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 2)
        saver.end(A, NotSaved(Problem(LinkExpired)))
        saver.end(B)
        await until(lambda: not downloads.queue.unfinished)
    later = runner(tmp_path, clock)
    await later.load([A[0]])
    assert [job.state for job in later.queue.jobs] == [NotSaved(Problem(LinkExpired))]
    assert later.queue.is_undecided(B), "only that task was asked for"
    await later.load()
    assert later.queue.saved == {B: tmp_path / "b.mp4"}


async def test_where_nothing_was_decided_nothing_is_written(tmp_path: Path, clock: Clock) -> None:
    await runner(tmp_path, clock).close()
    assert list(tmp_path.iterdir()) == []
