"""How fast a file is received, and whether that is of any use before its link expires."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_SPEED_SECONDS = 5.0
"""Over which the speed is taken: long enough to be calm, short enough to be true."""
TRIAL = 20.0
"""Seconds in which a file may show how fast it comes."""
_LEAST = 1000.0
"""Bytes a second below which a file is called slow, whatever its link."""
_SHARE_OF_LIFE = 4
"""A file that takes more than this part of its link's time is called slow."""
_DAY = 86_400.0


class Speed:
    """Bytes per second over the last seconds; `clock` in seconds, and never set back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._counts: deque[tuple[float, int]] = deque()

    def after(self, received: int) -> float | None:
        """Take in how many bytes are there; return the speed, None until it can be told."""
        now = self._clock()
        self._counts.append((now, received))
        while len(self._counts) > 2 and now - self._counts[1][0] >= _SPEED_SECONDS:
            self._counts.popleft()
        since, before = self._counts[0]
        return (received - before) / (now - since) if now > since else None

    def is_slow(self, total: int | None, left: float | None) -> bool:
        """Whether so many bytes in all come too slowly for a link with `left` seconds.

        A file that is slow is still received; it takes no place from one that is not.
        """
        now = self._clock()
        if now - self._began < TRIAL:
            return False
        since, before = self._counts[0] if self._counts else (self._began, 0)
        received = self._counts[-1][1] if self._counts else 0
        speed = (received - before) / max(now - since, _SPEED_SECONDS)
        missing = max(0, (total or 0) - received)
        life = left if left is not None and left > 0 else _DAY
        return speed < max(_LEAST, missing * _SHARE_OF_LIFE / life)
