"""Draw the README's pictures: the program itself, on its demo gateway, at a fixed moment.

    pip install -e . --group pictures && python screenshots/draw.py [NAME …]

Nothing is painted by hand: the demo answers, the keys below are pressed, the screen is exported.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from picture import FontsMissing, draw, find_fonts
from textual.pilot import Pilot

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.api.transfer._cancel import CancelToken
from seedance_tui.api.transfer.file_client import FileClient
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import fraction
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.naming.template import file_name
from seedance_tui.core.session import Session
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.core.text import i18n
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import Demo, ManualClock, Request
from seedance_tui.demo.clips import clip
from seedance_tui.demo.messages import Handler, Response
from seedance_tui.demo.scenario import DANCE, SUNRISE, TRAIN
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.lines import Bar
from seedance_tui.ui.widgets.notice_line import NoticeLine
from seedance_tui.ui.widgets.status_line import StatusLine
from seedance_tui.ui.widgets.task_detail import TaskDetail
from seedance_tui.ui.widgets.task_list import TaskList
from seedance_tui.ui.widgets.tile_grid import TileGrid

HERE = Path(__file__).parent
STORE = "https://ark-acg-cn-beijing.tos-cn-beijing.volces.com"
"""What the real store is called; the demo's own name has a port that changes each time."""
INTO_THE_DEMO, SINCE_ASKED = 42.0, 4.0
"""Seconds: by then a task has failed, one is done, others run."""
SAVED_SO_FAR = 0.62
NOT_FETCHED = "not saved"
"""What stands in the place of a picture that is still to be fetched."""
_HAS_POSTER = 20
"""Lines of the details from which on there is a small picture in them."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: `keys` are pressed with the cursor on the task `at`."""

    name: str
    size: tuple[int, int]
    at: str = SUNRISE.id
    keys: tuple[str, ...] = ()
    theme: str = "seedance-dark"
    lang: str = "en"
    is_calm: bool = False
    """Whether it is taken once no notice is seen any more."""


SHOTS = (
    Shot("wide", (120, 40)),
    Shot("narrow", (80, 24)),
    Shot("tiny", (40, 12)),
    Shot("light", (120, 40), theme="seedance-light"),
    Shot("failed", (80, 24), at=DANCE.id, keys=("tab",)),
    Shot("copy-menu", (100, 30), at=TRAIN.id, keys=("Y",)),
    Shot("filter", (100, 30), keys=("slash", *"status:done", "enter", "g", "space", "space")),
    Shot("downloads", (100, 30), keys=("ctrl+a", "d", "escape", "w")),
    Shot("chinese", (120, 40), lang="zh"),
    Shot("compare", (120, 34), keys=("v", *["right"] * 3, *["plus"] * 5, *"kkkhh"), is_calm=True),
    Shot(
        "sheet",
        (120, 34),
        keys=("slash", *"status:done", "enter", "g", "ctrl+a", "V", "f", "plus", "right", "minus"),
        is_calm=True,
    ),
)


class FilesByRealName(FileClient):
    """Asks the demo's store for what bears the real one's name."""

    def __init__(self, config: Config, store: str) -> None:
        super().__init__(config.base_url, config.key, httpx.create_ssl_context())
        self._store = store

    @contextmanager
    def get(
        self, url: str, headers: dict[str, str], cancel: CancelToken
    ) -> Iterator[httpx.Response]:
        """Ask the demo's store after all."""
        with super().get(url.replace(STORE, self._store), headers, cancel) as answer:
            yield answer


class RealNames(Client):
    """Calls the demo's store by the real one's name, so that links look as they do there."""

    def __init__(self, config: Config, clock: ManualClock, store: str) -> None:
        super().__init__(config.base_url, config.key, clock=clock)
        self._store = store
        self.files.close()
        self.files = FilesByRealName(config, store)

    async def task(self, task_id: str) -> Task:
        """Ask, and give the links in the answer the real host."""
        answer = (await super().task(task_id)).raw
        task = Task.from_json(json.loads(json.dumps(answer).replace(self._store, STORE)))
        assert task is not None
        return task


@dataclass(frozen=True, slots=True)
class Held:
    """A fault of the store: so much of the file comes, and then no more."""

    share: float

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return replace(good, body=self._drip(good), length=good.declared_length)

    async def _drip(self, good: Response) -> AsyncGenerator[bytes, None]:
        body = b"".join([chunk async for chunk in good.chunks()])
        enough = int(len(body) * self.share)
        for start, end in ((0, enough - 64), (enough - 64, enough - 32), (enough - 32, enough)):
            yield body[start:end]
            await asyncio.sleep(0.5)  # the program reports five times a second
        await asyncio.Event().wait()


def main() -> None:
    """Draw the pictures that the command line names, or all of them."""
    try:
        find_fonts()
    except FontsMissing as error:
        sys.exit(f"draw.py: {error}")
    shots = {shot.name: shot for shot in SHOTS}
    wanted = sys.argv[1:] or list(shots)
    if unknown := set(wanted) - set(shots):
        sys.exit(f"draw.py: no picture {', '.join(sorted(unknown))}; there are {', '.join(shots)}")
    for name in wanted:
        with tempfile.TemporaryDirectory() as home:
            _be_nobody(home)
            i18n.use(shots[name].lang)
            asyncio.run(_take(shots[name], Path(home)))
        for file in sorted(HERE.glob(f"{name}.*")):
            print(f"{file.name:16}{file.stat().st_size / 1000:6.0f} kB")


