"""What is typed or pasted into a field, and what of it is kept."""

import tomllib
from datetime import UTC, datetime
from typing import Any

from textual import events
from textual.app import App

from seedance_tui.core.config import Config
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.widgets.safe_input import SafeInput
from tests.ui.conftest import Monitor, Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
HOSTILE = "\x1b]0;pwned\x07\u202eabc\r\nnext"
HARMLESS = "␛]0;pwned␇abc next"


def table(config: Config, task_id: str) -> dict[str, Any]:
    tasks = tomllib.loads(config.watchlist.read_text())["tasks"]
    return next(task for task in tasks if task["id"] == task_id)


def field(monitor: Monitor) -> SafeInput:
    assert isinstance(monitor.app.focused, SafeInput)
    return monitor.app.focused


async def paste(monitor: Monitor, text: str) -> None:
    monitor.app.post_message(events.Paste(text))
    await monitor.settled()


async def test_a_paste_into_a_field_is_harmless_and_stands_where_the_cursor_is(
    start: Start,
) -> None:
    async with start() as monitor:
        for keys in (("slash",), ("e",), ("enter", "m", "slash")):  # filter, edit, search
            await monitor.press(*keys)
            field(monitor).value = "ab"
            await monitor.press("end", "left")
            await paste(monitor, HOSTILE)
            assert field(monitor).value == f"a{HARMLESS}b", keys
            assert field(monitor).cursor_position == len(HARMLESS) + 1, keys
            drawn = "".join(segment.text for segment in field(monitor).render_line(0))
            assert drawn.replace("\n", "").isprintable(), keys
            App.copy_to_clipboard(monitor.app, HOSTILE)
            field(monitor).value = ""
            await monitor.press("ctrl+v")
            assert field(monitor).value == HARMLESS, "what Textual itself has copied"
            await monitor.press("escape")


async def test_label_note_and_tags_are_kept_harmless(start: Start, config: Config) -> None:
    async with start() as monitor:
        await monitor.press("e")
        for _field in range(3):
            field(monitor).value = HOSTILE
            await monitor.press("tab")
        await monitor.press("enter")
        await monitor.until(lambda: "note" in table(config, DONE))
        kept = table(config, DONE)
        assert (kept["label"], kept["note"]) == (HARMLESS, HARMLESS)
        assert kept["tags"] == ["␛]0", "pwned␇abc next"], "a semicolon parts tags"


async def test_a_field_that_was_left_alone_keeps_what_cannot_be_shown(
    start: Start, config: Config
) -> None:
    async with start():
        pass
    before = next(one for one in WatchListFile(config.watchlist).load().watched if one.id == DONE)
    after = Watched(
        DONE,
        datetime(2026, 7, 21, tzinfo=UTC),
        before.label,
        tags=("a, b", "two\nlines"),
        note="first\nsecond " + "x" * 600,
    )
    WatchListFile(config.watchlist).apply(Change((Step(0, before, after),)))
    async with start(watched=False) as monitor:
        await monitor.until(lambda: monitor.row(DONE))
        await monitor.press("e", *" 4", "enter")
        await monitor.until(lambda: table(config, DONE)["label"].endswith(" 4"))
        kept = table(config, DONE)
        assert kept["note"] == after.note
        assert tuple(kept["tags"]) == after.tags


async def test_a_tag_that_is_added_leaves_the_others_as_they_were(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("e", "tab", *"one, two", "enter")
        await monitor.until(lambda: table(config, DONE).get("tags") == ["one", "two"])
        await monitor.press("e", "tab", *", three", "enter")
        await monitor.until(lambda: table(config, DONE)["tags"] == ["one", "two", "three"])
