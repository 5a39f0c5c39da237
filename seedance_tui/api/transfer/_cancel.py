"""Stop a blocking download from another thread, whatever it is waiting for."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

_T = TypeVar("_T")


class Cancelled(Exception):
    """The download was told to stop; what has been received is kept."""


class CancelToken:
    """Ends one download: `cancel` is called from any thread, the rest by the download itself."""

    def __init__(self) -> None:
        self._cancelled: Future[None] = Future()
        self._connection: socket.socket | None = None
        self._lock = Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.done()

    def cancel(self) -> None:
        """Wake the download from what it waits for; every later call of its methods raises."""
        with self._lock:
            if not self.is_cancelled:
                self._cancelled.set_result(None)
            self._shut_down()

    def check(self) -> None:
        """Raise Cancelled if `cancel` was called."""
        if self.is_cancelled:
            raise Cancelled

    def pause(self, seconds: float) -> None:
        """Wait `seconds`; raises Cancelled as soon as `cancel` is called."""
        wait({self._cancelled}, seconds)
        self.check()

    def result_of(self, job: Future[_T]) -> _T:
        """Wait for the result of another thread; raises Cancelled as soon as `cancel` is called."""
        either: set[Future[Any]] = {job, self._cancelled}
        wait(either, return_when=FIRST_COMPLETED)
        self.check()
        return job.result()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of a new connection; this is the callback of httpx's request extension `trace`.

        The socket is duplicated, since TLS takes the original out of its object.
        """
        if not event.endswith(".connect_tcp.complete"):
            return
        self.release_connection()
        with self._lock:
            self._connection = info["return_value"].get_extra_info("socket").dup()
            if self.is_cancelled:
                self._shut_down()

    def release_connection(self) -> None:
        """Forget the connection, which httpx has closed or is about to."""
        with self._lock:
            self._close()

    def _shut_down(self) -> None:
        """End what another thread reads or writes there; `close` alone would not wake it."""
        if self._connection is not None:
            with suppress(OSError):  # the other side was quicker
                self._connection.shutdown(socket.SHUT_RDWR)
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
