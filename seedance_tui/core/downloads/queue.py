"""Which file is saved next: pure, the clock is passed in. The runner does what it says."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ...api.errors import DiskFull
from ..model.file_states import (
    FileState,
    NotSaved,
    Paused,
    Saved,
    Saving,
    Unfinished,
    Waiting,
    extent,
)
from ..model.outcomes import Problem
from .ledger import Decision, Key, Record

_AGAIN = (15.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds until a file is tried again whose way was the trouble, from its first failure on."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file of the queue; `state` is None once the user has cancelled it."""

    key: Key
    state: FileState | None
    path: Path | None = None
    """Where it goes; None until that is decided."""
    tries: int = 0
    due: float = 0.0
    """The moment before which it is not tried again."""
    place: int = 0
    """Where it stands among those of this run and of others; smaller is earlier."""

    @property
    def is_unfinished(self) -> bool:
        """Whether it still is to be saved."""
        return isinstance(self.state, Unfinished)


class Queue:
    """The jobs in their order; moments in seconds on the clock of whoever passes them in.

    A file is tried again for as long as the trouble may pass; a full disk holds all of them.
    `changed` gets every job that is not what it was; `reordered` is called after a move.
    """

    def __init__(self) -> None:
        self.changed: Callable[[Job], None] = lambda job: None
        self.reordered: Callable[[], None] = lambda: None
        self.held: Problem | None = None
        """Why nothing is saved at the moment: the disk is full."""
        self._jobs: dict[Key, Job] = {}
        self._decided: dict[Key, Path | None] = {}
        """Files that were saved, with their path, or that the user did not want."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every job in order, those at their end too."""
        return tuple(self._jobs.values())

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """The jobs that are still to be saved."""
        return tuple(job for job in self._jobs.values() if job.is_unfinished)

    @property
    def saved(self) -> dict[Key, Path]:
        """Where the files went that were saved by this queue, now or in an earlier run."""
        return {key: path for key, path in self._decided.items() if path}

    def get(self, key: Key) -> Job | None:
        """Return the job of a file."""
        return self._jobs.get(key)

    def is_undecided(self, key: Key) -> bool:
        """Whether nothing was decided about the file yet, so that it may be saved unasked."""
        return key not in self._jobs and key not in self._decided

    def restore(self, records: Iterable[Record]) -> None:
        """Restore what an earlier run left unfinished, and what it had decided."""
        for record in records:
            if record.key in self._jobs:
                continue
            if record.decision in (Decision.WANTED, Decision.HELD):
                state = Waiting() if record.decision is Decision.WANTED else Paused()
                self._put(Job(record.key, state, record.path, place=record.place))
            elif record.decision in (Decision.SAVED, Decision.DECLINED):
                self._decided[record.key] = record.path

    def records(self) -> tuple[Record, ...]:
        """Return what a later run must know of the unfinished jobs, in their order."""
        return tuple(record_of(job) for job in self.unfinished)

    def add(self, keys: Iterable[Key]) -> int:
        """Put files at the end; return how many were not in the queue."""
        new = [key for key in dict.fromkeys(keys) if not self._is_unfinished(key)]
        for key in new:
            before = self._jobs.pop(key, None)
            self._decided.pop(key, None)
            path = before.path if before else None
            self._put(Job(key, Waiting(), path, place=self._next_place()))
        return len(new)

    def pause(self, keys: Iterable[Key]) -> None:
        """Hold these files until they are resumed; what is on the disk stays."""
        for job in self._those(keys):
            if isinstance(job.state, Waiting | Saving):
                self._put(replace(job, state=Paused(*extent(job.state))))

    def resume(self, keys: Iterable[Key]) -> None:
        """Go on at once with what is paused, was given up, or waits for its next try."""
        self.held = None
        for job in self._those(keys):
            if isinstance(job.state, Paused | Waiting | NotSaved):
                self._put(replace(job, state=Waiting(*extent(job.state)), tries=0, due=0.0))

    def cancel(self, keys: Iterable[Key]) -> None:
        """Take files out of the queue; nothing saves them by itself any more."""
        self.held = None
        for job in self._those(keys):
            del self._jobs[job.key]
            if job.is_unfinished:
                self._decided[job.key] = None
                self.changed(replace(job, state=None))

    def move(self, key: Key, by: int) -> None:
        """Let a file go `by` places back, or forward where that is negative."""
        order = list(self._jobs)
        place = order.index(key)
        order.insert(max(0, place + by), order.pop(place))
        places = sorted(job.place for job in self._jobs.values())
        self._jobs = {
            key: replace(self._jobs[key], place=place)
            for key, place in zip(order, places, strict=True)
        }
        self.reordered()

    def clear_finished(self) -> None:
        """Forget the jobs that are at their end; their files stay."""
        self._jobs = {job.key: job for job in self.unfinished}

    def take(self, now: float, most: int, busy: Container[Key] = ()) -> list[Job]:
        """Return at most `most` jobs whose turn it is; they are being saved from here on.

        A `busy` one has not yet let go of its file.
        """
        taken: list[Job] = []
        for job in () if self.held else self.jobs:
            ready = isinstance(job.state, Waiting) and job.due <= now and job.key not in busy
            if ready and len(taken) < most:
                taken.append(job)
        for job in taken:
            self._put(replace(job, state=Saving(*extent(job.state))))
        return taken

    def next_due(self, busy: Container[Key] = ()) -> float | None:
        """Return the moment of the next try, None if there is none to wait for."""
        waiting = (
            job.due
            for job in self._jobs.values()
            if isinstance(job.state, Waiting) and job.key not in busy
        )
        return min(waiting, default=None)

    def set_path(self, key: Key, path: Path) -> None:
        """Take in where a file goes."""
        if job := self._jobs.get(key):
            self._put(replace(job, path=path))

    def update(self, key: Key, state: FileState, now: float) -> None:
        """Take in how a file that is being saved is; a failure may mean another try."""
        job = self._jobs.get(key)
        if job is None or not isinstance(job.state, Saving):
            return
        match state:
            case NotSaved(problem=problem):
                self._put(self._after_failure(job, problem, now))
            case Saved(path=path):
                self._decided[key] = path
                self._put(replace(job, state=state, path=path))
            case _:
                self._put(replace(job, state=state))

    def mark_saved(self, key: Key, path: Path) -> None:
        """Take in that a file was saved without the queue."""
        self._decided[key] = path
        self._put(Job(key, Saved(path), path, place=self._next_place()))

    def requeue(self, key: Key) -> None:
        """Let a file that was being saved wait for its turn again."""
        job = self._jobs.get(key)
        if job and isinstance(job.state, Saving):
            self._put(replace(job, state=Waiting(*extent(job.state))))

    def _after_failure(self, job: Job, problem: Problem, now: float) -> Job:
        received, total = extent(job.state)
        if issubclass(problem.kind, DiskFull):
            self.held = problem
            return replace(job, state=Waiting(received, total, problem))
        if not problem.spec.retryable:
            return replace(job, state=NotSaved(problem))
        wait = max(problem.retry_after or 0.0, _AGAIN[min(job.tries, len(_AGAIN) - 1)])
        state = Waiting(received, total, problem, problem.at + wait)
        return replace(job, state=state, tries=job.tries + 1, due=now + wait)

    def paths_but_of(self, key: Key) -> set[Path]:
        """Return the paths that belong to other files, saved or to be saved."""
        decided = (path for other, path in self._decided.items() if path and other != key)
        planned = (job.path for job in self._jobs.values() if job.path and job.key != key)
        return {*decided, *planned}

    def _next_place(self) -> int:
        return max((job.place for job in self._jobs.values()), default=-1) + 1

    def _put(self, job: Job) -> None:
        self._jobs[job.key] = job
        self.changed(job)

    def _those(self, keys: Iterable[Key]) -> list[Job]:
        return [job for key in keys if (job := self._jobs.get(key))]

    def _is_unfinished(self, key: Key) -> bool:
        job = self._jobs.get(key)
        return job is not None and job.is_unfinished


def record_of(job: Job) -> Record:
    """Return what a later run must know of a job."""
    match job.state:
        case None:
            return Record(job.key, Decision.DECLINED)
        case Saved(path=path):
            return Record(job.key, Decision.SAVED, path)
        case NotSaved():
            return Record(job.key, Decision.FAILED, job.path)
        case Paused():
            return Record(job.key, Decision.HELD, job.path, job.place)
    return Record(job.key, Decision.WANTED, job.path, job.place)
