"""What a tool of the user's own has printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from ....core.text.sanitize import safe
from ...drawing import format as fmt
from ...drawing.spans import Line
from ...keys.action import bindings
from ...keys.panes import OUTPUT
from ...widgets.key_bar import KeyBar
from ...widgets.lines import Bar
from ...widgets.notice_line import NoticeLine
from ...widgets.rows import Rows
from .pane import FullPane


class OutputTitle(Bar):
    """The name of the tool."""

    title = ""

    def line(self, y: int) -> Line:
        """Return it."""
        return ((f" {self.title}", "strong"),)


class OutputLines(Rows):
    """Lines, broken where they are wider than the view."""

    texts: Sequence[str] = ()
    _broken: Sequence[str] = ()

    def on_resize(self) -> None:
        """Break the lines anew for the width."""
        super().on_resize()
        room = max(1, self.line_width - 3)
        self._broken = [piece for text in self.texts for piece in fmt.wrap(text, room) or ("",)]
        self.set_keys(range(len(self._broken)))

    def line(self, y: int) -> Line:
        """Return a line behind the pointer."""
        return (self.pointer(y), "accent"), (self._broken[y], "normal")


class ToolOutputScreen(FullPane):
    """Shows lines of text; `copy` gets all of them and what they are called."""

    DEFAULT_CSS = """
    ToolOutputScreen {
        background: $background;
        OutputTitle { margin-bottom: 1; }
        OutputLines { height: 1fr; scrollbar-size: 0 1; scrollbar-gutter: stable; }
    }
    """

    ACTIONS = OUTPUT
    BINDINGS = bindings(OUTPUT)
    AUTO_FOCUS = "OutputLines"

    def __init__(self, name: str, texts: Sequence[str], copy: Callable[[str, str], None]) -> None:
        super().__init__()
        self._title = name
        self._texts = [safe(text, lines=True) for text in texts]
        self._copy = copy

    def compose(self) -> ComposeResult:
        """Show the name, the lines, the latest notice, the keys."""
        title, lines = OutputTitle(), OutputLines()
        title.title, lines.texts = self._title, self._texts
        yield title
        yield lines
        yield NoticeLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what can be done."""
        self.show_keys()

    def action_copy(self) -> None:
        """Copy everything."""
        self._copy("\n".join(self._texts), self._title)
