"""The monitor, the verbs and the program on a terminal, in front of a gateway that misbehaves."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.command_line import run as verbs
from seedance_tui.command_line.parser import shared_options
from seedance_tui.core.config import Config
from seedance_tui.core.model.outcomes import Outcome
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.text import i18n
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import Demo, ManualClock
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.drawing.spans import Line
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.lines import Lines
from seedance_tui.ui.widgets.task_detail import TaskDetail
from seedance_tui.ui.widgets.task_list import TaskList
from tests.textual_insides import drawn, is_drawn

KEY = "sk-test-key-of-a-usual-length-0123456789"
INTERVAL, LEAST_INTERVAL = 0.2, 0.02
REGIONS = ("#status", "#tabs", "#list", "#detail", "#notice", "#keys")


@pytest.fixture(scope="session")
def key() -> str:
    return KEY


@pytest.fixture(scope="session")
def closed_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port: int = plug.getsockname()[1]
        return port


@pytest.fixture(scope="module", autouse=True)
def hurry() -> Iterator[None]:
    """Ask up to 50 times a second, show news at once.

    No name is looked up.
    """
    resolve = socket.getaddrinfo

    def resolved(host: object, *others: object, **more: object) -> object:
        if str(host).rstrip("'").endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *others, **more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolved)
        patch.setattr("seedance_tui.ui.screens.main.publisher._SOON", 0.01)
        patch.setattr("seedance_tui.ui.screens.main.publisher._SHARE", 0.5)
        for module in ("polling.schedule", "config"):
            patch.setattr(f"seedance_tui.core.{module}.LEAST_INTERVAL", LEAST_INTERVAL)
        yield


def text_of(line: Line) -> str:
    return "".join(text for text, role in line)


class Monitor:
    """What a person sees and does: keys in, lines of the screen out."""

    def __init__(self, app: SeedanceApp, pilot: Pilot[None], demo: Demo) -> None:
        self.app = app
        self.pilot = pilot
        self.demo = demo
        self.copied: list[str] = []
        self.outcomes: list[Outcome] = []
        self.closed_port = 0

    def listen(self) -> None:
        """Note every outcome, beside the screen."""
        self.session.listen(answers=lambda recorded: self.outcomes.append(recorded.outcome))

    @property
    def session(self) -> Session:
        return self.app.session

    @property
    def client(self) -> Client:
        client = self.session.client
        assert client is not None
        return client

    @property
    def screen(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    @property
    def detail(self) -> TaskDetail:
        return self.screen.query_one(TaskDetail)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing of the screen on top waits to be laid out or painted."""
        return is_drawn(self.app)

    @property
    def is_asking(self) -> bool:
        return not self.session.poller.pace.halted

    def asked(self, task_id: str) -> int:
        return sum(1 for outcome in self.outcomes if outcome.id == task_id)

    def lines(self, selector: str) -> list[str]:
        """The text of a region, all of it, also what is scrolled away."""
        widget = self.screen.query_one(selector, Lines)
        return [text_of(widget.line(y)).rstrip() for y in range(widget.virtual_size.height)]

    def text(self, selector: str) -> str:
        return "\n".join(self.lines(selector))

    def row(self, task_id: str) -> str:
        place = [entry.id for entry in self.list.entries].index(task_id)
        return text_of(self.list.line(place)).rstrip()

    @property
    def status(self) -> str:
        return self.text("#status")

    @property
    def everything(self) -> str:
        """All that the regions hold, and all that is drawn, by whatever screen is on top."""
        return "\n".join([self.regions, *self.drawn])

    @property
    def regions(self) -> str:
        return "\n".join(self.text(region) for region in REGIONS)

    @property
    def drawn(self) -> list[str]:
        return [strip.text for strip in self.strips]

    @property
    def strips(self) -> list[Strip]:
        return drawn(self.app)

    def tap(self, key: str) -> None:
        """Press a key, and wait for nothing: a program that keeps asking is never idle."""
        self.app.simulate_key(key)

    async def until(self, holds: Callable[[], object]) -> None:
        """Let the program run until something holds, for 20 s at the most."""
        for _ in range(2000):
            if holds():
                return
            await asyncio.sleep(0.01)  # a pause of the pilot asks every widget, each time
        seen = "\n".join(line.rstrip() for line in self.drawn)
        raise AssertionError(f"never held; the screen:\n{seen}")

    # Last: below it, `list[str]` would be of this property.
    @property
    def list(self) -> TaskList:
        return self.screen.query_one(TaskList)


@dataclass(frozen=True)
class Seen:
    """How a verb ended, and what it said."""

    code: int
    out: str
    err: str


Added = Callable[..., Watched]
WriteList = Callable[[Path, tuple[Watched, ...]], None]
Monitoring = Callable[..., AbstractAsyncContextManager[Monitor]]
Shell = Callable[..., Seen]


def watch(path: Path, watched: tuple[Watched, ...]) -> None:
    """Write a watch list as a run before would have."""
    steps = tuple(Step(place, None, one) for place, one in enumerate(watched))
    WatchListFile(path).apply(Change(steps))


@pytest.fixture(scope="session")
def added() -> Added:
    """An entry of the watch list: its ID, then what a person says of it."""
    return lambda task_id, **said: Watched(task_id, datetime(2026, 7, 21, tzinfo=UTC), **said)


@pytest.fixture(scope="session")
def write_list() -> WriteList:
    return watch


@pytest.fixture(scope="session")
def monitoring() -> Monitoring:
    """`async with monitoring(demo, folder, clock, watched) as monitor:`."""

    @asynccontextmanager
    async def run(
        demo: Demo,
        folder: Path,
        clock: ManualClock,
        watched: tuple[Watched, ...],
        size: tuple[int, int] = (172, 30),
    ) -> AsyncIterator[Monitor]:
        config = Config(
            base_url=demo.url,
            config=folder / "config.toml",
            watchlist=folder / "watchlist.toml",
            history=folder / "history.db",
            download_dir=folder / "videos",
            interval=INTERVAL,
            key=ApiKey(demo.key),
        )
        watch(config.watchlist, watched)

        def connect(chosen: Config) -> Client:
            return Client(chosen.base_url, chosen.key, clock=clock)

        app = SeedanceApp(Session(config, connect, clock=clock))
        async with app.run_test(size=size) as pilot:
            monitor = Monitor(app, pilot, demo)
            monitor.listen()
            app.copy_to_clipboard = monitor.copied.append  # type: ignore[method-assign, assignment]
            try:
                await monitor.until(lambda: len(monitor.list.entries) == len(watched))
                yield monitor
            finally:
                await app.leave(0)

    return run


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    """Runs a verb in this process, in a home of its own, with no pause between two tries."""
    settings = {
        "XDG_CONFIG_HOME": tmp_path / "config",
        "XDG_DATA_HOME": tmp_path / "data",
        "XDG_STATE_HOME": tmp_path / "state",
        "SEEDANCE_TUI_DOWNLOAD_DIR": tmp_path / "videos",
        "SEEDANCE_TUI_INTERVAL": LEAST_INTERVAL,
        "ANYFAST_API_KEY": KEY,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))

    def pause(seconds: float) -> None:
        pass

    def run(verb: str, *argv: str) -> Seen:
        try:
            code = verbs.run(verb, argv, [shared_options()], dict(os.environ), pause=pause)
        except SystemExit as end:
            assert isinstance(end.code, int)
            code = end.code
        return Seen(code, *capsys.readouterr())

    yield run
    i18n.use("en")
