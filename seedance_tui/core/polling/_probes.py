"""When a known rate is questioned, and how boldly."""

from __future__ import annotations

_GAINS = (1.15, 1.25, 1.4, 1.6, 2.0)
"""What a probe asks for; one that found more is followed by a bolder one."""
_CAREFUL = 1.05
"""What the next probe asks for after one that failed."""
_LEAST, _LEAST_CAREFUL = 0.5, 0.25
"""Requests a second that a probe adds at least: small shares of a limit grow faster."""
_SECONDS = 6.0
"""The least time of a first probe: what a gateway saved up would grant a short one at any rate."""
_BETWEEN, _FEW_BETWEEN, _SECONDS_BETWEEN = 8, 2, 15.0
"""Samples between two probes: the most, the least, and what is done in so many seconds."""
_FOUND = 1.06
"""How much more than before a bold probe is granted where there is more."""


class Probes:
    """Samples that ask for more than the rate; rates in requests a second, moments in seconds."""

    def __init__(self) -> None:
        self._found = 0
        """Probes in a row that found more."""
        self._careful = False
        self._ended_at = 0.0
        self._since: int | None = 0
        """Samples since the last probe; None during one."""
        self.is_window = False
        """Whether the limit is a quota by the window, of which any part may be used at once."""
        self._none_before = 0.0
        """Until when the rate is not questioned: a window that has just begun grants anything."""

    @property
    def is_on(self) -> bool:
        """Whether the present sample is a probe."""
        return self._since is None

    def is_short(self, lasted: float) -> bool:
        """Return whether the present sample is a first probe and must last longer."""
        return self.is_on and not self._found and not self.is_window and lasted < _SECONDS

    def asks_for(self, rate: float) -> float:
        """Return the rate at which a probe asks."""
        if self._careful:
            return max(rate * _CAREFUL, rate + (0.0 if self.is_window else _LEAST_CAREFUL))
        return max(rate * _GAINS[min(self._found, len(_GAINS) - 1)], rate + _LEAST)

    def plan(self, granted: float, rate: float, now: float) -> None:
        """Learn what a whole sample was granted, and decide whether the next one is a probe."""
        if self._since is not None:
            self._since += 1
            few = now < self._ended_at + _SECONDS_BETWEEN
            is_time = self._since >= (_BETWEEN if few else _FEW_BETWEEN)
            if is_time and now >= self._none_before:
                self._since = None
        elif self._careful and granted > rate:
            self._careful = False
        elif granted >= _FOUND * rate:
            self._found += 1
        else:
            self.end(now)

    def end(self, now: float) -> None:
        """End a probe that found nothing; a careful one and a bold one take turns."""
        self._careful = not self._careful
        self._since, self._found = 0, 0
        self._ended_at = now

    def come_soon(self) -> None:
        """Question a rate that fell after one sample: it may have fallen too far."""
        self._since = _BETWEEN - 1

    def begin_anew(self, now: float, window: float | None) -> None:
        """Forget what was found; a quota by the window of so many seconds has its first one."""
        self._since, self._found = 0, 0
        self.is_window = window is not None
        self._none_before = now + (window or 0.0)
