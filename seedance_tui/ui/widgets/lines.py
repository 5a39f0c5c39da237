"""A scrolling view of styled lines, of which only those that changed are painted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role
from ..textual_private import set_virtual_size, style_of

_KEPT = 512
"""Painted lines that are kept, some screens of them."""


class LineLook(NamedTuple):
    """All that decides how a line is painted."""

    line: Line
    width: int
    is_lit: bool = False
    found: Sequence[tuple[Region, Role]] = ()
    """Cells that stand out, each with its role."""
    pointed: Region | None = None
    """Cells that keys act on."""
    picture: int | None = None
    """Which line of a picture stands in its place."""


class Lines(ScrollView):
    """Shows `line(y)` for the lines that are in view; a subclass says what they are.

    Only the rows are painted that look other than before: a repaint of the whole widget costs a
    hundred times as much as one of a row.
    """

    DEFAULT_CSS = """
    Lines {
        background: $background;
        & > .lines--dim { color: $foreground 64%; }
        & > .lines--normal { color: $foreground 88%; }
        & > .lines--bright { color: $foreground; }
        & > .lines--strong { color: $foreground; text-style: bold; }
        & > .lines--accent { color: $primary; }
        & > .lines--good { color: $success; }
        & > .lines--warn { color: $warning; }
        & > .lines--bad { color: $error; }
        & > .lines--rule { color: $foreground 49%; }
        & > .lines--gone { color: $foreground 64%; text-style: strike; }
        & > .lines--cursor { background: $primary 14%; }

        &:light > .lines--dim, &:light > .lines--gone { color: $foreground 72%; }
        &:light > .lines--rule { color: $foreground 58%; }

        &:ansi > .lines--dim, &:nocolor > .lines--dim { text-style: dim; }
        &:ansi > .lines--rule, &:nocolor > .lines--rule { text-style: dim; }
        &:ansi > .lines--gone, &:nocolor > .lines--gone { text-style: dim strike; }
        &:ansi > .lines--cursor, &:nocolor > .lines--cursor {
            background: $background; text-style: reverse;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._painted: dict[int, LineLook] = {}
        self._strips: LRUCache[LineLook, Strip] = LRUCache(_KEPT)
        self._styles: dict[Role, Style] = {}

    @property
    def line_width(self) -> int:
        """Cells of a line; Textual's regions say the same, and look for it on the whole screen."""
        return max(0, self.container_size.width - self.scrollbar_size_vertical)

    def line(self, y: int) -> Line:
        """Return the line at `y`, from 0 to the height of the virtual size; blank unless drawn."""
        return ()

    def in_middle(self, text: str, y: int) -> Line:
        """Return the line at `y` of a text that stands in the middle of the view."""
        lines = list(fmt.wrap(text, self.size.width - 4))
        row = y - (self.virtual_size.height - len(lines)) // 2
        line = lines[row] if 0 <= row < len(lines) else ""
        return ((" " * max(0, (self.size.width - cell_len(line)) // 2) + line, "normal"),)

    def is_lit(self, y: int) -> bool:
        """Whether the line has the background of the cursor."""
        return False

    def is_here(self, y: int) -> bool:
        """Whether the line is the one that keys act on."""
        return self.is_lit(y)

    def set_height(self, lines: int) -> None:
        """Say how many lines there are."""
        size = Size(self.line_width, lines)
        if size != self.virtual_size:
            set_virtual_size(self, size)
            self.repaint()
            if self.styles.auto_dimensions:
                self.refresh(layout=True)

    def repaint(self) -> None:
        """Paint the lines in view that are no longer what the terminal shows."""
        self._repaint_of(range(self.size.height))

    def _repaint_of(self, lines: Iterable[int]) -> None:
        """Paint those of the screen's lines that are no longer what the terminal shows."""
        changed = [self._changed(y) for y in lines]
        if regions := [region for region in changed if region]:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Return the strip for the screen's line `y`."""
        look = self._painted[y] = self._look(y)
        if self._is_spoken(y):
            self.app.cursor_position = self.content_region.offset + Offset(0, y)
        return self._kept(look)

    def notify_style_update(self) -> None:
        """Forget the colours of the theme that was."""
        super().notify_style_update()
        self._styles.clear()
        self._forget()
        self.refresh()

    def on_resize(self) -> None:
        """Forget what stands where."""
        self._forget()

    def _forget(self) -> None:
        self._painted.clear()
        self._strips.clear()

    def _is_spoken(self, y: int) -> bool:
        """Whether the terminal's own cursor belongs here, which a screen reader follows."""
        is_focused = glyphs().plain and self.has_focus and self.screen.is_current
        return is_focused and self.is_here(y + self.scroll_offset.y)

    def _look(self, y: int) -> LineLook:
        """How the screen's line `y` has to look."""
        row, width = y + self.scroll_offset.y, self.line_width
        if row >= self.virtual_size.height:
            return LineLook((), width)
        return LineLook(self.line(row), width, self.is_lit(row))

    def _changed(self, y: int) -> Region | None:
        """The cells of the screen's line `y` that are no longer what the terminal shows."""
        before, after = self._painted.get(y), self._look(y)
        if before == after and not self._is_spoken(y):
            return None
        return Region(0, y, self.size.width, 1)

    def _kept(self, look: LineLook) -> Strip:
        """The strip of a look, painted if it was not of late."""
        strip = self._strips.get(look)
        if strip is None:
            strip = self._strips[look] = self._strip(look)
        return strip

    def _strip(self, look: LineLook) -> Strip:
        """Paint a line; this is the most expensive part of a repaint."""
        rest = self._span_style("normal", lit=look.is_lit)
        segments = [
            Segment(text, _opening(text, self._span_style(role, lit=look.is_lit)))
            for text, role in look.line
        ]
        return Strip(segments).adjust_cell_length(look.width, rest)

    def _span_style(self, role: Role, *, lit: bool) -> Style:
        return self._style(role) + self._lit if lit else self._style(role)

    @property
    def _lit(self) -> Style:
        """What goes over the styles where the cursor is; where there are no shades, reverse."""
        cursor = self._style("cursor")
        if cursor.reverse:
            return self._style("normal") + Style(reverse=True, dim=False)
        return Style(bgcolor=cursor.bgcolor)

    def _style(self, role: Role) -> Style:
        """The style of a role, from the style sheet when it is first drawn."""
        if role not in self._styles:
            self._styles[role] = style_of(self, f"lines--{role}")
        return self._styles[role]


def _opening(text: str, style: Style) -> Style:
    """The style with what a click on the text opens, if it is a hyperlink."""
    url = getattr(text, "url", None)
    return style + Style(link=url) if url else style


class Bar(Lines, can_focus=False):
    """A view as high as its content, which never scrolls: most often a single line."""

    DEFAULT_CSS = """
    Bar { height: 1; scrollbar-size: 0 0; }
    """

    def on_resize(self) -> None:
        """Fill the height that there is."""
        super().on_resize()
        self.set_height(self.size.height)


class SpanLine(Bar):
    """A line that says what it is given."""

    spans: Line = ()

    def show(self, spans: Line) -> None:
        """Say something new."""
        self.spans = spans
        self.repaint()

    def line(self, y: int) -> Line:
        """Return it."""
        return self.spans
