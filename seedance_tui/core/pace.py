"""When each open task is asked about next: pure, the clock is passed in."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable

from ..api.errors import Forbidden, TaskNotFound
from ..api.models import Phase, Task
from .outcomes import Missed, Outcome
from .usual import Usual

LEAST_INTERVAL = 0.5
_JITTER = 0.1
_SLOWEST = 20.0
"""A task that is not found is asked about at last every 20 intervals."""
_POISONED = 4.0
"""A task whose own questions keep failing is asked about every 4 intervals."""
_LONG_QUEUED, _VERY_LONG_QUEUED = 600.0, 3600.0
"""Seconds in which a queue usually moves."""
_OVERDUE = 3.0
"""Times the usual run time after which a task looks stuck."""
_LONGEST_BRAKE = 120.0
_LONGEST_WISH = 3600.0
"""What a gateway may ask for with `Retry-After`: longer, and the program would seem dead."""


def patience(task: Task, now: float, usual: Usual | None) -> float:
    """How many intervals to wait until the next question about an open task; 1 is the least.

    A task that waits in a queue for long, or runs for far longer than tasks like it, changes
    rarely; one that has run for less than half of what is usual does not end yet.
    """
    is_running = task.status.phase is Phase.RUNNING
    since = (is_running and task.start_time) or task.submit_time
    age = now - since if since else 0.0
    if not is_running:
        return 1.0 if age < _LONG_QUEUED else 2.0 if age < _VERY_LONG_QUEUED else 4.0
    if usual is None:
        return 1.0
    if age > _OVERDUE * usual.late:
        return 4.0
    return 2.0 if age < usual.early / 2 else 1.0


def looks_stuck(task: Task, now: float, usual: Usual | None) -> bool:
    """Whether it waits or runs for so long that a person should know."""
    return patience(task, now, usual) >= 4.0


class Pace:
    """The plan of questions; moments and intervals in seconds.

    Every open task is asked about once per `interval`, or once per so many as `patience` says, and
    spread a little so that questions do not come in bursts. Trouble on the way to the gateway
    slows all of them together (the brake); trouble with the key or the address stops them until
    `resume`, or until a question that was under way is answered well.
    """

    def __init__(self, interval: float, spread: Callable[[], float] = random.random) -> None:
        self.interval = max(LEAST_INTERVAL, interval)
        self.halted = False
        self._spread = spread
        self._open: set[str] = set()
        self._due: dict[str, float] = {}
        self._queue: list[tuple[float, str]] = []
        self._misses: dict[str, tuple[int, float]] = {}
        """How often in a row a task's question went wrong, and when the last time was."""
        self._brake_until = 0.0
        self._told_until = 0.0
        self._storm = 0

    def plan(self, task_id: str, at: float) -> None:
        """Ask about the task at that moment, whatever was planned for it."""
        self._open.add(task_id)
        self._due[task_id] = at
        heapq.heappush(self._queue, (at, task_id))

    def forget(self, task_id: str) -> None:
        """Ask no more about the task, also when it is being asked about."""
        self._open.discard(task_id)
        self.set_aside(task_id)

    def set_aside(self, task_id: str) -> None:
        """Plan nothing until the next answer: a person asks about the task out of turn."""
        self._due.pop(task_id, None)
        self._misses.pop(task_id, None)

    def keep(self, open_ids: Iterable[str], now: float, asked: Callable[[str], bool]) -> None:
        """Plan exactly the open tasks: new ones at once, `asked` ones are under way."""
        wanted = set(open_ids)
        for task_id in self._open - wanted:
            self.forget(task_id)
        self._open = wanted
        for task_id in wanted - self._due.keys():
            if not asked(task_id):
                self.plan(task_id, now)

    def resume(self, now: float) -> None:
        """Ask again after a halt, and let go of the brake."""
        self._clear()
        self._told_until = now

    def take(self, now: float, most: int) -> list[str]:
        """Return at most `most` tasks that are due; they are then no longer planned."""
        taken: list[str] = []
        while len(taken) < most and (due := self.next_due()) is not None and due <= now:
            _, task_id = heapq.heappop(self._queue)
            del self._due[task_id]
            taken.append(task_id)
        return taken

    def next_due(self) -> float | None:
        """Return the moment of the next question, None if there is none to come."""
        if self.halted:
            return None
        while self._queue and self._due.get(self._queue[0][1]) != self._queue[0][0]:
            heapq.heappop(self._queue)
        return max(self._queue[0][0], self._held_until) if self._queue else None

    def answered(
        self, outcome: Outcome, asked_at: float, now: float, intervals: float = 1.0
    ) -> None:
        """Plan what follows from an outcome, an open task after so many intervals."""
        if isinstance(outcome, Missed):
            self._missed(outcome, now)
            return
        self._misses.pop(outcome.id, None)
        self._recover(now)
        if outcome.task.status.is_open:
            delay = self._jittered(self.interval * max(1.0, intervals))
            self._again(outcome.id, max(now, asked_at + delay))
        else:
            self.forget(outcome.id)

    def _missed(self, outcome: Missed, now: float) -> None:
        problem = outcome.problem
        delay = self.interval
        if problem.stops_asking:
            self.halted = True
        elif issubclass(problem.kind, TaskNotFound):
            self._recover(now)
            delay *= min(_SLOWEST, self._missed_again(outcome.id, now))
        else:
            delay *= min(_POISONED, self._missed_again(outcome.id, now))
            if not issubclass(problem.kind, Forbidden):
                self._hold_back(problem.retry_after, now)
        self._again(outcome.id, now + self._jittered(delay))

    def _missed_again(self, task_id: str, now: float) -> float:
        """How many times longer to wait, doubled with each miss."""
        misses = self._misses.get(task_id, (0, now))[0] + 1
        self._misses[task_id] = misses, now
        return 2.0 ** min(misses - 1, 8)

    def _recover(self, now: float) -> None:
        """After a storm, ask within an interval about those that missed their answer in it."""
        was_stormy = self._storm > 0
        self._clear()
        for task_id, (_, at) in list(self._misses.items()) if was_stormy else []:
            soon = max(now + self.interval * self._spread(), at + self.interval)
            if self._due.get(task_id, 0.0) > soon:
                self.plan(task_id, soon)

    def _again(self, task_id: str, at: float) -> None:
        """Plan the task unless it has ended, or left the list, while it was asked about."""
        if task_id in self._open:
            self.plan(task_id, at)

    @property
    def _held_until(self) -> float:
        return max(self._brake_until, self._told_until)

    def _clear(self) -> None:
        """Let go of the brake: the gateway has answered. What it asked for stays."""
        self.halted = False
        self._brake_until = 0.0
        self._storm = 0

    def _hold_back(self, retry_after: float | None, now: float) -> None:
        """Put the brake on for all tasks; answers to questions of the same storm count once."""
        if now >= self._held_until:
            self._storm += 1
        pause = min(_LONGEST_BRAKE, self.interval / 8 * 2.0 ** min(self._storm, 16))
        self._brake_until = max(self._brake_until, now + pause)
        self._told_until = max(self._told_until, now + min(_LONGEST_WISH, retry_after or 0.0))

    def _jittered(self, seconds: float) -> float:
        return seconds * (1 + _JITTER * (2 * self._spread() - 1))
