"""A thread for the disk's work, so that the screen goes on while the disk takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from .space import refusal

_P = ParamSpec("_P")
_T = TypeVar("_T")


class DiskThread:
    """Does one thing after the other in `folder`, so that a file is never closed under a write.

    What was asked for is done, also when who waits for it is cancelled, however often. What the
    disk refuses comes out as DiskError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, "disk")

    def start(
        self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> asyncio.Future[_T]:
        """Have blocking work done when what was asked for before is; await the result."""
        loop = asyncio.get_running_loop()
        return asyncio.shield(
            loop.run_in_executor(self._thread, lambda: self._do(work, *args, **kwargs))
        )

    def close(self) -> None:
        """Take no more work; what was asked for is still done."""
        self._thread.shutdown(wait=False)

    def _do(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return work(*args, **kwargs)
        except OSError as error:
            raise refusal(error, self._folder) from error
