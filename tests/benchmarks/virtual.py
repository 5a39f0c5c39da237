"""Event loops for the impatient: one jumps to what is planned next, one hurries."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its clock jumps to whatever is planned next: hours pass in a second.

    Nothing in it may wait for a socket; what is given to a thread is done at once, in no time.
    `moment` is its clock, in seconds.
    """

    def __init__(self) -> None:
        self.moment = 0.0
        super().__init__(_Jump(self))

    def time(self) -> float:
        """Return the moment."""
        return self.moment

    def run_in_executor(  # type: ignore[override]
        self, executor: object, func: Callable[..., _T], *arguments: Any
    ) -> asyncio.Future[_T]:
        """Do the work here and now."""
        done: asyncio.Future[_T] = self.create_future()
        try:
            done.set_result(func(*arguments))
        except Exception as error:  # noqa: BLE001 -- whoever waits for it gets it
            done.set_exception(error)
        return done


class _Jump(selectors.SelectSelector):
    """Waits by moving the clock."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Move the clock by the time-out, and see whether the loop woke itself."""
        if timeout is None:
            raise SystemExit("nothing is planned: the simulation would wait for ever")
        self._loop.moment += max(0.0, timeout)
        return super().select(0)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its clock goes `speed` times as fast; sockets and threads are as they are."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        super().__init__(_Hurry(speed))

    def time(self) -> float:
        """Return the moment, in its own seconds."""
        return super().time() * self._speed


class _Hurry(selectors.DefaultSelector):
    """Waits for less than it is told."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for sockets, for so many seconds of the loop."""
        return super().select(None if timeout is None else timeout / self._speed)


def run(work: Coroutine[Any, Any, None], loop: asyncio.SelectorEventLoop) -> None:
    """Run to the end, by the clock of the loop."""
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(work)
