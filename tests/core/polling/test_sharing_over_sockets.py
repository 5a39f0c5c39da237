"""Two instances that watch the same tasks at a gateway on sockets, and share what they ask."""

import asyncio
from collections import Counter
from pathlib import Path

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.core.model.outcomes import Fetched, Outcome
from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule
from seedance_tui.core.polling.shared_questions import SharedQuestions
from seedance_tui.demo import Demo, DemoTask, Stage

INTERVAL = 3600.0
TASKS = tuple(f"asyntask_open{number}" for number in range(300))


class Instance:
    """One that polls until it has heard of every task."""

    def __init__(self, folder: Path, demo: Demo) -> None:
        self.heard: dict[str, Outcome] = {}
        self.shared = SharedQuestions(folder / "questions.db", demo.url, INTERVAL)
        self.poller = Poller(Schedule(INTERVAL), self._report)
        self.poller.watch(TASKS)
        self.poller.asker, self.shared.upcoming = self.shared.ask, self.poller.upcoming
        self._demo = demo
        self._all = asyncio.Event()

    def _report(self, outcome: Outcome) -> None:
        self.heard[outcome.id] = outcome
        if len(self.heard) == len(TASKS):
            self._all.set()

    async def run(self) -> None:
        async with Client(self._demo.url, ApiKey(self._demo.key)) as client:
            polling = asyncio.create_task(self.poller.run(client))
            await self._all.wait()
            polling.cancel()
            await asyncio.wait([polling])


async def test_a_flood_is_asked_once_and_both_hear_everything(tmp_path: Path) -> None:
    scene = tuple(DemoTask(one, "", (Stage(-90, "QUEUED"),)) for one in TASKS)
    async with Demo(scenario=scene) as demo:
        both = [Instance(tmp_path, demo) for _ in range(2)]
        async with asyncio.timeout(60):
            await asyncio.gather(*(one.run() for one in both))
        asked = Counter(request.segments[-1] for request in demo.gateway.requests)
    assert asked == dict.fromkeys(TASKS, 1)
    for one in both:
        assert all(isinstance(outcome, Fetched) for outcome in one.heard.values())
