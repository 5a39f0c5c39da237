"""The comparison: both videos at the same moment, and what the keys do to them."""

from __future__ import annotations

import pytest
from textual import events

from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.config import Config
from seedance_tui.ui.screens.compare._shots import Shot, Wanted, shoot
from seedance_tui.ui.screens.compare._stage import Mode
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.versus_view import VersusView
from tests.ui.conftest import DONE, Monitor, Start
from tests.ui.screens.compare.conftest import (
    Save,
    closed,
    compared,
    in_the_way,
    line,
    pictures,
    rows_of,
    screen,
    seen,
    sizes,
    views,
)


async def test_v_shows_both_as_large_as_they_fit_with_a_verdict_and_a_film_strip(
    start: Start, saved: Save
) -> None:
    saved()
    async with compared(start, (160, 45)) as monitor:
        first, second = pictures(monitor)
        assert first.size == second.size
        assert first.width in (78, 79)
        assert abs(first.width / first.height - 16 / 9) < 0.05
        assert first.rgb != second.rgb
        assert line(monitor, "#place").startswith("frame 1 of 72")
        await monitor.until(lambda: "sharpness × " in line(monitor, "#head"))
        assert "2.25× tokens for 7.11× pixels" in line(monitor, "#head")
        strip = screen(monitor).query_one(FilmStrip)
        await monitor.until(lambda: strip.tiles and all(strip.tiles))
        assert strip.lit == 0
        await monitor.press("end")
        assert strip.lit == len(strip.tiles) - 1


async def test_keys_go_through_time_in_both(start: Start, saved: Save) -> None:
    saved()
    async with compared(start) as monitor:
        before = pictures(monitor)
        for keys, frame in (
            ("left", 1),
            ("right", 13),
            ("right left", 13),
            ("home", 1),
            ("full_stop full_stop", 3),
            ("comma comma comma", 1),
            ("end", 72),
            ("right full_stop", 72),
        ):
            await monitor.press(*keys.split())
            assert line(monitor, "#place").startswith(f"frame {frame} of 72"), keys
        await monitor.until(
            lambda: all(a != b for a, b in zip(before, pictures(monitor), strict=True))
        )


