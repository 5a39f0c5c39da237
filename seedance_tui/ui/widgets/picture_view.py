"""One picture, or the sentence that stands in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, work
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ...core.media.picture import Picture
from ..drawing import format as fmt
from ..textual_private import style_of
from .picture_cells import picture_cells


class PictureView(Widget):
    """Attributes: `picture` or None, and `words`, which are said where there is no picture.

    The picture is drawn in the middle; what is too large is cut off.
    """

    DEFAULT_CSS = """
    PictureView {
        width: 1fr; height: 1fr; background: $background;
        & > .picture--words { color: $foreground 64%; }
        &:light > .picture--words { color: $foreground 72%; }
        &:ansi > .picture--words { text-style: dim; }
    }
    """

    picture: reactive[Picture | None] = reactive[Picture | None](None, repaint=False)
    words: reactive[str] = reactive("", repaint=False)

    @dataclass
    class CropDragged(Message):
        """The mouse was moved with its button down."""

        right: float
        """How far, in parts of the picture."""
        down: float
        at: float
        """Where it is now, in parts of the picture from its left."""

    def __init__(self, *, in_pixels: bool = False) -> None:
        """Draw half blocks, or `in_pixels` by the protocol of kitty, as many as a cell has."""
        super().__init__()
        self._cells = picture_cells(self, in_pixels=in_pixels)
        self._shown: Picture | None = None
        self._rows: list[Strip] = []
        """The cells of what is shown; it may not be the picture yet."""

    def watch_picture(self, picture: Picture | None) -> None:
        """Draw another picture; the one before is kept until that is seen, however late that is."""
        self.workers.cancel_group(self, "cells")
        if picture is None or self._cells.drawn(picture):
            self._show(picture, partial(self._cells.rows, picture) if picture else list)
        else:
            self._draw(picture)

    @work(group="cells")
    async def _draw(self, picture: Picture) -> None:
        self._show(picture, await self._cells.made(picture))

    def _show(self, picture: Picture | None, finish: Callable[[], list[Strip]]) -> None:
        self._cells.keep((self._shown, picture))
        self._shown, self._rows = picture, finish()
        self.refresh()

    def on_unmount(self) -> None:
        """Let go of the pictures."""
        self._cells.forget()

    def watch_words(self) -> None:
        """Say something else."""
        if self.picture is None:
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag."""
        self.capture_mouse()
        self._tell_drag(event)

    def on_mouse_up(self) -> None:
        """End to drag."""
        self.release_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag."""
        if event.button:
            self._tell_drag(event)

    def _tell_drag(self, event: events.MouseEvent) -> None:
        if self.picture and self._rows:
            width, lines = self._rows[0].cell_length, len(self._rows)
            left = max(0, (self.size.width - width) // 2)
            at = max(0.0, min(1.0, (event.x - left + 0.5) / width))
            self.post_message(self.CropDragged(event.delta_x / width, event.delta_y / lines, at))

    def render_line(self, y: int) -> Strip:
        """Return a line of the picture, or of the sentence."""
        rows = self._rows if self.picture else self._sentence()
        row = y - max(0, (self.size.height - len(rows)) // 2)
        strip = rows[row] if 0 <= row < len(rows) else Strip([])
        rest, width = self.rich_style, self.size.width
        left = max(0, (width - strip.cell_length) // 2)
        margin = Strip([Segment(" " * left, rest)], left)
        return Strip.join([margin, self._cells.on_page(strip, rest)]).adjust_cell_length(
            width, rest
        )

    def _sentence(self) -> list[Strip]:
        style, width = style_of(self, "picture--words"), max(1, self.size.width - 2)
        lines = fmt.wrap(self.words, width) if self.words else ()
        return [Strip([Segment(line, style)], cell_len(line)) for line in lines]
