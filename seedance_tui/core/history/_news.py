"""What is kept of a response that may be news, and for how long its links are of use."""

from __future__ import annotations

import json

from ...api.links import Ground, links_of
from ...api.models import Task
from ..model.judgement import says_less
from .history import LONG_DEAD


def tells_less(last: str, task: Task) -> bool:
    """Whether an answer says less than the last one kept, which another window may have heard."""
    try:
        before = Task.from_json(json.loads(last))
    except (ValueError, RecursionError):
        return False
    return before is not None and says_less(
        before, tuple(links_of(before)), task, tuple(links_of(task))
    )


def last_deadline(task: Task) -> float | None:
    """When all links have expired, in Unix seconds; a guess counts as wrong by a month."""
    links = [link for offered in links_of(task) for link in offered.candidates]
    deadlines = (
        link.deadline + (LONG_DEAD if link.ground is Ground.GUESS else 0)
        for link in links
        if link.deadline is not None
    )
    return max(deadlines, default=None)
