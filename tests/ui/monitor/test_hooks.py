"""When the user's own command runs: with the facts, and not before the file is there."""

import sys
from dataclasses import replace

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.hooks.runner import HookSettings
from seedance_tui.core.model.file_states import Saving
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.demo import EVERY
from seedance_tui.demo.faults import BlackHole, Expired
from tests.ui.conftest import OPEN

NOTE = """
import os, pathlib, sys
path = os.environ.get("SEEDANCE_PATH", "")
with open(sys.argv[1], "a") as file:
    print(bool(path) and pathlib.Path(path).exists(), file=file)
"""


@pytest.fixture
def told(tmp_path):
    """The file to which the command adds a line: whether it found the video."""
    return tmp_path / "told"


@pytest.fixture
def settings(config, told):
    """The command for a finished task, whose video is saved unasked."""
    hooks = HookSettings(on_success=(sys.executable, "-c", NOTE, str(told)))
    return replace(config, hooks=hooks, guard=GuardSettings((Kind.RESULT,)))


def lines(path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


async def test_a_hook_waits_for_a_video_that_is_being_saved(start, demo, settings, told):
    key = (OPEN, Kind.RESULT)
    async with start(settings=settings) as monitor:
        queue = monitor.session.files.queue
        demo.store.faults.push(EVERY, BlackHole(), times=None)
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.says(": Done")
        await monitor.until(lambda: queue.get(key) and isinstance(queue.get(key).state, Saving))
        demo.store.faults.clear()
        queue.pause([key])
        queue.resume([key])
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["True"]


async def test_a_hook_has_the_path_of_a_video_that_was_saved_at_once(start, demo, settings, told):
    async with start(settings=settings) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["True"]


async def test_a_hook_runs_too_when_the_video_cannot_be_saved(start, demo, settings, told):
    async with start(settings=settings) as monitor:
        demo.store.faults.push(EVERY, Expired(), times=None)
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["False"]


async def test_a_hook_of_what_is_not_saved_runs_at_once(start, demo, settings, told):
    async with start(settings=replace(settings, guard=GuardSettings())) as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: lines(told))
    assert lines(told) == ["False"]
