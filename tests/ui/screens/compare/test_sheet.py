"""The contact sheet: many tasks, a picture each, to choose among them."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Thread, current_thread, main_thread

import pytest
from textual.geometry import Size
from textual.strip import Strip

from seedance_tui.core.config import Config
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.drawing.half_blocks import half_blocks
from seedance_tui.ui.screens.compare._sheet_file import Labelled, write_sheet
from seedance_tui.ui.screens.compare.screen import CompareScreen
from seedance_tui.ui.screens.compare.sheet import SheetScreen
from seedance_tui.ui.widgets.tile_grid import Tile, TileGrid, tile_size
from seedance_tui.ui.widgets.why_none import WhyNone
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start
from tests.ui.screens.compare.conftest import Save, in_the_way, rows_of


def tiles(monitor: Monitor) -> tuple[Tile, ...]:
    return monitor.app.screen.query_one(TileGrid).tiles


def picks(config: Config) -> dict[str, bool | None]:
    return {one.id: one.pick for one in WatchListFile(config.watchlist).load().watched}


async def sheet(monitor: Monitor) -> None:
    """Open the sheet of all tasks."""
    await monitor.press("g", "ctrl+a", "V")
    assert isinstance(monitor.app.screen, SheetScreen)


async def test_a_saved_video_is_a_picture_and_what_is_not_saved_is_not_fetched(
    start: Start, saved: Save, config: Config
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        asked = len(monitor.demo.store.requests)
        await sheet(monitor)
        await monitor.until(lambda: tiles(monitor)[0].picture and tiles(monitor)[1].words)
        assert [tile.name for tile in tiles(monitor)][:2] == ["fruit tea, take 3", OPEN]
        assert tiles(monitor)[2].picture is None
        assert len(monitor.demo.store.requests) == asked
        await monitor.press("S")
        await monitor.until(lambda: "Sheet saved" in monitor.notice)
        (page,) = config.download_dir.glob("sheet-*.html")
        assert page.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
        assert "fruit tea, take 3" in page.read_text(encoding="utf-8")
        in_the_way(config.download_dir)
        await monitor.press("S")
        await monitor.says(f"Could not save the pictures: {config.download_dir}: ")


async def test_f_fetches_a_little_of_what_is_not_saved_and_the_others_say_what_they_are(
    start: Start,
) -> None:
    async with start((120, 40)) as monitor:
        await sheet(monitor)
        await monitor.until(lambda: all(tile.words for tile in tiles(monitor)))
        assert tiles(monitor)[0].picture is None
        assert [tile.words for tile in tiles(monitor)[1:]] == ["not finished yet", "Failed"]
        await monitor.press("right", "f")
        await monitor.until(lambda: tiles(monitor)[0].picture)
        assert [tile.words for tile in tiles(monitor)[1:]] == ["not finished yet", "Failed"]
        assert not monitor.entry(DONE).files


async def test_v_on_three_marked_tasks_is_the_sheet_too_and_on_two_compares_them(
    start: Start,
) -> None:
    async with start((120, 40)) as monitor:
        await monitor.press("g", "ctrl+a", "v")
        await monitor.until(lambda: isinstance(monitor.app.screen, SheetScreen))
        await monitor.press("escape")
        await monitor.until(lambda: monitor.on_top)
        await monitor.press("escape", "g", "space", "space", "v")
        await monitor.until(lambda: isinstance(monitor.app.screen, CompareScreen))
        await monitor.press("tab")


async def test_one_that_is_closed_while_its_pictures_are_made_ends_well(
    start: Start, saved: Save
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        for _ in range(5):
            for key in ("V", "f", "escape", "plus", "V", "right", "escape"):
                monitor.app.simulate_key(key)
            await monitor.settled()
        await monitor.until(lambda: monitor.on_top)
        await sheet(monitor)
        closing = monitor.app.screen
        closing.add_class("-closing")
        assert closing.check_action("pick", (1,)) is False, "whatever was typed ahead"


async def test_picks_and_rejections_are_written_into_the_watch_list(
    start: Start, config: Config
) -> None:
    async with start((120, 40)) as monitor:
        await sheet(monitor)
        await monitor.press("plus", "right", "minus")
        assert picks(config) == {DONE: True, OPEN: False, FAIL: None}
        assert [tile.sign for tile in tiles(monitor)] == ["+", "-", ""]
        await monitor.press("minus")
        assert picks(config)[OPEN] is None
        await monitor.press("u")
        assert picks(config)[OPEN] is False
        await monitor.press("U")
        assert picks(config)[OPEN] is None
        await monitor.press("escape")
        assert "+ fruit t" in monitor.row(DONE)
        await monitor.press("slash", *"pick:yes", "enter")
        assert [entry.id for entry in monitor.list.entries] == [DONE]
        await monitor.press("escape", "u")


async def test_blind_hides_the_names_until_one_is_picked(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(random, "shuffle", lambda ids: ids.reverse())
    async with start((120, 40)) as monitor:
        await sheet(monitor)
        await monitor.press("B")
        assert [tile.name for tile in tiles(monitor)] == ["A", "B", "C"]
        await monitor.press("minus")
        assert [tile.sign for tile in tiles(monitor)] == ["", "", ""]
        await monitor.press("right", "right", "plus")
        assert picks(config)[DONE] is True
        assert [tile.name for tile in tiles(monitor)][-1] == "fruit tea, take 3"


async def test_a_name_stands_below_its_picture_and_the_cursor_goes_from_tile_to_tile(
    start: Start, saved: Save
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await sheet(monitor)
        await monitor.until(lambda: tiles(monitor)[0].picture)
        grid = monitor.app.screen.query_one(TileGrid)
        for size in ((40, 12), (80, 24), (120, 40)):
            await monitor.resize(*size)
            await monitor.until(lambda: any("▀" in line for line in rows_of(grid)))
            lines = rows_of(grid)
            assert any("fruit tea" in line for line in lines), size
            await monitor.press("right")
            lines = rows_of(grid)
            assert any(OPEN[-6:] in line for line in lines), size
            await monitor.press("left")
        await monitor.resize(70, 30)
        assert grid.columns == 2
        for key, cursor in (("left", 0), ("right", 1), ("right", 2), ("down", 2), ("up", 0)):
            await monitor.press(key)
            assert grid.cursor == cursor, key


@pytest.mark.parametrize("name", ["<script>x</script>", '"><img src=x>', "a & b", "抚仙湖"])
def test_a_name_is_text_on_the_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sheet.png"
    write_sheet(path, "sheet", [Labelled(Picture(2, 2, b"\0" * 12), name)], 1)
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert page.count("<img") == 1
    assert page.count("<figcaption>") == 1


def test_few_are_large_and_many_are_seen_at_once_where_that_is_of_use() -> None:
    screen = Size(120, 37)
    few, more, many = (tile_size(screen, count) for count in (2, 6, 90))
    assert few.width > more.width > many.width
    assert (few.width + 2) * 2 <= screen.width + 2
    assert (more.lines + 2) * 2 <= screen.height + 1


def test_eighty_columns_have_three_beside_each_other_in_two_rows() -> None:
    tile = tile_size(Size(79, 22), 20)
    assert 3 * (tile.width + 2) <= 79 + 1
    assert 2 * (tile.lines + 2) <= 22 + 1


async def test_a_rejected_name_alone_is_struck_through(start: Start) -> None:
    async with start((120, 40)) as monitor:
        await sheet(monitor)
        await monitor.press("minus", "right")
        grid = monitor.app.screen.query_one(TileGrid)
        await monitor.until(lambda: any("- fruit tea" in line for line in rows_of(grid)))
        cells = [cell for y in range(grid.size.height) for cell in grid.render_line(y)]
        struck = [cell.text for cell in cells if cell.style and cell.style.strike]
        assert struck == ["- fruit tea, take 3"]


async def test_what_fills_a_large_terminal_is_drawn_outside_the_loop(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    drew = list[tuple[int, Thread]]()

    def noted(rgb: bytes, width: int, height: int) -> list[Strip]:
        drew.append((width, current_thread()))
        return half_blocks(rgb, width, height)

    saved()
    async with start((400, 110)) as monitor:
        await sheet(monitor)
        monkeypatch.setattr("seedance_tui.ui.drawing.half_blocks.half_blocks", noted)
        monkeypatch.setattr(SheetScreen, "publish", lambda screen: None)
        grid = monitor.app.screen.query_one(TileGrid)
        grid.tiles = tuple(Tile(str(n), Picture(192, 108, bytes([n]) * 62_208)) for n in range(30))
        await monitor.until(lambda: len(drew) >= 30)
        assert all("▀" in line for line in rows_of(grid)[:10])
        await monitor.press("enter")
        await monitor.until(lambda: any(width > 300 for width, _thread in drew))
    assert not [width for width, thread in drew if width > 50 and thread is main_thread()]


async def test_without_the_extra_the_one_command_is_said_once(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.ui.terminal.pictures.has_preview", lambda: False)
    async with start((40, 24)) as monitor:
        await sheet(monitor)
        why = monitor.app.screen.query_one(WhyNone)
        for width in (40, 80):
            await monitor.resize(width, 24)
            await monitor.until(lambda: why.size.height)
            lines = [why.render_line(y).text for y in range(why.size.height)]
            shown = "".join("".join(lines).split())
            assert "pipinstall'seedance-tui[preview]'" in shown, width
        assert not any(tile.words for tile in tiles(monitor))
        assert [tile.name for tile in tiles(monitor)][:1] == ["fruit tea, take 3"]
