"""How fast a file comes in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_WINDOW = 5.0
"""Seconds over which the speed is taken: long enough to be calm, short enough to be true."""


class Rate:
    """Bytes per second over the last seconds; `clock` in seconds, and never set back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: deque[tuple[float, int]] = deque()

    def of(self, received: int) -> float | None:
        """Take in how many bytes are there; return the speed, None until it can be told."""
        now = self._clock()
        self._counts.append((now, received))
        while len(self._counts) > 2 and now - self._counts[1][0] >= _WINDOW:
            self._counts.popleft()
        since, before = self._counts[0]
        return (received - before) / (now - since) if now > since else None
