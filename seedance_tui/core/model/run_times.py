"""How long tasks like this one usually take, from those that were seen to be done; who is slow."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from ...api.models import Phase, Task

_ENOUGH = 5
_MOST = 200
_OVERDUE = 3.0
"""Times the usual run time after which a task is slow."""
_ANY_RUN = 21_600.0
"""Seconds after which a run is slow of which no usual time is known."""
_OFFLINE = "flex"
"""The service tier whose tasks may run for a day (source: the upstream documentation)."""
_STILL_QUEUED = 3600.0
"""Seconds after which a queue that has not moved is slow."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The span, in seconds after the submission, in which eight of ten such tasks ended."""

    early: float
    late: float


class RunTimes:
    """Run times by action, model and tier, which are known from the first answers on."""

    def __init__(self) -> None:
        self._seconds: defaultdict[_Kind, deque[float]] = defaultdict(lambda: deque(maxlen=_MOST))
        self._usual: dict[_Kind, Usual | None] = {}
        """What was worked out since the last task was learned from."""

    def learn(self, task: Task) -> None:
        """Take a task into account, if it is done and says when."""
        if task.status.phase is Phase.DONE and task.finish_time and task.submit_time:
            kind = _kind(task)
            self._seconds[kind].append(task.finish_time - task.submit_time)
            self._usual.pop(kind, None)

    def learn_each(self, tasks: Iterable[Task]) -> None:
        """Take tasks into account, each of them once."""
        for task in tasks:
            self.learn(task)

    def usual(self, task: Task) -> Usual | None:
        """Return when tasks like this one usually end, None if too few are known."""
        kind = _kind(task)
        if kind not in self._usual:
            self._usual[kind] = _middle(self._seconds.get(kind, ()))
        return self._usual[kind]


def age(task: Task, now: float) -> float:
    """Return for how many seconds it has run or, where it does not run yet, has waited."""
    since = (task.status.phase is Phase.RUNNING and task.start_time) or task.submit_time
    return now - since if since else 0.0


def is_slow(task: Task, now: float, usual: Usual | None) -> bool:
    """Whether an open task waits or runs for so long that a person should know."""
    if not task.status.is_open:
        return False
    if task.status.phase is not Phase.RUNNING:
        return age(task, now) >= _STILL_QUEUED
    if usual is not None:
        return age(task, now) > _OVERDUE * usual.late
    return task.upstream.service_tier != _OFFLINE and age(task, now) > _ANY_RUN


def _middle(known: Iterable[float]) -> Usual | None:
    seconds = sorted(known)
    if len(seconds) < _ENOUGH:
        return None
    return Usual(seconds[len(seconds) // 10], seconds[len(seconds) * 9 // 10])


_Kind = tuple[str | None, ...]


def _kind(task: Task) -> _Kind:
    return task.action, task.upstream.model, task.upstream.service_tier
