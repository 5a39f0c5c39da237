"""The time on the gateway's clock, which dates all responses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model.entry import Entry

_TOLERATED = 60.0
"""Seconds by which two good clocks, and the way between them, may differ."""


class GatewayClock:
    """Unix seconds on the gateway's clock, as far as it is known.

    `clock` is this computer's; `heard` returns the skew of the last response in seconds, None
    before one. `remembered` is the skew of an earlier run.
    """

    def __init__(self, clock: Callable[[], float], heard: Callable[[], float | None]) -> None:
        self._clock = clock
        self._heard = heard
        self.remembered = 0.0

    def now(self) -> float:
        """Return the time in Unix seconds."""
        heard = self._heard()
        skew = self.remembered if heard is None else heard
        return self._clock() + (skew if abs(skew) > _TOLERATED else 0.0)

    @property
    def is_confirmed(self) -> bool:
        """Whether the gateway has told its time in this run."""
        return self._heard() is not None

    @property
    def is_certain(self) -> bool:
        """Whether the skew is of this run, or was never large enough to matter."""
        return self._heard() is not None or abs(self.remembered) <= _TOLERATED

    def learn(self) -> float | None:
        """Remember the skew of the last response; return it if it differs from what was known."""
        heard = self._heard()
        if heard is None or abs(heard - self.remembered) <= _TOLERATED:
            return None
        self.remembered = heard
        return heard

    def witness(self, entries: Sequence[Entry]) -> str | None:
        """Return a task to poll for the time alone: a clock that was wrong may be set since.

        None where it was right, and where a response has come or is to come anyway.
        """
        if self.is_certain or any(entry.is_open for entry in entries):
            return None
        return next((entry.id for entry in entries if entry.link()), None)
