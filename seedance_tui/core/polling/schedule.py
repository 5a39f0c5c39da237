"""When each open task is polled next: pure, the clock is passed in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from ..model.outcomes import Missed, Outcome
from ..model.problems import REFUSALS
from ..settings.values import LEAST_INTERVAL
from ._queue import TaskQueue
from .rate_limit import RateLimit

_JITTER = 0.1
_SLOWEST = 20.0
"""A task that is not found is polled at last every 20 intervals."""
_REFUSED = 4.0
"""A task that is refused while others are answered is polled at last every 4 intervals."""
_QUESTIONED = 0.25
"""Intervals after which a refusal is first questioned: a good key is refused now and then."""
_LOOK = 60.0
"""Seconds between two looks while everything is refused, at last."""
_SOON = 1 / 8
"""Intervals after which a task is due again whose question was refused because of the others."""
_LET_PASS = 8.0
"""A task that is refused for the fifth time lets others pass: it may be refused for ever."""
_LONGEST_BRAKE = 30.0
"""Seconds: few requests while the gateway is down, and its return is soon noticed."""
_OUTAGE = 2.0
"""Intervals of trouble after which the gateway counts as down: a 502 now and then is none."""
_LONGEST_WISH = 3600.0
"""What a gateway may ask for with `Retry-After`: longer, and the program would seem dead."""


class Schedule:
    """The plan of requests; moments and intervals in seconds.

    Every open task is polled once per `interval`, or once per so many as `interval_factor` says,
    and spread a little so that requests do not come in bursts. Where more is due than the gateway
    grants, `limit` paces the requests and the neediest task comes first. Trouble on the way to the
    gateway puts a brake on all of them together, for twice as long after each failure, up to 30 s;
    once it has lasted for two intervals, one request at a time goes out as a probe. The first good
    response lets go of the brake, and after long trouble what is overdue is spread over an
    interval. `Retry-After` is waited for in full. Trouble with the key or the address halts all
    requests but one at a time, soon at first and then once a minute, until `resume` or a good
    response.
    """

    def __init__(self, interval: float, spread: Callable[[], float] = random.random) -> None:
        self.interval = max(LEAST_INTERVAL, interval)
        self.halted = False
        self.limit = RateLimit()
        self._spread = spread
        self._open: set[str] = set()
        self._queue = TaskQueue()
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
        self._probe_until = 0.0
        """Until when the question that is under way may be the only one."""

    def plan(self, task_id: str, at: float) -> None:
        """Poll the task at that moment, whatever was planned for it."""
        self._open.add(task_id)
        self._queue.put(task_id, at)

    def forget(self, task_id: str) -> None:
        """Ask no more about the task, also when it is being polled."""
        self._open.discard(task_id)
        self._queue.forget(task_id)
        self._misses.pop(task_id, None)

    def set_aside(self, task_id: str) -> None:
        """Plan nothing until the next response: the user polls the task out of turn."""
        self._queue.remove(task_id)
        self._misses.pop(task_id, None)

    def keep(self, open_ids: Iterable[str], now: float, asked: Callable[[str], bool]) -> None:
        """Plan exactly the open tasks: new ones at once, `asked` ones are under way."""
        wanted = dict.fromkeys(open_ids)
        for task_id in self._open.difference(wanted):
            self.forget(task_id)
        self._open = set(wanted)
        for task_id in wanted:
            if task_id not in self._queue and not asked(task_id):
                self.plan(task_id, now)

    def resume(self, now: float) -> None:
        """Ask again after a halt, and let go of the brake, also of what `Retry-After` said."""
        self.halted = False
        self._failures = self._refusals = 0
        self._brake_until = self._told_until = self._probe_until = now
        self.limit.hurry(now)

    def take(self, now: float, most: int) -> list[str]:
        """Return at most `most` tasks that are due; they are then no longer planned."""
        taken: list[str] = []
        while len(taken) < most and self._may_ask(now):
            if (task_id := self._queue.pop(now)) is not None:
                taken.append(task_id)
        return taken

    def upcoming(self, now: float, most: int) -> list[str]:
        """Return at most `most` tasks that are due and would be taken next; they stay planned."""
        return [] if now < self._held_until else self._queue.upcoming(now, most)

    def _may_ask(self, now: float) -> bool:
        """Whether something is due and a question may go out; it is counted if so."""
        is_held = now < self._held_until
        if is_held or not self._queue.has_due(now) or not self.limit.admit(now):
            return False
        is_out = self._trouble_lasted(now) >= _OUTAGE * self.interval
        if self.halted or self.limit.is_blocked or is_out:
            self._probe_until = now + _LONGEST_BRAKE
        return True

    def next_due(self) -> float | None:
        """Return the moment of the next request, None if there is none to come."""
        due = self._queue.next_at()
        return None if due is None else max(due, self._held_until, self.limit.next_at)

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

        Less than one makes it no sooner: the task then comes before others that are due.
        `goes_on` says whether a task that was answered is polled again, if not its status.
        """
        self._probe_until = 0.0
        if isinstance(outcome, Missed):
            self._missed(outcome, asked_at, now)
            return
        self._misses.pop(outcome.id, None)
        self.limit.granted(asked_at, now)
        self._recover(now)
        if outcome.task.status.is_open if goes_on is None else goes_on:
            self._queue.note(outcome.id, asked_at, urgent=intervals < 1.0)
            delay = self._jittered(self.interval * max(1.0, intervals))
            self._again(outcome.id, max(now, asked_at + delay))
        else:
            self.forget(outcome.id)

    def _missed(self, outcome: Missed, asked_at: float, now: float) -> None:
        problem = outcome.problem
        intervals = 1.0
        if not problem.asks_to_slow_down:
            self._queue.note(outcome.id, asked_at, urgent=False)
        if problem.stops_asking:
            self._halt(asked_at, now)
            intervals = min(_QUESTIONED, _LOOK / self.interval)
        elif problem.concerns_task:
            self.limit.granted(asked_at, now)
            self._recover(now)
            intervals = min(_SLOWEST, self._missed_again(outcome.id))
        elif issubclass(problem.kind, REFUSALS):
            intervals = min(_REFUSED, _QUESTIONED * self._missed_again(outcome.id))
        elif problem.asks_to_slow_down:
            self.limit.refused(asked_at, now, problem.retry_after)
            self._wait_as_told(problem.retry_after or 0.0, now)
            again = self._missed_again(outcome.id)
            if again > _LET_PASS:
                self._queue.let_pass(outcome.id, asked_at)
            intervals = min(1.0, _SOON * max(1.0, again / 4))
        else:
            self._hold_back(problem.retry_after, asked_at, now)
        self._again(outcome.id, now + self._jittered(self.interval * intervals))

    def _halt(self, asked_at: float, now: float) -> None:
        """Look again soon, then more slowly; a request asked before that tells nothing new."""
        if self.halted and asked_at <= self._refused_at:
            return
        self.halted, self._refused_at = True, now
        self._refusals += 1
        pause = self.interval * _QUESTIONED * 2.0 ** min(self._refusals, 16)
        self._brake_until = now + self._jittered(min(_LOOK, pause))

    def _missed_again(self, task_id: str) -> float:
        """How many intervals to wait, doubled with each miss."""
        self._misses[task_id] = misses = self._misses.get(task_id, 0) + 1
        return 2.0 ** min(misses - 1, 8)

    def _again(self, task_id: str, at: float) -> None:
        """Plan the task unless it has ended, or left the list, while it was polled."""
        if task_id in self._open:
            self.plan(task_id, at)

    def hold(self, seconds: float | None, now: float) -> None:
        """Ask nothing for so long: the gateway says that it grants nothing before."""
        if seconds:
            self._wait_as_told(seconds, now)
            self.limit.block(now, seconds)

    def _wait_as_told(self, seconds: float, now: float) -> None:
        self._told_until = max(self._told_until, now + min(_LONGEST_WISH, seconds))

    @property
    def _held_until(self) -> float:
        return max(self._brake_until, self._told_until, self._probe_until)

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
            # What is overdue would else come in one burst.
            self._queue.put_off_due(now, lambda: now + self.interval * self._spread())

    def _trouble_lasted(self, now: float) -> float:
        return now - self._trouble_since if self._failures else 0.0

    def _hold_back(self, retry_after: float | None, asked_at: float, now: float) -> None:
        """Put the brake on for all tasks; a request asked before that tells nothing new."""
        self._wait_as_told(retry_after or 0.0, now)
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
