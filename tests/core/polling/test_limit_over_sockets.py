"""A gateway that limits requests, asked over sockets by a loop whose clock hurries."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from virtual import HurriedLoop, run

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule
from seedance_tui.demo import Demo, running_demo
from seedance_tui.demo.limit import rate_limit
from seedance_tui.demo.play import cast

SPEED = 20.0
SETTLED, END = 30.0, 75.0
"""Seconds of the loop after which is counted, and after which it ends."""


@dataclass
class Counted:
    """How often each task was answered, and what of it after the first half-minute."""

    answered: dict[str, int] = field(default_factory=dict)
    granted: int = 0
    refused: int = 0


def test_sixty_tasks_share_five_requests_a_second(tmp_path: Path) -> None:
    began = time.monotonic()
    scene, counted, loop = cast("rate limit"), Counted(), HurriedLoop(SPEED)
    demo = Demo(clock=lambda: 1e9 + (time.monotonic() - began) * SPEED, scenario=scene)
    with running_demo(demo):
        bucket = rate_limit(demo, scene[0].id)

        async def watch() -> None:
            def report(outcome: object) -> None:
                if isinstance(outcome, Fetched):
                    counted.answered[outcome.id] = counted.answered.get(outcome.id, 0) + 1

            client = Client(demo.url, ApiKey(demo.key))
            poller = Poller(Schedule(2.0), report, clock=loop.time)
            poller.watch(task.id for task in scene)
            polling = asyncio.create_task(poller.run(client))
            await asyncio.sleep(SETTLED)
            before = bucket.granted, bucket.refused
            await asyncio.sleep(END - SETTLED)
            counted.granted = bucket.granted - before[0]
            counted.refused = bucket.refused - before[1]
            polling.cancel()
            await asyncio.wait([polling])
            await client.aclose()

        run(watch(), loop)
    assert counted.answered.keys() == {task.id for task in scene}, "nobody starves"
    # Five of six without a limit; a quarter here, and more where the machine is busy and the clock
    # of the gateway hurries ahead.
    assert counted.refused <= 0.4 * (counted.granted + counted.refused)
    assert counted.granted >= 0.4 * 5 * (END - SETTLED)
