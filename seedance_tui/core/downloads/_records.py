"""What a later run must know of a job, and the job that it makes of that."""

from __future__ import annotations

from dataclasses import replace

from ...api.errors import ApiError
from ..model.file_states import NotSaved, Paused, Saved, Waiting
from ..model.outcomes import Problem
from .ledger import Decision, Record
from .queue import Job


def record_of(job: Job) -> Record:
    """Return what a later run must know of a job."""
    match job.state:
        case None:
            return Record(job.key, Decision.DECLINED)
        case Saved(path, remarks, stamp, source):
            saved = Record(job.key, Decision.SAVED, path, stamp=stamp)
            return replace(saved, remarks=remarks, source=source)
        case NotSaved(problem=problem):
            return Record(job.key, Decision.FAILED, job.path, job.place, problem=problem)
        case Paused():
            return Record(job.key, Decision.HELD, job.path, job.place)
    return Record(job.key, Decision.WANTED, job.path, job.place)


def job_of(record: Record) -> Job | None:
    """Return the job that an earlier run left; None of what is decided for good."""
    match record.decision:
        case Decision.WANTED:
            return Job(record.key, Waiting(), record.path, place=record.place)
        case Decision.HELD:
            return Job(record.key, Paused(), record.path, place=record.place)
        case Decision.FAILED:
            why = record.problem or Problem(ApiError)
            return Job(record.key, NotSaved(why), record.path, place=record.place)
    return None
