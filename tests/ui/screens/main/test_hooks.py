"""When the user's own command runs: with the facts, and not before the file is there."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Saving
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.settings.hooks import HookSettings
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import BlackHole, Expired
from tests.ui.conftest import OPEN, Start

NOTE = """
import os, pathlib, sys
path = os.environ.get("SEEDANCE_PATH", "")
with open(sys.argv[1], "a") as file:
    print(bool(path) and pathlib.Path(path).exists(), file=file)
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """The file to which the command adds a line: whether it found the video."""
    return tmp_path / "told"


@pytest.fixture
def settings(config: Config, told: Path) -> Config:
    """The command for a finished task, whose video is saved unasked."""
    hooks = HookSettings(on_success=(sys.executable, "-c", NOTE, str(told)))
    return replace(config, hooks=hooks, guard=GuardSettings((Kind.RESULT,)))


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


async def test_a_hook_waits_for_a_video_that_is_being_saved(
    start: Start, demo: Demo, settings: Config, told: Path
) -> None:
    key = (OPEN, Kind.RESULT)
    async with start(settings=settings) as monitor:
        queue = monitor.session.files.queue
        demo.store.faults.push(EVERY, BlackHole(), times=None)
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: isinstance(monitor.file(task_id=OPEN), Saving))
        assert not monitor.entry(OPEN).is_open
        assert not lines(told)
        demo.store.faults.clear()
        queue.pause([key])
        queue.resume([key])
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["True"]


async def test_a_hook_has_the_path_of_a_video_that_was_saved_at_once(
    start: Start, demo: Demo, settings: Config, told: Path
) -> None:
    async with start(settings=settings) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["True"]


async def test_a_hook_runs_too_when_the_video_cannot_be_saved(
    start: Start, demo: Demo, settings: Config, told: Path
) -> None:
    async with start(settings=settings) as monitor:
        demo.store.faults.push(EVERY, Expired(), times=None)
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["False"]


async def test_a_hook_of_what_is_not_saved_runs_at_once(
    start: Start, demo: Demo, settings: Config, told: Path
) -> None:
    async with start(settings=replace(settings, guard=GuardSettings())) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["False"]
