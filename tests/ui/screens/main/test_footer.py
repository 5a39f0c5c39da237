"""The footer: its keys keep their places, dim where they cannot act, and follow the focus."""

from __future__ import annotations

from seedance_tui.ui.widgets.key_bar import KeyBar
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start


def labels(monitor: Monitor) -> list[str]:
    return [hint.label for hint in monitor.screen.query_one(KeyBar).hints]


def dim(monitor: Monitor) -> set[str]:
    return {h.label for h in monitor.screen.query_one(KeyBar).hints if not h.can_act}


async def test_keys_keep_their_places_from_row_to_row_and_a_dim_one_is_not_pressed_by_the_mouse(
    start: Start,
) -> None:
    async with start(size=(120, 40)) as monitor:
        monitor.list.choose(DONE)
        await monitor.settled()
        of_done, text = labels(monitor), monitor.text("#keys")
        assert not {"Copy", "Download", "Compare"} & dim(monitor)
        for task_id in (OPEN, FAIL):
            monitor.list.choose(task_id)
            await monitor.settled()
            assert labels(monitor) == of_done, task_id
            assert monitor.text("#keys").partition("?")[0] == text.partition("?")[0], task_id
            assert {"Copy", "Download", "Compare"} <= dim(monitor), task_id
            await monitor.pilot.click(KeyBar, offset=(monitor.text("#keys").index("y Copy"), 0))
            await monitor.settled()
            assert monitor.notice == "", task_id
            assert monitor.copied == [], task_id


async def test_keys_follow_the_focus(start: Start) -> None:
    async with start(size=(120, 40)) as monitor:
        assert labels(monitor)[0] == "Add"
        assert "Back" not in labels(monitor)
        await monitor.press("tab")
        assert labels(monitor)[:3] == ["Back", "Copy", "Mode"]
        await monitor.press("escape")
        assert labels(monitor)[0] == "Add"


async def test_a_full_width_sign_acts_as_the_key_it_stands_for_and_stays_as_typed_in_a_filter(
    start: Start,
) -> None:
    async with start(size=(120, 40)) as monitor:
        for key, screen in (("？", "HelpScreen"), ("：", "Palette"), ("Ｙ", "CopyScreen")):
            await monitor.press(key)
            await monitor.until(lambda: type(monitor.app.screen).__name__ == screen)  # noqa: B023
            await monitor.press("escape")
            await monitor.until(lambda: monitor.on_top)
        for slash in ("／", "、"):
            await monitor.press(slash, "？", "／")
            assert monitor.screen.query_one("#filter").has_class("-open") or monitor.app.focused
            assert getattr(monitor.app.focused, "value", "") == "？／", slash
            await monitor.press("escape")
