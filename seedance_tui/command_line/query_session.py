"""The session of one headless command: the watch list opened once, tasks polled with retries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from ..api.errors import TimedOut, Unreachable
from ..api.transfer.retries import Retries
from ..core.config import Config
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Fetched, Missed, Outcome, Problem
from ..core.model.problems import REFUSALS
from ..core.model.watched import Watched
from ..core.polling.poller import AT_ONCE, ask
from ..core.polling.shared_questions import shared_by
from ..core.session import Session
from ._turns import Turns
from .damaged_list import tell_damage, tell_kept_aside
from .invocation import Pause
from .json_error import Error, error_of
from .key_on_demand import connected
from .time_limit import TimeLimit

if TYPE_CHECKING:
    from ..api.client import Client

PAUSES = (0.5, 1.0, 2.0)
"""Seconds between the four tries of a request or a download."""
_LONGEST_PAUSE = 20.0
_SHORTEST_PAUSE = 0.05
_T = TypeVar("_T")


def complete(work: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end; the first error of a group comes out alone."""
    try:
        return asyncio.run(work)
    except ExceptionGroup as group:
        _raise_first(group)


def retry_pause(problem: Problem, pause: float) -> float:
    """Seconds to wait before the next try: what the server asks for, within a bound."""
    return min(max(pause, problem.retry_after or 0.0), _LONGEST_PAUSE)


