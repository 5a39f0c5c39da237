"""Leaving with work under way: files that are being saved, commands that run."""

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Paused, Saving
from seedance_tui.core.settings.hooks import HookSettings
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import BlackHole
from seedance_tui.ui import leaving
from seedance_tui.ui.screens.menus.quit import QuitScreen
from tests.ui.conftest import Monitor, Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
RESULT, ORIGINAL = (DONE, Kind.RESULT), (DONE, Kind.ORIGINAL)


async def begin_saving(monitor: Monitor, demo: Demo, *keys: str) -> None:
    demo.store.faults.push(EVERY, BlackHole(), times=None)
    await monitor.press(*keys)
    await monitor.until(lambda: isinstance(monitor.file(), Saving))


def go_on(monitor: Monitor, demo: Demo) -> None:
    demo.store.faults.clear()
    queue = monitor.session.files.queue
    queue.pause([RESULT])
    queue.resume([RESULT])


async def test_leaving_waits_for_no_store_that_is_silent(start: Start, demo: Demo) -> None:
    async with start() as monitor:
        await begin_saving(monitor, demo, "d")
        await monitor.until(lambda: demo.store.requests)
        began = time.monotonic()
        await monitor.app.leave(0)
        assert time.monotonic() - began < 1


async def test_q_and_ctrl_c_ask_while_something_is_saved_and_s_stays(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        await begin_saving(monitor, demo, "d")
        for key in ("q", "ctrl+c"):
            await monitor.press(key)
            assert isinstance(monitor.app.screen, QuitScreen), key
            await monitor.press("s")
            assert monitor.on_top, key
            assert monitor.app.return_code is None, key
        monitor.session.files.queue.pause([RESULT])
        await monitor.press("q", "w")
        assert isinstance(monitor.app.screen, QuitScreen), "there is nothing to wait for"
        await monitor.press("s")
        assert monitor.on_top
        monitor.session.files.queue.resume([RESULT])
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
        await monitor.press("ctrl+c", "ctrl+c")
        await monitor.until(lambda: monitor.app.return_code == 130)


async def test_leaving_when_saved_counts_what_moves_and_leaves_what_is_paused(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        await begin_saving(monitor, demo, "D", "b")
        monitor.session.files.queue.pause([ORIGINAL])
        await monitor.press("q", "w")
        assert "Quitting after 1 download finishes" in monitor.notice
        go_on(monitor, demo)
        await monitor.until(lambda: monitor.app.return_code == 0)
        assert isinstance(monitor.file(Kind.ORIGINAL), Paused)


async def test_leaving_when_saved_is_taken_back_by_staying_and_by_pausing_the_last_file(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        await begin_saving(monitor, demo, "d")
        await monitor.press("q", "w", "w", "space", "escape")
        await monitor.says("Quit cancelled")
        assert monitor.app.return_code is None
        monitor.session.files.queue.resume([RESULT])
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
        monitor.hear()
        await monitor.press("q", "w", "q", "escape")
        assert "Quit cancelled" in monitor.notice
        go_on(monitor, demo)
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        await monitor.settled()
        assert monitor.app.return_code is None


def slow_hook(folder: Path) -> HookSettings:
    """A command that says it has begun, and is done once it is let go."""
    script = (
        "import pathlib, sys, time\n"
        "here = pathlib.Path(sys.argv[1])\n"
        "(here / 'begun').touch()\n"
        "while not (here / 'go').exists(): time.sleep(0.01)\n"
        "(here / 'done').touch()\n"
    )
    return HookSettings(on_success=(sys.executable, "-c", script, str(folder)))


async def test_a_hook_that_runs_comes_to_its_end_while_one_leaves(
    start: Start, demo: Demo, config: Config, tmp_path: Path
) -> None:
    async with start(settings=replace(config, hooks=slow_hook(tmp_path))) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until((tmp_path / "begun").exists)
        leaving = asyncio.create_task(monitor.app.leave(0))
        await monitor.settled()
        (tmp_path / "go").touch()
        await leaving
    assert (tmp_path / "done").exists()


async def test_a_hook_that_does_not_end_is_ended(
    start: Start, demo: Demo, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_HOOK_SECONDS", 0.05)
    async with start(settings=replace(config, hooks=slow_hook(tmp_path))) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until((tmp_path / "begun").exists)
        await monitor.app.leave(0)
        assert monitor.app.return_code == 0
    assert not (tmp_path / "done").exists()
