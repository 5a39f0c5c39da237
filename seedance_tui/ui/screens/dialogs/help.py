"""What each key does, by where it works: made from the bindings themselves; and the signs."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input, Static

from ....core.text.i18n import _
from ...drawing import format as fmt
from ...drawing import spans
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line
from ...keys.action import GROUPS
from ...textual_private import bindings_of
from ...widgets.lines import Lines
from ...widgets.safe_input import SafeInput
from ._signs import sign_sections
from .dialog import FullScreen

_COLUMN = 46


class HelpLines(Lines, can_focus=True):
    """The keys and the signs, in as many columns as there is room for; `wanted` filters them."""

    DEFAULT_CSS = """
    HelpLines { width: 1fr; height: 1fr; scrollbar-size: 0 1; }
    """

    wanted: reactive[str] = reactive("", repaint=False)
    """A text that the rows have, in any case; empty for all."""

    def __init__(self, sections: list[list[Line]]) -> None:
        super().__init__()
        self._sections = sections
        self._lines: list[Line] = []

    def watch_wanted(self) -> None:
        """Show what is wanted, from its top."""
        self.scroll_home(animate=False, force=True, immediate=True)
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the sections out for the new width."""
        super().on_resize()
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.line_width
        columns = 1 if glyphs().plain else max(1, width // _COLUMN)
        sections = list(_with_text(self._sections, self.wanted.strip().casefold()))
        if not sections:
            sections = [[((_("No matches found"), "dim"),)]]
        cells = width // columns
        wrapped = [[line for row in one for line in _wrapped(row, cells)] for one in sections]
        self._lines = _in_columns(wrapped, columns, cells)
        self.set_height(len(self._lines))
        self.repaint()

    def is_here(self, y: int) -> bool:
        """Whether the line is the first one in view: it is read first."""
        return y == self.scroll_offset.y

    def line(self, y: int) -> Line:
        """Return a line of the columns."""
        return self._lines[y]


class HelpScreen(FullScreen[None]):
    """Help for where one is: the keys of the screen below, and what the signs mean."""

    DEFAULT_CSS = """
    HelpScreen {
        background: $background; padding: 0 1;
        & > Horizontal { height: 1; width: 100%; margin-bottom: 1; }
        #title { width: auto; text-style: bold; margin-right: 2; }
        #close { width: auto; color: $foreground 70%; }
        Input, Input:focus {
            width: 1fr; border: none; padding: 0; height: 1; background: $background;
        }
    }
    """
    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("question_mark,q,f1", "dismiss(None)", "Close", show=False, priority=True),
        Binding("slash", "search", "Search", show=False, priority=True),
        Binding("down,j", "scroll(1)", "Down", show=False, priority=True),
        Binding("up,k", "scroll(-1)", "Up", show=False, priority=True),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, priority=True),
    ]

    AUTO_FOCUS = "HelpLines"

    def compose(self) -> ComposeResult:
        """Show a title, the field to search in, how to leave, and the keys of the screen below."""
        with Horizontal():
            yield Static(_("Help"), id="title", markup=False)
            yield SafeInput(placeholder=_("/ or type to search"), compact=True)
            yield Static(_("esc: close"), id="close", markup=False)
        yield HelpLines([*self._sections(self.app.screen_stack[-2]), *sign_sections()])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._page.wanted = event.value

    @property
    def _page(self) -> HelpLines:
        return self.query_one(HelpLines)

    def on_key(self, event: events.Key) -> None:
        """Search for what is typed; keys that act here do so until something is."""
        field = self.query_one(Input)
        if event.is_printable and event.character and self.focused is not field:
            self.set_focus(field)
            field.insert_text_at_cursor(event.character)
            event.prevent_default()

    def action_search(self) -> None:
        """Let every key be typed."""
        self.set_focus(self.query_one(Input))

    def action_leave(self) -> None:
        """Show everything again; once it is, close."""
        if self._page.wanted:
            self.query_one(Input).value = ""
            self.set_focus(self._page)
        else:
            self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._page.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by so many screens."""
        self._page.scroll_relative(y=pages * (self._page.size.height - 1), animate=False)

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


def _wrapped(row: Line, width: int) -> Iterator[Line]:
    """A row with its words on as many lines as they need, below each other."""
    *begin, (words, role) = row
    indent = sum(cell_len(text) for text, _role in begin)
    for number, piece in enumerate(fmt.wrap(words, width - 1 - indent)):
        yield (*begin, (piece, role)) if number == 0 else ((" " * indent + piece, role),)


def _with_text(sections: list[list[Line]], wanted: str) -> Iterator[list[Line]]:
    """The sections with the rows that have the text, or whole where their title has it."""
    for title, *rows in sections:
        found = [row for row in rows if wanted in _text(row)]
        if not wanted or wanted in _text(title):
            yield [title, *rows]
        elif found:
            yield [title, *found]


def _text(line: Line) -> str:
    return "".join(text for text, role in line).casefold()


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
