"""What the exit status says, and which of several things it says."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from ..api import errors
from ..api.models import Phase, Status
from ..core.model.outcomes import Fetched, Outcome, Problem


class Exit(IntEnum):
    """The exit statuses; scripts rely on them."""

    WELL = 0
    OTHER = 1
    USAGE = 2
    NO_KEY = 3
    NOT_FOUND = 4
    FAILED = 5
    DISK = 6
    NETWORK = 7
    STILL_OPEN = 8
    EXPIRED = 9
    INTERRUPTED = 130


TELLING = (
    Exit.NO_KEY,
    Exit.OTHER,
    Exit.DISK,
    Exit.EXPIRED,
    Exit.FAILED,
    Exit.NOT_FOUND,
    Exit.NETWORK,
    Exit.STILL_OPEN,
    Exit.WELL,
)
"""First what concerns every task, then what is final, then what may pass."""

_MEANINGS: tuple[tuple[type[errors.ApiError], Exit], ...] = (
    (errors.KeyMissing, Exit.NO_KEY),
    (errors.KeyRefused, Exit.NO_KEY),
    (errors.Forbidden, Exit.NO_KEY),
    (errors.TaskNotFound, Exit.NOT_FOUND),
    (errors.WrongAddress, Exit.NETWORK),
    (errors.TransientError, Exit.NETWORK),
    (errors.LinkExpired, Exit.EXPIRED),
    (errors.DownloadError, Exit.DISK),
)


def most_telling(codes: Iterable[Exit]) -> Exit:
    """Return the one of several that a script should hear; WELL of none."""
    return min(codes, key=TELLING.index, default=Exit.WELL)


def of_problem(problem: Problem) -> Exit:
    """Return what a problem means for the exit status."""
    kinds = (code for kind, code in _MEANINGS if issubclass(problem.kind, kind))
    return next(kinds, Exit.OTHER)


def of_status(status: Status) -> Exit:
    """Return what a task's own status means: cancelled and expired count as failed."""
    if status.is_open:
        return Exit.STILL_OPEN
    return Exit.WELL if status.phase is Phase.DONE else Exit.FAILED


def of_outcome(outcome: Outcome) -> Exit:
    """Return what the outcome of a question means for who wants the task done."""
    if isinstance(outcome, Fetched):
        return of_status(outcome.task.status)
    return of_problem(outcome.problem)
