"""Blocking work for the event loop: in a daemon thread, awaited, cancelled, followed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TypeVar

from ._cancel import Cancelled, CancelToken
from ._threads import in_daemon_thread

__all__ = ["CancelToken", "Cancelled", "in_loop", "in_thread"]
_T = TypeVar("_T")
_GRACE = 1.0
"""Seconds that cancelled work is waited for; if a disk hangs longer, the thread is left behind."""


async def in_thread(work: Callable[[CancelToken], _T]) -> _T:
    """Run `work` in a daemon thread and return its result.

    Cancelled, it cancels the token that `work` was given, and returns within `_GRACE` seconds.
    Raises CancelledError, too, where every connection was closed meanwhile.
    """
    loop, ended, cancel = asyncio.get_running_loop(), asyncio.Event(), CancelToken()
    result = in_daemon_thread(lambda: work(cancel), "download")
    result.add_done_callback(lambda _: _call_in(loop, ended.set))
    try:
        await ended.wait()
    except asyncio.CancelledError:
        cancel.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), _GRACE)
        raise
    try:
        return result.result()
    except Cancelled as error:
        raise asyncio.CancelledError from error


def in_loop(callback: Callable[[_T], None]) -> Callable[[_T], None]:
    """Return a function that any thread may call, to have `callback` called in this event loop.

    Of several calls between two turns of the loop, `callback` gets the last one's value alone.
    """
    loop, lock = asyncio.get_running_loop(), Lock()
    latest: list[_T] = []

    def deliver() -> None:
        with lock:
            value = latest.pop()
        callback(value)

    def report(value: _T) -> None:
        with lock:
            is_scheduled = bool(latest)
            latest[:] = [value]
        if not is_scheduled:
            _call_in(loop, deliver)

    return report


def _call_in(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    """Call it in the loop soon; a loop that is closed has nobody left to tell."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(callback)
