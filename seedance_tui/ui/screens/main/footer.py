"""The footer of the monitor: the keys that can act now, and where in the list one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.widget import Widget

from ....core.text.i18n import _, plural
from ...drawing import spans
from ...drawing.glyphs import glyphs
from ...keys.action import Situation, footer
from ...keys.monitor import MONITOR
from ...keys.widgets import FILTER
from ...widgets.filter_line import FilterLine
from ...widgets.key_bar import KeyBar
from ...widgets.task_list import TaskList
from ..key_hints import key_hints
from .board import Board

_IN_LIST, _IN_FILTER = footer(MONITOR), footer(FILTER)
_OF_DETAIL = ("pane.leave", "task.copy_result", "pane.mode", "task.download", "list.filter")
_IN_DETAIL = [
    *sorted((a for a in _IN_LIST if a.id in _OF_DETAIL), key=lambda a: _OF_DETAIL.index(a.id)),
    *(action for action in _IN_LIST if action.id not in _OF_DETAIL),
]
"""What concerns the pane comes first while one is in it."""


class Footer:
    """Tells the key bar what there is to be done where the focus is."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._in_list = footer(MONITOR, board.tools) if board.tools else _IN_LIST
        self._keys_by_focus: Mapping[Widget | None, Sequence[Binding]] = {}

    def show(self) -> None:
        """Show the keys that can act, and the place in the list."""
        board = self._board
        in_filter = board.query_one(FilterLine).is_typed_into
        in_monitor = _IN_DETAIL if board.focused is board.detail else self._in_list
        actions, target = (_IN_FILTER, "focused.") if in_filter else (in_monitor, "")
        bar, tasks = board.query_one(KeyBar), board.tasks
        bar.hints = key_hints(board.app, actions, self._in_force, self._situation, target)
        count = len(tasks.entries)
        place = _("{n} of {count}").format(n=tasks.number, count=count)
        bar.place = place if tasks.number else ""
        bar.marks = _marks(tasks)

    @property
    def _in_force(self) -> Sequence[Binding]:
        """The bindings, kept for each focus, as finding out polls all keys."""
        focused = self._board.focused
        if focused not in self._keys_by_focus:
            bindings = [active.binding for active in self._board.active_bindings.values()]
            self._keys_by_focus = {**self._keys_by_focus, focused: bindings}
        return self._keys_by_focus[focused]

    @property
    def _situation(self) -> Situation:
        board = self._board
        return Situation(
            entry=board.current,
            marked=len(board.tasks.marked),
            is_list_shown=board.query_one("#left").display,
            is_detail_shown=board.detail.display,
            is_in_detail=board.focused is board.detail,
            has_jobs=bool(board.session.files.queue.jobs),
            has_messages=bool(board.said.unseen),
            can_undo=board.session.editor.can_undo,
            is_archive=board.shows_archive,
        )


def _marks(tasks: TaskList) -> str:
    """Count the marks, and those of them that are on no row: a command passes over these."""
    marked, hidden = len(tasks.marks), len(tasks.marks) - len(tasks.marked)
    sign = spans.spaced(glyphs().mark)
    parts = [sign + plural("{n} marked", "{n} marked", marked)] if marked else []
    parts += [plural("{n} hidden", "{n} hidden", hidden)] if hidden else []
    return _(", ").join(parts)
