"""One picture, or the sentence that stands in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import count

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from ...core.media.picture import Picture
from ..drawing import format as fmt
from ..drawing import kitty
from ..drawing.half_blocks import half_blocks
from ..textual_private import QuietApp, style_of

_DRAWN = 0.3
"""Seconds until the cells of a picture are drawn.

A kitty that is told of the next frame while it draws this one goes on to show the picture before.
"""
_numbers = count(1)
"""Numbers of pictures: each is sent as a colour of 24 bits."""


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
        """Draw half blocks, or `in_pixels` by the protocol of kitty, a cell for `kitty.CELL`."""
        super().__init__()
        self._in_pixels = in_pixels
        self._sent: tuple[int, ...] = ()
        """The numbers of the pictures that the terminal has, the one that is seen last."""
        self._look_again: Timer | None = None
        self._rows: list[Strip] = []

    def watch_picture(self, picture: Picture | None) -> None:
        """Draw another picture."""
        if picture is None:
            self._rows = []
        elif self._in_pixels:
            self._rows = self._send(picture)
        else:
            self._rows = half_blocks(picture.rgb, picture.width, picture.height)
        self.refresh()

    def on_unmount(self) -> None:
        """Have the terminal forget the pictures: none survives its screen."""
        for number in self._sent:
            self._tell(kitty.removal(number))

    def _send(self, picture: Picture) -> list[Strip]:
        """Send a picture, and return the cells that show it.

        It takes the place of the one before the one that is seen: that one stays until the cells
        are drawn, however late that is.
        """
        wide, high = kitty.CELL
        is_new = len(self._sent) < 2
        number = next(_numbers) if is_new else self._sent[0]
        self._sent = (*self._sent[not is_new :], number)
        columns = min(kitty.MOST, -(-picture.width // wide))
        lines = min(kitty.MOST, -(-picture.height // high))
        self._tell(kitty.transmission(number, picture.size, picture.rgb, columns, lines))
        if self._look_again:
            self._look_again.stop()
        placed = kitty.placement(number, columns, lines)
        self._look_again = self.set_timer(_DRAWN, partial(self._tell, placed))
        return kitty.placeholders(number, columns, lines)

    def _tell(self, sequence: str) -> None:
        if isinstance(self.app, QuietApp):
            self.app.write_to_terminal(sequence)

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
        if self._in_pixels:  # the terminal leaves out what the picture is too small for
            strip = strip.apply_style(Style(bgcolor=rest.bgcolor))
        return Strip.join([margin, strip]).adjust_cell_length(width, rest)

    def _sentence(self) -> list[Strip]:
        style, width = style_of(self, "picture--words"), max(1, self.size.width - 2)
        lines = fmt.wrap(self.words, width) if self.words else ()
        return [Strip([Segment(line, style)], cell_len(line)) for line in lines]
