"""Pictures in a grid, each with a line below it, and a cursor that goes from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from textual import events, work
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import Worker

from ...core.media.picture import Picture
from ..drawing import format as fmt
from ..drawing.frames import framed
from ..drawing.spans import Role
from ..textual_private import set_virtual_size, style_of
from .picture_cells import picture_cells

_LEAST, _MOST = 24, 58
"""Cells across a picture: fewer where there are many of them. Of the least, 80 cells hold three."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture, or the words that stand in its place; below it a name and a sign."""

    name: str
    picture: Picture | None = None
    words: str = ""
    sign: str = ""
    role: Role = "normal"


class TileSize(NamedTuple):
    """Cells of the place of a picture, without its name."""

    width: int
    lines: int

    @classmethod
    def of(cls, width: int) -> TileSize:
        """Return the place of a picture of 16:9 that is so wide."""
        return cls(width, round(width * 9 / 32))


def tile_size(size: Size, count: int) -> TileSize:
    """Return the largest place with which `count` of them are seen at once, if any is."""
    ways = (TileSize.of(width) for width in range(_MOST, _LEAST, -1))
    fitting = (way for way in ways if _rows_in(size, way) * _columns_in(size, way) >= count)
    least = TileSize.of(_LEAST)
    room = max(1, size.width - _GAP), max(1, size.height - 1)
    return next(fitting, TileSize(min(least.width, room[0]), min(least.lines, room[1])))


def _columns_in(size: Size, tile: TileSize) -> int:
    return (size.width - 1 + _GAP) // (tile.width + _GAP)


def _rows_in(size: Size, tile: TileSize) -> int:
    return (size.height + 1) // (tile.lines + 2)


