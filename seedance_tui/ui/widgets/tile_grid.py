"""Pictures in a grid, each with a line below it, and a cursor that goes from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...core.media.picture import Picture, fitted
from ..drawing import format as fmt
from ..drawing.frames import framed
from ..drawing.half_blocks import half_blocks
from ..drawing.spans import Role
from ..textual_private import set_virtual_size, style_of

WIDTH, LINES = 30, 9
"""Cells of a picture at the most."""
_GAP = 2
_CELL = WIDTH + _GAP, LINES + 2


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture that fits its place, or the words that stand there; below it a name and a sign."""

    name: str
    picture: Picture | None = None
    words: str = ""
    sign: str = ""
    role: Role = "normal"


def room_for(size: tuple[int, int]) -> tuple[int, int]:
    """Return the pixels in which a picture of that size fits its place."""
    width, height = fitted(*size, WIDTH, 2 * LINES)
    return width, height + height % 2


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
    }
    """

    tiles: reactive[tuple[Tile, ...]] = reactive((), repaint=False)
    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Chosen(Message):
        """A tile was clicked that has the cursor already."""

        index: int

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[Picture, list[Strip]] = {}

    @property
    def columns(self) -> int:
        """How many stand beside each other."""
        return max(1, (self.size.width - 1) // _CELL[0])

    def watch_tiles(self) -> None:
        """Show other tiles; the cursor stays within them."""
        kept = {tile.picture for tile in self.tiles}
        self._drawn = {picture: rows for picture, rows in self._drawn.items() if picture in kept}
        self.cursor = max(0, min(self.cursor, len(self.tiles) - 1))
        self._lay_out()

    def watch_cursor(self) -> None:
        """Show where it is."""
        row = self.cursor // self.columns
        where = Region(0, row * _CELL[1], 1, _CELL[1])
        self.scroll_to_region(where, animate=False, force=True, immediate=True)
        self.refresh()

    def on_resize(self) -> None:
        """Have as many beside each other as fit."""
        self._lay_out()
        self.watch_cursor()

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to a tile; where it is, choose the tile."""
        column, row = event.x // _CELL[0], (event.y + self.scroll_offset.y) // _CELL[1]
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
        row, line = divmod(y + self.scroll_offset.y, _CELL[1])
        first, rest = row * self.columns, self.rich_style
        pieces = [Strip([Segment(" ", rest)], 1)]
        for index in range(first, min(first + self.columns, len(self.tiles))):
            strip = self._line(self.tiles[index], line, is_here=index == self.cursor)
            pieces.append(strip.adjust_cell_length(_CELL[0], rest))
        return Strip.join(pieces).adjust_cell_length(self.size.width, rest)

    def _line(self, tile: Tile, line: int, *, is_here: bool) -> Strip:
        if line == LINES:
            name = fmt.cut_middle(tile.name, WIDTH - len(tile.sign) - 1, WIDTH // 2 - 2)
            text = fmt.fit(f"{tile.sign} {name}" if tile.sign else name, WIDTH)
            return Strip(
                [Segment(text, style_of(self, f"tile--{'here' if is_here else tile.role}"))]
            )
        if tile.picture is None:
            return Strip(
                [Segment(framed(tile.words, WIDTH, LINES)[line], style_of(self, "tile--dim"))]
            )
        rows = self._rows(tile.picture)
        at = line - (LINES - len(rows))
        return rows[at] if 0 <= at < len(rows) else Strip([])

    def _rows(self, picture: Picture) -> list[Strip]:
        if picture not in self._drawn:
            rows = half_blocks(picture.rgb, picture.width, picture.height)
            self._drawn[picture] = rows
        return self._drawn[picture]

    def _lay_out(self) -> None:
        rows = -(-len(self.tiles) // self.columns)
        set_virtual_size(self, Size(self.size.width, rows * _CELL[1]))
        self.refresh()
