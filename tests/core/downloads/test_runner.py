"""The queue at work: so many at once, stopped and started by a person, remembered for later."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired
from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.claims import Claim, Owner, write_claim
from seedance_tui.api.transfer.part_file import discard_part
from seedance_tui.core.downloads._runner import Runner
from seedance_tui.core.downloads._saver import OnProgress
from seedance_tui.core.downloads.ledger import Decision, Key, Ledger, Record
from seedance_tui.core.downloads.queue import Job
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.storage.sqlite import DatabaseBusy
from tests.core.conftest import Clock

KEYS = [(name, Kind.RESULT) for name in "abcdef"]
A, B, C, *_ = KEYS


class Saver:
    """Saves when it is told to; knows what is under way and what was stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun: list[Key] = []
        self.stopped: list[Key] = []
        self.ends: dict[Key, asyncio.Future[Saved | NotSaved]] = {}
        self.lives: dict[Key, float] = {}

    async def place(self, key: Key) -> Path:
        return self.folder / f"{key[0]}.mp4"

    async def save(self, key: Key, path: Path, on_progress: OnProgress) -> Saved | NotSaved:
        self.begun.append(key)
        end = self.ends.setdefault(key, asyncio.get_running_loop().create_future())
        on_progress(Saving(5, 10))
        try:
            return await asyncio.shield(end)
        except asyncio.CancelledError:
            self.stopped.append(key)
            raise

    async def discard(self, key: Key, path: Path) -> None:
        discard_part(path, Owner(key[0], key[1].value))

    def left(self, key: Key) -> float | None:
        return self.lives.get(key)

    def end(self, key: Key, state: Saved | NotSaved | None = None) -> None:
        self.ends[key].set_result(state or Saved(self.folder / f"{key[0]}.mp4"))


@pytest.fixture
def saver(tmp_path: Path) -> Saver:
    return Saver(tmp_path)


@pytest.fixture
def downloads(tmp_path: Path, clock: Clock) -> Runner:
    return Runner(tmp_path, Ledger(tmp_path / "x.db"), at_once=3, clock=clock)


@asynccontextmanager
async def running(downloads: Runner, saver: Saver) -> AsyncIterator[None]:
    run = asyncio.create_task(downloads.run(saver))
    try:
        yield
    finally:
        run.cancel()
        with suppress(asyncio.CancelledError):
            await run
        await downloads.close()


async def until(holds: Callable[[], object]) -> None:
    for _ in range(100_000):
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError("never held")


def state(downloads: Runner, key: Key) -> FileState | None:
    job = downloads.queue.get(key)
    return job.state if job else None


async def test_so_many_run_at_once_and_one_end_begins_the_next(
    downloads: Runner, saver: Saver
) -> None:
    downloads.queue.add(KEYS)
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        saver.end(B)
        await until(lambda: len(saver.begun) == 4)
        assert saver.begun == KEYS[:4]
        assert isinstance(state(downloads, B), Saved)


async def test_a_file_that_is_paused_before_it_has_begun_goes_on_when_it_is_resumed(
    tmp_path: Path, clock: Clock, saver: Saver
) -> None:
    told: list[Job] = []

    def pause_and_resume() -> None:
        runner.queue.pause([A])
        runner.queue.resume([A])

    def report(job: Job) -> None:
        if isinstance(job.state, Saving) and not told:
            told.append(job)
            asyncio.get_running_loop().call_soon(pause_and_resume)  # before its task's first step

    ledger = Ledger(tmp_path / "x.db")
    runner = Runner(tmp_path, ledger, at_once=3, report=report, clock=clock)
    runner.queue.add([A])
    async with running(runner, saver):
        await until(lambda: saver.begun == [A])
        saver.end(A)
        await until(lambda: isinstance(state(runner, A), Saved))


async def test_a_pause_stops_one_file_and_lets_another_take_its_place(
    downloads: Runner, saver: Saver
) -> None:
    downloads.queue.add(KEYS[:4])
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        downloads.queue.pause([A])
        await until(lambda: len(saver.begun) == 4)
        assert saver.stopped == [A]
        assert state(downloads, A) == Paused(5, 10)
        downloads.queue.pause(KEYS[:4])
        downloads.queue.resume([A])
        await until(lambda: saver.begun.count(A) == 2)


async def test_a_failure_stops_nothing_but_itself(downloads: Runner, saver: Saver) -> None:
    downloads.queue.add(KEYS[:4])
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        saver.end(A, NotSaved(Problem(LinkExpired)))
        await until(lambda: len(saver.begun) == 4)
        assert saver.stopped == []


async def test_what_is_cancelled_leaves_nothing_behind(
    downloads: Runner, saver: Saver, tmp_path: Path
) -> None:
    part = tmp_path / "a.mp4.part"
    part.write_bytes(b"half")
    write_claim(part, Claim(Owner(A[0], A[1].value)))
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        downloads.queue.cancel([A])
        await until(lambda: not part.exists())
        assert saver.stopped == [A]


async def test_leaving_lets_what_was_under_way_wait_for_the_next_run(
    downloads: Runner, saver: Saver, tmp_path: Path
) -> None:
    downloads.queue.add([A, B])
    downloads.queue.pause([B])
    async with running(downloads, saver):
        await until(lambda: state(downloads, A) == Saving(5, 10, None))
    assert state(downloads, A) == Waiting(5, 10)
    later = Runner(tmp_path, Ledger(tmp_path / "x.db"), at_once=3)
    await later.load()
    assert [job.key for job in later.queue.jobs] == [A, B]
    job = later.queue.get(A)
    assert job
    assert job.path == tmp_path / "a.mp4"
    assert isinstance(state(later, B), Paused)


