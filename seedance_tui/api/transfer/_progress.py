"""How far a download is, reported often enough for people and seldom enough for the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

REPORT_SECONDS = 0.2
"""Between two reports of one file: more would wake the event loop for nothing that is seen."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes are on the disk, and of how many if the server said so."""

    received: int
    total: int | None

    @property
    def fraction(self) -> float | None:
        """From 0 to 1; None while the total is not known."""
        return self.received / self.total if self.total else None


OnProgress = Callable[[Progress], None]


class Reporter:
    """Calls `on_progress` with what is new, at most every `REPORT_SECONDS` unless it is urgent."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._last: Progress | None = None
        self._due = 0.0

    def report(self, received: int, total: int | None, *, urgent: bool = False) -> None:
        """Report bytes received, of how many if known."""
        if not urgent:
            now = time.monotonic()
            if now < self._due:
                return
            self._due = now + REPORT_SECONDS
        progress = Progress(received, total)
        if progress != self._last:
            self._last = progress
            self._on_progress(progress)
