"""What is wrong with the settings is told, all of it, whatever else happens meanwhile."""

from dataclasses import replace

from seedance_tui.core.config import Config
from seedance_tui.ui.widgets.notice_line import NoticeLine
from tests.ui.conftest import Start


async def test_warnings_wait_until_they_were_seen_and_are_counted(
    start: Start, config: Config
) -> None:
    settings = replace(config, warnings=("first [warning]", "second\x1b", "third"))
    async with start(settings=settings) as monitor:
        line = monitor.screen.query_one(NoticeLine)
        assert monitor.notice.split() == ["third", "M", "3"]
        monitor.screen.notify_line("1 task added")
        assert monitor.notice.split() == ["1", "task", "added", "M", "3"]
        line._clear()
        assert monitor.notice.split() == ["third", "M", "3"]
        await monitor.press("M", "M")
        line._clear()
        assert monitor.notice.strip() == ""
        assert [notice.full for notice in monitor.screen.said.newest_first[-3:]] == [
            "third",
            "second␛",
            "first [warning]",
        ]
