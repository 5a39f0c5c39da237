"""What becomes of a file on its way to the disk: values, made anew when something changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .outcomes import Problem


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the queue: its turn will come, or its next try at `retry_at` (Unix seconds)."""

    received: int = 0
    total: int | None = None
    problem: Problem | None = None
    """Why the last try came to nothing."""
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """Under way: bytes on the disk, of how many if known, `speed` in bytes per second."""

    received: int = 0
    total: int | None = None
    speed: float | None = None

    @property
    def left(self) -> float | None:
        """Seconds until it is whole at this speed; None where that cannot be said."""
        if not self.total or not self.speed:
            return None
        return (self.total - self.received) / self.speed


@dataclass(frozen=True, slots=True)
class Paused:
    """In the queue, paused by the user until resumed."""

    received: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A whole file on the disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class NotSaved:
    """Given up, for the reason that the problem names."""

    problem: Problem


Unfinished = Waiting | Saving | Paused
FileState = Waiting | Saving | Paused | Saved | NotSaved


def extent(state: FileState | None) -> tuple[int, int | None]:
    """How many bytes are on the disk, and how many it will be if that is known."""
    return (state.received, state.total) if isinstance(state, Unfinished) else (0, None)


def fraction(state: FileState | None) -> float | None:
    """How much of the file is on the disk, from 0 to 1; None while that is not known."""
    received, total = extent(state)
    return received / total if total else None
