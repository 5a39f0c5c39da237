"""What lies over the monitor is drawn anew with each change below it: nothing changes there."""

from __future__ import annotations

from seedance_tui.api.links import Kind
from seedance_tui.demo import Demo, ManualClock
from tests.ui.conftest import DONE, OPEN, Start


async def test_under_a_dialog_nothing_ticks_and_nothing_is_published(
    start: Start, demo: Demo, clock: ManualClock, hurry: None
) -> None:
    async with start() as monitor:
        await monitor.press("Y")
        before = monitor.screen.now, monitor.row(OPEN)
        demo.set(OPEN, "SUCCESS")
        clock.turn(70)
        monitor.session.poller.ask_now([OPEN])
        await monitor.until(lambda: not monitor.entry(OPEN).is_open)
        await monitor.settled()
        assert (monitor.screen.now, monitor.row(OPEN)) == before
        await monitor.press("escape")
        await monitor.until(lambda: "Done" in monitor.row(OPEN))
        assert monitor.screen.now == before[0] + 70


async def test_a_pane_over_it_goes_on(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("w")
        monitor.session.files.queue.add([(DONE, Kind.RESULT)])
        await monitor.until(lambda: "saved" in str(monitor.app.screen.query_one("QueueLine").spans))  # type: ignore[attr-defined]
