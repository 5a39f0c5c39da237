"""What becomes of a file that was not saved: tried again, held for space, or given up. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...api.errors import DiskError, DiskFull, NameTaken
from ..model.file_states import NotSaved, Waiting, extent
from ..model.outcomes import Problem
from .queue import NEVER, Job

_AGAIN = (15.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds until a file is tried again whose way was the trouble, from its first failure on."""
_SHARE_OF_LIFE = 20
"""A wait takes at most this part of the time that a link has left."""
_SHORTEST = 1.0


def longest_wait(left: float | None) -> float:
    """Seconds that nobody may keep a file waiting whose link has `left` seconds, None unknown."""
    if left is None or left <= 0:
        return _AGAIN[-1]
    return max(_SHORTEST, min(_AGAIN[-1], left / _SHARE_OF_LIFE))


def concerns_file(problem: Problem) -> bool:
    """Whether it will meet every later try too: it lies in the file and its link.

    What lies in the disk or the key of one call may be otherwise for the next one.
    """
    is_ours = problem.stops_asking or issubclass(problem.kind, DiskError | NameTaken)
    return not is_ours and not problem.spec.retryable


def after_failure(job: Job, problem: Problem, now: float, left: float | None) -> Job:
    """Return what a job is after a failure at `now`; its link has `left` seconds."""
    received, total = extent(job.state)
    if issubclass(problem.kind, DiskFull):
        return replace(job, state=Waiting(received, total, problem), due=NEVER)
    if not problem.spec.retryable:
        return replace(job, state=NotSaved(problem))
    wait = max(problem.retry_after or 0.0, _AGAIN[min(job.tries, len(_AGAIN) - 1)])
    wait = min(wait, longest_wait(left))
    state = Waiting(received, total, problem, problem.at + wait)
    return replace(job, state=state, tries=job.tries + 1, due=now + wait)
