"""The parts wired together: the list in memory and on the disk, the questions, the files."""

import asyncio
import errno
import os
import tomllib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import SetupFailed
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Saved, Saving
from seedance_tui.core.model.store import Recorded
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.settings.choices import Choices
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.editor import Added
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.core.watchlist.find_ids import Found
from seedance_tui.demo.clips import clip
from tests.core.conftest import Clock, MakeTask, MakeWatched


class FakeClient:
    """Answers at once; knows what it was asked and whether it was closed."""

    clock_skew = 0.0
    exhausted_for = None

    def __init__(self, task: MakeTask) -> None:
        self._task = task
        self.status = "IN_PROGRESS"
        self.link = "https://store.example/v.mp4"
        self.asked: list[str] = []
        self.closed = False

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        return self._task(self.status, result_url=self.link)

    async def aclose(self) -> None:
        self.closed = True


@pytest.fixture
def client(task: MakeTask) -> FakeClient:
    return FakeClient(task)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        base_url="https://gate.example",
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "data" / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        key=ApiKey("sk-x"),
    )


@pytest.fixture
async def session(config: Config, client: FakeClient, clock: Clock) -> AsyncIterator[Session]:
    session = Session(config, lambda _: cast("Client", client), clock=clock)
    yield session
    await session.close()


def on_disk(session: Session) -> list[str]:
    path = session.config.watchlist
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("tasks", [])
    return [table["id"] for table in tables]


