"""What answers a key has its time; news wait, and none is covered without being counted."""

from __future__ import annotations

import pytest

from seedance_tui.ui.widgets.notice_line import Notice
from tests.ui.conftest import Start

NEWS = (
    Notice("take 3: Done", "good", is_news=True),
    Notice("Links expire after 24 hours", "accent", is_news=True, until_seen=True),
    Notice("2 videos lost", "bad", is_news=True, until_seen=True),
)


@pytest.mark.parametrize("news", NEWS, ids=lambda one: one.role)
async def test_news_wait_until_an_answer_was_read(start: Start, news: Notice) -> None:
    async with start() as monitor:
        await monitor.press("y")
        await monitor.until(lambda: monitor.notice.strip())
        answer = monitor.notice
        monitor.screen.notify_line(news.text, news.role, is_news=True, until_seen=news.until_seen)
        assert monitor.screen.notices.notice
        assert monitor.notice.split("  ")[0] == answer.split("  ")[0]
        await monitor.says(news.text)


async def test_an_answer_takes_the_place_of_news_and_of_an_answer(start: Start) -> None:
    async with start() as monitor:
        monitor.screen.notify_line("2 videos lost", "bad", is_news=True)
        await monitor.says("2 videos lost")
        for text in ("copied", "copied again"):
            monitor.screen.notify_line(text)
            assert monitor.notice.strip() == text


async def test_what_an_answer_leads_to_takes_its_place_at_once(start: Start) -> None:
    async with start() as monitor:
        begun = monitor.screen.notify_line("Look is running…")
        monitor.screen.notify_line("Look: nothing there", is_news=True, instead_of=begun)
        assert monitor.notice.strip() == "Look: nothing there"


async def test_what_is_covered_and_was_to_be_seen_is_counted(start: Start) -> None:
    async with start() as monitor:
        for text in ("config.toml: error", "2 videos lost", "History unavailable"):
            monitor.screen.notify_line(text, "bad", until_seen=True, is_news=True)
        assert monitor.notice.rstrip().endswith("M 3")
