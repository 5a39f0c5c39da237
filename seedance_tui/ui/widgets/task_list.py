"""The list of tasks: ten thousand rows, and a cursor that belongs to a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from ...core.model.entry import Entry
from ..drawing import format as fmt
from ..drawing.columns import Needs, layout, row, signs
from ..drawing.spans import Line, Span
from ..keys.action import bindings
from ..keys.widgets import MARKS
from .rows import Rows


@dataclass(frozen=True, slots=True)
class Reach:
    """A range of marks: from the task where it began to the cursor, over marks from before."""

    begin: str
    cursor: str
    before: frozenset[str]
    marks: frozenset[str]


class TaskList(Rows):
    """Attributes: `entries` in the order of the rows, `now` in Unix seconds, `cursor` a task ID.

    `marks` are the IDs that the next command acts on, `unseen` those with a dot.
    """

    BINDINGS = bindings(MARKS)

    entries: reactive[tuple[Entry, ...]] = reactive((), repaint=False)
    now: reactive[float] = reactive(0.0, repaint=False)
    columns: reactive[Sequence[str]] = reactive[Sequence[str]]((), repaint=False)
    """The columns that the user has chosen; empty for those that usually fit."""
    needs: reactive[Needs] = reactive(Needs(), repaint=False)
    """What all tasks of the watch list ask of the columns."""
    hint: reactive[str] = reactive("", repaint=False)
    """What to do about an empty list."""
    marks: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    unseen: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)

    class Highlighted(Rows.Highlighted):
        """The cursor went to another task."""

    class Chosen(Rows.Chosen):
        """A task was chosen with the mouse."""

    @dataclass
    class Marked(Message):
        """Other tasks are marked."""

        task_ids: frozenset[str]

    @dataclass
    class NothingNew(Message):
        """No task that is shown waits to be looked at."""

        step: int

    _reach: Reach | None = None
    """The range that the next step makes larger or smaller, as long as nothing else was done."""

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked tasks among those shown, in the order of the rows."""
        return tuple(e.id for e in self.entries if e.id in self.marks) if self.marks else ()

    def watch_marks(self) -> None:
        """Show them, and tell."""
        self.repaint()
        self.post_message(self.Marked(self.marks))

    def watch_columns(self) -> None:
        """Show them."""
        self.repaint()

    def watch_needs(self) -> None:
        """Share the width anew."""
        self.repaint()

    def watch_unseen(self) -> None:
        """Show the dots."""
        self.repaint()

    def action_mark(self, rows: int) -> None:
        """Mark the task under the cursor, or take its mark away, and move on."""
        if isinstance(self.cursor, str):
            self.marks ^= {self.cursor}
            self.action_move(rows)

    def action_mark_to(self, rows: int) -> None:
        """Move on, and mark from where that began to the cursor; going back takes marks away."""
        cursor, reach = self.cursor, self._reach
        if not isinstance(cursor, str):
            return
        if reach is None or (reach.cursor, reach.marks) != (cursor, self.marks):
            reach = Reach(cursor, cursor, self.marks, self.marks)
        self.action_move(rows)
        ids = [entry.id for entry in self.entries]
        if reach.begin not in ids or not isinstance(self.cursor, str):
            return
        first, last = sorted((ids.index(reach.begin), self.place))
        self.marks = reach.before | frozenset(ids[first : last + 1])
        self._reach = replace(reach, cursor=self.cursor, marks=self.marks)

    def action_mark_all(self) -> None:
        """Mark all that are shown; if they are, none."""
        shown = frozenset(entry.id for entry in self.entries)
        self.marks = self.marks - shown if shown <= self.marks else self.marks | shown

    def action_mark_others(self) -> None:
        """Mark those shown that are not marked, and no others."""
        self.marks = frozenset(entry.id for entry in self.entries) - self.marks

    def action_unseen(self, step: int) -> None:
        """Go to the next task that was not looked at, round the end."""
        rows = len(self.entries)
        for distance in range(1, rows + 1):
            task_id = self.entries[(self.place + step * distance) % rows].id
            if task_id in self.unseen:
                self.choose(task_id)
                return
        self.post_message(self.NothingNew(step))

    def watch_entries(self) -> None:
        """Keep the cursor on its task, and paint the rows that changed."""
        self.set_keys([entry.id for entry in self.entries])

    def watch_now(self) -> None:
        """Paint the rows whose times read otherwise than they did."""
        self.repaint()

    def watch_hint(self) -> None:
        """Show it where there are no rows."""
        self.fit_height()
        self.repaint()

    def fit_height(self) -> None:
        """Make room for the rows, or for the hint."""
        self.set_height(len(self.entries) or self._height_of_hint)

    @property
    def _height_of_hint(self) -> int:
        """All the room that there is; where the list is as high as its rows, a line around it."""
        if not self.hint or not self.styles.is_auto_height:
            return self.size.height if self.hint else 0
        return len(list(fmt.wrap(self.hint, self.line_width - 4))) + 2

    def line(self, y: int) -> Line:
        """Return the row of a task, or a line of the hint."""
        if not self.entries:
            return self._hint_line(y)
        entry = self.entries[y]
        shared = layout(self.line_width, self.columns, self.needs)
        lead = self._lead(y, entry.id, shared.lead, signs(self.line_width))
        return (*lead, *_joined(row(entry, self.now, shared)))

    def _lead(self, y: int, task_id: str, width: int, signs: tuple[str, str]) -> Line:
        """The cells before a row: the cursor's bar, then a mark, or a dot for what is new."""
        mark, unseen = signs
        sign = mark if task_id in self.marks else unseen if task_id in self.unseen else ""
        return (self.pointer(y)[0], "accent"), (fmt.fit(sign, width - 1), "accent")

    def _hint_line(self, y: int) -> Line:
        """The hint stands in the middle of the list."""
        lines = list(fmt.wrap(self.hint, self.size.width - 4))
        row = y - (self.virtual_size.height - len(lines)) // 2
        text = lines[row] if 0 <= row < len(lines) else ""
        margin = max(0, (self.size.width - cell_len(text)) // 2)
        return ((" " * margin + text, "normal"),)


def _joined(cells: Iterable[Line]) -> Line:
    """Put one space between the cells of a row."""
    spans: list[Span] = []
    for cell in cells:
        spans += [*cell, (" ", "normal")]
    return tuple(spans)
