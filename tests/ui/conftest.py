"""The monitor on a demo gateway, in one event loop, on a clock that only the test turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from seedance_tui.api.client import Client
from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.settings.choices import Choices, Order
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import EVERY, Demo, DemoTask, ManualClock
from seedance_tui.demo import Stage as State
from seedance_tui.demo.faults import BlackHole
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.drawing.spans import Line
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.lines import Lines
from seedance_tui.ui.widgets.notice_line import NoticeLine
from seedance_tui.ui.widgets.task_list import TaskList
from tests.textual_insides import draw, leave_unpainted

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
FAIL = "asyntask_failFAILfailFAILfailFAILfail0003"
IDS = (DONE, OPEN, FAIL)
QUIET_TURNS = 5


def text_of(line: Line) -> str:
    return "".join(text for text, role in line)


class Monitor:
    """What a person sees and does: keys in, lines of the screen out."""

    def __init__(self, app: SeedanceApp, pilot: Pilot[None], demo: Demo, copied: list[str]) -> None:
        self.app = app
        self.pilot = pilot
        self.demo = demo
        self.copied = copied

    @property
    def session(self) -> Session:
        return self.app.session

    @property
    def screen(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    def entry(self, task_id: str) -> Entry:
        entry = self.session.store.get(task_id)
        assert entry, task_id
        return entry

    @property
    def on_top(self) -> bool:
        """Whether nothing lies over the monitor."""
        return self.app.screen is self.screen

    def lines(self, selector: str) -> list[str]:
        """The text of a region, all of it, also what is scrolled away."""
        widget = self.screen.query_one(selector, Lines)
        return [text_of(widget.line(y)).rstrip() for y in range(widget.virtual_size.height)]

    def text(self, selector: str) -> str:
        return "\n".join(self.lines(selector))

    def row(self, task_id: str) -> str:
        """The row of a task, empty while there is none."""
        ids = [entry.id for entry in self.list.entries]
        return text_of(self.list.line(ids.index(task_id))).rstrip() if task_id in ids else ""

    def file(self, kind: Kind = Kind.RESULT, task_id: str = DONE) -> FileState | None:
        """The state of a file in the queue."""
        job = self.session.files.queue.get((task_id, kind))
        return job.state if job else None

    @property
    def notice(self) -> str:
        return self.text("#notice")

    async def press(self, *keys: str) -> None:
        """Press keys, each once all that the one before set off is done.

        The pilot would wait until the processor idles, 40 ms and more for each.
        """
        for key in keys:
            name = "space" if key == " " else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))
            await self.settled()

    async def resize(self, width: int, height: int) -> None:
        """Have a terminal of another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settled()

    async def settled(self) -> None:
        """Let messages be handled, changes be written and be shown, and the screen be drawn."""
        for _ in range(2):
            await self.until(lambda: not (self.is_writing or self.is_publishing))
            await self._handled()
            draw(self.app)

    async def _handled(self) -> None:
        """Let the loop turn until for some turns there was nothing for it to do."""
        ready, quiet = vars(asyncio.get_running_loop())["_ready"], 0
        for _ in range(100_000):
            if quiet == QUIET_TURNS:
                return
            await asyncio.sleep(0)
            quiet = 0 if ready else quiet + 1
        raise AssertionError("there is always something to do")

    @property
    def is_writing(self) -> bool:
        """Whether a change is on its way to the disk."""
        return any(worker.group in ("watchlist", "choices") for worker in self.app.workers)

    @property
    def has_connected(self) -> bool:
        """Whether the client is there, or what is in its way is told."""
        return self.session.client is not None or self.session.store.trouble is not None

    @property
    def is_publishing(self) -> bool:
        """Whether news are about to be shown."""
        return self.app.is_running and self.screen.publisher.is_waiting

    async def until(self, holds: Callable[[], object]) -> None:
        """Let the program run until something holds, for 20 s at the most."""
        for _ in range(4000):
            if holds():
                return
            await asyncio.sleep(0.005)  # a pause of the pilot asks every widget, each time
        raise AssertionError(f"never held; notice: {self.notice!r}\n{self.text('#list')}")

    async def says(self, text: str) -> None:
        """Wait for a notice; whatever is shown before it has had its time."""

        def is_said() -> bool:
            if text not in self.notice:
                self.hear()
            return text in self.notice

        await self.until(is_said)

    def hear(self) -> None:
        """Let the time of what is shown be over, so that what waits for it comes."""
        for screen in self.app.screen_stack:
            for line in screen.query(NoticeLine):
                if line.notice:
                    line.clear_if(line.notice.text)

    # Last: below it, `list[str]` would be of this property.
    @property
    def list(self) -> TaskList:
        return self.screen.query_one(TaskList)


