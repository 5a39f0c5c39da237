"""A video that is lost is told once, however often the program is started afterwards."""

from __future__ import annotations

from seedance_tui.demo import ManualClock
from tests.ui.conftest import DONE, Start

DAY = 86_400.0


async def test_a_loss_is_told_in_one_run_alone(start: Start, clock: ManualClock) -> None:
    async with start() as monitor:
        clock.turn(DAY + 600)
        monitor.screen._auto_save.look_after_files()
        await monitor.until(lambda: monitor.session.losses.told)
        assert monitor.session.losses.told[0].entry.id == DONE
        await monitor.says("is lost")
    async with start(watched=False) as monitor:
        await monitor.until(lambda: monitor.list.entries)
        await monitor.settled()
        assert monitor.entry(DONE).lost_at(monitor.session.now())
        assert not any("lost" in notice.full for notice in monitor.screen.said.newest_first)
        assert not monitor.session.losses.told
