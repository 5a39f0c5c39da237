"""Where the cursor is: on the first row until a key is pressed, then on its task."""

from __future__ import annotations

from seedance_tui.core.settings.choices import Order
from seedance_tui.ui.widgets.filter_line import FilterLine
from tests.ui.conftest import DONE, FAIL, OPEN, Start


async def test_until_a_key_is_pressed_the_cursor_stays_on_the_first_row(start: Start) -> None:
    async with start(sort=Order.NEEDS) as monitor:
        first = monitor.list.entries[0].id
        assert monitor.list.cursor == first
        monitor.list.entries = tuple(reversed(monitor.list.entries))
        assert monitor.list.cursor != first
        assert monitor.list.place == 0


async def test_after_a_key_it_stays_on_its_task(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("t")
        monitor.list.entries = tuple(reversed(monitor.list.entries))
        assert monitor.list.cursor == DONE
        assert monitor.list.place == 2


async def test_a_new_view_begins_at_its_top_unless_it_has_the_chosen_task(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("s", "t")
        assert monitor.list.place == 0, "nobody has chosen a task yet"
        await monitor.press("s", "w", "G")
        assert monitor.list.cursor == FAIL
        await monitor.press("S")
        assert (monitor.list.cursor, monitor.list.place) == (FAIL, 0)
        await monitor.press("2")
        assert monitor.list.cursor == OPEN
        await monitor.press("1")
        assert monitor.list.place == 0, "the view had put it there, and no person"


async def test_a_filter_gives_the_place_back_and_once_all_it_shows_is_removed_counts_none(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("j")
        await monitor.press("slash", *"fruit")
        assert monitor.list.cursor == DONE
        await monitor.press("escape")
        assert (monitor.list.cursor, monitor.list.place) == (OPEN, 1)
        await monitor.press("slash", *"fruit", "enter")
        await monitor.press("escape")
        assert monitor.list.cursor == OPEN, "it was kept, and cleared then"
        await monitor.press("slash", *"fruit", "enter")
        assert "1 of 3" in monitor.screen.query_one(FilterLine).note
        await monitor.press("x")
        await monitor.until(lambda: "0 of 2" in monitor.screen.query_one(FilterLine).note)
        assert monitor.list.entries == ()


async def test_what_was_added_is_chosen(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("a", *"asyntask_new123", "enter")
        await monitor.press("2")
        assert monitor.list.cursor == "asyntask_new123"
