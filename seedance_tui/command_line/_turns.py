"""When the gateway is likely to grant the next request of a command."""

from __future__ import annotations

import time

from ..core.model.outcomes import Missed, Outcome
from ..core.polling.rate_limit import RateLimit


class Turns:
    """Reserves a place in time for each request, and learns from what comes of it."""

    def __init__(self) -> None:
        self._limit = RateLimit()

    def seconds_left(self) -> float:
        """Reserve the next place; return the seconds until then."""
        now = time.monotonic()
        return self._limit.reserve(now) - now

    def learn(self, outcome: Outcome, asked_at: float) -> None:
        """Take the answer into account; what `Retry-After` says, the next try waits for."""
        now = time.monotonic()
        if outcome.shows_key:
            self._limit.granted(asked_at, now)
        elif isinstance(outcome, Missed) and outcome.problem.asks_to_slow_down:
            self._limit.refused(asked_at, now)
