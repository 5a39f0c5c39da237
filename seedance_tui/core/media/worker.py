"""The one thread in which pictures are made: what somebody waits for comes before all else."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any, TypeVar

from ...api.transfer.background import Cancelled, CancelToken

_T = TypeVar("_T")


@dataclass(order=True, slots=True)
class _Job:
    """Work that waits for its turn: the newest first, then the oldest of the background."""

    rank: tuple[int, int]
    work: Callable[[CancelToken], Any] = field(compare=False)
    cancel: CancelToken = field(compare=False)
    loop: asyncio.AbstractEventLoop = field(compare=False)
    answer: asyncio.Future[Any] = field(compare=False)


class MediaWorker:
    """Runs blocking work one after the other; the thread begins with the first of it."""

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._count = 0
        self._thread: Thread | None = None
        self._changed = Condition()
        self._is_closed = False

    async def run(self, work: Callable[[CancelToken], _T], *, background: bool = False) -> _T:
        """Return what `work` returns, or raise what it raises.

        It is handed a token: if the caller is cancelled it is dropped, or stopped where it looks
        at the token. `background` work waits until nothing else does.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()
        cancel = CancelToken()
        self._put(background, work, cancel, loop, answer)
        try:
            return await answer
        except asyncio.CancelledError:
            cancel.cancel()
            raise

    def close(self) -> None:
        """End the thread once the work of the moment is done; the rest is dropped."""
        with self._changed:
            self._is_closed = True
            for job in self._jobs:
                job.cancel.cancel()
            self._changed.notify()

    def _put(
        self,
        background: bool,  # noqa: FBT001
        work: Callable[[CancelToken], Any],
        cancel: CancelToken,
        loop: asyncio.AbstractEventLoop,
        answer: asyncio.Future[Any],
    ) -> None:
        with self._changed:
            self._count += 1
            rank = (1, self._count) if background else (0, -self._count)
            heapq.heappush(self._jobs, _Job(rank, work, cancel, loop, answer))
            if self._thread is None:
                self._thread = Thread(target=self._run, name="pictures", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._jobs and not self._is_closed:
                    self._changed.wait()
                if not self._jobs:
                    return
                job = heapq.heappop(self._jobs)
            _finish(job)


def _finish(job: _Job) -> None:
    """Do the work, unless nobody waits for it any more, and hand its end to the loop."""
    value: Any = None
    error: BaseException | None = None
    try:
        job.cancel.check()
        value = job.work(job.cancel)
    except Cancelled:
        error = asyncio.CancelledError()
    except Exception as raised:  # noqa: BLE001  the thread's outermost: raised where it is awaited
        error = raised
    try:
        job.loop.call_soon_threadsafe(_answer, job.answer, value, error)
    except RuntimeError:  # the loop is closed: nobody is left to tell
        return


def _answer(answer: asyncio.Future[Any], value: object, error: BaseException | None) -> None:
    if answer.done():
        return
    if isinstance(error, asyncio.CancelledError):
        answer.cancel()
    elif error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(value)
