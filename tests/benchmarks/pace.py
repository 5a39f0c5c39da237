"""Our pace against a fixed interval of 15 s; run by hand: `python tests/benchmarks/pace.py`.

The real `Poller`, with the real `Schedule` or one that knows nothing but the interval, asks a
simulated gateway in virtual time. A delay is from the end of a task to the question that finds it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gateway_model import EPOCH, HOUR, KINDS, MINUTE, NEVER, Simulated, SimulatedGateway, tasks
from printing import table, verdict
from virtual import VirtualLoop, run

from seedance_tui.core.model.outcomes import Fetched, Outcome
from seedance_tui.core.model.run_times import RunTimes
from seedance_tui.core.polling.interval_factor import interval_factor
from seedance_tui.core.polling.poller import AT_ONCE, Poller
from seedance_tui.core.polling.schedule import Schedule

INTERVAL = 15.0
_SETTLED = MINUTE
"""Until then the first questions may come close together."""
_OUTAGES = (60, 600, 610, 620)
"""Seconds; the last three end at even steps of the 30 s between two probes."""
_LEARNED = 40
"""Tasks of earlier days, from the history."""


class FixedInterval(Schedule):
    """Asks about every open task once per interval, whatever comes of it."""

    def answered(
        self,
        outcome: Outcome,
        asked_at: float,
        now: float,
        intervals: float = 1.0,
        *,
        goes_on: bool | None = None,
    ) -> None:
        """Plan the next question, or none."""
        if isinstance(outcome, Fetched) and not outcome.task.status.is_open:
            self.forget(outcome.id)
        else:
            self._again(outcome.id, max(now, asked_at + self.interval))


@dataclass
class Scenario:
    """What happens; moments and spans in seconds."""

    name: str
    tasks: Sequence[Simulated]
    until: float
    outage: tuple[float, float] = (NEVER, NEVER)
    suspended: tuple[float, float] = (NEVER, 0.0)
    """When, and for how long."""
    fails: float = 0.0
    """The part of the questions that fail at random."""


@dataclass
class Result:
    """What was measured in one run."""

    scenario: Scenario
    asked: Sequence[float]
    asked_of: dict[str, int]
    found: dict[str, float]
    """When the question was asked that found the end, by ID."""
    back: dict[str, float] = field(default_factory=dict)
    """When the first answer came after the outage, by ID."""

    @property
    def per_second(self) -> Counter[int]:
        """Questions in each second."""
        return Counter(map(int, self.asked))

    def highest(self, begin: float = 0.0, end: float = NEVER) -> int:
        """Return the most questions in one second of a span."""
        return max((n for at, n in self.per_second.items() if begin <= at < end), default=0)

    def delays(self, kind: str = "") -> list[float]:
        """Return the seconds from end to discovery, outage and sleep not counted."""
        asleep, span = self.scenario.suspended
        blind = self.scenario.outage if span == 0 else (asleep, asleep + span)
        return sorted(
            _since(one.ends, self.found[one.id], blind)
            for one in self.scenario.tasks
            if one.id in self.found and kind in ("", one.kind.name)
        )

    @property
    def asked_in_outage(self) -> int:
        """Count the questions that could have no answer."""
        begin, end = self.scenario.outage
        return sum(begin <= at < end for at in self.asked)

    @property
    def recovered(self) -> list[float]:
        """Return the seconds that each task waited for its first answer after the outage."""
        end = self.scenario.outage[1]
        open_then = (one.id for one in self.scenario.tasks if self.found.get(one.id, NEVER) > end)
        return sorted(self.back.get(task_id, NEVER) - end for task_id in open_then)

    def missed(self) -> int:
        """Count the tasks whose end was due to be found, and was not."""
        due = self.scenario.until - 5 * MINUTE
        return sum(one.ends < due and one.id not in self.found for one in self.scenario.tasks)


def _since(ended: float, found: float, blind: tuple[float, float]) -> float:
    begin, end = blind
    return found - (max(ended, end) if ended < end <= found and found > begin else ended)


class Watcher:
    """The poller as the session uses it: patience from learned run times, a plan per change."""

    def __init__(self, pace: Schedule, loop: VirtualLoop, gateway: SimulatedGateway) -> None:
        self.found: dict[str, float] = {}
        self._loop = loop
        self._gateway = gateway
        self._open: dict[str, None] = {}
        self._times = RunTimes()
        self._poller = Poller(
            pace, self._report, interval_factor=self._patience, clock=loop.time, now=self._now
        )

    def learn(self, earlier: Sequence[Simulated]) -> None:
        """Take over what the history knows."""
        for one in earlier:
            self._times.learn(one.answer(one.ends))

    async def watch(self, scenario: Scenario) -> None:
        """Ask until the scenario is over."""
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self._poller.run(self._gateway))
            for one in scenario.tasks:
                if one.submitted > self._loop.time():
                    await asyncio.sleep(one.submitted - self._loop.time())
                self._gateway.tasks[one.id] = one
                self._open[one.id] = None
                self._poller.watch(self._open)
            await asyncio.sleep(max(0.0, scenario.until - self._loop.time()))
            polling.cancel()

    def _now(self) -> float:
        return EPOCH + self._loop.time()

    def _patience(self, outcome: Outcome) -> float:
        if not isinstance(outcome, Fetched):
            return 1.0
        return interval_factor(outcome.task, outcome.at, self._times.usual(outcome.task))

    def _report(self, outcome: Outcome) -> None:
        if isinstance(outcome, Fetched) and not outcome.task.status.is_open:
            self.found[outcome.id] = self._loop.time()
            self._times.learn(outcome.task)
            self._open.pop(outcome.id, None)
            self._poller.watch(self._open)


def simulate(
    scenario: Scenario, make: Callable[[float], Schedule], given: argparse.Namespace
) -> Result:
    """Run one scenario with one pace."""
    loop, chance = VirtualLoop(), random.Random(given.seed)
    random.seed(given.seed)
    gateway = SimulatedGateway(loop, (given.latency / 2, given.latency * 3 / 2), chance)
    gateway.down, gateway.fails = scenario.outage, scenario.fails
    watcher = Watcher(make(INTERVAL), loop, gateway)
    watcher.learn([one for one in tasks(_LEARNED, HOUR, chance) if one.ends < NEVER])
    asleep, span = scenario.suspended
    if span:
        loop.call_at(asleep, lambda: setattr(loop, "moment", asleep + span))
    run(watcher.watch(scenario), loop)
    return Result(scenario, gateway.asked, gateway.asked_of, watcher.found, gateway.back)


def scenarios(seed: int) -> list[Scenario]:
    """Return what is compared."""
    chance = random.Random(seed)
    crowd = list(tasks(500, 0, chance))
    return [
        Scenario("a working day: 400 tasks", list(tasks(400, 6 * HOUR, chance)), 9 * HOUR),
        Scenario("10,000 watched, 500 open", crowd, HOUR),
        *(
            Scenario(
                f"outage of {span} s, 500 open",
                crowd,
                HOUR / 2,
                outage=(5 * MINUTE, 5 * MINUTE + span),
            )
            for span in _OUTAGES
        ),
        Scenario("30 % of the answers are a 502, 500 open", crowd, HOUR, fails=0.3),
        Scenario("asleep for 8 h, 500 open", crowd, 9 * HOUR, suspended=(5 * MINUTE, 8 * HOUR)),
    ]


def row(name: str, result: Result) -> tuple[object, ...]:
    """Return a line of the first table."""
    delays, asked = result.delays(), len(result.asked)
    return (
        name,
        f"{asked:,}",
        f"{asked / len(result.scenario.tasks):.0f}",
        f"{statistics.mean(delays):.1f}",
        f"{delays[len(delays) * 95 // 100]:.1f}",
        f"{delays[-1]:.1f}",
        result.highest(),
        result.highest(_SETTLED),
        result.missed(),
    )


HEAD = ("", "requests", "a task", "delay", "p95", "max", "most in 1 s", "later", "missed")


def kind_rows(results: Sequence[Result]) -> list[tuple[object, ...]]:
    """Return requests a task and delays by kind of task, for each pace."""
    rows: list[tuple[object, ...]] = []
    for kind in KINDS:
        cells: list[object] = []
        for result in results:
            ids = [one.id for one in result.scenario.tasks if one.kind is kind]
            delays = result.delays(kind.name) or [0.0]
            asked = sum(result.asked_of.get(task_id, 0) for task_id in ids) / len(ids)
            cells += [f"{asked:.0f}", f"{statistics.mean(delays):.1f}", f"{delays[-1]:.1f}"]
        rows.append((kind.name, *cells))
    return rows


def show(scenario: Scenario, results: Mapping[str, Result]) -> None:
    """Print what was measured of one scenario."""
    table(scenario.name, HEAD, [row(name, result) for name, result in results.items()])
    if scenario.outage[0] < NEVER:
        head = ("", "requests in it", "first answer after", "mean", "last task after")
        table("  the outage (seconds)", head, [_outage_row(n, r) for n, r in results.items()])
    if span := scenario.suspended[1]:
        wake = scenario.suspended[0] + span
        head = ("", "in the 1st second", "in 5 s", "in 15 s", "in the next 15 s")
        rows = [(n, *_after(r, wake)) for n, r in results.items()]
        table("  requests after the sleep", head, rows)


def _outage_row(name: str, result: Result) -> tuple[object, ...]:
    back = result.recovered
    return (
        name,
        result.asked_in_outage,
        f"{back[0]:.1f}",
        f"{statistics.mean(back):.1f}",
        f"{back[-1]:.1f}",
    )


def _after(result: Result, wake: float) -> list[int]:
    spans = (0, 1), (0, 5), (0, 15), (15, 30)
    return [sum(wake + a <= at < wake + b for at in result.asked) for a, b in spans]


def promises(results: Mapping[str, tuple[Result, Result]]) -> dict[str, bool]:
    """Judge ours against the fixed interval."""
    ours, fixed = zip(*results.values(), strict=True)
    pairs = list(zip(ours, fixed, strict=True))
    means = [
        (statistics.mean(a.delays()), statistics.mean(b.delays()))
        for a, b in pairs
        if a.scenario.outage[0] == NEVER
    ]
    steady = 2 * len(ours[1].scenario.tasks) / INTERVAL + AT_ONCE
    outages = [one for one in ours if one.scenario.outage[0] < NEVER]
    waits = [wait for one in outages for wait in one.recovered]
    return {
        "every end is found": not any(one.missed() for one in ours),
        "never more requests than a fixed interval": all(
            len(a.asked) <= len(b.asked) for a, b in pairs
        ),
        "the mean delay is at most a third longer, but in an outage": all(
            a <= b * 4 / 3 for a, b in means
        ),
        f"no second after the first minute has more than {steady:.0f} requests": all(
            one.highest(_SETTLED) <= steady for one in ours[:2]
        ),
        "an outage of 10 min costs at most 60 requests": all(
            one.asked_in_outage <= 60 for one in outages
        ),
        "over all outages the mean first answer comes within two intervals of the end": (
            statistics.mean(waits) <= 2 * INTERVAL
        ),
        "and the last one within 50 s": max(waits) <= 50,
        f"after an outage no second has more than {steady:.0f} requests": all(
            one.highest(one.scenario.outage[1]) <= steady for one in outages
        ),
    }


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the run times")
    parser.add_argument("--latency", type=float, default=0.2, help="of an answer, in seconds")
    return parser.parse_args()


def main() -> int:
    """Run all scenarios with both paces; 1 if a promise is broken."""
    given = arguments()
    compared = {}
    for scenario in scenarios(given.seed):
        ours, fixed = (simulate(scenario, make, given) for make in (Schedule, FixedInterval))
        compared[scenario.name] = (ours, fixed)
        show(scenario, {"our pace": ours, "every 15 s": fixed})
    head = ("", *("requests", "delay", "max") * 2)
    day = next(iter(compared.values()))
    table("by kind in a working day: our pace, every 15 s", head, kind_rows(day))
    return verdict(promises(compared))


if __name__ == "__main__":
    sys.exit(main())
