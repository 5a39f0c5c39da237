"""What the monitor remembers, and what others do to its files while it runs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from seedance_tui.core.config import Config
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist import file
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import Demo, ManualClock
from tests.ui.conftest import Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"


async def test_a_start_without_a_key_shows_what_was_last_known_greyed_and_dated(
    start: Start, config: Config, clock: ManualClock
) -> None:
    async with start():
        pass
    clock.turn(7200)
    async with start(settings=replace(config, key=None), answered=False) as monitor:
        await monitor.until(lambda: "◐ Running stale" in monitor.row(OPEN))
        place = [entry.id for entry in monitor.list.entries].index(OPEN)
        assert ("◐ Running", "dim") in monitor.list.line(place)
        assert "● Done" in monitor.row(DONE)
        await monitor.press("j")
        assert "2h old" in monitor.text("#detail")


async def test_an_ended_task_of_an_earlier_run_is_not_asked_about_again(
    start: Start, demo: Demo
) -> None:
    async with start():
        pass
    demo.gateway.requests.clear()
    async with start() as monitor:
        await monitor.until(lambda: "stale" not in monitor.row(OPEN))
        asked = {request.target.rpartition("/")[2] for request in demo.gateway.requests}
        assert asked == {OPEN}


async def test_a_damaged_history_is_said_and_the_program_goes_on(
    start: Start, config: Config
) -> None:
    config.history.write_bytes(b"no database at all, and long enough to be looked at" * 100)
    async with start() as monitor:
        await monitor.says("History unavailable")
        assert "● Done" in monitor.row(DONE)


@pytest.mark.usefixtures("hurry")
async def test_a_task_added_by_hand_while_it_runs_appears(start: Start, config: Config) -> None:
    async with start() as monitor:
        with config.watchlist.open("a") as file:
            file.write('\n[[tasks]]\nid = "asyntask_by_hand"\nlabel = "by hand"\n')
        await monitor.until(lambda: "by hand" in monitor.text("#list"))
        assert monitor.list.cursor == DONE


@pytest.mark.usefixtures("hurry")
async def test_a_hand_edit_that_is_no_toml_takes_nothing_away_and_is_named(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        with config.watchlist.open("a") as file:
            file.write("\n[[tasks]]\nid = \n")
        await monitor.says("Watch list error")
        assert "line" in monitor.notice
        assert len(monitor.list.entries) == 3


@pytest.mark.usefixtures("hurry")
async def test_a_clock_that_is_hours_wrong_does_not_change_the_time_left(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    demo.gateway.server._clock = lambda: clock() + 3 * 3600
    async with start() as monitor:
        await monitor.press("R")
        await monitor.until(lambda: "20h" in monitor.row(DONE))


async def test_several_changes_made_at_once_are_all_on_the_disk_after_quitting(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("x", "x", "q")
    assert len(WatchListFile(config.watchlist).load().watched) == 1


async def test_what_a_full_disk_refuses_is_named_on_leaving(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> bool:
        raise OSError(28, "No space left on device")

    async with start() as monitor:
        monkeypatch.setattr(file, "write_whole", refuse)
        await monitor.press("x")
        await monitor.says("No space left on device")
        await monitor.app.leave(0)
        assert monitor.app.return_code == 6
        shown = " ".join(monitor.app.farewell)
        assert DONE in shown
        assert str(config.watchlist) in shown


@pytest.mark.usefixtures("hurry")
async def test_a_removal_that_was_undone_stays_undone_when_another_window_writes(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("x", "u")
        await monitor.until(lambda: len(WatchListFile(config.watchlist).load().watched) == 3)
        moment = datetime(2026, 7, 21, tzinfo=UTC)
        theirs = Change((Step(0, None, Watched("asyntask_theirs", moment)),))
        WatchListFile(config.watchlist).apply(theirs)
        await monitor.until(lambda: len(monitor.list.entries) == 4)
        assert len(WatchListFile(config.watchlist).load().watched) == 4
