"""Who asks: instances that watch the same task ask once an interval, and share the answer.

Before a question an instance claims it, in a small SQLite file beside the history. Another one
that wants to ask takes the answer from there. No claim outlives an interval: those of an instance
that was killed are taken over by themselves.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from ..model.outcomes import Outcome
from ..storage.paths import questions_path
from ..storage.sqlite import DatabaseUnavailable, DatabaseUnusable
from ._question_file import Claimed, Heard, QuestionFile
from .poller import Poller, TaskSource

_log = logging.getLogger(__name__)
_PAUSE, _PAUSES = 0.25, 20
"""Seconds between two looks at the file; at least so many looks an interval."""
_MOST_AHEAD = 64
"""Questions that are claimed before their turn: with them a transaction costs each next to none."""
_ALONE = 60.0
"""Seconds for which a file that is busy, full or read-only is left alone."""
_T = TypeVar("_T")


class Settings(Protocol):
    """What says who shares what; `core.config.Config` is one."""

    @property
    def history(self) -> Path:
        """The database of responses; what the instances tell each other is in one beside it."""
        ...

    @property
    def base_url(self) -> str:
        """The gateway that is asked."""
        ...

    @property
    def interval(self) -> float:
        """Seconds between two questions about a task."""
        ...


class HookRunner(Protocol):
    """Runs the hook of a task if nobody else does; `core.hooks.runner.Hooks` is one."""

    claim: Callable[[str], Awaitable[bool]] | None


def shared_by(settings: Settings) -> SharedQuestions:
    """Return the questions that all instances with these settings share."""
    file = questions_path(settings.history)
    return SharedQuestions(file, settings.base_url, settings.interval)


async def poll_shared(
    poller: Poller, gateway: TaskSource, settings: Settings, hooks: HookRunner
) -> None:
    """Poll until cancelled; what another instance asks, or has run, is not done twice."""
    shared = shared_by(settings)
    shared.upcoming = poller.upcoming
    poller.asker, hooks.claim = shared.ask, shared.claim_hook
    try:
        await poller.run(gateway)
    finally:
        await shared.leave()


@dataclass(slots=True)
class _Turn:
    """A question that waits to be claimed, or was; with `insists`, in any case."""

    insists: bool
    is_settled: bool = False
    claimed: Claimed | None = None
    """The claim of another instance that forbids the question."""

    def settle(self, claimed: Claimed | None) -> None:
        """Take what the file said."""
        self.is_settled, self.claimed = True, claimed


class SharedQuestions:
    """The claims at `path` on questions to `gateway`, once per `interval` seconds.

    One transaction notes what was heard and claims what is wanted next, with as many of the
    `upcoming` questions as are asked until the next look: a claim that has waited for longer is
    made again, right before the request. Without the file, which may be read-only or damaged, each
    instance asks for itself. `clock` never jumps.
    """

    def __init__(
        self,
        path: Path,
        gateway: str,
        interval: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.upcoming: Callable[[int], Iterable[str]] = lambda most: ()
        """At most so many tasks that are asked about next."""
        self._file = QuestionFile(path, gateway, interval)
        self._pause = min(_PAUSE, interval / _PAUSES)
        self._clock = clock
        self._alone_until = 0.0
        self._problem = ""
        self._wanted: dict[str, _Turn] = {}
        self._heard: list[Heard] = []
        self._ahead: dict[str, Claimed | None] = {}
        """What the file said, when it was claimed from last, of questions before their turn."""
        self._claimed_at = 0.0
        self._done = 0
        """How many questions have come to an end since."""
        self._one_writes = asyncio.Lock()
        self._telling: asyncio.Task[None] | None = None

    async def ask(
        self, task_id: str, ask: Callable[[], Awaitable[Outcome]], *, insists: bool = False
    ) -> Outcome:
        """Ask, or return what another instance has heard; with `insists`, ask in any case."""
        while self._is_usable:
            claimed = await self._claim(task_id, insists=insists)
            if claimed is None:
                break
            if outcome := claimed.outcome(task_id):
                self._done += 1
                return outcome
            await asyncio.sleep(self._pause)
        asked_at = time.time()
        outcome = await ask()
        self._done += 1
        self._tell(Heard(outcome, asked_at))
        return outcome

    async def heard(self, task_id: str) -> Outcome | None:
        """Return what an instance that runs has asked within an interval and heard, if one has.

        Nothing is claimed: who asks once and is gone keeps nobody waiting.
        """
        return await self._in_thread(lambda: self._file.heard(task_id), None)

    async def claim_hook(self, task_id: str) -> bool:
        """Whether no other instance runs, or has just run, the hook of the task."""
        return await self._in_thread(lambda: self._file.claim_hook(task_id), default=True)

    async def leave(self) -> None:
        """Withdraw every claim: this instance asks no more."""
        if self._telling:
            self._telling.cancel()
        await self._in_thread(self._file.leave, None)

    async def _claim(self, task_id: str, *, insists: bool) -> Claimed | None:
        """Return the claim of another instance that forbids the question, None if none does."""
        turn = self._wanted[task_id] = _Turn(insists)
        if self._clock() - self._claimed_at <= self._pause:
            self._settle_from_ahead()
        if turn.is_settled:
            return turn.claimed
        async with self._one_writes:
            if not turn.is_settled:  # else it was claimed with others meanwhile
                await self._write()
        return turn.claimed

    def _tell(self, heard: Heard) -> None:
        """Note soon what was heard, with the next claims or by itself."""
        if self._is_usable:
            self._heard.append(heard)
            if self._telling is None or self._telling.done():
                self._telling = asyncio.create_task(self._write_heard())

    async def _write_heard(self) -> None:
        while self._heard:
            async with self._one_writes:
                await self._write()
            await asyncio.sleep(self._pause)

    async def _write(self) -> None:
        """Note what was heard, and claim what is wanted and what comes next."""
        heard, self._heard = self._heard, []
        turns, self._wanted = self._wanted, {}
        wanted = dict.fromkeys(self._coming(), False) if turns else {}
        wanted |= {task_id: turn.insists for task_id, turn in turns.items()}
        none: dict[str, Claimed | None] = {}
        claims = await self._in_thread(lambda: self._file.settle(heard, wanted), none)
        for task_id, turn in turns.items():
            turn.settle(claims.pop(task_id, None))
        if turns:
            self._ahead, self._claimed_at = claims, self._clock()
            self._settle_from_ahead()

    def _settle_from_ahead(self) -> None:
        """Settle what became wanted while it was claimed ahead."""
        for task_id in self._wanted.keys() & self._ahead.keys():
            claimed = self._ahead.pop(task_id)
            if claimed is None or not self._wanted[task_id].insists:
                self._wanted.pop(task_id).settle(claimed)

    def _coming(self) -> Iterable[str]:
        """Return what is asked until the next look, at the speed since the last claim."""
        speed = self._done / max(self._clock() - self._claimed_at, 1e-3)
        self._done = 0
        return self.upcoming(min(_MOST_AHEAD, int(speed * self._pause)))

    @property
    def _is_usable(self) -> bool:
        return self._clock() >= self._alone_until

    async def _in_thread(self, work: Callable[[], _T], default: _T) -> _T:
        """Do it with the file; return the default where there is none to work with."""
        if not self._is_usable:
            return default
        try:
            return await asyncio.to_thread(work)
        except DatabaseUnusable as error:
            self._leave_alone(error)
            return default

    def _leave_alone(self, error: DatabaseUnusable) -> None:
        """Ask without the file for a while, or for good if it is broken; say so once."""
        if str(error) != self._problem:
            _log.warning("questions are not shared with other instances: %s", error)
        self._problem = str(error)
        passes = isinstance(error, DatabaseUnavailable)
        self._alone_until = self._clock() + _ALONE if passes else float("inf")
        self._heard.clear()
