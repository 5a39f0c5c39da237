"""What goes over the line: only what changed, and a detail only where the cursor rests."""

from __future__ import annotations

import pyte
import pytest
from textual.events import Key

from seedance_tui.demo import ManualClock
from seedance_tui.ui.widgets.notice_line import Notice
from tests.textual_insides import drawn, draws_again, is_all_drawn, slow_line, writes
from tests.ui.conftest import DONE, FAIL, OPEN, Start

BELOW_MONITOR = 1
"""Screens: Textual's own, with nothing on it."""


async def test_a_menu_draws_itself_what_changes_below_it_once_and_a_terminal_of_another_size_all(
    start: Start,
) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.until(lambda: is_all_drawn(monitor.app))
        with writes(monitor.app) as sent:
            monitor.screen.post_message(Key("Y", "Y"))
            await monitor.until(lambda: "Copy from" in "".join(sent))
            await monitor.until(lambda: is_all_drawn(monitor.app))
        assert "Resolution" not in "".join(sent), "that is the detail below"
        assert sum(map(len, sent)) < 12_000
        with writes(monitor.app) as sent:
            monitor.screen.notices.show(Notice("something happened", "warn"))
            await monitor.until(lambda: "something happened" in "".join(sent))
        assert not draws_again(monitor.screen)
        with writes(monitor.app) as sent:
            await monitor.resize(110, 36)
            await monitor.until(lambda: " seedance" in "".join(sent))


async def test_a_second_that_passes_writes_only_what_it_changes(
    start: Start, clock: ManualClock
) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.until(lambda: is_all_drawn(monitor.app))
        clock.turn(1)
        with writes(monitor.app) as sent:
            monitor.screen.now = clock()
            await monitor.until(lambda: sent and is_all_drawn(monitor.app))
        assert sum(map(len, sent)) < 700
        assert "fruit tea" not in "".join(sent)


async def test_the_detail_waits_until_the_cursor_rests(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        await monitor.press("g")
        monkeypatch.setattr("seedance_tui.ui.screens.main.updates._REST", 3600)
        await monitor.press("j")
        assert monitor.list.cursor == OPEN
        monitor.screen.publisher.publish()
        assert monitor.screen.entry
        assert monitor.screen.entry.id == DONE
        monkeypatch.setattr("seedance_tui.ui.screens.main.updates._REST", 0.01)
        await monitor.press("k", "j")
        await monitor.until(lambda: monitor.screen.entry and monitor.screen.entry.id == OPEN)


async def test_closing_draws_what_was_covered_at_most_twice(start: Start) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.press("g")
        with writes(monitor.app) as sent:
            monitor.app.draw_anew()
            await monitor.until(lambda: sent and is_all_drawn(monitor.app))
        whole = sum(map(len, sent))
        for key in ("Y", "s", "A", "D", "w", "question_mark", "v"):
            await monitor.press(key)
            assert not monitor.on_top, key
            with writes(monitor.app) as sent:
                monitor.app.post_message(Key("escape", None))
                await monitor.until(lambda: monitor.on_top and sent and is_all_drawn(monitor.app))
                await monitor.settled()
            assert sum(map(len, sent)) <= 2 * whole, key


async def test_what_fills_the_screen_leaves_nothing_below_it_to_draw(start: Start) -> None:
    async with start(painted=True) as monitor:
        await monitor.press("g")
        for keys, name in (
            ("question_mark", "HelpScreen"),
            ("v", "CompareScreen"),
            ("Y l", "LinkScreen"),  # there is no way out of the full screen
            ("M", "MessagesScreen"),
        ):
            await monitor.press(*keys.split())
            await monitor.until(lambda: type(monitor.app.screen).__name__ == name)  # noqa: B023
            await monitor.until(lambda: len(monitor.app.screen_stack) == BELOW_MONITOR + 2)
            assert not monitor.app.screen.is_modal, name
            await monitor.press("escape")
            await monitor.until(lambda: monitor.on_top)


async def test_a_slow_line_gets_one_frame_for_all_that_happened_meanwhile(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.press("g")
        await monitor.until(lambda: is_all_drawn(monitor.app))
        with writes(monitor.app) as sent:
            with slow_line(monitor.app):
                for key in "jkjkjkjkjj":
                    monitor.app.post_message(Key(key, key))
                await monitor.until(lambda: monitor.list.cursor == FAIL)
                await monitor.until(
                    lambda: monitor.screen.entry and monitor.screen.entry.id == FAIL
                )
                assert sent == []
            await monitor.until(lambda: is_all_drawn(monitor.app))
        assert len(sent) == 1


KEYS = (
    "j j k space v escape Y escape w escape question_mark r u n escape escape "
    "p p z z m m m 2 1 s escape"
)


async def test_the_terminal_shows_what_was_drawn(start: Start) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.press("g")
        for size in ((120, 40), (80, 24), (40, 12)):
            await monitor.resize(*size)
            terminal = pyte.Screen(*size)
            stream = pyte.Stream(terminal)
            with writes(monitor.app) as sent:
                monitor.app.draw_anew()
                for key in KEYS.split():
                    await monitor.press(key)
                    await monitor.until(lambda: is_all_drawn(monitor.app))
                    stream.feed("".join(sent))
                    sent.clear()
                    shown = [line.rstrip() for line in terminal.display]
                    now = [strip.text.rstrip() for strip in drawn(monitor.app)]
                    assert shown == now, (size, key)
