"""What becomes of a file on its way to the disk: values, made anew when something changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ...api.errors import DiskFull
from ...api.file_types import Remark
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
    problem: Problem | None = None
    """Why the try before came to nothing, until a response comes: the store may still be away."""

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
class Stamp:
    """By what a file that was saved is known again.

    Its length in bytes, its CRC-64/XZ where the store gave one, and when it was last changed,
    in nanoseconds of the disk's clock.
    """

    size: int
    crc64: int | None = None
    changed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A whole file on the disk."""

    path: Path
    remarks: tuple[Remark, ...] = ()
    """What the user is told of it: that it stands beside another file, has no pictures, ..."""
    stamp: Stamp | None = field(default=None, compare=False)
    """None where the file was found by its name alone."""
    source: str = field(default="", compare=False)
    """Which link it came from, by its place in the response and its host; empty if not known."""


@dataclass(frozen=True, slots=True)
class NotSaved:
    """Given up, for the reason that the problem names."""

    problem: Problem


Unfinished = Waiting | Saving | Paused
FileState = Waiting | Saving | Paused | Saved | NotSaved


def shown(state: FileState | None) -> FileState | None:
    """Return what the user is shown: a try without a response yet still waits, for its reason."""
    if isinstance(state, Saving) and state.problem:
        return Waiting(state.received, state.total, state.problem)
    return state


def is_held(state: FileState | None) -> bool:
    """Whether it waits for the disk to have room for it."""
    problem = state.problem if isinstance(state, Waiting) else None
    return problem is not None and issubclass(problem.kind, DiskFull)


def extent(state: FileState | None) -> tuple[int, int | None]:
    """How many bytes are on the disk, and how many it will be if that is known."""
    return (state.received, state.total) if isinstance(state, Unfinished) else (0, None)


def fraction(state: FileState | None) -> float | None:
    """How much of the file is on the disk, from 0 to 1; None while that is not known."""
    received, total = extent(state)
    return received / total if total else None
