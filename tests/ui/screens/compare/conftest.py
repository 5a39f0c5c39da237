"""Videos to look at: the demo's own, saved or behind links, and the screen that shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widget import Widget

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.naming.template import file_name
from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.demo.clips import clip
from seedance_tui.ui.screens.compare.screen import CompareScreen
from seedance_tui.ui.textual_private import QuietApp
from seedance_tui.ui.widgets.picture_view import PictureView
from tests.ui.conftest import DONE, Monitor, Start, text_of
from tests.ui.kitty_terminal import KittyTerminal

CLIPS = {Kind.ORIGINAL: "original.mp4", Kind.RESULT: "upscaled.mp4"}

Save = Callable[..., dict[Kind, Path]]


@pytest.fixture
def saved(config: Config) -> Save:
    """Both videos are on the disk already, or one of them."""

    def save(*kinds: Kind) -> dict[Kind, Path]:
        config.download_dir.mkdir(exist_ok=True)
        paths = {k: config.download_dir / file_name(DONE, k, ".mp4") for k in kinds or CLIPS}
        for kind, path in paths.items():
            path.write_bytes(clip(CLIPS[kind]))
        return paths

    return save


@pytest.fixture
def in_kitty(config: Config, tmp_path: Path) -> Config:
    """The settings of who has pictures in pixels."""
    settings = ScreenSettings(pictures=PictureMode.KITTY)
    return replace(config, screen=settings, posters=tmp_path / "posters")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> KittyTerminal:
    """What gets all that is sent beside the screen."""
    terminal = KittyTerminal()
    monkeypatch.setattr(QuietApp, "write_to_terminal", lambda app, text: terminal.write(text))
    return terminal


def screen(monitor: Monitor) -> CompareScreen:
    assert isinstance(monitor.app.screen, CompareScreen)
    return monitor.app.screen


def views(monitor: Monitor) -> list[PictureView]:
    return [
        view for view in screen(monitor).query(PictureView) if view.parent and view.parent.display
    ]


def pictures(monitor: Monitor) -> list[Picture]:
    """The pictures that are there."""
    return [view.picture for view in views(monitor) if view.picture]


def sizes(monitor: Monitor) -> list[tuple[int, int]]:
    return [picture.size for picture in pictures(monitor)]


def line(monitor: Monitor, selector: str) -> str:
    from seedance_tui.ui.widgets.lines import Lines

    return text_of(monitor.app.screen.query_one(selector, Lines).line(0)).strip()


async def seen(monitor: Monitor) -> None:
    """Wait until the screen is open, and every picture of it there."""
    await monitor.until(lambda: not monitor.on_top)
    await monitor.until(lambda: 0 < len(views(monitor)) == len(pictures(monitor)))
    await monitor.until(lambda: all(any(rows_of(view)) for view in views(monitor)))


def rows_of(widget: Widget) -> list[str]:
    """The lines of a widget as text, without what is blank at their ends."""
    return [widget.render_line(y).text.strip() for y in range(widget.size.height)]


@asynccontextmanager
async def compared(start: Start, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Monitor]:
    """The monitor with the comparison of the first task over it, whose pictures are there."""
    async with start(size) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        yield monitor


async def closed(monitor: Monitor) -> None:
    """Leave the comparison; until its files are let go of the next key has to wait."""
    await monitor.press("v")
    await monitor.until(lambda: monitor.on_top)


def in_the_way(folder: Path) -> None:
    """Put a file in the place of a folder."""
    folder.rename(folder.with_name("moved"))
    folder.touch()
