"""The list of tasks: ten thousand rows, and a cursor that belongs to a task."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from ...core.entry import Entry
from .. import format as fmt
from .. import looks
from ..looks import Line
from .lines import Lines, key


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns in cells; 0 leaves a column out."""

    name: int
    status: int
    progress: int
    age: int
    link: int = 7

    @classmethod
    def for_width(cls, width: int) -> Columns:
        """Share `width` cells among the columns: two before the first, one between, one after."""
        if width < 56:
            return cls(max(6, width - 27), 15, 0, 0)
        status, progress = (22, 17) if width >= 96 else (17, 11)
        return cls(width - status - progress - 4 - 7 - 7, status, progress, 4)


class TaskList(Lines, can_focus=True):
    """Attributes: `entries` in the order of the rows, `now` in Unix seconds, `cursor` a task ID.

    The cursor stays on its task whatever the rows do; when its task goes, it takes the row that
    moved into its place.
    """

    BINDINGS = [
        key("down,j", "move(1)", "Down", "list.down"),
        key("up,k", "move(-1)", "Up", "list.up"),
        key("home,g", "first", "First", "list.first"),
        key("end,G", "last", "Last", "list.last"),
        key("pagedown,ctrl+f", "page(1)", "Page down", "list.page_down"),
        key("pageup,ctrl+b", "page(-1)", "Page up", "list.page_up"),
    ]

    entries: reactive[tuple[Entry, ...]] = reactive((), repaint=False)
    now: reactive[float] = reactive(0.0, repaint=False)
    cursor: reactive[str | None] = reactive[str | None](None, repaint=False)
    hint: reactive[str] = reactive("", repaint=False)
    """What to do about an empty list."""

    @dataclass
    class Highlighted(Message):
        """The cursor went to another task; None when the list is empty."""

        task_id: str | None

    @dataclass
    class Chosen(Message):
        """A task was clicked while the cursor was on it, or clicked twice."""

        task_id: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._places: dict[str, int] = {}

    @property
    def place(self) -> int:
        """The row of the cursor."""
        return self._places.get(self.cursor or "", 0)

    def watch_entries(self, before: tuple[Entry, ...], after: tuple[Entry, ...]) -> None:
        """Keep the cursor on its task, and paint the rows that changed."""
        place = self.place
        self._places = {entry.id: row for row, entry in enumerate(after)}
        self._set_height()
        if self.cursor not in self._places:
            row = min(place, len(after) - 1)
            self.cursor = after[row].id if after else None
        elif self.place != place:
            self._keep_in_view(self.place - place)
        self.repaint()

    def watch_now(self) -> None:
        """Paint the rows whose times read otherwise than they did."""
        self.repaint()

    def watch_cursor(self, before: str | None, after: str | None) -> None:
        """Show the cursor where it is, and tell."""
        self.repaint()
        if after is not None and after in self._places:
            self.scroll_to_region(
                Region(0, self.place, 1, 1), animate=False, force=True, immediate=True
            )
        self.post_message(self.Highlighted(after))

    def watch_hint(self) -> None:
        """Show it where there are no rows."""
        self._set_height()
        self.repaint()

    def on_resize(self) -> None:
        """Make room for the hint anew, and keep the cursor in view."""
        super().on_resize()
        self._set_height()
        self._keep_in_view(0)

    def on_focus(self) -> None:
        """Show the cursor as the one that moves."""
        self.repaint()

    def on_blur(self) -> None:
        """Show the cursor as at rest."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a click on it, or a double click, chooses its task."""
        row = event.y + self.scroll_offset.y
        if row >= len(self.entries):
            return
        task_id = self.entries[row].id
        if task_id == self.cursor or event.chain > 1:
            self.post_message(self.Chosen(task_id))
        self.cursor = task_id

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self._go(self.place + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        self._go(self.place + pages * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Move the cursor to the first task."""
        self._go(0)

    def action_last(self) -> None:
        """Move the cursor to the last task."""
        self._go(len(self.entries) - 1)

    def is_lit(self, y: int) -> bool:
        """Whether the row is the cursor's."""
        return bool(self.entries) and self.entries[y].id == self.cursor

    def line(self, y: int) -> Line:
        """Return the row of a task, or a line of the hint."""
        if not self.entries:
            return self._hint_line(y)
        entry = self.entries[y]
        columns = Columns.for_width(self.scrollable_content_region.width)
        at_cursor = entry.id == self.cursor
        pointer = "▌ " if at_cursor and self.has_focus else "│ " if at_cursor else "  "
        cells: list[Line] = [
            ((looks.name(entry, columns.name), "bright" if entry.watched.label else "normal"),),
            self._status(entry, columns),
        ]
        if columns.progress:
            age = fmt.span(self.now - entry.began_at)
            cells.append(looks.progress(entry, columns.progress))
            cells.append(((fmt.fit(age, columns.age, "right"), "dim"),))
        words, role = looks.time_left(entry, self.now)
        cells.append(((" " * (columns.link - cell_len(words)), "dim"), (words, role)))
        return ((pointer, "accent"), *_joined(cells))

    def _status(self, entry: Entry, columns: Columns) -> Line:
        """Return the status; where there is no room for a bar, a running task says how far."""
        status = looks.status(entry, self.now, columns.status)
        task = entry.task
        quiet = entry.mark(self.now) is None and entry.is_open
        if columns.progress or not quiet or not task or task.progress is None:
            return status
        share = fmt.percent(task.progress)
        room = columns.status - len(share) - 1
        if cell_len(looks.status_word(entry)) + 2 > room:
            return status
        return (*looks.status(entry, self.now, room), (f" {share}", "dim"))

    def _set_height(self) -> None:
        self.set_height(len(self.entries) or (self.size.height if self.hint else 0))

    def _hint_line(self, y: int) -> Line:
        """The hint stands in the middle of the list."""
        lines = list(fmt.wrap(self.hint, self.size.width - 4))
        row = y - (self.size.height - len(lines)) // 2
        text = lines[row] if 0 <= row < len(lines) else ""
        margin = max(0, (self.size.width - cell_len(text)) // 2)
        return ((" " * margin + text, "normal"),)

    def _go(self, row: int) -> None:
        if self.entries:
            self.cursor = self.entries[max(0, min(row, len(self.entries) - 1))].id

    def _keep_in_view(self, moved: int) -> None:
        """Scroll along with the cursor's task, so that it stays where the eye is."""
        self.scroll_to(y=self.scroll_offset.y + moved, animate=False, force=True, immediate=True)
        self.scroll_to_region(
            Region(0, self.place, 1, 1), animate=False, force=True, immediate=True
        )


def _joined(cells: list[Line]) -> Line:
    """Put one space between the cells of a row."""
    spans: list[tuple[str, str]] = []
    for cell in cells:
        spans += [*cell, (" ", "normal")]
    return tuple(spans)
