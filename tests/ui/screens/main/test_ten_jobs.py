"""The ten jobs of every day, in keys: what is typed as a text is not counted, enter is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo import Stage as State
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start

README = (Path(__file__).parents[4] / "README.md").read_text("utf-8")
TABLE = README.partition("## Ten jobs, in keys")[2].partition("\n## ")[0]
KEYS = {
    "see what is done": 1,
    "copy its link": 1,
    "save a batch whose tag you know": 4,
    "see why it failed": 0,
    "see whether super-resolution was worth it": 1,
    "tag and number a batch of 24": 6,
    "remove all failed": 3,
    "remove all saved": 1,
    "find one by its seed": 1,
    "get back what was removed last week": 4,
}
"""Each job, and with how many keys it is done."""
BATCH = tuple(f"asyntask_batch{number:031}" for number in range(24))


class Hand:
    """What a person presses; texts are typed and not counted."""

    def __init__(self, monitor: Monitor) -> None:
        self.monitor = monitor
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        await self.monitor.press(*keys)

    async def type(self, text: str) -> None:
        await self.monitor.press(*text)

    async def has_done(self, job: str, holds: Callable[[], object]) -> None:
        await self.monitor.until(holds)
        assert self.pressed == KEYS[job]


def shown(monitor: Monitor) -> list[str]:
    return [entry.id for entry in monitor.list.entries]


@pytest.fixture
def batch(demo: Demo) -> None:
    """A batch of 24 finished videos beside the other tasks."""
    steps = (State(-400, "NOT_START"), State(-100, "SUCCESS"))
    for number, task_id in enumerate(BATCH):
        demo.add(DemoTask(task_id, f"sea {number}", steps, seed=65774 if number == 5 else number))


async def test_see_copy_and_understand_what_is_done_and_what_failed(start: Start) -> None:
    async with start() as monitor:
        for size in ((80, 24), (120, 40), (200, 50)):
            await monitor.resize(*size)
            hand = Hand(monitor)
            await hand.has_done("see why it failed", lambda: "copyright" in monitor.row(FAIL))
        hand = Hand(monitor)
        await hand.press("y")
        await hand.has_done("copy its link", lambda: monitor.copied)
        hand = Hand(monitor)
        await hand.press("v")
        job = "see whether super-resolution was worth it"
        await hand.has_done(job, lambda: type(monitor.app.screen).__name__ == "CompareScreen")
        await monitor.press("escape")
        await monitor.until(lambda: monitor.on_top)
        hand = Hand(monitor)
        await hand.press("3")
        await hand.has_done("see what is done", lambda: shown(monitor) == [DONE])


async def test_remove_all_failed_and_all_saved(start: Start) -> None:
    async with start() as monitor:
        hand = Hand(monitor)
        await hand.press("4", "ctrl+a", "x")
        await hand.has_done("remove all failed", lambda: not monitor.session.store.get(FAIL))
        assert monitor.session.store.get(OPEN)
        await monitor.press("1", "g", "d")
        await monitor.until(lambda: monitor.entry(DONE).is_saved)
        await monitor.settled()
        hand = Hand(monitor)
        await hand.press("X")
        await hand.has_done("remove all saved", lambda: not monitor.session.store.get(DONE))
        assert monitor.session.store.get(OPEN)


async def test_find_one_of_a_batch_tag_and_number_all_and_save_them(
    start: Start, batch: None
) -> None:
    async with start() as monitor:
        hand = Hand(monitor)
        await hand.press("slash")
        await hand.type("65774")
        await hand.has_done("find one by its seed", lambda: shown(monitor) == [BATCH[5]])
        assert monitor.list.cursor == BATCH[5]
        await monitor.press("escape")
        await tag_and_number(Hand(monitor))
        await monitor.press("escape", "escape", "g")
        hand = Hand(monitor)
        await hand.press("slash")
        await hand.type("tag:ep7")
        await hand.press("enter", "ctrl+a", "d")
        jobs = monitor.session.files.queue
        job = "save a batch whose tag you know"
        await hand.has_done(job, lambda: {job.key[0] for job in jobs.jobs} == set(BATCH))


async def tag_and_number(hand: Hand) -> None:
    """Give the batch a tag, and each task of it a label with its number."""
    await hand.press("slash")
    await hand.type("sea")
    await hand.press("enter", "ctrl+a", "e")
    await hand.type("ep7")
    await hand.press("tab")
    await hand.type("wave {n}")
    await hand.press("enter")

    def is_done() -> bool:
        watched = [hand.monitor.entry(task_id).watched for task_id in BATCH]
        labels = {one.label for one in watched}
        return labels == {f"wave {n}" for n in range(1, 25)} and all(
            one.tags == ("ep7",) for one in watched
        )

    await hand.has_done("tag and number a batch of 24", is_done)


async def test_get_back_what_was_removed_last_week(start: Start, batch: None) -> None:
    async with start() as monitor:
        await monitor.press("ctrl+a", "x")
        await monitor.until(lambda: not monitor.session.store.entries)
        hand = Hand(monitor)
        await hand.press("0")
        await monitor.until(lambda: len(shown(monitor)) == 27)
        await hand.press("slash")
        await hand.type("fruit tea")
        await hand.press("enter", "X")
        job = "get back what was removed last week"
        await hand.has_done(job, lambda: monitor.session.store.get(DONE))
        assert len(monitor.session.store.entries) == 1


def test_the_readme_has_the_ten_jobs_with_their_keys() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| (\d) \|$", TABLE, re.MULTILINE)
    assert {job: int(count) for job, count in rows} == KEYS
