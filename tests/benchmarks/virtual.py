"""An event loop whose clock jumps to whatever is planned next: hours pass in a second."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nothing in it may wait for a socket or a thread; `moment` is its clock, in seconds."""

    def __init__(self) -> None:
        self.moment = 0.0
        super().__init__(_Jump(self))

    def time(self) -> float:
        """Return the moment."""
        return self.moment


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


def run(work: Coroutine[Any, Any, None], loop: VirtualLoop) -> None:
    """Run to the end, in no time."""
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(work)
