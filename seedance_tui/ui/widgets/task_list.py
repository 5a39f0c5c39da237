"""The list of tasks: ten thousand rows, and a cursor that belongs to a task."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from textual.message import Message
from textual.reactive import reactive

from ...core.listing.listing import Group
from ..drawing import format as fmt
from ..drawing.columns import Needs, layout, row, signs
from ..drawing.spans import Line, joined
from ..keys.action import bindings
from ..keys.widgets import MARKS
from .grouped_rows import GroupedRows
from .steady import Shown, Steady


@dataclass(frozen=True, slots=True)
class Reach:
    """A range of marks: from the row where it began to the cursor, over marks from before."""

    begin: Hashable
    cursor: Hashable
    before: frozenset[str]
    marks: frozenset[str]


class TaskList(GroupedRows):
    """Attributes: those of the rows, and `now` in Unix seconds.

    `marks` are the IDs that the next command acts on, `unseen` those with a dot.
    """

    BINDINGS = bindings(MARKS)

    now: reactive[float] = reactive(0.0, repaint=False)
    columns: reactive[Sequence[str]] = reactive[Sequence[str]]((), repaint=False)
    """The columns that the user has chosen; empty for those that usually fit."""
    needs: reactive[Needs] = reactive(Needs(), repaint=False)
    """What all tasks of the watch list ask of the columns."""
    hint: reactive[str] = reactive("", repaint=False)
    """What to do about an empty list."""
    marks: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)
    unseen: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)

    class Highlighted(GroupedRows.Highlighted):
        """The cursor went to another task."""

    class Chosen(GroupedRows.Chosen):
        """A task was chosen with the mouse."""

    @dataclass
    class Marked(Message):
        """Other tasks are marked."""

        task_ids: frozenset[str]

    @dataclass
    class NothingNew(Message):
        """No task that is shown waits to be looked at."""

        step: int

    utc = False
    """Whether the days of groups are those of UTC."""
    _reach: Reach | None = None
    """The range that the next step makes larger or smaller, as long as nothing else was done."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._steady = Steady()

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked tasks among those shown, in the order of the rows."""
        return tuple(e.id for e in self.entries if e.id in self.marks) if self.marks else ()

    def watch_marks(self) -> None:
        """Show them, and tell."""
        self.repaint()
        self.post_message(self.Marked(self.marks))

    def action_mark(self, rows: int) -> None:
        """Mark the task under the cursor, or take its mark away, and move on; or a whole group."""
        if group := self.group_here:
            ids = frozenset(entry.id for entry in self.entries[group.start : group.end])
            self.marks = self.marks - ids if ids <= self.marks else self.marks | ids
        elif isinstance(self.cursor, str):
            self.marks ^= {self.cursor}
            self.action_move(rows)

    def action_mark_to(self, rows: int) -> None:
        """Move on, and mark from where that began to the cursor; going back takes marks away."""
        cursor, reach = self.cursor, self._reach
        if cursor is None:
            return
        if reach is None or (reach.cursor, reach.marks) != (cursor, self.marks):
            reach = Reach(cursor, cursor, self.marks, self.marks)
        self.action_move(rows)
        if reach.begin not in self._places:
            return
        first, last = sorted((self._places[reach.begin], self.place))
        ids = (key for key in self._keys[first : last + 1] if isinstance(key, str))
        self.marks = reach.before | frozenset(ids)
        self._reach = replace(reach, cursor=self.cursor, marks=self.marks)

    def action_mark_all(self) -> None:
        """Mark all that are shown; if they are, none."""
        shown = frozenset(entry.id for entry in self.entries)
        self.marks = self.marks - shown if shown <= self.marks else self.marks | shown

    def action_mark_others(self) -> None:
        """Mark those shown that are not marked, and no others."""
        self.marks = frozenset(entry.id for entry in self.entries) - self.marks

    def action_unseen(self, step: int) -> None:
        """Go to the next task that was not looked at, round the end; folded groups open for it."""
        count, group = len(self.entries), self.group_here
        here = group.start - (step > 0) if group else self.number - 1
        for distance in range(1, count + 1):
            task_id = self.entries[(here + step * distance) % count].id
            if task_id in self.unseen:
                self.choose(task_id)
                return
        self.post_message(self.NothingNew(step))

    def watch_now(self) -> None:
        """Paint the rows whose times read otherwise than they did."""
        top, height = self.scroll_offset.y, self.size.height
        made_of = (self.entries, self._rows, self.columns, self.needs)
        shown = Shown(made_of, (top, height, self.line_width))
        if self._steady.rests(shown, self.now):
            return
        moving = [y for y in range(height) if not self._stays(y + top)]
        self._repaint_of(moving)
        if not moving:
            numbers = (n for n in self._rows[top : top + height] if n >= 0)
            self._steady.rest(shown, self.now, (self.entries[n].id for n in numbers))

    def watch_columns(self) -> None:
        """Show others, or other tasks as unseen."""
        self.repaint()

    watch_needs = watch_unseen = watch_columns

    def _stays(self, y: int) -> bool:
        """Whether the times of a row read as they did a second ago."""
        if y >= len(self._rows) or self._rows[y] < 0:
            return y >= len(self._rows)  # time changes nothing where there is no row
        entry = self.entries[self._rows[y]]
        shared = layout(self.line_width, self.columns, self.needs)
        return self._steady.holds(
            entry.id,
            (entry, self.columns, self.needs, self.line_width),
            self.now,
            lambda moment: list(row(entry, moment, shared)),
        )

    def watch_hint(self) -> None:
        """Show it where there are no rows."""
        self.fit_height()
        self.repaint()

    def fit_height(self) -> None:
        """Make room for the rows, or for the hint."""
        self.set_height(len(self._rows) or self._height_of_hint)

    @property
    def _height_of_hint(self) -> int:
        """All the room that there is; where the list is as high as its rows, a line around it."""
        if not self.hint or not self.styles.is_auto_height:
            return self.size.height if self.hint else 0
        return len(list(fmt.wrap(self.hint, self.line_width - 4))) + 2

    def line(self, y: int) -> Line:
        """Return the row of a task, or a line of the hint."""
        if not self.entries:
            return self.in_middle(self.hint, y)
        if self._rows[y] < 0:
            return self._head(y, self.groups[~self._rows[y]])
        entry = self.entries[self._rows[y]]
        shared = layout(self.line_width, self.columns, self.needs)
        lead = self._lead(y, entry.id, shared.lead, signs(self.line_width))
        return (*lead, *joined(row(entry, self.now, shared)))

    def _lead(self, y: int, task_id: str, width: int, signs: tuple[str, str]) -> Line:
        """The cells before a row: the cursor's bar, then a mark, or a dot for what is new."""
        mark, unseen = signs
        sign = mark if task_id in self.marks else unseen if task_id in self.unseen else ""
        return (self.pointer(y)[0], "accent"), (fmt.fit(sign, width - 1), "accent")

    def _head(self, y: int, group: Group) -> Line:
        """The line above the tasks of a group."""
        from ..drawing.group_head import group_head

        members = self.entries[group.start : group.end]
        day = datetime.fromtimestamp(self.now, UTC if self.utc else None).date()
        is_folded = group.key in self._folds
        head = group_head(group, members, self.marks, self.line_width - 3, day, is_folded=is_folded)
        return (self.pointer(y), "accent"), *head
