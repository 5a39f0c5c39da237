"""What is at stake when tasks are put away: videos that are paid for, and that nobody saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.entry import Entry


@dataclass(frozen=True, slots=True)
class Unwatched:
    """Of tasks that are no longer watched: how many videos are not saved, and until when.

    `seconds` is what is left of the first link to expire; None where nothing tells it.
    """

    tasks: int
    not_saved: int = 0
    """Videos that are done, and nobody is saving."""
    not_done: int = 0
    """Tasks that may still bring a video."""
    being_saved: int = 0
    """Tasks whose video the queue saves all the same: who asked for it gets it."""
    seconds: float | None = None

    @classmethod
    def of(cls, entries: Iterable[Entry], now: float) -> Unwatched:
        """Count; `now` in Unix seconds. What the queue saves is not lost by being put away."""
        entries = tuple(entries)
        not_done = sum(_is_expected(entry) for entry in entries)
        closed = (one for one in entries if not (_is_expected(one) or one.is_being_saved))
        deadlines = [at for entry in closed if (at := entry.save_by(now)) is not None]
        saving = sum(entry.is_being_saved for entry in entries)
        soonest = min(deadlines, default=float("inf"))
        seconds = soonest - now if soonest < float("inf") else None
        return cls(len(entries), len(deadlines), not_done, saving, seconds)


def _is_expected(entry: Entry) -> bool:
    """Whether a video may still come: a task that is done may have its link a little later."""
    return entry.is_open or entry.awaits_link
