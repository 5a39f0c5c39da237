"""The small picture in the detail: of the task that the cursor stays with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import Any

import pytest

from seedance_tui.core.config import Config
from seedance_tui.core.media.posters import Posters
from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.demo import EVERY, Demo, ManualClock
from seedance_tui.demo.faults import Expired
from seedance_tui.ui.drawing.poster_room import room_for
from seedance_tui.ui.screens.main import poster
from tests.ui.conftest import DONE, Monitor, Start

PIXELS = "▀"


@pytest.fixture
def config(config: Config, tmp_path: Path) -> Config:
    return replace(config, posters=tmp_path / "posters")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(poster, "_STAYS", 0.01)
    yield


def drawn(monitor: Monitor) -> int:
    """How many lines of the detail show pixels."""
    detail = monitor.screen.detail
    lines = (detail.render_line(y).text for y in range(detail.size.height))
    return sum(PIXELS in line for line in lines)


async def test_a_done_task_has_its_picture_below_its_head_and_it_goes_with_the_cursor(
    start: Start, config: Config, clock: ManualClock
) -> None:
    async with start((120, 40)) as monitor:
        await monitor.press("g")
        await monitor.until(lambda: drawn(monitor) >= 5)
        await monitor.settled()
        assert "Ratio" in monitor.text("#detail")
        assert config.posters
        assert list(config.posters.iterdir())
        detail = monitor.screen.detail
        lines = [detail.render_line(y) for y in range(detail.size.height)]
        cells = [cell for line in lines if PIXELS in line.text for cell in line]
        # A cell without a colour of its own shows that of the terminal: white, in many.
        assert all(cell.style and cell.style.bgcolor for cell in cells)
        asked = len(monitor.demo.store.requests)
        await monitor.press("j")
        assert drawn(monitor) == 0
        assert not monitor.screen.poster_room, "a task without a video keeps no room"
        assert blank_lines(monitor) == 1
        await monitor.press("k")
        await monitor.until(lambda: drawn(monitor))
        assert len(monitor.demo.store.requests) == asked, "it comes from the disk"
        await monitor.press("j")
        clock.turn(30 * 86_400)
        await monitor.press("k")
        await monitor.until(lambda: monitor.screen.poster_room)  # though the links have expired
        await monitor.until(lambda: drawn(monitor))


async def test_where_no_picture_can_be_shown_the_detail_is_as_ever(
    start: Start, config: Config
) -> None:
    off = replace(config, screen=ScreenSettings(pictures=PictureMode.OFF))
    async with start((120, 40), settings=off) as monitor:
        await monitor.press("g", "j", "k")
        await monitor.until(lambda: monitor.list.cursor == DONE)
        await monitor.settled()
        assert not monitor.demo.store.requests
        assert monitor.screen.poster is None


async def test_over_ssh_nothing_is_fetched_for_it(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 22 10.0.0.2 22")
    async with start((120, 40)) as monitor:
        await monitor.press("g", "j", "k")
        await monitor.settled()
        assert not monitor.demo.store.requests


async def test_nothing_moves_when_it_comes(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poster, "_STAYS", 600.0)
    async with start((120, 40)) as monitor:
        before = monitor.lines("#detail")
        assert monitor.screen.poster is None
        monkeypatch.setattr(poster, "_STAYS", 0.01)
        await monitor.press("j", "k")
        await monitor.until(lambda: drawn(monitor))
        assert monitor.lines("#detail") == before


async def test_where_none_comes_the_room_is_given_back_and_not_kept_again(
    start: Start, demo: Demo
) -> None:
    demo.store.faults.push(EVERY, Expired(), times=None)
    async with start((120, 40)) as monitor:
        await monitor.press("g")
        await monitor.until(lambda: demo.store.requests and not monitor.screen.poster_room)
        await monitor.settled()
        assert drawn(monitor) == 0
        assert blank_lines(monitor) == 1
        await monitor.press("j", "k")
        assert not monitor.screen.poster_room
        assert "expired" not in monitor.notice


@pytest.mark.parametrize(
    ("ratio", "lines"),
    [
        ("16:9", 10),
        ("9:16", 10),
        ("21:9", 9),
        ("60:9", 5),
        ("adaptive", 10),
        (None, 10),
        ("0:9", 10),
    ],
)
def test_the_room_is_that_of_the_shape(ratio: str | None, lines: int) -> None:
    assert room_for(ratio, 60, 50) == (40, lines)
    assert room_for(ratio, 60, 19)[1] == 0


def blank_lines(monitor: Monitor) -> int:
    """How many blank lines stand together at the most below the head."""
    lines, most, here = monitor.lines("#detail"), 0, 0
    for line in lines:
        here = 0 if line else here + 1
        most = max(most, here)
    return most


async def test_it_comes_when_a_tiny_window_has_grown_and_for_a_low_pane_none_is_fetched(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list[int]()

    def room(*where: Any) -> tuple[int, int]:
        lines.append(room_for(*where)[1])
        return room_for(*where)

    monkeypatch.setattr(poster, "room_for", room)
    async with start((50, 14)) as monitor:
        await monitor.press("g")
        await monitor.resize(80, 24)
        await monitor.until(lambda: lines and not monitor.screen.poster_room)
        assert not any(lines)
        assert not monitor.demo.store.requests
        await monitor.resize(80, 60)
        await monitor.until(lambda: drawn(monitor))


async def test_the_disk_is_asked_for_kept_ones_outside_the_loop(
    start: Start, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[Thread]()
    monkeypatch.setattr(Posters, "has", lambda posters, key: asked.append(current_thread()))
    async with start((120, 40)) as monitor:
        clock.turn(30 * 86_400)
        await monitor.press("j", "g")
        await monitor.until(lambda: asked)
    assert main_thread() not in asked


async def test_it_comes_with_a_pane_that_was_hidden_while_the_cursor_stopped(
    start: Start,
) -> None:
    async with start((120, 40)) as monitor:
        for by in ("p", "enter"):
            await monitor.press("j", "p")
            assert not monitor.screen.detail.display, by
            await monitor.press("g")
            await monitor.settled()
            assert monitor.screen.poster is None, by
            await monitor.press(by)
            await monitor.until(lambda: drawn(monitor))
