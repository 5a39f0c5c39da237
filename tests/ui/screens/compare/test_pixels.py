"""Pictures in pixels: the terminal has those that are seen, where they are seen, and no others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from threading import Event

import pytest
from textual.widget import Widget

from seedance_tui.core.config import Config
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.media.posters import FINE_SIDE, LONGEST_SIDE
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.ui.drawing import kitty
from seedance_tui.ui.drawing.kitty import packed
from seedance_tui.ui.screens.compare.sheet import SheetScreen
from seedance_tui.ui.screens.main import poster
from seedance_tui.ui.widgets import picture_cells
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.tile_grid import Tile, TileGrid
from tests.textual_insides import drawn
from tests.ui.conftest import Monitor, Start
from tests.ui.kitty_terminal import KittyTerminal
from tests.ui.screens.compare.conftest import Save, pictures, screen, seen, views

SMALL_TERMINAL = (60, 17)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poster, "_STAYS", 0.01)
    monkeypatch.setattr(picture_cells, "_DRAWN", 0.02)


def seen_of(terminal: KittyTerminal, widget: Widget) -> set[int]:
    """The pictures that a widget shows, each of which the terminal has."""
    return terminal.shown([widget.render_line(y) for y in range(widget.size.height)])


async def in_detail(monitor: Monitor, terminal: KittyTerminal) -> None:
    """Let the detail show a picture."""
    await monitor.press("g")
    await monitor.until(lambda: seen_of(terminal, monitor.screen.detail))


async def test_the_big_pictures_are_forgotten_with_their_screen(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    async with start((160, 45), settings=in_kitty) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        assert pictures(monitor)[0].width > 500
        await monitor.until(lambda: seen_of(terminal, views(monitor)[0]))
        await monitor.press("v")
        assert monitor.on_top
    assert terminal.numbers("T")
    assert not terminal.held


async def test_a_big_picture_stays_until_the_next_one_is_drawn(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    async with start(SMALL_TERMINAL, settings=in_kitty) as monitor:
        await monitor.press("g", "i")
        await seen(monitor)
        shown = [pictures(monitor)]
        for _ in range(4):
            await monitor.press("right")
            await monitor.until(lambda: pictures(monitor) != shown[-1])
            shown.append(pictures(monitor))
        await monitor.until(lambda: terminal.numbers("p")[-1:] == terminal.numbers("T")[-1:])
        assert len(set(terminal.numbers("T"))) == 2
        assert all(one != other for one, other in pairwise(terminal.numbers("T")))
        assert not terminal.numbers("d")


async def test_what_is_seen_stays_while_one_after_the_other_is_being_made(
    start: Start,
    saved: Save,
    in_kitty: Config,
    terminal: KittyTerminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved()
    async with start(SMALL_TERMINAL, settings=in_kitty) as monitor:
        await monitor.press("g", "i")
        await seen(monitor)
        (view,), projector = views(monitor), screen(monitor)._projector
        assert projector
        await monitor.until(lambda: terminal.numbers("p"))
        before, until = seen_of(terminal, view), Event()
        monkeypatch.setattr(kitty, "packed", lambda rgb: until.wait(20) and packed(rgb))
        for _ in range(3):
            before_it = projector.shots
            await monitor.press("right")
            await monitor.until(lambda: projector.shots != before_it)  # noqa: B023
        await monitor.settled()
        assert seen_of(terminal, view) == before
        until.set()
        await monitor.until(lambda: seen_of(terminal, view) != before)


async def test_the_film_strip_has_fine_tiles_and_the_lit_one_costs_nothing(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    async with start((160, 45), settings=in_kitty) as monitor:
        await monitor.press("g", "v")
        strip = screen(monitor).query_one(FilmStrip)
        await monitor.until(lambda: strip.tiles and all(strip.tiles))
        before = seen_of(terminal, strip)
        assert len(before) == len(set(strip.tiles))
        assert all(terminal.held[one].size == (114, 64) for one in before)
        assert all(terminal.held[one].columns < strip.room for one in before)
        sent = len(terminal.did)
        strip.lit = 4
        assert len(seen_of(terminal, strip) - before) == 2
        assert len(terminal.did) == sent
        await monitor.resize(100, 45)
        await monitor.until(lambda: all(tile and tile.width < 100 for tile in strip.tiles))
        assert all(terminal.held[one].columns < strip.room for one in seen_of(terminal, strip))
        most = 2 * len(strip.tiles) + 2 * len(views(monitor)) + len(["the poster"])
        await monitor.until(lambda: len(terminal.held) <= most)
        await monitor.press("v")
    assert not terminal.held


async def test_the_poster_is_fine_and_goes_with_its_task(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    async with start((120, 40), settings=in_kitty) as monitor:
        await in_detail(monitor, terminal)
        (held,) = terminal.held.values()
        assert held.size[1] == 16 * held.lines
        assert held.columns <= 40
        assert monitor.screen.poster
        assert max(monitor.screen.poster.size) == FINE_SIDE
        await monitor.press("j")
        await monitor.until(lambda: not terminal.held)
        await monitor.press("k")
        await monitor.until(lambda: seen_of(terminal, monitor.screen.detail))
    assert not terminal.held


async def test_what_is_kept_for_half_blocks_is_no_fine_poster(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    in_blocks = replace(in_kitty, screen=ScreenSettings())
    for settings, side in (
        (in_blocks, LONGEST_SIDE),
        (in_kitty, FINE_SIDE),
        (in_blocks, LONGEST_SIDE),
    ):
        async with start((120, 40), settings=settings) as monitor:
            await monitor.press("g")
            shown = monitor.screen
            await monitor.until(lambda: shown.poster)  # noqa: B023  it is awaited at once
            assert shown.poster
            assert max(shown.poster.size) == side


async def test_another_theme_another_size_and_a_dialog_leave_the_poster_as_it_is(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    saved()
    async with start((120, 40), settings=in_kitty, painted=True) as monitor:
        await in_detail(monitor, terminal)
        await monitor.settled()
        (number,) = terminal.held
        assert terminal.shown(drawn(monitor.app)) == {number}
        monitor.app.theme = "textual-light"
        await monitor.settled()
        assert terminal.shown(drawn(monitor.app)) == {number}
        await monitor.resize(160, 50)
        assert terminal.shown(drawn(monitor.app)) == {number}
        for opens in ("a", "e", "ctrl+p", "D", "s"):
            await monitor.press(opens)
            assert not monitor.on_top, opens
            assert terminal.shown(drawn(monitor.app)) == {number}, opens
            await monitor.press("escape")
            await monitor.until(lambda: monitor.on_top)
        assert terminal.shown(drawn(monitor.app)) == {number}


async def test_another_program_has_a_terminal_without_pictures_and_they_go_before_the_screen_does(
    start: Start, saved: Save, in_kitty: Config, terminal: KittyTerminal
) -> None:
    """After it the terminal would look for them among those of its normal screen."""
    saved()
    async with start((120, 40), settings=in_kitty) as monitor:
        await in_detail(monitor, terminal)
        before = dict(terminal.held)
        monitor.app.app_suspend_signal.publish(monitor.app)
        assert not terminal.held
        monitor.app.app_resume_signal.publish(monitor.app)
        assert terminal.held == before
        assert seen_of(terminal, monitor.screen.detail) == set(before)
        await monitor.app.leave(0)
        assert not terminal.held
        told = len(terminal.did)
    assert len(terminal.did) == told


async def test_the_sheet_has_the_pictures_that_are_in_view(
    start: Start,
    saved: Save,
    in_kitty: Config,
    terminal: KittyTerminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved()
    async with start(SMALL_TERMINAL, settings=in_kitty) as monitor:
        await monitor.press("g", "ctrl+a", "V")
        assert isinstance(monitor.app.screen, SheetScreen)
        grid = monitor.app.screen.query_one(TileGrid)
        await monitor.until(lambda: grid.tiles[0].picture)
        assert grid.tiles[0].picture
        assert max(grid.tiles[0].picture.size) == FINE_SIDE
        await monitor.until(lambda: len(seen_of(terminal, grid)) == 1)
        monkeypatch.setattr(SheetScreen, "publish", lambda screen: None)
        grid.tiles = tuple(many(40))
        await monitor.settled()
        for cursor in range(0, 40, 3):
            grid.cursor = cursor
            wanted = range(grid.columns, 3 * grid.columns)
            await monitor.until(lambda: len(seen_of(terminal, grid)) in wanted)  # noqa: B023
            await monitor.until(lambda: set(terminal.held) == seen_of(terminal, grid))
        assert terminal.most < 384 * 2 * SMALL_TERMINAL[0] * SMALL_TERMINAL[1]
        grid.tiles = (Tile("no picture"),)
        await monitor.until(lambda: not terminal.held)
        grid.tiles = tuple(many(40))
        await monitor.until(lambda: seen_of(terminal, grid))
        await monitor.press("escape")
        await monitor.until(lambda: monitor.on_top)
        assert not terminal.held


def many(count: int) -> list[Tile]:
    """Tiles with a picture each, all of them different."""
    return [Tile(str(n), Picture(480, 270, bytes([n]) * (480 * 270 * 3))) for n in range(count)]