class TileGrid(ScrollView, can_focus=True):
    """Attributes: `tiles`, and `cursor`, the index of the one that keys act on."""

    DEFAULT_CSS = """
    TileGrid {
        height: 1fr; background: $background; scrollbar-size: 0 1;
        & > .tile--normal { color: $foreground 88%; }
        & > .tile--dim { color: $foreground 64%; }
        & > .tile--good { color: $success; }
        & > .tile--bad { color: $foreground 49%; text-style: strike; }
        & > .tile--here { color: $background; background: $primary; text-style: bold; }
        &:ansi > .tile--here, &:nocolor > .tile--here {
            color: $foreground; background: $background; text-style: bold reverse;
        }
    }
    """

    tiles: reactive[tuple[Tile, ...]] = reactive((), repaint=False)
    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Chosen(Message):
        """A tile was clicked that has the cursor already."""

        index: int

    def __init__(self, *, has_pictures: bool = True, in_pixels: bool = False) -> None:
        """Without pictures the names stand alone."""
        super().__init__()
        self._has_pictures = has_pictures
        self._cells = picture_cells(self, in_pixels=in_pixels)
        self._tile = TileSize.of(_LEAST)
        self._drawing: Worker[None] | None = None

    @property
    def columns(self) -> int:
        """How many stand beside each other."""
        return max(1, _columns_in(self.size, self._tile))

    @property
    def _step(self) -> tuple[int, int]:
        """Cells from one tile to the next, across and down."""
        return self._tile.width + _GAP, self._tile.lines + 2

    def watch_tiles(self) -> None:
        """Show other tiles; the cursor stays within them."""
        self.cursor = max(0, min(self.cursor, len(self.tiles) - 1))
        self._lay_out()

    def watch_cursor(self) -> None:
        """Show where it is."""
        row = self.cursor // self.columns
        where = Region(0, row * self._step[1], 1, self._tile.lines + 1)
        self.scroll_to_region(where, animate=False, force=True, immediate=True)
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show other rows."""
        super().watch_scroll_y(old_value, new_value)
        self._keep()

    def on_unmount(self) -> None:
        """Let go of the pictures."""
        self._cells.forget()

    def on_resize(self) -> None:
        """Have as many beside each other as fit."""
        self._lay_out()
        self.watch_cursor()

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to a tile; where it is, choose the tile."""
        across, down = self._step
        column, row = event.x // across, (event.y + self.scroll_offset.y) // down
        index = row * self.columns + column
        if column < self.columns and index < len(self.tiles):
            if index == self.cursor:
                self.post_message(self.Chosen(index))
            self.cursor = index

    def move(self, right: int, down: int) -> None:
        """Take the cursor to another tile."""
        there = self.cursor + right + down * self.columns
        if 0 <= there < len(self.tiles):
            self.cursor = there

    def render_line(self, y: int) -> Strip:
        """Return a line through the tiles of a row."""
        row, line = divmod(y + self.scroll_offset.y, self._step[1])
        first, rest = row * self.columns, self.rich_style
        pieces = [Strip([Segment(" ", rest)], 1)]
        for index in range(first, min(first + self.columns, len(self.tiles))):
            strip = self._line(self.tiles[index], line, is_here=index == self.cursor)
            pieces.append(strip.adjust_cell_length(self._step[0], rest))
        return Strip.join(pieces).adjust_cell_length(self.size.width, rest)

    def _line(self, tile: Tile, line: int, *, is_here: bool) -> Strip:
        width, lines = self._tile
        if line == lines:
            name = fmt.cut_middle(fmt.in_row(tile.name), width - len(tile.sign) - 1, width // 2 - 2)
            text = f"{tile.sign} {name}" if tile.sign else name
            if is_here:
                return self._text(fmt.fit(text, width), "here")
            return self._text(text, tile.role)
        if tile.picture is None:
            frame = framed(tile.words, width, lines)
            return self._text(frame[line], "dim") if line < len(frame) else Strip([])
        rows = self._cells.drawn(tile.picture, self._tile) or []
        at = line - (lines - len(rows))
        strip = rows[at] if 0 <= at < len(rows) else Strip([])
        return self._cells.on_page(strip, self.rich_style)

    def _text(self, text: str, look: str) -> Strip:
        return Strip([Segment(text, style_of(self, f"tile--{look}"))])

    def _keep(self) -> None:
        """Let go of the pictures of other tiles; where they are sent, of what is out of view."""
        self._keep_seen()
        if self._undrawn() is not None and (self._drawing is None or self._drawing.is_finished):
            self._drawing = self._draw()

    def _keep_seen(self) -> None:
        seen = [self.tiles[index] for index in self._in_view]
        self._cells.keep({tile.picture for tile in (seen if self._cells.is_sent else self.tiles)})

    @property
    def _in_view(self) -> range:
        """The indexes of the tiles that are seen."""
        (top, height), step = (self.scroll_offset.y, self.size.height), self._step[1]
        past = -(-(top + height) // step) * self.columns
        return range(top // step * self.columns, min(past, len(self.tiles)))

    @work(group="tiles")
    async def _draw(self) -> None:
        """Draw what is in view, one after the other; a page of them would hold up the keys."""
        while (index := self._undrawn()) is not None:
            if picture := self.tiles[index].picture:
                (await self._cells.made(picture, self._tile))()
            top = index // self.columns * self._step[1] - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, self._tile.lines))
        self._keep_seen()

    def _undrawn(self) -> int | None:
        """The next tile in view whose picture has no cells yet."""
        for index in self._in_view:
            picture = self.tiles[index].picture
            if picture and self._cells.drawn(picture, self._tile) is None:
                return index
        return None

    def _lay_out(self) -> None:
        tile = tile_size(self.size, len(self.tiles))
        if not self._has_pictures:
            tile = TileSize(min(_LEAST, tile.width), 0)
        self._tile = tile
        rows = -(-len(self.tiles) // self.columns)
        set_virtual_size(self, Size(self.size.width, rows * self._step[1] - 1))
        self._keep()
        self.refresh()
