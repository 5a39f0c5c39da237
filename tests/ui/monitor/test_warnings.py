"""What is wrong with the settings is told, all of it, whatever else happens meanwhile."""

from dataclasses import replace

from seedance_tui.core.config import Config
from seedance_tui.ui.widgets.notice_line import NoticeLine
from tests.ui.conftest import Start


async def test_every_warning_has_its_time_and_comes_back_until_it_had_it(
    start: Start, config: Config
) -> None:
    settings = replace(config, warnings=("first [warning]", "second\x1b"))
    async with start(settings=settings) as monitor:
        line = monitor.screen.query_one(NoticeLine)
        await monitor.says("first [warning]")
        monitor.screen.notify_line("something else")
        await monitor.says("something else")
        for expected in ("first [warning]", "second␛", ""):
            line._clear()
            await monitor.until(lambda: monitor.notice.strip() == expected)  # noqa: B023
