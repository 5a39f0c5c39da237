"""The downloads pane: help, palette and news are there as in the monitor."""

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.model.file_states import Saving
from seedance_tui.demo import Demo
from seedance_tui.ui.screens.dialogs.help import HelpLines, HelpScreen
from seedance_tui.ui.screens.dialogs.palette import Palette
from seedance_tui.ui.screens.panes.downloads import DownloadsScreen
from seedance_tui.ui.terminal import opener
from seedance_tui.ui.textual_private import bindings_of
from seedance_tui.ui.widgets.lines import Lines
from seedance_tui.ui.widgets.notice_line import NoticeLine
from tests.ui.conftest import Monitor, Start, stop_the_store

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
RESULT = (DONE, Kind.RESULT)


def text_of(lines: Lines) -> str:
    rows = (lines.line(y) for y in range(lines.virtual_size.height))
    return "\n".join("".join(text for text, role in row) for row in rows)


def said(monitor: Monitor) -> str:
    return text_of(monitor.app.screen.query_one(NoticeLine))


async def open_pane(monitor: Monitor, demo: Demo) -> None:
    stop_the_store(demo)
    await monitor.press("d")
    await monitor.until(lambda: isinstance(monitor.file(), Saving))
    await monitor.press("w")
    assert isinstance(monitor.app.screen, DownloadsScreen)


async def test_help_in_the_pane_lists_every_action_of_the_pane(start: Start, demo: Demo) -> None:
    async with start() as monitor:
        await open_pane(monitor, demo)
        wanted = [binding.tooltip for binding in bindings_of(monitor.app.screen)]
        for key in ("question_mark", "f1"):
            await monitor.press(key)
            assert isinstance(monitor.app.screen, HelpScreen)
            shown = text_of(monitor.app.screen.query_one(HelpLines))
            assert [words for words in wanted if words not in shown] == []
            await monitor.press("escape")
            assert isinstance(monitor.app.screen, DownloadsScreen)


async def test_the_palette_in_the_pane_finds_its_actions(start: Start, demo: Demo) -> None:
    async with start() as monitor:
        await open_pane(monitor, demo)
        for key in ("colon", "ctrl+p"):
            await monitor.press(key)
            assert isinstance(monitor.app.screen, Palette)
            await monitor.press("escape")
        await monitor.press("colon", *"retry all", "enter")
        await monitor.until(lambda: isinstance(monitor.app.screen, DownloadsScreen))


async def test_what_the_pane_has_to_say_is_said_in_it(
    start: Start, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opener, "open_outside", lambda target, environ: "no luck")
    async with start() as monitor:
        await open_pane(monitor, demo)
        await monitor.press("o")
        assert "Not saved yet" in said(monitor)
        demo.store.faults.clear()
        await monitor.press("r", "space", "space")
        monitor.hear()
        await monitor.until(lambda: "Saved: " in said(monitor))
        await monitor.press("o")
        assert ": no luck" in said(monitor)
        assert "no luck" in monitor.notice
