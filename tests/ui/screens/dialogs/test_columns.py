"""The chooser of columns: what it offers, and what becomes of it."""

from __future__ import annotations

from tests.ui.conftest import Start, heads


async def test_columns_are_chosen_on_the_screen_and_kept(start: Start) -> None:
    async with start(size=(120, 40)) as monitor:
        await monitor.press("equals_sign")
        assert type(monitor.app.screen).__name__ == "ColumnsScreen"
        await monitor.press("j", "space", "shift+down", "G", "k", "space", "enter")
        assert heads(monitor) == ["TASK", "PROGRESS", "AGE", "LINK", "NOTE"]
    async with start(size=(120, 40), watched=False) as monitor:
        await monitor.until(lambda: heads(monitor))
        assert heads(monitor) == ["TASK", "PROGRESS", "AGE", "LINK", "NOTE"]
        await monitor.press("equals_sign", "r")
        assert heads(monitor) == ["TASK", "STATUS", "PROGRESS", "AGE", "LINK"]


async def test_the_chooser_left_by_escape_changes_nothing_and_the_task_always_stays(
    start: Start,
) -> None:
    async with start(size=(120, 40)) as monitor:
        before = heads(monitor)
        await monitor.press("equals_sign", "space", "j", "space", "escape")
        assert heads(monitor) == before
        await monitor.press("equals_sign", "space", "j", "J", "enter")
        assert heads(monitor) == ["TASK", "PROGRESS", "STATUS", "AGE", "LINK"]


async def test_a_narrow_list_offers_the_columns_that_it_has_no_room_for(start: Start) -> None:
    async with start(size=(40, 12)) as monitor:
        await monitor.press("equals_sign", "enter")
        await monitor.resize(120, 40)
        assert heads(monitor) == ["TASK", "STATUS", "PROGRESS", "AGE", "LINK"]


async def test_every_column_has_words_in_the_chooser() -> None:
    from seedance_tui.ui.drawing.columns import COLUMNS
    from seedance_tui.ui.screens.dialogs import columns

    assert columns.words().keys() == COLUMNS.keys()