def _be_nobody(home: str) -> None:
    """Show nothing of this machine: its paths, zone, colours, proxies."""
    for name in [n for n in os.environ if n.upper().endswith("_PROXY") or n.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ.pop("NO_COLOR", None)
    os.environ |= {"HOME": home, "USERPROFILE": home, "TZ": "CST-8"}
    if hasattr(time, "tzset"):
        time.tzset()


async def _take(shot: Shot, home: Path) -> None:
    async with _running(shot, home) as (app, pilot):
        await _go_to(pilot, TRAIN.id)
        await pilot.press("d")
        await _until(pilot, lambda: _saving(app) > SAVED_SO_FAR - 0.01)
        await _go_to(pilot, shot.at)
        await pilot.press(*shot.keys)
        await _until(
            pilot, lambda: _is_seen(app, shot.at) and not (shot.is_calm and _is_noticed(app))
        )
        await pilot.pause(0.2)  # news are gathered for a moment before they are shown
        draw(app, HERE / shot.name)


@asynccontextmanager
async def _running(shot: Shot, home: Path) -> AsyncIterator[tuple[SeedanceApp, Pilot[None]]]:
    """The program on a demo whose clock stands, everything asked about and shown."""
    clock = ManualClock()
    async with Demo(clock=clock) as demo:
        demo.store.faults.push(TRAIN.video_key, Held(SAVED_SO_FAR))
        clock.turn(INTO_THE_DEMO)
        config = _config(shot, home, demo)
        _watch(config, demo, clock)
        _save_before(config)
        store = demo.store.url
        session = Session(config, lambda chosen: RealNames(chosen, clock, store), clock=clock)
        app = SeedanceApp(session)
        async with app.run_test(size=shot.size) as pilot:
            try:
                await _until(pilot, lambda: _all_answered(app))
                clock.turn(SINCE_ASKED)
                await _until(pilot, lambda: app.screen.query_one(StatusLine).now == clock.now)
                yield app, pilot
            finally:
                await app.leave(0)


def _config(shot: Shot, home: Path, demo: Demo) -> Config:
    return Config(
        base_url=demo.url,
        config=home / "config.toml",
        watchlist=home / "watchlist.toml",
        history=home / "history.db",
        download_dir=home / "Downloads" / "seedance",
        key=ApiKey(demo.key),
        screen=ScreenSettings(theme=shot.theme, hyperlinks=False),
    )


def _watch(config: Config, demo: Demo, clock: ManualClock) -> None:
    moment = datetime.fromtimestamp(clock.now, UTC)
    steps = (
        Step(place, None, Watched(task.id, moment, task.label))
        for place, task in enumerate(demo.tasks)
    )
    WatchListFile(config.watchlist).apply(Change(tuple(steps)))


def _save_before(config: Config) -> None:
    """One video is there already, and the original of it."""
    config.download_dir.mkdir(parents=True)
    for kind, name in ((Kind.RESULT, "upscaled.mp4"), (Kind.ORIGINAL, "original.mp4")):
        (config.download_dir / file_name(SUNRISE.id, kind, ".mp4")).write_bytes(clip(name))


async def _go_to(pilot: Pilot[None], task_id: str) -> None:
    pilot.app.screen.query_one(TaskList).cursor = task_id
    await pilot.pause()


async def _until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the program run until something holds, for 20 s at the most."""
    for _ in range(1000):
        if holds():
            return
        await pilot.pause(0.02)
    raise TimeoutError("the program never came so far")


def _all_answered(app: SeedanceApp) -> bool:
    if not isinstance(app.screen, MainScreen):
        return False
    entries = app.screen.query_one(TaskList).entries
    return bool(entries) and all(entry.task for entry in entries)


def _is_seen(app: SeedanceApp, at: str) -> bool:
    """Whether every picture that is looked at is drawn, the one of the task `at` among them."""
    words = [app.screen.query_one("#head", Bar).line(0)] if app.screen.query("#head") else []
    strips = app.screen.query(FilmStrip)
    is_whole = all(strip.tiles and all(strip.tiles) for strip in strips)
    details = [one for one in app.screen.query(TaskDetail) if one.size.height >= _HAS_POSTER]
    tiles = [tile for grid in app.screen.query(TileGrid) for tile in grid.tiles]
    is_whole &= all(tile.picture or tile.words not in ("", NOT_FETCHED) for tile in tiles)
    has_posters = all(one.poster and one.entry and one.entry.id == at for one in details)
    return is_whole and has_posters and all("× " in str(line) for line in words)


def _is_noticed(app: SeedanceApp) -> bool:
    """Whether a notice stands above the keys."""
    return bool(
        "".join(str(words) for words, _role in app.screen.query_one(NoticeLine).line(0)).strip()
    )


def _saving(app: SeedanceApp) -> float:
    """Return how much of the held download has come."""
    entry = app.session.store.get(TRAIN.id)
    state = entry.file() if entry else None
    return fraction(state) or 0.0


if __name__ == "__main__":
    main()
