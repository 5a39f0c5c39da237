"""Simulated tasks, and a gateway in virtual time that answers about them; for `pace.py`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass

from virtual import VirtualLoop

from seedance_tui.api.errors import ServerFault, Unreachable
from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task

MINUTE, HOUR = 60.0, 3600.0
EPOCH = 1_784_600_000.0
"""The Unix time at which the virtual clock stands at 0."""
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task: how many of a hundred, and the bounds of queue and run in seconds."""

    name: str
    share: int
    queue: tuple[float, float]
    run: tuple[float, float]
    model: str = "doubao-seedance-2-0-260128"


KINDS = (
    Kind("super-resolved", 40, (3, 30), (6 * MINUTE, 9 * MINUTE)),
    Kind("plain", 30, (3, 30), (2 * MINUTE, 5 * MINUTE)),
    Kind("draft", 15, (2, 15), (40, 90), "doubao-seedance-2-0-fast"),
    Kind("queued for long", 10, (20 * MINUTE, 60 * MINUTE), (2 * MINUTE, 9 * MINUTE)),
    Kind("never ending", 5, (3, 30), (NEVER, NEVER)),
)


@dataclass(frozen=True, slots=True)
class Simulated:
    """One task; moments in seconds of the virtual clock."""

    id: str
    kind: Kind
    submitted: float
    started: float
    ends: float

    def answer(self, now: float) -> Task:
        """Return what the gateway says of it at that moment."""
        words = ("QUEUED", self.started), ("IN_PROGRESS", self.ends), ("SUCCESS", NEVER)
        word = next(word for word, until in words if now < until)
        times = {"submit_time": self.submitted, "start_time": self.started}
        times |= {"finish_time": self.ends} if word == "SUCCESS" else {}
        said = {name: round(EPOCH + at) for name, at in times.items() if at <= now}
        data: dict[str, JSON] = {"task_id": self.id, "action": "generate", "status": word, **said}
        task = Task.from_json({"code": "success", "data": data | {"data": self._upstream}})
        if task is None:
            raise SystemExit("this is an answer")
        return task

    @property
    def _upstream(self) -> dict[str, JSON]:
        return {"id": f"cgt-{self.id}", "model": self.kind.model}


def tasks(count: int, over: float, chance: random.Random) -> Iterator[Simulated]:
    """Draw tasks of all kinds, submitted at random within `over` seconds."""
    kinds = chance.choices(KINDS, [kind.share for kind in KINDS], k=count)
    moments = sorted(chance.uniform(0, over) for _ in range(count))
    for number, (kind, at) in enumerate(zip(kinds, moments, strict=True)):
        started = at + chance.uniform(*kind.queue)
        ends = NEVER if kind.run[0] == NEVER else started + chance.uniform(*kind.run)
        yield Simulated(f"asyntask_{number:032}", kind, at, started, ends)


class SimulatedGateway:
    """Answers after `latency` (bounds, in seconds); `asked` holds the moments of the questions."""

    def __init__(
        self, loop: VirtualLoop, latency: tuple[float, float], chance: random.Random
    ) -> None:
        self.tasks: dict[str, Simulated] = {}
        self.asked: list[float] = []
        self.asked_of: dict[str, int] = {}
        self.back: dict[str, float] = {}
        """When the first answer came after the outage, by ID."""
        self.down: tuple[float, float] = (NEVER, NEVER)
        self.fails = 0.0
        """The part of the questions that fail at random."""
        self._loop = loop
        self._latency = latency
        self._chance = chance

    async def task(self, task_id: str) -> Task:
        """Answer, or fail."""
        asked = self._loop.time()
        self.asked.append(asked)
        self.asked_of[task_id] = self.asked_of.get(task_id, 0) + 1
        await asyncio.sleep(self._chance.uniform(*self._latency))
        if self.down[0] <= asked < self.down[1]:
            raise Unreachable("connection refused")
        if self._chance.random() < self.fails:
            raise ServerFault("bad gateway")
        if asked >= self.down[1]:
            self.back.setdefault(task_id, self._loop.time())
        return self.tasks[task_id].answer(asked)
