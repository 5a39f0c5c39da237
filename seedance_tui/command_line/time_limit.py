"""How long a verb may take in all: asking, waiting, comparing and saving together."""

from __future__ import annotations

import argparse
import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

from ..core.model.codes import Code, Exit
from ..core.model.outcomes import Problem, phrase
from ..core.text.i18n import _
from .invocation import seconds
from .json_error import Error, error, error_of

GRACE = 30.0
"""Seconds for which a task may be not found: the gateway may not know it yet."""
_FOR_EVER = float("inf")
BLOCKING = "blocking"
"""The name of the threads of what blocks."""
_LOOK = 0.2
"""Seconds between two looks at what blocks: Windows keeps ctrl+c back for as long."""


def time_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how long a verb may take, and how long a task may be missing."""
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="TIME",
        help=_("give up after this time, e.g. 90, 10m, 1h; 0 asks once"),
    )
    parser.add_argument(
        "--grace",
        type=seconds,
        metavar="TIME",
        help=_("how long a task may be not found before it counts as missing (default: 30s)"),
    )


class TimeLimit:
    """Runs from when it is made, for so many seconds; None is for ever.

    With 0 there is one question about each task, and no other try of anything.
    """

    def __init__(
        self, limit: float | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.asks_once = limit == 0
        self._clock = clock
        self._end = clock() + limit if limit else _FOR_EVER

    @property
    def left(self) -> float:
        """The seconds that are left: infinite where there is no end, 0 after it."""
        return max(0.0, self._end - self._clock())

    async def allows(self, work: Awaitable[object]) -> bool:
        """Do the work, as long as there is time; return whether that was enough."""
        limit = asyncio.timeout(None if self._end == _FOR_EVER else self.left)
        try:
            async with limit:
                await work
        except TimeoutError:
            if not limit.expired():
                raise
            return False
        return True

    def allows_blocking(self, work: Callable[[], object]) -> bool:
        """Do work that blocks, as `allows` does; raises the OSError that it ended with.

        What is not done in time is left behind in its thread, which does not keep the program.
        """
        if self._end == _FOR_EVER:
            work()
            return True
        ends: list[OSError | None] = []

        def run() -> None:
            try:
                work()
            except OSError as error:
                ends.append(error)
            else:
                ends.append(None)

        thread = threading.Thread(target=run, name=BLOCKING, daemon=True)
        thread.start()
        while thread.is_alive() and self.left:
            thread.join(min(self.left, _LOOK))
        if ends and ends[0]:
            raise ends[0]
        return bool(ends)


def time_is_over(trouble: Problem | None, *, is_heard: bool) -> Error:
    """Return the error that a time is over: no end `is_heard`, or nothing at all but `trouble`."""
    if is_heard:
        return error(Code.STILL_OPEN, Exit.STILL_OPEN, _("timed out"))
    if trouble:
        return error_of(trouble, f"{_('timed out')} ({phrase(trouble)})")
    return error(Code.TIMEOUT, Exit.NETWORK, _("timed out, and nobody has answered"))
