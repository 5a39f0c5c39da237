"""Downloads for the event loop: each in a daemon thread, awaited, cancelled, followed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from ._threads import in_daemon_thread
from .cancel import CancelToken
from .download import download
from .file_client import FileClient
from .progress import OnProgress, Progress
from .remote_file import RemoteFile, probe
from .retries import Retries

_T = TypeVar("_T")
_GRACE = 1.0
"""Seconds that a cancelled download is waited for; a disk that hangs longer is left behind."""


async def download_in_thread(
    client: FileClient,
    url: str,
    target: Path,
    *,
    video: bool,
    retries: Retries,
    on_progress: OnProgress,
) -> None:
    """Await `download`; `on_progress` is called in the event loop, and raises nothing.

    Cancelled, it keeps what was received, and returns within `_GRACE` seconds.
    """
    cancel = CancelToken()
    report = _LatestInLoop(on_progress, cancel)
    await _run(
        lambda: download(
            client,
            url,
            target,
            video=video,
            retries=retries,
            on_progress=report,
            cancel=cancel,
        ),
        cancel,
    )


async def probe_in_thread(client: FileClient, url: str) -> RemoteFile:
    """Await `probe`."""
    cancel = CancelToken()
    return await _run(lambda: probe(client, url, cancel), cancel)


async def _run(work: Callable[[], _T], cancel: CancelToken) -> _T:
    """Run blocking work in a daemon thread; cancelled, have `cancel` end it."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    result = in_daemon_thread(work, "download")
    result.add_done_callback(lambda _: _call_in(loop, ended.set))
    try:
        await ended.wait()
    except asyncio.CancelledError:
        cancel.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), _GRACE)
        raise
    return result.result()


class _LatestInLoop:
    """Passes progress from a thread to the event loop.

    Of several reports between two turns of the loop it passes only the latest, and none once
    `cancel` is cancelled.
    """

    def __init__(self, on_progress: OnProgress, cancel: CancelToken) -> None:
        self._on_progress = on_progress
        self._cancel = cancel
        self._loop = asyncio.get_running_loop()
        self._latest: Progress | None = None
        self._lock = Lock()

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            is_scheduled, self._latest = self._latest is not None, progress
        if not is_scheduled:
            _call_in(self._loop, self._deliver)

    def _deliver(self) -> None:
        with self._lock:
            progress, self._latest = self._latest, None
        if progress is not None and not self._cancel.is_cancelled:
            self._on_progress(progress)


def _call_in(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    """Call it in the loop soon; a loop that is closed has nobody left to tell."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(callback)