async def test_zoom_crops_both_alike_the_mouse_takes_it_along_and_0_shows_the_whole(
    start: Start, saved: Save
) -> None:
    saved()
    async with compared(start) as monitor:
        whole = pictures(monitor)
        await monitor.press("plus", "plus")
        centred = screen(monitor).stage.crop
        dragged(monitor, 6, 2, 20)
        await monitor.settled()
        by_mouse = screen(monitor).stage.crop
        assert by_mouse.left < centred.left
        assert by_mouse.top < centred.top
        await monitor.press("h", "k")
        assert "zoom 2.25 ×" in line(monitor, "#place")
        by_keys = screen(monitor).stage.crop
        assert by_keys.left < by_mouse.left
        assert by_keys.top < by_mouse.top
        await monitor.until(lambda: pictures(monitor)[0] != whole[0])
        await monitor.until(lambda: sizes(monitor) == [one.size for one in whole])
        await monitor.press("0")
        await monitor.until(lambda: pictures(monitor) == whole)
        assert "zoom" not in line(monitor, "#place")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every step is a quick one; tells of each picture that is decoded whether it is coarse."""
    decoded = list[bool]()

    def noting(wanted: Wanted, cancel: CancelToken) -> Shot:
        decoded.append(wanted.is_coarse)
        return shoot(wanted, cancel)

    monkeypatch.setattr("seedance_tui.ui.screens.compare._stage_pane._HURRY", 1e9)
    monkeypatch.setattr("seedance_tui.ui.screens.compare._projector.shoot", noting)
    return decoded


async def test_x_swaps_the_two_in_place_however_quickly(
    start: Start, saved: Save, hurried: list[bool]
) -> None:
    saved()
    async with compared(start) as monitor:
        before = pictures(monitor)
        await monitor.press("x")
        await monitor.until(lambda: pictures(monitor) == before[::-1])
        await monitor.press("x")
        assert pictures(monitor) == before
        count = len(hurried)
        await monitor.press("x", "s", "left_square_bracket", "left_square_bracket")
        await monitor.until(lambda: len(sizes(monitor)) == 1 and len(hurried) > count)
        assert not any(hurried)
        await monitor.press("full_stop")
        await monitor.until(lambda: any(hurried))


async def test_both_are_in_one_picture_and_back_and_i_shows_a_video_alone(
    start: Start, saved: Save
) -> None:
    saved()
    async with compared(start) as monitor:
        pair = pictures(monitor)
        for key, mode in (("s", Mode.SLIDER), ("f", Mode.DIFFERENCE), ("z", Mode.ALONE)):
            await monitor.press(key)
            assert screen(monitor).stage.mode is mode
            await monitor.until(
                lambda: len(sizes(monitor)) == 1 and sizes(monitor)[0] > pair[0].size
            )
            await monitor.press(key)
            await monitor.until(lambda: pictures(monitor) == pair)
        await closed(monitor)
        await monitor.press("i")
        await seen(monitor)
        assert len(pictures(monitor)) == 1
        await monitor.press("i")
        assert monitor.on_top


async def test_the_mouse_takes_the_line_of_the_slider_along(start: Start, saved: Save) -> None:
    saved()
    async with compared(start) as monitor:
        await monitor.press("s")
        await monitor.until(lambda: len(sizes(monitor)) == 1)
        await monitor.until(
            lambda: max(map(len, rows_of(views(monitor)[0]))) == sizes(monitor)[0][0]
        )
        dragged(monitor, 1, 0, 0)
        await monitor.settled()
        assert screen(monitor).stage.split == 0
        await monitor.press("right_square_bracket")
        assert 0 < screen(monitor).stage.split < 0.1


async def test_S_writes_both_frames_and_both_beside_each_other_and_replaces_nothing(
    start: Start, saved: Save, config: Config
) -> None:
    saved()
    async with compared(start) as monitor:
        await monitor.press("S")
        names = {f"{DONE}_0.00s.png", f"{DONE}_original_0.00s.png", f"{DONE}_0.00s_compare.png"}
        await monitor.until(lambda: names <= {p.name for p in config.download_dir.iterdir()})
        await monitor.until(lambda: "3 pictures saved: " in monitor.notice)
        before = (config.download_dir / f"{DONE}_0.00s.png").read_bytes()
        await monitor.press("S")
        second = config.download_dir / f"{DONE}_0.00s_compare (2).png"
        await monitor.until(second.exists)
        assert (config.download_dir / f"{DONE}_0.00s.png").read_bytes() == before
        in_the_way(config.download_dir)
        await monitor.press("S")
        await monitor.says(f"Could not save the pictures: {config.download_dir}: ")


async def test_tab_shows_the_facts_alone_and_the_pictures_again(start: Start, saved: Save) -> None:
    saved()
    async with compared(start) as monitor:
        await monitor.press("tab")
        assert not views(monitor) or not screen(monitor).query_one("#seen").display
        assert screen(monitor).query_one(VersusView).display
        await monitor.press("j", "s")
        assert screen(monitor).stage.mode is Mode.PAIR
        await monitor.press("tab")
        await seen(monitor)


async def test_haste_ends_well_and_loses_no_key_typed_before_a_video_is_open(
    start: Start, saved: Save
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        for key in ("g", "v", "right", "right"):
            monitor.app.simulate_key(key)
        await monitor.until(lambda: not monitor.on_top)
        await seen(monitor)
        assert line(monitor, "#place").startswith("frame 25 of 72")
        await closed(monitor)
        for _ in range(5):
            for key in ("v", "right", "v"):
                monitor.app.simulate_key(key)
            await monitor.settled()
        assert monitor.on_top


def dragged(monitor: Monitor, right: int, down: int, x: int) -> None:
    """Move the mouse over the first picture with its button down."""
    view = views(monitor)[0]
    view.post_message(events.MouseMove(view, x, 5, right, down, 1, False, False, False))
