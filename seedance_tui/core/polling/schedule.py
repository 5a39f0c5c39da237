"""When each open task is polled next: pure, the clock is passed in."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable

from ...api.models import Phase, Task
from ..model.outcomes import Missed, Outcome
from ..model.problems import REFUSALS
from .run_times import Usual

LEAST_INTERVAL = 0.5
_JITTER = 0.1
_SLOWEST = 20.0
"""A task that is not found is polled at last every 20 intervals."""
_REFUSED = 4.0
"""A task that is refused while others are answered is polled at last every 4 intervals."""
_SOON = 0.25
"""Intervals after which a refusal is first questioned: a good key is refused now and then."""
_LOOK = 60.0
"""Seconds between two looks while everything is refused, at last."""
_LONG_QUEUED, _VERY_LONG_QUEUED = 600.0, 3600.0
"""Seconds in which a queue usually moves."""
_OVERDUE = 3.0
"""Times the usual run time after which a task looks stuck."""
_LONGEST_BRAKE = 30.0
"""Seconds: few requests while the gateway is down, and its return is soon noticed."""
_OUTAGE = 2.0
"""Intervals of trouble after which the gateway counts as down: a 502 now and then is none."""
_LONGEST_WISH = 3600.0
"""What a gateway may ask for with `Retry-After`: longer, and the program would seem dead."""


def interval_factor(task: Task, now: float, usual: Usual | None) -> float:
    """How many intervals to wait until the next request about an open task; 1 is the least.

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
    """Whether it waits or runs for so long that the user should know."""
    return interval_factor(task, now, usual) >= 4.0


