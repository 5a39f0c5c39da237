"""The cells of a widget's pictures: half blocks, or such as show pixels that the terminal has."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import count

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from ...core.media.images import scaled
from ...core.media.picture import Picture, Size, fitted
from ..drawing import half_blocks, kitty
from ..terminal.cell_size import pixel_cell
from ..textual_private import QuietApp

Room = tuple[int, int]
"""Cells across and down."""

_DRAWN = 0.3
"""Seconds until the cells of a picture are drawn.

A kitty that is told of the next frame while it draws this one goes on to show the picture before.
"""
_numbers = count(1)
"""Numbers of pictures: each is sent as a colour of 24 bits."""


class PictureCells(ABC):
    """Draws pictures, and has the cells of each until it is let go of."""

    is_sent = False
    """Whether the terminal has the pictures: then no more than are seen are kept."""

    def __init__(self) -> None:
        self._drawn: dict[Picture, tuple[Room | None, list[Strip]]] = {}

    def rows(self, picture: Picture, room: Room | None = None) -> list[Strip]:
        """Return the cells of a picture: as large as it is, or as it fits into a room."""
        return self.drawn(picture, room) or self._take(picture, room, self._draw(picture, room))

    def drawn(self, picture: Picture, room: Room | None = None) -> list[Strip] | None:
        """Return the cells of a picture if they are there already."""
        of, rows = self._drawn.get(picture, (room, None))
        return rows if of == room else None

    async def made(self, picture: Picture, room: Room | None = None) -> Callable[[], list[Strip]]:
        """Return what returns the cells; all that takes tenths of a second is done in a thread."""
        if drawn := self.drawn(picture, room):
            return lambda: drawn
        finish = await asyncio.to_thread(self._draw, picture, room)
        return partial(self._take, picture, room, finish)

    def keep(self, pictures: Collection[Picture | None]) -> None:
        """Let go of all but these."""
        self._drawn = {one: rows for one, rows in self._drawn.items() if one in pictures}

    def forget(self) -> None:
        """Let go of all at once: nothing survives its screen."""
        self._drawn.clear()

    def on_page(self, row: Strip, style: Style) -> Strip:
        """Return a row as it stands on a page of that style."""
        return row

    def _take(
        self, picture: Picture, room: Room | None, finish: Callable[[], list[Strip]]
    ) -> list[Strip]:
        rows = finish()
        self._drawn[picture] = room, rows
        return rows

    @abstractmethod
    def _draw(self, picture: Picture, room: Room | None) -> Callable[[], list[Strip]]:
        """Do what takes its time, in any thread; return what does the rest, in the loop."""


class HalfBlocks(PictureCells):
    """Two pixels a cell."""

    def _draw(self, picture: Picture, room: Room | None) -> Callable[[], list[Strip]]:
        if room:
            width, height = _fitted(picture, room, half_blocks.CELL)
            picture = scaled(picture, (width, height + height % 2))
        rows = half_blocks.half_blocks(picture.rgb, picture.width, picture.height)
        return lambda: rows


@dataclass(frozen=True, slots=True)
class _Packed:
    """A picture as it is sent: its pixels, packed, and its cells."""

    size: Size
    data: str
    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class _Sent:
    """A picture as the terminal has it."""

    number: int
    packed: _Packed

    @property
    def cells(self) -> tuple[int, int, int]:
        """Its number, and the columns and lines that show it."""
        return self.number, self.packed.columns, self.packed.lines

    @property
    def transmission(self) -> str:
        """What sends it."""
        return kitty.transmission(*self.cells, self.packed.size, self.packed.data)


class Pixels(PictureCells):
    """Pictures that the terminal of a widget has, by the protocol of kitty.

    The number of one that is let go of is taken by what is sent next; else the terminal forgets
    it, both only once other cells are drawn in its place.
    """

    is_sent = True

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget
        self._sent: dict[Picture, _Sent] = {}
        self._new: set[Picture] = set()
        """At which the terminal is to look again."""
        self._free: list[int] = []
        """Numbers whose pictures are not wanted any more, the oldest first."""
        self._timer: Timer | None = None
        self._hears = self._is_away = False
        """Whether another program having the terminal is heard of, and whether one has it now."""

    def keep(self, pictures: Collection[Picture | None]) -> None:
        """Let go of all but these, soon also in the terminal."""
        super().keep(pictures)
        if gone := [picture for picture in self._sent if picture not in self._drawn]:
            self._free += [self._sent.pop(picture).number for picture in gone]
            self._settle_soon()

    def forget(self) -> None:
        """Have the terminal forget all of them."""
        super().forget()
        self._remove()
        self._sent.clear()
        if self._timer:
            self._timer.stop()

    def on_page(self, row: Strip, style: Style) -> Strip:
        """Return a row with the page behind it: the terminal leaves out what has no pixels."""
        return row.apply_style(Style(bgcolor=style.bgcolor))

    def _draw(self, picture: Picture, room: Room | None) -> Callable[[], list[Strip]]:
        packed = _packed(picture, room, pixel_cell(self._widget.app))
        return partial(self._show, picture, packed)

    def _show(self, picture: Picture, packed: _Packed) -> list[Strip]:
        if picture in self._sent:
            number = self._sent[picture].number
        elif self._free:
            number = self._free.pop(0)
        else:
            number = next(_numbers)
        self._sent[picture] = _Sent(number, packed)
        self._send(picture)
        self._hear()
        return kitty.placeholders(*self._sent[picture].cells)

    def _send(self, picture: Picture) -> None:
        self._tell(self._sent[picture].transmission)
        self._new.add(picture)
        self._settle_soon()

    def _settle_soon(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = self._widget.set_timer(_DRAWN, self._settle)

    def _settle(self) -> None:
        """Have the terminal look at what is new, and forget what nothing took the place of."""
        for sent in (sent for picture, sent in self._sent.items() if picture in self._new):
            self._tell(kitty.placement(*sent.cells))
        for number in self._free:
            self._tell(kitty.removal(number))
        self._new.clear()
        self._free.clear()

    def _remove(self) -> None:
        for number in (*self._free, *(sent.number for sent in self._sent.values())):
            self._tell(kitty.removal(number))
        self._free.clear()

    def _hear(self) -> None:
        """Leave nothing in the terminal to another program, and send all of it afterwards."""
        if not self._hears:
            self._hears, app = True, self._widget.app
            app.app_suspend_signal.subscribe(self._widget, self._go, immediate=True)
            app.app_resume_signal.subscribe(self._widget, self._come_back, immediate=True)

    def _go(self, _app: object) -> None:
        self._remove()
        self._is_away = True

    def _come_back(self, _app: object) -> None:
        self._is_away = False
        for picture in self._sent:
            self._send(picture)

    def _tell(self, sequence: str) -> None:
        if not self._is_away and isinstance(self._widget.app, QuietApp):
            self._widget.app.write_to_terminal(sequence)


def picture_cells(widget: Widget, *, in_pixels: bool) -> PictureCells:
    """Return what draws the pictures of a widget."""
    return Pixels(widget) if in_pixels else HalfBlocks()


def _packed(picture: Picture, room: Room | None, cell: Size) -> _Packed:
    """Make a picture ready to be sent; the terminal makes small ones larger."""
    width, height = _fitted(picture, room, cell) if room else picture.size
    small = scaled(picture, (width, height)) if width < picture.width else picture
    columns, lines = min(kitty.MOST, -(-width // cell[0])), min(kitty.MOST, -(-height // cell[1]))
    return _Packed(small.size, kitty.packed(small.rgb), columns, lines)


def _fitted(picture: Picture, room: Room, cell: Size) -> Size:
    return fitted(*picture.size, cell[0] * room[0], cell[1] * room[1])
