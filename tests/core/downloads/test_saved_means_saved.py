"""A file counts as saved if it is the task's video, over restarts, and a failure stays one."""

import asyncio
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired
from seedance_tui.api.file_types import Remark
from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.downloads.ledger import Decision, Ledger
from seedance_tui.core.downloads.queue import Job
from seedance_tui.core.model.file_states import FileState, NotSaved, Saved, Waiting
from seedance_tui.core.naming.template import file_name
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.demo import EVERY, Blob, Demo, DemoTask, ManualClock
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Answer, Expired, Fault, Headers, IgnoreRange, Slow, Stall
from seedance_tui.demo.messages import Handler, Request, Response
from tests.core.downloads.test_files import DONE, SIZE, add, saving, until

pytestmark = pytest.mark.usefixtures("alone")
A = "asyntask_aaaaaaaaaaaaaaaaaaaa01"
KEY = (A, Kind.RESULT)


@pytest.fixture
def config(config: Config) -> Config:
    """The result is saved unasked."""
    return replace(config, guard=GuardSettings((Kind.RESULT,)))


@pytest.fixture
def manual(config: Config) -> Config:
    """Nothing is saved unasked."""
    return replace(config, guard=GuardSettings())


@pytest.fixture
def own(config: Config) -> Path:
    """Where the task's video goes by its own name; the folder is there."""
    config.download_dir.mkdir()
    return config.download_dir / f"{A}.mp4"


@pytest.fixture
def beside(own: Path) -> Path:
    return own.with_name(file_name(A, Kind.RESULT, ".mp4", distinct=True))


def state(session: Session, task_id: str = A) -> FileState | None:
    entry = session.store.get(task_id)
    assert entry is not None
    return entry.file()


def path(session: Session) -> Path:
    saved = state(session)
    assert isinstance(saved, Saved)
    return saved.path


def needed_for(job: Job) -> int:
    assert isinstance(job.state, Waiting)
    assert job.state.problem is not None
    return job.state.problem.needed or 0


async def is_saved(session: Session) -> None:
    await until(lambda: isinstance(state(session), Saved))


async def test_somebodys_file_is_not_overwritten_and_the_video_goes_beside_it(
    config: Config, demo: Demo, clock: ManualClock, own: Path, beside: Path
) -> None:
    video = add(demo, A)[A]
    own.write_bytes(b"mine")
    async with saving(config, demo, clock) as session:
        await is_saved(session)
        assert state(session) == Saved(beside, (Remark.BESIDE,))
    assert (own.read_bytes(), beside.read_bytes()) == (b"mine", video)
    async with saving(config, demo, clock) as later:
        assert state(later) == Saved(beside, (Remark.BESIDE,)), "it is still said"
    config.queue.unlink()
    async with saving(config, demo, clock) as later:
        assert state(later) == Saved(beside, (Remark.BESIDE,)), "by its own bytes"
    assert len(list(own.parent.iterdir())) == 2


async def test_two_files_of_somebody_leave_a_third_name(
    config: Config, demo: Demo, clock: ManualClock, own: Path, beside: Path
) -> None:
    video = add(demo, A)[A]
    own.write_bytes(b"mine")
    beside.write_bytes(b"mine too")
    async with saving(config, demo, clock) as session:
        await is_saved(session)
        assert path(session).read_bytes() == video
    assert (own.read_bytes(), beside.read_bytes()) == (b"mine", b"mine too")


@pytest.mark.parametrize("with_record", [True, False])
async def test_a_whole_video_is_there_with_a_record_and_without_and_nobody_is_asked(
    config: Config, demo: Demo, clock: ManualClock, with_record: bool
) -> None:
    add(demo, A)
    async with saving(config, demo, clock) as session:
        await is_saved(session)
    if not with_record:
        config.queue.unlink()
    demo.store.requests.clear()
    async with saving(config, demo, clock) as later:
        assert isinstance(state(later), Saved)
        assert later.files.enqueue_due() == 0
    assert not demo.store.requests


