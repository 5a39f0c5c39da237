"""The original beside the super-resolved video: a page that scrolls where it has to."""

from __future__ import annotations

from textual.binding import Binding

from ...core.model.entry import Entry
from ..detail.page import PageContext
from ..detail.versus_page import Facts, versus_page
from ..drawing.spans import Line
from .lines import Lines

_LOW = 20
"""Lines from which on there is room for blank ones."""


class VersusView(Lines, can_focus=True):
    """Shows what `show` gives it, at any width."""

    DEFAULT_CSS = """
    VersusView { width: 1fr; height: 1fr; scrollbar-size: 0 1; }
    """
    BINDINGS = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Entry, Facts, float] | None = None
        self._lines: list[Line] = []

    def show(self, entry: Entry, facts: Facts, now: float) -> None:
        """Compare the two videos of a task; `now` in Unix seconds."""
        self._shown = entry, facts, now
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the page out for the new size."""
        super().on_resize()
        self._lay_out()

    def line(self, y: int) -> Line:
        """Return a line of the page."""
        return self._lines[y]

    def _lay_out(self) -> None:
        if self._shown is None or not self.line_width:
            return
        entry, facts, now = self._shown
        view = PageContext(self.line_width, now, compact=self.size.height < _LOW)
        self._lines = versus_page(entry, facts, view)
        self.set_height(len(self._lines))
        self.repaint()