def heads(monitor: Monitor) -> list[str]:
    """The heads of the columns that are shown."""
    return monitor.text("#heads").replace("↓", "").replace("↑", "").split()


async def tag(monitor: Monitor, task_id: str, text: str) -> None:
    """Put the cursor on a task and give it tags."""
    monitor.list.choose(task_id)
    await monitor.press("e", "tab", *text, "enter")


def stop_the_store(demo: Demo) -> None:
    """Have the store take every question and answer none."""
    demo.store.faults.push(EVERY, BlackHole(), times=None)


Start = Callable[..., AbstractAsyncContextManager[Monitor]]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def demo(clock: ManualClock) -> AsyncIterator[Demo]:
    tasks = (
        DemoTask(
            DONE,
            "fruit tea, take 3",
            (State(-400, "NOT_START"), State(-390, "IN_PROGRESS"), State(-100, "SUCCESS")),
            resolution="480p",
            super_resolution="2k",
            super_resolution_tokens=245_025,
        ),
        DemoTask(OPEN, "", (State(-60, "NOT_START"), State(-50, "IN_PROGRESS", "30%"))),
        DemoTask(FAIL, "抚仙湖日出", (State(-300, "NOT_START"), State(-20, "FAILURE"))),
    )
    async with Demo(clock=clock, scenario=tasks) as demo:
        yield demo


@pytest.fixture
def config(tmp_path: Path, demo: Demo) -> Config:
    from seedance_tui.api.key import ApiKey

    return Config(
        base_url=demo.url,
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "data" / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        interval=15.0,
        key=ApiKey(demo.key),
    )


def watch(config: Config, tasks: tuple[tuple[str, str], ...]) -> None:
    """Write a watch list as a run before would have."""
    from datetime import UTC, datetime

    moment = datetime(2026, 7, 21, tzinfo=UTC)
    steps = (Step(n, None, Watched(i, moment, label)) for n, (i, label) in enumerate(tasks))
    WatchListFile(config.watchlist).apply(Change(tuple(steps)))


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at every few seconds is looked at ten times a second."""
    for name in ("screen._TICK", "auto_save_actions._EVERY"):
        monkeypatch.setattr(f"seedance_tui.ui.screens.main.{name}", 0.1)


@pytest.fixture(autouse=True)
def _no_cursor_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked for what a test downloads, and for no picture beside it."""
    monkeypatch.setattr("seedance_tui.ui.screens.main.poster._STAYS", 600.0)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the system to be opened; nothing is."""
    targets: list[str] = []

    def noted(target: str, environ: Mapping[str, str]) -> str:
        targets.append(target)
        return ""

    monkeypatch.setattr("seedance_tui.ui.terminal.opener.open_outside", noted)
    return targets


@pytest.fixture
def start(config: Config, demo: Demo, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Start:
    """`async with start(size=(120, 30)) as monitor:` – the demo's three tasks, in their order.

    `painted` has every frame painted, as on a terminal.
    """
    copied: list[str] = []
    monkeypatch.setattr("seedance_tui.ui.screens.main.publisher._SOON", 0.015)
    monkeypatch.setattr("seedance_tui.ui.screens.main.updates._REST", 0)
    monkeypatch.setattr(
        SeedanceApp, "copy_to_clipboard", lambda self, text: copied.append(text), raising=True
    )

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (120, 30),
        *,
        settings: Config = config,
        watched: bool = True,
        ids: tuple[str, ...] = (),
        loaded: bool = True,
        answered: bool = True,
        sort: Order = Order.ADDED,
        painted: bool = False,
    ) -> AsyncIterator[Monitor]:
        if not painted:
            leave_unpainted(monkeypatch)
        if watched:
            watch(settings, tuple((task.id, task.label) for task in demo.tasks))
        Choices.beside(settings.watchlist).save(sort=sort)
        session = Session(
            settings, lambda chosen: Client(chosen.base_url, chosen.key, clock=clock), clock=clock
        )
        app = SeedanceApp(session, ids)
        async with app.run_test(size=size) as pilot:
            monitor = Monitor(app, pilot, demo, copied)
            try:
                if loaded:
                    await monitor.until(lambda: monitor.screen.loaded and monitor.has_connected)
                if watched and answered:
                    await monitor.until(
                        lambda: monitor.list.entries and all(e.task for e in monitor.list.entries)
                    )
                await monitor.settled()
                yield monitor
            finally:
                await app.leave(0)

    return run
