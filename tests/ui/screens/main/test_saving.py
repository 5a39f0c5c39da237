"""What is said of files that were asked for, and of those that have come."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.timer import Timer

from seedance_tui.api.links import Kind
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import BlackHole
from tests.ui.conftest import Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"


async def test_d_on_marks_says_in_one_sentence_what_becomes_of_all(start: Start) -> None:
    async with start() as monitor:
        monitor.list.action_mark_all()
        await monitor.screen.run_action("download")
        assert monitor.notice.strip() == "1 file queued · 2 have no link · press w to view"
        await monitor.says("Saved: ")
        await monitor.press("d")
        assert monitor.notice.strip() == "1 already saved · 2 have no link"


async def test_d_on_one_task_that_is_saved_names_the_file(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.says("Saved: ")
        await monitor.press("d")
        assert "Already saved: " in monitor.notice


async def test_both_files_where_one_is_saved_tells_of_the_other_too(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.says("Saved: ")
        demo.store.faults.push(EVERY, BlackHole(), times=None)
        await monitor.press("D", "b")
        assert "1 file queued · 1 already saved" in monitor.notice


async def test_o_and_O_on_marks_take_the_first_and_say_so(start: Start, opened: list[str]) -> None:
    async with start() as monitor:
        await monitor.press("j", "ctrl+a", "o")
        assert "Opening the link (the first of 3)…" in monitor.notice
        await monitor.press("O")
        assert "(the first of 3)" in monitor.notice
    assert len(opened) == 2


async def test_files_that_come_together_are_told_together_by_one_timer(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as monitor:
        timers: list[object] = []
        set_timer = monitor.screen.set_timer

        def count(
            delay: float, callback: Callable[..., object] | None = None, **options: Any
        ) -> Timer:
            timers.append(callback)
            return set_timer(delay, callback, **options)

        monkeypatch.setattr(monitor.screen, "set_timer", count)
        await monitor.press("D", "b")
        await monitor.says("2 files saved")
        names = [getattr(callback, "__qualname__", "") for callback in timers]
        assert names.count("Gather._hand_on") == 1
        files = monitor.session.files.queue.saved
        assert set(files) == {(DONE, Kind.RESULT), (DONE, Kind.ORIGINAL)}
