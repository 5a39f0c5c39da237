"""The small picture in the detail: of the task that the cursor stays with."""

from __future__ import annotations

import asyncio
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
    from ..compare.opening import Opening

_STAYS = 0.3
"""Seconds that the cursor stays with a task before its picture is made."""
_SLOW = 256 * 1024
"""Bytes a second of the downloads below which the line has no room for pictures."""


class Poster:
    """`opening` returns what knows where pictures come from and how they are drawn."""

    def __init__(self, board: Board, opening: Callable[[], Opening]) -> None:
        self._board = board
        self._opening = opening
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
        if self._opening().source and self._board.detail.display:
            self._board.start(self._show, group="poster", exclusive=True)

    async def _show(self) -> None:
        opening = self._opening()
        in_pixels = await asyncio.to_thread(lambda: opening.in_pixels)
        entry, source = self._board.current, opening.source
        if entry is None or source is None or _made_of(entry) != self._of:
            return
        self._board.detail.in_pixels = in_pixels
        try:
            poster = await source.poster(entry, fetches=not self._is_slow, fine=in_pixels)
            self._board.poster = poster
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
