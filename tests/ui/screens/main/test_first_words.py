"""What somebody reads first: without a key, in the archive, in the head, in the messages."""

from __future__ import annotations

from dataclasses import replace

from seedance_tui.core.config import Config
from seedance_tui.ui.screens.panes.messages import MessagesLine
from seedance_tui.ui.widgets.lines import Lines
from tests.ui.conftest import Start, text_of


async def test_without_a_key_head_and_hint_say_the_same(start: Start, config: Config) -> None:
    async with start(settings=replace(config, key=None), watched=False) as monitor:
        await monitor.until(lambda: "No API key" in monitor.text("#status"))
        await monitor.until(lambda: "No API key" in monitor.text("#list"))
        head, hint = (" ".join(monitor.text(part).split()) for part in ("#status", "#list"))
        for words in ("press : and choose “API key”", "or set ANYFAST_API_KEY"):
            assert words in head
            assert words in hint
        assert "start again" not in head


async def test_in_an_empty_archive_nobody_is_told_to_add_tasks(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("0")
        await monitor.until(lambda: "empty" in monitor.text("#list"))
        for key in "Xx":
            monitor.hear()
            await monitor.press(key)
            assert "Press a" not in monitor.notice, key
            assert monitor.notice.strip(), key


async def test_the_head_never_ends_with_a_bare_age(start: Start) -> None:
    async with start() as monitor:
        for width in (60, 80, 100, 109):
            await monitor.resize(width, 24)
            head = monitor.text("#status")
            assert "updated" in head or not head.rstrip().endswith("ago"), width


async def test_the_head_of_the_messages_counts_what_comes(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("M")
        before = text_of(monitor.app.screen.query_one(MessagesLine).line(0))
        monitor.screen.notify_line("2 videos lost", "bad", until_seen=True, is_news=True)
        await monitor.settled()
        line: Lines = monitor.app.screen.query_one(MessagesLine)
        assert text_of(line.line(0)) != before
        assert "1 needs you" in text_of(line.line(0))
