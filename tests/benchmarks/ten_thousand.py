"""How fast the screen is with 10,000 tasks; run by hand: `python tests/benchmarks/ten_thousand.py`.

Times are of one run on one machine: compare the rows with one another, not with another machine's.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from seedance_tui.api.client import Client
from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.listing.views import Summary
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.session import Session
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.task_list import TaskList

COUNT = 10_000


def answer(task_id: str, status: str) -> Task:
    """An answer with a link, as for every tenth task in the list."""
    link = f"https://store.example/{task_id}.mp4?X-Tos-Date=20260721T021812Z&X-Tos-Expires=86400"
    data: JSON = {"task_id": task_id, "status": status, "progress": "50%", "result_url": link}
    task = Task.from_json({"code": "success", "data": data})
    assert task is not None
    return task


def timed(name: str, work: Callable[[], object], times: int = 1) -> None:
    """Print the milliseconds that the work takes."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    print(f"{name:<44}{(time.perf_counter() - start) / times * 1000:>10.2f} ms")


async def measure(folder: Path) -> None:
    """Print a row for each thing that a person would wait for."""
    config = Config(
        "http://127.0.0.1:9", folder / "c", folder / "w.toml", folder / "h", folder / "v"
    )
    moment = datetime(2026, 7, 21, tzinfo=UTC)
    ids = [f"asyntask_{n:032}" for n in range(COUNT)]
    change = Change(tuple(Step(n, None, Watched(i, moment)) for n, i in enumerate(ids)))
    watchlist = WatchListFile(config.watchlist)
    timed("write the watch list", lambda: watchlist.apply(change))
    timed("read the watch list", watchlist.load)

    session = Session(config, lambda c: Client(c.base_url, c.key))
    app = SeedanceApp(session)
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen_stack[-1]
        assert isinstance(screen, MainScreen)
        shown = screen.query_one(TaskList)
        while not shown.entries:
            await pilot.pause(0.005)
        print(f"{'start to all rows shown':<44}{(time.perf_counter() - start) * 1000:>10.2f} ms")
        for n, task_id in enumerate(ids):
            word = "SUCCESS" if n % 10 else "IN_PROGRESS"
            session.store.record(Fetched(task_id, answer(task_id, word), 0.0))
        timed("publish after all changed", screen.publisher.publish)
        await pilot.pause()
        entry = session.store.get(ids[3])
        assert entry is not None
        timed(
            "record one answer",
            lambda: session.store.record(
                Fetched(ids[3], answer(ids[3], "IN_PROGRESS"), time.time())
            ),
            50,
        )
        timed("publish after one changed", screen.publisher.publish, 20)
        timed("count the summary", lambda: Summary.of(session.store.entries, time.time()), 20)
        timed("repaint what changed on a tick", shown.repaint, 50)
        for key in ("j", "G", "g"):
            start = time.perf_counter()
            await pilot.press(key)
            took = (time.perf_counter() - start) * 1000
            print(f"{'key ' + key + ', until idle':<44}{took:>10.2f} ms")
        await app.leave(0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name)))
