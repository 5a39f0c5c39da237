"""The queue of downloads summed up: how many files, how much of them is there, how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ..model.file_states import Paused, Saved, Saving, extent
from ..model.outcomes import Problem
from .queue import Queue


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """Sums over the jobs: bytes of those whose length is known, `speed` in bytes per second."""

    count: int = 0
    """All jobs, those at their end too."""
    saved: int = 0
    unfinished: int = 0
    under_way: int = 0
    """Of the unfinished, those that are being saved at this moment."""
    paused: int = 0
    no_room: int = 0
    """Of the unfinished, those for which the disk has no room, while others go on."""
    received: int = 0
    total: int = 0
    all_known: bool = True
    """Whether the length of every unfinished file is known."""
    speed: float = 0.0
    held: Problem | None = None
    """What holds the whole queue."""

    @classmethod
    def of(cls, queue: Queue) -> Self:
        """Sum the queue up."""
        jobs, unfinished = queue.jobs, queue.unfinished
        extents = [extent(job.state) for job in unfinished]
        under_way = [job.state for job in unfinished if isinstance(job.state, Saving)]
        return cls(
            count=len(jobs),
            saved=sum(isinstance(job.state, Saved) for job in jobs),
            unfinished=len(unfinished),
            under_way=len(under_way),
            paused=sum(isinstance(job.state, Paused) for job in unfinished),
            no_room=len(queue.held_jobs),
            received=sum(received for received, total in extents if total),
            total=sum(total or 0 for received, total in extents),
            all_known=all(total is not None for received, total in extents),
            speed=sum(state.speed or 0.0 for state in under_way),
            held=queue.held,
        )

    @property
    def fraction(self) -> float | None:
        """How much is there of the files whose length is known, from 0 to 1."""
        return self.received / self.total if self.total else None

    @property
    def left(self) -> float | None:
        """Seconds until all is saved at this speed; None where too little is known."""
        if not self.speed or not self.all_known:
            return None
        return (self.total - self.received) / self.speed
