"""A picture with a line above it that says what it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from ....core.media.picture import Picture
from ...drawing.spans import Line
from ...widgets.lines import SpanLine
from ...widgets.picture_view import PictureView


class SideView(Vertical):
    """The place of one picture."""

    DEFAULT_CSS = """
    SideView { width: 1fr; height: 1fr; }
    """

    def __init__(self, *, in_pixels: bool = False, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._in_pixels = in_pixels

    def compose(self) -> ComposeResult:
        """Lay out the line above the picture."""
        yield SpanLine()
        yield PictureView(in_pixels=self._in_pixels)

    def show(self, caption: Line, picture: Picture | None, words: str) -> None:
        """Show a picture, or say why there is none."""
        self.query_one(SpanLine).show(caption)
        view = self.query_one(PictureView)
        view.picture, view.words = picture, words
