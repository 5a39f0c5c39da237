"""A menu begins at what is chosen: enter changes nothing."""

from __future__ import annotations

from tests.ui.conftest import Monitor, Start


async def test_enter_in_auto_save_and_sort_changes_nothing_by_accident(start: Start) -> None:
    async with start() as monitor:
        for keys in (("A", "enter"), ("s", "enter")):
            before = (monitor.session.files.auto_saves, monitor.screen.column)
            await monitor.press("S", keys[0])
            assert "✓" in shown_in_menu(monitor)
            await monitor.press(keys[1])
            assert monitor.on_top
            assert (monitor.session.files.auto_saves, monitor.screen.column) == before
            assert monitor.notice == ""
        assert monitor.screen.reverse is False, "turned round twice, and by nothing else"


def shown_in_menu(monitor: Monitor) -> str:
    from textual.widgets import OptionList

    menu = monitor.app.screen.query_one(OptionList)
    assert menu.highlighted is not None
    return str(menu.get_option_at_index(menu.highlighted).prompt)
