"""A gateway that fails at random, for minutes; run by hand: `python tests/benchmarks/soak.py`.

A real session with a real client watches it over the loopback. The gateway is a process of its
own, so that the memory measured is the session's.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kills import config_in
from printing import table, verdict

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.core.model.outcomes import Missed
from seedance_tui.core.model.problems import REFUSALS
from seedance_tui.core.model.store import Recorded
from seedance_tui.core.session import Session
from seedance_tui.core.watchlist.find_ids import Found
from seedance_tui.demo import Demo, DemoTask, Stage, running_demo
from seedance_tui.demo.faults import (
    Answer,
    BlackHole,
    Cut,
    EmptyBody,
    FalseLength,
    Fault,
    Html,
    Huge,
    Late,
    Raw,
    Reset,
    Slow,
)

_FORK = get_context("spawn")
_MEBIBYTE = 1024 * 1024
INTERVAL = 1.0
_SOONEST = 0.75
_GRACE = 0.15, 30.0
"""The part of the run, and the least seconds, that are left for finding the last ends."""
_GROWTH = 8.0
"""Mebibytes that the memory may grow after the first minute."""

_NOT_THERE = b'{"code":"task_not_exist","message":"task_not_exist","data":null}'
_BUSY = b'{"error":{"message":"rate limited","type":"new_api_error"}}'
FAULTS: tuple[Fault, ...] = 2 * (
    Answer(429, body=_BUSY),
    Answer(429),
    Answer(429, {"Retry-After": "1"}, _BUSY),
    Answer(408),
    Answer(500, body=b'{"error":{"message":"boom"}}'),
    Answer(503, {"Retry-After": "2"}),
    Answer(200, body=b'{"code":"success","data":null}'),
    Answer(200, body=b'{"code":"success","data":{"task_id":"asyn'),
    Answer(400, body=_NOT_THERE),
    Html(502),
    Html(503),
    EmptyBody(),
    Cut(20),
    Reset(),
    Raw(b"\x16\x03\x01 not HTTP at all"),
    FalseLength(10),
    Late(1.5),
    Late(4.0),
    Slow(2_000),
) + (Huge(6 * _MEBIBYTE), BlackHole())
"""Most of them twice as often as the two that cost most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen at one second of the run; `memory` in MiB."""

    second: int
    memory: float
    open: int


@dataclass
class Measured:
    """What the run has shown."""

    samples: list[Sample] = field(default_factory=list)
    requests: Counter[int] = field(default_factory=Counter)
    """By the second of the run."""
    misses: Counter[int] = field(default_factory=Counter)
    delays: list[float] = field(default_factory=list)
    """From the end of each task to its discovery, in seconds."""

    gaps: list[float] = field(default_factory=list)
    """Seconds between two questions about the same task, the first of which was not refused."""
    _last: dict[str, float] = field(default_factory=dict)
    _refused: dict[str, float] = field(default_factory=dict)
    """When a question about a task was refused last: the next one may come sooner."""

    def refuse(self, at: float, task_id: str) -> None:
        """Take into account that a question was refused."""
        self._refused[task_id] = at

    def note(self, at: float, path: str) -> None:
        """Take a request into account."""
        self.requests[int(at)] += 1
        is_second_try = self._refused.get(path.rpartition("/")[2], -1.0) > self._last.get(path, 0.0)
        if path in self._last and not is_second_try:
            self.gaps.append(at - self._last[path])
        self._last[path] = at

    def quicker(self) -> int:
        """Count the questions that came sooner than an interval, its jitter and the way allow."""
        return sum(gap < _SOONEST * INTERVAL for gap in self.gaps)

    def growth(self) -> float:
        """Return how much the memory has grown since the first minute, in MiB."""
        settled = [one.memory for one in self.samples if one.second >= 60] or [
            one.memory for one in self.samples[len(self.samples) // 2 :]
        ]
        return settled[-1] - settled[0]

    def rows(self) -> list[tuple[object, ...]]:
        """Return a line for each minute."""
        minutes = range(self.samples[-1].second // 60 + 1)
        return [row for minute in minutes if (row := self._row(minute))]

    def _row(self, minute: int) -> tuple[object, ...]:
        seconds = range(60 * minute, 60 * minute + 60)
        samples = [one for one in self.samples if one.second in seconds]
        if len(samples) < 10:  # the run ends
            return ()
        counts = [self.requests[second] for second in seconds][: len(samples)]
        misses = sum(self.misses[second] for second in seconds)
        mean = f"{sum(counts) / len(counts):.1f}"
        memory = f"{samples[-1].memory:.1f}"
        return minute + 1, sum(counts), mean, max(counts), misses, samples[-1].open, memory


HEAD = ("minute", "requests", "a second", "most in 1 s", "missed", "open", "MiB")


def timeline(number: int, count: int, span: float, chance: random.Random) -> DemoTask:
    """Return a task that ends somewhere in the run, spread evenly over it."""
    last = span - max(_GRACE[0] * span, _GRACE[1])
    ends = last * (0.05 + 0.95 * (number + chance.random()) / count)
    word = "FAILURE" if number % 7 == 0 else "SUCCESS"
    steps = (
        Stage(0, "NOT_START"),
        Stage(ends * 0.1, "QUEUED"),
        Stage(ends * 0.3, "IN_PROGRESS", "10%"),
        Stage(ends * 0.6, "IN_PROGRESS", "50%"),
        Stage(ends, word),
    )
    return DemoTask(f"asyntask_{number:032}", f"take {number}", steps)


def serve(given: argparse.Namespace, orders: Connection) -> None:
    """Be the gateway: tell its address, then at every order the moments of its requests."""
    chance = random.Random(given.seed)
    span = given.minutes * 60
    scenario = tuple(timeline(n, given.tasks, span, chance) for n in range(given.tasks))
    with running_demo(Demo(scenario=scenario)) as demo:
        begin = time.time()
        demo.gateway.faults.random(given.fraction, FAULTS, given.seed)
        orders.send((demo.url, demo.key, begin, {one.id: one.steps[-1].at for one in scenario}))
        while orders.recv():
            kept = demo.gateway.requests  # bounded: it is emptied every second
            drained = [kept.popleft() for _ in range(len(kept))]
            orders.send([(one.time - begin, one.path) for one in drained])


class Soak:
    """One run: the session, and what is measured of it."""

    def __init__(
        self, session: Session, orders: Connection, begin: float, ends: dict[str, float]
    ) -> None:
        self.measured = Measured()
        self._session = session
        self._orders = orders
        self._begin = begin
        self._ends = ends
        session.listen(answers=self._note)

    @property
    def still_open(self) -> list[str]:
        """The tasks whose end was not found."""
        return [entry.id for entry in self._session.store.entries if entry.is_open]

    async def run(self, seconds: float) -> None:
        """Watch for so long, or until nothing is open any more."""
        await self._session.load()
        await self._session.editor.add(Found(tuple(self._ends)))
        await self._session.connect()
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self._session.poll())
            while self.still_open and time.time() - self._begin < seconds:
                await asyncio.sleep(1)
                self._sample()
            polling.cancel()
        await self._session.close()

    def _note(self, recorded: Recorded) -> None:
        since = time.time() - self._begin
        if isinstance(recorded.outcome, Missed):
            self.measured.misses[int(since)] += 1
            problem = recorded.outcome.problem
            if problem.asks_to_slow_down or issubclass(problem.kind, REFUSALS):
                self.measured.refuse(since, recorded.outcome.id)
        elif recorded.has_ended:
            self.measured.delays.append(since - self._ends[recorded.outcome.id])

    def _sample(self) -> None:
        self._orders.send(True)
        for at, path in self._orders.recv():
            self.measured.note(at, path)
        since = int(time.time() - self._begin)
        self.measured.samples.append(Sample(since, resident(), len(self.still_open)))


def resident() -> float:
    """Return the memory that this process holds, in MiB (Linux)."""
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * 4096 / _MEBIBYTE


def soak(given: argparse.Namespace, folder: Path) -> Soak:
    """Run everything, and return what was measured."""
    orders, theirs = _FORK.Pipe()
    gateway = _FORK.Process(target=serve, args=(given, theirs), daemon=True)
    gateway.start()
    url, key, begin, ends = orders.recv()
    logging.getLogger("seedance_tui").addHandler(logging.NullHandler())
    config = replace(config_in(folder), base_url=url, interval=INTERVAL, key=ApiKey(key))
    session = Session(config, lambda config: Client(config.base_url, config.key))
    work = Soak(session, orders, begin, ends)
    try:
        asyncio.run(work.run(given.minutes * 60))
    finally:
        orders.send(False)
        gateway.join(10)
    return work


def report(work: Soak, given: argparse.Namespace) -> int:
    """Print the tables and the promises."""
    measured, left = work.measured, work.still_open
    title = f"{given.tasks} tasks, interval 1 s, {given.fraction:.0%} of the requests fail"
    table(title, HEAD, measured.rows())
    delays = sorted(measured.delays) or [0.0]
    middle, late = delays[len(delays) // 2], delays[len(delays) * 95 // 100]
    most, total = max(measured.requests.values()), sum(measured.requests.values())
    growth = f"{measured.growth():+.1f}"
    spans = [f"{seconds:.1f}" for seconds in (middle, late, delays[-1])]
    head = (
        "requests",
        "most in 1 s",
        "too soon",
        "shortest gap",
        "MiB since minute 1",
        "delay",
        "p95",
        "max",
    )
    row = (total, most, measured.quicker(), f"{min(measured.gaps):.2f}", growth, *spans)
    table("The whole run; delays from end to discovery in seconds", head, [row])
    return verdict(
        {
            "every task reached its end": not left,
            f"memory grew by less than {_GROWTH:.0f} MiB after minute 1": (
                measured.growth() < _GROWTH
            ),
            "no second has more requests than tasks, but for the jitter": most * 0.9 <= given.tasks,
            "no task is asked about twice in an interval, unless refused": not measured.quicker(),
        }
    )


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="that it lasts (default: 10)")
    parser.add_argument("--fraction", type=float, default=0.3, help="of requests that fail")
    parser.add_argument("--tasks", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of ends and faults")
    return parser.parse_args()


def main() -> int:
    """Run for the given time; 1 if a promise is broken."""
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        work = soak(given, Path(folder))
    return report(work, given)


if __name__ == "__main__":
    sys.exit(main())
