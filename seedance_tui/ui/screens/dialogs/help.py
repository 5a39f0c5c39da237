"""What each key does, by where it works: made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from ....core.text.i18n import _
from ...drawing import format as fmt
from ...drawing import spans
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line
from ...keys.action import GROUPS
from ...textual_private import bindings_of
from ...widgets.lines import Lines
from .dialog import Dialog

_COLUMN = 46


class HelpLines(Lines, can_focus=True):
    """The keys in as many columns as there is room for."""

    DEFAULT_CSS = """
    HelpLines { width: 1fr; height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    def __init__(self, sections: list[list[Line]]) -> None:
        super().__init__()
        self._sections = sections
        self._lines: list[Line] = []

    def on_resize(self) -> None:
        """Lay the sections out for the new width."""
        super().on_resize()
        width = self.line_width
        columns = 1 if glyphs().plain else max(1, width // _COLUMN)
        self._lines = _in_columns(self._sections, columns, width // columns)
        self.set_height(len(self._lines))
        self.repaint()

    def line(self, y: int) -> Line:
        """Return a line of the columns."""
        return self._lines[y]


class HelpScreen(Dialog[None]):
    """Help for where one is: the keys of the screen below."""

    DEFAULT_CSS = """
    HelpScreen { background: $background; padding: 1 1 0 1; }
    """
    BINDINGS = [Binding("escape,q,question_mark,f1", "dismiss(None)", "Close", show=False)]

    def compose(self) -> ComposeResult:
        """Show the keys of the screen that this one lies over."""
        yield HelpLines(list(self._sections(self.app.screen_stack[-2])))

    def _sections(self, screen: Screen[object]) -> Iterator[list[Line]]:
        nodes = [screen, *screen.query("TaskList, TaskDetail, DownloadList, MessageList")]
        bindings = [binding for node in nodes for binding in bindings_of(node)]
        for prefix, title in GROUPS.items():
            members = [b for b in bindings if (b.id or "").startswith(f"{prefix}.")]
            if members:
                yield [((_(title), "strong"),), *self._rows(members)]

    def _rows(self, bindings: list[Binding]) -> Iterator[Line]:
        keys: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for binding in bindings:
            keys.setdefault(binding.id or "", []).append(self.app.get_key_display(binding))
            words[binding.id or ""] = _(binding.tooltip or binding.description)
        for name, shown in keys.items():
            yield ((fmt.fit(" ".join(shown), 12), "accent"), (words[name], "normal"))


def _in_columns(sections: list[list[Line]], columns: int, width: int) -> list[Line]:
    """Fill the columns one after the other, sections whole, all about as long."""
    total = sum(len(section) + 1 for section in sections)
    stacks: list[list[Line]] = [[]]
    for section in sections:
        full = len(stacks[-1]) + len(section) / 2 > total / columns
        if full and stacks[-1] and len(stacks) < columns:
            stacks.append([])
        stacks[-1] += [*section, ()]
    height = max(len(stack) for stack in stacks)
    return [
        tuple(span for stack in stacks for span in _cell(stack, row, width))
        for row in range(height)
    ]


def _cell(stack: list[Line], row: int, width: int) -> Line:
    line = stack[row] if row < len(stack) else ()
    used, cells = 0, []
    for text, role in line:
        cut = fmt.cut_end(text, width - 1 - used)
        used += cell_len(cut)
        cells.append((cut, role))
    return spans.padded(tuple(cells), width)
