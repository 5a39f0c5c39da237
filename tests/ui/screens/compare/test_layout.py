"""The comparison in a narrow terminal, in a tiny one, and with videos higher than wide."""

from __future__ import annotations

import pytest

from seedance_tui.core.media.picture import Picture
from seedance_tui.ui.widgets.film_strip import FilmStrip
from seedance_tui.ui.widgets.versus_view import VersusView
from tests.ui.conftest import Start
from tests.ui.screens.compare.conftest import (
    Save,
    closed,
    compared,
    line,
    pictures,
    screen,
    seen,
    views,
)


async def test_a_narrow_screen_has_them_one_above_the_other_and_a_tiny_one_has_them_too(
    start: Start, saved: Save
) -> None:
    saved()
    async with compared(start, (50, 50)) as monitor:
        first, second = views(monitor)
        assert first.region.x == second.region.x
        assert first.region.bottom <= second.region.y
        await closed(monitor)
        await monitor.resize(40, 12)
        await monitor.press("v")
        await seen(monitor)
        assert all(isinstance(one, Picture) and one.width >= 10 for one in pictures(monitor))


async def test_no_line_around_the_pictures_is_cut(start: Start, saved: Save) -> None:
    saved()
    async with compared(start, (40, 30)) as monitor:
        await monitor.press("right", "plus", "plus", "plus")
        await monitor.until(lambda: screen(monitor)._projector.sharper)  # type: ignore[union-attr]
        for width in (40, 60, 80, 120):
            await monitor.resize(width, 30)
            await monitor.until(lambda: "zoom" in line(monitor, "#place"))
            assert line(monitor, "#place").endswith("×"), width
            with_sharpness = width != 60
            await monitor.until(
                lambda: ("sharpness × " in line(monitor, "#head")) is with_sharpness  # noqa: B023
            )
            head = line(monitor, "#head")
            assert "…" not in head, width
            assert head.startswith("fruit tea"), width


async def test_portraits_have_the_facts_beside_them_and_the_strip_below(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved()
    monkeypatch.setattr("seedance_tui.ui.screens.compare.screen.shape_of", lambda clip: (720, 1280))
    async with compared(start, (160, 45)) as monitor:
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
