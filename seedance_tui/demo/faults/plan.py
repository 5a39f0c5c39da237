"""When a server does something wrong: for which task or object, how often, or by chance."""

import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from ..messages import Handler, Request, Response

Fault = Callable[[Request, Handler], Awaitable[Response]]

EVERY = "*"
"""The key that stands for every task, or every object."""


class FaultPlan:
    """The faults waiting for each key: first the queued ones, then the standing, then chance."""

    def __init__(self) -> None:
        self._queued: dict[str, deque[Fault]] = {}
        self._standing: dict[str, Fault] = {}
        self._fraction = 0.0
        self._choices: Sequence[Fault] = ()
        self._chance = random.Random()  # noqa: S311 -- no secret

    def push(self, key: str, fault: Fault, times: int | None = 1) -> None:
        """Queues a fault for so many requests; None lets it stand until `clear`."""
        if times is None:
            self._standing[key] = fault
        else:
            self._queued.setdefault(key, deque()).extend([fault] * times)

    def random(self, fraction: float, choices: Sequence[Fault], seed: int = 0) -> None:
        """Spoils this fraction of all requests that no other fault waits for, 0 to 1."""
        self._fraction, self._choices = fraction, choices
        self._chance.seed(seed)

    def clear(self, key: str | None = None) -> None:
        """Forgets the faults of one key, or all of them and chance."""
        if key is not None:
            self._queued.pop(key, None)
            self._standing.pop(key, None)
        else:
            self._queued.clear()
            self._standing.clear()
            self.random(0, ())

    async def run(self, key: str, request: Request, handler: Handler) -> Response:
        """Answers a request with the fault that is due, or well."""
        fault = self._due(key)
        return await (handler(request) if fault is None else fault(request, handler))

    def _due(self, key: str) -> Fault | None:
        for name in (key, EVERY):
            if queue := self._queued.get(name):
                return queue.popleft()
        for name in (key, EVERY):
            if name in self._standing:
                return self._standing[name]
        if self._choices and self._chance.random() < self._fraction:
            return self._chance.choice(self._choices)
        return None
