"""The exit status of a command, and which one wins when several apply."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.models import Phase, Status
from ..core.model.codes import Exit

TELLING = (
    Exit.USAGE,
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


def most_telling(codes: Iterable[Exit]) -> Exit:
    """Return the one of several that a script should hear; WELL of none."""
    return min(codes, key=TELLING.index, default=Exit.WELL)


def of_status(status: Status) -> Exit:
    """Return what a task's own status means: cancelled and expired count as failed."""
    if status.is_open:
        return Exit.STILL_OPEN
    return Exit.WELL if status.phase is Phase.DONE else Exit.FAILED
