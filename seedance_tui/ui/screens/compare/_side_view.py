"""A picture with a line above it that says what it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from ...widgets.lines import SpanLine
from ...widgets.picture_view import Finish, PictureView
from ._scene import Captioned


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

    def has(self, place: Captioned) -> bool:
        """Whether its picture is drawn already."""
        return self.query_one(PictureView).has(place.picture)

    async def draw(self, place: Captioned) -> Finish:
        """Draw its picture, and leave what is shown as it is; return what `show` takes."""
        return await self.query_one(PictureView).draw(place.picture)

    def show(self, place: Captioned, finish: Finish | None = None) -> None:
        """Show a picture, or say why there is none; `finish` is what drawing it returned."""
        self.query_one(SpanLine).show(place.caption)
        self.query_one(PictureView).show(place.picture, place.words, finish)
