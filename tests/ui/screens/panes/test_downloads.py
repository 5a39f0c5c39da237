"""The downloads pane: the queue in the hand."""

import pytest
from rich.cells import cell_len

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Paused, Saved, Saving, Waiting
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Html
from seedance_tui.ui.screens.panes.downloads import QueueLine, ReasonLines
from seedance_tui.ui.widgets.download_list import DownloadList
from tests.ui.conftest import DONE, Monitor, Start, stop_the_store, text_of

RESULT, ORIGINAL = (DONE, Kind.RESULT), (DONE, Kind.ORIGINAL)


def rows(monitor: Monitor) -> list[str]:
    files = monitor.app.screen.query_one(DownloadList)
    return ["".join(text for text, role in files.line(y)) for y in range(len(files.rows))]


async def test_w_shows_the_queue_and_its_keys_act_on_a_file(
    start: Start, demo: Demo, config: Config
) -> None:
    stop_the_store(demo)
    async with start() as monitor:
        await monitor.press("D", "b")
        await monitor.until(lambda: isinstance(monitor.file(Kind.ORIGINAL), Saving))
        await monitor.press("w")
        await monitor.until(lambda: monitor.app.screen.query(DownloadList) and rows(monitor))
        assert ["result" in row for row in rows(monitor)] == [True, False]
        await monitor.press("space")
        await monitor.until(lambda: isinstance(monitor.file(), Paused))
        await monitor.press("J")
        queue = monitor.session.files.queue
        await monitor.until(lambda: [job.key for job in queue.jobs] == [ORIGINAL, RESULT])
        await monitor.press("P")
        await monitor.until(lambda: isinstance(monitor.file(Kind.ORIGINAL), Paused))
        demo.store.faults.clear()
        await monitor.press("P")
        await monitor.until(lambda: isinstance(monitor.file(), Saved))
        await monitor.until(lambda: isinstance(monitor.file(Kind.ORIGINAL), Saved))
        await monitor.press("X")
        await monitor.until(lambda: rows(monitor) == [])
        await monitor.press("w")
        assert monitor.on_top
    assert len(list(config.download_dir.glob("*.mp4"))) == 2


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_an_empty_queue_says_in_full_what_to_do(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as monitor:
        await monitor.press("w")
        pane = monitor.app.screen
        said = [
            text_of(lines.line(y))
            for lines in (pane.query_one(QueueLine), pane.query_one(ReasonLines))
            for y in range(lines.size.height)
        ]
        assert all(cell_len(line) <= size[0] for line in said)
        assert " ".join(" ".join(said).split()) == (
            "Downloads No downloads. Press d to download the task under the cursor."
        )


async def test_x_in_the_queue_cancels_and_nothing_is_left(
    start: Start, demo: Demo, config: Config
) -> None:
    stop_the_store(demo)
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
        await monitor.press("w", "x")
        await monitor.until(lambda: monitor.file() is None)
        await monitor.press("escape")
        assert "● Done  " in monitor.row(DONE)
        assert monitor.list.entries[0].id == DONE, "the task itself is still watched"
    assert list(config.download_dir.glob("*")) == []


async def test_a_page_in_the_place_of_a_video_is_told_and_tried_again(
    start: Start, demo: Demo
) -> None:
    demo.store.faults.push(EVERY, Html())
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Waiting))
        await monitor.press("w")
        assert "retrying in 1" in rows(monitor)[0]
        await monitor.press("r")
        await monitor.until(lambda: isinstance(monitor.file(), Saved))
