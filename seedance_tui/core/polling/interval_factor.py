"""How long to wait until the next request about one open task."""

from __future__ import annotations

from ...api.links import links_of
from ...api.models import Phase, Task
from ..model.entry import Entry
from ..model.outcomes import Fetched, Outcome
from ..model.run_times import RunTimes, Usual, age, is_slow
from ..model.urgency import Urgency, urgency

_LONG_QUEUED = 600.0
"""Seconds in which a queue usually moves."""
_URGENT = 0.5
_BEHIND = 4.0
"""Intervals between two requests about a task that counts as over, and the gateway says not."""


def interval_factor(task: Task, now: float, usual: Usual | None) -> float:
    """How many intervals to wait until the next request about an open task.

    A task that waits in a queue for long, or is slow, changes rarely; one that has run for less
    than half of what is usual does not end yet. Less than one is for what must not wait behind
    others: a task that may end at any moment, or whose link is there and expires soon.
    """
    if _link_expires_soon(task, now):
        return _URGENT
    if is_slow(task, now, usual):
        return 4.0
    since = age(task, now)
    if task.status.phase is not Phase.RUNNING:
        return 1.0 if since < _LONG_QUEUED else 2.0
    if usual is None:
        return 1.0
    if since < usual.early / 2:
        return 2.0
    return _URGENT if usual.early <= since <= usual.late else 1.0


def _link_expires_soon(task: Task, now: float) -> bool:
    return any(urgency(link.left(now)) in (Urgency.SOON, Urgency.URGENT) for link in links_of(task))


def intervals_after(outcome: Outcome, entry: Entry | None, run_times: RunTimes) -> float:
    """How many intervals to wait after an outcome; `entry` is the task as it is since."""
    if not isinstance(outcome, Fetched) or (entry and not entry.is_open):
        return _BEHIND if entry and entry.status.upstream_word else 1.0
    return interval_factor(outcome.task, outcome.at, run_times.usual(outcome.task))
