"""The queue against a real store: fifty at once, links that die, a disk that is full."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import LinkExpired
from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.core.config import Config
from seedance_tui.core.downloads._saved_files import FoundFiles
from seedance_tui.core.downloads.ledger import Key, Record
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState, NotSaved, Saved, Saving
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.naming.template import NameTemplate
from seedance_tui.core.session import Session
from seedance_tui.demo import Blob, Demo, DemoTask, ManualClock, Stage
from seedance_tui.demo.faults import Answer, Cut, Expired

DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
SIZE = 300_000


@asynccontextmanager
async def saving(config: Config, demo: Demo, clock: ManualClock) -> AsyncIterator[Session]:
    """A session that has asked about every task of the demo once, its queue at work."""
    session = Session(
        config,
        lambda chosen: Client(chosen.base_url, chosen.key, clock=clock),
        clock=clock,
        retries=Retries(first=0),
    )
    await session.load()
    await session.connect()
    moment = datetime.fromtimestamp(0, UTC)
    session.store.watch(Watched(task_id, moment) for task_id in demo.gateway.tasks)
    await session.files.look()
    run = asyncio.create_task(session.files.run())
    asking = asyncio.create_task(session.poll())
    session.poller.ask_now(demo.gateway.tasks)
    try:
        await until(lambda: all(entry.task for entry in session.store.entries))
        yield session
    finally:
        for task in (run, asking):
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


def add(demo: Demo, *names: str, size: int = SIZE) -> dict[str, bytes]:
    """Put tasks that are done into the demo; return their videos by the task's ID."""
    videos = {}
    for seed, name in enumerate(names):
        blob = Blob.virtual(size, seed)
        demo.add(DemoTask(name, name, DONE, super_resolution="2k"), video=blob, original=blob)
        videos[name] = (blob.pattern * (size // len(blob.pattern) + 1))[:size]
    return videos


def entry(session: Session, task_id: str) -> Entry:
    entry = session.store.get(task_id)
    assert entry, task_id
    return entry


def state(session: Session, task_id: str) -> FileState | None:
    return entry(session, task_id).file()


def path(session: Session, task_id: str) -> Path:
    saved = state(session, task_id)
    assert isinstance(saved, Saved), saved
    return saved.path


async def test_fifty_at_once_come_home_byte_for_byte(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    videos = add(demo, *(f"asyntask_{n:032}" for n in range(50)), size=70_000)
    async with saving(config, demo, clock) as session:
        session.files.queue.add((task_id, Kind.RESULT) for task_id in videos)
        await until(lambda: not session.files.queue.unfinished)
    assert {p.stem: p.read_bytes() for p in config.download_dir.glob("*.mp4")} == videos
    assert len(list(config.download_dir.iterdir())) == 50, "no part is left behind"


async def test_a_dead_link_is_asked_for_once_more_and_the_same_file_is_gone_on_with(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    (task_id, video), *_ = add(demo, "asyntask_renewedRENEWEDrenewed0001").items()
    async with saving(config, demo, clock) as session:
        task = demo.gateway.tasks[task_id]
        fresh = demo.store.link(task.video_key, clock() + 1)
        task_as_known = entry(session, task_id).task
        assert task_as_known
        answer = json.loads(json.dumps(task_as_known.raw))
        answer["data"]["result_url"] = fresh
        demo.gateway.answer(task_id, Answer(body=json.dumps(answer).encode()))
        demo.store.faults.push(task.video_key, Cut(100_000))
        demo.store.faults.push(task.video_key, Expired())
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: isinstance(state(session, task_id), Saved))
    assert path(session, task_id).read_bytes() == video
    ranges = [request.headers.get("range") for request in demo.store.requests]
    assert ranges[0] is None
    assert ranges[-1] == ranges[-2] != "bytes=0-", "it goes on where the old link ended"


async def test_a_link_that_is_dead_for_good_is_said_to_be_gone(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    (task_id, _), *_ = add(demo, "asyntask_goneGONEgoneGONEgoneGONE0001").items()
    async with saving(config, demo, clock) as session:
        demo.store.faults.push(demo.gateway.tasks[task_id].video_key, Expired(), times=None)
        asked = len(demo.gateway.requests)
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: isinstance(state(session, task_id), NotSaved))
        assert len(demo.gateway.requests) == asked + 1, "the gateway is asked once"
    assert list(config.download_dir.glob("*.mp4")) == []


async def test_a_full_disk_holds_the_queue_and_room_lets_it_go_on(
    config: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    videos = add(demo, "asyntask_aaaaaaaaaaaaaaaaaaaa01", "asyntask_bbbbbbbbbbbbbbbbbbbb02")
    disk = SimpleNamespace(free=1000, total=10**9, used=0)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: disk)
    monkeypatch.setattr("seedance_tui.core.downloads._runner._LOOK_FOR_SPACE", 0.01)
    async with saving(config, demo, clock) as session:
        queue = session.files.queue
        queue.add((task_id, Kind.RESULT) for task_id in videos)
        await until(lambda: queue.held)
        assert queue.held
        assert "needs" in queue.held.text
        assert list(config.download_dir.glob("*.mp4")) == []
        disk.free = 10**9
        await until(lambda: not queue.unfinished)
    assert {p.stem: p.read_bytes() for p in config.download_dir.glob("*.mp4")} == videos


async def test_a_task_that_left_the_list_is_still_saved(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    (task_id, video), *_ = add(demo, "asyntask_leftLEFTleftLEFTleftLEFT0001").items()
    async with saving(config, demo, clock) as session:
        session.store.watch(())
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: not session.files.queue.unfinished)
    assert (config.download_dir / f"{task_id}.mp4").read_bytes() == video


async def test_two_tasks_of_the_same_name_keep_a_file_each(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    videos = add(demo, "asyntask_oneONEoneONEoneONEone0001", "asyntask_twoTWOtwoTWOtwoTWOtwo02")
    config = replace(config, name=NameTemplate.parse("{model}"), downloads_at_once=1)
    async with saving(config, demo, clock) as session:
        session.files.queue.add((task_id, Kind.RESULT) for task_id in videos)
        await until(lambda: not session.files.queue.unfinished)
        paths = {task_id: path(session, task_id) for task_id in videos}
    assert {task_id: path.read_bytes() for task_id, path in paths.items()} == videos
    async with saving(config, demo, clock) as later:
        assert {i: path(later, i) for i in videos} == paths, "the names are remembered"


async def test_a_link_that_names_no_type_is_asked_for_it(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    task = DemoTask("task_proxiedPROXIEDproxiedPROXIED0002", steps=DONE, proxied=True)
    demo.add(task, video=Blob.virtual(SIZE))
    blob = demo.store.get(task.video_key)
    assert blob
    demo.store.put(task.video_key, replace(blob, content_type="video/quicktime"))
    async with saving(config, demo, clock) as session:
        session.files.queue.add([(task.id, Kind.RESULT)])
        await until(lambda: not session.files.queue.unfinished)
        assert path(session, task.id).name == f"{task.id}.mov"


async def test_a_verb_and_a_queue_at_once_save_a_file_once(
    config: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.downloads._retry._AGAIN", (0.1,))
    (task_id, video), *_ = add(demo, "asyntask_onceONCEonceONCEonceONCE0001").items()
    async with saving(config, demo, clock) as session, saving(config, demo, clock) as other:
        for one in (session, other):
            one.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: any(isinstance(state(s, task_id), Saved) for s in (session, other)))
        other.files.queue.resume([(task_id, Kind.RESULT)])
        session.files.queue.resume([(task_id, Kind.RESULT)])
        await until(lambda: all(isinstance(state(s, task_id), Saved) for s in (session, other)))
    assert [p.read_bytes() for p in config.download_dir.iterdir()] == [video]


async def test_progress_has_a_speed(config: Config, demo: Demo, clock: ManualClock) -> None:
    (task_id, _), *_ = add(demo, "asyntask_fastFASTfastFASTfastFAST0001", size=40_000_000).items()
    seen: list[FileState | None] = []
    async with saving(config, demo, clock) as session:
        session.listen(files=lambda job: seen.append(job.state))
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: not session.files.queue.unfinished)
    assert any(isinstance(one, Saving) and one.total == 40_000_000 for one in seen)


async def test_a_sidecar_that_cannot_be_written_costs_no_video(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    (task_id, video), *_ = add(demo, "asyntask_sideSIDEsideSIDEsideSIDE0001").items()
    config.download_dir.mkdir()
    (config.download_dir / f"{task_id}.json").mkdir()
    async with saving(replace(config, sidecar=True), demo, clock) as session:
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: isinstance(state(session, task_id), Saved))
    assert (config.download_dir / f"{task_id}.mp4").read_bytes() == video


async def test_a_file_that_was_saved_during_a_look_stays_saved(
    config: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task_id, _), *_ = add(demo, "asyntask_lookLOOKlookLOOKlookLOOK0001").items()
    async with saving(config, demo, clock) as session:
        find = session.files._saved_files.find

        def slow(ids: tuple[str, ...], recorded: Mapping[Key, Record]) -> FoundFiles:
            found = find(ids, recorded)
            asyncio.run_coroutine_threadsafe(saved(), loop).result()
            return found

        async def saved() -> None:
            session.store.set_file(task_id, Kind.RESULT, Saved(config.download_dir / "x.mp4"))

        loop = asyncio.get_running_loop()
        monkeypatch.setattr(session.files._saved_files, "find", slow)
        await session.files.look()
        assert isinstance(state(session, task_id), Saved)


async def test_a_task_that_the_gateway_has_forgotten_has_a_dead_link(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    (task_id, _), *_ = add(demo, "asyntask_forgotFORGOTforgotFORGOT0001").items()
    async with saving(config, demo, clock) as session:
        demo.store.faults.push(demo.gateway.tasks[task_id].video_key, Expired(), times=None)
        del demo.gateway.tasks[task_id]
        session.files.queue.add([(task_id, Kind.RESULT)])
        await until(lambda: isinstance(state(session, task_id), NotSaved))
        failed = state(session, task_id)
        assert isinstance(failed, NotSaved)
        assert failed.problem
        assert failed.problem.kind is LinkExpired
