"""Read aloud or without colours: the cursor's row and an urgent link have their signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from seedance_tui.api.links import Ground, Kind, Link
from seedance_tui.core.config import Config
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.ui.drawing import glyphs
from seedance_tui.ui.drawing.spans import time_left
from tests.ui.conftest import DONE, OPEN, Start

NOW = 2_000_000_000.0
PLAIN = ScreenSettings(plain=True)


@pytest.fixture(autouse=True)
def _the_usual_signs_afterwards() -> Iterator[None]:
    yield
    glyphs.choose(ScreenSettings())


async def test_the_row_of_the_cursor_has_its_sign(start: Start, config: Config) -> None:
    async with start(settings=replace(config, screen=PLAIN)) as monitor:
        glyphs.choose(PLAIN)
        await monitor.press("j")
        assert monitor.row(OPEN).startswith(">")
        assert not monitor.row(DONE).startswith(">")
        await monitor.press("enter")
        assert monitor.row(OPEN).startswith(">"), "it stays where it was"


@pytest.mark.parametrize(
    ("left", "shown"),
    [(540, "!! 9m"), (2 * 3600 + 600, "! 2h10m"), (23 * 3600, "23h"), (3599, "!! 59m")],
)
def test_how_urgent_a_link_is_is_said_without_colours(left: float, shown: str) -> None:
    glyphs.choose(PLAIN)
    link = Link(Kind.RESULT, "https://s.example/a.mp4", NOW + left, Ground.SIGNATURE)
    entry = Entry(Watched("a", datetime.now(UTC)), links=(link,))
    assert time_left(entry, NOW)[0] == shown
