"""A gateway in virtual time that limits requests; for `rate_limits.py`."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from gateway_model import EPOCH, NEVER
from virtual import VirtualLoop

from seedance_tui.api.errors import RateLimited
from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task


class Limiter(Protocol):
    """Decides about each request that comes."""

    def admits(self, now: float) -> bool:
        """Return whether the request is granted; moments come in order."""
        ...


class Unlimited:
    """Grants everything."""

    def admits(self, now: float) -> bool:
        """Say yes."""
        return True


class TokenBucket:
    """Grants `rate` requests a second at a moment, and `burst` at once after a rest."""

    def __init__(self, rate: Callable[[float], float], burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._filled = 0.0

    def admits(self, now: float) -> bool:
        """Take a token, if there is one."""
        grown = (now - self._filled) * self._rate(now)
        self._tokens, self._filled = min(self._burst, self._tokens + grown), now
        if self._tokens < 1 - 1e-9:
            return False
        self._tokens -= 1
        return True


class SlidingWindow:
    """Grants so many requests in each span, as the open-source gateway does in memory."""

    def __init__(self, count: int, span: float) -> None:
        self._span = span
        self._granted: deque[float] = deque([-NEVER] * count, maxlen=count)

    def admits(self, now: float) -> bool:
        """Look whether the oldest of the last requests is out of the span."""
        if now - self._granted[0] < self._span:
            return False
        self._granted.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Request:
    """One request of ours; `at` in seconds of the virtual clock."""

    at: float
    task_id: str
    granted: bool
    noise: bool


class LimitedGateway:
    """Answers that every task runs, or refuses; `requests` holds what came.

    `noise` is the part of the requests that are refused at random, beside the limit. `taken` are
    the requests a second of another client with the same key, which takes what it can get.
    """

    def __init__(
        self,
        loop: VirtualLoop,
        limiter: Limiter,
        *,
        seed: int,
        latency: float = 0.2,
        noise: float = 0.0,
        retry_after: float | None = None,
        taken: float = 0.0,
    ) -> None:
        self.requests: list[Request] = []
        self.granted_to_other = 0
        self._loop = loop
        self._limiter = limiter
        self._latency = (latency / 2, latency * 3 / 2)
        self._noise = noise
        self._retry_after = retry_after
        self._taken = taken
        self._chance = random.Random(seed)
        self._task = running("asyntask_0")

    async def task(self, task_id: str) -> Task:
        """Answer, or refuse; each takes its time."""
        now = self._loop.time()
        is_noise = self._chance.random() < self._noise
        granted = not is_noise and self._limiter.admits(now)
        self.requests.append(Request(now, task_id, granted, is_noise))
        await asyncio.sleep(self._chance.uniform(*self._latency))
        if not granted:
            raise RateLimited("too many requests", status=429, retry_after=self._retry_after)
        return self._task

    async def serve_other(self) -> None:
        """Let the other client ask until cancelled."""
        while self._taken:
            await asyncio.sleep(self._chance.expovariate(self._taken))
            self.granted_to_other += self._limiter.admits(self._loop.time())


def running(task_id: str) -> Task:
    """Return an answer about a task that has run for a minute."""
    data: JSON = {
        "task_id": task_id,
        "status": "IN_PROGRESS",
        "submit_time": round(EPOCH),
    }
    task = Task.from_json({"code": "success", "data": data})
    if task is None:
        raise SystemExit("this is an answer")
    return task


def steps(*changes: tuple[float, float]) -> Callable[[float], float]:
    """Return the rate by the moment, from pairs of a moment and the rate from then on."""

    def rate(now: float, changes: Sequence[tuple[float, float]] = changes) -> float:
        return next(rate for since, rate in reversed(changes) if since <= now)

    return rate