async def test_another_file_in_the_place_of_a_saved_one_is_not_the_video(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    video = add(demo, A)[A]
    async with saving(config, demo, clock) as session:
        await is_saved(session)
        first = path(session)
    first.write_bytes(clip("original.mp4"))
    async with saving(config, demo, clock) as later:
        await until(lambda: isinstance(state(later), Saved) and path(later) != first)
        assert path(later).read_bytes() == video
    assert first.read_bytes() == clip("original.mp4"), "it is somebody's by now"


async def test_bytes_that_were_changed_in_place_are_seen(
    manual: Config, demo: Demo, clock: ManualClock
) -> None:
    video = add(demo, A)[A]
    async with saving(manual, demo, clock) as session:
        session.files.queue.add([KEY])
        await is_saved(session)
        path(session).write_bytes(video[:-1] + b"x")
        await session.files.look()
        assert state(session) is None


async def test_a_store_that_is_asked_anyway_takes_a_whole_video_back(
    manual: Config, demo: Demo, clock: ManualClock, own: Path, beside: Path
) -> None:
    """Such as by the verb, whose folder is another one."""
    video = add(demo, A)[A]
    own.write_bytes(clip("original.mp4"))
    async with saving(manual, demo, clock) as session:
        assert state(session) == Saved(own)
        await session.files.save_at_once(KEY, lambda saving: None)
        await session.files.look()
        assert path(session) == beside
    assert beside.read_bytes() == video


async def test_a_file_that_was_removed_is_not_saved_unasked_again(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    add(demo, A)
    async with saving(config, demo, clock) as session:
        await is_saved(session)
        path(session).unlink()
    async with saving(config, demo, clock) as later:
        assert (state(later), later.files.enqueue_due()) == (None, 0)


async def test_a_failure_stays_one_over_a_restart_with_its_reason(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    add(demo, A)
    demo.store.faults.push(EVERY, Expired(), times=None)
    async with saving(config, demo, clock) as session:
        await until(lambda: isinstance(state(session), NotSaved))
    demo.store.faults.clear()
    demo.store.requests.clear()
    for _ in range(2):
        async with saving(config, demo, clock) as later:
            failed = state(later)
            assert isinstance(failed, NotSaved)
            assert (failed.problem.kind, failed.problem.status) == (LinkExpired, 403)
            assert "expired" in failed.problem.text
            assert later.files.enqueue_due() == 0
    assert not demo.store.requests
    async with saving(config, demo, clock) as later:
        later.files.queue.resume([KEY])
        await is_saved(later)


async def test_a_failure_that_is_put_away_is_not_tried_again(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    add(demo, A)
    demo.store.faults.push(EVERY, Expired(), times=None)
    async with saving(config, demo, clock) as session:
        await until(lambda: isinstance(state(session), NotSaved))
        session.files.queue.clear_finished()
        assert state(session) is None
    demo.store.faults.clear()
    async with saving(config, demo, clock) as later:
        assert (state(later), later.files.enqueue_due()) == (None, 0)
    records = await asyncio.to_thread(Ledger(config.queue).records)
    assert [record.decision for record in records] == [Decision.DECLINED]


async def test_one_file_that_is_too_large_holds_no_other(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    videos = add(demo, *(f"asyntask_{n:032}" for n in range(6)))
    huge = "asyntask_" + "0" * 32
    lying = Headers({"Content-Length": "500000000000"})

    async def fault(request: Request, handler: Handler) -> Response:
        answer = await lying(request, handler)
        return replace(answer, length=500_000_000_000)

    demo.store.faults.push(demo.gateway.tasks[huge].video_key, fault, times=None)
    async with saving(config, demo, clock) as session:
        await until(lambda: len(session.files.queue.unfinished) == 1)
        waiting = state(session, huge)
        assert isinstance(waiting, Waiting)
        assert waiting.problem is not None
        assert waiting.problem.kind is DiskFull
    saved = {file.stem: file.read_bytes() for file in config.download_dir.glob("*.mp4")}
    assert saved == {name: video for name, video in videos.items() if name != huge}


async def test_room_is_looked_for_file_by_file(
    manual: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = "asyntask_smallSMALLsmall01", "asyntask_largeLARGElarge02"
    add(demo, small)
    demo.add(DemoTask(large, "", DONE, super_resolution="2k"), video=Blob.virtual(9 * SIZE))
    disk = SimpleNamespace(free=0, total=10**9, used=0)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: disk)
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SPACE", 0.01)
    async with saving(manual, demo, clock) as session:
        session.files.queue.add([(small, Kind.RESULT), (large, Kind.RESULT)])
        await until(lambda: session.files.queue.held)
        needed = {job.key[0]: needed_for(job) for job in session.files.queue.held_jobs}
        disk.free = needed[small]
        await until(lambda: isinstance(state(session, small), Saved))
        assert [job.key[0] for job in session.files.queue.held_jobs] == [large]
        disk.free = needed[large]
        await until(lambda: isinstance(state(session, large), Saved))


async def test_links_that_drip_hold_no_place_from_one_that_does_not(
    manual: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.downloads._speed.TRIAL", 0.05)
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SLOW", 0.02)
    names = [f"asyntask_{n:032}" for n in range(4)]
    add(demo, *names)
    for name in names[:3]:
        demo.store.faults.push(demo.gateway.tasks[name].video_key, Slow(20), times=None)
    async with saving(replace(manual, downloads_at_once=3), demo, clock) as session:
        session.files.queue.add((name, Kind.RESULT) for name in names)
        await until(lambda: isinstance(state(session, names[3]), Saved))
        assert not any(isinstance(state(session, name), Saved) for name in names[:3])


async def test_a_store_that_asks_for_a_day_once_is_asked_again_within_minutes(
    manual: Config, demo: Demo, clock: ManualClock
) -> None:
    add(demo, A)
    demo.store.faults.push(EVERY, Answer(503, {"Retry-After": "100000"}))
    async with saving(manual, demo, clock) as session:
        session.files.queue.add([KEY])
        await until(lambda: getattr(state(session), "problem", None))
        waiting = state(session)
        assert isinstance(waiting, Waiting)
        assert waiting.retry_at is not None
        assert waiting.retry_at - clock() <= 300


@pytest.mark.parametrize("fault", [Slow(20), Stall(5)], ids=["drips", "has hardly begun"])
async def test_a_verb_at_its_most_files_lets_one_pass_that_does_not_drip(
    manual: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr("seedance_tui.core.downloads._speed.TRIAL", 0.05)
    slow, quick = "asyntask_slowSLOWslowSLOW01", "asyntask_quickQUICKquick02"
    add(demo, slow, quick)
    demo.store.faults.push(demo.gateway.tasks[slow].video_key, fault, times=None)
    async with saving(replace(manual, downloads_at_once=1), demo, clock) as session:
        files = session.files
        dripping = asyncio.create_task(files.save_at_once((slow, Kind.RESULT), lambda _: None))
        await until(lambda: list(manual.download_dir.glob("*.part")))
        end = await files.save_at_once((quick, Kind.RESULT), lambda _: None)
        assert isinstance(end, Saved)
        assert not dripping.done()
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)


async def test_what_is_cancelled_beside_somebodys_file_leaves_nothing_behind(
    manual: Config, demo: Demo, clock: ManualClock, own: Path
) -> None:
    add(demo, A)
    own.write_bytes(b"mine")
    demo.store.faults.push(EVERY, IgnoreRange())
    demo.store.faults.push(EVERY, Stall(100_000), times=None)
    async with saving(manual, demo, clock) as session:
        session.files.queue.add([KEY])
        await until(lambda: list(own.parent.glob("*.part")))
        session.files.queue.cancel([KEY])
        await until(lambda: list(own.parent.iterdir()) == [own])


async def test_what_was_received_to_its_last_byte_is_saved_though_its_link_is_dead(
    manual: Config, demo: Demo, clock: ManualClock, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = add(demo, A)[A]

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    async with saving(manual, demo, clock) as session:
        with monkeypatch.context() as broken:
            broken.setattr("os.fsync", refuse)
            session.files.queue.add([KEY])
            await until(lambda: isinstance(state(session), NotSaved))
    clock.turn(2 * 86_400)
    demo.store.requests.clear()
    async with saving(manual, demo, clock) as later:
        later.files.queue.resume([KEY])
        await is_saved(later)
        assert path(later).read_bytes() == video
    assert not demo.store.requests
