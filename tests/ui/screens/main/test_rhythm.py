"""How often the monitor looks at what changes without a word, and how long a notice stays."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.message import Message
from textual.timer import Timer

from seedance_tui.core.config import Config
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import ManualClock
from seedance_tui.ui.drawing.spans import Role
from seedance_tui.ui.messages import StoreChanged
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.notice_line import Notice, NoticeLine
from tests.test_readme_numbers import N, number
from tests.ui.conftest import DONE, Start

NEW = "asyntask_newNEWnewNEWnewNEWnewNEWnewN0004"


Turn = Callable[[float], None]


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Calls at once what the monitor would have called within so many seconds."""
    called: list[tuple[float, Callable[[], object]]] = []
    set_interval = MainScreen.set_interval

    def noted(
        self: MainScreen, interval: float, callback: Callable[[], object], **options: Any
    ) -> Timer:
        called.append((interval, callback))
        return set_interval(self, interval, callback, **options)

    def turn(seconds: float) -> None:
        for interval, callback in called:
            if interval <= seconds:
                callback()

    monkeypatch.setattr(MainScreen, "set_interval", noted)
    return turn


async def test_a_change_of_the_file_is_seen_as_soon_as_the_readme_says(
    start: Start, config: Config, turn: Turn
) -> None:
    new = Watched(NEW, datetime(2026, 7, 21, tzinfo=UTC), "by another window")
    async with start() as monitor:
        WatchListFile(config.watchlist).apply(Change((Step(3, None, new),)))
        turn(number("within ", N, " seconds") / 2)
        await monitor.until(lambda: "by another window" in monitor.row(NEW))


async def test_the_deadlines_are_looked_at_every_ten_seconds(
    start: Start, clock: ManualClock, turn: Turn
) -> None:
    async with start() as monitor:
        await monitor.until(lambda: "Refreshing" not in monitor.notice)
        entry = next(entry for entry in monitor.list.entries if entry.id == DONE)
        link = entry.link()
        assert link
        assert link.deadline
        clock.now = link.deadline - 600
        turn(10)
        await monitor.says("expires in 10m")


async def test_the_screen_shows_every_second_what_time_it_is(
    start: Start, clock: ManualClock, turn: Turn
) -> None:
    async with start() as monitor:
        before = monitor.row(DONE)
        clock.turn(5 * 60)
        turn(1)
        await monitor.until(lambda: monitor.row(DONE) != before)


async def test_an_error_stays_twice_as_long_as_another_notice(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        line = monitor.screen.query_one(NoticeLine)
        stays: list[float] = []
        set_timer = line.set_timer

        def noted(delay: float, *what: Any, **options: Any) -> Timer:
            stays.append(delay)
            return set_timer(delay, *what, **options)

        monkeypatch.setattr(line, "set_timer", noted)
        roles: tuple[Role, ...] = ("normal", "good", "warn", "bad")
        for role in roles:
            line.show(Notice("news", role))
    assert stays == [6, 6, 6, 12]


async def test_answers_that_come_together_are_one_message(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        await monitor.settled()
        posted: list[Message] = []
        post = monitor.screen.post_message

        def note(message: Message) -> bool:
            posted.append(message)
            return post(message)

        monkeypatch.setattr(monitor.screen, "post_message", note)
        entry = monitor.entry(DONE)
        assert entry.task
        for second in range(100):
            monitor.session.record(Fetched(DONE, entry.task, 2e9 + second))
        assert [type(message) for message in posted] == [StoreChanged]
        await monitor.until(lambda: monitor.screen.asked_at == 2e9 + 99)