def in_memory(session: Session) -> list[str]:
    return [entry.id for entry in session.store.entries]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Fill the disk; calling it makes room again."""
    real = os.fsync

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    return lambda: monkeypatch.setattr(os, "fsync", real)


async def test_adding_tells_the_new_the_known_and_the_odd(session: Session) -> None:
    assert await session.editor.add(Found(("a", "b"), ("x…",))) == Added(("a", "b"), (), ("x…",))
    assert await session.editor.add(Found(("b", "c"))) == Added(("c",), ("b",), ())
    assert in_memory(session) == on_disk(session) == ["a", "b", "c"]


async def test_an_addition_bears_its_moment_and_label(session: Session) -> None:
    await session.editor.add(Found(("a", "b")), ["fruit tea"])
    first, second = (entry.watched for entry in session.store.entries)
    assert (first.label, second.label) == ("fruit tea", "")
    assert first.added_at == datetime.fromtimestamp(1000, UTC)


async def test_adding_nothing_new_is_no_change(session: Session) -> None:
    await session.editor.add(Found(("a",)))
    await session.editor.add(Found(("a",)))
    await session.editor.remove(["unknown"])
    await session.editor.undo()
    assert in_memory(session) == []
    assert not session.editor.can_undo


async def test_removal_undo_and_redo_reach_the_file(session: Session) -> None:
    await session.editor.add(Found(("a", "b", "c", "d", "e")))
    await session.editor.remove(["d", "a", "c"])
    assert in_memory(session) == on_disk(session) == ["b", "e"]
    await session.editor.undo()
    assert in_memory(session) == on_disk(session) == ["a", "b", "c", "d", "e"]
    await session.editor.redo()
    assert in_memory(session) == on_disk(session) == ["b", "e"]
    await session.editor.undo()
    await session.editor.undo()
    assert in_memory(session) == on_disk(session) == []
    assert await session.editor.undo() is None
    assert await session.editor.redo() is not None
    assert on_disk(session) == ["a", "b", "c", "d", "e"]


async def test_an_edit_reaches_the_file_and_can_be_undone(session: Session) -> None:
    await session.editor.add(Found(("a",)))
    before = session.store.entries[0].watched
    await session.editor.change(Change((Step(0, before, replace(before, label="tea")),)))
    assert WatchListFile(session.config.watchlist).load().watched[0].label == "tea"
    await session.editor.undo()
    assert WatchListFile(session.config.watchlist).load().watched == (before,)


async def test_what_another_window_added_shows_up_with_the_next_change(
    session: Session, watched: MakeWatched
) -> None:
    await session.editor.add(Found(("a",)))
    WatchListFile(session.config.watchlist).apply(Change((Step(1, None, watched("theirs")),)))
    await session.editor.add(Found(("b",)))
    assert set(in_memory(session)) == {"a", "theirs", "b"}
    assert in_memory(session) == on_disk(session)


async def test_changes_made_at_once_all_reach_the_file_and_none_flickers(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    await session.load()
    seen: list[set[str]] = []
    real = session.store.watch

    def spied(watched: tuple[Watched, ...]) -> None:
        real(watched)
        seen.append(set(in_memory(session)))

    monkeypatch.setattr(session.store, "watch", spied)
    await asyncio.gather(*(session.editor.add(Found((f"t{n}",))) for n in range(10)))
    assert sorted(on_disk(session)) == sorted(in_memory(session)) == [f"t{n}" for n in range(10)]
    assert all(earlier <= later for earlier, later in pairwise(seen))


async def test_what_a_full_disk_refused_is_kept_and_written_later(
    session: Session, full_disk: Callable[[], None]
) -> None:
    with pytest.raises(OSError, match="No space left"):
        await session.editor.add(Found(("a",)))
    assert in_memory(session) == ["a"]
    assert not session.config.watchlist.exists()
    await session.load()
    assert in_memory(session) == ["a"], "reading the old file takes nothing back"
    full_disk()
    await session.editor.add(Found(("b",)))
    assert in_memory(session) == on_disk(session) == ["a", "b"]
    await session.editor.undo()
    await session.editor.undo()
    assert in_memory(session) == on_disk(session) == []


async def test_the_damage_of_a_file_is_told(session: Session) -> None:
    session.config.watchlist.parent.mkdir()
    session.config.watchlist.write_text('[[tasks]]\nid = "a"\n[[tasks]]\nid = "b\n')
    loaded = await session.load()
    assert "line 4" in loaded.damage
    assert in_memory(session) == ["a"]


async def test_files_on_the_disk_are_found_and_forgotten(session: Session) -> None:
    await session.editor.add(Found(("a", "b")))
    video = session.config.download_dir / "a.mp4"
    video.parent.mkdir()
    video.write_bytes(clip("original.mp4"))
    (video.parent / "b_original.mov").write_bytes(clip("original.mp4"))
    await session.files.look()
    first, second = session.store.entries
    assert first.files == {Kind.RESULT: Saved(video)}
    assert second.files == {Kind.ORIGINAL: Saved(video.parent / "b_original.mov")}
    video.unlink()
    await session.files.look()
    assert session.store.entries[0].files == {}
    assert session.store.entries[1].files != {}


async def test_a_running_download_is_not_forgotten_when_files_are_looked_for(
    session: Session,
) -> None:
    await session.editor.add(Found(("a",)))
    session.store.set_file("a", Kind.RESULT, Saving(1, 2))
    await session.files.look()
    assert session.store.entries[0].file() == Saving(1, 2)


async def test_loading_finds_the_list_and_the_files(session: Session, watched: MakeWatched) -> None:
    WatchListFile(session.config.watchlist).apply(Change((Step(0, None, watched("a")),)))
    session.config.download_dir.mkdir()
    (session.config.download_dir / "a.mp4").write_bytes(clip("original.mp4"))
    loaded = await session.load()
    assert loaded.damage == ""
    assert isinstance(session.store.entries[0].file(), Saved)


async def test_without_a_key_there_is_no_client_and_the_store_says_why(
    config: Config, clock: Clock
) -> None:
    session = Session(replace(config, key=None), lambda _: pytest.fail("not asked"), clock=clock)
    assert not await session.connect()
    assert session.store.trouble is not None
    assert session.store.trouble.kind.__name__ == "KeyMissing"


async def test_a_client_that_cannot_be_built_is_the_stores_trouble(
    config: Config, clock: Clock
) -> None:
    def broken(_: Config) -> Client:
        raise SetupFailed("no such proxy")

    session = Session(config, broken, clock=clock)
    assert not await session.connect()
    assert session.store.trouble is not None
    assert (session.store.trouble.text, session.store.trouble.at) == ("no such proxy", 1000.0)


async def heard(session: Session, count: int, act: Callable[[], object]) -> list[Recorded]:
    """Act, and return the next so many outcomes."""
    news: asyncio.Queue[Recorded] = asyncio.Queue()
    session.listen(answers=news.put_nowait)
    act()
    return [await asyncio.wait_for(news.get(), 5) for _ in range(count)]


@pytest.fixture
async def polling(session: Session) -> AsyncIterator[Session]:
    assert await session.connect()
    running = asyncio.create_task(session.poll())
    yield session
    running.cancel()
    await asyncio.wait([running])


async def test_what_is_added_is_asked_about_and_told(polling: Session, client: FakeClient) -> None:
    adding = []
    (recorded,) = await heard(
        polling, 1, lambda: adding.append(asyncio.create_task(polling.editor.add(Found(("a",)))))
    )
    await adding[0]
    assert client.asked == ["a"]
    assert recorded.before is not None
    assert recorded.before.task is None
    assert recorded.after == polling.store.get("a")
    assert polling.store.entries[0].status.word == "IN_PROGRESS"
    assert polling.store.entries[0].seen_at == 1000.0
    assert not recorded.has_ended


async def test_the_end_of_a_task_is_told_once(polling: Session, client: FakeClient) -> None:
    await polling.editor.add(Found(("a",)))
    await heard(polling, 1, lambda: polling.poller.ask_now(["a"]))
    client.status = "SUCCESS"
    (end,) = await heard(polling, 1, lambda: polling.poller.ask_now(["a"]))
    (again,) = await heard(polling, 1, lambda: polling.poller.ask_now(["a"]))
    assert (end.has_ended, again.has_ended) == (True, False)
    assert polling.poller.pace.next_due() is None


async def test_a_task_first_seen_at_its_end_has_not_ended_just_now(
    polling: Session, client: FakeClient
) -> None:
    client.status = "SUCCESS"
    adding = []
    (recorded,) = await heard(
        polling, 1, lambda: adding.append(asyncio.create_task(polling.editor.add(Found(("a",)))))
    )
    await adding[0]
    assert not recorded.has_ended


async def test_an_ended_task_that_is_open_again_is_asked_about_again(
    polling: Session, client: FakeClient
) -> None:
    client.status = "FAILURE"
    await polling.editor.add(Found(("a",)))
    await heard(polling, 1, lambda: polling.poller.ask_now(["a"]))
    assert polling.poller.pace.next_due() is None
    client.status = "QUEUED"
    await heard(polling, 1, lambda: polling.poller.ask_now(["a"]))
    assert polling.poller.pace.next_due() is not None


async def test_closing_waits_for_the_list_to_be_written(
    session: Session, client: FakeClient
) -> None:
    await session.connect()
    adding = asyncio.create_task(session.editor.add(Found(("a",))))
    await asyncio.sleep(0)
    await session.close()
    assert on_disk(session) == ["a"]
    assert client.closed
    await adding


async def test_choices_made_quickly_are_kept_in_their_order(session: Session) -> None:
    await asyncio.gather(*(session.choices.keep(detail_share=share) for share in range(30, 60)))
    assert session.choices.detail_share == 59
    kept = Choices.beside(session.config.watchlist)
    kept.load()
    assert kept.detail_share == 59


async def test_two_windows_keep_each_others_dots(
    session: Session, config: Config, client: FakeClient, clock: Clock
) -> None:
    other = Session(config, lambda _: cast("Client", client), clock=clock)
    session.unseen_tasks.restore(["a"])
    session.unseen_tasks.news["a"] = True
    await session.close()
    other.unseen_tasks.news["b"] = True
    await other.close()
    assert set(session.history.unseen()) == {"a", "b"}
