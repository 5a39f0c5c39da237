"""The monitor without a network: the demo's answers, computed, at a moment that never passes."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from seedance_tui.api.client import Client
from seedance_tui.api.json_values import JSON
from seedance_tui.api.key import ApiKey
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.downloads.deadlines import Alarm
from seedance_tui.core.downloads.losses import Losses
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import SCENARIO, DemoTask, ManualClock
from seedance_tui.demo.envelope import Links, Moment, envelope
from seedance_tui.demo.signing import Signer
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.screens.main import MainScreen

STORE = "https://store.example"
ELAPSED = 42.0
"""Seconds of the demo: a task has failed by then, one has just ended, others run."""


Build = Callable[..., SeedanceApp]
Wait = Callable[[Pilot[None]], Awaitable[None]]
SnapCompare = Callable[..., bool]


class Answers:
    """Stands for the client: says what the demo would say, all at once when it `may`."""

    clock_skew = 0.0
    exhausted_for = None

    def __init__(self, tasks: tuple[DemoTask, ...], clock: ManualClock) -> None:
        start = clock.now - ELAPSED
        self.may = asyncio.Event()
        self._moments = {task.id: Moment(task, start, ELAPSED) for task in tasks}

    async def task(self, task_id: str) -> Task:
        await self.may.wait()
        moment = self._moments[task_id]
        task = Task.from_json(cast("JSON", envelope(moment, _links(moment))))
        assert task is not None
        return task

    async def aclose(self) -> None:
        pass


def _links(moment: Moment) -> Links:
    def link(key: str, at: float) -> str:
        return Signer().link(f"{STORE}/{key}", at, moment.task.link_life)

    task = moment.task
    frame = link(task.frame_key, moment.updated) if task.last_frame else ""
    original = link(task.original_key, moment.updated)
    return Links(link(task.video_key, moment.ready), original, frame)


@pytest.fixture(scope="session")
def _report_folder() -> str:
    """Where pytest-textual-snapshot keeps notes between tests: read before a test hides it."""
    return os.environ["TEXTUAL_SNAPSHOT_TEMPDIR"]


@pytest.fixture(autouse=True)
def _a_plugin_that_finds_its_notes(_report_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", _report_folder)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system's time zone cannot be set")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def monitor(tmp_path: Path) -> Build:
    """Builds the program with these tasks watched."""

    def build(tasks: tuple[DemoTask, ...] = SCENARIO) -> SeedanceApp:
        clock = ManualClock()
        config = Config(
            base_url="https://gateway.example",
            config=tmp_path / "config.toml",
            watchlist=tmp_path / "watchlist.toml",
            history=tmp_path / "history.db",
            download_dir=tmp_path / "videos",
            key=ApiKey("a-key"),
            screen=ScreenSettings(hyperlinks=False, pictures=PictureMode.OFF),
        )
        moment = datetime.fromtimestamp(clock.now, UTC)
        watched = (Watched(task.id, moment, task.label) for task in tasks)
        steps = (Step(place, None, one) for place, one in enumerate(watched))
        WatchListFile(config.watchlist).apply(Change(tuple(steps)))
        answers = cast("Client", Answers(tasks, clock))
        return SeedanceApp(Session(config, lambda chosen: answers, clock=clock))

    return build


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Let the program run until something holds, for 5 s at the most."""
    assert isinstance(pilot.app, SeedanceApp)
    for _ in range(500):
        assert not pilot.app.crash, pilot.app.crash
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never held")


def looks(app: SeedanceApp) -> bool:
    """Whether the files are being looked at."""
    return any(one.group == "files" and not one.is_finished for one in app.workers)


@pytest.fixture
def answered() -> Wait:
    """Waits until every task is answered for and looked after, or the list is known to be empty.

    The first look at the files is over before any answer comes, since it would find some of them;
    another one is made as if it were the first.
    """

    async def wait(pilot: Pilot[None]) -> None:
        app = cast("SeedanceApp", pilot.app)
        await until(pilot, lambda: isinstance(app.screen, MainScreen) and app.screen.loaded)
        screen = cast("MainScreen", app.screen)
        await until(pilot, lambda: app.session.client and not looks(app))
        cast("Answers", app.session.client).may.set()
        rows = screen.tasks
        if not app.session.store.entries:
            await until(pilot, lambda: rows.hint)
            return
        await until(pilot, lambda: rows.entries and all(entry.task for entry in rows.entries))
        app.session.alarm, app.session.losses = Alarm(), Losses()
        screen._auto_save.look_after_files()
        await until(pilot, lambda: not looks(app))

    return wait
