"""Poll the tasks that are due, eight at once; no running request is cancelled for another."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from itertools import islice
from typing import Protocol

from ...api.errors import ApiError
from ...api.models import Task
from ..model.outcomes import Fetched, Missed, Outcome, Problem
from .schedule import Schedule

_log = logging.getLogger(__name__)
AT_ONCE = 8
_CHANCES = 3
"""Refusals in a row, of whichever tasks, that may pass where the same key was answered before."""


class TaskSource(Protocol):
    """What is polled; `api.client.Client` is one."""

    async def task(self, task_id: str) -> Task:
        """Return the task or raise an ApiError."""
        ...


class Asker(Protocol):
    """Asks, or has the answer already; `shared_questions.SharedQuestions.ask` is one."""

    async def __call__(
        self, task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        """Return what came of it; with `insists` the gateway is asked in any case."""
        ...


class Poller:
    """Runs as long as its task does; `report` gets every outcome, in the loop of `run`.

    It can be told what to poll before a gateway is there, and while it runs. `interval_factor` says
    how many intervals to wait after an outcome that was reported, `goes_on` whether to ask again
    (None: by its status). `exhausted_for` returns for how many seconds the gateway grants nothing
    after its last response. `clock` paces it and never jumps; `now` dates the outcomes, in Unix
    seconds.
    """

    def __init__(
        self,
        pace: Schedule,
        report: Callable[[Outcome], None],
        *,
        interval_factor: Callable[[Outcome], float] = lambda outcome: 1.0,
        goes_on: Callable[[Outcome], bool | None] = lambda outcome: None,
        exhausted_for: Callable[[], float | None] = lambda: None,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.pace = pace
        self.paused = False
        self.asker: Asker = _ask_alone
        """By whom a question goes: another instance may have the answer."""
        self._report = report
        self._interval_factor = interval_factor
        self._goes_on = goes_on
        self._exhausted_for = exhausted_for
        self._at_once = at_once
        self._clock = clock
        self._now = now
        self._answered_well = False
        self._refusals = 0
        self._asking: set[str] = set()
        self._wanted_now: deque[str] = deque()
        self._insists: set[str] = set()
        """Tasks that the user wants asked about, whoever has asked just now."""
        self._changed = asyncio.Event()

    def watch(self, open_ids: Iterable[str]) -> None:
        """Poll these tasks from here on, and no others."""
        under_way = self._asking.union(self._wanted_now)
        self.pace.keep(open_ids, self._clock(), under_way.__contains__)
        self._changed.set()

    def ask_now(self, task_ids: Iterable[str]) -> None:
        """Poll at once, also ended tasks, after a halt, and while paused."""
        self.pace.resume(self._clock())
        already = self._asking.union(self._wanted_now)
        for task_id in dict.fromkeys(task_ids):
            if task_id not in already:
                self.pace.set_aside(task_id)
                self._wanted_now.append(task_id)
                self._insists.add(task_id)
        self._changed.set()

    def pause(self) -> None:
        """Poll only what the user asks for."""
        self.paused = True

    def resume(self) -> None:
        """Resume polling."""
        self.paused = False
        self._changed.set()

    def upcoming(self, most: int) -> list[str]:
        """Return at most `most` tasks that are to be polled next, if nothing changes."""
        first = list(islice(self._wanted_now, most))
        rest = most - len(first)
        return first if self.paused else first + self.pace.upcoming(self._clock(), rest)

    async def run(self, gateway: TaskSource) -> None:
        """Poll what is due until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                for task_id in self._next(self._at_once - len(self._asking)):
                    group.create_task(self._ask_on(gateway, task_id))
                await self._until_something_is_due()

    def _next(self, most: int) -> list[str]:
        """Return what to poll now: what the user asked for first, then what is due."""
        now, taken = self._clock(), list[str]()
        while self._wanted_now and len(taken) < most and self.pace.limit.admit(now):
            taken.append(self._wanted_now.popleft())
        if not self.paused:
            taken += self.pace.take(now, most - len(taken))
        self._asking.update(taken)
        return taken

    async def _ask_on(self, gateway: TaskSource, task_id: str) -> None:
        """Poll the task, and then another one as long as one is due: a task for each costs more."""
        following = [task_id]
        while following:
            await self._ask(gateway, following[0])
            following = self._next(1)
            if len(self._asking) < self._at_once:
                self._changed.set()

    async def _ask(self, gateway: TaskSource, task_id: str) -> None:
        asked_at, insists = self._clock(), task_id in self._insists
        self._insists.discard(task_id)

        async def question() -> Outcome:
            nonlocal asked_at
            asked_at = self._clock()  # it may have waited for another instance, in vain
            return await ask(gateway, task_id, self._now)

        try:
            outcome = self._weighed(await self.asker(task_id, question, insists=insists))
        finally:
            self._asking.discard(task_id)
        if isinstance(outcome, Fetched) and outcome.is_borrowed:
            asked_at = self._clock() - max(0.0, self._now() - outcome.at)
        self._report(outcome)
        now, factor = self._clock(), self._interval_factor(outcome)
        self.pace.answered(outcome, asked_at, now, factor, goes_on=self._goes_on(outcome))
        if isinstance(outcome, Fetched):
            self.pace.hold(self._exhausted_for(), now)

    def _weighed(self, outcome: Outcome) -> Outcome:
        """Take a refusal or a page for one task's own, or passing, where others are answered.

        A key may be limited to some models, and a good one is refused now and then; a captive
        portal answers in the gateway's place.
        """
        if outcome.shows_key:
            self._answered_well, self._refusals = True, 0
        elif isinstance(outcome, Missed) and outcome.problem.stops_asking:
            self._refusals += 1
            if self._answered_well and self._refusals <= _CHANCES:
                return outcome.passing
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


async def _ask_alone(
    task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
) -> Outcome:
    return await ask()


async def ask(gateway: TaskSource, task_id: str, clock: Callable[[], float] = time.time) -> Outcome:
    """Poll one task once; a failure is a value."""
    try:
        task = await gateway.task(task_id)
    except ApiError as error:
        problem = Problem.of(error, clock())
        _log.debug("%s: %s", task_id, problem.brief)
        return Missed(task_id, problem)
    _log.debug("%s: %s, upstream %s", task_id, task.status.word, task.upstream.status)
    return Fetched(task_id, task, clock())
