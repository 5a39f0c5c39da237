"""Which file is saved next: pure, the clock is passed in. The runner does what it says."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

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
from ._turns import held, moved, next_due, next_place, ready
from .ledger import Decision, Key, Record

NEVER = float("inf")
"""The next try of what is held until the disk has room."""


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

    @property
    def is_held(self) -> bool:
        """Whether it waits for the disk to have room for it."""
        return isinstance(self.state, Waiting) and self.due == NEVER


class Queue:
    """The jobs in their order; moments in seconds on the clock of whoever passes them in.

    A file is tried again for as long as the trouble may pass; one for which the disk has no room
    is held, and no other.
    `changed` gets every job that is not what it was; `reordered` is called after a move.
    """

    def __init__(
        self,
        changed: Callable[[Job], None] = lambda job: None,
        reordered: Callable[[], None] = lambda: None,
    ) -> None:
        self._changed = changed
        self._reordered = reordered
        self._jobs: dict[Key, Job] = {}
        self._decided: dict[Key, Record] = {}
        """Files that were saved, or that the user did not want."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every job in order, those at their end too."""
        return tuple(self._jobs.values())

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """The jobs that are still to be saved."""
        return tuple(job for job in self._jobs.values() if job.is_unfinished)

    @property
    def held(self) -> Problem | None:
        """Why nothing at all is saved at the moment: the disk has no room for any of them."""
        return held(self.jobs)

    @property
    def held_jobs(self) -> tuple[Job, ...]:
        """The files for which the disk has no room."""
        return tuple(job for job in self.unfinished if job.is_held)

    @property
    def saved(self) -> dict[Key, Path]:
        """Where the files went that were saved by this queue, now or in an earlier run."""
        return {key: record.path for key, record in self.recorded.items() if record.path}

    @property
    def recorded(self) -> dict[Key, Record]:
        """What is remembered of the saved files."""
        return {key: one for key, one in self._decided.items() if one.decision is Decision.SAVED}

    def get(self, key: Key) -> Job | None:
        """Return the job of a file."""
        return self._jobs.get(key)

    def is_undecided(self, key: Key) -> bool:
        """Whether nothing was decided about the file yet, so that it may be saved unasked."""
        return key not in self._jobs and key not in self._decided

    def restore(self, records: Iterable[Record]) -> None:
        """Restore what an earlier run left unfinished, and what it had decided."""
        from ._records import job_of

        for record in records:
            if record.key in self._jobs:
                continue
            if job := job_of(record):
                self._put(job)
            else:
                self._decided[record.key] = record

    def add(self, keys: Iterable[Key]) -> int:
        """Put files at the end; return how many were not in the queue."""
        unfinished = {job.key for job in self.unfinished}
        new = [key for key in dict.fromkeys(keys) if key not in unfinished]
        for key in new:
            before = self._jobs.pop(key, None)
            self._decided.pop(key, None)
            path = before.path if before else None
            self._put(Job(key, Waiting(), path, place=next_place(self._jobs.values())))
        return len(new)

    def pause(self, keys: Iterable[Key]) -> None:
        """Hold these files until they are resumed; what is on the disk stays."""
        for job in self._those(keys):
            if isinstance(job.state, Waiting | Saving):
                self._put(replace(job, state=Paused(*extent(job.state))))

    def resume(self, keys: Iterable[Key]) -> None:
        """Go on at once with what is paused, was given up, or waits for its next try."""
        for job in self._those(keys):
            if isinstance(job.state, Paused | Waiting | NotSaved):
                problem = job.state.problem if isinstance(job.state, Waiting) else None
                state = Waiting(*extent(job.state), problem=problem)
                self._put(replace(job, state=state, tries=0, due=0.0))

    def cancel(self, keys: Iterable[Key]) -> None:
        """Take files out of the queue; nothing saves them by itself any more."""
        for job in self._those(keys):
            self._put_away(job)

    def move(self, key: Key, by: int) -> None:
        """Let a file go `by` places back, or forward where that is negative."""
        self._jobs = moved(self._jobs, key, by)
        self._reordered()

    def clear_finished(self) -> None:
        """Put away the jobs that are at their end; their files stay."""
        for job in self.jobs:
            if not job.is_unfinished:
                self._put_away(job)

    def _put_away(self, job: Job) -> None:
        """Take a job out; what was not saved is not wanted any more, until the user asks."""
        del self._jobs[job.key]
        if not isinstance(job.state, Saved):
            self._decided[job.key] = Record(job.key, Decision.DECLINED)
            self._changed(replace(job, state=None))

    def forget(self, records: Iterable[Record]) -> None:
        """Let these files count as never saved: what is at their place is something else."""
        for record in records:
            key = record.key
            if self._decided.get(key) == record:
                del self._decided[key]
                if (job := self._jobs.get(key)) and not job.is_unfinished:
                    del self._jobs[key]

    def take(self, now: float, most: int, busy: Container[Key] = ()) -> list[Job]:
        """Start and return at most `most` jobs whose turn it is, `busy` ones left out."""
        taken = ready(self.jobs, now, most, busy)
        for job in taken:
            problem = job.state.problem if isinstance(job.state, Waiting) else None
            self._put(replace(job, state=Saving(*extent(job.state), problem=problem)))
        return taken

    def next_due(self, busy: Container[Key] = ()) -> float | None:
        """Return the moment of the next try, None if there is none to wait for."""
        return next_due(self.jobs, busy)

    def release(self, key: Key) -> None:
        """Let a file that was held for space be tried again."""
        if (job := self._jobs.get(key)) and job.is_held:
            self._put(replace(job, due=0.0))

    def put_off(self, key: Key, due: float = 0.0) -> None:
        """Let a file that is being saved wait for its turn again, at `due` at the earliest."""
        job = self._jobs.get(key)
        if job and isinstance(job.state, Saving):
            self._put(replace(job, state=Waiting(*extent(job.state)), due=due))

    def set_path(self, key: Key, path: Path) -> None:
        """Take in where a file goes."""
        if job := self._jobs.get(key):
            self._put(replace(job, path=path))

    def update(self, key: Key, state: FileState, now: float, left: float | None = None) -> None:
        """Take in how a file that is being saved is, with the seconds that its link has `left`."""
        job = self._jobs.get(key)
        if job is None or not isinstance(job.state, Saving):
            return
        match state:
            case NotSaved(problem=problem):
                from ._retry import after_failure

                self._put(after_failure(job, problem, now, left))
            case Saved(path=path):
                self._put_saved(replace(job, state=state, path=path))
            case _:
                self._put(replace(job, state=state))

    def mark_saved(self, key: Key, state: Saved) -> None:
        """Take in that a file was saved without the queue."""
        self._put_saved(Job(key, state, state.path, place=next_place(self._jobs.values())))

    def mark_failed(self, key: Key, state: NotSaved) -> None:
        """Take in that a file was given up without the queue, for what concerns the file."""
        from ._retry import concerns_file

        before = self._jobs.get(key)
        if concerns_file(state.problem) and not (before and before.is_unfinished):
            self._put(Job(key, state, place=next_place(self._jobs.values())))

    def _put_saved(self, job: Job) -> None:
        from ._records import record_of

        self._decided[job.key] = record_of(job)
        self._put(job)

    def paths_but_of(self, key: Key) -> set[Path]:
        """Return the paths that belong to other files, saved or to be saved."""
        planned = {job.key: job.path for job in self._jobs.values() if job.path}
        return {path for other, path in (*self.saved.items(), *planned.items()) if other != key}

    def _put(self, job: Job) -> None:
        self._jobs[job.key] = job
        self._changed(job)

    def _those(self, keys: Iterable[Key]) -> list[Job]:
        return [job for key in keys if (job := self._jobs.get(key))]
