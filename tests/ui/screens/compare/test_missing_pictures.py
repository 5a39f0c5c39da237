"""The comparison of what is not there: no file, no link, no picture, nothing to decode it with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Expired
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.versus_view import VersusView
from seedance_tui.ui.widgets.why_none import WhyNone
from tests.ui.conftest import DONE, Monitor, Start
from tests.ui.screens.compare.conftest import (
    Save,
    closed,
    compared,
    rows_of,
    screen,
    seen,
    views,
)


async def test_links_are_looked_at_until_a_file_is_saved_that_takes_their_place(
    start: Start, demo: Demo
) -> None:
    async with compared(start, (160, 45)) as monitor:
        assert not monitor.entry(DONE).files
        assert len(demo.store.requests) >= 2
        strip = screen(monitor).query_one(FilmStrip)
        await monitor.until(lambda: strip.tiles and strip.tiles[0])
        first, last = (strip.render_line(0).crop(x, x + 1) for x in (1, 1 + 7 * strip.room))
        beside = strip.render_line(0).crop(strip.room, strip.room + 1)
        assert strip.tiles[-1] is None, "that frame is not fetched"
        grounds = [next(iter(cell)).style for cell in (first, last, beside)]
        assert len({style.bgcolor for style in grounds if style}) == 3, "it has its place"
        await monitor.press("d")
        projector = screen(monitor)._projector
        assert projector
        await monitor.until(lambda: all(clip and clip.is_saved for clip in projector.clips))
        await seen(monitor)


async def test_a_dead_link_is_said_in_its_place_and_the_other_is_seen(
    start: Start, saved: Save, demo: Demo
) -> None:
    saved(Kind.RESULT)
    async with start((120, 40)) as monitor:
        demo.store.faults.push(EVERY, Expired(), times=None)
        await monitor.press("g", "v")
        first, second = views(monitor)
        await monitor.until(lambda: first.words and second.picture)
        assert first.picture is None


async def test_a_damaged_file_is_said_to_be_one_in_its_place(start: Start, saved: Save) -> None:
    path = saved()[Kind.RESULT]
    content = path.read_bytes()
    async with start((120, 40)) as monitor:
        await monitor.press("g")
        for kept in (8_000, 9_000, 15_000):
            path.write_bytes(content[:kept] + bytes(len(content) - kept))
            await monitor.press("v")
            await monitor.until(lambda: not monitor.on_top and len(views(monitor)) == 2)
            await monitor.until(lambda: views(monitor)[0].picture and views(monitor)[1].words)
            assert views(monitor)[1].picture is None, kept
            await closed(monitor)


def why(monitor: Monitor) -> str:
    """What is said above the facts, or nothing."""
    return "".join(rows_of(screen(monitor).query_one(WhyNone)))


async def test_without_the_extra_the_facts_stand_there_with_the_one_command(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved()
    monkeypatch.setattr("seedance_tui.ui.terminal.pictures.has_preview", lambda: False)
    async with start((100, 30)) as monitor:
        await monitor.press("g", "v")
        assert "pip install 'seedance-tui[preview]'" in why(monitor)
        assert screen(monitor).query_one(VersusView).virtual_size.height > 8
        await monitor.press("escape", "i")
        assert monitor.on_top
        assert "pip install 'seedance-tui[preview]'" in monitor.notice


async def test_where_the_terminal_has_too_few_colors_comparison_and_sheet_say_so_alike(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved()
    monkeypatch.setattr(
        "seedance_tui.ui.screens.compare.opening.color_system", lambda app: "standard"
    )
    async with start((100, 30)) as monitor:
        await monitor.press("g", "v")
        assert why(monitor) == "Pictures need a terminal with 256 colors."
        await monitor.press("escape", "V")
        said = monitor.app.screen.query_one(WhyNone)
        assert rows_of(said) == ["Pictures need a terminal with 256 colors."]


async def test_where_no_picture_can_be_shown_there_are_the_facts(
    start: Start, config: Config
) -> None:
    off = replace(config, screen=ScreenSettings(pictures=PictureMode.OFF))
    async with start((100, 30), settings=off) as monitor:
        await monitor.press("g", "v")
        assert not screen(monitor).query_one("#seen").display
        assert screen(monitor).query_one(VersusView).virtual_size.height > 8
        assert not why(monitor)
