"""What is told of files beyond "saved": the link that served, what is unexpected, a full disk."""

from pathlib import Path

import pytest

from seedance_tui.api.errors import DiskFull
from seedance_tui.api.file_types import Remark
from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.downloads.queue import Queue
from seedance_tui.core.downloads.summary import QueueSummary
from seedance_tui.core.model.file_states import NotSaved, Saved, Saving
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.demo import Demo
from seedance_tui.demo.link_scenarios import LINK_SCENARIOS
from seedance_tui.ui.screens.panes.downloads import ReasonLines, summary
from tests.ui.conftest import DONE, Monitor, Start, stop_the_store, text_of


def reason(monitor: Monitor) -> str:
    lines = monitor.app.screen.query_one(ReasonLines)
    return "".join(text_of(lines.line(y)) for y in range(4)).replace(" ", "")


def detail(monitor: Monitor) -> str:
    return "".join(monitor.text("#detail").split())


async def test_the_pane_says_which_of_several_links_has_served(start: Start, demo: Demo) -> None:
    LINK_SCENARIOS["first link is nobody's"](demo, DONE)
    host = demo.store.url.removeprefix("http://")
    served = f"downloadedfromdata.data.content.video_url({host})"
    for _run in range(2):
        async with start() as monitor:
            await monitor.press("d")
            await monitor.until(lambda: isinstance(monitor.entry(DONE).file(), Saved))
            await monitor.settled()
            assert served in detail(monitor)


async def test_of_a_task_with_one_link_nothing_is_said_beyond_the_path(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saved))
        await monitor.settled()
        assert "downloadedfrom" not in detail(monitor)
        await monitor.press("w")
        assert "downloadedfromdata.result_url" in reason(monitor), "there it is one line, dim"


@pytest.mark.usefixtures("alone")
async def test_a_file_beside_another_says_so_in_detail_and_downloads(
    start: Start, config: Config
) -> None:
    config.download_dir.mkdir()
    (config.download_dir / f"{DONE}.mp4").write_bytes(b"somebody's")
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saved))
        await monitor.settled()
        file = monitor.entry(DONE).file()
        assert isinstance(file, Saved)
        assert file.remarks == (Remark.BESIDE,)
        assert "soitissavedbesidethat" in detail(monitor)
        await monitor.press("w")
        assert "soitissavedbesidethat" in reason(monitor)


def test_files_without_room_are_told_apart_from_those_whose_turn_comes() -> None:
    queue = Queue()
    keys = [(f"task{number}", Kind.RESULT) for number in range(4)]
    queue.add(keys)
    queue.take(0.0, 3)
    queue.update(keys[0], NotSaved(Problem(DiskFull, needed=9)), 0.0)
    queue.update(keys[1], Saving(1, 2), 0.0)
    queue.mark_saved(keys[2], Saved(Path("x.mp4")))
    line = text_of(summary(QueueSummary.of(queue)))
    assert "1 waiting · 1 waiting for disk space" in line


async def test_removing_a_task_whose_video_is_being_saved_says_that_this_goes_on(
    start: Start, demo: Demo, config: Config
) -> None:
    stop_the_store(demo)
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
        await monitor.press("x")
        assert "removed · u: undo · its download goes on" in monitor.notice
        demo.store.faults.clear()
        monitor.session.files.queue.pause([(DONE, Kind.RESULT)])
        monitor.session.files.queue.resume([(DONE, Kind.RESULT)])
        await monitor.says("Saved: ")
    assert (config.download_dir / f"{DONE}.mp4").exists()
