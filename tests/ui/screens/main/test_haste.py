"""Keys typed faster than the screen can follow."""

from textual import events

from seedance_tui.demo import Demo
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.widgets.filter_line import FilterLine
from tests.ui.conftest import OPEN, Start

HASTY = {
    "two closings": ["a", "enter", "enter", "escape", "escape"],
    "a menu closed twice": ["Y", "escape", "q"],
    "a page before the palette has a list": ["colon", "pagedown", "pageup", "escape", "escape"],
    "a page before the menu has one": ["Y", "pagedown", "pageup", "escape"],
    "help and back at once": ["question_mark", "q", "escape", "f1", "escape"],
}


def typed_ahead(app: SeedanceApp, keys: list[str]) -> None:
    """Put all keys into the queue at once, as a fast hand or a slow machine does."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_no_haste_ends_the_program_or_loses_the_monitor(start: Start) -> None:
    async with start(painted=True) as monitor:
        for keys in HASTY.values():
            for _ in range(3):
                typed_ahead(monitor.app, keys)
                await monitor.pilot.pause(0.05)
            typed_ahead(monitor.app, ["escape"])
            await monitor.until(lambda: monitor.on_top)
            assert len(monitor.list.entries) == 3, keys


async def test_what_is_typed_with_the_key_that_opens_or_goes_somewhere_comes_there_whole(
    start: Start,
) -> None:
    async with start(painted=True) as monitor:
        typed_ahead(monitor.app, ["tab", "j", "tab", "j"])
        await monitor.until(lambda: monitor.list.cursor == OPEN)
        assert monitor.list.has_focus
        typed_ahead(monitor.app, ["Y", "i"])
        await monitor.until(lambda: monitor.copied)
        assert monitor.copied == [OPEN]
        typed_ahead(monitor.app, ["slash", *"xdqu"])
        await monitor.until(lambda: monitor.screen.query_one(FilterLine).text == "xdqu")
        assert monitor.app.is_running
        assert len(monitor.session.store.entries) == 3
        assert not monitor.session.files.queue.jobs
        await monitor.press("escape")
        typed_ahead(monitor.app, ["a", *"task42x", "enter"])
        await monitor.until(lambda: monitor.list.cursor == "task42x")


async def test_d_twice_at_once_downloads_once(start: Start, demo: Demo) -> None:
    async with start(painted=True) as monitor:
        demo.store.requests.clear()
        typed_ahead(monitor.app, ["d", "d"])
        await monitor.until(lambda: "saved" in monitor.row(str(monitor.list.cursor)))
        assert len(demo.store.requests) == 1


async def test_keys_typed_after_q_end_nothing_but_the_program(start: Start) -> None:
    async with start(painted=True) as monitor:
        typed_ahead(monitor.app, ["q", "a", "x", "Y", "escape", "d"])
        await monitor.until(lambda: monitor.app.return_code is not None)
        assert monitor.app.return_code == 0
