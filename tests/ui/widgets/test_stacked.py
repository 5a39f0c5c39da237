"""The list above its detail: it scrolls with the cursor, however low it is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual import events

from seedance_tui.demo import Demo, DemoTask, ManualClock
from seedance_tui.demo import Stage as State
from tests.ui.conftest import Monitor, Start

COUNT = 24
SIZES = ((80, 24), (119, 40), (60, 17), (100, 29))


@pytest.fixture
async def demo(clock: ManualClock) -> AsyncIterator[Demo]:
    tasks = tuple(
        DemoTask(f"asyntask_{n:032d}", f"take {n}", (State(-60, "NOT_START"),))
        for n in range(COUNT)
    )
    async with Demo(clock=clock, scenario=tasks) as demo:
        yield demo


def is_in_view(monitor: Monitor) -> bool:
    """Whether the cursor's row stands on the screen, and not below what covers it."""
    tasks, body = monitor.list, monitor.screen.query_one("#left").region
    row = tasks.region.y + tasks.place - tasks.scroll_offset.y
    return tasks.region.y <= row < min(tasks.region.bottom, body.bottom)


async def test_the_list_follows_the_cursor(start: Start) -> None:
    async with start() as monitor:
        for size in SIZES:
            await monitor.resize(*size)
            for keys in (["end"], ["home"], ["pagedown", "pagedown"], ["G"], ["g"], ["j"] * 15):
                await monitor.press(*keys)
                assert is_in_view(monitor), (size, keys)
            await monitor.press("slash", *"take", "enter", "G")
            assert is_in_view(monitor), f"the filter takes a line from the list: {size}"
            await monitor.press("escape", "end")
            assert monitor.list.place == COUNT - 1, size
            assert is_in_view(monitor), size


async def test_the_list_follows_after_many_were_added(start: Start) -> None:
    async with start(size=(80, 24)) as monitor:
        await monitor.press("pagedown")
        assert 0 < monitor.list.place < 10, "a page is what is in view"
        words = " ".join(f"asyntask_{n:032d}" for n in range(100, 130))
        monitor.app.post_message(events.Paste(words))
        await monitor.settled()
        await monitor.press("enter")
        await monitor.until(lambda: len(monitor.list.entries) == COUNT + 30)
        await monitor.press("end")
        assert is_in_view(monitor)
        await monitor.press("g", "down", "down")
        assert is_in_view(monitor)


async def test_what_there_is_room_for_is_shown(start: Start) -> None:
    async with start(size=(80, 24)) as monitor:
        assert monitor.screen.query_one("#heads").display
        await monitor.resize(80, 23)
        assert not monitor.screen.query_one("#heads").display, "the columns have heads no more"
        await monitor.resize(80, 40)
        await monitor.press("slash", *"23", "enter")
        assert monitor.list.size.height < 10, "few rows leave the room to the detail"
        assert monitor.screen.query_one("#detail").size.height > 20
        await monitor.resize(120, 40)
        await monitor.press("escape", "0")
        tabs = monitor.text("#tabs")
        assert "5 Expiring 0" in tabs, "the archive takes no name of a view"
        assert tabs.endswith("0 Archive")
