"""The small picture in the detail: of the task that the cursor stays with."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from ....core.media.no_picture import NoPicture
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ...terminal.pictures import is_far
from .board import Board

if TYPE_CHECKING:
    from ..compare.sides import VideoSource

_STAYS = 0.3
"""Seconds that the cursor stays with a task before its picture is made."""
_SLOW = 256 * 1024
"""Bytes a second of the downloads below which the line has no room for pictures."""


class Poster:
    """`source` returns where pictures come from, None where there can be none."""

    def __init__(self, board: Board, source: Callable[[], VideoSource | None]) -> None:
        self._board = board
        self._source = source
        self._timer: Timer | None = None
        self._of: object = None
        """What the picture on the board, or on its way there, was made of."""

    def look_at(self, entry: Entry | None) -> None:
        """Show another picture soon; what was on its way is not wanted any more."""
        now = _made_of(entry)
        if now == self._of:
            return
        is_same = isinstance(now, tuple) and isinstance(self._of, tuple) and now[0] == self._of[0]
        self._of = now
        if self._timer:
            self._timer.stop()
        self._board.workers.cancel_group(self._board, "poster")
        if not (is_same and self._board.poster):
            self._board.poster = None
        if now is not None and not is_far(os.environ):
            self._timer = self._board.set_timer(_STAYS, self._begin)

    def _begin(self) -> None:
        if self._source() and self._board.detail.display:
            self._board.start(self._show, group="poster", exclusive=True)

    async def _show(self) -> None:
        entry, source = self._board.current, self._source()
        if entry is None or source is None or _made_of(entry) != self._of:
            return
        try:
            self._board.poster = await source.poster(entry, fetches=not self._is_slow)
        except NoPicture:
            self._board.poster = None

    @property
    def _is_slow(self) -> bool:
        """Whether downloads are under way, and slow."""
        speed = self._board.queue.speed
        return bool(speed) and speed < _SLOW


def _made_of(entry: Entry | None) -> object:
    """What a picture of a task depends on; None where it has none."""
    if entry is None:
        return None
    file, link = entry.file(), entry.link()
    is_saved = isinstance(file, Saved)
    return (entry.id, is_saved, link.url if link else "") if link or is_saved else None
