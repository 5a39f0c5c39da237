"""Ask about what is due, so many at once; a question under way is never given up for another."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from ...api.errors import ApiError, Forbidden, WrongAddress
from ...api.models import Task
from ..model.outcomes import Fetched, Missed, Outcome, Problem
from .schedule import Pace

_log = logging.getLogger(__name__)
AT_ONCE = 8


class Gateway(Protocol):
    """Who is asked; `api.client.Client` is one."""

    async def task(self, task_id: str) -> Task:
        """Return the task or raise an ApiError."""
        ...


class Poller:
    """Runs as long as its task does; `report` gets every outcome, in the loop of `run`.

    It can be told what to ask about before a gateway is there, and while it runs. `clock` paces
    it and never jumps; `now` dates the outcomes, in Unix seconds. `exhausted_for` returns for how
    many seconds the gateway grants nothing after its last answer.
    """

    def __init__(
        self,
        pace: Pace,
        report: Callable[[Outcome], None],
        *,
        patience: Callable[[Outcome], float] = lambda outcome: 1.0,
        exhausted_for: Callable[[], float | None] = lambda: None,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.pace = pace
        self.paused = False
        self._report = report
        self._patience = patience
        self._exhausted_for = exhausted_for
        self._at_once = at_once
        self._clock = clock
        self._now = now
        self._answered_well = False
        self._asking: set[str] = set()
        self._wanted_now: deque[str] = deque()
        self._changed = asyncio.Event()

    def watch(self, open_ids: Iterable[str]) -> None:
        """Ask about these tasks from here on, and no others."""
        under_way = self._asking.union(self._wanted_now)
        self.pace.keep(open_ids, self._clock(), under_way.__contains__)
        self._changed.set()

    def ask_now(self, task_ids: Iterable[str]) -> None:
        """Ask at once, also about ended tasks, after a halt, and while paused."""
        self.pace.resume(self._clock())
        already = self._asking.union(self._wanted_now)
        for task_id in dict.fromkeys(task_ids):
            if task_id not in already:
                self.pace.set_aside(task_id)
                self._wanted_now.append(task_id)
        self._changed.set()

    def pause(self) -> None:
        """Ask about nothing but what a person asks for."""
        self.paused = True

    def resume(self) -> None:
        """Go on asking."""
        self.paused = False
        self._changed.set()

    async def run(self, gateway: Gateway) -> None:
        """Ask what is due until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                for task_id in self._next():
                    self._asking.add(task_id)
                    group.create_task(self._ask(gateway, task_id))
                await self._until_something_is_due()

    def _next(self) -> list[str]:
        """Return what to ask about now: what a person asked for first, then what is due."""
        free = self._at_once - len(self._asking)
        now, first = self._clock(), list[str]()
        while self._wanted_now and len(first) < free and self.pace.limit.admit(now):
            first.append(self._wanted_now.popleft())
        rest = free - len(first)
        return first if self.paused else first + self.pace.take(now, rest)

    async def _ask(self, gateway: Gateway, task_id: str) -> None:
        asked_at = self._clock()
        try:
            outcome = self._weighed(await ask(gateway, task_id, self._now))
        finally:
            self._asking.discard(task_id)
            self._changed.set()
        now = self._clock()
        self.pace.answered(outcome, asked_at, now, self._patience(outcome))
        if isinstance(outcome, Fetched):
            self.pace.hold(self._exhausted_for(), now)
        self._report(outcome)

    def _weighed(self, outcome: Outcome) -> Outcome:
        """Take a refusal or a page for one task's own, or passing, where others are answered.

        A key may be limited to some models; a captive portal answers in the gateway's place.
        """
        if isinstance(outcome, Fetched):
            self._answered_well = True
        elif self._answered_well and issubclass(outcome.problem.kind, Forbidden | WrongAddress):
            return replace(outcome, problem=replace(outcome.problem, passing=True))
        return outcome

    async def _until_something_is_due(self) -> None:
        due = None if self.paused else self.pace.next_due()
        if self._wanted_now:
            due = self.pace.limit.next_at
        full = len(self._asking) >= self._at_once
        wait = None if due is None or full else max(0.0, due - self._clock())
        # Not wait_for: on Python 3.11 it loses a cancellation that comes with the event.
        try:
            async with asyncio.timeout(wait):
                await self._changed.wait()
        except TimeoutError:
            return
        self._changed.clear()


async def ask(gateway: Gateway, task_id: str, clock: Callable[[], float] = time.time) -> Outcome:
    """Ask about one task once; a failure is a value."""
    try:
        task = await gateway.task(task_id)
    except ApiError as error:
        problem = Problem.of(error, clock())
        _log.debug("%s: %s", task_id, problem.brief)
        return Missed(task_id, problem)
    _log.debug("%s: %s, upstream %s", task_id, task.status.word, task.upstream.status)
    return Fetched(task_id, task, clock())
