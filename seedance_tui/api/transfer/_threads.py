"""Threads that never delay the end of the program."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


def in_daemon_thread(work: Callable[[], _T], name: str) -> Future[_T]:
    """Start `work` in a daemon thread; the future gets its result or its exception.

    An executor will not do: the interpreter waits for an executor's threads before it exits, and
    looking up a host name cannot be interrupted.
    """
    result: Future[_T] = Future()
    result.set_running_or_notify_cancel()

    def run() -> None:
        try:
            value = work()
        except Exception as error:  # noqa: BLE001  the thread's outermost: raised where it is awaited
            result.set_exception(error)
        else:
            result.set_result(value)

    Thread(target=run, name=name, daemon=True).start()
    return result
