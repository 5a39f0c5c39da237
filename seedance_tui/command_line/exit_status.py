"""The exit status of a command, and which one wins when several apply."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.models import Phase, Status
from ..core.model.codes import Exit
from ..core.text.i18n import N_

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


MEANINGS = {
    Exit.WELL: N_("success"),
    Exit.OTHER: N_("other error"),
    Exit.USAGE: N_("usage"),
    Exit.NO_KEY: N_("API key missing or rejected"),
    Exit.NOT_FOUND: N_("task not found"),
    Exit.FAILED: N_("a task failed"),
    Exit.DISK: N_("download, verify or disk error"),
    Exit.NETWORK: N_("network or server error after retries, or nothing heard before a timeout"),
    Exit.STILL_OPEN: N_("timed out, task unfinished"),
    Exit.EXPIRED: N_("link expired"),
    Exit.HUNG_UP: N_("window closed"),
    Exit.INTERRUPTED: N_("interrupted"),
    Exit.PIPE_CLOSED: N_("the reader of the output is gone"),
}
"""What each means, for people."""
ALWAYS = (
    Exit.WELL,
    Exit.OTHER,
    Exit.USAGE,
    Exit.DISK,
    Exit.HUNG_UP,
    Exit.INTERRUPTED,
    Exit.PIPE_CLOSED,
)
"""Those that every command may have: standard output too may be a file on a full disk."""
OF_VIDEOS = (
    Exit.NO_KEY,
    Exit.NOT_FOUND,
    Exit.FAILED,
    Exit.NETWORK,
    Exit.STILL_OPEN,
    Exit.EXPIRED,
)
"""Those of a command that needs the videos of tasks, or links to them."""


def most_telling(codes: Iterable[Exit]) -> Exit:
    """Return the one of several that a script should hear; WELL of none."""
    return min(codes, key=TELLING.index, default=Exit.WELL)


def of_status(status: Status) -> Exit:
    """Return what a task's own status means: cancelled and expired count as failed."""
    if status.is_open:
        return Exit.STILL_OPEN
    return Exit.WELL if status.phase is Phase.DONE else Exit.FAILED
