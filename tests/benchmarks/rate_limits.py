"""What is asked of a gateway that limits requests: `python tests/benchmarks/rate_limits.py`.

The real `Poller` and `Schedule` ask a simulated gateway in virtual time. The steady state is what
comes after the first minute, and after the first minute of each change of the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gateway_model import EPOCH, MINUTE, NEVER
from limited_gateway import LimitedGateway, Limiter, Request, SlidingWindow, TokenBucket, steps
from printing import table, verdict
from virtual import VirtualLoop, run

from seedance_tui.core.polling.poller import Poller
from seedance_tui.core.polling.schedule import Schedule

_SETTLED = MINUTE
"""Seconds after a change that are not the steady state."""


@dataclass(frozen=True)
class Scenario:
    """What is watched, and who limits it; moments and spans in seconds."""

    name: str
    make: Callable[[], Limiter]
    rate: Callable[[float], float]
    """What is granted a second, to all clients together."""
    changes: Sequence[float] = (0.0,)
    until: float = 20 * MINUTE
    open: int = 60
    interval: float = 2.0
    noise: float = 0.0
    retry_after: float | None = None
    taken: float = 0.0
    ours: int = 1
    """How many of our own programs share the key."""
    judged: bool = True

    @property
    def is_limited(self) -> bool:
        """Whether less is granted than is wished: the age of an answer is then the limit's."""
        return self.rate(self.until) < self.ours * self.open / self.interval


