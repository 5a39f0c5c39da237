"""The archive beside a running session: read when asked for, and in nobody's way until then."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.history.history import History
from seedance_tui.core.model.entry import Remembered
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.watchlist.find_ids import Found
from seedance_tui.demo.clips import clip
from tests.core.conftest import Clock, MakeTask

VIDEO = clip("original.mp4")
ALIVE = "https://store.example/a.mp4?X-Tos-Date=20330101T000000Z&X-Tos-Expires=86400"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        base_url="https://gate.example",
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        key=ApiKey("sk-x"),
        guard=GuardSettings((Kind.RESULT,)),
    )


def opened(config: Config, clock: Clock) -> Session:
    return Session(config, lambda _: cast("Client", None), clock=clock)


@pytest.fixture
async def put_away(config: Config, clock: Clock, task: MakeTask) -> Config:
    """Have an earlier run hear of `old` and `kept`, and put `old` away."""
    session = opened(config, clock)
    await session.editor.add(Found(("old", "kept")), ["fruit tea"])
    done = [(one, task("SUCCESS", result_url=ALIVE), 900.0) for one in ("old", "kept")]
    History(config.history).record(done)
    await session.editor.remove(["old"])
    await session.close()
    return config


async def test_of_an_archived_task_nothing_is_read_until_it_is_asked_for(
    put_away: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[set[str]] = []
    real = History.latest

    def latest(history: History, ids: Iterable[str] | None = None) -> tuple[Remembered, ...]:
        names = list(ids or ())
        read.append(set(names))
        return real(history, names)

    monkeypatch.setattr(History, "latest", latest)
    session = opened(put_away, clock)
    await session.load()
    assert [entry.id for entry in session.store.entries if entry.task] == ["kept"]
    assert read == [{"kept"}]
    await session.close()


async def test_the_archive_is_shown_with_the_last_answers_and_the_files(
    put_away: Config, clock: Clock
) -> None:
    session = opened(put_away, clock)
    await session.load()
    put_away.download_dir.mkdir()
    (put_away.download_dir / "old.mp4").write_bytes(VIDEO)
    (entry,) = (await session.archived()).entries
    assert (entry.name, entry.status.word, entry.seen_at) == ("fruit tea", "SUCCESS", 900.0)
    assert entry.file() == Saved(put_away.download_dir / "old.mp4")
    assert session.store.get("old") is None
    await session.close()


async def test_nothing_archived_is_polled_or_saved(put_away: Config, clock: Clock) -> None:
    session = opened(put_away, clock)
    await session.load()
    await session.archived()
    await session.look_after_files()
    assert {job.key[0] for job in session.files.queue.jobs} == {"kept"}
    assert [crossing.entry.id for crossing in session.alarm.check((), clock())] == []
    await session.close()


@pytest.mark.parametrize("back", ["add", "bring back"])
async def test_what_comes_back_is_known_at_once(put_away: Config, clock: Clock, back: str) -> None:
    session = opened(put_away, clock)
    await session.load()
    if back == "add":
        await session.editor.add(Found(("old",)))
    else:
        tasks = await session.archived()
        await session.editor.bring_back(entry.watched for entry in tasks.entries)
    entry = session.store.get("old")
    assert entry
    assert (entry.name, entry.status.word) == ("fruit tea", "SUCCESS")
    await session.close()


async def test_without_a_history_the_archive_is_shown_all_the_same(
    put_away: Config, clock: Clock
) -> None:
    put_away.history.unlink()
    put_away.history.mkdir()
    session = opened(put_away, clock)
    await session.load()
    (entry,) = (await session.archived()).entries
    assert (entry.name, entry.task) == ("fruit tea", None)
    await session.close()


async def test_files_that_were_saved_under_other_names_are_found(
    put_away: Config, clock: Clock, tmp_path: Path
) -> None:
    session = opened(replace(put_away, guard=GuardSettings()), clock)
    await session.load()
    for name in ("old", "kept"):
        path = tmp_path / f"{name} elsewhere.mp4"
        path.write_bytes(VIDEO)
        session.files.queue.mark_saved((name, Kind.RESULT), Saved(path))
    (entry,) = (await session.archived()).entries
    assert entry.file() == Saved(tmp_path / "old elsewhere.mp4")
    await session.close()