async def test_it_is_on_the_disk_soon_after_it_was_decided(
    downloads: Runner, tmp_path: Path
) -> None:
    downloads.queue.add(KEYS)
    downloads.queue.move(C, -2)
    downloads.queue.cancel([B])
    await downloads.close()
    records = Ledger(tmp_path / "x.db").records()
    wanted = [record.key for record in records if record.decision is Decision.WANTED]
    assert wanted == [C, A, *KEYS[3:]]
    assert [record.key for record in records if record.decision is Decision.DECLINED] == [B]


async def test_a_full_disk_holds_the_queue_until_there_is_room(
    downloads: Runner, saver: Saver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SPACE", 0.0)
    disk = SimpleNamespace(free=10)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: disk)
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        saver.end(A, NotSaved(Problem.of(DiskFull(100, 10), 0.0)))
        await until(lambda: downloads.queue.held)
        for _ in range(20):
            await asyncio.sleep(0)
        assert saver.begun == [A]
        saver.ends.clear()
        disk.free = 100
        await until(lambda: saver.begun == [A, A])


async def test_a_record_that_cannot_be_kept_stops_no_download(
    saver: Saver, tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    downloads = Runner(tmp_path, Ledger(tmp_path / "x.db"), at_once=3, clock=clock)
    await downloads.load()
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        await until(lambda: downloads.problem)


async def test_a_disk_that_is_gone_ends_nothing(
    downloads: Runner, saver: Saver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SPACE", 0.0)
    looks = 0

    def no_disk(folder: Path) -> None:
        nonlocal looks
        looks += 1
        raise FileNotFoundError(folder)

    monkeypatch.setattr("shutil.disk_usage", no_disk)
    downloads.queue.add([A])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A])
        saver.end(A, NotSaved(Problem.of(DiskFull(100, 10), 0.0)))
        await until(lambda: looks > 2)
        assert downloads.queue.held


async def test_a_folder_that_is_no_longer_usable_ends_nothing(
    downloads: Runner, saver: Saver, tmp_path: Path
) -> None:
    folder = tmp_path / "was a folder"
    saver.folder = folder
    downloads.queue.add([A, B])
    async with running(downloads, saver):
        await until(lambda: saver.begun == [A, B])
        folder.touch()
        downloads.queue.cancel([A])
        await until(lambda: saver.stopped == [A])
        saver.end(B)
        await until(lambda: isinstance(state(downloads, B), Saved))


async def test_a_window_writes_only_what_it_has_changed_itself(
    downloads: Runner, tmp_path: Path
) -> None:
    downloads.queue.add([A, B])
    await downloads.close()
    other = Runner(tmp_path, Ledger(tmp_path / "x.db"), at_once=3)
    await other.load()
    downloads.queue.cancel([A])
    await downloads.close()
    other.queue.mark_saved(C, Saved(tmp_path / "c.mp4"))
    await other.close()
    decisions = {record.key: record.decision for record in Ledger(tmp_path / "x.db").records()}
    assert decisions == {A: Decision.DECLINED, B: Decision.WANTED, C: Decision.SAVED}


async def test_what_a_busy_record_did_not_take_is_written_on_leaving(
    downloads: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, refusals = Ledger.write, [DatabaseBusy("locked")]

    def refuse_once(self: Ledger, records: list[Record]) -> None:
        if refusals:
            raise refusals.pop()
        write(self, records)

    monkeypatch.setattr(Ledger, "write", refuse_once)
    downloads.queue.add([A])
    await until(lambda: downloads.problem)
    await downloads.close()
    assert [record.key for record in Ledger(tmp_path / "x.db").records()] == [A]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """More files than may be received slowly; a look at them takes no time."""
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SLOW", 0.0)
    monkeypatch.setattr("seedance_tui.core.downloads._runner._MOST_SLOW", 2)
    return [(f"slow{n}", Kind.RESULT) for n in range(7)]


async def test_slow_files_hold_no_place_and_there_are_only_so_many(
    downloads: Runner, saver: Saver, clock: Any, many: list[Any]
) -> None:
    downloads.queue.add(many[:5])
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        clock.turn(30)
        await until(lambda: len(saver.begun) == 5)
        clock.turn(30)
        for _ in range(100):
            await asyncio.sleep(0)
        assert saver.stopped == [], "nobody else waits"
        assert sum(isinstance(state(downloads, key), Saving) for key in many[:5]) == 5


async def test_where_there_are_too_many_slow_ones_the_link_that_lives_longest_waits(
    downloads: Runner, saver: Saver, clock: Any, many: list[Any]
) -> None:
    saver.lives = {key: 1000.0 * (n + 1) for n, key in enumerate(many)}
    downloads.queue.add(many)
    async with running(downloads, saver):
        await until(lambda: len(saver.begun) == 3)
        clock.turn(30)
        await until(lambda: len(saver.begun) == 6)
        assert saver.stopped == [many[2]]
        assert isinstance(state(downloads, many[2]), Waiting)
        assert saver.begun == many[:6], "its place goes to one that has not had its turn"
        clock.turn(30)
        await until(lambda: many[6] in saver.begun)
