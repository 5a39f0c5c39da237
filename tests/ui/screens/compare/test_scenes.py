"""What is seen stays until what comes next is drawn; then all of it changes in one frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread

import pytest
from rich.segment import Segment

from seedance_tui.ui.drawing import half_blocks
from seedance_tui.ui.widgets.tile_grid import TileGrid
from tests.textual_insides import drawn, frames
from tests.ui.conftest import Monitor, Start
from tests.ui.screens.compare.conftest import Save, rows_of, screen, seen, views

Look = list[list[Segment]]

_drawn_at_once = half_blocks.half_blocks


def look(monitor: Monitor) -> Look:
    """The captions and the upper part of the pictures."""
    return [list(strip) for strip in drawn(monitor.app)[1:12]]


@contextmanager
def looks(monitor: Monitor) -> Iterator[list[Look]]:
    """Note each look that a frame had."""
    noted: list[Look] = []
    with frames(monitor.app, lambda: noted.append(look(monitor))):
        yield noted


@pytest.fixture
def may_draw(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """As long as it is not set, no picture is drawn in a thread."""
    may = Event()
    may.set()

    def wait_and_draw(*picture: object) -> object:
        if current_thread() is not main_thread():
            may.wait(20)
        return _drawn_at_once(*picture)  # type: ignore[arg-type]

    monkeypatch.setattr(half_blocks, "half_blocks", wait_and_draw)
    yield may
    may.set()


@pytest.mark.parametrize(
    ("before", "key"),
    [("", "s"), ("", "f"), ("", "z"), ("", "x"), ("", "plus"), ("s", "s"), ("s", "f"), ("z", "s")],
)
async def test_layout_words_and_pictures_change_in_one_frame(
    start: Start, saved: Save, may_draw: Event, before: str, key: str
) -> None:
    saved()
    async with start((120, 40), painted=True) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        for mode in before:
            await monitor.press(mode)
            await monitor.until(lambda: len(views(monitor)) == 1)
        await monitor.settled()
        shown, projector = look(monitor), screen(monitor)._projector
        assert projector
        with looks(monitor) as noted:
            may_draw.clear()
            await monitor.press(key)
            await monitor.until(lambda: projector.seen == screen(monitor).stage)
            await monitor.settled()
            is_drawn_already = key == before
            assert (look(monitor) == shown) is not is_drawn_already
            may_draw.set()
            await monitor.until(lambda: noted[-1:] not in ([], [shown]))
            await monitor.settled()
        assert noted[-1] == look(monitor)
        assert all(one in (shown, noted[-1]) for one in noted)


async def test_another_size_takes_no_picture_away(
    start: Start, saved: Save, may_draw: Event
) -> None:
    saved()
    async with start((120, 40), painted=True) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        may_draw.clear()
        for size in ((100, 30), (140, 50), (50, 50)):
            with looks(monitor) as noted:
                await monitor.resize(*size)
            assert noted
            for one in noted:
                assert any("▀" in segment.text for segment in one[-1])
        may_draw.set()


async def whole_sheet(monitor: Monitor) -> None:
    """Wait until the sheet has all that it will have, and that is drawn."""
    grid = monitor.app.screen.query_one(TileGrid)
    await monitor.until(lambda: all(tile.words or tile.picture for tile in grid.tiles))
    await monitor.until(lambda: any("▀" in row for row in rows_of(grid)))
    await monitor.settled()


async def test_the_sheet_stays_until_the_video_chosen_on_it_has_a_picture(
    start: Start, saved: Save, may_draw: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.ui.screens.compare.opening._LONGEST_WAIT", 20.0)
    saved()
    async with start((120, 40), painted=True) as monitor:
        await monitor.press("g", "V")
        await whole_sheet(monitor)
        may_draw.clear()
        with looks(monitor) as noted:
            await monitor.press("enter")
            assert monitor.app.screen is screen(monitor)
            assert not noted
            may_draw.set()
            await monitor.until(lambda: noted)
        assert any("▀" in segment.text for segment in noted[0][-1])


async def test_a_screen_that_is_left_before_it_has_a_picture_leaves_the_sheet_as_it_was(
    start: Start, saved: Save, may_draw: Event
) -> None:
    saved()
    async with start((120, 40), painted=True) as monitor:
        await monitor.press("g", "V")
        await whole_sheet(monitor)
        shown = look(monitor)
        may_draw.clear()
        await monitor.press("enter", "escape")
        with looks(monitor) as noted:
            monitor.app.screen.refresh()
            await monitor.until(lambda: noted)
        assert noted[-1] == shown
        may_draw.set()