@dataclass
class Result:
    """What was measured in one run."""

    scenario: Scenario
    gateway: LimitedGateway
    polls: int
    """How often the plan was asked what is next."""
    seconds: float
    """Of the processor, for all of it."""
    share: list[int] = field(default_factory=list)
    """The steady requests that were granted to each of our programs."""

    @property
    def steady(self) -> list[Request]:
        """The requests after the first minute of each limit."""
        return [one for one in self.gateway.requests if self.is_steady(one.at)]

    def is_steady(self, at: float) -> bool:
        """Whether the limit has been the same for a minute."""
        return at - max(c for c in self.scenario.changes if c <= at) >= _SETTLED

    @property
    def refused(self) -> float:
        """The part of the steady requests that was refused, noise included."""
        return sum(not one.granted for one in self.steady) / len(self.steady)

    @property
    def used(self) -> float:
        """The part of the steady allowance that was used, what the other client took included."""
        granted = sum(one.granted for one in self.steady)
        return granted / self._sum(self._allowance)

    def _allowance(self, now: float) -> float:
        """What there is for us: what we wish where that is less, and what the other leaves."""
        one = self.scenario
        wished = one.ours * one.open / one.interval * (1 - one.noise)
        return min(wished, one.rate(now) - min(one.taken, one.rate(now) / 2))

    def _sum(self, per_second: Callable[[float], float]) -> float:
        return sum(per_second(s) for s in range(int(self.scenario.until)) if self.is_steady(s))

    @property
    def oldest(self) -> float:
        """The greatest age of an answer in the steady state, as a multiple of the fair share."""
        ends = self.scenario.until
        last: dict[str, float] = {}
        ages = []
        for one in (one for one in self.gateway.requests if one.granted):
            ages.append((last.get(one.task_id, 0.0), one.at))
            last[one.task_id] = one.at
        ages += [(at, ends) for at in last.values()]
        steady = ((a, b) for a, b in ages if self.is_steady(a))
        return max((b - a) / max(self.fair(a), self.fair(min(b, ends - 1))) for a, b in steady)

    def fair(self, now: float) -> float:
        """Return the seconds between two answers where all tasks are served alike."""
        everyone = self.scenario.open * self.scenario.ours
        return max(self.scenario.interval, everyone / self._allowance(now))

    @property
    def first_round(self) -> float:
        """The moment from which every task had been answered."""
        first: dict[str, float] = {}
        for one in self.gateway.requests:
            if one.granted:
                first.setdefault(one.task_id, one.at)
        everyone = self.scenario.open * self.scenario.ours
        return max(first.values()) if len(first) == everyone else NEVER

    @property
    def soon_used(self) -> float:
        """The seconds after the last change until a second uses 85 % of what there is."""
        since = self.scenario.changes[-1]
        per_second = self._granted_by_second()
        for second in range(int(since), int(self.scenario.until) - 3):
            granted = sum(per_second.get(second + n, 0) for n in range(3)) / 3
            if granted >= 0.85 * self._allowance(second):
                return second - since
        return NEVER

    def _granted_by_second(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for one in self.gateway.requests:
            counts[int(one.at)] = counts.get(int(one.at), 0) + one.granted
        return counts

    @property
    def refused_early(self) -> int:
        """Requests refused in the first minute after the last change."""
        since = self.scenario.changes[-1]
        return sum(not r.granted for r in self.gateway.requests if since <= r.at < since + _SETTLED)


class CountedPace(Schedule):
    """The real plan, which counts how often it is asked."""

    polls = 0

    def take(self, now: float, most: int) -> list[str]:
        """Count, and take."""
        CountedPace.polls += 1
        return super().take(now, most)


def simulate(scenario: Scenario, seed: int) -> Result:
    """Run one scenario."""
    loop = VirtualLoop()
    random.seed(seed)
    gateway = LimitedGateway(
        loop,
        scenario.make(),
        seed=seed,
        noise=scenario.noise,
        retry_after=scenario.retry_after,
        taken=scenario.taken,
    )

    async def watch() -> None:
        async with asyncio.TaskGroup() as group:
            work = [group.create_task(gateway.serve_other())]
            for number in range(scenario.ours):
                poller = Poller(
                    CountedPace(scenario.interval),
                    lambda outcome: None,
                    clock=loop.time,
                    now=lambda: EPOCH + loop.time(),
                )
                poller.watch(f"{number}-{n:05}" for n in range(scenario.open))
                work.append(group.create_task(poller.run(gateway)))
            await asyncio.sleep(scenario.until)
            for task in work:
                task.cancel()

    CountedPace.polls, began = 0, time.process_time()
    run(watch(), loop)
    result = Result(scenario, gateway, CountedPace.polls, time.process_time() - began)
    for number in range(scenario.ours):
        mine = [one for one in result.steady if one.task_id.startswith(f"{number}-")]
        result.share.append(sum(one.granted for one in mine))
    return result


def limited(
    name: str, *changes: tuple[float, float], burst: float = 5.0, **given: object
) -> Scenario:
    """Return a scenario with a token bucket, whose rate changes at those moments."""
    rate = steps(*changes)
    moments = [at for at, _ in changes]
    return Scenario(name, lambda: TokenBucket(rate, burst), rate, moments, **given)  # type: ignore[arg-type]


def window(name: str, count: int, span: float, **given: object) -> Scenario:
    """Return a scenario with so many requests in each span."""
    rate = steps((0.0, count / span))
    return Scenario(name, lambda: SlidingWindow(count, span), rate, **given)  # type: ignore[arg-type]


def scenarios() -> list[Scenario]:
    """Return what is measured."""
    mid, hour = 10 * MINUTE, 60 * MINUTE
    return [
        limited("5 a second", (0, 5)),
        limited("5 a second, burst of 1", (0, 5), burst=1),
        limited("5 a second, burst of 20", (0, 5), burst=20),
        limited("1 a second", (0, 1)),
        limited("20 a second", (0, 20), burst=20),
        limited("falls from 10 to 2", (0, 10), (mid, 2)),
        limited("rises from 2 to 10", (0, 2), (mid, 10)),
        limited("is lifted after 5 a second", (0, 5), (mid, 1000), burst=1000),
        limited("one in ten refused, no limit", (0, 1000), burst=1000, noise=0.1),
        limited("one in ten refused, 5 a second", (0, 5), noise=0.1),
        limited("Retry-After 1, 5 a second", (0, 5), retry_after=1.0),
        limited("Retry-After 1, burst of 1", (0, 5), burst=1, retry_after=1.0, judged=False),
        limited("another client takes half of 5", (0, 5), taken=2.5),
        limited("two of ours share 10", (0, 10), burst=10, ours=2),
        limited("10,000 open, 20 a second", (0, 20), burst=20, open=10_000, until=hour),
        limited("2,000 open, 5 a second", (0, 5), open=2_000, until=hour),
        window("60 in a minute", 60, 60.0, until=hour),
        window("180 in 3 minutes", 180, 180.0, until=hour),
        window("10 in a minute", 10, 60.0, until=hour, judged=False),
    ]


HEAD = (
    "",
    "requests",
    "refused",
    "used",
    "oldest",
    "all after",
    "85 % after",
    "refused at first",
    "shares",
    "µs a look",
)


def row(result: Result) -> tuple[object, ...]:
    """Return a line of the table."""
    return (
        result.scenario.name,
        f"{len(result.gateway.requests):,}",
        f"{result.refused:.1%}",
        f"{result.used:.0%}",
        f"{result.oldest:.2f}",
        f"{result.first_round:.0f} s",
        f"{result.soon_used:.0f} s",
        result.refused_early,
        " ".join(f"{s / sum(result.share):.0%}" for s in result.share),
        f"{result.seconds / result.polls * 1e6:.0f}",
    )


def promises(results: Sequence[Result]) -> dict[str, bool]:
    """Judge what was measured."""
    judged = [one for one in results if one.scenario.judged]
    return {
        "at most 15 % are refused in the steady state": all(r.refused <= 0.15 for r in judged),
        "at least 85 % of the allowance is used": all(r.used >= 0.85 for r in judged),
        "no task is older than twice the fair share of a limit": all(
            r.oldest <= 2 for r in judged if r.scenario.is_limited
        ),
        "85 % is used within a minute of each change": all(r.soon_used <= 60 for r in judged),
        "two of ours get at least a third each": all(
            min(r.share) >= sum(r.share) / 3 for r in judged if r.scenario.ours == 2
        ),
    }


def main() -> int:
    """Run all scenarios; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of latencies and noise")
    parser.add_argument("--only", default="", help="a part of the names of the scenarios to run")
    given = parser.parse_args()
    chosen = [one for one in scenarios() if given.only in one.name]
    results = [simulate(scenario, given.seed) for scenario in chosen]
    table(
        "60 open tasks, an interval of 2 s, where nothing else is said",
        HEAD,
        [row(one) for one in results],
    )
    return verdict(promises(results))


if __name__ == "__main__":
    sys.exit(main())
