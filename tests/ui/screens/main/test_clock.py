"""A clock that was wrong in an earlier run is checked before its times are believed."""

from datetime import UTC, datetime
from typing import Any

from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.history.history import History
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import ManualClock
from tests.ui.conftest import DONE, Start

HOUR = 3600


async def test_with_nothing_to_ask_one_question_tells_whether_the_clock_is_right_again(
    start: Start, config: Config, clock: ManualClock
) -> None:
    expires = int(clock()) + 2 * HOUR
    link = f"https://store.example/a.mp4?Expires={expires}"
    data: dict[str, Any] = {"task_id": DONE, "status": "SUCCESS", "result_url": link}
    task = Task.from_json({"code": "success", "data": data})
    assert task is not None
    watched = Watched(DONE, datetime(2026, 7, 21, tzinfo=UTC))
    WatchListFile(config.watchlist).apply(Change((Step(0, None, watched),)))
    History(config.history).record([(DONE, task, clock())], 5 * HOUR)
    async with start(watched=False) as monitor:
        await monitor.until(lambda: monitor.session.client and monitor.session.store.entries)
        await monitor.until(lambda: monitor.session.now() == clock())
        await monitor.until(lambda: "23h" in monitor.row(DONE))
        assert len(monitor.demo.gateway.requests) == 1
    assert History(config.history).clock_skew() == 0
