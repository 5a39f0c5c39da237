"""The screen as it is read aloud: words in place of signs, one thing on a line."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.geometry import Offset

from seedance_tui.core.config import Config
from seedance_tui.core.session import Session
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.demo import Demo, ManualClock
from seedance_tui.monitor import show
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.drawing import glyphs
from tests.textual_insides import drawn, is_all_drawn, writes
from tests.ui.conftest import Start, stop_the_store

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"


@pytest.fixture(autouse=True)
def _the_usual_signs_afterwards() -> Iterator[None]:
    yield
    glyphs.choose(ScreenSettings())


@pytest.fixture
def plain(config: Config) -> Config:
    return replace(config, screen=ScreenSettings(plain=True))


async def test_a_row_is_words_and_numbers_and_a_field_has_a_line_of_its_own(
    start: Start, plain: Config
) -> None:
    async with start(size=(160, 40), settings=plain, painted=True) as monitor:
        detail = monitor.screen.query_one("#detail")
        assert detail.region.x == 0, "it is below the list however wide the terminal is"
        assert detail.region.y >= monitor.list.region.bottom
        lines = [line.split() for line in monitor.lines("#detail")]
        assert ["Resolution", "480p"] in lines
        assert ["Super-resolution"] in lines
        assert ["Resolution,", "Original:", "480p"] in lines
        assert ["Resolution,", "Super-resolved:", "2k"] in lines
        await monitor.press("m", "m")
        await monitor.until(lambda: "Total" in monitor.text("#detail"))
        (run,) = (line for line in monitor.lines("#detail") if line.startswith(" Generation"))
        assert run.split() == ["Generation", "4m", "50s"], "no bar"
        await monitor.resize(120, 30)
        await monitor.press("j")
        assert " ".join(monitor.row(DONE).split()) == "fruit tea, take 3 Done 2k 5s 6m 23h"
        await monitor.press("space")
        assert monitor.row(OPEN).split() == ["marked", OPEN, "Running", "30%", "1m", "none"]


async def test_the_cursor_of_the_terminal_is_where_the_keys_act(
    start: Start, plain: Config
) -> None:
    async with start(settings=plain, painted=True) as monitor:
        detail, tasks = monitor.screen.query_one("#detail"), monitor.list
        for row in (1, 2):
            await monitor.press("j")
            assert monitor.app.cursor_position == tasks.region.offset + Offset(0, row)
        await monitor.press("g", "tab", "j")
        await monitor.until(lambda: monitor.app.cursor_position.y > detail.region.y)
        x, y = monitor.app.cursor_position - detail.content_region.offset
        assert monitor.lines("#detail")[y + detail.scroll_offset.y].split() == ["Ratio", "16:9"]
        assert x == 0
        await monitor.press("Y", "down")
        menu = monitor.app.screen.query_one("ChoiceList")
        assert monitor.app.cursor_position == menu.content_region.offset + Offset(0, 1)


async def test_a_dialog_starts_where_its_keys_act_and_leaves_list_and_detail_where_they_are(
    start: Start, demo: Demo, plain: Config
) -> None:
    stop_the_store(demo)
    async with start(settings=plain, painted=True) as monitor:
        await monitor.press("g", "d")
        for key, first in (
            ("Y", "i  ID"),
            ("s", "w  Watch list"),
            ("A", "n  Off"),
            ("question_mark", "Task"),
            ("e", "fruit tea"),
            ("a", ""),
            ("w", "fruit tea"),
        ):
            await monitor.press(key)
            assert not monitor.on_top, key
            await monitor.until(lambda: is_all_drawn(monitor.app))
            shown = [strip.text.rstrip() for strip in drawn(monitor.app)]
            row = shown[monitor.app.cursor_position.y]
            assert first in row, (key, monitor.app.cursor_position, row)
            if key == "s":
                assert any("抚仙湖日出" in line for line in shown)
                assert any(line in shown for line in monitor.lines("#detail") if line)
            await monitor.press("escape")


async def test_nothing_changes_by_the_second_and_a_line_that_changes_is_written_whole(
    start: Start, plain: Config, clock: ManualClock
) -> None:
    async with start(settings=plain, painted=True) as monitor:
        await monitor.press("g", "j")
        clock.turn(10.5 - clock() % 10)
        monitor.screen.now = clock()
        await monitor.until(lambda: is_all_drawn(monitor.app))
        before = [strip.text for strip in drawn(monitor.app)]
        for _ in range(9):
            clock.turn(1)
            monitor.screen.now = clock()
            assert [strip.text for strip in drawn(monitor.app)] == before
        with writes(monitor.app) as sent:
            clock.turn(60)
            monitor.screen.now = clock()
            await monitor.until(lambda: sent and is_all_drawn(monitor.app))
        assert re.search(r"fruit tea, take 3.*Done.*7m", "".join(sent))


async def test_the_cursor_of_the_terminal_stays_out_of_the_way_otherwise(start: Start) -> None:
    async with start() as monitor:
        before = monitor.app.cursor_position
        await monitor.press("j", "j")
        assert monitor.app.cursor_position == before


@pytest.mark.parametrize("mouse", [True, False])
def test_the_mouse_is_left_to_the_terminal_where_that_is_wanted(
    config: Config, monkeypatch: pytest.MonkeyPatch, mouse: bool
) -> None:
    asked = []
    monkeypatch.setattr(SeedanceApp, "run", lambda self, **how: asked.append(how))
    settings = replace(config, screen=ScreenSettings(mouse=mouse))
    show(Session(settings, lambda config: None), ())  # type: ignore[arg-type,return-value]
    assert asked == [{"mouse": mouse}]
