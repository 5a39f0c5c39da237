"""A row of small pictures, one of them lit."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ...core.media.picture import Picture
from ..textual_private import style_of
from .picture_cells import picture_cells

_LEFT = 1
"""Where the first picture begins: below the words. After the last one that column is free."""
_SHADED = bytes(level * 3 // 5 for level in range(256))
"""How bright the pictures are that are not lit."""


class FilmStrip(Widget):
    """Attributes: `tiles`, a picture each or None, and `lit`, the index of the present one."""

    DEFAULT_CSS = """
    FilmStrip {
        height: 4; background: $background;
        & > .film--empty { background: $foreground 6%; }
    }
    """

    tiles: reactive[tuple[Picture | None, ...]] = reactive[tuple[Picture | None, ...]](
        (), repaint=False
    )
    lit: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class FramePicked(Message):
        """A tile was clicked."""

        index: int

    def __init__(self, *, in_pixels: bool = False) -> None:
        super().__init__()
        self._cells = picture_cells(self, in_pixels=in_pixels)
        self._drawn: list[tuple[list[Strip], list[Strip]] | None] = []

    def watch_tiles(self) -> None:
        """Draw other pictures, each bright and dim."""
        both = [(tile, _shaded(tile)) if tile else None for tile in self.tiles]
        self._cells.keep([picture for pair in both if pair for picture in pair])
        rows = self._cells.rows
        self._drawn = [(rows(pair[0]), rows(pair[1])) if pair else None for pair in both]
        self.refresh()

    def on_unmount(self) -> None:
        """Let go of the pictures."""
        self._cells.forget()

    def watch_lit(self) -> None:
        """Light another one."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the moment of the tile."""
        if self.tiles:
            event.stop()
            self.post_message(self.FramePicked(self._index(event.x)))

    def _index(self, x: int) -> int:
        return min(max(0, x - _LEFT) // self.room, len(self.tiles) - 1)

    @property
    def room(self) -> int:
        """Cells from one tile to the next."""
        return max(2, self.size.width // max(1, len(self.tiles)))

    def render_line(self, y: int) -> Strip:
        """Return a line through all tiles."""
        rest = self.rich_style
        pieces = [Strip([Segment(" " * _LEFT, rest)], _LEFT)]
        empty = self._empty() if None in self._drawn else []
        for index, drawn in enumerate(self._drawn):
            bright, dim = drawn or (empty, empty)
            rows = bright if index == self.lit else dim
            strip = rows[y] if y < len(rows) else Strip([])
            strip = self._cells.on_page(strip, rest)
            pieces.append(strip.adjust_cell_length(self.room, rest))
        return Strip.join(pieces).adjust_cell_length(self.size.width, rest)

    def _empty(self) -> list[Strip]:
        """A place without a picture, as large as the others have it."""
        shown = next(filter(None, self._drawn), None)
        if shown is None:
            return []
        strip = Strip.blank(shown[0][0].cell_length, style_of(self, "film--empty"))
        return [strip] * len(shown[0])


def _shaded(tile: Picture) -> Picture:
    return Picture(*tile.size, tile.rgb.translate(_SHADED))