class Pace:
    """The plan of requests; moments and intervals in seconds.

    Every open task is polled once per `interval`, or once per so many as `interval_factor` says,
    and spread a little so that requests do not come in bursts. Trouble on the way to the gateway
    puts a brake on all of them together, for twice as long after each failure, up to 30 s; once it
    has lasted for two intervals, one request at a time goes out as a probe. The first good response
    lets go of the brake, and after long trouble what is overdue is spread over an interval.
    `Retry-After` is waited for in full. Trouble with the key or the address halts all requests
    but one at a time, soon at first and then once a minute, until `resume` or a good response.
    """

    def __init__(self, interval: float, spread: Callable[[], float] = random.random) -> None:
        self.interval = max(LEAST_INTERVAL, interval)
        self.halted = False
        self._spread = spread
        self._open: set[str] = set()
        self._due: dict[str, float] = {}
        self._queue: list[tuple[float, str]] = []
        self._misses: dict[str, int] = {}
        """How often in a row a task was not found or refused."""
        self._refusals = 0
        """How often in a row everything was refused, requests asked together counted once."""
        self._refused_at = 0.0
        self._failures = 0
        """How often in a row the gateway failed, requests asked together counted once."""
        self._trouble_since = 0.0
        self._failed_at = 0.0
        self._brake_until = 0.0
        self._told_until = 0.0

    def plan(self, task_id: str, at: float) -> None:
        """Poll the task at that moment, whatever was planned for it."""
        self._open.add(task_id)
        self._due[task_id] = at
        heapq.heappush(self._queue, (at, task_id))

    def forget(self, task_id: str) -> None:
        """Ask no more about the task, also when it is being polled."""
        self._open.discard(task_id)
        self.set_aside(task_id)

    def set_aside(self, task_id: str) -> None:
        """Plan nothing until the next response: the user polls the task out of turn."""
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
        """Ask again after a halt, and let go of the brake, also of what `Retry-After` said."""
        self.halted = False
        self._failures = self._refusals = 0
        self._brake_until = self._told_until = now

    def take(self, now: float, most: int) -> list[str]:
        """Return at most `most` tasks that are due; they are then no longer planned."""
        taken: list[str] = []
        while len(taken) < most and (due := self.next_due()) is not None and due <= now:
            _, task_id = heapq.heappop(self._queue)
            del self._due[task_id]
            taken.append(task_id)
            if self.halted or self._trouble_lasted(now) >= _OUTAGE * self.interval:
                self._brake_until = now + _LONGEST_BRAKE
        return taken

    def next_due(self) -> float | None:
        """Return the moment of the next request, None if there is none to come."""
        while self._queue and self._due.get(self._queue[0][1]) != self._queue[0][0]:
            heapq.heappop(self._queue)
        return max(self._queue[0][0], self._held_until) if self._queue else None

    def answered(
        self,
        outcome: Outcome,
        asked_at: float,
        now: float,
        intervals: float = 1.0,
        *,
        goes_on: bool | None = None,
    ) -> None:
        """Plan what follows from an outcome, an open task after so many intervals.

        `goes_on` says whether a task that was answered is polled again, if not its status.
        """
        if isinstance(outcome, Missed):
            self._missed(outcome, asked_at, now)
            return
        self._misses.pop(outcome.id, None)
        self._recover(now)
        if outcome.task.status.is_open if goes_on is None else goes_on:
            delay = self._jittered(self.interval * max(1.0, intervals))
            self._again(outcome.id, max(now, asked_at + delay))
        else:
            self.forget(outcome.id)

    def _missed(self, outcome: Missed, asked_at: float, now: float) -> None:
        problem = outcome.problem
        intervals = 1.0
        if problem.stops_asking:
            self._halt(asked_at, now)
            intervals = min(_SOON, _LOOK / self.interval)
        elif problem.concerns_task:
            self._recover(now)
            intervals = min(_SLOWEST, self._missed_again(outcome.id))
        elif issubclass(problem.kind, REFUSALS):
            intervals = min(_REFUSED, _SOON * self._missed_again(outcome.id))
        else:
            self._hold_back(problem.retry_after, asked_at, now)
        self._again(outcome.id, now + self._jittered(self.interval * intervals))

    def _halt(self, asked_at: float, now: float) -> None:
        """Look again soon, then more slowly; a request asked before that tells nothing new."""
        if self.halted and asked_at <= self._refused_at:
            return
        self.halted, self._refused_at = True, now
        self._refusals += 1
        pause = self.interval * _SOON * 2.0 ** min(self._refusals, 16)
        self._brake_until = now + self._jittered(min(_LOOK, pause))

    def _missed_again(self, task_id: str) -> float:
        """How many intervals to wait, doubled with each miss."""
        self._misses[task_id] = misses = self._misses.get(task_id, 0) + 1
        return 2.0 ** min(misses - 1, 8)

    def _again(self, task_id: str, at: float) -> None:
        """Plan the task unless it has ended, or left the list, while it was polled."""
        if task_id in self._open:
            self.plan(task_id, at)

    @property
    def _held_until(self) -> float:
        return max(self._brake_until, self._told_until)

    def _recover(self, now: float) -> None:
        """Let go of the brake: the gateway has answered. What it asked for stays."""
        self.halted = False
        self._refusals = 0
        self._brake_until = 0.0
        if now < self._told_until:
            return
        was_long = self._trouble_lasted(now) >= self.interval
        self._failures = 0
        if was_long:
            self._spread_overdue(now)

    def _trouble_lasted(self, now: float) -> float:
        return now - self._trouble_since if self._failures else 0.0

    def _spread_overdue(self, now: float) -> None:
        """Plan within an interval all that is due, which would else come in one burst."""
        for task_id in self.take(now, len(self._due)):
            self.plan(task_id, now + self.interval * self._spread())

    def _hold_back(self, retry_after: float | None, asked_at: float, now: float) -> None:
        """Put the brake on for all tasks; a request asked before that tells nothing new."""
        self._told_until = max(self._told_until, now + min(_LONGEST_WISH, retry_after or 0.0))
        if self._failures and asked_at <= self._failed_at:
            return
        if not self._failures:
            self._trouble_since = now
        self._failures += 1
        self._failed_at = now
        pause = self.interval / 8 * 2.0 ** min(self._failures, 16)
        self._brake_until = now + self._jittered(min(_LONGEST_BRAKE, pause))

    def _jittered(self, seconds: float) -> float:
        return seconds * (1 + _JITTER * (2 * self._spread() - 1))
