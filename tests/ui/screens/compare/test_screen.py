"""The comparison: both videos at the same moment, what the keys do to them, what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual import events

from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.config import Config
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Expired
from seedance_tui.ui.screens.compare._shots import Shot, Wanted, shoot
from seedance_tui.ui.screens.compare._stage import Mode
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.versus_view import VersusView
from seedance_tui.ui.widgets.why_none import WhyNone
from tests.ui.conftest import DONE, Monitor, Start
from tests.ui.screens.compare.conftest import (
    Save,
    in_the_way,
    line,
    pictures,
    rows_of,
    screen,
    seen,
    sizes,
    views,
)


async def test_v_shows_both_videos_as_large_as_they_fit(start: Start, saved: Save) -> None:
    saved()
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        first, second = (view.picture for view in views(monitor))
        assert first
        assert second
        assert first.size == second.size
        assert first.width in (78, 79)
        assert abs(first.width / first.height - 16 / 9) < 0.05
        assert first.rgb != second.rgb
        assert line(monitor, "#place").startswith("frame 1 of 72")


async def test_a_narrow_screen_has_them_one_above_the_other(start: Start, saved: Save) -> None:
    saved()
    async with start((50, 50)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        first, second = views(monitor)
        assert first.region.x == second.region.x
        assert first.region.bottom <= second.region.y


async def test_a_tiny_screen_has_pictures_too(start: Start, saved: Save) -> None:
    saved()
    async with start((40, 12)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        assert all(isinstance(one, Picture) and one.width >= 10 for one in pictures(monitor))


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("right",), "frame 13 of 72"),
        (("right", "right", "left"), "frame 13 of 72"),
        (("full_stop", "full_stop"), "frame 3 of 72"),
        (("full_stop", "comma", "comma"), "frame 1 of 72"),
        (("end",), "frame 72 of 72"),
        (("end", "right", "full_stop"), "frame 72 of 72"),
        (("end", "home"), "frame 1 of 72"),
        (("left",), "frame 1 of 72"),
    ],
)
async def test_keys_go_through_time(
    start: Start, saved: Save, keys: tuple[str, ...], place: str
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press(*keys)
        assert line(monitor, "#place").startswith(place)


async def test_both_pictures_change_with_the_moment(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        before = pictures(monitor)
        await monitor.press("end")
        await monitor.until(
            lambda: all(a != b for a, b in zip(before, pictures(monitor), strict=True))
        )


async def test_keys_typed_before_a_video_is_open_are_not_lost(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        for key in ("g", "v", "right", "right"):
            monitor.app.simulate_key(key)
        await monitor.until(lambda: not monitor.on_top)
        await seen(monitor)
        assert line(monitor, "#place").startswith("frame 25 of 72")


async def test_zoom_crops_both_alike_and_0_shows_the_whole(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        whole = pictures(monitor)
        await monitor.press("plus", "plus", "h", "k")
        assert "zoom 2.25 ×" in line(monitor, "#place")
        crop = screen(monitor).stage.crop
        assert crop.left < (1 - crop.width) / 2
        assert crop.top < (1 - crop.height) / 2
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
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
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


@pytest.mark.parametrize(
    ("key", "mode"), [("s", Mode.SLIDER), ("f", Mode.DIFFERENCE), ("z", Mode.ALONE)]
)
async def test_both_in_one_picture_and_back(
    start: Start, saved: Save, key: str, mode: Mode
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        pair = pictures(monitor)
        await monitor.press(key)
        assert screen(monitor).stage.mode is mode
        await monitor.until(lambda: len(sizes(monitor)) == 1 and sizes(monitor)[0] > pair[0].size)
        await monitor.press(key)
        await monitor.until(lambda: pictures(monitor) == pair)


async def test_the_verdict_tells_tokens_pixels_and_sharpness(start: Start, saved: Save) -> None:
    saved()
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await monitor.until(lambda: "sharpness × " in line(monitor, "#head"))
        assert "2.25× tokens for 7.11× pixels" in line(monitor, "#head")


async def test_the_film_strip_fills_and_its_tile_of_the_moment_is_lit(
    start: Start, saved: Save
) -> None:
    saved()
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        strip = screen(monitor).query_one(FilmStrip)
        await monitor.until(lambda: strip.tiles and all(strip.tiles))
        assert strip.lit == 0
        await monitor.press("end")
        assert strip.lit == len(strip.tiles) - 1


async def test_a_frame_that_is_not_fetched_has_its_place_in_the_strip(start: Start) -> None:
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        strip = screen(monitor).query_one(FilmStrip)
        await monitor.until(lambda: strip.tiles and strip.tiles[0])
        first, last = (strip.render_line(0).crop(x, x + 1) for x in (1, 1 + 7 * strip.room))
        beside = strip.render_line(0).crop(strip.room, strip.room + 1)
        assert strip.tiles[-1] is None
        grounds = [next(iter(cell)).style for cell in (first, last, beside)]
        assert len({style.bgcolor for style in grounds if style}) == 3


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_no_line_around_the_pictures_is_cut(start: Start, saved: Save, width: int) -> None:
    saved()
    async with start((width, 30)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press("right", "plus", "plus", "plus")
        await monitor.until(lambda: "zoom" in line(monitor, "#place"))
        await monitor.until(lambda: screen(monitor)._projector.sharper)  # type: ignore[union-attr]
        assert line(monitor, "#place").endswith("×")
        assert "…" not in line(monitor, "#head")
        assert line(monitor, "#head").startswith("fruit tea")
        assert ("sharpness × " in line(monitor, "#head")) is (width != 60)


async def test_S_writes_both_frames_and_both_beside_each_other_and_replaces_nothing(
    start: Start, saved: Save, config: Config
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press("S")
        names = {f"{DONE}_0.00s.png", f"{DONE}_original_0.00s.png", f"{DONE}_0.00s_compare.png"}
        await monitor.until(lambda: names <= {p.name for p in config.download_dir.iterdir()})
        await monitor.until(lambda: "3 pictures saved: " in monitor.notice)
        before = (config.download_dir / f"{DONE}_0.00s.png").read_bytes()
        await monitor.press("S")
        second = config.download_dir / f"{DONE}_0.00s_compare (2).png"
        await monitor.until(second.exists)
        assert (config.download_dir / f"{DONE}_0.00s.png").read_bytes() == before


async def test_where_pictures_cannot_be_saved_the_reason_names_the_place(
    start: Start, saved: Save, config: Config
) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        in_the_way(config.download_dir)
        await monitor.press("S")
        await monitor.says(f"Could not save the pictures: {config.download_dir}: ")


async def test_tab_shows_the_facts_alone_and_the_pictures_again(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press("tab")
        assert not views(monitor) or not screen(monitor).query_one("#seen").display
        assert screen(monitor).query_one(VersusView).display
        await monitor.press("j", "s")
        assert screen(monitor).stage.mode is Mode.PAIR
        await monitor.press("tab")
        await seen(monitor)


async def test_links_are_looked_at_without_being_saved(start: Start, demo: Demo) -> None:
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        assert not monitor.entry(DONE).files
        assert len(demo.store.requests) >= 2


async def test_once_a_file_is_saved_it_takes_the_place_of_the_link(
    start: Start, demo: Demo
) -> None:
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
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


@pytest.mark.parametrize("kept", [8_000, 9_000, 15_000])
async def test_a_damaged_file_is_said_to_be_one_in_its_place(
    start: Start, saved: Save, kept: int
) -> None:
    path = saved()[Kind.RESULT]
    content = path.read_bytes()
    path.write_bytes(content[:kept] + bytes(len(content) - kept))
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        first, second = views(monitor)
        await monitor.until(lambda: second.words and first.picture)
        assert second.picture is None


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


@pytest.mark.parametrize(
    "settings",
    [
        ScreenSettings(pictures=PictureMode.OFF),
        ScreenSettings(ascii=True),
        ScreenSettings(plain=True),
    ],
)
async def test_where_no_picture_can_be_shown_there_are_the_facts(
    start: Start, saved: Save, config: Config, settings: ScreenSettings
) -> None:
    from seedance_tui.ui.drawing import glyphs

    saved()
    try:
        async with start((100, 30), settings=replace(config, screen=settings)) as monitor:
            await monitor.press("g", "v")
            assert not screen(monitor).query_one("#seen").display
            assert screen(monitor).query_one(VersusView).virtual_size.height > 8
            assert not why(monitor)
    finally:
        glyphs.choose(ScreenSettings())


async def test_i_shows_the_video_of_a_task_alone(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "i")
        await seen(monitor)
        assert len(pictures(monitor)) == 1
        await monitor.press("i")
        assert monitor.on_top


async def test_leaving_while_videos_are_being_opened_ends_well(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        for _ in range(5):
            for key in ("v", "right", "v"):
                monitor.app.simulate_key(key)
            await monitor.settled()
        assert monitor.on_top


async def test_portraits_have_the_facts_beside_them_and_the_strip_below(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved()
    monkeypatch.setattr("seedance_tui.ui.screens.compare.screen.shape_of", lambda clip: (720, 1280))
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        facts = screen(monitor).query_one(VersusView)
        strip = screen(monitor).query_one(FilmStrip)
        last = views(monitor)[-1]
        assert facts.region.x > last.region.right - 1
        assert facts.region.bottom <= strip.region.y
        assert strip.region.width == 160
        await monitor.press("tab")
        assert facts.region.x == 0
        assert facts.region.width == 160
        await monitor.press("tab")
        await seen(monitor)
        assert facts.region.x > 0


def dragged(monitor: Monitor, right: int, down: int, x: int) -> None:
    """Move the mouse over the first picture with its button down."""
    view = views(monitor)[0]
    view.post_message(events.MouseMove(view, x, 5, right, down, 1, False, False, False))


async def test_the_mouse_takes_the_crop_along(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press("plus", "plus")
        before = screen(monitor).stage.crop
        dragged(monitor, 6, 2, 20)
        await monitor.settled()
        after = screen(monitor).stage.crop
        assert after.left < before.left
        assert after.top < before.top


async def test_the_mouse_takes_the_line_of_the_slider_along(start: Start, saved: Save) -> None:
    saved()
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
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
