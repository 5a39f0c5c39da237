"""The floor of the screen: the least Textual app with a table, a pane and a footer.

`python tests/benchmarks/bare_app.py ROWS`; a timer ticks once a second, `j` and `k` move.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, Footer, Static


class BareApp(App[None]):
    """A table beside some text."""

    CSS = "DataTable { width: 2fr; } Static { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "quit", "Quit")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self._ticks = 0

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield DataTable[str](cursor_type="row")
            yield Static("the pane", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for name, width in (
            ("TASK", 30),
            ("STATUS", 12),
            ("PROGRESS", 10),
            ("AGE", 6),
            ("LINK", 8),
        ):
            table.add_column(name, width=width)
        for n in range(self._rows):
            table.add_row(f"take {n:05}", "Done", "720p", "6m", "23h")
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self._ticks += 1


if __name__ == "__main__":
    BareApp(int(sys.argv[1])).run()