class QuerySession:
    """A read-only session; IDs beyond the watch list are added in memory only.

    What is heard goes into the history. Nobody is asked about a task that is known to have ended,
    or that another instance has just asked about, unless `refresh` says so; of the list only the
    tasks in `only` are read, if it names any. Damage of the list is an error with `needs_list`.
    After one request that got no response at all, however often, the others are not tried.
    """

    def __init__(
        self,
        config: Config,
        pause: Pause | None = None,
        *,
        refresh: bool = False,
        only: Sequence[str] = (),
        needs_list: bool = False,
        as_json: bool = False,
        limit: TimeLimit | None = None,
    ) -> None:
        self.time_limit = limit or TimeLimit()
        self._needs_list = needs_list
        self._as_json = as_json
        self._pause = pause
        self._refresh = refresh
        self._only = tuple(only)
        most = 1 if self.time_limit.asks_once else len(PAUSES) + 1
        retries = Retries(most, PAUSES[0], longest_asked=_LONGEST_PAUSE, insists=True)
        if pause:
            retries = replace(retries, pause=lambda cancel, seconds: pause(seconds))
        self.session = Session(config, _connect, retries=retries)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._turns = Turns()
        self._shared = shared_by(config)
        self._hopeless: Problem | None = None
        self._one_connects = asyncio.Lock()
        self._heard: dict[str, Outcome] = {}
        """What came of the question about each task, where there is to be but one."""
        self.missed: dict[str, Problem] = {}
        """Why there was no good response to the last request about a task."""
        self.trouble: Problem | None = None
        """What came of the last request, if it came to nothing."""
        self.is_answered = False
        """Whether the gateway has taken the key in this run."""
        self.codes: list[Exit] = []
        """What the list itself adds to the exit statuses."""

    async def __aenter__(self) -> Self:
        loaded = await self.session.load(self._only)
        self.codes += tell_damage(
            self.session, loaded.damage, is_needed=self._needs_list, as_json=self._as_json
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        tell_kept_aside(self.session.editor.kept_aside)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every task of the list, and the temporary ones."""
        return self.session.store.entries

    async def add_temporary(self, ids: Iterable[str]) -> None:
        """Add these tasks in memory, as if they were on the list."""
        store, now = self.session.store, datetime.now(UTC)
        unlisted = [
            Watched(task_id, now, is_listed=False) for task_id in ids if store.get(task_id) is None
        ]
        if unlisted:
            await self.session.recall(one.id for one in unlisted)
            store.watch((*(entry.watched for entry in self.entries), *unlisted))
            await self.session.files.look()

    def entry(self, task_id: str) -> Entry:
        """Return the entry of a task, on the list or temporary."""
        entry = self.session.store.get(task_id)
        assert entry is not None, "unlisted are invited first"  # noqa: S101
        return entry

    async def connect(self) -> Problem | None:
        """Build the client; return the problem that prevents it, if any."""
        async with self._one_connects:
            if self.session.client is None and self._hopeless is None:
                self._hopeless = await connected(self.session, self.time_limit)
        return self._hopeless

    def known_end(self, task_id: str) -> Fetched | None:
        """Return the last response about a task that has ended: no other one is to come."""
        entry = self.session.store.get(task_id)
        if self._refresh or entry is None or entry.task is None or entry.is_asked:
            return None
        return Fetched(task_id, entry.task, entry.seen_at or 0.0)

    async def ask(self, ids: Iterable[str], *, anew: bool = False) -> list[Outcome]:
        """Poll tasks, so many at once, and remember what they are.

        `anew` asks about those that have ended too.
        """
        wanted = tuple(ids)
        if anew or not all(map(self.known_end, wanted)):
            await self.connect()
        async with asyncio.TaskGroup() as group:
            questions = [group.create_task(self.ask_one(one, anew=anew)) for one in wanted]
        return [question.result() for question in questions]

    async def ask_one(self, task_id: str, *, anew: bool = False) -> Outcome:
        """Poll one task, with retries after transient errors; `connect` comes first.

        Where each is to be asked about once, the first outcome is the only one.
        """
        known = None if anew else self.known_end(task_id)
        if known is not None:
            return known
        async with self._places:
            insists = anew or self._refresh
            outcome = self._heard.get(task_id) or await self._patiently(task_id, insists=insists)
        if self.time_limit.asks_once:
            self._heard[task_id] = outcome
        self.session.record(outcome, auto_save=False)
        if isinstance(outcome, Missed):
            self.missed[task_id] = outcome.problem
        else:
            self.missed.pop(task_id, None)
        return outcome

    def error(self, task_id: str) -> Error | None:
        """Return what was wrong with asking about a task in this run."""
        problem = self.missed.get(task_id)
        return error_of(problem) if problem else None

    async def _patiently(self, task_id: str, *, insists: bool) -> Outcome:
        for pause in () if self.time_limit.asks_once else PAUSES:
            outcome = await self._once(task_id, insists=insists)
            if not isinstance(outcome, Missed) or not outcome.problem.spec.retryable:
                return outcome
            if self._hopeless is None:
                await self.wait(retry_pause(outcome.problem, pause))
        outcome = await self._once(task_id, insists=insists)
        if isinstance(outcome, Missed) and issubclass(outcome.problem.kind, TimedOut | Unreachable):
            self._hopeless = outcome.problem
        return outcome

    async def wait(self, seconds: float) -> None:
        """Let some seconds go by between two tries."""
        if self._pause:
            self._pause(seconds)
        else:
            await asyncio.sleep(seconds)

    async def _once(self, task_id: str, *, insists: bool) -> Outcome:
        if self._hopeless is not None or self.session.client is None:
            return Missed(task_id, self._hopeless or Problem(Unreachable))
        if not insists and (told := await self._shared.heard(task_id)):
            return told
        if (seconds := min(self._turns.seconds_left(), _LONGEST_PAUSE)) > _SHORTEST_PAUSE:
            await self.wait(seconds)
        asked_at = time.monotonic()
        outcome = await ask(self.session.client, task_id, self.session.now)
        if self.is_answered and _is_refused(outcome) and not self.time_limit.asks_once:
            outcome = await ask(self.session.client, task_id, self.session.now)
        self._turns.learn(outcome, asked_at)
        self.trouble = outcome.problem if isinstance(outcome, Missed) else None
        return self._weighed(outcome)

    def _weighed(self, outcome: Outcome) -> Outcome:
        """Give up after a refusal, unless the same key was taken before: then it is one task's."""
        if outcome.shows_key:
            self.is_answered = True
        elif isinstance(outcome, Missed) and outcome.problem.stops_asking:
            if self.is_answered and _is_refused(outcome):
                return outcome.passing
            self._hopeless = outcome.problem
        return outcome


def _is_refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Missed) and issubclass(outcome.problem.kind, REFUSALS)


def _connect(config: Config) -> Client:
    from ..api.absent_modules import without_command_line

    with without_command_line():
        from ..api.client import Client

    return Client(config.base_url, config.key)


def _raise_first(group: ExceptionGroup[Exception]) -> NoReturn:
    first = group.exceptions[0]
    if isinstance(first, ExceptionGroup):
        _raise_first(first)
    raise first
