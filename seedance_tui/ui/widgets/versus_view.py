"""What two videos are, beside each other: a page that scrolls where it has to."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding

from ..detail.page import PageContext
from ..drawing.spans import Line
from .lines import Lines

_LOW = 20
"""Lines from which on there is room for blank ones."""


class VersusView(Lines, can_focus=True):
    """Shows the page that `show` is given, at any width."""

    DEFAULT_CSS = """
    VersusView { width: 1fr; height: 1fr; scrollbar-size: 0 1; }
    """
    BINDINGS = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page: Callable[[PageContext], list[Line]] | None = None
        self._at = 0.0
        self._lines: list[Line] = []

    def show(self, page: Callable[[PageContext], list[Line]], now: float) -> None:
        """Show what `page` writes for the width there is; `now` in Unix seconds."""
        self._page, self._at = page, now
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the page out for the new size."""
        super().on_resize()
        self._lay_out()

    def line(self, y: int) -> Line:
        """Return a line of the page."""
        return self._lines[y]

    def _lay_out(self) -> None:
        if self._page is None or not self.line_width:
            return
        compact = self.size.height < _LOW
        self._lines = self._page(PageContext(self.line_width, self._at, compact=compact))
        self.set_height(len(self._lines))
        self.repaint()
