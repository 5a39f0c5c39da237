"""The small picture in the detail: of the task that the cursor stays with."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from ....api.links import Kind
from ....core.media.no_picture import NoPicture
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.model.urgency import has_expired
from ...drawing.poster_room import room_for
from ...terminal.pictures import color_system, is_far, why_no_pictures
from .board import Board

if TYPE_CHECKING:
    from ....core.media.picture import Picture
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
        self._without: set[object] = set()
        """What no picture could be made of."""

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
        is_wanted = now is not None and self._can_show
        self._board.poster_room = entry is not None and is_wanted and self._is_coming(entry)
        if not (is_same and self._board.poster):
            self._board.poster = None
        if entry and is_wanted:
            if not self._board.poster_room and now not in self._without:
                self._board.start(partial(self._keep_room, entry), group="poster", exclusive=True)
            self._timer = self._board.set_timer(_STAYS, self._begin)

    def _begin(self) -> None:
        if self._opening().source and self._has_room:
            self._board.start(self._show, group="poster", exclusive=True)
        else:
            self._have(None)
            self._of = None

    async def _keep_room(self, entry: Entry) -> None:
        """Keep room for the picture of a task of which no file and no link can be expected."""
        of = self._of
        if await asyncio.to_thread(self._is_kept, entry) and of == self._of:
            self._board.poster_room = True

    async def _show(self) -> None:
        opening = self._opening()
        in_pixels = await asyncio.to_thread(lambda: opening.in_pixels)
        entry, source = self._board.current, opening.source
        if entry is None or source is None or _made_of(entry) != self._of:
            return
        self._board.detail.in_pixels = in_pixels
        try:
            poster = await source.poster(entry, fetches=not self._is_slow, fine=in_pixels)
        except NoPicture:
            self._without.add(self._of)
            poster = None
        self._have(poster)

    def _have(self, poster: Picture | None) -> None:
        """Show what has come; where nothing has, the room for it is the fields'."""
        if poster:
            self._without.discard(self._of)
        self._board.poster_room = poster is not None
        self._board.poster = poster

    @property
    def _has_room(self) -> bool:
        """Whether the detail is seen, and high enough for a picture."""
        detail = self._board.detail
        return detail.display and room_for(None, detail.line_width, detail.size.height)[1] > 0

    @cached_property
    def _can_show(self) -> bool:
        """Whether there can be pictures here at all."""
        system = color_system(self._board.app)
        why_none = why_no_pictures(self._board.session.config.screen, system, os.environ)
        return not (why_none or is_far(os.environ))

    def _is_coming(self, entry: Entry) -> bool:
        """Whether a picture can be expected: of a file, or of a link that is alive."""
        session = self._board.session
        if self._of in self._without:
            return False
        if isinstance(entry.file(), Saved):
            return True
        if self._is_slow or (session.store.trouble and not session.client):
            return False
        links, now = (entry.link(), entry.link(Kind.LAST_FRAME)), session.now()
        return any(link and not has_expired(link, now) for link in links)

    def _is_kept(self, entry: Entry) -> bool:
        """Whether there is one on the disk; asked in a thread, since a disk may be asleep."""
        from ....core.media.posters import Posters, poster_key

        keys = (poster_key(entry, fine=fine) for fine in (False, True))
        posters = Posters(self._board.session.config.posters)
        return any(key and posters.has(key) for key in keys)

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
