"""How long tasks like this one usually take, from those that were seen to be done."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

from ...api.models import Phase, Task

_ENOUGH = 5
_MOST = 200


@dataclass(frozen=True, slots=True)
class Usual:
    """The span, in seconds after the submission, in which eight of ten such tasks ended."""

    early: float
    late: float


class RunTimes:
    """Run times by action and model, which are known from the first answers on."""

    def __init__(self) -> None:
        self._seconds: defaultdict[object, deque[float]] = defaultdict(lambda: deque(maxlen=_MOST))

    def learn(self, task: Task) -> None:
        """Take a task into account, if it is done and says when."""
        if task.status.phase is Phase.DONE and task.finish_time and task.submit_time:
            self._seconds[_kind(task)].append(task.finish_time - task.submit_time)

    def usual(self, task: Task) -> Usual | None:
        """Return when tasks like this one usually end, None if too few are known."""
        seconds = sorted(self._seconds.get(_kind(task), ()))
        if len(seconds) < _ENOUGH:
            return None
        return Usual(seconds[len(seconds) // 10], seconds[len(seconds) * 9 // 10])


def _kind(task: Task) -> tuple[str | None, str | None]:
    return task.action, task.upstream.model
