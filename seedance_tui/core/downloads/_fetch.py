"""Fetch one file of a task from one address, in a thread, to the first free one of its names."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ...api.transfer.background import in_loop, in_thread
from ...api.transfer.claims import Owner
from ...api.transfer.download import Placed, download
from ...api.transfer.file_client import FileClient
from ...api.transfer.retries import Retries
from ...api.web_addresses import redacted
from ..model.file_states import Saved, Saving, Stamp
from ..text.sanitize import safe
from ._retry import longest_wait
from ._sources import Source
from .ledger import Key

_log = logging.getLogger(__name__)


class Fetch:
    """Downloads the file `key` to the first of `names` that is free, from the source it is told.

    `is_taken` tells, in a thread, whether a file is known to be another task's. No wait that a
    store asks for takes more than a share of the `left` seconds that the link has.
    """

    def __init__(
        self,
        files: FileClient,
        key: Key,
        names: Sequence[Path],
        *,
        is_taken: Callable[[Path], bool],
        on_progress: Callable[[Saving], None],
        retries: Retries | None,
        left: float | None,
    ) -> None:
        self.has_begun = False
        """Whether bytes came from the source that was asked last."""
        self._files = files
        self._key = key
        self._names = names
        self._is_taken = is_taken
        self._on_progress = on_progress
        self._retries = _impatient(retries or Retries(), longest_wait(left))
        self._end: tuple[Placed, Stamp] | None = None

    async def __call__(self, source: Source, *, once: bool) -> None:
        """Download it; raises ApiError."""
        target, (task_id, kind) = self._names[0], self._key
        _log.info("%s from %s", target, redacted(source.url))
        report, self.has_begun = in_loop(self._on_progress), False

        def on_progress(received: int, total: int | None) -> None:
            self.has_begun |= received > 0
            report(Saving(received, total))

        placed = await in_thread(
            lambda cancel: download(
                self._files,
                source.url,
                target,
                cancel,
                beside=self._names[1:],
                owner=Owner(task_id, kind.value),
                is_taken=self._is_taken,
                video=kind.is_video,
                retries=replace(self._retries, most=1) if once else self._retries,
                on_progress=lambda progress: on_progress(progress.received, progress.total),
            )
        )
        self._end = placed, await asyncio.to_thread(_stamp, placed)

    def saved(self, source: Source) -> Saved:
        """Return how the download from `source` ended; it has come to its end before."""
        assert self._end is not None, "the download comes first"  # noqa: S101
        placed, stamp = self._end
        return Saved(placed.path, placed.remarks, stamp, source=safe(str(source)))


def _impatient(retries: Retries, most: float) -> Retries:
    asked, longest = min(retries.longest_asked, most), min(retries.longest, most)
    return replace(retries, longest_asked=asked, longest=longest)


def _stamp(placed: Placed) -> Stamp:
    """Note by what the file is known again; the disk may say no more of it by now."""
    try:
        changed_at = placed.path.stat().st_mtime_ns
    except OSError:
        changed_at = None
    return Stamp(placed.size, placed.crc64, changed_at)
